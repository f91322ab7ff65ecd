"""Their words to ours."""

from collections.abc import Mapping

import polars as pl


def replaced(cell: pl.Expr, words: Mapping[str, str], dtype: pl.DataType | None = None) -> pl.Expr:
    """Our word for theirs, compared without case, else null.

    `words` maps their words, in small letters, to ours. By `replace_strict` the streaming engine would hold
    the whole file in memory.

    Example:
        >>> told = pl.lit(pl.Series(["Ja", "nein", "vielleicht"]))
        >>> pl.select(replaced(told, {"ja": "yes", "nein": "no"})).to_series().to_list()
        ['yes', 'no', None]
    """
    ours = pl.Series([list(words.values())], dtype=pl.List(dtype or pl.Enum(list(dict.fromkeys(words.values())))))
    known = cell.str.to_lowercase().cast(pl.Enum(list(words)), strict=False)
    return pl.lit(ours).list.get(known.to_physical())
