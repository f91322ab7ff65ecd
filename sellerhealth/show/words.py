"""Every number a reader sees is worded here: shares, counts, days, verdicts.

The functions take a row of a result (`measure.evaluate.RESULT`) as a dict and give plain sentences.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from sellerhealth.definition.metric import Basis, Condition, Metric, Need, Status

Row = Mapping[str, Any]

CHANNEL = {"MFN": "shipped by us", "AFN": "shipped by Amazon"}
ONE_STRANGER = "is of an order in no file and counts for nothing: add the All Orders report of its time."
STRANGERS = "are of orders in no file and count for nothing: add the All Orders report of their time."
PARTY = {"SELLER": "us", "BUYER": "the buyer", "AMAZON": "Amazon"}
STATUS = {Status.GOOD: "Good", Status.BAD: "Misses the target", Status.NONE: "No verdict"}
MARK = {Status.GOOD: "✓", Status.BAD: "✕", Status.NONE: "–"}
CONDITION = {Condition.LESS_THAN: "below", Condition.GREATER_THAN: "above", Condition.EQUALS: "exactly"}
BOUND = {Basis.UPPER_BOUND: "at most ", Basis.LOWER_BOUND: "at least "}
DIMENSION = {"sku": "SKU", "carrier": "carrier", "weekday": "weekday", "defect_kind": "kind of defect"}
DEFECTS_ONLY = frozenset({"defect_kind"})
"""Dimensions that only defects have, so that counting out of something says nothing."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def percent(share: float, beside: float | None = None) -> str:
    """A share as a percentage: two digits behind the point below 2 %, else one.

    More where it would look whole, or like the share `beside`: a rate just off its target must not
    read as the target.

    Example:
        >>> percent(0.00834), percent(0.0309), percent(0.0625), percent(0.04), percent(0.0396)
        ('0.83 %', '3.1 %', '6.3 %', '4 %', '3.96 %')
        >>> percent(0.02524, beside=0.025)
        '2.52 %'
    """
    points = share * 100
    if abs(points - round(points)) < 1e-9:
        return f"{round(points)} %"
    digits = 2 if points < 2 else 1
    while digits < 6 and _misleads(points, digits, beside):
        digits += 1
    return f"{_rounded(points, digits)} %"


def _misleads(points: float, digits: int, beside: float | None) -> bool:
    shown = _rounded(points, digits)
    is_whole = shown == shown.to_integral_value()
    return is_whole or (beside is not None and points != beside * 100 and shown == _rounded(beside * 100, digits))


