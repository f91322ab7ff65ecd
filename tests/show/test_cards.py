"""Cards: what a headline, a definition and a cause say, as HTML and as text, with every foreign text escaped."""

import json
from dataclasses import replace

import polars as pl
import pytest

from sellerhealth.measure.compare import compare
from sellerhealth.measure.evaluate import breakdown, evaluate
from sellerhealth.measure.judge import missing
from sellerhealth.metrics import STATES
from sellerhealth.show import card, numbers
from sellerhealth.show.record import MIME, record
from tests.show.figures import (
    ESCAPED,
    EVIL,
    HANDBOOK,
    NAMES,
    NOT_COMPUTABLE,
    NOTHING,
    POLICIES,
    example,
    good_row,
    hostile,
    lacking,
    mean_row,
    metric,
    row,
)
from tests.show.markup import harmless, is_twin, text_of

every_metric = pytest.mark.parametrize("name", NAMES)
STATE = HANDBOOK.states["policy_violations"]
HEADLINES = {
    "late_dispatch_rate": "✕ 37.5 % (3 of 8), 30 days, 2 Mar to 31 Mar 2026.",
    "cancellation_rate": "✕ 25 % (2 of 8), 7 days, 24 Mar to 30 Mar 2026.",
    "contact_response_time": "✕ 44.4 % (4 of 9), 30 days, 2 Mar to 31 Mar 2026.",
    "order_defect_rate": "✕ 66.7 % (6 of 9), shipped by us, 60 days, 31 Jan to 31 Mar 2026.",
    "perfect_order_percentage": "✕ 40 % (4 of 10), 90 days, 1 Jan to 31 Mar 2026.",
    "seller_rating": "✕ at least 22.4 of 100 (10 orders), 365 days, 1 Apr 2025 to 31 Mar 2026.",
    "feedback_rating": "– 55.6 % (5 of 9), 365 days, 1 Apr 2025 to 31 Mar 2026.",
    "customer_service_rating": "– 7.8 of 10 (8 answers), 56 days, 2 Feb to 29 Mar 2026.",
    "average_response_time": "– 24 hours (8 answered messages), 56 days, 2 Feb to 29 Mar 2026.",
    "first_contact_resolution_rate": "– 60 % (6 of 10), 56 days, 2 Feb to 29 Mar 2026.",
    "valid_tracking_rate": "✕ 75 % (6 of 8), 30 days, 20 Feb to 21 Mar 2026.",
    "on_time_delivery_rate": "✕ 72.7 % (8 of 11), 14 days, 11 Mar to 24 Mar 2026.",
}


@every_metric
def test_the_headline_of_the_example(name):
    account, as_of = example(metric(name))
    shown = card.headline(compare(name, POLICIES, account, as_of), metric(name), [], POLICIES)
    assert shown.text.startswith(HEADLINES[name])
    assert HEADLINES[name].split(",")[0].split(" ", 1)[1] in text_of(harmless(shown.html))
    assert str(shown) == repr(shown) == shown.text
    assert shown._repr_mimebundle_() == {"text/html": shown.html, "text/plain": shown.text}


def headline(*rows, needs=()):
    """The headline of these rows, under the policy and the metric of the first."""
    return card.headline(pl.DataFrame(rows), metric(rows[0]["metric"]), list(needs), POLICIES)


