"""What each coming day holds, counted by hand: rows known now that stay, leave and enter, and rows like the last ones.

Nothing of the package is used here.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from tests.oracle.entry import CLEAN, Counts, Entry
from tests.oracle.windows import BY_POLICY

TIMES = {"stop": 0, "same": 1, "double": 2}
FOUR_WEEKS = 28
ORDERS = (
    "late_dispatch_rate",
    "cancellation_rate",
    "order_defect_rate",
    "perfect_order_percentage",
    "seller_rating",
)
"""All of a day is known when it is over; what is counted by an answer or a delivery is known when its day counts."""
CLEAN_ROW = {
    "late_dispatch_rate": (0, 0),
    "cancellation_rate": (0, 0),
    "order_defect_rate": (0, 0),
    "perfect_order_percentage": (1, 1),
    "contact_response_time": (1, 1),
    "first_contact_resolution_rate": (1, 1),
    "valid_tracking_rate": (1, 1),
    "on_time_delivery_rate": (1, 1),
    "seller_rating": (100, 110),
}
"""What a row without a flaw adds, at worst and at best; a mean of hours, scores or stars has no such row."""


class Coming:
    """The rows of one account on their days, with those that come until a day looked at."""

    def __init__(
        self, metric: str, policy: str, as_of: date, entries: Iterable[Entry], sales: str, until: date
    ) -> None:
        self.metric, self.policy = metric, policy
        self.days: dict[tuple[str, date], Counts] = {}
        for entry in entries:
            key = (entry.channel, entry.day)
            self.days[key] = self.days.get(key, Counts()).with_one(entry, 1)
        self.channels = sorted({channel for channel, _ in self.days})
        full = as_of if metric in ORDERS else _span(metric, policy, as_of)[1]
        for channel in self.channels:
            self._repeat(channel, full, _span(metric, policy, until)[1], TIMES[sales])

    def counts(self, channel: str, day: date) -> Counts:
        """What the window holds that is looked at on that day."""
        first, last = _span(self.metric, self.policy, day)
        windows, found = BY_POLICY[self.policy][self.metric], Counts()
        for (where, when), counts in self.days.items():
            if where == channel and first <= when <= last:
                weight = windows.weight((last - when).days)
                found = _sum(found, Counts(*(number * weight for number in counts[:3]), *counts[3:]))
        return found

    def _repeat(self, channel: str, full: date, last: date, times: int) -> None:
        """After the last full day each day has at least as many as the same weekday of the last four weeks had."""
        pattern = {day: counts for (where, day), counts in self.days.items() if where == channel}
        for ahead in range(1, (last - full).days + 1):
            day = like = full + timedelta(days=ahead)
            while like > full:
                like -= timedelta(days=FOUR_WEEKS)
            there, again = pattern.get(day, Counts()), pattern.get(like, Counts())
            more = again.counted * times - there.counted
            if more > 0:
                self.days[channel, day] = _sum(there, self._new(again, more))

    def _new(self, again: Counts, more: int) -> Counts:
        """Clean rows, or as many of those that come again as are not there yet."""
        if self.metric in CLEAN_ROW:
            worst, best = CLEAN_ROW[self.metric]
            return Counts(worst * more, best * more, more, more)
        return Counts(*(number * more // again.counted for number in again))


@cache
def stays(metric: str, policy: str, day: date) -> tuple[date, date]:
    """The first day looked at on which a row of `day` is in the window, and the first after it on which it is not."""
    windows = BY_POLICY[policy][metric]
    looked_at = [day + timedelta(days=ahead) for ahead in range(windows.days[0] + windows.lag + 15)]
    inside = [one for one in looked_at if _span(metric, policy, one)[0] <= day <= _span(metric, policy, one)[1]]
    return inside[0], inside[-1] + timedelta(days=1)


def is_defect(entry: Entry) -> bool:
    """Whether a row counts against the seller."""
    return entry.verdict != CLEAN


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(*(a + b for a, b in zip(one, other, strict=True)))


@cache
def _span(metric: str, policy: str, day: date) -> tuple[date, date]:
    """The first and last day of the headline's window that is looked at on a day."""
    windows = BY_POLICY[policy][metric]
    return windows.spans(day)[windows.days[0]]
