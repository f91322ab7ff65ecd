"""Reports: asked for by Amazon's published model, waited for, unpacked, checked and stored."""

import hashlib
import json
import stat
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from sellerhealth.sources.account import open_account
from sellerhealth.sources.spapi.patience import Patience
from sellerhealth.sources.spapi.run import BEGIN, THERE
from tests.fetch.conftest import Shop
from tests.fetch.server import Answer
from tests.sources.folder import (
    ALL_LISTINGS,
    ALL_ORDERS,
    FEEDBACK,
    ID,
    ID_2,
    NAME,
    RETURNS,
    US,
    order,
    put,
    refusal,
    rows,
    text,
)

pytestmark = pytest.mark.parametrize("world", ["own", "published"], indirect=True)

ALL_ORDERS_REPORT = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
FEEDBACK_REPORT = "GET_SELLER_FEEDBACK_DATA"
PERFORMANCE_REPORT = "GET_V2_SELLER_PERFORMANCE_REPORT"
RETURNS_REPORT = "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE"
LISTINGS_REPORT = "GET_MERCHANT_LISTINGS_ALL_DATA"
SINCE = "2026-11-01"
FILE = "all_orders_2026-10-31_to_2026-11-29.tsv"
ORDERS = text(ALL_ORDERS, order(purchase_date="2026-11-02T18:30:00+00:00"))
SPAN = {"reportingDateFrom": "2026-10-21T00:00Z", "reportingDateTo": "2026-11-19T23:59Z"}
LATE = {"reportingDateRange": SPAN, "status": "GOOD", "rate": 0.03, "orderCount": 100, "lateShipmentCount": 3}
PERFORMANCE = {
    "accountStatuses": [],
    "performanceMetrics": [{"marketplaceId": "ATVPDKIKX0DER", "lateShipmentRate": LATE}],
}
FIVE = {
    ALL_ORDERS_REPORT: ORDERS,
    FEEDBACK_REPORT: text(FEEDBACK, {"Date": "11/5/26", "Rating": "1", "Order ID": ID, "Comments": "Never came"}),
    PERFORMANCE_REPORT: json.dumps(PERFORMANCE),
    RETURNS_REPORT: text(
        RETURNS,
        {"Order ID": ID, "Return request date": "06-Nov-2026", "Merchant SKU": "MUG-1", "Refunded Amount": "9.50"},
    ),
    LISTINGS_REPORT: text(
        ALL_LISTINGS, {"seller-sku": "MUG-1", "quantity": "4", "fulfillment-channel": "DEFAULT", "status": "Active"}
    ),
}


def give(shop: Shop, **documents: str) -> None:
    shop.world.documents |= {name: content.encode() for name, content in (documents or FIVE).items()}


def test_five_reports_become_an_account(shop: Shop):
    give(shop)
    assert shop.fetch("all_orders", "feedback", "performance", "returns", "listings", since=SINCE) == 0
    assert shop.files() == [
        FILE,
        "feedback_US_2026-08-27_to_2027-08-26.tsv",
        "listings_US.tsv",
        "performance_2026-11-23.json",
        "returns_2026-10-31_to_2026-12-29.tsv",
    ]
    account = open_account(shop.data, NAME)
    assert rows(account, "orders", "order_id", "purchased_at", "status") == [(ID, "2026-11-02 18:30:00", "SHIPPED")]
    assert rows(account, "feedback", "order_id", "rated_on", "rating") == [(ID, "2026-11-05", 1)]
    assert rows(account, "performance", "figure", "figure_count") == [("lateShipmentRate", 3)]
    assert rows(account, "returns", "order_id", "returned_on", "refunded") == [(ID, "2026-11-06", 9.5)]
    assert rows(account, "listings", "sku", "listed_units") == [("MUG-1", 4)]


def test_what_is_told_of_each_file(shop: Shop):
    give(shop)
    shop.world.end[RETURNS_REPORT] = "CANCELLED"
    assert shop.fetch("all_orders", "returns", since=SINCE) == 0
    assert shop.told == [
        BEGIN.format(2),
        "All Orders, 2026-10-31 to 2026-11-29: stored.",
        "Returns, 2026-10-31 to 2026-12-29: Amazon has no data for it.",
    ]


def test_a_report_is_asked_for_with_its_days_until_now(shop: Shop):
    give(shop)
    shop.fetch("all_orders", since=SINCE)
    (asked,) = shop.world.questions("createReport")
    assert asked["dataStartTime"] == "2026-10-31T00:00:00Z"
    assert asked["dataEndTime"] == "2026-11-23T09:30:00Z"
    assert asked["marketplaceIds"] == ["ATVPDKIKX0DER"]


