"""Order pages: what of them is stored, which days are fetched, and where a run goes on."""

import json
from datetime import timedelta

from sellerhealth.sources.account import open_account
from sellerhealth.sources.spapi.pages import line
from sellerhealth.sources.spapi.run import BEGIN
from tests.fetch.conftest import Shop
from tests.fetch.server import Answer
from tests.sources.folder import ID, ID_2, ID_3, NAME, real, rows

SINCE = "2026-11-21"
FILE = "orders_2026-11-21_to_2026-11-23.jsonl"
PRIVATE = ("Ann Canary", "12 Canary Street", "ann@canary.example", "555-0199", "Happy Canary Day", "C4N4RY")


def api_order(order_id: str = ID) -> dict[str, object]:
    """An order as the API tells it, with all that a buyer would not want to be kept."""
    name, street, mail, phone, message, code = PRIVATE
    address = {"name": name, "addressLine1": street, "phone": phone, "postalCode": code}
    window = {"earliestDateTime": "2026-11-22T00:00:00Z", "latestDateTime": "2026-11-23T23:59:59Z"}
    return {
        "orderId": order_id,
        "createdTime": "2026-11-21T10:30:00Z",
        "lastUpdatedTime": "2026-11-22T14:45:00Z",
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": "ATVPDKIKX0DER", "marketplaceName": "Amazon.com"},
        "buyer": {"buyerName": name, "buyerEmail": mail},
        "recipient": {"deliveryAddress": address},
        "fulfillment": {"fulfillmentStatus": "SHIPPED", "fulfilledBy": "MERCHANT", "shipByWindow": window},
        "orderItems": [
            {
                "orderItemId": "12345678901234",
                "quantityOrdered": 2,
                "product": {"asin": "B000000001", "sellerSku": "MUG-1", "customization": {"customizedUrl": mail}},
                "cancellation": {
                    "cancellationRequest": {"requester": "BUYER", "cancelReason": message},
                    "cancellationExecution": {"cancelledBy": "MERCHANT", "cancelReason": message},
                },
                "fulfillment": {"quantityFulfilled": 2, "packing": {"giftOption": {"giftMessage": message}}},
            }
        ],
        "packages": [
            {
                "packageReferenceId": "1",
                "createdTime": "2026-11-22T15:00:00Z",
                "shipTime": "2026-11-22T14:00:00Z",
                "carrier": "UPS",
                "trackingNumber": "1Z999AA1",
                "packageStatus": {"status": "DELIVERED"},
                "shipFromAddress": address,
                "packageItems": [{"orderItemId": "12345678901234", "quantity": 2, "transparencyCodes": [code]}],
            }
        ],
    }


def page(*orders: str, following: str = "") -> dict[str, object]:
    told: dict[str, object] = {
        "orders": [api_order(one) for one in orders],
        "lastUpdatedBefore": "2026-11-23T09:27:00Z",
    }
    return {**told, "pagination": {"nextToken": following}} if following else told


def stored(shop: Shop, name: str = FILE) -> list[list[str]]:
    """The ids of the orders of each stored page."""
    lines = (shop.folder / name).read_text().splitlines()
    return [[order["orderId"] for order in json.loads(one)["orders"]] for one in lines]


def test_of_a_page_only_what_is_on_the_list_is_stored():
    assert json.loads(line(page(ID, following="next"))) == {
        "orders": [
            {
                "orderId": ID,
                "createdTime": "2026-11-21T10:30:00Z",
                "lastUpdatedTime": "2026-11-22T14:45:00Z",
                "salesChannel": {
                    "channelName": "AMAZON",
                    "marketplaceId": "ATVPDKIKX0DER",
                    "marketplaceName": "Amazon.com",
                },
                "fulfillment": {
                    "fulfillmentStatus": "SHIPPED",
                    "fulfilledBy": "MERCHANT",
                    "shipByWindow": {
                        "earliestDateTime": "2026-11-22T00:00:00Z",
                        "latestDateTime": "2026-11-23T23:59:59Z",
                    },
                },
                "orderItems": [
                    {
                        "orderItemId": "12345678901234",
                        "quantityOrdered": 2,
                        "product": {"asin": "B000000001", "sellerSku": "MUG-1"},
                        "cancellation": {
                            "cancellationRequest": {"requester": "BUYER"},
                            "cancellationExecution": {"cancelledBy": "MERCHANT"},
                        },
                        "fulfillment": {"quantityFulfilled": 2},
                    }
                ],
                "packages": [
                    {
                        "packageReferenceId": "1",
                        "createdTime": "2026-11-22T15:00:00Z",
                        "carrier": "UPS",
                        "shipTime": "2026-11-22T14:00:00Z",
                        "packageStatus": {"status": "DELIVERED"},
                        "packageItems": [{"orderItemId": "12345678901234", "quantity": 2}],
                    }
                ],
            }
        ],
        "lastUpdatedBefore": "2026-11-23T09:27:00Z",
    }


def test_an_address_where_a_plain_value_belongs_is_dropped():
    told = {"orders": [{"orderId": {"name": PRIVATE[0]}, "fulfillment": PRIVATE[0]}, PRIVATE[1]]}
    assert json.loads(line(told)) == {"orders": [{"orderId": None, "fulfillment": None}, None]}


