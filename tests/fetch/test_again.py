"""Run again: the same day, when time was short, and when Amazon no longer goes on where it was."""

from datetime import timedelta
from itertools import count

import pytest

from sellerhealth.sources.spapi.client import Endpoint
from sellerhealth.sources.spapi.fetch import fetch
from sellerhealth.sources.spapi.patience import Patience
from sellerhealth.sources.spapi.run import BEGIN, THERE
from tests.fetch.conftest import NOW, Shop
from tests.fetch.server import Answer
from tests.fetch.test_order_pages import page, stored
from tests.fetch.test_reports import ALL_ORDERS_REPORT, FEEDBACK_REPORT, FIVE
from tests.sources.folder import ID, ID_2, NAME

DAY = "2026-11-22"
PAGES = f"orders_{DAY}.jsonl"
BROKEN = Answer.of({"errors": []}, 500)
LATER = "What may still change is asked for again from 2026-11-23 10:30 UTC on."


def give(shop: Shop) -> None:
    shop.world.documents = {report: content.encode() for report, content in FIVE.items()}


def questions(shop: Shop) -> list[str]:
    """What was asked since the last look, but for how far reports are."""
    names = [name for name, _ in shop.world.asked if name in ("createReport", "searchOrders")]
    shop.world.asked.clear()
    return names


@pytest.mark.parametrize(
    ("kind", "question"), [("all_orders", "createReport"), ("performance", "createReport"), ("orders", "searchOrders")]
)
def test_what_may_have_changed_is_asked_for_again_after_an_hour(shop: Shop, kind: str, question: str):
    give(shop)
    shop.fetch(kind, since=DAY)
    questions(shop)
    shop.time = NOW + timedelta(minutes=59)
    shop.fetch(kind, since=DAY)
    assert shop.told == [f"{THERE} {LATER}"]
    assert questions(shop) == []
    shop.time = NOW + timedelta(minutes=60)
    assert shop.fetch(kind, since=DAY) == 0
    assert questions(shop) == [question]
    shop.fetch(kind, since=DAY)
    assert shop.told == [f"{THERE} {LATER.replace('10:30', '11:30')}"]


def test_the_time_is_told_by_the_minute_after_it(shop: Shop):
    give(shop)
    shop.time = NOW + timedelta(seconds=1)
    shop.fetch("performance")
    shop.fetch("performance")
    assert shop.told == [f"{THERE} {LATER.replace('10:30', '10:31')}"]


def test_what_is_settled_is_not_asked_for_again(shop: Shop):
    give(shop)
    shop.fetch("all_orders", "orders", since="2026-03-01", until="2026-03-05")
    questions(shop)
    shop.time += timedelta(days=3)
    shop.fetch("all_orders", "orders", since="2026-03-01", until="2026-03-05")
    assert shop.told == [THERE]
    assert questions(shop) == []


def test_a_report_of_the_day_before_is_forgotten_before_anything_is_asked_for(shop: Shop):
    """Two reports were asked for a moment apart; the clock passes the day of the first, then of the second."""
    shop.patience = Patience(run=10)
    shop.world.end = dict.fromkeys((ALL_ORDERS_REPORT, FEEDBACK_REPORT), "IN_QUEUE")
    assert shop.fetch("feedback", "all_orders", since="2026-11-01") == 2
    shop.world.end.clear()
    give(shop)
    seconds = count(-2)
    told: list[str] = []
    lost = fetch(
        shop.data,
        NAME,
        only=["feedback", "all_orders"],
        since="2026-11-01",
        tell=told.append,
        now=lambda: NOW + timedelta(days=1, seconds=next(seconds)),
        endpoint=Endpoint(api=shop.address, login=shop.address),
    )
    assert lost == 0
    assert told == [
        BEGIN.format(2),
        "All Orders, 2026-10-31 to 2026-11-29: stored.",
        "Seller feedback (US), 2026-08-27 to 2027-08-26: stored.",
    ]


