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
    """A question on each of twelve days, answered after two hours; one of the last evening still waits."""
    days = [f"2026-03-{day}" for day in range(19, 19 + ANSWERS)]
    asked = [_message(on, "buyer", f"{on}T17:00") for on in days]
    answered = [_message(on, "seller", f"{on}T19:00") for on in days]
    return text(MESSAGES, *asked, *answered, _message("last", "buyer", "2026-04-01T03:00"), delimiter=",")


def _message(thread: str, sender: str, at: str) -> dict[str, str]:
    return {"thread_id": thread, "sender": sender, "sent_at": f"{at}:00+00:00", "subject": "Where is my order?"}


def _surveys() -> str:
    """Nine of ten points on each of twelve days, and the matter solved."""
    days = [f"2026-03-{day}" for day in range(19, 19 + ANSWERS)]
    told = [{"thread_id": on, "answered_at": f"{on}T17:00:00+00:00", "score": "9", "solved": "yes"} for on in days]
    return text(SURVEYS, *told, delimiter=",")


def _notifications() -> str:
    read = {"id": "N-1", "date": "2026-03-20", "category": "listing_policy", "severity": "low", "state": "read"}
    return text(NOTIFICATIONS, read, delimiter=",")
