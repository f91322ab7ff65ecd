"""A long table, folded: opened by a click, by a link to its rows, and on paper."""

from datetime import date
from html import escape

import polars as pl

from sellerhealth.show import numbers
from sellerhealth.show.card import Card
from sellerhealth.show.table import EMPTY

MOST_ROWS = 60


def folded(rows: pl.DataFrame, title: str, name: str) -> Card:
    r"""The first rows of a frame under its own headings; a link to `#rows-name` on the same page opens it.

    Example:
        >>> folded(pl.DataFrame({"Order": ["A"], "Bought": [date(2026, 3, 9)]}), "The orders", "orders").text
        'The orders (1)\nOrder\tBought\nA\t9 Mar 2026'
    """
    cut = f", the first {MOST_ROWS} are shown" if rows.height > MOST_ROWS else ""
    called = f"{title} ({rows.height:,}{cut})"
    cells = [[_cell(value) for value in row] for row in rows.head(MOST_ROWS).iter_rows()]
    top = "".join(f'<th scope="col">{escape(column)}</th>' for column in rows.columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
    table = f"<table><caption>{escape(called)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return Card(
        html=f'<details class="rows"><summary>{escape(called)}</summary><div id="rows-{name}">{table}</div></details>',
        text="\n".join([called, "\t".join(rows.columns), *("\t".join(row) for row in cells)]),
    )


def _cell(value: object) -> str:
    match value:
        case None:
            return EMPTY
        case date():
            return numbers.day(value)
        case float():
            return numbers.plain(value)
        case int():
            return f"{value:,}"
        case _:
            return str(value)
