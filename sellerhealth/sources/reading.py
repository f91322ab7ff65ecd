"""One file to typed rows and rejects, kept as Parquet so that it is parsed once."""

import json
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import dataframely as dy
import polars as pl

from sellerhealth.definition.account import REJECTS_SCHEMA
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.tables import COLUMNS
from sellerhealth.sources import day_order, rows, store
from sellerhealth.sources.continued import continued
from sellerhealth.sources.layout import SPLIT, Layout, fold
from sellerhealth.sources.problems import cell, problem, rejected, smallest
from sellerhealth.sources.values import value
from sellerhealth.sources.work import workdir


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A file that was read: where its good rows lie, what became of the others, and when it was written, if known.

    `lost` rows were rejected before it was kept, of a file that is not here any more.
    """

    file: str
    layout: Layout
    path: Path
    read: int
    columns: tuple[str, ...]
    note: str
    rejects: pl.DataFrame
    written: datetime | None = None
    lost: int = 0


def parse(shown: str, text: rows.Text, layout: Layout, kept: Path) -> Parsed:
    """Read a clean file by its layout into `kept` (Parquet) and remember the rest beside it.

    Raises InputError when a needed column is missing or named twice, or the file ends inside a row.
    """
    names = rows.header(text, shown, layout.delimiter)
    places = _places(layout, names, shown)
    theirs = {ours: names[place] for ours, place in places.items()}
    with workdir(kept.parent) as work:
        cells = _cells(text, shown, layout, places, len(names), work)
        remarks = day_order.notes(cells, layout, theirs, len(names), shown)
        everything, good = work / "typed.parquet", work / "good.parquet"
        _typed(cells, layout, places, len(names)).sink_parquet(everything, compression="lz4")
        result = _schema(layout, places).filter(pl.scan_parquet(everything, glob=False))
        rejects = rejected(result.failure, layout, places, names, shown)
        read = pl.scan_parquet(everything, glob=False).select(pl.len()).collect().item()
        if rejects.height:
            result.result.sink_parquet(good, compression="lz4")
        else:
            everything.rename(good)
        note = "; ".join([*_notes(text, layout, read), *remarks])
        remembered = {"read": read, "columns": sorted(_kept(layout, places)), "note": note, "rejects": rejects.rows()}
        store.replace_text(kept.with_suffix(".json"), json.dumps(remembered))
        good.replace(kept)
    return recall(shown, layout, kept)


def recall(shown: str, layout: Layout, kept: Path) -> Parsed:
    """What an earlier run made of the same file."""
    remembered = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))
    rejects = pl.DataFrame(remembered["rejects"], schema=REJECTS_SCHEMA, orient="row")
    return Parsed(
        file=shown,
        layout=layout,
        path=kept,
        read=remembered["read"],
        columns=tuple(remembered["columns"]),
        note=remembered["note"],
        rejects=rejects.with_columns(pl.lit(shown).alias("file")),
    )


def _places(layout: Layout, names: list[str], shown: str) -> dict[str, int]:
    """Where each of our columns stands in the file; columns a file may lack are simply not there."""
    folded, places = layout.names(names), {}
    wanted = {field.ours: field.theirs for field in layout.read}
    if layout.account_column:
        wanted[SPLIT] = (layout.account_column,)
    for ours, theirs in wanted.items():
        found = [position for position, name in enumerate(folded) if name in map(fold, theirs)]
        if len(found) > 1:
            raise InputError(shown, "each column once", "Download it again.", row=1, column=names[found[0]])
        if found:
            places[ours] = found[0]
    if missing := layout.missing(names):
        way_out = "Check its columns and delimiter in account.toml." if layout.whole else "Download it again, whole."
        raise InputError(shown, f"the columns of {layout.label}", way_out, row=1, column=missing[0])
    return places


def _cells(
    text: rows.Text, shown: str, layout: Layout, places: Mapping[str, int], width: int, work: Path
) -> pl.LazyFrame:
    """The rows as text: `row`, `width`, whether each `has_zero`, and the cells by our names."""
    plain, delimiter = text, layout.delimiter
    if layout.quoted:
        plain, delimiter = rows.plain(text, shown, delimiter, work)
    lines = rows.lines(plain, delimiter)
    if not text.ends_in_newline:
        _refuse_cut_off(lines, layout, places, width, shown)
    is_whole = pl.col("width").is_between(smallest(layout, places, width), width)
    odd = lines.filter(~is_whole | pl.col("is_blank") | pl.col("has_zero")).collect(engine="streaming")
    cells = [_cell(ours, place) for ours, place in places.items()]
    return _rows(rows.split(plain, delimiter, width), odd, width).select("row", "width", "has_zero", *cells)


def _rows(lines: pl.LazyFrame, odd: pl.DataFrame, width: int) -> pl.LazyFrame:
    """The lines that are rows. Most files have no odd line, and nothing is joined to theirs."""
    if odd.is_empty():
        return lines.with_columns(pl.lit(width).alias("width"), pl.lit(value=False).alias("has_zero"))
    told = lines.join(odd.lazy(), on="row", how="left", maintain_order="left")
    return told.filter(pl.col("is_blank").is_null() | ~pl.col("is_blank")).with_columns(
        pl.col("width").fill_null(width), pl.col("has_zero").fill_null(value=False)
    )


def _typed(cells: pl.LazyFrame, layout: Layout, places: Mapping[str, int], width: int) -> pl.LazyFrame:
    """Values, then problems, in steps: what one step needs twice is computed once."""
    names = [*(field.ours for field in layout.fields if field.ours in places), *layout.constants, SPLIT]
    return (
        cells.with_columns(continued(layout, places, width))
        .with_columns(_columns(layout, places))
        .select("row", problem(layout, places, width), *dict.fromkeys(names))
    )


def _cell(ours: str, place: int) -> pl.Expr:
    text = pl.col(str(place)).str.strip_chars()
    return pl.when(text != "").then(text).alias(f"cell {ours}")


def _columns(layout: Layout, places: Mapping[str, int]) -> list[pl.Expr]:
    known = [value(field, cell(field.ours)) for field in layout.read if field.ours in places]
    split = [cell(SPLIT).alias(SPLIT)] if layout.account_column else [pl.lit(None, pl.String).alias(SPLIT)]
    constants = [pl.lit(text, COLUMNS[name].dtype).alias(name) for name, text in layout.constants.items()]
    return [*known, *constants, *split]


def _kept(layout: Layout, places: Mapping[str, int]) -> set[str]:
    """Our columns that this file fills."""
    return places.keys() - {probe.ours for probe in layout.probes}


@lru_cache
def _schema_of(columns: tuple[str, ...], optional: frozenset[str]) -> type[dy.Schema]:
    own: dict[str, dy.Column] = {
        "row": dy.Int64(nullable=False),
        "problem": dy.String(nullable=True, check=lambda problem: problem.is_null()),
        SPLIT: dy.String(nullable=True),
    }
    rules = {name: _optional(COLUMNS[name]) if name in optional else COLUMNS[name] for name in columns}
    return type("Rows", (dy.Schema,), {**own, **rules})


def _optional(column: dy.Column) -> dy.Column:
    relaxed = copy(column)
    relaxed.nullable = True
    return relaxed


def _schema(layout: Layout, places: Mapping[str, int]) -> type[dy.Schema]:
    """The rules of the tables for the columns this file fills; a problem of reading is a broken rule too.

    Where a layout fills several tables, a row need not be of each: it may lack what the layout does not need.
    """
    several = len(layout.tables) > 1
    optional = frozenset(field.ours for field in layout.fields if several and not field.needed)
    return _schema_of(tuple(sorted({*_kept(layout, places), *layout.constants} - {SPLIT})), optional)


def _refuse_cut_off(lines: pl.LazyFrame, layout: Layout, places: Mapping[str, int], width: int, shown: str) -> None:
    """A last line without an end, and shorter than every other row, is a download that was cut off."""
    widths = lines.filter(~pl.col("is_blank")).select("row", "width").collect(engine="streaming")
    others = widths.head(-1).select(pl.col("width").min()).item() or 0
    fewest = max(smallest(layout, places, width), others if layout.short_rows else width)
    if widths.height and widths["width"][-1] < fewest:
        row = widths["row"][-1]
        raise InputError(shown, "a whole last row", "The download was cut off: download it again.", row=row)


def _notes(text: rows.Text, layout: Layout, read: int) -> list[str]:
    notes = [f"read as {text.encoding}"] if text.encoding != "utf-8" else []
    notes += ["no line end after the last row"] if not text.ends_in_newline and not layout.quoted else []
    notes += ["no rows below the header"] if not read else []
    return [*notes, *text.notes]