def test_at_first_four_hundred_days_are_fetched_in_periods_of_at_most_thirty(shop: Shop):
    give(shop)
    assert shop.fetch("all_orders") == 0
    asked = shop.world.questions("createReport")
    spans = [
        (datetime.fromisoformat(one["dataStartTime"]), datetime.fromisoformat(one["dataEndTime"])) for one in asked
    ]
    assert spans[0][0] <= shop.time - timedelta(days=400)
    assert spans[-1][1] == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert all(end - begin < timedelta(days=30) for begin, end in spans)
    assert all(later[0] - earlier[1] == timedelta(seconds=1) for earlier, later in pairwise(spans))


def test_at_once_nothing_is_fetched_twice(shop: Shop):
    give(shop)
    shop.fetch("all_orders", "listings")
    before = len(shop.world.asked)
    assert shop.fetch("all_orders", "listings") == 0
    assert shop.told[0].startswith(THERE)
    assert len(shop.world.asked) == before


def test_the_next_day_only_what_may_have_changed_is_fetched_again_and_replaces_its_file(shop: Shop):
    give(shop)
    shop.fetch("all_orders")
    before = shop.files()
    shop.time += timedelta(days=1)
    give(shop, **{ALL_ORDERS_REPORT: text(ALL_ORDERS, order(ID_2))})
    shop.world.asked.clear()
    assert shop.fetch("all_orders") == 0
    begins = [one["dataStartTime"] for one in shop.world.questions("createReport")]
    assert begins == ["2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-10-31T00:00:00Z"]
    assert shop.files() == before
    assert ID_2 in (shop.folder / FILE).read_text()


def test_a_snapshot_is_kept_for_each_day(shop: Shop):
    give(shop)
    shop.fetch("performance")
    shop.time += timedelta(days=7)
    shop.fetch("performance")
    assert shop.files() == ["performance_2026-11-23.json", "performance_2026-11-30.json"]


def test_a_file_that_the_user_took_away_is_fetched_again(shop: Shop):
    give(shop)
    shop.fetch("listings")
    (shop.folder / "listings_US.tsv").unlink()
    shop.fetch("listings")
    assert shop.files() == ["listings_US.tsv"]


