"""A shop: what an invented seller sells, to where, by whom it is carried, and how busy it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerhealth.definition.marketplaces import Marketplace

SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product of the shop; `channel` says who ships it, `cents` is the price of one, `category` is Amazon's."""

    sku: str
    name: str
    asin: str
    cents: int
    channel: str = "MFN"
    category: str = ""


@dataclass(frozen=True, kw_only=True)
class Town:
    """A place buyers live in."""

    city: str
    state: str
    postal_code: str
    country: str


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A website the shop sells on, as Amazon's reports name it, and where its buyers live."""

    name: str
    currency: str
    towns: tuple[Town, ...]


@dataclass(frozen=True, kw_only=True)
class Shop:
    """An invented seller from `first_day` to `last_day`, both included.

    `most_a_day` buyers look in each day and the share `busy` of them buys on an average day. The mappings give each
    thing its weight; `channels` has one for each of MFN and AFN.
    """

    folder: str
    label: str
    marketplace: Marketplace
    seed: int
    first_day: date
    last_day: date
    most_a_day: int
    busy: float
    two_item_share: float
    cancelling_buyers: float
    late_share: float
    very_late_share: float
    order_prefixes: tuple[str, ...]
    products: Mapping[Product, float]
    channels: Mapping[str, Mapping[Channel, float]]
    carriers: Mapping[str, float]

    @property
    def website(self) -> str:
        """The name of its own marketplace; Amazon judges each marketplace apart."""
        return f"Amazon.{self.marketplace.domain}"

    def at(self, day: date, seconds: int) -> datetime:
        """The UTC moment of a clock time of the shop's zone, in seconds after midnight."""
        clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        return datetime.combine(day, clock, ZoneInfo(self.marketplace.zone)).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The last second of a day of the shop's zone, in UTC."""
        return self.at(day, 24 * 3600 - 1)

    def local(self, moment: datetime) -> datetime:
        """A moment by the clock of the shop's zone."""
        return moment.astimezone(ZoneInfo(self.marketplace.zone))

    def window(self, days: int, ended_days_ago: int) -> tuple[date, date]:
        """The first and the last of so many days, the last so many days before the shop's last."""
        last = self.last_day - timedelta(days=ended_days_ago)
        return last - timedelta(days=days - 1), last

    def product(self, sku: str) -> Product:
        """The product of that SKU."""
        return next(product for product in self.products if product.sku == sku)


def business_day(day: date, steps: int) -> date:
    """The business day so many steps after (or, when negative, before) a day.

    Example:
        >>> business_day(date(2026, 11, 12), 2).isoformat()
        '2026-11-16'
    """
    step = timedelta(days=1 if steps > 0 else -1)
    for _ in range(abs(steps)):
        day += step
        while day.weekday() >= SATURDAY:
            day += step
    return day
