"""What stands out: the exact chances against scipy, and silence on pure noise."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.stats import false_discovery_control, hypergeom

from sellerhealth.definition.errors import InputError
from sellerhealth.facts import NO_SKU
from sellerhealth.measure.causes.funnel import LIMITS, adjusted, by_luck, edges, funnel, limits, ranking
from sellerhealth.measure.tally import UNNAMED
from sellerhealth.metrics import METRICS
from tests.metrics.edges import AS_OF, account, under
from tests.oracle.group import group
from tests.truth.size import accounts

LDR = under("late_dispatch_rate", "handbook")
ORDERS = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at|carrier"
FINE, LATE = "2026-03-11", "2026-03-20"


def split(defects, counted, unknown=None, names=None, name="shop", channel="MFN"):
    """A result split by carrier, as `evaluate` has it."""
    number = len(counted)
    return pl.DataFrame(
        {
            "account": [name] * number,
            "marketplace": ["US"] * number,
            "channel": [channel] * number,
            "window_days": [30] * number,
            "window_start": [date(2026, 3, 2)] * number,
            "window_end": [AS_OF] * number,
            "carrier": names or [f"C{place}" for place in range(number)],
            "counted": list(counted),
            "defects": list(defects),
            "unknown": unknown or [0] * number,
        },
        schema_overrides={"counted": pl.Int64, "defects": pl.Int64, "unknown": pl.Int64},
    )


def test_the_chance_is_fishers():
    source = np.random.default_rng(1)
    for _ in range(200):
        size = source.integers(1, 60, source.integers(2, 9))
        own = source.binomial(size, source.choice([0.02, 0.1, 0.5, 0.95]))
        found = by_luck(own, size, int(own.sum()), int(size.sum()))
        for place, chance in enumerate(found):
            draws = hypergeom(size.sum(), own.sum(), size[place])
            most = min(size[place], own.sum())
            can_tell = most >= 2 and draws.sf(most - 1) < 0.05
            # That one defect or none is there is never held against a value.
            expected = draws.sf(own[place] - 1) if own[place] >= 2 else 1.0
            assert np.isnan(chance) if not can_tell else chance == pytest.approx(expected, rel=1e-7)


def test_the_adjusted_chances_are_scipys():
    source = np.random.default_rng(2)
    for _ in range(100):
        chances = source.choice([0.0, 0.001, 0.01, 0.02, 0.5, 1.0, *source.random(3)], source.integers(1, 30))
        told = [*chances, None]
        found = pl.DataFrame({"p": told}).select(adjusted(pl.col("p"))).to_series().to_list()
        assert found[-1] is None
        assert found[:-1] == pytest.approx(list(false_discovery_control(chances)), abs=1e-12)


@pytest.mark.parametrize(("defects", "counted"), [(0, 50), (1, 50), (20, 400), (399, 400), (400, 400), (5_000, 60_000)])
def test_above_a_limit_lies_what_luck_seldom_makes(defects, counted):
    size = np.array([1, 2, 7, counted // 10, counted // 3, counted - 1, counted])
    found = limits(size, defects, counted)
    for place, number in enumerate(size):
        draws = hypergeom(counted, defects, number)
        for name, level in LIMITS.items():
            last = draws.ppf(level)
            limit = found[name][place] * number
            if level < 0.5:
                assert last - 1 - 1e-6 <= limit <= last + 1e-6
            else:
                assert min(last, number) - 1e-6 <= limit <= min(last + 1, number) + 1e-6


def test_many_sizes_at_once_have_the_limits_each_has_alone():
    size = np.arange(1, 700)
    together = limits(size, 60, 4_000)
    for number in (1, 255, 256, 257, 699):
        alone = limits(np.array([number]), 60, 4_000)
        assert [together[name][number - 1] for name in LIMITS] == pytest.approx([alone[name][0] for name in LIMITS])


def test_a_planted_value_stands_out_of_the_others():
    found = ranking(split([9, 2, 1, 0], [60, 100, 80, 120]), "carrier")
    first = found.row(0, named=True)
    assert (first["carrier"], first["stands_out"], first["compared"]) == ("C0", True, 4)
    assert (first["others_defects"], first["others_counted"], first["others_rate"]) == (3, 300, 0.01)
    assert first["by_luck"] == pytest.approx(hypergeom(360, 12, 60).sf(8))
    assert found["stands_out"].to_list() == [True, False, False, False]


def test_a_value_that_is_better_than_the_others_does_not_stand_out():
    found = ranking(split([0, 30], [200, 100]), "carrier")
    assert found.select("carrier", "stands_out").rows() == [("C1", True), ("C0", False)]


@pytest.mark.parametrize(
    ("defects", "counted"),
    [([1, 0], [1, 500]), ([1, 1], [40, 60]), ([5, 0], [100, 2]), ([5], [10]), ([0, 0], [50, 50]), ([50, 50], [50, 50])],
)
def test_too_few_or_alike_to_compare(defects, counted):
    found = ranking(split(defects, counted), "carrier")
    assert not found["stands_out"].any()
    assert found["by_luck"].drop_nulls().len() == found["compared"][0]


def test_of_one_value_alone_nobody_says_anything():
    row = ranking(split([5], [10]), "carrier").row(0, named=True)
    assert (row["compared"], row["by_luck"], row["others_rate"]) == (0, None, None)


def test_the_unsure_and_the_unnamed_are_in_no_comparison():
    found = ranking(split([9, 2, 50, 50], [60, 300, 60, 60], [8, 0, 0, 0], ["A", "B", UNNAMED, NO_SKU]), "carrier")
    assert found.select("carrier", "defects", "others_counted").rows() == [("B", 2, 60), ("A", 1, 300)]
    assert not found["stands_out"].any()


def test_every_account_and_channel_is_a_comparison_of_its_own():
    bad, fine = split([9, 0], [60, 300]), split([0, 0], [500, 500], name="other")
    both = ranking(pl.concat([bad, fine, split([0, 9], [60, 300], channel="AFN")]), "carrier")
    alone = pl.concat([ranking(one, "carrier") for one in (bad, fine)])
    assert both.head(4).equals(alone)
    assert both.filter(channel="AFN")["stands_out"].to_list() == [False, False]


def test_nothing_counted_is_an_empty_ranking():
    none = ranking(split([], []), "carrier")
    assert none.is_empty()
    assert none.columns == ranking(split([1], [2]), "carrier").columns


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.3])
def test_pure_noise_names_nobody_more_often_than_one_time_in_twenty(rate):
    source = np.random.default_rng(int(rate * 1000))
    number = accounts(300)
    named = 0
    for _ in range(number):
        size = source.integers(2, 300, source.integers(2, 40))
        own = source.binomial(size, rate)
        named += bool(ranking(split(own, size), "carrier")["stands_out"].any())
    assert named <= 0.05 * number


def test_what_is_truly_bad_is_found_and_hardly_anybody_else():
    source = np.random.default_rng(3)
    number, found, wrong, names = accounts(100), 0, 0, 0
    for _ in range(number):
        size = source.integers(20, 300, 12)
        own = source.binomial(size, 0.02)
        size[0], own[0] = 150, source.binomial(150, 0.16)
        out = ranking(split(own, size), "carrier").filter("stands_out")["carrier"].to_list()
        found, wrong, names = found + ("C0" in out), wrong + len(set(out) - {"C0"}), names + len(out)
    assert found > 0.95 * number
    assert wrong <= 0.05 * names


def test_orders_by_carrier():
    late = [f"A{i}|MFN|SHIPPED|2026-03-10|2026-03-12|{LATE}|Snail" for i in range(5)]
    fine = [f"B{i}|MFN|SHIPPED|2026-03-10|2026-03-12|{FINE}|Hare" for i in range(40)]
    slow = [f"C{i}|MFN|SHIPPED|2026-03-10|2026-03-12|{FINE}|Snail" for i in range(3)]
    unnamed = [f"D{i}|MFN|UNSHIPPED|2026-03-10|2026-03-12||" for i in range(9)]
    found = funnel(LDR, account(orders=";".join([ORDERS, *late, *fine, *slow, *unnamed])), AS_OF, "carrier")
    assert found.select("carrier", "defects", "counted", "stands_out").rows() == [
        ("Snail", 5, 8, True),
        ("Hare", 0, 40, False),
    ]


@pytest.mark.parametrize("name", list(METRICS))
def test_every_metric_by_every_dimension_that_is_known_before(name):
    one, many = under(name, "handbook"), group(2, 12)
    for by in one.definition.dimensions:
        if by in ("defect_kind", "flaw", "stars", "score_given"):
            with pytest.raises(InputError, match="tells how it went"):
                funnel(one, many.account, many.as_of, by)
            continue
        found = funnel(one, many.account, many.as_of, by)
        assert found.height > 0 or by == "warehouse", "the generated files name no warehouse"
        assert (found["rate"].is_between(0, 1)).all()
        for part in found.partition_by("account", "channel"):
            drawn = edges(part)
            assert drawn.null_count().sum_horizontal().item() == 0
            assert (drawn["low_95"] <= drawn["high_95"] + 1e-12).all()


def test_what_cannot_be_computed_is_not_compared():
    told = account(orders=f"{ORDERS};A|MFN|SHIPPED|2026-03-10|2026-03-12|{LATE}|Snail", without=("orders.ship_by_at",))
    blind = under("on_time_delivery_rate", "handbook")
    assert funnel(blind, account(without=("deliveries", "tracking")), AS_OF, "carrier").is_empty()
    assert funnel(LDR, told, AS_OF, "carrier").height == 1


def test_a_dimension_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="moon"):
        funnel(LDR, account(), AS_OF, "moon")
