"""Several marketplaces: which share a file, which have their own, and which one folder cannot hold."""

import json
from datetime import timedelta

from sellerhealth.sources.account import open_account
from sellerhealth.sources.spapi.run import BEGIN
from tests.fetch.conftest import Shop
from tests.fetch.server import Answer
from tests.fetch.test_order_pages import page
from tests.fetch.test_reports import ALL_ORDERS_REPORT, FEEDBACK_REPORT, LISTINGS_REPORT, SINCE
from tests.sources.folder import ALL_LISTINGS, ALL_ORDERS, FEEDBACK, ID, ID_2, ID_3, NAME, US, order, put, rows, text

BOTH = 'marketplace = ["US", "CA"]\n'
US_ID, CA_ID, GB_ID, FR_ID = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1F83G8C2ARO7P", "A13V1IB3VIYZZH"
GONE = Answer.of({"errors": [{"code": "NotFound", "message": "No such page."}]}, 404)


def asked_for(shop: Shop, report: str) -> list[object]:
    """The marketplaces of each time a report was asked for."""
    return [one["marketplaceIds"] for one in shop.world.questions("createReport") if one["reportType"] == report]


def rating(order_id: str, day: str) -> str:
    return text(FEEDBACK, {"Date": day, "Rating": "1", "Order ID": order_id})


def test_each_marketplace_has_its_own_feedback_where_all_write_days_alike(shop: Shop):
    put(shop.data, {}, 'marketplace = ["GB", "FR"]\n')
    feedback = {GB_ID: rating(ID, "13/11/26"), FR_ID: rating(ID_2, "14/11/26")}
    order_of = {}
    first_answer = shop.world.createReport

    def remember(told: dict[str, object]) -> Answer:
        answer = first_answer(told)
        order_of[json.loads(answer.body)["reportId"]] = told["marketplaceIds"]
        return answer

    def give_the_last_looked_at(told: dict[str, object]) -> Answer:
        (place,) = order_of[shop.world.questions("getReport")[-1]["reportId"]]
        shop.world.packed = False
        shop.world.documents[FEEDBACK_REPORT] = feedback[place].encode()
        return type(shop.world).getReportDocument(shop.world, told)

    shop.world.createReport, shop.world.getReportDocument = remember, give_the_last_looked_at
    assert shop.fetch("feedback", since=SINCE) == 0
    assert shop.told == [
        BEGIN.format(2),
        "Seller feedback (GB), 2026-08-27 to 2027-08-26: stored.",
        "Seller feedback (FR), 2026-08-27 to 2027-08-26: stored.",
    ]
    orders = text(ALL_ORDERS, order(ID, sales_channel="Amazon.co.uk"), order(ID_2, sales_channel="Amazon.fr"))
    put(shop.data, {"orders.tsv": orders}, 'marketplace = ["GB", "FR"]\n')
    account = open_account(shop.data, NAME)
    assert rows(account, "feedback", "order_id", "rated_on") == [(ID, "2026-11-13"), (ID_2, "2026-11-14")]


def test_what_one_folder_cannot_hold_is_not_fetched_and_told_of(shop: Shop):
    put(shop.data, {}, BOTH)
    shop.world.documents = {
        FEEDBACK_REPORT: rating(ID, "11/13/26").encode(),
        LISTINGS_REPORT: text(ALL_LISTINGS, {"seller-sku": "MUG-1", "quantity": "4", "status": "Active"}).encode(),
    }
    assert shop.fetch("feedback", "listings", since=SINCE) == 0
    assert shop.told[:3] == [
        (
            "Seller feedback: not fetched for CA, because its days would be read in the order of US, which is another. "
            "Give CA an account folder of its own."
        ),
        (
            "All Listings: not fetched for CA, because a listing does not say of which marketplace it is, "
            "and those of US are fetched. Give CA an account folder of its own."
        ),
        BEGIN.format(2),
    ]
    assert asked_for(shop, FEEDBACK_REPORT) == asked_for(shop, LISTINGS_REPORT) == [[US_ID]]
    assert shop.files() == ["feedback_US_2026-08-27_to_2027-08-26.tsv", "listings_US.tsv"]


