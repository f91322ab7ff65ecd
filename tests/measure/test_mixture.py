"""The number of defects to come, beside scipy's exact Poisson-binomial and binomial."""

import numpy as np
import pytest
from scipy.stats import betabinom, binom, poisson_binom

from sellerhealth.measure.outlook.belief import HALF_LIVES, Belief
from sellerhealth.measure.outlook.mixture import Mixture

ONE = np.ones(1)
NEAR = 0.001
"""How near the binomial of the same mean and variance comes where no chance is above a fifth."""


@pytest.mark.parametrize("most", [0.005, 0.02, 0.08, 0.2])
@pytest.mark.parametrize("rows", [12, 90, 400])
def test_it_is_the_sum_of_chances_that_differ(rows: int, most: float):
    """From none to the highest, and half of the rows at a fiftieth of it: as uneven as ages make them."""
    chances = np.concatenate([np.linspace(0, most, rows // 2), np.full(rows - rows // 2, most / 50)])
    exact = poisson_binom(chances)
    found = Mixture.of(np.ones((1, rows)), chances[None, :, None], ONE)
    counts = np.arange(rows)
    told = [float(found.more_than(np.array([float(count)]))[0]) for count in counts]
    assert np.abs(np.array(told) - exact.sf(counts)).max() < NEAR
    assert float(found.expected[0]) == pytest.approx(chances.sum())


@pytest.mark.parametrize(("rows", "chance"), [(10, 0.5), (40, 0.01), (1_000_000, 0.003)])
def test_it_is_the_binomial_where_all_chances_are_one(rows: int, chance: float):
    found = Mixture.of(np.array([[float(rows)]]), np.array([[[chance]]]), ONE)
    for count in binom.ppf([0.01, 0.5, 0.99], rows, chance):
        assert float(found.more_than(np.array([count]))[0]) == pytest.approx(binom.sf(count, rows, chance), abs=1e-9)


def test_several_days_and_rates_are_mixed():
    rows, chances = np.array([[10.0], [20.0]]), np.array([[[0.1, 0.4]], [[0.2, 0.3]]])
    found = Mixture.of(rows, chances, np.array([0.25, 0.75])).more_than(np.array([2.0, 5.0]))
    first = 0.25 * binom.sf(2, 10, 0.1) + 0.75 * binom.sf(2, 10, 0.4)
    second = 0.25 * binom.sf(5, 20, 0.2) + 0.75 * binom.sf(5, 20, 0.3)
    assert found.tolist() == pytest.approx([first, second])


@pytest.mark.parametrize(
    ("rows", "chance", "count", "expected"),
    [(0, 0.1, 0, 0.0), (0, 0.1, -1, 1.0), (5, 0.0, 0, 0.0), (5, 1.0, 4, 1.0), (5, 1.0, 5, 0.0), (5, 0.5, 99, 0.0)],
    ids=["no row", "less than none", "no chance", "sure", "never more than all", "far beyond"],
)
def test_edges(rows, chance, count, expected):
    found = Mixture.of(np.array([[float(rows)]]), np.array([[[chance]]]), ONE)
    assert float(found.more_than(np.array([float(count)]))[0]) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("rows", "chance"), [(10, 0.5), (300, 0.01), (60, 0.03), (5000, 0.2)])
@pytest.mark.parametrize("share", [0.05, 0.25, 0.75, 0.95])
def test_a_quantile_has_that_share_below_it(rows: int, chance: float, share: float):
    """Looked for one whole number after the other: half of each lies below it, and between two it grows evenly."""
    found = float(Mixture.of(np.array([[float(rows)]]), np.array([[[chance]]]), ONE).quantile(share)[0])
    counts = np.arange(-1, rows + 1)
    below = binom.cdf(counts - 1, rows, chance) + binom.pmf(counts, rows, chance) / 2
    assert found == pytest.approx(max(np.interp(share, below, counts), 0.0), abs=1e-6)


@pytest.mark.parametrize("chance", [0.0001, 0.001, 0.002])
def test_an_upper_end_below_one_goes_no_further_than_there_is_a_chance_of_any(chance: float):
    """At 95 of 100 cases one defect is reached where one comes in 10 of 100 cases, half of them counting as beyond."""
    found = float(Mixture.of(np.array([[40.0]]), np.array([[[chance]]]), ONE).quantile(0.95)[0])
    any_at_all = 1 - (1 - chance) ** 40
    assert 0.8 * any_at_all / 0.1 < found <= 1
    assert found < any_at_all / 0.1


def test_none_at_all_has_no_width():
    nothing = Mixture.of(np.zeros((2, 1)), np.full((2, 1, 1), 0.1), ONE)
    assert nothing.quantile(0.95).tolist() == [0.0, 0.0]
    assert nothing.expected.tolist() == [0.0, 0.0]


def test_orders_to_come_at_a_rate_that_is_not_known_are_beta_binomial():
    """Sixteen rates stand for all: nearer than a hundredth."""
    belief = Belief(defects=np.array([6.0]), clean=np.array([500.0]), keeps=np.ones(1), believed=np.ones(1))
    found = Mixture.of(np.array([[150.0]]), belief.rates(np.zeros(1))[:, None, :], belief.weights)
    for count in range(8):
        expected = betabinom.sf(count, 150, 6 + 1 / 3, 500 + 1 / 3)
        assert float(found.more_than(np.array([float(count)]))[0]) == pytest.approx(expected, abs=0.01)


def test_a_steady_seller_is_surer_than_a_changing_one():
    rows = np.full(60, 100.0)
    steady, changing = Belief.after(np.full(60, 4.0), rows), Belief.after(np.repeat([0.0, 8.0], 30), rows)
    assert _width(steady, 0) < _width(changing, 0) / 1.5
    assert float(changing.rates(np.zeros(1))[0] @ changing.weights) == pytest.approx(0.08, rel=0.15)
    assert float(steady.rates(np.zeros(1))[0] @ steady.weights) == pytest.approx(0.04, rel=0.05)


def test_further_ahead_is_less_sure():
    belief = Belief.after(np.tile([3.0, 5.0, 2.0], 20), np.full(60, 100.0))
    assert _width(belief, 0) < _width(belief, 2) < _width(belief, 8)


def test_each_half_life_is_believed_as_far_as_it_foretold_the_weeks():
    """After one week all have said the same; after the second by hand: the chance of its counts, after the first."""
    assert Belief.after(np.array([3.0]), np.array([50.0])).believed == pytest.approx(np.full(6, 1 / 6))
    keeps = 0.5 ** (1 / HALF_LIVES)
    chance = np.array([betabinom.pmf(9, 50, 3 * keep + 1 / 3, 47 * keep + 1 / 3) for keep in keeps])
    found = Belief.after(np.array([3.0, 9.0]), np.array([50.0, 50.0]))
    assert found.believed == pytest.approx(chance / chance.sum())


@pytest.mark.parametrize(
    ("defects", "rows"), [([], []), ([0.0], [0.0]), ([1.0], [0.2])], ids=["none", "0 of 0", "young"]
)
def test_too_little_is_anything(defects, rows):
    rates = Belief.after(np.array(defects), np.array(rows)).rates(np.zeros(1))
    assert ((rates >= 0) & (rates <= 1)).all()


def _width(belief, weeks):
    rates = np.sort(belief.rates(np.array([float(weeks)]))[0])
    return float(np.std(rates))
