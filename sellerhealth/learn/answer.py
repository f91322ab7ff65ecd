"""What a learner typed, read as a number: 3/8, "3 of 8", (3, 8), 0.375 or "37.5 %" all say the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from sellerhealth.definition.metric import Unit

ROUNDED = {Unit.PERCENT: Fraction(1, 200)}
"""How far a rounded answer may lie from the exact one: half a percentage point, and of other units half a tenth."""
HALF_A_TENTH, EXACT = Fraction(1, 20), Fraction(1, 10**9)
NUMBER = r"(-?\d[\d,]*\.?\d*|-?\.\d+)"
PAIR = re.compile(rf"{NUMBER}\s*(?:of|/|out of|÷|over)\s*{NUMBER}", re.IGNORECASE)
FIGURE = re.compile(rf"{NUMBER}\s*(%|percent|per cent|hours?|h|points?|of 10|of 100)?", re.IGNORECASE)
LONGEST = 60


@dataclass(frozen=True)
class Given:
    """A number, and how far the exact one may lie from it: a fraction is exact, a decimal may be rounded."""

    value: Fraction
    slack: Fraction

    def means(self, exact: Fraction) -> bool:
        """Whether it says this number."""
        return abs(self.value - exact) <= self.slack


def read(answer: object, unit: Unit) -> Given | None:
    """The number that was meant, in the unit the metric is told in; None where none can be read.

    Example:
        >>> [str(read(one, Unit.PERCENT).value) for one in (3 / 8, "3 of 8", (3, 8), "37.5 %", 37.5, "3/8")]
        ['3/8', '3/8', '3/8', '3/8', '3/8', '3/8']
        >>> read("8.75 of 10", Unit.OF_TEN).value, read("19.1 hours", Unit.HOURS).slack
        (Fraction(35, 4), Fraction(1, 20))
        >>> read("three", Unit.PERCENT), read((3, 0), Unit.PERCENT), read(True, Unit.PERCENT)
        (None, None, None)
    """
    try:
        return _read(answer, unit)
    except (ArithmeticError, ValueError, TypeError):
        return None


def _read(answer: object, unit: Unit) -> Given | None:
    if isinstance(answer, str):
        return _text(answer.strip(), unit)
    if isinstance(answer, Sequence) and len(answer) == 2:
        return Given(_fraction(answer[0]) / _fraction(answer[1]), EXACT)
    number = _fraction(answer)
    is_exact = isinstance(answer, Fraction)
    return _of_unit(number, unit, EXACT if is_exact else _slack(unit, str(answer), number))


def _text(text: str, unit: Unit) -> Given | None:
    if len(text) > LONGEST:
        return None
    most = f"of {unit.most}" if unit is not Unit.PERCENT and unit.most else ""
    pair = PAIR.fullmatch(text)
    if pair and not (most and text.lower().endswith(most)):
        return Given(_number(pair[1]) / _number(pair[2]), EXACT)
    found = FIGURE.fullmatch(text)
    if not found:
        return None
    number, sign = _number(found[1]), (found[2] or "").lower()
    if sign in ("%", "percent", "per cent"):
        return Given(number / 100, _slack(unit, found[1], number, Fraction(1, 100)))
    return _of_unit(number, unit, _slack(unit, found[1], number))


def _of_unit(number: Fraction, unit: Unit, slack: Fraction) -> Given:
    """A share cannot be above one: more is meant as a percentage."""
    if unit is Unit.PERCENT and 1 < number <= 100:
        return Given(number / 100, slack)
    return Given(number, slack)


def _slack(unit: Unit, text: str, number: Fraction, each: Fraction = Fraction(1)) -> Fraction:
    """Half of the last digit that is written, and never more than a rounded answer may be off."""
    digits = len(text.partition(".")[2]) if "e" not in text.lower() else 0
    percent = unit is Unit.PERCENT and (each != 1 or 1 < number <= 100)
    written = Fraction(1, 2 * 10**digits) * (Fraction(1, 100) if percent else 1)
    return max(min(written, ROUNDED.get(unit, HALF_A_TENTH)), EXACT)


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _fraction(value: Any) -> Fraction:
    """A number as an exact one: a float as it is written, not as it is held."""
    if isinstance(value, bool):
        raise TypeError
    if isinstance(value, int | Fraction):
        return Fraction(value)
    try:
        return Fraction(Decimal(str(value)))
    except InvalidOperation:
        raise ValueError from None
