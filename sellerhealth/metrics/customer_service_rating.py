"""Customer Service Rating: how content buyers say they were with an answer."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Basis, Choice, Definition, Need, Option, Sum, Unit
from sellerhealth.definition.target import Condition
from sellerhealth.metrics.lessons.customer_service_rating import lesson

score = pl.col("score")

customer_service_rating = Definition(
    name="customer_service_rating",
    notebook="07_customer_service_dashboard",
    label="Customer Service Rating",
    abbreviation="CSR",
    question="How content are buyers with our answers, on a scale to ten?",
    unit=Unit.OF_TEN,
    defect=("unhappy answer", "unhappy answers"),
    unit_counted=("answer", "answers"),
    fact="answers",
    channels=("ALL",),
    condition=Condition.GREATER_THAN,
    event_date=Choice(
        question="Which day puts an answer into the window?",
        options={"answered": Option(meaning="the day the buyer answered", expression=pl.col("answered_on"))},
    ),
    population=score.is_not_null(),
    defective=score < pl.col("content_from"),
    figure=Sum(worst=score, best=score),
    values={"content_from": "From which score on is a buyer content?"},
    exclusions={"No score given": score.is_null()},
    needs=(
        Need(
            any_of=("surveys.score",),
            without=Basis.NOT_COMPUTABLE,
            reason="There is no file of survey answers with a score.",
            remedy="Add a surveys CSV; data/README.md lists its columns.",
        ),
    ),
    dimensions={"score_given": score.cast(pl.String), "weekday": pl.col("event_on").dt.to_string("%A")},
    leading_split=("weekday",),
    defect_columns=("answered_on", "score"),
    counted="The scores buyers gave after a contact, 0 to 10.",
    out_of="Survey answers of the window; of several about one conversation, the last.",
    why="It is what buyers say themselves, before they say it in public.",
    how_to_act=(
        "Read the conversations behind the lowest scores of the last two weeks.",
        "Compare the weeks: what changed when the rating fell?",
    ),
    caveats=(
        "With few answers one angry buyer moves it a lot; below the least number there is no rating.",
        "Amazon computes it over four weeks, and keeps the last valid value when answers are too few.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "surveys": """
                thread_id | answered_at      | score | is_solved | remark
                A         | 2026-02-01 10:00 | 1     | no        | the Sunday before the eight weeks: gone
                B         | 2026-02-02 10:00 | 9     | yes       | the handbook's first day
                C         | 2026-03-01 10:00 | 8     | yes       | too old for Amazon's four weeks
                D         | 2026-03-02 10:00 | 10    | yes       | the first day of Amazon's four weeks
                E         | 2026-03-05 10:00 | 3     | no        | answered again a day later: the last one counts
                E         | 2026-03-06 10:00 | 7     | yes       | the last answer about conversation E
                G         | 2026-03-29 10:00 | 10    | yes       | the last Sunday
                H         | 2026-03-30 10:00 | 5     | no        | Monday: belongs to the week that is not over
                I         | 2026-03-08 10:00 |       | yes       | no score: left out
                J         | 2026-03-10 10:00 | 0     | no        | unhappy
                K         | 2026-03-12 10:00 | 8     | yes       | content
                L         | 2026-03-20 10:00 | 10    | yes       | content
            """
        },
        expected={"handbook": (62, 8), "amazon-2026": (45, 6)},
    ),
    lesson=lesson,
)
