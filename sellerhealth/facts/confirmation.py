"""When shipment of an order was confirmed: exactly, or between two moments; and how late that is.

A file that tells the moment decides. Else it lies between the last day on which Amazon's report of unshipped
orders listed the order, the making of its last package and its purchase, and its last change, the first later
report that lists it no more, and the end of the day looked at. The day that rows of such a report tell is that on
which it was made, or the day before (`lists.unshipped`).
"""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.moment import SECOND, end_of, last_second, start_of

SHIPPED = ["SHIPPED", "DELIVERED", "RETURNED"]


def shipment() -> list[pl.Expr]:
    """How the order stands. One that `is_gone` is open no more, but no file says whether shipped or cancelled."""
    status = pl.col("status")
    shipped = status.is_in(SHIPPED).fill_null(value=False) & pl.col("confirmation_not_told")
    confirmed = pl.col("confirmed_at").is_not_null()
    pending = (status == "PENDING").fill_null(value=False)
    cancelled = (status == "CANCELLED").fill_null(value=False) & ~pl.col("cancelled_later")
    left = pl.col("gone_on").is_not_null() & pl.col("confirmation_not_told")
    return [
        confirmed.alias("is_confirmed"),
        (confirmed | shipped).alias("is_shipped"),
        pending.alias("is_pending"),
        cancelled.alias("is_cancelled"),
        (left & ~shipped & ~pending & ~cancelled).alias("is_gone"),
    ]


def bounds(account: Account, as_of: date) -> list[pl.Expr]:
    """The moments `confirmed_from` and `confirmed_until`; of an open order both are the end of the day looked at.

    Amazon's reports go by the marketplace's days, whatever zone the account is looked at in. Where files contradict
    each other the two change places, so that nothing is sure that one file denies.
    """
    end, there = pl.lit(end_of(as_of, account.zone) - SECOND), account.marketplace.zone
    gone = last_second(pl.col("gone_on") + timedelta(days=1), there)
    since = pl.max_horizontal(start_of(pl.col("last_listed_on"), there), "package_created_at", "purchased_at")
    until = pl.min_horizontal(pl.when("is_shipped").then("updated_at"), gone, end)
    is_between = pl.col("is_shipped") | pl.col("is_gone")
    first, last = (
        pl.when("is_confirmed").then("confirmed_at").when(is_between).then(moment).otherwise(end)
        for moment in (since, until)
    )
    return [
        pl.when(first > last).then(last).otherwise(first).alias("confirmed_from"),
        pl.max_horizontal(first, last).alias("confirmed_until"),
    ]


def lateness(zone: str, as_of: date) -> list[pl.Expr]:
    """How late the confirmation is at most, and at least as far as that is known (null: it may not be late at all).

    An order not shipped yet is overdue from the day after its ship-by day. Where no confirmation is known,
    an order of a day that Amazon's own list of late orders covers was late only if it counts on that list, or
    if it was not confirmed in time for sure. An order that is gone was never late for sure: it may have been
    cancelled.
    """
    is_between = ~pl.col("is_confirmed") & (pl.col("is_shipped") | pl.col("is_gone"))
    surely_after = (pl.col("confirmed_from") > pl.col("ship_by_at")).fill_null(value=False)
    told_clean = is_between & pl.col("covered_late") & ~pl.col("listed_late") & ~surely_after
    told = []
    for moment, ending, is_known in (
        ("confirmed_until", "", pl.lit(value=True)),
        ("confirmed_from", "_at_least", ~pl.col("is_gone")),
    ):
        days = (pl.col(moment).dt.convert_time_zone(zone).dt.date() - pl.col("ship_by_on")).dt.total_days()
        is_open = ~pl.col("is_shipped") & ~pl.col("is_gone")
        after = pl.when(is_open).then(pl.col("ship_by_on") < as_of).otherwise(pl.col(moment) > pl.col("ship_by_at"))
        told += [
            pl.when(told_clean).then(0).when(is_known).then(days).cast(pl.Int64).alias(f"days_overdue{ending}"),
            pl.when(told_clean)
            .then(pl.lit(value=False))
            .when(is_known)
            .then(after)
            .alias(f"confirmed_after_ship_by{ending}"),
        ]
    return [*told, (is_between & ~pl.col("is_gone") & ~told_clean).alias("confirmation_unknown")]
