"""Counts to a verdict: value, interval, target, status, headroom, basis."""

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Condition, Metric, Need, Status
from sellerhealth.measure.certainty import wilson

VERDICT = ["value", "low", "high", "target", "status", "headroom", "basis"]


def missing(metric: Metric, account: Account) -> list[Need]:
    """The inputs the metric needs and no file of the account provides."""
    return [need for need in metric.definition.needs if not account.provided.intersection(need.any_of)]


def judge(metric: Metric, account: Account, counts: pl.DataFrame) -> pl.DataFrame:
    """The counts with their verdict.

    `value` is numerator / denominator as a share, null when nothing was counted; `low` and `high` are
    the 95 % Wilson interval, from the surest to the worst count. The basis is UPPER_BOUND where some
    defects may be none, LOWER_BOUND where an input is missing (the unsure are then not counted), and
    NOT_COMPUTABLE where nothing can be said. The status is GOOD or BAD only when both ends agree, and
    only then there is a headroom; a lower bound has no `high`.
    """
    inputs = basis_of_inputs(metric, account)
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    sure = numerator - pl.col("unknown")
    known = counts.with_columns(_counted(inputs, sure))
    has_upper_end = pl.lit(inputs is not Basis.LOWER_BOUND)
    computable, counted = pl.lit(inputs is not Basis.NOT_COMPUTABLE), denominator > 0
    return known.with_columns(
        _basis(inputs).alias("basis"),
        pl.when(counted & computable).then(numerator / denominator).alias("value"),
        pl.when(computable).then(wilson(sure, denominator, upper=False)).alias("low"),
        pl.when(computable & has_upper_end).then(wilson(numerator, denominator, upper=True)).alias("high"),
        pl.lit(float(metric.terms.target.value) if metric.terms.target else None, dtype=pl.Float64).alias("target"),
        pl.when(counted & computable).then(_status(metric, inputs)).otherwise(pl.lit(Status.NONE)).alias("status"),
    ).with_columns(pl.when(pl.col("status") != Status.NONE.value).then(_headroom(metric)).alias("headroom"))


def basis_of_inputs(metric: Metric, account: Account) -> Basis:
    """What the missing inputs make of the figure. Without any of its inputs a metric says nothing."""
    absent = missing(metric, account)
    bounds = {need.without for need in absent}
    if not bounds:
        return Basis.EXACT
    if Basis.NOT_COMPUTABLE in bounds or len(absent) == len(metric.definition.needs):
        return Basis.NOT_COMPUTABLE
    return bounds.pop()


def _counted(inputs: Basis, sure: pl.Expr) -> list[pl.Expr]:
    if inputs is Basis.NOT_COMPUTABLE:
        return [pl.lit(None, dtype=pl.Int64).alias(name) for name in ("numerator", "unknown")]
    if inputs is Basis.LOWER_BOUND:
        return [sure.alias("numerator"), pl.lit(0, dtype=pl.Int64).alias("unknown")]
    return []


def _basis(inputs: Basis) -> pl.Expr:
    if inputs is not Basis.EXACT:
        return pl.lit(inputs.value)
    return pl.when(pl.col("unknown") > 0).then(pl.lit(Basis.UPPER_BOUND.value)).otherwise(pl.lit(Basis.EXACT.value))


def _status(metric: Metric, inputs: Basis) -> pl.Expr:
    target = metric.terms.target
    if target is None:
        return pl.lit(Status.NONE.value)
    at_most = target.is_met(pl.col("numerator"), pl.col("denominator"))
    at_least = target.is_met(pl.col("numerator") - pl.col("unknown"), pl.col("denominator"))
    more_is_good = target.condition is Condition.GREATER_THAN
    can_be_good = inputs is not Basis.LOWER_BOUND or more_is_good
    can_be_bad = inputs is not Basis.LOWER_BOUND or not more_is_good
    return (
        pl.when(at_most & at_least & can_be_good)
        .then(pl.lit(Status.GOOD.value))
        .when(~at_most & ~at_least & can_be_bad)
        .then(pl.lit(Status.BAD.value))
        .otherwise(pl.lit(Status.NONE.value))
    )


def _headroom(metric: Metric) -> pl.Expr:
    target = metric.terms.target
    if target is None:
        return pl.lit(None, dtype=pl.Int64)
    return target.headroom(pl.col("numerator"), pl.col("denominator"))
