"""Whose doing each defect was, by facts alone: the seller's, the carrier's, Amazon's, or not told."""

from datetime import date
from enum import StrEnum

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric, Need, unmet
from sellerhealth.measure.defects import defects
from sellerhealth.measure.tally import known, rows
from sellerhealth.metrics import METRICS


class Whose(StrEnum):
    """Whose doing a defect was."""

    SELLER = "SELLER"
    CARRIER = "CARRIER"
    AMAZON = "AMAZON"
    NOBODY = "NOBODY"
    """Neither was late: it may be the product, or what was said of it."""
    UNKNOWN = "UNKNOWN"
    """No file tells what would decide."""


OF_ORDERS = ("orders", "units", "ratings")
"""The facts whose rows are of an order that was sent."""
READ = (
    "is_cancelled",
    "cancelled_before_shipment",
    "has_item_cancelled",
    "cancelled_by_seller",
    "cancelled_by_amazon",
    "is_confirmed",
    "posted_on",
    "ship_by_on",
    "confirmed_after_ship_by",
    "confirmed_after_ship_by_at_least",
    "delivered_on",
    "deliver_by_on",
    "has_claim_paid_by_amazon",
)
"""What is read of the order."""


def whose(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """One row per defect of the headline's window, newest first: whose it was, and because of what.

    Columns: account, what it is found by, channel, event_on, `units` where a row has several, `whose` (`Whose`) and
    `because`, the first of these that holds: shipped_by_amazon; paid_by_amazon (a claim, and nothing else is held
    against the order); cancelled, never_confirmed (then Amazon cancels), cancelled_by_buyer, cancelled_by_unknown;
    handed_over_late; confirmed_late_only (handed over in time); confirmed_late; not_confirmed; delivered_late (or not
    there yet, and handed over or confirmed in time); dispatch_unknown; delivery_unknown; neither_late. No rows for a
    metric that is not about orders that were sent, nor where the figure cannot be computed.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> example = metric.definition.example
        >>> whose(metric, example.account(), example.as_of).select("order_id", "whose", "because").row(0)
        ('E', 'SELLER', 'not_confirmed')
    """
    identity = facts.IDENTITY[metric.definition.fact]
    found = defects(metric, account, as_of)
    listed = found.select("account", *identity, "channel", "event_on", *({"units"} & set(found.columns)), "is_unknown")
    if metric.definition.fact not in OF_ORDERS:
        return listed.drop("is_unknown").clear().with_columns(_empty("whose"), _empty("because"))
    orders = _orders(metric, account, as_of)
    told = pl.coalesce(*(pl.when(holds).then(pl.lit(name)) for name, (_, holds) in _rules(metric).items()))
    belongs = {name: whom.value for name, (whom, _) in _rules(metric).items()}
    return (
        listed.lazy()
        .join(orders, on=facts.ORDER, how="left", maintain_order="left")
        .with_columns(told.fill_null("dispatch_unknown").alias("because"))
        .with_columns(pl.col("because").replace_strict(belongs, return_dtype=pl.String).alias("whose"))
        .select(*listed.drop("is_unknown").columns, "whose", "because")
        .collect(engine="streaming")
    )


def untold(account: Account) -> list[Need]:
    """The inputs that would tell whether orders were dispatched, and delivered, in time, and that no file provides."""
    needs = [*METRICS["late_dispatch_rate"].needs, *METRICS["on_time_delivery_rate"].needs]
    return unmet([need for need in needs if not need.about], account.provided)


def _orders(metric: Metric, account: Account, as_of: date) -> pl.LazyFrame:
    """What is read of each order, and its flaws by the metric's own rules."""
    if metric.definition.fact == "orders":
        return rows(metric, account, as_of).select(*facts.ORDER, *READ, *metric.definition.flaws)
    return known(account, as_of, "orders").lazy().select(*facts.ORDER, *READ)


def _rules(metric: Metric) -> dict[str, tuple[Whose, pl.Expr]]:
    """By name: whose a defect is, and when; the first that holds decides."""
    is_cancelled = pl.col("cancelled_before_shipment") | pl.col("has_item_cancelled")
    in_time = pl.col("posted_on") <= pl.col("ship_by_on")
    is_late, came_late = _is_late(metric), _came_late(metric)
    is_sent_in_time = ~pl.col("confirmed_after_ship_by") | in_time
    return {
        "shipped_by_amazon": (Whose.AMAZON, pl.col("channel") == "AFN"),
        "paid_by_amazon": (Whose.AMAZON, _is_paid_by_amazon(metric)),
        "cancelled": (Whose.SELLER, is_cancelled & pl.col("cancelled_by_seller")),
        "never_confirmed": (Whose.SELLER, is_cancelled & pl.col("cancelled_by_amazon")),
        "cancelled_by_unknown": (Whose.UNKNOWN, is_cancelled & pl.col("cancelled_by_seller").is_null()),
        "cancelled_by_buyer": (Whose.NOBODY, pl.col("cancelled_before_shipment")),
        "handed_over_late": (Whose.SELLER, pl.col("posted_on") > pl.col("ship_by_on")),
        "confirmed_late_only": (Whose.SELLER, is_late & in_time),
        "confirmed_late": (Whose.SELLER, is_late & pl.col("is_confirmed")),
        "not_confirmed": (Whose.SELLER, is_late),
        "delivered_late": (Whose.CARRIER, came_late & is_sent_in_time),
        "dispatch_unknown": (Whose.UNKNOWN, ~is_sent_in_time.fill_null(value=False)),
        "delivery_unknown": (Whose.UNKNOWN, came_late.is_null()),
        "neither_late": (Whose.NOBODY, pl.lit(value=True)),
    }


def _is_late(metric: Metric) -> pl.Expr:
    """Late for sure: by the clock, or because that is what the metric counts."""
    by_the_clock = pl.col("confirmed_after_ship_by_at_least").fill_null(value=False)
    if metric.definition.name == "late_dispatch_rate":
        return by_the_clock | ~pl.col("is_unknown")
    if "late_shipment" in metric.definition.flaws:
        return by_the_clock | (pl.col("late_shipment") & ~pl.col("is_unknown"))
    return by_the_clock


def _came_late(metric: Metric) -> pl.Expr:
    """A late unit is a late delivery, whatever the order's own dates say; null where no file tells."""
    if metric.definition.fact == "units":
        return pl.lit(value=True)
    return pl.col("delivered_on") > pl.col("deliver_by_on")


def _is_paid_by_amazon(metric: Metric) -> pl.Expr:
    """A claim that Amazon paid, and nothing else that the metric holds against the order."""
    flaws = metric.definition.flaws
    if "claim" not in flaws:
        return pl.lit(value=False)
    others = [pl.col(name) for name in flaws if name != "claim"]
    return pl.col("claim") & pl.col("has_claim_paid_by_amazon") & ~pl.any_horizontal(*others)


def _empty(name: str) -> pl.Expr:
    return pl.lit(None, dtype=pl.String).alias(name)
