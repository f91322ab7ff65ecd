"""What could be counted otherwise: the readings of a definition, each of which can be switched on its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import polars as pl

from sellerhealth.definition.metric import NEVER, Definition, Metric
from sellerhealth.measure.tally import EVERY_CHANNEL


class Cause(StrEnum):
    """Where a part of the difference comes from, in the order in which they are looked for."""

    WINDOW = "WINDOW"
    SINCE = "SINCE"
    DATE = "DATE"
    CHANNEL = "CHANNEL"
    CANCELLED = "CANCELLED"
    PENDING = "PENDING"
    FEEDBACK = "FEEDBACK"
    CHOICE = "CHOICE"
    UNSURE = "UNSURE"
    UNREAD = "UNREAD"
    MISSING = "MISSING"
    UNEXPLAINED = "UNEXPLAINED"


INSIDE, LEFT_OUT = "inside", "left_out"
"""Whether a row's day lies in Amazon's span; whether a row is left out that the metric's population holds."""
CAUSES = {
    "cancelled_orders": Cause.CANCELLED,
    "cancelled_scope": Cause.CANCELLED,
    "automatic_cancellations": Cause.CANCELLED,
    "counted_feedback": Cause.FEEDBACK,
}
"""The choices that belong to a cause of their own."""
REMOVED_STILL_COUNTED, REMOVED_SINCE_LEFT_OUT = "removed_still_counted", "removed_since_left_out"
REMOVED = (REMOVED_STILL_COUNTED, REMOVED_SINCE_LEFT_OUT)


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """One other way to read a point: the column it replaces, the option's name, what it puts there.

    `is_amazons`: the policy that says what Amazon applies now picks it.
    """

    question: str
    option: str
    cause: Cause
    expression: pl.Expr
    is_amazons: bool = False

    @property
    def name(self) -> str:
        """The column that holds it."""
        return f"{self.question}={self.option}"


@lru_cache(maxsize=64)
def readings(metric: Metric, amazons: Metric, channel: str) -> tuple[Reading, ...]:
    """Every other reading of the metric, those that Amazon's own policy picks first, then by cause."""
    asked = roots(metric.definition, (metric.definition.population, metric.definition.defective))
    found = [
        *_days(metric, amazons),
        *(reading for reading in _chosen(metric, amazons) if reading.question in asked),
        *(reading for reading in _others(metric, channel) if reading.question in asked or reading.question == LEFT_OUT),
    ]
    place = {cause: position for position, cause in enumerate(Cause)}
    return tuple(sorted(found, key=lambda reading: (not reading.is_amazons, place[reading.cause])))


def roots(definition: Definition, rules: Iterable[pl.Expr]) -> set[str]:
    """The columns these rules ask of a row: facts, choices and values, also where a flaw asks for them."""
    every = (*rules, *definition.flaws.values())
    asked = {name for rule in every for name in rule.meta.root_names()} - set(definition.flaws)
    # Orders shipped by each are two figures, and so are told apart by their channel.
    return asked | ({"channel"} if definition.channels != EVERY_CHANNEL else set())


def _days(metric: Metric, amazons: Metric) -> Iterator[Reading]:
    chosen, its = metric.terms.chosen["event_date"], amazons.terms.chosen["event_date"]
    options = {name: option.expression for name, option in metric.definition.event_date.options.items()}
    for name, expression in {**_utc_days(metric.definition), **options}.items():
        if name != chosen:
            yield Reading(question=INSIDE, option=name, cause=Cause.DATE, expression=expression, is_amazons=name == its)


def _utc_days(definition: Definition) -> dict[str, pl.Expr]:
    """The same days as Amazon's reports cut them."""
    moments = {
        "orders": {"purchase": pl.col("purchased_on_utc"), "ship_by": pl.col("ship_by_at").dt.date()},
        "contacts": {"received": pl.col("received_at").dt.date()},
    }
    told = moments.get(definition.fact, {})
    return {f"{name}_utc": day for name, day in told.items() if name in definition.event_date.options}


def _chosen(metric: Metric, amazons: Metric) -> Iterator[Reading]:
    for question, choice in metric.definition.choices.items():
        for name, option in choice.options.items():
            if name != metric.terms.chosen[question]:
                yield Reading(
                    question=question,
                    option=name,
                    cause=CAUSES.get(question, Cause.CHOICE),
                    expression=option.expression,
                    is_amazons=name == amazons.terms.chosen[question],
                )


def _others(metric: Metric, channel: str) -> Iterator[Reading]:
    """What no choice of a definition settles, and reports of Amazon may still do."""
    definition = metric.definition
    if channel == "MFN":
        yield Reading(question="channel", option="every_channel", cause=Cause.CHANNEL, expression=pl.lit(channel))
    if definition.fact != "orders":
        return
    yield Reading(question="is_pending", option="counted", cause=Cause.PENDING, expression=NEVER)
    if "cancelled_orders" in definition.choices and "counted" not in definition.choices["cancelled_orders"].options:
        yield Reading(question="cancelled_orders", option="counted", cause=Cause.CANCELLED, expression=NEVER)
    elif "cancelled_orders" not in definition.choices:
        not_ours = pl.col("is_cancelled") & ~pl.col("cancelled_by_seller").fill_null(value=True)
        yield Reading(question=LEFT_OUT, option="cancelled_by_others", cause=Cause.CANCELLED, expression=not_ours)
    yield from _complaints(metric)


def _complaints(metric: Metric) -> Iterator[Reading]:
    worst = metric.terms.chosen.get("counted_feedback") != "last"
    rating = "has_negative_feedback" if worst else "last_feedback_is_negative"
    for option in REMOVED:
        yield Reading(
            question="counted_feedback",
            option=option,
            cause=Cause.FEEDBACK,
            expression=pl.col(f"{rating} {option}"),
        )
    for question, flag in (("counted_claims", "has_own_claim"), ("counted_chargebacks", "has_own_chargeback")):
        every = pl.col(flag) | pl.col(question)
        yield Reading(question=question, option="every", cause=Cause.CHOICE, expression=every)
