"""The metric day by day: days that are chosen in it narrow the list of its defects."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.defects import listed
from sellerhealth.measure.evaluate import trend
from sellerhealth.measure.judge import missing
from sellerhealth.measure.tally import window
from sellerhealth.show import numbers, words
from sellerhealth.show.chart import trend_chart
from sellerhealth.show.controls.brush import Brush
from sellerhealth.show.controls.panel import Drawn, Panel, choice, told, which
from sellerhealth.show.controls.picture import brushed
from sellerhealth.show.controls.subject import DATE, POLARS, Keys, Look, Subject, only, written
from sellerhealth.show.table import defects_table

SHOWN = (30, 90, 180, 365)
MOST_ROWS = 10
LISTED = "from sellerhealth.measure.defects import listed"
Span = tuple[date, date]


def days_panel(subject: Subject) -> Panel:
    """The trend over a window and a span of one's choice, and the defects of the days chosen in it."""
    metric = subject.metric
    lengths = sorted({*metric.terms.windows, 7, *((28,) if metric.terms.is_weekly else (30, 60))})
    windows = choice("Window", [(numbers.span(days), days) for days in lengths], metric.window_days)
    shown = choice("Days shown", [(numbers.span(days), days) for days in SHOWN], 90)
    part = which(subject)
    start, end = window(metric, subject.as_of, metric.window_days)
    name = "Weeks that end on" if metric.terms.is_weekly else "Defects from"
    brush = Brush(ends(subject, 90), start + timedelta(days=_step(metric) - 1), end, name)
    panel = Panel(
        "Day by day",
        subject,
        {"part": part, "window_days": windows, "days": shown, "span": brush.slider},
        lambda **chosen: draw(subject, **chosen),
        twin="the trend, the calendar and the list of orders.",
        shown=[part, windows, shown, brush.widget],
    )
    shown.unobserve_all("value")
    shown.observe(lambda change: _respan(panel, brush, change["new"]), "value")
    return panel


def ends(subject: Subject, days: int) -> list[date]:
    """The days on which the windows shown end: every day, or every Sunday, the last one last."""
    _, last = window(subject.metric, subject.as_of, subject.metric.window_days)
    step = _step(subject.metric)
    return [last - timedelta(days=back) for back in range(0, days, step)][::-1]


def draw(subject: Subject, part: Keys, window_days: int, days: int, span: Span) -> Drawn:
    """The trend with the chosen days shaded, their figure alone, and their defects."""
    metric, first, last = subject.metric, span[0] - timedelta(days=_step(subject.metric) - 1), span[1]
    drawn = trend(*subject.given, days=days, window_days=window_days).filter(**part)
    chart = trend_chart(drawn, metric)
    alone, look = _alone(subject, part, first, last)
    orders = all_listed(*subject.given).filter(pl.col("event_on").is_between(first, last), **part)
    between = f'pl.col("event_on").is_between({written(first)}, {written(last)})'
    looks = (
        Look(says="the line", frame=drawn, line=_trend(subject, days, window_days) + only(part)),
        look,
        Look(
            says=f"the {metric.definition.defect[1]} of the days chosen",
            frame=orders,
            line=f"listed({subject.name}, seller, day, {between}){only(part)}",
            imports=(POLARS, DATE, LISTED),
        ),
    )
    pieces = [
        brushed(chart, (first, last)) if chart else None,
        told(_says(subject, alone, orders)),
        _table(orders, metric),
    ]
    return Drawn(pieces=pieces, looks=looks)


@lru_cache(maxsize=8)
def all_listed(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The defects of the longest span that can be chosen; found once, so that a change only looks among them."""
    first = as_of - timedelta(days=max(SHOWN) + 7 + metric.terms.lag_days)
    return listed(metric, account, as_of, pl.col("event_on") >= first)


def _trend(subject: Subject, days: int, window_days: int) -> str:
    return subject.call("sh.trend", days=days, window_days=window_days)


def _alone(subject: Subject, part: Keys, first: date, last: date) -> tuple[words.Row, Look]:
    """The figure of the days chosen: a window that is as long as they are."""
    _, newest = window(subject.metric, subject.as_of, subject.metric.window_days)
    back, length = (newest - last).days + 1, (last - first).days + 1
    found = trend(*subject.given, days=back, window_days=length).filter(window_end=last, **part)
    line = _trend(subject, back, length) + only(part, window_end=last)
    return found.row(0, named=True), Look(says="the days chosen, alone", frame=found, line=line, imports=(DATE,))


def _says(subject: Subject, row: words.Row, orders: pl.DataFrame) -> list[str]:
    metric = subject.metric
    if row["value"] is None:
        reasons = [f"{need.reason} {need.remedy}" for need in missing(metric, subject.account)]
        return [f"{_days(row)}: {words.rate(row)}.", *reasons]
    alone = f"{_days(row)} alone: {words.rate(row)}."
    none = "" if orders.height else f"No {metric.definition.defect[0]} is known of these days."
    return [alone, none, subject.not_full(row)]


def _days(row: words.Row) -> str:
    first, last = numbers.day(row["window_start"]), numbers.day(row["window_end"])
    return first if first == last else f"{first} to {last}"


def _table(orders: pl.DataFrame, metric: Metric) -> Any:
    if orders.is_empty():
        return None
    title = f"{numbers.count(words.number_of(orders), metric.definition.defect).capitalize()} of the days chosen"
    more = f"The newest {MOST_ROWS} are shown." if orders.height > MOST_ROWS else "Newest first."
    return defects_table(orders, metric, MOST_ROWS).tab_header(title=title, subtitle=more)


def _respan(panel: Panel, brush: Brush, days: int) -> None:
    """Another span is shown: picture and list are drawn once, when the slider has followed."""
    with panel.held():
        brush.over(ends(panel.subject, days))


def _step(metric: Metric) -> int:
    return 7 if metric.terms.is_weekly else 1