def test_of_amazons_own_example_no_person_is_stored():
    told = line(json.loads(real("orders_api_2026-01-01.searchOrders.official_example.json")))
    people = ("John", "Smith", "Main Street", "555-123", "98101", "Seattle", "Happy Holidays", "Changed mind", "1Z999")
    assert "123-4567890-1234567" in told
    assert [word for word in people if word in told] == []


def test_pages_become_a_file_that_opens(shop: Shop):
    shop.world.orders = {"": page(ID, following="two"), "two": page(ID_2)}
    assert shop.fetch("orders", since=SINCE) == 0
    assert shop.told == [BEGIN.format(1), "Orders of the Orders API, 2026-11-21 to 2026-11-23: stored."]
    assert stored(shop) == [[ID], [ID_2]]
    account = open_account(shop.data, NAME)
    assert rows(account, "orders", "order_id", "status", "channel", "ship_by_at") == [
        (ID, "SHIPPED", "MFN", "2026-11-23 23:59:59"),
        (ID_2, "SHIPPED", "MFN", "2026-11-23 23:59:59"),
    ]


def test_no_data_of_buyers_is_asked_for(shop: Shop):
    shop.fetch("orders", since=SINCE)
    (asked,) = shop.world.questions("searchOrders")
    assert asked == {
        "lastUpdatedAfter": "2026-11-21T00:00:00Z",
        "lastUpdatedBefore": "2026-11-23T09:27:00Z",
        "marketplaceIds": "ATVPDKIKX0DER",
        "fulfilledBy": "MERCHANT",
        "includedData": "CANCELLATION,FULFILLMENT,PACKAGES",
        "path": "/orders/2026-01-01/orders",
    }


def test_no_order_changed(shop: Shop):
    assert shop.fetch("orders", since=SINCE) == 0
    assert shop.told[1] == "Orders of the Orders API, 2026-11-21 to 2026-11-23: Amazon has no data for it."
    assert shop.files() == []


def test_later_only_the_days_since_are_fetched(shop: Shop):
    shop.world.orders = {"": page(ID)}
    shop.fetch("orders", since=SINCE)
    shop.fetch("orders", since=SINCE)
    assert len(shop.world.questions("searchOrders")) == 1
    shop.time += timedelta(days=2)
    shop.fetch("orders", since=SINCE)
    assert shop.files() == [FILE, "orders_2026-11-23_to_2026-11-25.jsonl"]
    assert shop.world.questions("searchOrders")[-1]["lastUpdatedAfter"] == "2026-11-23T00:00:00Z"


def test_just_after_midnight_the_new_day_is_not_asked_for_yet(shop: Shop):
    shop.time = shop.time.replace(hour=0, minute=1)
    shop.fetch("orders", since=SINCE)
    (asked,) = shop.world.questions("searchOrders")
    assert (asked["lastUpdatedAfter"], asked["lastUpdatedBefore"]) == ("2026-11-21T00:00:00Z", "2026-11-22T23:58:00Z")


def test_a_run_that_was_cut_off_goes_on_at_its_page(shop: Shop):
    shop.world.orders = {"": page(ID, following="two"), "two": page(ID_2, following="three"), "three": page(ID_3)}
    answered = []
    true_answer = shop.world.searchOrders

    def cut_off_at_the_third(told: dict[str, object]) -> Answer:
        answered.append(told)
        return Answer.of({"errors": []}, 503) if len(answered) > 2 else true_answer(told)

    shop.world.searchOrders = cut_off_at_the_third
    assert shop.fetch("orders", since=SINCE) == 1
    assert shop.files() == []
    shop.world.searchOrders = true_answer
    shop.world.asked.clear()
    shop.time += timedelta(hours=20)
    assert shop.fetch("orders", since=SINCE, until="2026-11-23") == 0
    tokens = [(one.get("paginationToken"), one["lastUpdatedBefore"]) for one in shop.world.questions("searchOrders")]
    assert tokens[0] == ("three", "2026-11-23T09:27:00Z")
    assert stored(shop) == [[ID], [ID_2], [ID_3]]


def test_half_a_page_that_a_dead_run_wrote_is_written_over(shop: Shop):
    shop.world.orders = {"": page(ID, following="two"), "two": page(ID_2)}
    shop.world.fail("searchOrders", Answer.of(page(ID, following="two")), Answer.of({"errors": []}, 400))
    assert shop.fetch("orders", since=SINCE) == 1
    shop.world.fail("searchOrders", Answer.of(page(ID, following="two")), *[Answer.of({"errors": []}, 500)] * 6)
    assert shop.fetch("orders", since=SINCE) == 1
    with (shop.folder / f".{FILE}.part").open("a") as part:
        part.write('{"orders": [{"order')
    assert shop.fetch("orders", since=SINCE) == 0
    assert stored(shop) == [[ID], [ID_2]]


def test_pages_that_turn_in_a_circle_are_left(shop: Shop):
    shop.world.orders = {"": page(ID, following="two"), "two": page(ID_2, following="two")}
    assert shop.fetch("orders", since=SINCE) == 1
    assert shop.told[1].startswith(
        "Orders of the Orders API, 2026-11-21 to 2026-11-23: not fetched. Amazon sends the same pages again and again."
    )
    assert len(shop.world.questions("searchOrders")) == 2
    assert shop.files() == []


def test_an_answer_that_is_no_page_is_not_stored(shop: Shop):
    shop.world.orders = {"": {"lastUpdatedBefore": "2026-11-23T09:27:00Z"}}
    assert shop.fetch("orders", since=SINCE) == 1
    assert "Amazon's answer is no page of orders." in shop.told[1]
