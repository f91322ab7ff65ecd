"""Messages of buyers and replies to them, as known at the end of a day; and which replies a machine wrote."""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.tables import KEYS
from sellerhealth.facts.moment import end_of
from sellerhealth.facts.placed import at_home, of_orders

THREAD = ["account", "thread_id"]
ALL_CHANNELS = "ALL"
"""A buyer who writes does not tell who shipped, so messages are not split by channel."""
PROMPT = timedelta(seconds=60)
"""Nobody reads, thinks and writes in less."""


def messages(account: Account, as_of: date) -> pl.LazyFrame:
    """One row per message sent before the end of `as_of`, in however many files it stands.

    A message without a time cannot be placed and is left out. `marketplace` is that of its order, else of the
    first order of its thread; null where no file holds any.
    """
    own = _of_own_orders(account, as_of)
    return own.join(_first_place(own), on=THREAD, how="left").with_columns(
        pl.coalesce("marketplace", "thread_marketplace").alias("marketplace")
    )


def threads(account: Account, as_of: date) -> pl.LazyFrame:
    """The threads with a message about an order that a file holds, and `thread_marketplace`, that of the first."""
    return _first_place(_of_own_orders(account, as_of))


def replies(account: Account, as_of: date) -> pl.LazyFrame:
    """One row per message of the seller that follows one of the buyer in its thread.

    Columns: account, thread_id, marketplace (that of the message it follows), sent_at, sent_on, asked_at (the
    latest message of the buyer before it), is_automatic (by the file's word only), looks_automatic.
    """
    known = messages(account, as_of)
    asked = known.filter(pl.col("sender") == "BUYER").select(
        *THREAD, "marketplace", pl.col("sent_at").alias("asked_at")
    )
    sent = (
        known.filter(pl.col("sender") == "SELLER")
        .select(*THREAD, "sent_at", "is_automatic", "text_mark")
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
    )
    # A machine writes to every marketplace: its texts are known before any thread is left out.
    return at_home(_marked(sent), account).select(
        *THREAD,
        "marketplace",
        "sent_at",
        pl.col("sent_at").dt.convert_time_zone(account.zone).dt.date().alias("sent_on"),
        "asked_at",
        "is_automatic",
        "looks_automatic",
    )


def _of_own_orders(account: Account, as_of: date) -> pl.LazyFrame:
    """Each message once, with the marketplace of the order it names itself."""
    told = account.tables["messages"].filter(pl.col("sent_at") < end_of(as_of, account.zone))
    once = told.group_by("account", *KEYS["messages"]).agg(
        pl.col("message_id", "order_id", "topic").min(),
        pl.col("needs_no_response").max(),
        # Of a machine's and a person's reply at one moment the person's is the answer: it is no machine's in
        # any row, and its own text is looked at.
        pl.col("is_automatic").all(ignore_nulls=False),
        pl.col("text_mark").filter(pl.col("is_automatic").is_null()).min(),
    )
    return of_orders(once, account).drop("channel")


def _first_place(messages: pl.LazyFrame) -> pl.LazyFrame:
    return (
        messages.filter(pl.col("marketplace").is_not_null())
        .sort("sent_at", "marketplace")
        .group_by(THREAD, maintain_order=True)
        .agg(pl.col("marketplace").first().alias("thread_marketplace"))
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
