"""Survey answers to facts: one row per thread, the latest score its buyer gave."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.messages import ALL_CHANNELS, THREAD, threads
from sellerhealth.facts.moment import end_of
from sellerhealth.facts.placed import at_home


def surveys(account: Account, as_of: date) -> pl.LazyFrame:
    """The survey answers given before the end of `as_of`, with the marketplace of their thread.

    One without a time cannot be placed.
    """
    given = account.tables["surveys"].filter(pl.col("answered_at") < end_of(as_of, account.zone))
    told = given.join(threads(account, as_of), on=THREAD, how="left").rename({"thread_marketplace": "marketplace"})
    return at_home(told, account)


def answers(account: Account, as_of: date) -> pl.LazyFrame:
    """One row per thread: its latest answer with a score; of two at one time the worse is the last.

    Columns: account, thread_id, marketplace, channel, answered_on, score.
    """
    answered_on = pl.col("answered_at").dt.convert_time_zone(account.zone).dt.date()
    return (
        surveys(account, as_of)
        .filter(pl.col("score").is_not_null())
        .sort("answered_at", -pl.col("score"))
        .group_by(THREAD, maintain_order=True)
        .agg(pl.col("marketplace").first(), answered_on.last().alias("answered_on"), pl.col("score").last())
        .select(
            *THREAD,
            "marketplace",
            pl.lit(ALL_CHANNELS).alias("channel"),
            "answered_on",
            "score",
        )
    )
