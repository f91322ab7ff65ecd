"""What a row of an account is counted as, asked of those whose own columns tell it."""

from collections.abc import Sequence
from datetime import date, datetime

import polars as pl

from sellerhealth import facts
from sellerhealth.definition import policy as policies
from sellerhealth.definition.account import Account
from sellerhealth.definition.lesson import Answer, Question
from sellerhealth.definition.metric import Metric
from sellerhealth.demo.dice import Dice
from sellerhealth.learn.worked import ROW
from sellerhealth.measure.tally import EVERY_CHANNEL, rows, window
from sellerhealth.metrics import policy
from sellerhealth.show import numbers
from sellerhealth.show.table import HEADINGS

TOLD_BY = {
    "late_dispatch_rate": ("late_from", ("ship_by_on", "confirmed_on")),
    "contact_response_time": ("hours_to_answer", ("received_at", "first_own_answer_at")),
    "average_response_time": ("hours_to_answer", ("received_at", "first_own_answer_at")),
    "customer_service_rating": ("content_from", ("score",)),
    "on_time_delivery_rate": ("event_date", ("promised_on", "arrived_on")),
}
"""The choice or value that decides, and the columns that tell it, of the metrics that have such."""


def counts_as(metric: Metric, account: Account, as_of: date, dice: Dice) -> Question | None:
    """What a row is counted as: a defect, none, or not at all. One on which policies differ goes before others."""
    decides, told_by = TOLD_BY.get(metric.name, ("", ()))
    found = _counted(metric, account, as_of, told_by) if told_by else pl.DataFrame()
    if found.is_empty():
        return None
    near = found.filter("is_near")
    pool = near if near.height else found.filter(pl.col("is_defect") == dice.chance(0.5))
    pool = pool if pool.height else found
    row = pool.row(dice.between(0, pool.height - 1), named=True)
    said = "; ".join(f"{HEADINGS[name].lower()}: {_value(row[name])}" for name in told_by)
    one = f"{ROW[metric.definition.fact][0].capitalize()} {row[facts.IDENTITY[metric.definition.fact][0]]}"
    asks = f"{one} ({said}). What is it for the {metric.label}, under the policy {policy(metric.policy).label}?"
    return Question(asks=asks, answers=_answers(metric, _rule(metric, decides), is_defect=row["is_defect"]))


def _answers(metric: Metric, rule: str, *, is_defect: bool) -> tuple[Answer, ...]:
    (bad, _), (_, many) = metric.definition.defect, metric.definition.unit_counted
    texts = {
        True: f"Counted, and {'an' if bad[0] in 'aeiou' else 'a'} {bad}",
        False: f"Counted, and no {bad}",
        None: "Not counted at all",
    }
    ideas = {
        True: "Whatever is not perfect counts against you.",
        False: "It turned out well in the end, so it does not count against you.",
        None: f"What is settled is no longer one of the {many}.",
    }
    return tuple(
        Answer(text=text, told=rule, idea="" if which is is_defect else ideas[which]) for which, text in texts.items()
    )


def _rule(metric: Metric, decides: str) -> str:
    """What is counted, and the reading or the number of the policy that decides here."""
    definition = metric.definition
    if decides in definition.values:
        return f"{definition.counted} {definition.values[decides]} {metric.terms.values[decides]:,}."
    choice = definition.choices.get(decides, definition.event_date)
    return f"{definition.counted} {choice.question} {metric.option(decides).meaning.capitalize()}."


def _counted(metric: Metric, account: Account, as_of: date, told_by: Sequence[str]) -> pl.DataFrame:
    """The rows of the window that are counted and tell it all; `is_near` where another policy judges otherwise."""
    start, end = window(metric, as_of, metric.window_days)
    head = metric.definition.channels[0]
    ours = pl.lit(head in EVERY_CHANNEL) | (pl.col("channel").cast(pl.String) == head)
    is_told = pl.all_horizontal(pl.col(name).is_not_null() for name in told_by)
    inside = pl.col("is_counted") & ~pl.col("is_unknown") & pl.col("event_on").is_between(start, end) & ours & is_told
    identity = list(facts.IDENTITY[metric.definition.fact])
    mine = rows(metric, account, as_of).filter(inside).select(*identity, *told_by, "is_defect")
    others = [policy(name)[metric.name] for name in policies.names() if name != metric.policy]
    for other in others:
        theirs = rows(other, account, as_of).select(*identity, pl.col("is_defect").alias("theirs"))
        mine = mine.join(theirs.unique(identity), on=identity, how="left")
        mine = mine.with_columns((pl.col("theirs") != pl.col("is_defect")).alias("is_near")).drop("theirs")
    zone = pl.selectors.datetime().dt.convert_time_zone(account.zone)
    return mine.sort(*identity, *told_by).collect().with_columns(zone)


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%a} {numbers.day(value.date())}, {value:%H:%M}"
    return numbers.day(value) if isinstance(value, date) else f"{value}"
