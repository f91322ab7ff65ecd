"""What the other tables tell of an order: one row per order each, to be joined to it."""

from collections.abc import Callable
from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.contacts import contacts

ORDER = ["account", "order_id"]
NO_CARRIER = "No carrier known"
NO_SKU = "No SKU known"


def packages(account: Account) -> pl.LazyFrame:
    """An order is confirmed when the last package told of it is; that package's carrier stands for the order."""
    return (
        account.tables["packages"]
        .sort("package_confirmed_at", "package_carrier")
        .group_by(ORDER)
        .agg(
            pl.col("package_confirmed_at").max(),
            pl.col("package_posted_at").max(),
            pl.col("package_carrier").last(ignore_nulls=True),
        )
    )


def items(account: Account) -> pl.LazyFrame:
    """The last moment to ship any of its items, and whether one of them was cancelled."""
    return (
        account.tables["order_items"]
        .group_by(ORDER)
        .agg(
            pl.col("item_ship_by_at").max(),
            (pl.col("item_status") == "CANCELLED").any().alias("has_cancelled_item"),
        )
    )


def feedback(account: Account, as_of: date) -> pl.LazyFrame:
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


def claims(account: Account, as_of: date) -> pl.LazyFrame:
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


def listed(account: Account, metric: str, name: str) -> pl.LazyFrame:
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


def covered(account: Account, metric: str, name: str) -> pl.LazyFrame:
    """The order days a list covers: from its first to its last order. Orders of those days not on it are clean."""
    return (
        account.tables["coverage"]
        .filter((pl.col("metric") == metric) & pl.col("covers_from").is_not_null())
        .select("account", pl.date_ranges("covers_from", "covers_to").alias("purchased_on"))
        .explode("purchased_on", empty_as_null=True)
        .unique()
        .with_columns(pl.lit(value=True).alias(f"covered_{name}"))
    )


def returns(account: Account, as_of: date) -> pl.LazyFrame:
    """Whether the buyer got money back; a return whose refund no file tells is none yet."""
    return (
        account.tables["returns"]
        .filter((pl.col("returned_on") <= as_of).fill_null(value=True))
        .group_by(ORDER)
        .agg((pl.col("refunded") > 0).any().alias("has_refund"))
    )


def messages(account: Account, as_of: date) -> pl.LazyFrame:
    """Whether the buyer wrote, and the longest the buyer waited for an answer, or is waiting still."""
    waited = pl.coalesce("first_own_answer_at", "end_at") - pl.col("received_at")
    return (
        contacts(account, as_of)
        .filter(pl.col("order_id").is_not_null() & ~pl.col("needs_no_response"))
        .group_by(ORDER)
        .agg(
            pl.lit(value=True).first().alias("has_buyer_message"),
            waited.dt.total_microseconds().max().alias("longest_wait"),
        )
    )


def tracking(account: Account, as_of: date) -> pl.LazyFrame:
    """Whether every package of the order had valid tracking; null where Amazon judged none of them."""
    valid = pl.col("has_valid_tracking").drop_nulls()
    return (
        account.tables["tracking"]
        .filter((pl.col("tracking_promised_on") <= as_of).fill_null(value=True))
        .group_by(*ORDER, "package_id")
        .agg(pl.when(valid.len() > 0).then(valid.any()).alias("is_valid"))
        .group_by(ORDER)
        .agg(pl.when(pl.col("is_valid").count() > 0).then(pl.col("is_valid").all()).alias("tracking_is_valid"))
    )


def deliveries(account: Account, as_of: date) -> pl.LazyFrame:
    """The day the last of the order's products arrived, where all of them did by `as_of`."""
    arrived = pl.col("delivery_arrived_on")
    return (
        account.tables["deliveries"]
        .group_by(ORDER)
        .agg(pl.when((arrived <= as_of).fill_null(value=False).all()).then(arrived.max()).alias("arrived_on"))
    )


RARE: dict[str, Callable[[Account, date], pl.LazyFrame]] = {
    "returns": returns,
    "messages": messages,
    "tracking": tracking,
    "deliveries": deliveries,
}
"""The parts that many accounts have no file of, by their tables."""
