"""Orders counted by hand over any span of days, with points of the handbook's rules read otherwise."""

from collections.abc import Callable, Mapping
from datetime import UTC, date
from typing import Any

from sellerhealth.definition.account import Account
from tests.oracle.known import Known, Order

Row = dict[str, Any]
Reads = Mapping[str, str]
Counts = tuple[int, int]
Span = tuple[date, date]


def known_of(account: Account, as_of: date) -> Known:
    """The tables of an account as plain rows, as one looks at them at the end of a day."""
    tables = {name: table.collect().to_dicts() for name, table in account.tables.items()}
    return Known(tables=tables, marketplace=account.marketplace.code, zone=account.zone, as_of=as_of)


def counted(metric: str, known: Known, channel: str, span: Span, reads: Reads) -> Counts:
    """The figure's numerator and denominator, order by order."""
    judge, day_of = JUDGED[metric]
    found = []
    for order in known.orders():
        is_here = order.is_ours and (order.channel == channel or reads.get("channel") == "every_channel")
        is_paid = not order.is_pending or reads.get("is_pending") == "counted"
        day = day_of(order, reads.get("inside", ""))
        if is_here and is_paid and day and span[0] <= day <= span[1]:
            found.append(judge(order, reads))
    verdicts = [verdict for verdict in found if verdict is not None]
    return sum(verdicts), len(verdicts)


def _utc(moment: Any) -> date | None:
    return moment.astimezone(UTC).date() if moment else None


def _bought(order: Order, option: str) -> date | None:
    return order.bought_day_utc if option == "purchase_utc" else order.bought_day


def _to_ship(order: Order, option: str) -> date | None:
    days = {"ship_by_utc": _utc(order.ship_by), "purchase": order.bought_day, "purchase_utc": order.bought_day_utc}
    return days.get(option, order.ship_by_day)


def _cancelled_on(order: Order, option: str) -> date | None:
    cancelled = order.row["cancelled_at"]
    if option == "cancellation" and cancelled and cancelled < order.known.end:
        return order.known.day_of(cancelled)
    return _bought(order, option)


def _is_defective(order: Order, reads: Reads) -> bool | None:
    if reads.get("cancelled_orders") == "left_out" and order.is_cancelled:
        return None
    return _is_disliked(order, reads) or _is_claimed(order, reads) or _is_charged_back(order, reads)


def _is_disliked(order: Order, reads: Reads) -> bool:
    option = reads.get("counted_feedback")
    rows = [dict(row) for row in order.known.of("feedback", order.row["order_id"])]
    if option == "removed_still_counted":
        rows = [{**row, "removed_on": None} for row in rows]
    if option == "removed_since_left_out":
        rows = [row for row in rows if not row["removed_on"]]
    end = order.known.as_of
    stands = [row for row in rows if row["rated_on"] <= end and not (row["removed_on"] and row["removed_on"] <= end)]
    if option == "last":
        stands = sorted(stands, key=lambda row: row["rated_on"])[-1:]
    return any(row["rating"] <= 2 for row in stands)


def _is_claimed(order: Order, reads: Reads) -> bool:
    claims = [claim for claim in order.claims if claim["claim_type"] == "A_TO_Z"]
    at_cost = [claim for claim in claims if claim["funded_by"] != "AMAZON"]
    return {
        "seller_at_fault": any(claim["claim_status"] in ("GRANTED", "PENDING") for claim in at_cost),
        "decided_only": any(claim["claim_status"] == "GRANTED" for claim in at_cost),
        "every": bool(claims),
    }.get(reads.get("counted_claims", ""), any(claim["claim_status"] != "DENIED" for claim in claims))


def _is_charged_back(order: Order, reads: Reads) -> bool:
    found = [claim for claim in order.claims if claim["claim_type"] == "CHARGEBACK"]
    return {
        "at_sellers_cost": any(
            claim["claim_status"] in ("GRANTED", "PENDING") and claim["funded_by"] != "AMAZON" for claim in found
        ),
        "every": bool(found),
    }.get(reads.get("counted_chargebacks", ""), any(claim["claim_status"] != "DENIED" for claim in found))


def _is_late(order: Order, reads: Reads) -> bool | None:
    option = reads.get("cancelled_orders")
    left_out = {"counted": False, "all": order.is_cancelled}.get(option or "", order.cancelled_before_shipment)
    is_open = order.confirmed is None
    if left_out or order.ship_by is None or (is_open and reads.get("unconfirmed_orders") == "left_out"):
        return None
    if order.cancelled_before_shipment:
        return False
    if reads.get("amazons_list") == "decides" and order.late_list_says is not None:
        return order.late_list_says
    least = 1 if reads.get("late_from") == "first_moment" else 3
    last = order.known.as_of if is_open else order.known.day_of(order.confirmed)
    return (last - order.ship_by_day).days >= least


def _is_cancelled(order: Order, reads: Reads) -> bool | None:
    in_part = reads.get("cancelled_scope") == "any_item" and order.one_item_cancelled
    whose = ("SELLER", None) if reads.get("automatic_cancellations") == "left_out" else ("SELLER", "AMAZON", None)
    is_ours = order.who_cancelled in whose
    if (
        reads.get("left_out") == "cancelled_by_others"
        and order.is_cancelled
        and order.who_cancelled in ("BUYER", "AMAZON")
    ):
        return None
    return (order.cancelled_before_shipment or in_part) and is_ours


JUDGED: dict[str, tuple[Callable[[Order, Reads], bool | None], Callable[[Order, str], date | None]]] = {
    "order_defect_rate": (_is_defective, _bought),
    "late_dispatch_rate": (_is_late, _to_ship),
    "cancellation_rate": (_is_cancelled, _cancelled_on),
}
