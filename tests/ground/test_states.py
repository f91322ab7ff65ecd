"""A lint over the states: each is whole, says where it comes from, and is right about its own example."""

from datetime import date
from importlib import import_module

import pytest

from sellerhealth import policy
from sellerhealth.definition import policy as policies
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Choice
from sellerhealth.definition.state import Level, State, StateDefinition
from sellerhealth.definition.tables import TABLES
from sellerhealth.measure.notifications import notifications, standing
from sellerhealth.metrics import METRICS, STATES
from tests.ground.imports import ROOT

ID = "notification_id"
EACH = [pytest.param(definition, id=name) for name, definition in STATES.items()]
UNDER = [
    pytest.param(policy(name).states[state], id=f"{state}-{name}") for name in policies.names() for state in STATES
]


@pytest.mark.parametrize("definition", EACH)
def test_module_name_and_notebook_are_one(definition: StateDefinition):
    module = import_module(f"sellerhealth.metrics.{definition.name}")
    assert getattr(module, definition.name) is definition
    assert definition.name not in METRICS
    assert definition.notebook.partition("_")[2] == definition.name
    assert (ROOT / "notebooks" / f"{definition.notebook}.ipynb").is_file()


@pytest.mark.parametrize("state", UNDER)
def test_a_policy_settles_every_choice_and_value_and_says_by_which_source(state: State):
    terms, choices, values = state.terms, {"event_date", *state.definition.choices}, set(state.definition.values)
    assert set(terms.chosen) == choices
    assert set(terms.values) == values
    assert all(state.option(choice).meaning for choice in choices)
    assert set(terms.sources) == {"windows", *choices, *values}
    for name, source in terms.sources.items():
        assert len(source.text) > 10
        assert date(2020, 1, 1) < source.dated <= date(2026, 12, 31)
        if "not published" in source.text.lower():
            assert name in terms.not_established, f"{name}: a guess needs a `why`"
    assert all(why.endswith(".") for why in terms.not_established.values())


@pytest.mark.parametrize("definition", EACH)
def test_texts_are_sentences(definition: StateDefinition):
    assert set(definition.levels) == set(definition.choices["rule"].options)
    assert all(set(levels) == set(Level) for levels in definition.levels.values())
    needs = [text for need in definition.needs for text in (need.reason, need.remedy)]
    texts = [
        definition.counted,
        definition.why,
        *definition.how_to_act,
        *definition.caveats,
        *(text for levels in definition.levels.values() for text in levels.values()),
    ]
    for text in [*texts, *needs]:
        assert text[-1] in ".?", text
        assert text[0].isupper(), text
        assert "  " not in text, text
    questions = [
        definition.question,
        *(choice.question for choice in _choices(definition)),
        *definition.values.values(),
    ]
    assert all(question.endswith("?") for question in questions)
    remarks = definition.example.rows(next(iter(definition.example.tables)))["remark"].to_list()
    for text in [*_meanings(definition), *remarks]:
        assert text == text.strip() != ""
        assert not text.endswith("."), text


@pytest.mark.parametrize("definition", EACH)
def test_what_it_needs_are_columns_of_tables(definition: StateDefinition):
    columns = {f"{table}.{column}" for table, schema in TABLES.items() for column in schema.columns()}
    for need in definition.needs:
        assert set(need.any_of) <= columns | set(TABLES)


@pytest.mark.parametrize("state", UNDER)
def test_the_example_gives_the_level_found_by_hand(state: State):
    example = state.definition.example
    now = standing(state, example.account(), example.as_of).row(0, named=True)
    assert now["level"] == state.definition.expected_levels[state.policy]
    assert set(state.definition.expected_levels) == set(policies.names())


@pytest.mark.parametrize("state", UNDER)
def test_the_example_stands_on_the_edges_of_the_window(state: State):
    """Of rows on its first day, the day before, and tomorrow, the first alone weighs."""
    example = state.definition.example
    ages = {(example.as_of - date.fromisoformat(day)).days for day in example.rows("notifications")["notified_on"]}
    days = state.terms.windows[0]
    assert {-1, days - 1, days} <= ages
    weighing = set(notifications(state, example.account(), example.as_of)["age_days"])
    assert weighing & {-1, days - 1, days} == {days - 1}


def own(**wanted: object) -> State:
    """The state under the handbook with what an account sets for itself."""
    return policies.load("handbook", METRICS, STATES, {"policy_violations": wanted}).states["policy_violations"]


def test_an_account_may_set_its_own_window_choice_and_values():
    state = own(windows=[90], choice={"rule": "rating"}, value={"report_days": 7, "rating_lot": 1})
    assert state.terms.windows == (90,)
    assert state.terms.chosen["rule"] == "rating"
    assert (state.terms.values["report_days"], state.terms.values["rating_lot"]) == (7, 1)
    assert state.terms.overridden == ("rating_lot", "report_days", "rule", "windows")
    example = state.definition.example
    assert "E" in notifications(policy("handbook").states[state.name], example.account(), example.as_of)[ID].to_list()
    assert notifications(state, example.account(), example.as_of)[ID].to_list() == ["A", "B", "D"]


def test_what_an_account_leaves_stays_the_policys():
    plain, state = policy("handbook").states["policy_violations"].terms, own(value={"points_low": 3}).terms
    assert state.values == {**plain.values, "points_low": 3}
    assert (state.windows, state.chosen, state.overridden) == (plain.windows, plain.chosen, ("points_low",))
    assert own().terms.overridden == ()


REFUSED = {
    "a target": ({"target": 0.5}, "target", "one of choice, value, windows"),
    "a lag": ({"lag_days": 3}, "lag_days", "one of choice, value, windows"),
    "two windows": ({"windows": [180, 90]}, "windows", "one window, such as [180]"),
    "no window": ({"windows": []}, "windows", "a list of days such as [30, 10]"),
    "a rule nobody knows": ({"choice": {"rule": "mood"}}, None, "one of reading, rating"),
    "a choice nobody knows": ({"choice": {"mood": "good"}}, "mood", "one of event_date, rule"),
    "a value nobody knows": ({"value": {"points": 2}}, "points", "report_days, rating_start"),
    "lots of no order": ({"value": {"rating_lot": 0}}, "rating_lot", "a whole number from 1 to"),
    "points below zero": ({"value": {"points_low": -1}}, "points_low", "a whole number from 0 to"),
    "half a day": ({"value": {"report_days": 0.5}}, "report_days", "a whole number from 0 to"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_an_account_may_not_set(case: str):
    wanted, column, expected = REFUSED[case]
    with pytest.raises(InputError) as caught:
        own(**wanted)
    assert caught.value.column == column
    assert expected in caught.value.expected


def test_an_override_of_neither_metric_nor_state_names_both():
    with pytest.raises(InputError) as caught:
        policies.load("handbook", METRICS, STATES, {"policy_violation": {}})
    assert caught.value.column == "policy_violation"
    assert {"late_dispatch_rate", "policy_violations"} <= set(caught.value.expected.removeprefix("one of ").split(", "))


@pytest.mark.parametrize("state", UNDER)
def test_an_account_that_is_not_normal_is_told_so_at_any_level(state: State):
    told = "The account is not normal: Amazon calls it at risk."
    assert {state.meaning(level, "AT_RISK") for level in Level} == {told}
    assert all(state.meaning(level, word) == state.levels[level] for level in Level for word in (None, "NORMAL"))


def _choices(definition: StateDefinition) -> list[Choice]:
    return [definition.event_date, *definition.choices.values()]


def _meanings(definition: StateDefinition) -> list[str]:
    return [option.meaning for choice in _choices(definition) for option in choice.options.values()]
