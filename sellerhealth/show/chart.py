"""Pictures: a tidy frame in, an Altair chart out, no arithmetic but what a picture needs.

A title is the question, the subtitle the window and the counts; `description` says in words what is to
be seen, for those who do not see it. Channels are given as objects: Altair takes long to find one for a text.
"""

from typing import Any

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.definition.policy import Policy
from sellerhealth.show import amazons, numbers, words
from sellerhealth.show.display import titled
from sellerhealth.show.nearest import nearest

MOST_BARS = 10
MOST_USED = 4.0
"""A bar of more than four times its limit says no more when it is longer."""
ROOM = 1.6
"""How much wider than its longest bar a picture is, so that its counts stand behind it."""

AXIS = {Unit.PERCENT: ".1%", Unit.HOURS: ".1f", Unit.OF_TEN: ".1f", Unit.OF_HUNDRED: ".1f"}


def trend_chart(trends: pl.DataFrame, metric: Metric, figures: pl.DataFrame | None = None) -> alt.LayerChart | None:
    """The metric day by day, with target and 95 % interval; further windows and channels are thin lines.

    `trends` is one trend, or several stacked; the first row's window and channel are drawn in full. `figures` are
    Amazon's own, drawn as diamonds. None where no day has a value.
    """
    if trends["value"].null_count() == trends.height:
        return None
    lines = trends.with_columns(_series(metric).alias("series"))
    first = lines["series"][0] if lines.height else ""
    main, others = lines.filter(pl.col("series") == first), lines.filter(pl.col("series") != first)
    last = main.row(-1, named=True)
    layers: list[Any] = [*_band(main), _line(main, metric, 2.5)]
    if others["counted"].sum():
        layers.append(_dashed(others, metric))
    layers += _target(metric)
    layers.append(nearest(_line(main, metric, 0)))
    layers.append(_line(main.tail(1), metric, 0).mark_point(style="main", filled=True, size=70, tooltip=True))
    layers += amazons.marks(figures, main) if figures is not None else []
    says = f"{metric.label}: {words.rate(last)} in the window of {numbers.window(last)}. {words.verdict(last, metric)}"
    dashed = f"; dashed: {', '.join(others['series'].unique(maintain_order=True))}" if others.height else ""
    subtitle = f"{numbers.window(last)}: {words.rate(last)}{dashed}"
    return titled(layers, metric.definition.question, subtitle, says)


def breakdown_chart(split: pl.DataFrame, metric: Metric, by: str | tuple[str, ...]) -> alt.LayerChart | None:
    """Bars of defects per value of a dimension, the ten with the most, each with its counts; None without a defect."""
    wanted = (by,) if isinstance(by, str) else by
    named = words.DIMENSION
    rows = split.filter(pl.col("defects") > 0).head(MOST_BARS)
    if rows.is_empty():
        return None
    shown = rows.select(_bar_name(rows, wanted), "defects", _bar_label(wanted))
    base = alt.Chart(shown).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(grid=False, labelLimit=150)),
        x=alt.X(
            "defects:Q",
            title=metric.definition.defect[1].capitalize(),
            axis=alt.Axis(tickMinStep=1, format="d", labelOverlap=True, titleAnchor="end"),
            scale=alt.Scale(domain=[0, rows["defects"][0] * ROOM], nice=False),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=" and ".join(named[name] for name in wanted)),
            alt.Tooltip("label:N", title="counted"),
        ],
    )
    layers = [
        base.mark_bar(style="bad", height={"band": 0.7}),
        base.mark_text(style="ink", align="left", dx=6).encode(text=alt.Text("label:N")),
    ]
    what = " and ".join(named[name] for name in wanted)
    asks = f"Which {what} had the most {metric.definition.defect[1]}?"
    says = " ".join(words.cause(row, metric, wanted) for row in rows.head(3).iter_rows(named=True))
    return titled(layers, asks, _scope(split, metric), says, height=28 * shown.height)


