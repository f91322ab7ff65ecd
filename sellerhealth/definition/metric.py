"""What a metric is: a definition that can be read, and the terms a policy sets for it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from fractions import Fraction

import polars as pl

from sellerhealth.definition.example import Example


class Condition(StrEnum):
    """The sense of a target, in the words of Amazon's own report."""

    LESS_THAN = "LESS_THAN"
    GREATER_THAN = "GREATER_THAN"
    EQUALS = "EQUALS"


class Status(StrEnum):
    """The verdict. NONE: nothing was counted, there is no target, or what is missing decides."""

    GOOD = "GOOD"
    BAD = "BAD"
    NONE = "NONE"


class Basis(StrEnum):
    """How sure the count is."""

    EXACT = "EXACT"
    UPPER_BOUND = "UPPER_BOUND"
    LOWER_BOUND = "LOWER_BOUND"
    NOT_COMPUTABLE = "NOT_COMPUTABLE"


@dataclass(frozen=True, kw_only=True)
class Target:
    """The goal, as an exact fraction, and its sense. Counts are compared, never rounded rates."""

    value: Fraction
    condition: Condition

    def is_met(self, numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
        """Whether the counts meet the target; LESS_THAN is strict, so 1 of 100 misses 1 %.

        Example:
            >>> target = Target(value=Fraction("0.01"), condition=Condition.LESS_THAN)
            >>> counts = pl.DataFrame({"n": [1, 1], "d": [100, 101]})
            >>> counts.select(target.is_met(pl.col("n"), pl.col("d"))).to_series().to_list()
            [False, True]
        """
        counted, allowed = numerator * self.value.denominator, denominator * self.value.numerator
        match self.condition:
            case Condition.LESS_THAN:
                return counted < allowed
            case Condition.GREATER_THAN:
                return counted > allowed
            case Condition.EQUALS:
                return counted == allowed

    def headroom(self, numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
        """Whole orders to spare before the target breaks; below zero, orders too many (or too few).

        For LESS_THAN: how many of the orders already counted may still turn into defects. For
        GREATER_THAN: how many good ones may still turn bad. For EQUALS: how far the count is off.

        Example:
            >>> target = Target(value=Fraction("0.01"), condition=Condition.LESS_THAN)
            >>> counts = pl.DataFrame({"n": [0, 5, 8], "d": [100, 600, 600]})
            >>> counts.select(target.headroom(pl.col("n"), pl.col("d"))).to_series().to_list()
            [0, 0, -3]
        """
        allowed = denominator * self.value.numerator
        match self.condition:
            case Condition.LESS_THAN:
                return (allowed - 1) // self.value.denominator - numerator
            case Condition.GREATER_THAN:
                return numerator - (allowed // self.value.denominator + 1)
            case Condition.EQUALS:
                return allowed // self.value.denominator - numerator


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to read a definition: the expression and what it means in words."""

    meaning: str
    expression: pl.Expr


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A point where definitions differ or nothing is established: a column with several readings.

    A policy names the reading; the metric's expressions refer to the choice by its column name.
    """

    question: str
    options: Mapping[str, Option]


@dataclass(frozen=True, kw_only=True)
class Need:
    """An input without which the figure is a bound or cannot be computed.

    `any_of` names columns (`table.column`) or whole tables; one of them is enough.
    """

    any_of: tuple[str, ...]
    without: Basis
    reason: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A question on the hand-worked example, its answer, and what each wrong answer shows."""

    question: str
    answer: Fraction
    feedback: Mapping[Fraction, str]
    solution: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Definition:
    """What a metric counts, out of what, by which date, why, and an example worked by hand.

    Nothing here depends on a policy: where policies differ the definition has a choice. Every field
    must be filled; an empty one is a ValueError when the module loads.

    `population`, `numerator` and `unknown` are boolean expressions over the facts and the choices.
    `leading_split` names the dimensions that most often tell why.
    A row is counted when `population` holds and its event date lies in the window; it is a defect
    when `numerator` holds too, and an unsure one when `unknown` holds as well.
    """

    name: str
    notebook: str
    label: str
    abbreviation: str
    question: str
    defect: tuple[str, str]
    unit_counted: tuple[str, str]
    fact: str
    channels: tuple[str, ...]
    condition: Condition
    event_date: Choice
    population: pl.Expr
    numerator: pl.Expr
    unknown: pl.Expr
    unknown_reason: str
    choices: Mapping[str, Choice]
    exclusions: Mapping[str, pl.Expr]
    needs: tuple[Need, ...]
    dimensions: Mapping[str, pl.Expr]
    leading_split: tuple[str, ...]
    defect_columns: tuple[str, ...]
    counted: str
    out_of: str
    why: str
    how_to_act: tuple[str, ...]
    caveats: tuple[str, ...]
    example: Example
    exercises: tuple[Exercise, ...]

    def __post_init__(self) -> None:
        """Refuse a definition that leaves a meaning out."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, pl.Expr) and not value:
                raise ValueError(f"{self.name or 'a metric'} has no {field.name}")
        for text in (self.question, self.why, self.counted, self.out_of, *self.how_to_act, *self.caveats):
            if text[-1] not in ".?":
                raise ValueError(f"{self.name}: a sentence does not end: {text!r}")


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a value of a policy comes from, and as of when."""

    text: str
    dated: date


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What one policy says of one metric: windows (the first is the headline's), lag, target, choices."""

    windows: tuple[int, ...]
    lag_days: int
    target: Target | None
    chosen: Mapping[str, str]
    sources: Mapping[str, Source]
    not_established: Mapping[str, str]
    overridden: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Metric:
    """A definition under a policy: everything needed to compute one figure."""

    definition: Definition
    policy: str
    terms: Terms

    @property
    def name(self) -> str:
        """The metric's name, the same in code, files and notebooks."""
        return self.definition.name

    @property
    def label(self) -> str:
        """The name in prose."""
        return self.definition.label

    @property
    def window_days(self) -> int:
        """Length of the headline's window in days."""
        return self.terms.windows[0]

    def option(self, choice: str) -> Option:
        """The reading this policy picks for a choice, or for the event date."""
        found = self.definition.event_date if choice == "event_date" else self.definition.choices[choice]
        return found.options[self.terms.chosen[choice]]

    def chosen_columns(self) -> list[pl.Expr]:
        """The choices as columns, and the event date as `event_on`."""
        columns = [self.option(choice).expression.alias(choice) for choice in self.definition.choices]
        return [*columns, self.option("event_date").expression.alias("event_on")]
