"""One file to typed rows and rejects, kept as Parquet so that it is parsed once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import dataframely as dy
import polars as pl

from sellerhealth.definition.account import REJECTS_SCHEMA
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.tables import COLUMNS
from sellerhealth.sources import rows, store
from sellerhealth.sources.layout import SPLIT, Layout, fold
from sellerhealth.sources.problems import cell, problem, rejected, smallest
from sellerhealth.sources.values import value


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A file that was read: where its good rows lie, and what became of the others."""

    file: str
    layout: Layout
    path: Path
    read: int
    columns: tuple[str, ...]
    note: str
    rejects: pl.DataFrame


def parse(shown: str, text: rows.Text, layout: Layout, kept: Path) -> Parsed:
    """Read a clean file by its layout into `kept` (Parquet) and remember the rest beside it.

    Raises InputError when a needed column is missing or named twice, or the file ends inside a row.
    """
    names = rows.header(text, shown, layout.delimiter)
    places = _places(layout, names, shown)
    raw = rows.split(text, shown, layout.delimiter, quoted=layout.quoted)
    if not text.ends_in_newline:
        _refuse_cut_off(raw, layout, places, len(names), shown)
    typed = _typed(raw, layout, places, len(names))
    with TemporaryDirectory(dir=kept.parent) as work:
        everything = Path(work) / "typed.parquet"
        typed.sink_parquet(everything, compression="lz4")
        result = _schema(layout, places).filter(pl.scan_parquet(everything))
        rejects = rejected(result.failure, layout, places, names, shown)
        read = pl.scan_parquet(everything).select(pl.len()).collect().item()
        if rejects.height:
            result.result.sink_parquet(Path(work) / "good.parquet", compression="lz4")
        else:
            everything.rename(Path(work) / "good.parquet")
        note = _note(text, layout, read)
        remembered = {"read": read, "columns": sorted(places), "note": note, "rejects": rejects.rows()}
        store.replace_text(kept.with_suffix(".json"), json.dumps(remembered))
        (Path(work) / "good.parquet").replace(kept)
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
    folded, places = [fold(name) for name in names], {}
    wanted = {field.ours: field.theirs for field in layout.fields}
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


def _typed(raw: pl.LazyFrame, layout: Layout, places: Mapping[str, int], width: int) -> pl.LazyFrame:
    """Cells, then values, then problems, in three steps: what one step needs twice is computed once."""
    cells = [_cell(ours, place) for ours, place in places.items()]
    names = [*(field.ours for field in layout.fields if field.ours in places), *layout.constants, SPLIT]
    return (
        raw.select("row", pl.col("cells").list.len().alias("width"), *cells)
        .with_columns(_columns(layout, places))
        .select("row", problem(layout, places, width), *dict.fromkeys(names))
    )


def _cell(ours: str, place: int) -> pl.Expr:
    text = pl.col("cells").list.get(place, null_on_oob=True).str.strip_chars()
    return pl.when(text != "").then(text).alias(f"cell {ours}")


def _columns(layout: Layout, places: Mapping[str, int]) -> list[pl.Expr]:
    known = [value(field, cell(field.ours)) for field in layout.fields if field.ours in places]
    split = [cell(SPLIT).alias(SPLIT)] if layout.account_column else [pl.lit(None, pl.String).alias(SPLIT)]
    constants = [pl.lit(text, COLUMNS[name].dtype).alias(name) for name, text in layout.constants.items()]
    return [*known, *constants, *split]


@lru_cache
def _schema_of(columns: tuple[str, ...]) -> type[dy.Schema]:
    own: dict[str, dy.Column] = {
        "row": dy.Int64(nullable=False),
        "problem": dy.String(nullable=True, check=lambda problem: problem.is_null()),
        SPLIT: dy.String(nullable=True),
    }
    return type("Rows", (dy.Schema,), {**own, **{name: COLUMNS[name] for name in columns}})


def _schema(layout: Layout, places: Mapping[str, int]) -> type[dy.Schema]:
    """The rules of the tables for the columns this file fills; a problem of reading is a broken rule too."""
    return _schema_of(tuple(sorted({*places, *layout.constants} - {SPLIT})))


def _refuse_cut_off(raw: pl.LazyFrame, layout: Layout, places: Mapping[str, int], width: int, shown: str) -> None:
    """A last line without an end, and shorter than every other row, is a download that was cut off."""
    widths = raw.select("row", pl.col("cells").list.len().alias("width")).collect()
    others = widths.head(-1).select(pl.col("width").min()).item() or 0
    fewest = max(smallest(layout, places, width), others if layout.short_rows else width)
    if widths.height and widths["width"][-1] < fewest:
        row = widths["row"][-1]
        raise InputError(shown, "a whole last row", "The download was cut off: download it again.", row=row)


def _note(text: rows.Text, layout: Layout, read: int) -> str:
    notes = [f"read as {text.encoding}"] if text.encoding != "utf-8" else []
    notes += ["no line end after the last row"] if not text.ends_in_newline and not layout.quoted else []
    notes += ["no rows below the header"] if not read else []
    notes += text.notes
    return "; ".join(notes)
