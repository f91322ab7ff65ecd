"""Files of one account to its tables: every row used, a duplicate, superseded, or rejected.

Rows of one layout that share a key are the same thing told twice: equal rows are duplicates, of unequal
ones the latest is used. Layouts then complete each other column by column (complete.py), so neither the order
of the files nor of their rows matters.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from sellerhealth.definition.account import LEDGER_SCHEMA
from sellerhealth.definition.tables import COLUMNS, TABLES
from sellerhealth.sources.complete import completed, project
from sellerhealth.sources.layout import SPLIT
from sellerhealth.sources.reading import Parsed
from sellerhealth.sources.repeated import parted
from sellerhealth.sources.stacked import stacked
from sellerhealth.sources.work import workdir

FATE = "fate"
WRITTEN = "written"
HERE = "is_here"
"""Whether a row's file still lies in the folder; rows of files that are only kept say no, others nothing."""
CHANNEL = COLUMNS["covers_channel"].dtype
LAYOUT_ORDER = ("all_orders", "orders_api", "order_report", "order_changes")
"""Whose word goes first where two layouts fill the same column; the others follow by name."""


def merge(parsed: list[Parsed], into: Path, *, one_marketplace: bool) -> pl.DataFrame:
    """Write each table to `into` as Parquet and return the ledger (`LEDGER_SCHEMA`).

    A list of defects does not say of which marketplace it is: with several it covers no day for sure.
    """
    by_layout = _by_layout(parsed)
    with workdir(into.parent) as work:
        settled = {
            name: _settle(files, work / f"{place}.parquet") for place, (name, files) in enumerate(by_layout.items())
        }
        for table in TABLES:
            parts = [
                project(rows.filter(pl.col(FATE) == "used"), by_layout[name][0].layout, table)
                for name, rows in settled.items()
                if table in _tables(by_layout[name])
            ]
            if parts:
                completed(parts, table).sink_parquet(into / f"{table}.parquet", compression="lz4")
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
    told = stacked(files).drop("problem").with_columns(pl.col(f"^{HERE}$").fill_null(value=True))
    if layout.is_kept:
        told = told.join(_moments(files), on="file")
    names = told.collect_schema().names()
    key = [SPLIT, *(name for name in layout.key if name in names)]
    content = sorted(set(names) - {"row", "file", HERE, WRITTEN})
    # Of two words for the same, that of a file still here goes before one that is only kept, then the later one.
    latest = [name for name in (*layout.recency, HERE, WRITTEN) if name in names]
    alone, several = parted(told, key)
    alone = alone.with_columns(pl.lit("used").alias(FATE))
    if several is None:
        return alone
    # Once to disk: every table and the ledger ask for it.
    compared = _compared(several, key, latest, content)
    stays = [pl.col(name).max().over(key) for name in layout.stays if name in names]
    compared.with_columns(stays).sink_parquet(kept, compression="lz4")
    return pl.concat([alone, pl.scan_parquet(kept, glob=False)], how="diagonal")


def _moments(files: Sequence[Parsed]) -> pl.LazyFrame:
    """When each file was written: reports of one span of days do not say which of them is the later."""
    told = {
        "file": [file.file for file in files],
        WRITTEN: [file.written and file.written.timestamp() for file in files],
    }
    return pl.LazyFrame(told, schema={"file": pl.String, WRITTEN: pl.Float64})


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


def _coverage(by_layout: Mapping[str, list[Parsed]], into: Path) -> None:
    """The order days each downloaded list of defects covers, file by file, and the channel where all are of one."""
    lists = [file for files in by_layout.values() for file in files if "amazon_defects" in file.layout.tables]
    # An order that a list does not hold may stand in a row of it that was rejected.
    dated = [file for file in lists if "ordered_on" in file.columns and file.rejects.is_empty()]
    if dated:
        _spans(stacked(dated)).drop("file").unique().sink_parquet(into / "coverage.parquet")


def _spans(rows: pl.LazyFrame) -> pl.LazyFrame:
    listed = pl.col("listed_channel") if "listed_channel" in rows.collect_schema() else pl.lit(None, CHANNEL)
    return (
        rows.with_columns(listed.alias("covers_channel"))
        .group_by("file", SPLIT, "metric")
        .agg(
            pl.col("ordered_on").min().alias("covers_from"),
            pl.col("ordered_on").max().alias("covers_to"),
            # An empty one counts as another: such a list need not be of one channel.
            pl.when(pl.col("covers_channel").n_unique() == 1).then(pl.col("covers_channel").first()),
        )
    )


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
