"""What a learner may type, and the number that is read from it."""

from decimal import Decimal
from fractions import Fraction

import pytest

from sellerhealth.definition.metric import Unit
from sellerhealth.learn.answer import read

THREE_OF_EIGHT = [
    3 / 8, 0.375, Decimal("0.375"), Fraction(3, 8), (3, 8), [3, 8], "3 of 8", "3/8", "3 / 8", "3 OF 8", "3 out of 8",
    "0.375", ".375", "37.5 %", "37.5%", "37.5 percent", 37.5, " 3 of 8 ", "3.0 of 8",
]  # fmt: skip
NOTHING = [
    None, "", "three", "3 of", "of 8", "3 of 0", (3, 0), (3,), (1, 2, 3), True, False, object(), {}, b"3/8", "1e999",
    float("nan"), float("inf"), "nan", "0x10", "3/8/2", "9" * 200, [..., 8], ("a", "b"), "%", "-", 3j, range(3), "３ of 8x",
]  # fmt: skip


@pytest.mark.parametrize("answer", THREE_OF_EIGHT, ids=repr)
def test_all_of_these_say_three_of_eight(answer):
    assert read(answer, Unit.PERCENT).value == Fraction(3, 8)


@pytest.mark.parametrize("answer", NOTHING, ids=lambda one: repr(one)[:20])
def test_in_these_no_number_is_read(answer):
    assert read(answer, Unit.PERCENT) is None


@pytest.mark.parametrize(
    ("answer", "exact", "is_meant"),
    [
        ("55.6 %", Fraction(5, 9), True),
        ("56 %", Fraction(5, 9), True),
        ("55.5 %", Fraction(5, 9), False),
        ("55 %", Fraction(5, 9), False),
        (0.56, Fraction(5, 9), True),
        (0.6, Fraction(5, 9), False),
        (5 / 9, Fraction(5, 9), True),
        (Fraction(56, 100), Fraction(5, 9), False),
        ("5 of 9", Fraction(5, 9), True),
        (1, Fraction(1), True),
        ("100 %", Fraction(1), True),
        (0, Fraction(0), True),
        ("-10 %", Fraction(1, 10), False),
    ],
)
def test_a_rounded_share_is_taken_an_inexact_one_is_not(answer, exact, is_meant):
    assert read(answer, Unit.PERCENT).means(exact) is is_meant


@pytest.mark.parametrize(
    ("answer", "unit", "value"),
    [
        ("19.1 hours", Unit.HOURS, Fraction(191, 10)),
        ("153 hours", Unit.HOURS, Fraction(153)),
        ("153/8", Unit.HOURS, Fraction(153, 8)),
        (19.125, Unit.HOURS, Fraction(153, 8)),
        ("8.75 of 10", Unit.OF_TEN, Fraction(35, 4)),
        ("70 of 8", Unit.OF_TEN, Fraction(35, 4)),
        ("37.6 of 100", Unit.OF_HUNDRED, Fraction(188, 5)),
        ("1,240 / 33", Unit.OF_HUNDRED, Fraction(1240, 33)),
        ("-4 of 100", Unit.OF_HUNDRED, Fraction(-4)),
        ("40 points", Unit.OF_HUNDRED, Fraction(40)),
    ],
)
def test_other_units_are_read_as_they_are_told(answer, unit, value):
    assert read(answer, unit).value == value


@pytest.mark.parametrize(("answer", "is_meant"), [("19.1", True), ("19", False), ("19.13", True), ("19.2", False)])
def test_hours_may_be_rounded_to_a_tenth(answer, is_meant):
    assert read(answer, Unit.HOURS).means(Fraction(153, 8)) is is_meant
