"""The defect budget, in whole orders: how many more a window bears, or what would bring it back."""

import polars as pl

from sellerhealth.definition.metric import Metric, Status, Unit
from sellerhealth.definition.target import Condition, Target


def budget(result: pl.DataFrame, metric: Metric) -> pl.DataFrame:
    """The rows of a result, and what their windows bear.

    Adds `defects_to_spare`, how many of the orders already counted may still turn into defects, 0 where the target is
    missed; and `clean_orders_needed`, the fewest further orders without a defect that would meet it, 0 where it is
    met. Whole orders (or messages, packages, …), by the counts and never by the rate: 1 of 100 misses "below 1 %", and
    one more order meets it. They have to fall into the same window, on top of those that replace the orders which
    leave it. By the figure at worst; without a verdict nobody knows what there is to spare. Both are null without a
    target, of a mean, and where nothing was counted or can be computed.

    Example:
        >>> from sellerhealth.measure.evaluate import evaluate
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> example = metric.definition.example
        >>> found = budget(evaluate(metric, example.account(), example.as_of), metric)
        >>> found.select("numerator", "denominator", "defects_to_spare", "clean_orders_needed").rows()
        [(3, 8, 0, 68), (1, 3, 0, 23)]
    """
    spare = pl.when(_has_verdict()).then(pl.col("headroom").cast(pl.Int64).clip(0)).alias("defects_to_spare")
    target = metric.terms.target
    if target is None or metric.definition.unit is not Unit.PERCENT or metric.terms.weights:
        return result.with_columns(spare, pl.lit(None, dtype=pl.Int64).alias("clean_orders_needed"))
    needed = clean_orders_needed(pl.col("numerator"), pl.col("denominator"), target)
    # Where an input is missing and what is seen meets the target, nobody knows what it takes.
    is_unsure = (pl.col("status") == Status.NONE) & (pl.col("at_best") != pl.col("numerator"))
    is_told = (pl.col("denominator") > 0) & (_has_verdict() | is_unsure)
    return result.with_columns(spare, pl.when(is_told).then(needed).alias("clean_orders_needed"))


def clean_orders_needed(count: pl.Expr, out_of: pl.Expr, target: Target) -> pl.Expr:
    """The fewest further orders without a defect with which count of out_of meets the target; null for an exact rate.

    Example:
        >>> from fractions import Fraction
        >>> target = Target(value=Fraction("0.01"), condition=Condition.LESS_THAN)
        >>> counts = pl.DataFrame({"k": [1, 1, 9], "n": [100, 101, 713]})
        >>> counts.select(clean_orders_needed(pl.col("k"), pl.col("n"), target)).to_series().to_list()
        [1, 0, 188]
    """
    over, under = target.value.numerator, target.value.denominator
    more = target.condition.more_is_good
    # In units of one part of an order, so that all are whole: what is lacking, and what each further order brings.
    lacking = out_of * over - count * under if more else count * under - out_of * over
    step = under - over if more else over
    match target.condition:
        case Condition.LESS_THAN | Condition.GREATER_THAN:
            needed = lacking // step + 1
        case Condition.AT_LEAST:
            needed = -(-lacking // step)
        case Condition.EQUALS:
            needed = pl.lit(None, dtype=pl.Int64)
    return needed.clip(0)


def _has_verdict() -> pl.Expr:
    return pl.col("status").is_in([Status.GOOD.value, Status.BAD.value])
