"""Tables to facts: one row per order, with every flag a metric asks for. Joins happen here only.

A fact is what was known at the end of the day `as_of`: a confirmation, a claim or a rating of a later
day is not there yet. Days are those of the account's time zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.tables import COLUMNS

ORDER = ["account", "order_id"]
SHIPPED = ["SHIPPED", "DELIVERED", "RETURNED"]
NEGATIVE_STARS = 2
NO_CARRIER = "No carrier known"
NO_SKU = "No SKU known"
# A plain string here gives a column whose type only looks right: Polars 2.1's streaming join panics on it.
OUR_CHANNEL = pl.lit("MFN", dtype=COLUMNS["channel"].dtype)
SELLER = pl.lit("SELLER", dtype=COLUMNS["cancelled_by"].dtype)


def orders(account: Account, as_of: date) -> pl.LazyFrame:
    """One row per order of the account, whatever is joined to it.

    Columns: account, order_id, marketplace, channel; the days purchased_on, purchased_on_utc,
    ship_by_on, confirmed_on, cancelled_on, deliver_by_on, delivered_on; the flags that `_shipment`,
    `_lateness`, `_cancellation`, `_delivery` and the joined tables name below; the dimensions carrier
    and ship_service.
    """
    joined = (
        account.tables["orders"]
        .with_columns(
            pl.col("marketplace").fill_null(account.marketplace.code), pl.col("channel").fill_null(OUR_CHANNEL)
        )
        .join(_packages(account), on=ORDER, how="left")
        .join(_items(account), on=ORDER, how="left")
        .join(_feedback(account, as_of), on=ORDER, how="left")
        .join(_claims(account, as_of), on=ORDER, how="left")
        .join(_listed(account, "late_dispatch_rate", "late"), on=ORDER, how="left")
        .join(_listed(account, "cancellation_rate", "cancelled"), on=ORDER, how="left")
    )
    dated = _with_days(joined, account.zone, as_of)
    covered = dated.join(
        _covered(account, "late_dispatch_rate", "late"), on=["account", "purchased_on"], how="left"
    ).join(_covered(account, "cancellation_rate", "cancelled"), on=["account", "purchased_on"], how="left")
    return (
        covered.with_columns(pl.col("^(has|covered|listed)_.*$").fill_null(value=False))
        .with_columns(_shipment())
        .with_columns(_lateness(account.zone, as_of))
        .with_columns(_cancellation())
        .with_columns(_delivery())
        .with_columns(_dimensions())
    )


def order_skus(account: Account) -> pl.LazyFrame:
    """One row per order and SKU: account, order_id, sku. An order with two SKUs stands under each."""
    return account.tables["order_items"].select(*ORDER, "sku").unique()


def end_of(day: date, zone: str) -> datetime:
    """The first moment after a day of a zone, in UTC.

    Example:
        >>> end_of(date(2026, 3, 8), "America/Los_Angeles").isoformat()
        '2026-03-09T07:00:00+00:00'
    """
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def _packages(account: Account) -> pl.LazyFrame:
    """An order is confirmed when the last package told of it is; that package's carrier stands for the order."""
    return (
        account.tables["packages"]
        .sort("package_confirmed_at", "package_carrier")
        .group_by(ORDER)
        .agg(pl.col("package_confirmed_at").max(), pl.col("package_carrier").last(ignore_nulls=True))
    )


def _items(account: Account) -> pl.LazyFrame:
    return (
        account.tables["order_items"]
        .group_by(ORDER)
        .agg(
            pl.col("item_ship_by_at").max(),
            (pl.col("item_status") == "CANCELLED").any().alias("has_cancelled_item"),
        )
    )


