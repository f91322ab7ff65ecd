"""Policy notifications, and what Amazon's own report says of the account."""

from datetime import date, timedelta

from tests.oracle.chance import Chance, Row

AGES = (-1, 0, 1, 30, 178, 179, 180, 181)
CATEGORIES = ("LISTING_POLICY", "PRODUCT_SAFETY", "OTHER_POLICY")
SCORES = (0.0, 99.0, 100.0, 199.0, 200.0, 1000.0)
"""Account Health Ratings at the edges of the bands."""


class Notices(Chance):
    """A source of notifications and reports."""

    def notifications(self) -> list[Row]:
        return [self.notification(number) for number in range(self.pick(0, 0, 1, 1, 2, 5))]

    def notification(self, number: int) -> Row:
        notified = self._day()
        state = self.pick("UNREAD", "READ", "READ", "UNDER_REVIEW", "RESOLVED", "RESOLVED")
        is_dated = state == "RESOLVED" or self.hits(0.1)
        resolved = notified + timedelta(days=self.pick(0, 3)) if self.hits(0.5) else self._today_or_so()
        return {
            "notification_id": self.pick(None, f"N{number}"),
            "notified_on": self.or_none(notified, 0.05),
            "category": self.pick(*CATEGORIES),
            "severity": self.pick(None, "LOW", "LOW", "MEDIUM", "MEDIUM", "HIGH", "CRITICAL"),
            "asin": self.pick(None, "B000000001"),
            "state": state,
            "resolved_on": self.or_none(resolved, 0.2) if is_dated else None,
            "noted_on": None,
        }

    def performance(self) -> list[Row]:
        """None, one or two reports, of this marketplace or of another."""
        days = {self._today_or_so() - timedelta(days=self.pick(0, 0, 7)) for _ in range(self.pick(0, 0, 0, 1, 2))}
        return [row for day in sorted(days) for row in self._report(day)]

    def _report(self, day: date) -> list[Row]:
        place = self.pick(self.place, self.place, None, "DE")
        span = {"marketplace": place, "figure_from": day - timedelta(days=179), "figure_to": day}
        blank = dict.fromkeys(("figure_count", "figure_out_of", "figure_rate", "figure_target", "figure_status"))
        rating = {**blank, "figure": "accountHealthRating", "figure_rate": self.pick(*SCORES), "figure_status": "GREAT"}
        status = {**blank, "figure": "accountStatus", "figure_status": self.pick("NORMAL", "NORMAL", "AT_RISK")}
        return [{**span, **row} for row in (rating, status) if self.hits(0.7)]

    def _day(self) -> date:
        return self.as_of - timedelta(days=self.random.choice((self.pick(*AGES), self.random.randrange(200))))

    def _today_or_so(self) -> date:
        return self.as_of + timedelta(days=self.pick(-1, 0, 1))
