"""Perfect orders and the seller rating counted by hand: every flaw of an order, and what it costs."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.oracle.count import by_whom, complaint, dispatch, feedback
from tests.oracle.entry import CLEAN, DEFECT, Entry, good, worst_of
from tests.oracle.known import Known, Order

METRICS = ("perfect_order_percentage", "seller_rating")
FLAWS = ("negative_feedback", "claim", "chargeback", "cancellation", "late_shipment", "refund", "buyer_message")
POINTS = {
    "claim": -500,
    "late_shipment": 0,
    "cancellation": -100,
    "chargeback": -100,
    "negative_feedback": -100,
    "late_answer": 0,
}
PERFECT, BONUS = 100, 10


def entries(metric: str, policy: str, known: Known) -> Iterator[Entry]:
    """Every paid order of this marketplace, whoever ships it."""
    for order in known.orders():
        if order.is_ours and not order.is_pending and order.bought_day is not None:
            flaws = flaws_of(policy, order)
            if metric == "seller_rating":
                yield from _rated(order, order.bought_day, {name: flaws[name] for name in POINTS})
            else:
                yield good(order.bought_day, worst_of([flaws[name] for name in FLAWS]))


def flaws_of(policy: str, order: Order) -> dict[str, str]:
    """Each kind of flaw: certain, unsure or none."""
    in_part = policy == "amazon-2026" and order.one_item_cancelled
    is_cancelled = order.channel == "MFN" and (order.cancelled_before_shipment or in_part or order.is_gone)
    return {
        "negative_feedback": feedback(order),
        "claim": complaint(policy, order, "A_TO_Z"),
        "chargeback": complaint(policy, order, "CHARGEBACK"),
        "cancellation": by_whom(order) if is_cancelled else CLEAN,
        "late_shipment": dispatch(policy, order) or CLEAN,
        "refund": _sure(_is_refunded(order)),
        "buyer_message": _sure(bool(order.asked)),
        "late_answer": _sure(any(order.known.told.wait(row) > timedelta(hours=24) for row in order.asked)),
    }


def _rated(order: Order, day: date, flaws: dict[str, str]) -> Iterator[Entry]:
    """An order that was shipped or went wrong, with its points; the worst problem's where there is one."""
    verdict = worst_of(list(flaws.values()))
    if order.is_shipped or verdict != CLEAN:
        worst = [POINTS[name] for name, flaw in flaws.items() if flaw != CLEAN]
        sure = [POINTS[name] for name, flaw in flaws.items() if flaw == DEFECT]
        told = _bonus(order)
        least, most = (PERFECT + BONUS * all(one is True for one in told), PERFECT + BONUS * (False not in told))
        yield Entry(day=day, verdict=verdict, worst=min(worst, default=least), best=min(sure, default=most))


def _bonus(order: Order) -> list[bool | None]:
    """Tracked, fast, by the promise, and kept by the buyer; None where no file tells."""
    came, promised = _delivered(order), order.row["deliver_by_at"]
    return [
        _is_tracked(order),
        _working_days(order.bought_day, came) <= 3 if came else None,
        came <= order.known.day_of(promised) if came and promised else None,
        not _is_refunded(order),
    ]


def _is_tracked(order: Order) -> bool | None:
    """All packages that Amazon judged; one it judged twice is valid when it once was."""
    judged: dict[str, list[bool]] = {}
    for row in order.known.of("tracking", order.row["order_id"]):
        promised = row["tracking_promised_on"]
        if row["has_valid_tracking"] is not None and (promised is None or promised <= order.known.as_of):
            judged.setdefault(row["package_id"], []).append(row["has_valid_tracking"])
    return all(any(words) for words in judged.values()) if judged else None


def _delivered(order: Order) -> date | None:
    """By the order's own word, else on the last day on which a part of it came, when all of it came by then."""
    told = order.row["delivered_at"]
    if told and told < order.known.end:
        return order.known.day_of(told)
    came = [row["delivery_arrived_on"] for row in order.known.of("deliveries", order.row["order_id"])]
    return max(came) if came and all(day and day <= order.known.as_of for day in came) else None


def _working_days(bought: date, came: date) -> int:
    """Monday to Friday after the day bought, up to and with the day it came."""
    days = [bought + timedelta(days=number) for number in range(1, (came - bought).days + 1)]
    return sum(day.strftime("%a") not in ("Sat", "Sun") for day in days)


def _is_refunded(order: Order) -> bool:
    rows = order.known.of("returns", order.row["order_id"])
    return any(
        row["refunded"] and (row["returned_on"] is None or row["returned_on"] <= order.known.as_of) for row in rows
    )


def _sure(flawed: bool) -> str:
    return DEFECT if flawed else CLEAN
