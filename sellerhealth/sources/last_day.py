"""The last day an account's files speak of, which a slip of the pen must not move."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import today
from sellerhealth.definition.tables import TABLES

REPORTED = "reported_on"
"""The day a report of unshipped orders was made, by its promises and the days since."""
SPOKEN = (
    ("orders", "purchased_at"),
    ("orders", "confirmed_at"),
    ("orders", "cancelled_at"),
    ("orders", "posted_at"),
    ("packages", "package_confirmed_at"),
    ("packages", "package_posted_at"),
    ("packages", "package_created_at"),
    ("feedback", "rated_on"),
    ("feedback", "rated_at"),
    ("claims", "opened_on"),
    ("returns", "returned_on"),
    ("deliveries", "delivery_arrived_on"),
    ("messages", "sent_at"),
    ("surveys", "answered_at"),
    ("notifications", "notified_on"),
    ("stock", "counted_on"),
    ("performance", "figure_to"),
    ("unshipped", REPORTED),
)
"""What happens on a day; promises for later days are not among it."""
GAP = timedelta(days=32)
"""From one day to the next that is told of, with more than 31 empty days between them."""
Tables = Mapping[str, pl.LazyFrame]


def last_day(tables: Tables, zone: str) -> tuple[date | None, tuple[str, ...]]:
    """The last day any file speaks of, and a sentence for each table with rows that are left out of that.

    Left out are the fewer dates, when they lie after tomorrow and more than 31 empty days after all others: a year
    that was mistyped. Where all files end after today, the clock is wrong, and their last day stands.
    """
    asked = [tables[table].select(_day_of(table, name, zone, pl.Expr.max)) for table, name in SPOKEN]
    days = [one.collect().item() for one in asked]
    last = max((day for day in days if day is not None), default=None)
    tomorrow = today(zone) + timedelta(days=1)
    cut = _before_gap(tables, zone, tomorrow) if last and last > tomorrow else None
    return (cut, _remarks(tables, zone, cut)) if cut else (last, ())


def _each(column: pl.Expr) -> pl.Expr:
    return column


def _before_gap(tables: Tables, zone: str, tomorrow: date) -> date | None:
    """The last day before the first gap that only few dates, all of them after tomorrow, lie behind."""
    day, rest = pl.col("day"), pl.col("len").cum_sum(reverse=True)
    told = pl.concat([tables[table].select(_day_of(table, name, zone).alias("day")) for table, name in SPOKEN])
    gaps = (
        told.drop_nulls()
        .group_by("day")
        .len()
        .sort("day")
        .with_columns(day.shift().alias("before"), (rest * 2 < pl.col("len").sum()).alias("is_few"))
        .filter((day - pl.col("before") > GAP) & (day > tomorrow) & pl.col("is_few"))
    )
    found = gaps.select("before").head(1).collect()
    return found.item() if found.height else None


def _remarks(tables: Tables, zone: str, cut: date) -> tuple[str, ...]:
    """How many rows of each table are dated after `cut`."""
    names = {table: [name for known, name in SPOKEN if known == table] for table, _ in SPOKEN}
    after = {
        table: tables[table]
        .filter(pl.any_horizontal(_day_of(table, name, zone) > cut for name in columns))
        .select(pl.len())
        .collect()
        .item()
        for table, columns in names.items()
    }
    return tuple(_remark(table, count, cut) for table, count in after.items() if count)


def _remark(table: str, count: int, cut: date) -> str:
    rows = "1 row" if count == 1 else f"{count:,} rows"
    is_dated, its = ("is dated", "its date") if count == 1 else ("are dated", "their dates")
    kind = table.replace("_", " ")
    return f"{rows} of {kind} {is_dated} after today, long after all others: correct {its}. The last day is {cut}."


def _day_of(table: str, name: str, zone: str, of: Callable[[pl.Expr], pl.Expr] = _each) -> pl.Expr:
    """The day, or what `of` takes of all: the last moment is on the last day, and need be turned into a day once."""
    if name == REPORTED:
        return of(pl.col("promise_on") + pl.duration(days="days_past_promise"))
    column = of(pl.col(name))
    is_moment = isinstance(TABLES[table].columns()[name].dtype, pl.Datetime)
    return column.dt.convert_time_zone(zone).dt.date() if is_moment else column
