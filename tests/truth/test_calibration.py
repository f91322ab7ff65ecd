"""Forecasts of invented sellers come true as often as they say."""

from functools import lru_cache

import polars as pl
import pytest

from tests.truth import size
from tests.truth.calibration import KINDS, compared, held, reliability

FEW = 50
MANY = 500
"""From so many accounts on, what is held must be within two of a hundred."""
OFF = 3
"""Standard errors; where all forecasts of an account come true or fail together."""


def test_chances_come_true_as_often_as_they_say():
    """In each of ten bins, but for chance, and for a single account where hardly any miss is foretold."""
    found, _ = _compared()
    for row in reliability(found).iter_rows(named=True):
        off = abs(row["said"] - row["was"])
        assert off <= OFF * row["may_differ"] + 4 / row["forecasts"], row


def test_nothing_is_said_that_every_seller_gives_the_same_answer_to():
    """Chances of all sizes are told, and both answers come."""
    found, _ = _compared()
    assert found["is_missed"].mean() == pytest.approx(0.5, abs=0.25)
    assert reliability(found).height == 10


def test_an_interval_of_ninety_holds_that_many():
    found, _ = _compared()
    lowest, highest = (0.88, 0.92) if size.accounts(FEW) >= MANY else (0.84, 0.97)
    assert lowest <= held(found)["held"].item() <= highest


@pytest.mark.parametrize("kind", KINDS)
def test_whether_the_rate_stays_drifts_or_wanders(kind: str):
    found, _ = _compared()
    lowest, highest = (0.86, 0.94) if size.accounts(FEW) >= MANY else (0.75, 1.0)
    assert lowest <= held(found.filter(pl.col("kind") == kind))["held"].item() <= highest


def test_seen_through_it_is_nearer_the_truth_than_the_plain_rate():
    _, through = _compared()
    off = through.select((pl.col("plain", "developed") - pl.col("truth")).abs()).mean()
    assert off["developed"].item() < 0.8 * off["plain"].item()


def test_the_plain_rate_is_too_low_and_the_developed_one_is_not():
    _, through = _compared()
    off = through.select(pl.col("plain", "developed") - pl.col("truth")).mean()
    assert off["plain"].item() < 0
    assert abs(off["developed"].item()) < abs(off["plain"].item()) / 2


@lru_cache(maxsize=1)
def _compared() -> tuple[pl.DataFrame, pl.DataFrame]:
    return compared(size.accounts(FEW))
