"""The orders behind a figure: the defects themselves, and what became of every other order."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric
from sellerhealth.measure.judge import basis_of_inputs
from sellerhealth.measure.tally import rows, window


def defects(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The very orders counted against the seller in the headline's window, newest first.

    One row per order: account, order_id, channel, event_on, the metric's own columns, `skus`,
    `is_unknown` (it may be no defect), and `leaves_on`, the first day on which it no longer counts.
    """
    start, end = window(metric, as_of, metric.window_days)
    own = metric.definition.defect_columns
    dimensions = tuple(name for name in own if name in metric.definition.dimensions)
    skus = account.tables["order_items"].group_by("account", "order_id").agg(pl.col("sku").unique().sort())
    leaves_after = pl.duration(days=metric.window_days + metric.terms.lag_days)
    return (
        rows(metric, account, as_of, dimensions)
        .filter(_is_listed(metric, account) & pl.col("event_on").is_between(start, end))
        .join(skus, on=["account", "order_id"], how="left")
        .with_columns(pl.col("channel").cast(pl.String), pl.col("sku").list.join(", ").alias("skus"))
        .with_columns((pl.col("event_on") + leaves_after).alias("leaves_on"))
        .select("account", "order_id", "channel", "event_on", *own, "skus", "is_unknown", "leaves_on")
        .sort("event_on", "order_id", descending=[True, False])
        .collect(engine="streaming")
    )


def _is_listed(metric: Metric, account: Account) -> pl.Expr:
    """The defects the figure counts: none where it cannot be computed, no unsure ones where it is a lower bound."""
    match basis_of_inputs(metric, account):
        case Basis.NOT_COMPUTABLE:
            return pl.lit(value=False)
        case Basis.LOWER_BOUND:
            return pl.col("is_defect") & ~pl.col("is_unknown")
        case _:
            return pl.col("is_defect")


def exclusions(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """What became of every order of the account in the headline's window: counted, or why not.

    Columns reason and orders. The first reason that holds is taken, so the rows add up to the orders.
    An order without the metric's own date is placed by the day it was bought.
    """
    start, end = window(metric, as_of, metric.window_days)
    day = pl.coalesce("event_on", "purchased_on")
    reasons = {
        "Counted": pl.col("is_counted") & pl.col("event_on").is_between(start, end),
        "Sold on another marketplace": pl.col("marketplace") != account.marketplace.code,
        "Before the window": day < start,
        "After the window": day > end,
        **metric.definition.exclusions,
    }
    last = "No date to count it by"
    first = pl.coalesce(
        *(pl.when(holds.fill_null(value=False)).then(pl.lit(text)) for text, holds in reasons.items()), pl.lit(last)
    )
    place = {text: position for position, text in enumerate([*reasons, last])}
    return (
        rows(metric, account, as_of)
        .group_by(first.alias("reason"))
        .agg(pl.len().cast(pl.Int64).alias("orders"))
        .collect(engine="streaming")
        .sort(pl.col("reason").replace_strict(place))
    )
