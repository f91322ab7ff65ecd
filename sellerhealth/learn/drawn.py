"""Questions drawn from an account's own rows: the right answer is computed, and so is what each wrong idea would give.

Each maker takes a metric, an account, a day and dice, and gives a question, or None where the account has nothing to
ask it of. A wrong answer that happens to be right, or stands already, is left out.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.lesson import Answer, Question
from sellerhealth.definition.metric import Basis, Metric, Unit
from sellerhealth.definition.state import State
from sellerhealth.demo.dice import Dice
from sellerhealth.learn import arithmetic
from sellerhealth.learn.worked import ROW
from sellerhealth.measure.defects import defects
from sellerhealth.measure.evaluate import evaluate, trend
from sellerhealth.measure.judge import missing
from sellerhealth.measure.notifications import notifications
from sellerhealth.measure.tally import EVERY_CHANNEL, rows, tally
from sellerhealth.show import numbers, words

MOST_WRONG, DAYS_BACK = 3, 180


def leaves(metric: Metric, account: Account, as_of: date, dice: Dice) -> Question | None:
    """On which day a defect leaves the window."""
    row = _defect(metric, account, as_of, dice)
    if row is None:
        return None
    gone, day = row["leaves_on"], row["event_on"]
    weekly = metric.terms.is_weekly
    lag = f" and {numbers.count(metric.terms.lag_days, ('day', 'days'))} of delay" if metric.terms.lag_days else ""
    late = "There is a delay." if lag else "Its windows are whole weeks."
    span = numbers.span(metric.window_days)
    since = day + timedelta(days=(7 - day.isoweekday()) if weekly else 0)
    named = f"Its windows are whole weeks: its week ends on {numbers.day(since)}. That" if weekly else "Its day"
    right = f"{named}, {numbers.day(day)}, and the" if not weekly else f"{named} day and the"
    right = f"{right} {span} of the window{lag} make {numbers.day(gone)}."
    wrong = [
        (gone - timedelta(days=1), f"On that day it still counts. It is gone on {numbers.day(gone)}.",
         "The last day it counts is the day it is gone."),
        (as_of + timedelta(days=metric.window_days), f"The window goes by its own day, {numbers.day(day)}.",
         "The window begins on the day one looks."),
        (day + timedelta(days=metric.window_days), f"The window does not end on the day looked at. {late}",
         "Every window ends today and moves each day."),
        (gone + timedelta(days=metric.window_days), "One window is enough.", "What is bad counts for longer."),
    ]  # fmt: skip
    asks = f"{_named(row, metric)} is {_a(metric.definition.defect[0])}. Its day is {numbers.day(day)}: "
    asks += f"{metric.option('event_date').meaning}. On which day is it gone from the {metric.label}?"
    answers = [Answer(text=numbers.day(one), told=told, idea=idea) for one, told, idea in wrong]
    return _question(asks, Answer(text=numbers.day(gone), told=right), answers, dice)


def tomorrow(metric: Metric, account: Account, as_of: date, dice: Dice) -> Question | None:
    """What the rate does until tomorrow if nothing happens at all: what leaves is told, and what comes in."""
    if metric.definition.unit is not Unit.PERCENT:
        return None
    now, then = (evaluate(metric, account, day).row(0, named=True) for day in (as_of, as_of + timedelta(days=1)))
    if now["value"] is None or then["value"] is None:
        return None
    was, will = ((row["numerator"], row["denominator"]) for row in (now, then))
    gone = _leaving(metric, account, as_of, now) if now["window_end"] < then["window_end"] else (0, 0)
    come = (will[0] - was[0] + gone[0], will[1] - was[1] + gone[1])
    if not 0 <= come[0] <= come[1]:
        return None
    sums = [f"{was[place]:,} - {gone[place]:,} + {come[place]:,} = {will[place]:,}" for place in (0, 1)]
    right = f"The numerator is {sums[0]}, the denominator {sums[1]}."
    wrong = [
        (was, f"Both counts change without it. {right}", "Without a new event the rate cannot change."),
        ((was[0] - gone[0], was[1]), f"What leaves, leaves the denominator too. {right}", "The denominator stays."),
        ((was[0], will[1]), f"The numerator changes as well. {right}", "What went wrong stays for ever."),
        ((was[0] + come[0], was[1] + come[1]), f"Some leave as well. {right}", "A window only grows."),
    ]
    asks = f"{metric.label}, {numbers.day(as_of)}: {_figure(*was, metric)}. Until the end of the next day nobody does "
    things = metric.definition.unit_counted
    asks += f"anything. Out of the window: {numbers.count(gone[1], things)}, {gone[0]:,} of them in the numerator. "
    asks += f"Into it: {numbers.count(come[1], things)}, {come[0]:,} of them in the numerator. What is it then?"
    answers = [Answer(text=_figure(*one, metric), told=told, idea=idea) for one, told, idea in wrong]
    return _question(asks, Answer(text=_figure(*will, metric), told=right), answers, dice)


def _leaving(metric: Metric, account: Account, as_of: date, now: words.Row) -> tuple[int, int]:
    """What the first day of the window adds to both sums."""
    days = pl.col("event_on") == now["window_start"]
    found = tally(metric, account, as_of).filter(days & (pl.col("channel") == now["channel"]))
    return int(found["numerator"].sum()), int(found["denominator"].sum())


def headroom(metric: Metric, account: Account, as_of: date, dice: Dice) -> Question | None:
    """How many more defects the target bears."""
    if metric.terms.target is None or metric.definition.unit is not Unit.PERCENT:
        return None
    good = trend(metric, account, as_of, days=DAYS_BACK).filter(
        (pl.col("status") == "GOOD") & (pl.col("channel") == metric.definition.channels[0])
    )
    if good.is_empty():
        return None
    row = good.row(dice.between(0, good.height - 1), named=True)
    spare, goal = int(row["headroom"]), metric.terms.target.value
    more_is_good = metric.definition.condition.more_is_good
    share = 1 - goal if more_is_good else goal
    top = row["denominator"] - row["numerator"] if more_is_good else row["numerator"]
    limit = int(share * row["denominator"])
    defect = metric.definition.defect
    whole, goal_told = row["denominator"], words.target(metric)
    right = f"With {numbers.count(top + spare, defect)} of {whole:,} it is still {goal_told}; one more breaks it."
    wrong = [
        (spare + 1, f"That would make {top + spare + 1} of {whole:,}: no longer {goal_told}.",
         "The figure may reach the target, or pass it a little."),
        (limit, f"{numbers.count(top, defect)} are there already: they use up a part.",
         "The target bears so many on top of those that are there."),
        (max(spare - 1, 0), "One more is still borne.", "One should be kept back."),
    ]  # fmt: skip
    asks = f"On {numbers.day(row['window_end'])} the {metric.label} was {words.rate(row)}, the target is {goal_told}. "
    asks += f"How many more of these {metric.definition.unit_counted[1]} may turn into {defect[1]} before it breaks?"
    answers = [Answer(text=f"{number:,}", told=told, idea=idea) for number, told, idea in wrong]
    return _question(asks, Answer(text=f"{spare:,}", told=right), answers, dice)


def edge(metric: Metric, account: Account, as_of: date, dice: Dice) -> Question | None:
    """Counts drawn by chance beside the target: which of them meet it."""
    if metric.terms.target is None or metric.definition.unit is not Unit.PERCENT:
        return None
    target, times = metric.terms.target, dice.between(2, 9)
    top, bottom = target.value.numerator * times, target.value.denominator * times
    is_met, sense = arithmetic.is_reached(target, top, bottom), words.target(metric)
    exact = f"{top:,} of {bottom:,} is exactly {numbers.percent(float(target.value))}"
    asks = f"{exact}. The {metric.label} must be {sense}. Does {top:,} of {bottom:,} meet the target?"
    told = f"{exact}, and {sense} {'includes' if is_met else 'does not include'} that."
    yes, no = ("Yes.", "No.")
    right, wrong = (yes, no) if is_met else (no, yes)
    ideas = {yes: "Exactly on the target is good enough.", no: "Exactly on the target is never good enough."}
    others = [
        Answer(text=wrong, told=told, idea=ideas[wrong]),
        Answer(text="It depends on how it is rounded.", told=f"Counts are compared, not rounded rates. {told}",
               idea="The rounded rate decides."),
    ]  # fmt: skip
    return _question(asks, Answer(text=right, told=told), others, dice)


def placed(metric: Metric, account: Account, as_of: date, dice: Dice) -> Question | None:
    """Which day puts a defect into the window: its own, or the day it became known."""
    known = metric.definition.known_on
    row = _defect(metric, account, as_of, dice)
    if row is None or known is None:
        return None
    identity = facts.IDENTITY[metric.definition.fact]
    is_it = pl.all_horizontal(pl.col(name) == row[name] for name in identity if row[name] is not None)
    became = rows(metric, account, as_of).filter(is_it).select(known.alias("known")).collect()["known"][0]
    if became is None or became == row["event_on"]:
        return None
    asks = f"{_named(row, metric)}, of {numbers.day(row['event_on'])}, became {_a(metric.definition.defect[0])} on "
    asks += f"{numbers.day(became)}. By which day does the {metric.label} of {numbers.day(as_of)} count it?"
    meaning = metric.option("event_date").meaning
    told = f"What places it is {meaning}: {numbers.day(row['event_on'])}."
    wrong = [
        Answer(text=numbers.day(became), told=told, idea="It counts by the day the trouble comes."),
        Answer(text=numbers.day(as_of), told=told, idea="It counts by the day one looks."),
    ]
    return _question(asks, Answer(text=numbers.day(row["event_on"]), told=told), wrong, dice)


def cannot(metric: Metric, account: Account, as_of: date, dice: Dice) -> Question | None:
    """What is told where a file is lacking."""
    now = evaluate(metric, account, as_of).row(0, named=True)
    if now["basis"] != Basis.NOT_COMPUTABLE:
        return None
    need = missing(metric, account)[0]
    asks = f"{need.reason} What does the page of this account show as its {metric.label}?"
    told = f"Without that file nothing can be said, so nothing is. {need.remedy}"
    wrong = [
        Answer(text="0 %", told=told, idea="What cannot be computed is zero."),
        Answer(text=f"A figure of the {now['denominator']:,} {metric.definition.unit_counted[1]} that are there",
               told=f"They are not all there are, and not a fair part of them. {told}",
               idea="A part of the rows tells the rate of all."),
    ]  # fmt: skip
    return _question(asks, Answer(text="No figure, and the reason why", told=told), wrong, dice)


def state_leaves(state: State, account: Account, as_of: date, dice: Dice) -> Question | None:
    """On which day a notification leaves by itself."""
    found = notifications(state, account, as_of)
    if found.is_empty():
        return None
    row = found.row(dice.between(0, found.height - 1), named=True)
    gone, days = row["leaves_on"], state.terms.windows[0]
    told = (
        f"From {numbers.day(row['notified_on'])} it weighs for {numbers.span(days)}: it is gone on {numbers.day(gone)}."
    )
    category = row["category"].replace("_", " ").lower()
    asks = (
        f"A notification ({category}) came on {numbers.day(row['notified_on'])} and is never resolved. When is it gone?"
    )
    wrong = [
        Answer(
            text=numbers.day(gone - timedelta(days=1)), told=told, idea="The last day it weighs is the day it is gone."
        ),
        Answer(text=numbers.day(as_of + timedelta(days=days)), told=told, idea="Its time begins when it is read."),
        Answer(text="Never, until it is resolved", told=told, idea="Only what is resolved goes."),
    ]
    return _question(asks, Answer(text=numbers.day(gone), told=told), wrong, dice)


def _defect(metric: Metric, account: Account, as_of: date, dice: Dice) -> words.Row | None:
    """One of the rows counted against the seller, of the channel that leads."""
    head = metric.definition.channels[0]
    found = defects(metric, account, as_of)
    found = found if head in EVERY_CHANNEL else found.filter(pl.col("channel") == head)
    return found.row(dice.between(0, found.height - 1), named=True) if found.height else None


def _named(row: words.Row, metric: Metric) -> str:
    """What a row is and by what it is found."""
    one = ROW[metric.definition.fact][0].capitalize()
    return f"{one} {row[facts.IDENTITY[metric.definition.fact][0]]}"


def _figure(numerator: int, denominator: int, metric: Metric) -> str:
    unit = metric.definition.unit
    value = Fraction(numerator, denominator) / unit.per if denominator else Fraction(0)
    return f"{numbers.figure(float(value), unit)} ({arithmetic.pair(metric, numerator, denominator)})"


def _a(thing: str) -> str:
    return f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}"


def _question(asks: str, right: Answer, wrong: Sequence[Answer], dice: Dice) -> Question | None:
    """The question with its answers in an order of chance; None where every wrong idea gives the right answer."""
    others = {answer.text: answer for answer in reversed(wrong) if answer.text != right.text}
    kept = [answer for answer in wrong if others.get(answer.text) is answer][:MOST_WRONG]
    if not kept:
        return None
    place = dice.between(0, len(kept))
    return Question(asks=asks, answers=(*kept[:place], right, *kept[place:]))
