"""ORDER_CHANGE notifications: when an order was confirmed and cancelled, over messages and files."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.folder import (
    ALL_ORDERS,
    ID,
    ID_2,
    LENIENT,
    ORDER_REPORT,
    alone,
    filled,
    ledger,
    order,
    real,
    refusal,
    rejects,
    rows,
    text,
)


def line(number: str = "10000000000001", sku: str = "MUG-1", **more: Any) -> dict[str, Any]:
    told = {"OrderItemId": number, "SellerSKU": sku, "OrderItemStatus": "Unshipped", "Quantity": 2}
    return {**told, "IsBuyerRequestedCancel": False, **more}


def message(
    status: str = "Unshipped",
    at: str | None = "2026-03-02T09:00:00.000Z",
    order_id: str = ID,
    items: Any = None,
    kind: str = "OrderStatusChange",
    **summary: Any,
) -> dict[str, Any]:
    told = {
        "MarketplaceId": "ATVPDKIKX0DER",
        "OrderStatus": status,
        "PurchaseDate": "2026-03-01T18:30:00Z",
        "DestinationPostalCode": "48110",
        "FulfillmentType": "MFN",
        "LatestShipDate": "2026-03-04T07:59:59Z",
        "LatestDeliveryDate": "2026-03-09T07:59:59Z",
        "OrderItems": [line()] if items is None else items,
    }
    change = {
        "SellerId": "A000000000000",
        "AmazonOrderId": order_id,
        "OrderChangeType": kind,
        "OrderChangeTrigger": {"TimeOfOrderChange": at},
        "Summary": {**told, **summary},
    }
    envelope = {"NotificationType": "ORDER_CHANGE", "EventTime": "2026-03-02T09:00:05Z"}
    return {**envelope, "Payload": {"OrderChangeNotification": change}}


SHIPPED = message("Shipped", "2026-03-03T10:00:00Z")
ORDER = (
    "order_id",
    "marketplace",
    "purchased_at",
    "updated_at",
    "status",
    "channel",
    "ship_by_at",
    "deliver_by_at",
    "confirmed_at",
    "cancelled_at",
    "cancelled_by",
)
BOUGHT, SHIP_BY, DELIVER_BY = "2026-03-01 18:30:00", "2026-03-04 07:59:59", "2026-03-09 07:59:59"
NOTHING = (None, None, None)


def orders(tmp_path: Path, *messages: Any) -> list[tuple[object, ...]]:
    return rows(alone(tmp_path, {"changes.json": json.dumps(messages)}), "orders", *ORDER)


def test_a_message(tmp_path: Path):
    account = alone(tmp_path, {"changes.json": json.dumps([message()])})
    assert rows(account, "orders", *ORDER) == [
        (ID, "US", BOUGHT, "2026-03-02 09:00:00", "UNSHIPPED", "MFN", SHIP_BY, DELIVER_BY, *NOTHING)
    ]
    assert rows(account, "order_items", "order_id", "sku", "item_id", "item_status", "quantity") == [
        (ID, "MUG-1", "10000000000001", "UNSHIPPED", 2)
    ]
    assert ledger(account) == {"changes.json": (2, 2, 0, 0, 0)}
    assert account.ledger.select("layout", "note").row(0) == ("the ORDER_CHANGE notifications (JSON)", "")
    assert {"orders.status", "orders.ship_by_at", "orders.deliver_by_at"} <= account.provided
    assert not {"orders.confirmed_at", "orders.cancelled_at", "orders.cancelled_by"} & account.provided


def test_what_no_message_tells_is_not_provided(tmp_path: Path):
    bare = message("Shipped", "2026-03-03T10:00:00Z", LatestShipDate=None, LatestDeliveryDate=None)
    account = alone(tmp_path, {"a.json": json.dumps([bare, message("Canceled", order_id=ID_2, LatestShipDate=None)])})
    assert {"orders.confirmed_at", "orders.cancelled_at", "orders.deliver_by_at"} <= account.provided
    assert not {"orders.ship_by_at", "orders.cancelled_by"} & account.provided


def test_messages_of_another_marketplace_are_counted_by_their_orders(tmp_path: Path):
    other = message(MarketplaceId="NEW"), message("Shipped", "2026-03-03T10:00:00Z", MarketplaceId="NEW")
    account = alone(tmp_path, {"a.json": json.dumps([*other, message(order_id=ID_2)])})
    assert rows(account, "orders", "order_id", "marketplace") == [(ID, "OTHER"), (ID_2, "US")]
    note = "orders of a marketplace this program does not know, which count nowhere: 1"
    assert account.ledger["note"].item() == note


@pytest.mark.parametrize("names", [("a.json", "b.json"), ("b.json", "a.json")])
def test_two_messages_of_one_moment_are_settled_whatever_the_names(tmp_path: Path, names: tuple[str, str]):
    told = [message(items=[line(Quantity=units)]) for units in (2, 3)]
    account = alone(tmp_path, dict(zip(names, map(json.dumps, told), strict=True)))
    assert rows(account, "order_items", "sku", "quantity") == [("MUG-1", 3)]


def body(*messages: Any) -> list[str]:
    return [json.dumps(one) for one in messages]


TOLD = (message(), SHIPPED)
STORED = {
    "a list": json.dumps(TOLD),
    "in lines": "\n".join(body(*TOLD)),
    "indented, one after the other": "\n".join(json.dumps(one, indent=2) for one in TOLD),
    "received from a queue": json.dumps({"Messages": [{"MessageId": "1", "Body": one} for one in body(*TOLD)]}),
    "a queue's messages in lines": "\n".join(json.dumps({"Body": one}) for one in body(*TOLD)),
    "given to a function": json.dumps({"Records": [{"messageId": "1", "body": one} for one in body(*TOLD)]}),
    "through a topic": json.dumps(
        {"Messages": [{"Body": json.dumps({"Type": "Notification", "Message": one})} for one in body(*TOLD)]}
    ),
}


@pytest.mark.parametrize("content", STORED.values(), ids=STORED)
def test_messages_however_they_were_stored(tmp_path: Path, content: str):
    account = alone(tmp_path, {"changes.json": content})
    assert rows(account, "orders", "order_id", "status", "confirmed_at") == [(ID, "SHIPPED", "2026-03-03 10:00:00")]
    assert rows(account, "order_items", "sku", "quantity") == [("MUG-1", 2)]
    assert ledger(account) == {"changes.json": (4, 4, 0, 0, 0)}


HISTORY = [
    message("Pending", "2026-03-01T18:31:00Z"),
    message("Unshipped", "2026-03-01T19:00:00Z", items=[line(), line("10000000000002")]),
    message("PartiallyShipped", "2026-03-02T08:00:00Z"),
    message("Shipped", "2026-03-03T10:00:00Z", LatestShipDate="2026-03-05T07:59:59Z"),
    # The buyer asks for something after shipment: not confirmed once more.
    message("Shipped", "2026-03-02T23:00:00Z", kind="BuyerRequestedChange"),
    message("Shipped", "2026-03-06T10:00:00Z", items=[line(OrderItemStatus="Shipped")]),
]


@pytest.mark.parametrize("seed", range(12))
def test_the_first_shipped_message_confirms_and_the_last_says_how_it_stands(tmp_path: Path, seed: int):
    told = list(itertools.permutations(HISTORY))[seed * 59]
    files = {"b.json": json.dumps(told[: seed // 2]), "a.json": json.dumps(told[seed // 2 :])}
    account = alone(tmp_path, {name: content for name, content in files.items() if content != "[]"})
    assert rows(account, "orders", *ORDER) == [
        (
            ID,
            "US",
            BOUGHT,
            "2026-03-06 10:00:00",
            "SHIPPED",
            "MFN",
            SHIP_BY,
            DELIVER_BY,
            "2026-03-03 10:00:00",
            None,
            None,
        )
    ]
    assert rows(account, "order_items", "sku", "item_status", "quantity") == [("MUG-1", "SHIPPED", 4)]
    assert account.ledger.select("read", "used").sum().row(0) == (13, 13)


def test_a_message_delivered_twice_is_a_duplicate(tmp_path: Path):
    account = alone(tmp_path, {"a.json": json.dumps([SHIPPED, SHIPPED]), "b.json": json.dumps(SHIPPED)})
    assert ledger(account) == {"a.json": (4, 2, 2, 0, 0), "b.json": (2, 0, 2, 0, 0)}
    assert rows(account, "order_items", "quantity") == [(2,)]


def test_a_message_without_the_time_of_the_change_is_of_the_time_it_was_made(tmp_path: Path):
    (found,) = orders(tmp_path, message("Shipped", None))
    assert found[3:5] == ("2026-03-02 09:00:05", "SHIPPED")
    assert found[8] == "2026-03-02 09:00:05"


ASKED = {"IsBuyerRequestedCancel": True}


@pytest.mark.parametrize(
    ("items", "by"),
    [
        ([line(**ASKED)], "BUYER"),
        ([line(IsBuyerRequestedCancel="true")], "BUYER"),
        ([line(), line("10000000000002", **ASKED)], None),
        ([line(**ASKED), line("10000000000002", "MUG-2", **ASKED)], "BUYER"),
        ([line()], None),
        ([], None),
    ],
)
@pytest.mark.parametrize("word", ["Canceled", "Cancelled"])
def test_who_cancelled(tmp_path: Path, items: list[Any], by: str | None, word: str):
    (found,) = orders(tmp_path, message(), message(word, "2026-03-02T12:00:00Z", items=items))
    assert (found[4], *found[8:]) == ("CANCELLED", None, "2026-03-02 12:00:00", by)


def test_a_request_alone_cancels_nothing(tmp_path: Path):
    (found,) = orders(tmp_path, message(items=[line(**ASKED)], kind="BuyerRequestedChange"))
    assert (found[4], *found[8:]) == ("UNSHIPPED", *NOTHING)


def test_notifications_of_other_kinds_are_passed_over_and_counted(tmp_path: Path):
    other = {"NotificationType": "FEED_PROCESSING_FINISHED", "Payload": {}}
    account = alone(tmp_path, {"a.json": json.dumps([other, message(), other])})
    assert rows(account, "orders", "order_id") == [(ID,)]
    assert ledger(account) == {"a.json": (2, 2, 0, 0, 0)}
    assert account.ledger["note"].item() == "notifications of another kind, which are passed over: 2"


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        (message(order_id=""), "AmazonOrderId", "is empty"),
        (message("Sunk"), "Summary.OrderStatus", "is not one of the words known for this column"),
        (message(""), "Summary.OrderStatus", "is empty"),
        (
            {**message(at=None), "EventTime": None},
            "OrderChangeTrigger.TimeOfOrderChange",
            "is empty",
        ),
        ({"NotificationType": "ORDER_CHANGE"}, "AmazonOrderId", "is empty"),
    ],
)
def test_a_message_that_cannot_be_read_is_rejected_at_its_place(
    tmp_path: Path, bad: dict[str, Any], column: str, reason: str
):
    account = alone(tmp_path, {"a.json": json.dumps([message(order_id=ID_2), bad])}, LENIENT)
    # The second message: the header is row 1.
    assert rejects(account)[0] == (3, column, reason)
    assert rows(account, "orders", "order_id") == [(ID_2,)]
    assert rows(account, "order_items", "order_id") == [(ID_2,)]


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        '{"Messages": []}',
        '{"Message": "User is not authorized"}',
        '{"Body": "{}"}',
        json.dumps([message(), {"error": "x"}]),
        '{"Messages": [' * 500 + "1" + "]}" * 500,
    ],
)
def test_what_is_no_message_is_refused(tmp_path: Path, content: str):
    assert refusal(tmp_path, {"a.json": content}).what_to_do == (
        "This is a JSON message, often an error: download it again."
    )


def test_a_line_that_is_cut_off_is_no_error_message(tmp_path: Path):
    error = refusal(tmp_path, {"a.jsonl": f"{json.dumps(message())}\n{json.dumps(message())[:-5]}"})
    assert str(error) == "shop/a.jsonl: expected whole JSON. It is damaged or cut off: download it again."


def test_files_complete_the_messages(tmp_path: Path):
    told = order(last_updated_date="2026-03-02T00:00:00+00:00", order_status="Unshipped", item_status="Unshipped")
    promise = {
        "order-id": ID,
        "purchase-date": "2026-03-01T18:30:00+00:00",
        "sku": "MUG-1",
        "latest-ship-date": "2026-03-06T07:59:59+00:00",
    }
    files = {
        "a.tsv": text(ALL_ORDERS, told, order(ID_2)),
        "b.tsv": text(ORDER_REPORT, promise),
        "c.json": json.dumps(
            [message(), message("Shipped", "2026-03-03T10:00:00Z", items=[line(OrderItemStatus="Shipped")])]
        ),
    }
    account = alone(tmp_path, files)
    assert rows(account, "orders", "order_id", "updated_at", "status", "ship_by_at", "confirmed_at") == [
        (ID, "2026-03-03 10:00:00", "SHIPPED", "2026-03-06 07:59:59", "2026-03-03 10:00:00"),
        (ID_2, "2026-03-03 20:00:00", "SHIPPED", None, None),
    ]
    assert rows(account, "order_items", "order_id", "item_status", "quantity") == [
        (ID, "SHIPPED", 1),
        (ID_2, "SHIPPED", 1),
    ]


def test_the_published_example(tmp_path: Path):
    account = alone(tmp_path, {"a.json": real("ORDER_CHANGE_notification.official_example.json")})
    assert filled(account, "orders") == [
        {
            "account": "shop",
            "order_id": "903-8868176-2219830",
            "marketplace": "US",
            "purchased_at": "2022-07-13 19:42:04",
            "updated_at": "2022-11-29 19:42:04",
            "status": "UNSHIPPED",
            "channel": "MFN",
            "ship_by_at": "2022-12-07 19:42:04",
            "deliver_by_at": "2022-12-07 19:42:04",
        }
    ]
    assert filled(account, "order_items") == [
        {
            "account": "shop",
            "order_id": "903-8868176-2219830",
            "sku": "SellerSKUID1",
            "item_id": "OIID34853450",
            "item_status": "UNSHIPPED",
            "quantity": 10,
        }
    ]


def api_page(**more: Any) -> str:
    told = {"orderId": ID, "createdTime": "2026-03-01T18:30:00Z", "lastUpdatedTime": "2026-03-06T00:00:00Z"}
    return json.dumps({"orders": [{**told, **more}]})


@pytest.mark.parametrize(
    ("changed", "status"), [("2026-03-04T00:00:00Z", "CANCELLED"), ("2026-03-01T20:00:00Z", "UNSHIPPED")]
)
def test_a_later_file_without_the_status_does_not_hide_it(tmp_path: Path, changed: str, status: str):
    told = order(last_updated_date="2026-03-02T00:00:00+00:00", order_status="Unshipped", item_status="Unshipped")
    files = {
        "a.tsv": text(ALL_ORDERS, told),
        "b.json": api_page(),
        "c.json": json.dumps([message("Canceled", changed, items=[])]),
    }
    assert rows(alone(tmp_path, files), "orders", "status", "updated_at") == [(status, "2026-03-06 00:00:00")]


@pytest.mark.parametrize(
    ("changed", "days"),
    [("2026-03-07T00:00:00Z", ("2026-03-04", "2026-03-09")), ("2026-03-05T00:00:00Z", ("2026-03-05", "2026-03-12"))],
)
def test_of_two_promises_the_later_told_counts(tmp_path: Path, changed: str, days: tuple[str, str]):
    windows = {
        "shipByWindow": {"latestDateTime": "2026-03-05T07:59:59Z"},
        "deliverByWindow": {"latestDateTime": "2026-03-12T07:59:59Z"},
    }
    files = {"a.json": api_page(fulfillment=windows), "b.json": json.dumps([message(at=changed)])}
    account = alone(tmp_path, files)
    assert rows(account, "orders", "ship_by_at", "deliver_by_at") == [tuple(f"{day} 07:59:59" for day in days)]
