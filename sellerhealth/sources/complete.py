"""Rows of layouts to rows of tables: which table a row is of, and how layouts complete each other.

Of a thing that a layout tells of more than once, each column has its latest word, and a first time stays the first.
What two layouts tell, the first in the order of trust tells, but where a thing moves with time: there the later does.
"""

from collections.abc import Sequence

import polars as pl

from sellerhealth.definition.tables import KEYS, TABLES
from sellerhealth.sources.layout import SPLIT, Layout

LINE = "item_id"
"""Lines of one product in one order are told apart by it, and added up."""
UPDATED = "updated_at"
COMPLETED = ("orders", "order_items", "packages", "feedback")
"""The tables whose rows two layouts may tell together; elsewhere each layout tells of its own."""
FILLS = {
    "order_items": ("sku",),
    "packages": ("package_confirmed_at", "package_posted_at", "package_created_at", "package_carrier"),
    "unshipped": ("promise_on",),
}
"""Where a layout fills several tables, a row is of one of these only if it says one of its columns."""
RETOLD = {"promise_on", "days_past_promise", UPDATED, "status"}
"""Columns of a layout's key that say when a thing was told, not which it is."""
FIRST = ("confirmed_at", "cancelled_at")
"""Moments of which the first that is told stays."""
MOVING = {"orders": ("status", UPDATED), "order_items": ("item_status", UPDATED)}
"""What moves with time: of two layouts that say when they were told, the later has the word."""


def project(rows: pl.LazyFrame, layout: Layout, table: str) -> pl.LazyFrame:
    """The rows of one layout as rows of one table: one per natural key, the latest word of each column.

    Rows that lack a column of the key stay as they are: whether two of them are one thing nobody can tell. Items
    keep the moment of their order's last change, for `completed`.
    """
    present = set(rows.collect_schema().names())
    told = [*TABLES[table].columns(), *(MOVING.get(table, ()) if len(layout.tables) > 1 else ())]
    columns = [name for name in dict.fromkeys(told) if name in present]
    filled = _filled(rows, layout, table)
    key = [SPLIT, *(name for name in KEYS[table] if name in columns)]
    is_whole = len(key) == len(KEYS[table]) + 1
    told_apart = {SPLIT, *(name for name in layout.key if name in present)}
    if not is_whole or (LINE not in columns and (layout.tables == (table,) or set(key) == told_apart)):
        return filled.select(SPLIT, *columns)
    recency = [name for name in layout.recency if name in present]
    if table == "order_items" and RETOLD.intersection(layout.key):
        line = [SPLIT, *(name for name in layout.key if name in present and name not in RETOLD)]
        filled = filled.sort(recency, nulls_last=False) if recency else filled
        filled = filled.unique(line, keep="last", maintain_order=True)
    others = [name for name in columns if name not in key]
    order = list(dict.fromkeys([*recency, *others, *sorted(present & {"sku"})]))
    repeated = filled.group_by(key).agg(pl.len()).filter(pl.col("len") > 1).select(key).collect().lazy()
    alone = filled.join(repeated, on=key, how="anti", nulls_equal=True)
    several = filled.join(repeated, on=key, how="semi", nulls_equal=True).sort(order, nulls_last=False)
    # Sorting within each of a million groups took most of the time there was; rows of a group keep their order.
    settled = several.group_by(key).agg(_word(name, table, columns) for name in others)
    return pl.concat([part.select(SPLIT, *columns) for part in (alone, settled)])


def _filled(rows: pl.LazyFrame, layout: Layout, table: str) -> pl.LazyFrame:
    """The rows that say something of this table."""
    needed = {field.ours for field in layout.needed if not field.may_be_blank}
    says = [name for name in FILLS.get(table, ()) if name in rows.collect_schema().names()]
    if len(layout.tables) == 1 or not says or needed.intersection(says):
        return rows
    return rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in says))


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

    Columns that move with time come from the part that tells the later change.
    """
    key = [SPLIT, *KEYS[table]]
    whole = [part for part in parts if set(key) <= set(part.collect_schema().names())]
    others = [part for part in parts if not set(key) <= set(part.collect_schema().names())]
    if not whole or table not in COMPLETED:
        return pl.concat(parts, how="diagonal")
    result = whole[0]
    for part in whole[1:]:
        result = _joined(result, part, key, table)
    columns = [SPLIT, *(name for name in TABLES[table].columns() if name in result.collect_schema().names())]
    return pl.concat([result.select(columns), *others], how="diagonal")


def _joined(result: pl.LazyFrame, part: pl.LazyFrame, key: list[str], table: str) -> pl.LazyFrame:
    known, told = result.collect_schema().names(), part.collect_schema().names()
    shared = [name for name in told if name in known and name not in key]
    moving = MOVING.get(table, ()) if UPDATED in shared else ()
    is_later = (pl.col(f"{UPDATED}_other") > pl.col(UPDATED)).fill_null(value=False)
    both = result.join(part, on=key, how="full", coalesce=True, nulls_equal=True, suffix="_other")
    first = [pl.coalesce(name, f"{name}_other") for name in shared if name not in moving]
    later = [
        pl.when(is_later)
        .then(pl.coalesce(f"{name}_other", name))
        .otherwise(pl.coalesce(name, f"{name}_other"))
        .alias(name)
        for name in shared
        if name in moving
    ]
    return both.with_columns(*first, *later).drop(f"{name}_other" for name in shared)
