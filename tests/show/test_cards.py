"""Cards and tables: as HTML and as text, with every foreign text escaped, and with nothing to show."""

from html.parser import HTMLParser

import polars as pl
import pytest

from sellerhealth.measure.compare import compare, overview
from sellerhealth.measure.defects import defects, exclusions
from sellerhealth.measure.evaluate import breakdown, evaluate, trend
from sellerhealth.show import card, table
from sellerhealth.show import overview as home
from sellerhealth.show.record import MIME, record
from tests.show.figures import ESCAPED, EVIL, HANDBOOK, NAMES, POLICIES, example, hostile, metric

every_metric = pytest.mark.parametrize("name", NAMES)


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]


def harmless(html):
    assert Tags(html).found & {"script", "img", "iframe"} == set()
    return html


@every_metric
def test_headline(name):
    one = metric(name)
    account, as_of = example(one)
    shown = card.headline(compare(name, POLICIES, account, as_of), one, [], POLICIES)
    numerator, denominator = one.definition.example.expected["handbook"]
    assert f"({numerator} of {denominator})" in shown.text
    assert f"({numerator} of {denominator})" in shown.html
    assert str(shown) == shown.text
    assert set(shown._repr_mimebundle_()) == {"text/html", "text/plain"}


@every_metric
@pytest.mark.parametrize("terms", POLICIES, ids=lambda terms: terms.name)
def test_definition_meaning_and_actions_are_whole(name, terms):
    for made in (card.meaning, card.definition_card, card.actions):
        shown = made(terms[name])
        harmless(shown.html)
        assert "None" not in shown.text
        assert shown.text.strip()


def test_causes_escape_and_say_when_there_is_none():
    account, as_of = example(metric())
    split = breakdown(metric(), account, as_of, "weekday")
    shown = card.causes(hostile(split), metric(), "weekday")
    assert ESCAPED in harmless(shown.html)
    assert EVIL in shown.text
    assert card.causes(split.clear(), metric(), "weekday").text == "No late order is known in the window."


def test_missing_inputs_are_escaped_in_the_headline():
    from dataclasses import replace

    account, as_of = example(metric())
    need = replace(metric().definition.needs[0], reason=EVIL)
    shown = card.headline(compare(metric().name, POLICIES, account, as_of), metric(), [need], POLICIES)
    assert ESCAPED in harmless(shown.html)


def tiled(**changes):
    account, as_of = example(metric("order_defect_rate"))
    now = overview(HANDBOOK, account, as_of)
    trends = pl.concat([trend(one, account, as_of) for one in HANDBOOK])
    each = pl.concat([compare(one.name, POLICIES, account, as_of) for one in HANDBOOK])
    parts = {"results": now, "trends": trends, "each": each, **changes}
    return now, home.tiles(parts["results"], parts["trends"], parts["each"], POLICIES)


def test_tiles_lead_to_the_pages_of_their_metrics():
    now, shown = tiled()
    assert harmless(shown.html).count("<section") == now.height
    assert all(f'href="{one.definition.notebook}.html"' in shown.html for one in HANDBOOK)


def test_tiles_of_nothing():
    _, shown = tiled(results=tiled()[0].clear())
    assert (shown.html, shown.text) == ('<div class="tiles"></div>', "")


def test_tiles_without_a_trend_have_no_line():
    _, shown = tiled(trends=trend(metric(), *example(metric())).clear())
    assert "<svg" not in shown.html


def test_look_first_escapes_and_says_when_all_is_well():
    account, as_of = example(metric())
    now = evaluate(metric(), account, as_of)
    split = {metric().name: hostile(breakdown(metric(), account, as_of, "weekday"))}
    assert ESCAPED in harmless(home.look_first(now, split, HANDBOOK, account).html)
    calm = home.look_first(now.clear(), split, HANDBOOK, account)
    assert calm.text == "Nothing is known against the account in any window."


def tables(one, account, as_of):
    """Every table of a metric, on what it is made of."""
    return {
        "defects": (table.defects_table, defects(one, account, as_of), [one]),
        "exclusions": (table.exclusions_table, exclusions(one, account, as_of), []),
        "policies": (table.policies_table, compare(one.name, POLICIES, account, as_of), [POLICIES]),
    }


@every_metric
@pytest.mark.parametrize("kind", ["defects", "exclusions", "policies"])
def test_tables(name, kind):
    make, frame, rest = tables(metric(name), *example(metric(name)))[kind]
    assert frame.height
    assert "<td" in harmless(make(frame, *rest).as_raw_html())


@every_metric
@pytest.mark.parametrize("kind", ["defects", "exclusions", "policies"])
def test_tables_of_nothing(name, kind):
    make, frame, rest = tables(metric(name), *example(metric(name)))[kind]
    assert "<table" in harmless(make(frame.clear(), *rest).as_raw_html())


@pytest.mark.parametrize("kind", ["defects"])
def test_tables_escape(kind):
    make, frame, rest = tables(metric(), *example(metric()))[kind]
    html = harmless(make(hostile(frame), *rest).as_raw_html())
    assert ESCAPED.replace("&quot;", '"') in html.replace("&quot;", '"')


def test_ledger_and_rejects_of_an_account_without_files():
    account, _ = example(metric())
    assert "<table" in table.ledger_table(account).as_raw_html()
    assert "<table" in table.rejects_table(account).as_raw_html()
    assert card.files_read(account).text.startswith("0 files, 0 rows read")


@every_metric
def test_the_example_shows_every_row_with_its_remark(name):
    definition = metric(name).definition
    for part in definition.example.tables:
        assert (
            table.example_table(metric(name), part).as_raw_html().count("<tr>") >= definition.example.rows(part).height
        )


def test_a_record_is_json_with_its_context():
    import json

    account, as_of = example(metric())
    bundle = record(evaluate(metric(), account, as_of), account="shop")._repr_mimebundle_()
    told = bundle[MIME]
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["account"] == "shop"
    assert told["results"][0]["window_end"] == as_of.isoformat()
    assert bundle["text/plain"] == "recorded: 2 figures"


def test_a_record_of_nothing():
    account, as_of = example(metric())
    told = record(evaluate(metric(), account, as_of).clear(), account="shop")._repr_mimebundle_()
    assert told[MIME]["results"] == []
    assert told["text/plain"] == "recorded: 0 figures"