def _feedback(account: Account, as_of: date) -> pl.LazyFrame:
    """The ratings that stood at the end of `as_of`, undated ones too; of two at one time the worse is the last."""
    received = pl.coalesce("rated_on", pl.col("rated_at").dt.convert_time_zone(account.zone).dt.date())
    removed = (pl.col("removed_on") <= as_of).fill_null(value=False)
    standing = (received <= as_of).fill_null(value=True) & ~removed
    return (
        account.tables["feedback"]
        .filter(standing)
        .group_by(ORDER)
        .agg(
            pl.col("rating").min().alias("worst_rating"),
            pl.col("rating").sort_by("rated_at", "rated_on", -pl.col("rating")).last().alias("last_rating"),
        )
    )


def _claims(account: Account, as_of: date) -> pl.LazyFrame:
    """Amazon's own word (`counts_against_odr`) goes before the rule; a claim without a state is undecided."""
    is_claim, is_chargeback = pl.col("claim_type") == "A_TO_Z", pl.col("claim_type") == "CHARGEBACK"
    status, word = pl.col("claim_status").fill_null("PENDING"), pl.col("counts_against_odr")
    sellers_cost = (pl.col("funded_by") == "SELLER").fill_null(value=True)
    at_fault = (status == "GRANTED") & sellers_cost
    stands = status.is_in(["PENDING", "GRANTED"]) & sellers_cost
    return (
        account.tables["claims"]
        .filter((pl.col("opened_on") <= as_of).fill_null(value=True))
        .group_by(ORDER)
        .agg(
            (is_claim & pl.coalesce(word, status != "DENIED")).any().alias("has_claim_not_denied"),
            (is_claim & pl.coalesce(word, at_fault)).any().alias("has_claim_at_fault"),
            (is_claim & word.is_null() & (status == "PENDING")).any().alias("has_undecided_claim"),
            (is_chargeback & pl.coalesce(word, status != "DENIED")).any().alias("has_chargeback"),
            (is_chargeback & pl.coalesce(word, stands)).any().alias("has_chargeback_at_sellers_cost"),
        )
    )


def _listed(account: Account, metric: str, name: str) -> pl.LazyFrame:
    """The orders on Amazon's own list of defects of a metric, and whether Amazon counts them."""
    impacts = pl.col("impacts_account_health").fill_null(value=True)
    return (
        account.tables["amazon_defects"]
        .filter(pl.col("metric") == metric)
        .group_by(ORDER)
        .agg(
            impacts.any().alias(f"listed_{name}"),
            (~impacts.any()).alias(f"listed_not_{name}"),
            pl.col("listed_confirmed_at").max().alias(f"confirmed_at_{name}"),
        )
    )


def _covered(account: Account, metric: str, name: str) -> pl.LazyFrame:
    """The order days a list covers: from its first to its last order. Orders of those days not on it are clean."""
    return (
        account.tables["coverage"]
        .filter((pl.col("metric") == metric) & pl.col("covers_from").is_not_null())
        .select("account", pl.date_ranges("covers_from", "covers_to").alias("purchased_on"))
        .explode("purchased_on", empty_as_null=True)
        .unique()
        .with_columns(pl.lit(value=True).alias(f"covered_{name}"))
    )


def _with_days(joined: pl.LazyFrame, zone: str, as_of: date) -> pl.LazyFrame:
    """Instants of one kind brought together, those after `as_of` forgotten, and their local days."""
    is_part = (pl.col("status") == "PARTIALLY_SHIPPED").fill_null(value=False)
    confirmed = pl.when(~is_part).then(pl.coalesce("confirmed_at", "package_confirmed_at", "confirmed_at_late"))
    end = end_of(as_of, zone)
    together = joined.with_columns(
        confirmed.alias("confirmed_at"),
        confirmed.is_null().alias("confirmation_not_told"),
        pl.coalesce("ship_by_at", "item_ship_by_at").alias("ship_by_at"),
        (pl.col("cancelled_at") >= end).fill_null(value=False).alias("cancelled_later"),
    ).with_columns(
        pl.when(pl.col(moment) < end).then(pl.col(moment)).alias(moment)
        for moment in ("confirmed_at", "cancelled_at", "delivered_at")
    )
    local = {
        f"{name}_on": pl.col(f"{name}_at").dt.convert_time_zone(zone).dt.date()
        for name in ("purchased", "ship_by", "confirmed", "cancelled", "deliver_by", "delivered")
    }
    return together.with_columns(**local, purchased_on_utc=pl.col("purchased_at").dt.date())


