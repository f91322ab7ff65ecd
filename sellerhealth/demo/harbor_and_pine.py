"""demo-us, Harbor & Pine: 400 days, about 15 orders a day, and what went wrong lately.

OnTrac dropped its Monday round; the vase was listed after the last one was sold; the lamp breaks. What buyers write
is told in `harbor_and_pine_service`, what Amazon and the shelves say in `harbor_and_pine_standing`.
"""

from dataclasses import replace
from datetime import date, timedelta

from sellerhealth.demo import (
    all_orders,
    harbor_and_pine_service,
    harbor_and_pine_standing,
    order_reports,
    seller_files,
)
from sellerhealth.demo.complaint import CHARGEBACK, Claim, Rating, claim, ordinary, rating
from sellerhealth.demo.history import orders
from sellerhealth.demo.order import Order
from sellerhealth.demo.shops import AMAZON_COM, LAMP, MUG, VALLEY_PARCEL, VASE
from sellerhealth.demo.shops import HARBOR_AND_PINE as SHOP

MONDAY, THREE_DAYS, TWO_DAYS = 0, timedelta(days=3), timedelta(days=2)
VALLEY_PARCEL_SINCE = date(2026, 9, 1)
NO_MONDAY_ROUND_SINCE = date(2026, 9, 21)
NO_VASE_SINCE = date(2026, 11, 5)
VASES_CANCELLED = (5, 6, 8, 10, 11, 12, 14)
"""The days of November 2026 on which a vase was bought that was not there."""
HALF_CANCELLED_ON, BUYER_CANCELS_ON = date(2026, 11, 9), date(2026, 11, 13)
DOWNLOAD_COVERS_SINCE = date(2026, 11, 8)
NEVER_CONFIRMED = (date(2026, 11, 6), date(2026, 11, 11))
PLANNED_COMPLAINTS_SINCE = date(2026, 8, 24)
LAMP_CLAIMS = {
    date(2026, 10, 8): (10, "granted", "seller"),
    date(2026, 10, 14): (9, "granted", "seller"),
    date(2026, 10, 19): (8, "denied", ""),
    date(2026, 10, 22): (9, "granted", "amazon"),
    date(2026, 10, 27): (10, "granted", "seller"),
    date(2026, 10, 30): (12, "pending", ""),
    date(2026, 11, 2): (9, "granted", "seller"),
    date(2026, 11, 4): (8, "granted", "seller"),
}
"""By the day the lamp was bought: days until the claim, how it stands, who paid."""


def files() -> dict[str, str]:
    """Every file of the account by its name."""
    book = orders(SHOP)
    _drop_monday_round(book)
    listed = _sell_out_of_vases(book)
    _forget_confirmations(book)
    _leave_unpaid(book)
    claims = [*_old_claims(book), *_lamp_claims(book)]
    ratings = _ratings(book, claims)
    _try_valley_parcel(book)
    matters = harbor_and_pine_service.matters(book)
    return {
        **seller_files.account(SHOP, contact="service@example.com"),
        **all_orders.files(SHOP, book.values()),
        **order_reports.files(SHOP, book.values(), reports=5),
        **seller_files.ship_confirmations(SHOP, book.values()),
        **seller_files.feedback(SHOP, ratings),
        **seller_files.claims(claims),
        **seller_files.cancellations(listed),
        **harbor_and_pine_service.files(matters),
        **harbor_and_pine_standing.files(book, matters),
    }


