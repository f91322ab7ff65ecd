"""A cell to a number, as its file's language writes numbers; null when it could be meant in two ways."""

from functools import partial

import polars as pl

from sellerhealth.sources.layout import Field
from sellerhealth.sources.stepwise import Way, stepwise

WHOLE = r"^[0-9]{1,9}$"
GROUPS = {
    ".": r"^[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?$",
    ",": r"^[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?$",
}
"""Thousands parted by the other mark."""
SPACED = {mark: rf"^[+-]?[1-9][0-9]{{0,2}}( [0-9]{{3}})+([{mark}][0-9]+)?$" for mark in GROUPS}
SINGLE = {".": r"^[+-]?[0-9]{1,12}(\.[0-9]{1,20})?$", ",": r"^[+-]?[0-9]{1,12}([.,][0-9]{1,20})?$"}
EITHER = r"^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
"""One mark before three digits parts thousands in one language, and decimals in the other."""


def number(field: Field, cell: pl.Expr) -> pl.Expr:
    """A decimal number, by the field's decimal mark; a currency, a bracket or an exponent is none.

    Where the mark is a comma, a dot that can only be a decimal mark is read as one: Amazon's systems write it.

    Example:
        >>> told = pl.lit(pl.Series(["1.234,56", "21.38", "1,5", "1.234", "1e3", "(5)"]))
        >>> pl.select(number(Field(ours="refunded", theirs=(), kind="number", decimal=","), told)).to_series().to_list()
        [1234.56, 21.38, 1.5, None, None, None]
    """
    way = partial(_read, field.decimal, EITHER if field.decimal == "," else None)
    return stepwise(cell, [_plain, way] if field.decimal == "." else [way], pl.Float64())


def whole(field: Field, cell: pl.Expr) -> pl.Expr:
    """A whole number of at most nine digits, not below zero: read where every language reads the same.

    Example:
        >>> told = pl.lit(pl.Series(["12", " 1", "1.0", "1,234", "1.000", "2.5", "-1"]))
        >>> pl.select(whole(Field(ours="quantity", theirs=(), kind="whole"), told)).to_series().to_list()
        [12, 1, 1, 1234, None, None, None]
    """
    return _counted(cell, _not_below_zero)


def signed(field: Field, cell: pl.Expr) -> pl.Expr:
    """A whole number of at most nine digits that may be below zero.

    Example:
        >>> told = pl.lit(pl.Series(["-2", "3", "5-"]))
        >>> pl.select(signed(Field(ours="days_past_promise", theirs=(), kind="signed"), told)).to_series().to_list()
        [-2, 3, None]
    """
    return _counted(cell, _of_any_language)


def _counted(cell: pl.Expr, other: Way) -> pl.Expr:
    """Digits, which most cells are, else a number written in another way."""
    plain = pl.when(cell.str.contains(WHOLE)).then(cell).cast(pl.Int64, strict=False)
    return pl.coalesce(plain, stepwise(pl.when(plain.is_null()).then(cell), [other], pl.Int64()))


def _not_below_zero(cell: pl.Expr) -> pl.Expr:
    number = _of_any_language(cell)
    return pl.when(number >= 0).then(number)


def _of_any_language(cell: pl.Expr) -> pl.Expr:
    readings = [_read(mark, None, cell) for mark in GROUPS]
    found = [pl.when((reading == reading.floor()) & (reading.abs() < 1e9)).then(reading) for reading in readings]
    one = pl.when(found[0].is_null() | found[1].is_null() | (found[0] == found[1])).then(pl.coalesce(found))
    return one.cast(pl.Int64)


def _plain(cell: pl.Expr) -> pl.Expr:
    return pl.when(cell.str.contains(SINGLE["."])).then(cell).cast(pl.Float64, strict=False)


def _read(mark: str, doubtful: str | None, cell: pl.Expr) -> pl.Expr:
    """The number by this decimal mark, unless it is written in a way that is in doubt."""
    text = cell.str.normalize("NFKC").str.strip_chars()
    shapes = (SINGLE[mark], GROUPS[mark], SPACED[mark])
    fits = pl.any_horizontal(text.str.contains(shape) for shape in shapes)
    sure = fits & ~text.str.contains(doubtful) if doubtful else fits
    dotted = _dotted(pl.when(sure).then(text), mark)
    return dotted.cast(pl.Float64, strict=False)


def _dotted(text: pl.Expr, mark: str) -> pl.Expr:
    """With a dot for the decimal mark, and nothing between thousands."""
    bare = text.str.replace_all(" ", "", literal=True).str.strip_prefix("+")
    if mark == ".":
        return bare.str.replace_all(",", "", literal=True)
    grouped = pl.when(bare.str.contains(GROUPS[mark])).then(bare.str.replace_all(".", "", literal=True))
    return grouped.otherwise(bare).str.replace(",", ".", literal=True)
