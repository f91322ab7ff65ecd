"""Stock against listings, and what to confirm: tables and the sentences above them."""

from collections.abc import Sequence

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric, Need
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.desk import time_left
from sellerhealth.show.display import titled
from sellerhealth.show.table import MOST_ROWS, Table, first_shown, table

CANCELLED = ("cancelled order", "cancelled orders")
STATES = {
    "oversold": "✕ oversold",
    "at risk": "! at risk",
    "listing not known": "– listing not known",
    "enough": "✓ enough",
    "not counted": "– not counted",
}
MOST_NAMED = 3


def stock_card(found: pl.DataFrame, explained: tuple[int, int], missing: Sequence[Need]) -> Card:
    """What the shelves say in sentences: what is oversold, at risk, and how many cancellations that explains."""
    if missing and found.is_empty():
        return paragraphs([f"{need.reason} {need.remedy}" for need in missing])
    at_risk = found.filter(pl.col("state") == "at risk").height
    some = numbers.count(at_risk, ("product is", "products are")) if at_risk else "No product is"
    is_listed = found["listed_units"].null_count() < found.height
    lines = [
        *_oversold(found.filter(pl.col("oversold_units") > 0)),
        f"{some} listed with more units than are free." if is_listed else "",
        _unlisted(found, missing),
        _explained(*explained),
        *(f"{need.reason} {need.remedy}" for need in missing),
    ]
    return paragraphs(lines)


def _oversold(found: pl.DataFrame) -> list[str]:
    """The worst by name, and how many more there are."""
    named = found.select("sku", "oversold_units").head(MOST_NAMED).rows()
    more = numbers.count(found.height - len(named), ("more product is", "more products are"))
    told = [f"{sku}: oversold by {numbers.count(units, ('unit', 'units'))}." for sku, units in named]
    return [*told, f"And {more} oversold."] if found.height > len(named) else told


def _unlisted(found: pl.DataFrame, missing: Sequence[Need]) -> str:
    """Nothing where no file tells of any listing: that is said by what is missing."""
    unknown = found.filter(pl.col("free_units").is_not_null() & pl.col("listed_units").is_null()).height
    if not unknown or any("listings.listed_units" in need.any_of for need in missing):
        return ""
    return f"Of {numbers.count(unknown, ('product', 'products'))} no file tells how many units are listed."


def _explained(short: int, cancelled: int) -> str:
    if not cancelled:
        return ""
    return f"A short shelf explains {short} of {numbers.count(cancelled, CANCELLED)} of the last 30 days."


def stock_table(found: pl.DataFrame) -> Table:
    """Per SKU: units counted, gone since, promised and listed, days of cover, and how many to hold back; worst first.

    The frame is that of `safety_stock`.
    """
    shown = found.head(MOST_ROWS).select(
        pl.col("sku").alias("SKU"),
        pl.col("state").replace_strict(STATES).alias("State"),
        pl.col("units_on_hand").alias("On hand"),
        pl.col("counted_on").alias("Counted on"),
        pl.col("left_units").alias("Left since"),
        pl.col("open_units").alias("In open orders"),
        pl.col("listed_units").alias("Listed"),
        pl.col("days_of_cover").clip(0).round(1).cast(pl.String).alias("Days of cover"),
        pl.col("cancelled_orders").alias("Cancelled"),
        pl.col("explained_orders").alias("Explained"),
        pl.col("reserve_units").alias("Hold back"),
        pl.col("list_at_most").alias("List at most"),
    )
    title = f"Stock of {numbers.count(found.height, ('product', 'products'))}"
    told = ["Worst first.", _counted(found), _held_back(found)]
    return table(shown, title, f"{' '.join(filter(None, told))}{first_shown(found.height)}")


def _counted(found: pl.DataFrame) -> str:
    counted = found.filter(pl.col("units_on_hand").is_not_null())["counted_on"]
    told = [
        "Units that came in since the count are in no file." if counted.null_count() < counted.len() else "",
        "A count without a day is taken as of now." if counted.null_count() else "",
    ]
    return " ".join(filter(None, told))


def _held_back(found: pl.DataFrame) -> str:
    """For which days and risk; nothing to say of no product."""
    if found.is_empty():
        return ""
    risk, days = found.select("risk", "days").row(0)
    some = f"{numbers.plain(days)} {'day of orders oversells' if days == 1 else 'days of orders oversell'}"
    return f"Hold back: with so many units kept, {some} {_how_often(risk)}."


def _how_often(risk: float) -> str:
    if risk in (0, 1):
        return "at most every time" if risk else "in no case"
    once_in = 1 / risk
    is_whole = abs(once_in - round(once_in)) < 1e-9
    return f"at most {f'one time in {round(once_in):,}' if is_whole else f'{numbers.plain(risk * 100)} times in 100'}"


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
    day = pl.col("on").dt.to_string("%-d %b").alias("day")
    shown = days.select(day, "value", "numerator", _counts().alias("counts"))
    base = alt.Chart(shown).encode(
        x=alt.X("day:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, labelSeparation=8)),
        y=alt.Y("value:Q", title=None, axis=alt.Axis(format=".1%"), scale=alt.Scale(domainMin=0)),
        tooltip=[
            alt.Tooltip("day:N"),
            alt.Tooltip("value:Q", format=".2%"),
            alt.Tooltip("counts:N", title="counted"),
        ],
    )
    first, last = days.row(0, named=True), days.row(-1, named=True)
    says = f"From {words.rate(first)} today to {words.rate(last)} on {numbers.day(last['on'])}."
    label = base.mark_text(style="ink", dy=-7).encode(text=alt.Text("numerator:Q"))
    return titled(
        [base.mark_bar(style="main", opacity=0.75), label],
        f"What becomes of the {metric.label} if nothing more is confirmed?",
        "With no new order, and none of the open ones confirmed",
        says,
    )


def _counts() -> pl.Expr:
    return pl.format("{} of {}", pl.col("numerator"), pl.col("denominator"))
