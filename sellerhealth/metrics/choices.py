"""Points on which definitions differ, and that more than one metric has: a column with several readings each."""

from datetime import timedelta

import polars as pl

from sellerhealth.definition.metric import Basis, Choice, Need, Option

shipped_by_us = pl.col("channel") == "MFN"
days_to_ship = (pl.col("ship_by_on") - pl.col("purchased_on")).dt.total_days()
handling_time = (
    # Due before it was bought: the days are of no use.
    pl.when(days_to_ship < 0)
    .then(pl.lit(None, dtype=pl.String))
    .when(days_to_ship == 0)
    .then(pl.lit("Same day"))
    .when(days_to_ship == 1)
    .then(pl.lit("1 day"))
    # Polars 2.1 panics on `pl.format` where a batch has no rows.
    .otherwise(days_to_ship.cast(pl.String) + " days")
)
"""How long the buyer was told that it takes to ship."""
is_late = pl.coalesce("amazons_list", "late_from")
"""Null where it may be late, and no file says for sure."""
not_the_buyer = pl.col("cancelled_by_seller").fill_null(value=True) | pl.col("automatic_cancellations")


def _surely(at_least: pl.Expr, at_most: pl.Expr) -> pl.Expr:
    """True where even the least is late, false where even the most is not, and null between."""
    unsure = pl.lit(None, dtype=pl.Boolean)
    return pl.when(at_least).then(pl.lit(value=True)).when(at_most).then(unsure).otherwise(pl.lit(value=False))


late_from = Choice(
    question="From when is a confirmation late?",
    options={
        "three_days_overdue": Option(
            meaning="three days or more after the ship-by day",
            expression=_surely(pl.col("days_overdue_at_least") >= 3, pl.col("days_overdue") >= 3),
            known_on=pl.col("ship_by_on") + timedelta(days=3),
        ),
        "first_moment": Option(
            meaning="any moment after the ship-by time",
            expression=_surely(pl.col("confirmed_after_ship_by_at_least"), pl.col("confirmed_after_ship_by")),
            known_on=pl.min_horizontal("confirmed_on", pl.col("ship_by_on") + timedelta(days=1)),
        ),
    },
)
amazons_list = Choice(
    question="Does Amazon's own list of late orders decide?",
    options={
        "decides": Option(
            meaning="yes: an order on it is late or not as it says there",
            expression=pl.when("listed_late")
            .then(pl.lit(value=True))
            .when("listed_not_late")
            .then(pl.lit(value=False)),
        ),
        "left_aside": Option(meaning="no: it goes by another rule", expression=pl.lit(None, dtype=pl.Boolean)),
    },
)
unconfirmed_orders = Choice(
    question="Does an overdue order count that is not confirmed yet?",
    options={
        "counted": Option(meaning="counted, and late once overdue, even if posted", expression=pl.lit(value=True)),
        "left_out": Option(meaning="left out until a confirmation is known", expression=pl.lit(value=False)),
    },
)
cancelled_scope = Choice(
    question="What is a cancelled order?",
    options={
        "whole_order": Option(
            meaning="an order cancelled as a whole before shipment",
            expression=pl.col("cancelled_before_shipment") | pl.col("is_gone"),
            known_on=pl.col("cancellation_known_on"),
        ),
        "any_item": Option(
            meaning="an order cancelled before shipment, as a whole or in one item",
            expression=pl.col("cancelled_before_shipment") | pl.col("is_gone") | pl.col("has_item_cancelled"),
            known_on=pl.col("cancellation_known_on"),
        ),
    },
)
automatic_cancellations = Choice(
    question="Do orders count that Amazon cancelled because shipment was never confirmed?",
    options={
        "counted": Option(meaning="counted as the seller's", expression=pl.col("cancelled_by_amazon")),
        "left_out": Option(meaning="not counted", expression=pl.lit(value=False)),
    },
)
counted_feedback = Choice(
    question="Which rating counts when an order has several?",
    options={
        "worst": Option(
            meaning="the worst: one or two stars",
            expression=pl.col("has_negative_feedback"),
            known_on=pl.col("first_negative_feedback_on"),
        ),
        "last": Option(
            meaning="the last: one or two stars",
            expression=pl.col("last_feedback_is_negative"),
            known_on=pl.col("first_negative_feedback_on"),
        ),
    },
)
claim_untold = pl.col("has_claim_of_unknown_outcome")
claim_known_on = pl.coalesce("first_claim_on", "first_claim_by_return_on")
counted_claims = Choice(
    question="Which A-to-z claims count?",
    options={
        "not_denied": Option(
            meaning="every claim that is not denied",
            expression=pl.col("has_claim_not_denied") | claim_untold,
            known_on=claim_known_on,
        ),
        "seller_at_fault": Option(
            meaning="claims granted at the seller's cost, and undecided ones",
            expression=pl.col("has_claim_at_fault") | pl.col("has_undecided_claim") | claim_untold,
            known_on=claim_known_on,
        ),
        "decided_only": Option(
            meaning="claims granted at the seller's cost",
            expression=pl.col("has_claim_at_fault") | claim_untold,
            known_on=claim_known_on,
        ),
    },
)
counted_chargebacks = Choice(
    question="Which chargebacks count?",
    options={
        "not_denied": Option(
            meaning="every chargeback that is not denied",
            expression=pl.col("has_chargeback"),
            known_on=pl.col("first_chargeback_on"),
        ),
        "at_sellers_cost": Option(
            meaning="those the seller has to pay; neither denied, withdrawn, nor paid by Amazon",
            expression=pl.col("has_chargeback_at_sellers_cost"),
            known_on=pl.col("first_chargeback_on"),
        ),
    },
)
undecided_claims = Choice(
    question="Is an undecided claim certain to count?",
    options={
        "certain": Option(meaning="yes, as long as it is not denied", expression=pl.lit(value=False)),
        "at_worst": Option(
            meaning="no: the figure is the highest it can be",
            expression=pl.col("has_undecided_claim"),
        ),
    },
)
purchase_day = Choice(
    question="Which day puts an order into the window?",
    options={"purchase": Option(meaning="the day it was bought, marketplace time", expression=pl.col("purchased_on"))},
)
hours_to_answer = "Within how many hours must a message be answered?"
automatic_replies = Choice(
    question="Which replies are automatic, and so no answer?",
    options={
        "told_or_looks_it": Option(
            meaning="those the file calls so, and those sent within a minute with a text sent to others in the same way",
            expression=pl.col("first_own_answer_at"),
        ),
        "told": Option(meaning="those the file calls so", expression=pl.col("first_answer_at")),
    },
)
received_day = Choice(
    question="Which day puts a message into the window?",
    options={"received": Option(meaning="the day it was received, marketplace time", expression=pl.col("received_on"))},
)
CONFIRMATIONS = (
    "orders.confirmed_at",
    "packages.package_confirmed_at",
    "packages.package_created_at",
    "amazon_defects.late_dispatch_rate",
    "unshipped",
)
"""What tells when shipment was confirmed, to the moment or within bounds."""
CONFIRMATIONS_REMEDY = (
    "Add your ship-confirmation log, the late shipment download of Account Health, "
    "or the report of unshipped orders of each day (Orders, Order Reports, Unshipped)."
)
MESSAGES = Need(
    any_of=("messages",),
    without=Basis.NOT_COMPUTABLE,
    reason="There is no file of messages.",
    remedy="Map your helpdesk's export, or add a messages CSV; data/README.md lists its columns.",
)
"""The input of every metric about messages."""
