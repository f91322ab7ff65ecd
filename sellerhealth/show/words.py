"""What a reader is told, in plain sentences: rates, verdicts, causes. A `Row` is one of a result, as a dict."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from sellerhealth.definition.metric import Basis, Metric, Need, Status, Unit
from sellerhealth.definition.state import Level
from sellerhealth.definition.target import Condition
from sellerhealth.metrics import METRICS, policy
from sellerhealth.show.numbers import count, day, figure, percent

Row = Mapping[str, Any]

CHANNEL = {"MFN": "shipped by us", "AFN": "shipped by Amazon", "ALL": "all together"}
ONE_STRANGER = "is of an order in no file and counts for no order: add the All Orders report of its time."
STRANGERS = "are of orders in no file and count for no order: add the All Orders report of their time."
MOST_REASONS = 5
PARTY = {"SELLER": "us", "BUYER": "the buyer", "AMAZON": "Amazon"}
STATUS = {
    Status.GOOD: "Good",
    Status.BAD: "Misses the target",
    Status.TOO_FEW: "Too few to say",
    Status.NONE: "No verdict",
}
MARK = {Status.GOOD: "✓", Status.BAD: "✕", Status.TOO_FEW: "–", Status.NONE: "–"}
LEVEL = {
    Level.GREEN: "Green check",
    Level.YELLOW: "Yellow exclamation mark",
    Level.RED: "Red cross",
    Level.NONE: "No verdict",
}
LEVEL_MARK = {Level.GREEN: "✓", Level.YELLOW: "!", Level.RED: "✕", Level.NONE: "–"}
CONDITION = {
    Condition.LESS_THAN: "below",
    Condition.GREATER_THAN: "above",
    Condition.AT_LEAST: "at least",
    Condition.EQUALS: "exactly",
}
BOUND = {Basis.UPPER_BOUND: "at most ", Basis.LOWER_BOUND: "at least "}
DIMENSION = {
    "sku": "SKU",
    "product": "product",
    "carrier": "carrier",
    "warehouse": "warehouse",
    "handling_time": "handling time",
    "weekday": "weekday",
    "hour": "hour",
    "defect_kind": "kind of defect",
    "flaw": "flaw",
    "shipped_by": "channel",
    "category": "category",
    "topic": "topic",
    "stars": "number of stars",
    "score_given": "score",
}
DEFECTS_ONLY = frozenset({"defect_kind", "flaw"})
"""Dimensions that only defects have, so that counting out of something says nothing."""


def rate(row: Row) -> str:
    """The value with its counts, and whether it is a bound.

    Example:
        >>> share = {"value": 12 / 388, "numerator": 12, "denominator": 388, "counted": 388, "unit": "percent"}
        >>> rate({**share, "basis": "UPPER_BOUND"})
        'at most 3.1 % (12 of 388)'
        >>> mean = {"metric": "customer_service_rating", "value": 7.75, "counted": 48, "unit": "of 10"}
        >>> rate({**mean, "basis": "EXACT"})
        '7.8 of 10 (48 answers)'
    """
    if row["basis"] == Basis.NOT_COMPUTABLE:
        return "not computable"
    if row["value"] is None:
        return "nothing counted"
    if row["basis"] == Basis.LOWER_BOUND and row["numerator"] == 0 and row["unit"] == Unit.PERCENT:
        return f"none known (of {row['denominator']:,})"
    told = f"{BOUND.get(row['basis'], '')}{figure(row['value'], row['unit'], _nearest(row))}"
    if row["unit"] == Unit.PERCENT:
        return f"{told} ({row['numerator']:,} of {row['denominator']:,})"
    return f"{told} ({count(row['counted'], METRICS[row['metric']].unit_counted)})"


def _nearest(row: Row) -> float | None:
    """The target, or the start of a band, that lies nearest to the value: it must not read like it."""
    marks = [row["target"]] if row.get("target") is not None else []
    if row["unit"] != Unit.PERCENT:
        marks += [start for start, _ in policy(row.get("policy", "handbook"))[row["metric"]].terms.bands]
    return min(marks, key=lambda mark: abs(mark - row["value"]), default=None)


def target(metric: Metric) -> str:
    """The target in words: "below 4 %"; "no target" where the policy sets none."""
    goal = metric.terms.target
    return f"{CONDITION[goal.condition]} {figure(float(goal.value), metric.definition.unit)}" if goal else "no target"


def band(row: Row, metric: Metric) -> str:
    """In which band of the policy the value lies; empty where there are none."""
    if row["value"] is None or row["status"] == Status.TOO_FEW:
        return ""
    found = [name for start, name in metric.terms.bands if row["value"] >= start]
    return f"The scale calls it {found[-1]}." if found else ""


def verdict(row: Row, metric: Metric) -> str:
    """The status as a sentence that names the target."""
    if row["basis"] == Basis.NOT_COMPUTABLE:
        return "It cannot be computed from these files."
    if row["value"] is None:
        thing = metric.definition.unit_counted[0]
        where = f" {CHANNEL[row['channel']]}" if len(metric.definition.channels) > 1 else ""
        return f"No {thing}{where} fell into the window, so there is no verdict."
    return _verdicts(row, metric)[row["status"]]


def _verdicts(row: Row, metric: Metric) -> dict[str, str]:
    goal, needed = target(metric), count(metric.terms.fewest, metric.definition.unit_counted)
    found = row["counted"]
    undecided = f"No verdict: the files do not say enough to tell whether it is {goal}."
    return {
        Status.GOOD: f"Good: the target is {goal}.",
        Status.BAD: f"It misses the target: it must be {goal}.",
        Status.TOO_FEW: f"Too few to say: it takes {needed}, and there {'was' if found == 1 else 'were'} {found:,}.",
        Status.NONE: undecided if metric.terms.target else "There is no target, so there is no verdict.",
    }


def headroom(row: Row, metric: Metric) -> str:
    """What the target still bears, in whole orders; empty where there is none to tell."""
    spare, defect = row["headroom"], metric.definition.defect
    if spare is None:
        return ""
    if spare > 0:
        return f"There is room for {count(spare, defect).replace(' ', ' more ', 1)}."
    if spare == 0:
        return f"The next {defect[0]} breaks it."
    return f"That is {count(-spare, defect)} too many."


def certainty(row: Row) -> str:
    """What the counts say about the rate in the long run; empty where nothing was counted."""
    if row["low"] is None or row["high"] is None:
        return ""
    orders = count(row["denominator"], METRICS[row["metric"]].unit_counted)
    return f"With {orders}, the lasting rate may lie anywhere from {percent(row['low'])} to {percent(row['high'])}."


def basis(row: Row, metric: Metric, missing: Sequence[Need]) -> str:
    """Why the figure is a bound or missing, and what file would mend it; empty when it is exact."""
    if missing:
        return " ".join(f"{need.reason} {need.remedy}" for need in missing)
    if row["numerator"] == row["at_best"]:
        return ""
    defects = count(row["defects"], metric.definition.defect)
    unsure = f" Unsure: {row['unknown']:,} of {defects}." if row["unknown"] else ""
    return f"{metric.definition.unknown_reason}{unsure}"


def beside(row: Row, each: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """What the other policies count for the same channel and window, where it differs; empty where it does not."""
    same = each.filter(
        (pl.col("metric") == row["metric"])
        & pl.all_horizontal(pl.col(name) == row[name] for name in ("account", "marketplace", "channel", "window_days"))
        & (pl.col("policy") != row["policy"])
    )
    others = [other for other in same.iter_rows(named=True) if _differs(other, row)]
    return " ".join(f"{labels[other['policy']]}: {rate(other)}, {STATUS[other['status']].lower()}." for other in others)


def _differs(other: Row, row: Row) -> bool:
    """Whether the figure is another, or another target gives another verdict; no target is no verdict of its own."""
    same_figure = all(other[name] == row[name] for name in ("numerator", "denominator", "basis"))
    return not same_figure or (other["target"] is not None and other["status"] != row["status"])


def ledger(frame: pl.DataFrame) -> str:
    """The ledger in one line; the four parts add up to the rows read.

    Example:
        >>> one = {"file": "a", "read": 5, "used": 3, "duplicate": 1, "superseded": 0, "rejected": 1}
        >>> ledger(pl.DataFrame([one]))
        '1 file, 5 rows read: 3 used, 1 duplicate, 0 superseded, 1 rejected.'
    """
    sums = {name: int(frame[name].sum()) for name in ("read", "used", "duplicate", "superseded", "rejected")}
    parts = ", ".join(f"{sums[name]:,} {name}" for name in ("used", "duplicate", "superseded", "rejected"))
    files, read = count(frame.height, ("file", "files")), count(sums["read"], ("row", "rows"))
    return f"{files}, {read} read: {parts}."


def rejected(lost: pl.DataFrame, most: int = MOST_REASONS) -> list[str]:
    """Why rows were rejected, a sentence for each reason and column, the most frequent first.

    Example:
        >>> row = {"file": "a", "column": "sku", "reason": "is empty"}
        >>> rejected(pl.DataFrame([{**row, "row": 4}, {**row, "row": 9}, {**row, "row": 7, "column": ""}]))
        ['2 rows: sku is empty. The first is row 4.', '1 row: the line is empty. It is row 7.']
    """
    found = why_rejected(lost, "column", "reason")
    told = [
        f"{count(row['rows'], ('row', 'rows'))}: {row['column'] or 'the line'} {row['reason']}. "
        f"{'It' if row['rows'] == 1 else 'The first'} is row {row['first']:,}."
        for row in found.head(most).iter_rows(named=True)
    ]
    rest = found.tail(-most) if found.height > most else found.clear()
    reasons = count(rest.height, ("other reason", "other reasons"))
    return [*told, f"{count(int(rest['rows'].sum()), ('row', 'rows'))}: {reasons}."] if rest.height else told


def why_rejected(lost: pl.DataFrame, *by: str) -> pl.DataFrame:
    """The rejected rows counted by these columns: `rows`, and `first`, the first one's number; most rows first."""
    counted = lost.group_by(by).agg(pl.len().alias("rows"), pl.col("row").min().alias("first"))
    return counted.sort("rows", *by, descending=[True, *(False for _ in by)])


