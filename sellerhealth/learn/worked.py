"""The twelve rows of an example and what becomes of each, as the figure counts them: the frame behind "By hand"."""

from datetime import date
from functools import cache

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Definition, Metric
from sellerhealth.measure.tally import EVERY_CHANNEL, rows, weight, window
from sellerhealth.show import words

KEYS = {
    "contacts": {"message_id": pl.col("message_id")},
    "answers": {"thread_id": pl.col("thread_id"), "answered_on": pl.col("answered_at").str.slice(0, 10)},
    "packages": {"order_id": pl.col("order_id"), "package_id": pl.col("package_id")},
}
"""What tells the rows of an example apart, where that is not the first thing it is found by."""
ROW = {
    "orders": ("order", "orders"),
    "contacts": ("message", "messages"),
    "matters": ("matter", "matters"),
    "answers": ("answer", "answers"),
    "ratings": ("rating", "ratings"),
    "packages": ("package", "packages"),
    "units": ("delivery", "deliveries"),
}
"""What a row of an example is called, by its fact."""
COUNTED, BEFORE, AFTER, LEFT_OUT, APART, ABSENT = "counted", "before", "after", "left out", "apart", "not there"


@cache
def account(definition: Definition) -> Account:
    """The example's account, made once: its facts are known then, under whichever policy they are asked for."""
    return definition.example.account()


def worked(metric: Metric) -> pl.DataFrame:
    """The rows of the metric's example, in its order, each with what becomes of it under the metric's policy.

    Columns: row (its letter, with a number where a letter has several rows), event_on (the day it is counted by),
    place (counted, before or after the window, left out, apart, not there), reason (why it is not counted, in
    words; empty where it is), is_counted, is_defect, adds (to the numerator), weighs (in the denominator), remark.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> found = worked(policy("handbook")["late_dispatch_rate"])
        >>> found.filter("is_defect")["row"].to_list()
        ['D', 'E', 'K']
        >>> found.select(pl.col("adds", "weighs").sum()).row(0)
        (3, 8)
    """
    told = _told(metric.definition)
    keys = [name for name in told.columns if name not in ("row", "remark")]
    found = _found(metric, keys)
    counted = pl.col("place") == COUNTED
    return told.join(found, on=keys, how="left", maintain_order="left").select(
        "row",
        "event_on",
        pl.col("place").fill_null(ABSENT),
        pl.col("reason").fill_null("It does not stand"),
        counted.fill_null(value=False).alias("is_counted"),
        (counted & pl.col("is_defect")).fill_null(value=False).alias("is_defect"),
        *(pl.when(counted).then(pl.col(name)).otherwise(0).alias(name) for name in ("adds", "weighs")),
        "remark",
    )


def _told(definition: Definition) -> pl.DataFrame:
    """The example's rows with a remark: how each is called, and by what it is found among the facts."""
    given = definition.example.rows(next(iter(definition.example.tables))).filter(pl.col("remark") != "")
    first = facts.IDENTITY[definition.fact][0]
    keys = KEYS.get(definition.fact, {first: pl.col(first)})
    letter = pl.col(next(iter(keys)))
    several = pl.len().over(letter) > 1
    number = pl.when(several).then(pl.int_range(1, pl.len() + 1).over(letter).cast(pl.String)).otherwise(pl.lit(""))
    return given.select(
        pl.concat_str(letter, number).alias("row"), *(key.alias(name) for name, key in keys.items()), "remark"
    )


def _found(metric: Metric, keys: list[str]) -> pl.DataFrame:
    """The facts of the example, with the place of each and what it adds."""
    definition, example = metric.definition, metric.definition.example
    start, end = window(metric, example.as_of, metric.window_days)
    weighs = definition.units.cast(pl.Int64) * weight(metric, end)
    return (
        rows(metric, account(definition), example.as_of)
        .with_columns(_place(metric, start, end).alias("place"))
        .select(
            *(pl.col(key).cast(pl.String) for key in keys),
            "event_on",
            "place",
            _reason(metric).alias("reason"),
            "is_defect",
            (definition.figure.worst.cast(pl.Int64) * weighs).alias("adds"),
            weighs.cast(pl.Int64).alias("weighs"),
        )
        .collect()
    )


def _place(metric: Metric, start: date, end: date) -> pl.Expr:
    """Where a row stands; as in `measure.defects.exclusions`, an order without a day is placed by its purchase."""
    definition = metric.definition
    day = pl.coalesce("event_on", "purchased_on") if definition.fact == "orders" else pl.col("event_on")
    is_counted = pl.col("is_counted") & pl.col("event_on").is_between(start, end)
    head = definition.channels[0]
    is_ours = pl.lit(head in EVERY_CHANNEL) | (pl.col("channel").cast(pl.String) == head)
    return (
        pl.when(is_counted & is_ours)
        .then(pl.lit(COUNTED))
        .when(is_counted)
        .then(pl.lit(APART))
        .when(day < start)
        .then(pl.lit(BEFORE))
        .when(day > end)
        .then(pl.lit(AFTER))
        .otherwise(pl.lit(LEFT_OUT))
    )


def _reason(metric: Metric) -> pl.Expr:
    """Why a row is not counted, in the record's words."""
    first = [
        pl.when(holds.fill_null(value=False)).then(pl.lit(text)) for text, holds in metric.definition.exclusions.items()
    ]
    channel = pl.col("channel").cast(pl.String).replace_strict(words.CHANNEL, default="elsewhere")
    day = pl.col("event_on").dt.to_string("%-d %b %Y")
    return (
        pl.when(pl.col("place") == COUNTED)
        .then(pl.lit(""))
        .when(pl.col("place") == APART)
        .then(pl.format("{}: counted apart", channel))
        .when(pl.col("place") == BEFORE)
        .then(pl.format("{}: before the window", day))
        .when(pl.col("place") == AFTER)
        .then(pl.format("{}: after the window", day))
        .otherwise(pl.coalesce(*first, pl.lit("No date to count it by")))
    )
