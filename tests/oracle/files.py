"""The tables of an account as one looks at them at the end of a day.

Tables are lists of dicts with the columns of the input tables; moments are aware datetimes.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.told import Told

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Files:
    """The tables of one account, and the day and the marketplace from which one looks at them."""

    tables: dict[str, list[Row]]
    marketplace: str
    zone: str
    as_of: date

    @cached_property
    def end(self) -> datetime:
        """The first moment that is not known any more."""
        return datetime.combine(self.as_of + timedelta(days=1), time(), ZoneInfo(self.zone)).astimezone(UTC)

    def start_of(self, day: date) -> datetime:
        """The first moment of a day on the marketplace's calendar."""
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """The day of a moment on the marketplace's calendar."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def of(self, table: str, order_id: str) -> list[Row]:
        """The rows of a table that belong to an order."""
        if table not in self._by_order:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self.tables[table]:
                found[row["order_id"]].append(row)
            self._by_order[table] = found
        return self._by_order[table].get(order_id, [])

    def place_of(self, order_id: str | None) -> str:
        """The marketplace of an order that is known and names one, else the account's own."""
        return next((row["marketplace"] for row in self.of("orders", order_id) if row["marketplace"]), self.marketplace)

    def place_of_message(self, row: Row) -> str:
        """The marketplace of the order a message names, else that of its thread."""
        return self.place_of(
            row["order_id"] if self.of("orders", row["order_id"]) else self._order_of(row["thread_id"])
        )

    def place_of_thread(self, thread: str) -> str:
        """The marketplace of the first order that the messages of a thread name and a file holds."""
        return self.place_of(self._order_of(thread))

    def _order_of(self, thread: str) -> str | None:
        rows = [row for row in self.told.threads.get(thread, []) if self.of("orders", row["order_id"])]
        first = min(rows, key=lambda row: (row["sent_at"], self.place_of(row["order_id"])), default=None)
        return first["order_id"] if first else None

    def channel_of(self, order_id: str) -> str:
        """Who ships an order: the seller, when no file says."""
        return next((row["channel"] for row in self.of("orders", order_id) if row["channel"]), "MFN")

    @cached_property
    def told(self) -> Told:
        """The messages and survey answers known by then."""
        return Told(messages=self.tables["messages"], surveys=self.tables["surveys"], end=self.end)

    @cached_property
    def asked_of(self) -> dict[str, list[Row]]:
        """Per order, the messages of its buyer that need a response."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.told.asked:
            found[row["order_id"]].append(row)
        return found

    @cached_property
    def _by_order(self) -> dict[str, dict[str, list[Row]]]:
        return {}

    def is_covered(self, metric: str, day: date | None, channel: str) -> bool:
        """Whether a downloaded list of defects reaches over a day of purchase, for orders of a channel."""
        spans = [row for row in self.tables["coverage"] if row["metric"] == metric]
        return day is not None and any(
            row["covers_from"] <= day <= row["covers_to"] and row.get("covers_channel") in (None, channel)
            for row in spans
            if row["covers_from"] and row["covers_to"]
        )
