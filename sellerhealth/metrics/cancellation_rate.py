"""Cancellation Rate (PFCR): how many orders the seller cancelled before shipment."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Basis, Choice, Definition, Need, Option
from sellerhealth.definition.target import Condition
from sellerhealth.metrics import choices
from sellerhealth.metrics.choices import not_the_buyer, shipped_by_us
from sellerhealth.metrics.lessons.cancellation_rate import lesson

cancellation_rate = Definition(
    name="cancellation_rate",
    notebook="02_cancellation_rate",
    label="Cancellation Rate",
    abbreviation="PFCR",
    question="Of the orders we had to ship, how many did we cancel?",
    defect=("cancelled order", "cancelled orders"),
    unit_counted=("order", "orders"),
    fact="orders",
    channels=("MFN",),
    condition=Condition.LESS_THAN,
    event_date=Choice(
        question="Which day puts an order into the window?",
        options={
            "purchase": Option(meaning="the day it was bought", expression=pl.col("purchased_on")),
            "cancellation": Option(
                meaning="the day it was cancelled; the day it was bought when it was not",
                expression=pl.coalesce("cancelled_on", "purchased_on"),
            ),
        },
    ),
    population=shipped_by_us & ~pl.col("is_pending"),
    defective=pl.col("cancelled_scope") & not_the_buyer,
    unknown=pl.col("cancelled_by_seller").is_null(),
    unknown_reason=(
        "Of some orders no file says whether we cancelled them: "
        "the buyer may have asked for it, or they may have been shipped. "
        "Add a newer All Orders report and the cancellation download."
    ),
    known_on=pl.col("cancelled_scope_known_on"),
    choices={
        "cancelled_scope": choices.cancelled_scope,
        "automatic_cancellations": choices.automatic_cancellations,
    },
    exclusions={
        "Shipped by Amazon": ~shipped_by_us,
        "Payment still pending": pl.col("is_pending"),
    },
    needs=(
        Need(
            any_of=("orders.status",),
            without=Basis.NOT_COMPUTABLE,
            reason="No file says which orders were cancelled.",
            remedy="Add an All Orders report (Reports, Fulfilment, All Orders).",
        ),
    ),
    dimensions={
        "sku": pl.col("sku"),
        "product": pl.col("product"),
        "weekday": pl.col("event_on").dt.to_string("%A"),
        "handling_time": choices.handling_time,
    },
    leading_split=("sku",),
    defect_columns=("purchased_on", "cancelled_on", "cancelled_by"),
    counted="Orders that we cancelled before shipment.",
    out_of="Orders shipped by us and bought in the window.",
    why="A cancelled order is a promise broken before anything was sent. Its main cause is stock that was listed but not there.",
    how_to_act=(
        "Count the stock of the products with the most cancellations, and correct the listed quantity today.",
        "Ask buyers who write that they want to cancel to use Amazon's cancel option: only then it does not count.",
        "Never cancel to avoid a late dispatch: a cancellation weighs more, in a window of seven days.",
    ),
    caveats=(
        (
            "All Orders does not say who cancelled, so the figure is the highest it can be; the cancellation "
            "download of Account Health makes it exact."
        ),
        "Whether Amazon counts by the day of the order or of the cancellation is not published.",
        "An order that left the reports of unshipped orders, and that no other file tells of, may be one of them: it is unsure.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "orders": """
                order_id | channel | status    | purchased_at | cancelled_at | cancelled_by | confirmed_at | remark
                A        | MFN     | SHIPPED   | 2026-03-24   |              |              | 2026-03-25   | first day of the window: counted
                B        | MFN     | SHIPPED   | 2026-03-23   |              |              | 2026-03-25   | the day before the window: gone
                C        | MFN     | CANCELLED | 2026-03-25   | 2026-03-26   | SELLER       |              | out of stock, cancelled by us: counts
                D        | MFN     | CANCELLED | 2026-03-25   | 2026-03-25   | BUYER        |              | the buyer used the cancel option: does not count
                E        | MFN     | CANCELLED | 2026-03-26   | 2026-03-31   | AMAZON       |              | never confirmed, Amazon cancelled it: counts as ours
                F        | MFN     | CANCELLED | 2026-03-26   | 2026-03-30   | SELLER       | 2026-03-27   | cancelled after shipment: a refund, not a cancellation
                G        | AFN     | CANCELLED | 2026-03-27   | 2026-03-27   | SELLER       |              | Amazon ships it: left out
                H        | MFN     | PENDING   | 2026-03-28   |              |              |              | not paid yet: left out
                I        | MFN     | UNSHIPPED | 2026-03-30   |              |              |              | last day of the window: counted
                J        | MFN     | CANCELLED | 2026-03-31   | 2026-03-31   | SELLER       |              | bought today: enters tomorrow
                K        | MFN     | SHIPPED   | 2026-03-28   |              |              | 2026-03-29   | one of its two items cancelled: counts for Amazon today
                L        | MFN     | SHIPPED   | 2026-03-29   |              |              | 2026-03-30   | clean
            """,
            "order_items": """
                order_id | sku   | item_status | quantity
                K        | MUG-1 | SHIPPED     | 1
                K        | MUG-2 | CANCELLED   | 1
            """,
        },
        expected={"handbook": (2, 8), "amazon-2026": (3, 8)},
    ),
    lesson=lesson,
)
