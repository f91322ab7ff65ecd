"""The Buy Box outlook: what bars it, and what would lift the rating most."""

import polars as pl

from sellerhealth.definition.metric import Metric, Status, Unit
from sellerhealth.definition.policy import Policy
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs

RATING = "seller_rating"
CHANCE = {
    Status.GOOD: "the rating is high enough for a chance at it.",
    Status.BAD: "the rating is too low for a chance at it.",
    Status.TOO_FEW: "there are too few orders to say whether the rating is high enough.",
    Status.NONE: "whether the rating is high enough for a chance at it is not certain.",
}
BARRING = ("order_defect_rate", "cancellation_rate", "late_dispatch_rate")
"""The metrics Amazon names for it; how much each weighs is not published."""


def outlook(results: pl.DataFrame, policy: Policy) -> str:
    """Whether the rating is high enough for a chance at the Buy Box, and which metrics bar it.

    `results` are those of `overview`, under the handbook's or another policy.
    """
    rating = results.filter(pl.col("metric") == RATING).row(0, named=True)
    missed = results.filter(pl.col("metric").is_in(BARRING) & (pl.col("status") == Status.BAD.value))
    bars = [_place(policy[row["metric"]], row["channel"]) for row in missed.iter_rows(named=True)]
    barred = f"{numbers.listed(bars)} {'bars' if len(bars) == 1 else 'bar'} it." if bars else _not_barred(results)
    if rating["value"] is None:
        return f"Buy Box: the rating is not known. {barred}"
    if policy[RATING].terms.target is None:
        return f"Buy Box: Amazon goes by other figures today. {barred}"
    return f"Buy Box: {CHANCE[rating['status']]} {barred}"


def _not_barred(results: pl.DataFrame) -> str:
    """That nothing bars it, as far as it can be computed."""
    known = results.filter(pl.col("metric").is_in(BARRING) & pl.col("value").is_not_null())["metric"].unique()
    if known.is_empty():
        return "Whether a metric bars it is not known."
    return "No metric bars it." if len(known) == len(BARRING) else "No metric that can be computed bars it."


def buy_box(results: pl.DataFrame, policy: Policy) -> Card:
    """The outlook as a piece of a page."""
    return paragraphs([outlook(results, policy)])


def lifts(found: pl.DataFrame, metric: Metric, most: int = 3) -> Card:
    """What would lift the figure most, in sentences: each kind of flaw, how many had it, and the figure without it."""
    rows = found.filter(pl.col("gain") > 0).head(most).iter_rows(named=True)
    told = [_lift(row, metric.definition.unit) for row in rows]
    return paragraphs(told or [_no_lift(found)])


def _no_lift(found: pl.DataFrame) -> str:
    if found.height and found["value"].null_count() == found.height:
        return "What would lift it cannot be computed from these files."
    return "No single flaw would lift it by itself." if found["defects"].sum() else "No flaw is known in the window."


def _lift(row: words.Row, unit: Unit) -> str:
    flaw = row["flaw"].replace("_", " ")
    with_it = numbers.count(row["defects"], ("order", "orders"))
    points = numbers.plain(row["gain"] * (100 if unit is Unit.PERCENT else 1))
    gain = f"{points} {'point' if points == '1' else 'points'}"
    alone = f", {row['alone']:,} of them no other flaw" if row["alone"] and row["defects"] > 1 else ""
    without = numbers.figure(row["value"], unit)
    return f"Without any {flaw} it would be {without}, {gain} more. {with_it.capitalize()} had it{alone}."


def _place(metric: Metric, channel: str) -> str:
    several = len(metric.definition.channels) > 1
    return f"{metric.label}{f' ({words.CHANNEL[channel]})' if several else ''}"
