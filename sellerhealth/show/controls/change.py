"""What if: clean orders more, flaws mended, the worst carrier replaced, by sliders."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.causes.funnel import OUTCOMES
from sellerhealth.measure.evaluate import breakdown, leading_split
from sellerhealth.measure.outlook.budget import budget
from sellerhealth.measure.outlook.scenarios import Kind
from sellerhealth.measure.outlook.what_if import (
    DEFECT,
    EVERY,
    NOBODY,
    OTHERS,
    Change,
    can_be_clean,
    flawed,
    what_if,
)
from sellerhealth.measure.tally import window
from sellerhealth.show import numbers, words
from sellerhealth.show.controls.panel import Drawn, Panel, choice, number, told
from sellerhealth.show.controls.picture import side_by_side
from sellerhealth.show.controls.subject import Look, Subject
from sellerhealth.show.what_if import assumes, now_and_then

WHAT_IF = "from sellerhealth.measure.outlook.what_if"
FEW, MANY = 100, 5000
"""Clean orders that the slider reaches at least, and at most."""
MOST_VALUES = 8
NOTHING = ("", "")
BY_WHOM = (("one that goes as all others do", OTHERS), ("nothing: they are not sold", NOBODY))


def change_panel(subject: Subject) -> Panel:
    """The headline as it is, and as it would be."""
    boxes = {name: number(label, most) for name, (label, most) in _numbers(subject).items()}
    worst = choice("Replace", [("nothing", NOTHING), *_values(subject)])
    by_whom = choice("by", BY_WHOM)
    return Panel(
        "What if",
        subject,
        {**{name: box for name, (box, _) in boxes.items()}, "worst": worst, "by_whom": by_whom},
        lambda worst, by_whom, **amounts: draw(subject, change(subject, worst, by_whom, amounts)),
        twin="What would help, the changes that would help most.",
        shown=[*(line for _, line in boxes.values()), worst, by_whom],
    )


def change(subject: Subject, worst: tuple[str, str], by_whom: str, amounts: Mapping[str, int]) -> Change:
    """The change that the controls stand for; of a flaw that is mended on some orders, it is the newest ones."""
    more = amounts.get("clean_orders", 0)
    mended = {name: number for name, number in amounts.items() if name != "clean_orders" and number}
    cured = {flaw: _newest(subject, flaw, number) for flaw, number in mended.items()}
    return Change(clean_orders=more, cured=cured, replaced=None if worst == NOTHING else (*worst, by_whom))


def draw(subject: Subject, wanted: Change) -> Drawn:
    """Both figures, side by side and in words, and what that takes for granted."""
    metric = subject.metric
    found = what_if(*subject.given, wanted)
    now, then = (found.filter(window_days=metric.window_days, case=case).rows(named=True) for case in ("now", "then"))
    bars = [(_name(row, metric), row) for both in zip(now, then, strict=True) for row in both]
    line = f"what_if({subject.name}, seller, day, {_written(wanted)})"
    names = ["Change", "what_if"] if EVERY not in wanted.cured.values() else ["EVERY", "Change", "what_if"]
    return Drawn(
        pieces=[
            side_by_side(bars, metric, "What would it be?"),
            told([*now_and_then(found, metric).text.split("\n"), *taken_for_granted(wanted), _in_vain(wanted, found)]),
        ],
        looks=(Look(says="now, and then", frame=found, line=line, imports=(f"{WHAT_IF} import {', '.join(names)}",)),),
    )


def taken_for_granted(wanted: Change) -> list[str]:
    """What each part of a change assumes."""
    asked = [("clean_orders", "", Kind.CLEAN_ORDERS)] if wanted.clean_orders else []
    asked += [("cured", flaw, Kind.CURED) for flaw in wanted.cured]
    if wanted.replaced:
        asked.append(("replaced", "", Kind.STOPPED if wanted.replaced[2] == NOBODY else Kind.REPLACED))
    told = [assumes({"kind": kind, "subject": subject, "stands_out": True}) for _, subject, kind in asked]
    newest = "Those cured are the newest." if any(ids != EVERY for ids in wanted.cured.values()) else ""
    return [" ".join(dict.fromkeys([*told, newest]))] if told else ["Nothing is changed yet: move a slider."]


def _in_vain(wanted: Change, found: pl.DataFrame) -> str:
    """That what is mended is still a defect for another reason; empty where it helps."""
    now, then = (found.filter(case=case).select("numerator", "denominator") for case in ("now", "then"))
    return "It changes nothing: they are defects for another reason too." if wanted.cured and now.equals(then) else ""


def _name(row: words.Row, metric: Metric) -> str:
    several = len(metric.definition.channels) > 1
    return f"{words.value(row['channel'], 'shipped_by')}, {row['case']}" if several else row["case"].capitalize()


def _numbers(subject: Subject) -> dict[str, tuple[str, int]]:
    """Each slider's name, how it reads, and how far it goes."""
    metric = subject.metric
    things = metric.definition.unit_counted[1]
    told = {"clean_orders": (f"More {things} without a defect", _far(subject))} if can_be_clean(metric) else {}
    flaws = [*metric.definition.flaws] or ([DEFECT] if can_be_clean(metric) else [])
    for flaw in flaws:
        most = len(_with(subject, flaw))
        name = metric.definition.defect[0] if flaw == DEFECT else flaw.replace("_", " ")
        if most:
            told[flaw] = (f"{name.capitalize()} gone, of {numbers.count(most, metric.definition.unit_counted)}", most)
    return told


