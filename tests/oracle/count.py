"""The three metrics counted by hand: one order after the other, from the words of the definitions.

Nothing of the package is used here, and nothing is fast: that is the point.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from tests.oracle.known import Known, Order, Row

CLEAN, DEFECT, UNSURE = "clean", "defect", "unsure"
METRICS = ("late_dispatch_rate", "cancellation_rate", "order_defect_rate")
POLICIES = ("handbook", "amazon-2026")
WINDOWS = {"late_dispatch_rate": (30, 10), "cancellation_rate": (7,), "order_defect_rate": (60,)}
TARGETS = {
    "late_dispatch_rate": Fraction(4, 100),
    "cancellation_rate": Fraction(25, 1000),
    "order_defect_rate": Fraction(1, 100),
}
Counts = dict[tuple[str, int], tuple[int, int, int]]
"""(channel, days of the window) to (numerator, unknown, denominator)."""


def count(metric: str, policy: str, known: Known) -> Counts:
    """Every channel and window of a metric, as known at the end of the day looked at."""
    found: Counts = {(channel, days): (0, 0, 0) for channel in _channels(metric) for days in WINDOWS[metric]}
    for order in known.orders():
        verdict = verdict_of(metric, policy, order)
        day = event_day(metric, policy, order)
        if verdict is None or day is None:
            continue
        for days in _windows_with(metric, policy, known.as_of, day):
            found[order.channel, days] = _one_more(found[order.channel, days], verdict)
    return found


def verdict_of(metric: str, policy: str, order: Order) -> str | None:
    """What an order is to a metric; None when it is not counted at all."""
    if not order.is_ours or order.is_pending:
        return None
    judge = {"late_dispatch_rate": _dispatch, "cancellation_rate": _cancellation, "order_defect_rate": _defect}
    return judge[metric](policy, order)


def event_day(metric: str, policy: str, order: Order) -> date | None:
    """The day that puts an order into a window."""
    if metric == "late_dispatch_rate":
        return order.ship_by_day
    if metric == "order_defect_rate" and policy == "amazon-2026":
        return order.bought_day_utc
    return order.bought_day


def lag(metric: str, policy: str) -> int:
    """How many days ago the last counted day is."""
    if metric == "cancellation_rate":
        return 1
    return 15 if (metric, policy) == ("order_defect_rate", "amazon-2026") else 0


def _channels(metric: str) -> tuple[str, ...]:
    return ("MFN", "AFN") if metric == "order_defect_rate" else ("MFN",)


def _windows_with(metric: str, policy: str, as_of: date, day: date) -> Iterator[int]:
    last = as_of - timedelta(days=lag(metric, policy))
    for days in WINDOWS[metric]:
        if 0 <= (last - day).days < days:
            yield days


def _one_more(counts: tuple[int, int, int], verdict: str) -> tuple[int, int, int]:
    numerator, unknown, denominator = counts
    return numerator + (verdict != CLEAN), unknown + (verdict == UNSURE), denominator + 1


def _dispatch(policy: str, order: Order) -> str | None:
    """Orders shipped by us that had to be shipped; one cancelled before shipment is a cancellation instead."""
    if order.channel != "MFN" or order.ship_by is None or order.cancelled_before_shipment:
        return None
    if policy == "amazon-2026" and order.late_list_says is not None:
        # Amazon's own list decides under Amazon's rules.
        return DEFECT if order.late_list_says else CLEAN
    if order.confirmed is not None:
        return DEFECT if _is_late(policy, order.known, order.ship_by, order.confirmed) else CLEAN
    if not order.shipped_without_a_time:
        return DEFECT if _is_overdue(policy, order.known, order.ship_by) else CLEAN
    if order.is_clean_by_the_late_list:
        return CLEAN
    return UNSURE if _is_late(policy, order.known, order.ship_by, order.confirmed_at_the_latest) else CLEAN


def _is_late(policy: str, known: Known, ship_by: datetime, confirmed: datetime) -> bool:
    """Handbook: three days or more after the ship-by day. Amazon: any moment after the ship-by time."""
    if policy == "handbook":
        return (known.day_of(confirmed) - known.day_of(ship_by)).days >= 3
    return confirmed > ship_by


def _is_overdue(policy: str, known: Known, ship_by: datetime) -> bool:
    """Not shipped: late once overdue, and overdue from the day after its ship-by day, or three days after."""
    over = (known.as_of - known.day_of(ship_by)).days
    return over >= (3 if policy == "handbook" else 1)


def _cancellation(policy: str, order: Order) -> str | None:
    """Orders we cancelled before shipment; for Amazon one cancelled item is enough."""
    if order.channel != "MFN":
        return None
    cancelled = order.cancelled_before_shipment or (policy == "amazon-2026" and order.one_item_cancelled)
    if not cancelled:
        return CLEAN
    # Amazon cancels what is never confirmed, and both policies count that as the seller's.
    who = order.who_cancelled
    return {"SELLER": DEFECT, "AMAZON": DEFECT, "BUYER": CLEAN, None: UNSURE}[who]


def _defect(policy: str, order: Order) -> str:
    """One or two stars, a counted claim or a counted chargeback; an order is counted once, cancelled or not."""
    claims = [_claim(policy, claim) for claim in order.claims]
    if DEFECT in claims or any(rating <= 2 for rating in order.ratings):
        return DEFECT
    return UNSURE if UNSURE in claims else CLEAN


def _claim(policy: str, claim: Row) -> str:
    """Amazon's own word first. In the handbook a claim or chargeback counts unless it is denied."""
    status = claim["claim_status"] or "PENDING"
    if claim["counts_against_odr"] is not None:
        return DEFECT if claim["counts_against_odr"] else CLEAN
    if policy == "handbook":
        return CLEAN if status == "DENIED" else DEFECT
    if claim["claim_type"] == "CHARGEBACK":
        return DEFECT if status in ("PENDING", "GRANTED") and claim["funded_by"] in ("SELLER", None) else CLEAN
    if status == "PENDING":
        return UNSURE
    return DEFECT if status == "GRANTED" and claim["funded_by"] in ("SELLER", None) else CLEAN
