"""How long defects take to become known, and what that leaves to come of rows that look clean still."""

from datetime import date
from functools import lru_cache

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric
from sellerhealth.measure.judge import BOUNDS, basis_of_inputs
from sellerhealth.measure.tally import KEYS, rows, summed

STILL_WATCHED = 0.25
"""A defect later than the age to which so many of the rows were watched is left out: it hangs on too few of them."""


def delays(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The counts of each event day (as `tally.COUNTS`) by `delay`: how many days later a defect was known.

    The delay is null of what is clean so far, and of a defect that no file dates. Where an input is missing only sure
    defects are taken, as in the figure; empty where it cannot be computed.
    """
    return _delays(metric, account, as_of).clone()


@lru_cache(maxsize=64)
def _delays(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    inputs, event_on = basis_of_inputs(metric, account), pl.col("event_on")
    known_on = metric.definition.known_on
    delay = pl.lit(0, pl.Int64) if known_on is None else (known_on - event_on).dt.total_days().clip(0)
    judged = rows(metric, account, as_of)
    if inputs in BOUNDS:
        judged = judged.with_columns(pl.col("is_defect") & ~pl.col("is_unknown"), is_unknown=pl.lit(value=False))
    dated = judged.with_columns(pl.when("is_defect").then(delay).alias("delay"))
    found = summed(metric, dated, ("delay",)).collect(engine="streaming")
    return found.clear() if inputs is Basis.NOT_COMPUTABLE else found


def maturity(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The share of all defects to come that is known so many days after the event date, by age.

    Kaplan and Meier over every row ever counted: the event is its first known defect, and a clean row was watched to
    its age. Columns account, marketplace, channel, age in days, `watched` (rows still clean and old enough), `defects`
    known at that age, `chance` of a defect by that age, and `matured`, that of the last age. Rows that are known only
    for a coming day, and defects that no file dates, are left out.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["order_defect_rate"]
        >>> example = metric.definition.example
        >>> found = maturity(metric, example.account(), example.as_of).filter(channel="MFN")
        >>> found.filter(pl.col("defects") > 0).select("age", "watched", "defects").rows()
        [(7, 10, 1), (9, 9, 2), (12, 7, 1), (15, 6, 1)]
    """
    age = (pl.lit(as_of) - pl.col("event_on")).dt.total_days()
    is_dated = pl.col("delay").is_not_null()
    seen = (
        delays(metric, account, as_of)
        .filter((pl.col("event_on") <= as_of) & (is_dated | (pl.col("defects") == 0)))
        .with_columns(pl.min_horizontal(pl.coalesce("delay", age), age).alias("age"))
        .group_by(*KEYS, "age")
        .agg(pl.col("counted").sum().alias("ended"), pl.col("defects").sum())
    )
    spine = seen.group_by(KEYS).agg(pl.int_ranges(0, pl.col("age").max() + 1).alias("age")).explode("age")
    watched = pl.col("ended").cum_sum(reverse=True).over(KEYS, order_by="age")
    survived = (1 - pl.col("defects") / pl.col("watched")).cum_prod().over(KEYS, order_by="age")
    ages = (
        spine.join(seen, on=[*KEYS, "age"], how="left")
        .with_columns(pl.col("ended", "defects").fill_null(0))
        .with_columns(watched.alias("watched"))
        .filter(pl.col("watched") >= pl.col("watched").max().over(KEYS) * STILL_WATCHED)
        .with_columns((1 - survived).alias("chance"))
    )
    last = pl.col("chance").max().over(KEYS)
    matured = pl.when(last > 0).then(pl.col("chance") / last)
    return ages.select(*KEYS, "age", "watched", "defects", "chance", matured.alias("matured")).sort(*KEYS, "age")
