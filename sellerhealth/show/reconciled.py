"""Our count beside Amazon's, in words: what differs, by how many orders, and what to do about it.

`found` is what `measure.reconcile.steps.reconcile` gives; the functions take the rows of one figure.
"""

from collections.abc import Sequence

import polars as pl

from sellerhealth.facts import IDENTITY
from sellerhealth.measure.reconcile.readings import Cause
from sellerhealth.measure.reconcile.snapshot import Obstacle
from sellerhealth.metrics import METRICS
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card
from sellerhealth.show.folded import folded
from sellerhealth.show.table import HEADINGS, Table, table

OBSTACLE = {
    Obstacle.NO_COUNTS: "It gives no counts, so it cannot be compared order by order.",
    Obstacle.NO_DAYS: "It does not say from which day it counts, so it cannot be compared.",
    Obstacle.NO_CHANNEL: "It does not say whose orders it counts, so it cannot be compared.",
    Obstacle.OTHER_UNIT: "It counts packages and this page counts units, so the two cannot be compared.",
    Obstacle.BEFORE_FILES: "Your files begin later: to compare it, add the All Orders reports of those days.",
    Obstacle.NOT_COMPUTABLE: "Your files do not give this figure, so there is nothing to compare it with.",
}
DAY = {
    "purchase": "the day of purchase, marketplace time",
    "purchase_utc": "the day of purchase in UTC",
    "ship_by": "the ship-by day, marketplace time",
    "ship_by_utc": "the ship-by day in UTC",
    "cancellation": "the day of the cancellation",
    "received_utc": "the day of receipt in UTC",
}
READS = {
    ("channel", "every_channel"): "Amazon also counts what it ships itself",
    ("is_pending", "counted"): "Amazon also counts orders that are not paid yet",
    ("cancelled_orders", "counted"): "Amazon also counts cancelled orders",
    ("cancelled_orders", "left_out"): "Amazon leaves cancelled orders out",
    ("cancelled_orders", "all"): "Amazon leaves every cancelled order out",
    ("cancelled_orders", "before_shipment"): "Amazon leaves out only orders cancelled before shipment",
    ("left_out", "cancelled_by_others"): "Amazon leaves out orders that you did not cancel yourself",
    ("cancelled_scope", "whole_order"): "Amazon counts only orders cancelled as a whole",
    ("cancelled_scope", "any_item"): "Amazon also counts orders of which one item was cancelled",
    ("automatic_cancellations", "counted"): "Amazon counts orders it cancelled for want of a confirmation",
    ("automatic_cancellations", "left_out"): "Amazon leaves out orders it cancelled for want of a confirmation",
    ("late_from", "first_moment"): "Amazon calls an order late from the first moment",
    ("late_from", "three_days_overdue"): "Amazon calls an order late only three days after its ship-by day",
    ("amazons_list", "decides"): "Amazon goes by its own list of late orders",
    ("amazons_list", "left_aside"): "Amazon does not go by its own list of late orders",
    ("unconfirmed_orders", "counted"): "Amazon counts overdue orders that are not confirmed",
    ("unconfirmed_orders", "left_out"): "Amazon leaves out orders whose confirmation is not known",
    ("counted_feedback", "worst"): "Amazon takes the worst rating of an order",
    ("counted_feedback", "last"): "Amazon takes the last rating of an order",
    ("counted_feedback", "removed_still_counted"): "Amazon still counts feedback that had been removed",
    ("counted_feedback", "removed_since_left_out"): "Amazon no longer counts feedback that was removed later",
    ("counted_claims", "not_denied"): "Amazon counts every A-to-z claim that is not denied",
    ("counted_claims", "seller_at_fault"): "Amazon leaves out A-to-z claims that did not cost you anything",
    ("counted_claims", "decided_only"): "Amazon counts only A-to-z claims granted at your cost",
    ("counted_claims", "every"): "Amazon counts every A-to-z claim, whatever became of it",
    ("counted_chargebacks", "not_denied"): "Amazon counts every chargeback that is not denied",
    ("counted_chargebacks", "at_sellers_cost"): "Amazon counts only chargebacks that you have to pay",
    ("counted_chargebacks", "every"): "Amazon counts every chargeback, whatever became of it",
    ("undelivered_units", "left_out"): "Amazon leaves out units that have not arrived",
    ("undelivered_units", "late"): "Amazon counts units that have not arrived as late",
    ("automatic_replies", "told"): "Amazon takes replies that only look automatic for answers",
    ("automatic_replies", "told_or_looks_it"): "Amazon takes no reply that looks automatic for an answer",
}
PLAIN = {
    Cause.UNSURE: "Amazon does not count some of those that are unsure in your files",
    Cause.MISSING: "Amazon knows of problems that none of your files tells",
    Cause.UNEXPLAINED: "Not explained",
}
RULES = frozenset(Cause) - {Cause.WINDOW, Cause.SINCE, Cause.UNSURE, Cause.UNREAD, Cause.MISSING, Cause.UNEXPLAINED}


