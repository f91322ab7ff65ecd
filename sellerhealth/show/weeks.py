"""Week by week: one row per ISO week for several metrics, and ratings by their stars."""

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric
from sellerhealth.definition.tables import EVERY_STAR
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.chart import AXIS, field_of
from sellerhealth.show.display import titled
from sellerhealth.show.table import Table, table

ISO_WEEK = "%G-W%V"


def weeks_table(trends: Mapping[str, pl.DataFrame], metrics: Sequence[Metric]) -> Table:
    """One row per ISO week, the latest first; a column for each metric, with its counts.

    `trends` holds for each metric, by its name, a trend of windows of seven days.
    """
    columns = [_column(trends[metric.name], metric) for metric in metrics]
    rows = columns[0]
    for column in columns[1:]:
        rows = rows.join(column, on="window_end", how="full", coalesce=True)
    shown = rows.sort("window_end", descending=True).with_columns(
        pl.col("window_end").dt.to_string(ISO_WEEK).alias("Week"), pl.col("window_end").alias("To Sunday")
    )
    names = [metric.label for metric in metrics]
    return table(shown.select("Week", "To Sunday", *names), "Week by week", "Whole weeks only, Monday to Sunday.")


def weeks_chart(trend: pl.DataFrame, metric: Metric) -> alt.LayerChart | None:
    """A metric week by week, each with its counts; None where no week has a value."""
    if trend["value"].null_count() == trend.height:
        return None
    shape, field = AXIS[metric.definition.unit], field_of(metric)
    told = [words.rate(row) for row in trend.iter_rows(named=True)]
    shown = trend.select(
        pl.col("window_end").dt.to_string("W%V").alias("week"), pl.col("value").alias(field), "defects", "counted"
    )
    base = alt.Chart(shown.with_columns(pl.Series("told", told))).encode(
        x=alt.X("week:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y(f"{field}:Q", title=None, axis=alt.Axis(format=shape), scale=alt.Scale(domainMin=0)),
        tooltip=[alt.Tooltip("week:N"), alt.Tooltip("told:N", title="figure")],
    )
    layers = [
        base.mark_bar(style="main", opacity=0.75),
        base.mark_text(style="ink", dy=-7).encode(text=alt.Text(f"{field}:Q", format=shape)),
    ]
    last = trend.row(-1, named=True)
    says = f"In the last whole week: {words.rate(last)}."
    return titled(layers, metric.definition.question, says, says)


def valid_card(valid: pl.DataFrame, now: pl.DataFrame, metric: Metric) -> Card:
    """When answers are too few: the last rating that had enough, or that there was none in a year."""
    row = now.row(0, named=True)
    if row["basis"] == Basis.NOT_COMPUTABLE or row["counted"] >= metric.terms.fewest:
        return paragraphs([])
    if valid.is_empty():
        return paragraphs([f"In the last year no window had {metric.terms.fewest} answers: there is no rating yet."])
    row = valid.row(0, named=True)
    when = f"week {row['window_end']:{ISO_WEEK}}"
    return paragraphs([f"The last valid rating stays: {words.rate(row)}, of the window that ended with {when}."])


def stars_table(found: pl.DataFrame, account: Account) -> Table:
    """Ratings by their stars in each window; what Amazon's own file never holds is a dash, not a zero."""
    told, some = EVERY_STAR in account.provided, "feedback" in account.provided
    is_told = pl.lit(value=some) & ((pl.col("stars") <= 3) | told)
    counted = found.with_columns(pl.when(is_told).then("ratings").alias("ratings"))
    spans = {days: numbers.span(days).capitalize() for days in found["window_days"].unique()}
    shown = counted.with_columns(pl.col("window_days").replace_strict(spans, return_dtype=pl.String())).pivot(
        "window_days", index="stars", values="ratings"
    )
    rows = shown.with_columns(pl.Series("stars", [numbers.count(n, ("star", "stars")) for n in shown["stars"]]))
    partly = "Amazon's feedback file holds only one to three stars." if some else "There is no file of feedback."
    note = "All ratings." if told else partly
    return table(rows.rename({"stars": "Stars"}), "Ratings by stars", note)


def _column(trend: pl.DataFrame, metric: Metric) -> pl.DataFrame:
    told = [words.rate(row) for row in trend.iter_rows(named=True)]
    return trend.select("window_end", pl.Series(metric.label, told, dtype=pl.String()))
