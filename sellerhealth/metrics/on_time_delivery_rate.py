"""On-Time Delivery Rate: how many units came by the promised day."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import CLEAN, Basis, Choice, Definition, Need, Option
from sellerhealth.definition.target import Condition
from sellerhealth.metrics.choices import shipped_by_us
from sellerhealth.metrics.lessons.on_time_delivery_rate import lesson

is_known = pl.col("is_on_time").is_not_null() | (pl.col("undelivered_units") & pl.col("is_over"))

on_time_delivery_rate = Definition(
    name="on_time_delivery_rate",
    notebook="10_on_time_delivery_rate",
    label="On-Time Delivery Rate",
    abbreviation="OTDR",
    question="Of the units we sent, how many came by the promised day?",
    defect=("late unit", "late units"),
    unit_counted=("unit", "units"),
    fact="units",
    channels=("MFN",),
    condition=Condition.AT_LEAST,
    event_date=Choice(
        question="Which day puts a unit into the window?",
        options={"promised": Option(meaning="the promised day of delivery", expression=pl.col("promised_on"))},
    ),
    population=shipped_by_us & is_known,
    defective=~pl.col("is_on_time").fill_null(value=False),
    figure=CLEAN,
    units=pl.col("units"),
    choices={
        "undelivered_units": Choice(
            question="Does a unit count that has not arrived?",
            options={
                "left_out": Option(meaning="no, only one with a delivery scan", expression=pl.lit(value=False)),
                "late": Option(meaning="yes, as late once its day is over", expression=pl.lit(value=True)),
            },
        )
    },
    exclusions={"Shipped by Amazon": ~shipped_by_us, "Not delivered yet": pl.col("arrived_on").is_null() & ~is_known},
    needs=(
        Need(
            any_of=("deliveries", "orders.deliver_by_at"),
            without=Basis.NOT_COMPUTABLE,
            reason="No file says by when orders were promised.",
            remedy="Add the on-time delivery download (Performance, Account Health, On-Time Delivery Rate).",
        ),
        Need(
            any_of=("deliveries", "orders.delivered_at"),
            without=Basis.NOT_COMPUTABLE,
            reason="No file says when orders were delivered.",
            remedy="Add the on-time delivery download (Performance, Account Health, On-Time Delivery Rate).",
        ),
        Need(
            any_of=(
                "deliveries.every_unit",
                "orders.delivered_at",
            ),
            without=Basis.NOT_COMPUTABLE,
            reason="The list holds nothing delivered on time: it may name only what was late, and not say out of how many.",
            remedy="Take Amazon's own figure from the seller performance report until a list holds every delivery.",
            about=("deliveries",),
        ),
    ),
    dimensions={
        "carrier": pl.col("carrier"),
        "sku": pl.col("sku"),
        "weekday": pl.col("event_on").dt.to_string("%A"),
    },
    leading_split=("carrier",),
    defect_columns=("promised_on", "arrived_on", "units", "carrier"),
    counted="Units delivered on the promised day or before, extensions not counted.",
    out_of="Units sent by us with a delivery scan whose delivery was promised in the window.",
    why="Below 90 % Amazon takes the offers of the worst listings down.",
    how_to_act=(
        "Look at the carrier with the most late units, and set a longer transit time for it.",
        "Let Amazon set handling and transit times, and buy the label there: then late deliveries do not count.",
    ),
    caveats=(
        "It counts units: three late mugs in one order count three times.",
        "The promise counts as it was when the buyer bought, without any extension.",
        "Whether the window ends 7 or 8 days ago is not established; 7 is taken.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "deliveries": """
                order_id | sku  | units | delivery_promised_on | delivery_arrived_on | is_on_time | remark
                A        | MUG  | 1     | 2026-03-11           | 2026-03-10          |            | a day early, on the window's first day
                B        | MUG  | 1     | 2026-03-10           | 2026-03-20          |            | a day older: gone
                C        | MUG  | 1     | 2026-03-15           | 2026-03-16          |            | a day late
                D        | MUG  | 3     | 2026-03-15           | 2026-03-15          |            | three units, on the day: three on time
                E        | MUG  | 2     | 2026-03-16           | 2026-03-18          |            | two units, late: both count
                F        | MUG  | 1     | 2026-03-17           | 2026-03-17          |            | on the very day: on time
                G        | MUG  | 1     | 2026-03-24           | 2026-03-23          |            | the window's last day: seven days ago
                H        | MUG  | 1     | 2026-03-25           | 2026-03-30          |            | too young: counts from tomorrow
                I        | MUG  | 1     | 2026-03-18           | 2026-03-25          |            | shipped by Amazon: left out
                J        | MUG  | 1     | 2026-03-18           |                     |            | not delivered: left out
                K        | MUG  | 1     | 2026-03-18           | 2026-03-19          | yes        | a day late, but Amazon itself says on time
                L        | MUG  |       | 2026-03-19           | 2026-03-18          |            | no number told: one unit, on time
            """,
            "orders": """
                order_id | channel
                I        | AFN
            """,
        },
        expected={"handbook": (8, 11), "amazon-2026": (8, 11)},
    ),
    lesson=lesson,
)
