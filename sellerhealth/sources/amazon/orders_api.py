"""Pages of the Orders API, JSON: orders, their items and their packages; who cancelled, and the ship-by date.

`searchOrders` and `getOrder` of version 2026-01-01, and the orders of version 0, as they are delivered: one page,
one order, a list of them, or one a line. A line is told for each order, and one more for each of its items and
packages, with all that the order says. The orders come first: the row of a rejected order is its place in the file
and one more, since the first row is the header. Nothing of the buyer, the address or the tracking is read.

How many units of an item were cancelled no field says: of an item with a cancellation, those that were sent, or that
still wait beside the others, are left. The order says who cancelled, so that a part cancelled is known too.

The time a package was shipped may be typed by the seller: it is no confirmation. When Amazon first knew of the
package is the earliest that the confirmation can have been.
"""

import re
from collections.abc import Iterator
from typing import Any

from sellerhealth.sources.amazon.all_orders import STATUS
from sellerhealth.sources.amazon.channels import CHANNEL
from sellerhealth.sources.amazon.document import Document, country, notes, table
from sellerhealth.sources.amazon.objects import at, objects_at, text_at
from sellerhealth.sources.layout import Field, Layout

PLACE = "orders"
MARKETPLACE = "salesChannel.marketplaceId"
CANCELLED_BY = "orderItems.cancellation.cancellationExecution.cancelledBy"
CANCELLED, QUANTITY = "orderItems.cancellation", "orderItems.quantityOrdered"
OLDER = {
    "orderId": "AmazonOrderId",
    "createdTime": "PurchaseDate",
    "lastUpdatedTime": "LastUpdateDate",
    "fulfillment.fulfillmentStatus": "OrderStatus",
    "fulfillment.fulfilledBy": "FulfillmentChannel",
    "fulfillment.fulfillmentServiceLevel": "ShipServiceLevel",
    "fulfillment.shipByWindow.latestDateTime": "LatestShipDate",
    "fulfillment.deliverByWindow.latestDateTime": "LatestDeliveryDate",
    MARKETPLACE: "MarketplaceId",
}
"""Where an order says it, and what version 0 called the same."""
NEXT = ("pagination.nextToken", "payload.NextToken", "NextToken")
ITEM = ("orderItemId", "product.sellerSku", "quantityOrdered")
PACKAGE = ("packageReferenceId", "shipTime", "createdTime", "carrier")
PARTY = {"MERCHANT": "SELLER", "BUYER": "BUYER", "AMAZON": "AMAZON", "": ""}
GRAVEST = ("SELLER", "", "AMAZON", "BUYER")
"""Of several items, whose cancellation stands for the order; one that nobody owns up to may be the seller's."""

LAYOUT = Layout(
    name="orders_api",
    label="the Orders API's pages (JSON)",
    tables=("orders", "order_items", "packages"),
    key=("order_id", "item_id", "package_id"),
    recency=("updated_at",),
    is_document=True,
    marks=((PLACE,),),
    fields=(
        Field(ours="order_id", theirs=("orderId",), kind="order_id", needed=True),
        Field(ours="purchased_at", theirs=("createdTime",), kind="instant", needed=True),
        Field(ours="updated_at", theirs=("lastUpdatedTime",), kind="instant"),
        Field(ours="status", theirs=("fulfillment.fulfillmentStatus",), kind="one_of", values=STATUS),
        Field(ours="channel", theirs=("fulfillment.fulfilledBy",), kind="one_of", values=CHANNEL),
        Field(ours="marketplace", theirs=(MARKETPLACE,), kind="marketplace"),
        Field(ours="ship_service", theirs=("fulfillment.fulfillmentServiceLevel",), kind="text"),
        Field(ours="ship_by_at", theirs=("fulfillment.shipByWindow.latestDateTime",), kind="instant"),
        Field(ours="deliver_by_at", theirs=("fulfillment.deliverByWindow.latestDateTime",), kind="instant"),
        Field(ours="cancelled_by", theirs=(CANCELLED_BY,), kind="one_of"),
        Field(ours="item_id", theirs=("orderItems.orderItemId",), kind="text"),
        Field(ours="sku", theirs=("orderItems.product.sellerSku",), kind="text"),
        Field(ours="quantity", theirs=("orderItems.quantityOrdered",), kind="whole"),
        Field(ours="item_status", theirs=(CANCELLED,), kind="one_of"),
        Field(ours="package_id", theirs=("packages.packageReferenceId",), kind="text"),
        Field(ours="package_posted_at", theirs=("packages.shipTime",), kind="instant"),
        Field(ours="package_created_at", theirs=("packages.createdTime",), kind="instant"),
        Field(ours="package_carrier", theirs=("packages.carrier",), kind="text"),
    ),
)
WHOLE = re.compile(r"[0-9]{1,9}")
Row = dict[str, str]


