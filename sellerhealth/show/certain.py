"""How sure a figure is, and what its window bears: whether it is a pattern or luck, and how many defects to spare."""

from collections.abc import Callable

import polars as pl

from sellerhealth.definition.metric import Basis, Metric, Status
from sellerhealth.measure.certainty import Says
from sellerhealth.show import words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.numbers import count

ON_TOP = (
    "They must fall into the same window, on top of the usual: one that only replaces one that leaves does not help."
)
NONE = "less than 1 %"
LUCK = {Status.BAD: "bad luck", Status.GOOD: "good luck"}


def pattern_or_luck(found: pl.DataFrame, metric: Metric) -> Card:
    """Whether the headline is a pattern or luck, a sentence for each channel; nothing where that is no question.

    `found` is the `signal` of a result.
    """
    told = _each(found, metric, lambda row: signal(row, metric) if row["says"] else "")
    things = metric.definition.unit_counted[1]
    means = f"The lasting rate is what very many {things} would show, if nothing changes and each goes wrong by itself."
    return paragraphs([*told[:-1], f"{told[-1]} {means}"] if told else [])


def to_spare(found: pl.DataFrame, metric: Metric) -> Card:
    """What the headline's window bears, in whole orders, for each channel; nothing without a target.

    `found` is the `budget` of a result.
    """
    return paragraphs(_each(found, metric, lambda row: budget(row, metric)))


def signal(row: words.Row, metric: Metric) -> str:
    """Whether a figure is a pattern or luck.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> row = {"says": "TOO_FEW_TO_SAY", "denominator": 40, "status": "BAD", "miss_chance": 0.85}
        >>> signal({**row, "miss_chance_at_best": 0.85}, policy("handbook")["order_defect_rate"]).split("? ")
        ['A pattern or bad luck', '40 orders are too few to be sure: the chance that the lasting rate misses the \
target is about 85 %.']
    """
    things = count(row["denominator"], metric.definition.unit_counted)
    misses = f"the chance that the lasting rate misses the target is {chances(row)}"
    match row["says"]:
        case Says.MISSES:
            return f"A pattern, not bad luck: after {things}, {misses}."
        case Says.MEETS:
            return f"A pattern, not good luck: after {things}, {misses}."
        case Says.TOO_FEW_TO_SAY:
            verb = "is" if row["denominator"] == 1 else "are"
            return f"A pattern or {LUCK.get(row['status'], 'luck')}? {things} {verb} too few to be sure: {misses}."
        case _:
            return f"A pattern or luck? That hangs on what the files do not tell: {misses}."


def chances(row: words.Row) -> str:
    """The chance of a miss; from and to where some defects are unsure, at least where an input is missing.

    Example:
        >>> chances({"miss_chance": 0.769, "miss_chance_at_best": 0.769})
        'about 77 %'
        >>> chances({"miss_chance": 0.9999, "miss_chance_at_best": 0.2})
        'from about 20 % to more than 99 %'
        >>> chances({"miss_chance": None, "miss_chance_at_best": 0.31})
        'at least 31 %'
    """
    worst, best = row["miss_chance"], row["miss_chance_at_best"]
    if worst is None:
        return "not known" if chance(best) == NONE else chance(best).replace("about", "at least")
    return chance(worst) if chance(worst) == chance(best) else f"from {chance(best)} to {chance(worst)}"


def chance(share: float) -> str:
    """A chance as it is told: no surer than it is."""
    points = round(share * 100)
    if points < 1:
        return NONE
    return "more than 99 %" if points > 99 else f"about {points} %"


def budget(row: words.Row, metric: Metric) -> str:
    """What the window bears and has, and what would bring it back; empty without a target.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> row = {"defects": 12, "headroom": 3, "defects_to_spare": 3, "clean_orders_needed": 0, "status": "GOOD"}
        >>> budget(row, policy("handbook")["late_dispatch_rate"])
        'The window bears 15 late orders and has 12: 3 to spare.'
    """
    needed, defect = row["clean_orders_needed"], metric.definition.defect
    if row["defects_to_spare"] is None and needed is None:
        return ""
    if row["defects_to_spare"] is None:
        return f"Counted at worst, {_brings_back(row, metric)}"
    bears = row["defects"] + row["headroom"]
    has = f"The window bears {count(bears, defect) if bears > 0 else f'no {defect[0]}'} and has {row['defects']:,}"
    if row["status"] == Status.BAD:
        back = _brings_back(row, metric)
        return f"{has}. {back[0].upper()}{back[1:]}"
    if bears == 0:
        return f"The window bears no {defect[0]}: the first one breaks the target."
    spare = row["defects_to_spare"]
    return f"{has}: {spare:,} to spare." if spare else f"{has}: the next one breaks the target."


def _brings_back(row: words.Row, metric: Metric) -> str:
    """What it takes to meet the target with no new defect."""
    least = "at least " if row["basis"] in (Basis.LOWER_BOUND, Basis.UPPER_BOUND) and _is_open(row) else ""
    things = count(row["clean_orders_needed"], metric.definition.unit_counted).replace(" ", " more ", 1)
    lag = metric.terms.lag_days
    enters = f" One of today enters it in {count(lag, ('day', 'days'))}." if lag else ""
    more, seen = row["clean_orders_needed"], row["numerator"]
    makes = f"{seen + more * metric.definition.condition.more_is_good:,} of {row['denominator'] + more:,}"
    no_new = f"and no new {metric.definition.defect[0]}"
    return f"{least}{things}, {no_new}, would make it {makes}, {words.target(metric)}. {ON_TOP}{enters}"


def _is_open(row: words.Row) -> bool:
    """Whether an input is missing, so that nobody knows how bad it is at worst."""
    return row["low"] is None or row["high"] is None


def _each(found: pl.DataFrame, metric: Metric, sentence: Callable[[words.Row], str]) -> list[str]:
    """A sentence on each channel of the headline; whose orders it is about is told where there are several."""
    rows = found.filter(pl.col("window_days") == metric.window_days)
    names = [words.CHANNEL[channel] for channel in rows["channel"]]
    several = len(set(names)) > 1
    told = zip(names, (sentence(row) for row in rows.iter_rows(named=True)), strict=True)
    return [f"{name[0].upper()}{name[1:]}: {said}" if several else said for name, said in told if said]
