"""How sure a rate is: the interval it lasts in, the chance that it misses its target, pattern or luck."""

from enum import StrEnum

import polars as pl
from scipy.special import betainc, betaincc  # type: ignore[import-untyped]

from sellerhealth.definition.metric import Basis, Metric, Status, Unit
from sellerhealth.definition.target import Condition, Target

Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""
SURE = 0.975
"""The chance from which on a side of the target is told as sure."""
HALF = 0.5
"""What is added to the counts on both sides, so that 0 of 40 is not held for never."""


class Says(StrEnum):
    """What the counts say of the lasting rate, the one that very many orders would show.

    UNSURE: with the unsure defects it is one thing and without them another, or an input is missing.
    """

    MISSES = "MISSES"
    MEETS = "MEETS"
    TOO_FEW_TO_SAY = "TOO_FEW_TO_SAY"
    UNSURE = "UNSURE"


def wilson(count: pl.Expr, out_of: pl.Expr, *, upper: bool) -> pl.Expr:
    """One end of the 95 % Wilson interval of count of out_of, as a share; null when out_of is 0.

    Source: E. B. Wilson, 1927. Never below 0 nor above 1, and never 0 to 0 as the simple interval is.

    Example:
        >>> counts = pl.DataFrame({"k": [0, 1], "n": [40, 40]})
        >>> counts.select(wilson(pl.col("k"), pl.col("n"), upper=True).round(3)).to_series().to_list()
        [0.088, 0.129]
    """
    share, spread = count / out_of, Z * Z / out_of
    reach = Z * (share * (1 - share) / out_of + Z * Z / (4 * out_of * out_of)).sqrt()
    end = (share + spread / 2 + (reach if upper else -reach)) / (1 + spread)
    exact = pl.when(count == (out_of if upper else 0)).then(1.0 if upper else 0.0).otherwise(end)
    return pl.when(out_of > 0).then(exact.clip(0.0, 1.0))


def jeffreys(count: pl.Expr, out_of: pl.Expr, target: Target) -> pl.Expr:
    """The chance that the lasting rate misses the target, where count of out_of were seen; null when out_of is 0.

    Source: Brown, Cai and DasGupta, 2001: nothing is known before, so the rate is Beta(count + 1/2, rest + 1/2). Null
    for a target of an exact rate, which no lasting rate ever meets.

    Example:
        >>> from fractions import Fraction
        >>> target = Target(value=Fraction("0.01"), condition=Condition.LESS_THAN)
        >>> counts = pl.DataFrame({"k": [0, 1, 0, 3], "n": [40, 40, 300, 300]})
        >>> counts.select(jeffreys(pl.col("k"), pl.col("n"), target).round(2)).to_series().to_list()
        [0.37, 0.85, 0.01, 0.54]
    """
    if target.condition is Condition.EQUALS:
        return pl.lit(None, dtype=pl.Float64)
    part = betainc if target.condition.more_is_good else betaincc
    is_share = (out_of > 0) & count.is_between(0, out_of)
    seen, rest = (pl.when(is_share).then(side + HALF) for side in (count, out_of - count))
    chance: pl.Expr = part(seen, rest, float(target.value))
    return chance


def signal(result: pl.DataFrame, metric: Metric) -> pl.DataFrame:
    """The rows of a result, and whether what they show is a pattern or luck.

    Adds `miss_chance` and `miss_chance_at_best`, the chance from 0 to 1 that the lasting rate misses the target, with
    and without the unsure defects; and `says`, one of `Says`: by the same chance, sure from 97.5 % on. The verdict
    stays what it is: it is about the orders seen. All three are null without a target, of a mean, and where nothing
    was counted or can be computed; `miss_chance` also where an input is missing, since nobody knows how bad it is at
    worst.

    Example:
        >>> from sellerhealth.measure.evaluate import evaluate
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> example = metric.definition.example
        >>> found = signal(evaluate(metric, example.account(), example.as_of), metric)
        >>> found.select("numerator", "denominator", pl.col("miss_chance").round(3), "says").rows()
        [(3, 8, 0.999, 'MISSES'), (1, 3, 0.974, 'TOO_FEW_TO_SAY')]
    """
    target = metric.terms.target
    nothing = [pl.lit(None, pl.Float64), pl.lit(None, pl.Float64), pl.lit(None, pl.String)]
    told = nothing if target is None or not _is_share(metric) else _told(target)
    return result.with_columns(
        expression.alias(name)
        for name, expression in zip(("miss_chance", "miss_chance_at_best", "says"), told, strict=True)
    )


def _is_share(metric: Metric) -> bool:
    """Whether orders are counted alike: of a mean, or where some weigh more, the counts are no draws."""
    return metric.definition.unit is Unit.PERCENT and not metric.terms.weights


def _told(target: Target) -> list[pl.Expr]:
    at_worst, at_best, out_of = pl.col("numerator"), pl.col("at_best"), pl.col("denominator")
    is_open = pl.col("low").is_null() | pl.col("high").is_null()
    worst, best = (_says(count, out_of, target) for count in (at_worst, at_best))
    says = (
        pl.when(pl.col("value").is_null())
        .then(None)
        .when(pl.col("status") == Status.TOO_FEW)
        .then(pl.lit(Says.TOO_FEW_TO_SAY.value))
        .when((worst == best) & (~is_open | (best == Says.MISSES)))
        .then(best)
        .otherwise(pl.lit(Says.UNSURE.value))
    )
    computable = pl.col("basis") != Basis.NOT_COMPUTABLE
    return [
        pl.when(computable & ~is_open).then(jeffreys(at_worst, out_of, target)),
        pl.when(computable).then(jeffreys(at_best, out_of, target)),
        says,
    ]


def _says(count: pl.Expr, out_of: pl.Expr, target: Target) -> pl.Expr:
    """On which side of the target the lasting rate surely lies. One defect alone is never a pattern."""
    chance = jeffreys(count, out_of, target)
    defects = out_of - count if target.condition.more_is_good else count
    return (
        pl.when((chance >= SURE) & (defects > 1))
        .then(pl.lit(Says.MISSES.value))
        .when(chance <= 1 - SURE)
        .then(pl.lit(Says.MEETS.value))
        .otherwise(pl.lit(Says.TOO_FEW_TO_SAY.value))
    )
