"""Counts to a verdict."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from scipy.stats import binomtest

from sellerhealth import policy
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.target import Target
from sellerhealth.measure.judge import VERDICT, basis_of_inputs, judge, missing
from sellerhealth.measure.tally import COUNTS

HANDBOOK = policy("handbook")
LESS, LEAST, MORE = "late_dispatch_rate", "perfect_order_percentage", "valid_tracking_rate"
VERDICTS = [
    # (metric, defects, unsure of them, counted; status, basis, headroom)
    (LESS, 3, 0, 100, "GOOD", "EXACT", 0),
    (LESS, 4, 0, 100, "BAD", "EXACT", -1),
    (LESS, 4, 1, 100, "NONE", "UPPER_BOUND", None),
    (LESS, 3, 3, 100, "GOOD", "UPPER_BOUND", 0),
    (LESS, 5, 1, 100, "BAD", "UPPER_BOUND", -2),
    (LESS, 0, 0, 0, "NONE", "EXACT", None),
    (LEAST, 5, 0, 100, "GOOD", "EXACT", 0),
    (LEAST, 6, 0, 100, "BAD", "EXACT", -1),
    (LEAST, 6, 1, 100, "NONE", "LOWER_BOUND", None),
    (LEAST, 5, 5, 100, "GOOD", "LOWER_BOUND", 0),
    (LEAST, 7, 1, 100, "BAD", "LOWER_BOUND", -2),
    (LEAST, 0, 0, 0, "NONE", "EXACT", None),
    (MORE, 4, 0, 100, "GOOD", "EXACT", 0),
    (MORE, 5, 0, 100, "BAD", "EXACT", -1),
]
USED = [
    # (metric, counted against the seller of a hundred, the part of the limit)
    (LESS, 0, 0.0),
    (LESS, 2, 0.5),
    (LESS, 4, 1.0),
    (LESS, 100, 25.0),
    (LEAST, 0, 0.0),
    (LEAST, 1, 0.2),
    (LEAST, 5, 1.0),
    (LEAST, 10, 2.0),
    (MORE, 0, 0.0),
    (MORE, 5, 1.0),
    (MORE, 100, 20.0),
]


@pytest.mark.parametrize(("name", "against", "unsure", "counted", "status", "basis", "headroom"), VERDICTS)
def test_verdict(name, against, unsure, counted, status, basis, headroom):
    now = _judged(HANDBOOK[name], against, unsure, counted)
    assert (now["status"], now["basis"], now["headroom"]) == (status, basis, headroom)


@pytest.mark.parametrize(("name", "against", "expected"), USED)
def test_the_part_of_the_limit_that_is_used(name, against, expected):
    assert _judged(HANDBOOK[name], against, 0, 100)["used"] == pytest.approx(expected)


@pytest.mark.parametrize("name", [LESS, LEAST, MORE])
def test_the_worse_the_figure_the_more_is_used(name):
    used = [_judged(HANDBOOK[name], against, 0, 100)["used"] for against in range(101)]
    assert all(before < after for before, after in pairwise(used))


@pytest.mark.parametrize("name", [LESS, LEAST, MORE])
def test_the_headroom_is_what_can_still_go_wrong(name):
    metric = HANDBOOK[name]
    for against in range(0, 101, 7):
        spare = _judged(metric, against, 0, 100)["headroom"]
        turned = [_judged(metric, against + more, 0, 100)["status"] for more in (spare, spare + 1)]
        assert turned == ["GOOD", "BAD"]


@pytest.mark.parametrize(("name", "at_worst", "at_best"), [(LESS, 10, 7), (LEAST, 90, 93), (MORE, 90, 93)])
def test_the_interval_goes_from_the_surest_to_the_worst(name, at_worst, at_best):
    now = _judged(HANDBOOK[name], 10, 3, 100)
    worst, best = (binomtest(count, 100).proportion_ci(method="wilson") for count in (at_worst, at_best))
    low, high = (best.low, worst.high) if name == LESS else (worst.low, best.high)
    assert (now["low"], now["high"]) == pytest.approx((low, high))
    assert now["value"] == at_worst / 100


@pytest.mark.parametrize(("counted", "status"), [(39, "TOO_FEW"), (40, "GOOD"), (0, "NONE")])
def test_too_few_for_a_verdict(counted, status):
    metric = HANDBOOK[LESS]
    now = _judged(replace(metric, terms=replace(metric.terms, fewest=40)), 0, 0, counted)
    assert (now["status"], now["headroom"] is not None) == (status, status == "GOOD")


def test_too_few_rows_of_many_units():
    """Rows decide, not what they weigh: three orders weigh twelve."""
    metric = HANDBOOK["seller_rating"]
    metric = replace(metric, terms=replace(metric.terms, fewest=4))
    counts = _counts(numerator=1200, at_best=1200, denominator=12, counted=3, defects=0, unknown=0)
    assert judge(metric, _account(metric), counts)["status"].item() == "TOO_FEW"


@pytest.mark.parametrize(
    ("name", "numerator", "denominator", "value"),
    [
        ("average_response_time", 3 * 5400, 3, 1.5),
        ("customer_service_rating", 62, 8, 7.75),
        ("seller_rating", 740, 37, 20.0),
        ("seller_rating", 440, 4, 100.0),
        ("seller_rating", -1, 4, 0.0),
    ],
)
def test_a_mean_has_neither_interval_nor_headroom(name, numerator, denominator, value):
    metric = HANDBOOK[name]
    metric = replace(metric, terms=replace(metric.terms, fewest=0, target=_target(metric, 9)))
    counts = _counts(
        numerator=numerator, at_best=numerator, denominator=denominator, counted=denominator, defects=0, unknown=0
    )
    now = judge(metric, _account(metric), counts).row(0, named=True)
    assert (now["value"], now["low"], now["high"], now["headroom"], now["target"]) == (value, None, None, None, 9.0)
    good = value < 9 if name == "average_response_time" else value > 9
    assert now["status"] == ("GOOD" if good else "BAD")


def test_hours_of_a_target_are_hours():
    """The numerator holds seconds; a target of 9 means nine hours."""
    metric = HANDBOOK["average_response_time"]
    metric = replace(metric, terms=replace(metric.terms, target=_target(metric, 9)))
    for hours, status in ((8, "GOOD"), (9, "BAD"), (10, "BAD")):
        counts = _counts(numerator=3600 * hours, at_best=3600 * hours, denominator=1, counted=1, defects=0, unknown=0)
        now = judge(metric, _account(metric), counts).row(0, named=True)
        assert (now["value"], now["status"]) == (hours, status)
        assert now["used"] == pytest.approx(hours / 9)


@pytest.mark.parametrize(
    ("name", "gone", "basis"),
    [
        ("order_defect_rate", ("feedback",), "LOWER_BOUND"),
        ("order_defect_rate", ("claims",), "LOWER_BOUND"),
        ("order_defect_rate", ("feedback", "claims"), "LOWER_BOUND"),
        ("order_defect_rate", ("feedback", "claims", "amazon_defects.order_defect_rate"), "NOT_COMPUTABLE"),
        (LEAST, ("returns.refunded",), "UPPER_BOUND"),
        (LEAST, ("returns.refunded", "messages.order_id"), "UPPER_BOUND"),
        (LEAST, ("orders.status",), "NOT_COMPUTABLE"),
        (LEAST, ("orders.status", "returns.refunded"), "NOT_COMPUTABLE"),
        (LEAST, (), "EXACT"),
    ],
)
def test_the_basis_of_the_inputs(name, gone, basis):
    metric = HANDBOOK[name]
    account = _account(metric, *gone)
    assert basis_of_inputs(metric, account) == basis
    assert len(missing(metric, account)) == len(gone)
    assert (_judged(metric, 1, 0, 100, *gone)["basis"]) == basis


@pytest.mark.parametrize(
    ("name", "gone", "against", "status", "ends"),
    [
        ("order_defect_rate", "claims", 0, "NONE", (False, True)),
        ("order_defect_rate", "claims", 1, "BAD", (False, True)),
        (LEAST, "returns.refunded", 5, "NONE", (True, False)),
        (LEAST, "returns.refunded", 6, "BAD", (True, False)),
    ],
)
def test_what_is_missing_can_only_make_it_worse(name, gone, against, status, ends):
    """No good verdict, no end of the interval on that side, and the unsure are not counted."""
    now = _judged(HANDBOOK[name], against + 3, 3, 100, gone)
    assert (now["status"], now["defects"], now["unknown"]) == (status, against, 0)
    assert (now["low"] is None, now["high"] is None) == ends


@pytest.mark.parametrize(
    ("points", "status"),
    [((3600, 3960), "NONE"), ((3601, 3960), "GOOD"), ((3200, 3600), "BAD"), ((3200, 3601), "NONE")],
)
def test_points_no_file_tells_give_two_ends_without_an_unsure_defect(points, status):
    """The rating must be above 90; the points, at worst and at best, are over a weight of forty."""
    metric = HANDBOOK["seller_rating"]
    worst, best = points
    counts = _counts(numerator=worst, at_best=best, denominator=40, counted=10, defects=1, unknown=0)
    now = judge(metric, _account(metric), counts).row(0, named=True)
    assert (now["basis"], now["status"], now["value"]) == ("LOWER_BOUND", status, worst / 40)
    most = judge(metric, _account(metric, "claims"), counts).row(0, named=True)
    assert (most["basis"], most["numerator"], most["value"]) == ("UPPER_BOUND", best, best / 40)
    assert most["status"] == ("BAD" if best <= 3600 else "NONE")


def test_what_cannot_be_computed_says_nothing():
    now = _judged(HANDBOOK[LEAST], 5, 1, 100, "orders.status")
    empty = ("numerator", "at_best", "defects", "unknown", "value", "low", "high", "used", "headroom")
    assert [now[name] for name in empty] == [None] * len(empty)
    assert (now["status"], now["basis"], now["denominator"], now["target"]) == ("NONE", "NOT_COMPUTABLE", 100, 0.95)


def test_one_row_or_many_give_the_same_verdict():
    """Each row stands for itself, to the last bit."""
    for name in (LESS, LEAST, MORE, "average_response_time"):
        metric = HANDBOOK[name]
        every = pl.concat([_of(metric, against, 0, 97) for against in range(98)])
        together = judge(metric, _account(metric), every).select(VERDICT).rows()
        alone = [judge(metric, _account(metric), row).select(VERDICT).row(0) for row in every.iter_slices(1)]
        assert together == alone


def _judged(metric: Metric, against: int, unsure: int, counted: int, *gone: str) -> dict[str, Any]:
    return judge(metric, _account(metric, *gone), _of(metric, against, unsure, counted)).row(0, named=True)


def _of(metric: Metric, against: int, unsure: int, counted: int) -> pl.DataFrame:
    """The counts of so many rows against the seller, out of so many."""
    worst, best = against, against - unsure
    if metric.definition.condition.more_is_good:
        worst, best = counted - worst, counted - best
    return _counts(numerator=worst, at_best=best, denominator=counted, counted=counted, defects=against, unknown=unsure)


def _counts(**values: int) -> pl.DataFrame:
    return pl.DataFrame({name: [values[name]] for name in COUNTS})


def _account(metric: Metric, *gone: str) -> Account:
    """The example's account without some of the inputs."""
    account = metric.definition.example.account()
    return replace(account, provided=account.provided.difference(gone))


def _target(metric: Metric, value: int) -> Target:
    return Target(value=Fraction(value), condition=metric.definition.condition)
