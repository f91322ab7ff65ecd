"""Order Defect Rate: how many orders ended in negative feedback, a claim or a chargeback."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Basis, Choice, Definition, Need, Option
from sellerhealth.definition.target import Condition
from sellerhealth.metrics import choices
from sellerhealth.metrics.flaws import first_known_on
from sellerhealth.metrics.lessons.order_defect_rate import lesson

flaws = {
    "negative_feedback": pl.col("counted_feedback"),
    "claim": pl.col("counted_claims"),
    "chargeback": pl.col("counted_chargebacks"),
}
certain_defect = pl.col("negative_feedback") | pl.col("chargeback") | (pl.col("claim") & pl.col("has_claim_at_fault"))
defect_kind = pl.concat_str(
    pl.when("counted_feedback").then(pl.lit("Negative feedback")),
    pl.when("counted_claims").then(pl.lit("A-to-z claim")),
    pl.when("counted_chargebacks").then(pl.lit("Chargeback")),
    separator=" and ",
    ignore_nulls=True,
)

order_defect_rate = Definition(
    name="order_defect_rate",
    notebook="04_order_defect_rate",
    label="Order Defect Rate",
    abbreviation="ODR",
    question="Of all orders, how many ended in negative feedback, a claim or a chargeback?",
    defect=("defective order", "defective orders"),
    unit_counted=("order", "orders"),
    fact="orders",
    channels=("MFN", "AFN"),
    condition=Condition.LESS_THAN,
    event_date=Choice(
        question="Which day puts an order into the window?",
        options={
            "purchase": Option(meaning="the day it was bought, marketplace time", expression=pl.col("purchased_on")),
            "purchase_utc": Option(meaning="the day it was bought, UTC", expression=pl.col("purchased_on_utc")),
        },
    ),
    population=~pl.col("is_pending") & ~pl.col("cancelled_orders"),
    defective=pl.any_horizontal(*flaws),
    unknown=(pl.col("undecided_claims") | choices.claim_untold) & ~certain_defect,
    unknown_reason="Of some A-to-z claims no file says how they ended; one decided for us does not count.",
    known_on=first_known_on(
        {
            choice: pl.col(f"{choice}_known_on")
            for choice in ("counted_feedback", "counted_claims", "counted_chargebacks")
        }
    ),
    choices={
        "counted_feedback": choices.counted_feedback,
        "counted_claims": choices.counted_claims,
        "counted_chargebacks": choices.counted_chargebacks,
        "undecided_claims": choices.undecided_claims,
        "cancelled_orders": Choice(
            question="Are cancelled orders left out?",
            options={
                "counted": Option(meaning="no, every paid order is counted", expression=pl.lit(value=False)),
                "left_out": Option(meaning="yes", expression=pl.col("is_cancelled")),
            },
        ),
    },
    flaws=flaws,
    exclusions={
        "Payment still pending": pl.col("is_pending"),
        "Cancelled": pl.col("cancelled_orders"),
    },
    needs=(
        Need(
            any_of=("orders",),
            without=Basis.NOT_COMPUTABLE,
            reason="No file lists the orders.",
            remedy="Add an All Orders report (Reports, Fulfilment, All Orders).",
        ),
        Need(
            any_of=("feedback", "claims", "amazon_defects.order_defect_rate"),
            without=Basis.LOWER_BOUND,
            reason="No file tells of order defects.",
            remedy="Add the order defect download (Performance, Account Health, Order Defect Rate).",
        ),
        Need(
            any_of=("feedback",),
            without=Basis.LOWER_BOUND,
            reason="There is no feedback file, so negative feedback counts only where Amazon's own list names it.",
            remedy="Add the seller feedback report (Performance, Feedback, download).",
        ),
        Need(
            any_of=("claims",),
            without=Basis.LOWER_BOUND,
            reason="There is no claims file, so claims and chargebacks count only where Amazon's own list names them.",
            remedy="Add a claims CSV; data/README.md lists its columns.",
        ),
    ),
    dimensions={
        "sku": pl.col("sku"),
        "defect_kind": defect_kind,
        "product": pl.col("product"),
        "carrier": pl.col("carrier"),
        "weekday": pl.col("event_on").dt.to_string("%A"),
        "handling_time": choices.handling_time,
        "warehouse": pl.col("warehouse"),
    },
    leading_split=("sku",),
    defect_columns=("purchased_on", "defect_kind"),
    counted="Orders with feedback of one or two stars, a counted A-to-z claim, or a counted chargeback; each order once.",
    out_of="All paid orders bought in the window, for orders shipped by us and by Amazon apart.",
    why="It is the rate that suspends accounts. At 1 % Amazon may take the seller's offers or the whole account down.",
    how_to_act=(
        "Answer every open claim within 48 hours: an unanswered one is granted against you.",
        "Ask for the removal of feedback that is about the product or about Amazon's own shipping.",
        "Stop selling the product with the most defects until you know why.",
    ),
    caveats=(
        "The window is on the day of the order: feedback of today on an order of last month counts for last month's day.",
        "An order with several defects counts once.",
        "Your own files go before Amazon's list of order defects; the list is used for what they do not tell of an order.",
        "A return that names a claim says that there is one, not how it ended: it is unsure until a file tells.",
        "The rate can rise with no new defect: when older clean orders leave the window, the same defects weigh more.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "orders": """
                order_id | channel | status    | purchased_at | remark
                A        | MFN     | SHIPPED   | 2026-03-01   | one star: a defect
                B        | MFN     | SHIPPED   | 2026-03-02   | three stars: not a defect
                C        | MFN     | SHIPPED   | 2026-03-03   | one star and a granted claim: one defect, not two
                D        | MFN     | SHIPPED   | 2026-03-04   | its claim was denied: not a defect
                E        | MFN     | SHIPPED   | 2026-03-05   | chargeback: a defect
                F        | MFN     | SHIPPED   | 2026-01-31   | one star; the handbook's window begins on this day
                G        | MFN     | SHIPPED   | 2026-01-30   | one star; a day older: gone from the handbook's window
                H        | AFN     | SHIPPED   | 2026-03-06   | one star, shipped by Amazon: counted apart
                I        | MFN     | SHIPPED   | 2026-03-16   | clean; the last day Amazon's window reaches today
                J        | MFN     | SHIPPED   | 2026-03-17   | one star; too young for Amazon's window
                K        | MFN     | SHIPPED   | 2026-03-08   | granted, but Amazon paid: counts in the handbook, not for Amazon today
                L        | MFN     | PENDING   | 2026-03-30   | not paid yet: left out
            """,
            "feedback": """
                order_id | rated_on   | rating
                A        | 2026-03-10 | 1
                B        | 2026-03-10 | 3
                C        | 2026-03-12 | 1
                F        | 2026-03-12 | 1
                G        | 2026-03-12 | 1
                H        | 2026-03-12 | 1
                J        | 2026-03-24 | 2
            """,
            "claims": """
                order_id | claim_type | opened_on  | claim_status | funded_by
                C        | A_TO_Z     | 2026-03-13 | GRANTED      | SELLER
                D        | A_TO_Z     | 2026-03-14 | DENIED       |
                E        | CHARGEBACK | 2026-03-20 | GRANTED      | SELLER
                K        | A_TO_Z     | 2026-03-20 | GRANTED      | AMAZON
            """,
        },
        expected={"handbook": (6, 9), "amazon-2026": (5, 9)},
    ),
    lesson=lesson,
)
