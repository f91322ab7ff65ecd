"""The evidence pack as it reads: three headings, facts with their counts and links, gaps marked, text to copy."""

from datetime import date

import polars as pl
import pytest

from sellerhealth.measure.evidence import EVIDENCE, Heading, Line
from sellerhealth.report.pages.blocks import clean
from sellerhealth.show.evidence import TABLES, evidence_card, evidence_tables, sentence
from sellerhealth.show.folded import MOST_ROWS, folded
from tests.report.markup import Page

SPAN = {"first_on": date(2026, 3, 2), "last_on": date(2026, 3, 31)}
BEFORE = {"count_before": 1, "out_of_before": 50}


def line(kind, count=3, out_of=40, name="late_dispatch_rate", **more):
    empty = dict.fromkeys(EVIDENCE)
    return {**empty, "metric": name, "line": kind, "count": count, "out_of": out_of, **more}


SENTENCES = {
    "In the window, 2 Mar to 31 Mar 2026: 3 late orders of 40 orders (7.5 %).": line(Line.FIGURE, **SPAN),
    "A-to-z claim: 2 of 3 defective orders.": line(
        Line.KIND, 2, 3, "order_defect_rate", dimensions=["defect_kind"], values=["A-to-z claim"]
    ),
    "OnTrac, Monday: 1 late order of 2 orders (50 %).": line(
        Line.SPLIT, 1, 2, dimensions=["carrier", "weekday"], values=["OnTrac", "Monday"]
    ),
    "Of 1 cancelled order, 2 Mar to 31 Mar 2026: the shelf was short for 1.": line(
        Line.OVERSOLD, 1, 1, "cancellation_rate", **SPAN
    ),
    "Of 2 cancelled orders, 2 Mar to 31 Mar 2026: the shelf was short for none.": line(
        Line.OVERSOLD, 0, 2, "cancellation_rate", **SPAN
    ),
    "Of 2 overdue orders without confirmation: 1 had left the house, posted but never confirmed.": line(
        Line.POSTED, 1, 2
    ),
    "The worst time, 2 Mar to 31 Mar 2026: 3 late orders of 40 orders (7.5 %). "
    "In as many days before: 1 late order of 50 orders (2 %).": line(Line.STREAK, **SPAN, **BEFORE),
    "1 order is overdue and not confirmed.": line(Line.WAITING, 1, None),
    "2 orders are overdue and not confirmed.": line(Line.WAITING, 2, None),
    "No order is overdue and not confirmed.": line(Line.WAITING, 0, None),
    "Of 1 defective order: the claim is still open on 1.": line(Line.UNDECIDED, 1, 1, "order_defect_rate"),
    "Of 2 defective orders: your files tell of money back for none.": line(Line.REFUNDED, 0, 2, "order_defect_rate"),
    "The last 28 days, 2 Mar to 31 Mar 2026: 3 late orders of 40 orders (7.5 %).": line(Line.LATELY, **SPAN),
    "The last 28 days, 2 Mar to 31 Mar 2026: no order. On the newest orders more may still come.": line(
        Line.LATELY, 0, 0, "order_defect_rate", **SPAN
    ),
    "OnTrac, in the last 28 days: 3 late orders of 40 orders (7.5 %). In as many days before: no order.": line(
        Line.SPLIT_LATELY,
        dimensions=["carrier"],
        values=["OnTrac"],
        count_before=0,
        out_of_before=0,
        **SPAN,
    ),
    "Since the last late order, of 2 Mar 2026: 1 order without another.": line(Line.SINCE_LAST, 0, 1, **SPAN),
}


@pytest.mark.parametrize("expected", SENTENCES)
def test_each_line_reads_well(expected):
    assert sentence(SENTENCES[expected]) == expected


@pytest.mark.parametrize("gap", [Line.WHY, Line.DONE, Line.CHANGED])
def test_a_gap_is_the_sellers_to_write(gap):
    told = sentence(line(gap, None, None, is_gap=True))
    assert told.startswith("Yours to write: ")
    assert told.endswith(".")


def pack(status="BAD", name="late_dispatch_rate", value="OnTrac"):
    about = {"account": "a", "channel": "MFN", "status": status, "is_gap": False}
    gap = {"is_gap": True, "count": None, "out_of": None}
    split = {"dimensions": ["carrier"], "values": [value], "rows": "split"}
    told = [
        {**line(Line.FIGURE, name=name, rows="orders", **SPAN), **about, "heading": Heading.ROOT_CAUSE},
        {**line(Line.SPLIT, name=name, **split), **about, "heading": Heading.ROOT_CAUSE},
        {**line(Line.WHY, name=name), **about, **gap, "heading": Heading.ROOT_CAUSE},
        {**line(Line.DONE, name=name), **about, **gap, "heading": Heading.CORRECTIVE_ACTION},
        {**line(Line.CHANGED, name=name), **about, **gap, "heading": Heading.PREVENTION},
    ]
    return pl.DataFrame(told, schema=EVIDENCE)


