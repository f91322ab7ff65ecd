"""Pictures: a tidy frame in, an Altair chart out, no arithmetic but what a picture needs.

A title is the question, the subtitle the window and the counts; `description` says in words what is to
be seen, for those who do not see it.
"""

from typing import Any

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric
from sellerhealth.definition.policy import Policy
from sellerhealth.show import display, words

MOST_BARS = 10

display.enable()
PERCENT = ".1%"


def trend_chart(trends: pl.DataFrame, metric: Metric) -> alt.LayerChart:
    """The metric day by day, with target and 95 % interval; further windows and channels are thin lines.

    `trends` is one trend, or several stacked; the first row's window and channel are drawn in full.
    """
    series = pl.format("{} days, {}", pl.col("window_days"), pl.col("channel").replace_strict(words.CHANNEL))
    lines = trends.with_columns(series.alias("series"))
    first = lines["series"][0] if lines.height else ""
    main, others = lines.filter(pl.col("series") == first), lines.filter(pl.col("series") != first)
    last = main.row(-1, named=True)
    layers: list[Any] = [_band(main), _line(main, "main", 2.5)]
    if others["denominator"].sum():
        layers.append(_dashed(others))
    layers += _target(metric)
    layers.append(_line(main.tail(1), "main", 0).mark_point(style="main", filled=True, size=70, tooltip=True))
    says = f"{metric.label}: {words.rate(last)} in the window of {words.window(last)}. {words.verdict(last, metric)}"
    return _titled(alt.layer(*layers), metric.definition.question, f"{words.window(last)}: {words.rate(last)}", says)


def breakdown_chart(split: pl.DataFrame, metric: Metric, by: str | tuple[str, ...]) -> alt.LayerChart:
    """Bars of defects per value of a dimension, the ten with the most, each with its counts."""
    wanted = (by,) if isinstance(by, str) else by
    named = words.DIMENSION
    rows = split.filter(pl.col("numerator") > 0).head(MOST_BARS)
    label = pl.format("{} of {}", pl.col("numerator"), pl.col("denominator"))
    shown = rows.select(pl.concat_str(wanted, separator=", ").alias("name"), "numerator", label.alias("label"))
    base = alt.Chart(shown.sort("numerator", "name", descending=[True, False])).encode(
        y=alt.Y("name:N", sort=None, title=None),
        x=alt.X(
            "numerator:Q", title=metric.definition.defect[1].capitalize(), axis=alt.Axis(tickMinStep=1, format="d")
        ),
        tooltip=[
            alt.Tooltip("name:N", title=" and ".join(named[name] for name in wanted)),
            alt.Tooltip("label:N", title="counted"),
        ],
    )
    chart = alt.layer(
        base.mark_bar(style="bad", height={"band": 0.7}),
        base.mark_text(style="ink", align="left", dx=6).encode(text="label:N"),
    ).properties(height=alt.Step(28))
    what = " and ".join(named[name] for name in wanted)
    says = " ".join(words.cause(row, metric, wanted) for row in rows.head(3).iter_rows(named=True))
    return _titled(chart, f"Which {what} had the most {metric.definition.defect[1]}?", _scope(split, metric), says)


