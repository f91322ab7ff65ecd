"""Feedback rating: how many of the ratings were good ones."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Basis, Choice, Definition, Need, Option, Sum
from sellerhealth.definition.target import Condition
from sellerhealth.metrics.lessons.feedback_rating import lesson

is_good = pl.col("rating") >= 4

feedback_rating = Definition(
    name="feedback_rating",
    notebook="06_seller_rating",
    label="Feedback rating",
    abbreviation="feedback",
    question="Of all ratings, how many had four or five stars?",
    defect=("negative rating", "negative ratings"),
    unit_counted=("rating", "ratings"),
    fact="ratings",
    channels=("ALL",),
    condition=Condition.GREATER_THAN,
    event_date=Choice(
        question="Which day puts a rating into the window?",
        options={"received": Option(meaning="the day it was received", expression=pl.col("received_on"))},
    ),
    population=pl.col("rating").is_not_null(),
    defective=pl.col("rating") <= 2,
    figure=Sum(worst=is_good, best=is_good),
    exclusions={"No rating in the file": pl.col("rating").is_null()},
    needs=(
        Need(
            any_of=("feedback.every_star",),
            without=Basis.NOT_COMPUTABLE,
            reason="Amazon's feedback file holds only one to three stars, so the share of good ratings cannot be told.",
            remedy="Read it off Feedback Manager, or map a file with all ratings.",
        ),
    ),
    dimensions={"stars": pl.col("rating").cast(pl.String), "weekday": pl.col("event_on").dt.to_string("%A")},
    leading_split=("stars",),
    defect_columns=("received_on", "rating"),
    counted="Ratings of four or five stars.",
    out_of="All ratings received in the window that still stand.",
    why="Buyers see it before they buy. The negative ones also count for the Order Defect Rate.",
    how_to_act=(
        "Ask Amazon to remove ratings that are about the product, or about delivery by Amazon.",
        "Answer each negative rating, and mend what it names.",
    ),
    caveats=(
        "It goes by the day of the rating; the Order Defect Rate goes by the day of the order.",
        "Three stars are neutral: neither good nor negative.",
        "Amazon's own feedback file never holds four or five stars.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "feedback": """
                order_id | rated_on   | rating | removed_on | remark
                A        | 2026-03-01 | 5      |            | good
                B        | 2026-03-02 | 4      |            | good
                C        | 2026-03-03 | 3      |            | neutral: counted, not good
                D        | 2026-03-04 | 2      |            | negative
                E        | 2026-03-05 | 1      |            | negative
                F        | 2026-03-06 | 1      | 2026-03-20 | removed: no longer there
                G        | 2026-03-07 | 1      | 2026-04-05 | removed later than today: still there
                H        | 2025-04-01 | 5      |            | the window's first day: good
                I        | 2025-03-31 | 1      |            | a day older: gone
                J        | 2026-03-31 | 5      |            | today: good
                K        | 2026-04-02 | 5      |            | not received yet
                L        | 2026-02-01 | 5      |            | good
            """
        },
        expected={"handbook": (5, 9), "amazon-2026": (5, 9)},
    ),
    lesson=lesson,
)
