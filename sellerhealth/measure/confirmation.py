"""What to confirm today, and what becomes of a rate when nothing is confirmed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import LAST_DAY, Account
from sellerhealth.definition.metric import Metric
from sellerhealth.facts.moment import last_second, start_of
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.tally import window

NEVER = datetime.combine(LAST_DAY, time(), UTC)
"""Stands for what was told after the day looked at: known to come, but not yet there."""
HOUR = 3_600_000_000
"""In microseconds."""
SILENT = ("feedback", "claims", "returns", "messages", "tracking", "deliveries")
"""Tables that tell nothing of a confirmation: to join them anew for each coming day would take longest of all."""
COLUMNS = (
    "account",
    "order_id",
    "skus",
    "purchased_on",
    "ship_by_at",
    "ship_by_on",
    "hours_left",
    "posted_on",
    "is_posted",
    "days_overdue",
)


def to_confirm(account: Account, as_of: date) -> pl.DataFrame:
    """The orders we ship whose shipment is still to be confirmed: those already posted first, then by ship-by time.

    Columns: `COLUMNS`. `hours_left` runs from the end of `as_of` to the ship-by time: below zero it has
    passed. `days_overdue` runs from the ship-by day to `as_of`: below zero the day is still to come. Where
    no other file says by when to ship, the latest report of unshipped orders that lists the order does. An
    order that a file calls shipped is not among them, even if no file tells its confirmation; nor is one
    that Amazon's reports of unshipped orders list no more.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> example = policy("handbook")["late_dispatch_rate"].definition.example
        >>> to_confirm(example.account(), example.as_of).select("order_id", "days_overdue").rows()
        [('E', 7), ('F', 1), ('G', 0)]
    """
    return _to_confirm(account, as_of).clone()


@lru_cache(maxsize=4)
def _to_confirm(account: Account, as_of: date) -> pl.DataFrame:
    """What `to_confirm` returns, found once for every page that shows it."""
    left = pl.col("ship_by_at") - pl.lit(facts.end_of(as_of, account.zone))
    promised = last_second(pl.col("promise_on"), account.marketplace.zone)
    ship_by_on = pl.col("ship_by_at").dt.convert_time_zone(account.zone).dt.date()
    found = (
        facts.orders(account, as_of)
        .with_columns(pl.coalesce("ship_by_at", promised).alias("ship_by_at"))
        .filter(_is_to_confirm(account, as_of))
        .with_columns(
            ship_by_on.alias("ship_by_on"),
            (pl.lit(as_of) - ship_by_on).dt.total_days().alias("days_overdue"),
            (left.dt.total_microseconds() / HOUR).alias("hours_left"),
            pl.col("posted_on").is_not_null().alias("is_posted"),
        )
        .select(name for name in COLUMNS if name != "skus")
        .collect(engine="streaming")
    )
    return (
        found.join(_skus(account, found), on=facts.ORDER, how="left")
        .select(COLUMNS)
        .sort("is_posted", "ship_by_at", "order_id", "account", descending=[True, False, False, False])
    )


def if_not_confirmed(metric: Metric, account: Account, as_of: date, days: int = 7) -> pl.DataFrame:
    """The rate on each day from `as_of` to `days` days on, when nothing more is confirmed and no order comes in.

    `metric` goes by confirmations alone, as the late dispatch rate does.
    The headline of the metric's first channel in the shape of `RESULT`, with the day as `on`. An account
    of which nothing can be said on any of the days has no row.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("amazon-2026")["late_dispatch_rate"]
        >>> example = metric.definition.example
        >>> after = if_not_confirmed(metric, example.account(), example.as_of, days=1)
        >>> after.select("on", "numerator", "denominator").rows()
        [(datetime.date(2026, 3, 31), 6, 8), (datetime.date(2026, 4, 1), 6, 7)]
    """
    standing = _in_the_windows(metric, _standing_still(account, as_of), as_of)
    every = [as_of + timedelta(days=ahead) for ahead in range(days + 1)]
    told = pl.concat([evaluate(metric, standing, day).with_columns(pl.lit(day).alias("on")) for day in every])
    headline = (pl.col("window_days") == metric.window_days) & (pl.col("channel") == metric.definition.channels[0])
    return told.filter(headline).filter(pl.col("value").is_not_null().any().over("account")).sort("account", "on")


def _is_to_confirm(account: Account, as_of: date) -> pl.Expr:
    here = (pl.col("channel") == "MFN") & (pl.col("marketplace") == account.marketplace.code)
    bought = (pl.col("purchased_on") <= as_of).fill_null(value=True)
    settled = pl.any_horizontal("is_pending", "is_cancelled", "is_shipped", "is_gone")
    return here & bought & ~settled & pl.col("ship_by_at").is_not_null()


def _skus(account: Account, found: pl.DataFrame) -> pl.DataFrame:
    """The SKUs of a few orders; putting together those of all orders takes most of the time there is."""
    return (
        facts.order_skus(account)
        .join(found.select(facts.ORDER).lazy(), on=facts.ORDER, how="semi")
        .group_by(facts.ORDER)
        .agg(pl.col("sku").sort().str.join(", ").alias("skus"))
        .collect(engine="streaming")
    )


def _standing_still(account: Account, as_of: date) -> Account:
    """The account with its orders as `as_of` leaves them, to be looked at from a later day."""
    end = facts.end_of(as_of, account.zone)
    last = end - timedelta(microseconds=1)
    later = {
        "orders": ("confirmed_at", "cancelled_at"),
        "packages": ("package_confirmed_at", "package_created_at"),
        "amazon_defects": ("listed_confirmed_at",),
    }
    cut = {
        table: account.tables[table].with_columns(
            pl.when(pl.col(name) >= end).then(NEVER).otherwise(pl.col(name)).alias(name) for name in names
        )
        for table, names in later.items()
    }
    # What a file calls shipped was confirmed by then at the latest, however many days pass.
    cut["orders"] = (
        cut["orders"]
        .filter((pl.col("purchased_at") < end).fill_null(value=True))
        .with_columns(pl.min_horizontal("updated_at", pl.lit(last)).alias("updated_at"))
    )
    made_on = pl.col("promise_on") + pl.duration(days=pl.col("days_past_promise"))
    is_later = start_of(made_on, account.marketplace.zone) >= end
    cut["unshipped"] = account.tables["unshipped"].with_columns(
        pl.when(is_later).then(pl.lit(LAST_DAY)).otherwise("promise_on").alias("promise_on"),
        pl.when(is_later).then(0).otherwise("days_past_promise").alias("days_past_promise"),
    )
    cut |= {table: account.tables[table].clear() for table in SILENT}
    provided = account.provided.difference(SILENT)
    return replace(account, tables={**account.tables, **cut}, provided=provided, read_from="")


def _in_the_windows(metric: Metric, account: Account, as_of: date) -> Account:
    """The account with the orders that can be in the headline's window on `as_of` or later: every day asks for them."""
    start, _ = window(metric, as_of, metric.window_days)
    day = metric.option("event_date").expression
    asked = facts.orders(account, as_of).filter((day >= start).fill_null(value=True)).select(facts.ORDER)
    orders = asked.collect(engine="streaming").lazy()
    few = {
        table: account.tables[table].join(orders, on=facts.ORDER, how="semi").collect(engine="streaming").lazy()
        for table in ("orders", "order_items", "packages")
    }
    return replace(account, tables={**account.tables, **few})
