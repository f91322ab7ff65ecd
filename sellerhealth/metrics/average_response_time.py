"""Average Response Time: how many hours a buyer waits for an answer."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Definition, Sum, Unit
from sellerhealth.definition.target import Condition
from sellerhealth.metrics import choices
from sellerhealth.metrics.lessons.average_response_time import lesson

taken = pl.col("automatic_replies") - pl.col("received_at")
seconds = taken.dt.total_seconds()

average_response_time = Definition(
    name="average_response_time",
    notebook="07_customer_service_dashboard",
    label="Average Response Time",
    abbreviation="ART",
    question="How many hours does a buyer wait for an answer?",
    unit=Unit.HOURS,
    defect=("late answer", "late answers"),
    unit_counted=("answered message", "answered messages"),
    fact="contacts",
    channels=("ALL",),
    condition=Condition.LESS_THAN,
    event_date=choices.received_day,
    population=~pl.col("needs_no_response") & pl.col("automatic_replies").is_not_null(),
    defective=taken > pl.duration(hours=pl.col("hours_to_answer")),
    figure=Sum(worst=seconds, best=seconds),
    choices={"automatic_replies": choices.automatic_replies},
    values={"hours_to_answer": choices.hours_to_answer},
    exclusions={
        "Marked as needing no response": pl.col("needs_no_response"),
        "No answer yet": pl.col("automatic_replies").is_null(),
    },
    needs=(choices.MESSAGES,),
    dimensions={"topic": pl.col("topic"), "hour": pl.col("hour"), "weekday": pl.col("weekday")},
    leading_split=("weekday",),
    defect_columns=("received_at", "first_own_answer_at", "topic"),
    counted="The hours from each message to its answer, nights and weekends included.",
    out_of="Messages from buyers received in the window that were answered.",
    why="The faster the answer, the fewer buyers write again or open a claim.",
    how_to_act=(
        "Look for the few that took days: they make the average.",
        "Answer twice a day, also on Saturday and Sunday.",
    ),
    caveats=(
        "Messages without an answer are not in it: see Contact Response Time for those.",
        "An automatic reply is no answer.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "messages": """
                message_id | thread_id | sender | sent_at             | needs_no_response | is_automatic | remark
                A          | 1         | BUYER  | 2026-02-02 10:00    |                   |              | 2 hours, on the first day of the eight weeks
                           | 1         | SELLER | 2026-02-02 12:00    |                   |              |
                B          | 2         | BUYER  | 2026-02-01 10:00    |                   |              | the Sunday before: gone
                           | 2         | SELLER | 2026-02-01 11:00    |                   |              |
                C          | 3         | BUYER  | 2026-02-13 18:00    |                   |              | from Friday evening to Monday: 63 hours
                           | 3         | SELLER | 2026-02-16 09:00    |                   |              |
                D          | 4         | BUYER  | 2026-03-02 10:00    |                   |              | 24 hours
                           | 4         | SELLER | 2026-03-03 10:00    |                   |              |
                E          | 1         | BUYER  | 2026-02-02 14:00    | yes               |              | "thank you": left out
                F          | 6         | BUYER  | 2026-03-04 10:00    |                   |              | the machine's reply is no answer: 48 hours
                           | 6         | SELLER | 2026-03-04 10:00:20 |                   | yes          |
                           | 6         | SELLER | 2026-03-06 10:00    |                   |              |
                G          | 7         | BUYER  | 2026-03-10 10:00    |                   |              | no answer: left out here
                H          | 8         | BUYER  | 2026-03-29 09:00    |                   |              | 1 hour, on the last Sunday
                           | 8         | SELLER | 2026-03-29 10:00    |                   |              |
                I          | 9         | BUYER  | 2026-03-30 09:00    |                   |              | Monday: belongs to the week that is not over
                           | 9         | SELLER | 2026-03-30 10:00    |                   |              |
                J          | 10        | BUYER  | 2026-03-24 09:00    |                   |              | 27 hours
                K          | 10        | BUYER  | 2026-03-25 08:00    |                   |              | answered by the same reply: 4 hours
                           | 10        | SELLER | 2026-03-25 12:00    |                   |              |
                L          | 12        | BUYER  | 2026-03-07 20:00    |                   |              | to 20:00 the next day, but the clocks went forward: 23 hours
                           | 12        | SELLER | 2026-03-08 20:00    |                   |              |
            """
        },
        expected={"handbook": (691_200, 8), "amazon-2026": (691_200, 8)},
    ),
    lesson=lesson,
)