def _shipment() -> list[pl.Expr]:
    shipped = pl.col("status").is_in(SHIPPED).fill_null(value=False) & pl.col("confirmation_not_told")
    confirmed = pl.col("confirmed_at").is_not_null()
    return [
        confirmed.alias("is_confirmed"),
        (confirmed | shipped).alias("is_shipped"),
        (pl.col("status") == "PENDING").fill_null(value=False).alias("is_pending"),
        ((pl.col("status") == "CANCELLED").fill_null(value=False) & ~pl.col("cancelled_later")).alias("is_cancelled"),
    ]


def _lateness(zone: str, as_of: date) -> list[pl.Expr]:
    """How late the confirmation is at most, and whether that is only known at most.

    A shipped order without a confirmation time was confirmed by its last change at the latest. An order
    not shipped yet is overdue from the day after its ship-by day. Where no confirmation is known, an
    order of a day that Amazon's own list of late orders covers was late only if it counts on that list.
    """
    end = pl.lit(end_of(as_of, zone) - timedelta(microseconds=1))
    told_clean = ~pl.col("is_confirmed") & pl.col("is_shipped") & pl.col("covered_late") & ~pl.col("listed_late")
    latest = pl.coalesce("confirmed_at", pl.when("is_shipped").then(pl.min_horizontal("updated_at", end)), end)
    is_open = ~pl.col("is_shipped")
    days = (latest.dt.convert_time_zone(zone).dt.date() - pl.col("ship_by_on")).dt.total_days()
    after = pl.when(is_open).then(pl.col("ship_by_on") < as_of).otherwise(latest > pl.col("ship_by_at"))
    return [
        pl.when(told_clean).then(0).otherwise(days).cast(pl.Int64).alias("days_overdue"),
        (after & ~told_clean).alias("confirmed_after_ship_by"),
        (pl.col("is_shipped") & ~pl.col("is_confirmed") & ~told_clean).alias("confirmation_unknown"),
    ]


def _cancellation() -> list[pl.Expr]:
    """Who cancelled: the file's word, else Amazon's list, else unknown (null in `cancelled_by_seller`)."""
    shipped_first = (pl.col("confirmed_at") <= pl.col("cancelled_at")).fill_null(pl.col("is_confirmed"))
    before = pl.col("is_cancelled") & ~shipped_first
    by_list = (
        pl.when(pl.col("listed_cancelled"))
        .then(pl.lit(value=True))
        .when(pl.col("listed_not_cancelled") | pl.col("covered_cancelled"))
        .then(pl.lit(value=False))
    )
    partly = pl.col("has_cancelled_item") & ~pl.col("is_cancelled") & ~pl.col("cancelled_later")
    return [
        before.alias("cancelled_before_shipment"),
        partly.alias("has_item_cancelled"),
        (pl.col("cancelled_by") == "AMAZON").fill_null(value=False).alias("cancelled_by_amazon"),
        pl.when(before | partly)
        .then(pl.coalesce(pl.col("cancelled_by") == "SELLER", by_list))
        .alias("cancelled_by_seller"),
        pl.coalesce("cancelled_by", pl.when("listed_cancelled").then(SELLER)).alias("cancelled_by"),
    ]


def _delivery() -> list[pl.Expr]:
    return [
        (pl.col("delivered_on") <= pl.col("deliver_by_on")).alias("delivered_on_time"),
        (pl.col("worst_rating") <= NEGATIVE_STARS).fill_null(value=False).alias("has_negative_feedback"),
        (pl.col("last_rating") <= NEGATIVE_STARS).fill_null(value=False).alias("last_feedback_is_negative"),
    ]


def _dimensions() -> list[pl.Expr]:
    return [
        pl.coalesce("package_carrier", "carrier", pl.lit(NO_CARRIER)).alias("carrier"),
        pl.col("ship_service").fill_null("not stated"),
    ]
