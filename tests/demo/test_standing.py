"""The stories of notifications, Amazon's report, tracking, deliveries, returns and stock, counted from the rows."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.demo.rows import local, rows

AS_OF = date(2026, 11, 15)
SIX_MONTHS = timedelta(days=180)


def latest(notifications):
    """What the last note on each notification says."""
    return {row["id"]: row for row in notifications}


def test_notifications_are_noted_in_order_and_one_twice(us_files):
    found = rows(us_files, "notifications.csv")
    assert [row["noted_on"] for row in found] == sorted(row["noted_on"] for row in found)
    assert [row["state"] for row in found if row["id"] == "PN-008"] == ["under_review", "resolved"]
    assert Counter(row["state"] for row in latest(found).values()) == {"resolved": 8, "read": 3, "unread": 1}
    assert all((row["state"] == "resolved") == bool(row["resolved_on"]) for row in found)


def test_three_are_open_one_unread_none_under_review_and_one_leaves_within_a_month(us_files):
    unresolved = [row for row in latest(rows(us_files, "notifications.csv")).values() if row["state"] != "resolved"]
    leaves = {
        row["id"]: (row["category"], row["severity"], row["state"], str(date.fromisoformat(row["date"]) + SIX_MONTHS))
        for row in unresolved
    }
    assert leaves == {
        "PN-003": ("other_policy", "low", "read", "2026-08-23"),
        "PN-006": ("restricted_product", "low", "read", "2026-11-29"),
        "PN-010": ("product_condition", "medium", "read", "2027-03-17"),
        "PN-012": ("listing_policy", "low", "unread", "2027-05-08"),
    }


def test_the_small_shop_has_none_open(uk_files):
    assert [row["state"] for row in rows(uk_files, "notifications.csv")] == ["resolved"]


@pytest.fixture(scope="module")
def told(us_files):
    return json.loads(us_files["performance_2026-11-15.json"])


def test_amazon_calls_the_account_normal_and_great(told):
    assert told["accountStatuses"] == [{"marketplaceId": "ATVPDKIKX0DER", "status": "NORMAL"}]
    (metrics,) = told["performanceMetrics"]
    assert (metrics["accountHealthRating"]["ahrScore"], metrics["accountHealthRating"]["ahrStatus"]) == (268, "GREAT")
    assert metrics["warningState"] == [{"warningType": "spammingSellerMessaging", "status": "GOOD"}]


RATES = [
    ("lateShipmentRate", "2026-10-17", "2026-11-15", "lateShipmentCount", 24, "orderCount", 348, "BAD"),
    ("prefulfillmentCancelRate", "2026-11-08", "2026-11-14", "cancellationCount", 6, "orderCount", 80, "BAD"),
    ("validTrackingRate", "2026-10-07", "2026-11-05", "validTrackingCount", 336, "shipmentCount", 351, "GOOD"),
    (
        "onTimeDeliveryRate",
        "2026-10-07",
        "2026-11-05",
        "onTimeDeliveryCount",
        330,
        "shipmentCountWithValidTracking",
        351,
        "BAD",
    ),
    (
        "unitOnTimeDeliveryRate",
        "2026-10-26",
        "2026-11-08",
        "unitOnTimeDeliveryCount",
        230,
        "totalUnitCount",
        248,
        "GOOD",
    ),
]


@pytest.mark.parametrize("expected", RATES, ids=lambda row: row[0])
def test_amazons_rates(told, expected):
    name, first, last, counted, count, out_of_name, out_of, status = expected
    rate = told["performanceMetrics"][0][name]
    assert rate["reportingDateRange"] == {
        "reportingDateFrom": f"{first}T00:00Z",
        "reportingDateTo": f"{last}T23:59Z",
    }
    assert (rate[counted], rate[out_of_name], rate["status"]) == (count, out_of, status)
    assert rate["rate"] == pytest.approx(count / out_of, abs=5e-5)


@pytest.mark.parametrize(
    ("shipped_by", "count", "out_of", "claims", "chargebacks", "negative"),
    [("mfn", 5, 722, 3, 1, 2), ("afn", 1, 193, 0, 0, 1)],
)
def test_amazons_order_defects(told, shipped_by, count, out_of, claims, chargebacks, negative):
    rate = told["performanceMetrics"][0]["orderDefectRate"][shipped_by]
    assert (rate["orderWithDefects"]["count"], rate["orderCount"]) == (count, out_of)
    assert (rate["claims"]["count"], rate["chargebacks"]["count"]) == (claims, chargebacks)
    assert rate["negativeFeedback"]["count"] == negative
    assert rate["fulfillmentType"] == shipped_by


def test_nothing_was_to_be_invoiced(told):
    rate = told["performanceMetrics"][0]["invoiceDefectRate"]
    assert (rate["orderCount"], rate["status"], "rate" in rate) == (0, "NONE", False)


def test_amazons_counters_are_the_open_notifications(told):
    metrics = told["performanceMetrics"][0]
    counters = {name: metric["defectsCount"] for name, metric in metrics.items() if "defectsCount" in metric}
    assert counters == {
        "suspectedIntellectualPropertyViolations": 0,
        "receivedIntellectualPropertyComplaints": 0,
        "productAuthenticityCustomerComplaints": 0,
        "productConditionCustomerComplaints": 1,
        "productSafetyCustomerComplaints": 0,
        "foodAndProductSafetyIssues": 0,
        "listingPolicyViolations": 1,
        "restrictedProductPolicyViolations": 1,
        "otherPolicyViolations": 0,
        "documentRequest": 0,
    }


def split(found, column, is_good):
    """Good ones and all, by what stands in a column."""
    every, good = Counter(row[column] for row in found), Counter(row[column] for row in found if is_good(row))
    return {name: (good[name], count) for name, count in every.items()}


def promised(found, column, first, last):
    return [row for row in found if first <= row[column] <= last]


def test_a_small_carrier_does_not_scan_the_home_goods(us_files):
    download = rows(us_files, "valid-tracking.csv")
    assert (
        min(row["Promised Delivery Date"] for row in download),
        max(row["Promised Delivery Date"] for row in download),
    ) == ("2026-09-17", "2026-11-15")
    month = promised(download, "Promised Delivery Date", "2026-10-07", "2026-11-05")

    def is_valid(row):
        return row["Valid Tracking"] == "Yes"

    assert split(month, "Product Category", is_valid) == {"Home": (175, 188), "Kitchen": (96, 96), "Lighting": (65, 67)}
    assert split(month, "Carrier Name", is_valid) == {
        "OnTrac": (130, 132),
        "UPS": (112, 112),
        "USPS": (57, 58),
        "Valley Parcel": (37, 49),
    }
    assert {row["Product Category"] for row in download if row["Carrier Name"] == "Valley Parcel"} == {"Home"}


def test_no_two_packages_share_a_number(us_files):
    numbers = [row["Tracking ID"] for row in rows(us_files, "valid-tracking.csv")]
    assert len(set(numbers)) == len(numbers)


def test_what_comes_late_comes_by_ontrac(us_files):
    download = rows(us_files, "on-time-delivery.csv")
    column = "Promised Delivery Date Without Extension"
    assert (min(row[column] for row in download), max(row[column] for row in download)) == ("2026-10-07", "2026-11-15")
    fortnight = promised(download, column, "2026-10-26", "2026-11-08")
    late = Counter()
    for row in fortnight:
        late[row["Carrier Name"]] += int(row["Quantity"]) * (row["Delivered Late"] == "Yes")
    assert late == {"OnTrac": 16, "UPS": 1, "USPS": 1, "Valley Parcel": 0}
    assert sum(int(row["Quantity"]) for row in fortnight) == 248


def test_what_has_not_arrived_has_no_day_and_no_verdict(us_files):
    column = "Promised Delivery Date Without Extension"
    for row in rows(us_files, "on-time-delivery.csv"):
        arrived = row["Actual Delivery Date"]
        late = "" if not arrived else "Yes" if arrived > row[column] else "No"
        assert row["Delivered Late"] == late
        assert arrived <= "2026-11-15"
    missing = [row for row in rows(us_files, "on-time-delivery.csv") if not row["Actual Delivery Date"]]
    assert len(missing) == 4


def returns(us_files):
    return [row for name in us_files if name.startswith("returns_") for row in rows(us_files, name)]


def test_three_of_a_hundred_orders_come_back_the_lamp_more_often(us_files):
    found = returns(us_files)
    assert len(found) == len({row["Order ID"] for row in found}) == 41
    assert Counter(row["Merchant SKU"] for row in found).most_common(1) == [("HP-LAMP-02", 11)]
    assert sum(row["Refunded Amount"] != " " for row in found) == 33


def test_a_refund_is_the_price_and_its_tax(us_files):
    for row in returns(us_files):
        if row["Refunded Amount"] != " ":
            cents = round(float(row["Order Amount"]) * 100)
            tax = cents * 8 // 100 if row["Currency code"] == "USD" else 0
            assert round(float(row["Refunded Amount"]) * 100) == cents + tax


def open_units(files):
    """The units of the orders that are neither shipped nor cancelled."""
    (latest,) = [name for name in files if name.startswith("all-orders") and name.endswith("_2026-11-15.tsv")]
    found = Counter()
    for row in rows(files, latest):
        if row["fulfillment-channel"] == "Merchant" and row["item-status"] in ("Unshipped", "Pending"):
            found[row["sku"]] += int(row["quantity"])
    return found


def shelves(files):
    listings = rows(files, "all-listings_2026-11-15.tsv")
    listed = {row["seller-sku"]: row["quantity"] for row in listings}
    sold = open_units(files)
    return {
        row["sku"]: (int(row["units_on_hand"]), sold[row["sku"]], int(listed[row["sku"]]))
        for row in rows(files, "stock.csv")
    }


def test_the_vase_is_listed_and_not_there_and_mugs_are_oversold(us_files):
    found = shelves(us_files)
    assert found["HP-VASE-06"] == (0, 0, 12)
    assert found["HP-MUG-11"] == (14, 20, 35)
    others = [units for sku, units in found.items() if sku not in ("HP-VASE-06", "HP-MUG-11")]
    assert all(listed <= held - sold for held, sold, listed in others)


def test_the_small_shop_lists_no_more_than_it_has(uk_files):
    assert all(listed <= held - sold for held, sold, listed in shelves(uk_files).values())


def test_amazon_ships_two_products_and_counts_them_itself(us_files):
    listings = rows(us_files, "all-listings_2026-11-15.tsv")
    assert [(row["seller-sku"], row["quantity"]) for row in listings if row["fulfillment-channel"] == "AMAZON_NA"] == [
        ("HP-COAS-20", ""),
        ("HP-HOOK-21", ""),
    ]
    assert {row["status"] for row in listings} == {"Active"}


def test_six_parcels_were_posted_and_not_confirmed(us_files):
    posted = rows(us_files, "parcels.csv")
    confirmed = {row["order_id"] for row in rows(us_files, "ship-confirmations.csv")}
    assert not {row["order_id"] for row in posted} & confirmed
    assert [(row["order_id"], str(local(row["posted_at"]).date())) for row in posted] == [
        ("113-9226539-5069013", "2026-11-10"),
        ("114-0329872-3910665", "2026-11-13"),
        ("111-3544897-4822840", "2026-11-15"),
        ("113-2228332-8591661", "2026-11-15"),
        ("113-2625230-8014403", "2026-11-15"),
        ("112-7609793-4149342", "2026-11-15"),
    ]


def test_amazons_figures_of_four_sundays(us_files):
    """Late orders rise from 16 of 346 to 24 of 348; the notification of 9 November is in the last report only."""
    late, open_listing = [], []
    for day in ("2026-10-25", "2026-11-01", "2026-11-08", "2026-11-15"):
        (metrics,) = json.loads(us_files[f"performance_{day}.json"])["performanceMetrics"]
        rate = metrics["lateShipmentRate"]
        assert rate["reportingDateRange"]["reportingDateTo"] == f"{day}T23:59Z"
        late.append((rate["lateShipmentCount"], rate["orderCount"]))
        open_listing.append(metrics["listingPolicyViolations"]["defectsCount"])
    assert late == [(16, 346), (16, 342), (19, 347), (24, 348)]
    assert open_listing == [0, 0, 0, 1]
