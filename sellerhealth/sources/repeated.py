"""Rows that may tell of the same thing, apart from those that stand alone."""

import polars as pl

NUMBER = "number of the key"


def parted(rows: pl.LazyFrame, key: list[str]) -> tuple[pl.LazyFrame, pl.LazyFrame | None]:
    """The rows whose key no other has, and the others; None where there are no others.

    Keys are compared by a number made of them, which takes a fraction of their memory. Two keys may have one
    number: then rows that stand alone are among the others, never one of the others among those alone.
    """
    numbered = rows.with_columns(pl.struct(key).hash().alias(NUMBER))
    repeated = numbered.select(NUMBER).group_by(NUMBER).len().filter(pl.col("len") > 1).select(NUMBER).collect()
    if repeated.is_empty():
        return rows, None
    alone, others = (numbered.join(repeated.lazy(), on=NUMBER, how=how).drop(NUMBER) for how in ("anti", "semi"))
    return alone, others
