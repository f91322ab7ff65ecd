"""The ordinary life of a shop: its orders, day by day, before anything special happens to them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sellerhealth.demo.dice import Dice
from sellerhealth.demo.order import Item, Order
from sellerhealth.demo.shop import SATURDAY, Product, Shop, business_day

HANDLING_DAYS = 2
BUSY = (0.95, 0.9, 0.92, 1.0, 0.95, 1.12, 1.16)
"""How busy each day of the week is, Monday first."""
HOURS = {7: 2, 8: 3, 9: 4, 10: 5, 11: 5, 12: 6, 13: 5, 14: 4, 15: 4, 16: 4, 17: 5, 18: 6, 19: 8, 20: 8, 21: 6, 22: 3}
"""The hours in which buyers buy, and how many of them."""
SERVICES = {"MFN": {"Standard": 8, "Expedited": 2}, "AFN": {"SecondDay": 6, "Standard": 3, "NextDay": 1}}


def orders(shop: Shop) -> dict[str, Order]:
    """Every order of the shop by its id, oldest first."""
    dice = Dice(f"{shop.folder} {shop.seed}")
    found = sorted(_bought(shop, dice), key=lambda order: (order.purchased_at, order.order_id))
    return {order.order_id: order for order in found}


def _bought(shop: Shop, dice: Dice) -> Iterator[Order]:
    number = 0
    for past in range((shop.last_day - shop.first_day).days + 1):
        day = shop.first_day + timedelta(days=past)
        buyers = sum(dice.chance(BUSY[day.weekday()] * shop.busy) for _ in range(shop.most_a_day))
        for _ in range(buyers):
            number += 1
            yield _order(shop, dice, day, number)


def _order(shop: Shop, dice: Dice, day: date, number: int) -> Order:
    items = _items(shop, dice)
    shipped_by = items[0].product.channel
    channel = dice.pick(shop.channels[shipped_by])
    purchased_at = shop.at(day, dice.pick(HOURS) * 3600 + dice.between(0, 3599))
    ship_by_on = business_day(day, HANDLING_DAYS)
    ours = shipped_by == "MFN"
    order = Order(
        order_id=f"{dice.pick(dict.fromkeys(shop.order_prefixes, 1))}-{dice.digits(7)}-{dice.digits(7)}",
        buyer=number,
        items=items,
        channel=channel,
        town=dice.pick(dict.fromkeys(channel.towns, 1)),
        service=dice.pick(SERVICES[shipped_by]),
        purchased_on=day,
        purchased_at=purchased_at,
        paid_at=purchased_at + timedelta(minutes=30),
        ship_by_on=ship_by_on,
        ship_by_at=shop.end_of(ship_by_on),
        carrier=dice.pick(shop.carriers) if ours else "",
        confirmed_at=_confirmed(shop, dice, ship_by_on)
        if ours
        else purchased_at + timedelta(minutes=dice.between(400, 1800)),
    )
    return order.cancelled(_soon(dice, purchased_at)) if dice.chance(shop.cancelling_buyers) else order


def _soon(dice: Dice, purchased_at: datetime) -> datetime:
    """While the buyer can still cancel: before any shipment."""
    return purchased_at + timedelta(minutes=dice.between(40, 380))


def _items(shop: Shop, dice: Dice) -> tuple[Item, ...]:
    """One product, or two that are shipped by the same; an order in the report is never shipped by both."""
    first = dice.pick(shop.products)
    others = {
        product: weight
        for product, weight in shop.products.items()
        if product.channel == first.channel and product is not first
    }
    bought = [first, dice.pick(others)] if others and dice.chance(shop.two_item_share) else [first]
    return tuple(_item(dice, product) for product in bought)


def _item(dice: Dice, product: Product) -> Item:
    return Item(product=product, number=dice.digits(14), quantity=dice.pick({1: 12, 2: 2, 3: 1}))


def _confirmed(shop: Shop, dice: Dice, ship_by_on: date) -> datetime:
    """In working hours of the business day before the ship-by day, or of that day; rarely later."""
    seconds = dice.between(9 * 3600, 18 * 3600)
    if dice.chance(shop.very_late_share):
        return shop.at(_working_day(ship_by_on + timedelta(days=3)), seconds)
    if dice.chance(shop.late_share):
        return shop.at(ship_by_on + timedelta(days=1), seconds)
    return shop.at(business_day(ship_by_on, -1) if dice.chance(0.6) else ship_by_on, seconds)


def _working_day(day: date) -> date:
    return day if day.weekday() < SATURDAY else business_day(day, 1)
