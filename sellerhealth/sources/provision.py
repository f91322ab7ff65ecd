"""What the files of an account provide, so that a missing input is known from an empty one."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from sellerhealth.definition.tables import EVERY_PACKAGE, EVERY_UNIT, EVERY_UNSHIPPED, TABLES, empty
from sellerhealth.sources import first_seen
from sellerhealth.sources.reading import Parsed

FOLLOWS_ORDERS = ("packages", "feedback", "claims", "amazon_defects", "returns")
"""The tables that tell of orders only; tracking and deliveries count by themselves."""
BLANK = {table: empty(table) for table in TABLES}
GOOD = {
    "tracking": (EVERY_PACKAGE, ("has_valid_tracking",), pl.col("has_valid_tracking")),
    "deliveries": (
        EVERY_UNIT,
        ("delivery_arrived_on", "delivery_promised_on"),
        pl.col("delivery_arrived_on") <= pl.col("delivery_promised_on"),
    ),
}
"""Lists that Amazon may deliver with their defects only: a good row shows that this one is whole."""


def provided(files: Sequence[Parsed], *, one_marketplace: bool) -> list[str]:
    """Each table, and each `table.column`, that one of these files can fill."""
    found = {name for file in files for name in _provided(file)}
    if not one_marketplace or any(_lacks_orders(file) for file in files):
        found.discard(EVERY_UNSHIPPED)
    found |= {GOOD[table][0] for table in GOOD if any(_holds_good(file, table) for file in files)}
    found |= {f"{table}.{first_seen.COLUMN}" for table in first_seen.HAPPENED if table in found}
    return sorted(found)


def strangers(merged: Path) -> dict[str, int]:
    """Per table, the rows of orders that no file of orders holds: they count for nothing."""
    orders = stored(merged, "orders").select("order_id")
    tables = {table: merged / f"{table}.parquet" for table in FOLLOWS_ORDERS}
    alone = {
        table: pl.scan_parquet(path, glob=False)
        .join(orders, on="order_id", how="anti")
        .select(pl.len())
        .collect()
        .item()
        for table, path in tables.items()
        if path.exists()
    }
    return {table: count for table, count in alone.items() if count}


def stored(merged: Path, table: str) -> pl.LazyFrame:
    """A table of a merged folder, with every column of its own and `account`; without rows where no file fills it."""
    path, blank = merged / f"{table}.parquet", BLANK[table]
    return pl.concat([blank, pl.scan_parquet(path, glob=False)], how="diagonal") if path.exists() else blank


def _holds_good(file: Parsed, table: str) -> bool:
    _, columns, is_good = GOOD[table]
    if table not in file.layout.tables or not set(columns) <= set(file.columns):
        return False
    return bool(pl.scan_parquet(file.path, glob=False).select(is_good.any()).collect().item())


def _lacks_orders(file: Parsed) -> bool:
    """Whether an order may be unshipped that this list of them lacks: a row was rejected, or it is not Amazon's own."""
    is_whole = EVERY_UNSHIPPED in file.layout.also_provides and not (file.rejects.height or file.lost)
    return "unshipped" in file.layout.tables and not is_whole


def _provided(file: Parsed) -> list[str]:
    """Nothing of a document without rows, and no table of which it tells nothing but whose order it is."""
    if file.layout.is_document and not file.read:
        return []
    columns = [*file.columns, *file.layout.constants]
    told = [table for table in file.layout.tables if {*TABLES[table].columns()}.intersection(columns) - {"order_id"}]
    tables = [table for table in told if table not in file.layout.partial]
    filled = [f"{table}.{name}" for table in tables for name in TABLES[table].columns() if name in columns]
    return [*tables, *filled, *file.layout.also_provides]
