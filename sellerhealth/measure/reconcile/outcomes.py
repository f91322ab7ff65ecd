"""What a metric counts in Amazon's span under each set of readings: every set over one small frame."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.columns import FIRST_DAY
from sellerhealth.definition.metric import NEVER, Basis, Metric
from sellerhealth.facts import ORDER, parts
from sellerhealth.measure.judge import basis_of_inputs
from sellerhealth.measure.reconcile.readings import (
    INSIDE,
    LEFT_OUT,
    REMOVED,
    Reading,
    roots,
)
from sellerhealth.measure.tally import EVERY_CHANNEL, counted_as, is_here, rows

Span = tuple[date, date]
Set = tuple[Reading, ...]
"""Readings taken together, no two on one question."""
SET, TIMES = "set", "times"
RATED = {"has_negative_feedback": "worst_rating", "last_feedback_is_negative": "last_rating"}


def placed(metric: Metric, account: Account, day: date, as_of: date, span: Span, told: Set) -> pl.LazyFrame:
    """The rows known at the end of `day` that the metric or a reading places into the span, with a column a reading.

    Columns: those of `tally.rows`, `inside` (the span), `left_out`, and one named after each reading.
    """
    found = rows(metric, account, day).filter(is_here(metric.definition, account, day))
    if any(reading.option in REMOVED for reading in told):
        found = _with_removed(found, account, day, as_of)
    inside = [reading.name for reading in told if reading.question == INSIDE]
    return (
        found.with_columns(pl.col("channel").cast(pl.String))
        .with_columns(
            _within(pl.col("event_on"), span).alias(INSIDE),
            NEVER.alias(LEFT_OUT),
            *(_column(reading, span).alias(reading.name) for reading in told),
        )
        .filter(pl.any_horizontal(INSIDE, *inside))
    )


def _column(reading: Reading, span: Span) -> pl.Expr:
    return _within(reading.expression, span) if reading.question == INSIDE else reading.expression


def _within(day: pl.Expr, span: Span) -> pl.Expr:
    return day.is_between(*span).fill_null(value=False)


def _with_removed(found: pl.LazyFrame, account: Account, day: date, as_of: date) -> pl.LazyFrame:
    """With what ratings make of an order had none been removed by `day`, and had those removed since never been."""
    ratings, removed_on = account.tables["feedback"], pl.col("removed_on")
    changed = ratings.filter(removed_on.is_not_null()).select(ORDER).unique().collect(engine="streaming").lazy()
    never, long_ago = pl.lit(None, dtype=pl.Date), pl.when(removed_on <= as_of).then(FIRST_DAY)
    for option, removed in zip(REMOVED, (never, long_ago), strict=True):
        few = ratings.join(changed, on=ORDER, how="semi").with_columns(removed.alias("removed_on"))
        told = parts.feedback(replace(account, tables={**account.tables, "feedback": few}), day).select(
            *ORDER,
            *(
                (pl.col(rating) <= parts.NEGATIVE_STARS).fill_null(value=False).alias(f"{flag} {option}")
                for flag, rating in RATED.items()
            ),
        )
        found = found.join(told, on=ORDER, how="left").with_columns(
            pl.coalesce(f"{flag} {option}", flag).alias(f"{flag} {option}") for flag in RATED
        )
    return found


@lru_cache(maxsize=8)
def profiles(metric: Metric, account: Account, day: date, as_of: date, span: Span, told: Set) -> pl.DataFrame:
    """How often each combination of what is asked of a row occurs, for all readings at once: in `times`."""
    found = placed(metric, account, day, as_of, span, told)
    schema = found.collect_schema()
    computed = {"event_on", *metric.definition.flaws}
    names = ["account", "channel", INSIDE, LEFT_OUT, *(reading.name for reading in told), *_asked(metric, told)]
    kept = [name for name in dict.fromkeys(names) if name not in computed]
    # Of a day only whether there is one is asked; days apart would make every row a combination of its own.
    days = [
        pl.when(pl.col(name).is_not_null()).then(pl.lit(FIRST_DAY)).alias(name)
        for name in kept
        if schema[name] == pl.Date
    ]
    units = metric.definition.units.cast(pl.Int64).alias(TIMES)
    return (
        found.select(*kept, units)
        .with_columns(days)
        .group_by(kept)
        .agg(pl.col(TIMES).sum())
        .collect(engine="streaming")
    )


def _asked(metric: Metric, told: Set) -> list[str]:
    definition = metric.definition
    rules = (definition.population, definition.defective, definition.unknown)
    return sorted(roots(definition, rules) | {reading.question for reading in told})


def judged(metric: Metric, channel: str, found: pl.LazyFrame, sets: Sequence[Set]) -> pl.LazyFrame:
    """The rows once for each set, numbered in `set`, with `is_counted`, `is_defect` and `is_unknown` under it."""
    questions = list(dict.fromkeys(reading.question for one in sets for reading in one))
    taken = {f"take {name}": [_taken(one, name) for one in sets] for name in questions}
    numbered = pl.LazyFrame({SET: range(len(sets)), **taken}, schema_overrides=dict.fromkeys(taken, pl.String))
    every = {reading.name: reading for one in sets for reading in one}.values()
    read = [_read(question, [reading for reading in every if reading.question == question]) for question in questions]
    definition = metric.definition
    is_in = pl.col(INSIDE) & ~pl.col(LEFT_OUT)
    if definition.channels != EVERY_CHANNEL:
        is_in &= pl.col("channel") == channel
    told = (
        found.join(numbered, how="cross")
        .with_columns(read)
        .with_columns(pl.lit(FIRST_DAY).alias("event_on"))
        .with_columns(flaw.fill_null(value=False).alias(name) for name, flaw in definition.flaws.items())
    )
    return counted_as(metric, told, is_in)


def _taken(one: Set, question: str) -> str | None:
    return next((reading.option for reading in one if reading.question == question), None)


def _read(question: str, told: Sequence[Reading]) -> pl.Expr:
    """A point as the set reads it, as the metric does where the set does not say."""
    read = pl.col(question)
    for reading in told:
        is_taken = (pl.col(f"take {question}") == reading.option).fill_null(value=False)
        read = pl.when(is_taken).then(pl.col(reading.name)).otherwise(read)
    return read.alias(question)


def counts(metric: Metric, account: Account, channel: str, found: pl.LazyFrame, sets: Sequence[Set]) -> pl.DataFrame:
    """Numerator, denominator, defects, unknown ones and each flaw under every set, in their order."""
    figure = metric.definition.figure
    amount = figure.worst if basis_of_inputs(metric, account) is Basis.EXACT else figure.best
    sums = {
        "numerator": pl.col("is_counted") & amount,
        "denominator": pl.col("is_counted"),
        "defects": pl.col("is_defect"),
        "unknown": pl.col("is_unknown"),
        **{flaw: pl.col("is_counted") & pl.col(flaw) for flaw in metric.definition.flaws},
    }
    added = [(holds.cast(pl.Int64) * pl.col(TIMES)).sum().alias(name) for name, holds in sums.items()]
    told = judged(metric, channel, found, sets).group_by(SET).agg(added)
    every = pl.LazyFrame({SET: range(len(sets))})
    # Where nothing lies in the span, every set counts none of none.
    return every.join(told, on=SET, how="left").with_columns(pl.col(list(sums)).fill_null(0)).sort(SET).collect()
