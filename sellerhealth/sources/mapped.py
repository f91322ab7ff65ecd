"""Any other CSV or TSV, by a `[[source]]` mapping in account.toml.

[[source]]
files    = "orders*.csv"          # a pattern inside the folder
table    = "orders"               # the table it fills; data/README.md lists tables and columns
datetime = "%Y-%m-%d %H:%M:%S"    # how it writes times; a time without an offset is of `timezone`
timezone = "America/Sao_Paulo"    # the first marketplace's zone when left out
decimal  = ","                    # the mark before decimals; a dot when left out
account  = "seller_id"            # optional: this column splits the file into accounts
[source.columns]                  # ours = theirs
order_id = "order number"
[source.values.status]            # theirs = ours
canceled = "CANCELLED"
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.tables import EVERY_STAR, KEYS, TABLES
from sellerhealth.sources.layout import Field, Layout

SHAPES: dict[str, type] = {
    "files": str,
    "table": str,
    "delimiter": str,
    "datetime": str,
    "timezone": str,
    "decimal": str,
    "account": str,
    "columns": dict,
    "values": dict,
}
DECIMALS = (".", ",")
WAY_OUT = "Check [[source]] section {position}; data/README.md lists tables and columns."
NEEDED = {
    "unshipped": ("promise_on", "days_past_promise"),
    "returns": ("returned_on",),
    "tracking": ("tracking_promised_on", "has_valid_tracking"),
    "deliveries": ("delivery_promised_on",),
    "messages": ("sent_at",),
    "surveys": ("answered_at",),
    "notifications": ("notified_on",),
}
"""What may not be empty either: without its moment or its verdict a row would not be counted anywhere."""
ONE_OF_BOTH = {"packages": ("package_confirmed_at", "package_posted_at")}
"""One of these must be mapped, and is then needed; where both are, a row may lack either."""
TELLS_APART = {
    "order_items": ("item_id",),
    "packages": ("package_posted_at",),
    "feedback": ("rated_at",),
    "messages": ("message_id", "is_automatic"),
}
"""What tells rows of one natural key apart, in files that have it."""
RECENCY = {
    "orders": ("updated_at",),
    "claims": ("claim_updated_on", "claim_status"),
    "returns": ("refunded",),
    "tracking": ("has_valid_tracking",),
    "deliveries": ("delivery_arrived_on",),
    "notifications": ("state",),
}
"""Of two rows with one key, the one with the greater of these is used."""
KINDS = {
    "marketplace": "marketplace",
    "topic": "topic",
    "text_mark": "mark",
    "order_id": "handle",
    "thread_id": "handle",
    "message_id": "handle",
    "listing_channel": "fulfilment",
    "days_past_promise": "signed",
}
"""Columns that are read in a way of their own; the others by their type."""
OF_TYPE: Mapping[pl.DataType, str] = {
    pl.Date(): "day",
    pl.Boolean(): "flag",
    pl.Float64(): "number",
    pl.Int64(): "whole",
}
BEYOND = {"feedback": (EVERY_STAR,)}
"""What a file of a table provides besides its columns: Amazon's own feedback report leaves the good ones out."""

DIRECTIVE = re.compile(r"%[-_0]?(\.?[369]?f|.|$)")
DIRECTIVES = {*"YymdeBbhjHIklMSpPzFTRDaA%", ".f", "3f", "6f", "9f", ".3f", ".6f", ".9f"}
"""What a time format may hold. %Z is not there: a zone's name would be skipped, and the time be hours wrong."""
DAY_PARTS = ("YyFD", "mBbhFDj", "deFDj")
EXAMPLE = "%Y-%m-%d %H:%M:%S"


def layouts(
    sources: Sequence[Mapping[str, Any]], zones: tuple[str, str], languages: tuple[str, ...], where: str
) -> list[tuple[str, Layout]]:
    """Each `[[source]]` section's file pattern and layout, in order; `languages` are those buyers write in.

    `zones` are that of times without one, where the section names none, and that whose days count.
    """
    return [_layout(source, zones, languages, where, position) for position, source in enumerate(sources, 1)]


def zone_name(name: str, where: str, way_out: str) -> str:
    """The name of a time zone that exists, or an InputError."""
    try:
        ZoneInfo(name)
        pl.Series([0], dtype=pl.Datetime("us", "UTC")).dt.convert_time_zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, pl.exceptions.ComputeError):
        raise InputError(where, "a time zone such as America/Sao_Paulo", way_out, column="timezone") from None
    return name


def _layout(
    source: Mapping[str, Any], zones: tuple[str, str], languages: tuple[str, ...], where: str, position: int
) -> tuple[str, Layout]:
    """The layout a `[[source]]` section describes. Raises InputError for anything it cannot mean."""
    way_out = WAY_OUT.format(position=position)
    if wrong := _wrong(source):
        column, expected = wrong
        raise InputError(where, expected, way_out, column=column)
    table, delimiter, columns = source["table"], source.get("delimiter", ","), source["columns"]
    zone, day_zone = zones
    own_zone = zone_name(source.get("timezone", zone), where, way_out)
    mine = {**source, "timezone": own_zone, "day_zone": day_zone, "languages": languages}
    return source["files"], Layout(
        name=f"source {position}: {table}",
        label=f"the [[source]] mapping for {source['files']}",
        tables=(table,),
        key=_key(table, columns),
        recency=tuple(name for name in RECENCY.get(table, ()) if name in columns),
        delimiter=delimiter,
        quoted=delimiter != "\t",
        account_column=source.get("account", ""),
        fields=tuple(_field(ours, theirs, table, mine) for ours, theirs in columns.items()),
        whole=True,
        also_provides=BEYOND.get(table, ()),
    )


