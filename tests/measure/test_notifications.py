"""Notifications at their edges: which weigh, what they cost, and what stands by category."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from sellerhealth.definition.columns import COUNTERS, SEVERITIES, VIOLATIONS
from sellerhealth.measure.notifications import by_category, lacking, notifications
from sellerhealth.metrics import STATES
from tests.measure.notices import AMAZON, AS_OF, HANDBOOK, account, one

SCHEMA = {
    "notification_id": pl.String,
    "notified_on": pl.Date,
    "category": pl.String,
    "severity": pl.String,
    "asin": pl.String,
    "standing": pl.String,
    "age_days": pl.Int64,
    "leaves_on": pl.Date,
    "points": pl.Int64,
}


WEIGHS = {
    # Days ago, how it stands, when it was resolved: how it stands on the day looked at, or None.
    "of the day": (0, "UNREAD", None, "UNREAD"),
    "of tomorrow": (-1, "UNREAD", None, None),
    "under review tomorrow": (-1, "UNDER_REVIEW", None, None),
    "179 days old": (179, "READ", None, "READ"),
    "180 days old": (180, "UNREAD", None, None),
    "180 days old and under review": (180, "UNDER_REVIEW", None, None),
    "under review": (5, "UNDER_REVIEW", None, "UNDER_REVIEW"),
    "resolved the day before": (5, "RESOLVED", 1, None),
    "resolved on the day": (5, "RESOLVED", 0, None),
    "resolved the day after": (5, "RESOLVED", -1, "READ"),
    "resolved nobody knows when": (5, "RESOLVED", None, None),
    "told before it was resolved": (5, "UNREAD", 1, None),
    "told before it was resolved, on the day": (5, "UNDER_REVIEW", 0, None),
    "unread, and resolved the day after": (5, "UNREAD", -1, "UNREAD"),
}


@pytest.mark.parametrize("case", WEIGHS)
def test_which_weigh(case):
    ago, state, resolved, expected = WEIGHS[case]
    gone = "" if resolved is None else f"{AS_OF - timedelta(days=resolved)}"
    row = one(day=f"{AS_OF - timedelta(days=ago)}", state=state, resolved=gone)
    found = notifications(HANDBOOK, account([row]), AS_OF)
    leaves = AS_OF + timedelta(days=180 - ago)
    assert found.select("standing", "age_days", "leaves_on").rows() == ([(expected, ago, leaves)] if expected else [])


NOTED = {
    # Its notes, each with its state, the day it was noted and the day of resolution: how it stands on 31 March.
    "one of the day": ([("READ", "03-31", "")], "READ"),
    "one of tomorrow": ([("READ", "04-01", "")], "UNREAD"),
    "all of later days": ([("READ", "04-01", ""), ("UNDER_REVIEW", "04-03", "")], "UNREAD"),
    "the later one is not known": ([("READ", "03-21", ""), ("UNDER_REVIEW", "04-01", "")], "READ"),
    "the later one is": ([("READ", "03-21", ""), ("UNDER_REVIEW", "03-31", "")], "UNDER_REVIEW"),
    "the later one takes it back": ([("UNDER_REVIEW", "03-22", ""), ("UNREAD", "03-25", "")], "UNREAD"),
    "resolved, noted on the day": ([("RESOLVED", "03-31", "")], None),
    "resolved, noted tomorrow": ([("RESOLVED", "04-01", "")], "UNREAD"),
    "read, then resolved, noted tomorrow": ([("READ", "03-21", ""), ("RESOLVED", "04-01", "")], "READ"),
    "resolved on the day, noted later": ([("UNREAD", "03-21", ""), ("RESOLVED", "04-05", "03-31")], None),
    "resolved tomorrow, noted later": ([("UNREAD", "03-21", ""), ("RESOLVED", "04-05", "04-01")], "UNREAD"),
    "resolved tomorrow, as noted before": ([("RESOLVED", "03-30", "04-01")], "READ"),
    "resolved, then open again": ([("RESOLVED", "03-25", "03-25"), ("UNDER_REVIEW", "03-28", "")], "UNDER_REVIEW"),
    "a later note knows that it was resolved before": (
        [("UNDER_REVIEW", "03-28", ""), ("RESOLVED", "04-05", "03-25")],
        None,
    ),
    "without a day": ([("READ", "", "")], "READ"),
    "without a day, and one of tomorrow": ([("READ", "", ""), ("UNDER_REVIEW", "04-01", "")], "READ"),
    "without a day, and one with": ([("UNDER_REVIEW", "", ""), ("READ", "03-21", "")], "READ"),
    "without a day, but resolved on one": ([("RESOLVED", "", "03-25"), ("READ", "03-21", "")], None),
    "without a day, resolved tomorrow": ([("RESOLVED", "", "04-01"), ("UNDER_REVIEW", "03-21", "")], "UNDER_REVIEW"),
    "two of one day": ([("UNDER_REVIEW", "03-21", ""), ("UNREAD", "03-21", "")], "UNDER_REVIEW"),
}


@pytest.mark.parametrize("case", NOTED)
@pytest.mark.parametrize("turned", [1, -1], ids=["as noted", "turned round"])
def test_how_it_stood_by_its_notes(case, turned):
    notes, expected = NOTED[case]
    days = [(state, *(day and f"2026-{day}" for day in told)) for state, *told in notes]
    rows = [one(state=state, noted=noted, resolved=resolved) for state, noted, resolved in days]
    found = notifications(HANDBOOK, account(rows[::turned]), AS_OF)
    assert found["standing"].to_list() == ([expected] if expected else [])


def test_it_stands_on_each_day_as_it_stood_then():
    told = account([one(state="READ", noted="2026-03-22"), one(state="RESOLVED", noted="2026-03-25")])
    days = [date(2026, 3, day) for day in (19, 20, 21, 22, 24, 25)]
    stood = [notifications(HANDBOOK, told, day)["standing"].to_list() for day in days]
    assert stood == [[], ["UNREAD"], ["UNREAD"], ["READ"], ["READ"], []]


def test_a_later_note_may_leave_out_how_grave_it_is():
    told = account([one(noted="2026-03-21"), one(severity="", state="READ", noted="2026-03-22")])
    assert notifications(HANDBOOK, told, AS_OF)["severity"].to_list() == ["LOW"]
    graver = account([one(noted="2026-03-21"), one(severity="CRITICAL", noted="2026-03-22")])
    assert notifications(HANDBOOK, graver, AS_OF)["severity"].to_list() == ["CRITICAL"]


def test_notes_of_two_products_or_two_accounts_are_of_two_notifications():
    products = account(["|2026-03-20|LISTING_POLICY||READ||B1|", "|2026-03-20|LISTING_POLICY||UNREAD||B2|"])
    assert notifications(HANDBOOK, products, AS_OF)["standing"].to_list() == ["READ", "UNREAD"]
    mine = account([one(noted="2026-03-21")])
    both = pl.concat([mine.tables["notifications"], mine.tables["notifications"].with_columns(account=pl.lit("b"))])
    assert notifications(HANDBOOK, replace(mine, tables={**mine.tables, "notifications": both}), AS_OF).height == 2


def test_another_marketplace_than_the_first_has_no_list():
    told = account([one()], is_home=False)
    assert notifications(HANDBOOK, told, AS_OF).height == 0
    assert lacking(HANDBOOK, told) == list(HANDBOOK.definition.needs)
    report = ["listingPolicyViolations|US|2026-03-30|2||", "documentRequests||2026-03-30|1||"]
    assert by_category(HANDBOOK, account([one()], report, is_home=False), AS_OF).rows() == [("LISTING_POLICY", None, 2)]
    assert by_category(HANDBOOK, account([one()], report), AS_OF).rows() == [
        *(("DOCUMENT_REQUEST", 0, 1), ("LISTING_POLICY", 1, 2))
    ]


def test_it_leaves_on_the_day_it_says():
    told = account([one(day="2025-12-01")])
    leaves = notifications(HANDBOOK, told, AS_OF)["leaves_on"].item()
    assert leaves == date(2026, 5, 30)
    assert notifications(HANDBOOK, told, leaves - timedelta(days=1)).height == 1
    assert notifications(HANDBOOK, told, leaves).height == 0


def test_one_without_a_day_does_not_weigh():
    assert notifications(HANDBOOK, account([one(day="")]), AS_OF).height == 0


@pytest.mark.parametrize("state", [HANDBOOK, AMAZON], ids=lambda state: state.policy)
@pytest.mark.parametrize(("severity", "points"), [("LOW", 2), ("MEDIUM", 4), ("HIGH", 8), ("", 8), ("CRITICAL", 1000)])
def test_points(state, severity, points):
    assert notifications(state, account([one(severity=severity)]), AS_OF)["points"].to_list() == [points]


def test_every_severity_costs_something():
    rows = [one(severity=severity, name=severity) for severity in SEVERITIES]
    assert sorted(notifications(AMAZON, account(rows), AS_OF)["points"]) == [2, 4, 8, 1000]


def test_the_youngest_first_then_by_category_and_product():
    rows = [
        "1|2026-03-01|LISTING_POLICY||READ||B2|",
        "2|2026-03-01|LISTING_POLICY||READ||B1|",
        "3|2026-03-01|DOCUMENT_REQUEST||READ||B3|",
        "4|2026-03-02|RESTRICTED_PRODUCT||READ|||",
    ]
    assert notifications(HANDBOOK, account(rows), AS_OF)["notification_id"].to_list() == ["4", "3", "2", "1"]


@pytest.mark.parametrize("rows", [[], [one()]], ids=["none", "one"])
def test_columns(rows):
    found = notifications(HANDBOOK, account(rows), AS_OF)
    assert dict(found.schema) == SCHEMA
    assert found.height == len(rows)


def test_what_is_lacking():
    (need,) = STATES["policy_violations"].needs
    assert lacking(HANDBOOK, account()) == [need]
    assert lacking(HANDBOOK, account([])) == lacking(HANDBOOK, account(report=["accountStatus|US||||NORMAL"])) == []


CATEGORIES = {
    # The list, the report: what stands by category.
    "neither": (None, None, []),
    "a list": (
        [one(), one(name="B"), one(name="C", category="DOCUMENT_REQUEST")],
        None,
        [("DOCUMENT_REQUEST", 1, None), ("LISTING_POLICY", 2, None)],
    ),
    "a report": (None, ["listingPolicyViolations|US|2026-03-30|2||"], [("LISTING_POLICY", None, 2)]),
    "an empty list and a report": ([], ["listingPolicyViolations|US|2026-03-30|2||"], [("LISTING_POLICY", 0, 2)]),
    "both": (
        [one()],
        ["listingPolicyViolations|US|2026-03-30|0||", "documentRequests|US|2026-03-30|1||"],
        [("DOCUMENT_REQUEST", 0, 1), ("LISTING_POLICY", 1, 0)],
    ),
    "nothing of either": ([], ["listingPolicyViolations|US|2026-03-30|0||"], []),
    "a category Amazon does not tell": ([one()], ["documentRequests|US|2026-03-30|0||"], [("LISTING_POLICY", 1, None)]),
    "of another marketplace": (None, ["listingPolicyViolations|CA|2026-03-30|2||"], []),
    "of no marketplace": (None, ["listingPolicyViolations||2026-03-30|2||"], [("LISTING_POLICY", None, 2)]),
    "an older and a newer report": (
        None,
        [
            "listingPolicyViolations|US|2026-03-30|2||",
            "listingPolicyViolations|US|2026-03-31|5||",
            "listingPolicyViolations|US|2026-04-01|9||",
        ],
        [("LISTING_POLICY", None, 5)],
    ),
    "one without days goes last": (
        None,
        ["listingPolicyViolations|US||7||", "listingPolicyViolations|US|2026-03-17|5||"],
        [("LISTING_POLICY", None, 5)],
    ),
    "15 days old": (None, ["listingPolicyViolations|US|2026-03-16|5||"], []),
    "without days, and another too old": (
        None,
        ["listingPolicyViolations|US||7||", "listingPolicyViolations|US|2020-01-01|5||"],
        [("LISTING_POLICY", None, 7)],
    ),
    "no longer open": ([one(state="RESOLVED")], None, []),
    "no violation of ours": (None, ["policyViolationWarnings|US|2026-03-30|4||"], []),
}


@pytest.mark.parametrize("case", CATEGORIES)
def test_by_category(case):
    rows, report, expected = CATEGORIES[case]
    found = by_category(HANDBOOK, account(rows, report), AS_OF)
    assert found.rows() == expected
    assert dict(found.schema) == {"category": pl.String, "listed": pl.Int64, "counted": pl.Int64}


def test_every_category_has_its_counter():
    assert set(COUNTERS.values()) == set(VIOLATIONS)
