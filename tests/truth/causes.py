"""Worlds with a cause planted four weeks ago, or none: what a search for causes has to name, and what it must not."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from functools import cache

from sellerhealth import policy
from sellerhealth.definition.metric import Metric
from sellerhealth.demo.complaint import Rating, ordinary, rating
from sellerhealth.demo.dice import Dice
from sellerhealth.demo.history import orders
from sellerhealth.demo.order import Order
from sellerhealth.demo.shop import Shop
from sellerhealth.measure.causes.explains import explains
from tests.truth import world

SINCE = 27
"""So many days before the last one it began: the day after the one it is compared with."""
CARRIER, PRODUCT, TUESDAY = "OnTrac", "HP-LAMP-02", 1
Found = tuple[str | None, str | None]
"""The dimension and the value that were named; None where none was."""


def late_carrier(seed: int) -> Found:
    """Since four weeks half of what a carrier takes leaves four days late."""
    shop = _shop(seed)
    return _named("late_dispatch_rate", shop, _late(shop, lambda order: order.carrier == CARRIER, 0.5))


def late_weekday(seed: int) -> Found:
    """Since four weeks half of what is due on a Tuesday leaves four days late."""
    shop = _shop(seed)
    return _named("late_dispatch_rate", shop, _late(shop, lambda order: order.ship_by_on.weekday() == TUESDAY, 0.5))


def bad_product(seed: int) -> Found:
    """Since four weeks four in ten buyers of a product are angry, a few days after they bought."""
    shop, dice = _shop(seed), Dice(f"angry {seed}")
    book = list(orders(shop).values())
    first = shop.last_day - timedelta(days=SINCE)
    bought = [one for one in book if one.purchased_on >= first and one.items[0].product.sku == PRODUCT]
    angry = [rating(one, 3, 1) for one in bought if one.cancelled_at is None and dice.chance(0.4)]
    return _named("order_defect_rate", shop, book, [*_usual(book, seed), *angry])


def more_of_a_bad_carrier(seed: int) -> Found:
    """A carrier that was always late gets three times as much since four weeks, and no carrier changes by itself."""
    shop, dice = _shop(seed), Dice(f"shift {seed}")
    first = shop.last_day - timedelta(days=SINCE)
    book = [
        replace(one, carrier=CARRIER if dice.chance(0.6 if one.ship_by_on >= first else 0.1) else "UPS")
        for one in orders(shop).values()
    ]
    return _named("late_dispatch_rate", shop, _late(shop, lambda one: one.carrier == CARRIER, 0.3, book, days=999))


def nothing(seed: int) -> Found:
    """One order in twelve is late, all the time and whatever it is."""
    shop = _shop(seed)
    return _named("late_dispatch_rate", shop, _late(shop, _any, 0.08, days=999))


def nothing_but_complaints(seed: int) -> Found:
    """Three in a hundred buyers are angry, all the time and whatever they bought."""
    shop = _shop(seed)
    book = list(orders(shop).values())
    return _named("order_defect_rate", shop, book, ordinary(book, f"angry {seed}", {0: 97, 1: 3}))


def everything(seed: int) -> Found:
    """Since four weeks one order in six is late, whatever it is: no value explains that."""
    shop = _shop(seed)
    return _named("late_dispatch_rate", shop, _late(shop, _any, 0.16))


def always_bad(seed: int) -> Found:
    """A carrier was always late in a fifth of the cases, and nothing has changed."""
    shop = _shop(seed)
    return _named("late_dispatch_rate", shop, _late(shop, lambda one: one.carrier == CARRIER, 0.2, days=999))


def _any(_: Order) -> bool:
    return True


def _shop(seed: int) -> Shop:
    return world.shop(seed, a_day=15, days=75)


def _late(
    shop: Shop, of: Callable[[Order], bool], share: float, book: Iterable[Order] | None = None, days: int = SINCE
) -> list[Order]:
    """The orders, with a share of those due in the last days that leave four days late."""
    dice, first = Dice(f"late {shop.seed}"), shop.last_day - timedelta(days=days)
    told = []
    for one in book or orders(shop).values():
        is_due = one.ship_by_on >= first and one.confirmed_at is not None and of(one)
        late = shop.at(one.ship_by_on + timedelta(days=4), 11 * 3600)
        told.append(replace(one, confirmed_at=late) if is_due and dice.chance(share) else one)
    return told


def _usual(book: Iterable[Order], seed: int) -> list[Rating]:
    return ordinary(book, f"usual {seed}", {0: 995, 1: 2, 2: 3})


def _named(name: str, shop: Shop, book: Iterable[Order], ratings: Iterable[Rating] = ()) -> Found:
    account = world.account(shop, book, ratings)
    found = explains(_metric(name), account, shop.last_day).row(0, named=True)
    return found["dimension"], found["name"]


@cache
def _metric(name: str) -> Metric:
    return policy("handbook")[name]
