"""Sound documents of every kind: nine lines each, and a canary under every key that no reader needs."""

import json
from collections.abc import Callable
from typing import Any

Plant = Callable[[str], str]
US = "ATVPDKIKX0DER"
DAY = "2026-03-0{}T00:00:00Z"


def performance(plant: Plant) -> Any:
    """Nine figures."""
    metrics: dict[str, Any] = {
        "marketplaceId": US,
        "sellerName": plant("sellerName"),
        plant("key"): {"rate": 0.1},
        "warningStates": [{"warningType": "spam", "status": "BAD", "text": plant("text")}],
        "lateShipmentRateList": [
            {
                "reportingDateRange": {"reportingDateTo": f"2026-03-0{late}", "zone": plant("zone")},
                "orderCount": 100,
                "lateShipmentCount": late,
                "rate": late / 100,
                "note": plant("note"),
            }
            for late in range(1, 8)
        ],
    }
    statuses = [{"marketplaceId": US, "status": "NORMAL", "owner": plant("owner")}]
    return {
        "accountStatuses": statuses,
        "performanceMetrics": [metrics, plant("metric")],
        plant("document"): plant("value"),
    }


def _address(plant: Plant) -> dict[str, str]:
    names = ("name", "companyName", "addressLine1", "addressLine2", "city", "postalCode", "phone")
    return {name: plant(name) for name in names}


def _order(number: int, plant: Plant) -> dict[str, Any]:
    return {
        "orderId": f"111-1111111-000000{number}",
        "orderAliases": [{"aliasId": plant("aliasId")}],
        "createdTime": DAY.format(number),
        "lastUpdatedTime": DAY.format(number),
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": US},
        "buyer": {"buyerName": plant("buyerName"), "buyerEmail": plant("buyerEmail"), "note": plant("note")},
        "recipient": {
            "deliveryAddress": _address(plant),
            "deliveryPreference": {"addressInstruction": plant("addressInstruction")},
        },
        "fulfillment": {
            "fulfillmentStatus": "SHIPPED",
            "fulfilledBy": "MERCHANT",
            "fulfillmentServiceLevel": "STANDARD",
            "shipByWindow": {"latestDateTime": "2026-03-12T23:59:59Z"},
            "deliverByWindow": {"latestDateTime": "2026-03-15T23:59:59Z"},
        },
        "orderItems": [_item(number, plant)],
        plant("order key"): plant("order"),
    }


def _item(number: int, plant: Plant) -> dict[str, Any]:
    return {
        "orderItemId": f"1234567890123{number}",
        "quantityOrdered": 1,
        "product": {
            "sellerSku": f"MÜG-{number}",
            "title": plant("title"),
            "customization": {"customizedUrl": plant("customizedUrl")},
        },
        "fulfillment": {
            "quantityFulfilled": 1,
            "quantityUnfulfilled": 0,
            "packing": {"giftOption": {"giftMessage": plant("giftMessage")}},
        },
    }


def pages(plant: Plant) -> Any:
    """A page of the Orders API: nine orders of one item each, without packages."""
    orders = [_order(number, plant) for number in range(1, 10)]
    return {"orders": orders, "pagination": {"nextToken": plant("nextToken")}}


def changes(plant: Plant) -> Any:
    """Nine notifications of orders that were shipped."""
    return [_change(number, plant) for number in range(1, 10)]


def _change(number: int, plant: Plant) -> dict[str, Any]:
    summary = {
        "MarketplaceId": US,
        "OrderStatus": "Shipped",
        "PurchaseDate": DAY.format(number),
        "DestinationPostalCode": plant("DestinationPostalCode"),
        "FulfillmentType": "MFN",
        "LatestShipDate": "2026-03-12T23:59:59Z",
        "LatestDeliveryDate": "2026-03-15T23:59:59Z",
        "OrderItems": [
            {
                "OrderItemId": f"1234567890123{number}",
                "SellerSKU": f"MÜG-{number}",
                "OrderItemStatus": "Shipped",
                "Quantity": 1,
                "QuantityShipped": 1,
                "IsBuyerRequestedCancel": False,
                "Note": plant("Note"),
            }
        ],
        "Buyer": plant("Buyer"),
    }
    changed = {
        "NotificationLevel": "OrderLevel",
        "SellerId": plant("SellerId"),
        "AmazonOrderId": f"111-1111111-000000{number}",
        "OrderChangeType": "OrderStatusChange",
        "OrderChangeTrigger": {"TimeOfOrderChange": DAY.format(number), "ChangeReason": plant("ChangeReason")},
        "Summary": summary,
    }
    return {
        "NotificationType": "ORDER_CHANGE",
        "EventTime": DAY.format(number),
        "Payload": {"OrderChangeNotification": changed},
        "NotificationMetadata": {"ApplicationId": plant("ApplicationId")},
    }


def performance_xml(plant: Plant) -> str:
    """The older performance report: the late shipments of nine spans of days."""
    spans = "".join(
        f"<customerExperienceMetrics><timeFrame><start>2026-02-0{day}T00:00:00Z</start><end>2026-03-0{day}T00:00:00Z</end></timeFrame>"
        f"<orderCount>100</orderCount><lateShipment><count>{day}</count><rate>{day}.0%</rate></lateShipment>"
        f"<note>{plant('note')}</note></customerExperienceMetrics>"
        for day in range(1, 10)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><sellerPerformanceReports><sellerPerformanceReport><seller name="{plant("name")}">'
        f"{plant('seller')}</seller><customerExperience>{spans}</customerExperience></sellerPerformanceReport></sellerPerformanceReports>"
    )


def lines(told: Any) -> str:
    """JSON lines: one document a line."""
    return "".join(json.dumps(one) + "\n" for one in told)


DOCUMENTS: dict[str, Callable[[Plant], str]] = {
    "performance.json": lambda plant: json.dumps(performance(plant)),
    "performance.xml": performance_xml,
    "orders_page.json": lambda plant: json.dumps(pages(plant), ensure_ascii=False, indent=1),
    "orders_page.jsonl": lambda plant: lines([pages(plant)]),
    "changes.json": lambda plant: json.dumps(changes(plant)),
    "changes.jsonl": lambda plant: lines(changes(plant)),
}


def whole(name: str, plant: Plant) -> bytes:
    return DOCUMENTS[name](plant).encode()