def test_files_are_private_and_their_size_and_checksum_are_written_down(shop: Shop):
    give(shop)
    shop.fetch("all_orders", since=SINCE)
    content = (shop.folder / FILE).read_bytes()
    kept = json.loads((shop.folder / ".fetch.json").read_text())["kept"][FILE]
    assert (kept["bytes"], kept["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert stat.S_IMODE(shop.folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in shop.folder.iterdir() if path.is_file()}
    assert modes == {FILE: 0o600, ".fetch.json": 0o600, ".lock": 0o600}


def test_a_report_that_is_not_packed_is_stored_as_it_is(shop: Shop):
    give(shop)
    shop.world.packed = False
    assert shop.fetch("listings") == 0
    assert (shop.folder / "listings_US.tsv").read_text() == FIVE[LISTINGS_REPORT]


def test_columns_that_no_reader_reads_are_empty_in_what_is_stored(shop: Shop):
    told = {"Date": "11/5/26", "Rating": "1", "Order ID": ID, "Comments": "Call Ann", "Rater Email": "a@example.com"}
    give(shop, **{FEEDBACK_REPORT: text(FEEDBACK, told)})
    shop.fetch("feedback", since=SINCE)
    stored = (shop.folder / shop.files()[0]).read_text()
    assert stored == text(FEEDBACK, {"Date": "11/5/26", "Rating": "1", "Order ID": ID})


def test_of_all_orders_the_place_a_buyer_lives_at_is_not_stored(shop: Shop):
    told = order(ship_city="Springfield", ship_postal_code="98101", ship_state="WA", promotion_ids="SPRING")
    give(shop, **{ALL_ORDERS_REPORT: text(ALL_ORDERS, told)})
    shop.fetch("all_orders", since=SINCE)
    stored = (shop.folder / FILE).read_text()
    assert "Springfield" not in stored
    assert "98101" not in stored
    assert stored.count("\t") == text(ALL_ORDERS, told).count("\t")


def test_a_report_in_a_queue_is_waited_for(shop: Shop):
    give(shop)
    shop.world.states[LISTINGS_REPORT] = ["IN_QUEUE"] * 5 + ["IN_PROGRESS"]
    assert shop.fetch("listings") == 0
    assert shop.slept == [20.0] * 6


def test_a_report_that_takes_too_long_is_waited_for_by_the_next_run(shop: Shop):
    give(shop)
    shop.world.end[LISTINGS_REPORT] = "IN_QUEUE"
    shop.patience = Patience(run=100)
    assert shop.fetch("listings") == 1
    assert shop.slept == [20.0] * 5
    assert shop.told[1:] == [
        "All Listings (US), 2026-11-23: not fetched. Amazon is still making it. Run the same command again later: it goes on waiting."
    ]
    shop.world.end.clear()
    assert shop.fetch("listings") == 0
    assert len(shop.world.questions("createReport")) == 1


def test_no_data_is_no_failure_and_no_file_and_is_not_asked_for_again_at_once(shop: Shop):
    shop.world.end[RETURNS_REPORT] = "CANCELLED"
    assert shop.fetch("returns", since=SINCE) == 0
    assert shop.files() == []
    shop.fetch("returns", since=SINCE)
    assert len(shop.world.questions("createReport")) == 1


def test_a_report_that_amazon_could_not_make_stops_no_other(shop: Shop):
    give(shop)
    shop.world.end[ALL_ORDERS_REPORT] = "FATAL"
    assert shop.fetch("all_orders", "listings", since=SINCE) == 1
    assert shop.told[1:] == [
        "All Orders, 2026-10-31 to 2026-11-29: not fetched. Amazon could not make it. Run the same command again tomorrow.",
        "All Listings (US), 2026-11-23: stored.",
    ]
    shop.world.end.clear()
    assert shop.fetch("all_orders", since=SINCE) == 0
    assert len(shop.world.questions("createReport")) == 3


def test_a_report_that_amazon_forgot_is_asked_for_again_by_the_next_run(shop: Shop):
    give(shop)
    missing = {"errors": [{"code": "NotFound", "message": "No such report."}]}
    shop.world.fail("getReport", Answer.of(missing, 404))
    assert shop.fetch("listings") == 1
    assert shop.fetch("listings") == 0
    assert len(shop.world.questions("createReport")) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>Sign in</body></html>",
        b'{"errors": [{"code": "InternalFailure"}]}',
        b"",
        b"\x00\x01\x02",
        b"Name\tPhone\nAnn\t5551234\n",
        ORDERS.encode(),
    ],
)
def test_what_is_not_the_report_is_not_even_written(shop: Shop, content: bytes):
    shop.world.documents[FEEDBACK_REPORT] = content
    assert shop.fetch("feedback", since=SINCE) == 1
    told = "Amazon sent something else: expected the report of seller feedback. Download it in Seller Central instead."
    assert shop.told[1] == f"Seller feedback (US), 2026-08-27 to 2027-08-26: not fetched. {told}"
    assert sorted(path.name for path in shop.folder.iterdir()) == [".fetch.json", ".lock"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html>Sign in</html>", "expected a report"),
        (b'{"errors": [{"code": "InternalFailure"}]}', "expected a report"),
        (FIVE[LISTINGS_REPORT].encode(), "the All Listings report"),
    ],
)
def test_a_document_that_is_no_performance_report_is_not_stored(shop: Shop, content: bytes, told: str):
    shop.world.documents[PERFORMANCE_REPORT] = content
    assert shop.fetch("performance") == 1
    assert shop.told[1] == (
        "Seller performance, 2026-11-23: not fetched. "
        f"Amazon sent something else: {told}. Download it in Seller Central instead."
    )
    assert shop.files() == []


def test_all_marketplaces_are_asked_for_at_once_but_for_files_that_each_has_alone(shop: Shop):
    put(shop.data, {}, 'marketplace = ["US", "CA"]\n')
    give(shop)
    shop.fetch("all_orders", "listings", since=SINCE)
    asked = {one["reportType"]: one["marketplaceIds"] for one in shop.world.questions("createReport")}
    assert asked == {ALL_ORDERS_REPORT: ["ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"], LISTINGS_REPORT: ["ATVPDKIKX0DER"]}


def test_what_was_fetched_stands_beside_what_was_downloaded(shop: Shop):
    give(shop)
    shop.fetch("all_orders", since=SINCE)
    put(shop.data, {"by hand.txt": text(ALL_ORDERS, order(ID_2))}, US)
    assert [row[0] for row in rows(open_account(shop.data, NAME), "orders", "order_id")] == [ID, ID_2]


def test_a_damaged_file_beside_them_is_still_refused(shop: Shop):
    give(shop)
    shop.fetch("all_orders", since=SINCE)
    assert refusal(shop.data, {"other.txt": "<html>"}, US).where == f"{NAME}/other.txt"
