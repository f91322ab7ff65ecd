"""Counts to a verdict: value, interval, target, status, headroom, basis."""

from typing import TypeVar

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric, Need, Status, Unit, unmet
from sellerhealth.measure.certainty import wilson

VERDICT = ["unit", "value", "low", "high", "target", "used", "status", "headroom", "basis"]
BOUNDS = (Basis.LOWER_BOUND, Basis.UPPER_BOUND)
Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)


def missing(metric: Metric, account: Account) -> list[Need]:
    """The inputs the metric needs and no file of the account provides."""
    return unmet(metric.definition.needs, account.provided)


def judge(metric: Metric, account: Account, counts: Frame) -> Frame:
    """The counts with their verdict.

    `value` is numerator / denominator in the metric's unit, null when nothing was counted; `low` and
    `high` are the 95 % Wilson interval of a share, from the surest to the worst count. `used` is the part of
    the target's limit that is used. The basis is a bound where some defects may be none, or where an
    input is missing (the unsure are then not counted), and NOT_COMPUTABLE where nothing can be said. The
    status is GOOD or BAD only when both ends agree, TOO_FEW below the policy's least number; only with a
    verdict there is a headroom.
    """
    inputs = basis_of_inputs(metric, account)
    can_tell = pl.lit(inputs is not Basis.NOT_COMPUTABLE) & (pl.col("denominator") > 0)
    goal = float(metric.terms.target.value) if metric.terms.target else None
    return (
        counts.with_columns(_counted(inputs))
        .with_columns(
            _basis(metric, inputs).alias("basis"),
            pl.lit(metric.definition.unit.value).alias("unit"),
            pl.when(can_tell).then(_value(metric.definition.unit)).alias("value"),
            pl.lit(goal, dtype=pl.Float64).alias("target"),
            *_interval(metric, inputs),
            pl.when(can_tell).then(_status(metric, inputs)).otherwise(pl.lit(Status.NONE)).alias("status"),
        )
        .with_columns(
            pl.when(pl.col("status").is_in([Status.GOOD.value, Status.BAD.value]))
            .then(_headroom(metric))
            .alias("headroom"),
            _used(metric).alias("used"),
        )
    )


def basis_of_inputs(metric: Metric, account: Account) -> Basis:
    """What the missing inputs make of the figure. Without any input that fills it a metric says nothing."""
    absent = missing(metric, account)
    bounds = [need for need in metric.definition.needs if need.without in BOUNDS]
    if not absent:
        return Basis.EXACT
    if any(need.without is Basis.NOT_COMPUTABLE for need in absent) or all(need in absent for need in bounds):
        return Basis.NOT_COMPUTABLE
    return absent[0].without


def _counted(inputs: Basis) -> list[pl.Expr]:
    if inputs is Basis.NOT_COMPUTABLE:
        names = ("numerator", "at_best", "defects", "unknown")
        return [pl.lit(None, dtype=pl.Int64).alias(name) for name in names]
    if inputs in BOUNDS:
        sure = pl.col("defects") - pl.col("unknown")
        return [
            pl.col("at_best").alias("numerator"),
            sure.alias("defects"),
            pl.lit(0, dtype=pl.Int64).alias("unknown"),
        ]
    return []


def _basis(metric: Metric, inputs: Basis) -> pl.Expr:
    if inputs is not Basis.EXACT:
        return pl.lit(inputs.value)
    bound = Basis.LOWER_BOUND if metric.definition.condition.more_is_good else Basis.UPPER_BOUND
    is_unsure = pl.col("numerator") != pl.col("at_best")
    return pl.when(is_unsure).then(pl.lit(bound.value)).otherwise(pl.lit(Basis.EXACT.value))


def _value(unit: Unit) -> pl.Expr:
    value = pl.col("numerator") / pl.col("denominator") / unit.per
    return value.clip(0, unit.most) if unit.most else value


def _interval(metric: Metric, inputs: Basis) -> list[pl.Expr]:
    """The ends of the interval: none for a mean, and none on the side on which an input is missing."""
    nothing = pl.lit(None, dtype=pl.Float64)
    if metric.definition.unit is not Unit.PERCENT or inputs is Basis.NOT_COMPUTABLE:
        return [nothing.alias("low"), nothing.alias("high")]
    ends = [pl.col("at_best"), pl.col("numerator")]
    least, most = reversed(ends) if metric.definition.condition.more_is_good else ends
    low, high = (wilson(end, pl.col("denominator"), upper=upper) for end, upper in ((least, False), (most, True)))
    return [
        (nothing if inputs is Basis.UPPER_BOUND else low).alias("low"),
        (nothing if inputs is Basis.LOWER_BOUND else high).alias("high"),
    ]


def _status(metric: Metric, inputs: Basis) -> pl.Expr:
    target = metric.terms.target
    too_few = pl.when(pl.col("counted") < metric.terms.fewest).then(pl.lit(Status.TOO_FEW.value))
    if target is None:
        return too_few.otherwise(pl.lit(Status.NONE.value))
    out_of = pl.col("denominator") * metric.definition.unit.per
    at_worst, at_best = (target.is_met(pl.col(name), out_of) for name in ("numerator", "at_best"))
    # What is missing can only make it worse.
    can_be_good = inputs is Basis.EXACT
    return (
        too_few.when(at_worst & at_best & can_be_good)
        .then(pl.lit(Status.GOOD.value))
        .when(~at_worst & ~at_best)
        .then(pl.lit(Status.BAD.value))
        .otherwise(pl.lit(Status.NONE.value))
    )


def _headroom(metric: Metric) -> pl.Expr:
    target = metric.terms.target
    if target is None or metric.definition.unit is not Unit.PERCENT:
        return pl.lit(None, dtype=pl.Int64)
    return target.headroom(pl.col("numerator"), pl.col("denominator"))


def _used(metric: Metric) -> pl.Expr:
    """The part of the limit that is used: 1 and more where less is good means a miss."""
    most = float(metric.definition.unit.most or 0)
    if metric.definition.condition.more_is_good:
        used = (most - pl.col("value")) / (most - pl.col("target"))
    else:
        used = pl.col("value") / pl.col("target")
    # The last bits depend on how many rows are divided at once.
    return used.round(12)
