"""What would help, in a table and in words: every change, right in the singular, with what it assumes."""

import polars as pl
import pytest

from sellerhealth.measure.outlook.scenarios import Kind, scenarios
from sellerhealth.measure.outlook.what_if import EVERY, Change, what_if
from sellerhealth.show.card import Card
from sellerhealth.show.what_if import MENDED, assumes, now_and_then, what, what_helps
from tests.show.figures import EVIL, NAMES, example, metric, row, without_target
from tests.show.markup import harmless, text_of

ODR = metric("order_defect_rate")


def change(kind, subject=None, changed=7, dimension=None, *, stands_out=None):
    return {"kind": kind, "dimension": dimension, "subject": subject, "changed": changed, "stands_out": stands_out}


READS = {
    "many orders": (change("CLEAN_ORDERS", changed=1200), "1,200 more orders came, none of them a defective order"),
    "one order": (change("CLEAN_ORDERS", changed=1), "1 more order came, not a defective order"),
    "undecided": (change("UNDECIDED_DENIED", "claim"), "the undecided claims on 7 orders are denied"),
    "claims": (change("CURED", "claim"), "the claims on 7 orders are all denied"),
    "feedback": (change("CURED", "negative_feedback", 1), "negative feedback of 1 order is removed"),
    "late": (change("CURED", "late_shipment"), "7 orders had been confirmed in time"),
    "a flaw without words": (change("CURED", "wrong_colour"), "7 orders were without wrong colour"),
    "carrier": (
        change("REPLACED", "OnTrac", 40, "carrier", stands_out=True),
        "the 40 orders of OnTrac had gone as the others did",
    ),
    "topic": (change("REPLACED", "RETURN", 1, "topic"), "the 1 order of Return had gone as the others did"),
    "product": (change("STOPPED", "LAMP", 12, "product", stands_out=True), "LAMP had not been sold (12 orders)"),
}


@pytest.mark.parametrize("case", READS)
def test_a_change_as_it_reads(case):
    told, said = READS[case]
    assert what(told, ODR) == said


def test_every_flaw_has_words():
    flaws = {flaw for name in NAMES for flaw in metric(name).definition.flaws}
    assert flaws == set(MENDED)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_change_says_what_it_takes_for_granted(kind):
    said = assumes(change(kind, "claim", stands_out=True))
    assert said.endswith(".")
    assert "luck" not in said


def test_a_value_that_does_not_stand_out_may_have_been_luck():
    for kind in ("REPLACED", "STOPPED"):
        assert "it may have been luck" in assumes(change(kind, "LAMP", dimension="product", stands_out=False))


def found(*changes, **more):
    """Scenarios of a rate that is met by each of these changes."""
    counts = {"metric": ODR.name, "window_days": 60, "numerator": 3, "denominator": 713, "value": 3 / 713}
    return pl.DataFrame([{**row(**counts), **one, "gain": 0.01, **more} for one in changes], infer_schema_length=None)


def test_the_table_of_what_helps():
    shown = what_helps(found(change("CURED", "claim"), change("CLEAN_ORDERS", changed=188)), ODR)
    assert shown._tbl_data.rows() == [
        ("The claims on 7 orders are all denied", "✓ 0.42 % (3\u00a0of\u00a0713)", "Every appeal is won."),
        (
            "188 more orders came, none of them a defective order",
            "✓ 0.42 % (3\u00a0of\u00a0713)",
            "They fall into the same window, on top of the usual.",
        ),
    ]
    read = text_of(shown.as_raw_html())
    assert "in the window of 60 days, 2 Mar to 31 Mar 2026; the best first. ✓ is below 1 %, ✕ is not." in read


def test_the_best_of_each_channel_are_shown():
    many = [change("CLEAN_ORDERS", changed=number) for number in range(2, 11)]
    both = pl.concat([found(*many), found(*many, channel="AFN")])
    rows = what_helps(both, ODR)._tbl_data.rows()
    assert [line[0].split(":")[0] for line in rows] == ["Shipped by us"] * 6 + ["Shipped by Amazon"] * 6
    assert rows[0][0] == "Shipped by us: 2 more orders came, none of them a defective order"
    assert len(what_helps(found(*many), ODR)._tbl_data) == 6


def test_without_a_target_there_is_nothing_to_mark():
    read = text_of(what_helps(found(change("CURED", "claim"), status="NONE"), without_target(ODR)).as_raw_html())
    assert "✓" not in read
    assert "–" in read


def test_an_evil_product_does_nothing():
    shown = what_helps(found(change("STOPPED", EVIL, 2, "product", stands_out=True)), ODR)
    assert "<script>" not in harmless(shown.as_raw_html())


def test_where_nothing_helps_a_sentence_says_so():
    card = what_helps(found(change("CURED", "claim")).clear(), ODR)
    assert isinstance(card, Card)
    assert card.text == "As far as these files tell, no change of this window would make the figure better."


@pytest.mark.parametrize("name", NAMES)
def test_every_metric_on_its_example(name):
    one = metric(name)
    shown = what_helps(scenarios(one, *example(one)), one)
    read = text_of(harmless(shown.html if isinstance(shown, Card) else shown.as_raw_html()))
    assert "None" not in read.replace("None of", "")


def test_now_and_then():
    account, as_of = example(ODR)
    told = now_and_then(what_if(ODR, account, as_of, Change(clean_orders=600, cured={"claim": EVERY})), ODR)
    assert told.text.split("\n") == [
        "Shipped by us: now 66.7 % (6 of 9), then 0.82 % (5 of 609): good. There is room for 1 more defective order.",
        "Shipped by Amazon: now 100 % (1 of 1), then 0.17 % (1 of 601): good. There is room for 5 more defective orders.",
    ]


def test_now_and_then_of_one_channel():
    one = metric("contact_response_time")
    account, as_of = example(one)
    said = now_and_then(what_if(one, account, as_of, Change(clean_orders=100)), one).text
    assert said.startswith("Now ")
    assert said.count(", then ") == 1
