"""Two windows side by side: what each holds, and what the difference is, in words."""

from datetime import date, timedelta
from typing import Any

import ipywidgets as widgets
import polars as pl

from sellerhealth.definition.metric import Metric
from sellerhealth.measure.causes.moves import earlier
from sellerhealth.measure.evaluate import trend
from sellerhealth.measure.tally import window
from sellerhealth.show import numbers, words
from sellerhealth.show.controls.panel import LABEL, Drawn, Panel, choice, told, which
from sellerhealth.show.controls.picture import side_by_side
from sellerhealth.show.controls.subject import DATE, POLARS, Keys, Look, Subject, only, written
from sellerhealth.show.moved import points

YEAR = 364
"""Fifty-two whole weeks: the same weekday."""
OWN = 0


def compared_panel(subject: Subject) -> Panel:
    """The window that ends on one day, and the one that ends on another."""
    _, last = window(subject.metric, subject.as_of, subject.metric.window_days)
    part, before = which(subject), choice("Compare with", _steps(subject))
    then = widgets.DatePicker(description="Window to", style=LABEL, value=last - timedelta(days=before.value))
    now = widgets.DatePicker(description="and to", style=LABEL, value=last)
    panel = Panel(
        "Compare",
        subject,
        {"part": part, "then": then, "now": now},
        lambda **chosen: draw(subject, **chosen),
        twin="What moved it, the bridge from the earlier figure to this one.",
        shown=[part, before, then, now],
    )
    before.observe(lambda change: _step_back(then, now, change["new"]), "value")
    return panel


def draw(subject: Subject, part: Keys, then: date | None, now: date | None) -> Drawn:
    """Both figures, side by side, and the difference in words."""
    if then is None or now is None:
        return Drawn(pieces=[told(["Choose both days."])], looks=())
    metric = subject.metric
    _, last = window(metric, subject.as_of, metric.window_days)
    days = tuple(_end(metric, min(day, last)) for day in sorted((then, now)))
    back = (last - days[0]).days + 1
    found = trend(*subject.given, days=back).filter(pl.col("window_end").is_in(days), **part)
    keep = f'.filter(pl.col("window_end").is_in([{", ".join(map(written, days))}]))'
    line = subject.call("sh.trend", days=back) + keep + only(part)
    rows = found.rows(named=True)
    bars = [(f"Window to {numbers.day(row['window_end'])}", row) for row in rows]
    lines = [*difference(rows[0], rows[-1], metric), subject.not_full(rows[0])]
    return Drawn(
        pieces=[side_by_side(bars, metric, "Which window was better?"), told(lines)],
        looks=(Look(says="both windows", frame=found, line=line, imports=(POLARS, DATE)),),
    )


def difference(then: words.Row, now: words.Row, metric: Metric) -> list[str]:
    """From what to what, by how much, and what more or fewer was counted."""
    told = [_ends(then, now)]
    if then["window_end"] != now["window_end"] and None not in (then["value"], now["value"]):
        told += [_counts(then, now, metric), words.verdict(now, metric)]
    if then["window_end"] < now["window_start"]:
        return [" ".join(told)]
    return (
        [" ".join(told), "The windows overlap: they share days."] if then["window_end"] != now["window_end"] else told
    )


def _ends(then: words.Row, now: words.Row) -> str:
    if then["window_end"] == now["window_end"]:
        return f"Both are the window of {numbers.window(now)}: {words.rate(now)}. Choose another day."
    first, last = (numbers.day(row["window_end"]) for row in (then, now))
    return f"From {words.rate(then)} in the window to {first}, to {words.rate(now)} in the one to {last}."


def _counts(then: words.Row, now: words.Row, metric: Metric) -> str:
    """Better or worse by how much, out of which difference in counts."""
    effect = now["value"] - then["value"]
    if not effect:
        how = "The figure is the same"
    else:
        is_better = (effect > 0) == metric.definition.condition.more_is_good
        how = f"That is {points(effect, metric)} {'better' if is_better else 'worse'}"
    defects = _more(now["defects"] - then["defects"], metric.definition.defect)
    return f"{how}: {defects}, and {_more(now['counted'] - then['counted'], metric.definition.unit_counted)} counted."


def _more(number: int, things: tuple[str, str]) -> str:
    if not number:
        return f"as many {things[1]}"
    one, many = things
    kind = "more" if number > 0 else "fewer"
    return numbers.count(abs(number), (f"{kind} {one}", f"{kind} {many}"))


def _steps(subject: Subject) -> list[tuple[str, int]]:
    """How long before the last window the other one ends."""
    metric = subject.metric
    usual = (subject.as_of - earlier(metric, subject.as_of)).days
    named = {
        metric.window_days: "the window before",
        usual: f"{numbers.span(usual)} earlier",
        YEAR: "a year earlier, the same weekday",
    }
    return [(label, days) for days, label in named.items()]


def _step_back(then: Any, now: Any, days: int) -> None:
    if now.value:
        then.value = now.value - timedelta(days=days)


def _end(metric: Metric, day: date) -> date:
    """The last day on or before it on which a window of the metric ends."""
    return day - timedelta(days=day.isoweekday() % 7) if metric.terms.is_weekly else day
