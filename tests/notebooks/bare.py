"""Five accounts that lack nearly everything: one file each, and one with none."""

from pathlib import Path

from tests.sources.folder import ALL_ORDERS, MESSAGES, NOTIFICATIONS, SURVEYS, order, put, text

AS_OF = "2026-03-31"
ORDERS, ANSWERS = 20, 12


def write(data: Path) -> Path:
    """All of them under `data`; nothing in their files speaks against the seller."""
    files = {
        "orders-only": {"orders.tsv": _orders()},
        "messages-only": {"messages.csv": _messages()},
        "surveys-only": {"surveys.csv": _surveys()},
        "notifications-only": {"notifications.csv": _notifications()},
        "nothing": {},
    }
    for name, content in files.items():
        put(data, content, name=name)
    return data


def _orders() -> str:
    """Orders of the 11th to the 30th, one a day, every fourth shipped by Amazon, all shipped the next day."""
    return text(ALL_ORDERS, *(_order(day) for day in range(11, 11 + ORDERS)))


def _order(day: int) -> dict[str, str]:
    return order(
        f"111-{day:07d}-0000001",
        purchase_date=f"2026-03-{day:02d}T18:30:00+00:00",
        last_updated_date=f"2026-03-{day + 1:02d}T18:30:00+00:00",
        fulfillment_channel="Merchant" if day % 4 else "Amazon",
    )


def _messages() -> str:
    """A question on each of twelve days, answered after two hours; the last one waits since the evening."""
    asked = [(f"T-{day}", f"2026-03-{day:02d}", day) for day in range(19, 19 + ANSWERS)]
    rows = [row for thread, on, _ in asked for row in (_message(thread, "buyer", f"{on}T17:00"), _message(thread, "seller", f"{on}T19:00"))]  # fmt: skip
    return text(MESSAGES, *rows, _message("T-31", "buyer", "2026-04-01T03:00"), delimiter=",")


def _message(thread: str, sender: str, at: str) -> dict[str, str]:
    return {"thread_id": thread, "sender": sender, "sent_at": f"{at}:00+00:00", "subject": "Where is my order?"}


def _surveys() -> str:
    scores = [{"thread_id": f"T-{day}", "answered_at": f"2026-03-{day:02d}T17:00:00+00:00", "score": "9"} for day in range(19, 19 + ANSWERS)]  # fmt: skip
    return text(SURVEYS, *scores, delimiter=",")


def _notifications() -> str:
    read = {"id": "N-1", "date": "2026-03-20", "category": "listing_policy", "severity": "low", "state": "read"}
    return text(NOTIFICATIONS, read, delimiter=",")
