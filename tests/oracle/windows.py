"""From which day to which each metric counts, by the words of the policies, and what is counted there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle.entry import Counts, Entry


@dataclass(frozen=True, kw_only=True)
class Windows:
    """The lengths in days, the days left out at the end, and whether it ends on a Sunday."""

    days: tuple[int, ...]
    lag: int = 0
    weekly: bool = False
    weights: tuple[tuple[int, int], ...] = ()
    """Up to which age in days a row weighs how much."""

    def spans(self, as_of: date) -> dict[int, tuple[date, date]]:
        last = as_of - timedelta(days=self.lag)
        while self.weekly and last.strftime("%a") != "Sun":
            last -= timedelta(days=1)
        return {days: (last - timedelta(days=days - 1), last) for days in self.days}

    def weight(self, age: int) -> int:
        """What a row of an age weighs, the same for all when nothing is said."""
        return next((weight for oldest, weight in self.weights if age <= oldest), 0) if self.weights else 1


SAME = {
    "late_dispatch_rate": Windows(days=(30, 10)),
    "cancellation_rate": Windows(days=(7,), lag=1),
    "order_defect_rate": Windows(days=(60,)),
    "contact_response_time": Windows(days=(30, 7, 90)),
    "average_response_time": Windows(days=(56,), weekly=True),
    "first_contact_resolution_rate": Windows(days=(56,), weekly=True),
    "customer_service_rating": Windows(days=(56,), weekly=True),
    "perfect_order_percentage": Windows(days=(90, 30, 7)),
    "seller_rating": Windows(days=(365,), weights=((90, 4), (181, 3), (272, 2), (364, 1))),
    "feedback_rating": Windows(days=(365, 90, 30, 3660)),
    "valid_tracking_rate": Windows(days=(30, 7), lag=10),
    "on_time_delivery_rate": Windows(days=(14,), lag=7),
}
BY_POLICY = {
    "handbook": SAME,
    "amazon-2026": {
        **SAME,
        "order_defect_rate": Windows(days=(60,), lag=15),
        "customer_service_rating": Windows(days=(28,), weekly=True),
    },
}
METRICS = tuple(SAME)


def counts(
    metric: str, policy: str, as_of: date, channels: tuple[str, ...], entries: Iterable[Entry]
) -> dict[tuple[str, int], Counts]:
    """The counts of every channel and window, zero of zero where nothing lies in it."""
    windows = BY_POLICY[policy][metric]
    found = {(channel, days): Counts() for channel in channels for days in windows.days}
    for entry in entries:
        for days, (first, last) in windows.spans(as_of).items():
            if first <= entry.day <= last:
                weight = windows.weight((last - entry.day).days)
                found[entry.channel, days] = found[entry.channel, days].with_one(entry, weight)
    return found
