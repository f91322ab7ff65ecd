"""The help desk's export: every message between buyers and the shop, in the order in which they were sent."""

from collections.abc import Collection

from sellerhealth.demo.matter import Matter, Message
from sellerhealth.demo.table import csv

HEADER = "thread_id message_id order_id sender sent_at no_response_needed automatic subject text"
COLUMNS = tuple(HEADER.split())


def file(matters: Collection[Matter]) -> dict[str, str]:
    """messages.csv."""
    together = [(message, matter) for matter in matters for message in matter.messages]
    sent = sorted(together, key=lambda pair: (pair[0].sent_at, pair[1].thread_id))
    rows = (_row(number, message, matter) for number, (message, matter) in enumerate(sent, start=1))
    return {"messages.csv": csv(COLUMNS, rows)}


def _row(number: int, message: Message, matter: Matter) -> dict[str, str]:
    return {
        "thread_id": matter.thread_id,
        "message_id": f"M-{number:05d}",
        "order_id": matter.order.order_id if matter.order else "",
        "sender": message.sender,
        "sent_at": message.sent_at.isoformat(),
        "no_response_needed": "yes" if message.needs_no_response else "",
        "automatic": "yes" if message.is_automatic else "",
        "subject": matter.subject,
        "text": message.text,
    }
