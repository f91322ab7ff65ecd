"""Since when each thing is held against an order: the first day told, against a count by hand."""

from datetime import date, timedelta
from functools import lru_cache

import polars as pl
import pytest

from sellerhealth import METRICS, facts, policy
from sellerhealth.definition.account import Account
from sellerhealth.demo.complaint import CHARGEBACK, claim, rating
from sellerhealth.demo.history import orders
from sellerhealth.measure.tally import rows
from tests.oracle.group import Group, group
from tests.oracle.known import Order
from tests.truth import size, world

DAYS = (
    "first_negative_feedback_on",
    "first_claim_on",
    "first_chargeback_on",
    "first_refund_on",
    "first_claim_by_return_on",
    "first_buyer_message_on",
    "cancellation_known_on",
)
EACH = size.accounts(60) // 4
DATED = [name for name, definition in METRICS.items() if definition.known_on is not None]


@pytest.mark.parametrize("position", [0, 6, 12, 19])
def test_every_day_is_the_one_found_by_hand(position: int):
    one = _group(position)
    found = facts.orders(one.account, one.as_of).select("account", "order_id", *DAYS).collect()
    told = {(row["account"], row["order_id"]): row for row in found.to_dicts()}
    for seed, known in one.known.items():
        for order in known.orders():
            row = told[str(seed), order.row["order_id"]]
            assert {name: row[name] for name in DAYS} == _by_hand(order), (seed, order.row["order_id"])
    assert all(found[name].count() > 0 for name in DAYS), "a day that no account has"


@pytest.mark.parametrize("name", DATED)
@pytest.mark.parametrize("terms", ["handbook", "amazon-2026"])
def test_an_order_becomes_a_defect_on_that_day(terms: str, name: str):
    """The day before it is none yet, as one looks at it then; on the day it is one."""
    account = _planted()
    metric = policy(terms)[name]
    defects = _defects(metric, account, account.last_day)
    assert defects["known_on"].null_count() == 0
    assert defects.height >= 2
    for order_id, known_on in defects.head(3).rows():
        assert order_id in _defects(metric, account, known_on)["order_id"]
        assert order_id not in _defects(metric, account, known_on - timedelta(days=1))["order_id"]


def test_the_days_of_the_example():
    definition = METRICS["order_defect_rate"]
    metric, example = policy("handbook")["order_defect_rate"], definition.example
    found = dict(_defects(metric, example.account(), example.as_of).rows())
    day = {name: when.day for name, when in found.items()}
    assert day == {"A": 10, "C": 12, "E": 20, "F": 12, "G": 12, "H": 12, "J": 24, "K": 20}


def test_a_complaint_without_a_day_is_known_since_it_was_first_seen():
    seen = {"first_seen_on": date(2026, 3, 20)}
    account = _with({"feedback": {"order_id": "A", "rating": 1, **seen}, "claims": None})
    assert _days(account)["first_negative_feedback_on"] == date(2026, 3, 20)


def test_feedback_taken_back_is_no_day():
    told = {"order_id": "A", "rating": 1, "rated_on": date(2026, 3, 10), "removed_on": date(2026, 3, 15)}
    account = _with({"feedback": told, "claims": None})
    assert _days(account)["first_negative_feedback_on"] is None


@lru_cache(maxsize=1)
def _planted() -> Account:
    """An account with one at least of everything that can be held against an order."""
    shop = world.shop(3, 5, 60, late_share=0.1, very_late_share=0.1)
    book = list(orders(shop).values())
    plain = [order for order in book if order.is_plain]
    told = [rating(plain[0], 9, 1), rating(plain[1], 6, 2), rating(plain[2], 12, 1)]
    claims = [claim(plain[2], 10), claim(plain[3], 14, claim_type=CHARGEBACK)]
    cancelled = [one.cancelled(one.purchased_at + timedelta(days=1)) for one in plain[4:6]]
    kept = [*(order for order in book if order not in plain[4:6]), *cancelled]
    return world.account(shop, kept, told, claims, by_seller=[one.order_id for one in cancelled])


@lru_cache(maxsize=1)
def _group(position: int) -> Group:
    return group(position, EACH)


def _defects(metric, account, as_of):
    known_on = metric.definition.known_on.alias("known_on")
    return rows(metric, account, as_of).filter("is_defect").select("order_id", known_on).sort("order_id").collect()


def _with(tables):
    """The example's account with these rows only; its order A was bought on 1 March."""
    account = METRICS["order_defect_rate"].example.account()
    for table, row in tables.items():
        schema = account.tables[table].collect_schema()
        told = [{"account": "example", **row}] if row else []
        account.tables[table] = pl.LazyFrame(told, schema=schema)
    return account


def _days(account):
    found = facts.orders(account, date(2026, 3, 31)).filter(order_id="A").select(DAYS).collect()
    return found.row(0, named=True)


def _by_hand(order: Order) -> dict[str, date | None]:
    known, order_id = order.known, order.row["order_id"]
    negative = [row for row in known.of("feedback", order_id) if row["rating"] <= 2 and not _gone(row, known)]
    received = [(_received(row, known), row.get("first_seen_on")) for row in negative]
    feedback = [day or seen for day, seen in received if day is None or day <= known.as_of]
    claims = {
        kind: [
            row["opened_on"] or row.get("first_seen_on")
            for row in known.of("claims", order_id)
            if row["claim_type"] == kind and _counts(row) and not (row["opened_on"] and row["opened_on"] > known.as_of)
        ]
        for kind in ("A_TO_Z", "CHARGEBACK")
    }
    returns = [
        row for row in known.of("returns", order_id) if not (row["returned_on"] and row["returned_on"] > known.as_of)
    ]
    return {
        "first_negative_feedback_on": _first(feedback),
        "first_claim_on": _first(claims["A_TO_Z"]),
        "first_chargeback_on": _first(claims["CHARGEBACK"]),
        "first_refund_on": _first(row["returned_on"] for row in returns if (row["refunded"] or 0) > 0),
        "first_claim_by_return_on": _first(row["returned_on"] for row in returns if row["return_has_claim"]),
        "first_buyer_message_on": _first(_asked(order)),
        "cancellation_known_on": _cancellation(order),
    }


def _first(days):
    return min((day for day in days if day), default=None)


def _gone(row, known):
    return row["removed_on"] is not None and row["removed_on"] <= known.as_of


def _received(row, known):
    return row["rated_on"] or (known.day_of(row["rated_at"]) if row["rated_at"] else None)


def _counts(row):
    word = row["counts_against_odr"]
    return word if word is not None else row["claim_status"] != "DENIED"


def _asked(order):
    known = order.known
    for row in known.tables["messages"]:
        is_question = row["sender"] == "BUYER" and not row["needs_no_response"] and row["sent_at"]
        if is_question and row["sent_at"] < known.end and row["order_id"] == order.row["order_id"]:
            yield known.day_of(row["sent_at"])


def _cancellation(order):
    known, row = order.known, order.row
    if row["cancelled_at"] and row["cancelled_at"] < known.end:
        return known.day_of(row["cancelled_at"])
    changed = row["updated_at"]
    if order.is_cancelled and changed and changed < known.end:
        return known.day_of(changed)
    return order.gone_day + timedelta(days=1) if order.gone_day else None