def sentences(steps: pl.DataFrame) -> list[str]:
    """What stands behind one figure of Amazon's: our count over the same days, the difference, what to do."""
    first = steps.row(0, named=True)
    if first["obstacle"]:
        return [OBSTACLE[first["obstacle"]]]
    told = steps.filter(pl.col("cause").is_not_null()).to_dicts()
    differing = [step for step in told if step["cause"] not in (Cause.WINDOW, Cause.SINCE)]
    if not differing:
        return ["Over the same days your files give the same counts."]
    parts = "; ".join(f"{reads(step)} ({_effect(step)})" for step in differing)
    return [
        f"Over the same days your files give {_own(first)}.",
        f"The difference: {parts}.",
        *_doubt(differing),
        _to_do(differing, first),
    ]


def reads(step: words.Row) -> str:
    """A step in words, without its counts."""
    cause = Cause(step["cause"])
    if cause is Cause.DATE:
        return f"Amazon goes by {DAY[step['option']]}"
    if cause in RULES:
        return READS[step["question"], step["option"]]
    return _unread(step) if cause is Cause.UNREAD else PLAIN[cause]


def _unread(step: words.Row) -> str:
    things = METRICS[step["metric"]].unit_counted[1]
    if step["unread_days"]:
        return f"your files hold no {things} on {numbers.count(step['unread_days'], ('day', 'days'))} of these"
    rows = numbers.count(step["unread_rows"], ("row of your files", "rows of your files"))
    return f"{rows} could not be read, or {'names an order' if step['unread_rows'] == 1 else 'name orders'} in no file"


def _effect(step: words.Row) -> str:
    """By how many a step changes what is counted, and the defects among it."""
    definition = METRICS[step["metric"]]
    if step["numerator"] is None:
        return f"may be no {definition.defect[0]}"
    told = [_more(step["denominator"], definition.unit_counted), _more(_defects(step), definition.defect)]
    return ", ".join(text for text in told if text) or "some in and as many out"


def _defects(row: words.Row) -> int:
    """The defects among what is counted, or their change, also where the figure is the share of rows without one."""
    clean = METRICS[row["metric"]].condition.more_is_good
    return int(row["denominator"] - row["numerator"] if clean else row["numerator"])


def _more(change: int, thing: tuple[str, str]) -> str:
    return f"{numbers.count(abs(change), thing)} {'more' if change > 0 else 'fewer'}" if change else ""


def _own(first: words.Row) -> str:
    definition, out_of = METRICS[first["metric"]], first["own_denominator"]
    if not out_of:
        return f"no {definition.unit_counted[0]}"
    counted = first["own_numerator"]
    return f"{numbers.figure(counted / out_of, definition.unit)} ({counted:,} of {out_of:,})"


