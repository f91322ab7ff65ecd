"""The shelves of generated accounts, counted one row after the other: nothing of the package is used for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.tables import TABLES, empty
from tests.oracle import generate
from tests.oracle.group import account_of
from tests.oracle.known import Known, Order, Row

LEFT = ("SHIPPED", "DELIVERED", "RETURNED")
DAY = {"stock": "counted_on", "listings": "listed_on"}
COLUMNS = (
    "units_on_hand",
    "counted_on",
    "listed_units",
    "left_units",
    "open_units",
    "free_units",
    "oversold_units",
    "at_risk_units",
    "sold_a_day",
    "days_of_cover",
    "cancelled_orders",
    "explained_orders",
    "state",
)


@dataclass(frozen=True, kw_only=True)
class Shelves:
    """The shelves of one account at the end of a day, and what was sold in the days before."""

    known: Known
    days: int

    def rows(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        offers = {
            row["sku"] for row in self.known.tables["listings"] if self._is_offered(self._present("listings", row))
        }
        counts = {row["sku"] for row in self.known.tables["stock"] if self._present("stock", row)}
        for sku in offers | counts | {item["sku"] for _, item in self._open()}:
            yield sku, self._row(sku)

    def explained(self) -> tuple[int, int]:
        lines = list(self._cancelled())
        short = {order.row["order_id"] for order, item in lines if self._is_short(item["sku"], order.bought_day)}
        return len(short), len({order.row["order_id"] for order, _ in lines})

    def _row(self, sku: str) -> tuple[Any, ...]:
        count, listed, taken = self._present("stock", {"sku": sku}), self._listed(sku), self._open_units(sku)
        held, counted_on = (count["units_on_hand"], count["counted_on"]) if count else (None, None)
        left = None if held is None else self._left_units(sku, counted_on, self.known.as_of)
        free = None if held is None else held - left - taken
        over = None if free is None else max(-free, 0)
        risk = None if free is None or listed is None else max(listed - max(free, 0), 0)
        sold = self._sold(sku) / self.days
        cover = free / sold if sold and free is not None else None
        cancelled = [order for order, item in self._cancelled() if item["sku"] == sku]
        short = [order for order in cancelled if self._is_short(sku, order.bought_day)]
        state = self._state(free, listed)
        return (held, counted_on, listed, left, taken, free, over, risk, sold, cover, len(cancelled), len(short), state)

    @staticmethod
    def _state(free: int | None, listed: int | None) -> str:
        if free is None:
            return "not counted"
        if free < 0:
            return "oversold"
        if listed is None:
            return "listing not known"
        return "at risk" if listed > free else "enough"

    def _lines(self) -> Iterator[tuple[Order, Row]]:
        for order in self.known.orders():
            if order.is_ours and order.channel == "MFN":
                for item in self.known.of("order_items", order.row["order_id"]):
                    yield order, item

    def _open(self) -> Iterator[tuple[Order, Row]]:
        for order, item in self._lines():
            gone = order.is_cancelled or order.is_shipped or order.is_gone or self._is_posted(order)
            left = order.confirmation_is_not_told and item["item_status"] in LEFT
            if not gone and not left and not self._item_is_cancelled(order, item):
                yield order, item

    def _left_units(self, sku: str, counted_on: date | None, until: date) -> int:
        """The units gone on the days after the count; a count without a day is of now."""
        if counted_on is None:
            return 0
        days = [(self._left_on(order, item), _left(order, item)) for order, item in self._lines() if item["sku"] == sku]
        return sum(units for day, units in days if day and counted_on < day <= until)

    def _left_on(self, order: Order, item: Row) -> date | None:
        """The day in the carrier's hands, else confirmed; where only "shipped" is told, the first day it can be."""
        if not order.is_cancelled and self._item_is_cancelled(order, item):
            return None
        if self._is_posted(order):
            posted = posted_at(self.known, order)
            assert posted
            return self.known.day_of(posted)
        if order.cancelled_before_shipment:
            return None
        if order.confirmed:
            return self.known.day_of(order.confirmed)
        item_left = order.confirmation_is_not_told and item["item_status"] in LEFT
        return order.bought_day if order.shipped_without_a_time or order.is_gone or item_left else None

    def _open_units(self, sku: str) -> int:
        return sum(_units(item) for _, item in self._open() if item["sku"] == sku)

    def _sold(self, sku: str) -> int:
        total = 0
        for order, item in self._lines():
            if item["sku"] == sku and self._is_recent(order):
                cancelled = order.is_cancelled or self._item_is_cancelled(order, item)
                if not cancelled:
                    total += _units(item)
                elif order.who_cancelled == "SELLER":
                    total += max(_units(item), 1)
        return total

    def _cancelled(self) -> Iterator[tuple[Order, Row]]:
        for order, item in self._lines():
            in_part = order.one_item_cancelled and item["item_status"] == "CANCELLED"
            if (
                self._is_recent(order)
                and order.who_cancelled != "BUYER"
                and (order.cancelled_before_shipment or in_part)
            ):
                yield order, item

    def _is_short(self, sku: str, day: date | None) -> bool:
        assert day is not None
        then = self._upto("stock", sku, day)
        if then:
            held = then["units_on_hand"] - self._left_units(sku, then["counted_on"], day)
            free = held
        else:
            held = self._held(sku)
            free = None if held is None else held - self._open_units(sku)
        offer = self._upto("listings", sku, day)
        listed = self._offered(offer)
        listed = self._listed(sku) if listed is None else listed
        return held is not None and (free <= 0 or (listed is not None and held < listed))

    def _held(self, sku: str) -> int | None:
        found = self._present("stock", {"sku": sku})
        return found["units_on_hand"] if found else None

    def _listed(self, sku: str) -> int | None:
        return self._offered(self._present("listings", {"sku": sku}))

    def _offered(self, row: Row | None) -> int | None:
        """None of ours can be bought where Amazon ships or the listing is closed; else what the listing says."""
        if row is None:
            return None
        is_closed = row["listing_state"] not in ("ACTIVE", None)
        return 0 if is_closed or row["listing_channel"] == "AFN" else row["listed_units"]

    def _present(self, table: str, like: Row) -> Row | None:
        undated = [row for row in self._of(table, like["sku"]) if row[DAY[table]] is None]
        return undated[0] if undated else self._upto(table, like["sku"], self.known.as_of)

    def _upto(self, table: str, sku: str, day: date) -> Row | None:
        dated = [row for row in self._of(table, sku) if row[DAY[table]] and row[DAY[table]] <= day]
        return max(dated, key=lambda row: row[DAY[table]], default=None)

    def _of(self, table: str, sku: str) -> list[Row]:
        return [row for row in self.known.tables[table] if row["sku"] == sku]

    def _is_offered(self, row: Row | None) -> bool:
        if row is None or row["listing_state"] not in ("ACTIVE", None):
            return False
        return row["listing_channel"] == "MFN" or (row["listing_channel"] is None and row["listed_units"] is not None)

    def _is_recent(self, order: Order) -> bool:
        bought = order.bought_day
        return bought is not None and 0 <= (self.known.as_of - bought).days < self.days

    def _is_posted(self, order: Order) -> bool:
        posted = posted_at(self.known, order)
        return posted is not None and posted < self.known.end

    @staticmethod
    def _item_is_cancelled(order: Order, item: Row) -> bool:
        return item["item_status"] == "CANCELLED" and order.cancellation_is_known


