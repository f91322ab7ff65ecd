"""How an account stands: the mark and its basis, the rating at its edges, under both policies."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from sellerhealth import facts, policy
from sellerhealth.measure.notifications import notifications, standing
from tests.measure.notices import AMAZON, AS_OF, HANDBOOK, account, one

STANDING = {
    **dict.fromkeys(("policy", "state", "rule", "account", "marketplace"), pl.String),
    "as_of": pl.Date,
    "level": pl.String,
    **dict.fromkeys(("unread", "read", "under_review", "open", "rating"), pl.Int64),
    "is_estimate": pl.Boolean,
    "rated_on": pl.Date,
    "account_status": pl.String,
    "status_on": pl.Date,
    "violations": pl.Int64,
    "counted_on": pl.Date,
    "too_old_on": pl.Date,
    "basis": pl.String,
}


def stands(state, *names, **files):
    found = standing(state, account(**files), AS_OF)
    assert found.height == 1
    return found.select(names).row(0)


ORDERS = ["1|US|SHIPPED|2026-03-01"]
LEVELS = {
    # The list, the report: the handbook's mark and its basis.
    "no file": (None, None, "NONE", "NOT_COMPUTABLE"),
    "an empty list": ([], None, "GREEN", "EXACT"),
    "one read": ([one(state="READ")], None, "GREEN", "EXACT"),
    "one unread": ([one()], None, "YELLOW", "EXACT"),
    "one under review": ([one(state="UNDER_REVIEW")], None, "RED", "EXACT"),
    "one unread, one under review": ([one(), one(state="UNDER_REVIEW", name="B")], None, "RED", "EXACT"),
    "one unread, long gone": ([one(day="2025-01-01")], None, "GREEN", "EXACT"),
    "one under review, resolved": ([one(state="RESOLVED", resolved="2026-03-31")], None, "GREEN", "EXACT"),
    "one resolved tomorrow, so read by today": ([one(state="RESOLVED", resolved="2026-04-01")], None, "GREEN", "EXACT"),
    "a report of no violation": (None, ["listingPolicyViolations|US|2026-03-30|0||"], "GREEN", "EXACT"),
    "a report of one": (None, ["listingPolicyViolations|US|2026-03-30|1||"], "YELLOW", "UPPER_BOUND"),
    "a report of tomorrow": (None, ["listingPolicyViolations|US|2026-04-01|1||"], "NONE", "NOT_COMPUTABLE"),
    "a report of another marketplace": (None, ["listingPolicyViolations|CA|2026-03-30|1||"], "NONE", "NOT_COMPUTABLE"),
    "a report of no marketplace": (None, ["listingPolicyViolations||2026-03-30|1||"], "YELLOW", "UPPER_BOUND"),
    "a report without days": (None, ["listingPolicyViolations|US||1||"], "YELLOW", "UPPER_BOUND"),
    "a report without a counter": (None, ["lateShipmentRate|US|2026-03-30|3|0.03|"], "NONE", "NOT_COMPUTABLE"),
    "a report with the account's state only": (
        None,
        ["accountStatus|US|2026-03-30|||NORMAL"],
        "NONE",
        "NOT_COMPUTABLE",
    ),
    "normal": ([], ["accountStatus|US|2026-03-30|||NORMAL"], "GREEN", "EXACT"),
    "at risk": ([], ["accountStatus|US|2026-03-30|||AT_RISK"], "RED", "EXACT"),
    "deactivated": ([], ["accountStatus|US|2026-03-30|||DEACTIVATED"], "RED", "EXACT"),
    "deactivated, no list": (None, ["accountStatus|US|2026-03-30|||DEACTIVATED"], "RED", "EXACT"),
    "at risk elsewhere": ([], ["accountStatus|CA|2026-03-30|||AT_RISK"], "GREEN", "EXACT"),
    "no longer at risk": (
        [],
        ["accountStatus|US|2026-03-29|||AT_RISK", "accountStatus|US|2026-03-30|||NORMAL"],
        "GREEN",
        "EXACT",
    ),
    "the list decides where Amazon counts too": ([], ["listingPolicyViolations|US|2026-03-30|3||"], "GREEN", "EXACT"),
    "a list and a report": ([one()], ["listingPolicyViolations|US|2026-03-30|0||"], "YELLOW", "EXACT"),
}


STATUS = {
    # What Amazon calls the account, and when: whether the mark is red for it.
    "deactivated": ("2026-03-30|||DEACTIVATED", True),
    "at risk": ("2026-03-30|||AT_RISK", True),
    "a word nobody knows": ("2026-03-30|||ON_FIRE", True),
    "normal": ("2026-03-30|||NORMAL", False),
    "normal, in small letters": ("2026-03-30|||Normal", False),
    "nothing": ("2026-03-30|||", False),
    "deactivated, in a report of no day": ("|||DEACTIVATED", True),
    "deactivated 14 days ago": ("2026-03-17|||DEACTIVATED", True),
    "deactivated 15 days ago": ("2026-03-16|||DEACTIVATED", False),
    "deactivated tomorrow": ("2026-04-01|||DEACTIVATED", False),
}


@pytest.mark.parametrize("state", [HANDBOOK, AMAZON], ids=lambda state: state.policy)
@pytest.mark.parametrize("rating", [[], ["accountHealthRating|US|2026-03-30||350|"]], ids=["estimated", "given"])
@pytest.mark.parametrize("case", STATUS)
def test_an_account_that_is_not_normal_is_red_by_either_rule(case, rating, state):
    told, is_red = STATUS[case]
    files = {"rows": [], "report": [f"accountStatus|US|{told}", *rating], "orders": ORDERS}
    assert stands(state, "level", "basis", **files) == ("RED" if is_red else "GREEN", "EXACT")


def test_an_account_that_is_not_normal_is_red_though_nothing_else_is_told():
    report = ["accountStatus|US|2026-03-30|||DEACTIVATED"]
    assert stands(AMAZON, "level", "basis", "rating", report=report) == ("RED", "EXACT", None)


@pytest.mark.parametrize("case", LEVELS)
def test_the_handbooks_mark(case):
    rows, report, level, basis = LEVELS[case]
    assert stands(HANDBOOK, "level", "basis", rows=rows, report=report) == (level, basis)


RATED = {
    # The list, the report, the orders: the rating, whether it is an estimate, Amazon's mark.
    "no file": (None, None, None, None, None, "NONE"),
    "a list, no orders": ([], None, None, None, None, "NONE"),
    "orders, no list": (None, None, ORDERS, None, None, "NONE"),
    "a list and no order": ([], None, [], 200, True, "GREEN"),
    "a list and an order": ([], None, ORDERS, 200, True, "GREEN"),
    "a low one": ([one()], None, ORDERS, 198, True, "YELLOW"),
    "one of each kind": (
        [one(severity=kind, name=kind) for kind in ("LOW", "MEDIUM", "HIGH", "")],
        None,
        ORDERS,
        178,
        True,
        "YELLOW",
    ),
    "a critical one": ([one(severity="CRITICAL")], None, ORDERS, 0, True, "RED"),
    "twelve grave ones": ([one(severity="HIGH", name=f"{n}") for n in range(12)], None, ORDERS, 104, True, "YELLOW"),
    "thirteen grave ones": ([one(severity="HIGH", name=f"{n}") for n in range(13)], None, ORDERS, 96, True, "RED"),
    "thirty grave ones": ([one(severity="HIGH", name=f"{n}") for n in range(30)], None, ORDERS, 0, True, "RED"),
    "given": (None, ["accountHealthRating|US|2026-03-30||350|"], None, 350, False, "GREEN"),
    "given as 0": ([], ["accountHealthRating|US|2026-03-30||0|"], ORDERS, 0, False, "RED"),
    "given as 1000": ([], ["accountHealthRating|US|2026-03-30||1000|"], ORDERS, 1000, False, "GREEN"),
    "given as 99": ([], ["accountHealthRating|US|2026-03-30||99|"], ORDERS, 99, False, "RED"),
    "given as 100": ([], ["accountHealthRating|US|2026-03-30||100|"], ORDERS, 100, False, "YELLOW"),
    "given as 199": ([], ["accountHealthRating|US|2026-03-30||199|"], ORDERS, 199, False, "YELLOW"),
    "given as 200": ([], ["accountHealthRating|US|2026-03-30||200|"], ORDERS, 200, False, "GREEN"),
    "given, whatever the list says": (
        [one(severity="CRITICAL")],
        ["accountHealthRating|US|2026-03-30||350|"],
        ORDERS,
        350,
        False,
        "GREEN",
    ),
    "given without a day": ([], ["accountHealthRating|US|||350|"], ORDERS, 350, False, "GREEN"),
    "given twice": (
        [],
        ["accountHealthRating|US|2026-03-30||150|", "accountHealthRating|US|2026-03-28||350|"],
        ORDERS,
        150,
        False,
        "YELLOW",
    ),
    "given 14 days ago": ([], ["accountHealthRating|US|2026-03-17||150|"], ORDERS, 150, False, "YELLOW"),
    "given 15 days ago": ([], ["accountHealthRating|US|2026-03-16||150|"], ORDERS, 200, True, "GREEN"),
    "given 15 days ago, no list": (None, ["accountHealthRating|US|2026-03-16||150|"], ORDERS, None, None, "NONE"),
    "given once with a day": (
        [],
        ["accountHealthRating|US|2026-03-28||150|", "accountHealthRating|US|||350|"],
        ORDERS,
        150,
        False,
        "YELLOW",
    ),
    "given tomorrow": ([], ["accountHealthRating|US|2026-04-01||350|"], ORDERS, 200, True, "GREEN"),
    "given elsewhere": ([], ["accountHealthRating|CA|2026-03-30||350|"], ORDERS, 200, True, "GREEN"),
    "a rating without a number": ([], ["accountHealthRating|US|2026-03-30|||GOOD"], ORDERS, 200, True, "GREEN"),
    "other figures only": ([], ["lateShipmentRate|US|2026-03-30|3|0.03|"], ORDERS, 200, True, "GREEN"),
}


@pytest.mark.parametrize("case", RATED)
def test_the_rating_and_amazons_mark(case):
    rows, report, orders, *expected = RATED[case]
    files = {"rows": rows, "report": report, "orders": orders}
    assert stands(AMAZON, "rating", "is_estimate", "level", **files) == tuple(expected)
    assert stands(HANDBOOK, "rating", "is_estimate", **files) == tuple(expected[:2])


def shipped(number, **more):
    """An account with an empty list and so many orders shipped today."""
    made = account([], None, ORDERS)
    row = {"account": "example", "marketplace": "US", "status": "SHIPPED", "channel": "MFN", **more}
    order = made.tables["orders"].collect().clear()
    every = pl.DataFrame({"order_id": [f"{n}" for n in range(number)]}).with_columns(
        pl.lit(value).alias(name) for name, value in row.items()
    )
    bought = made.tables["orders"].select("purchased_at").collect().item()
    every = every.with_columns(pl.lit(bought).alias("purchased_at")).cast(
        {n: order.schema[n] for n in ("status", "channel", "purchased_at")}
    )
    return replace(made, tables={**made.tables, "orders": pl.concat([order, every], how="diagonal").lazy()})


@pytest.mark.parametrize(
    ("orders", "rating"),
    [(0, 200), (199, 200), (200, 204), (399, 204), (400, 208), (39_999, 996), (40_000, 1000), (41_000, 1000)],
)
def test_every_full_lot_of_orders_brings_points(orders, rating):
    assert standing(AMAZON, shipped(orders), AS_OF)["rating"].item() == rating


@pytest.mark.parametrize(
    ("more", "rating"),
    [
        ({}, 204),
        ({"channel": "AFN"}, 204),
        ({"status": "UNSHIPPED"}, 200),
        ({"status": "CANCELLED"}, 200),
        ({"marketplace": "CA"}, 200),
        ({"marketplace": None}, 204),
    ],
    ids=["shipped", "shipped by Amazon", "not shipped", "cancelled", "sold elsewhere", "sold here, not told"],
)
def test_which_orders_bring_points(more, rating):
    assert standing(AMAZON, shipped(200, **more), AS_OF)["rating"].item() == rating


@pytest.mark.parametrize(("later", "rating"), [(-1, 204), (0, 204), (148, 204), (149, 204), (150, 200)])
def test_orders_bring_points_for_180_days(later, rating):
    # The orders were bought on 1 March, 30 days before.
    day = date(2026, 3, 1) if later < 0 else AS_OF + timedelta(days=later)
    assert standing(AMAZON, shipped(200), day)["rating"].item() == rating


@pytest.mark.parametrize("orders", [0, 50_000])
def test_a_critical_violation_takes_all_however_many_orders(orders):
    made = shipped(orders)
    listed = account([one(severity="CRITICAL")]).tables["notifications"]
    made = replace(made, tables={**made.tables, "notifications": listed})
    assert standing(AMAZON, made, AS_OF).select("rating", "level").row(0) == (0, "RED")


def test_counts_and_what_else_is_told():
    rows = [one(), one(name="B"), one(name="C", state="READ"), one(name="D", state="UNDER_REVIEW")]
    names = ("unread", "read", "under_review", "open", "violations", "account_status")
    report = [
        "listingPolicyViolations|US|2026-03-30|2||",
        "documentRequests|US|2026-03-29|3||",
        "orderDefectRate.mfn|US|2026-03-15|9|0.01|",
        "accountStatus|US|2026-03-30|||NORMAL",
        "policyViolationWarnings|US|2026-03-30|50||",
    ]
    assert stands(HANDBOOK, *names, rows=rows) == (2, 1, 1, 4, None, None)
    assert stands(HANDBOOK, *names, report=report) == (None, None, None, None, 5, "NORMAL")
    assert stands(HANDBOOK, *names) == (None,) * 6


RATING, STATE, COUNTER = (
    "accountHealthRating|US|{}||350|",
    "accountStatus|US|{}|||NORMAL",
    "listingPolicyViolations|US|{}|2||",
)
DAYS = {
    # The days of the rating, of the account's state and of the counter: those told, and that of what is too old.
    "of one report": (("2026-03-30", "2026-03-30", "2026-03-30"), (30, 30, 30, None)),
    "each of its own": (("2026-03-20", "2026-03-30", "2026-03-25"), (20, 30, 25, None)),
    "of no day": (("", "", ""), (None, None, None, None)),
    "the rating too old": (("2026-03-16", "2026-03-30", "2026-03-25"), (None, 30, 25, 16)),
    "all too old": (("2026-03-01", "2026-03-03", "2026-03-02"), (None, None, None, 3)),
}


@pytest.mark.parametrize("case", DAYS)
def test_each_figure_of_amazons_has_its_own_day(case):
    told, (*days, too_old) = DAYS[case]
    report = [line.format(day) for line, day in zip((RATING, STATE, COUNTER), told, strict=True)]
    expected = tuple(day and date(2026, 3, day) for day in (*days, too_old))
    # The day of a rate, old as it may be, is nobody's.
    report += ["orderDefectRate.mfn|US|2026-03-31|9|0.01|", "lateShipmentRate|US|2026-01-31|9|0.01|"]
    assert stands(HANDBOOK, "rated_on", "status_on", "counted_on", "too_old_on", report=report) == expected


def test_what_a_newer_report_tells_again_is_not_too_old():
    report = [line.format(day) for line in (RATING, STATE, COUNTER) for day in ("2026-01-31", "2026-03-30")]
    assert stands(HANDBOOK, "too_old_on", report=report) == (None,)
    assert stands(HANDBOOK, "too_old_on", report=report[:-1]) == (date(2026, 1, 31),)


def test_an_own_number_of_days_makes_a_report_too_old():
    values = {**AMAZON.terms.values, "report_days": 3}
    state = replace(AMAZON, terms=replace(AMAZON.terms, values=values))
    assert stands(state, "rating", report=["accountHealthRating|US|2026-03-28||350|"]) == (350,)
    assert stands(state, "rating", report=["accountHealthRating|US|2026-03-27||350|"]) == (None,)


def test_another_marketplace_than_the_first_has_its_own_report_and_no_list():
    report = ["accountHealthRating|US|2026-03-30||350|", "listingPolicyViolations|US|2026-03-30|1||"]
    elsewhere = account([one(state="UNDER_REVIEW")], report, ORDERS, is_home=False)
    row = standing(HANDBOOK, elsewhere, AS_OF).row(0, named=True)
    assert (row["level"], row["unread"], row["open"], row["violations"], row["rating"]) == (
        *("YELLOW", None, None, 1, 350),
    )
    nowhere = account([one()], ["accountHealthRating||2026-03-30||350|"], ORDERS, is_home=False)
    row = standing(AMAZON, nowhere, AS_OF).row(0, named=True)
    assert (row["level"], row["rating"], row["basis"]) == ("NONE", None, "NOT_COMPUTABLE")


def test_orders_are_counted_once_for_all_policies(monkeypatch):
    asked = []
    counted = facts.orders

    def orders(seller, day):
        asked.append(day)
        return counted(seller, day)

    monkeypatch.setitem(facts.FACTS, "orders", orders)
    made = account([], None, ORDERS)
    for state in (HANDBOOK, AMAZON):
        assert standing(state, made, AS_OF)["rating"].item() == 200
    assert asked == [AS_OF]
    standing(AMAZON, made, AS_OF - timedelta(days=1))
    assert len(asked) == 2


@pytest.mark.parametrize("state", [HANDBOOK, AMAZON], ids=lambda state: state.policy)
@pytest.mark.parametrize("rows", [None, [], [one()]], ids=["no list", "an empty list", "a list"])
@pytest.mark.parametrize("report", [None, ["listingPolicyViolations|US|2026-03-30|2||"]], ids=["no report", "a report"])
def test_a_standing_has_one_shape(state, rows, report):
    assert dict(standing(state, account(rows, report), AS_OF).schema) == STANDING


def test_a_standing_says_whose_it_is():
    row = standing(AMAZON, account([]), AS_OF).row(0, named=True)
    told = {name: row[name] for name in ("policy", "state", "rule", "account", "marketplace", "as_of")}
    assert told == {
        "policy": "amazon-2026",
        "state": "policy_violations",
        "rule": AMAZON.terms.chosen["rule"],
        "account": "example",
        "marketplace": "US",
        "as_of": AS_OF,
    }


@pytest.mark.parametrize("name", ["handbook", "amazon-2026"])
def test_the_example_gives_the_mark_worked_by_hand(name):
    state = policy(name).states["policy_violations"]
    example = state.definition.example
    found = notifications(state, example.account(), example.as_of)
    assert found["notification_id"].to_list() == ["A", "B", "D", "E"]
    assert standing(state, example.account(), example.as_of)["level"].item() == state.definition.expected_levels[name]