def calendar_chart(found: pl.DataFrame, metric: Metric) -> alt.LayerChart:
    """The days of the window with defects, a week a column, with the number on each day."""
    day = pl.col("event_on")
    days = (
        found.group_by("event_on", "leaves_on")
        .agg(pl.len().alias("defects"))
        .sort("event_on")
        .with_columns(day.dt.truncate("1w").alias("week"), day.dt.to_string("%a").alias("weekday"))
    )
    base = alt.Chart(days).encode(
        x=alt.X(
            "week:T",
            timeUnit="yearmonthdate",
            type="ordinal",
            title="Week from",
            axis=alt.Axis(format="%d %b", labelAngle=0, labelOverlap=True),
        ),
        y=alt.Y(
            "weekday:N",
            sort=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
            scale=alt.Scale(domain=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
            title=None,
        ),
        tooltip=[
            alt.Tooltip("event_on:T", title="day", format="%d %b %Y"),
            alt.Tooltip("defects:Q", title=metric.definition.defect[1]),
            alt.Tooltip("leaves_on:T", title="leaves the window on", format="%d %b %Y"),
        ],
    )
    chart = alt.layer(
        base.mark_rect(style="bad", opacity=0.22, cornerRadius=3),
        base.mark_text(style="ink", fontWeight=600).encode(text="defects:Q"),
    ).properties(height=alt.Step(26))
    return _titled(
        chart,
        f"On which days were the {metric.definition.defect[1]}?",
        words.leaving(found, metric),
        words.leaving(found, metric),
    )


def headroom_chart(results: pl.DataFrame, policy: Policy) -> alt.LayerChart:
    """How much of each target's limit is used up: one bar a metric and channel, a rule at the limit."""
    limit = pl.col("numerator") + pl.col("headroom")
    rows = results.filter(pl.col("headroom").is_not_null()).with_columns(
        pl.format(
            "{}, {}",
            pl.col("metric").replace_strict({metric.name: metric.label for metric in policy}),
            pl.col("channel").replace_strict(words.CHANNEL),
        ).alias("name"),
        (pl.col("value") / pl.col("target")).alias("used"),
        pl.format("{} of at most {}", pl.col("numerator"), limit).alias("label"),
        pl.when(pl.col("status") == "BAD")
        .then(pl.lit("over the limit"))
        .otherwise(pl.lit("within the limit"))
        .alias("state"),
    )
    base = alt.Chart(rows.select("name", "used", "label", "state")).encode(
        y=alt.Y("name:N", sort=None, title=None),
        x=alt.X("used:Q", title="part of the limit used", axis=alt.Axis(format="%"), scale=alt.Scale(domainMin=0)),
        tooltip=[alt.Tooltip("name:N"), alt.Tooltip("label:N", title="defects"), alt.Tooltip("state:N")],
    )
    bars = [
        base.transform_filter(alt.datum.state == state).mark_bar(style=style, height={"band": 0.55})
        for state, style in (("within the limit", "good"), ("over the limit", "bad"))
    ]
    rule = (
        alt.Chart(pl.DataFrame({"limit": [1.0]}))
        .mark_rule(style="ink", strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x="limit:Q")
    )
    text = base.mark_text(style="ink", align="left", dx=6).encode(text="label:N")
    says = " ".join(f"{row['name']}: {row['label']}." for row in rows.iter_rows(named=True))
    return _titled(
        alt.layer(*bars, rule, text).properties(height=alt.Step(34)),
        "How much of each limit is used?",
        "Defects counted, of the most the target allows",
        says,
    )


def _line(frame: pl.DataFrame, style: str, width: float) -> Any:
    return (
        alt.Chart(frame.select("window_end", "value", "numerator", "denominator"))
        .mark_line(style=style, strokeWidth=width, tooltip=True)
        .encode(
            x=alt.X("window_end:T", title=None, axis=alt.Axis(format="%d %b", labelOverlap=True)),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(format=PERCENT), scale=alt.Scale(domainMin=0)),
            tooltip=[
                alt.Tooltip("window_end:T", title="window ending", format="%d %b %Y"),
                alt.Tooltip("value:Q", title="rate", format=".2%"),
                alt.Tooltip("numerator:Q", title="counted"),
                alt.Tooltip("denominator:Q", title="out of"),
            ],
        )
    )


def _dashed(frame: pl.DataFrame) -> Any:
    return (
        alt.Chart(frame.select("window_end", "value", "series"))
        .mark_line(strokeWidth=1.3, strokeDash=[5, 3], style="other")
        .encode(
            x="window_end:T", y="value:Q", detail="series:N", tooltip=["series:N", alt.Tooltip("value:Q", format=".2%")]
        )
    )


def _band(frame: pl.DataFrame) -> Any:
    """The interval, cut where it would press the line flat."""
    top = pl.max_horizontal(pl.col("value").max(), pl.col("target").max()).fill_null(1.0) * 2.2
    clipped = frame.select("window_end", "low", pl.min_horizontal("high", top).alias("high")).drop_nulls()
    return (
        alt.Chart(clipped)
        .mark_area(style="band", opacity=0.14, strokeWidth=0)
        .encode(x="window_end:T", y="low:Q", y2="high:Q")
    )


def _target(metric: Metric) -> list[Any]:
    if metric.terms.target is None:
        return []
    frame = pl.DataFrame({"target": [float(metric.terms.target.value)], "label": [f"target: {words.target(metric)}"]})
    base = alt.Chart(frame).encode(y="target:Q")
    return [
        base.mark_rule(style="ink", strokeDash=[4, 3], strokeWidth=1.4),
        base.mark_text(style="ink", align="left", baseline="bottom", dx=4, dy=-3, x=0).encode(text="label:N"),
    ]


def _scope(split: pl.DataFrame, metric: Metric) -> str:
    if split.is_empty():
        return "nothing was counted"
    row = split.row(0, named=True)
    return f"{words.window(row)}; defects of orders counted"


def _titled(chart: Any, title: str, subtitle: str, says: str) -> alt.LayerChart:
    titled: alt.LayerChart = chart.properties(
        title=alt.TitleParams(text=title, subtitle=subtitle), width="container", description=f"{title} {says}"
    )
    return titled
