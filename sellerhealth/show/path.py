"""The days to come as a picture: a line each for no more sales, for as many, and for twice as many."""

from typing import Any

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.measure.outlook.glide import REPEATED, clears_on
from sellerhealth.show import numbers, words
from sellerhealth.show.ahead import told
from sellerhealth.show.chart import AXIS
from sellerhealth.show.coming import Coming, capital, every
from sellerhealth.show.display import titled

MOST_DAYS = 61
"""Of more days only every second or third is drawn, and those that words name, so that a page stays small."""
REACH = 2.2
"""How far a picture reaches, times the highest of what is to be compared; a line beyond is told in words."""
DASHES: dict[str, list[float]] = {"none": [6, 4], "same": [1, 0], "twice": [1.5, 3]}
"""What comes in, and its line: told apart without colour."""


def path_chart(paths: pl.DataFrame, found: pl.DataFrame, metric: Metric) -> alt.LayerChart | None:
    """The figure on each coming day if nothing new goes wrong; None where there is no value to draw.

    `paths` are those of `glides` and `found` is the `calendar`; drawn is the first account and channel with a value.
    A dot stands on the day from which the target is met to the end.
    """
    if paths["value"].null_count() == paths.height or paths["on"].n_unique() == 1:
        return None
    drawable = [one for one in every(paths, found, metric) if not one.is_empty]
    if not drawable:
        return None
    coming = drawable[0]
    asks = "What will it be on the days to come?"
    comes = "nothing new goes wrong" if coming.is_clean else "what comes is as before"
    scope = f"{coming.where}{words.rate(coming.now)} on {numbers.day(coming.now['on'])}; {comes}"
    layers = [_lines(coming), *_target(coming), *_dots(coming)]
    return titled(layers, asks, capital(scope), " ".join(line for line in told(coming) if line))


def _lines(coming: Coming) -> Any:
    is_share = coming.metric.definition.unit is Unit.PERCENT
    value = "datum.count / datum.of" if is_share else "datum.count"
    shape = AXIS[coming.metric.definition.unit]
    return (
        alt.Chart(_drawn(coming))
        .transform_fold(list(DASHES), as_=["sales", "count"])
        .transform_calculate(of="datum[datum.sales + ' of']")
        .transform_filter(alt.datum.of > 0)
        .transform_calculate(value=value, counted="datum.count + ' of ' + datum.of" if is_share else "datum.of")
        .mark_line(style="main", interpolate="step-after", strokeWidth=2, clip=True)
        .encode(
            x=alt.X("on:T", title=None, axis=alt.Axis(format="%d %b", labelOverlap=True, tickCount=8)),
            y=_height(coming),
            strokeDash=alt.StrokeDash(
                "sales:N", scale=alt.Scale(domain=list(DASHES), range=list(DASHES.values())), legend=_legend(coming)
            ),
            tooltip=[
                alt.Tooltip("on:T", title="on", format="%d %b %Y"),
                alt.Tooltip("sales:N", title="what comes in"),
                alt.Tooltip("value:Q", title="figure", format=shape),
                alt.Tooltip("counted:N", title="counted"),
            ],
        )
    )