def is_page(one: Any) -> bool:
    """Whether this is a page of orders, or an order."""
    return _orders(one) is not None


def told(pages: list[Any]) -> Document:
    """The pages' orders, then their items and packages, a line each."""
    orders = [order for page in pages for order in _orders(page) or ()]
    heads = [_head(place, order) for place, order in enumerate(orders, 1)]
    parts = [{**head, **part} for head, order in zip(heads, orders, strict=True) for part in _parts(head, order)]
    nameless = sum("orderItems.orderItemId" in part and not part["orderItems.product.sellerSku"] for part in parts)
    odd = [f"items without an SKU, which are left out: {nameless}"] if nameless else []
    odd += notes(heads, "orderId", MARKETPLACE)
    odd += ["it is not the last page: the next belongs here too"] if _goes_on(pages[-1]) else []
    return Document(lines=table(LAYOUT, [*heads, *parts]), notes=tuple(odd))


def _orders(one: Any) -> list[Any] | None:
    """The orders of a page; None for what is no page and no order."""
    page = one.get("payload", one) if isinstance(one, dict) else None
    for key in ("orders", "Orders"):
        if isinstance(found := at(page, key), list):
            return found
    order = at(page, "order") or page
    is_order = any(at(order, name) is not None for names in ITS_OWN for name in names[1:] if at(order, names[0]))
    return [order] if is_order else None


ITS_OWN = (("orderId", "createdTime", "fulfillment", "orderItems"), ("AmazonOrderId", "PurchaseDate", "LastUpdateDate"))
"""By which an order is known that stands alone: its number, and one of the others."""


def _goes_on(page: Any) -> bool:
    """Whether Amazon has another page after this one."""
    return any(text_at(page, path) for path in NEXT)


def _head(place: int, order: Any) -> Row:
    is_older = at(order, "AmazonOrderId") is not None
    head = {path: text_at(order, older if is_older else path) for path, older in OLDER.items()}
    cancelled_by = "" if is_older else _cancelled_by(order, head["fulfillment.fulfillmentStatus"])
    return {**head, PLACE: str(place), MARKETPLACE: country(head[MARKETPLACE]), CANCELLED_BY: cancelled_by}


def _parts(head: Row, order: Any) -> Iterator[Row]:
    """Its items and packages; none for an order that is rejected, so that it is told once."""
    if not (head["orderId"] and head["createdTime"]):
        return
    for item in objects_at(order, "orderItems"):
        yield {**{f"orderItems.{path}": text_at(item, path) for path in ITEM}, **_what_is_left(item)}
    for package in objects_at(order, "packages"):
        # Of a package that is no more, only the number: so an earlier page's word on it is superseded.
        told = PACKAGE[:1] if text_at(package, "packageStatus.status").upper() == "CANCELLED" else PACKAGE
        yield {f"packages.{path}": text_at(package, path) for path in told}


def _is_cancelled(item: Any) -> bool:
    """Whether it, or a part of it, was cancelled: a request alone cancels nothing, nor one that came too late."""
    came_too_late = _units(item, "fulfillment.quantityFulfilled") >= _units(item, "quantityOrdered") > 0
    return bool(objects_at(item, "cancellation.cancellationExecution")) and not came_too_late


def _what_is_left(item: Any) -> Row:
    """Of an item that was cancelled: that nothing is left, or how many units are."""
    if not _is_cancelled(item):
        return {}
    sent, waiting = _units(item, "fulfillment.quantityFulfilled"), _units(item, "fulfillment.quantityUnfulfilled")
    # Where those sent and those waiting make up the order, the cancelled units are among those waiting.
    left = sent + waiting if sent + waiting < _units(item, "quantityOrdered") else sent
    return {QUANTITY: str(left)} if left else {CANCELLED: "CANCELLED"}


def _units(item: Any, path: str) -> int:
    """How many; none where no number stands there."""
    found = text_at(item, path)
    return int(found) if WHOLE.fullmatch(found) else 0


def _cancelled_by(order: Any, status: str) -> str:
    """Who cancelled the order, or items of it."""
    items = objects_at(order, "orderItems")
    told = [_party(item) for item in items if status.upper() == "CANCELLED" or _is_cancelled(item)]
    return min(told, key=lambda party: GRAVEST.index(party) if party in GRAVEST else -1, default="")


def _party(item: Any) -> str:
    """Who cancelled the item: the buyer, who asked for it, whoever did it then."""
    if text_at(item, "cancellation.cancellationRequest.requester").upper() == "BUYER":
        return "BUYER" if objects_at(item, "cancellation.cancellationExecution") else ""
    word = text_at(item, "cancellation.cancellationExecution.cancelledBy").upper()
    return PARTY.get(word, word)
