"""The errands of the day: each count, deadline and mark, and what no file tells."""

from dataclasses import replace

import polars as pl
import pytest

from sellerhealth.measure.confirmation import to_confirm
from sellerhealth.measure.notifications import standing
from sellerhealth.measure.queue import queue
from sellerhealth.measure.stock import NEEDS, stock
from sellerhealth.show.today import today
from tests.show.figures import AMAZON, EVIL, HANDBOOK, example, lacking, metric
from tests.show.markup import harmless, text_of

ACCOUNT, AS_OF = example(metric())
WHOLE = replace(
    ACCOUNT,
    provided=frozenset(
        {"orders", "messages", "notifications", "orders.ship_by_at", "orders.confirmed_at", "messages.sender"}
        | {"stock.units_on_hand", "order_items.sku", "listings.listed_units"}
    ),
)
NO_ORDER = pl.DataFrame(schema={"is_posted": pl.Boolean, "hours_left": pl.Float64, "days_overdue": pl.Int64})
NO_MESSAGE = pl.DataFrame(schema={"is_stale": pl.Boolean, "is_fulfilment": pl.Boolean, "hours_left": pl.Float64})
NO_PRODUCT = pl.DataFrame(
    schema={"sku": pl.String, "state": pl.String, "oversold_units": pl.Int64, "at_risk_units": pl.Int64}
)
CALM = {
    "state": "policy_violations",
    "level": "GREEN",
    "unread": 0,
    "read": 0,
    "under_review": 0,
    "open": 0,
    "violations": None,
    "account_status": None,
    "rating": None,
    "is_estimate": None,
    "basis": "EXACT",
}


def card(confirm=NO_ORDER, waiting=NO_MESSAGE, stands=None, shelves=NO_PRODUCT, policy=HANDBOOK, account=WHOLE):
    return today(confirm, waiting, pl.DataFrame([CALM | (stands or {})]), shelves, policy, account)


def errand(place, **parts):
    """One line of the list, without its number."""
    shown = card(**parts)
    line = shown.text.splitlines()[place]
    assert line[3:].replace(":", "", 1) in text_of(harmless(shown.html))
    return line[3:]


def test_a_calm_day():
    shown = card()
    assert shown.text.splitlines() == [
        "1. ✓ Confirm: No order waits for its confirmation.",
        "2. ✓ Answer: No buyer waits for an answer.",
        "3. ✓ Read: Nothing is unread.",
        "4. ✓ Restock: Every product has units enough for what is ordered and listed.",
    ]
    assert shown.html.count("<li>") == 4
    for notebook in (
        "01_late_dispatch_rate",
        "03_contact_response_time",
        "08_policy_violations",
        "02_cancellation_rate",
    ):
        assert f'href="{notebook}.html"' in shown.html


def orders(*rows):
    told = [{"is_posted": posted, "hours_left": hours, "days_overdue": days} for posted, hours, days in rows]
    return pl.DataFrame(told)


CONFIRM = {
    # (posted, hours left at the end of today, days over the ship-by day)
    "one": ([(False, 3.5, -1)], "! Confirm: 1 order to confirm. The first has 3.5 hours left."),
    "two": ([(False, 30.0, -2), (False, 5.0, -1)], "! Confirm: 2 orders to confirm. The first has 5 hours left."),
    "days": ([(False, 100.0, -5)], "! Confirm: 1 order to confirm. The first has 4 days left."),
    "one due today": ([(False, -1.0, 0), (False, 5.0, -1)], "! Confirm: 2 orders to confirm. 1 is due today."),
    "two due today": ([(False, -24.0, 0), (False, -0.02, 0)], "! Confirm: 2 orders to confirm. 2 are due today."),
    "one overdue": ([(False, -25.0, 1), (False, 5.0, -1)], "✕ Confirm: 2 orders to confirm. 1 is overdue."),
    "two overdue": ([(False, -25.0, 1), (False, -50.0, 2)], "✕ Confirm: 2 orders to confirm. 2 are overdue."),
    "one overdue, two due today": (
        [(False, -25.0, 1), (False, -1.0, 0), (False, -1.0, 0), (False, 5.0, -1)],
        "✕ Confirm: 4 orders to confirm. 1 is overdue. 2 are due today.",
    ),
    "one posted": (
        [(True, 5.0, -1), (False, 30.0, -2)],
        "! Confirm: 2 orders to confirm. 1 is posted already: confirm it now. The first has 5 hours left.",
    ),
    "one posted, due today": (
        [(True, -5.0, 0)],
        "! Confirm: 1 order to confirm. 1 is posted already: confirm it now. 1 is due today.",
    ),
    "two posted": (
        [(True, -30.0, 1), (True, 30.0, -2)],
        "✕ Confirm: 2 orders to confirm. 2 are posted already: confirm them now. 1 is overdue.",
    ),
    "many": ([(False, 5.0, -1)] * 1200, "! Confirm: 1,200 orders to confirm. The first has 5 hours left."),
}


