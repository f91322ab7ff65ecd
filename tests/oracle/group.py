"""Many generated accounts as one: `account` is a key of every table, so one evaluation counts them all."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.marketplaces import MARKETPLACES
from sellerhealth.definition.tables import EVERY_PACKAGE, EVERY_STAR, EVERY_UNIT, EVERY_UNSHIPPED, TABLES, empty
from tests.oracle import generate
from tests.oracle.known import Known

PLACES = [(zone, date.fromisoformat(day)) for zone, days in generate.DAYS.items() for day in days]
PROVIDED = frozenset({*TABLES, EVERY_PACKAGE, EVERY_STAR, EVERY_UNIT, EVERY_UNSHIPPED}) | {
    f"{table}.{column}" for table, schema in TABLES.items() for column in schema.columns()
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """Accounts of one zone looked at on one day, by their seeds."""

    zone: str
    as_of: date
    seeds: range

    @cached_property
    def tables(self) -> dict[int, generate.Tables]:
        return {seed: generate.account(seed, self.zone, self.as_of) for seed in self.seeds}

    @cached_property
    def known(self) -> dict[int, Known]:
        place = generate.PLACES[self.zone]
        return {
            seed: Known(tables=tables, marketplace=place, zone=self.zone, as_of=self.as_of)
            for seed, tables in self.tables.items()
        }

    @cached_property
    def account(self) -> Account:
        return account_of(self.zone, self.as_of, self.frames)

    def alone(self, seed: int) -> Account:
        """One of the accounts, with nothing of the others."""
        frames = {table: frame.filter(pl.col("account") == str(seed)) for table, frame in self.frames.items()}
        return account_of(self.zone, self.as_of, frames)

    @cached_property
    def frames(self) -> dict[str, pl.DataFrame]:
        return {table: self._frame(table) for table in TABLES}

    def _frame(self, table: str) -> pl.DataFrame:
        rows = [{"account": str(seed), **row} for seed, tables in self.tables.items() for row in tables[table]]
        return pl.DataFrame(rows, schema=empty(table).collect_schema(), orient="row")


def account_of(zone: str, as_of: date, frames: dict[str, pl.DataFrame]) -> Account:
    """The frames as an account whose files provide every input."""
    return Account(
        name="generated",
        marketplace=MARKETPLACES[generate.PLACES[zone]],
        zone=zone,
        tables={table: frame.lazy() for table, frame in frames.items()},
        provided=PROVIDED,
        last_day=as_of,
    )


def group(position: int, size: int) -> Group:
    """The group of that place in `PLACES`; no seed is in two groups."""
    zone, as_of = PLACES[position]
    return Group(zone=zone, as_of=as_of, seeds=range(position * 10_000, position * 10_000 + size))
