"""A lint over the metrics: each is whole, says where it comes from, and is right about its own example."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import polars as pl
import pytest

from sellerhealth import METRICS, evaluate, facts, policy
from sellerhealth.definition import policy as policies
from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import NEVER, OPTIONAL, Choice, Definition, Metric
from sellerhealth.definition.tables import EVERY_PACKAGE, EVERY_STAR, EVERY_UNIT, TABLES
from sellerhealth.measure.tally import rows, window
from tests.ground.imports import ROOT

EACH = [pytest.param(definition, id=name) for name, definition in METRICS.items()]
UNDER = [pytest.param(policy(name)[metric], id=f"{metric}-{name}") for name in policies.names() for metric in METRICS]
EMPTY: dict[str, Any] = {str: "", tuple: (), dict: {}}
OWN_COLUMNS = {"event_on", "sku", "product"}
"""What `tally.rows` adds to the facts: the event date, and what was sold where it is asked for."""
VERDICTS = {"is_counted", "is_defect", "is_unknown"}
"""What `tally.rows` finds of a row; a figure is made of these too."""
SHARED = {
    "06_seller_rating": {"seller_rating", "feedback_rating"},
    "07_customer_service_dashboard": {
        "customer_service_rating",
        "average_response_time",
        "first_contact_resolution_rate",
    },
}
"""The notebooks that show several metrics."""
COUNTED = {
    "orders": "orders",
    "contacts": "messages",
    "matters": "messages",
    "answers": "surveys",
    "ratings": "feedback",
    "packages": "tracking",
    "units": "deliveries",
}
"""The table whose rows a fact is made of."""


@pytest.mark.parametrize("definition", EACH)
def test_every_column_it_reads_is_a_fact_or_its_own(definition: Definition):
    known = _known(definition)
    settled, flaws = {*definition.choices, *definition.values}, set(definition.flaws)
    assert len(known | settled | flaws) == len(known) + len(settled) + len(flaws), "one column hides another"
    rules = [definition.population, definition.defective, definition.unknown, definition.units]
    sums = [definition.figure.worst, definition.figure.best]
    assert _roots([*rules, *definition.exclusions.values()]) <= known | settled | flaws
    assert _roots(definition.flaws.values()) <= known | settled
    assert _roots(sums) <= known | settled | flaws | VERDICTS
    assert _roots(definition.dimensions.values()) <= known | settled | flaws | OWN_COLUMNS
    options = [option for choice in _choices(definition) for option in choice.options.values()]
    assert _roots(option.expression for option in options) <= known
    days = [option.known_on for option in options if option.known_on is not None]
    since = {f"{name}_known_on" for name, choice in definition.choices.items() if _is_dated(choice)}
    assert _roots(days) <= known
    if definition.known_on is not None:
        assert _roots([definition.known_on]) <= known | settled | flaws | since
    assert set(definition.defect_columns) <= known | set(definition.dimensions)
    read = _roots([*rules, *sums, *definition.flaws.values()])
    assert settled | flaws <= read, "a choice, a value or a flaw that nothing reads"


@pytest.mark.parametrize("definition", EACH)
def test_a_dimension_hides_no_other_column(definition: Definition):
    for name, dimension in definition.dimensions.items():
        if name in _known(definition) | {*definition.choices, *definition.values, *definition.flaws}:
            assert dimension.meta.eq(pl.col(name)), f"{name} would be read changed by the rules"


@pytest.mark.parametrize("definition", EACH)
def test_only_what_can_be_unsure_says_why(definition: Definition):
    assert bool(definition.unknown_reason) == (definition.unknown is not NEVER)


@pytest.mark.parametrize("definition", EACH)
def test_what_it_needs_are_columns_of_tables(definition: Definition):
    columns = {f"{table}.{column}" for table, schema in TABLES.items() for column in schema.columns()}
    lists = {f"amazon_defects.{metric}" for metric in METRICS}
    for need in definition.needs:
        assert set(need.any_of) <= columns | lists | set(TABLES) | {EVERY_STAR, EVERY_PACKAGE, EVERY_UNIT}
    assert set(definition.leading_split) <= set(definition.dimensions)


@pytest.mark.parametrize("definition", EACH)
def test_module_name_and_notebook_are_one(definition: Definition):
    module = import_module(f"sellerhealth.metrics.{definition.name}")
    assert getattr(module, definition.name) is definition
    assert METRICS[definition.name] is definition
    names = {other.name for other in METRICS.values() if other.notebook == definition.notebook}
    assert names == SHARED.get(definition.notebook, {definition.notebook.partition("_")[2]})
    assert (ROOT / "notebooks" / f"{definition.notebook}.ipynb").is_file()


@pytest.mark.parametrize("metric", UNDER)
def test_a_policy_settles_every_choice_and_value_and_says_by_which_source(metric: Metric):
    terms, choices, values = metric.terms, {"event_date", *metric.definition.choices}, set(metric.definition.values)
    assert set(terms.chosen) == choices
    assert set(terms.values) == values
    assert all(metric.option(choice).meaning for choice in choices)
    single = {name for name in ("target", "weights", "bands", "fewest") if getattr(terms, name)}
    assert set(terms.sources) == {"windows", *choices, *values, *single}
    for source in terms.sources.values():
        assert len(source.text) > 10
        assert date(2020, 1, 1) < source.dated <= date(2026, 12, 31)


@pytest.mark.parametrize("metric", UNDER)
def test_the_numbers_of_a_policy_make_sense(metric: Metric):
    terms, most = metric.terms, metric.definition.unit.most
    assert len(set(terms.windows)) == len(terms.windows)
    assert not terms.is_weekly or all(days % 7 == 0 for days in terms.windows)
    assert terms.target is None or (most and 0 < terms.target.value < most)
    ages, weights = zip(*terms.weights, strict=True) if terms.weights else ((metric.window_days,), (1,))
    assert list(ages) == sorted(set(ages))
    assert ages[-1] == metric.window_days, "a row of the window that weighs nothing"
    assert list(weights) == sorted(set(weights), reverse=True)
    starts = [start for start, _ in terms.bands] or [0]
    assert starts == sorted(set(starts))
    assert starts[0] == 0
    assert most is None or starts[-1] < most


@pytest.mark.parametrize("metric", UNDER)
def test_what_is_not_published_says_why_it_was_chosen(metric: Metric):
    for choice, source in metric.terms.sources.items():
        if "not published" in source.text.lower():
            assert choice in metric.terms.not_established, f"{choice}: a guess needs a `why`"
    assert all(why.endswith(".") for why in metric.terms.not_established.values())


@pytest.mark.parametrize(
    "field", [field.name for field in fields(Definition) if field.type is not pl.Expr and field.name not in OPTIONAL]
)
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
        assert text[-1] in ".?", text
        assert text[0].isupper() or text[0].isdigit(), text
        assert "  " not in text, text
    for text in [*_meanings(definition), *_remarks(definition.example)]:
        assert text == text.strip(), text
        assert not text.endswith("."), text
    for question in [*(choice.question for choice in _choices(definition)), *definition.values.values()]:
        assert question.endswith("?"), question
    for one, many in (definition.defect, definition.unit_counted):
        assert one != many
        assert one == one.strip().lower()


@pytest.mark.parametrize("metric", UNDER)
def test_the_example_gives_what_was_counted_by_hand(metric: Metric):
    example = metric.definition.example
    now = evaluate(metric, example.account(), example.as_of).row(0, named=True)
    assert (now["numerator"], now["denominator"]) == example.expected[metric.policy]
    assert now["channel"] == metric.definition.channels[0]


@pytest.mark.parametrize("definition", EACH)
def test_the_example_is_a_dozen_of_what_is_counted(definition: Definition):
    table = next(iter(definition.example.tables))
    assert table == COUNTED[definition.fact]
    told = definition.example.rows(table).filter(pl.col("remark") != "")
    assert told.height == 12
    letters = told.to_series().to_list()
    assert letters == sorted(letters)
    assert set(letters) <= set("ABCDEFGHIJKL")
    if table == "messages":
        assert set(told["sender"]) == {"BUYER"}
    assert set(definition.example.expected) == set(policies.names())


@pytest.mark.parametrize("definition", EACH)
def test_the_example_stands_on_the_edges_of_a_window(definition: Definition):
    edges = [_edges(policy(name)[definition.name]) for name in policies.names()]
    assert any({"before the first day", "first day"} <= found for found in edges)
    assert any("last day" in found for found in edges)


def _choices(definition: Definition) -> list[Choice]:
    return [definition.event_date, *definition.choices.values()]


def _roots(expressions: Any) -> set[str]:
    return {name for expression in expressions for name in expression.meta.root_names()}


def _sentences(definition: Definition) -> Iterator[str]:
    yield from (definition.counted, definition.out_of, definition.why)
    yield from filter(None, [definition.unknown_reason])
    yield from (*definition.how_to_act, *definition.caveats)
    for need in definition.needs:
        yield from (need.reason, need.remedy)


def _meanings(definition: Definition) -> list[str]:
    return [option.meaning for choice in _choices(definition) for option in choice.options.values()]


def _remarks(example: Example) -> list[str]:
    return example.rows(next(iter(example.tables)))["remark"].to_list()


def _is_dated(choice: Choice) -> bool:
    """Whether every one of its options tells since when it is known."""
    return all(option.known_on is not None for option in choice.options.values())


def _known(definition: Definition) -> set[str]:
    """The columns of the fact it counts."""
    example = definition.example
    return set(facts.FACTS[definition.fact](example.account(), example.as_of).collect_schema().names())


def _edges(metric: Metric) -> set[str]:
    """Which edges of the headline's window a row of the example stands on."""
    example = metric.definition.example
    first, last = window(metric, example.as_of, metric.window_days)
    edges = {"before the first day": first - timedelta(days=1), "first day": first, "last day": last}
    days = rows(metric, example.account(), example.as_of).select("event_on").collect().to_series().to_list()
    return {name for name, day in edges.items() if day in days}