def _key(table: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    told = [*KEYS[table], *TELLS_APART.get(table, ())]
    return tuple(name for name in told if name in columns)


def _wrong(source: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first key that cannot be meant, and what was expected there."""
    return _wrong_key(source) or _wrong_column(source) or _wrong_word(source) or _wrong_time(source)


def _wrong_key(source: Mapping[str, Any]) -> tuple[str, str] | None:
    if strange := set(source) - set(SHAPES):
        return min(strange), f"one of {', '.join(sorted(SHAPES))}"
    for needed in ("files", "table", "columns"):
        if not source.get(needed):
            return needed, f"`{needed}` in each [[source]]"
    for key, value in source.items():
        if not isinstance(value, SHAPES[key]):
            return key, "a section" if SHAPES[key] is dict else "a text in quotes"
    tables = [name for name in TABLES if name != "coverage"]
    if source["table"] not in tables:
        return "table", f"one of {', '.join(tables)}"
    return _wrong_mark(source)


def _wrong_mark(source: Mapping[str, Any]) -> tuple[str, str] | None:
    delimiter = source.get("delimiter", ",")
    if len(delimiter) != 1 or delimiter.isalnum() or delimiter in '"\r\n ':
        return "delimiter", "one mark between cells, such as a comma, a semicolon or a tab"
    if source.get("decimal", ".") not in DECIMALS:
        return "decimal", 'the mark before decimals: "." or ","'
    return None


def _wrong_column(source: Mapping[str, Any]) -> tuple[str, str] | None:
    columns = TABLES[source["table"]].columns()
    for ours, theirs in source["columns"].items():
        if ours not in columns:
            return ours, f"a column of {source['table']}: {', '.join(columns)}"
        if not isinstance(theirs, str) or not theirs.strip():
            return f"columns.{ours}", "the name of a column of the file, in quotes"
    for ours in _needed(source["table"], source["columns"]):
        if ours not in source["columns"]:
            return ours, f"`{ours}`, without which {source['table']} has no rows"
    return None


def _needed(table: str, mapped: Mapping[str, str]) -> list[str]:
    """The columns that must be mapped, and filled in every row."""
    both = ONE_OF_BOTH.get(table, ())
    told = tuple(ours for ours in both if ours in mapped)
    one = () if told == both else told or both[:1]
    wanted = {*NEEDED.get(table, ()), *one}
    return [ours for ours, column in TABLES[table].columns().items() if not column.nullable or ours in wanted]


def _wrong_word(source: Mapping[str, Any]) -> tuple[str, str] | None:
    columns = TABLES[source["table"]].columns()
    for ours, words in source.get("values", {}).items():
        if ours not in source["columns"]:
            return f"values.{ours}", f"a column that is mapped: {', '.join(source['columns'])}"
        if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
            return f"values.{ours}", "a section of words in quotes"
        known = getattr(columns[ours].dtype, "categories", words.values())
        if not set(words.values()) <= set(known):
            return f"values.{ours}", f"one of {', '.join(known)}"
    return None


def _wrong_time(source: Mapping[str, Any]) -> tuple[str, str] | None:
    pattern = source.get("datetime", EXAMPLE)
    parts = {found[1] for found in DIRECTIVE.finditer(pattern)}
    if not parts <= DIRECTIVES or any(parts.isdisjoint(part) for part in DAY_PARTS):
        return (
            "datetime",
            f"a format with year, month and day, such as {EXAMPLE}, and only %z for an offset, %.f for fractions",
        )
    if parts & {*"HIkl"} and "M" not in parts:
        return "datetime", f"both the hour and the minute, such as {EXAMPLE}"
    if re.search(r"(Z|UTC|GMT)$", pattern.replace("%Z", "")) and source.get("timezone") != "UTC":
        return "datetime", 'timezone = "UTC" beside a format that ends in Z, UTC or GMT'
    return None


def _field(ours: str, theirs: str, table: str, source: Mapping[str, Any]) -> Field:
    column = TABLES[table].columns()[ours]
    kind = _kind(ours, column.dtype, has_format="datetime" in source)
    return Field(
        ours=ours,
        theirs=(theirs,),
        kind=kind,
        needed=ours in _needed(table, source["columns"]),
        values=source.get("values", {}).get(ours, {}),
        formats=(source["datetime"],) if "datetime" in source else ("%Y-%m-%d",) if kind == "day" else (),
        zone=source["timezone"],
        day_zone=source["day_zone"] if kind == "day" else "",
        decimal=source.get("decimal", "."),
        languages=source["languages"] if kind == "topic" else (),
    )


def _kind(ours: str, dtype: pl.DataType, *, has_format: bool) -> str:
    if ours in KINDS:
        return KINDS[ours]
    if isinstance(dtype, pl.Datetime):
        return "local_instant" if has_format else "instant"
    return "one_of" if isinstance(dtype, pl.Enum) else OF_TYPE.get(dtype, "text")
