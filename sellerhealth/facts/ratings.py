"""One row per rating that stands: seller feedback, whether its order is known or not."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.placed import placed


def ratings(account: Account, as_of: date) -> pl.LazyFrame:
    """The ratings received by the end of `as_of` and not removed by then.

    Columns: account, order_id, marketplace, channel, received_on, rating. One without a day is left out:
    nothing says into which window it falls.
    """
    received = pl.coalesce("rated_on", pl.col("rated_at").dt.convert_time_zone(account.zone).dt.date())
    removed = (pl.col("removed_on") <= as_of).fill_null(value=False)
    standing = account.tables["feedback"].filter((received <= as_of).fill_null(value=False) & ~removed)
    return placed(standing, account).select(
        "account", "order_id", "marketplace", "channel", received.alias("received_on"), "rating"
    )
