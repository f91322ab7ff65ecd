"""Small nasty accounts from a seed: boundary days, clock changes, gaps wherever a table allows one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

STATUSES = ("PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED", "DELIVERED", "RETURNED", "UNFULFILLABLE")
EDGES = (0, 1, 2, 3, 6, 7, 8, 9, 10, 14, 15, 16, 29, 30, 59, 60, 73, 74, 75)
"""How many days ago windows begin and end, and the days beside."""
CLOCKS = (
    time(0),
    time(0, 0, 0, 1),
    time(1, 30),
    time(1, 30, fold=1),
    time(2, 30),
    time(12),
    time(23, 59, 59),
    time(23, 59, 59, 999999),
)
YES_NO = (True, False)
PLACES = {"America/Los_Angeles": "US", "Europe/London": "GB", "Asia/Tokyo": "JP", "Asia/Kolkata": "IN"}
DAYS = {
    # The day of a clock change, then days on which it is the first, the last or the first lost day of a window.
    "America/Los_Angeles": ("2026-03-08", "2026-03-14", "2026-04-07", "2026-11-01", "2026-11-16"),
    "Europe/London": ("2026-03-29", "2026-04-05", "2026-05-27", "2026-06-11", "2026-10-25"),
    "Asia/Tokyo": ("2024-02-29", "2025-01-01", "2026-03-31", "2026-11-01", "2026-12-31"),
    "Asia/Kolkata": ("2024-03-01", "2025-03-01", "2026-03-31", "2026-11-01", "2027-01-01"),
}
Row = dict[str, Any]
Tables = dict[str, list[Row]]


def account(seed: int, zone: str, as_of: date) -> Tables:
    """All tables of one account; the same for the same seed, zone and day."""
    chance = Chance(seed, zone, as_of)
    orders = [chance.order(f"{seed}-{position}") for position in range(chance.random.choice((0, 1, 2, 5, 12, 30)))]
    return {
        "orders": orders,
        "order_items": [row for order in orders for row in chance.items(order)],
        "packages": [row for order in orders for row in chance.packages(order)],
        "feedback": [row for order in orders for row in chance.feedback(order)],
        "claims": [row for order in orders for row in chance.claims(order)],
        "amazon_defects": [row for order in orders for row in chance.listed(order)],
        "coverage": chance.coverage(),
    }


class Chance:
    """A seeded random source that knows the day looked at."""

    def __init__(self, seed: int, zone: str, as_of: date) -> None:
        self.random, self.zone, self.as_of = Random(seed), ZoneInfo(zone), as_of
        self.place = PLACES[zone]

    def order(self, order_id: str) -> Row:
        bought = self.or_none(self.moment(), 0.04)
        ship_by = self.or_none(self.later(bought, (0, 1, 2, 5), time(23, 59, 59)), 0.2)
        status = self.status()
        cancelled = self.or_none(self.later(bought, (0, 1, 3, 8)), 0.4) if self.hits(0.3) else None
        return {
            "order_id": order_id,
            "marketplace": self.pick(self.place, self.place, self.place, None, "OTHER", "DE"),
            "purchased_at": bought,
            "updated_at": self.or_none(self.near(ship_by), 0.3),
            "status": status,
            "channel": self.pick("MFN", "MFN", "MFN", "AFN", None),
            "cancelled_by": self.pick("SELLER", "BUYER", "AMAZON", None, None) if status == "CANCELLED" else None,
            "cancelled_at": cancelled,
            "ship_by_at": ship_by,
            "confirmed_at": self.or_none(self.near(ship_by), 0.5),
            "deliver_by_at": self.or_none(self.later(ship_by, (1, 4)), 0.5),
            "delivered_at": self.or_none(self.later(ship_by, (1, 4, 9)), 0.5),
            "carrier": self.pick("UPS", "USPS", None),
            "ship_service": self.pick("Standard", None),
        }

    def items(self, order: Row) -> list[Row]:
        return [
            {
                "order_id": order["order_id"],
                "sku": f"SKU-{number}",
                "item_status": self.status() if self.hits(0.5) else order["status"],
                "quantity": self.pick(0, 1, 3, None),
                "item_ship_by_at": self.or_none(self.near(order["ship_by_at"]), 0.6),
            }
            for number in range(self.pick(0, 1, 1, 2, 3))
        ]

    def packages(self, order: Row) -> list[Row]:
        moments = {self.or_none(self.near(order["ship_by_at"]), 0.15) for _ in range(self.pick(0, 0, 1, 2, 3))}
        return [
            {
                "order_id": order["order_id"],
                "package_confirmed_at": moment,
                "package_carrier": self.pick("UPS", "DHL", None),
            }
            for moment in sorted(moments, key=str)
        ]

    def feedback(self, order: Row) -> list[Row]:
        rows = [self.rating(order) for _ in range(self.pick(0, 0, 0, 0, 0, 1, 1, 2, 3))]
        return list({(row["rated_on"], row["rating"]): row for row in rows}.values())

    def rating(self, order: Row) -> Row:
        rated = self.later(order["purchased_at"], (0, 1, 5, 14))
        rated_on = self.or_none(rated.astimezone(self.zone).date(), 0.1)
        return {
            "order_id": order["order_id"],
            "rated_on": rated_on,
            "rated_at": self.or_none(rated, 0.6),
            "rating": self.pick(1, 2, 3, 5),
            "removed_on": self.or_none(self.day_after(rated_on), 0.7),
        }

    def claims(self, order: Row) -> list[Row]:
        rows = [self.claim(order) for _ in range(self.pick(0, 0, 0, 0, 0, 1, 1, 2, 3))]
        return list({(row["claim_type"], row["opened_on"]): row for row in rows}.values())

    def claim(self, order: Row) -> Row:
        opened = self.later(order["purchased_at"], (0, 1, 5, 14)).astimezone(self.zone).date()
        return {
            "order_id": order["order_id"],
            "claim_type": self.pick("A_TO_Z", "A_TO_Z", "CHARGEBACK"),
            "opened_on": self.or_none(opened, 0.1),
            "claim_status": self.pick("PENDING", "WITHDRAWN", "DENIED", "GRANTED", None),
            "funded_by": self.pick("SELLER", "BUYER", "AMAZON", None),
            "counts_against_odr": self.or_none(self.pick(*YES_NO), 0.5),
        }

    def listed(self, order: Row) -> list[Row]:
        metrics = [metric for metric in ("late_dispatch_rate", "cancellation_rate") if self.hits(0.12)]
        return [self.entry(order, metric) for metric in metrics]

    def entry(self, order: Row, metric: str) -> Row:
        is_late, bought = metric == "late_dispatch_rate", order["purchased_at"]
        return {
            "order_id": order["order_id"],
            "metric": metric,
            "ordered_on": bought.astimezone(self.zone).date() if bought else None,
            "impacts_account_health": self.or_none(self.pick(*YES_NO), 0.3),
            "listed_ship_by_at": self.or_none(self.near(order["ship_by_at"]), 0.4) if is_late else None,
            "listed_confirmed_at": self.or_none(self.near(order["ship_by_at"]), 0.4) if is_late else None,
        }

    def coverage(self) -> list[Row]:
        spans = [self.span() for _ in range(self.pick(0, 0, 0, 1, 2))]
        return list({tuple(span.values()): span for span in spans}.values())

    def span(self) -> Row:
        start = self.day()
        end = start + timedelta(days=self.pick(0, 1, 7, 30))
        metric = self.pick("late_dispatch_rate", "cancellation_rate")
        return {"metric": metric, "covers_from": self.or_none(start, 0.1), "covers_to": self.or_none(end, 0.1)}

    def day(self) -> date:
        """A day at the edge of a window, any day of the last weeks, or one still to come."""
        ago = self.random.choice((self.pick(*EDGES), self.pick(*EDGES), self.random.randrange(-6, 95)))
        return self.as_of - timedelta(days=ago)

    def moment(self) -> datetime:
        return self.at(self.day(), self.random.choice(CLOCKS))

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def later(self, start: datetime | None, days: Sequence[int], clock: time | None = None) -> datetime:
        """Some days after a moment, at an awkward hour, or any moment at all."""
        if start is None or self.hits(0.1):
            return self.moment()
        day = start.astimezone(self.zone).date() + timedelta(days=self.pick(*days))
        return self.at(day, clock if clock and self.hits(0.7) else self.random.choice(CLOCKS))

    def near(self, moment: datetime | None) -> datetime:
        """A hair, an hour or some days beside a moment; long before it; or any moment at all."""
        if moment is None or self.hits(0.15):
            return self.moment()
        steps = {"microseconds": (-1, 0, 1), "hours": (-1, 1), "days": (-40, -2, -1, 1, 2, 3, 4, 12)}
        unit = self.random.choice(tuple(steps))
        return moment + timedelta(**{unit: self.pick(*steps[unit])})

    def day_after(self, day: date | None) -> date:
        return (day or self.day()) + timedelta(days=self.pick(0, 1, 10))

    def status(self) -> str | None:
        return self.pick(*STATUSES, "SHIPPED", "SHIPPED", "UNSHIPPED", "CANCELLED", "CANCELLED", "CANCELLED", None)

    def or_none(self, value: Any, share: float) -> Any:
        return None if self.hits(share) else value

    def hits(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, *values: Any) -> Any:
        return self.random.choice(values)
