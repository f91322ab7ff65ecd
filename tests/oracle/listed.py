"""What Amazon's own lists and reports say of an order: unshipped on a day, a defect of a kind, a claim for a return."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.oracle.files import Files, Row


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One order on Amazon's lists."""

    known: Files
    row: Row

    @property
    def last_unshipped_day(self) -> date | None:
        """The last day by then that a row of a report of unshipped orders tells of it; it was open then or the day after."""
        return max((day for day in map(_made_on, self._rows("unshipped")) if self._is_known(day)), default=None)

    @property
    def is_listed_later(self) -> bool:
        """By a report made after then: the order was still open."""
        days = [day for day in map(_made_on, self._rows("unshipped")) if day]
        return any(day > self.known.as_of for day in days)

    @property
    def gone_day(self) -> date | None:
        """The first day told by a later report that lists orders of the same marketplace, and this one no more.

        A report is of the day it tells or of the day after. So only two days on it is another one for sure, and that
        it was made by then is sure a day later.
        """
        last, place = self.last_unshipped_day, self.known.place_of(self.row["order_id"])
        rows = [row for row in self.known.tables["unshipped"] if self.known.place_of(row["order_id"]) == place]
        days = [day for day in map(_made_on, rows) if day and day < self.known.as_of]
        return min((day for day in days if last and (day - last).days >= 2), default=None)

    @property
    def promised_by_report(self) -> datetime | None:
        """The end of the day to ship by, as the latest report by then says; of two the later."""
        rows = [row for row in self._rows("unshipped") if self._is_known(_made_on(row))]
        last = max(rows, key=lambda row: (_made_on(row), row["promise_on"]), default=None)
        return self.known.start_of(last["promise_on"] + timedelta(days=1)) - timedelta(seconds=1) if last else None

    @property
    def last_package_made(self) -> datetime | None:
        """When Amazon first knew of its last package."""
        made = [row["package_created_at"] for row in self._rows("packages") if row["package_created_at"]]
        return max(made, default=None)

    @property
    def a_return_tells_of_a_claim(self) -> bool:
        """By a return asked for by then."""
        return any(
            row["return_has_claim"] and (row["returned_on"] is None or row["returned_on"] <= self.known.as_of)
            for row in self._rows("returns")
        )

    def defect_list_says(self, kind: str, channel: str, bought: date | None) -> bool | None:
        """Whether Amazon counts feedback, a claim or a chargeback. None: neither listed with a word on it, nor covered."""
        words = [
            False if row["impacts_account_health"] is False else row[f"listed_{kind}"]
            for row in self._listed("order_defect_rate")
        ]
        if True in words:
            return True
        if words and None not in words:
            return False
        return False if self.known.is_covered("order_defect_rate", bought, channel) else None

    def _is_known(self, day: date | None) -> bool:
        return day is not None and day <= self.known.as_of

    def _rows(self, table: str) -> list[Row]:
        return self.known.of(table, self.row["order_id"])

    def _listed(self, metric: str) -> list[Row]:
        return [row for row in self._rows("amazon_defects") if row["metric"] == metric]


def _made_on(row: Row) -> date | None:
    """The day of the report: so many days after the promise."""
    promise, days = row["promise_on"], row["days_past_promise"]
    return None if promise is None or days is None else promise + timedelta(days=days)
