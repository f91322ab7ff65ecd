"""Chance that falls the same way every time."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice:
    """Throws decided by the text of a seed.

    Everything is made of `Random.random`: it alone is promised to give the same numbers in every Python.

    Example:
        >>> Dice("x").between(1, 6) == Dice("x").between(1, 6)
        True
    """

    def __init__(self, seed: str) -> None:
        """Dice that fall as this seed says."""
        self._throw = Random(seed).random  # noqa: S311 - an invented seller needs no secrets

    def chance(self, share: float) -> bool:
        """True in this share of the throws."""
        return self._throw() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both possible."""
        return low + int(self._throw() * (high - low + 1))

    def pick(self, weights: Mapping[Thing, float]) -> Thing:
        """One of the things, the heavier the more often."""
        left = self._throw() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return next(reversed(list(weights)))

    def digits(self, count: int) -> str:
        """A number of that many digits, written with leading zeros."""
        return f"{self.between(0, 10**count - 1):0{count}d}"
