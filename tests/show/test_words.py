"""What is told of a result: right in the singular, true at the edges and for every status, basis and unit."""

import polars as pl
import pytest

from sellerhealth.definition.metric import Basis, Status
from sellerhealth.definition.state import Level
from sellerhealth.definition.target import Condition
from sellerhealth.show import words
from tests.show.figures import (
    AMAZON,
    HANDBOOK,
    NAMES,
    NOT_COMPUTABLE,
    NOTHING,
    good_row,
    mean_row,
    metric,
    row,
    without_target,
)

LABELS = {"handbook": "Handbook", "amazon-2026": "Amazon 2026"}
SERVICE, RATING, HOURS = "customer_service_rating", "seller_rating", "average_response_time"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (row(), "3.1 % (12 of 388)"),
        (row(basis="UPPER_BOUND"), "at most 3.1 % (12 of 388)"),
        (row(basis="LOWER_BOUND"), "at least 3.1 % (12 of 388)"),
        (row(numerator=0, value=0.0), "0 % (0 of 388)"),
        (row(numerator=0, value=0.0, basis="LOWER_BOUND"), "none known (of 388)"),
        (row(numerator=1200, denominator=38_800), "3.1 % (1,200 of 38,800)"),
        (row(value=0.0396, numerator=396, denominator=10_000), "3.96 % (396 of 10,000)"),
        (row(**NOTHING), "nothing counted"),
        (row(**NOT_COMPUTABLE), "not computable"),
        (good_row(), "95 % (95 of 100)"),
        (good_row(basis="UPPER_BOUND"), "at most 95 % (95 of 100)"),
        (good_row(basis="LOWER_BOUND"), "at least 95 % (95 of 100)"),
        (mean_row(SERVICE, 7.75, 48), "7.8 of 10 (48 answers)"),
        (mean_row(SERVICE, 7.94, 50), "7.9 of 10 (50 answers)"),
        # A band starts at 8, at 6, at 84.5, and the rating's target is 90: no other value reads like one of them.
        (mean_row(SERVICE, 7.96, 25), "7.96 of 10 (25 answers)"),
        (mean_row(SERVICE, 7.996, 250), "7.996 of 10 (250 answers)"),
        (mean_row(SERVICE, 8.04, 25), "8.04 of 10 (25 answers)"),
        (mean_row(SERVICE, 8.0, 25), "8 of 10 (25 answers)"),
        (mean_row(SERVICE, 5.96, 25), "5.96 of 10 (25 answers)"),
        (mean_row(RATING, 84.46, 50), "84.46 of 100 (50 orders)"),
        (mean_row(RATING, 84.5, 50), "84.5 of 100 (50 orders)"),
        (mean_row(RATING, 89.96, 50), "89.96 of 100 (50 orders)"),
        (mean_row(RATING, 90.04, 50), "90.04 of 100 (50 orders)"),
        (mean_row(RATING, 90.04, 50, policy="amazon-2026", target=None), "90 of 100 (50 orders)"),
        (mean_row(RATING, 96.46, 50, policy="amazon-2026", target=None), "96.46 of 100 (50 orders)"),
        (mean_row(SERVICE, 1.0, 1), "1 of 10 (1 answer)"),
        (mean_row(SERVICE, 0.0, 2), "0 of 10 (2 answers)"),
        (mean_row(HOURS, 24.0, 8), "24 hours (8 answered messages)"),
        (mean_row(HOURS, 1.0, 1), "1 hour (1 answered message)"),
        (mean_row(RATING, 93.14, 1200), "93.1 of 100 (1,200 orders)"),
        (mean_row(RATING, 93.14, 1, basis="LOWER_BOUND"), "at least 93.1 of 100 (1 order)"),
        (mean_row(RATING, 93.14, 3, basis="UPPER_BOUND"), "at most 93.1 of 100 (3 orders)"),
        (mean_row(RATING, 0.0, 4, basis="LOWER_BOUND"), "at least 0 of 100 (4 orders)"),
    ],
)
def test_rate(told, said):
    assert words.rate(told) == said


