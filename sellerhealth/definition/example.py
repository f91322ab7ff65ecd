"""A dozen orders worked by hand: the lesson, the test and the manual in one text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.columns import LISTED_METRICS
from sellerhealth.definition.marketplaces import MARKETPLACES
from sellerhealth.definition.tables import (
    COLUMNS,
    EVERY_PACKAGE,
    EVERY_STAR,
    EVERY_UNIT,
    EVERY_UNSHIPPED,
    TABLES,
    empty,
)

EVERYTHING = frozenset(
    {
        *TABLES,
        EVERY_PACKAGE,
        EVERY_STAR,
        EVERY_UNIT,
        EVERY_UNSHIPPED,
        *(f"amazon_defects.{metric}" for metric in LISTED_METRICS),
        *(f"{name}.{column}" for name, table in TABLES.items() for column in table.columns()),
    }
)
"""An example lacks no input: what it does not show did not happen."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """Rows of the input tables as text, and the counts they must give under each policy.

    `tables` maps a table to lines of cells parted by `|`, the first line naming its columns; a column
    `remark` says in words how each row is counted. Times are those of `marketplace`. `expected` maps a
    policy to (numerator, denominator) of the headline window for the orders shipped by the seller.
    """

    as_of: date
    marketplace: str
    tables: Mapping[str, str]
    expected: Mapping[str, tuple[int, int]]

    def rows(self, table: str) -> pl.DataFrame:
        """The rows of one table as text, `remark` included, for showing."""
        header, *lines = [_cells(line) for line in self.tables[table].strip().splitlines()]
        return pl.DataFrame(lines, schema=header, orient="row")

    def account(self) -> Account:
        """The example as an account, read by the same code as any other."""
        place = MARKETPLACES[self.marketplace]
        frames = {name: self._typed(name, place.zone) for name in self.tables}
        return Account(
            name="example",
            marketplace=place,
            zone=place.zone,
            tables={name: frames.get(name, empty(name)) for name in TABLES},
            provided=EVERYTHING,
            last_day=self.as_of,
        )

    def _typed(self, table: str, zone: str) -> pl.LazyFrame:
        rows = self.rows(table).drop("remark", strict=False)
        typed = {name: [_value(cell, name, zone) for cell in rows[name]] for name in rows.columns}
        frame = pl.DataFrame(typed, schema={name: COLUMNS[name].dtype for name in rows.columns}, strict=False)
        return pl.concat([empty(table), frame.with_columns(account=pl.lit("example")).lazy()], how="diagonal")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _value(cell: str, column: str, zone: str) -> object:
    """One cell as its column's type; a moment without a clock time is noon, as the hand would take it."""
    dtype = COLUMNS[column].dtype
    if not cell:
        return None
    if isinstance(dtype, pl.Datetime):
        clock = cell if ":" in cell else f"{cell} 12:00"
        return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
    if dtype == pl.Date:
        return date.fromisoformat(cell)
    if dtype == pl.Boolean:
        return cell == "yes"
    if dtype.is_float():
        return float(cell)
    return int(cell) if dtype.is_integer() else cell