def strangers(counts: Mapping[str, int]) -> list[str]:
    """What was told of orders that are in no file, a sentence for each table.

    Example:
        >>> strangers({"feedback": 1})
        ['1 row of feedback is of an order in no file and counts for no order: add the All Orders report of its time.']
    """
    return [
        f"{count(number, ('row', 'rows'))} of {table.replace('_', ' ')} " + (ONE_STRANGER if number == 1 else STRANGERS)
        for table, number in counts.items()
    ]


def value(text: str, dimension: str) -> str:
    """A value of a dimension as it is read: "07" is an hour, "RETURN" a topic, "MFN" a channel.

    Example:
        >>> value("07", "hour"), value("RETURN", "topic"), value("MFN", "shipped_by"), value("OnTrac", "carrier")
        ('07:00 to 08:00', 'Return', 'Shipped by us', 'OnTrac')
    """
    match dimension:
        case "hour" if text.isdecimal():
            return f"{text}:00 to {int(text) + 1:02d}:00"
        case "topic" if text.isupper():
            return text.replace("_", " ").capitalize()
        case "shipped_by" if text in CHANNEL:
            return CHANNEL[text][0].upper() + CHANNEL[text][1:]
        case "stars" | "score_given" if text.isdecimal():
            return count(int(text), ("star", "stars") if dimension == "stars" else ("point", "points"))
        case _:
            return text


