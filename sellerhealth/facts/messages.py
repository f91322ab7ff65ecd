"""Messages of buyers and replies to them, as known at the end of a day; and which replies a machine wrote."""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.tables import KEYS
from sellerhealth.facts.moment import end_of

THREAD = ["account", "thread_id"]
ALL_CHANNELS = "ALL"
"""A buyer who writes does not tell who shipped, so messages are not split by channel."""
PROMPT = timedelta(seconds=60)
"""Nobody reads, thinks and writes in less."""


def messages(account: Account, as_of: date) -> pl.LazyFrame:
    """One row per message sent before the end of `as_of`, in however many files it stands.

    A message without a time cannot be placed and is left out.
    """
    return (
        account.tables["messages"]
        .filter(pl.col("sent_at") < end_of(as_of, account.zone))
        .group_by("account", *KEYS["messages"])
        .agg(
            pl.col("message_id", "order_id", "topic", "text_mark").min(),
            pl.col("needs_no_response", "is_automatic").max(),
        )
    )


def replies(account: Account, as_of: date) -> pl.LazyFrame:
    """One row per message of the seller that follows one of the buyer in its thread.

    Columns: account, thread_id, marketplace, sent_at, sent_on, asked_at (the latest message of the buyer
    before it), is_automatic (by the file's word only), looks_automatic.
    """
    known = messages(account, as_of)
    asked = known.filter(pl.col("sender") == "BUYER").select(
        *THREAD, pl.col("sent_at").alias("asked_at"), pl.col("order_id").alias("asked_order_id")
    )
    sent = (
        known.filter(pl.col("sender") == "SELLER")
        .sort("sent_at")
        .join_asof(
            asked.sort("asked_at"),
            left_on="sent_at",
            right_on="asked_at",
            by=THREAD,
            allow_exact_matches=False,
            check_sortedness=False,
        )
        .filter(pl.col("asked_at").is_not_null())
        .with_columns(pl.coalesce("asked_order_id", "order_id").alias("order_id"))
    )
    return with_marketplace(_marked(sent), account).select(
        *THREAD,
        "marketplace",
        "sent_at",
        pl.col("sent_at").dt.convert_time_zone(account.zone).dt.date().alias("sent_on"),
        "asked_at",
        "is_automatic",
        "looks_automatic",
    )


def with_marketplace(rows: pl.LazyFrame, account: Account) -> pl.LazyFrame:
    """The rows with the marketplace of their order; the account's own where none is told."""
    places = account.tables["orders"].select("account", "order_id", "marketplace")
    return rows.join(places, on=["account", "order_id"], how="left").with_columns(
        pl.col("marketplace").fill_null(account.marketplace.code)
    )


def _marked(sent: pl.LazyFrame) -> pl.LazyFrame:
    """A reply looks automatic when it came at once and its text came at once in another thread too.

    Where the file says who wrote it, nothing is guessed.
    """
    is_prompt = pl.col("is_automatic").is_null() & (pl.col("sent_at") - pl.col("asked_at") <= PROMPT)
    repeated = (
        sent.filter(is_prompt & pl.col("text_mark").is_not_null())
        .group_by("account", "text_mark")
        .agg((pl.col("thread_id").min() != pl.col("thread_id").max()).alias("is_repeated"))
    )
    return sent.join(repeated, on=["account", "text_mark"], how="left").with_columns(
        (is_prompt & pl.col("is_repeated").fill_null(value=False)).alias("looks_automatic"),
        pl.col("is_automatic").fill_null(value=False),
    )
