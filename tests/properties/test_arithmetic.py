"""The interval and the headroom, against arithmetic that is plainly right."""

from fractions import Fraction

import polars as pl
import pytest
from scipy.stats import binomtest

from sellerhealth.definition.target import Condition, Target
from sellerhealth.measure.certainty import wilson

LARGE = [
    (0, 10_000),
    (1, 10_000),
    (9_999, 10_000),
    (10_000, 10_000),
    (37, 120_378),
    (3, 1_000_000),
    (500_000, 1_000_000),
]
SMALL = [(count, out_of) for out_of in range(1, 61) for count in range(out_of + 1)]


def test_the_interval_is_that_of_scipy():
    pairs = pl.DataFrame(SMALL + LARGE, schema=["k", "n"], orient="row")
    ends = pairs.select(
        low=wilson(pl.col("k"), pl.col("n"), upper=False), high=wilson(pl.col("k"), pl.col("n"), upper=True)
    )
    for (count, out_of), (low, high) in zip(SMALL + LARGE, ends.iter_rows(), strict=True):
        expected = binomtest(count, out_of).proportion_ci(method="wilson")
        assert low == pytest.approx(expected.low, abs=1e-9)
        assert high == pytest.approx(expected.high, abs=1e-9)
        assert 0 <= low <= count / out_of <= high <= 1


def test_there_is_no_interval_of_nothing():
    none = pl.DataFrame({"k": [0], "n": [0]})
    for upper in (False, True):
        assert none.select(wilson(pl.col("k"), pl.col("n"), upper=upper)).item() is None


@pytest.mark.parametrize("share", ["0.01", "0.025", "0.04"])
def test_headroom_is_how_many_more_orders_may_turn_into_defects(share: str):
    target = Target(value=Fraction(share), condition=Condition.LESS_THAN)
    pairs = [(count, out_of) for out_of in range(1, 301) for count in range(out_of + 1)]
    found = pl.DataFrame(pairs, schema=["n", "d"], orient="row").select(
        headroom=target.headroom(pl.col("n"), pl.col("d")), is_met=target.is_met(pl.col("n"), pl.col("d"))
    )
    for (count, out_of), (headroom, is_met) in zip(pairs, found.iter_rows(), strict=True):
        assert is_met == (Fraction(count, out_of) < Fraction(share))
        assert headroom == _by_hand(count, out_of, Fraction(share)), (count, out_of)


@pytest.mark.parametrize("share", ["0.9", "0.95", "0.333"])
@pytest.mark.parametrize("sense", [Condition.AT_LEAST, Condition.GREATER_THAN])
def test_headroom_is_how_many_good_ones_may_turn_bad(sense: Condition, share: str):
    target, goal = Target(value=Fraction(share), condition=sense), Fraction(share)
    pairs = [(count, out_of) for out_of in range(1, 301) for count in range(out_of + 1)]
    found = pl.DataFrame(pairs, schema=["n", "d"], orient="row").select(
        headroom=target.headroom(pl.col("n"), pl.col("d")), is_met=target.is_met(pl.col("n"), pl.col("d"))
    )
    fewest = {out_of: _fewest(out_of, goal, sense) for out_of in range(1, 301)}
    for (count, out_of), (headroom, is_met) in zip(pairs, found.iter_rows(), strict=True):
        assert is_met == _is_enough(count, out_of, goal, sense)
        assert headroom == count - fewest[out_of], (count, out_of)


def _fewest(out_of: int, goal: Fraction, sense: Condition) -> int:
    """The fewest good ones that meet the goal, even if it were more than there are."""
    return next(count for count in range(out_of + 2) if _is_enough(count, out_of, goal, sense))


def _is_enough(count: int, out_of: int, goal: Fraction, sense: Condition) -> bool:
    share = Fraction(count, out_of)
    return share >= goal if sense is Condition.AT_LEAST else share > goal


def _by_hand(count: int, out_of: int, share: Fraction) -> int:
    """One order at a time: those that may still turn, or, where there are too many, those that must turn back."""
    spare = 0
    while Fraction(count + spare, out_of) >= share:
        spare -= 1
    while Fraction(count + spare + 1, out_of) < share:
        spare += 1
    return spare
