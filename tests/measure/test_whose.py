"""Whose a defect was: an edge table by the facts of one order, and what is not told."""

from datetime import date

import pytest

from sellerhealth import policy
from sellerhealth.definition.account import Account
from sellerhealth.measure.causes.whose import Whose, untold, whose
from tests.metrics.edges import account

AS_OF = date(2026, 3, 31)
ONE_STAR = "order_id|rated_on|rating;A|2026-03-25|1"
AMAZON_PAID = "order_id|claim_type|opened_on|claim_status|funded_by;A|A_TO_Z|2026-03-25|GRANTED|AMAZON"
WE_PAID = AMAZON_PAID.replace("|AMAZON", "|SELLER")
NAMES = "order_id|channel|status|cancelled_by|purchased_at|ship_by_at|posted_at|confirmed_at|deliver_by_at|delivered_at"
DUE = "2026-03-12 23:59"
PROMISED = "2026-03-18 23:59"


def told(**more: str) -> str:
    """One order bought on 10 March, due on the 12th and promised for the 18th; all in time unless told otherwise."""
    usual = {
        "channel": "MFN",
        "status": "SHIPPED",
        "purchased_at": "2026-03-10",
        "ship_by_at": DUE,
        "posted_at": "2026-03-12",
        "confirmed_at": "2026-03-12",
        "deliver_by_at": PROMISED,
        "delivered_at": "2026-03-17",
    }
    cells = {"order_id": "A", **usual, **more}
    return f"{NAMES};{'|'.join(cells.get(name, '') for name in NAMES.split('|'))}"


def of(name: str, rules: str, seller: Account) -> list[tuple[str, str]]:
    return whose(policy(rules)[name], seller, AS_OF).select("whose", "because").rows()


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({}, (Whose.NOBODY, "neither_late")),
        ({"channel": "AFN"}, (Whose.AMAZON, "shipped_by_amazon")),
        ({"posted_at": "2026-03-13", "confirmed_at": "2026-03-13"}, (Whose.SELLER, "handed_over_late")),
        ({"posted_at": "2026-03-13"}, (Whose.SELLER, "handed_over_late")),
        ({"confirmed_at": "2026-03-13"}, (Whose.SELLER, "confirmed_late_only")),
        ({"posted_at": "", "confirmed_at": "2026-03-13"}, (Whose.SELLER, "confirmed_late")),
        ({"posted_at": "", "confirmed_at": "2026-03-12 23:58"}, (Whose.NOBODY, "neither_late")),
        ({"posted_at": "", "confirmed_at": "", "status": "UNSHIPPED"}, (Whose.SELLER, "not_confirmed")),
        ({"posted_at": "", "confirmed_at": "2026-04-01", "delivered_at": ""}, (Whose.SELLER, "not_confirmed")),
        ({"delivered_at": "2026-03-19"}, (Whose.CARRIER, "delivered_late")),
        ({"delivered_at": "2026-03-19", "confirmed_at": "2026-03-13"}, (Whose.SELLER, "confirmed_late_only")),
        ({"delivered_at": "2026-03-19", "posted_at": ""}, (Whose.CARRIER, "delivered_late")),
        ({"delivered_at": ""}, (Whose.UNKNOWN, "delivery_unknown")),
        ({"delivered_at": "2026-04-01"}, (Whose.UNKNOWN, "delivery_unknown")),
        ({"deliver_by_at": ""}, (Whose.UNKNOWN, "delivery_unknown")),
        ({"ship_by_at": ""}, (Whose.UNKNOWN, "dispatch_unknown")),
        ({"posted_at": "", "confirmed_at": "", "ship_by_at": "2026-03-30 23:59"}, (Whose.UNKNOWN, "dispatch_unknown")),
        ({"posted_at": "", "confirmed_at": "", "delivered_at": "2026-03-19"}, (Whose.UNKNOWN, "dispatch_unknown")),
        ({"confirmed_at": ""}, (Whose.NOBODY, "neither_late")),
    ],
)
def test_a_complaint_is(order: dict[str, str], expected: tuple[str, str]):
    assert of("order_defect_rate", "handbook", account(orders=told(**order), feedback=ONE_STAR)) == [expected]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({"claims": AMAZON_PAID}, "paid_by_amazon"),
        ({"claims": WE_PAID}, "neither_late"),
        ({"claims": AMAZON_PAID, "feedback": ONE_STAR}, "neither_late"),
        ({"claims": f"{AMAZON_PAID};A|CHARGEBACK|2026-03-25|GRANTED|SELLER"}, "neither_late"),
    ],
)
def test_a_claim_that_amazon_paid_is_amazons_where_nothing_else_counts(tables: dict[str, str], expected: str):
    assert [because for _, because in of("order_defect_rate", "handbook", account(orders=told(), **tables))] == [
        expected
    ]


