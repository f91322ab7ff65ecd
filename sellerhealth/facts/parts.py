"""What the other tables tell of an order: one row per order each, to be joined to it."""

from collections.abc import Callable
from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.contacts import contacts
from sellerhealth.facts.lists import listed, unshipped
from sellerhealth.facts.placed import ORDER

NO_CARRIER = "No carrier known"
NO_SKU = "No SKU known"
NEGATIVE_STARS = 2
NO_WAREHOUSE = "No warehouse known"
SEVERAL_PRODUCTS = "Several products"


def packages(account: Account) -> pl.LazyFrame:
    """An order is confirmed when the last package told of it is; that package's carrier and warehouse stand for it."""
    return (
        account.tables["packages"]
        .sort("package_confirmed_at", "package_carrier")
        .group_by(ORDER)
        .agg(
            pl.col("package_confirmed_at").max(),
            pl.col("package_created_at").max(),
            pl.col("package_posted_at").max(),
            pl.col("package_carrier", "package_warehouse").last(ignore_nulls=True),
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
    """The ratings that stood at the end of `as_of`, undated ones too; of two at one time the worse is the last.

    An order whose every rating was removed is told of as well: it has none.
    """
    received = pl.coalesce("rated_on", pl.col("rated_at").dt.convert_time_zone(account.zone).dt.date())
    removed = (pl.col("removed_on") <= as_of).fill_null(value=False)
    rating = pl.when(~removed).then("rating")
    known = pl.coalesce(received, "first_seen_on").filter(pl.col("rating") <= NEGATIVE_STARS)
    return (
        account.tables["feedback"]
        .filter((received <= as_of).fill_null(value=True))
        .with_columns(rating.alias("rating"))
        .group_by(ORDER)
        .agg(
            pl.lit(value=True).first().alias("has_own_feedback"),
            pl.col("rating").min().alias("worst_rating"),
            pl.col("rating")
            .sort_by("rated_at", "rated_on", -pl.col("rating"))
            .last(ignore_nulls=True)
            .alias("last_rating"),
            known.min().alias("first_negative_feedback_on"),
        )
    )


def claims(account: Account, as_of: date) -> pl.LazyFrame:
    """Amazon's own word (`counts_against_odr`) goes before the rule; a claim without a state is undecided.

    One opened after `as_of` does not count yet, but that there will be one is told (`has_later_claim`). The days are
    those of the first that was not denied.
    """
    is_there = (pl.col("opened_on") <= as_of).fill_null(value=True)
    is_claim, is_chargeback = (is_there & (pl.col("claim_type") == kind) for kind in ("A_TO_Z", "CHARGEBACK"))
    status, word = pl.col("claim_status").fill_null("PENDING"), pl.col("counts_against_odr")
    sellers_cost = (pl.col("funded_by") == "SELLER").fill_null(value=True)
    at_fault = (status == "GRANTED") & sellers_cost
    stands = status.is_in(["PENDING", "GRANTED"]) & sellers_cost
    known = pl.coalesce("opened_on", "first_seen_on")
    return (
        account.tables["claims"]
        .group_by(ORDER)
        .agg(
            is_claim.any().alias("has_own_claim"),
            (~is_there & (pl.col("claim_type") == "A_TO_Z")).any().alias("has_later_claim"),
            is_chargeback.any().alias("has_own_chargeback"),
            (is_claim & pl.coalesce(word, status != "DENIED")).any().alias("has_claim_not_denied"),
            (is_claim & pl.coalesce(word, at_fault)).any().alias("has_claim_at_fault"),
            (is_claim & word.is_null() & (status == "PENDING")).any().alias("has_undecided_claim"),
            (is_claim & (pl.col("funded_by") == "AMAZON")).any().alias("has_claim_paid_by_amazon"),
            (is_chargeback & pl.coalesce(word, status != "DENIED")).any().alias("has_chargeback"),
            (is_chargeback & pl.coalesce(word, stands)).any().alias("has_chargeback_at_sellers_cost"),
            *(
                known.filter(is_one & pl.coalesce(word, status != "DENIED")).min().alias(f"first_{name}_on")
                for name, is_one in (("claim", is_claim), ("chargeback", is_chargeback))
            ),
        )
    )


def returns(account: Account, as_of: date) -> pl.LazyFrame:
    """Whether the buyer got money back, a refund that no file tells being none yet; and whether a claim was filed.

    The days are those on which these returns were asked for: no file dates the refund itself.
    """
    has_claim, asked_on = pl.col("return_has_claim"), pl.col("returned_on")
    return (
        account.tables["returns"]
        .filter((pl.col("returned_on") <= as_of).fill_null(value=True))
        .group_by(ORDER)
        .agg(
            (pl.col("refunded") > 0).any().alias("has_refund"),
            has_claim.any().alias("has_claim_by_return"),
            asked_on.filter(pl.col("refunded") > 0).min().alias("first_refund_on"),
            asked_on.filter(has_claim).min().alias("first_claim_by_return_on"),
        )
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
            pl.col("received_on").min().alias("first_buyer_message_on"),
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
    "amazon_defects": listed,
    "unshipped": unshipped,
}
"""The parts that many accounts have no file of, by their tables."""
