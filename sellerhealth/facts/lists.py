"""What Amazon's own lists of defects and reports of unshipped orders tell of an order."""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.columns import CHANNELS
from sellerhealth.definition.tables import COLUMNS, EVERY_UNSHIPPED
from sellerhealth.facts.moment import end_of, start_of
from sellerhealth.facts.placed import ORDER, of_orders

APART = timedelta(days=2)
"""From one day that rows of reports tell to the next that is of another report for sure."""
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
    """What reports of unshipped orders tell of each order they list.

    Columns: `last_listed_on`, the last day up to `as_of` that a report listing it tells; `promise_on`, by when it had
    to be shipped as that report says; `gone_on`, the first day of a later report that did not list it; and whether it
    was `listed_later`, and so open at the end of `as_of`.

    A row tells its report's day or the day before: whether Amazon counts days of the calendar or of 24 hours is not
    published. So only a day at least two days later is of a later report for sure, and it is known the day after. It
    speaks for the marketplaces of its orders alone; a report that lists no order leaves no trace, and one that need
    not hold every order tells nothing of those it does not hold.
    """
    listed_on = pl.col("listed_on")
    told = (
        of_orders(account.tables["unshipped"], account)
        .with_columns(
            pl.col("marketplace").fill_null(account.marketplace.code),
            (pl.col("promise_on") + pl.duration(days=pl.col("days_past_promise"))).alias("listed_on"),
        )
        .drop_nulls("listed_on")
    )
    end, there = end_of(as_of, account.zone), account.marketplace.zone
    is_known = start_of(listed_on, there) < end
    known = told.filter(is_known)
    last = (
        known.sort("listed_on", "promise_on")
        .group_by(*ORDER, "marketplace", maintain_order=True)
        .agg(listed_on.last().alias("last_listed_on"), pl.col("promise_on").last())
    )
    later = told.filter(~is_known).select(*ORDER, pl.lit(value=True).alias("listed_later")).unique()
    is_over = start_of(listed_on + APART, there) <= end
    return _with_gone(last, known.filter(is_over), account).join(later, on=ORDER, how="full", coalesce=True)


def _with_gone(last: pl.LazyFrame, known: pl.LazyFrame, account: Account) -> pl.LazyFrame:
    """The orders with `gone_on`, by the days of those reports that are `known`."""
    if EVERY_UNSHIPPED not in account.provided:
        return last.drop("marketplace").with_columns(pl.lit(None, dtype=pl.Date).alias("gone_on"))
    place = ["account", "marketplace"]
    days = known.select(*place, pl.col("listed_on").alias("gone_on")).unique().sort("gone_on")
    return (
        last.with_columns((pl.col("last_listed_on") + APART).alias("gone_from"))
        .sort("gone_from")
        .join_asof(days, left_on="gone_from", right_on="gone_on", by=place, strategy="forward", check_sortedness=False)
        .drop("marketplace", "gone_from")
    )
