"""Points on which definitions differ, and that more than one metric has: a column with several readings each."""

import polars as pl

from sellerhealth.definition.metric import Basis, Choice, Need, Option

shipped_by_us = pl.col("channel") == "MFN"
not_the_buyer = pl.col("cancelled_by_seller").fill_null(value=True) | pl.col("automatic_cancellations")
late_from = Choice(
    question="From when is a confirmation late?",
    options={
        "three_days_overdue": Option(
            meaning="three days or more after the ship-by day", expression=pl.col("days_overdue") >= 3
        ),
        "first_moment": Option(
            meaning="any moment after the ship-by time", expression=pl.col("confirmed_after_ship_by")
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
            expression=pl.col("cancelled_before_shipment"),
        ),
        "any_item": Option(
            meaning="an order cancelled before shipment, as a whole or in one item",
            expression=pl.col("cancelled_before_shipment") | pl.col("has_item_cancelled"),
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
        "worst": Option(meaning="the worst: one or two stars", expression=pl.col("has_negative_feedback")),
        "last": Option(meaning="the last: one or two stars", expression=pl.col("last_feedback_is_negative")),
    },
)
counted_claims = Choice(
    question="Which A-to-z claims count?",
    options={
        "not_denied": Option(meaning="every claim that is not denied", expression=pl.col("has_claim_not_denied")),
        "seller_at_fault": Option(
            meaning="claims granted at the seller's cost, and undecided ones",
            expression=pl.col("has_claim_at_fault") | pl.col("has_undecided_claim"),
        ),
        "decided_only": Option(meaning="claims granted at the seller's cost", expression=pl.col("has_claim_at_fault")),
    },
)
counted_chargebacks = Choice(
    question="Which chargebacks count?",
    options={
        "not_denied": Option(meaning="every chargeback that is not denied", expression=pl.col("has_chargeback")),
        "at_sellers_cost": Option(
            meaning="those the seller has to pay; neither denied, withdrawn, nor paid by Amazon",
            expression=pl.col("has_chargeback_at_sellers_cost"),
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
MESSAGES = Need(
    any_of=("messages",),
    without=Basis.NOT_COMPUTABLE,
    reason="There is no file of messages.",
    remedy="Map your helpdesk's export, or add a messages CSV; data/README.md lists its columns.",
)
"""The input of every metric about messages."""
