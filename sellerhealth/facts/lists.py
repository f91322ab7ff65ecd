"""What Amazon's own lists of defects and reports of unshipped orders tell of an order."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.columns import CHANNELS
from sellerhealth.definition.tables import COLUMNS, EVERY_UNSHIPPED
from sellerhealth.facts.placed import ORDER

LISTS = {"late_dispatch_rate": "late", "cancellation_rate": "cancelled", "order_defect_rate": "defective"}
"""What an order on Amazon's own list of defects of a metric is."""


def listed(account: Account, _: date) -> pl.LazyFrame:
    """Of each order on Amazon's lists of defects, whether Amazon counts it, by metric.

    Of order defects which kinds (`feedback_by_list`, ...): null where the list does not say, or it is not on it.
    """
    counts = pl.col("impacts_account_health").fill_null(value=True)
    columns = []
    for metric, name in LISTS.items():
        on_it = pl.col("metric") == metric
        counted = (counts & on_it).any()
        columns += [counted.alias(f"listed_{name}"), (on_it.any() & ~counted).alias(f"listed_not_{name}")]
    on_it = pl.col("metric") == "order_defect_rate"
    for kind in ("feedback", "claim", "chargeback"):
        said = (counts & pl.col(f"listed_{kind}")).filter(on_it).any(ignore_nulls=False)
        columns.append(pl.when(on_it.any()).then(said).alias(f"{kind}_by_list"))
    columns.append(pl.col("listed_confirmed_at").max().alias("confirmed_at_by_list"))
    return account.tables["amazon_defects"].group_by(ORDER).agg(columns)


def covered_days(account: Account) -> pl.LazyFrame:
    """The order days and channels that lists cover, by metric: from a list's first order to its last.

    What is not on it then is clean.
    """
    channels = pl.LazyFrame({"channel": CHANNELS}, schema={"channel": COLUMNS["channel"].dtype})
    return (
        account.tables["coverage"]
        .filter(pl.col("covers_from").is_not_null())
        .join(channels, how="cross")
        .filter((pl.col("covers_channel") == pl.col("channel")).fill_null(value=True))
        .with_columns(pl.date_ranges("covers_from", "covers_to").alias("purchased_on"))
        .explode("purchased_on", empty_as_null=True)
        .group_by("account", "purchased_on", "channel")
        .agg((pl.col("metric") == metric).any().alias(f"covered_{name}") for metric, name in LISTS.items())
    )


def unshipped(account: Account, as_of: date) -> pl.LazyFrame:
    """The last day on which a report of unshipped orders listed it, and the first later day whose report did not.

    A report that lists no order leaves no trace, and one that need not hold every order tells nothing of those
    it does not hold: then `gone_on` is null.
    """
    made_on = pl.col("promise_on") + pl.duration(days=pl.col("days_past_promise"))
    told = account.tables["unshipped"].select(*ORDER, made_on.alias("last_listed_on"))
    known = told.filter(pl.col("last_listed_on") <= as_of)
    last = known.group_by(ORDER).agg(pl.col("last_listed_on").max())
    if EVERY_UNSHIPPED not in account.provided:
        return last.with_columns(pl.lit(None, dtype=pl.Date).alias("gone_on"))
    days = known.select("account", pl.col("last_listed_on").alias("gone_on")).unique().sort("gone_on")
    return last.sort("last_listed_on").join_asof(
        days,
        left_on="last_listed_on",
        right_on="gone_on",
        by="account",
        strategy="forward",
        allow_exact_matches=False,
        check_sortedness=False,
    )