@pytest.mark.parametrize(
    ("name", "handbook", "amazon"),
    [
        ("late_dispatch_rate", "below 4 %", "below 4 %"),
        ("cancellation_rate", "below 2.5 %", "below 2.5 %"),
        ("order_defect_rate", "below 1 %", "below 1 %"),
        ("contact_response_time", "at least 90 %", "no target"),
        ("perfect_order_percentage", "at least 95 %", "no target"),
        (RATING, "above 90 of 100", "no target"),
        ("valid_tracking_rate", "above 95 %", "above 95 %"),
        ("on_time_delivery_rate", "at least 90 %", "at least 90 %"),
        (SERVICE, "no target", "no target"),
        (HOURS, "no target", "no target"),
    ],
)
def test_target(name, handbook, amazon):
    assert (words.target(HANDBOOK[name]), words.target(AMAZON[name])) == (handbook, amazon)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (SERVICE, 0, "The scale calls it poor."),
        (SERVICE, 5.99, "The scale calls it poor."),
        (SERVICE, 6, "The scale calls it fair."),
        (SERVICE, 7.99, "The scale calls it fair."),
        (SERVICE, 8, "The scale calls it good."),
        (SERVICE, 10, "The scale calls it good."),
        (RATING, 84.49, "The scale calls it fair."),
        (RATING, 84.5, "The scale calls it good."),
        (RATING, 100, "The scale calls it excellent."),
        (SERVICE, None, ""),
        (HOURS, 5, ""),
    ],
)
def test_band(name, value, said):
    assert words.band({"value": value, "status": "NONE"}, metric(name)) == said


def test_too_few_are_in_no_band():
    assert words.band({"value": 9.0, "status": "TOO_FEW"}, metric(SERVICE)) == ""


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (row(), "Good: the target is below 4 %."),
        (row(status="BAD"), "It misses the target: it must be below 4 %."),
        (row(status="NONE"), "No verdict: the files do not say enough to tell whether it is below 4 %."),
        (row(**NOTHING), "No order fell into the window, so there is no verdict."),
        (row(**NOT_COMPUTABLE), "It cannot be computed from these files."),
        (good_row(), "Good: the target is at least 90 %."),
        (good_row(status="BAD"), "It misses the target: it must be at least 90 %."),
        (good_row() | NOTHING, "No message fell into the window, so there is no verdict."),
        (mean_row(RATING, 93.1, 5, status="GOOD"), "Good: the target is above 90 of 100."),
        (mean_row(RATING, 80.0, 5, status="BAD"), "It misses the target: it must be above 90 of 100."),
        (mean_row(SERVICE, 7.8, 39, status="TOO_FEW"), "Too few to say: it takes 40 answers, and there were 39."),
        (mean_row(SERVICE, 8.0, 1, status="TOO_FEW"), "Too few to say: it takes 40 answers, and there was 1."),
        (mean_row(SERVICE, 7.8, 40), "There is no target, so there is no verdict."),
        (mean_row(HOURS, 5.0, 40), "There is no target, so there is no verdict."),
    ],
)
def test_verdict(told, said):
    assert words.verdict(told, metric(told["metric"])) == said


@pytest.mark.parametrize(("channel", "where"), [("MFN", "shipped by us"), ("AFN", "shipped by Amazon")])
def test_a_metric_of_several_channels_says_where_nothing_was_counted(channel, where):
    told = row(**NOTHING, channel=channel)
    said = f"No order {where} fell into the window, so there is no verdict."
    assert words.verdict(told, metric("order_defect_rate")) == said


def test_verdict_without_a_target():
    assert words.verdict(row(status="NONE"), without_target(metric())) == "There is no target, so there is no verdict."


@pytest.mark.parametrize(
    ("spare", "said"),
    [
        (3, "There is room for 3 more late orders."),
        (1, "There is room for 1 more late order."),
        (1234, "There is room for 1,234 more late orders."),
        (0, "The next late order breaks it."),
        (-1, "That is 1 late order too many."),
        (-5, "That is 5 late orders too many."),
        (None, ""),
    ],
)
def test_headroom(spare, said):
    assert words.headroom(row(headroom=spare), metric()) == said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (row(), "With 388 orders, the lasting rate may lie anywhere from 1.78 % to 5.3 %."),
        (
            row(denominator=1, low=0.0, high=0.79),
            "With 1 order, the lasting rate may lie anywhere from 0 % to 79 %.",
        ),
        (
            good_row(metric="on_time_delivery_rate"),
            "With 100 units, the lasting rate may lie anywhere from 88.8 % to 97.8 %.",
        ),
        (row(low=0.01, high=None), ""),
        (row(low=None), ""),
        (row(**NOTHING), ""),
        (row(**NOT_COMPUTABLE), ""),
        (mean_row(SERVICE, 7.8, 48), ""),
    ],
)
def test_certainty(told, said):
    assert words.certainty(told) == said


