"""What a metric is: a definition that can be read, and the terms a policy sets for it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.lesson import Lesson
from sellerhealth.definition.target import Condition, Target


class Status(StrEnum):
    """The verdict. NONE: nothing was counted, there is no target, or what is missing decides."""

    GOOD = "GOOD"
    BAD = "BAD"
    TOO_FEW = "TOO_FEW"
    NONE = "NONE"


class Basis(StrEnum):
    """How sure the count is."""

    EXACT = "EXACT"
    UPPER_BOUND = "UPPER_BOUND"
    LOWER_BOUND = "LOWER_BOUND"
    NOT_COMPUTABLE = "NOT_COMPUTABLE"


class Unit(StrEnum):
    """What a figure is told in."""

    PERCENT = "percent"
    HOURS = "hours"
    OF_TEN = "of 10"
    OF_HUNDRED = "of 100"

    @property
    def per(self) -> int:
        """How much of the numerator makes one: it holds seconds where hours are told."""
        return 3600 if self is Unit.HOURS else 1

    @property
    def most(self) -> int | None:
        """The highest a figure can be; None where there is none."""
        return {Unit.PERCENT: 1, Unit.OF_TEN: 10, Unit.OF_HUNDRED: 100}.get(self)


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What a row adds to the numerator: at worst, and at best if no unsure defect is one.

    Both are whole numbers or booleans over the facts, the choices, `is_defect` and `is_unknown`.
    """

    worst: pl.Expr
    best: pl.Expr


DEFECTS = Sum(worst=pl.col("is_defect"), best=pl.col("is_defect") & ~pl.col("is_unknown"))
"""The figure is the share of defects."""
CLEAN = Sum(worst=~pl.col("is_defect"), best=~pl.col("is_defect") | pl.col("is_unknown"))
"""The figure is the share of rows without a defect."""
NEVER, ONE = pl.lit(value=False), pl.lit(1)


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to read a definition: the expression, what it means in words, and the day since when it is known to hold.

    That day is null where no file dates it.
    """

    meaning: str
    expression: pl.Expr
    known_on: pl.Expr | None = None


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

    `any_of` names columns (`table.column`) or whole tables; one of them is enough. A need `about` files that are there
    but may not be whole says nothing where there is none of them, and its remedy is no file to add.
    """

    any_of: tuple[str, ...]
    without: Basis
    reason: str
    remedy: str
    about: tuple[str, ...] = ()


def unmet(needs: Iterable[Need], provided: Collection[str]) -> list[Need]:
    """The needs that nothing provided meets."""
    return [
        need
        for need in needs
        if not set(need.any_of).intersection(provided) and (not need.about or set(need.about).intersection(provided))
    ]


OPTIONAL = ("choices", "values", "flaws", "unknown_reason", "known_on")


@dataclass(frozen=True, kw_only=True, eq=False)
class Definition:
    """What a metric counts, out of what, by which date, why, and an example worked by hand.

    Nothing here depends on a policy: where policies differ the definition has a choice, or a value, a
    whole number that the policy sets. Every field must be filled but the `OPTIONAL` ones; an empty one is
    a ValueError when the module loads.

    `population`, `defective` and `unknown` are boolean expressions over the facts, the choices, the values
    and the flaws. A row is counted when `population` holds and its event date lies in the window; it is a
    defect, counted against the seller, when `defective` holds too, and an unsure one when `unknown` holds
    as well. `known_on` is the day on which a defect became known, where that is not its event date: over the facts, the
    flaws, the choices, and `…_known_on` of a choice whose options tell it. `flaws` are the kinds of defect, by name.
    `figure` is what a row adds to the numerator, `units` how many it stands for. `leading_split` names the dimensions
    that most often tell why.
    """

    name: str
    notebook: str
    label: str
    abbreviation: str
    question: str
    unit: Unit = Unit.PERCENT
    defect: tuple[str, str]
    unit_counted: tuple[str, str]
    fact: str
    channels: tuple[str, ...]
    condition: Condition
    event_date: Choice
    population: pl.Expr
    defective: pl.Expr
    unknown: pl.Expr = NEVER
    unknown_reason: str = ""
    known_on: pl.Expr | None = None
    figure: Sum = DEFECTS
    units: pl.Expr = ONE
    choices: Mapping[str, Choice] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    flaws: Mapping[str, pl.Expr] = field(default_factory=dict)
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
    lesson: Lesson

    def __post_init__(self) -> None:
        """Refuse a definition that leaves a meaning out."""
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name not in OPTIONAL and not isinstance(value, pl.Expr) and not value:
                raise ValueError(f"{self.name or 'a metric'} has no {one.name}")
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
    """What one policy says of one metric: windows (the first is the headline's), lag, target, choices, values.

    `is_weekly`: windows end on a Sunday. `weights` are (days, weight): a row not older than so many days
    weighs so much; empty, all weigh alike. `bands` are (from, name), rising. Fewer rows than `fewest` give no
    verdict.
    """

    windows: tuple[int, ...]
    lag_days: int
    is_weekly: bool
    target: Target | None
    chosen: Mapping[str, str]
    values: Mapping[str, int]
    weights: tuple[tuple[int, int], ...]
    bands: tuple[tuple[float, str], ...]
    fewest: int
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
        """The choices and values as columns, since when each choice is known, and the event date as `event_on`."""
        options = {choice: self.option(choice) for choice in self.definition.choices}
        columns = [one.expression.alias(choice) for choice, one in options.items()]
        days = {f"{choice}_known_on": one.known_on for choice, one in options.items()}
        dated = [day.alias(name) for name, day in days.items() if day is not None]
        numbers = [pl.lit(self.terms.values[name], pl.Int64).alias(name) for name in self.definition.values]
        return [*columns, *dated, *numbers, self.option("event_date").expression.alias("event_on")]
