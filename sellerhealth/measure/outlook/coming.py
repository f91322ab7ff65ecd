"""The rows of each day: what is known of them, and how many are still to come if sales go on as in the last days."""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.outlook.maturity import delays
from sellerhealth.measure.tally import KEYS, tally, window

REPEATED = 28
"""How many of the last days are repeated where sales go on: whole weeks, so that each weekday stays what it is."""


def coming(metric: Metric, account: Account, as_of: date, until: date) -> pl.DataFrame:
    """The rows that no file can tell yet, by the day they will be counted by, to `until`; the last 28 days come again.

    Columns account, marketplace, channel, event_on, to_come: those days' rows, less what is known of the coming
    day already.
    """
    counted, full = tally(metric, account, as_of), full_until(metric, as_of)
    rounds = pl.LazyFrame({"round": range(1, -(-(until - full).days // REPEATED) + 1)}, schema={"round": pl.Int64})
    there = counted.lazy().select(*KEYS, "event_on", pl.col("denominator").alias("there"))
    more = pl.col("denominator") - pl.col("there").fill_null(0)
    return (
        counted.lazy()
        .filter(pl.col("event_on").is_between(full - timedelta(days=REPEATED - 1), full))
        .join(rounds, how="cross")
        .with_columns(pl.col("event_on") + pl.duration(days=REPEATED * pl.col("round")))
        .join(there, on=[*KEYS, "event_on"], how="left")
        .select(*KEYS, "event_on", more.alias("to_come"))
        .filter((pl.col("to_come") > 0) & (pl.col("event_on") <= until))
        .collect()
    )


def by_day(metric: Metric, account: Account, as_of: date, until: date) -> pl.DataFrame:
    """The rows of each event day up to `until`: known `defects`, those `clean` so far, and those still `to_come`.

    Columns account, marketplace, channel, `day` (days from `as_of`, which is 0), defects, unknown (of these, those that
    may be none), clean, to_come.
    """
    known = (
        delays(metric, account, as_of).group_by(*KEYS, "event_on").agg(pl.col("counted", "defects", "unknown").sum())
    )
    return (
        known.join(coming(metric, account, as_of, until), on=[*KEYS, "event_on"], how="full", coalesce=True)
        .with_columns(pl.col("counted", "defects", "unknown", "to_come").fill_null(0))
        .select(
            *KEYS,
            (pl.col("event_on") - pl.lit(as_of)).dt.total_days().alias("day"),
            "defects",
            "unknown",
            (pl.col("counted") - pl.col("defects")).alias("clean"),
            "to_come",
        )
        # Sums of many small chances depend on their order in the last digits.
        .sort(*KEYS, "day")
    )


def full_until(metric: Metric, as_of: date) -> date:
    """The last day of which all is known: of orders today; an answer or a delivery may come days after its own."""
    return as_of if metric.definition.fact == "orders" else window(metric, as_of, metric.window_days)[1]