def _doubt(steps: Sequence[words.Row]) -> list[str]:
    others = steps[0]["others"] or 0
    ways = numbers.count(others, ("other reading gives", "other readings give"))
    return [f"{ways} the same counts, so this is the likeliest, not the only one."] if others else []


def _to_do(steps: Sequence[words.Row], first: words.Row) -> str:
    span = f"{numbers.day(first['figure_from'])} to {numbers.day(first['figure_to'])}"
    todo = {
        Cause.UNREAD: f"Add the All Orders reports of {span}, and correct the rows that could not be read.",
        Cause.UNSURE: METRICS[first["metric"]].unknown_reason,
        Cause.MISSING: "Add the file that tells of them.",
        Cause.UNEXPLAINED: "Compare Amazon's own list of these orders, in Account Health, with the lists on this page.",
    }
    last = Cause(steps[-1]["cause"])
    return todo.get(last, "Your files lack nothing: Amazon counts by another rule.")


def reconciled_table(found: pl.DataFrame) -> Table | None:
    """The way from the figure above to Amazon's, step by step in whole orders; None where no figure differs."""
    differing = found.filter(pl.col("obstacle").is_null() & pl.col("cause").is_not_null())
    figures = differing.partition_by("account", "channel", maintain_order=True)
    shown = [line for steps in figures for line in _way(steps.to_dicts())]
    if not shown:
        return None
    note = "A line with a sign says by how many the counts change. Together they lead to Amazon's."
    return table(pl.DataFrame(shown), "From your count to Amazon's", note)


def _way(steps: Sequence[words.Row]) -> list[dict[str, str]]:
    """The lines of one figure: where it starts, each step, and Amazon's counts."""
    first = steps[0]
    where = f", {words.CHANNEL[first['channel']]}" if len(METRICS[first["metric"]].channels) > 1 else ""
    before = [step for step in steps if step["cause"] in (Cause.WINDOW, Cause.SINCE)]
    above, amazons = (
        {name: first[f"{whose}_{name}"] - sum(step[name] for step in without) for name in ("numerator", "denominator")}
        for whose, without in (("own", before), ("amazons", []))
    )
    return [
        _line(f"The figure above{where}", {**first, **above}, ""),
        *(_line(_named(step), step, "+") for step in steps),
        _line(f"Amazon's own figure{where}", {**first, **amazons}, ""),
    ]


def _line(what: str, row: words.Row, sign: str) -> dict[str, str]:
    definition = METRICS[row["metric"]]
    return {
        "Step": what,
        definition.unit_counted[1].capitalize(): _signed(row["denominator"], sign),
        definition.defect[1].capitalize(): _signed(_defects(row), sign),
    }


def _signed(number: int, sign: str) -> str:
    return f"{number:{sign},}".replace("-", "\u2212") if number else "0"


def _named(step: words.Row) -> str:
    if step["cause"] == Cause.WINDOW:
        return f"Amazon's days: {numbers.day(step['figure_from'])} to {numbers.day(step['figure_to'])}"
    if step["cause"] == Cause.SINCE:
        return f"As known on {numbers.day(step['reported_on'])}, the day of Amazon's report"
    text = reads(step)
    return text[0].upper() + text[1:]


def reconciled_rows(rows: pl.DataFrame) -> Card | None:
    """The very orders that make the difference, step by step, folded; None where there are none to name."""
    differing = rows.filter(pl.col("cause") != Cause.SINCE)
    if differing.is_empty():
        return None
    definition, told = METRICS[differing["metric"][0]], differing.to_dicts()
    identity = [name for name in IDENTITY[definition.fact] if differing[name].null_count() < differing.height]
    shown = differing.select(
        *(pl.col(name).alias(HEADINGS[name]) for name in identity),
        pl.col("event_on").alias("Day"),
        pl.Series("Why", [_named(row) for row in told]),
        pl.Series("What it changes", [_effect(row) for row in told]),
    )
    return folded(shown, f"The {definition.unit_counted[1]} that Amazon counts otherwise", "reconciled")
