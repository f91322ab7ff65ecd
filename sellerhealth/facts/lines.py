"""One row per order and SKU that we ship: what it takes from the shelf, took, or was to take."""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.confirmation import SHIPPED
from sellerhealth.facts.orders import orders
from sellerhealth.facts.placed import ORDER
from sellerhealth.facts.shelf import counts


def order_lines(account: Account, as_of: date, days: int) -> pl.LazyFrame:
    """One row per order and SKU that we ship: open, bought in the last `days` days, or gone since the first count.

    Columns: account, order_id, sku, purchased_on, units; left_on (the day its units left the shelf); and
    whether it `is_open` (its units are still to leave), `is_sold` (a buyer wanted it in these days,
    whether or not we delivered) and `is_cancelled` (in these days, before shipment, and not by the buyer).
    """
    here = (pl.col("channel") == "MFN") & (pl.col("marketplace") == account.marketplace.code)
    bought = pl.col("purchased_on")
    recent = bought.is_between(as_of - timedelta(days=days - 1), as_of).fill_null(value=False)
    items = account.tables["order_items"].select(*ORDER, "sku", "item_status", "quantity")
    since = counts(account).select(pl.col("counted_on").min().alias("first_counted_on"))
    has_left = (pl.col("left_on") > pl.col("first_counted_on")).fill_null(value=False)
    return (
        orders(account, as_of)
        .filter(here & (bought <= as_of).fill_null(value=True))
        .with_columns(is_recent=recent, is_waiting=_is_waiting(), left_on=_left_on())
        .join(since, how="cross")
        .filter(pl.col("is_recent") | pl.col("is_waiting") | has_left)
        .join(items, on=ORDER)
        .with_columns(_of_the_item())
        .with_columns(_flags())
        .select(*ORDER, "sku", "purchased_on", "left_on", "units", "is_open", "is_sold", "is_cancelled")
    )


def _is_waiting() -> pl.Expr:
    settled = pl.col("is_shipped") | pl.col("is_cancelled") | pl.col("is_gone")
    return ~settled & pl.col("posted_on").is_null()


def _left_on() -> pl.Expr:
    """Posted, else confirmed; where a file says only that it is shipped, or gone, the day it was bought."""
    by_status = pl.when(pl.col("is_shipped") | pl.col("is_gone")).then("purchased_on")
    told = pl.when(~pl.col("cancelled_before_shipment")).then(pl.coalesce("confirmed_on", by_status))
    return pl.coalesce("posted_on", told)


def _of_the_item() -> list[pl.Expr]:
    """An item may be cancelled, or have left, while its order waits; unless what the order tells came later."""
    cancelled = (pl.col("item_status") == "CANCELLED").fill_null(value=False) & ~pl.col("cancelled_later")
    left = pl.col("item_status").is_in(SHIPPED).fill_null(value=False) & pl.col("confirmation_not_told")
    return [cancelled.alias("item_is_cancelled"), left.alias("item_has_left")]


def _flags() -> list[pl.Expr]:
    """Amazon writes zero units for what is cancelled: it was one at least."""
    gone = pl.col("is_cancelled") | pl.col("item_is_cancelled")
    by_us = (pl.col("cancelled_by") == "SELLER").fill_null(value=False)
    not_the_buyer = pl.col("cancelled_by_seller").fill_null(value=True) | pl.col("cancelled_by_amazon")
    before = pl.col("cancelled_before_shipment") | (pl.col("has_item_cancelled") & pl.col("item_is_cancelled"))
    units = pl.col("quantity").fill_null(1)
    stayed = pl.col("item_is_cancelled") & ~pl.col("is_cancelled")
    left_alone = pl.when(pl.col("item_has_left") & ~pl.col("is_cancelled")).then("purchased_on")
    return [
        pl.when(gone).then(units.clip(1)).otherwise(units).alias("units"),
        pl.when(~stayed).then(pl.coalesce("left_on", left_alone)).alias("left_on"),
        (pl.col("is_waiting") & ~pl.col("item_is_cancelled") & ~pl.col("item_has_left")).alias("is_open"),
        (pl.col("is_recent") & (~gone | by_us)).alias("is_sold"),
        (pl.col("is_recent") & before & not_the_buyer).alias("is_cancelled"),
    ]
