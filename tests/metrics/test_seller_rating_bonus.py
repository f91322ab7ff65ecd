"""The ten points more of an order that came fast, tracked and without a refund."""

import pytest

from tests.metrics.edges import sums

NAME = "seller_rating"
STARS = "order_id|rated_on|rating;A|2026-03-20|1"
FAST = "order_id|channel|status|purchased_at|confirmed_at|deliver_by_at|delivered_at"
VALID = "order_id|package_id|has_valid_tracking"
BONUS = {
    # (bought, promised, delivered, points); 2026-03-13 is a Friday.
    "Friday to Wednesday": ("2026-03-13 23:59", "2026-03-20", "2026-03-18 23:59", 110),
    "Friday to Thursday": ("2026-03-13", "2026-03-20", "2026-03-19 00:00", 100),
    "Saturday to Wednesday": ("2026-03-14", "2026-03-20", "2026-03-18", 110),
    "Sunday to Wednesday": ("2026-03-15", "2026-03-20", "2026-03-18", 110),
    "Sunday to Thursday": ("2026-03-15", "2026-03-20", "2026-03-19", 100),
    "Monday to Thursday": ("2026-03-16", "2026-03-20", "2026-03-19", 110),
    "Tuesday to Saturday": ("2026-03-17", "2026-03-27", "2026-03-21", 110),
    "Tuesday to Sunday": ("2026-03-17", "2026-03-27", "2026-03-22", 110),
    "Tuesday to Monday": ("2026-03-17", "2026-03-27", "2026-03-23", 100),
    "the same day": ("2026-03-13", "2026-03-20", "2026-03-13 20:00", 110),
    "on the promised day": ("2026-03-13", "2026-03-17 00:00", "2026-03-17 23:59", 110),
    "a day after it": ("2026-03-13", "2026-03-16 23:59", "2026-03-17 00:00", 100),
    "nothing promised": ("2026-03-13", "", "2026-03-16", 100),
    "not delivered": ("2026-03-13", "2026-03-20", "", 100),
    "delivered in the last moment of today": ("2026-03-30", "2026-04-05", "2026-03-31 23:59:59.999999", 110),
    "delivered tomorrow": ("2026-03-30", "2026-04-05", "2026-04-01 00:00", 100),
}
TRACKING = {
    "A|1|yes": 110,
    "A|1|yes;A|2|yes": 110,
    "A|1|yes;A|2|no": 100,
    "A|1|yes;A|2|": 100,
    "A|1|no": 100,
    "A|1|": 100,
    "B|1|yes": 100,
}
ARRIVALS = {
    "A|MUG|2026-03-16": 110,
    "A|MUG|2026-03-16;A|CUP|2026-03-18": 110,
    "A|MUG|2026-03-16;A|CUP|2026-03-19": 100,
    "A|MUG|2026-03-16;A|CUP|": 100,
    "A|MUG|2026-04-01": 100,
    "B|MUG|2026-03-16": 100,
}


@pytest.mark.parametrize("case", BONUS)
def test_ten_points_more(case):
    bought, promised, delivered, points = BONUS[case]
    orders = f"{FAST};A|MFN|DELIVERED|{bought}|{bought}|{promised}|{delivered}"
    assert sums(NAME, "handbook", orders=orders, tracking=f"{VALID};A|1|yes")[0] == 4 * points


@pytest.mark.parametrize("rows", TRACKING)
def test_ten_points_more_only_with_valid_tracking(rows):
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|2026-03-16"
    assert sums(NAME, "handbook", orders=orders, tracking=f"{VALID};{rows}")[0] == 4 * TRACKING[rows]
    assert sums(NAME, "handbook", orders=orders)[0] == 400


@pytest.mark.parametrize("rows", ARRIVALS)
def test_the_download_tells_the_delivery_too(rows):
    orders = f"{FAST};A|MFN|SHIPPED|2026-03-13|2026-03-13|2026-03-20|"
    tables = {"deliveries": f"order_id|sku|delivery_arrived_on;{rows}", "tracking": f"{VALID};A|1|yes"}
    assert sums(NAME, "handbook", orders=orders, **tables)[0] == 4 * ARRIVALS[rows]


def test_the_orders_own_delivery_goes_before_the_downloads():
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-27|2026-03-20"
    tables = {"deliveries": "order_id|sku|delivery_arrived_on;A|MUG|2026-03-16", "tracking": f"{VALID};A|1|yes"}
    assert sums(NAME, "handbook", orders=orders, **tables)[0] == 400


@pytest.mark.parametrize(("refunded", "points"), [("5", 100), ("0", 110), ("", 110)])
def test_no_ten_points_after_a_refund(refunded, points):
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|2026-03-16"
    returns = f"order_id|sku|returned_on|refunded;A|MUG|2026-03-20|{refunded}"
    found = sums(NAME, "handbook", orders=orders, tracking=f"{VALID};A|1|yes", returns=returns)
    assert found[0] == 4 * points


def test_no_ten_points_beside_a_problem():
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|2026-03-16"
    assert sums(NAME, "handbook", orders=orders, tracking=f"{VALID};A|1|yes", feedback=STARS)[0] == -400
