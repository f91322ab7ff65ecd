"""The orders behind a figure: the defects themselves, and what became of every other order."""

from datetime import date

import polars as pl
from polars import selectors as cs

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric
from sellerhealth.measure.judge import basis_of_inputs
from sellerhealth.measure.tally import leaves_on, rows, window


def defects(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The very orders counted against the seller in the headline's window, newest first.

    One row per order (or message, package, …): account, what it is found by, channel, event_on, the metric's
    own columns, `skus` of an order, `is_unknown` (it may be no defect), and `leaves_on`, the first day on
    which it no longer counts. Moments are in the account's zone.
    """
    start, end = window(metric, as_of, metric.window_days)
    return listed(metric, account, as_of, pl.col("event_on").is_between(start, end))


def listed(metric: Metric, account: Account, as_of: date, is_asked: pl.Expr) -> pl.DataFrame:
    """The rows counted against the seller of which `is_asked` holds, with the columns of `defects`, newest first."""
    own, identity = metric.definition.defect_columns, facts.IDENTITY[metric.definition.fact]
    dimensions = tuple(name for name in own if name in metric.definition.dimensions)
    found = rows(metric, account, as_of, dimensions).filter(_is_listed(metric, account) & is_asked)
    has_skus = identity == ("order_id",)
    named = _with_skus(found, account) if has_skus else found
    columns = ["account", *identity, "channel", "event_on", *own, *(["skus"] if has_skus else []), "is_unknown"]
    return (
        named.with_columns(pl.col("channel").cast(pl.String))
        .select(*dict.fromkeys(columns), leaves_on(metric, pl.col("event_on")).alias("leaves_on"))
        .sort("event_on", *identity, descending=[True, *(False for _ in identity)])
        .collect(engine="streaming")
        .with_columns(cs.datetime().dt.convert_time_zone(account.zone))
    )


def _with_skus(found: pl.LazyFrame, account: Account) -> pl.LazyFrame:
    skus = account.tables["order_items"].group_by(facts.ORDER).agg(pl.col("sku").unique().sort())
    return found.join(skus, on=facts.ORDER, how="left").with_columns(pl.col("sku").list.join(", ").alias("skus"))


def _is_listed(metric: Metric, account: Account) -> pl.Expr:
    """The defects the figure counts: none where it cannot be computed, no unsure ones where an input is missing."""
    match basis_of_inputs(metric, account):
        case Basis.NOT_COMPUTABLE:
            return pl.lit(value=False)
        case Basis.LOWER_BOUND | Basis.UPPER_BOUND:
            return pl.col("is_defect") & ~pl.col("is_unknown")
        case _:
            return pl.col("is_defect")


def exclusions(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """What became of every order (or message, package, unit) in the headline's window: counted, or why not.

    Columns reason and rows. The first reason that holds is taken, so they add up to all there are. An
    order without the metric's own date is placed by the day it was bought.
    """
    start, end = window(metric, as_of, metric.window_days)
    day = pl.coalesce("event_on", "purchased_on") if metric.definition.fact == "orders" else pl.col("event_on")
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
        .with_columns(metric.definition.units.cast(pl.Int64).alias("rows"))
        .group_by(first.alias("reason"))
        .agg(pl.col("rows").sum())
        .collect(engine="streaming")
        .sort(pl.col("reason").replace_strict(place))
    )
