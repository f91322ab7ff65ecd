"""What is still to come as a picture: the last days, and a fan of what is to be expected."""

from datetime import timedelta
from typing import Any

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric
from sellerhealth.measure.tally import KEYS
from sellerhealth.show import numbers, words
from sellerhealth.show.display import titled
from sellerhealth.show.forecast import expected, misses

BEFORE = 30
"""How many of the last days stand before the fan."""
DIGITS = 5
ENDS = ("low", "low_half", "high_half", "high")
SHAPE = ".1%"


def fan_chart(trends: pl.DataFrame, days: pl.DataFrame, metric: Metric) -> alt.LayerChart | None:
    """The figure of the last 30 days, and the fan of the coming ones; None where nothing is forecast.

    `trends` is a `trend`, `days` the `forecast`; drawn are the forecast's first account and channel.
    """
    if days.is_empty():
        return None
    one = {name: days[name][0] for name in KEYS}
    coming = days.filter(**one)
    past = _past(trends.filter(**one), metric)
    if past.is_empty() or coming["value"].null_count() == coming.height:
        return None
    fan = _joined(past, coming)
    asks = "What is to be expected on the coming days?"
    says = " ".join(line for line in (expected(coming, metric), misses(coming, metric)) if line)
    where = words.CHANNEL[one["channel"]] if len(metric.definition.channels) > 1 else ""
    scope = f"dark: half of all cases, light: 90 of 100{f'; {where}' if where else ''}"
    layers = [*_bands(fan), _expected(fan), _line(past, metric), *_target(fan, past, metric), *_today(past, metric)]
    return titled(layers, asks, scope[0].upper() + scope[1:], says)


def _past(trends: pl.DataFrame, metric: Metric) -> pl.DataFrame:
    """The last days by the day looked at, which comes after the window's end by the lag."""
    looked = pl.col("window_end") + timedelta(days=metric.terms.lag_days)
    return (
        trends.filter(pl.col("window_days") == metric.window_days)
        .select(looked.alias("on"), pl.col("value").round(DIGITS), "defects", "counted")
        .tail(BEFORE)
        .drop_nulls("value")
    )


def _joined(past: pl.DataFrame, coming: pl.DataFrame) -> pl.DataFrame:
    """The fan, from today's figure on."""
    told = coming.select("on", "value", *ENDS, "miss_chance").drop_nulls("value")
    today = past.tail(1).select("on", "value", *(pl.col("value").alias(name) for name in ENDS))
    return pl.concat([today, told], how="diagonal").with_columns(
        pl.col("value", *ENDS).round(DIGITS), pl.col("miss_chance").round(3)
    )


def _x() -> alt.X:
    return alt.X("on:T", title=None, axis=alt.Axis(format="%d %b", labelOverlap=True))


def _bands(fan: pl.DataFrame) -> list[Any]:
    """The wide band and, in it, the narrow one."""
    base = alt.Chart(fan).encode(x=_x())
    return [
        base.mark_area(style="band", opacity=opacity, strokeWidth=0).encode(y=alt.Y(f"{low}:Q"), y2=alt.Y2(f"{high}:Q"))
        for low, high, opacity in (("low", "high", 0.16), ("low_half", "high_half", 0.26))
    ]


def _expected(fan: pl.DataFrame) -> Any:
    return (
        alt.Chart(fan)
        .mark_line(style="main", strokeWidth=2, strokeDash=[5, 3])
        .encode(
            x=_x(),
            y=alt.Y("value:Q"),
            tooltip=[
                alt.Tooltip("on:T", title="on", format="%d %b %Y"),
                alt.Tooltip("value:Q", title="expected", format=SHAPE),
                alt.Tooltip("low:Q", title="from", format=SHAPE),
                alt.Tooltip("high:Q", title="to", format=SHAPE),
                alt.Tooltip("miss_chance:Q", title="chance of a miss", format=".0%"),
            ],
        )
    )


def _line(past: pl.DataFrame, metric: Metric) -> Any:
    scale = alt.Scale(zero=False) if metric.definition.condition.more_is_good else alt.Scale(domainMin=0)
    return (
        alt.Chart(past)
        .mark_line(style="main", strokeWidth=2.5, strokeJoin="round")
        .encode(
            x=_x(),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(format=SHAPE), scale=scale),
            tooltip=[
                alt.Tooltip("on:T", title="on", format="%d %b %Y"),
                alt.Tooltip("value:Q", title="figure", format=SHAPE),
                alt.Tooltip("defects:Q", title=metric.definition.defect[1]),
                alt.Tooltip("counted:Q", title="out of"),
            ],
        )
    )


def _target(fan: pl.DataFrame, past: pl.DataFrame, metric: Metric) -> list[Any]:
    """The target as a line, named at the end where the figure is further from it, on the other side."""
    if metric.terms.target is None:
        return []
    first, last = (each - float(metric.terms.target.value) for each in (past["value"][0], fan["value"][-1]))
    at_end = abs(last) > abs(first)
    is_above = (last if at_end else first) > 0
    goal = {"value": [float(metric.terms.target.value)], "label": [f"target: {words.target(metric)}"]}
    base = alt.Chart(pl.DataFrame(goal)).encode(y=alt.Y("value:Q"))
    return [
        base.mark_rule(style="ink", strokeDash=[4, 3], strokeWidth=1.4),
        base.mark_text(
            style="ink",
            align="right" if at_end else "left",
            baseline="top" if is_above else "bottom",
            dx=-4 if at_end else 4,
            dy=4 if is_above else -3,
            x="width" if at_end else 0,
        ).encode(text=alt.Text("label:N")),
    ]


def _today(past: pl.DataFrame, metric: Metric) -> list[Any]:
    """A rule where what is known ends, named on the side where the target is not."""
    at_top = not metric.definition.condition.more_is_good
    last = past.tail(1).select("on", label=pl.format("known until {}", pl.lit(numbers.day(past["on"][-1], year=False))))
    base = alt.Chart(last).encode(x=alt.X("on:T"))
    return [
        base.mark_rule(style="soft", strokeWidth=1),
        base.mark_text(
            style="soft",
            align="right",
            baseline="top" if at_top else "bottom",
            dx=-5,
            dy=0 if at_top else -4,
            y=0 if at_top else "height",
        ).encode(text=alt.Text("label:N")),
    ]