def _drawn(coming: Coming) -> pl.DataFrame:
    """One row a day, with what is counted for each line: a picture's page tells them as a table too."""
    is_share = coming.metric.definition.unit is Unit.PERCENT
    count, of = ("numerator", "denominator") if is_share else ("value", "counted")
    each = [
        path.select(pl.col(count).round(3).alias(name), pl.col(of).alias(f"{name} of"))
        for name, path in zip(DASHES, coming.paths, strict=True)
    ]
    days = pl.concat([coming.same.select("on"), *each], how="horizontal").with_row_index("number")
    told = {*map(clears_on, coming.paths), (coming.worst or coming.now)["on"]}
    is_drawn = (pl.col("number") % -(-days.height // MOST_DAYS) == 0) | pl.col("on").is_in(told - {None})
    return days.filter(is_drawn).drop("number")


def _height(coming: Coming) -> alt.Y:
    unit = coming.metric.definition.unit
    title = None if unit is Unit.PERCENT else unit.value
    return alt.Y("value:Q", title=title, axis=alt.Axis(format=AXIS[unit]), scale=_scale(coming))


def _scale(coming: Coming) -> alt.Scale:
    """The heights of the lines; cut where the last few orders alone would press all before them flat."""
    definition, goal = coming.metric.definition, coming.same["target"][:1]
    lines: pl.Series = pl.concat([coming.same["value"], coming.double["value"], goal])
    heights: list[float] = [*lines.drop_nulls()]
    alone: list[float] = [*coming.stop["value"].drop_nulls()]
    if not definition.condition.more_is_good:
        top = REACH * max(heights)
        return alt.Scale(domainMin=0, domainMax=top) if 0 < top < max(alone) else alt.Scale(domainMin=0)
    most = definition.unit.most or max(heights)
    bottom = most - REACH * (most - min(heights))
    return alt.Scale(zero=False, domainMin=bottom) if min(alone) < bottom else alt.Scale(zero=False)


def _legend(coming: Coming) -> alt.Legend:
    names = {
        "none": f"no more {coming.things}",
        "same": f"{coming.things} as in the last {REPEATED} days",
        "twice": "twice as many",
    }
    told = " : ".join(f"datum.label == '{name}' ? '{text}'" for name, text in names.items())
    return alt.Legend(labelExpr=f"{told} : ''", symbolSize=700, symbolStrokeWidth=2, columns=1)


def _target(coming: Coming) -> list[Any]:
    """The target as a line, named on the side that the lines leave free."""
    if coming.metric.terms.target is None:
        return []
    goal = {"value": [float(coming.metric.terms.target.value)], "label": [f"target: {words.target(coming.metric)}"]}
    base = alt.Chart(pl.DataFrame(goal)).encode(y=alt.Y("value:Q"))
    at_end = _ends_free(coming)
    side: dict[str, Any] = {"align": "right", "dx": -4, "x": "width"} if at_end else {"align": "left", "dx": 4, "x": 0}
    text = base.mark_text(style="ink", baseline="bottom", dy=-3, **side)
    return [
        base.mark_rule(style="ink", strokeDash=[4, 3], strokeWidth=1.4),
        text.encode(text=alt.Text("label:N")),
    ]


def _ends_free(coming: Coming) -> bool:
    """Whether the lines are further from the target in their last days than in their first."""
    quarter = coming.same.height // 4 + 1
    away = (pl.col("value") - pl.col("target")).abs().min()
    first, last = (
        min((day for day in (path.select(away).item() for path in part) if day is not None), default=1.0)
        for part in ([path.head(quarter) for path in coming.paths], [path.tail(quarter) for path in coming.paths])
    )
    return bool(last > first)


def _dots(coming: Coming) -> list[Any]:
    """The days from which the target is met, and when that is if as much comes in as before."""
    marks, is_late = [], False
    for name, path in zip(DASHES, coming.paths, strict=True):
        clear = clears_on(path)
        if clear and clear != path["on"][0]:
            value = path.row(by_predicate=pl.col("on") == clear, named=True)["value"]
            label = f"good from {numbers.day(clear, year=False)}" if name == "same" else ""
            is_late |= bool(label) and clear >= path["on"][path.height // 2]
            marks.append({"on": clear, "value": value, "label": label})
    if not marks:
        return []
    base = alt.Chart(pl.DataFrame(marks)).encode(x=alt.X("on:T"), y=alt.Y("value:Q"))
    # On a phone, words that begin in the right half would be cut off.
    side: dict[str, Any] = {"align": "right", "dx": -7} if is_late else {"align": "left", "dx": 7}
    return [
        base.mark_point(style="good", filled=True, size=80, opacity=1),
        base.mark_text(style="ink", baseline="bottom", dy=-5, **side).encode(text=alt.Text("label:N")),
    ]