@pytest.mark.parametrize(
    ("unknown", "defects", "said"),
    [
        (1, 4, "1 of 4 cancelled orders"),
        (1, 1, "1 of 1 cancelled order"),
        (1200, 1300, "1,200 of 1,300 cancelled orders"),
    ],
)
def test_a_bound_says_why_and_how_many(unknown, defects, said):
    rate = metric("cancellation_rate")
    counts = {"numerator": defects, "at_best": defects - unknown, "defects": defects, "unknown": unknown}
    told = words.basis(row(basis="UPPER_BOUND", **counts), rate, [])
    assert told == f"{rate.definition.unknown_reason} Unsure: {said}."


def test_a_bound_of_points_without_an_unsure_problem_says_why():
    told = words.basis(mean_row(RATING, 90.0, 5, basis="LOWER_BOUND", at_best=470), metric(RATING), [])
    assert told == metric(RATING).definition.unknown_reason


def test_an_unsure_problem_that_changes_nothing_gives_no_reason():
    assert words.basis(row(unknown=1), metric("cancellation_rate"), []) == ""


@pytest.mark.parametrize("told", [row(), row(**NOTHING), row(**NOT_COMPUTABLE)], ids=["exact", "nothing", "missing"])
def test_a_sure_figure_gives_no_reason(told):
    assert words.basis(told, metric("cancellation_rate"), []) == ""


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_is_told_with_its_remedy(name):
    needs = metric(name).definition.needs
    said = words.basis(row(**NOT_COMPUTABLE), metric(name), list(needs))
    assert all(need.reason in said and need.remedy in said for need in needs)


BESIDE = {
    "the same": ({}, ""),
    "another count": ({"numerator": 24, "value": 24 / 388}, "Amazon 2026: 6.2 % (24 of 388), good."),
    "another number counted": ({"denominator": 387}, "Amazon 2026: 3.1 % (12 of 387), good."),
    "another verdict": ({"status": "BAD", "target": 0.03}, "Amazon 2026: 3.1 % (12 of 388), misses the target."),
    "no target, so no verdict": ({"status": "NONE", "target": None}, ""),
    "no target, but another count": (
        {"status": "NONE", "target": None, "numerator": 24, "value": 24 / 388},
        "Amazon 2026: 6.2 % (24 of 388), no verdict.",
    ),
    "a bound": ({"basis": "UPPER_BOUND"}, "Amazon 2026: at most 3.1 % (12 of 388), good."),
    "not computable": (NOT_COMPUTABLE, "Amazon 2026: not computable, no verdict."),
    "nothing counted": (NOTHING, "Amazon 2026: nothing counted, no verdict."),
    "too few": ({"numerator": 13, "status": "TOO_FEW"}, "Amazon 2026: 3.1 % (13 of 388), too few to say."),
    "another channel": ({"numerator": 24, "channel": "AFN"}, ""),
    "another window": ({"numerator": 24, "window_days": 7}, ""),
    "another metric": ({"numerator": 24, "metric": "cancellation_rate"}, ""),
}


@pytest.mark.parametrize("case", BESIDE)
def test_another_policy_stands_beside_only_where_it_differs(case):
    more, said = BESIDE[case]
    other = row(policy="amazon-2026", **more)
    assert words.beside(row(), pl.DataFrame([row(), other]), LABELS) == said


def test_two_policies_beside():
    others = [row(policy=name, numerator=24, value=24 / 388) for name in ("amazon-2026", "own")]
    said = words.beside(row(), pl.DataFrame([row(), *others]), {**LABELS, "own": "Our own"})
    assert said == "Amazon 2026: 6.2 % (24 of 388), good. Our own: 6.2 % (24 of 388), good."


def test_every_status_basis_and_condition_has_its_words():
    assert set(words.STATUS) == set(words.MARK) == set(Status)
    assert set(words.LEVEL) == set(words.LEVEL_MARK) == set(Level)
    assert set(words.CONDITION) == set(Condition)
    assert set(words.BOUND) == {Basis.LOWER_BOUND, Basis.UPPER_BOUND}
    assert len(set(words.STATUS.values())) == len(Status)
    assert len(set(words.LEVEL.values())) == len(set(words.LEVEL_MARK.values())) == len(Level)


def test_good_and_bad_are_told_apart_without_colour():
    told = {words.MARK[status] for status in (Status.GOOD, Status.BAD)}
    assert len(told) == 2
    assert words.MARK[Status.NONE] not in told
