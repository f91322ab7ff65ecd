"""demo-uk, Fern Street Books: about 40 orders in 60 days, of which one bad rating breaks the target."""

from datetime import date

from sellerhealth.demo import all_orders, order_reports, seller_files
from sellerhealth.demo.complaint import Rating, claim, rating
from sellerhealth.demo.history import orders
from sellerhealth.demo.order import Order
from sellerhealth.demo.shops import FERN_STREET_BOOKS as SHOP

DISAPPOINTED = date(2026, 10, 13)
"""From this day on, the next order is rated one star."""


def files() -> dict[str, str]:
    """Every file of the account by its name."""
    book = orders(SHOP)
    return {
        **seller_files.account(SHOP),
        **all_orders.files(SHOP, book.values()),
        **order_reports.files(SHOP, book.values(), reports=4),
        **seller_files.ship_confirmations(SHOP, book.values()),
        **seller_files.feedback(SHOP, _ratings(book)),
        **seller_files.claims([claim(_next(book, date(2026, 8, 11)), 13, status="denied")]),
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
