"""What stands on the shelf and what is offered of it: counts, listings, and one row per SKU with what orders take."""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account

KEY = ["account", "sku"]


def shelves(account: Account, as_of: date, lines: pl.DataFrame) -> pl.DataFrame:
    """One row per SKU that was counted, is listed for us to ship, or is in an open order.

    `lines` are those of `order_lines`, with `is_short`. Columns: account, sku; of the latest count
    units_on_hand and counted_on; of the latest listing listed_units and is_offered; of the orders
    left_units (since the count), open_units, sold_units, cancelled_orders and explained_orders.
    """
    held, offered = latest_counts(account, as_of).collect(), latest_offers(account, as_of).collect()
    known = [frame.select(KEY) for frame in (held, offered.filter("is_offered"), lines.filter("is_open"))]
    joined = pl.concat(known).unique()
    for frame in (held, offered, _moved(lines, held)):
        joined = joined.join(frame, on=KEY, how="left")
    # What no order holds is zero, but only where a file says what the orders hold; since no count, nothing left.
    moved = ("left_units", "open_units", "sold_units", "cancelled_orders", "explained_orders")
    told = "order_items.sku" in account.provided
    return joined.with_columns(
        pl.col(name).fill_null(0) if told else pl.lit(None, dtype=pl.Int64).alias(name) for name in moved
    ).with_columns(pl.when(pl.col("units_on_hand").is_not_null()).then("left_units").alias("left_units"))


def _moved(lines: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Per SKU, the units that orders took since the count, take, and were to take."""
    has_left = pl.col("left_on") > pl.col("counted_on")
    cancelled = pl.col("order_id").filter("is_cancelled")
    short = pl.col("order_id").filter("is_short")
    return (
        lines.join(held.select(*KEY, "counted_on"), on=KEY, how="left")
        .group_by(KEY)
        .agg(
            pl.col("units").filter(has_left).sum().alias("left_units"),
            pl.col("units").filter("is_open").sum().alias("open_units"),
            pl.col("units").filter("is_sold").sum().alias("sold_units"),
            cancelled.n_unique().cast(pl.Int64).alias("cancelled_orders"),
            short.n_unique().cast(pl.Int64).alias("explained_orders"),
        )
    )


def counts(account: Account) -> pl.LazyFrame:
    """One row per SKU and day: account, sku, counted_on, units_on_hand; of two counts of one day the lower."""
    return account.tables["stock"].group_by(*KEY, "counted_on").agg(pl.col("units_on_hand").min())


def offers(account: Account) -> pl.LazyFrame:
    """One row per SKU and day: account, sku, listed_on, listed_units, is_offered; of two, what promises more.

    It `is_offered` where we ship it and it can be bought. What Amazon ships, or nobody can buy, has no
    unit of ours listed. A report that does not say who ships leaves the units empty where Amazon does:
    how many of ours are listed is then not known.
    """
    channel, state, units = pl.col("listing_channel"), pl.col("listing_state"), pl.col("listed_units")
    ours = (channel == "MFN").fill_null(units.is_not_null())
    is_open = (state == "ACTIVE").fill_null(value=True)
    is_none_listed = ~is_open | (channel == "AFN").fill_null(value=False)
    return (
        account.tables["listings"]
        .group_by(*KEY, "listed_on")
        .agg(units.max(), channel.min(), state.min())
        .with_columns(
            (ours & is_open).alias("is_offered"),
            pl.when(is_none_listed).then(0).otherwise(units).alias("listed_units"),
        )
        .select(*KEY, "listed_on", "listed_units", "is_offered")
    )


def latest_counts(account: Account, as_of: date) -> pl.LazyFrame:
    """The latest count of each SKU on `as_of`; one without a day is of now, and the latest."""
    return _latest(counts(account), "counted_on", as_of)


def latest_offers(account: Account, as_of: date) -> pl.LazyFrame:
    """The latest listing of each SKU on `as_of`; one without a day is of now, and the latest."""
    return _latest(offers(account), "listed_on", as_of)


def _latest(daily: pl.LazyFrame, day: str, as_of: date) -> pl.LazyFrame:
    now = pl.col(day).fill_null(as_of + timedelta(days=1))
    return (
        daily.filter((pl.col(day) <= as_of).fill_null(value=True))
        .sort(now)
        .unique(KEY, keep="last", maintain_order=True)
    )
