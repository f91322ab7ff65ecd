"""What stands behind a figure, in words: values, causes, the days they leave, files and strangers."""

from datetime import date

import polars as pl
import pytest

from sellerhealth.definition.account import LEDGER_SCHEMA, REJECTS_SCHEMA
from sellerhealth.show import words
from tests.show.figures import NAMES, metric


@pytest.mark.parametrize(
    ("text", "dimension", "said"),
    [
        ("00", "hour", "00:00 to 01:00"),
        ("09", "hour", "09:00 to 10:00"),
        ("23", "hour", "23:00 to 24:00"),
        ("Not known", "hour", "Not known"),
        ("RETURN", "topic", "Return"),
        ("LISTING_POLICY", "topic", "Listing policy"),
        ("HOME", "category", "HOME"),
        ("TV_AND_AUDIO", "category", "TV_AND_AUDIO"),
        ("Home", "category", "Home"),
        ("MFN", "shipped_by", "Shipped by us"),
        ("AFN", "shipped_by", "Shipped by Amazon"),
        ("Not known", "shipped_by", "Not known"),
        ("1", "stars", "1 star"),
        ("5", "stars", "5 stars"),
        ("0", "score_given", "0 points"),
        ("1", "score_given", "1 point"),
        ("10", "score_given", "10 points"),
        ("OnTrac", "carrier", "OnTrac"),
        ("MUG", "sku", "MUG"),
        ("Monday", "weekday", "Monday"),
    ],
)
def test_value(text, dimension, said):
    assert words.value(text, dimension) == said


LATE_BY_CARRIER = {"carrier": "OnTrac", "defects": 18, "counted": 40, "defect_share": 0.6}
CAUSES = {
    "many": ("late_dispatch_rate", LATE_BY_CARRIER, "OnTrac: 18 late orders of 40, 60 % of all late orders."),
    "one": (
        "late_dispatch_rate",
        LATE_BY_CARRIER | {"defects": 1, "defect_share": 1 / 30},
        "OnTrac: 1 late order of 40, 3.3 % of all late orders.",
    ),
    "none": (
        "late_dispatch_rate",
        LATE_BY_CARRIER | {"defects": 0, "defect_share": None},
        "OnTrac: 0 late orders of 40.",
    ),
    "thousands": (
        "late_dispatch_rate",
        LATE_BY_CARRIER | {"defects": 1800, "counted": 4000},
        "OnTrac: 1,800 late orders of 4,000, 60 % of all late orders.",
    ),
    "a channel of several": (
        "order_defect_rate",
        {"sku": "MUG", "defects": 1, "counted": 4, "defect_share": 0.5, "channel": "AFN"},
        "MUG: 1 defective order of 4 shipped by Amazon, 50 % of all defective orders shipped by Amazon.",
    ),
    "a kind that only defects have": (
        "order_defect_rate",
        {"defect_kind": "A-to-z claim", "defects": 2, "counted": 2, "defect_share": 0.5, "channel": "MFN"},
        "A-to-z claim: 2 defective orders shipped by us, 50 % of all defective orders shipped by us.",
    ),
    "a flaw": (
        "perfect_order_percentage",
        {"flaw": "Refund", "defects": 1, "counted": 1, "defect_share": 0.25},
        "Refund: 1 flawed order, 25 % of all flawed orders.",
    ),
    "an hour": (
        "contact_response_time",
        {"hour": "07", "defects": 2, "counted": 3, "defect_share": 1.0},
        "07:00 to 08:00: 2 late answers of 3, 100 % of all late answers.",
    ),
    "two": (
        "contact_response_time",
        {"topic": "RETURN", "weekday": "Saturday", "defects": 2, "counted": 3, "defect_share": 0.5},
        "Return, Saturday: 2 late answers of 3, 50 % of all late answers.",
    ),
}


@pytest.mark.parametrize("case", CAUSES)
def test_cause(case):
    name, told, said = CAUSES[case]
    by = [dimension for dimension in told if dimension in words.DIMENSION]
    assert words.cause(told, metric(name), by) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "No late order is known in the window."),
        ([5], "1 late order leaves the window on 5 Apr 2026."),
        ([5, 5], "2 late orders leave the window on 5 Apr 2026."),
        ([9, 5], "1 late order leaves the window on 5 Apr 2026, the last on 9 Apr 2026."),
        ([9, 5, 5], "2 late orders leave the window on 5 Apr 2026, the last on 9 Apr 2026."),
    ],
)
def test_leaving(days, said):
    frame = pl.DataFrame({"leaves_on": [date(2026, 4, day) for day in days]}, schema={"leaves_on": pl.Date})
    assert words.leaving(frame, metric()) == said


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ([], "0 files, 0 rows read: 0 used, 0 duplicate, 0 superseded, 0 rejected."),
        ([1], "1 file, 1 row read: 1 used, 0 duplicate, 0 superseded, 0 rejected."),
        ([1000, 2], "2 files, 1,002 rows read: 1,002 used, 0 duplicate, 0 superseded, 0 rejected."),
    ],
)
def test_ledger(read, said):
    rows = [{"file": "", "read": one, "used": one, "duplicate": 0, "superseded": 0, "rejected": 0} for one in read]
    assert words.ledger(pl.DataFrame(rows, schema=LEDGER_SCHEMA)) == said


def test_long_lists_of_reasons_are_cut_with_a_count_of_the_rest():
    told = [("a", row, f"c{row}", "is empty") for row in range(2, 9)]
    said = words.rejected(pl.DataFrame(told, schema=REJECTS_SCHEMA, orient="row"))
    assert said[0] == "1 row: c2 is empty. It is row 2."
    assert said[5:] == ["2 rows: 2 other reasons."]
    assert words.rejected(pl.DataFrame(told[:6], schema=REJECTS_SCHEMA, orient="row"))[5] == "1 row: 1 other reason."
    assert words.rejected(pl.DataFrame(schema=REJECTS_SCHEMA)) == []


def test_strangers():
    one = "1 row of feedback is of an order in no file and counts for no order: add the All Orders report of its time."
    more = (
        "2 rows of order items are of orders in no file and count for no order: "
        "add the All Orders report of their time."
    )
    assert words.strangers({"feedback": 1, "order_items": 2}) == [one, more]
    assert words.strangers({}) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_dimension_has_a_name(name):
    assert set(metric(name).definition.dimensions) <= set(words.DIMENSION)
