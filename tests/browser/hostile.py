"""An account whose every text is an attack: what a buyer, a carrier's clerk or a listing could hold."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from tests.sources.folder import (
    ALL_LISTINGS,
    ALL_ORDERS,
    CONFIRMATIONS,
    DELIVERIES,
    FEEDBACK,
    MESSAGES,
    NOTIFICATIONS,
    ORDER_REPORT,
    PARCELS,
    STOCK,
    VALID_TRACKING,
    order,
    put,
    text,
)

NAME = "hostile"
LABEL = "<b>Bold</b> <script>window.PWNED=1</script> [here](javascript:window.PWNED=1) & Co"
SKUS = (
    "</script><script>window.PWNED=1</script>",
    "<img src=x onerror=window.PWNED=1>",
    "<!--",
    '" onmouseover="window.PWNED=1',
    "[a](javascript:window.PWNED=1) ![b](https://attacker.invalid/b.png)",
    '{"expr": "window.PWNED=1"}',
    "datum['sku'] || (window.PWNED=1)",
    "__proto__",
    "{{window.PWNED=1}}{%raw%}${window.PWNED=1}",
    "https://attacker.invalid/sku",
    "data:text/html,<script>parent.PWNED=1</script>",
)
"""Markup, Markdown, expressions of Vega, templates, names that a script's objects have, and addresses."""
CARRIERS = (
    "javascript:alert(1)",
    "<svg onload=window.PWNED=1>",
    "//attacker.invalid/carrier",
    '{"signal": "window.PWNED=1"}',
)
CATEGORIES = ("<iframe srcdoc='<script>parent.PWNED=1</script>'>", "]]><script>window.PWNED=1</script>")
FILE = "<img src=x onerror=window.PWNED=1> [a](javascript:window.PWNED=1).tsv"
THREADS = tuple(f"T{place} {attack}" for place, attack in enumerate(SKUS))
ASIN = "<a href=javascript:window.PWNED=1>B0</a>"
NEVER_SHOWN = (
    "<math><mtext><script>window.PWNED=1</script> secret-4711 https://attacker.invalid/comment"
    " <a href='https://attacker.invalid/comment' ping='https://attacker.invalid/ping'>here</a>"
    " ![x](https://attacker.invalid/comment.png)"
)
"""What buyers write: of it nothing may stand on any page."""
DAYS = 24
ACCOUNT_TOML = f"marketplace = \"US\"\nlabel = '{LABEL}'\n"


def order_id(number: int) -> str:
    return f"111-{number:07d}-0000001"


def write(data: Path) -> Path:
    """Orders on `DAYS` days of March, every third one late, every fifth one cancelled, every seventh one rated 1.

    Of the packages every other one is not scanned, of the deliveries every third one late, of the messages every
    third one answered late, and the last ones not at all. Nothing is on the shelves, and all is listed.
    """
    days = range(1, DAYS + 1)
    files = {
        FILE: text(ALL_ORDERS, *map(_order, days)),
        "promises.tsv": text(ORDER_REPORT, *map(_promise, days)),
        "confirmed.csv": text(CONFIRMATIONS, *(_confirmation(day) for day in days if day % 5), delimiter=","),
        "feedback.tsv": text(FEEDBACK, *(_rating(day) for day in days if day % 7 == 0)),
        "messages.csv": _quoted(MESSAGES, (message for day in days for message in _messages(day))),
        "notifications.csv": _quoted(NOTIFICATIONS, [_notification()]),
        "tracking.csv": _quoted(VALID_TRACKING, map(_package, days)),
        "deliveries.csv": _quoted(DELIVERIES, map(_delivery, range(1, DAYS - 3))),
        "parcels.csv": _quoted(PARCELS, [_parcel(DAYS - 1)]),
        "stock.csv": _quoted(STOCK, ({"sku": sku, "units_on_hand": "0"} for sku in SKUS)),
        "listings.tsv": text(ALL_LISTINGS, *({"seller-sku": sku, "quantity": "9"} for sku in SKUS)),
    }
    return put(data, files, ACCOUNT_TOML, NAME)


