"""First Contact Resolution Rate: how many matters were solved by the first answer."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import CLEAN, Basis, Choice, Definition, Need, Option
from sellerhealth.definition.target import Condition
from sellerhealth.metrics import choices
from sellerhealth.metrics.lessons.first_contact_resolution_rate import lesson

answer_at, next_at, end_at = pl.col("first_own_answer_at"), pl.col("next_own_message_at"), pl.col("end_at")
same_matter = pl.duration(days=pl.col("same_matter_days"))
waited_too_long = end_at - pl.col("started_at") > pl.duration(hours=pl.col("hours_to_answer"))
not_solved = (next_at - answer_at <= same_matter).fill_null(answer_at.is_null() & waited_too_long)
solved = (end_at - answer_at >= same_matter).fill_null(value=False)
by_silence = pl.when(not_solved.fill_null(value=False)).then(pl.lit(value=False)).when(solved).then(pl.lit(value=True))
is_solved = pl.coalesce("survey_answer", pl.when("silence").then(by_silence))

first_contact_resolution_rate = Definition(
    name="first_contact_resolution_rate",
    notebook="07_customer_service_dashboard",
    label="First Contact Resolution Rate",
    abbreviation="FCR",
    question="Of all matters, how many were solved by the first answer?",
    defect=("matter not solved at once", "matters not solved at once"),
    unit_counted=("matter", "matters"),
    fact="matters",
    channels=("ALL",),
    condition=Condition.GREATER_THAN,
    event_date=Choice(
        question="Which day puts a matter into the window?",
        options={
            "started": Option(
                meaning="the day the buyer first wrote; of the survey's answer where no message is known",
                expression=pl.coalesce("started_on", "surveyed_on"),
            )
        },
    ),
    population=is_solved.is_not_null(),
    defective=~is_solved,
    figure=CLEAN,
    choices={
        "survey_answer": Choice(
            question="Does the buyer's answer in the survey decide?",
            options={
                "decides": Option(meaning="yes, where the buyer gave one", expression=pl.col("is_solved")),
                "left_aside": Option(meaning="no", expression=pl.lit(None, dtype=pl.Boolean)),
            },
        ),
        "silence": Choice(
            question="Does silence after the answer mean that it was solved?",
            options={
                "counts": Option(meaning="yes, once it has lasted long enough", expression=pl.lit(value=True)),
                "left_aside": Option(meaning="no, only the survey tells", expression=pl.lit(value=False)),
            },
        ),
    },
    values={
        "same_matter_days": "Within how many days is a further message about the same matter?",
        "hours_to_answer": choices.hours_to_answer,
    },
    exclusions={"Too early to say, or nobody was asked": is_solved.is_null()},
    needs=(
        Need(
            any_of=("messages", "surveys.is_solved"),
            without=Basis.NOT_COMPUTABLE,
            reason="There is neither a file of messages nor one of survey answers.",
            remedy="Map your helpdesk's export, or add a messages CSV; data/README.md lists its columns.",
        ),
    ),
    dimensions={"topic": pl.col("topic"), "weekday": pl.col("event_on").dt.to_string("%A")},
    leading_split=("topic",),
    defect_columns=("started_on", "topic"),
    counted="Matters with one answer and no further message of the buyer, or that the buyer calls solved.",
    out_of="Matters that buyers first wrote about in the window, and whose outcome is known.",
    why="Each further message costs time twice, the buyer's and yours, and a matter that drags on ends in a claim.",
    how_to_act=(
        "Read the threads of the topic with the most further messages: what did the first answer leave open?",
        "Ask for everything you need in the first answer, and say what happens next and when.",
    ),
    caveats=(
        "No definition of Amazon's is published; this one goes by threads, and by the survey where the buyer answered.",
        "Silence is taken for solved, which is kinder than the truth.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "messages": """
                message_id | thread_id | sender | sent_at          | needs_no_response | remark
                A          | A         | BUYER  | 2026-02-02 10:00 |                   | one answer, then silence: solved, on the first day
                           | A         | SELLER | 2026-02-02 12:00 |                   |
                B          | B         | BUYER  | 2026-02-01 10:00 |                   | a day before the eight weeks: gone
                           | B         | SELLER | 2026-02-01 12:00 |                   |
                C          | C         | BUYER  | 2026-03-02 10:00 |                   | the buyer wrote again three days later: not solved
                           | C         | SELLER | 2026-03-02 14:00 |                   |
                           | C         | BUYER  | 2026-03-05 09:00 |                   |
                D          | D         | BUYER  | 2026-03-02 10:00 |                   | wrote again nine days later: another matter, so this one was solved
                           | D         | SELLER | 2026-03-03 10:00 |                   |
                           | D         | BUYER  | 2026-03-12 11:00 |                   |
                E          | E         | BUYER  | 2026-03-10 10:00 |                   | wrote again after exactly seven days: not solved
                           | E         | SELLER | 2026-03-10 12:00 |                   |
                           | E         | BUYER  | 2026-03-17 12:00 |                   |
                F          | F         | BUYER  | 2026-03-05 10:00 |                   | only thanked us: solved
                           | F         | SELLER | 2026-03-05 12:00 |                   |
                           | F         | BUYER  | 2026-03-05 13:00 | yes               |
                G          | G         | BUYER  | 2026-03-10 10:00 |                   | never answered: not solved
                H          | H         | BUYER  | 2026-03-26 10:00 |                   | seven days are not over: too early to say
                           | H         | SELLER | 2026-03-26 12:00 |                   |
                I          | I         | BUYER  | 2026-03-24 10:00 |                   | seven days of silence: solved
                           | I         | SELLER | 2026-03-24 12:00 |                   |
                J          | J         | BUYER  | 2026-03-16 09:00 |                   | wrote twice before the first answer, not after it: solved
                           | J         | BUYER  | 2026-03-16 10:00 |                   |
                           | J         | SELLER | 2026-03-16 11:00 |                   |
                K          | K         | BUYER  | 2026-03-16 09:00 |                   | silence, but in the survey the buyer says it is not solved
                           | K         | SELLER | 2026-03-16 11:00 |                   |
                L          | L         | BUYER  | 2026-03-29 09:00 |                   | the last Sunday; early, but the buyer says in the survey that it is solved
                           | L         | SELLER | 2026-03-29 11:00 |                   |
            """,
            "surveys": """
                thread_id | answered_at      | score | is_solved
                K         | 2026-03-18 09:00 | 2     | no
                L         | 2026-03-30 09:00 | 9     | yes
            """,
        },
        expected={"handbook": (6, 10), "amazon-2026": (6, 10)},
    ),
    lesson=lesson,
)
