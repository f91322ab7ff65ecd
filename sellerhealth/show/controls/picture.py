"""Pictures that only a widget shows: days that are chosen in a trend, and figures side by side."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.show import numbers, words
from sellerhealth.show.chart import AXIS
from sellerhealth.show.display import titled

ROOM = 1.9
"""How much wider than its longest bar a picture is, so that its counts stand behind it."""
ZOOM = "wheel![event.shiftKey]"
"""With the shift key down, so that a page still moves when somebody only turns the wheel over a picture."""


def brushed(chart: alt.LayerChart, days: tuple[date, date]) -> alt.LayerChart:
    """A trend with the chosen days shaded; it is dragged, and zoomed by the wheel with the shift key."""
    span = pl.DataFrame({"first": [days[0]], "after": [days[1] + timedelta(days=1)]})
    shade = (
        alt.Chart(span)
        .mark_rect(style="other", opacity=0.16, stroke=None)
        .encode(x=alt.X("first:T"), x2=alt.X2("after:T"))
    )
    zoom = alt.selection_interval(name="zoom", bind="scales", encodings=["x"], zoom=ZOOM, clear="dblclick")
    chart.layer = [shade.add_params(zoom), *chart.layer]
    return chart


def side_by_side(rows: Sequence[tuple[str, words.Row]], metric: Metric, asks: str) -> alt.LayerChart | None:
    """A bar for each figure under its name, with its counts and the target; None where none has a value."""
    drawn: list[dict[str, Any]] = [
        {"name": name, "value": float(row["value"]), "label": words.rate(row)}
        for name, row in rows
        if row["value"] is not None
    ]
    if not drawn:
        return None
    goal = [] if metric.terms.target is None else [float(metric.terms.target.value)]
    longest = max([*(row["value"] for row in drawn), *goal])
    axis = alt.Axis(format=AXIS[metric.definition.unit], tickCount=4)
    title = None if metric.definition.unit is Unit.PERCENT else metric.definition.unit.value
    base = alt.Chart(pl.DataFrame(drawn)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(grid=False, labelLimit=260)),
        x=alt.X("value:Q", title=title, axis=axis, scale=alt.Scale(domain=[0, longest * ROOM or 1], nice=False)),
        tooltip=[alt.Tooltip("name:N"), alt.Tooltip("label:N", title="figure")],
    )
    layers: list[Any] = [
        base.mark_bar(style="main", height={"band": 0.6}),
        base.mark_text(style="ink", align="left", dx=6).encode(text=alt.Text("label:N")),
        *_goal(goal),
    ]
    says = " ".join(f"{row['name']}: {row['label']}." for row in drawn)
    subtitle = f"{numbers.span(rows[0][1]['window_days'])}; the dashed line is the target, {words.target(metric)}"
    subtitle = subtitle if goal else f"{numbers.span(rows[0][1]['window_days'])}; there is no target"
    return titled(layers, asks, subtitle, says, height=44 * len(drawn))


def _goal(goal: list[float]) -> list[Any]:
    if not goal:
        return []
    rule = alt.Chart(pl.DataFrame({"target": goal})).encode(x=alt.X("target:Q"))
    return [rule.mark_rule(style="ink", strokeDash=[4, 3], strokeWidth=1.4)]
