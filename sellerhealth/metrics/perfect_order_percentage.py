"""Perfect Order Percentage ("Perfect Performance"): how many orders had no flaw at all."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import CLEAN, Basis, Definition, Need
from sellerhealth.definition.target import Condition
from sellerhealth.metrics import choices
from sellerhealth.metrics.flaws import (
    CERTAIN,
    CHOICES,
    FLAWS,
    KNOWN_ON,
    ORDERS,
    UNKNOWN_REASON,
    first_known_on,
    kinds,
    missing,
)
from sellerhealth.metrics.lessons.perfect_order_percentage import lesson

flaws = {**FLAWS, "refund": pl.col("has_refund"), "buyer_message": pl.col("has_buyer_message")}
known_on = {**KNOWN_ON, "refund": pl.col("first_refund_on"), "buyer_message": pl.col("first_buyer_message_on")}
certain = pl.any_horizontal(*(CERTAIN.get(name, pl.col(name)) for name in flaws))

perfect_order_percentage = Definition(
    name="perfect_order_percentage",
    notebook="05_perfect_order_percentage",
    label="Perfect Order Percentage",
    abbreviation="POP",
    question="Of all orders, how many went without any flaw?",
    defect=("flawed order", "flawed orders"),
    unit_counted=("order", "orders"),
    fact="orders",
    channels=("ALL",),
    condition=Condition.AT_LEAST,
    event_date=choices.purchase_day,
    population=~pl.col("is_pending"),
    defective=pl.any_horizontal(*flaws),
    unknown=~certain,
    unknown_reason=UNKNOWN_REASON,
    known_on=first_known_on(known_on),
    figure=CLEAN,
    choices=CHOICES,
    flaws=flaws,
    exclusions={"Payment still pending": pl.col("is_pending")},
    needs=(
        ORDERS,
        *missing(Basis.UPPER_BOUND),
        Need(
            any_of=("returns.refunded",),
            without=Basis.UPPER_BOUND,
            reason="No returns report tells what was refunded, so refunds are not seen.",
            remedy="Add the returns report (Orders, Manage Returns).",
        ),
    ),
    dimensions={
        "flaw": kinds(*flaws),
        "sku": pl.col("sku"),
        "product": pl.col("product"),
        "carrier": pl.col("carrier"),
        "shipped_by": pl.col("channel").cast(pl.String),
        "weekday": pl.col("event_on").dt.to_string("%A"),
        "handling_time": choices.handling_time,
        "warehouse": pl.col("warehouse"),
    },
    leading_split=("flaw",),
    defect_columns=("purchased_on", "flaw"),
    counted="Orders without negative feedback, claim, chargeback, cancellation by us, late shipment, refund or message from the buyer.",
    out_of="All paid orders bought in the window, whoever ships them.",
    why="It adds up all that can go wrong. A flaw that no other metric looks at, such as a question that had to be asked, shows here.",
    how_to_act=(
        "Begin with the flaw that alone spoils the most orders.",
        "Read what buyers ask before they buy again: an answer in the listing saves the message.",
        "Find out why products come back, and say it in the listing.",
    ),
    caveats=(
        "An order with several flaws counts once.",
        "Young orders still look perfect: a claim or a return comes weeks later.",
        "The returns report holds orders shipped by us only: refunds of Amazon's are not seen.",
        "Amazon withdrew this figure; it is your own score by the old definition.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "orders": """
                order_id | channel | status    | cancelled_by | purchased_at | ship_by_at       | confirmed_at | remark
                A        | MFN     | SHIPPED   |              | 2026-01-01   | 2026-01-05 23:59 | 2026-01-05   | nothing wrong, on the window's first day: perfect
                B        | MFN     | SHIPPED   |              | 2025-12-31   | 2026-01-05 23:59 | 2026-01-05   | a day older: gone from the window
                C        | MFN     | SHIPPED   |              | 2026-02-10   | 2026-02-12 23:59 | 2026-02-12   | one star: flawed
                D        | MFN     | SHIPPED   |              | 2026-02-11   | 2026-02-13 23:59 | 2026-02-13   | one star and a granted claim: flawed, once
                E        | MFN     | SHIPPED   |              | 2026-02-12   | 2026-02-16 23:59 | 2026-02-20   | confirmed four days late: flawed
                F        | MFN     | CANCELLED | SELLER       | 2026-02-13   |                  |              | cancelled by us: flawed
                G        | MFN     | CANCELLED | BUYER        | 2026-02-14   |                  |              | cancelled by the buyer: no flaw of ours
                H        | MFN     | SHIPPED   |              | 2026-02-15   | 2026-02-17 23:59 | 2026-02-17   | sent back and refunded: flawed
                I        | MFN     | SHIPPED   |              | 2026-02-16   | 2026-02-18 23:59 | 2026-02-18   | the buyer had to write: flawed
                J        | MFN     | UNSHIPPED |              | 2026-03-31   | 2026-04-02 23:59 |              | bought today, not due yet: perfect so far
                K        | AFN     | SHIPPED   |              | 2026-02-20   |                  |              | shipped by Amazon, nothing wrong: perfect
                L        | MFN     | PENDING   |              | 2026-03-30   |                  |              | not paid yet: left out
            """,
            "feedback": """
                order_id | rated_on   | rating
                C        | 2026-02-20 | 1
                D        | 2026-02-21 | 1
            """,
            "claims": """
                order_id | claim_type | opened_on  | claim_status | funded_by
                D        | A_TO_Z     | 2026-02-22 | GRANTED      | SELLER
            """,
            "returns": """
                order_id | sku | returned_on | refunded
                H        | MUG | 2026-02-25  | 19.90
            """,
            "messages": """
                thread_id | order_id | sender | sent_at
                1         | I        | BUYER  | 2026-02-19 09:00
                1         | I        | SELLER | 2026-02-19 10:00
            """,
        },
        expected={"handbook": (4, 10), "amazon-2026": (4, 10)},
    ),
    lesson=lesson,
)
