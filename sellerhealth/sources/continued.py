"""Lines that go on with the line above: of what stays the same, only the first says it."""

from collections.abc import Mapping

import polars as pl

from sellerhealth.sources.layout import Layout
from sellerhealth.sources.problems import cell

OF_THE_ITEM = ("sku",)
"""What is the same only within one item of the order."""
DAMAGED = ""
"""What a line tells that is not whole: no cell of a file is told as an empty text."""


def continued(layout: Layout, places: Mapping[str, int], width: int) -> list[pl.Expr]:
    """The cells of the layout's `continues`: a blank one is as in the lines above of the same order and item.

    What no line above tells stays blank, and is a problem of its row where the column is needed. Nothing is taken
    from a line that is not whole, nor from above it: its cells may stand in the wrong columns.
    """
    is_whole = (pl.col("width") == width) & ~pl.col("has_zero")
    return [
        _from_above(ours, is_whole, *(["order_id", "item_id"] if ours in OF_THE_ITEM else ["order_id"]))
        for ours in layout.continues
        if ours in places and (ours not in OF_THE_ITEM or "item_id" in places)
    ]


def _from_above(ours: str, is_whole: pl.Expr, *same: str) -> pl.Expr:
    told = pl.when(is_whole).then(cell(ours)).otherwise(pl.lit(DAMAGED))
    above = told.forward_fill()
    is_same = pl.all_horizontal(_goes_on(told, cell(of)) for of in same)
    return pl.coalesce(cell(ours), pl.when(is_same & (above != DAMAGED)).then(above)).alias(f"cell {ours}")


def _goes_on(told: pl.Expr, of: pl.Expr) -> pl.Expr:
    """Whether `of` is blank, or the same as in the nearest line above that tells."""
    return of.is_null() | (pl.when(told.is_not_null()).then(of.fill_null("")).forward_fill() == of)
