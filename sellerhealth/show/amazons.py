"""Amazon's own figure beside ours: what each of its performance reports said.

`figures` is what `measure.performance.figures` gives, the nearest to the metric first; of each channel that one is
shown.
"""

from html import escape
from typing import Any

import altair as alt
import polars as pl

from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card
from sellerhealth.show.reconciled import sentences

REPORTS = ("report of Amazon", "reports of Amazon")
NOTHING = "nothing counted"


def marks(figures: pl.DataFrame, trends: pl.DataFrame) -> list[Any]:
    """Amazon's figure of each report as a diamond, to be laid over the first of `trends`; none without a report."""
    shown = _nearest(figures, trends).drop_nulls("figure_rate")
    if shown.is_empty():
        return []
    told = [_rate(row) for row in shown.iter_rows(named=True)]
    frame = shown.select(pl.col("figure_to").alias("window_end"), pl.col("figure_rate").alias("value"))
    return [
        alt.Chart(frame.with_columns(pl.Series("told", told)))
        .mark_point(style="ink", shape="diamond", size=80, strokeWidth=1.6, filled=False)
        .encode(
            x=alt.X("window_end:T"),
            y=alt.Y("value:Q"),
            tooltip=[
                alt.Tooltip("told:N", title="Amazon's own figure"),
                alt.Tooltip("window_end:T", title="up to", format="%d %b %Y"),
            ],
        )
    ]


def amazons_word(figures: pl.DataFrame, trends: pl.DataFrame, reconciled: pl.DataFrame | None = None) -> Card | None:
    """What Amazon's latest report says of the metric, a sentence a channel; None without a report.

    The diamonds are spoken of where `trends`, that they lie on, has a value to be drawn. With `reconciled`, what
    `measure.reconcile.steps.reconcile` gives, each sentence is followed by how our count differs, and why.
    """
    shown = _nearest(figures, trends)
    if shown.is_empty():
        return None
    last = shown.unique("channel", keep="last", maintain_order=True)
    told = [" ".join([_sentence(row), *_beside(row, reconciled)]) for row in last.iter_rows(named=True)]
    reports = shown.drop_nulls("figure_rate")["figure_to"].n_unique()
    if reports > 1 and trends["value"].count():
        first = numbers.day(shown.select(pl.col("figure_to").min()).item())
        told.append(f"The diamonds are {numbers.count(reports, REPORTS)} since {first}.")
    # What is explained at length stands in paragraphs of its own.
    lines = [" ".join(told)] if reconciled is None else told
    html = "".join(f'<p class="amazon">{escape(line)}</p>' for line in lines)
    return Card(html=html, text="\n".join(lines))


def _beside(row: words.Row, found: pl.DataFrame | None) -> list[str]:
    """How our count differs from this figure, and why."""
    if found is None:
        return []
    same = found.filter(figure=row["figure"], figure_to=row["figure_to"], account=row["account"])
    return sentences(same) if same.height else []


def _nearest(figures: pl.DataFrame, trends: pl.DataFrame) -> pl.DataFrame:
    """Of each channel the nearest figure that has a rate; of several spans to one day the one nearest our window."""
    days = (pl.col("figure_to") - pl.col("figure_from")).dt.total_days() + 1
    ours = trends["window_days"][0] if trends.height else 0
    one = figures.sort(pl.col("figure_rate").is_null().all().over("channel", "figure"), maintain_order=True)
    return (
        one.filter(pl.col("figure") == pl.col("figure").first().over("channel"))
        .sort("figure_to", (days - ours).abs().fill_null(0), maintain_order=True)
        .unique(["channel", "figure_to"], keep="first", maintain_order=True)
    )


def _sentence(row: words.Row) -> str:
    where = f", {words.CHANNEL[row['channel']]}" if row["channel"] else ""
    span = f"{numbers.day(row['figure_from'])} to {numbers.day(row['figure_to'])}" if row["figure_from"] else ""
    when = span or f"up to {numbers.day(row['figure_to'])}"
    return f"Amazon's own figure{where}: {_rate(row)}, {when}."


def _rate(row: words.Row) -> str:
    """Amazon's rate as it gives it, with its counts where it gives them."""
    is_counted = row["figure_count"] is not None and row["figure_out_of"]
    counts = f"{row['figure_count']:,} of {row['figure_out_of']:,}" if is_counted else ""
    if row["figure_rate"] is None:
        return counts or NOTHING
    return f"{numbers.percent(row['figure_rate'])}{f' ({counts})' if counts else ''}"
