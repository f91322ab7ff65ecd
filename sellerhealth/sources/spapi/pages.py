"""Order pages: what of them is kept. All else is dropped before anything is stored, whether it was asked for or not."""

import json
from collections.abc import Mapping
from typing import Any

INCLUDED = ("CANCELLATION", "FULFILLMENT", "PACKAGES")
"""The parts of an order that are asked for; buyer and recipient are none of them."""
WINDOW = dict.fromkeys(("earliestDateTime", "latestDateTime"))
KEPT: Mapping[str, Any] = {
    "orders": {
        **dict.fromkeys(("orderId", "createdTime", "lastUpdatedTime", "programs")),
        "associatedOrders": dict.fromkeys(("orderId", "associationType")),
        "salesChannel": dict.fromkeys(("channelName", "marketplaceId", "marketplaceName")),
        "fulfillment": {
            **dict.fromkeys(("fulfillmentStatus", "fulfilledBy", "fulfillmentServiceLevel")),
            "shipByWindow": WINDOW,
            "deliverByWindow": WINDOW,
        },
        "orderItems": {
            **dict.fromkeys(("orderItemId", "quantityOrdered")),
            "product": dict.fromkeys(("asin", "sellerSku")),
            "cancellation": {
                "cancellationRequest": {"requester": None},
                "cancellationExecution": {"cancelledBy": None},
            },
            "fulfillment": dict.fromkeys(("quantityFulfilled", "quantityUnfulfilled")),
        },
        "packages": {
            **dict.fromkeys(("packageReferenceId", "createdTime", "carrier", "shipTime", "shippingService")),
            "packageStatus": dict.fromkeys(("status", "detailedStatus")),
            "packageItems": dict.fromkeys(("orderItemId", "quantity")),
        },
    },
    "lastUpdatedBefore": None,
}
"""The keys that are kept, as they lie in one another; None stands for a plain value."""


def line(page: Mapping[str, Any]) -> str:
    r"""A page as one line of JSON, with the keys of KEPT and no others.

    Example:
        >>> line({"orders": [{"orderId": "1", "buyer": {"buyerName": "Ann"}}], "pagination": {"nextToken": "x"}})
        '{"orders": [{"orderId": "1"}]}\n'
    """
    return json.dumps(_kept(page, KEPT)) + "\n"


def _kept(value: Any, wanted: Any) -> Any:
    """A value without what is not wanted; of a list, each of its values."""
    if isinstance(value, list):
        return [_kept(one, wanted) for one in value]
    if isinstance(value, dict):
        return {key: _kept(value[key], wanted[key]) for key in wanted if key in value} if wanted else None
    return None if wanted else value
