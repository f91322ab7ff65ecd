"""What can go wrong with an order, as the metrics that look at the whole order count it."""

import polars as pl

from sellerhealth.definition.metric import Basis, Choice, Need
from sellerhealth.metrics import choices
from sellerhealth.metrics.choices import claim_untold, is_late, not_the_buyer, shipped_by_us

CHOICES: dict[str, Choice] = {
    "late_from": choices.late_from,
    "amazons_list": choices.amazons_list,
    "cancelled_scope": choices.cancelled_scope,
    "automatic_cancellations": choices.automatic_cancellations,
    "counted_feedback": choices.counted_feedback,
    "counted_claims": choices.counted_claims,
    "counted_chargebacks": choices.counted_chargebacks,
    "undecided_claims": choices.undecided_claims,
}
"""The points a policy has to settle for them."""

FLAWS = {
    "negative_feedback": pl.col("counted_feedback"),
    "claim": pl.col("counted_claims"),
    "chargeback": pl.col("counted_chargebacks"),
    "cancellation": shipped_by_us & pl.col("cancelled_scope") & not_the_buyer,
    "late_shipment": shipped_by_us & ~pl.col("cancelled_before_shipment") & is_late.fill_null(value=True),
}
CERTAIN = {
    "claim": pl.col("claim") & (pl.col("has_claim_at_fault") | ~(pl.col("undecided_claims") | claim_untold)),
    "cancellation": pl.col("cancellation") & pl.col("cancelled_by_seller").is_not_null(),
    "late_shipment": pl.col("late_shipment") & is_late.is_not_null(),
}
"""Of the flaws that can be unsure, when they are certain; the others always are."""
KNOWN_ON = {
    "negative_feedback": pl.col("counted_feedback_known_on"),
    "claim": pl.col("counted_claims_known_on"),
    "chargeback": pl.col("counted_chargebacks_known_on"),
    "cancellation": pl.col("cancelled_scope_known_on"),
    "late_shipment": pl.col("late_from_known_on"),
}
"""Since when each is known, where it is there."""
UNKNOWN_REASON = "Of some orders no file says who cancelled, when shipment was confirmed, or how a claim ended."
ORDERS = Need(
    any_of=("orders.status",),
    without=Basis.NOT_COMPUTABLE,
    reason="No file says how orders stand.",
    remedy="Add an All Orders report (Reports, Fulfilment, All Orders).",
)


def first_known_on(days: dict[str, pl.Expr]) -> pl.Expr:
    """The first day on which one of the flaws an order has was known; null where no file dates any of them."""
    return pl.min_horizontal(*(pl.when(flaw).then(day) for flaw, day in days.items()))


def kinds(*names: str) -> pl.Expr:
    """The flaws of an order in words, joined by "and"."""
    told = [pl.when(name).then(pl.lit(name.replace("_", " "))) for name in names]
    words = pl.concat_str(told, separator=" and ", ignore_nulls=True)
    return words.str.slice(0, 1).str.to_uppercase() + words.str.slice(1)


def missing(basis: Basis) -> tuple[Need, ...]:
    """The inputs of the flaws, each without which the figure is a bound."""
    return (
        Need(
            any_of=("feedback",),
            without=basis,
            reason="There is no feedback file, so negative feedback is not seen.",
            remedy="Add the seller feedback report (Performance, Feedback, download).",
        ),
        Need(
            any_of=("claims",),
            without=basis,
            reason="There is no claims file, so claims and chargebacks are not seen.",
            remedy="Add a claims CSV; data/README.md lists its columns.",
        ),
        Need(
            any_of=("orders.ship_by_at", "order_items.item_ship_by_at"),
            without=basis,
            reason="No file says by when all orders had to be shipped, so late ones are not seen.",
            remedy="Add the order report with ship-by dates (Orders, Order Reports).",
        ),
        Need(
            any_of=choices.CONFIRMATIONS,
            without=basis,
            reason="No file says when shipments were confirmed, so late ones are not all seen.",
            remedy=choices.CONFIRMATIONS_REMEDY,
        ),
        Need(
            any_of=("messages.order_id",),
            without=basis,
            reason="No file of messages names orders, so what buyers wrote about them is not seen.",
            remedy="Map your helpdesk's export, or add a messages CSV; data/README.md lists its columns.",
        ),
    )
