"""demo-uk, Fern Street Books: about 40 orders in 60 days, of which one bad rating breaks the target.

Somebody answers every day: of 40 messages one waited too long, in July. Five buyers filled in the survey, too few for
a rating. The one policy notification there was is resolved. Amazon's own downloads were never fetched.
"""

from datetime import date, timedelta

from sellerhealth.demo import (
    all_orders,
    messages,
    notifications,
    order_reports,
    phrases,
    seller_files,
    stock,
    surveys,
)
from sellerhealth.demo.complaint import Rating, claim, rating
from sellerhealth.demo.correspondence import Traffic, ordinary
from sellerhealth.demo.desk import Desk
from sellerhealth.demo.history import orders
from sellerhealth.demo.matter import SELLER, Matter, Message, matter, numbered
from sellerhealth.demo.notifications import resolved
from sellerhealth.demo.order import Order
from sellerhealth.demo.shops import FERN_STREET_BOOKS as SHOP
from sellerhealth.demo.surveys import Survey

DISAPPOINTED = date(2026, 10, 13)
"""From this day on, the next order is rated one star."""
DESK = Desk(shop=SHOP, weekday=(9, 18), weekend=(10, 16))
TRAFFIC = Traffic(
    seed=10, first_day=SHOP.first_day, until=SHOP.at(date(2026, 11, 14), 12 * 3600), most_a_day=1, busy=(0.16,) * 7
)
FORGOTTEN_AT = SHOP.at(date(2026, 7, 21), 11 * 3600)
ANSWERED_AFTER = timedelta(hours=47, minutes=12)
SCORES = {27: 9, 28: 6, 29: 8, 31: 9, 33: 10}
"""By the number of the matter, what its buyer gave."""
NOTIFICATIONS = (resolved(1, date(2026, 6, 9), 5, "listing_policy", "low", "B0DEMOFS33"),)
HELD = {"FS-0412": 14, "FS-0433": 22, "FS-0457": 9, "FS-0468": 17, "FS-0490": 6}
LISTED = {"FS-0412": 10, "FS-0433": 15, "FS-0457": 6, "FS-0468": 12, "FS-0490": 4}


def files() -> dict[str, str]:
    """Every file of the account by its name."""
    book = orders(SHOP)
    matters = _matters(book)
    return {
        **seller_files.account(SHOP),
        **all_orders.files(SHOP, book.values()),
        **order_reports.files(SHOP, book.values(), reports=4),
        **seller_files.ship_confirmations(SHOP, book.values()),
        **seller_files.feedback(SHOP, _ratings(book)),
        **seller_files.claims([claim(_next(book, date(2026, 8, 11)), 13, status="denied")]),
        **messages.file(matters),
        **surveys.file(_surveys(matters)),
        **notifications.file(NOTIFICATIONS),
        **stock.count(SHOP, HELD),
        **stock.listings(SHOP, LISTED),
    }


def _next(book: dict[str, Order], day: date) -> Order:
    """The first order of that day or later."""
    return next(order for order in book.values() if order.purchased_on >= day)


def _ratings(book: dict[str, Order]) -> list[Rating]:
    return [
        rating(_next(book, date(2026, 6, 20)), 10, 3),
        rating(_next(book, DISAPPOINTED), 12, 1),
        rating(_next(book, date(2026, 10, 24)), 9, 3),
    ]


def _matters(book: dict[str, Order]) -> list[Matter]:
    """What buyers write by themselves, and the question that lay forgotten for two days."""
    order = _next(book, date(2026, 7, 15))
    answer = Message(
        sent_at=FORGOTTEN_AT + ANSWERED_AFTER, sender=SELLER, text="We are sorry. It is under way since today."
    )
    thing = order.items[0].product.name.lower()
    forgotten = matter(phrases.DELIVERY, 0, order, thing, FORGOTTEN_AT, [answer])
    return numbered([*ordinary(DESK, book, TRAFFIC), forgotten])


def _surveys(matters: list[Matter]) -> list[Survey]:
    return [
        Survey(
            thread_id=matters[number].thread_id,
            answered_at=matters[number].answers[0] + timedelta(hours=30),
            score=score,
            is_solved=score > 6,
        )
        for number, score in SCORES.items()
    ]
