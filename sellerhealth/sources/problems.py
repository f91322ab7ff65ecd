"""What is wrong with a row: found while it is read, told to whoever has to mend it, never with the value."""

from collections.abc import Mapping

import dataframely as dy
import polars as pl

from sellerhealth.definition.tables import COLUMNS
from sellerhealth.sources.layout import ANY_MARK, SPLIT, Field, Layout
from sellerhealth.sources.values import EXCEL_DAMAGE, EXPECTED
from sellerhealth.sources.zones import minutes

RULES = {
    "min": "is smaller or earlier than possible",
    "max": "is larger than possible",
    "max_length": "is longer than 200 bytes",
    "min_length": "is empty",
    "nullability": "is empty",
    "long": "is longer than 64 KB",
    "zero": "holds a zero byte, so it was damaged",
    "wrapped": "was put in quotes when the file was saved again: use the file as it was downloaded",
}
LONGEST = 1 << 16
WRAPPED = r'^"(?:[^"]|"")*(?:,|"")(?:[^"]|"")*"$'
"""A cell as a spreadsheet saves it in a tab-separated file: in quotes for its comma or quotes, these doubled."""
ZONE_NAMED = r"^[0-9]{1,4}[/.-].*[0-9]:[0-9]{2}(?:\.[0-9]+)? ?([A-Za-z]{2,5})$"
HALVES = ("am", "pm")
LISTED = ("one_of", "fulfilment")
LINE = 72
"""A list of words longer than this is not told."""


def cell(ours: str) -> pl.Expr:
    """The text of a cell, trimmed; null when blank."""
    return pl.col(f"cell {ours}")


def problem(layout: Layout, places: Mapping[str, int], width: int) -> pl.Expr:
    """The first thing wrong with a row, as `column|code`; null when it can be read whole."""
    found = pl.col("width")
    checks: list[pl.Expr] = []
    short = found < smallest(layout, places, width)
    checks.append(pl.when(pl.col("has_zero")).then(pl.lit("|zero")))
    checks.append(pl.when((found > width) | short).then(pl.lit("|width")))
    if layout.account_column:
        checks.append(pl.when(cell(SPLIT).is_null()).then(pl.lit(f"{SPLIT}|empty")))
    for field in layout.read:
        if field.ours in places:
            checks += [] if layout.quoted or layout.is_document else [_wrapped(field)]
            checks += _unreadable(field)
    return pl.coalesce(checks).alias("problem")


def smallest(layout: Layout, places: Mapping[str, int], width: int) -> int:
    """How many cells a row has at least."""
    return max(places[field.ours] for field in layout.needed) + 1 if layout.short_rows else width


def _unreadable(field: Field) -> list[pl.Expr]:
    told = cell(field.ours)
    unread = told.is_not_null() & pl.col(field.ours).is_null()
    checks: list[pl.Expr] = [pl.when(unread).then(pl.lit(f"{field.ours}|unreadable"))]
    if field.kind in ("topic", "mark", "handle", "code"):
        checks.append(pl.when(told.str.len_bytes() > LONGEST).then(pl.lit(f"{field.ours}|long")))
    if field.kind == "order_id":
        damaged = pl.when(unread).then(told).str.contains(EXCEL_DAMAGE)
        checks.insert(0, pl.when(damaged).then(pl.lit(f"{field.ours}|excel")))
    if field.kind == "instant" or any(ANY_MARK in pattern for pattern in field.formats):
        name = pl.when(unread).then(told).str.extract(ZONE_NAMED).str.to_lowercase()
        is_strange = ~name.is_in([*minutes(field.zone), *HALVES])
        checks.insert(0, pl.when(is_strange).then(pl.lit(f"{field.ours}|zone")))
    if field.needed and not field.may_be_blank:
        checks.append(pl.when(told.is_null()).then(pl.lit(f"{field.ours}|empty")))
    return checks


def _wrapped(field: Field) -> pl.Expr:
    """Where quotes are ordinary characters, one that a spreadsheet added would change the cell, or spoil it."""
    told = cell(field.ours)
    in_quotes = pl.when(told.str.starts_with('"')).then(told)
    is_changed = in_quotes.str.contains(WRAPPED)
    is_spoilt = in_quotes.str.ends_with('"') & pl.col(field.ours).is_null()
    found = is_changed if field.kind in ("text", "handle", "code") else is_spoilt
    return pl.when(found).then(pl.lit(f"{field.ours}|wrapped"))


def rejected(
    failure: dy.FailureInfo, layout: Layout, places: Mapping[str, int], names: list[str], shown: str
) -> pl.DataFrame:
    """The rows that broke a rule (`REJECTS_SCHEMA`): where each stood, and the first thing wrong with it."""
    details = failure.details()
    rules = [name for name in details.columns if "|" in name and not name.startswith("problem|")]
    broken = [pl.when(pl.col(rule).cast(pl.String) == "invalid").then(pl.lit(rule)) for rule in rules]
    first = pl.coalesce(pl.col("problem"), *broken)
    theirs = {ours: names[place] for ours, place in places.items()}
    words = {code: _reason(code, layout) for code in details.select(first).to_series().unique().drop_nulls()}
    return details.sort("row").select(
        pl.lit(shown).alias("file"),
        "row",
        first.str.split("|").list.first().replace_strict(theirs, default="", return_dtype=pl.String).alias("column"),
        first.replace_strict(words, default="cannot be read", return_dtype=pl.String).alias("reason"),
    )


def _reason(code: str, layout: Layout) -> str:
    ours, rule = code.split("|")
    match rule:
        case "width":
            return "has the wrong number of cells"
        case "empty":
            return "is empty"
        case "excel":
            return "was shortened by Excel and has lost digits"
        case "zone":
            return "names a time zone that means nothing, or two things, here"
        case "unreadable":
            kind = next(field.kind for field in layout.read if field.ours == ours)
            return f"is not {EXPECTED[kind]}{_words(ours) if kind in LISTED else ''}"
        case _:
            return RULES[rule]


def _words(ours: str) -> str:
    """The words a closed column knows, where they fit in a line."""
    known = ", ".join(str(word).lower().replace("_", " ") for word in getattr(COLUMNS[ours].dtype, "categories", []))
    return f": {known}" if len(known) <= LINE else ""
