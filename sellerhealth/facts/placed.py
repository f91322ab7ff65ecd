"""Which marketplace and channel a row belongs to, by its order."""

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.tables import KEYS

ORDER = ["account", *KEYS["orders"]]
"""What an order is told apart by."""


def placed(rows: pl.LazyFrame, account: Account) -> pl.LazyFrame:
    """The rows with `marketplace` and `channel` of their order; MFN where no channel is known, and `at_home`."""
    return at_home(of_orders(rows, account), account).with_columns(pl.col("channel").fill_null("MFN"))


def of_orders(rows: pl.LazyFrame, account: Account) -> pl.LazyFrame:
    """The rows with `marketplace` and `channel` of their order; null where no file holds the order."""
    orders = account.tables["orders"].select(
        *ORDER,
        pl.col("marketplace").fill_null(account.marketplace.code),
        pl.col("channel").cast(pl.String),
    )
    return rows.join(orders, on=ORDER, how="left")


def at_home(rows: pl.LazyFrame, account: Account) -> pl.LazyFrame:
    """What no order places belongs to the first marketplace of the folder: seen from another, it is left out."""
    if account.is_home:
        return rows.with_columns(pl.col("marketplace").fill_null(account.marketplace.code))
    return rows.filter(pl.col("marketplace").is_not_null())
