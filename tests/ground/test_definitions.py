"""A lint over the metrics: each is whole, says where it comes from, and is right about its own example."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction
from importlib import import_module
from typing import Any

import polars as pl
import pytest

from sellerhealth import METRICS, evaluate, facts, policy
from sellerhealth.definition import policy as policies
from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Choice, Definition, Metric
from sellerhealth.definition.tables import TABLES
from sellerhealth.measure.tally import rows, window
from tests.ground.imports import ROOT

EACH = [pytest.param(definition, id=name) for name, definition in METRICS.items()]
UNDER = [pytest.param(policy(name)[metric], id=f"{metric}-{name}") for name in policies.names() for metric in METRICS]
EMPTY: dict[str, Any] = {str: "", tuple: (), dict: {}}
OWN_COLUMNS = {"event_on", "sku"}
"""What `tally.rows` adds to the facts: the event date, and the SKU where it is asked for."""


@pytest.mark.parametrize("definition", EACH)
def test_every_column_it_reads_is_a_fact_or_a_choice(definition: Definition):
    example = definition.example
    known = set(facts.orders(example.account(), example.as_of).collect_schema().names())
    choices = set(definition.choices)
    assert not known & choices, "a choice would hide a fact"
    rules = [definition.population, definition.numerator, definition.unknown, *definition.exclusions.values()]
    assert _roots(rules) <= known | choices
    assert _roots(definition.dimensions.values()) <= known | choices | OWN_COLUMNS
    assert _roots(option.expression for choice in _choices(definition) for option in choice.options.values()) <= known
    assert set(definition.defect_columns) <= known | set(definition.dimensions)
    assert choices <= _roots(rules), "a choice that nothing reads"


@pytest.mark.parametrize("definition", EACH)
def test_what_it_needs_are_columns_of_tables(definition: Definition):
    columns = {f"{table}.{column}" for table, schema in TABLES.items() for column in schema.columns()}
    lists = {f"amazon_defects.{metric}" for metric in METRICS}
    for need in definition.needs:
        assert set(need.any_of) <= columns | lists | set(TABLES)
    assert set(definition.leading_split) <= set(definition.dimensions)


@pytest.mark.parametrize("definition", EACH)
def test_module_name_and_notebook_are_one(definition: Definition):
    module = import_module(f"sellerhealth.metrics.{definition.name}")
    assert getattr(module, definition.name) is definition
    assert METRICS[definition.name] is definition
    assert definition.notebook.partition("_")[2] == definition.name
    assert (ROOT / "notebooks" / f"{definition.notebook}.ipynb").is_file()


@pytest.mark.parametrize("metric", UNDER)
def test_a_policy_settles_every_choice_and_says_by_which_source(metric: Metric):
    choices = {"event_date", *metric.definition.choices}
    assert set(metric.terms.chosen) == choices
    assert all(metric.option(choice).meaning for choice in choices)
    said = {"windows", *choices, *(["target"] if metric.terms.target else [])}
    assert set(metric.terms.sources) == said
    for source in metric.terms.sources.values():
        assert len(source.text) > 10
        assert date(2020, 1, 1) < source.dated <= date(2026, 12, 31)


@pytest.mark.parametrize("metric", UNDER)
def test_what_is_not_published_says_why_it_was_chosen(metric: Metric):
    for choice, source in metric.terms.sources.items():
        if "not published" in source.text.lower():
            assert choice in metric.terms.not_established, f"{choice}: a guess needs a `why`"
    assert all(why.endswith(".") for why in metric.terms.not_established.values())


@pytest.mark.parametrize("field", [field.name for field in fields(Definition) if field.type is not pl.Expr])
def test_an_empty_field_is_refused(field: str):
    definition = next(iter(METRICS.values()))
    value = getattr(definition, field)
    nothing = EMPTY.get(type(value))
    with pytest.raises(ValueError, match=field if field != "name" else "a metric has no name"):
        replace(definition, **{field: nothing})


@pytest.mark.parametrize("definition", EACH)
def test_texts_are_sentences(definition: Definition):
    assert definition.question.endswith("?")
    assert definition.label[0].isupper()
    for text in _sentences(definition):
        assert text.endswith("."), text
        assert text[0].isupper(), text
        assert "  " not in text, text
    for text in [*_meanings(definition), *_remarks(definition.example)]:
        assert text == text.strip(), text
        assert not text.endswith("."), text
    for choice in _choices(definition):
        assert choice.question.endswith("?"), choice.question


@pytest.mark.parametrize("metric", UNDER)
def test_the_example_gives_what_was_counted_by_hand(metric: Metric):
    example = metric.definition.example
    now = evaluate(metric, example.account(), example.as_of).row(0, named=True)
    assert (now["numerator"], now["denominator"]) == example.expected[metric.policy]
    assert now["channel"] == "MFN"


@pytest.mark.parametrize("definition", EACH)
def test_the_example_is_a_dozen_orders(definition: Definition):
    orders = definition.example.rows("orders")
    assert orders.height == 12
    assert orders["order_id"].to_list() == list("ABCDEFGHIJKL")
    assert set(definition.example.expected) == set(policies.names())


@pytest.mark.parametrize("definition", EACH)
def test_the_example_stands_on_the_edges_of_a_window(definition: Definition):
    edges = [_edges(policy(name)[definition.name]) for name in policies.names()]
    assert any({"before the first day", "first day"} <= found for found in edges)
    assert any("last day" in found for found in edges)


@pytest.mark.parametrize("definition", EACH)
def test_an_exercise_s_answer_is_none_of_the_wrong_ones(definition: Definition):
    for exercise in definition.exercises:
        assert exercise.answer not in exercise.feedback
        assert exercise.feedback
        assert all(0 <= answer <= 1 for answer in (exercise.answer, *exercise.feedback))
        given = Fraction(*definition.example.expected["handbook"])
        assert exercise.answer != given, "the exercise must change something"


def _choices(definition: Definition) -> list[Choice]:
    return [definition.event_date, *definition.choices.values()]


def _roots(expressions: Any) -> set[str]:
    return {name for expression in expressions for name in expression.meta.root_names()}


def _sentences(definition: Definition) -> Iterator[str]:
    yield from (definition.counted, definition.out_of, definition.why, definition.unknown_reason)
    yield from (*definition.how_to_act, *definition.caveats)
    for need in definition.needs:
        yield from (need.reason, need.remedy)
    for exercise in definition.exercises:
        yield from (exercise.solution, *exercise.feedback.values())


def _meanings(definition: Definition) -> list[str]:
    return [option.meaning for choice in _choices(definition) for option in choice.options.values()]


def _remarks(example: Example) -> list[str]:
    return example.rows("orders")["remark"].to_list()


def _edges(metric: Metric) -> set[str]:
    """Which edges of the headline's window an order of the example stands on."""
    example = metric.definition.example
    first, last = window(metric, example.as_of, metric.window_days)
    edges = {"before the first day": first - timedelta(days=1), "first day": first, "last day": last}
    days = rows(metric, example.account(), example.as_of).select("event_on").collect().to_series().to_list()
    return {name for name, day in edges.items() if day in days}