def cause(row: Row, metric: Metric, by: Sequence[str]) -> str:
    """One row of a breakdown: what it is, and its part of all defects.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> row = {"carrier": "OnTrac", "defects": 18, "counted": 40, "defect_share": 0.6}
        >>> cause(row, policy("handbook")["late_dispatch_rate"], ["carrier"])
        'OnTrac: 18 late orders of 40, 60 % of all late orders.'
    """
    name, defect = ", ".join(value(row[dimension], dimension) for dimension in by), metric.definition.defect
    where = f" {CHANNEL[row['channel']]}" if len(metric.definition.channels) > 1 else ""
    out_of = "" if DEFECTS_ONLY.intersection(by) else f" of {row['counted']:,}"
    part = f", {percent(row['defect_share'])} of all {defect[1]}{where}" if row["defect_share"] else ""
    return f"{name}: {count(row['defects'], defect)}{out_of}{where}{part}{_unsure(row)}."


def _unsure(row: Row) -> str:
    unsure, defects = row.get("unknown") or 0, row["defects"]
    if not unsure:
        return ""
    if unsure < defects:
        return f"; {count(unsure, ('is', 'are'))} unsure"
    return "; it is unsure" if defects == 1 else "; all are unsure"


def surest(split: pl.DataFrame) -> pl.DataFrame:
    """The rows of a breakdown that have defects, those with the most that are sure first."""
    found = split.filter(pl.col("defects") > 0)
    return found.sort(pl.col("defects") - pl.col("unknown"), descending=True, maintain_order=True)


def number_of(defects: pl.DataFrame) -> int:
    """How many defects the rows stand for: units, where a row has several."""
    return int(defects["units"].sum()) if "units" in defects.columns else defects.height


def leaving(frame: pl.DataFrame, metric: Metric) -> str:
    """When the defects of the window leave it, the first and the last."""
    if frame.is_empty():
        return f"No {metric.definition.defect[0]} is known in the window."
    first, last = frame["leaves_on"].min(), frame["leaves_on"].max()
    if not isinstance(first, date) or not isinstance(last, date):
        return ""
    leave_first = number_of(frame.filter(pl.col("leaves_on") == first))
    verb = "leaves" if leave_first == 1 else "leave"
    sentence = f"{count(leave_first, metric.definition.defect).capitalize()} {verb} the window on {day(first)}"
    return f"{sentence}." if first == last else f"{sentence}, the last on {day(last)}."
