"""The calendar of a figure: on which days its defects were, and when each enters the window and leaves it."""

from datetime import date

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric
from sellerhealth.facts import IDENTITY
from sellerhealth.measure.tally import EVERY_CHANNEL
from sellerhealth.show import numbers, words
from sellerhealth.show.display import titled
from sellerhealth.show.table import Table, table

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEK_LABEL = "timeFormat(toDate(datum.value), '%d %b')"
MANY_WEEKS = 8
"""From more weeks on their names stand aslant, so that the last is not cut off on a phone."""
NO_GRID = alt.Axis(grid=False)
INSIDE = "–"
"""When a defect enters that is in the window already."""
MOST_CHANGES = 10
MOST_NAMED = 3
"""Of more that leave on one day only so many are named in a row of the table."""


def calendar_chart(found: pl.DataFrame, metric: Metric, results: pl.DataFrame) -> alt.LayerChart | None:
    """The days of the window with the defects on each; a day leaves the window with them. An outline: still to enter.

    `found` is the `calendar`, or the `defects` alone, `results` the headline; None where it has no value.
    """
    if results["value"][0] is None:
        return None
    row = results.row(0, named=True)
    days = _days(found, row)
    coming = "enters" in days.columns
    weeks = days["event_on"].dt.truncate("1w")
    weeks = pl.date_range(weeks[0], weeks[-1], "1w", eager=True)
    cells = _cells(days, metric, weeks)
    is_inside = alt.datum.enters == INSIDE if coming else "true"
    some = cells.transform_filter(alt.datum.defects > 0)
    layers = [
        cells.transform_filter(is_inside).mark_rect(style="line", cornerRadius=3, opacity=0.5, stroke=None),
        some.transform_filter(is_inside).mark_rect(style="bad", cornerRadius=3, opacity=0.35),
        some.mark_text(style="ink", fontWeight=600).encode(text=alt.Text("defects:Q")),
    ]
    if coming:
        outlined = cells.transform_filter(alt.datum.enters != INSIDE)
        layers.append(outlined.mark_rect(style="ink", filled=False, strokeDash=[3, 2], cornerRadius=3))
    asks, leaving = f"On which days were the {metric.definition.defect[1]}?", words.leaving(found, metric)
    says = f"{leaving} {entering(found, metric, row['window_end'])}".strip()
    subtitle = f"{leaving} Outlined: still to enter it." if coming else leaving
    return titled(layers, asks, subtitle, says, height=26 * len(WEEKDAYS))


def calendar_table(found: pl.DataFrame, metric: Metric, results: pl.DataFrame) -> Table | None:
    """The days on which defects enter the window or leave it, the next first, and how many are in it then.

    `found` is the `calendar`, `results` the headline; None where there is no defect.
    """
    if found.is_empty():
        return None
    defect, inside = metric.definition.defect, pl.col("event_on") <= results["window_end"][0]
    rows = _changes(found, metric, inside)
    hidden = [name for name in ("account", "channel") if rows[name].n_unique() == 1]
    now = numbers.count(words.number_of(found.filter(inside)), defect)
    cut = f" The next {MOST_CHANGES} changes are shown." if rows.height > MOST_CHANGES else ""
    return table(rows.head(MOST_CHANGES).drop(hidden), "What enters and leaves", f"Now in the window: {now}.{cut}")


def _changes(found: pl.DataFrame, metric: Metric, inside: pl.Expr) -> pl.DataFrame:
    """A row for each day, channel and change: how many, and how many there are then."""
    name, keys = IDENTITY[metric.definition.fact][0], ["account", "channel"]
    is_split = metric.definition.channels != EVERY_CHANNEL
    units = pl.col("units") if "units" in found.columns else pl.lit(1)
    rows = found.with_columns(
        units.cast(pl.Int64).alias("units"),
        (pl.col("channel").replace_strict(words.CHANNEL) if is_split else pl.lit("")).alias("channel"),
    )
    leaving, coming = pl.lit("leave").alias("Change"), pl.lit("enter").alias("Change")
    events = pl.concat(
        [
            rows.select(
                *keys, name, pl.col("leaves_on").alias("Day"), leaving, pl.col("units"), -pl.col("units").alias("by")
            ),
            rows.filter(~inside).select(
                *keys, name, pl.col("enters_on").alias("Day"), coming, pl.col("units"), pl.col("units").alias("by")
            ),
        ]
    )
    start = rows.filter(inside).group_by(keys).agg(pl.col("units").sum().alias("start"))
    return (
        events.group_by(*keys, "Day", "Change")
        .agg(pl.col("units", "by").sum(), pl.col(name).drop_nulls().unique().sort().alias("Which"))
        .sort("Day", "Change", *keys)
        .join(start, on=keys, how="left", maintain_order="left")
        .with_columns((pl.col("start").fill_null(0) + pl.col("by").cum_sum().over(keys)).alias("In the window then"))
        .select(*keys, "Day", "Change", pl.col("units").alias("Number"), "In the window then", _named(pl.col("Which")))
    )


