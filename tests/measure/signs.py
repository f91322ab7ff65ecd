"""Accounts with early signs: their rows made by hand or by dice, and the same counts one row after the other."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.example import EVERYTHING
from sellerhealth.definition.marketplaces import MARKETPLACES
from sellerhealth.definition.tables import COLUMNS, TABLES

Row = dict[str, Any]
START = date(2026, 1, 1)
HANDLING, OLDEST, GAP = 2, 41, 31
FULFILMENT = ("CANCELLATION", "RETURN", "DELIVERY")
LATE_AFTER = {"handbook": 3, "amazon-2026": 1}


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def on(number: int) -> date:
    """The day of that number, counted from `START`."""
    return START + timedelta(days=number)


def order(name: str, bought: date, *, confirmed: int | None = 1, **more: Any) -> Row:
    """An order to be shipped two days after it was bought; confirmed so many days after it was bought."""
    return {
        "account": "shop",
        "order_id": name,
        "marketplace": "GB",
        "channel": "MFN",
        "purchased_at": at(bought),
        "ship_by_at": at(bought + timedelta(days=HANDLING), 23),
        "confirmed_at": None if confirmed is None else at(bought + timedelta(days=confirmed)),
        "status": "UNSHIPPED" if confirmed is None else "SHIPPED",
        **more,
    }


def message(thread: str, sent: date, order_id: str | None = None, topic: str = "DELIVERY", **more: Any) -> Row:
    row = {"account": "shop", "thread_id": thread, "order_id": order_id, "sender": "BUYER", "topic": topic}
    return {**row, "sent_at": at(sent), **more}


def sent_back(order_id: str, asked: date, sku: str = "S", **more: Any) -> Row:
    return {"account": "shop", "order_id": order_id, "sku": sku, "returned_on": asked, **more}


def account(last_day: date, *, without: Iterable[str] = (), **tables: Sequence[Row]) -> Account:
    """The account these rows make, with every input provided but the tables of `without`."""
    gone = {name for name in EVERYTHING if name.split(".")[0] in without}
    return Account(
        name="shop",
        marketplace=MARKETPLACES["GB"],
        zone="UTC",
        tables={name: _table(name, tables.get(name, ())) for name in TABLES},
        provided=EVERYTHING - gone,
        last_day=last_day,
    )


def _table(name: str, rows: Sequence[Row]) -> pl.LazyFrame:
    types = {column: COLUMNS[column].dtype for column in TABLES[name].columns()}
    schema = {"account": pl.String(), **types}
    return pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema=schema).lazy()


@dataclass
class Trade:
    """A shop by dice: orders, late and never confirmed, cancelled, written about and sent back."""

    seed: int
    days: int = 120
    orders: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    returns: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        for number in range(self.days):
            for _ in range(self.dice.randrange(4)):
                self._order(on(number))
        for number in range(self.dice.randrange(6)):
            self.messages.append(message(f"none-{number}", self._later(START, self.days - 1)))

    @property
    def account(self) -> Account:
        tables = {"orders": self.orders, "messages": self.messages, "returns": self.returns}
        return account(on(self.days - 1), **tables)

    def _order(self, bought: date) -> None:
        name, roll = f"{self.seed}-{len(self.orders)}", self.dice.random
        made = order(name, bought, confirmed=self.dice.choice((1, 1, 1, 2, 3, 4, 5, 6, None)))
        made["account"] = self.dice.choice(("shop", "shop", "other"))
        if roll() < 0.2:
            made["channel"] = "AFN"
        if roll() < 0.1:
            made |= {"confirmed_at": None, "status": "CANCELLED", "cancelled_at": at(bought, 18)}
            made["cancelled_by"] = self.dice.choice(("SELLER", "BUYER"))
        self.orders.append(made)
        if roll() < 0.3:
            thread, topic = f"T-{name}", self.dice.choice(("DELIVERY", "RETURN", "PRODUCT", None))
            sent = self._later(bought, 50)
            more = {"account": made["account"]}
            self.messages.append(message(thread, sent, name, topic, **more))
            if roll() < 0.4:
                self.messages.append(message(thread, self._later(sent, 5), name, "CANCELLATION", **more))
        for sku in ("S", "T") if roll() < 0.1 else ():
            self.returns.append(sent_back(name, self._later(bought, 30), sku, account=made["account"]))

    def _later(self, day: date, most: int) -> date:
        return min(day + timedelta(days=self.dice.randrange(most)), on(self.days - 1))


@dataclass(frozen=True)
class Counter:
    """The signals of one of a trade's accounts, counted one row after the other."""

    trade: Trade
    name: str
    rules: str
    as_of: date

    def signals(self) -> dict[tuple[str, date], tuple[int, float]]:
        parts = {"contacts": self._contacts(), "returns": self._returns(), "cancellations": self._cancellations()}
        parts["late"] = self._late(LATE_AFTER[self.rules])
        if self.rules == "handbook":
            parts["unconfirmed"] = self._late(1)
        return {(name, day): counts for name, part in parts.items() for day, counts in _filled(part).items()}

    def _mine(self, rows: Sequence[Row]) -> list[Row]:
        return [row for row in rows if row["account"] == self.name]

    def _ours(self) -> list[Row]:
        return [
            row
            for row in self._mine(self.trade.orders)
            if row["channel"] == "MFN" and row["purchased_at"].date() <= self.as_of
        ]

    def _bought(self) -> dict[str, Row]:
        return {row["order_id"]: row for row in self._mine(self.trade.orders)}

    def _contacts(self) -> dict[date, tuple[int, float]]:
        messages = [row for row in self._mine(self.trade.messages) if row["sent_at"].date() <= self.as_of]
        began: dict[str, Row] = {}
        for row in sorted(messages, key=lambda row: row["sent_at"]):
            if row["topic"] in FULFILMENT:
                began.setdefault(row["thread_id"], row)
        bought = self._bought()
        events = []
        for row in began.values():
            about = bought.get(row["order_id"])
            if about is None or about["channel"] == "MFN":
                events.append((row["sent_at"].date(), about["purchased_at"].date() if about else None))
        return self._out_of_orders(events, {row["sent_at"].date() for row in messages})

    def _returns(self) -> dict[date, tuple[int, float]]:
        rows = [row for row in self._mine(self.trade.returns) if row["returned_on"] <= self.as_of]
        first: dict[str, date] = {}
        for row in rows:
            first[row["order_id"]] = min(row["returned_on"], first.get(row["order_id"], row["returned_on"]))
        ours = {row["order_id"]: row["purchased_at"].date() for row in self._ours()}
        events = [(day, ours[name]) for name, day in first.items() if name in ours]
        return self._out_of_orders(events, {row["returned_on"] for row in rows})

    def _out_of_orders(self, events: list[tuple[date, date | None]], told: set[date]) -> dict[date, tuple[int, float]]:
        if not told:
            return {}
        ages = [1] * (OLDEST + 1)
        for day, bought in events:
            if bought:
                ages[min(max((day - bought).days, 0), OLDEST)] += 1
        days = [row["purchased_at"].date() for row in self._ours()]
        first = min(days)
        found = {}
        for day in _days(_start(told), _end(told, self.as_of)):
            if day >= first:
                can = sum(ages[(day - one).days] for one in days if 0 <= (day - one).days <= OLDEST) / sum(ages)
                found[day] = (sum(event == day for event, _ in events), can)
        return {day: counts for day, counts in found.items() if counts[1]}

    def _late(self, after: int) -> dict[date, tuple[int, float]]:
        told = {row["confirmed_at"].date() for row in self._ours() if row["confirmed_at"]}
        last = _end({day for day in told if day <= self.as_of}, self.as_of) - timedelta(days=after)
        found: dict[date, tuple[int, float]] = {}
        for row in self._ours():
            due = row["ship_by_at"].date()
            if row["status"] != "CANCELLED" and due <= last:
                confirmed = row["confirmed_at"]
                is_late = confirmed is None or (confirmed.date() - due).days >= after
                number, out_of = found.get(due, (0, 0.0))
                found[due] = (number + is_late, out_of + 1)
        return found

    def _cancellations(self) -> dict[date, tuple[int, float]]:
        found: dict[date, tuple[int, float]] = {}
        for row in self._ours():
            day = row["purchased_at"].date()
            if day < self.as_of:
                number, out_of = found.get(day, (0, 0.0))
                found[day] = (number + (row.get("cancelled_by") == "SELLER"), out_of + 1)
        return found


def _filled(part: dict[date, tuple[int, float]]) -> dict[date, tuple[int, float]]:
    return {day: part.get(day, (0, 0.0)) for day in _days(min(part), max(part))} if part else {}


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=more) for more in range((last - first).days + 1)]


def _start(told: set[date]) -> date:
    days = sorted(told)
    holes = [after for before, after in itertools.pairwise(days) if (after - before).days > GAP]
    return max([days[0], *holes])


def _end(told: set[date], as_of: date) -> date:
    days = sorted(told)
    longest = max([(after - before).days for before, after in itertools.pairwise(days)], default=0)
    return days[-1] if (as_of - days[-1]).days > longest else as_of
