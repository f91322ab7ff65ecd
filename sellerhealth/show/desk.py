"""The message desk: what to answer now, the five tips beside their figures, and when messages come."""

from typing import Any

import altair as alt
import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Unit
from sellerhealth.measure.habits import WEEKDAYS
from sellerhealth.show import numbers
from sellerhealth.show.display import titled
from sellerhealth.show.table import MOST_ROWS, Table, first_shown, table

TIPS = {
    1: "Shorten response and resolution.",
    2: "Have an address that works.",
    3: "Answer fulfilment first: cancellations, returns, deliveries.",
    4: "Say that you have it, and ask for what is missing, on every day of the week.",
    5: "Send no automatic replies.",
}
FIGURES = {
    "hours_to_answer": "Middle time to the answer",
    "resolution_hours": "Middle time to the last answer of a conversation",
    "contact_address": "A contact address is set",
    "fulfilment_first": "Fulfilment answered first, when it waited",
    "weekend_in_time": "Answered in time, of what came on Saturday and Sunday",
    "automatic_replies": "Replies that count as automatic",
}
DUE_NOW = "due now"
LONG = 72
"""From so many hours on, days say it better."""


def time_left(hours: float) -> str:
    """What is left of a deadline, or by how much it has passed.

    Example:
        >>> time_left(3.25), time_left(-30), time_left(-100)
        ('3.3 hours left', '30 hours overdue', '4 days overdue')
        >>> time_left(0.5), time_left(0)
        ('30 minutes left', 'due now')
    """
    much, minutes = abs(hours), round(abs(hours) * 60)
    if not minutes:
        return DUE_NOW
    if much >= LONG:
        told = numbers.count(int(much // 24), ("day", "days"))
    else:
        told = numbers.figure(much, Unit.HOURS) if much >= 1 else numbers.count(minutes, ("minute", "minutes"))
    return f"{told} {'left' if hours > 0 else 'overdue'}"


def queue_table(waiting: pl.DataFrame, account: Account) -> Table:
    """What waits for an answer, the most urgent first: fulfilment, then the least time left."""
    local = pl.col("first_received_at").dt.convert_time_zone(account.zone)
    shown = waiting.head(MOST_ROWS).select(
        pl.col("topic").str.to_titlecase().alias("About"),
        pl.col("order_id").alias("Order"),
        pl.col("thread_id").alias("Conversation"),
        pl.col("waiting").alias("Messages that wait"),
        local.alias("Since"),
        pl.Series("Time left", [time_left(hours) for hours in waiting["hours_left"].head(MOST_ROWS)]),
    )
    told = numbers.count(waiting.height, ("conversation waits", "conversations wait"))
    note = "Fulfilment first, then the least time left."
    return table(shown, f"{told} for an answer", f"{note}{first_shown(waiting.height)}")


def tips_table(figures: pl.DataFrame) -> Table:
    """Each of the five tips beside the figure that shows whether it is followed, and what it was before."""
    rows = [
        {
            "Tip": TIPS[row["tip"]],
            "Figure": FIGURES[row["figure"]],
            "Now": _told(row["now_value"], row),
            "Before": _plain(row["before_value"], row["unit"]),
        }
        for row in figures.iter_rows(named=True)
    ]
    return table(pl.DataFrame(rows), "The five tips", "The last four weeks, and the four weeks before.")


def weekdays_table(answers: pl.DataFrame) -> Table:
    """The messages of each weekday, and how many were answered in time."""
    shares = [None if value is None else numbers.percent(value) for value in answers["value"]]
    shown = answers.select(
        pl.col("weekday").alias("Day"),
        pl.col("contacts").alias("Messages"),
        pl.col("in_time").alias("Answered in time"),
        pl.Series("Share", shares, dtype=pl.String()),
    )
    return table(shown, "Answers by weekday", "By the day the message came in, the last four weeks.")


def arrivals_chart(found: pl.DataFrame) -> alt.LayerChart | None:
    """When late answers were asked for: weekday by hour; None without a message."""
    if not found["contacts"].sum():
        return None
    late = found.filter(pl.col("late") > 0)
    base = alt.Chart(found.filter(pl.col("contacts") > 0)).encode(
        x=alt.X("hour:O", title="Hour it came in", scale=alt.Scale(domain=found["hour"].unique().sort().to_list())),
        y=alt.Y("weekday:O", title=None, sort=list(WEEKDAYS), axis=alt.Axis(grid=False)),
        tooltip=[
            alt.Tooltip("weekday:N"),
            alt.Tooltip("hour:N"),
            alt.Tooltip("contacts:Q", title="messages"),
            alt.Tooltip("late:Q", title="late"),
        ],
    )
    some: Any = alt.datum.late > 0
    layers = [
        base.mark_rect(style="line", cornerRadius=3, opacity=0.5, stroke=None),
        base.transform_filter(some).mark_rect(style="bad", cornerRadius=3, opacity=0.35),
        base.transform_filter(some).mark_text(style="ink", fontWeight=600).encode(text=alt.Text("late:Q")),
    ]
    days = late.group_by("weekday").agg(pl.col("late").sum()).sort("late", "weekday", descending=[True, False])
    says = " ".join(f"{row['weekday']}: {row['late']:,} late." for row in days.head(3).iter_rows(named=True))
    answers = numbers.count(int(found["late"].sum()), ("late answer", "late answers"))
    told = f"{answers} of {numbers.count(int(found['contacts'].sum()), ('message', 'messages'))}"
    asks, height = "When did the messages come in that were answered late?", 26 * len(WEEKDAYS)
    return titled(layers, asks, told, says or "None was late.", height=height)


def _told(value: float | None, row: dict[str, Any]) -> str:
    """A share with its counts, hours with how many they are of."""
    shown = _plain(value, row["unit"])
    if value is None or row["unit"] == "yes or no":
        return shown
    return f"{shown} ({row['now_count']:,} of {row['now_out_of']:,})"


def _plain(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return {True: "yes", False: "no"}[value > 0] if unit == "yes or no" else numbers.figure(value, unit)
