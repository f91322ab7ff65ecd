"""Orders of the last year, most of them without a flaw: where weights change, and fast enough for a bonus."""

from datetime import date, datetime, time, timedelta

from tests.oracle.chance import CLOCKS, Row
from tests.oracle.trade import Trade

AGES = (0, 1, 6, 7, 29, 30, 88, 89, 90, 91, 92, 179, 180, 181, 182, 183, 271, 272, 273, 363, 364, 365, 366)
"""How many days ago an order weighs less than the one a day younger, and the days beside."""
LATE = time(23, 59, 59)


class Year(Trade):
    """A source of orders of the last year."""

    def orders(self, name: str) -> list[Row]:
        return [self.order(f"{name}-y{number}") for number in range(self.pick(0, 0, 1, 4, 10, 20))]

    def order(self, order_id: str) -> Row:
        order = super().order(order_id)
        return {**order, **self.smooth(self.aged())} if self.hits(0.8) else {**order, "purchased_at": self.bought()}

    def smooth(self, day: date) -> Row:
        """An order as it should be, here and there without a word of it."""
        bought = self.at(day, self.random.choice(CLOCKS))
        return {
            "marketplace": self.pick(self.place, self.place, self.place, None, "DE"),
            "purchased_at": bought,
            "status": self.pick("SHIPPED", "SHIPPED", "DELIVERED", "RETURNED", "UNSHIPPED", "PARTIALLY_SHIPPED", None),
            "channel": self.pick("MFN", "MFN", "AFN", None),
            "cancelled_by": None,
            "cancelled_at": None,
            "ship_by_at": self.or_none(self.at(day + timedelta(days=2), LATE), 0.1),
            "confirmed_at": self.or_none(bought + timedelta(hours=self.pick(1, 20, 30)), 0.3),
            "deliver_by_at": self.or_none(self.at(day + timedelta(days=self.pick(2, 3, 5, 7)), LATE), 0.1),
            "delivered_at": self.or_none(self._delivered(day), 0.3),
        }

    def aged(self) -> date:
        return self.as_of - timedelta(days=self.random.choice((self.pick(*AGES), self.random.randrange(370))))

    def bought(self) -> datetime:
        return self._after(self.aged(), 0)

    def _delivered(self, bought: date) -> datetime:
        """Some days later, or just about now."""
        if self.hits(0.15):
            return self.at(self.as_of + timedelta(days=1), time()) - timedelta(microseconds=self.pick(0, 1))
        return self._after(bought, self.pick(0, 1, 2, 3, 4, 5, 6))

    def _after(self, day: date, days: int) -> datetime:
        return self.at(day + timedelta(days=days), self.random.choice(CLOCKS))
