"""One row per order, with every flag a metric asks for.

A fact is what was known at the end of the day `as_of`: a confirmation, a claim or a rating of a later
day is not there yet. Days are those of the account's time zone.
"""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.tables import COLUMNS
from sellerhealth.facts import confirmation, parts
from sellerhealth.facts.lists import covered_days
from sellerhealth.facts.moment import end_of
from sellerhealth.facts.parts import NEGATIVE_STARS, NO_CARRIER, NO_WAREHOUSE, SEVERAL_PRODUCTS
from sellerhealth.facts.placed import ORDER

# A plain string here gives a column whose type only looks right: Polars 2.1's streaming join panics on it.
OUR_CHANNEL = pl.lit("MFN", dtype=COLUMNS["channel"].dtype)
SELLER = pl.lit("SELLER", dtype=COLUMNS["cancelled_by"].dtype)


def orders(account: Account, as_of: date) -> pl.LazyFrame:
    """One row per order of the account, whatever is joined to it.

    Columns: account, order_id, marketplace, channel; the days purchased_on, purchased_on_utc,
    ship_by_on, posted_on, confirmed_on, cancelled_on, deliver_by_on, delivered_on, cancellation_known_on and
    the first day on which each thing was held against the order (`first_claim_on`, …); the flags that
    `confirmation`, `_cancellation`, `_complaints`, `_delivery` and `parts` name; `longest_wait` for an
    answer in microseconds; the dimensions carrier, warehouse and ship_service.
    """
    joined = (
        account.tables["orders"]
        .with_columns(
            pl.col("marketplace").fill_null(account.marketplace.code),
            pl.col("channel").fill_null(OUR_CHANNEL),
            pl.lit("returns.refunded" in account.provided).alias("returns_are_told"),
        )
        .join(parts.packages(account), on=ORDER, how="left")
        .join(parts.items(account), on=ORDER, how="left")
        .join(parts.feedback(account, as_of), on=ORDER, how="left")
        .join(parts.claims(account, as_of), on=ORDER, how="left")
    )
    for table, part in parts.RARE.items():
        joined = _joined(joined, part(account, as_of), told=table in account.provided)
    dated = _with_days(joined, account.zone, as_of)
    covered = dated.join(covered_days(account), on=["account", "purchased_on", "channel"], how="left")
    return (
        covered.with_columns(pl.col("^(has|covered|listed)_.*$").fill_null(value=False))
        .with_columns(confirmation.shipment())
        .with_columns(confirmation.bounds(account, as_of))
        .with_columns(confirmation.lateness(account.zone, as_of))
        .with_columns(_cancellation(account.zone, as_of))
        .with_columns(_complaints())
        .with_columns(_delivery())
        .with_columns(_dimensions())
    )


def _joined(rows: pl.LazyFrame, part: pl.LazyFrame, *, told: bool) -> pl.LazyFrame:
    """The rows with the part's columns; empty ones where no file tells it, which costs nothing."""
    if told:
        return rows.join(part, on=ORDER, how="left")
    columns = {name: dtype for name, dtype in part.collect_schema().items() if name not in ORDER}
    return rows.with_columns(pl.lit(None, dtype).alias(name) for name, dtype in columns.items())


def order_skus(account: Account) -> pl.LazyFrame:
    """One row per order and SKU: account, order_id, sku. An order with two SKUs stands under each."""
    return account.tables["order_items"].select(*ORDER, "sku").unique()


def order_products(account: Account) -> pl.LazyFrame:
    """One row per order with items: account, order_id, product. That is its SKU, or says that it has several."""
    sku = pl.col("sku")
    product = pl.when(sku.min() == sku.max()).then(sku.min()).otherwise(pl.lit(SEVERAL_PRODUCTS))
    return account.tables["order_items"].group_by(ORDER).agg(product.alias("product"))


def _with_days(joined: pl.LazyFrame, zone: str, as_of: date) -> pl.LazyFrame:
    """Instants of one kind brought together, those after `as_of` forgotten, and their local days."""
    is_part = (pl.col("status") == "PARTIALLY_SHIPPED").fill_null(value=False)
    confirmed = pl.when(~is_part).then(pl.coalesce("confirmed_at", "package_confirmed_at", "confirmed_at_by_list"))
    end, listed_later = end_of(as_of, zone), pl.col("listed_later").fill_null(value=False)
    is_cancelled = (pl.col("status") == "CANCELLED").fill_null(value=False)
    together = joined.with_columns(
        confirmed.alias("confirmed_at"),
        # A package made later was confirmed later still: then the order was open, as one that is listed later.
        (confirmed.is_null() & (pl.col("package_created_at") < end).fill_null(value=True) & ~listed_later).alias(
            "confirmation_not_told"
        ),
        pl.coalesce("ship_by_at", "item_ship_by_at").alias("ship_by_at"),
        pl.coalesce("package_posted_at", "posted_at").alias("posted_at"),
        pl.coalesce(pl.col("cancelled_at") >= end, listed_later & is_cancelled).alias("cancelled_later"),
    ).with_columns(
        pl.when(pl.col(moment) < end).then(pl.col(moment)).alias(moment)
        for moment in ("confirmed_at", "cancelled_at", "delivered_at", "posted_at")
    )
    local = {
        f"{name}_on": pl.col(f"{name}_at").dt.convert_time_zone(zone).dt.date()
        for name in ("purchased", "ship_by", "confirmed", "cancelled", "deliver_by", "delivered", "posted")
    }
    return together.with_columns(**local, purchased_on_utc=pl.col("purchased_at").dt.date()).with_columns(
        pl.coalesce("delivered_on", "arrived_on").alias("delivered_on")
    )


