"""What stands on the shelf and what orders take from it: counts, listings and the lines of orders."""

from datetime import date, timedelta

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account

KEY = ["account", "sku"]
LEFT = ["SHIPPED", "DELIVERED", "RETURNED"]


def lines(account: Account, as_of: date, days: int) -> pl.LazyFrame:
    """One row per order and SKU that we ship, open or bought in the last `days` days.

    Columns: account, order_id, sku, purchased_on, units; and whether it `is_open` (its units are still
    to leave the shelf), `is_sold` (a buyer wanted it in these days, whether or not we delivered) and
    `is_cancelled` (in these days, before shipment, and not by the buyer).
    """
    here = (pl.col("channel") == "MFN") & (pl.col("marketplace") == account.marketplace.code)
    bought = pl.col("purchased_on")
    recent = bought.is_between(as_of - timedelta(days=days - 1), as_of).fill_null(value=False)
    items = account.tables["order_items"].select(*facts.ORDER, "sku", "item_status", "quantity")
    return (
        facts.orders(account, as_of)
        .filter(here & (bought <= as_of).fill_null(value=True))
        .with_columns(is_recent=recent, is_waiting=_is_waiting())
        .filter(pl.col("is_recent") | pl.col("is_waiting"))
        .join(items, on=facts.ORDER)
        .with_columns(_of_the_item())
        .with_columns(_flags())
        .select(*facts.ORDER, "sku", "purchased_on", "units", "is_open", "is_sold", "is_cancelled")
    )


def latest(account: Account, as_of: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The latest count and the latest listing of each SKU on `as_of`; one without a day is of now, and the latest."""
    counts = _last(_counts(account), as_of).select(*KEY, "units_on_hand")
    return counts, _last(_offers(account), as_of).select(*KEY, "listed_units", "is_offered")


def short_lines(account: Account, found: pl.DataFrame, held: pl.DataFrame, offered: pl.DataFrame) -> pl.DataFrame:
    """The cancelled lines whose SKU was short on the day it was bought: fewer units on hand than listed, or none free.

    The count and the listing are the last ones up to that day, else the present ones. What was open on a
    day gone by is not known, so that of an old count every unit passes for free.
    """
    open_units = found.group_by(KEY).agg(pl.col("units").filter("is_open").sum().alias("open_units"))
    cancelled = found.filter(pl.col("is_cancelled")).sort("purchased_on")
    for daily, name in ((_counts(account), "units_on_hand"), (_offers(account), "listed_units")):
        then = daily.select(*KEY, "day", pl.col(name).alias(f"{name}_then")).drop_nulls("day").sort("day")
        # Polars cannot see that a frame is sorted within its groups, and would warn.
        cancelled = cancelled.join_asof(
            then.collect(), left_on="purchased_on", right_on="day", by=KEY, check_sortedness=False
        ).drop("day", strict=False)
    free = pl.coalesce("units_on_hand_then", pl.col("units_on_hand") - pl.col("open_units"))
    on_hand, listed = (pl.coalesce(f"{name}_then", name) for name in ("units_on_hand", "listed_units"))
    for frame in (held, offered, open_units):
        cancelled = cancelled.join(frame, on=KEY, how="left")
    return cancelled.filter(((on_hand < listed).fill_null(value=False) | (free <= 0)).fill_null(value=False))


def _is_waiting() -> pl.Expr:
    return ~pl.col("is_shipped") & ~pl.col("is_cancelled") & pl.col("posted_on").is_null()


def _of_the_item() -> list[pl.Expr]:
    """An item may be cancelled, or have left, while its order waits; unless what the order tells came later."""
    cancelled = (pl.col("item_status") == "CANCELLED").fill_null(value=False) & ~pl.col("cancelled_later")
    left = pl.col("item_status").is_in(LEFT).fill_null(value=False) & pl.col("confirmation_not_told")
    return [cancelled.alias("item_is_cancelled"), left.alias("item_has_left")]


def _flags() -> list[pl.Expr]:
    """Amazon writes zero units for what is cancelled: it was one at least."""
    gone = pl.col("is_cancelled") | pl.col("item_is_cancelled")
    by_us = (pl.col("cancelled_by") == "SELLER").fill_null(value=False)
    not_the_buyer = pl.col("cancelled_by_seller").fill_null(value=True) | pl.col("cancelled_by_amazon")
    before = pl.col("cancelled_before_shipment") | (pl.col("has_item_cancelled") & pl.col("item_is_cancelled"))
    units = pl.col("quantity").fill_null(1)
    return [
        pl.when(gone).then(units.clip(1)).otherwise(units).alias("units"),
        (pl.col("is_waiting") & ~pl.col("item_is_cancelled") & ~pl.col("item_has_left")).alias("is_open"),
        (pl.col("is_recent") & (~gone | by_us)).alias("is_sold"),
        (pl.col("is_recent") & before & not_the_buyer).alias("is_cancelled"),
    ]


def _counts(account: Account) -> pl.LazyFrame:
    """One row per SKU and day; of two counts of one day the lower."""
    return account.tables["stock"].group_by(*KEY, pl.col("counted_on").alias("day")).agg(pl.col("units_on_hand").min())


def _offers(account: Account) -> pl.LazyFrame:
    """One row per SKU and day, with its units where we ship it and it can be bought; of two, what promises more.

    A report that does not say who ships leaves the units empty where Amazon does.
    """
    channel, state, units = pl.col("listing_channel"), pl.col("listing_state"), pl.col("listed_units")
    ours = (channel == "MFN").fill_null(units.is_not_null())
    offered = ours & (state == "ACTIVE").fill_null(value=True)
    return (
        account.tables["listings"]
        .group_by(*KEY, pl.col("listed_on").alias("day"))
        .agg(units.max(), channel.min(), state.min())
        .with_columns(offered.alias("is_offered"))
        .with_columns(pl.when("is_offered").then(units).alias("listed_units"))
    )


def _last(daily: pl.LazyFrame, as_of: date) -> pl.DataFrame:
    now = pl.col("day").fill_null(as_of + timedelta(days=1))
    return (
        daily.filter((pl.col("day") <= as_of).fill_null(value=True))
        .sort(now)
        .unique(KEY, keep="last", maintain_order=True)
        .collect()
    )