def _rounded(points: float, digits: int) -> Decimal:
    """Half is rounded up, as people do."""
    return Decimal(repr(points)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def count(number: int, thing: tuple[str, str]) -> str:
    """A number of things, correct in the singular.

    Example:
        >>> count(1, ("late order", "late orders")), count(1200, ("order", "orders"))
        ('1 late order', '1,200 orders')
    """
    return f"{number:,} {thing[0] if number == 1 else thing[1]}"


def day(when: date, *, year: bool = True) -> str:
    """A day, short and without doubt about the month.

    Example:
        >>> day(date(2026, 3, 9)), day(date(2026, 3, 9), year=False)
        ('9 Mar 2026', '9 Mar')
    """
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def window(row: Row) -> str:
    """The window of a result: its length, first and last day.

    Example:
        >>> window({"window_days": 30, "window_start": date(2026, 3, 2), "window_end": date(2026, 3, 31)})
        '30 days, 2 Mar to 31 Mar 2026'
    """
    same_year = row["window_start"].year == row["window_end"].year
    start, end = day(row["window_start"], year=not same_year), day(row["window_end"])
    return f"{count(row['window_days'], ('day', 'days'))}, {start} to {end}"


def rate(row: Row) -> str:
    """The value with its counts, and whether it is a bound.

    Example:
        >>> rate({"value": 12 / 388, "numerator": 12, "denominator": 388, "basis": "UPPER_BOUND"})
        'at most 3.1 % (12 of 388)'
    """
    if row["basis"] == Basis.NOT_COMPUTABLE:
        return "not computable"
    if row["value"] is None:
        return "nothing counted"
    if row["basis"] == Basis.LOWER_BOUND and row["numerator"] == 0:
        return f"none known (of {row['denominator']:,})"
    share = percent(row["value"], row.get("target"))
    return f"{BOUND.get(row['basis'], '')}{share} ({row['numerator']:,} of {row['denominator']:,})"


def target(metric: Metric) -> str:
    """The target in words: "below 4 %"; "no target" where the policy sets none."""
    goal = metric.terms.target
    return f"{CONDITION[goal.condition]} {percent(float(goal.value))}" if goal else "no target"


def verdict(row: Row, metric: Metric) -> str:
    """The status as a sentence that names the target."""
    if row["basis"] == Basis.NOT_COMPUTABLE:
        return "It cannot be computed from these files."
    if row["value"] is None:
        things = metric.definition.unit_counted[1]
        return f"No {things} {CHANNEL[row['channel']]} fell into the window, so there is no verdict."
    match row["status"]:
        case Status.GOOD:
            return f"Good: the target is {target(metric)}."
        case Status.BAD:
            return f"It misses the target: it must be {target(metric)}."
        case _ if metric.terms.target is None:
            return "There is no target, so there is no verdict."
        case _:
            return f"No verdict: the files do not say enough to tell whether it is {target(metric)}."


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
    if row["value"] is None or row["low"] is None or row["basis"] == Basis.LOWER_BOUND:
        return ""
    orders = count(row["denominator"], ("order", "orders"))
    return f"With {orders}, the lasting rate may lie anywhere from {percent(row['low'])} to {percent(row['high'])}."


def basis(row: Row, metric: Metric, missing: Sequence[Need]) -> str:
    """Why the figure is a bound or missing, and what file would mend it; empty when it is exact."""
    if missing:
        return " ".join(f"{need.reason} {need.remedy}" for need in missing)
    if row["basis"] == Basis.UPPER_BOUND:
        defects = count(row["numerator"], metric.definition.defect)
        return f"{metric.definition.unknown_reason} Unsure: {row['unknown']:,} of {defects}."
    return ""


def beside(row: Row, each: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """What the other policies count for the same channel and window, where it differs; empty where it does not."""
    same = each.filter(
        (pl.col("metric") == row["metric"])
        & (pl.col("channel") == row["channel"])
        & (pl.col("window_days") == row["window_days"])
        & (pl.col("policy") != row["policy"])
    )
    counted = ("numerator", "denominator", "status", "basis")
    others = [other for other in same.iter_rows(named=True) if any(other[name] != row[name] for name in counted)]
    return " ".join(f"{labels[other['policy']]}: {rate(other)}, {STATUS[other['status']].lower()}." for other in others)


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


def strangers(counts: Mapping[str, int]) -> list[str]:
    """What was told of orders that are in no file, a sentence for each table.

    Example:
        >>> strangers({"feedback": 1})
        ['1 row of feedback is of an order in no file and counts for nothing: add the All Orders report of its time.']
    """
    return [
        f"{count(number, ('row', 'rows'))} of {table.replace('_', ' ')} " + (ONE_STRANGER if number == 1 else STRANGERS)
        for table, number in counts.items()
    ]


def cause(row: Row, metric: Metric, by: Sequence[str]) -> str:
    """One row of a breakdown: what it is, and its part of all defects.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> row = {"carrier": "OnTrac", "numerator": 18, "denominator": 40, "value": 0.45, "defect_share": 0.6}
        >>> cause(row, policy("handbook")["late_dispatch_rate"], ["carrier"])
        'OnTrac: 18 late orders of 40, 60 % of all late orders.'
    """
    name, defect = ", ".join(str(row[dimension]) for dimension in by), metric.definition.defect
    where = f" {CHANNEL[row['channel']]}" if len(metric.definition.channels) > 1 else ""
    out_of = "" if DEFECTS_ONLY.intersection(by) else f" of {row['denominator']:,}"
    part = f", {percent(row['defect_share'])} of all {defect[1]}{where}" if row["defect_share"] else ""
    return f"{name}: {count(row['numerator'], defect)}{out_of}{where}{part}."


def leaving(frame: pl.DataFrame, metric: Metric) -> str:
    """When the defects of the window leave it, the first and the last."""
    if frame.is_empty():
        return f"No {metric.definition.defect[0]} is known in the window."
    first, last = frame["leaves_on"].min(), frame["leaves_on"].max()
    if not isinstance(first, date) or not isinstance(last, date):
        return ""
    leave_first = frame.filter(pl.col("leaves_on") == first).height
    verb = "leaves" if leave_first == 1 else "leave"
    sentence = f"{count(leave_first, metric.definition.defect).capitalize()} {verb} the window on {day(first)}"
    return f"{sentence}." if first == last else f"{sentence}, the last on {day(last)}."
