"""Orders of marketplaces that account.toml does not name."""

from collections.abc import Collection

import polars as pl

from sellerhealth.definition.marketplaces import MARKETPLACES, Marketplace

OUTSIDE = "OTHER"
"""Sold, but not on Amazon, as Amazon's own reports say: nobody need be told."""


def remarks(orders: pl.LazyFrame, named: Collection[Marketplace]) -> tuple[str, ...]:
    """A sentence for each marketplace on which orders were sold that count nowhere.

    Example:
        >>> orders = pl.LazyFrame({"marketplace": ["US", "DE", None]})
        >>> remarks(orders, [MARKETPLACES["US"]])[0].partition(":")[0]
        '1 order was sold on Amazon.de, which account.toml does not name'
    """
    code = pl.col("marketplace").cast(pl.String)
    others = orders.select(code).filter(~code.is_in([*(place.code for place in named), OUTSIDE]))
    counts = others.group_by("marketplace").len().sort("marketplace").collect(engine="streaming")
    return tuple(_remark(MARKETPLACES[code], count) for code, count in counts.rows())


def _remark(place: Marketplace, count: int) -> str:
    are_sold = "1 order was sold" if count == 1 else f"{count:,} orders were sold"
    counts, them, their = ("it counts", "it", "its") if count == 1 else ("they count", "them", "their")
    return (
        f"{are_sold} on Amazon.{place.domain}, which account.toml does not name: {counts} nowhere. "
        f"Add {place.code} to marketplace, or give {them} a folder of {their} own."
    )
