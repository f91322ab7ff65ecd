"""What to answer now: the threads in which a buyer waits."""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.facts.contacts import contacts
from sellerhealth.facts.messages import THREAD

STALE = timedelta(days=30)
"""After so long nobody expects an answer any more: such threads stand last."""


def queue(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """One row per thread with a message that waits for an answer at the end of `as_of`, the most urgent first.

    `metric` is the contact response time: its policy says which replies are answers, and within how many hours.
    Columns: account, thread_id, order_id; topic of the first message that waits, is_fulfilment of any of
    them, waiting (how many); first_received_at and hours_left, the part of those hours the first has left,
    below zero when overdue; last_received_at and hours_left_of_last; is_stale. Fulfilment goes first,
    then the least time left; stale threads stand last.
    """
    received, end = pl.col("received_at"), pl.col("end_at").first()
    hours = hours_allowed(metric)
    return (
        to_answer(metric, account, as_of)
        .filter(pl.col("answer_at").is_null())
        .sort("received_at")
        .group_by(THREAD, maintain_order=True)
        .agg(
            pl.col("order_id").first(ignore_nulls=True),
            pl.col("topic").first(),
            pl.col("is_fulfilment").any(),
            pl.len().cast(pl.Int64).alias("waiting"),
            received.first().alias("first_received_at"),
            (hours - hours_between(received.first(), end)).alias("hours_left"),
            received.last().alias("last_received_at"),
            (hours - hours_between(received.last(), end)).alias("hours_left_of_last"),
            (end - received.first() > STALE).alias("is_stale"),
        )
        .sort("is_stale", ~pl.col("is_fulfilment"), "hours_left", *THREAD)
        .collect(engine="streaming")
    )


def to_answer(metric: Metric, account: Account, as_of: date) -> pl.LazyFrame:
    """The contacts of the account's own marketplace that need a response, with `answer_at` where they have one."""
    here = pl.col("marketplace") == account.marketplace.code
    asked = contacts(account, as_of).filter(here, ~pl.col("needs_no_response"))
    return asked.with_columns(answer_at(metric))


def answer_at(metric: Metric) -> pl.Expr:
    """The moment of the answer, by the policy's word on which replies are automatic, and so none."""
    return metric.option("automatic_replies").expression.alias("answer_at")


def hours_allowed(metric: Metric) -> int:
    """Within how many hours the policy wants an answer."""
    return metric.terms.values["hours_to_answer"]


def hours_between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Real hours from one moment to another, with their fraction.

    Example:
        >>> from datetime import datetime
        >>> two = pl.DataFrame({"asked": [datetime(2026, 3, 7, 12)], "answered": [datetime(2026, 3, 8, 12, 30)]})
        >>> two.select(hours_between(pl.col("asked"), pl.col("answered"))).item()
        24.5
    """
    return (end - start).dt.total_hours(fractional=True)
