"""Accounts made without files are the ones that were planted."""

from datetime import timedelta

import pytest

from sellerhealth import evaluate, policy
from sellerhealth.demo import correspondence, history, returns
from sellerhealth.demo.complaint import claim, rating
from sellerhealth.demo.harbor_and_pine_service import DESK, TRAFFIC
from sellerhealth.demo.matter import numbered
from tests.truth import size, world
from tests.truth.complaints import complaints

HANDBOOK = policy("handbook")


@pytest.mark.parametrize(("a_day", "days"), [(0.4, 400), (5, 100), (20, 40)])
def test_it_sells_so_much_a_day(a_day, days):
    shop = world.shop(1, a_day, days)
    book = history.orders(shop).values()
    assert (shop.last_day - shop.first_day).days == days - 1
    assert len(book) / days == pytest.approx(a_day, rel=0.2)
    assert {one.shipped_by for one in book} == {"MFN"}


def test_another_seed_is_another_seller():
    one, other = (set(history.orders(world.shop(seed, 5, 30))) for seed in (1, 2))
    assert not one & other
    assert set(history.orders(world.shop(1, 5, 30))) == one


def test_what_is_planted_is_counted():
    shop = world.shop(1, 10, 60, cancelling_buyers=0)
    book = list(history.orders(shop).values())
    inside = [one for one in book if one.is_plain]
    cancelled = inside[0].cancelled(inside[0].purchased_at + timedelta(hours=2))
    book = [cancelled if one is inside[0] else one for one in book]
    told = [rating(inside[1], 8, 1), rating(inside[2], 8, 3), rating(inside[-1], 21, 1)]
    account = world.account(shop, book, told, [claim(inside[3], 9)])
    counts = evaluate(HANDBOOK["order_defect_rate"], account, shop.last_day).select("defects", "denominator").row(0)
    assert counts == (2, len(book)), "two complaints, and one that comes after the last day"
    by_buyer = evaluate(HANDBOOK["cancellation_rate"], account, inside[0].purchased_on + timedelta(days=3))
    by_us = world.account(shop, book, by_seller={cancelled.order_id})
    assert by_buyer["defects"].item() == 0
    assert evaluate(HANDBOOK["cancellation_rate"], by_us, cancelled.purchased_on + timedelta(days=3))["defects"][0] == 1


def test_messages_and_returns_come_along():
    shop = world.shop(2, 8, 60)
    book = history.orders(shop)
    traffic = {"seed": 2, "first_day": shop.first_day, "most_a_day": 4, "busy": (0.5,) * 7}
    desk = DESK.__class__(shop=shop, weekday=DESK.weekday, weekend=DESK.weekend)
    matters = numbered(correspondence.ordinary(desk, book, TRAFFIC.__class__(until=TRAFFIC.until, **traffic)))
    sent_back = returns.ordinary(shop, list(book.values()), matters, {}, 0.05)
    account = world.account(shop, book.values(), matters=matters, returns=sent_back)
    assert evaluate(HANDBOOK["contact_response_time"], account, shop.last_day)["denominator"][0] > 20
    asked = {one.order.order_id for one in matters if one.order} | {
        one.order.order_id for one in sent_back if one.refunded
    }
    flawed = evaluate(HANDBOOK["perfect_order_percentage"], account, shop.last_day)["defects"][0]
    assert flawed >= len(asked) - 5


def test_nothing_at_all_is_an_account_too():
    shop = world.shop(1, 5, 30)
    found = evaluate(HANDBOOK["order_defect_rate"], world.account(shop, []), shop.last_day)
    assert found.select("numerator", "denominator", "status").rows() == [(0, 0, "NONE")]


def test_complaints_come_at_their_rate_and_as_late_as_the_demos():
    shop = world.shop(3, 20, 200, cancelling_buyers=0)
    book = list(history.orders(shop).values())
    ratings, claims = complaints(book, "3", lambda _: 0.05)
    assert (len(ratings) + len(claims)) / len(book) == pytest.approx(0.05, rel=0.2)
    late = [(one.rated_on - one.order.purchased_on).days for one in ratings]
    assert (min(late), max(late)) == (6, 21)
    assert {one.order.order_id for one in ratings}.isdisjoint(one.order.order_id for one in claims)


def test_how_many_is_said_by_the_environment(monkeypatch):
    monkeypatch.delenv(size.LONG, raising=False)
    assert size.accounts(7) == 7
    monkeypatch.setenv(size.LONG, "1000")
    assert size.accounts(7) == 1000
