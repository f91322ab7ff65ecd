"""A pattern or luck, and what a window bears, in words: each right in the singular, and no surer than the counts."""

import polars as pl
import pytest

from sellerhealth.measure.certainty import signal
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.outlook.budget import budget
from sellerhealth.show.certain import chance, chances, pattern_or_luck, to_spare
from tests.show.figures import AMAZON, NAMES, POLICIES, example, good_row, metric, row, without_target
from tests.show.markup import harmless, is_twin

MEANS = "The lasting rate is what very many orders would show, if nothing changes and each goes wrong by itself."
ON_TOP = (
    "They must fall into the same window, on top of the usual: one that only replaces one that leaves does not help."
)


def pattern(one, **more):
    return pattern_or_luck(pl.DataFrame([row(**{"metric": one.name, **more})]), one).text.split("\n")


TOLD = {"denominator": 40, "miss_chance": 0.853, "miss_chance_at_best": 0.853}
MISSES = "the chance that the lasting rate misses the target is"
PATTERNS = {
    "bad, too few": (
        {"says": "TOO_FEW_TO_SAY", "status": "BAD"},
        f"A pattern or bad luck? 40 orders are too few to be sure: {MISSES} about 85 %.",
    ),
    "good, too few": (
        {"says": "TOO_FEW_TO_SAY", "status": "GOOD", "miss_chance": 0.29, "miss_chance_at_best": 0.29},
        f"A pattern or good luck? 40 orders are too few to be sure: {MISSES} about 29 %.",
    ),
    "one order": (
        {"says": "TOO_FEW_TO_SAY", "status": "BAD", "denominator": 1},
        f"A pattern or bad luck? 1 order is too few to be sure: {MISSES} about 85 %.",
    ),
    "no verdict": (
        {"says": "TOO_FEW_TO_SAY", "status": "NONE"},
        f"A pattern or luck? 40 orders are too few to be sure: {MISSES} about 85 %.",
    ),
    "a pattern": (
        {"says": "MISSES", "status": "BAD", "miss_chance": 0.998, "miss_chance_at_best": 0.998},
        f"A pattern, not bad luck: after 40 orders, {MISSES} more than 99 %.",
    ),
    "lasting": (
        {"says": "MEETS", "status": "GOOD", "miss_chance": 0.001, "miss_chance_at_best": 0.001},
        f"A pattern, not good luck: after 40 orders, {MISSES} less than 1 %.",
    ),
    "unsure defects": (
        {"says": "UNSURE", "status": "NONE", "miss_chance": 0.8, "miss_chance_at_best": 0.1},
        f"A pattern or luck? That hangs on what the files do not tell: {MISSES} from about 10 % to about 80 %.",
    ),
    "an input is missing": (
        {"says": "UNSURE", "status": "NONE", "miss_chance": None, "miss_chance_at_best": 0.1},
        f"A pattern or luck? That hangs on what the files do not tell: {MISSES} at least 10 %.",
    ),
}


@pytest.mark.parametrize("case", PATTERNS)
def test_pattern_or_luck(case):
    more, said = PATTERNS[case]
    assert pattern(metric(), **{**TOLD, **more}) == [f"{said} {MEANS}"]


def test_where_it_is_no_question_nothing_is_said():
    assert pattern(metric(), **TOLD, says=None) == [""]


def test_several_channels_are_told_apart():
    odr = metric("order_defect_rate")
    rows = [row(metric=odr.name, window_days=60, channel=name, says="MEETS", **TOLD) for name in ("MFN", "AFN")]
    told = pattern_or_luck(pl.DataFrame(rows), odr).text.split("\n")
    assert [line.split(":")[0] for line in told[:2]] == ["Shipped by us", "Shipped by Amazon"]


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "less than 1 %"), (0.0049, "less than 1 %"), (0.0051, "about 1 %"), (0.5, "about 50 %"), (0.994, "about 99 %"),
     (0.996, "more than 99 %"), (1.0, "more than 99 %")],
)  # fmt: skip
def test_a_chance_is_no_surer_than_it_is(share, said):
    assert chance(share) == said


