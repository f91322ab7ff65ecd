"""The days to come in sentences: when it is good again, what selling nothing would do, and twice the sales."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from sellerhealth.definition.metric import Metric, Need, Status, Unit
from sellerhealth.measure.outlook.glide import REPEATED, clears_on, empties_on, misses_on
from sellerhealth.show import numbers, words
from sellerhealth.show.calendar import entering
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.coming import Coming, capital, every

WAITS = "An order not confirmed yet counts as it stands today; waiting makes it late."


def ahead(paths: pl.DataFrame, found: pl.DataFrame, metric: Metric, missing: Sequence[Need] = ()) -> Card:
    """Where the figure goes with no new defect, for each account and channel, and what that takes for granted.

    `paths` are those of `glides`, `found` is the `calendar`, and `missing` what the account lacks.

    Example:
        >>> from sellerhealth.measure.outlook.calendar import calendar
        >>> from sellerhealth.measure.outlook.glide import glides
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["order_defect_rate"]
        >>> account, day = metric.definition.example.account(), metric.definition.example.as_of
        >>> print(ahead(glides(metric, account, day), calendar(metric, account, day), metric).text.split(". ")[0])
        Shipped by us: 66.7 % (6 of 9), too high: the target is below 1 %
    """
    if paths.is_empty():
        reasons = [f"{need.reason} {need.remedy}" for need in missing]
        return paragraphs(["What comes next cannot be computed from these files.", *reasons])
    each = every(paths, found, metric)
    return paragraphs([*(line for one in each for line in told(one)), assumed(each)])


def told(coming: Coming) -> list[str]:
    """One paragraph each for now, for no sales and for twice the sales."""
    enter = entering(coming.found, coming.metric, coming.now["window_end"])
    first = [f"{coming.where}{_now(coming)}", enter, _goes_on(coming)]
    return [" ".join(filter(None, first)), _stops(coming), _doubles(coming)]


def assumed(each: Sequence[Coming]) -> str:
    """What the days to come take for granted."""
    today = numbers.day(each[0].now["on"])
    if not all(coming.is_clean for coming in each):
        return f"This is what is known on {today}; what comes is taken to be as in the last {REPEATED} days."
    waits = f" {WAITS}" if "late_from" in each[0].metric.definition.choices else ""
    return f"This is what is known on {today}: whatever goes wrong or becomes known later adds to it.{waits}"


def _now(coming: Coming) -> str:
    """Where it stands, such as "2.5 % (1 of 40), too high: the target is below 1 %."."""
    now, metric = coming.now, coming.metric
    side = "too low" if metric.definition.condition.more_is_good else "too high"
    mark = {Status.GOOD: "good", Status.BAD: side}.get(now["status"])
    rate = words.rate(now) if coming.where else capital(words.rate(now))
    return f"{rate}, {mark}: the target is {words.target(metric)}." if mark else f"{rate}. {words.verdict(now, metric)}"


def _go_on(coming: Coming) -> str:
    """That selling on is part of the cure; who has sold nothing lately, by the files, may only lack newer ones."""
    if coming.has_stopped:
        return f" Your files tell of no {coming.things} of the last {REPEATED} days: if there were any, add them."
    return " Do not stop selling altogether." if coming.is_sold else ""


def _goes_on(coming: Coming) -> str:
    """What becomes of it when as much comes in as before."""
    filled = coming.same.filter(pl.col("value").is_not_null())
    if filled.is_empty():
        return ""
    last, clear = filled.row(-1, named=True), clears_on(filled)
    end = numbers.day(last["on"])
    if coming.metric.terms.target is None:
        return f"If {coming.goes_on}, it is {words.rate(last)} on {end}."
    if clear is None:
        return _never(coming, last)
    if clear == filled["on"][0]:
        return f"It stays good to {end}, as far as this looks, if {coming.goes_on}."
    if coming.now["status"] == Status.GOOD:
        return _slips(coming, filled, clear)
    return _clears(coming, clear)


def _never(coming: Coming, last: words.Row) -> str:
    """That it is not good to the last day, or that nobody can tell."""
    end = numbers.day(last["on"])
    if last["status"] == Status.BAD:
        return f"Even if {coming.goes_on}, it still misses the target on {end}: {words.rate(last)}."
    return f"If {coming.goes_on}, it is {words.rate(last)} on {end}. {words.verdict(last, coming.metric)}"


def _slips(coming: Coming, filled: pl.DataFrame, clear: date) -> str:
    """From which day on it is good no more although nothing new goes wrong, and from which it is again."""
    first = filled.filter(pl.col("status") != Status.GOOD)["on"][0]
    misses = "misses" if first == misses_on(filled) else "may miss"
    told = f"Even if {coming.goes_on}, it {misses} the target from {numbers.day(first)} on: {_on(filled, first)}."
    return f"{told} It is good again from {numbers.day(clear)} on."


def _clears(coming: Coming, clear: date) -> str:
    """From which day on it is good, and when the last of the defects is gone."""
    number, defect = words.number_of(coming.found), coming.metric.definition.defect
    _, gone = _ends(coming.found, "leaves_on")
    if number == 1 and gone == numbers.day(clear):
        return f"The one {defect[0]} leaves on {gone}: from then on it is good, if {coming.goes_on}."
    told = f"If {coming.goes_on}, it is good from {numbers.day(clear)} on: {_on(coming.same, clear)} that day."
    last = f"The one {defect[0]}" if number == 1 else f"The last of the {number:,} {defect[1]}"
    return f"{told} {last} leaves on {gone}." if number else told


def _stops(coming: Coming) -> str:
    """What becomes of it when nothing more comes in: the rise with nothing new, and the day nothing is left."""
    if coming.now["value"] is None:
        return ""
    empty, worst = empties_on(coming.stop), coming.worst
    verb = "fall" if coming.metric.definition.condition.more_is_good else "rise"
    stopped = "If you sold nothing more" if coming.is_sold else f"With no more {coming.things}"
    left = f" From {numbers.day(empty)} on no {coming.things} would be left to count: no verdict." if empty else ""
    if worst is None:
        return f"{stopped}, it would not {verb}.{left}"
    miss = misses_on(coming.stop)
    when = f" from {numbers.day(miss)} on" if miss and miss != worst["on"] else ""
    change = (
        f"{f'miss the target{when} and ' if miss else ''}{verb} to {words.rate(worst)} by {numbers.day(worst['on'])}"
    )
    return f"{stopped}, it would {change}{_why(coming, worst)}.{_go_on(coming)}{left}"


def _why(coming: Coming, worst: words.Row) -> str:
    """Why it gets worse although nothing new goes wrong."""
    definition, before, after = coming.metric.definition, coming.now["defects"], worst["defects"]
    one, several = definition.defect
    if definition.unit is not Unit.PERCENT:
        return ": the better ones leave the window first"
    if after > before:
        more = numbers.count(after - before, definition.defect)
        return f": {more} known already would enter the window, and older clean {coming.things} leave it"
    same = f"same {one}" if after == 1 else f"same {after:,} {several}"
    left = f"{one if after == 1 else f'{after:,} {several}'} still in it"
    which = f"the {same if after == before else left} {'weighs' if after == 1 else 'weigh'} more"
    return f" although nothing new goes wrong: older clean {coming.things} leave the window, and {which}"


def _doubles(coming: Coming) -> str:
    """What twice as much would do on the day on which no sales hurt most, and how much sooner it would be good."""
    worst = coming.worst
    if worst is None or coming.same["counted"].equals(coming.stop["counted"]):
        return ""
    twice = "sales" if coming.is_sold else coming.things
    told = f"With twice the {twice} it would be {_on(coming.double, worst['on'])} on {numbers.day(worst['on'])}"
    good = "it is good again" if coming.now["status"] == Status.GOOD else "it is good"
    soon, clear = clears_on(coming.double), clears_on(coming.same)
    if soon is None or soon == coming.double["on"][0]:
        return f"{told}."
    if clear is None or soon >= clear:
        return f"{told}; {good} from {numbers.day(soon)} on{'' if clear is None else ', no sooner'}."
    return (
        f"{told}; it is good from {numbers.day(soon)} on, {numbers.count((clear - soon).days, ('day', 'days'))} sooner."
    )


def _on(path: pl.DataFrame, when: date) -> str:
    """The rate on a day of a path."""
    return words.rate(path.row(by_predicate=pl.col("on") == when, named=True))


def _ends(found: pl.DataFrame, column: str) -> list[str]:
    """The first and the last day of a column in words; empty where there is none."""
    first, last = found[column].min(), found[column].max()
    return [numbers.day(day) if isinstance(day, date) else "" for day in (first, last)]
