"""What is wrong with a row: found while it is read, told to whoever has to mend it, never with the value."""

from collections.abc import Mapping

import dataframely as dy
import polars as pl

from sellerhealth.sources.layout import SPLIT, Field, Layout
from sellerhealth.sources.values import EXCEL_DAMAGE, EXPECTED

RULES = {
    "min": "is smaller or earlier than possible",
    "max": "is larger than possible",
    "max_length": "is longer than 200 bytes",
    "min_length": "is empty",
    "nullability": "is empty",
}


def cell(ours: str) -> pl.Expr:
    """The text of a cell, trimmed; null when blank."""
    return pl.col(f"cell {ours}")


def problem(layout: Layout, places: Mapping[str, int], width: int) -> pl.Expr:
    """The first thing wrong with a row, as `column|code`; null when it can be read whole."""
    found = pl.col("width")
    checks: list[pl.Expr] = []
    short = found < smallest(layout, places, width)
    checks.append(pl.when((found > width) | short).then(pl.lit("|width")))
    if layout.account_column:
        checks.append(pl.when(cell(SPLIT).is_null()).then(pl.lit(f"{SPLIT}|empty")))
    for field in layout.fields:
        if field.ours in places:
            checks += _unreadable(field)
    return pl.coalesce(checks).alias("problem")


def smallest(layout: Layout, places: Mapping[str, int], width: int) -> int:
    """How many cells a row has at least."""
    return max(places[field.ours] for field in layout.needed) + 1 if layout.short_rows else width


def _unreadable(field: Field) -> list[pl.Expr]:
    told = cell(field.ours)
    unread = told.is_not_null() & pl.col(field.ours).is_null()
    checks: list[pl.Expr] = [pl.when(unread).then(pl.lit(f"{field.ours}|unreadable"))]
    if field.kind == "order_id":
        damaged = pl.when(unread).then(told).str.contains(EXCEL_DAMAGE)
        checks.insert(0, pl.when(damaged).then(pl.lit(f"{field.ours}|excel")))
    if field.needed and not field.may_be_blank:
        checks.append(pl.when(told.is_null()).then(pl.lit(f"{field.ours}|empty")))
    return checks


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
        case "unreadable":
            kind = next(field.kind for field in layout.fields if field.ours == ours)
            return f"is not {EXPECTED[kind]}"
        case _:
            return RULES[rule]
