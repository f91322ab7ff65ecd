"""Rows of text to the text of a file, and the cells that are written the same everywhere."""

from collections.abc import Iterable, Mapping
from datetime import date


def tsv(columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> str:
    """Tab-separated text without quotes, as Amazon writes it. A cell that a row does not name is empty."""
    return _text("\t", columns, rows)


def csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> str:
    """Comma-separated text; no cell may hold a comma or a quote."""
    return _text(",", columns, rows)


def money(cents: int) -> str:
    """An amount with two decimals.

    Example:
        >>> money(1205)
        '12.05'
    """
    return f"{cents // 100}.{cents % 100:02d}"


def file_name(report: str, first: date, last: date) -> str:
    """The name of a report over a period.

    Example:
        >>> file_name("all-orders", date(2026, 10, 17), date(2026, 11, 15))
        'all-orders_2026-10-17_2026-11-15.tsv'
    """
    return f"{report}_{first}_{last}.tsv"


def _text(delimiter: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> str:
    lines = [columns, *(tuple(row.get(column, "") for column in columns) for row in rows)]
    return "".join(delimiter.join(line) + "\n" for line in lines)
