"""Seller rating: points for every order of a year, the younger the heavier, out of 100."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Basis, Definition, Sum, Unit
from sellerhealth.definition.target import Condition
from sellerhealth.metrics import choices
from sellerhealth.metrics.flaws import CERTAIN, CHOICES, FLAWS, ORDERS, kinds, missing
from sellerhealth.metrics.lessons.seller_rating import lesson

MICROSECONDS = 3_600_000_000
late_answer = pl.col("longest_wait") > pl.col("hours_to_answer") * MICROSECONDS
flaws = {**FLAWS, "late_answer": late_answer}
is_flawed = pl.any_horizontal(*flaws)
certain = {name: CERTAIN.get(name, pl.col(name)) for name in flaws}
came_soon = pl.col("working_days_to_deliver") <= pl.col("bonus_working_days")
kept = pl.when(pl.col("has_refund") | pl.col("returns_are_told")).then(~pl.col("has_refund"))
earned_bonus = pl.col("tracking_is_valid") & came_soon & pl.col("delivered_on_time") & kept
"""Null where no file tells one of them, and none tells against it."""


def points(problems: dict[str, pl.Expr], *, unless_told: bool) -> pl.Expr:
    """The points of an order: those of its worst problem. `unless_told` is the bonus of one no file tells of."""
    lost = [pl.when(problem).then(pl.col(f"points_{name}")) for name, problem in problems.items()]
    bonus = pl.when(earned_bonus.fill_null(unless_told)).then("points_bonus").otherwise(0)
    return pl.coalesce(pl.min_horizontal(*lost), pl.col("points_perfect") + bonus)


seller_rating = Definition(
    name="seller_rating",
    notebook="06_seller_rating",
    label="Seller rating",
    abbreviation="rating",
    question="How good were the orders of the last year, all problems weighed?",
    unit=Unit.OF_HUNDRED,
    defect=("order with a problem", "orders with a problem"),
    unit_counted=("order", "orders"),
    fact="orders",
    channels=("ALL",),
    condition=Condition.GREATER_THAN,
    event_date=choices.purchase_day,
    population=~pl.col("is_pending") & (pl.col("is_shipped") | is_flawed),
    defective=is_flawed,
    unknown=~pl.any_horizontal(*certain.values()),
    unknown_reason=(
        "Of some orders no file says who cancelled, when shipment was confirmed, how a claim ended, "
        "or whether they came fast and tracked."
    ),
    figure=Sum(
        worst=points({name: pl.col(name) for name in flaws}, unless_told=False),
        best=points(certain, unless_told=True),
    ),
    choices=CHOICES,
    values={
        "points_perfect": "How many points has an order without a problem?",
        "points_bonus": "How many points more has one that came fast, tracked and without a refund?",
        "bonus_working_days": "Within how many working days must it come for those?",
        "points_claim": "How many points has an order with an A-to-z claim?",
        "points_late_shipment": "How many points has an order shipped late?",
        "points_cancellation": "How many points has an order we cancelled?",
        "points_chargeback": "How many points has an order with a chargeback?",
        "points_negative_feedback": "How many points has an order with negative feedback?",
        "points_late_answer": "How many points has an order whose buyer waited too long for an answer?",
        "hours_to_answer": choices.hours_to_answer,
    },
    flaws=flaws,
    exclusions={
        "Payment still pending": pl.col("is_pending"),
        "Cancelled, not by us": pl.col("is_cancelled") & ~is_flawed,
        "Not shipped yet": ~pl.col("is_shipped") & ~is_flawed,
    },
    needs=(ORDERS, *missing(Basis.UPPER_BOUND)),
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
    counted="The points of each order: 100 without a problem, less for the worst problem it had, more when it came fast and tracked.",
    out_of="The orders of a year that were shipped or went wrong; a young order weighs up to four times an old one.",
    why="Above 90 there is a chance at the Buy Box. A low rating means suspension.",
    how_to_act=(
        "Mend what costs the most points first; one claim weighs as much as six late parcels.",
        "Confirm on time and answer within a day: these two are wholly in your hands.",
        "Send with tracking, so that a fast delivery earns its extra points.",
    ),
    caveats=(
        "Amazon withdrew this rating at the end of 2015; it is your own score by the old definition.",
        "Only two of the point values were ever published with certainty; the others are named choices of the policy.",
        "Amazon never published how much older orders weigh.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "orders": """
                order_id | channel | status    | cancelled_by | purchased_at | ship_by_at       | confirmed_at | deliver_by_at | delivered_at | remark
                A        | MFN     | SHIPPED   |              | 2026-03-01   | 2026-03-03 23:59 | 2026-03-03   |               |              | no problem: 100 points, four times
                B        | MFN     | SHIPPED   |              | 2026-03-02   | 2026-03-04 23:59 | 2026-03-08   |               |              | shipped late: 0 points, four times
                C        | MFN     | SHIPPED   |              | 2025-06-01   | 2025-06-03 23:59 | 2025-06-10   |               |              | late, and a claim: the worst counts, -500 points, once
                D        | MFN     | CANCELLED | SELLER       | 2026-03-04   |                  |              |               |              | cancelled by us: -100 points, four times
                E        | MFN     | SHIPPED   |              | 2025-12-31   | 2026-01-05 23:59 | 2026-01-05   |               |              | 90 days old: 100 points, four times
                F        | MFN     | SHIPPED   |              | 2025-12-30   | 2026-01-05 23:59 | 2026-01-05   |               |              | 91 days old: 100 points, three times
                G        | MFN     | SHIPPED   |              | 2025-04-01   | 2025-04-03 23:59 | 2025-04-03   |               |              | the window's first day: 100 points, once
                H        | MFN     | SHIPPED   |              | 2025-03-31   | 2025-04-03 23:59 | 2025-04-09   |               |              | a day older: gone
                I        | MFN     | SHIPPED   |              | 2026-03-20   | 2026-03-23 23:59 | 2026-03-20   | 2026-03-27    | 2026-03-24   | tracked, there in two working days: 110 points, four times
                J        | MFN     | SHIPPED   |              | 2026-03-05   | 2026-03-09 23:59 | 2026-03-09   |               |              | one star: -100 points, four times
                K        | MFN     | UNSHIPPED |              | 2026-03-30   | 2026-04-01 23:59 |              |               |              | not shipped yet, and not due: left out
                L        | AFN     | SHIPPED   |              | 2026-03-31   |                  |              |               |              | today, shipped by Amazon: 100 points, four times
            """,
            "feedback": """
                order_id | rated_on   | rating
                J        | 2026-03-15 | 1
            """,
            "claims": """
                order_id | claim_type | opened_on  | claim_status | funded_by
                C        | A_TO_Z     | 2025-06-20 | GRANTED      | SELLER
            """,
            "tracking": """
                order_id | package_id | tracking_promised_on | has_valid_tracking
                I        | 1          | 2026-03-27           | yes
            """,
        },
        expected={"handbook": (740, 33), "amazon-2026": (740, 33)},
    ),
    lesson=lesson,
)
