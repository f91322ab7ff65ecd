"""Files of one account to its tables: every row used, a duplicate, superseded, or rejected.

Rows of one layout that share a key are the same thing told twice: equal rows are duplicates, of unequal
ones the latest is used. Layouts then complete each other column by column, the first named going first,
so neither the order of the files nor of their rows matters.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from sellerhealth.definition.account import LEDGER_SCHEMA
from sellerhealth.definition.tables import KEYS, TABLES
from sellerhealth.sources.layout import SPLIT
from sellerhealth.sources.reading import Parsed

FATE = "fate"
LINE = "item_id"
"""Lines of one product in one order are told apart by it, and added up."""
LAYOUT_ORDER = ("all_orders", "order_report")
"""Whose word goes first where two layouts fill the same column; the others follow by name."""
COMPLETED = ("orders", "order_items", "packages", "feedback")
"""The tables whose rows two layouts may tell together; elsewhere each layout tells of its own."""


def merge(parsed: list[Parsed], into: Path, *, one_marketplace: bool) -> pl.DataFrame:
    """Write each table to `into` as Parquet and return the ledger (`LEDGER_SCHEMA`).

    A list of defects does not say of which marketplace it is: with several it covers no day for sure.
    """
    by_layout = _by_layout(parsed)
    with TemporaryDirectory(dir=into.parent) as work:
        settled = {
            name: _settle(files, Path(work, f"{place}.parquet"))
            for place, (name, files) in enumerate(by_layout.items())
        }
        for table in TABLES:
            parts = [
                _project(rows, by_layout[name], table)
                for name, rows in settled.items()
                if table in _tables(by_layout[name])
            ]
            if parts:
                _complete(parts, table).sink_parquet(into / f"{table}.parquet", compression="lz4")
        used = [rows.group_by("file", FATE).agg(pl.len()).collect() for rows in settled.values()]
    if one_marketplace:
        _coverage(by_layout, into)
    return _ledger(parsed, used)


def _by_layout(parsed: list[Parsed]) -> dict[str, list[Parsed]]:
    place = {name: position for position, name in enumerate(LAYOUT_ORDER)}
    names = sorted({file.layout.name for file in parsed}, key=lambda name: (place.get(name, len(place)), name))
    return {name: [file for file in parsed if file.layout.name == name] for name in names}


def _tables(files: list[Parsed]) -> tuple[str, ...]:
    return files[0].layout.tables


def _settle(files: list[Parsed], kept: Path) -> pl.LazyFrame:
    """The rows of one layout with `file` and `fate`: used, duplicate or superseded; those repeated lie in `kept`."""
    layout = files[0].layout
    told = [pl.scan_parquet(one.path, glob=False).drop("problem").with_columns(file=pl.lit(one.file)) for one in files]
    stacked = pl.concat(told, how="diagonal")
    names = stacked.collect_schema().names()
    key = [SPLIT, *(name for name in layout.key if name in names)]
    content = sorted(set(names) - {"row", "file"})
    latest = [name for name in layout.recency if name in names]
    repeated = (
        stacked.select(key)
        .group_by(key)
        .agg(pl.len().alias("told"))
        .filter(pl.col("told") > 1)
        .drop("told")
        .collect()
        .lazy()
    )
    if repeated.select(pl.len()).collect().item() == 0:
        return stacked.with_columns(pl.lit("used").alias(FATE))
    alone = stacked.join(repeated, on=key, how="anti", nulls_equal=True).with_columns(pl.lit("used").alias(FATE))
    several = stacked.join(repeated, on=key, how="semi", nulls_equal=True)
    # Once to disk: every table and the ledger ask for it.
    _compared(several, key, latest, content).sink_parquet(kept, compression="lz4")
    return pl.concat([alone, pl.scan_parquet(kept, glob=False)], how="diagonal")


def _compared(several: pl.LazyFrame, key: list[str], latest: list[str], content: list[str]) -> pl.LazyFrame:
    """The rows that share a key, each with its fate: the latest is used."""
    falling = [*(False for _ in key), *(True for _ in latest), *(True for _ in content), False, False]
    return (
        several.sort(*key, *latest, *content, "file", "row", descending=falling, nulls_last=True)
        .with_columns(
            pl.struct(content).is_first_distinct().alias("is_new"),
            pl.struct(key).is_first_distinct().alias("is_first"),
        )
        .with_columns(
            pl.when("is_first")
            .then(pl.lit("used"))
            .when("is_new")
            .then(pl.lit("superseded"))
            .otherwise(pl.lit("duplicate"))
            .alias(FATE)
        )
        .drop("is_new", "is_first")
    )


def _project(rows: pl.LazyFrame, files: list[Parsed], table: str) -> pl.LazyFrame:
    """The used rows as rows of one table: one per natural key, the latest word of each column."""
    layout = files[0].layout
    present = set(rows.collect_schema().names())
    columns = [name for name in TABLES[table].columns() if name in present]
    used = rows.filter(pl.col(FATE) == "used")
    key = [SPLIT, *(name for name in KEYS[table] if name in columns)]
    if LINE not in columns and (layout.tables == (table,) or set(key) == {SPLIT, *layout.key}):
        return used.select(SPLIT, *columns)
    others = [name for name in columns if name not in key]
    order = [*(name for name in layout.recency if name in present), *others, *sorted(present & {"sku"})]
    latest = {name: pl.col(name).last(ignore_nulls=True) for name in others}
    if table == "order_items" and "quantity" in others:
        told = pl.col("quantity").count() > 0
        latest["quantity"] = pl.when(told).then(pl.col("quantity").sum())
    repeated = used.group_by(key).agg(pl.len()).filter(pl.col("len") > 1).select(key).collect().lazy()
    alone = used.join(repeated, on=key, how="anti", nulls_equal=True)
    several = used.join(repeated, on=key, how="semi", nulls_equal=True).sort(order, nulls_last=False)
    # Sorting within each of a million groups took most of the time there was; rows of a group keep their order.
    settled = several.group_by(key).agg(**latest)
    return pl.concat([part.select(SPLIT, *columns) for part in (alone, settled)])


def _complete(parts: list[pl.LazyFrame], table: str) -> pl.LazyFrame:
    """The parts joined on the natural key where they have it whole, each column from the first that has it."""
    key = [SPLIT, *KEYS[table]]
    whole = [part for part in parts if set(key) <= set(part.collect_schema().names())]
    if not whole or table not in COMPLETED:
        return pl.concat(parts, how="diagonal")
    others = [part for part in parts if not set(key) <= set(part.collect_schema().names())]
    result = whole[0]
    for part in whole[1:]:
        shared = [
            name
            for name in part.collect_schema().names()
            if name in result.collect_schema().names() and name not in key
        ]
        result = result.join(part, on=key, how="full", coalesce=True, nulls_equal=True, suffix="_other")
        result = result.with_columns(pl.coalesce(name, f"{name}_other") for name in shared).drop(
            f"{name}_other" for name in shared
        )
    return pl.concat([result, *others], how="diagonal")


def _coverage(by_layout: Mapping[str, list[Parsed]], into: Path) -> None:
    """The order days each downloaded list of defects covers, file by file."""
    lists = [file for files in by_layout.values() for file in files if "amazon_defects" in file.layout.tables]
    if not lists:
        return
    spans = [
        pl.scan_parquet(file.path, glob=False)
        .group_by(SPLIT, "metric")
        .agg(pl.col("ordered_on").min().alias("covers_from"), pl.col("ordered_on").max().alias("covers_to"))
        for file in lists
        if "ordered_on" in file.columns
    ]
    if spans:
        pl.concat(spans).unique().sink_parquet(into / "coverage.parquet")


def _ledger(parsed: list[Parsed], used: list[pl.DataFrame]) -> pl.DataFrame:
    states = pl.concat(used) if used else pl.DataFrame(schema={"file": pl.String, FATE: pl.String, "len": pl.UInt32})
    files = pl.DataFrame(
        [
            {
                "file": file.file,
                "layout": file.layout.label,
                "read": file.read,
                "rejected": file.rejects.height,
                "note": file.note,
            }
            for file in parsed
        ],
        schema={name: LEDGER_SCHEMA[name] for name in ("file", "layout", "read", "rejected", "note")},
    )
    for fate in ("used", "duplicate", "superseded"):
        count = states.filter(pl.col(FATE) == fate).select("file", pl.col("len").cast(pl.Int64).alias(fate))
        files = files.join(count, on="file", how="left").with_columns(pl.col(fate).fill_null(0))
    return files.select(LEDGER_SCHEMA.names()).sort("file")
