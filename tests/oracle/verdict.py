"""What counts mean by the words of the policies, in exact fractions."""

from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.oracle.entry import Counts

BELOW, AT_LEAST, ABOVE = "below", "at least", "above"
BOTH = {
    "late_dispatch_rate": (BELOW, Fraction(4, 100)),
    "cancellation_rate": (BELOW, Fraction(25, 1000)),
    "order_defect_rate": (BELOW, Fraction(1, 100)),
    "valid_tracking_rate": (ABOVE, Fraction(95, 100)),
    "on_time_delivery_rate": (AT_LEAST, Fraction(90, 100)),
}
TARGETS = {
    "handbook": {
        **BOTH,
        "contact_response_time": (AT_LEAST, Fraction(90, 100)),
        "perfect_order_percentage": (AT_LEAST, Fraction(95, 100)),
        "seller_rating": (ABOVE, Fraction(90)),
    },
    "amazon-2026": BOTH,
}
LESS_IS_GOOD = ("late_dispatch_rate", "cancellation_rate", "order_defect_rate", "average_response_time")
ENOUGH = {"customer_service_rating": 40}
Verdict = dict[str, Any]


def verdict(metric: str, policy: str, counts: Counts) -> Verdict:
    """The counts with value, target, status, headroom and basis."""
    target = TARGETS[policy].get(metric)
    status = _status(metric, target, counts)
    bound = "UPPER_BOUND" if metric in LESS_IS_GOOD else "LOWER_BOUND"
    return {
        **counts._asdict(),
        "value": _value(metric, counts),
        "target": float(target[1]) if target else None,
        "status": status,
        "headroom": _headroom(metric, target, counts) if status in ("GOOD", "BAD") else None,
        # What an unsure problem costs beside a certain one makes it a bound as well.
        "basis": bound if counts.unknown or counts.numerator != counts.at_best else "EXACT",
    }


def _value(metric: str, counts: Counts) -> float | None:
    if not counts.denominator:
        return None
    value = Fraction(counts.numerator, counts.denominator)
    if metric == "average_response_time":
        # Counted in seconds, told in hours.
        value /= 3600
    if metric == "seller_rating":
        value = max(Fraction(0), min(Fraction(100), value))
    return round(float(value), 9)


def _status(metric: str, target: tuple[str, Fraction] | None, counts: Counts) -> str:
    """Good or bad only when the worst and the best it can be agree."""
    if not counts.denominator:
        return "NONE"
    if counts.counted < ENOUGH.get(metric, 0):
        return "TOO_FEW"
    if not target:
        return "NONE"
    ends = {_meets(target, Fraction(end, counts.denominator)) for end in (counts.numerator, counts.at_best)}
    return "NONE" if len(ends) == 2 else "GOOD" if ends == {True} else "BAD"


def _meets(target: tuple[str, Fraction], value: Fraction) -> bool:
    sense, goal = target
    return value < goal if sense == BELOW else value >= goal if sense == AT_LEAST else value > goal


def _headroom(metric: str, target: tuple[str, Fraction] | None, counts: Counts) -> int | None:
    """How many rows of a share may still turn bad before the target breaks; points are not told in rows."""
    if not target or metric == "seller_rating":
        return None
    sense, allowed = target[0], counts.denominator * target[1]
    if sense == BELOW:
        return ceil(allowed) - 1 - counts.numerator
    return counts.numerator - (ceil(allowed) if sense == AT_LEAST else floor(allowed) + 1)
