"""A target: the goal, its sense, and what it still bears."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import polars as pl


class Condition(StrEnum):
    """The sense of a target, in the words of Amazon's own report; AT_LEAST is the handbook's."""

    LESS_THAN = "LESS_THAN"
    GREATER_THAN = "GREATER_THAN"
    AT_LEAST = "AT_LEAST"
    EQUALS = "EQUALS"

    @property
    def more_is_good(self) -> bool:
        """Whether a higher figure is a better one."""
        return self in (Condition.GREATER_THAN, Condition.AT_LEAST)


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
            case Condition.AT_LEAST:
                return counted >= allowed
            case Condition.EQUALS:
                return counted == allowed

    def headroom(self, numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
        """Whole orders to spare before the target breaks; below zero, orders too many (or too few).

        Where less is good: how many of the orders already counted may still turn into defects. Where
        more is good: how many good ones may still turn bad. For EQUALS: how far the count is off.

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
            case Condition.AT_LEAST:
                return numerator - (allowed + self.value.denominator - 1) // self.value.denominator
            case Condition.EQUALS:
                return allowed // self.value.denominator - numerator
