"""Whose row is whose, in a folder that a column splits into accounts.

A row that names its owner stays with that one; another follows its order. What names neither belongs to the
whole folder, and to none of its accounts for sure.
"""

from collections.abc import Collection, Mapping

import polars as pl

from sellerhealth.definition.tables import KEYS
from sellerhealth.sources import first_seen
from sellerhealth.sources.layout import SPLIT

EVERY = "*"
Tables = Mapping[str, pl.LazyFrame]


def of_folder(stored: Tables, name: str, split: Collection[str]) -> dict[str, pl.LazyFrame]:
    """Every row, under the folder's name; `split` are the tables that several accounts may tell of."""
    once = {table: _once(frame, table) if table in split else frame for table, frame in stored.items()}
    return {table: frame.with_columns(pl.lit(name).alias(SPLIT)) for table, frame in once.items()}


def of_part(stored: Tables, name: str, part: str) -> dict[str, pl.LazyFrame]:
    """The rows of one account of the folder, or of each under its name."""
    mine = {table: _named(frame, part) for table, frame in stored.items()}
    owners = pl.concat(
        [frame.select(SPLIT, "order_id").drop_nulls() for frame in mine.values() if _tells_order(frame)]
    ).unique()
    return {table: _owned(stored[table], frame, owners, name) for table, frame in mine.items()}


def is_named(stored: Tables, part: str) -> bool:
    """Whether any row names this account, or, of every account, any at all."""
    counts = [_named(frame, part).select(pl.len()) for frame in stored.values()]
    return bool(pl.concat(counts).sum().collect().item())


def _named(frame: pl.LazyFrame, part: str) -> pl.LazyFrame:
    return frame.filter(pl.col(SPLIT).is_not_null() if part == EVERY else pl.col(SPLIT) == part)


def _tells_order(frame: pl.LazyFrame) -> bool:
    return "order_id" in frame.collect_schema()


def _owned(frame: pl.LazyFrame, mine: pl.LazyFrame, owners: pl.LazyFrame, name: str) -> pl.LazyFrame:
    named = pl.format(f"{name}/{{}}", SPLIT)
    if not _tells_order(frame):
        return mine.with_columns(named.alias(SPLIT))
    shared = frame.filter(pl.col(SPLIT).is_null()).drop(SPLIT).join(owners, on="order_id")
    return pl.concat([mine, shared.select(frame.collect_schema().names())]).with_columns(named.alias(SPLIT))


def _once(frame: pl.LazyFrame, table: str) -> pl.LazyFrame:
    """What two accounts of the folder tell of the same thing, as the first of them tells it, seen when it first was."""
    names = frame.collect_schema().names()
    seen = [name for name in names if name == first_seen.COLUMN]
    same = KEYS[table] if table == "orders" else [name for name in names if name not in (SPLIT, *seen)]
    return frame.sort(*KEYS[table], *seen, SPLIT).unique(same, keep="first", maintain_order=True)
