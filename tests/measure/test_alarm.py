"""When an alarm rings, goes on and is over, by daily counts."""

from dataclasses import replace
from random import Random

import numpy as np
import polars as pl
import pytest
from numpy.testing import assert_allclose

from sellerhealth import policy
from sellerhealth.measure.alarm import chance, level, ringing
from sellerhealth.measure.signals import DAILY, SIGNALS
from tests.measure import rung
from tests.measure.signs import START, on

HANDBOOK = policy("handbook")
TERMS = HANDBOOK.warning
QUIET = (0, 10)


def frame(*series, signal="late", name="shop"):
    """Daily counts, one series of (how many, of how many) for each account."""
    parts = [
        pl.DataFrame(
            {
                "account": name if len(series) == 1 else f"{name}-{place}",
                "signal": signal,
                "event_on": [on(number) for number in range(len(counts))],
                "numerator": [number for number, _ in counts],
                "denominator": [float(out_of) for _, out_of in counts],
            },
            schema=DAILY,
        )
        for place, counts in enumerate(series)
    ]
    return pl.concat(parts)


def rang(counts, terms=TERMS):
    """The days on which it rings, by their numbers, an alarm after the other."""
    found = ringing(frame(counts), terms).filter("is_ringing")
    spans = found.group_by("alarm", maintain_order=True).agg(
        pl.col("event_on").min().alias("first"), pl.col("event_on").max().alias("last")
    )
    return [((first - START).days, (last - START).days) for _, first, last in spans.rows()]


def rules(terms):
    return rung.Rules(terms.short_days, terms.long_days, terms.past_days, level(terms))


@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_a_loop_over_the_days_finds(seed):
    dice = Random(seed)
    terms = replace(TERMS, short_days=dice.choice((3, 7, 14)), long_days=28, past_days=dice.choice((28, 60, 180)))
    rate, worse, begins = dice.choice((0.01, 0.1)), dice.choice((1, 6)), dice.randrange(60, 120)
    bunches = dice.choice((0, 0.08))
    counts = []
    for day in range(150):
        out_of, now = dice.randrange(12), rate * (worse if day >= begins else 1)
        now = 0.6 if dice.random() < bunches else now
        counts.append((sum(dice.random() < now for _ in range(out_of)), out_of))
    found, expected = ringing(frame(counts), terms), rung.days(counts, rules(terms))
    for span in ("short", "long", "past"):
        assert found.select(f"{span}_numerator", f"{span}_denominator").rows() == [
            getattr(one, span) for one in expected
        ]
    assert found["past_days"].to_list() == [one.past_days for one in expected]
    for span in ("short", "long"):
        told = [getattr(one, f"{span}_chance") for one in expected]
        assert_allclose(found[f"{span}_chance"], told, rtol=1e-6, atol=1e-9)
    assert found["is_ringing"].to_list() == [one.is_ringing for one in expected]


@pytest.mark.parametrize("counts", [(1, 10, 0, 90), (2, 100, 18, 900), (8, 100, 18, 900), (5, 5, 0, 40), (3, 7, 9, 11)])
def test_the_chance_is_that_of_every_way_it_can_fall(counts):
    found = chance(*(np.array([float(number)]) for number in counts))
    assert_allclose(found, rung.exact(*counts), rtol=1e-12)


NOTHING_TO_SAY = {
    "nothing counted": (0, 0, 0, 0),
    "none now": (0, 50, 3, 100),
    "no past to compare with": (4, 50, 0, 0),
    "none out of none now": (0, 0, 3, 100),
}


@pytest.mark.parametrize("counts", NOTHING_TO_SAY.values(), ids=list(NOTHING_TO_SAY))
def test_nothing_to_say_is_no_alarm(counts):
    assert chance(*(np.array([float(number)]) for number in counts)) == 1


def test_the_level_is_one_throw_in_a_third_of_a_short_window_for_each_signal():
    throws = 6 * (365.25 / 12) * len(SIGNALS) / (14 / 3)
    assert level(TERMS) == pytest.approx(1 / throws)
    assert level(replace(TERMS, months=12)) == pytest.approx(1 / throws / 2)


def test_one_in_ten_days_and_then_two_a_day():
    usual = [(int(day % 10 == 0), 10) for day in range(150)]
    # A fortnight has one or two of them; with six more on the third day it rings.
    ((first, last),) = rang([*usual, *[(2, 10)] * 20, *[QUIET] * 40])
    assert first == 152
    assert 170 <= last <= 183, "it is over while the last bad days leave the fortnight"


def test_an_alarm_that_goes_on_is_one():
    usual = [(int(day % 10 == 0), 10) for day in range(150)]
    mondays = [(4 if day % 7 == 0 else 0, 10) for day in range(70)]
    assert len(rang([*usual, *mondays])) == 1


SILENT = {
    "nothing ever": [QUIET] * 300,
    "all are bad, and always were": [(10, 10)] * 300,
    "bad every Monday": [(8 if day % 7 == 0 else 0, 10) for day in range(300)],
    "three times the orders": [(1, 10)] * 200 + [(3, 30)] * 40 + [(1, 10)] * 60,
    "no orders for weeks": [(1, 10)] * 150 + [(0, 0)] * 40 + [(1, 10)] * 110,
    "better": [(2, 10)] * 200 + [QUIET] * 100,
    "one bad order of a shop without any": [QUIET] * 200 + [(1, 10)] + [QUIET] * 50,
    "a past that is too short": [QUIET] * 27 + [(5, 10)] * 28,
    "a little worse": [(int(day % 10 == 0), 10) for day in range(250)] + [(int(day % 8 == 0), 10) for day in range(50)],
    "a small shop": [(0, 1)] * 200 + [(1, 1)] + [(0, 1)] * 20,
}


@pytest.mark.parametrize("counts", SILENT.values(), ids=list(SILENT))
def test_what_does_not_ring(counts):
    assert rang(counts) == []


def test_a_past_as_long_as_the_long_window_is_enough():
    assert rang([QUIET] * 28 + [(5, 10)] * 28)[0][0] == 56 - 1


def test_bad_weeks_of_its_own_are_room():
    steady = [(1, 10)] * 210
    # Every tenth week had seven times as many: then a fourth such week in a row is news, one is not.
    bunched = [(4 if day // 7 % 10 == 5 else 0, 10) for day in range(210)]
    again = [(4, 10)] * 7
    assert rang([*bunched, *again]) == []
    assert rang([*steady, *[(4, 10)] * 14]) != []


def test_accounts_and_signals_do_not_mix():
    bad, good = [*[(1, 10)] * 150, *[(6, 10)] * 20], [(1, 10)] * 170
    both = pl.concat([frame(bad, good), frame(good, bad, signal="returns")])
    together = ringing(both.sort("account", "signal", "event_on"), TERMS)
    assert set(together.filter("is_ringing").select("account", "signal").rows()) == {
        ("shop-0", "late"),
        ("shop-1", "returns"),
    }
    alone = ringing(frame(bad), TERMS)
    mine = together.filter(account="shop-0", signal="late").drop("account")
    assert mine.equals(alone.drop("account"))
