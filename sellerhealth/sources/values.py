"""A cell of text to a value of its column's type; null when it cannot be read, never a guess."""

from collections.abc import Callable

import polars as pl

from sellerhealth.definition.marketplaces import MARKETPLACES, SALES_CHANNELS
from sellerhealth.definition.tables import COLUMNS
from sellerhealth.sources.layout import Field
from sellerhealth.sources.moments import day, instant, local_instant
from sellerhealth.sources.numerals import number, signed, whole
from sellerhealth.sources.topics import text_mark, topic
from sellerhealth.sources.words import replaced

ORDER_ID = r"^([0-9]{3}|S[0-9]{2})-[0-9]{7}-[0-9]{7}$"
CODE = "^[A-Z0-9]{3,5}$"
HANDLE = r"^[A-Za-z0-9._:#/-]{1,64}$"
"""What conversations, messages and orders are called by the tools that number them."""
DIGITS_IN_PARTS = r"^[0-9./-]*[./-][0-9./-]*$"
"""As telephone numbers are written, once a plus, a space or a bracket is out of the question."""
PHONE_DIGITS = 7
EXCEL_DAMAGE = r"(?i)^[0-9]([.,][0-9]+)?E\+[0-9]+$"
COUNTRY_CODES = {**{code.lower(): code for code in MARKETPLACES}, "uk": "GB", "other": "OTHER"}
YES, NO = ["y", "yes", "true", "1", "x"], ["n", "no", "false", "0"]


def value(field: Field, cell: pl.Expr) -> pl.Expr:
    """The cell, trimmed and null when blank, as a value of the field's column.

    Instants come out in UTC. A local time that a clock change skips is null; one that it repeats is the
    earlier.
    """
    return KINDS[field.kind](field, cell if field.kind == "one_of" else _translated(field, cell)).alias(field.ours)


def _words(field: Field) -> dict[str, str]:
    return {theirs.strip().lower(): ours for theirs, ours in field.values.items()}


def _translated(field: Field, cell: pl.Expr) -> pl.Expr:
    """The cell in our words where account.toml translates it, compared without case; itself where not."""
    words = _words(field)
    return pl.coalesce(replaced(cell, words).cast(pl.String), cell) if words else cell


def _text(field: Field, cell: pl.Expr) -> pl.Expr:
    return cell.str.replace_all(r"[\p{Cc}\p{Cf}]", "")


def _order_id(field: Field, cell: pl.Expr) -> pl.Expr:
    return pl.when(cell.str.contains(ORDER_ID)).then(cell)


def _flag(field: Field, cell: pl.Expr) -> pl.Expr:
    word = cell.str.to_lowercase()
    return pl.when(word.is_in(YES)).then(pl.lit(value=True)).when(word.is_in(NO)).then(pl.lit(value=False))


def _marked(field: Field, cell: pl.Expr) -> pl.Expr:
    """Of a column that marks what is so: yes where there is a mark, no where the cell is blank."""
    return pl.when(cell.is_null()).then(pl.lit(value=False)).otherwise(_flag(field, cell))


def _unless_marked(field: Field, cell: pl.Expr) -> pl.Expr:
    """Of a column that marks what is not so: no where there is a mark, yes where the cell is blank."""
    return pl.when(cell.is_null()).then(pl.lit(value=True)).otherwise(~_flag(field, cell))


def _one_of(field: Field, cell: pl.Expr) -> pl.Expr:
    """One of a closed list of words; the column's own words are always among them, with underlines or spaces."""
    dtype = COLUMNS[field.ours].dtype
    words = [str(word) for word in getattr(dtype, "categories", [])]
    own = {written: word for word in words for written in (word.lower(), word.lower().replace("_", " "))}
    return replaced(cell, {**own, **_words(field)}, dtype)


def _fulfilment(field: Field, cell: pl.Expr) -> pl.Expr:
    """Who ships; Amazon writes AMAZON_ and the region for its own warehouses."""
    is_amazons = cell.str.to_lowercase().str.starts_with("amazon_")
    return pl.when(is_amazons).then(pl.lit("AFN", COLUMNS[field.ours].dtype)).otherwise(_one_of(field, cell))


