"""What is still to come, in sentences: the figure seen through, and the chance that it misses its target."""

from collections.abc import Sequence

import polars as pl

from sellerhealth.definition.metric import Metric, Need
from sellerhealth.measure.judge import BOUNDS
from sellerhealth.measure.outlook.coming import REPEATED
from sellerhealth.measure.outlook.pace import LEAST_DEFECTS, Gap, least_days
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.certain import chance
from sellerhealth.show.numbers import count

AHEAD = (7, 14, 28)
"""The days ahead that are told in words."""
HARDLY, WHOLE = 0.05, 0.95
"""Fewer than these are none, and less than one."""
CASES = "in 90 of 100 cases"
DAYS = ("day", "days")
BY_PURCHASE = ("purchase", "purchase_utc")


def still_to_come(found: pl.DataFrame, days: pl.DataFrame, metric: Metric, missing: Sequence[Need] = ()) -> Card:
    """What is known, what is still to come, the chance of a miss, and what that takes for granted; by channel.

    `found` is `developed`, `days` is the `forecast`, `missing` what the account lacks.
    """
    several = found.select("account", "channel").n_unique() > 1
    told = []
    for row in found.iter_rows(named=True):
        where = {name: row[name] for name in ("account", "marketplace", "channel")}
        lines = _told(row, days.filter(**where), metric, missing)
        told += [f"{_where(row, found)}{lines[0]}", *lines[1:]] if several and lines else lines
    return paragraphs(told)


def seen_through(row: words.Row, metric: Metric) -> str:
    """The figure with the defects that are still to come on its window.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> row = {"denominator": 388, "defects": 12, "still_expected": 2.1, "fewest": 0, "most": 5, "median_days": 11}
        >>> shares = {"value": 12 / 388, "developed": 14.1 / 388}
        >>> seen_through({**row, **shares}, policy("handbook")["order_defect_rate"])
        'Known so far: 12 defective orders, of 388 orders. About 2 more are still to be expected (0 to 5 in 90 of \
100 cases), since half of all become known 11 days after the order or later. Seen through, the rate is about 3.6 %, \
not 3.1 %.'
    """
    things = count(row["denominator"], metric.definition.unit_counted)
    known = f"Known so far: {count(row['defects'], metric.definition.defect)}, of {things}."
    if row["still_expected"] < HARDLY:
        return f"{known} No more is to be expected: what went wrong with them is known by now."
    about = approximately(row["still_expected"])
    more = f"About {about} more {'is' if about == '1' else 'are'} still to be expected"
    cases = f"({row['fewest']:,} to {row['most']:,} {CASES})"
    since = f"half of all become known {count(row['median_days'], DAYS)} after {_since(metric)} or later"
    return f"{known} {more} {cases}, since {since}. {_seen(row)}"


def _seen(row: words.Row) -> str:
    through, now = (numbers.percent(row[name]) for name in ("developed", "value"))
    return f"Seen through, the rate is {f'about {through}, not {now}' if through != now else f'still about {now}'}."


def approximately(number: float) -> str:
    """A number of defects as it is told: no surer than it is.

    Example:
        >>> approximately(0.42), approximately(0.96), approximately(20.4)
        ('0.4', '1', '20')
    """
    return f"{round(number):,}" if number >= WHOLE else numbers.plain(number)


def why_not(row: words.Row, metric: Metric, missing: Sequence[Need] = ()) -> str:
    """Why nothing is told of what is still to come, and what would help.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> row = {"gap": "FEW_DEFECTS", "days": 200, "dated": 1, "undated": 0}
        >>> why_not(row, policy("handbook")["order_defect_rate"])
        '1 defective order in 200 days: too few to say how many are still to come. It takes 8.'
    """
    one, several = metric.definition.defect
    match Gap(row["gap"]):
        case Gap.NO_SHARE:
            return f"{metric.label} is a mean, no share: of what is still to come nothing can be said."
        case Gap.NO_INPUT:
            told = " ".join(f"{need.reason} {need.remedy}" for need in missing)
            return f"It cannot be said how many are still to come. {told}".strip()
        case Gap.NO_ROWS:
            return "Nothing was counted yet: of what is still to come nothing can be said."
        case Gap.SHORT_HISTORY:
            least = count(least_days(metric), DAYS)
            return (
                f"The files tell of {count(row['days'], DAYS)} only: too short to say how many {several} are still to "
                f"come. It takes {least}; add older files."
            )
        case Gap.NO_DATES:
            known = count(row["dated"] + row["undated"], metric.definition.defect)
            return (
                f"Of {known} the files date only {row['dated']:,}: nobody can say how late they become known, and how "
                "many are still to come. Add the files that tell the day of each."
            )
        case _:
            seen = count(row["dated"] + row["undated"], metric.definition.defect) if row["dated"] else f"No {one}"
            return (
                f"{seen} in {count(row['days'], DAYS)}: too few to say how many are still to come. "
                f"It takes {LEAST_DEFECTS}."
            )