def now(name="late_dispatch_rate", basis="EXACT"):
    return pl.DataFrame({"metric": [name], "basis": [basis]})


ROWS = {
    "orders": pl.DataFrame({"account": "a", "order_id": ["1", "2"], "channel": "MFN", "carrier": "OnTrac"}),
    "split": pl.DataFrame({"account": "a", "channel": ["MFN"], "carrier": "OnTrac", "defects": 3, "counted": 40}),
    "weeks": pl.DataFrame({"account": "a", "channel": ["MFN"], "counted": 1, "defects": 0}),
}


def test_the_pack_as_text_to_copy():
    assert evidence_card(pack(), now()).text.splitlines() == [
        "Facts for a plan of action: Late Dispatch Rate",
        "Root cause",
        "- In the window, 2 Mar to 31 Mar 2026: 3 late orders of 40 orders (7.5 %).",
        "- OnTrac: 3 late orders of 40 orders (7.5 %).",
        "- Yours to write: why it happened: one answer for each cause above. Amazon sends plans back that lack detail.",
        "What you have done about it",
        "- Yours to write: what you have already done, for these buyers and against each cause, and on which day.",
        "What keeps it from happening again",
        "- Yours to write: what you changed so that it cannot happen again, since when, and who checks it.",
    ]


def test_every_link_of_the_pack_leads_to_a_table_on_the_page_that_the_page_keeps():
    tables = evidence_tables(pack(), ROWS)
    page = clean("".join(card.html for card in [evidence_card(pack(), now()), *tables]))
    links = {link.attributes["href"].removeprefix("#") for link in Page(page).all("a")}
    places = {place.attributes["id"] for place in Page(page).all("div") if "id" in place.attributes}
    assert links == places == {"rows-orders", "rows-split"}


def test_only_the_tables_that_lines_lead_to_are_shown():
    assert [card.text.splitlines()[0] for card in evidence_tables(pack(), ROWS)] == [
        "The orders (2)",
        "Where they are (1)",
    ]


def test_rows_of_another_channel_are_left_out():
    rows = {**ROWS, "orders": ROWS["orders"].with_columns(channel=pl.Series(["MFN", "AFN"]))}
    assert evidence_tables(pack(), rows)[0].text.splitlines()[1:] == ["Order\tCarrier", "1\tOnTrac"]


NONE = {
    "a metric without a plan": (
        "seller_rating",
        "EXACT",
        False,
        "Amazon asks for no plan of action for the Seller rating.",
    ),
    "nothing wrong": (
        "late_dispatch_rate",
        "EXACT",
        False,
        "No late order is known in the window, so Amazon has no reason to ask for a plan of action.",
    ),
    "the target met": (
        "late_dispatch_rate",
        "EXACT",
        True,
        "The target is met, so Amazon has no reason to ask for a plan of action.",
    ),
    "not computable": (
        "valid_tracking_rate",
        "NOT_COMPUTABLE",
        False,
        "It cannot be computed from these files, so they hold no facts for a plan of action.",
    ),
}


@pytest.mark.parametrize("case", NONE)
def test_where_there_is_no_plan_to_write_it_says_why(case):
    name, basis, found, expected = NONE[case]
    told = pack("GOOD") if found else pack().clear()
    assert evidence_card(told, now(name, basis)).text == expected
    assert evidence_tables(told, ROWS) == []


def test_what_a_file_says_is_only_text():
    html = evidence_card(pack(value="<b>x</b>"), now()).html
    assert "<b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<b>" not in folded(pl.DataFrame({"<b>": ["<b>"]}), "<b>", "orders").html


def test_a_long_table_is_cut_and_says_so():
    card = folded(pl.DataFrame({"Order": [str(number) for number in range(MOST_ROWS + 5)]}), "The orders", "orders")
    assert card.text.splitlines()[0] == f"The orders ({MOST_ROWS + 5}, the first {MOST_ROWS} are shown)"
    assert len(card.text.splitlines()) == MOST_ROWS + 2


def test_cells_are_told_as_everywhere():
    frame = pl.DataFrame({"a": [date(2026, 3, 9)], "b": [None], "c": [1234], "d": [2.25], "e": ["x"]})
    assert folded(frame, "t", "orders").text.splitlines()[2] == "9 Mar 2026\t–\t1,234\t2.3\tx"


def test_every_table_has_a_name_that_a_link_can_lead_to():
    for name in TABLES:
        page = clean(f'<a href="#rows-{name}">t</a><div id="rows-{name}">t</div>')
        assert page == f'<a href="#rows-{name}">t</a><div id="rows-{name}">t</div>'
