"""One row per order and SKU with a promised delivery: how many units, and whether they came in time."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.moment import end_of
from sellerhealth.facts.parts import NO_CARRIER, NO_SKU
from sellerhealth.facts.placed import ORDER, placed

LINE = [*ORDER, "sku"]


def units(account: Account, as_of: date) -> pl.LazyFrame:
    """What Amazon's on-time download lists; for orders it does not list, promise and delivery of the order.

    Columns: account, order_id, sku, marketplace, channel, promised_on, is_over (the promised day is), arrived_on,
    is_on_time (null until it arrived), units, carrier. A delivery after `as_of` is not known yet.
    """
    listed = _listed(account, as_of)
    orders = _of_orders(account, as_of).join(listed.select(ORDER).unique(), on=ORDER, how="anti")
    together = pl.concat([listed, orders], how="diagonal")
    on_time = pl.coalesce("is_on_time", pl.col("arrived_on") <= pl.col("promised_on"))
    return placed(together, account).with_columns(
        pl.when(pl.col("arrived_on").is_not_null()).then(on_time).alias("is_on_time"),
        (pl.col("promised_on") < as_of).alias("is_over"),
        pl.col("carrier").fill_null(NO_CARRIER),
    )


def _listed(account: Account, as_of: date) -> pl.LazyFrame:
    arrived = pl.col("delivery_arrived_on")
    # What Amazon says of a delivery still to come is not known yet.
    word = pl.when((arrived <= as_of).fill_null(value=True)).then("is_on_time")
    quantity = _items(account)
    return (
        account.tables["deliveries"]
        .group_by(LINE)
        .agg(
            pl.col("units").max(),
            pl.col("delivery_promised_on").max().alias("promised_on"),
            pl.when(arrived <= as_of).then(arrived).max().alias("arrived_on"),
            word.all(ignore_nulls=True).alias("is_on_time"),
            word.count().alias("judged"),
            pl.col("delivery_carrier").max().alias("carrier"),
        )
        .join(quantity, on=LINE, how="left")
        .with_columns(
            pl.when(pl.col("judged") > 0).then("is_on_time").alias("is_on_time"), _at_least_one("units", "quantity")
        )
        .drop("judged", "quantity", "is_cancelled")
    )


def _of_orders(account: Account, as_of: date) -> pl.LazyFrame:
    """Each SKU of an order with a promise; an order without items is one unit of no known SKU."""
    local = {
        name: pl.col(moment).dt.convert_time_zone(account.zone).dt.date()
        for name, moment in (("promised_on", "deliver_by_at"), ("arrived_on", "delivered_at"))
    }
    end = end_of(as_of, account.zone)
    delivered = pl.when(pl.col("delivered_at") < end).then("delivered_at")
    return (
        account.tables["orders"]
        .filter(pl.col("deliver_by_at").is_not_null() & (pl.col("purchased_at") < end).fill_null(value=True))
        .with_columns(delivered.alias("delivered_at"))
        .select(*ORDER, **local, carrier=pl.col("carrier"))
        .join(_items(account), on=ORDER, how="left")
        .filter(~pl.col("is_cancelled").fill_null(value=False))
        .with_columns(pl.col("sku").fill_null(NO_SKU), _at_least_one("quantity"))
        .drop("quantity", "is_cancelled")
    )


def _items(account: Account) -> pl.LazyFrame:
    """The units of each SKU of an order, without what was cancelled of it, and whether all of it was."""
    is_cancelled = (pl.col("item_status") == "CANCELLED").fill_null(value=False)
    return (
        account.tables["order_items"]
        .group_by(LINE)
        .agg(pl.col("quantity").filter(~is_cancelled).sum(), is_cancelled.all().alias("is_cancelled"))
    )


def _at_least_one(*names: str) -> pl.Expr:
    """How many units: the first that is told and not zero, else one."""
    return pl.coalesce(*(pl.when(pl.col(name) > 0).then(name) for name in names), 1).cast(pl.Int64).alias("units")