def _marketplace(field: Field, cell: pl.Expr) -> pl.Expr:
    """The country code of a sales channel such as Amazon.co.uk, or of a code; sales outside Amazon are OTHER.

    Amazon names those after its stores: Non-Amazon, Non-Amazon US, SI UK Prod Marketplace.
    """
    word = cell.str.to_lowercase()
    is_outside = word.str.starts_with("non-amazon") | word.str.starts_with("si ")
    known = replaced(cell, {**SALES_CHANNELS, **COUNTRY_CODES}).cast(pl.String)
    return pl.when(is_outside).then(pl.lit("OTHER")).otherwise(known)


def _digits(field: Field, cell: pl.Expr) -> pl.Expr:
    """Amazon's number of a thing; anything else may be a buyer's data under the wrong heading."""
    return pl.when(cell.str.contains(r"^\d{1,20}$")).then(cell)


def _handle(field: Field, cell: pl.Expr) -> pl.Expr:
    """What a conversation, a message or an order is called.

    A name, an address, a telephone number may stand there by mistake: for whatever does not look like a handle
    stands a number, the same for the same cell, which cannot be traced back without the account's salt.
    """
    told = _text(field, cell)
    return pl.when(~_is_handle(told) & (told != "")).then(_numbered(field, told)).otherwise(told)


def _code(field: Field, cell: pl.Expr) -> pl.Expr:
    """A short name that Amazon gives, such as a warehouse's; for anything else stands a number, as for a handle."""
    told = _text(field, cell)
    return pl.when(~told.str.contains(CODE) & (told != "")).then(_numbered(field, told)).otherwise(told)


def _numbered(field: Field, told: pl.Expr) -> pl.Expr:
    return told.str.to_lowercase().hash(seed=field.salt).cast(pl.String)


def _is_handle(told: pl.Expr) -> pl.Expr:
    is_phone = told.str.contains(DIGITS_IN_PARTS) & (told.str.count_matches("[0-9]") >= PHONE_DIGITS)
    is_plain = told.str.contains(HANDLE) & told.str.contains("[0-9]") & ~is_phone
    return is_plain | told.str.contains(ORDER_ID)


def _topic(field: Field, cell: pl.Expr) -> pl.Expr:
    return topic(cell, field.languages)


def _mark(field: Field, cell: pl.Expr) -> pl.Expr:
    return text_mark(cell)


KINDS: dict[str, Callable[[Field, pl.Expr], pl.Expr]] = {
    "text": _text,
    "order_id": _order_id,
    "digits": _digits,
    "handle": _handle,
    "code": _code,
    "instant": instant,
    "local_instant": local_instant,
    "day": day,
    "whole": whole,
    "signed": signed,
    "number": number,
    "flag": _flag,
    "marked": _marked,
    "unless_marked": _unless_marked,
    "one_of": _one_of,
    "fulfilment": _fulfilment,
    "topic": _topic,
    "mark": _mark,
    "marketplace": _marketplace,
}

EXPECTED = {
    "text": "some text",
    "digits": "a number of digits only",
    "handle": "some text",
    "code": "some text",
    "order_id": "an order id such as 123-1234567-1234567",
    "instant": "a time with its zone, such as 2026-01-31T09:30:00+00:00",
    "local_instant": "a time in the format set for this file, that exists in its zone",
    "day": "a date as this report writes it on this marketplace",
    "whole": "a whole number",
    "signed": "a whole number, such as 3 or -2",
    "number": "a plain number such as 12.50",
    "flag": "yes or no",
    "marked": "an X, yes, no or blank",
    "unless_marked": "an X, yes, no or blank",
    "one_of": "one of the words known for this column",
    "fulfilment": "one of the words known for this column",
    "topic": "some text",
    "mark": "some text",
    "marketplace": "a sales channel such as Amazon.com, or a country code",
}
"""What a cell of each kind should have been, for the one who has to mend it."""
