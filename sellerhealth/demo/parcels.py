"""The shop's own book of parcels handed to a carrier; that is no confirmation to Amazon."""

from collections.abc import Collection
from datetime import datetime

from sellerhealth.demo.order import Order
from sellerhealth.demo.table import csv

COLUMNS = ("order_id", "posted_at", "carrier")


def file(posted: Collection[tuple[Order, datetime]]) -> dict[str, str]:
    """parcels.csv, in the order in which they were handed over."""
    rows = (
        {"order_id": order.order_id, "posted_at": posted_at.isoformat(), "carrier": order.carrier}
        for order, posted_at in sorted(posted, key=lambda pair: (pair[1], pair[0].order_id))
    )
    return {"parcels.csv": csv(COLUMNS, rows)}
