"""Several ways of reading a cell, each gone only where those before it did not do."""

from collections.abc import Callable, Sequence

import polars as pl

Way = Callable[[pl.Expr], pl.Expr]


def stepwise(cell: pl.Expr, ways: Sequence[Way], dtype: pl.DataType) -> pl.Expr:
    """The first of `ways` that reads the cell, a value of `dtype`; of a batch that is read, no other is tried.

    By `coalesce` every way of writing a thing costs as much as if each cell were written so.

    Example:
        >>> told = pl.lit(pl.Series([None, "2", "0x3"]))
        >>> ways = [lambda cell: cell.cast(pl.Int64, strict=False), lambda cell: cell.str.slice(2).cast(pl.Int64)]
        >>> pl.select(stepwise(told, ways, pl.Int64())).to_series().to_list()
        [None, 2, 3]
    """

    def batch(cells: pl.Series) -> pl.Series:
        found = pl.Series("found", [None], dtype).new_from_index(0, len(cells))
        frame = pl.DataFrame([cells.alias("cell"), found])
        for way in ways:
            if frame["found"].null_count() == cells.null_count():
                break
            rest = pl.when(pl.col("found").is_null()).then(pl.col("cell"))
            # Lazily, so that what a way needs twice is computed once.
            frame = frame.lazy().with_columns(pl.coalesce("found", way(rest)).alias("found")).collect()
        return frame["found"].alias(cells.name)

    return cell.map_batches(batch, return_dtype=dtype, is_elementwise=True)
