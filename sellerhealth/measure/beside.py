"""The counts of some days beside those of as many days before them."""

from datetime import date, timedelta
from typing import Any

import polars as pl


def beside(days: pl.DataFrame, first: date, last: date, begins: date) -> dict[str, Any]:
    """Defects and rows from `first` to `last`, both inclusive, and of as many days before.

    `days` has event_on, defects and counted. Keys: first_on, last_on, count, out_of, count_before and out_of_before;
    these two are None where what is told `begins` later.

    Example:
        >>> on = [date(2026, 3, 1), date(2026, 3, 3)]
        >>> days = pl.DataFrame({"event_on": on, "defects": [0, 1], "counted": [9, 8]})
        >>> found = beside(days, date(2026, 3, 3), date(2026, 3, 4), begins=on[0])
        >>> found["count"], found["out_of"], found["count_before"], found["out_of_before"]
        (1, 8, 0, 9)
    """
    before = first - (last - first) - timedelta(days=1)
    is_told = begins <= before
    count, out_of = _sums(days, first, last)
    count_before, out_of_before = _sums(days, before, first - timedelta(days=1)) if is_told else (None, None)
    return {
        "first_on": first,
        "last_on": last,
        "count": count,
        "out_of": out_of,
        "count_before": count_before,
        "out_of_before": out_of_before,
    }


def _sums(days: pl.DataFrame, first: date, last: date) -> tuple[int, int]:
    inside = days.filter(pl.col("event_on").is_between(first, last))
    return int(inside["defects"].sum()), int(inside["counted"].sum())
