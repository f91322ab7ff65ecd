"""One seller on one marketplace, as everything after the readers sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from sellerhealth.definition.columns import FIRST_DAY
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.marketplaces import Marketplace

LAST_DAY = date(2200, 1, 1)
LEDGER_SCHEMA = pl.Schema(
    {
        "file": pl.String(),
        "layout": pl.String(),
        "read": pl.Int64(),
        "used": pl.Int64(),
        "duplicate": pl.Int64(),
        "superseded": pl.Int64(),
        "rejected": pl.Int64(),
        "note": pl.String(),
    }
)
"""Per file: every row read, and where it went. read = used + duplicate + superseded + rejected."""

REJECTS_SCHEMA = pl.Schema({"file": pl.String(), "row": pl.Int64(), "column": pl.String(), "reason": pl.String()})
"""One row per rejected row: where it stood and what was wrong, never what it said."""


def today(zone: str) -> date:
    """The day it is in this zone: the only clock there is."""
    return datetime.now(ZoneInfo(zone)).date()


@dataclass(frozen=True, kw_only=True, eq=False)
class Account:
    """An account's tables, what its files provide, and the ledger.

    `tables` maps each table name to a LazyFrame with its columns and `account`; `provided` names each
    table and `table.column` that some file can fill, so that a missing input is known from an empty one.
    `strangers` counts, per table, rows of orders that are in no file. `last_day` is the last day the files speak of,
    in the marketplace's zone, but for a few dates far after today; None when none speaks of any. `has_contact_address`
    says whether account.toml gives the seller's own address for buyers; the address itself goes no further. `is_home`
    says whether the marketplace is the first that account.toml names: what names no marketplace and no order is its
    own. `rejects_in` is the folder with a list of each file's rejected rows, as it is shown; empty where none is
    rejected. `remarks` are sentences on the whole that no single file's line can say. `read_from` is a short name of
    what it was read from: with the same name, its tables are the same, and all else that is told here.
    """

    name: str
    marketplace: Marketplace
    zone: str
    tables: Mapping[str, pl.LazyFrame]
    provided: frozenset[str]
    strangers: Mapping[str, int] = field(default_factory=dict)
    last_day: date | None
    has_contact_address: bool = False
    is_home: bool = True
    label: str = ""
    policy: str = "handbook"
    overrides: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ledger: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LEDGER_SCHEMA))
    rejects: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REJECTS_SCHEMA))
    rejects_in: str = ""
    remarks: tuple[str, ...] = ()
    read_from: str = ""

    @property
    def title(self) -> str:
        """The name to show: the label of account.toml, else the folder's name."""
        return self.label or self.name

    def day(self, as_of: str) -> date:
        """The last day looked at: an ISO date; when empty the last day of the data, or today where there is none.

        Raises InputError for anything else.
        """
        if not as_of:
            return self.last_day or today(self.zone)
        try:
            day = datetime.strptime(as_of, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise InputError("as_of", "a date such as 2026-01-31", "Write year-month-day.") from None
        if not FIRST_DAY <= day <= LAST_DAY:
            raise InputError("as_of", f"a day from {FIRST_DAY} to {LAST_DAY}", "Correct the year.")
        return day
