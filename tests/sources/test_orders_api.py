"""Pages of the Orders API: orders, items, packages, and who cancelled."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.folder import (
    ALL_ORDERS,
    ID,
    ID_2,
    ID_3,
    LENIENT,
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

BUYER = {"buyerName": "Ann Example", "buyerEmail": "ann@example.com"}
ADDRESS = {"deliveryAddress": {"name": "Ann Example", "addressLine1": "1 Example Street", "phone": "555-0100"}}


def item(
    number: str = "10000000000001", sku: str = "MUG-1", ordered: int = 1, sent: int = 0, **more: Any
) -> dict[str, Any]:
    units = {"quantityFulfilled": sent, "quantityUnfulfilled": ordered - sent}
    packing = {"giftOption": {"giftMessage": "For Ann"}}
    product = {"asin": "B000000001", "sellerSku": sku, "customization": {"customizedUrl": "https://example.com/ann"}}
    told = {"orderItemId": number, "quantityOrdered": ordered, "product": product}
    return {**told, "fulfillment": {**units, "packing": packing}, **more}


def cancelled(by: str, requester: str = "") -> dict[str, Any]:
    request = {"cancellationRequest": {"requester": requester}} if requester else {}
    return {"cancellation": {**request, "cancellationExecution": {"cancelledBy": by}}}


def package(number: str = "1", **more: Any) -> dict[str, Any]:
    told = {
        "packageReferenceId": number,
        "createdTime": "2026-03-02T15:00:00Z",
        "shipTime": "2026-03-02T14:00:00Z",
        "carrier": "UPS",
        "trackingNumber": "1Z9990000000000001",
        "shipFromAddress": {"name": "Ann's Warehouse"},
        "packageStatus": {"status": "IN_TRANSIT"},
    }
    return {**told, **more}


def sold(
    order_id: str = ID, status: str = "SHIPPED", items: Any = None, packages: Any = (), **more: Any
) -> dict[str, Any]:
    told = {
        "orderId": order_id,
        "createdTime": "2026-03-01T18:30:00Z",
        "lastUpdatedTime": "2026-03-03T20:00:00.123Z",
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": "ATVPDKIKX0DER"},
        "buyer": BUYER,
        "recipient": ADDRESS,
        "fulfillment": {
            "fulfillmentStatus": status,
            "fulfilledBy": "MERCHANT",
            "fulfillmentServiceLevel": "STANDARD",
            "shipByWindow": {"earliestDateTime": "2026-03-02T08:00:00Z", "latestDateTime": "2026-03-04T07:59:59Z"},
            "deliverByWindow": {"latestDateTime": "2026-03-09T07:59:59Z"},
        },
        "orderItems": [item()] if items is None else items,
        "packages": list(packages),
    }
    return {**told, **more}


MORE = "it is not the last page: the next belongs here too"


def page(*orders: Any) -> str:
    return json.dumps({"orders": orders})


ORDER = ("order_id", "marketplace", "purchased_at", "updated_at", "status", "channel", "ship_by_at", "deliver_by_at")
PACKAGE = ("order_id", "package_id", "package_posted_at", "package_created_at", "package_carrier")
WHOLE = (
    ID,
    "US",
    "2026-03-01 18:30:00",
    "2026-03-03 20:00:00",
    "SHIPPED",
    "MFN",
    "2026-03-04 07:59:59",
    "2026-03-09 07:59:59",
)


def test_an_order_with_its_items_and_packages(tmp_path: Path):
    items = [item(), item("10000000000002", "MUG-2", 3, 3), item("10000000000003", "MUG-2", 2)]
    account = alone(tmp_path, {"page.json": page(sold(items=items, packages=[package(), package("2", carrier="DHL")]))})
    assert rows(account, "orders", *ORDER) == [WHOLE]
    assert rows(account, "orders", "ship_service", "confirmed_at", "cancelled_by", "posted_at") == [
        ("STANDARD", None, None, None)
    ]
    assert rows(account, "order_items", "order_id", "sku", "quantity", "item_status") == [
        (ID, "MUG-1", 1, None),
        (ID, "MUG-2", 5, None),
    ]
    assert rows(account, "packages", *PACKAGE) == [
        (ID, "1", "2026-03-02 14:00:00", "2026-03-02 15:00:00", "UPS"),
        (ID, "2", "2026-03-02 14:00:00", "2026-03-02 15:00:00", "DHL"),
    ]
    assert ledger(account) == {"page.json": (6, 6, 0, 0, 0)}
    assert account.ledger.select("layout", "note").row(0) == ("the Orders API's pages (JSON)", "")
    assert {"orders.status", "orders.ship_by_at", "packages.package_created_at"} <= account.provided
    assert not {"orders.cancelled_by", "orders.confirmed_at", "order_items.item_status"} & account.provided


@pytest.mark.parametrize(
    "content",
    [
        page(sold(), sold(ID_2)),
        f"{page(sold())}\n{page(sold(ID_2))}\n",
        f"[{page(sold())}, {page(sold(ID_2))}]",
        f"{json.dumps({'order': sold()})}\n{json.dumps({'order': sold(ID_2)})}",
        json.dumps([sold(), sold(ID_2)]),
        f"{json.dumps(sold())}\n{json.dumps(sold(ID_2))}\n",
        json.dumps({"payload": {"orders": [sold(), sold(ID_2)]}}, indent=1),
    ],
    ids=["a page", "pages in lines", "a list of pages", "one each", "a list", "in lines", "in a payload"],
)
def test_pages_however_they_were_stored(tmp_path: Path, content: str):
    account = alone(tmp_path, {"page.json": content})
    assert rows(account, "orders", *ORDER) == [WHOLE, (ID_2, *WHOLE[1:])]
    assert ledger(account) == {"page.json": (4, 4, 0, 0, 0)}


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("PENDING_AVAILABILITY", "PENDING"),
        ("PENDING", "PENDING"),
        ("UNSHIPPED", "UNSHIPPED"),
        ("INVOICE_UNCONFIRMED", "UNSHIPPED"),
        ("PARTIALLY_SHIPPED", "PARTIALLY_SHIPPED"),
        ("SHIPPED", "SHIPPED"),
        ("CANCELLED", "CANCELLED"),
        ("UNFULFILLABLE", "UNFULFILLABLE"),
    ],
)
def test_the_status_of_an_order(tmp_path: Path, word: str, status: str):
    assert rows(alone(tmp_path, {"a.json": page(sold(status=word))}), "orders", "status") == [(status,)]


@pytest.mark.parametrize(("word", "channel"), [("MERCHANT", "MFN"), ("AMAZON", "AFN"), (None, None)])
def test_who_ships(tmp_path: Path, word: str | None, channel: str | None):
    account = alone(tmp_path, {"a.json": page(sold(fulfillment={"fulfilledBy": word}))})
    assert rows(account, "orders", "channel", "status", "ship_by_at") == [(channel, None, None)]


@pytest.mark.parametrize(
    ("place", "code", "note"),
    [
        ("A1F83G8C2ARO7P", "GB", ""),
        ("NEWMARKETPLACE", "OTHER", "orders of a marketplace this program does not know, which count nowhere: 1"),
        (None, None, ""),
    ],
)
def test_the_marketplace(tmp_path: Path, place: str | None, code: str | None, note: str):
    account = alone(tmp_path, {"a.json": page(sold(salesChannel={"marketplaceId": place}))})
    assert rows(account, "orders", "marketplace") == [(code,)]
    assert account.ledger["note"].item() == note


SELLER, BUYER_ASKED, AMAZON = cancelled("MERCHANT"), cancelled("MERCHANT", "BUYER"), cancelled("AMAZON")
REQUEST = {"cancellation": {"cancellationRequest": {"requester": "BUYER"}}}


@pytest.mark.parametrize(
    ("status", "told", "by", "statuses"),
    [
        ("CANCELLED", [SELLER], "SELLER", ["CANCELLED"]),
        ("CANCELLED", [BUYER_ASKED], "BUYER", ["CANCELLED"]),
        ("CANCELLED", [cancelled("BUYER")], "BUYER", ["CANCELLED"]),
        ("CANCELLED", [AMAZON], "AMAZON", ["CANCELLED"]),
        ("CANCELLED", [cancelled("AMAZON", "BUYER")], "BUYER", ["CANCELLED"]),
        ("CANCELLED", [BUYER_ASKED, SELLER], "SELLER", ["CANCELLED", "CANCELLED"]),
        ("CANCELLED", [BUYER_ASKED, AMAZON], "AMAZON", ["CANCELLED", "CANCELLED"]),
        # Nobody says who cancelled the other item: it may have been the seller.
        ("CANCELLED", [BUYER_ASKED, {}], None, ["CANCELLED", None]),
        ("CANCELLED", [SELLER, {}], "SELLER", ["CANCELLED", None]),
        ("CANCELLED", [{}], None, [None]),
        ("CANCELLED", [{"cancellation": {"cancellationExecution": {}}}], None, ["CANCELLED"]),
        # A request alone cancels nothing.
        ("CANCELLED", [REQUEST], None, [None]),
        ("UNSHIPPED", [REQUEST], None, [None]),
        # One item of an order that is shipped for the rest.
        ("SHIPPED", [SELLER, {}], "SELLER", ["CANCELLED", None]),
        ("SHIPPED", [BUYER_ASKED, {}], "BUYER", ["CANCELLED", None]),
        ("SHIPPED", [{}, {}], None, [None, None]),
    ],
)
def test_who_cancelled(
    tmp_path: Path, status: str, told: list[dict[str, Any]], by: str | None, statuses: list[str | None]
):
    items = [item(f"1000000000000{number}", f"MUG-{number}", **one) for number, one in enumerate(told)]
    for number, ordered in enumerate(itertools.permutations(items)):
        account = alone(tmp_path / str(number), {"a.json": page(sold(status=status, items=ordered))})
        assert rows(account, "orders", "status", "cancelled_by") == [(status, by)]
        assert rows(account, "order_items", "sku", "item_status") == [
            (f"MUG-{number}", found) for number, found in enumerate(statuses)
        ]


@pytest.mark.parametrize(
    ("ordered", "sent", "waiting", "told"),
    [
        (3, 0, 3, ("SELLER", "CANCELLED", 3)),
        (3, 0, 0, ("SELLER", "CANCELLED", 3)),
        (0, 0, 0, ("SELLER", "CANCELLED", 0)),
        (3, None, None, ("SELLER", "CANCELLED", 3)),
        # One is cancelled, and two are left.
        (3, 2, 0, ("SELLER", None, 2)),
        (3, 2, 1, ("SELLER", None, 2)),
        (3, 1, 1, ("SELLER", None, 2)),
        (3, 0, 2, ("SELLER", None, 2)),
        # It came too late.
        (3, 3, 0, (None, None, 3)),
    ],
)
def test_how_much_of_an_item_was_cancelled(
    tmp_path: Path, ordered: int, sent: int | None, waiting: int | None, told: tuple[str | None, str | None, int]
):
    units = {"quantityFulfilled": sent, "quantityUnfulfilled": waiting}
    one = {**item(ordered=ordered, **SELLER), "fulfillment": units}
    account = alone(tmp_path, {"a.json": page(sold(items=[one]))})
    found = rows(account, "orders", "cancelled_by"), rows(account, "order_items", "item_status", "quantity")
    assert found == ([told[:1]], [told[1:]])


LATER = "2026-03-05T10:00:00Z"


@pytest.mark.parametrize("names", [("a.json", "b.json"), ("b.json", "a.json")])
def test_a_later_page_supersedes(tmp_path: Path, names: tuple[str, str]):
    gone = package("1", packageStatus={"status": "CANCELLED"})
    before = sold(status="UNSHIPPED", packages=[package()])
    after = sold(status="CANCELLED", items=[item(**SELLER)], packages=[gone], lastUpdatedTime=LATER)
    account = alone(tmp_path, {names[0]: page(before), names[1]: page(after)})
    assert rows(account, "orders", "updated_at", "status", "cancelled_by") == [
        ("2026-03-05 10:00:00", "CANCELLED", "SELLER")
    ]
    assert rows(account, "order_items", "sku", "item_status") == [("MUG-1", "CANCELLED")]
    assert rows(account, "packages") == []
    assert (ledger(account)[names[0]], ledger(account)[names[1]]) == ((3, 0, 0, 3, 0), (3, 3, 0, 0, 0))


def test_the_same_page_twice(tmp_path: Path):
    content = page(sold(packages=[package()]))
    account = alone(tmp_path, {"a.json": content, "b.json": content})
    assert ledger(account) == {"a.json": (3, 3, 0, 0, 0), "b.json": (3, 0, 3, 0, 0)}
    assert rows(account, "order_items", "quantity") == [(1,)]
    assert len(rows(account, "packages")) == 1


ABSENT = {"orderId": "is empty", "createdTime": "is empty"}


@pytest.mark.parametrize(("name", "reason"), ABSENT.items())
def test_an_order_that_lacks_what_it_needs_is_rejected_at_its_place(tmp_path: Path, name: str, reason: str):
    bad = {key: value for key, value in sold(ID_2, packages=[package()]).items() if key != name}
    account = alone(tmp_path, {"a.json": page(sold(), bad, sold(ID_3))}, LENIENT)
    # The second order: the header is row 1.
    assert rejects(account) == [(3, name, reason)]
    assert ledger(account) == {"a.json": (5, 4, 0, 0, 1)}
    assert rows(account, "orders", "order_id") == [(ID,), (ID_3,)]


@pytest.mark.parametrize("strange", [None, 5, "x", [], {}])
def test_what_is_no_order_among_orders_is_rejected(tmp_path: Path, strange: object):
    account = alone(tmp_path, {"a.json": page(sold(), strange)}, LENIENT)
    assert rejects(account) == [(3, "orderId", "is empty")]
    assert ledger(account) == {"a.json": (3, 2, 0, 0, 1)}


@pytest.mark.parametrize(
    ("more", "column", "reason"),
    [
        ({"orderId": "1.71E+16"}, "orderId", "was shortened by Excel and has lost digits"),
        ({"createdTime": "yesterday"}, "createdTime", "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"),
        (
            {"fulfillment": {"fulfillmentStatus": "SUNK"}},
            "fulfillment.fulfillmentStatus",
            "is not one of the words known for this column",
        ),
        (
            {"fulfillment": {"fulfillmentStatus": "CANCELLED"}, "orderItems": [item(**cancelled("ROBOT"))]},
            "orderItems.cancellation.cancellationExecution.cancelledBy",
            "is not one of the words known for this column: seller, buyer, amazon",
        ),
    ],
)
def test_an_order_that_cannot_be_read_is_no_order_at_all(
    tmp_path: Path, more: dict[str, Any], column: str, reason: str
):
    account = alone(tmp_path, {"a.json": page({**sold(), **more}, sold(ID_2))}, LENIENT)
    assert rejects(account)[0] == (2, column, reason)
    assert rows(account, "orders", "order_id") == [(ID_2,)]
    assert rows(account, "order_items", "order_id") == [(ID_2,)]


def test_an_item_without_an_sku_is_left_out_and_said(tmp_path: Path):
    account = alone(tmp_path, {"a.json": page(sold(items=[item(), item("10000000000002", "")]))})
    assert rows(account, "order_items", "order_id", "sku") == [(ID, "MUG-1")]
    assert account.ledger["note"].item() == "items without an SKU, which are left out: 1"


def test_an_empty_page_is_no_error(tmp_path: Path):
    account = alone(tmp_path, {"a.json": page()})
    assert ledger(account) == {"a.json": (0, 0, 0, 0, 0)}
    assert account.provided == frozenset()


def test_what_no_order_of_a_page_tells_is_not_provided(tmp_path: Path):
    bare = {name: value for name, value in sold().items() if name in ("orderId", "createdTime", "lastUpdatedTime")}
    account = alone(tmp_path, {"a.json": page(bare, {**bare, "orderId": ID_2})})
    assert account.provided == {"orders", "orders.order_id", "orders.purchased_at", "orders.updated_at"}
    assert rows(account, "orders", "order_id", "status") == [(ID, None), (ID_2, None)]
    assert (rows(account, "order_items"), rows(account, "packages")) == ([], [])


def test_pages_of_which_one_only_tells_of_items(tmp_path: Path):
    account = alone(tmp_path, {"a.json": page(sold(items=[])), "b.json": page(sold(ID_2, packages=[package()]))})
    assert rows(account, "order_items", "order_id", "sku", "quantity") == [(ID_2, "MUG-1", 1)]
    assert rows(account, "packages", "order_id", "package_id") == [(ID_2, "1")]
    assert ledger(account) == {"a.json": (1, 1, 0, 0, 0), "b.json": (3, 3, 0, 0, 0)}


@pytest.mark.parametrize(
    "content",
    [
        '{"orders": 5}',
        '{"orders": {}}',
        '{"order": {"orderId": "111-1111111-1111111"}}',
        f'{page(sold())}\n{{"errors": [{{"code": "QuotaExceeded"}}]}}',
        page(sold())[:-9],
        f"{page(sold())}\n{page(sold())[:-9]}",
    ],
)
def test_what_is_no_page_is_refused(tmp_path: Path, content: str):
    assert refusal(tmp_path, {"a.json": content}).where == "shop/a.json"


def older(**more: Any) -> dict[str, Any]:
    told = {
        "AmazonOrderId": ID,
        "PurchaseDate": "2026-03-01T18:30:00Z",
        "LastUpdateDate": "2026-03-03T20:00:00Z",
        "OrderStatus": "PartiallyShipped",
        "FulfillmentChannel": "MFN",
        "MarketplaceId": "ATVPDKIKX0DER",
        "SalesChannel": "Amazon.com",
        "ShipServiceLevel": "Std US D2D Dom",
        "LatestShipDate": "2026-03-04T07:59:59Z",
        "LatestDeliveryDate": "2026-03-09T07:59:59Z",
        "BuyerInfo": {"BuyerEmail": "ann@example.com"},
        "ShippingAddress": {"Name": "Ann Example"},
    }
    return {**told, **more}


@pytest.mark.parametrize("content", [{"payload": {"Orders": [older()]}}, {"payload": older()}, [older()]])
def test_orders_of_version_0(tmp_path: Path, content: object):
    account = alone(tmp_path, {"a.json": json.dumps(content)})
    assert rows(account, "orders", *ORDER) == [(*WHOLE[:4], "PARTIALLY_SHIPPED", *WHOLE[5:])]
    assert rows(account, "orders", "ship_service") == [("Std US D2D Dom",)]
    assert rows(account, "order_items") == []


@pytest.mark.parametrize(
    ("updated", "status"),
    [("2026-03-02T00:00:00+00:00", "SHIPPED"), ("2026-03-09T00:00:00+00:00", "CANCELLED"), ("", "CANCELLED")],
)
def test_of_two_kinds_of_file_the_later_tells_the_status(tmp_path: Path, updated: str, status: str):
    told = order(last_updated_date=updated, order_status="Cancelled", item_status="Cancelled", quantity="")
    files = {"orders.tsv": text(ALL_ORDERS, told), "page.json": page(sold(items=[item(ordered=4)]))}
    account = alone(tmp_path, files)
    assert rows(account, "orders", "status", "ship_by_at") == [(status, "2026-03-04 07:59:59")]
    assert rows(account, "order_items", "item_status", "quantity") == [("CANCELLED", 4)]
    assert ledger(account) == {"orders.tsv": (1, 1, 0, 0, 0), "page.json": (2, 2, 0, 0, 0)}


def test_of_two_kinds_of_file_the_later_tells_what_became_of_an_item(tmp_path: Path):
    stale = order(last_updated_date="2026-03-02T00:00:00+00:00", order_status="Unshipped", item_status="Unshipped")
    content = page(sold(status="CANCELLED", items=[item(**SELLER)]))
    account = alone(tmp_path, {"orders.tsv": text(ALL_ORDERS, stale), "page.json": content})
    assert rows(account, "orders", "status", "cancelled_by") == [("CANCELLED", "SELLER")]
    assert rows(account, "order_items", "item_status") == [("CANCELLED",)]


def test_the_published_example(tmp_path: Path):
    account = alone(tmp_path, {"a.json": real("orders_api_2026-01-01.searchOrders.official_example.json")})
    (found,) = filled(account, "orders")
    assert found == {
        "account": "shop",
        "order_id": "123-4567890-1234567",
        "marketplace": "US",
        "purchased_at": "2024-12-25 10:30:00",
        "updated_at": "2024-12-25 14:45:00",
        "status": "SHIPPED",
        "channel": "MFN",
        "ship_by_at": "2024-12-27 23:59:59",
        "deliver_by_at": "2024-12-30 23:59:59",
        "ship_service": "STANDARD",
    }
    # The cancelled item was sent whole: the cancellation came too late.
    assert rows(account, "order_items", "sku", "quantity", "item_status", "item_id") == [
        ("ECHO-DOT-4-CHARCOAL", 2, None, "12345678901234"),
        ("FIRE-TV-4K-2021", 1, None, "12345678901235"),
    ]
    assert rows(account, "packages", *PACKAGE) == [
        ("123-4567890-1234567", "PKG-2024-001", "2024-12-25 14:00:00", "2024-12-25 15:00:00", "UPS")
    ]
    assert ledger(account) == {"a.json": (4, 4, 0, 0, 0)}


def test_nothing_of_the_buyer_is_kept(tmp_path: Path):
    alone(tmp_path, {"a.json": page(sold(packages=[package()]))})
    store = tmp_path / "shop" / ".store"
    kept = b"".join(path.read_bytes() for path in store.rglob("*") if path.is_file())
    assert b"MUG-1" in kept
    for word in (b"Ann", b"ann@", b"/ann", b"Example", b"555-0100", b"1Z999"):
        assert word not in kept


@pytest.mark.parametrize(("tokens", "note"), [(["a", ""], ""), (["a", "b"], MORE), (["a"], MORE), ([""], "")])
@pytest.mark.parametrize("older", [False, True])
def test_a_last_page_that_is_not_the_last_is_said(tmp_path: Path, tokens: list[str], note: str, *, older: bool):
    pages = [
        {"payload": {"Orders": [], "NextToken": token}} if older else {"orders": [], "pagination": {"nextToken": token}}
        for token in tokens
    ]
    account = alone(tmp_path, {"a.jsonl": "\n".join(map(json.dumps, pages))})
    assert account.ledger["note"].item() == "; ".join(["no rows below the header", *([note] if note else [])])


def test_an_sku_in_quotes_is_its_own(tmp_path: Path):
    account = alone(tmp_path, {"a.json": page(sold(items=[item(sku='"MUG, 12"')]))})
    assert rows(account, "order_items", "sku") == [('"MUG, 12"',)]


@pytest.mark.parametrize("cut", [page(sold())[:-30], page() + "\n" + page(sold())[:-1]])
def test_a_page_that_is_cut_off_is_no_error_message(tmp_path: Path, cut: str):
    error = refusal(tmp_path, {"a.json": cut})
    assert str(error) == "shop/a.json: expected whole JSON. It is damaged or cut off: download it again."
