"""What is told of parcels and products: returns, tracking and deliveries that Amazon judged."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, timedelta

from tests.oracle.chance import YES_NO, Chance, Row

PROMISED = (-1, 0, 6, 7, 8, 9, 10, 11, 16, 17, 18, 20, 21, 22, 39, 40, 41)
"""How many days ago windows by the promise begin and end, and the days beside."""
ENOUGH = (10, 20, 40)
"""As many as a target can be met exactly with."""


class Judged(Chance):
    """A source of what files tell of an order beside the order itself."""

    def returns(self, orders: list[Row]) -> list[Row]:
        return self._of(orders, 0.15, self.sent_back)

    def tracking(self, orders: list[Row]) -> list[Row]:
        smooth = [row for order in orders if self.hits(0.4) for row in self._tracked(order)]
        every = [*smooth, *self._of(orders, 0.25, self.package), *self._many(self._good_package)]
        return self._once(every, "order_id", "package_id", "tracking_promised_on")

    def deliveries(self, orders: list[Row]) -> list[Row]:
        every = [*self._of(orders, 0.35, self.delivery), *self._many(self._good_delivery)]
        return self._once(every, "order_id", "sku", "delivery_promised_on")

    def sent_back(self, order_id: str) -> Row:
        return {
            "order_id": order_id,
            "sku": self.pick("SKU-0", "SKU-1"),
            "returned_on": self.or_none(self.as_of + timedelta(days=self.pick(-30, -1, 0, 1)), 0.2),
            "refunded": self.pick(None, 0.0, 0.01, 12.5),
        }

    def package(self, order_id: str) -> Row:
        return {
            "order_id": order_id,
            "package_id": self.pick(None, "P1", "P2"),
            "tracking_promised_on": self.or_none(self._promised(), 0.1),
            "tracking_carrier": self.pick(None, "UPS"),
            "product_category": self.pick(None, "Home"),
            "has_valid_tracking": self.pick(None, *YES_NO, *YES_NO[:1]),
        }

    def delivery(self, order_id: str) -> Row:
        promised = self._promised()
        arrived = self.pick(promised, promised + timedelta(days=self.pick(-3, -1, 1, 5)), self.as_of, self._tomorrow())
        return {
            "order_id": order_id,
            "sku": self.pick("SKU-0", "SKU-1", "SKU-2", "SKU-9"),
            "units": self.pick(None, 0, 1, 2, 5),
            "delivery_promised_on": self.or_none(promised, 0.1),
            "delivery_arrived_on": self.or_none(arrived, 0.2),
            "delivery_carrier": self.pick(None, "UPS"),
            "is_on_time": self.pick(None, None, *YES_NO),
        }

    def _tracked(self, order: Row) -> list[Row]:
        """The packages of an order as they should be, promised when the order was."""
        day = order["deliver_by_at"].astimezone(self.zone).date() if order["deliver_by_at"] else self._promised()
        return [
            {**self.package(order["order_id"]), "tracking_promised_on": day, "has_valid_tracking": True}
            for _ in range(self.pick(1, 1, 2))
        ]

    def _many(self, row: Callable[[int, bool], Row]) -> list[Row]:
        """Now and then as many as a target can be met exactly with, all good but none, one or two."""
        if self.hits(0.6):
            return []
        bad = self.pick(0, 1, 1, 2)
        return [row(number, number >= bad) for number in range(self.pick(*ENOUGH))]

    def _good_package(self, number: int, good: bool) -> Row:
        promised = self.as_of - timedelta(days=self.pick(10, 12, 16, 39))
        told = {"tracking_promised_on": promised, "has_valid_tracking": good}
        return {**self.package(f"in no file {number}"), **told}

    def _good_delivery(self, number: int, good: bool) -> Row:
        promised = self.as_of - timedelta(days=self.pick(7, 9, 20))
        arrived = promised + timedelta(days=self.pick(-2, 0) if good else 1)
        told = {"delivery_promised_on": promised, "delivery_arrived_on": arrived, "is_on_time": None}
        return {**self.delivery(f"in no file {number}"), **told, "units": self.pick(None, 1)}

    def _of(self, orders: list[Row], share: float, row: Callable[[str], Row]) -> list[Row]:
        """Rows of some orders, two or three of one now and then, and of one that is in no file."""
        names = [order["order_id"] for order in orders if self.hits(share)] + ["in no file"] * self.pick(0, 0, 1)
        return [row(name) for name in names for _ in range(self.pick(1, 1, 2, 3))]

    def _once(self, rows: Iterable[Row], *key: str) -> list[Row]:
        """Each key once, but for a row told again in the same words now and then."""
        by_key: dict[tuple[Hashable, ...], Row] = {tuple(row[name] for name in key): row for row in rows}
        return [*by_key.values(), *(row for row in by_key.values() if self.hits(0.03))]

    def _promised(self) -> date:
        return self.as_of - timedelta(days=self.random.choice((self.pick(*PROMISED), self.random.randrange(-3, 45))))

    def _tomorrow(self) -> date:
        return self.as_of + timedelta(days=1)