def test_the_account_may_say_that_its_files_have_another_order_of_days(shop: Shop):
    put(shop.data, {}, f'{BOTH}date_order = "DMY"\n')
    shop.world.documents[FEEDBACK_REPORT] = rating(ID, "13/11/26").encode()
    assert shop.fetch("feedback", since=SINCE) == 0
    assert asked_for(shop, FEEDBACK_REPORT) == [[US_ID], [CA_ID]]


def test_several_that_are_left_out_are_told_of_in_one_sentence(shop: Shop):
    put(shop.data, {}, 'marketplace = ["US", "CA", "MX"]\n')
    shop.world.end[LISTINGS_REPORT] = "CANCELLED"
    shop.fetch("listings")
    assert shop.told[0].endswith("Give each of CA, MX an account folder of its own.")


def test_of_the_listings_of_two_days_the_later_stay(shop: Shop):
    many = text(ALL_LISTINGS, *({"seller-sku": sku, "quantity": "9", "status": "Active"} for sku in ("MUG-1", "GONE")))
    few = text(ALL_LISTINGS, {"seller-sku": "MUG-1", "quantity": "3", "status": "Active"})
    shop.world.documents[LISTINGS_REPORT] = many.encode()
    shop.fetch("listings")
    shop.time += timedelta(days=1)
    shop.world.documents[LISTINGS_REPORT] = few.encode()
    assert shop.fetch("listings") == 0
    assert shop.files() == ["listings_US.tsv"]
    assert rows(open_account(shop.data, NAME), "listings", "sku", "listed_units") == [("MUG-1", 3)]


def test_a_marketplace_that_is_added_later_has_its_past_fetched(shop: Shop):
    shop.world.documents[ALL_ORDERS_REPORT] = text(ALL_ORDERS, order(ID)).encode()
    shop.world.orders = {"": page(ID)}
    shop.fetch("all_orders", "orders")
    reports = len(shop.world.questions("createReport"))
    put(shop.data, {}, BOTH)
    shop.world.asked.clear()
    assert shop.fetch("all_orders", "orders") == 0
    assert asked_for(shop, ALL_ORDERS_REPORT) == [[US_ID, CA_ID]] * reports
    begins = [one["lastUpdatedAfter"] for one in shop.world.questions("searchOrders")]
    assert begins[0] == "2026-08-15T00:00:00Z"
    assert {one["marketplaceIds"] for one in shop.world.questions("searchOrders")} == {f"{US_ID},{CA_ID}"}
    shop.world.asked.clear()
    shop.fetch("all_orders", "orders")
    assert shop.world.asked == []


def test_a_marketplace_that_is_taken_away_leaves_what_is_there(shop: Shop):
    put(shop.data, {}, BOTH)
    shop.world.documents[ALL_ORDERS_REPORT] = text(ALL_ORDERS, order(ID)).encode()
    shop.fetch("all_orders")
    put(shop.data, {}, US)
    shop.world.asked.clear()
    shop.fetch("all_orders")
    assert shop.world.asked == []


def test_a_report_and_pages_begun_for_fewer_marketplaces_begin_anew(shop: Shop):
    shop.world.end[ALL_ORDERS_REPORT] = "IN_QUEUE"
    shop.world.orders = {"": page(ID, following="two"), "two": page(ID_2)}
    shop.world.fail("searchOrders", Answer.of(page(ID, following="two")), *[Answer.of({"errors": []}, 500)] * 6)
    shop.patience = type(shop.patience)(run=100)
    assert shop.fetch("all_orders", "orders", since="2026-11-21") == 2
    assert shop.fetch("orders", since="2026-11-21") == 1
    put(shop.data, {}, BOTH)
    shop.world.end.clear()
    shop.world.documents[ALL_ORDERS_REPORT] = text(ALL_ORDERS, order(ID_3)).encode()
    shop.world.asked.clear()
    assert shop.fetch("all_orders", "orders", since="2026-11-21") == 0
    assert asked_for(shop, ALL_ORDERS_REPORT) == [[US_ID, CA_ID]]
    tokens = [one.get("paginationToken") for one in shop.world.questions("searchOrders")]
    assert tokens == [None, "two"]
