"""Valid Tracking Rate: how many packages could be followed."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import CLEAN, Basis, Choice, Definition, Need, Option
from sellerhealth.definition.target import Condition
from sellerhealth.metrics.choices import shipped_by_us
from sellerhealth.metrics.lessons.valid_tracking_rate import lesson

valid_tracking_rate = Definition(
    name="valid_tracking_rate",
    notebook="09_valid_tracking_rate",
    label="Valid Tracking Rate",
    abbreviation="VTR",
    question="Of the packages we sent, how many could be followed?",
    defect=("package without valid tracking", "packages without valid tracking"),
    unit_counted=("package", "packages"),
    fact="packages",
    channels=("MFN",),
    condition=Condition.GREATER_THAN,
    event_date=Choice(
        question="Which day puts a package into the window?",
        options={"promised": Option(meaning="the promised day of delivery", expression=pl.col("promised_on"))},
    ),
    population=shipped_by_us & pl.col("has_valid_tracking").is_not_null(),
    defective=~pl.col("has_valid_tracking"),
    figure=CLEAN,
    exclusions={
        "Shipped by Amazon": ~shipped_by_us,
        "Not judged by Amazon": pl.col("has_valid_tracking").is_null(),
    },
    needs=(
        Need(
            any_of=("tracking",),
            without=Basis.NOT_COMPUTABLE,
            reason="No file says which packages had valid tracking.",
            remedy="Add the valid tracking download (Performance, Account Health, Valid Tracking Rate).",
        ),
        Need(
            any_of=("tracking.every_package",),
            without=Basis.NOT_COMPUTABLE,
            reason="The list holds no package with valid tracking: it may name only those without, and not say out of how many.",
            remedy="Take Amazon's own figure from the seller performance report until a list holds every package.",
            about=("tracking",),
        ),
    ),
    dimensions={
        "category": pl.col("category"),
        "carrier": pl.col("carrier"),
        "weekday": pl.col("event_on").dt.to_string("%A"),
    },
    leading_split=("category", "carrier"),
    defect_columns=("promised_on", "category", "carrier"),
    counted="Packages with at least one scan by the named carrier.",
    out_of="Packages sent by us whose delivery was promised in the window.",
    why="Below the target Amazon stops your own shipping in that category. Without tracking a claim is lost as well.",
    how_to_act=(
        "Look at the category below its target first: Amazon acts by category.",
        "Name the carrier exactly as Amazon does; a wrong name makes a good number invalid.",
        "Send the number with the confirmation, not after the delivery.",
    ),
    caveats=(
        "It goes by package, not by order, and by the promised day: a package of today shows in about two weeks.",
        "A correction takes Amazon up to three days.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "tracking": """
                order_id | package_id | tracking_promised_on | has_valid_tracking | product_category | remark
                A        | 1          | 2026-02-20           | yes                | Home     | valid, on the window's first day
                B        | 1          | 2026-02-19           | no                 | Home     | a day older: gone
                C        | 1          | 2026-03-01           | yes                | Home     | valid
                D        | 1          | 2026-03-02           | no                 | Home     | no scan: not valid
                E        | 1          | 2026-03-03           | yes                | Home     | first package of order E: valid
                E        | 2          | 2026-03-03           | no                 | Home     | second package of order E: not valid, packages count
                G        | 1          | 2026-03-21           | yes                | Books    | the window's last day: ten days ago
                H        | 1          | 2026-03-22           | no                 | Books    | too young: counts from tomorrow
                I        | 1          | 2026-03-05           | no                 | Books    | shipped by Amazon: left out
                J        | 1          | 2026-03-06           |                    | Books    | not judged: left out
                K        | 1          | 2026-03-07           | yes                | Books    | valid
                L        | 1          | 2026-03-08           | yes                | Books    | valid
            """,
            "orders": """
                order_id | channel
                I        | AFN
            """,
        },
        expected={"handbook": (6, 8), "amazon-2026": (6, 8)},
    ),
    lesson=lesson,
)
