"""The valid tracking download of Account Health: one row per package whose delivery was promised lately."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sellerhealth.demo.dice import Dice
from sellerhealth.demo.order import Order
from sellerhealth.demo.shop import Shop
from sellerhealth.demo.table import csv

COLUMNS = (
    "Order ID",
    "Carrier Name",
    "Tracking ID",
    "Promised Delivery Date",
    "Product Category",
    "Valid Tracking",
)
COVERS = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class Package:
    """One package, and whether its carrier ever scanned it."""

    order: Order
    number: str
    is_valid: bool


def packages(shop: Shop, orders: Collection[Order], lost: Mapping[str, float]) -> list[Package]:
    """Those promised within 60 days up to the last; of each carrier the share `lost` was never scanned."""
    dice = Dice(f"tracking of {shop.label}")
    thrown = [(order, dice.digits(12), dice.chance(lost[order.carrier])) for order in orders if order.carrier]
    return [
        Package(order=order, number=number, is_valid=not is_lost)
        for order, number, is_lost in thrown
        if order.channel.name == shop.website
        and order.was_confirmed(shop.end_of(shop.last_day))
        and shop.last_day - COVERS < order.deliver_by_on <= shop.last_day
    ]


def file(packages: Collection[Package]) -> dict[str, str]:
    """valid-tracking.csv, by the promised day."""
    rows = (
        {
            "Order ID": package.order.order_id,
            "Carrier Name": package.order.carrier,
            "Tracking ID": f"DEMO{package.number}",
            "Promised Delivery Date": package.order.deliver_by_on.isoformat(),
            "Product Category": package.order.items[0].product.category,
            "Valid Tracking": "Yes" if package.is_valid else "No",
        }
        for package in sorted(packages, key=lambda package: (package.order.deliver_by_on, package.order.order_id))
    )
    return {"valid-tracking.csv": csv(COLUMNS, rows)}


def valid(packages: Collection[Package], first: date, last: date) -> tuple[int, int]:
    """Of the packages promised from the first to the last day: how many were scanned, and how many there are."""
    inside = [package.is_valid for package in packages if first <= package.order.deliver_by_on <= last]
    return sum(inside), len(inside)
