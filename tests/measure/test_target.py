"""Targets: what meets them, and what they still bear."""

from fractions import Fraction

import polars as pl
import pytest

from sellerhealth.definition.target import Condition, Target

LESS, MORE, LEAST, EQUAL = Condition.LESS_THAN, Condition.GREATER_THAN, Condition.AT_LEAST, Condition.EQUALS
CASES = [
    # (sense, goal, numerator, denominator, whether it is met, headroom)
    (LESS, "0.04", 3, 100, True, 0),
    (LESS, "0.04", 4, 100, False, -1),
    (LESS, "0.04", 0, 100, True, 3),
    (LESS, "0.04", 0, 1, True, 0),
    (LESS, "0.04", 1, 1, False, -1),
    (LESS, "0.025", 24, 999, True, 0),
    (LESS, "0.025", 25, 1000, False, -1),
    (LEAST, "0.9", 90, 100, True, 0),
    (LEAST, "0.9", 89, 100, False, -1),
    (LEAST, "0.9", 100, 100, True, 10),
    (LEAST, "0.9", 0, 100, False, -90),
    (LEAST, "0.9", 9, 10, True, 0),
    (LEAST, "0.9", 8, 9, False, -1),
    (LEAST, "0.9", 1, 1, True, 0),
    (LEAST, "0.95", 95, 100, True, 0),
    (LEAST, "0.95", 20, 21, True, 0),
    (MORE, "0.95", 95, 100, False, -1),
    (MORE, "0.95", 96, 100, True, 0),
    (MORE, "0.95", 100, 100, True, 4),
    (MORE, "0.95", 0, 100, False, -96),
    (MORE, "0.95", 20, 20, True, 0),
    (MORE, "0.95", 19, 20, False, -1),
    (EQUAL, "0.5", 5, 10, True, 0),
    (EQUAL, "0.5", 4, 10, False, 1),
    (EQUAL, "0.5", 6, 10, False, -1),
    # A goal that no binary number hits: counts are compared, not rounded shares.
    (LEAST, "0.7", 7, 10, True, 0),
    (MORE, "0.7", 7, 10, False, -1),
    (LESS, "0.7", 7, 10, False, -1),
    (LEAST, "0.7", 700_000_000_000, 1_000_000_000_000, True, 0),
    (LEAST, "0.7", 699_999_999_999, 1_000_000_000_000, False, -1),
]


@pytest.mark.parametrize(("sense", "goal", "numerator", "denominator", "is_met", "headroom"), CASES)
def test_target(sense, goal, numerator, denominator, is_met, headroom):
    target = Target(value=Fraction(goal), condition=sense)
    counts = pl.DataFrame({"n": [numerator], "d": [denominator]})
    both = (target.is_met(pl.col("n"), pl.col("d")), target.headroom(pl.col("n"), pl.col("d")).alias("headroom"))
    assert counts.select(*both).row(0) == (is_met, headroom)


@pytest.mark.parametrize(("value", "above", "at_least"), [(89, False, False), (90, False, True), (91, True, True)])
def test_a_target_in_points(value, above, at_least):
    counts = pl.DataFrame({"n": [33 * value], "d": [33]})
    for sense, expected in ((MORE, above), (LEAST, at_least)):
        target = Target(value=Fraction(90), condition=sense)
        assert counts.select(target.is_met(pl.col("n"), pl.col("d"))).item() is expected


def test_the_sense_of_more():
    assert {sense for sense in Condition if sense.more_is_good} == {MORE, LEAST}
