"""The worst streak of a metric: from when to when it had more defects than its own past would make."""

from dataclasses import dataclass
from datetime import date

import polars as pl

FEWEST = 3.0
"""So many defects more than usual make a streak; fewer are luck."""


@dataclass(frozen=True, kw_only=True)
class Streak:
    """The days of a streak, both inclusive."""

    first: date
    last: date


def worst_streak(days: pl.DataFrame) -> Streak | None:
    """The run of days with the most defects beyond the share of them all; None where that is fewer than three.

    `days` has event_on, counted and defects, the defects of a day being among those it counted.

    Example:
        >>> every = pl.date_range(date(2026, 3, 1), date(2026, 3, 10), eager=True)
        >>> days = pl.DataFrame({"event_on": every, "counted": 10, "defects": [0, 0, 0, 0, 0, 0, 2, 3, 2, 0]})
        >>> worst_streak(days)
        Streak(first=datetime.date(2026, 3, 7), last=datetime.date(2026, 3, 9))
    """
    ordered = days.group_by("event_on").agg(pl.col("counted", "defects").sum()).sort("event_on")
    defects, counted = ordered.select(pl.col("defects", "counted").sum()).row(0)
    if not counted:
        return None
    usual = defects / counted
    beyond = (ordered["defects"] - ordered["counted"] * usual).cum_sum()
    before = beyond.shift(1, fill_value=0.0)
    more = beyond - before.cum_min()
    end = more.arg_max()
    if end is None or more[end] < FEWEST:
        return None
    start = before.head(end + 1).arg_min() or 0
    return Streak(first=ordered["event_on"][start], last=ordered["event_on"][end])