@pytest.mark.parametrize("case", CONFIRM)
def test_what_to_confirm(case):
    rows, said = CONFIRM[case]
    assert errand(0, confirm=orders(*rows)) == said


def test_what_waits_is_told_though_no_file_says_by_when_all_had_to_be_shipped():
    """The promises of unshipped reports are of some orders only."""
    some = replace(WHOLE, provided=WHOLE.provided - {"orders.ship_by_at"})
    assert errand(0, confirm=orders((False, -25.0, 1)), account=some) == "✕ Confirm: 1 order to confirm. 1 is overdue."
    assert errand(0, account=some).startswith("– Confirm: No file says by when all orders had to be shipped. Add ")


@pytest.mark.parametrize("hours", [0.0, 0.001, 0.02])
def test_an_order_due_this_very_minute_reads_well(hours):
    told = errand(0, confirm=orders((False, hours, -1)))
    assert not told.endswith(("has due now.", "has 0 hours left."))


def threads(*rows):
    return pl.DataFrame(
        [{"is_stale": stale, "is_fulfilment": urgent, "hours_left": hours} for urgent, hours, stale in rows]
    )


ANSWER = {
    "one about fulfilment": (
        [(True, 5.0, False)],
        "! Answer: 1 conversation to answer, 1 about fulfilment: that first. The next has 5 hours left.",
    ),
    "two about fulfilment": (
        [(True, 5.0, False), (True, 3.0, False), (False, 2.0, False)],
        "! Answer: 3 conversations to answer, 2 about fulfilment: those first. The next has 2 hours left.",
    ),
    "one overdue": (
        [(True, -5.0, False), (True, 3.0, False)],
        (
            "✕ Answer: 2 conversations to answer, 2 about fulfilment: those first. 1 is overdue. "
            "The next has 3 hours left."
        ),
    ),
    "all overdue": (
        [(True, -5.0, False), (True, -3.0, False)],
        "✕ Answer: 2 conversations to answer, 2 about fulfilment: those first. 2 are overdue.",
    ),
    "a stale one is not counted": (
        [(True, -900.0, True), (True, 5.0, False), (True, 6.0, False)],
        (
            "! Answer: 2 conversations to answer, 2 about fulfilment: those first. The next has 5 hours left. "
            "1 conversation has waited for more than 30 days."
        ),
    ),
}


@pytest.mark.parametrize("case", ANSWER)
def test_what_to_answer(case):
    rows, said = ANSWER[case]
    assert errand(1, waiting=threads(*rows)) == said


def test_none_about_fulfilment_puts_none_first():
    told = errand(1, waiting=threads((False, 5.0, False)))
    assert told.startswith("! Answer: 1 conversation to answer")
    assert "first" not in told


def test_a_stale_conversation_is_not_no_conversation():
    assert "No buyer waits for an answer." not in errand(1, waiting=threads((True, -900.0, True)))


def reads(policy=HANDBOOK, **stands):
    return errand(2, stands=stands, policy=policy)


READ = {
    "one unread": ({"level": "YELLOW", "unread": 1}, "! Read: 1 notification to read."),
    "two unread": ({"level": "YELLOW", "unread": 2}, "! Read: 2 notifications to read."),
    "one under review": (
        {"level": "RED", "under_review": 1},
        "✕ Read: 1 notification is under review: answer first. The account is being looked into.",
    ),
    "two under review, one unread": (
        {"level": "RED", "under_review": 2, "unread": 1},
        (
            "✕ Read: 2 notifications are under review: answer first. 1 notification to read. "
            "The account is being looked into."
        ),
    ),
    "at risk": (
        {"level": "RED", "account_status": "AT_RISK"},
        "✕ Read: The account is not normal: Amazon calls it at risk.",
    ),
    "read and open": ({"read": 2, "open": 2}, "✓ Read: Nothing is unread."),
    "Amazon counts none": (
        {"unread": None, "under_review": None, "violations": 0},
        "✓ Read: Amazon counts no open violation.",
    ),
}


@pytest.mark.parametrize("case", READ)
def test_what_to_read(case):
    stands, said = READ[case]
    assert reads(**stands) == said


