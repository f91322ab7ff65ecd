"""Rows of layouts to rows of tables: which table a row is of, and how layouts complete each other.

Of a thing that a layout tells of more than once, each column has its latest word, and a first time stays the first.
What two layouts tell, the first in the order of trust tells, but where a thing moves with time: there the later does.
"""

from collections.abc import Sequence
from functools import partial, reduce

import polars as pl

from sellerhealth.definition.tables import COLUMNS, KEYS, TABLES
from sellerhealth.sources.layout import SPLIT, Layout
from sellerhealth.sources.repeated import parted

LINE = "item_id"
"""Lines of one product in one order are told apart by it, and added up."""
UPDATED = "updated_at"
COMPLETED = ("orders", "order_items", "packages", "feedback")
"""The tables whose rows two layouts may tell together; elsewhere each layout tells of its own."""
FILLS = {
    "order_items": ("sku",),
    "packages": (
        "package_confirmed_at",
        "package_posted_at",
        "package_created_at",
        "package_carrier",
        "package_warehouse",
    ),
    "unshipped": ("promise_on",),
}
"""Where a layout fills several tables, a row is of one of these only if it says one of its columns."""
RETOLD = {"promise_on", "days_past_promise", UPDATED, "status"}
"""Columns of a layout's key that say when a thing was told, not which it is."""
FIRST = ("confirmed_at", "cancelled_at")
"""Moments of which the first that is told stays."""
MOVING = {"orders": ("status", "ship_by_at", "deliver_by_at"), "order_items": ("item_status",)}
"""What moves with time: of two layouts that say when they were told, the later that tells it has the word."""
TOLD_AT, OTHER = "_told_at", "_other"


def project(rows: pl.LazyFrame, layout: Layout, table: str) -> pl.LazyFrame:
    """The rows of one layout as rows of one table: one per natural key, the latest word of each column.

    Rows that lack a column of the key stay as they are: whether two of them are one thing nobody can tell. What moves
    with time has the moment it was told beside it, for `completed`.
    """
    filled = _filled(rows, layout, table).with_columns(_moments(rows, table))
    present = set(filled.collect_schema().names())
    told = [*TABLES[table].columns(), *(f"{name}{TOLD_AT}" for name in MOVING.get(table, ()))]
    columns = [name for name in told if name in present]
    key = [SPLIT, *(name for name in KEYS[table] if name in columns)]
    is_whole = len(key) == len(KEYS[table]) + 1
    told_apart = {SPLIT, *(name for name in layout.key if name in present)}
    if not is_whole or (LINE not in columns and (layout.tables == (table,) or set(key) == told_apart)):
        return filled.select(SPLIT, *columns)
    recency = [name for name in layout.recency if name in present]
    others = [name for name in columns if name not in key]
    order = list(dict.fromkeys([*recency, *others, *sorted(present & {"sku"})]))
    if table == "order_items" and RETOLD.intersection(layout.key):
        line = [SPLIT, *(name for name in layout.key if name in present and name not in RETOLD)]
        filled = filled.sort(order, nulls_last=False).unique(line, keep="last", maintain_order=True)
    alone, several = parted(filled, key)
    if several is None:
        return alone.select(SPLIT, *columns)
    # Sorting within each of a million groups took most of the time there was; rows of a group keep their order.
    words = [_word(name, table, columns) for name in others]
    settled = several.sort(order, nulls_last=False).group_by(key).agg(words)
    return pl.concat([part.select(SPLIT, *columns) for part in (alone, settled)])


def _moments(rows: pl.LazyFrame, table: str) -> list[pl.Expr]:
    """When each row told what moves with time; empty where the layout does not say."""
    present = rows.collect_schema().names()
    moment = pl.col(UPDATED) if UPDATED in present else pl.lit(None, COLUMNS[UPDATED].dtype)
    moving = [name for name in MOVING.get(table, ()) if name in present]
    return [pl.when(pl.col(name).is_not_null()).then(moment).alias(f"{name}{TOLD_AT}") for name in moving]


def _filled(rows: pl.LazyFrame, layout: Layout, table: str) -> pl.LazyFrame:
    """The rows that say something of this table."""
    needed = {field.ours for field in layout.needed if not field.may_be_blank}
    says = [name for name in FILLS.get(table, ()) if name in rows.collect_schema().names()]
    if len(layout.tables) == 1 or table not in FILLS or needed.intersection(says):
        return rows
    return rows.filter(pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_not_null() for name in says)))


def _word(name: str, table: str, columns: Sequence[str]) -> pl.Expr:
    """What several rows tell of one column; units are added up, and a line without its number is one of the others."""
    if name in FIRST:
        return pl.col(name).min()
    if (table, name) != ("order_items", "quantity"):
        return pl.col(name).last(ignore_nulls=True)
    units = pl.col(name)
    if LINE in columns:
        has_line = pl.col(LINE).is_not_null()
        units = pl.when(has_line | ~has_line.any()).then(units)
    return pl.when(units.count() > 0).then(units.sum()).alias(name)


def completed(parts: list[pl.LazyFrame], table: str) -> pl.LazyFrame:
    """The parts joined on the natural key where they have it whole, each column from the first that has it.

    What moves with time comes from the part that tells it later. Rows that lack a part of the key stand alone.
    """
    whole, alone = _parted(parts, table) if table in COMPLETED else ([], parts)
    together = [reduce(partial(_joined, table), whole)] if whole else []
    rows = pl.concat([*together, *alone], how="diagonal")
    present = rows.collect_schema().names()
    return rows.select(SPLIT, *(name for name in TABLES[table].columns() if name in present))


def _parted(parts: list[pl.LazyFrame], table: str) -> tuple[list[pl.LazyFrame], list[pl.LazyFrame]]:
    """The rows that have their key whole, and the others: which of two of these are one thing nobody can tell."""
    key = KEYS[table]
    able = [set(key) <= set(part.collect_schema().names()) for part in parts]
    having = [part for part, can in zip(parts, able, strict=True) if can]
    lacking = [part for part, can in zip(parts, able, strict=True) if not can]
    if not (blank := [name for name in key if TABLES[table].columns()[name].nullable]):
        return having, lacking
    is_whole = pl.all_horizontal(pl.col(name).is_not_null() for name in blank)
    return [part.filter(is_whole) for part in having], [*lacking, *(part.filter(~is_whole) for part in having)]


def _joined(table: str, result: pl.LazyFrame, part: pl.LazyFrame) -> pl.LazyFrame:
    key = [SPLIT, *KEYS[table]]
    known, told = result.collect_schema().names(), part.collect_schema().names()
    shared = [name for name in told if name in known and name not in key]
    both = result.join(part, on=key, how="full", coalesce=True, nulls_equal=True, suffix=OTHER)
    return both.with_columns(_of_two(name, table) for name in shared).drop(f"{name}{OTHER}" for name in shared)


def _of_two(name: str, table: str) -> pl.Expr:
    """What two parts tell of one column."""
    if name == UPDATED:
        return pl.max_horizontal(name, f"{name}{OTHER}")
    thing = name.removesuffix(TOLD_AT)
    is_other = pl.col(thing).is_null()
    if thing in MOVING.get(table, ()):
        moment = f"{thing}{TOLD_AT}"
        is_other |= (pl.col(f"{moment}{OTHER}") > pl.col(moment)).fill_null(value=False)
    return pl.when(is_other).then(f"{name}{OTHER}").otherwise(name).alias(name)
