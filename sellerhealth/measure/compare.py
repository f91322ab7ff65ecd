"""The same account under several policies, and all metrics at once."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.policy import Policy
from sellerhealth.measure.evaluate import evaluate


def compare(name: str, policies: Iterable[Policy], account: Account, as_of: date) -> pl.DataFrame:
    """The metric of that name under each policy: every channel and window, in the shape of `RESULT`."""
    return pl.concat([evaluate(policy[name], account, as_of) for policy in policies])


def overview(policy: Policy, account: Account, as_of: date) -> pl.DataFrame:
    """Every metric of the policy at its headline window, worst first, in the shape of `RESULT`.

    Worst is: misses its target, then no verdict, then the least part of the limit left.
    """
    every = pl.concat([evaluate(metric, account, as_of) for metric in policy])
    headline = {metric.name: metric.window_days for metric in policy}
    rank = {"BAD": 0, "NONE": 1, "TOO_FEW": 1, "GOOD": 2}
    return every.filter(pl.col("window_days") == pl.col("metric").replace_strict(headline, return_dtype=pl.Int64)).sort(
        pl.col("status").replace_strict(rank, return_dtype=pl.Int64),
        pl.col("denominator") == 0,
        "used",
        descending=[False, False, True],
        nulls_last=True,
        maintain_order=True,
    )