def _far(subject: Subject) -> int:
    """Twice what it takes to meet the target."""
    needed = budget(subject.now, subject.metric)["clean_orders_needed"].drop_nulls()
    return min(max([FEW, *(2 * int(one) for one in needed)]), MANY)


def _with(subject: Subject, flaw: str) -> list[str]:
    """What the rows of the headline's window that have a flaw are found by, the newest first."""
    start, end = window(subject.metric, subject.as_of, subject.metric.window_days)
    identity = facts.IDENTITY[subject.metric.definition.fact][0]
    rows = flawed(*subject.given).filter(pl.col("event_on").is_between(start, end))
    found = rows if flaw == DEFECT else rows.filter(flaw)
    names = found.drop_nulls(identity).sort("event_on", identity, descending=[True, False])[identity].cast(pl.String)
    return names.unique(maintain_order=True).to_list()


def _newest(subject: Subject, flaw: str, number: int) -> frozenset[str]:
    found = _with(subject, flaw)
    return EVERY if number >= len(found) else frozenset(found[:number])


def replaceable(subject: Subject) -> list[str]:
    """The dimensions of which a value can be replaced: those that most often tell why, and are known before."""
    usual = [*leading_split(subject.metric, subject.account), "carrier", "product"]
    known = set(subject.metric.definition.dimensions) - OUTCOMES
    return [name for name in dict.fromkeys(usual) if name in known]


def _values(subject: Subject) -> list[tuple[str, tuple[str, str]]]:
    """The values with the most defects."""
    return [
        (f"{words.DIMENSION[by]} {words.value(value, by)}", (by, value))
        for by in replaceable(subject)
        for value in _worst(subject, by)
    ]


def _worst(subject: Subject, by: str) -> list[str]:
    found = breakdown(*subject.given, by).filter(pl.col("defects") > 0)
    return found[by].unique(maintain_order=True).head(MOST_VALUES).to_list()


def _written(wanted: Change) -> str:
    """A change as it is written in code."""
    parts: dict[str, Any] = {}
    if wanted.clean_orders:
        parts["clean_orders"] = str(wanted.clean_orders)
    if wanted.cured:
        parts["cured"] = "{" + ", ".join(f'"{flaw}": {_ids(ids)}' for flaw, ids in wanted.cured.items()) + "}"
    if wanted.replaced:
        parts["replaced"] = repr(wanted.replaced)
    return f"Change({', '.join(f'{name}={text}' for name, text in parts.items())})"


def _ids(ids: frozenset[str]) -> str:
    return "EVERY" if ids == EVERY else f"frozenset({sorted(ids)!r})"
