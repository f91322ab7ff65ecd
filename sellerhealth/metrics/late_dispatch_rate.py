"""Late Dispatch Rate: how many orders were confirmed as shipped too late."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Basis, Choice, Definition, Need, Option
from sellerhealth.definition.target import Condition
from sellerhealth.metrics import choices
from sellerhealth.metrics.choices import is_late, shipped_by_us
from sellerhealth.metrics.lessons.late_dispatch_rate import lesson

confirmation_known = pl.col("is_shipped") & ~pl.col("confirmation_unknown")

late_dispatch_rate = Definition(
    name="late_dispatch_rate",
    notebook="01_late_dispatch_rate",
    label="Late Dispatch Rate",
    abbreviation="LDR",
    question="Of the orders we had to ship, how many were confirmed late?",
    defect=("late order", "late orders"),
    unit_counted=("order", "orders"),
    fact="orders",
    channels=("MFN",),
    condition=Condition.LESS_THAN,
    event_date=Choice(
        question="Which day puts an order into the window?",
        options={
            "ship_by": Option(meaning="the day it had to be shipped by", expression=pl.col("ship_by_on")),
            "purchase": Option(meaning="the day it was bought", expression=pl.col("purchased_on")),
        },
    ),
    population=shipped_by_us
    & ~pl.col("is_pending")
    & pl.col("ship_by_on").is_not_null()
    & ~pl.col("cancelled_orders")
    & (confirmation_known | pl.col("unconfirmed_orders")),
    defective=is_late.fill_null(value=True) & ~pl.col("cancelled_before_shipment"),
    unknown=is_late.is_null(),
    unknown_reason="Of some orders no file says exactly when shipment was confirmed; they may have been on time.",
    known_on=pl.col("late_from_known_on"),
    choices={
        "late_from": choices.late_from,
        "amazons_list": choices.amazons_list,
        "unconfirmed_orders": choices.unconfirmed_orders,
        "cancelled_orders": Choice(
            question="Which cancelled orders are left out?",
            options={
                "before_shipment": Option(
                    meaning="those cancelled before shipment", expression=pl.col("cancelled_before_shipment")
                ),
                "all": Option(meaning="all that were cancelled", expression=pl.col("is_cancelled")),
            },
        ),
    },
    exclusions={
        "Shipped by Amazon": ~shipped_by_us,
        "Payment still pending": pl.col("is_pending"),
        "Cancelled": pl.col("cancelled_orders"),
        "No ship-by date in any file": pl.col("ship_by_on").is_null(),
        "No confirmation known": ~confirmation_known & ~pl.col("unconfirmed_orders"),
    },
    needs=(
        Need(
            any_of=("orders.ship_by_at", "order_items.item_ship_by_at"),
            without=Basis.NOT_COMPUTABLE,
            reason="No file says by when all orders had to be shipped.",
            remedy="Add the order report with ship-by dates (Orders, Order Reports).",
        ),
        Need(
            any_of=choices.CONFIRMATIONS,
            without=Basis.NOT_COMPUTABLE,
            reason="No file says when shipments were confirmed.",
            remedy=choices.CONFIRMATIONS_REMEDY,
        ),
    ),
    dimensions={
        "carrier": pl.col("carrier"),
        "weekday": pl.col("event_on").dt.to_string("%A"),
        "sku": pl.col("sku"),
        "product": pl.col("product"),
        "handling_time": choices.handling_time,
        "warehouse": pl.col("warehouse"),
    },
    leading_split=("carrier", "weekday"),
    defect_columns=("ship_by_on", "confirmed_on", "days_overdue", "carrier"),
    counted="Orders whose shipment was confirmed too late, or is overdue and not confirmed.",
    out_of="Orders shipped by us that had to be shipped in the window.",
    why="A late dispatch makes a late delivery likely, and buyers who wait write, claim and leave bad feedback.",
    how_to_act=(
        "Confirm today what left today: a posted parcel without confirmation counts as late.",
        "Look at the carrier and the weekday with the most late orders before you change anything else.",
        "If a day cannot be kept, lengthen the handling time before the orders come, not after.",
    ),
    caveats=(
        "The moment the confirmation reaches Amazon counts, not the ship date typed into it.",
        "Which date Amazon uses to place an order in the window is not published.",
        "Reports of unshipped orders tell between which two days an order was confirmed; it counts for sure only where both agree.",
        "An order that left those reports late, and that no other file tells of, may have been cancelled: it is unsure.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "orders": """
                order_id | channel | status    | purchased_at | ship_by_at       | confirmed_at     | remark
                A        | MFN     | SHIPPED   | 2026-03-05   | 2026-03-09 23:59 | 2026-03-09 09:00 | confirmed on its last day: on time
                B        | MFN     | SHIPPED   | 2026-03-05   | 2026-03-09 23:59 | 2026-03-10 08:00 | one day over: late for Amazon today, not in the handbook
                C        | MFN     | SHIPPED   | 2026-03-06   | 2026-03-10 23:59 | 2026-03-12 23:50 | two days over: late for Amazon today, not in the handbook
                D        | MFN     | SHIPPED   | 2026-03-06   | 2026-03-10 23:59 | 2026-03-13 00:10 | three days over: late
                E        | MFN     | UNSHIPPED | 2026-03-20   | 2026-03-24 23:59 |                  | posted, but never confirmed: late
                F        | MFN     | UNSHIPPED | 2026-03-26   | 2026-03-30 23:59 |                  | one day over and not confirmed: late for Amazon today
                G        | MFN     | UNSHIPPED | 2026-03-27   | 2026-03-31 23:59 |                  | due today: counted, not late yet
                H        | AFN     | SHIPPED   | 2026-03-06   | 2026-03-10 23:59 | 2026-03-20 12:00 | Amazon ships it: left out
                I        | MFN     | CANCELLED | 2026-03-06   | 2026-03-10 23:59 |                  | cancelled before shipment: a cancellation, not a late order
                J        | MFN     | SHIPPED   | 2026-02-25   | 2026-03-01 23:59 | 2026-03-09 12:00 | due on the 1st, one day before the window: gone
                K        | MFN     | SHIPPED   | 2026-02-26   | 2026-03-02 23:59 | 2026-03-09 12:00 | due on the 2nd, the window's first day: late
                L        | MFN     | PENDING   | 2026-03-30   |                  |                  | not paid yet: left out
            """
        },
        expected={"handbook": (3, 8), "amazon-2026": (6, 8)},
    ),
    lesson=lesson,
)
