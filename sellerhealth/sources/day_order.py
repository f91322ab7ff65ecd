"""The order of days and months in a file: refused when a row disproves it, told when none proves it."""

from collections.abc import Mapping

import polars as pl

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.layout import ANY_MARK, Field, Layout, month_first
from sellerhealth.sources.problems import cell

NUMBERS = r"^([0-9]{1,2})[./-]([0-9]{1,2})[./-](?:[0-9]{4}|[0-9]{2})(?: |$)"
"""A day with its year last; which of the two other numbers is the month is the question."""
LATEST_MONTH, LATEST_DAY = 12, 31
WORDS = {"DMY": "the day", "MDY": "the month"}
OTHER = {"DMY": "MDY", "MDY": "DMY"}


def notes(cells: pl.LazyFrame, layout: Layout, names: Mapping[str, str], width: int, shown: str) -> list[str]:
    """A sentence when no row proves the order in which the days of Amazon's own files are read.

    `cells` has `row`, `width` and the cells by our names; `names` are their names in the file. Raises InputError with
    the first row whose day can only be read in the other order.
    """
    ordered = {field.ours: order for field in layout.fields if field.ours in names and (order := _order(field))}
    if not ordered:
        return []
    found = cells.filter(pl.col("width") <= width).select(
        part for ours, order in ordered.items() for part in _found(ours, order)
    )
    told = found.collect(engine="streaming").row(0, named=True)
    for ours, order in ordered.items():
        if (row := told[f"against {ours}"]) is not None:
            if told[f"proof {ours}"]:
                way_out = "Other rows of it begin with the other number: download it again."
                raise InputError(shown, "days all written in one order", way_out, row=row, column=names[ours])
            raise _disproved(shown, order, row, names[ours])
    unproved = {order for ours, order in ordered.items() if told[f"open {ours}"] and not told[f"proof {ours}"]}
    return [f"days are read with {WORDS[order]} first; no row proves it" for order in sorted(unproved)]


def _order(field: Field) -> str | None:
    """How the field's days are read when they are written with numbers, the year last."""
    last = [
        pattern for pattern in field.formats if ANY_MARK in pattern and pattern.upper().startswith(("%D~%M", "%M~%D"))
    ]
    return ("MDY" if month_first(last[0]) else "DMY") if last else None


def _found(ours: str, order: str) -> list[pl.Expr]:
    numbers = cell(ours).str.extract_groups(NUMBERS).struct
    first, second = (numbers.field(str(group)).cast(pl.Int64) for group in (1, 2))
    day, month = (first, second) if order == "DMY" else (second, first)
    is_against = day.is_between(1, LATEST_MONTH) & month.is_between(LATEST_MONTH + 1, LATEST_DAY)
    is_proof = month.is_between(1, LATEST_MONTH) & day.is_between(LATEST_MONTH + 1, LATEST_DAY)
    return [
        pl.col("row").filter(is_against).min().alias(f"against {ours}"),
        is_proof.any().alias(f"proof {ours}"),
        (first != second).any().alias(f"open {ours}"),
    ]


def _disproved(shown: str, order: str, row: int, column: str) -> InputError:
    other = OTHER[order]
    way_out = (
        f"Here it is {WORDS[other]} that comes first, which is not how your marketplace writes days: "
        f'set date_order = "{other}" in account.toml if all your files are like this one, else download it again.'
    )
    return InputError(shown, f"days that begin with {WORDS[order]}", way_out, row=row, column=column)