@pytest.mark.parametrize(
    ("worst", "best", "said"),
    [
        (0.5, 0.5, "about 50 %"),
        (0.503, 0.498, "about 50 %"),
        (0.9999, 0.001, "from less than 1 % to more than 99 %"),
        (None, 0.001, "not known"),
        (None, 0.5, "at least 50 %"),
        (None, 0.999, "more than 99 %"),
    ],
)
def test_the_chance_with_and_without_what_is_unsure(worst, best, said):
    assert chances({"miss_chance": worst, "miss_chance_at_best": best}) == said


def bears(one, **more):
    return to_spare(budget(pl.DataFrame([row(**{"metric": one.name, **more})]), one), one).text


BUDGETS = {
    "some to spare": ({}, "The window bears 15 late orders and has 12: 3 to spare."),
    "none to spare": (
        {"defects": 15, "numerator": 15, "headroom": 0},
        "The window bears 15 late orders and has 15: the next one breaks the target.",
    ),
    "one to bear": (
        {"defects": 0, "numerator": 0, "headroom": 1},
        "The window bears 1 late order and has 0: 1 to spare.",
    ),
    "none to bear": (
        {"defects": 0, "numerator": 0, "denominator": 20, "headroom": 0},
        "The window bears no late order: the first one breaks the target.",
    ),
    "missed": (
        {"defects": 16, "numerator": 16, "headroom": -1, "status": "BAD"},
        (
            "The window bears 15 late orders and has 16. 13 more orders, and no new late order, would make it 16 of 401, "
            f"below 4 %. {ON_TOP}"
        ),
    ),
    "missed by one order": (
        {"defects": 4, "numerator": 4, "denominator": 100, "headroom": -1, "status": "BAD"},
        (
            "The window bears 3 late orders and has 4. 1 more order, and no new late order, would make it 4 of 101, "
            f"below 4 %. {ON_TOP}"
        ),
    ),
    "an input is missing": (
        {"defects": 16, "numerator": 16, "headroom": -1, "status": "BAD", "basis": "LOWER_BOUND", "high": None},
        (
            "The window bears 15 late orders and has 16. At least 13 more orders, and no new late order, would make it 16 of "
            f"401, below 4 %. {ON_TOP}"
        ),
    ),
    "unsure": (
        {"numerator": 16, "headroom": None, "status": "NONE", "basis": "UPPER_BOUND"},
        f"Counted at worst, 13 more orders, and no new late order, would make it 16 of 401, below 4 %. {ON_TOP}",
    ),
    "nothing counted": ({"numerator": 0, "at_best": 0, "denominator": 0, "headroom": None, "status": "NONE"}, ""),
}


@pytest.mark.parametrize("case", BUDGETS)
def test_what_the_window_bears(case):
    more, said = BUDGETS[case]
    assert bears(metric(), **more) == said


def test_the_good_ones_are_counted_up():
    counts = {"numerator": 50, "at_best": 50, "denominator": 60, "counted": 60, "defects": 10}
    one = metric("contact_response_time")
    shown = budget(pl.DataFrame([good_row(**counts, headroom=-4, status="BAD")]), one)
    assert to_spare(shown, one).text == (
        "The window bears 6 late answers and has 10. 40 more messages, and no new late answer, would make it 90 of 100, "
        f"at least 90 %. {ON_TOP}"
    )


def test_of_a_window_that_lags_the_day_of_entry_is_told():
    one = AMAZON["order_defect_rate"]
    counts = {"defects": 1, "numerator": 1, "at_best": 1, "denominator": 40, "headroom": -1, "status": "BAD"}
    said = bears(one, window_days=60, **counts)
    assert said.endswith(f"{ON_TOP} One of today enters it in 15 days.")


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
@pytest.mark.parametrize("name", NAMES)
def test_every_metric_on_its_example(name, policy):
    for one in (policy[name], without_target(policy[name])):
        now = evaluate(one, *example(one))
        for card in (pattern_or_luck(signal(now, one), one), to_spare(budget(now, one), one)):
            assert is_twin(card)
            assert "None" not in harmless(card.html)
        has_target = one.terms.target is not None and one.definition.unit == "percent"
        assert bool(pattern_or_luck(signal(now, one), one).text) == has_target
