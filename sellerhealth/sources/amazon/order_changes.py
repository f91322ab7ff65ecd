"""ORDER_CHANGE notifications, JSON: when an order was confirmed and cancelled, as Amazon told it at once.

A list of them, one, or one a line; as Amazon sends them, or in a queue's envelopes (envelopes.py). Each message is a
line, with one more for each item it names; a rejected message's row is its place among them and one more, since the
first row is the header. Every message is kept: the first that calls an order shipped tells when shipment was
confirmed, the last how the order stands. Notifications of other kinds are passed over, and counted.
"""

from collections.abc import Iterator
from typing import Any

from sellerhealth.sources.amazon.all_orders import STATUS
from sellerhealth.sources.amazon.channels import CHANNEL
from sellerhealth.sources.amazon.document import Document, country, notes, table
from sellerhealth.sources.amazon.objects import at, is_true, objects_at, text_at
from sellerhealth.sources.layout import Field, Layout

KIND, NOTIFICATION = "ORDER_CHANGE", "Payload.OrderChangeNotification"
PLACE = "messages"
CHANGED, CONFIRMED, CANCELLED = "OrderChangeTrigger.TimeOfOrderChange", "shipped", "canceled"
CANCELLED_BY, MARKETPLACE = "Summary.OrderItems.IsBuyerRequestedCancel", "Summary.MarketplaceId"
ORDER = (
    "AmazonOrderId",
    "Summary.PurchaseDate",
    "Summary.OrderStatus",
    "Summary.FulfillmentType",
    "Summary.LatestShipDate",
    "Summary.LatestDeliveryDate",
)
ITEM = ("OrderItemId", "SellerSKU", "OrderItemStatus", "Quantity")

LAYOUT = Layout(
    name="order_changes",
    label="the ORDER_CHANGE notifications (JSON)",
    tables=("orders", "order_items"),
    key=("order_id", "item_id", "updated_at", "status"),
    recency=("updated_at",),
    is_document=True,
    marks=((PLACE,),),
    fields=(
        Field(ours="order_id", theirs=("AmazonOrderId",), kind="order_id", needed=True),
        Field(ours="updated_at", theirs=(CHANGED,), kind="instant", needed=True),
        Field(ours="status", theirs=("Summary.OrderStatus",), kind="one_of", needed=True, values=STATUS),
        Field(ours="purchased_at", theirs=("Summary.PurchaseDate",), kind="instant"),
        Field(ours="channel", theirs=("Summary.FulfillmentType",), kind="one_of", values=CHANNEL),
        Field(ours="marketplace", theirs=(MARKETPLACE,), kind="marketplace"),
        Field(ours="ship_by_at", theirs=("Summary.LatestShipDate",), kind="instant"),
        Field(ours="deliver_by_at", theirs=("Summary.LatestDeliveryDate",), kind="instant"),
        Field(ours="confirmed_at", theirs=(CONFIRMED,), kind="instant"),
        Field(ours="cancelled_at", theirs=(CANCELLED,), kind="instant"),
        Field(ours="cancelled_by", theirs=(CANCELLED_BY,), kind="one_of"),
        Field(ours="item_id", theirs=("Summary.OrderItems.OrderItemId",), kind="text"),
        Field(ours="sku", theirs=("Summary.OrderItems.SellerSKU",), kind="text"),
        Field(ours="item_status", theirs=("Summary.OrderItems.OrderItemStatus",), kind="one_of", values=STATUS),
        Field(ours="quantity", theirs=("Summary.OrderItems.Quantity",), kind="whole"),
    ),
)
Row = dict[str, str]


def is_message(one: Any) -> bool:
    """Whether this is a notification."""
    return bool(text_at(one, "NotificationType"))


def told(messages: list[Any]) -> Document:
    """The messages, then their items, a line each."""
    ours = [message for message in messages if text_at(message, "NotificationType").upper() == KIND]
    heads = [_head(place, message) for place, message in enumerate(ours, 1)]
    parts = [{**head, **item} for head, message in zip(heads, ours, strict=True) for item in _items(head, message)]
    other = len(messages) - len(ours)
    passed = [f"notifications of another kind, which are passed over: {other}"] if other else []
    return Document(lines=table(LAYOUT, [*heads, *parts]), notes=(*passed, *notes(heads, "AmazonOrderId", MARKETPLACE)))


def _head(place: int, message: Any) -> Row:
    told = at(message, NOTIFICATION)
    head = {path: text_at(told, path) for path in ORDER}
    moment = text_at(told, CHANGED) or text_at(message, "EventTime")
    status = head["Summary.OrderStatus"].lower()
    # A buyer who asks for something after shipment does not confirm it once more.
    is_change = text_at(told, "OrderChangeType") != "BuyerRequestedChange"
    is_over = status in ("canceled", "cancelled")
    return {
        **head,
        PLACE: str(place),
        CHANGED: moment,
        MARKETPLACE: country(text_at(told, MARKETPLACE)),
        CONFIRMED: moment if status == "shipped" and is_change else "",
        CANCELLED: moment if is_over and is_change else "",
        CANCELLED_BY: "BUYER" if is_over and _buyer_asked(told) else "",
    }


def _items(head: Row, message: Any) -> Iterator[Row]:
    """Its items; none for a message that is rejected, so that it is told once."""
    if head["AmazonOrderId"] and head[CHANGED] and head["Summary.OrderStatus"]:
        for item in objects_at(message, f"{NOTIFICATION}.Summary.OrderItems"):
            yield {f"Summary.OrderItems.{path}": text_at(item, path) for path in ITEM}


def _buyer_asked(told: Any) -> bool:
    """Whether the buyer asked to cancel every item; of some only, it does not say who cancelled the others."""
    items = objects_at(told, "Summary.OrderItems")
    return bool(items) and all(is_true(item, "IsBuyerRequestedCancel") for item in items)