def field_of(metric: Metric) -> str:
    """The column a picture draws: a share is told as a percentage beside it, anything else as it is."""
    return "value" if metric.definition.unit is Unit.PERCENT else "figure"


def _series(metric: Metric) -> pl.Expr:
    """A line's window, and its channel where there are several."""
    spans = {days: numbers.span(days) for days in metric.terms.windows}
    window = pl.col("window_days").replace_strict(spans, default=pl.format("{} days", "window_days"))
    if len(metric.definition.channels) == 1:
        return window
    return pl.format("{}, {}", window, pl.col("channel").replace_strict(words.CHANNEL))


def _bar_name(rows: pl.DataFrame, wanted: tuple[str, ...]) -> pl.Series:
    """The value, and the channel where there are several."""
    several = rows["channel"].n_unique() > 1
    told = [
        ", ".join([*(words.value(row[name], name) for name in wanted), *([words.CHANNEL[row["channel"]]] * several)])
        for row in rows.iter_rows(named=True)
    ]
    return pl.Series("name", told)


def _bar_label(wanted: tuple[str, ...]) -> pl.Expr:
    counted = pl.col("defects").cast(pl.String)
    out_of = pl.format("{} of {}", pl.col("defects"), pl.col("counted"))
    return (counted if words.DEFECTS_ONLY.intersection(wanted) else out_of).alias("label")


def headroom_chart(results: pl.DataFrame, policy: Policy) -> alt.LayerChart | None:
    """How much of each target's limit is used up: one bar a metric and channel; None without a target."""
    rows = results.filter(pl.col("used").is_not_null() & pl.col("status").is_in(["GOOD", "BAD"])).with_columns(
        pl.when(pl.col("status") == "BAD")
        .then(pl.lit("over the limit"))
        .otherwise(pl.lit("within the limit"))
        .alias("state"),
    )
    if rows.is_empty():
        return None
    rows = rows.with_columns(_limit_name(rows, policy), _of_limit(rows, policy))
    base = alt.Chart(rows.select("name", "used", "label", "state")).encode(
        y=alt.Y("name:N", sort=rows["name"].to_list(), title=None, axis=None),
        x=alt.X("used:Q", title="part of the limit used", axis=alt.Axis(format="%"), scale=_cut(rows["used"])),
        tooltip=[alt.Tooltip("name:N"), alt.Tooltip("label:N", title="rate, of its limit"), alt.Tooltip("state:N")],
    )
    within, over = (
        base.transform_filter(alt.datum.state == state).mark_bar(style=style, height=12, yOffset=14, clip=True)
        for state, style in (("within the limit", "good"), ("over the limit", "bad"))
    )
    rule = (
        alt.Chart(pl.DataFrame({"limit": [1.0]}))
        .mark_rule(style="ink", strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x=alt.X("limit:Q"))
    )
    start = alt.XValue(2)  # type: ignore[no-untyped-call]
    heading = base.mark_text(style="ink", align="left", dy=-19, fontWeight=600)
    name = heading.encode(x=start, text=alt.Text("name:N"))
    text = base.mark_text(style="ink", align="left", dy=-4).encode(x=start, text=alt.Text("label:N"))
    says = " ".join(f"{row['name']}: {row['label']}." for row in rows.iter_rows(named=True))
    return titled(
        [within, over, rule, name, text],
        "How much of each limit is used?",
        "What misses the perfect figure, as a part of what the target allows",
        says,
        height=58 * rows.height,
    )


def _limit_name(rows: pl.DataFrame, policy: Policy) -> pl.Series:
    told = [(policy[row["metric"]], words.CHANNEL[row["channel"]]) for row in rows.iter_rows(named=True)]
    several = [len(metric.definition.channels) > 1 for metric, _ in told]
    names = [f"{metric.label}{f', {channel}' * many}" for (metric, channel), many in zip(told, several, strict=True)]
    return pl.Series("name", names)