def _cancellation(zone: str, as_of: date) -> list[pl.Expr]:
    """Who cancelled: the file's word, else Amazon's list, else unknown (null in `cancelled_by_seller`).

    An order that is gone may have been cancelled. Of one that stands, whom the file names cancelled a part. Where no
    file dates a cancellation, it was known (`cancellation_known_on`) when the order changed last: nothing happens to
    it afterwards. An order is known to be gone the day after the report that does not list it.
    """
    changed_on = pl.col("updated_at").dt.convert_time_zone(zone).dt.date()
    last_change = pl.when(pl.col("is_cancelled") & (changed_on <= as_of)).then(changed_on)
    shipped_first = (pl.col("confirmed_at") <= pl.col("cancelled_at")).fill_null(pl.col("is_confirmed"))
    before = pl.col("is_cancelled") & ~shipped_first
    by_list = (
        pl.when(pl.col("listed_cancelled"))
        .then(pl.lit(value=True))
        .when(pl.col("listed_not_cancelled") | pl.col("covered_cancelled"))
        .then(pl.lit(value=False))
    )
    in_part = pl.col("has_cancelled_item") | pl.col("cancelled_by").is_not_null()
    partly = in_part & ~pl.col("is_cancelled") & ~pl.col("cancelled_later")
    return [
        before.alias("cancelled_before_shipment"),
        partly.alias("has_item_cancelled"),
        (pl.col("cancelled_by") == "AMAZON").fill_null(value=False).alias("cancelled_by_amazon"),
        pl.when(before | partly | pl.col("is_gone"))
        .then(pl.coalesce(pl.col("cancelled_by") == "SELLER", by_list))
        .alias("cancelled_by_seller"),
        pl.coalesce("cancelled_by", pl.when("listed_cancelled").then(SELLER)).alias("cancelled_by"),
        pl.coalesce("cancelled_on", last_change, pl.col("gone_on") + timedelta(days=1)).alias("cancellation_known_on"),
    ]


def _complaints() -> list[pl.Expr]:
    """What buyers hold against an order: the word of the account's own files on that kind, else of Amazon's list.

    A list that covers the order's day and does not name it says that nothing counts. A claim that only a
    return tells of exists, but no file says how it ended (`has_claim_of_unknown_outcome`); one that the account's
    own files open after `as_of` does not exist yet.
    """
    listed = {
        kind: pl.coalesce(f"{kind}_by_list", pl.when("covered_defective").then(pl.lit(value=False)))
        for kind in ("feedback", "claim", "chargeback")
    }
    told = {
        "has_negative_feedback": ("feedback", pl.col("worst_rating") <= NEGATIVE_STARS),
        "last_feedback_is_negative": ("feedback", pl.col("last_rating") <= NEGATIVE_STARS),
        "has_claim_not_denied": ("claim", pl.col("has_claim_not_denied")),
        "has_claim_at_fault": ("claim", pl.col("has_claim_at_fault")),
        "has_chargeback": ("chargeback", pl.col("has_chargeback")),
        "has_chargeback_at_sellers_cost": ("chargeback", pl.col("has_chargeback_at_sellers_cost")),
    }
    is_own = pl.col("has_own_claim") | pl.col("has_later_claim")
    by_return = pl.col("has_claim_by_return") & ~is_own & listed["claim"].is_null()
    return [
        by_return.alias("has_claim_of_unknown_outcome"),
        *(
            pl.when(f"has_own_{kind}").then(own).otherwise(listed[kind]).fill_null(value=False).alias(name)
            for name, (kind, own) in told.items()
        ),
    ]


def _delivery() -> list[pl.Expr]:
    return [
        (pl.col("delivered_on") <= pl.col("deliver_by_on")).alias("delivered_on_time"),
        working_days(pl.col("purchased_on"), pl.col("delivered_on")).alias("working_days_to_deliver"),
    ]


def working_days(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """The days from Monday to Friday after `start`, up to and with `end`; holidays are not known.

    Example:
        >>> days = pl.DataFrame({"a": [date(2026, 11, 13)], "b": [date(2026, 11, 17)]})
        >>> days.select(working_days(pl.col("a"), pl.col("b"))).item()
        2
    """
    return _worked(end) - _worked(start)


def _worked(day: pl.Expr) -> pl.Expr:
    """The working days since a Monday long ago, the day itself among them."""
    since = (day - date(1990, 1, 1)).dt.total_days()
    return since // 7 * 5 + pl.min_horizontal(since % 7 + 1, 5)


def _dimensions() -> list[pl.Expr]:
    return [
        pl.coalesce("package_carrier", "carrier", pl.lit(NO_CARRIER)).alias("carrier"),
        pl.col("package_warehouse").fill_null(NO_WAREHOUSE).alias("warehouse"),
        pl.col("ship_service").fill_null("not stated"),
    ]
