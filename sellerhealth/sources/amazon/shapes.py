"""Amazon's documents that are no tables, JSON and XML, as lines of one: known by their shape, never by their name."""

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.amazon import customer_metrics, figures, order_changes, orders_api
from sellerhealth.sources.amazon.document import Document
from sellerhealth.sources.amazon.envelopes import opened
from sellerhealth.sources.amazon.objects import objects

KINDS = (
    (figures.is_report, figures.told),
    (orders_api.is_page, orders_api.told),
    (order_changes.is_message, order_changes.told),
)
KEYS = ("accountStatuses", "performanceMetrics", "orders", "Orders", "orderId", "AmazonOrderId", "NotificationType")
"""By one of which each of them can be known while it is not whole."""
SEARCHED = 1 << 16


def told(text: str, shown: str = "the document") -> Document | None:
    """The document as a table; None for a text that is none of those this program reads.

    JSON may hold several of one kind, in a list or one after the other, as in JSON lines; of two kinds it is none.
    Raises InputError for one that is damaged, or not safe to read. `shown` is the name used in errors.

    Example:
        >>> told('{"errors": []}') is None
        True
    """
    if text.lstrip().startswith("<"):
        return customer_metrics.told(text, shown)
    held = objects(text, shown)
    if held is None and any(f'"{key}"' in text[:SEARCHED] for key in KEYS):
        raise InputError(shown, "whole JSON", "It is damaged or cut off: download it again.")
    found = opened(held or [], shown)
    for is_one, document in KINDS:
        if found and all(map(is_one, found)):
            return document(found)
    return None
