"""The three first metrics counted by hand: one order after the other, from the words of the definitions.

Nothing of the package is used here, and nothing is fast: that is the point.
"""

from collections.abc import Iterator
from datetime import date, datetime

from tests.oracle.entry import CLEAN, DEFECT, POLICIES, UNSURE, Entry, bad, worst_of
from tests.oracle.known import Known, Order, Row

__all__ = ["METRICS", "POLICIES"]

METRICS = ("late_dispatch_rate", "cancellation_rate", "order_defect_rate")


def entries(metric: str, policy: str, known: Known) -> Iterator[Entry]:
    """Every order that is counted, with its day and its verdict."""
    for order in known.orders():
        verdict = verdict_of(metric, policy, order)
        day = event_day(metric, policy, order)
        if verdict is not None and day is not None:
            yield bad(day, verdict, channel=order.channel)


def verdict_of(metric: str, policy: str, order: Order) -> str | None:
    """What an order is to a metric; None when it is not counted at all."""
    if not order.is_ours or order.is_pending:
        return None
    judge = {"late_dispatch_rate": dispatch, "cancellation_rate": _cancellation, "order_defect_rate": _defect}
    return judge[metric](policy, order)


def event_day(metric: str, policy: str, order: Order) -> date | None:
    """The day that puts an order into a window."""
    if metric == "late_dispatch_rate":
        return order.ship_by_day
    if metric == "order_defect_rate" and policy == "amazon-2026":
        return order.bought_day_utc
    return order.bought_day


def dispatch(policy: str, order: Order) -> str | None:
    """Orders shipped by us that had to be shipped; one cancelled before shipment is a cancellation instead."""
    if order.channel != "MFN" or order.cancelled_before_shipment:
        return None
    if policy == "amazon-2026" and order.late_list_says is not None:
        # Amazon's own list decides under Amazon's rules, even when no file says by when it had to be shipped.
        return DEFECT if order.late_list_says else CLEAN
    return _by_the_clock(policy, order, order.ship_by) if order.ship_by else None


def _by_the_clock(policy: str, order: Order, ship_by: datetime) -> str:
    if order.confirmed is not None:
        return DEFECT if _is_late(policy, order.known, ship_by, order.confirmed) else CLEAN
    if not order.shipped_without_a_time and not order.is_gone:
        return DEFECT if _is_overdue(policy, order.known, ship_by) else CLEAN
    first, last = order.confirmed_between
    if order.is_clean_by_the_late_list and not (first and first > ship_by):
        return CLEAN
    if not _is_late(policy, order.known, ship_by, last):
        return CLEAN
    # What is gone may have been cancelled, so it is never late for sure.
    sure = first is not None and not order.is_gone and _is_late(policy, order.known, ship_by, first)
    return DEFECT if sure else UNSURE


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
    in_part = policy == "amazon-2026" and order.one_item_cancelled
    return by_whom(order) if order.cancelled_before_shipment or in_part or order.is_gone else CLEAN


def by_whom(order: Order) -> str:
    """A cancellation is the seller's; Amazon cancels what is never confirmed, and both policies count that so."""
    return {"SELLER": DEFECT, "AMAZON": DEFECT, "BUYER": CLEAN, None: UNSURE}[order.who_cancelled]


def _defect(policy: str, order: Order) -> str:
    """One or two stars, a counted claim or a counted chargeback; an order is counted once, cancelled or not."""
    return worst_of([feedback(order), complaint(policy, order, "A_TO_Z"), complaint(policy, order, "CHARGEBACK")])


def feedback(order: Order) -> str:
    """One or two stars by the account's own files; where they tell of no rating, by Amazon's list."""
    own = any(rating <= 2 for rating in order.ratings)
    return DEFECT if (own if order.has_own_feedback else order.list_counts("feedback")) else CLEAN


def complaint(policy: str, order: Order, kind: str) -> str:
    """The account's own claims of that kind; where there are none, Amazon's list; then what a return tells.

    The claim that a return tells of may be one that the account's own files open later: then it is not there yet.
    """
    own = [claim_verdict(policy, claim) for claim in order.claims if claim["claim_type"] == kind]
    if own:
        return worst_of(own)
    listed = order.list_counts("claim" if kind == "A_TO_Z" else "chargeback")
    if listed is None and kind == "A_TO_Z" and order.a_return_tells_of_a_claim:
        # It exists, but how it ended is in no file.
        return CLEAN if any(claim["claim_type"] == kind for claim in order.own_claims) else UNSURE
    return DEFECT if listed else CLEAN


def claim_verdict(policy: str, claim: Row) -> str:
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
