"""A seeded random source of awkward days, moments and gaps."""

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
Row = dict[str, Any]
Tables = dict[str, list[Row]]


class Chance:
    """A seeded random source that knows the day looked at."""

    def __init__(self, seed: int | str, zone: str, as_of: date) -> None:
        self.random, self.zone, self.as_of = Random(seed), ZoneInfo(zone), as_of
        self.place = PLACES[zone]

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
