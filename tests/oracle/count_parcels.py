"""Tracking and delivery counted by hand: one package and one unit after the other."""

from collections.abc import Iterator
from datetime import date

from tests.oracle.entry import CLEAN, DEFECT, Entry, good
from tests.oracle.known import Known, Row

METRICS = ("valid_tracking_rate", "on_time_delivery_rate")


def entries(metric: str, policy: str, known: Known) -> Iterator[Entry]:
    """Every package or unit sent by the seller on this marketplace; both policies count alike."""
    found = _packages(known) if metric == "valid_tracking_rate" else _units(known)
    for order_id, entry in found:
        if known.place_of(order_id) == known.marketplace and known.channel_of(order_id) == "MFN":
            yield entry


def _packages(known: Known) -> Iterator[tuple[str, Entry]]:
    """One told twice is promised on the later day, and valid when it was once."""
    for (order_id, _), rows in _grouped(known.tables["tracking"], "order_id", "package_id"):
        there = [row for row in rows if not (row["tracking_promised_on"] and row["tracking_promised_on"] > known.as_of)]
        judged = [row["has_valid_tracking"] for row in there if row["has_valid_tracking"] is not None]
        promised = _latest([row["tracking_promised_on"] for row in there])
        if judged and promised:
            yield order_id, good(promised, CLEAN if any(judged) else DEFECT, channel="MFN")


def _units(known: Known) -> Iterator[tuple[str, Entry]]:
    yield from _listed(known)
    listed = {row["order_id"] for row in known.tables["deliveries"]}
    for order in known.orders():
        promised, came = order.row["deliver_by_at"], order.row["delivered_at"]
        if order.row["order_id"] in listed or promised is None or came is None or came >= known.end:
            continue
        day, verdict = known.day_of(promised), CLEAN if known.day_of(came) <= known.day_of(promised) else DEFECT
        # An order whose products no file tells is one unit.
        items = known.of("order_items", order.row["order_id"])
        for sku in {row["sku"] for row in items if row["item_status"] != "CANCELLED"} if items else {""}:
            units = _sold(known, order.row["order_id"], sku) or 1
            yield order.row["order_id"], good(day, verdict, channel="MFN", units=units)


def _listed(known: Known) -> Iterator[tuple[str, Entry]]:
    """Units whose delivery Amazon judged; its word goes before the days."""
    for (order_id, sku), rows in _grouped(known.tables["deliveries"], "order_id", "sku"):
        promised = _latest([row["delivery_promised_on"] for row in rows])
        # Of a delivery still to come nothing is known, Amazon's word neither.
        there = [row for row in rows if not (row["delivery_arrived_on"] and row["delivery_arrived_on"] > known.as_of)]
        came = _latest([row["delivery_arrived_on"] for row in there])
        if promised is None or came is None:
            continue
        said = [row["is_on_time"] for row in there if row["is_on_time"] is not None]
        in_time = all(said) if said else came <= promised
        units = max((row["units"] for row in rows if row["units"]), default=0) or _sold(known, order_id, sku) or 1
        yield order_id, good(promised, CLEAN if in_time else DEFECT, channel="MFN", units=units)


def _sold(known: Known, order_id: str, sku: str) -> int:
    items = [row for row in known.of("order_items", order_id) if row["sku"] == sku]
    return sum(row["quantity"] or 0 for row in items if row["item_status"] != "CANCELLED")


def _latest(days: list[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _grouped(rows: list[Row], *key: str) -> Iterator[tuple[tuple[str, str], list[Row]]]:
    keys = dict.fromkeys(tuple(row[name] for name in key) for row in rows)
    for one in keys:
        yield one, [row for row in rows if tuple(row[name] for name in key) == one]