def posted_at(known: Known, order: Order) -> datetime | None:
    """When the last parcel was handed over, else what the order itself tells."""
    handed = [row["package_posted_at"] for row in known.of("packages", order.row["order_id"])]
    told = [moment for moment in handed if moment]
    return max(told) if told else order.row["posted_at"]


def _left(order: Order, item: Row) -> int:
    """Amazon writes zero units for what is cancelled, also when it had left."""
    return max(_units(item), 1) if order.is_cancelled else _units(item)


def _units(item: Row) -> int:
    return 1 if item["quantity"] is None else item["quantity"]


def shelved(seed: int, zone: str, as_of: date) -> generate.Tables:
    """A generated account with counts, listings and parcels handed over."""
    tables = generate.account(seed, zone, as_of)
    chance = Random(seed + 1)
    near = generate.Chance(seed + 2, zone, as_of)
    for order in tables["orders"]:
        order["posted_at"] = near.near(order["ship_by_at"]) if chance.random() < 0.2 else None
    for package in tables["packages"]:
        package["package_posted_at"] = near.near(package["package_confirmed_at"]) if chance.random() < 0.3 else None
    skus = [f"SKU-{number}" for number in range(5)]
    days = (None, *(as_of - timedelta(days=ago) for ago in (-1, 0, 1, 5, 6, 7, 29, 30, 60)))
    tables["stock"] = [
        {"sku": sku, "counted_on": day, "units_on_hand": chance.choice((0, 0, 1, 3, 20))}
        for sku in skus
        for day in chance.sample(days, chance.choice((0, 1, 1, 4)))
    ]
    tables["listings"] = [
        {
            "sku": sku,
            "listed_on": day,
            "listed_units": chance.choice((0, 1, 4, 25, None)),
            "listing_channel": chance.choice(("MFN", "MFN", "AFN", None)),
            "listing_state": chance.choice(("ACTIVE", "ACTIVE", "INACTIVE", "INCOMPLETE", None)),
        }
        for sku in skus
        for day in chance.sample(days, chance.choice((0, 1, 1, 4)))
    ]
    return tables


def gathered(accounts: dict[int, generate.Tables], zone: str, as_of: date) -> Account:
    """The generated accounts as one, whose files provide every input."""
    frames = {}
    for table in TABLES:
        rows = [{"account": str(seed), **row} for seed, tables in accounts.items() for row in tables.get(table, [])]
        frames[table] = pl.DataFrame(rows, schema=empty(table).collect_schema(), orient="row")
    return account_of(zone, as_of, frames)
