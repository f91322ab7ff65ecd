"""The policy notifications judged by hand: one after the other, from the words of the policies."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle.known import Known, Row

Notice = tuple[Any, ...]
POINTS = {"LOW": 2, "MEDIUM": 4, "HIGH": 8, None: 8}
START, MOST = 200, 1000


def weighing(known: Known) -> Iterator[Row]:
    """The notifications of the last 180 days that are not resolved; one resolved later was read by now."""
    for row in known.tables["notifications"]:
        notified = row["notified_on"]
        if notified and notified <= known.as_of < notified + timedelta(days=180) and not _is_over(row, known.as_of):
            yield {**row, "state": "READ" if row["state"] == "RESOLVED" else row["state"]}


def standing(policy: str, known: Known, lot: int, gain: int) -> dict[str, Any]:
    """The mark of the account, what weighs, and its Account Health Rating; so many orders bring so many points."""
    found = list(weighing(known))
    given, status = _told(known, "accountHealthRating"), _told(known, "accountStatus")
    rating = round(given["figure_rate"]) if given else _estimate(known, found, lot, gain)
    states = [row["state"] for row in found]
    is_looked_into = "UNDER_REVIEW" in states or (status is not None and status["figure_status"] != "NORMAL")
    by_reading = "RED" if is_looked_into else "YELLOW" if "UNREAD" in states else "GREEN"
    by_rating = "GREEN" if rating >= 200 else "YELLOW" if rating >= 100 else "RED"
    return {
        "level": by_reading if policy == "handbook" else by_rating,
        "unread": states.count("UNREAD"),
        "read": states.count("READ"),
        "under_review": states.count("UNDER_REVIEW"),
        "open": len(states),
        "rating": rating,
        "is_estimate": given is None,
        "basis": "EXACT",
    }


def _estimate(known: Known, found: list[Row], lot: int, gain: int) -> int:
    """Whole lots of orders shipped in 180 days bring points, open violations cost them; a critical one costs all."""
    if any(row["severity"] == "CRITICAL" for row in found):
        return 0
    score = START + gain * (_shipped(known) // lot) - sum(POINTS[row["severity"]] for row in found)
    return max(0, min(MOST, score))


def _shipped(known: Known) -> int:
    recent = [order for order in known.orders() if order.bought_day and (known.as_of - order.bought_day).days < 180]
    return sum(order.is_ours and order.is_shipped for order in recent)


def _told(known: Known, figure: str) -> Row | None:
    """A figure of the latest report known by then, for this marketplace."""
    rows = [
        row
        for row in known.tables["performance"]
        if row["figure"] == figure
        and row["marketplace"] in (None, known.marketplace)
        and row["figure_to"] <= known.as_of
    ]
    return max(rows, key=lambda row: row["figure_to"], default=None)


def _is_over(row: Row, as_of: date) -> bool:
    if row["resolved_on"] is None:
        return row["state"] == "RESOLVED"
    return row["resolved_on"] <= as_of