def _of_limit(rows: pl.DataFrame, policy: Policy) -> pl.Series:
    """The figure and its target in words, such as 6.3 %, below 2.5 %."""
    told = [
        f"{numbers.figure(row['value'], row['unit'], row['target'])}, target {words.target(policy[row['metric']])}"
        for row in rows.iter_rows(named=True)
    ]
    return pl.Series("label", told)


def _cut(values: pl.Series) -> alt.Scale:
    """A scale from zero to a little over the longest bar; one far over its limit is cut off."""
    longest = max([1.0, *values.cast(pl.Float64).to_list()])
    return alt.Scale(domain=[0, min(longest * 1.1, MOST_USED)], nice=False, clamp=True)


def _line(frame: pl.DataFrame, metric: Metric, width: float) -> Any:
    shape, field = AXIS[metric.definition.unit], field_of(metric)
    scale = alt.Scale(zero=False) if metric.definition.condition.more_is_good else alt.Scale(domainMin=0)
    title = None if metric.definition.unit is Unit.PERCENT else metric.definition.unit.value
    return (
        alt.Chart(frame.select("window_end", pl.col("value").alias(field), "defects", "counted"))
        .mark_line(style="main", strokeWidth=width, strokeJoin="round", tooltip=True)
        .encode(
            x=alt.X("window_end:T", title=None, axis=alt.Axis(format="%d %b", labelOverlap=True)),
            y=alt.Y(f"{field}:Q", title=title, axis=alt.Axis(format=shape), scale=scale),
            tooltip=[
                alt.Tooltip("window_end:T", title="window ending", format="%d %b %Y"),
                alt.Tooltip(f"{field}:Q", title="figure", format=shape),
                alt.Tooltip("defects:Q", title=metric.definition.defect[1]),
                alt.Tooltip("counted:Q", title="out of"),
            ],
        )
    )


def _dashed(frame: pl.DataFrame, metric: Metric) -> Any:
    shape, field = AXIS[metric.definition.unit], field_of(metric)
    return (
        alt.Chart(frame.select("window_end", pl.col("value").alias(field), "series"))
        .mark_line(strokeWidth=1.3, strokeDash=[5, 3], style="other")
        .encode(
            x=alt.X("window_end:T"),
            y=alt.Y(f"{field}:Q"),
            detail=alt.Detail("series:N"),
            tooltip=[alt.Tooltip("series:N"), alt.Tooltip(f"{field}:Q", format=shape)],
        )
    )


def _band(frame: pl.DataFrame) -> list[Any]:
    """The interval, cut where it would press the line flat; none where there is no interval."""
    top = pl.max_horizontal(pl.col("value").max(), pl.col("target").max()).fill_null(1.0) * 2.2
    clipped = frame.select("window_end", "low", pl.min_horizontal("high", top).alias("high")).drop_nulls()
    if clipped.is_empty():
        return []
    return [
        alt.Chart(clipped)
        .mark_area(style="band", opacity=0.14, strokeWidth=0)
        .encode(x=alt.X("window_end:T"), y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    ]


def _target(metric: Metric) -> list[Any]:
    if metric.terms.target is None:
        return []
    frame = pl.DataFrame({"target": [float(metric.terms.target.value)], "label": [f"target: {words.target(metric)}"]})
    base = alt.Chart(frame).encode(y=alt.Y("target:Q"))
    return [
        base.mark_rule(style="ink", strokeDash=[4, 3], strokeWidth=1.4),
        base.mark_text(style="ink", align="left", baseline="bottom", dx=4, dy=-3, x=0).encode(text=alt.Text("label:N")),
    ]


def _scope(split: pl.DataFrame, metric: Metric) -> str:
    if split.is_empty():
        return "nothing was counted"
    row = split.row(0, named=True)
    things = metric.definition.unit_counted[1]
    return f"{numbers.window(row)}; {metric.definition.defect[1]}, of all {things} counted"
