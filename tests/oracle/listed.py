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
        """The last day by then whose report of unshipped orders lists it."""
        return max((day for day in map(_made_on, self._rows("unshipped")) if self._is_known(day)), default=None)

    @property
    def gone_day(self) -> date | None:
        """The first later day by then of which there is a report: it lists the order no more."""
        last = self.last_unshipped_day
        days = [day for day in map(_made_on, self.known.tables["unshipped"]) if self._is_known(day)]
        return min((day for day in days if last and day > last), default=None)

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
