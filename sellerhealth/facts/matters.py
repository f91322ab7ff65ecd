"""Threads to facts: one row per matter a buyer wrote about, and whether the first answer settled it."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.answers import surveys
from sellerhealth.facts.contacts import contacts
from sellerhealth.facts.messages import ALL_CHANNELS, THREAD
from sellerhealth.facts.moment import end_of

ANSWERS = {"first_answer_at": "next_message_at", "first_own_answer_at": "next_own_message_at"}


def matters(account: Account, as_of: date) -> pl.LazyFrame:
    """One row per thread with a buyer's message that needs a response, or with a survey answer.

    Columns: account, thread_id, marketplace, channel; started_at, started_on and topic of the first such
    message; first_answer_at and first_own_answer_at, its answers as in `contacts`; next_message_at and
    next_own_message_at, the first such message after them; is_solved and surveyed_on, the buyer's latest
    word on it and its day; end_at. A thread with a survey answer only has no start and no topic.
    """
    return (
        _threads(account, as_of)
        .join(_solved(account, as_of), on=THREAD, how="full", coalesce=True)
        .select(
            *THREAD,
            pl.coalesce("marketplace", "surveyed_marketplace").alias("marketplace"),
            pl.lit(ALL_CHANNELS).alias("channel"),
            "started_at",
            "started_on",
            *ANSWERS,
            *ANSWERS.values(),
            "is_solved",
            "surveyed_on",
            "topic",
            pl.lit(end_of(as_of, account.zone), dtype=pl.Datetime("us", "UTC")).alias("end_at"),
        )
    )


def _threads(account: Account, as_of: date) -> pl.LazyFrame:
    """The first message of each thread, and the first after its answer."""
    asked = contacts(account, as_of).filter(~pl.col("needs_no_response")).sort("received_at")
    received = pl.col("received_at")
    after = [received.filter(received > pl.col(answer).first()).first().alias(name) for answer, name in ANSWERS.items()]
    return asked.group_by(THREAD, maintain_order=True).agg(
        pl.col("marketplace", *ANSWERS, "topic").first(),
        received.first().alias("started_at"),
        pl.col("received_on").first().alias("started_on"),
        *after,
    )


def _solved(account: Account, as_of: date) -> pl.LazyFrame:
    """The latest survey answer of each thread that says whether it was solved; of two at one time, that it was not."""
    told = pl.col("is_solved").is_not_null()
    surveyed_on = pl.col("answered_at").dt.convert_time_zone(account.zone).dt.date()
    return (
        surveys(account, as_of)
        .sort("answered_at", ~pl.col("is_solved"))
        .group_by(THREAD, maintain_order=True)
        .agg(
            pl.col("marketplace").first().alias("surveyed_marketplace"),
            pl.col("is_solved").filter(told).last(),
            surveyed_on.filter(told).last().alias("surveyed_on"),
        )
    )
