"""Ratings by their stars, and the last value of a metric that had answers enough."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric, Status
from sellerhealth.measure.evaluate import trend
from sellerhealth.measure.tally import rows, window

YEAR = 364


def stars(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """How many ratings of each number of stars came in each of the metric's windows: window_days, stars, ratings.

    Every number from 5 to 1 has a row, also one that never came.
    """
    found = rows(metric, account, as_of).filter("is_counted").select("event_on", "rating").collect()
    counted = [_in_window(metric, found, as_of, days) for days in metric.terms.windows]
    return pl.concat(counted)


def last_valid(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The latest window of the last year with answers enough, in the shape of `RESULT`; no row without one."""
    past = trend(metric, account, as_of, days=YEAR)
    return past.filter(pl.col("value").is_not_null() & (pl.col("status") != Status.TOO_FEW.value)).tail(1)


def _in_window(metric: Metric, found: pl.DataFrame, as_of: date, days: int) -> pl.DataFrame:
    start, end = window(metric, as_of, days)
    every = pl.DataFrame({"stars": [5, 4, 3, 2, 1]}, schema={"stars": pl.Int64()})
    inside = found.filter(pl.col("event_on").is_between(start, end)).group_by(stars="rating")
    return (
        every.join(inside.agg(pl.len().cast(pl.Int64).alias("ratings")), on="stars", how="left")
        .with_columns(pl.lit(days).cast(pl.Int64).alias("window_days"), pl.col("ratings").fill_null(0))
        .select("window_days", "stars", "ratings")
    )