SAID = {
    "good": (
        [row()],
        (
            "✓ 3.1 % (12 of 388), 30 days, 2 Mar to 31 Mar 2026. Good: the target is below 4 %. There is room for 3 more "
            "late orders. With 388 orders, the lasting rate may lie anywhere from 1.78 % to 5.3 %."
        ),
    ),
    "bad, and good under another policy": (
        [row(status="BAD", headroom=-1), row(policy="amazon-2026", numerator=3, value=3 / 388)],
        (
            "✕ 3.1 % (12 of 388), 30 days, 2 Mar to 31 Mar 2026. It misses the target: it must be below 4 %. That is "
            "1 late order too many. With 388 orders, the lasting rate may lie anywhere from 1.78 % to 5.3 %. "
            "Amazon 2026: 0.77 % (3 of 388), good."
        ),
    ),
    "nothing counted": (
        [row(**NOTHING)],
        "– nothing counted, 30 days, 2 Mar to 31 Mar 2026. No order fell into the window, so there is no verdict.",
    ),
    "a mean in a band": (
        [mean_row("customer_service_rating", 8.0, 40, window_days=56)],
        (
            "– 8 of 10 (40 answers), 56 days, 2 Mar to 31 Mar 2026. There is no target, so there is no verdict. "
            "The scale calls it good."
        ),
    ),
    "too few": (
        [mean_row("customer_service_rating", 8.0, 2, status="TOO_FEW", window_days=56)],
        "– 8 of 10 (2 answers), 56 days, 2 Mar to 31 Mar 2026. Too few to say: it takes 40 answers, and there were 2.",
    ),
    "a second window says less": (
        [good_row(), good_row(window_days=7)],
        (
            "✓ 95 % (95 of 100), 30 days, 2 Mar to 31 Mar 2026. Good: the target is at least 90 %. There is room for 5 "
            "more late answers. With 100 messages, the lasting rate may lie anywhere from 88.8 % to 97.8 %.\n"
            "✓ 95 % (95 of 100), 7 days, 2 Mar to 31 Mar 2026. Good: the target is at least 90 %. There is room for 5 "
            "more late answers."
        ),
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_headline(case):
    rows, said = SAID[case]
    shown = headline(*rows)
    assert shown.text == said
    assert harmless(shown.html).count('<div class="headline') == said.count("\n") + 1


def test_several_channels_are_named_and_each_is_told_in_full():
    rows = [row(metric="order_defect_rate", channel=channel) for channel in ("MFN", "AFN")]
    first, second = headline(*rows).text.splitlines()
    assert "3.1 % (12 of 388), shipped by us, 30 days" in first
    assert "3.1 % (12 of 388), shipped by Amazon, 30 days" in second
    assert "With 388 orders" in first
    assert "With 388 orders" in second


def test_what_cannot_be_computed_is_said_once_with_its_remedy():
    needs = metric("contact_response_time").definition.needs
    shown = headline(good_row() | NOT_COMPUTABLE, good_row(window_days=7) | NOT_COMPUTABLE, needs=needs)
    assert shown.text.count("not computable") == 1
    assert all(f"{need.reason} {need.remedy}" in shown.text for need in needs)


@every_metric
def test_without_any_input_no_headline_is_good(name):
    account, as_of = example(metric(name))
    blind = replace(account, provided=frozenset())
    shown = card.headline(compare(name, POLICIES, blind, as_of), metric(name), missing(metric(name), blind), POLICIES)
    assert shown.text.startswith("– not computable")
    assert "✓" not in shown.text


@every_metric
def test_a_missing_input_is_told_beside_the_figure(name):
    account, as_of = example(metric(name))
    for need in metric(name).definition.needs:
        absent = {one for part in need.any_of for one in (part, part.split(".")[0])}
        blind = lacking(account, *absent - {*need.about})
        shown = card.headline(
            compare(name, POLICIES, blind, as_of), metric(name), missing(metric(name), blind), POLICIES
        )
        assert f"{need.reason} {need.remedy}" in shown.text
        assert not shown.text.startswith("✓")


def test_missing_inputs_are_escaped_in_the_headline():
    need = replace(metric().definition.needs[0], reason=EVIL)
    assert ESCAPED in harmless(headline(row(), needs=[need]).html)


@every_metric
@pytest.mark.parametrize("terms", POLICIES, ids=lambda terms: terms.name)
def test_definition_meaning_and_actions_are_whole(name, terms):
    for made in (card.meaning, card.definition_card, card.actions):
        shown = made(terms[name])
        harmless(shown.html)
        assert shown.text.strip()
        assert not {"None", "nan", "[]", "{}"} & set(shown.text.split())
        assert "  " not in shown.text


@every_metric
@pytest.mark.parametrize("terms", POLICIES, ids=lambda terms: terms.name)
def test_every_rule_of_a_definition_stands_with_its_source(name, terms):
    told = card.definition_card(terms[name]).text
    for source in terms[name].terms.sources.values():
        assert f"{source.text} ({numbers.day(source.dated)})." in told


@every_metric
def test_the_windows_of_a_definition_read_as_one_list(name):
    found = next(line for line in card.definition_card(metric(name)).text.splitlines() if line.startswith("Window:"))
    windows, *lag = found.split(" [")[0].split(", ending ")
    assert all(numbers.span(days).split(" ")[0] in windows for days in metric(name).terms.windows)
    assert windows.count(" and ") == (len(metric(name).terms.windows) > 1)
    days = metric(name).terms.lag_days
    assert lag == ([f"{numbers.span(days)} before the day looked at"] if days else [])


def test_weights_bands_and_the_least_number_are_told():
    rating = card.definition_card(metric("seller_rating")).text
    assert "4 up to 90 days old, 3 up to 181 days old, 2 up to 272 days old, 1 up to 364 days old" in rating
    assert "fair from 0, good from 84.5, very good from 96.5, excellent from 98.5" in rating
    service = card.definition_card(metric("customer_service_rating")).text
    assert "How many does it take?: 40 answers" in service
    assert "How many does it take?" not in rating


def test_an_own_value_of_the_account_says_so():
    one = metric("contact_response_time")
    own = replace(one, terms=replace(one.terms, overridden=("hours_to_answer", "lag_days", "target")))
    lines = card.definition_card(own).text.splitlines()
    told = [line.split(":")[0] for line in lines if line.endswith("[set by this account in account.toml]")]
    assert told == ["Window", "Target", one.definition.values["hours_to_answer"]]


def test_a_page_of_several_metrics_names_each():
    assert "Customer Service Rating" in card.meaning(metric("customer_service_rating")).html
    assert "Late Dispatch Rate" not in card.meaning(metric()).html
    assert '<p class="name">Seller rating</p>' in headline(mean_row("seller_rating", 95.0, 10)).html
    assert 'class="name"' not in headline(row()).html


def test_meaning_and_actions_of_a_state():
    definition = STATES["policy_violations"]
    told = card.meaning(STATE)
    assert told.text.splitlines()[1] == (
        "Marks: Green check: no notification is unread. Yellow exclamation mark: there is something to read. "
        "Red cross: the account is being looked into."
    )
    assert is_twin(told)
    assert [line.split(". ", 1)[1] for line in card.actions(STATE).text.splitlines()] == list(definition.how_to_act)


def test_causes_escape_and_say_when_there_is_none():
    account, as_of = example(metric())
    split = breakdown(metric(), account, as_of, "weekday")
    shown = card.causes(hostile(split), metric(), "weekday")
    assert ESCAPED in harmless(shown.html)
    assert EVIL in shown.text
    assert card.causes(split.clear(), metric(), "weekday").text == "No late order is known in the window."


def test_what_is_sure_leads_though_more_is_unsure():
    told = [("A", 5, 5), ("B", 4, 2), ("C", 1, 0), ("D", 2, 0), ("E", 1, 1)]
    split = pl.DataFrame(
        [row(sku=sku, defects=some, unknown=unsure, counted=9, defect_share=0.1) for sku, some, unsure in told]
    )
    assert card.causes(split, metric(), "sku", most=5).text.splitlines() == [
        "B: 4 late orders of 9, 10 % of all late orders; 2 are unsure.",
        "D: 2 late orders of 9, 10 % of all late orders.",
        "C: 1 late order of 9, 10 % of all late orders.",
        "A: 5 late orders of 9, 10 % of all late orders; all are unsure.",
        "E: 1 late order of 9, 10 % of all late orders; it is unsure.",
    ]


def test_the_three_leading_causes_are_told():
    split = pl.DataFrame(
        [
            row(sku=name, defects=defects, defect_share=0.25)
            for name, defects in zip("ABCDE", (5, 4, 3, 2, 0), strict=True)
        ]
    )
    assert [line.split(":")[0] for line in card.causes(split, metric(), "sku").text.splitlines()] == ["A", "B", "C"]
    assert is_twin(card.causes(split, metric(), "sku"))


def test_paragraphs_leave_empty_lines_out():
    shown = card.paragraphs(["One.", "", EVIL])
    assert shown.html == f"<p>One.</p><p>{ESCAPED}\u2028</p>"
    assert shown.text == f"One.\n{EVIL}"
    assert (card.paragraphs([]).html, card.paragraphs([]).text) == ("", "")


@pytest.mark.parametrize(
    ("rejected", "said"),
    [(0, ""), (1, " 1 row was rejected; see Files below."), (1200, " 1,200 rows were rejected; see Files below.")],
)
def test_files_read(rejected, said):
    account, _ = example(metric())
    lost = pl.DataFrame({name: [None] * rejected for name in account.rejects.columns}, schema=account.rejects.schema)
    shown = card.files_read(replace(account, rejects=lost))
    assert shown.text == f"0 files, 0 rows read: 0 used, 0 duplicate, 0 superseded, 0 rejected.{said}"
    assert is_twin(shown)


def test_files_read_says_where_the_rejected_rows_are_listed_and_what_else_is_to_be_said():
    account, _ = example(metric())
    lost = account.rejects.clear(n=1)
    shown = card.files_read(replace(account, rejects=lost, rejects_in="shop/rejects", remarks=("Mind this.",)))
    assert shown.text.endswith(" 0 rejected. 1 row was rejected; listed in shop/rejects. Mind this.")


def test_files_read_names_the_strangers():
    account, _ = example(metric())
    assert (
        "1 row of claims is of an order in no file" in card.files_read(replace(account, strangers={"claims": 1})).text
    )


def test_a_record_is_json_with_its_context():
    account, as_of = example(metric())
    bundle = record(evaluate(metric(), account, as_of), account="shop")._repr_mimebundle_()
    told = bundle[MIME]
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["account"] == "shop"
    assert told["results"][0]["window_end"] == as_of.isoformat()
    assert bundle["text/plain"] == "recorded: 2 figures"


@pytest.mark.parametrize(("rows", "said"), [(0, "recorded: 0 figures"), (1, "recorded: 1 figure")])
def test_a_record_of_little(rows, said):
    account, as_of = example(metric())
    told = record(evaluate(metric(), account, as_of).head(rows), account="shop")._repr_mimebundle_()
    assert len(told[MIME]["results"]) == rows
    assert told["text/plain"] == said
