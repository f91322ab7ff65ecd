"""Stock against listings, and what to confirm: tables and the sentences above them."""

from collections.abc import Sequence

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric, Need
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.chart import titled
from sellerhealth.show.desk import time_left
from sellerhealth.show.table import MOST_ROWS, Table, first_shown, table

CANCELLED = ("cancelled order", "cancelled orders")
STATES = {"oversold": "✕ oversold", "at risk": "! at risk", "enough": "✓ enough", "not counted": "– not counted"}


def stock_card(found: pl.DataFrame, explained: tuple[int, int], missing: Sequence[Need]) -> Card:
    """What the shelves say in sentences: what is oversold, at risk, and how many cancellations that explains."""
    if missing and found.is_empty():
        return paragraphs([f"{need.reason} {need.remedy}" for need in missing])
    oversold = found.filter(pl.col("oversold_units") > 0).select("sku", "oversold_units")
    at_risk = found.filter(pl.col("state") == "at risk").height
    some = numbers.count(at_risk, ("product is", "products are")) if at_risk else "No product is"
    is_listed = found["listed_units"].null_count() < found.height
    lines = [
        *(f"{sku}: oversold by {numbers.count(units, ('unit', 'units'))}." for sku, units in oversold.rows()),
        f"{some} listed with more units than are free." if is_listed else "",
        _explained(*explained),
        *(f"{need.reason} {need.remedy}" for need in missing),
    ]
    return paragraphs(lines)


def _explained(short: int, cancelled: int) -> str:
    if not cancelled:
        return ""
    return f"A short shelf explains {short} of {numbers.count(cancelled, CANCELLED)} of the last 30 days."


def stock_table(found: pl.DataFrame) -> Table:
    """Per SKU: units on hand, promised, free and listed, days of cover, and how many to hold back; worst first."""
    shown = found.head(MOST_ROWS).select(
        pl.col("sku").alias("SKU"),
        pl.col("state").replace_strict(STATES).alias("State"),
        pl.col("units_on_hand").alias("On hand"),
        pl.col("open_units").alias("In open orders"),
        pl.col("listed_units").alias("Listed"),
        pl.col("days_of_cover").clip(0).round(1).cast(pl.String).alias("Days of cover"),
        pl.col("cancelled_orders").alias("Cancelled"),
        pl.col("explained_orders").alias("Explained"),
        pl.col("reserve_units").alias("Hold back"),
        pl.col("list_at_most").alias("List at most"),
    )
    title = f"Stock of {numbers.count(found.height, ('product', 'products'))}"
    note = "Worst first. Hold back: what buyers may order before the next count, one time in twenty more."
    return table(shown, title, f"{note}{first_shown(found.height)}")


def confirm_table(found: pl.DataFrame) -> Table:
    """What to confirm: orders posted but not confirmed first, then by the time left."""
    shown = found.head(MOST_ROWS).select(
        pl.col("order_id").alias("Order"),
        pl.col("skus").alias("SKU"),
        pl.col("ship_by_on").alias("Ship by"),
        pl.Series("Time left", [_deadline(row) for row in found.head(MOST_ROWS).to_dicts()], dtype=pl.String()),
        pl.when("is_posted").then(pl.lit("posted, not confirmed")).otherwise(pl.lit("not posted")).alias("Parcel"),
    )
    told = numbers.count(found.height, ("order", "orders"))
    posted = numbers.count(int(found["is_posted"].sum()), ("is posted", "are posted"))
    which = "that" if found["is_posted"].sum() == 1 else "those"
    note = f"{posted} already: confirm {which} first." if found["is_posted"].any() else "By the time left."
    return table(shown, f"{told} to confirm", f"{note}{first_shown(found.height)}")


def _deadline(row: words.Row) -> str:
    """An order is overdue from the day after its ship-by day on; on the day itself there is time."""
    if row["days_overdue"] > 0:
        return f"{numbers.count(row['days_overdue'], ('day', 'days'))} overdue"
    return "due today" if row["days_overdue"] == 0 else time_left(row["hours_left"])


def outlook_chart(days: pl.DataFrame, metric: Metric) -> alt.LayerChart | None:
    """The rate on each coming day if nothing more is confirmed; None when it cannot be said."""
    if days.is_empty():
        return None
    shown = days.select(pl.col("on").dt.to_string("%a %-d %b").alias("day"), "value", _counts().alias("counts"))
    base = alt.Chart(shown).encode(
        x=alt.X("day:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("value:Q", title=None, axis=alt.Axis(format=".1%"), scale=alt.Scale(domainMin=0)),
        tooltip=["day:N", alt.Tooltip("value:Q", format=".2%"), alt.Tooltip("counts:N", title="counted")],
    )
    first, last = days.row(0, named=True), days.row(-1, named=True)
    says = f"From {words.rate(first)} today to {words.rate(last)} on {numbers.day(last['on'])}."
    layers = [base.mark_bar(style="main", opacity=0.75), base.mark_text(style="ink", dy=-7).encode(text="counts:N")]
    return titled(
        alt.layer(*layers),
        f"What becomes of the {metric.label} if nothing more is confirmed?",
        "With no new order, and none of the open ones confirmed",
        says,
    )


def _counts() -> pl.Expr:
    return pl.format("{} of {}", pl.col("numerator"), pl.col("denominator"))
