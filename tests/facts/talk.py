"""Conversations as accounts: a few written out, or many generated ones in one frame."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.example import Example
from sellerhealth.definition.marketplaces import MARKETPLACES
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.tables import TABLES, empty
from sellerhealth.metrics import policy
from tests.oracle.messages import PLACES, Known, Tables, conversations

AS_OF = date(2026, 3, 31)
MESSAGES = "thread_id | sender | sent_at | is_automatic | text_mark"
EACH = 100
DAYS = {
    "America/Los_Angeles": ("2026-03-08", "2026-03-09", "2026-03-15", "2026-11-01", "2026-11-02"),
    "Europe/London": ("2026-03-29", "2026-03-30", "2026-04-05", "2026-10-25", "2026-10-26"),
    "Asia/Tokyo": ("2024-02-29", "2025-01-01", "2026-03-31", "2026-11-01", "2026-12-31"),
    "Asia/Kolkata": ("2024-03-01", "2025-03-01", "2026-03-31", "2026-11-01", "2027-01-01"),
}
SETS = [(zone, date.fromisoformat(day)) for zone, days in DAYS.items() for day in days]
METRIC = policy("handbook")["contact_response_time"]
Fact = Callable[[Account, date], pl.LazyFrame]


def account(marketplace: str = "US", **tables: str) -> Account:
    """The rows of these tables as an account; a table is a header and rows parted by `;`, cells by `|`."""
    rows = {name: text.replace(";", "\n") for name, text in tables.items()}
    return Example(as_of=AS_OF, marketplace=marketplace, tables=rows, expected={}).account()


def metric(**told: int | str) -> Metric:
    """The contact response time with another value or choice."""
    values = {name: word for name, word in told.items() if isinstance(word, int)}
    chosen = {name: word for name, word in told.items() if isinstance(word, str)}
    terms = METRIC.terms
    own = replace(terms, values={**terms.values, **values}, chosen={**terms.chosen, **chosen})
    return replace(METRIC, terms=own)


def of_both(first: Account, second: Account) -> Account:
    """Two accounts in one frame, as a folder of several is read."""
    tables = {
        table: pl.concat([first.tables[table], second.tables[table].with_columns(account=pl.lit("other"))])
        for table in TABLES
    }
    return _account(first.zone, tables)


def shown(moment: datetime | None, zone: str = "America/Los_Angeles") -> str | None:
    """A moment as the tables write it: local, without seconds that are zero."""
    return moment and moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(" ").removesuffix(":00")


def generated(zone: str, as_of: date) -> list[Known]:
    """A hundred generated accounts; the same for the same zone and day."""
    return [Known(conversations(seed, zone, as_of), zone, as_of) for seed in range(EACH)]


def as_one(known: list[Known], zone: str) -> Account:
    """The generated accounts in one frame, named by their number."""
    tables = {str(number): one.tables for number, one in enumerate(known)}
    return _account(zone, {table: _frame(tables, table) for table in TABLES})


def assert_counted_by_hand(fact: Fact, zone: str, as_of: date) -> None:
    """Every row of a fact of the generated accounts, against those counted one by one."""
    known = generated(zone, as_of)
    found = _by_account(fact(as_one(known, zone), as_of).collect(engine="streaming"))
    expected = {str(number): getattr(one, fact.__name__)() for number, one in enumerate(known)}
    assert set(found) <= set(expected)
    for name, rows in expected.items():
        assert _sorted(found.get(name, [])) == _sorted(rows), (name, zone, as_of)


def _frame(accounts: dict[str, Tables], table: str) -> pl.LazyFrame:
    rows = [{"account": name, **row} for name, tables in accounts.items() for row in tables.get(table, [])]
    return pl.LazyFrame(rows, schema=empty(table).collect_schema(), orient="row")


def _account(zone: str, tables: dict[str, pl.LazyFrame]) -> Account:
    return Account(
        name="generated",
        marketplace=MARKETPLACES[PLACES[zone]],
        zone=zone,
        tables=tables,
        provided=frozenset(TABLES),
        last_day=AS_OF,
    )


def _by_account(found: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    return {name: part.drop("account").to_dicts() for (name,), part in found.group_by("account")}


def _sorted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["thread_id"], str(row.get("received_at"))))
