"""How sure a rate is: the Wilson interval."""

import polars as pl

Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


def wilson(count: pl.Expr, out_of: pl.Expr, *, upper: bool) -> pl.Expr:
    """One end of the 95 % Wilson interval of count of out_of, as a share; null when out_of is 0.

    Source: E. B. Wilson, 1927. Never below 0 nor above 1, and never 0 to 0 as the simple interval is.

    Example:
        >>> counts = pl.DataFrame({"k": [0, 1], "n": [40, 40]})
        >>> counts.select(wilson(pl.col("k"), pl.col("n"), upper=True).round(3)).to_series().to_list()
        [0.088, 0.129]
    """
    share, spread = count / out_of, Z * Z / out_of
    reach = Z * (share * (1 - share) / out_of + Z * Z / (4 * out_of * out_of)).sqrt()
    end = (share + spread / 2 + (reach if upper else -reach)) / (1 + spread)
    exact = pl.when(count == (out_of if upper else 0)).then(1.0 if upper else 0.0).otherwise(end)
    return pl.when(out_of > 0).then(exact.clip(0.0, 1.0))