def test_a_claim_that_amazon_paid_beside_a_late_shipment_is_not_amazons_where_that_is_a_flaw():
    late = account(orders=told(posted_at="", confirmed_at="2026-03-16"), claims=AMAZON_PAID)
    assert of("perfect_order_percentage", "handbook", late) == [(Whose.SELLER, "confirmed_late")]
    assert of("order_defect_rate", "handbook", late) == [(Whose.AMAZON, "paid_by_amazon")]


@pytest.mark.parametrize(
    ("cancelled_by", "expected"),
    [
        ("SELLER", (Whose.SELLER, "cancelled")),
        ("AMAZON", (Whose.SELLER, "never_confirmed")),
        ("", (Whose.UNKNOWN, "cancelled_by_unknown")),
    ],
)
def test_a_cancellation_is(cancelled_by: str, expected: tuple[str, str]):
    gone = {"posted_at": "", "confirmed_at": "", "delivered_at": "", "purchased_at": "2026-03-28"}
    orders = told(status="CANCELLED", cancelled_by=cancelled_by, **gone)
    assert of("cancellation_rate", "handbook", account(orders=orders)) == [expected]


def test_what_the_buyer_cancelled_was_not_late():
    gone = {"posted_at": "", "confirmed_at": "", "delivered_at": ""}
    orders = told(status="CANCELLED", cancelled_by="BUYER", **gone)
    assert of("order_defect_rate", "handbook", account(orders=orders, feedback=ONE_STAR)) == [
        (Whose.NOBODY, "cancelled_by_buyer")
    ]


@pytest.mark.parametrize("rules", ["handbook", "amazon-2026"])
def test_a_late_order_is_ours(rules: str):
    orders = told(confirmed_at="2026-03-16")
    assert of("late_dispatch_rate", rules, account(orders=orders)) == [(Whose.SELLER, "confirmed_late_only")]


def test_a_late_unit_is_the_carriers_unless_it_left_late():
    orders = told(delivered_at="2026-03-19").split(";")[1]
    late = told(order_id="B", delivered_at="2026-03-19", posted_at="2026-03-14").split(";")[1]
    both = account(orders=f"{NAMES};{orders};{late}", order_items="order_id|sku|quantity;A|MUG|2;B|MUG|1")
    found = whose(policy("handbook")["on_time_delivery_rate"], both, AS_OF)
    assert found.select("order_id", "units", "whose").sort("order_id").rows() == [
        ("A", 2, Whose.CARRIER),
        ("B", 1, Whose.SELLER),
    ]


def test_of_a_rating_without_its_order_nothing_is_told():
    alone = account(feedback=ONE_STAR)
    metric = policy("handbook")["feedback_rating"]
    assert whose(metric, alone, AS_OF).select("order_id", "because").rows() == [("A", "dispatch_unknown")]


def test_answers_are_not_asked_whose():
    messages = "thread_id|sender|sent_at;1|BUYER|2026-03-20 09:00;1|SELLER|2026-03-25 09:00"
    found = whose(policy("handbook")["contact_response_time"], account(messages=messages), AS_OF)
    assert found.is_empty()
    assert found.columns[-2:] == ["whose", "because"]


def test_no_defect_is_no_row():
    assert whose(policy("handbook")["order_defect_rate"], account(orders=told()), AS_OF).is_empty()


def test_which_file_would_tell():
    assert untold(account()) == []
    asked = untold(account(without=("deliveries", "orders.delivered_at")))
    assert [need.reason for need in asked] == ["No file says when orders were delivered."]
    asked = untold(account(without=("orders.ship_by_at", "order_items.item_ship_by_at")))
    assert [need.reason for need in asked] == ["No file says by when all orders had to be shipped."]
