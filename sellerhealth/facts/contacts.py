"""Messages to facts: one row per message of a buyer, and when it was answered."""

from datetime import date
from functools import lru_cache

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.messages import ALL_CHANNELS, THREAD, messages, replies
from sellerhealth.facts.moment import end_of
from sellerhealth.facts.placed import at_home

FULFILMENT = ["CANCELLATION", "RETURN", "DELIVERY"]
NO_TOPIC = "OTHER"


def contacts(account: Account, as_of: date) -> pl.LazyFrame:
    """One row per message of a buyer, as known at the end of `as_of`.

    An answer is the first reply sent strictly later in the same thread, so one reply answers all that
    waited, and a follow-up has a clock of its own. `first_answer_at` passes over the replies that the
    file calls automatic; `first_own_answer_at` also over those that look so.
    Columns: account, thread_id, message_id, order_id, marketplace, channel; received_at, received_on,
    weekday, hour; topic, is_fulfilment, needs_no_response; first_answer_at, first_own_answer_at; end_at.
    """
    return _found(account, as_of).lazy() if "messages" in account.provided else _asked(account, as_of)


@lru_cache(maxsize=4)
def _found(account: Account, as_of: date) -> pl.DataFrame:
    """The contacts, put together once: orders and matters are made of them too."""
    return _asked(account, as_of).collect(engine="streaming")


def _asked(account: Account, as_of: date) -> pl.LazyFrame:
    sent = replies(account, as_of).filter(~pl.col("is_automatic"))
    asked = (
        messages(account, as_of)
        .filter(pl.col("sender") == "BUYER")
        .rename({"sent_at": "received_at"})
        .sort("received_at")
    )
    answered = _answered(asked, sent, "first_answer_at")
    answered = _answered(answered, sent.filter(~pl.col("looks_automatic")), "first_own_answer_at")
    return at_home(answered, account).select(
        *THREAD,
        "message_id",
        "order_id",
        "marketplace",
        pl.lit(ALL_CHANNELS).alias("channel"),
        "received_at",
        *_clock(account.zone),
        # As text first: an Enum column cannot be filled by plain text in every engine.
        pl.col("topic").cast(pl.String).fill_null(NO_TOPIC),
        pl.col("topic").is_in(FULFILMENT).fill_null(value=False).alias("is_fulfilment"),
        pl.col("needs_no_response").fill_null(value=False),
        "first_answer_at",
        "first_own_answer_at",
        pl.lit(end_of(as_of, account.zone), dtype=pl.Datetime("us", "UTC")).alias("end_at"),
    )


def _answered(asked: pl.LazyFrame, sent: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """The messages, sorted by time, with the moment of the first reply after each."""
    moments = sent.select(*THREAD, pl.col("sent_at").alias(name)).sort(name)
    return asked.join_asof(
        moments,
        left_on="received_at",
        right_on=name,
        by=THREAD,
        strategy="forward",
        allow_exact_matches=False,
        check_sortedness=False,
    )


def _clock(zone: str) -> list[pl.Expr]:
    local = pl.col("received_at").dt.convert_time_zone(zone)
    return [
        local.dt.date().alias("received_on"),
        local.dt.to_string("%A").alias("weekday"),
        local.dt.to_string("%H").alias("hour"),
    ]