def _quoted(header: list[str], rows: Iterable[Mapping[str, str]]) -> str:
    """A file whose cells hold commas and quotes as a spreadsheet writes them."""
    made = StringIO()
    writer = csv.DictWriter(made, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()


def _messages(day: int) -> list[dict[str, str]]:
    """A question and its answer, every third one two days later; nobody answers what came in the last two days."""
    told = {"thread_id": THREADS[day % len(THREADS)], "order_id": order_id(day), "subject": NEVER_SHOWN}
    asked = {**told, "sender": "buyer", "sent_at": f"2026-03-{day:02d}T19:00:00+00:00", "text": NEVER_SHOWN}
    after = day + (2 if day % 3 == 0 else 0)
    answered = {**told, "sender": "seller", "sent_at": f"2026-03-{after:02d}T22:00:00+00:00", "text": NEVER_SHOWN}
    return [asked, answered] if day < DAYS - 1 else [asked]


def _notification() -> dict[str, str]:
    return {"id": SKUS[0], "date": "2026-03-20", "category": "listing_policy", "state": "unread", "asin": ASIN}


def _package(day: int) -> dict[str, str]:
    return {
        "Order ID": order_id(day),
        "Tracking ID": f"{day} {SKUS[day % len(SKUS)]}",
        "Promised Delivery Date": f"2026-03-{day:02d}",
        "Valid Tracking": "Yes" if day % 2 else "No",
        "Carrier Name": CARRIERS[day // 2 % len(CARRIERS)],
        "Product Category": CATEGORIES[day // 2 % len(CATEGORIES)],
    }


def _delivery(day: int) -> dict[str, str]:
    return {
        "Order ID": order_id(day),
        "SKU": _sku(day),
        "Promised Delivery Date Without Extension": f"2026-03-{day:02d}",
        "Actual Delivery Date": f"2026-03-{day + (2 if day % 3 == 0 else 0):02d}",
        "Carrier Name": CARRIERS[day // 3 % len(CARRIERS)],
        "Delivered Late": "X" if day % 3 == 0 else "",
    }


def _parcel(day: int) -> dict[str, str]:
    return {"order_id": order_id(day), "posted_at": f"2026-03-{day:02d}T23:00:00+00:00", "carrier": CARRIERS[0]}


def _sku(day: int) -> str:
    return SKUS[day % len(SKUS)]


def _order(day: int) -> dict[str, str]:
    status = "Shipped" if day % 5 else "Cancelled"
    bought, updated = f"2026-03-{day:02d}T18:30:00+00:00", f"2026-03-{day + 1:02d}T20:00:00+00:00"
    told = {"purchase_date": bought, "last_updated_date": updated, "order_status": status, "item_status": status}
    return order(order_id(day), sku=_sku(day), **told)


def _promise(day: int) -> dict[str, str]:
    return {
        "order-id": order_id(day),
        "purchase-date": f"2026-03-{day:02d}T18:30:00+00:00",
        "sku": _sku(day),
        "quantity-purchased": "1",
        "latest-ship-date": f"2026-03-{day + 1:02d}T23:59:59-07:00",
        "latest-delivery-date": f"2026-03-{day + 5:02d}T23:59:59-07:00",
    }


def _confirmation(day: int) -> dict[str, str]:
    after = 5 if day % 3 == 0 else 1
    confirmed = f"2026-03-{min(day + after, DAYS):02d}T22:00:00-07:00"
    return {"order_id": order_id(day), "confirmed_at": confirmed, "carrier": CARRIERS[day % len(CARRIERS)]}


def _rating(day: int) -> dict[str, str]:
    return {"Date": f"3/{day + 2}/26", "Rating": "1", "Comments": NEVER_SHOWN, "Order ID": order_id(day)}
