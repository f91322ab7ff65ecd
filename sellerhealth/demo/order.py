"""An order of a demo account, and what Amazon's reports say of it at a moment."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sellerhealth.demo.shop import Channel, Product, Town

DELIVERY_DAYS = timedelta(days=6)


@dataclass(frozen=True, kw_only=True)
class Item:
    """So many of a product; `number` is Amazon's order-item-id."""

    product: Product
    number: str
    quantity: int = 1
    is_cancelled: bool = False

    @property
    def cents(self) -> int:
        """The price of all of them."""
        return self.product.cents * self.quantity


@dataclass(frozen=True, kw_only=True)
class Order:
    """One order with all that ever happens to it, also what lies after the last download.

    `confirmed_at` is None when shipment is never confirmed, `cancelled_at` when nobody cancels.
    """

    order_id: str
    buyer: int
    items: tuple[Item, ...]
    channel: Channel
    town: Town
    service: str
    purchased_on: date
    purchased_at: datetime
    paid_at: datetime
    ship_by_on: date
    ship_by_at: datetime
    carrier: str
    confirmed_at: datetime | None
    cancelled_at: datetime | None = None

    @property
    def shipped_by(self) -> str:
        """MFN or AFN."""
        return self.items[0].product.channel

    @property
    def is_plain(self) -> bool:
        """One item shipped by the seller, paid, on time and not cancelled: an order a story can be told with."""
        on_time = self.confirmed_at is not None and self.confirmed_at <= self.ship_by_at
        return len(self.items) == 1 and self.shipped_by == "MFN" and on_time and self.cancelled_at is None

    @property
    def deliver_by_on(self) -> date:
        """The last day of the promised delivery."""
        return self.ship_by_on + DELIVERY_DAYS

    def was_confirmed(self, moment: datetime) -> bool:
        """Whether its shipment was confirmed at a moment."""
        return self.confirmed_at is not None and self.confirmed_at <= moment

    def tax(self, item: Item) -> int:
        """The sales tax on an item in cents: 8 % in the United States, elsewhere within the price."""
        return item.cents * 8 // 100 if self.town.country == "US" else 0

    def cancelled(self, moment: datetime) -> "Order":
        """The order cancelled at a moment, before shipment."""
        return replace(self, cancelled_at=moment, confirmed_at=None)

    def of(self, product: Product) -> "Order":
        """The order, but of one of another product."""
        return replace(self, items=(replace(self.items[0], product=product, quantity=1),))

    def state(self, moment: datetime) -> tuple[str, datetime]:
        """The status that All Orders shows at a moment, and since when."""
        if self.cancelled_at and self.cancelled_at <= moment:
            return "Cancelled", self.cancelled_at
        if self.confirmed_at and self.confirmed_at <= moment:
            return "Shipped", self.confirmed_at
        return ("Unshipped", self.paid_at) if self.paid_at <= moment else ("Pending", self.purchased_at)
