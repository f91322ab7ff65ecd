"""One row per package whose tracking Amazon judged."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.parts import NO_CARRIER
from sellerhealth.facts.placed import placed

NO_CATEGORY = "No category known"


def packages(account: Account, as_of: date) -> pl.LazyFrame:
    """The packages promised by `as_of`, one row each however often they were listed.

    Columns: account, order_id, package_id, marketplace, channel, promised_on, has_valid_tracking, carrier, category.
    """
    promised = pl.col("tracking_promised_on")
    listed = (
        account.tables["tracking"]
        .filter((promised <= as_of).fill_null(value=True))
        .group_by("account", "order_id", "package_id")
        .agg(
            promised.max().alias("promised_on"),
            pl.col("has_valid_tracking").any(ignore_nulls=True),
            pl.col("has_valid_tracking").count().alias("judged"),
            pl.col("tracking_carrier").max().fill_null(NO_CARRIER).alias("carrier"),
            pl.col("product_category").max().fill_null(NO_CATEGORY).alias("category"),
        )
        .with_columns(pl.when(pl.col("judged") > 0).then("has_valid_tracking").alias("has_valid_tracking"))
    )
    return placed(listed, account).drop("judged")
