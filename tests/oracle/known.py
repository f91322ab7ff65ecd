"""What is known of an account at the end of a day: an order with all that the files say about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.oracle.files import Files, Row
from tests.oracle.listed import Listed

__all__ = ["Known", "Order", "Row"]


class Known(Files):
    """The tables of one account with its orders put together."""

    def orders(self) -> Iterator["Order"]:
        """The orders bought until then; one whose day of purchase no file tells is among them."""
        for row in self.tables["orders"]:
            if row["purchased_at"] is None or row["purchased_at"] < self.end:
                yield Order(known=self, row=row)


@dataclass(frozen=True, kw_only=True)
class Order(Listed):
    """One order and everything known about it."""

    known: Known

    @property
    def channel(self) -> str:
        return self.row["channel"] or "MFN"

    @property
    def is_ours(self) -> bool:
        """Sold on this account's marketplace."""
        return self.row["marketplace"] in (None, self.known.marketplace)

    @property
    def is_pending(self) -> bool:
        return self.row["status"] == "PENDING"

    @property
    def bought_day(self) -> date | None:
        return self._day(self.row["purchased_at"])

    @property
    def bought_day_utc(self) -> date | None:
        bought = self.row["purchased_at"]
        return bought.astimezone(UTC).date() if bought else None

    @property
    def ship_by(self) -> datetime | None:
        """The order's own last moment, else that of its last item."""
        items = [row["item_ship_by_at"] for row in self._rows("order_items") if row["item_ship_by_at"]]
        return _first(self.row["ship_by_at"], max(items, default=None))

    @property
    def ship_by_day(self) -> date | None:
        return self._day(self.ship_by)

    @property
    def told_confirmation(self) -> datetime | None:
        """An order is confirmed when its last package is; Amazon's list says it where nothing else does."""
        if self.row["status"] == "PARTIALLY_SHIPPED":
            return None
        packages = [row["package_confirmed_at"] for row in self._rows("packages") if row["package_confirmed_at"]]
        listed = [row["listed_confirmed_at"] for row in self._listed("late_dispatch_rate")]
        return _first(self.row["confirmed_at"], max(packages, default=None), *listed)

    @property
    def confirmed(self) -> datetime | None:
        """The confirmation, when it had come by the end of the day looked at."""
        told = self.told_confirmation
        return told if told and told < self.known.end else None

    @property
    def is_shipped(self) -> bool:
        """Shipped, by the word of a file."""
        return self.confirmed is not None or self.shipped_without_a_time

    @property
    def confirmation_is_not_told(self) -> bool:
        """Nor does a package that Amazon knew of later, or a later report of what is open, tell that it was to come."""
        made = self.last_package_made
        is_open = self.is_listed_later or (made and made >= self.known.end)
        return self.told_confirmation is None and not is_open

    @property
    def shipped_without_a_time(self) -> bool:
        return self.row["status"] in ("SHIPPED", "DELIVERED", "RETURNED") and self.confirmation_is_not_told

    @property
    def is_gone(self) -> bool:
        """Open no more, by Amazon's reports of unshipped orders; whether shipped or cancelled, nobody says."""
        settled = self.is_shipped or self.is_pending or self.is_cancelled
        return self.gone_day is not None and self.confirmation_is_not_told and not settled

    @property
    def confirmed_between(self) -> tuple[datetime | None, datetime]:
        """Two moments between which shipment was confirmed; where they contradict each other, in turn."""
        until = self._confirmed_at_the_latest
        day = self.last_unshipped_day
        told = [self.known.start_of(day) if day else None, self.last_package_made, self.row["purchased_at"]]
        since = max((moment for moment in told if moment), default=None)
        return (since, until) if since is None or since <= until else (until, since)

    @property
    def _confirmed_at_the_latest(self) -> datetime:
        """By the last change of a shipped order, by the report that lists it no more, and by now in any case.

        That report was made by the last second of the day after the one it tells.
        """
        changed = self.row["updated_at"] if self.shipped_without_a_time else None
        day = self.gone_day
        gone = self.known.start_of(day + timedelta(days=2)) if day else None
        second = timedelta(seconds=1)
        told = [changed, gone and gone - second, self.known.end - second]
        return min(moment for moment in told if moment)

    @property
    def late_list_says(self) -> bool | None:
        return self._list_says("late_dispatch_rate")

    @property
    def is_clean_by_the_late_list(self) -> bool:
        """Bought on a day that Amazon's list covers, and not counted there."""
        is_covered = self.known.is_covered("late_dispatch_rate", self.bought_day, self.channel)
        return is_covered and not self.late_list_says

    @property
    def cancellation_is_known(self) -> bool:
        """Not if it happened later; one without a date has happened, unless a later report lists the order as open."""
        if self.row["cancelled_at"] is None:
            return not (self.row["status"] == "CANCELLED" and self.is_listed_later)
        return bool(self.row["cancelled_at"] < self.known.end)

    @property
    def is_cancelled(self) -> bool:
        return self.row["status"] == "CANCELLED" and self.cancellation_is_known

    @property
    def cancelled_before_shipment(self) -> bool:
        """Before it: there is no confirmation, or it came after the cancellation."""
        if not self.is_cancelled or self.confirmed is None:
            return self.is_cancelled
        return bool(self.row["cancelled_at"]) and self.confirmed > self.row["cancelled_at"]

    @property
    def one_item_cancelled(self) -> bool:
        """An item, or a part of one, was cancelled of an order that stands: its status says so, or who did it."""
        items = any(row["item_status"] == "CANCELLED" for row in self._rows("order_items"))
        return (items or self.row["cancelled_by"] is not None) and self.cancellation_is_known and not self.is_cancelled

    @property
    def who_cancelled(self) -> str | None:
        """The file's word, else Amazon's list, else not known. Off the list of a covered day: not the seller."""
        if self.row["cancelled_by"]:
            return self.row["cancelled_by"]
        listed = self._list_says("cancellation_rate")
        if listed is None and self.known.is_covered("cancellation_rate", self.bought_day, self.channel):
            listed = False
        return {True: "SELLER", False: "BUYER", None: None}[listed]

    @property
    def ratings(self) -> list[int]:
        """The stars that stand: received by then and not removed by then."""
        return [row["rating"] for row in self._rows("feedback") if row["rating"] and self._stands(row)]

    @property
    def claims(self) -> list[Row]:
        """The claims opened by then; one without a date is among them."""
        return [row for row in self.own_claims if not row["opened_on"] or row["opened_on"] <= self.known.as_of]

    @property
    def own_claims(self) -> list[Row]:
        """The claims the account's own files tell of, whenever they were opened."""
        return self._rows("claims")

    def list_counts(self, kind: str) -> bool | None:
        """Whether Amazon's list of order defects counts feedback, a claim or a chargeback of it."""
        return self.defect_list_says(kind, self.channel, self.bought_day)

    @property
    def has_own_feedback(self) -> bool:
        """Whether the account's own files tell of any rating received by then, removed or not."""
        received = [row["rated_on"] or self._day(row["rated_at"]) for row in self._rows("feedback")]
        return any(day is None or day <= self.known.as_of for day in received)

    @property
    def asked(self) -> list[Row]:
        """What buyers wrote about it that needs a response."""
        return self.known.asked_of.get(self.row["order_id"], [])

    def _stands(self, row: Row) -> bool:
        received = row["rated_on"] or self._day(row["rated_at"])
        is_there = received is None or received <= self.known.as_of
        return is_there and not (row["removed_on"] and row["removed_on"] <= self.known.as_of)

    def _list_says(self, metric: str) -> bool | None:
        """True: on Amazon's list. False: on it, but Amazon does not count it. None: not on it."""
        listed = [row["impacts_account_health"] is not False for row in self._listed(metric)]
        return any(listed) if listed else None

    def _day(self, moment: datetime | None) -> date | None:
        return self.known.day_of(moment) if moment else None


def _first(*values: datetime | None) -> datetime | None:
    return next((value for value in values if value is not None), None)
