"""Which marketplace and channel a row belongs to, by its order."""

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.parts import ORDER


def placed(rows: pl.LazyFrame, account: Account) -> pl.LazyFrame:
    """The rows with `marketplace` and `channel` of their order; the account's own and MFN where none is known."""
    orders = account.tables["orders"].select(*ORDER, "marketplace", pl.col("channel").cast(pl.String))
    return rows.join(orders, on=ORDER, how="left").with_columns(
        pl.col("marketplace").fill_null(account.marketplace.code), pl.col("channel").fill_null("MFN")
    )
