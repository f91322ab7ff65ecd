"""What Amazon can have seen and no file tells: rows that could not be read, orders in no file, days no file covers."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.judge import BOUNDS, basis_of_inputs
from sellerhealth.measure.tally import tally

QUIET = 7.0
"""So many orders would have come in, at the account's own pace: a silence that long is one time in a thousand luck."""
LONG_WEEKEND = 4
"""Days on which nothing has to be shipped, and nobody works."""
COMPLAINTS = ("feedback", "claims", "amazon_defects")


@dataclass(frozen=True, kw_only=True)
class Unread:
    """How many rows may be missing at most, how many days of the span no file covers, and whether defects go unseen."""

    rows: int
    days: int
    lacks_input: bool

    def holds(self, defects: int, denominator: int) -> bool:
        """Whether rows that were never read can be so many more defects and so many more counted."""
        return 0 <= defects <= denominator and denominator > 0 and (self.days > 0 or denominator <= self.rows)


def unread(metric: Metric, account: Account, as_of: date, name: str, span: tuple[date, date]) -> Unread:
    """What the files of the account lack of Amazon's span.

    A file of complaints may name orders that no file holds; a rejected row may be an order's.
    """
    strangers = sum(account.strangers.get(table, 0) for table in COMPLAINTS)
    counted = tally(metric, account, as_of).filter(account=name)
    return Unread(
        rows=strangers + account.rejects.height,
        days=uncovered_days(counted, span),
        lacks_input=basis_of_inputs(metric, account) in BOUNDS,
    )


def uncovered_days(counted: pl.DataFrame, span: tuple[date, date]) -> int:
    """The days of the span in silences too long to be luck at the account's pace.

    Example:
        >>> every = pl.date_range(date(2026, 3, 11), date(2026, 3, 31), eager=True)
        >>> counted = pl.DataFrame({"event_on": every, "counted": [5] * 21})
        >>> uncovered_days(counted, (date(2026, 3, 1), date(2026, 3, 30)))
        10
    """
    days = counted.group_by("event_on").agg(pl.col("counted").sum()).filter(pl.col("counted") > 0)
    silent = pl.DataFrame({"event_on": pl.date_range(*span, eager=True)}).join(days, on="event_on", how="anti")
    runs = silent.sort("event_on").select(pl.col("event_on") - pl.duration(days=pl.int_range(pl.len())))
    length = runs.to_series().value_counts()["count"]
    return int(length.filter((length > LONG_WEEKEND) & (length * _pace(days) >= QUIET)).sum())


def _pace(days: pl.DataFrame) -> float:
    """Rows a day, from the first day that is told to the last; endless where none is."""
    told = days.select((pl.col("event_on").max() - pl.col("event_on").min()).dt.total_days() + 1).item()
    return float(days["counted"].sum() / told) if told else float("inf")
