"""What reports in other languages call their columns, by the tables in headers/*.toml; and the names of months."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from sellerhealth.sources.layout import Field, Layout, fold

FOLDER = Path(__file__).parents[1] / "headers"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def localised(layouts: Iterable[Layout]) -> list[Layout]:
    """The layouts with the names that their columns have in other languages beside the English ones.

    Example:
        >>> sku = Field(ours="sku", theirs=("seller-sku",), kind="text")
        >>> (layout,) = localised([Layout(name="listings", label="", tables=(), key=(), fields=(sku,))])
        >>> "Händler-SKU" in layout.fields[0].theirs
        True
    """
    return [_localised(layout) for layout in layouts]


@cache
def months() -> Mapping[str, str]:
    """The English short name of a month, by its name or short name in any language, in small letters.

    Example:
        >>> months()["märz"], months()["août"], months()["wrz"]
        ('Mar', 'Aug', 'Sep')
    """
    told = (table["months"] for table in tables().values() if "months" in table)
    return {
        word: english
        for names in told
        for english, words in zip(MONTHS, names, strict=True)
        for word in str(words).split()
    }


@cache
def tables() -> Mapping[str, Mapping[str, Any]]:
    """Each language's table, by its code."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def _localised(layout: Layout) -> Layout:
    """A layout's tables are called by its name; a column's names in them, by one of its English names."""
    named = [table.get("columns", {}).get(layout.name, {}) for table in tables().values()]
    whole = [header for table in tables().values() for header in table.get("headers", {}).get(layout.name, [])]
    return replace(
        layout,
        fields=tuple(_renamed(column, named) for column in layout.fields),
        probes=tuple(_renamed(column, named) for column in layout.probes),
        marks=tuple(_beside(mark, named) for mark in layout.marks),
        headers={_folded(header, 0): _folded(header, 1) for header in whole},
    )


def _renamed(column: Field, named: Sequence[Mapping[str, list[str]]]) -> Field:
    return replace(column, theirs=_beside(column.theirs, named))


def _beside(theirs: tuple[str, ...], named: Sequence[Mapping[str, list[str]]]) -> tuple[str, ...]:
    english = {fold(name) for name in theirs}
    others = [name for table in named for key, names in table.items() if fold(key) in english for name in names]
    return tuple(dict.fromkeys((*theirs, *others)))


def _folded(header: Sequence[Sequence[str]], place: int) -> tuple[str, ...]:
    return tuple(fold(pair[place]) for pair in header)