def test_nothing_told_names_the_file_that_would():
    (need,) = HANDBOOK.states["policy_violations"].definition.needs
    told = reads(level="NONE", unread=None, under_review=None)
    assert told == f"– Read: {need.reason} {need.remedy}"


def test_violations_that_amazon_counts_are_not_nothing_to_read():
    told = reads(level="YELLOW", unread=None, under_review=None, violations=3, basis="UPPER_BOUND")
    assert told.startswith("! Read: ")
    assert "no unread" not in told
    assert "3" in told


def test_by_the_rating_a_list_without_orders_is_still_a_list():
    told = reads(AMAZON, level="NONE", unread=2, read=0, open=2)
    assert "No file tells of policy notifications." not in told
    assert "2 notifications to read." in told


def test_by_the_rating_a_red_mark_is_no_investigation():
    assert "being looked into" not in reads(AMAZON, level="RED", rating=50, is_estimate=False)


def test_by_the_rating_what_is_unread_is_to_be_read_under_a_green_mark():
    assert reads(AMAZON, level="GREEN", unread=1, rating=900) == "! Read: 1 notification to read."


def products(*rows):
    told = [
        {"sku": sku, "state": state, "oversold_units": over, "at_risk_units": risk} for sku, state, over, risk in rows
    ]
    return pl.DataFrame(told, schema=NO_PRODUCT.schema)


RESTOCK = {
    "one at risk": ([("A", "at risk", 0, 3)], "! Restock: 1 listing promises more units than are free."),
    "two at risk": (
        [("A", "at risk", 0, 3), ("B", "at risk", 0, 3), ("C", "enough", 0, 0)],
        "! Restock: 2 listings promise more units than are free.",
    ),
    "one oversold": (
        [("A", "oversold", 1, 3)],
        "✕ Restock: 1 product is oversold: A.",
    ),
    "three oversold": (
        [(sku, "oversold", 1, 3) for sku in "ABC"],
        "✕ Restock: 3 products are oversold: A, B, C.",
    ),
}


@pytest.mark.parametrize("case", RESTOCK)
def test_what_to_restock(case):
    rows, said = RESTOCK[case]
    assert errand(3, shelves=products(*rows)) == said


def test_four_oversold_are_not_named_as_three():
    told = errand(3, shelves=products(*((sku, "oversold", 1, 3) for sku in "ABCD")))
    assert "4 products are oversold: A, B, C." not in told


def test_an_oversold_product_that_is_not_listed_is_no_listing():
    assert "listing promises" not in errand(3, shelves=products(("A", "oversold", 1, None)))


def test_a_product_that_was_not_counted_may_not_have_units_enough():
    told = errand(3, shelves=products(("A", "not counted", None, None), ("B", "enough", 0, 0)))
    assert "Every product has units enough" not in told


def test_a_foreign_name_is_escaped():
    html = harmless(card(shelves=products((EVIL, "oversold", 1, 3))).html)
    assert "&lt;script&gt;" in html


MISSING = {
    0: ("orders.ship_by_at", metric().definition.needs[0]),
    1: ("messages", metric("contact_response_time").definition.needs[0]),
    3: ("stock", NEEDS[0]),
}


@pytest.mark.parametrize("place", MISSING)
def test_what_no_file_tells_is_named_with_the_file_that_would(place):
    name, need = MISSING[place]
    told = errand(place, account=lacking(WHOLE, name))
    assert told.startswith("– ")
    assert told.endswith(f"{need.reason} {need.remedy}")


def test_an_empty_account_knows_nothing_and_says_so():
    shown = card(
        account=lacking(WHOLE, *WHOLE.provided), stands={"level": "NONE", "unread": None, "under_review": None}
    )
    assert [line[3] for line in shown.text.splitlines()] == ["–"] * 4
    assert "✓" not in shown.text


@pytest.mark.parametrize("policy", [HANDBOOK, AMAZON], ids=lambda policy: policy.name)
def test_the_errands_of_the_example(policy):
    state = policy.states["policy_violations"]
    waiting = queue(policy["contact_response_time"], ACCOUNT, AS_OF)
    frames = to_confirm(ACCOUNT, AS_OF), waiting, standing(state, ACCOUNT, AS_OF), stock(ACCOUNT, AS_OF)
    lines = today(*frames, policy, ACCOUNT).text.splitlines()
    assert lines[0] == "1. ✕ Confirm: 3 orders to confirm. 2 are overdue. 1 is due today."
    assert len(lines) == 4
