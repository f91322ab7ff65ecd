"""Any other CSV or TSV, by a `[[source]]` mapping in account.toml.

[[source]]
files    = "orders*.csv"          # a pattern inside the folder
table    = "orders"               # the table it fills; data/README.md lists tables and columns
datetime = "%Y-%m-%d %H:%M:%S"    # how it writes times; a time without an offset is of `timezone`
timezone = "America/Sao_Paulo"    # the marketplace's zone when left out
account  = "seller_id"            # optional: this column splits the file into accounts
[source.columns]                  # ours = theirs
order_id = "order number"
[source.values.status]            # theirs = ours
canceled = "CANCELLED"
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.tables import KEYS, TABLES
from sellerhealth.sources.layout import Field, Layout

KNOWN = {"files", "table", "delimiter", "datetime", "timezone", "account", "columns", "values"}
WHERE = "account.toml"
WAY_OUT = "Check the [[source]] section; data/README.md lists tables and columns."
RECENCY = {"orders": ("updated_at",), "claims": ("claim_status",)}


def layout(source: Mapping[str, Any], zone: str, position: int) -> Layout:
    """The layout a `[[source]]` section describes. Raises InputError for anything it cannot mean."""
    if strange := set(source) - KNOWN:
        raise InputError(WHERE, f"one of {', '.join(sorted(KNOWN))}", WAY_OUT, column=min(strange))
    for needed in ("files", "table", "columns"):
        if needed not in source:
            raise InputError(WHERE, f"`{needed}` in each [[source]]", WAY_OUT, column=needed)
    table = source["table"]
    if table not in TABLES or table == "coverage":
        raise InputError(
            WHERE, f"one of {', '.join(name for name in TABLES if name != 'coverage')}", WAY_OUT, column="table"
        )
    delimiter = source.get("delimiter", ",")
    mine = {**source, "timezone": zone_name(source.get("timezone", zone))}
    _columns(source, table)
    return Layout(
        name=f"source {position}: {table}",
        label=f"the [[source]] mapping for {source['files']}",
        tables=(table,),
        key=tuple(name for name in KEYS[table] if name in source["columns"]),
        recency=tuple(name for name in RECENCY.get(table, ()) if name in source["columns"]),
        delimiter=delimiter,
        quoted=delimiter != "\t",
        account_column=source.get("account", ""),
        fields=tuple(_field(ours, theirs, table, mine) for ours, theirs in source["columns"].items()),
    )


def _columns(source: Mapping[str, Any], table: str) -> None:
    columns = TABLES[table].columns()
    for ours in [*source["columns"], *source.get("values", {})]:
        if ours not in columns:
            raise InputError(WHERE, f"a column of {table}: {', '.join(columns)}", WAY_OUT, column=ours)
    for ours, column in columns.items():
        if not column.nullable and ours not in source["columns"]:
            raise InputError(WHERE, f"`{ours}`, without which {table} has no rows", WAY_OUT, column=ours)


def zone_name(name: str) -> str:
    """The name of a time zone that exists, or an InputError."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        raise InputError(WHERE, "a time zone such as America/Sao_Paulo", WAY_OUT, column="timezone") from None


def _field(ours: str, theirs: str, table: str, source: Mapping[str, Any]) -> Field:
    column = TABLES[table].columns()[ours]
    formats = (source["datetime"],) if "datetime" in source else ()
    values = source.get("values", {}).get(ours, {})
    return Field(
        ours=ours,
        theirs=(theirs,),
        kind=_kind(column.dtype, has_format=bool(formats)),
        needed=not column.nullable,
        values=_words(values, column.dtype, ours),
        formats=formats,
        zone=source["timezone"],
    )


def _words(values: Mapping[str, str], dtype: pl.DataType, ours: str) -> Mapping[str, str]:
    known = list(getattr(dtype, "categories", values.values()))
    for word in values.values():
        if word not in known:
            raise InputError(WHERE, f"one of {', '.join(known)}", WAY_OUT, column=f"values.{ours}")
    return values


def _kind(dtype: pl.DataType, *, has_format: bool) -> str:
    if isinstance(dtype, pl.Datetime):
        return "local_instant" if has_format else "instant"
    if dtype == pl.Date:
        return "day"
    if isinstance(dtype, pl.Enum):
        return "one_of"
    if dtype == pl.Boolean:
        return "flag"
    return "whole" if dtype.is_integer() else "text"
