"""The Buy Box outlook: what bars it, and what would lift the rating most."""

import polars as pl

from sellerhealth.definition.metric import Metric, Status, Unit
from sellerhealth.definition.policy import Policy
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs

RATING = "seller_rating"
BARRING = ("order_defect_rate", "cancellation_rate", "late_dispatch_rate")
"""The metrics Amazon names for it; how much each weighs is not published."""


def outlook(results: pl.DataFrame, policy: Policy) -> str:
    """Whether the rating is high enough for a chance at the Buy Box, and which metrics bar it.

    `results` are those of `overview`, under the handbook's or another policy.
    """
    rating = results.filter(pl.col("metric") == RATING).row(0, named=True)
    missed = results.filter(pl.col("metric").is_in(BARRING) & (pl.col("status") == Status.BAD.value))
    bars = [_place(policy[row["metric"]], row["channel"]) for row in missed.iter_rows(named=True)]
    barred = f"{', '.join(bars)} {'bars' if len(bars) == 1 else 'bar'} it." if bars else ""
    if rating["value"] is None:
        return f"Buy Box: the rating is not known. {barred}".strip()
    if policy[RATING].terms.target is None:
        return f"Buy Box: Amazon goes by other figures today. {barred or 'None of those we know bars it.'}"
    high = {Status.GOOD: "high enough", Status.BAD: "too low"}.get(rating["status"], "not certain")
    return f"Buy Box: the rating is {high} for a chance at it. {barred or 'No metric bars it.'}"


def buy_box(results: pl.DataFrame, policy: Policy) -> Card:
    """The outlook as a piece of a page."""
    return paragraphs([outlook(results, policy)])


def lifts(found: pl.DataFrame, metric: Metric, most: int = 3) -> Card:
    """What would lift the figure most, in sentences: each kind of flaw, how many had it, and the figure without it."""
    rows = found.filter(pl.col("gain") > 0).head(most).iter_rows(named=True)
    told = [_lift(row, metric.definition.unit) for row in rows]
    return paragraphs(told or ["No flaw is known in the window."])


def _lift(row: words.Row, unit: Unit) -> str:
    flaw = row["flaw"].replace("_", " ")
    with_it = numbers.count(row["defects"], ("order", "orders"))
    points = round(row["gain"] * (100 if unit is Unit.PERCENT else 1), 1)
    gain = f"{points:g} {'point' if points == 1 else 'points'}"
    alone = f", {row['alone']:,} of them no other flaw" if row["alone"] else ""
    without = numbers.figure(row["value"], unit)
    return f"Without any {flaw} it would be {without}, {gain} more. {with_it.capitalize()} had it{alone}."


def _place(metric: Metric, channel: str) -> str:
    several = len(metric.definition.channels) > 1
    return f"{metric.label}{f' ({words.CHANNEL[channel]})' if several else ''}"