def misses(days: pl.DataFrame, metric: Metric) -> str:
    """The chance that the figure misses its target one, two and four weeks ahead; empty without a target."""
    told = days.filter(pl.col("miss_chance").is_not_null())
    if told.is_empty():
        return ""
    each = [f"{chance(row['miss_chance'])} on {numbers.day(row['on'], year=False)}" for row in _picked(told)]
    most = ", at most" if told["unknown"].sum() else ""
    return f"Chance that it misses its target ({words.target(metric)}){most}: {numbers.listed(each)}."


def expected(days: pl.DataFrame, metric: Metric) -> str:
    """What the figure is expected to be two weeks ahead, and from where to where."""
    (row,) = _picked(days, AHEAD[1:2])
    if row["value"] is None:
        return ""
    about, (one, several) = approximately(row["expected"]), metric.definition.defect
    cases = f"{row['fewest']:,} to {row['most']:,} {CASES}"
    known = (
        f"{row['defects']:,} of them {_are(row['defects'])} known already" if row["defects"] else "none is known yet"
    )
    return (
        f"On {numbers.day(row['on'])} it is to be expected at about {numbers.percent(row['value'])}: about {about} "
        f"{one if about == '1' else several} of {row['denominator']:,} ({cases}; {known})."
    )


def placed(days: pl.DataFrame, metric: Metric) -> str:
    """Until when every order that counts is placed already; empty where new ones count within a week."""
    ahead = days.filter(pl.col("to_come").cum_sum() == 0)
    if metric.definition.fact != "orders" or ahead.height < AHEAD[0]:
        return ""
    return (
        f"Every order that counts until {numbers.day(ahead['on'][-1])} is placed already: what is sold from now on "
        "changes nothing until then, only what becomes known of these orders."
    )


def assumed(row: words.Row, days: pl.DataFrame, metric: Metric) -> str:
    """What is taken for granted."""
    defect, things = metric.definition.defect, metric.definition.unit_counted[1]
    dated = f"the {count(row['dated'], defect)} of the last {count(row['days'], DAYS)}"
    told = [
        f"they become known as late as {dated} did" if metric.definition.known_on is not None else "",
        "as many go wrong as in the last weeks",
        f"as many {things} come in as in the last {REPEATED} days" if days["to_come"].sum() else "",
        "and none that is known is taken back",
    ]
    return " ".join(
        line for line in [f"Taken for granted: {'; '.join(filter(None, told))}.", *_limits(row, days, metric)] if line
    )


def _limits(row: words.Row, days: pl.DataFrame, metric: Metric) -> list[str]:
    defect = metric.definition.defect
    unsure = max([row["unknown"], *days["unknown"]])
    return [
        f"Of {count(row['undated'], defect)} no file tells since when; the delay is taken from the others."
        if row["undated"]
        else "",
        f"{count(unsure, defect)} may be none, and {_are(unsure)} counted here." if unsure else "",
        "An input is missing: only what the files tell of is counted here."
        if row["basis"] in BOUNDS and not unsure
        else "",
    ]


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _told(row: words.Row, days: pl.DataFrame, metric: Metric, missing: Sequence[Need]) -> list[str]:
    if row["gap"] != Gap.NONE:
        return [why_not(row, metric, missing)]
    is_open = row["denominator"] and metric.definition.known_on is not None
    seen = [seen_through(row, metric)] if is_open else []
    if not days["denominator"].sum():
        return seen
    ahead = [*seen, misses(days, metric), expected(days, metric), placed(days, metric), assumed(row, days, metric)]
    return [line.strip() for line in ahead if line]


def _picked(days: pl.DataFrame, ahead: Sequence[int] = AHEAD) -> list[words.Row]:
    """The rows nearest to so many days ahead, not after them; each once."""
    first = days["on"].min()
    wanted = {}
    for many in ahead:
        row = days.filter(pl.col("on") < first + pl.duration(days=many)).tail(1).row(0, named=True)
        wanted[row["on"]] = row
    return list(wanted.values())


def _since(metric: Metric) -> str:
    return "the order" if metric.terms.chosen["event_date"] in BY_PURCHASE else "the day it counts for"


def _where(row: words.Row, found: pl.DataFrame) -> str:
    """The channel and the account, each where there are several."""
    parts = [words.CHANNEL[row["channel"]]] if found["channel"].n_unique() > 1 else []
    told = ", ".join([row["account"], *parts] if found["account"].n_unique() > 1 else parts)
    return f"{told[0].upper()}{told[1:]}: "
