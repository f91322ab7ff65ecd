"""The sums of an example as one would write them down: addends, the division, and the target by whole numbers."""

from collections.abc import Sequence
from fractions import Fraction

import polars as pl

from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.definition.target import Condition, Target
from sellerhealth.learn.step import Step
from sellerhealth.show import numbers, words

MISSED = {
    Condition.LESS_THAN: "is not below",
    Condition.GREATER_THAN: "is not above",
    Condition.AT_LEAST: "is less than",
    Condition.EQUALS: "is not equal to",
}
MET = {
    Condition.LESS_THAN: "is below",
    Condition.GREATER_THAN: "is above",
    Condition.AT_LEAST: "is at least",
    Condition.EQUALS: "is equal to",
}
PLACES = 3


def sum_of(addends: Sequence[int]) -> str:
    """An addition with its result.

    Example:
        >>> sum_of([1, 1, 3]), sum_of([100, -40]), sum_of([4]), sum_of([])
        ('1 + 1 + 3 = 5', '100 - 40 = 60', '4', '0')
    """
    if len(addends) < 2:
        return f"{sum(addends):,}"
    written = f"{addends[0]:,}" + "".join(f" {'-' if one < 0 else '+'} {abs(one):,}" for one in addends[1:])
    return f"{written} = {sum(addends):,}"


def addends(metric: Metric, found: pl.DataFrame) -> list[str]:
    """What each counted row adds, in the metric's unit, and the sum."""
    counted = found.filter("is_counted")
    each = [f"{row['row']}: {_addend(row, metric)}. {row['remark'][0].upper()}{row['remark'][1:]}."
            for row in counted.iter_rows(named=True)]  # fmt: skip
    per = metric.definition.unit.per
    whole = [amount // per for amount in counted["adds"]]
    return [*each, f"Together: {sum_of(whole)}."]


def _addend(row: words.Row, metric: Metric) -> str:
    amount = row["adds"] // metric.definition.unit.per
    if metric.terms.weights:
        return f"{amount // row['weighs']:,} × {row['weighs']} = {amount:,}"
    return numbers.count(amount, ("hour", "hours")) if metric.definition.unit is Unit.HOURS else f"{amount:,}"


def pair(metric: Metric, numerator: int, denominator: int) -> str:
    """The two numbers that are divided, as the metric's unit has it told."""
    if metric.definition.unit is Unit.PERCENT:
        return f"{numerator:,} of {denominator:,}"
    things = numbers.count(denominator, metric.definition.unit_counted)
    if metric.terms.weights:
        return f"{numerator:,} points over a weight of {denominator:,}"
    kind = ("hour", "hours") if metric.definition.unit is Unit.HOURS else ("point", "points")
    return f"{numbers.count(numerator // metric.definition.unit.per, kind)} over {things}"


def division(metric: Metric, found: pl.DataFrame) -> Step:
    """Numerator over denominator, as a decimal and as it is told."""
    (numerator, denominator), unit = _sums(found), metric.definition.unit
    if not denominator:
        return Step("Divide", ("Nothing is counted, so there is nothing to divide.",))
    whole = numerator // unit.per
    value = Fraction(whole, denominator)
    rounded = round(value, PLACES)
    equal = "=" if value == rounded else "is about"
    told = numbers.figure(numerator / denominator / unit.per, unit)
    pair_told = pair(metric, numerator, denominator)
    return Step("Divide", (f"{pair_told}: {whole:,} ÷ {denominator:,} {equal} {float(rounded):g}, which is {told}.",))


def _sums(found: pl.DataFrame) -> tuple[int, int]:
    numerator, denominator = found.select(pl.col("adds", "weighs").sum()).row(0)
    return int(numerator), int(denominator)


def verdict(metric: Metric, found: pl.DataFrame) -> Step:
    """The target by whole numbers, and the figure that lies exactly on it."""
    target = metric.terms.target
    if target is None:
        return Step("Compare with the target", ("The policy sets no target: the figure is told, without a verdict.",))
    numerator, denominator = _sums(found)
    title = f"Compare with the target: {words.target(metric)}"
    if not denominator:
        return Step(title, ("Nothing is counted, so there is no verdict.",))
    compared = _compared(target, numerator // metric.definition.unit.per, denominator, metric.definition.unit)
    return Step(title, (*compared, _edge(metric, target), *_too_few(metric, found)))


def _compared(target: Target, numerator: int, denominator: int, unit: Unit) -> list[str]:
    scale = _scale(target) if unit is Unit.PERCENT else target.value.denominator
    goal = int(target.value * scale)
    is_met = is_reached(target, numerator, denominator)
    left = f"{numerator:,} × {scale:,} = {numerator * scale:,}" if scale > 1 else f"{numerator:,}"
    sense = (MET if is_met else MISSED)[target.condition]
    right = f"{goal:,} × {denominator:,} = {goal * denominator:,}"
    end = "It meets the target." if is_met else "It misses the target."
    return [f"Compare whole numbers, not rounded rates: {left} {sense} {right}. {end}"]


def is_reached(target: Target, numerator: int, denominator: int) -> bool:
    """Whether these counts meet the target, by the rule that every figure goes by."""
    counts = pl.DataFrame({"numerator": [numerator], "denominator": [denominator]})
    return bool(counts.select(target.is_met(pl.col("numerator"), pl.col("denominator"))).item())


def _scale(target: Target) -> int:
    """By what both sides are multiplied, so that a percentage has no point: a hundred, or more where it takes that."""
    return next(
        scale for scale in (100, 1000, 10_000, target.value.denominator) if (target.value * scale).denominator == 1
    )


def _edge(metric: Metric, target: Target) -> str:
    """The figure that is exactly the target, and where that misses it the nearest that does not."""
    goal, sense = numbers.figure(float(target.value), metric.definition.unit), words.target(metric)
    top, bottom = target.value.numerator, target.value.denominator
    is_met = is_reached(target, top, bottom)
    if metric.definition.unit is not Unit.PERCENT:
        return f"On the edge: exactly {goal} is {'' if is_met else 'not '}{sense}."
    better = (top + 1 if target.condition.more_is_good else top, bottom + 1)
    next_one = "" if is_met else f" {better[0]} of {better[1]} is."
    return f"On the edge: {top} of {bottom} is {goal}, and that is {'' if is_met else 'not '}{sense}.{next_one}"


def _too_few(metric: Metric, found: pl.DataFrame) -> list[str]:
    counted = int(found.filter("is_counted").height)
    if counted >= metric.terms.fewest:
        return []
    needed = numbers.count(metric.terms.fewest, metric.definition.unit_counted)
    return [f"The policy asks for {needed} and there {'is' if counted == 1 else 'are'} {counted}: too few to say."]
