"""The policy notifications that a seller notes by hand, for Amazon offers no file: one row per state noted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sellerhealth.demo.table import csv

COLUMNS = ("id", "date", "category", "severity", "asin", "state", "resolved_on", "noted_on")
COUNTS_FOR = timedelta(days=180)


@dataclass(frozen=True, kw_only=True)
class Notification:
    """One notification as it stood on `noted_on`."""

    number: int
    came_on: date
    category: str
    severity: str
    state: str
    noted_on: date
    asin: str = ""
    resolved_on: date | None = None

    def is_open(self, day: date) -> bool:
        """Whether it counts on a day: not resolved, and younger than 180 days."""
        return self.state != "resolved" and day < self.came_on + COUNTS_FOR


def resolved(number: int, came_on: date, days: int, category: str, severity: str, asin: str = "") -> Notification:
    """One that was resolved so many days after it came."""
    done_on = came_on + timedelta(days=days)
    return Notification(
        number=number,
        came_on=came_on,
        category=category,
        severity=severity,
        state="resolved",
        noted_on=done_on,
        asin=asin,
        resolved_on=done_on,
    )


def file(notifications: Collection[Notification]) -> dict[str, str]:
    """notifications.csv, in the order in which the seller noted them."""
    rows = (
        {
            "id": f"PN-{one.number:03d}",
            "date": one.came_on.isoformat(),
            "category": one.category,
            "severity": one.severity,
            "asin": one.asin,
            "state": one.state,
            "resolved_on": one.resolved_on.isoformat() if one.resolved_on else "",
            "noted_on": one.noted_on.isoformat(),
        }
        for one in sorted(notifications, key=lambda one: (one.noted_on, one.number))
    )
    return {"notifications.csv": csv(COLUMNS, rows)}