def _named(which: pl.Expr) -> pl.Expr:
    """The first few names, and how many more there are."""
    more = which.list.len().cast(pl.Int64) - MOST_NAMED
    names = which.list.head(MOST_NAMED).cast(pl.List(pl.String)).list.join(", ")
    return pl.when(more > 0).then(pl.format("{} and {} more", names, more)).otherwise(names).alias("Which")


def _cells(days: pl.DataFrame, metric: Metric, weeks: pl.Series) -> alt.Chart:
    """A cell a day, a week a column."""
    names = weeks.dt.to_string("%Y-%m-%d").to_list()
    axis = alt.Axis(labelAngle=-45 if weeks.len() > MANY_WEEKS else 0, labelExpr=WEEK_LABEL, labelOverlap=True)
    told = {"enters": "enters the window on", "leaves": "leaves the window on"}
    shown = days.select(
        pl.col("event_on").dt.truncate("1w").dt.to_string("%Y-%m-%d").alias("week"),
        pl.col("event_on").dt.to_string("%a").alias("weekday"),
        _day(pl.col("event_on")).alias("day"),
        "defects",
        *(name for name in told if name in days.columns),
    )
    return alt.Chart(shown).encode(
        x=alt.X("week:O", title="Week from", sort=names, scale=alt.Scale(domain=names), axis=axis),
        y=alt.Y("weekday:O", sort=list(WEEKDAYS), title=None, axis=NO_GRID),
        tooltip=[
            alt.Tooltip("day:N"),
            alt.Tooltip("defects:Q", title=metric.definition.defect[1]),
            *(alt.Tooltip(f"{name}:N", title=title) for name, title in told.items() if name in days.columns),
        ],
    )


def _days(found: pl.DataFrame, row: words.Row) -> pl.DataFrame:
    """One row per day of the window: its defects, and when they leave; then the days still to enter, with `enters`."""
    every = pl.DataFrame({"event_on": pl.date_range(row["window_start"], row["window_end"], eager=True)})
    is_coming = pl.col("event_on") > row["window_end"]
    days = every.join(_counted(found.filter(~is_coming)), on="event_on", how="left", maintain_order="left")
    coming = _counted(found.filter(is_coming))
    if coming.height:
        later = coming.with_columns(_day(pl.col("enters_on")).alias("enters"))
        days = pl.concat([days, later], how="diagonal").with_columns(pl.col("enters").fill_null(INSIDE))
    return days.with_columns(pl.col("defects").fill_null(0), pl.col("leaves").fill_null("–"))


def _counted(found: pl.DataFrame) -> pl.DataFrame:
    """How many defects there are of a day."""
    each = pl.col("units").sum() if "units" in found.columns else pl.len()
    enters = [pl.col("enters_on").first()] if "enters_on" in found.columns else []
    leaves = _day(pl.col("leaves_on").first()).alias("leaves")
    return found.group_by("event_on").agg(each.cast(pl.Int64).alias("defects"), leaves, *enters).sort("event_on")


def _day(day: pl.Expr) -> pl.Expr:
    return day.dt.to_string("%-d %b %Y")


def entering(found: pl.DataFrame, metric: Metric, window_end: date) -> str:
    """The defects that are known and not in the window yet; empty where there are none."""
    still = found.filter(pl.col("event_on") > window_end)
    number, defect = words.number_of(still), metric.definition.defect
    if not number:
        return ""
    days = still["enters_on"].sort()
    first, last = numbers.day(days[0]), numbers.day(days[-1])
    known, verb = ("is", "enters") if number == 1 else ("are", "enter")
    when = f"on {first}" if first == last else f"from {first} to {last}"
    more = numbers.count(number, defect).replace(" ", " more ", 1)
    return f"{more} {known} known already and {verb} the window {when}."
