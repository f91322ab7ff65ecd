"""The defect budget against every small window, counted by plain fractions."""

from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest

from sellerhealth.definition.target import Condition, Target
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.outlook.budget import budget, clean_orders_needed
from sellerhealth.metrics import METRICS
from tests.metrics.edges import AS_OF, account, under
from tests.oracle.group import group
from tests.show.figures import metric, row, without_target

MEETS = {
    Condition.LESS_THAN: lambda share, goal: share < goal,
    Condition.GREATER_THAN: lambda share, goal: share > goal,
    Condition.AT_LEAST: lambda share, goal: share >= goal,
}


@pytest.mark.parametrize("value", ["0.01", "0.025", "0.3", "0.5", "0.9", "0.95"])
@pytest.mark.parametrize("condition", MEETS)
def test_no_order_less_would_do_and_none_more_is_needed(condition, value):
    target = Target(value=Fraction(value), condition=condition)
    windows = [(count, out_of) for out_of in range(1, 24) for count in range(out_of + 1)]
    frame = pl.DataFrame(windows, schema=["k", "n"], orient="row")
    found = frame.select(clean_orders_needed(pl.col("k"), pl.col("n"), target)).to_series()
    assert found.to_list() == [fewest(count, out_of, target) for count, out_of in windows]


def fewest(count: int, out_of: int, target: Target) -> int:
    """One order after the other, until the target is met."""
    more = 0
    while not MEETS[target.condition](
        Fraction(count + more * target.condition.more_is_good, out_of + more), target.value
    ):
        more += 1
    return more


def told(one, **counts):
    found = budget(pl.DataFrame([row(**{"metric": one.name, **counts})]), one).row(0, named=True)
    return found["defects_to_spare"], found["clean_orders_needed"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, (3, 0)),
        ({"numerator": 15, "headroom": 0}, (0, 0)),
        ({"numerator": 16, "headroom": -1, "status": "BAD"}, (0, 13)),
        # One of a hundred is not below four of a hundred times a quarter: the next order decides.
        ({"numerator": 4, "denominator": 100, "headroom": -1, "status": "BAD"}, (0, 1)),
        ({"numerator": 20, "at_best": 12, "headroom": None, "status": "NONE", "basis": "UPPER_BOUND"}, (None, 113)),
        ({"numerator": 12, "at_best": 12, "headroom": None, "status": "NONE", "basis": "LOWER_BOUND"}, (None, None)),
        ({"numerator": 20, "at_best": 20, "headroom": -5, "status": "BAD", "basis": "LOWER_BOUND"}, (0, 113)),
        ({"numerator": 0, "at_best": 0, "denominator": 0, "headroom": None, "status": "NONE"}, (None, None)),
        ({"numerator": None, "at_best": None, "headroom": None, "status": "NONE"}, (None, None)),
        ({"numerator": 20, "at_best": 12, "headroom": None, "status": "TOO_FEW"}, (None, None)),
    ],
)
def test_what_a_window_bears(counts, expected):
    assert told(metric(), **counts) == expected


@pytest.mark.parametrize(
    "one",
    [without_target(metric()), metric("average_response_time"), metric("seller_rating")],
    ids=lambda one: one.name,
)
def test_a_mean_and_a_figure_without_target_need_no_orders(one):
    assert told(one, headroom=None, status="NONE") == (None, None)


def test_an_exact_target_has_no_way_back():
    target = Target(value=Fraction("0.5"), condition=Condition.EQUALS)
    one = replace(metric(), terms=replace(metric().terms, target=target))
    assert told(one, status="BAD", headroom=182)[1] is None


@pytest.mark.parametrize(
    ("late", "out_of", "needed"),
    [(1, 99, 2), (1, 100, 1), (1, 101, 0), (0, 1, 0), (2, 100, 101)],
)
def test_one_of_a_hundred_misses_and_one_of_a_hundred_and_one_meets(late, out_of, needed):
    orders = ";".join(["order_id|channel|status|purchased_at", *(f"{i}|MFN|SHIPPED|2026-03-10" for i in range(out_of))])
    stars = ";".join(["order_id|rated_on|rating", *(f"{i}|2026-03-20|1" for i in range(late))])
    one = under("order_defect_rate", "handbook")
    now = budget(evaluate(one, account(orders=orders, feedback=stars), AS_OF), one).row(0, named=True)
    assert (now["numerator"], now["denominator"], now["clean_orders_needed"]) == (late, out_of, needed)
    assert now["defects_to_spare"] == max(0, -(-out_of // 100) - 1 - late)


@pytest.mark.parametrize("rules", ["handbook", "amazon-2026"])
@pytest.mark.parametrize("name", list(METRICS))
def test_every_metric_of_many_accounts_has_a_budget_or_none(name, rules):
    one, accounts = under(name, rules), group(1, 30)
    found = budget(evaluate(one, accounts.account, accounts.as_of), one)
    missed, met = found.filter(status="BAD"), found.filter(status="GOOD")
    assert (missed["defects_to_spare"].drop_nulls() == 0).all()
    assert (missed["clean_orders_needed"].drop_nulls() > 0).all()
    assert (met["clean_orders_needed"].drop_nulls() == 0).all()
    if one.terms.target and one.definition.unit == "percent":
        assert met.height + missed.height > 0
        assert met["defects_to_spare"].to_list() == met["headroom"].to_list()
        assert missed["clean_orders_needed"].null_count() == 0