def _plain(book: dict[str, Order], day: date) -> Order:
    """An ordinary order of that day that no story has touched."""
    fitting = [
        order
        for order in book.values()
        if order.purchased_on == day
        and order.is_plain
        and order.channel is AMAZON_COM
        and order.items[0].product.sku not in (LAMP, VASE)
    ]
    return fitting[len(fitting) // 2]


def _try_valley_parcel(book: dict[str, Order]) -> None:
    """Home goods that USPS took before go out by a small regional carrier."""
    for order in list(book.values()):
        is_home = order.items[0].product.category == "Home"
        if is_home and order.carrier == "USPS" and order.ship_by_on >= VALLEY_PARCEL_SINCE:
            book[order.order_id] = replace(order, carrier=VALLEY_PARCEL)


def _drop_monday_round(book: dict[str, Order]) -> None:
    """What OnTrac should have taken on a Monday waits, four times in five until Thursday."""
    waiting = [
        order
        for order in book.values()
        if order.carrier == "OnTrac"
        and order.ship_by_on.weekday() == MONDAY
        and order.ship_by_on >= NO_MONDAY_ROUND_SINCE
        and order.confirmed_at
    ]
    for turn, order in enumerate(waiting):
        days = TWO_DAYS if turn % 5 == 2 else THREE_DAYS
        confirmed_at = SHOP.at(order.ship_by_on + days, 11 * 3600 + order.buyer % 3600)
        book[order.order_id] = replace(order, confirmed_at=confirmed_at)


def _sell_out_of_vases(book: dict[str, Order]) -> list[tuple[Order, str]]:
    """The seller cancels each vase of the last ten days. Returns what Amazon lists of the last seven, and its word."""
    _sell_no_vases_by_chance(book)
    cancelled = [_cancel_vase(book, date(2026, 11, day)) for day in VASES_CANCELLED]
    asked_for = _plain(book, BUYER_CANCELS_ON)
    book[asked_for.order_id] = asked_for.cancelled(asked_for.purchased_at + timedelta(hours=2))
    counted = [*cancelled, _cancel_vase_of_two(book, HALF_CANCELLED_ON)]
    recent = [(order, "Yes") for order in counted if order.purchased_on >= DOWNLOAD_COVERS_SINCE]
    return [*recent, (asked_for, "No")]


def _cancel_vase(book: dict[str, Order], day: date) -> Order:
    """An order of that day becomes one of a vase, and is cancelled the next morning."""
    order = _plain(book, day).of(SHOP.product(VASE))
    next_morning = SHOP.at(day + timedelta(days=1), 9 * 3600 + order.buyer % 3600)
    book[order.order_id] = order.cancelled(next_morning)
    return order


def _cancel_vase_of_two(book: dict[str, Order], day: date) -> Order:
    """An order of that day gets a vase beside its mug; the mug is sent, the vase cancelled."""
    order = _plain(book, day).of(SHOP.product(MUG))
    mug = order.items[0]
    vase = replace(mug, product=SHOP.product(VASE), number=mug.number[::-1], is_cancelled=True)
    book[order.order_id] = replace(order, items=(mug, vase))
    return order


def _sell_no_vases_by_chance(book: dict[str, Order]) -> None:
    """Leave the vases of the last ten days to the story."""
    for order in list(book.values()):
        others = tuple(item for item in order.items if item.product.sku != VASE)
        if order.purchased_on >= NO_VASE_SINCE and others != order.items:
            instead = replace(order.items[0], product=SHOP.product(MUG))
            book[order.order_id] = replace(order, items=others or (instead,))


def _forget_confirmations(book: dict[str, Order]) -> None:
    """Two parcels left the house without anyone confirming them."""
    for day in NEVER_CONFIRMED:
        order = _plain(book, day)
        book[order.order_id] = replace(order, confirmed_at=None)


def _leave_unpaid(book: dict[str, Order]) -> None:
    """The payments of the last four orders are not through yet."""
    for order in list(book.values())[-4:]:
        book[order.order_id] = replace(
            order, paid_at=order.purchased_at + timedelta(days=1), confirmed_at=None, cancelled_at=None
        )


def _old_claims(book: dict[str, Order]) -> list[Claim]:
    """The few claims and chargebacks of a good year, one of them won on appeal."""
    return [
        claim(_plain(book, date(2025, 12, 18)), 16, funded_by="seller"),
        claim(_plain(book, date(2026, 1, 29)), 12, status="withdrawn"),
        claim(_plain(book, date(2026, 3, 12)), 14, funded_by="seller", counts="no"),
        claim(_plain(book, date(2026, 4, 24)), 30, claim_type=CHARGEBACK, funded_by="seller"),
        claim(_plain(book, date(2026, 6, 16)), 11, status="denied"),
        claim(_plain(book, date(2026, 7, 27)), 13, funded_by="seller"),
        claim(_plain(book, date(2026, 10, 2)), 27, claim_type=CHARGEBACK, funded_by="seller"),
    ]


def _lamp_claims(book: dict[str, Order]) -> list[Claim]:
    """The lamp breaks: one claim is not decided yet, one was denied, one Amazon paid."""
    found = []
    for day, (days, status, funded_by) in LAMP_CLAIMS.items():
        order = _plain(book, day).of(SHOP.product(LAMP))
        book[order.order_id] = order
        found.append(claim(order, days, status=status, funded_by=funded_by))
    return found


def _ratings(book: dict[str, Order], claims: list[Claim]) -> list[Rating]:
    """Now and then a bad rating by chance; in the last months those of the story, one on an order with a claim."""
    good = [order for order in book.values() if order.purchased_on < PLANNED_COMPLAINTS_SINCE]
    broken_twice = next(one.order for one in claims if one.order.purchased_on == date(2026, 10, 14))
    return [
        *ordinary(good, "ratings of Harbor & Pine", {0: 993, 1: 1, 2: 1, 3: 5}),
        rating(_plain(book, date(2026, 9, 24)), 13, 1),
        rating(_afn(book, date(2026, 10, 12)), 9, 2, "Not as pictured."),
        rating(broken_twice, 11, 1, "The lamp broke."),
        rating(_plain(book, date(2026, 9, 9)), 9, 3),
        rating(_plain(book, date(2026, 10, 16)), 12, 3),
        rating(_plain(book, date(2026, 11, 1)), 8, 3),
    ]


def _afn(book: dict[str, Order], day: date) -> Order:
    """An order of that day shipped by Amazon."""
    return next(
        order
        for order in book.values()
        if order.purchased_on == day
        and order.shipped_by == "AFN"
        and order.channel is AMAZON_COM
        and order.cancelled_at is None
    )