def test_all_reports_of_a_run_together_are_waited_for_two_hours(shop: Shop):
    give(shop)
    shop.world.end[ALL_ORDERS_REPORT] = "IN_PROGRESS"
    lost = shop.fetch("all_orders", "performance")
    assert lost == len(shop.told) - 2 > 10
    assert sum(shop.slept) == 7200
    assert shop.told[-1] == "Seller performance, 2026-11-23: stored."
    waiting = "not fetched. Amazon is still making it. Run the same command again later: it goes on waiting."
    assert all(sentence.endswith(waiting) for sentence in shop.told[1:-1])


def test_a_service_that_is_too_busy_ends_a_run_too(shop: Shop):
    give(shop)
    shop.patience = Patience(run=600)
    shop.world.fail("createReport", *[Answer.of({"errors": []}, 503, **{"Retry-After": "300"})] * 100)
    lost = shop.fetch("all_orders")
    assert sum(shop.slept) <= 900
    assert lost == len(shop.told) - 1 > 10
    over = "All Orders, 2026-10-31 to 2026-11-29: not fetched. "
    assert shop.told[-1] == f"{over}The time of one run is over. Run the same command again: it goes on."


def test_order_pages_that_take_too_long_go_on_with_the_next_run(shop: Shop):
    shop.world.orders = {"": page(ID, following="two"), "two": page(ID_2)}
    shop.world.fail("searchOrders", Answer.of({"errors": []}, 429, **{"Retry-After": "50"}))
    shop.patience = Patience(run=40)
    assert shop.fetch("orders", since=DAY, until=DAY) == 1
    over = "The time of one run is over. Run the same command again: it goes on."
    assert shop.told[1] == f"Orders of the Orders API, {DAY}: not fetched. {over}"
    assert shop.fetch("orders", since=DAY, until=DAY) == 0
    assert stored(shop, PAGES) == [[ID], [ID_2]]
    assert [one.get("paginationToken") for one in shop.world.questions("searchOrders")] == [None, None, "two"]


def cut_off(shop: Shop) -> None:
    """A run that stored a page and has the token of the next."""
    shop.world.orders = {"": page(ID, following="two"), "two": page(ID_2)}
    shop.world.fail("searchOrders", Answer.of(page(ID, following="two")), *[BROKEN] * 6)
    assert shop.fetch("orders", since=DAY, until=DAY) == 1
    shop.world.asked.clear()


def tokens(shop: Shop) -> list[object]:
    return [one.get("paginationToken") for one in shop.world.questions("searchOrders")]


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_token_of_an_earlier_run_that_amazon_refuses_is_no_end(shop: Shop, status: int):
    cut_off(shop)
    shop.world.fail("searchOrders", Answer.of({"errors": [{"code": "InvalidInput", "message": "Expired."}]}, status))
    assert shop.fetch("orders", since=DAY, until=DAY) == 0
    assert tokens(shop) == ["two", None, "two"]
    assert stored(shop, PAGES) == [[ID], [ID_2]]


def test_a_token_that_is_always_refused_is_tried_once_a_run(shop: Shop):
    cut_off(shop)
    refused = Answer.of({"errors": [{"code": "Unauthorized", "message": "No."}]}, 403)
    first = Answer.of(page(ID, following="two"))
    shop.world.fail("searchOrders", refused, first, refused)
    assert shop.fetch("orders", since=DAY, until=DAY) == 1
    assert tokens(shop) == ["two", None, "two"]
    shop.world.asked.clear()
    assert shop.fetch("orders", since=DAY, until=DAY) == 0
    assert tokens(shop) == [None, "two"]


@pytest.mark.parametrize(("hours", "expected"), [(24, ["two"]), (25, [None, "two"])])
def test_a_token_of_the_day_before_is_not_tried(shop: Shop, hours: int, expected: list[object]):
    cut_off(shop)
    shop.time = NOW + timedelta(hours=hours)
    assert shop.fetch("orders", since=DAY, until=DAY) == 0
    assert tokens(shop) == expected
    assert stored(shop, PAGES) == [[ID], [ID_2]]
