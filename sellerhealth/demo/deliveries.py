"""The on-time delivery download of Account Health: one row per order and SKU that should be there."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sellerhealth.demo.dice import Dice
from sellerhealth.demo.order import Order
from sellerhealth.demo.shop import Shop
from sellerhealth.demo.table import csv

COLUMNS = (
    "Order ID",
    "SKU",
    "Quantity",
    "Carrier Name",
    "Promised Delivery Date Without Extension",
    "Actual Delivery Date",
    "Delivered Late",
)
COVERS = timedelta(days=40)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """An order and the day it arrived; None while it has not."""

    order: Order
    arrived_on: date | None

    @property
    def is_late(self) -> bool:
        """Whether it arrived after the promised day."""
        return self.arrived_on is not None and self.arrived_on > self.order.deliver_by_on

    @property
    def units(self) -> int:
        """How many units were in it."""
        return sum(item.quantity for item in self.order.items if not item.is_cancelled)


def deliveries(shop: Shop, orders: Collection[Order], transit: Mapping[str, Mapping[int, float]]) -> list[Delivery]:
    """What was promised within 40 days up to the last; `transit` weighs how many days each carrier needs."""
    dice = Dice(f"deliveries of {shop.label}")
    thrown = [(order, dice.pick(transit[order.carrier])) for order in orders if order.carrier]
    return [
        Delivery(order=order, arrived_on=_arrived_on(shop, order.confirmed_at, days))
        for order, days in thrown
        if order.channel.name == shop.website
        and order.confirmed_at is not None
        and shop.last_day - COVERS < order.deliver_by_on <= shop.last_day
    ]


def file(deliveries: Collection[Delivery]) -> dict[str, str]:
    """on-time-delivery.csv, by the promised day."""
    by_promise = sorted(deliveries, key=lambda delivery: (delivery.order.deliver_by_on, delivery.order.order_id))
    rows = (row for delivery in by_promise for row in _rows(delivery))
    return {"on-time-delivery.csv": csv(COLUMNS, rows)}


def arrived(deliveries: Collection[Delivery], first: date, last: date) -> list[Delivery]:
    """Those promised from the first to the last day that are there."""
    return [one for one in deliveries if one.arrived_on and first <= one.order.deliver_by_on <= last]


def on_time(arrived: Collection[Delivery]) -> tuple[int, int]:
    """How many orders came in time, and how many came."""
    return sum(not delivery.is_late for delivery in arrived), len(arrived)


def on_time_units(arrived: Collection[Delivery]) -> tuple[int, int]:
    """How many units came in time, and how many came."""
    return sum(one.units for one in arrived if not one.is_late), sum(one.units for one in arrived)


def _arrived_on(shop: Shop, confirmed_at: datetime, days: int) -> date | None:
    arrived_on = shop.local(confirmed_at).date() + timedelta(days=days)
    return arrived_on if arrived_on <= shop.last_day else None


def _rows(delivery: Delivery) -> Iterator[dict[str, str]]:
    for item in delivery.order.items:
        if not item.is_cancelled:
            yield {
                "Order ID": delivery.order.order_id,
                "SKU": item.product.sku,
                "Quantity": str(item.quantity),
                "Carrier Name": delivery.order.carrier,
                "Promised Delivery Date Without Extension": delivery.order.deliver_by_on.isoformat(),
                **_arrival(delivery),
            }


def _arrival(delivery: Delivery) -> dict[str, str]:
    """Nothing while it is not there."""
    if delivery.arrived_on is None:
        return {}
    return {
        "Actual Delivery Date": delivery.arrived_on.isoformat(),
        "Delivered Late": "Yes" if delivery.is_late else "No",
    }
