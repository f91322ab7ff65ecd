"""Contact Response Time: how many buyer messages were answered within 24 hours."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import CLEAN, Definition
from sellerhealth.definition.target import Condition
from sellerhealth.metrics import choices
from sellerhealth.metrics.lessons.contact_response_time import lesson

answer_at = pl.col("automatic_replies")
limit = pl.duration(hours=pl.col("hours_to_answer"))
is_open = answer_at.is_null() & (pl.col("end_at") - pl.col("received_at") <= limit)

contact_response_time = Definition(
    name="contact_response_time",
    notebook="03_contact_response_time",
    label="Contact Response Time",
    abbreviation="CRT",
    question="Of all buyer messages, how many were answered within 24 hours?",
    defect=("late answer", "late answers"),
    unit_counted=("message", "messages"),
    fact="contacts",
    channels=("ALL",),
    condition=Condition.AT_LEAST,
    event_date=choices.received_day,
    population=~pl.col("needs_no_response") & ~is_open,
    defective=pl.coalesce(answer_at - pl.col("received_at") > limit, pl.lit(value=True)),
    figure=CLEAN,
    choices={"automatic_replies": choices.automatic_replies},
    values={"hours_to_answer": choices.hours_to_answer},
    exclusions={
        "Marked as needing no response": pl.col("needs_no_response"),
        "Still open: there is time to answer": is_open,
    },
    needs=(choices.MESSAGES,),
    dimensions={"topic": pl.col("topic"), "hour": pl.col("hour"), "weekday": pl.col("weekday")},
    leading_split=("weekday",),
    defect_columns=("received_at", "first_own_answer_at", "topic"),
    counted="Messages answered within 24 hours, on every day of the week.",
    out_of="Messages from buyers received in the window, without those that need no response or can still be answered in time.",
    why="A buyer who waits writes again, claims, or leaves bad feedback. Weekends and holidays count like any day.",
    how_to_act=(
        "Answer what waits now, fulfilment first: cancellations, returns, deliveries.",
        "Look at the hours in which the late ones came in, and have somebody there on that day.",
        "When you cannot solve it yet, say that you have it and ask for what is missing: that is an answer.",
    ),
    caveats=(
        "An automatic reply is no answer.",
        "A second message of the buyer has a clock of its own; the first one's goes on.",
        "It is computed from your helpdesk's file; Amazon's own clock is not in any file.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "messages": """
                message_id | thread_id | sender | sent_at             | needs_no_response | is_automatic | remark
                A          | 1         | BUYER  | 2026-03-02 09:00    |                   |              | answered after 6 hours: in time, on the window's first day
                           | 1         | SELLER | 2026-03-02 15:00    |                   |              |
                B          | 2         | BUYER  | 2026-03-13 18:00    |                   |              | Friday evening, answered on Monday after 63 hours: late
                           | 2         | SELLER | 2026-03-16 09:00    |                   |              |
                C          | 3         | BUYER  | 2026-03-17 10:00    |                   |              | answered after exactly 24 hours: in time
                           | 3         | SELLER | 2026-03-18 10:00    |                   |              |
                D          | 4         | BUYER  | 2026-03-17 10:00    |                   |              | a minute more: late
                           | 4         | SELLER | 2026-03-18 10:01    |                   |              |
                E          | 1         | BUYER  | 2026-03-20 10:00    | yes               |              | "thank you", marked as needing no response: left out
                F          | 6         | BUYER  | 2026-03-23 10:00    |                   |              | a machine replied at once, a person after 48 hours: late
                           | 6         | SELLER | 2026-03-23 10:00:20 |                   | yes          |
                           | 6         | SELLER | 2026-03-25 10:00    |                   |              |
                G          | 7         | BUYER  | 2026-03-28 12:00    |                   |              | no answer, and older than 24 hours: late
                H          | 8         | BUYER  | 2026-03-31 12:00    |                   |              | no answer yet, 12 hours old: still open, left out
                I          | 9         | BUYER  | 2026-03-07 20:00    |                   |              | 20:30 the next day, but the clocks went forward: 23.5 hours, in time
                           | 9         | SELLER | 2026-03-08 20:30    |                   |              |
                J          | 10        | BUYER  | 2026-03-24 09:00    |                   |              | answered after 27 hours: late
                K          | 10        | BUYER  | 2026-03-25 08:00    |                   |              | a second message, answered by the same reply after 4 hours: in time
                           | 10        | SELLER | 2026-03-25 12:00    |                   |              |
                L          | 12        | BUYER  | 2026-03-01 10:00    |                   |              | a day before the window: gone
                           | 12        | SELLER | 2026-03-05 10:00    |                   |              |
            """
        },
        expected={"handbook": (4, 9), "amazon-2026": (4, 9)},
    ),
    lesson=lesson,
)
