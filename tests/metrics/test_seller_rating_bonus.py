"""The ten points more of an order that came fast, tracked and without a refund."""

import pytest

from tests.metrics.edges import sums

NAME = "seller_rating"
STARS = "order_id|rated_on|rating;A|2026-03-20|1"
FAST = "order_id|channel|status|purchased_at|confirmed_at|deliver_by_at|delivered_at"
VALID = "order_id|package_id|has_valid_tracking"
PROMISED = "order_id|package_id|tracking_promised_on|has_valid_tracking"
BONUS = {
    # (bought, promised, delivered, points at worst and at best); 2026-03-13 is a Friday.
    "Friday to Wednesday": ("2026-03-13 23:59", "2026-03-20", "2026-03-18 23:59", (110, 110)),
    "Friday to Thursday": ("2026-03-13", "2026-03-20", "2026-03-19 00:00", (100, 100)),
    "Saturday to Wednesday": ("2026-03-14", "2026-03-20", "2026-03-18", (110, 110)),
    "Sunday to Wednesday": ("2026-03-15", "2026-03-20", "2026-03-18", (110, 110)),
    "Sunday to Thursday": ("2026-03-15", "2026-03-20", "2026-03-19", (100, 100)),
    "Monday to Thursday": ("2026-03-16", "2026-03-20", "2026-03-19", (110, 110)),
    "Tuesday to Saturday": ("2026-03-17", "2026-03-27", "2026-03-21", (110, 110)),
    "Tuesday to Sunday": ("2026-03-17", "2026-03-27", "2026-03-22", (110, 110)),
    "Tuesday to Monday": ("2026-03-17", "2026-03-27", "2026-03-23", (100, 100)),
    "the same day": ("2026-03-13", "2026-03-20", "2026-03-13 20:00", (110, 110)),
    "on the promised day": ("2026-03-13", "2026-03-17 00:00", "2026-03-17 23:59", (110, 110)),
    "a day after it": ("2026-03-13", "2026-03-16 23:59", "2026-03-17 00:00", (100, 100)),
    "nothing promised": ("2026-03-13", "", "2026-03-16", (100, 110)),
    "nothing promised, but slow": ("2026-03-13", "", "2026-03-19", (100, 100)),
    "not delivered": ("2026-03-13", "2026-03-20", "", (100, 110)),
    "delivered in the last moment of today": ("2026-03-30", "2026-04-05", "2026-03-31 23:59:59.999999", (110, 110)),
    "delivered tomorrow": ("2026-03-30", "2026-04-05", "2026-04-01 00:00", (100, 110)),
}
TRACKING = {
    # Points at worst and at best: they part where no file tells.
    "A|1|yes": (110, 110),
    "A|1|yes;A|2|yes": (110, 110),
    "A|1|yes;A|2|no": (100, 100),
    "A|1|no;A|2|": (100, 100),
    "A|1|no": (100, 100),
    # A package that Amazon did not judge says nothing.
    "A|1|": (100, 110),
    "A|1|;A|2|": (100, 110),
    "A|1|yes;A|2|": (110, 110),
    # A package listed twice was corrected: it is valid when it once was.
    "A|1|no;A|1|yes": (110, 110),
    "A|1|;A|1|yes": (110, 110),
    "A|1|no;A|1|": (100, 100),
    "A|1|no;A|1|yes;A|2|no": (100, 100),
    "A|1|no;A|1|yes;A|2|yes": (110, 110),
    "B|1|yes": (100, 110),
    "B|1|no": (100, 110),
}
TRACKING_DAYS = {
    # What Amazon says of a package promised after today is not known yet; today is 31 March.
    "A|1|2026-03-31|yes": (110, 110),
    "A|1|2026-03-31|no": (100, 100),
    "A|1|2026-04-01|yes": (100, 110),
    "A|1|2026-04-01|no": (100, 110),
    "A|1||no": (100, 100),
    "A|1|2026-03-20|yes;A|2|2026-04-01|no": (110, 110),
}
ARRIVALS = {
    "A|MUG|2026-03-16": (110, 110),
    "A|MUG|2026-03-16;A|CUP|2026-03-18": (110, 110),
    "A|MUG|2026-03-16;A|CUP|2026-03-19": (100, 100),
    "A|MUG|2026-03-16;A|CUP|": (100, 110),
    "A|MUG|2026-04-01": (100, 110),
    "B|MUG|2026-03-16": (100, 110),
}
UNTOLD = {
    # What one file tells against the bonus holds, whatever the others do not tell.
    "slow, tracking not told": ("2026-03-19", "", (100, 100)),
    "delivery not told, tracking not valid": ("", "A|1|no", (100, 100)),
    "delivery not told, tracking valid": ("", "A|1|yes", (100, 110)),
    "fast, tracking not told": ("2026-03-16", "", (100, 110)),
    "nothing told": ("", "", (100, 110)),
}


@pytest.mark.parametrize("case", BONUS)
def test_ten_points_more(case):
    bought, promised, delivered, points = BONUS[case]
    orders = f"{FAST};A|MFN|DELIVERED|{bought}|{bought}|{promised}|{delivered}"
    assert ends(orders=orders, tracking=f"{VALID};A|1|yes") == points


@pytest.mark.parametrize("rows", TRACKING)
def test_ten_points_more_only_with_valid_tracking(rows):
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|2026-03-16"
    assert ends(orders=orders, tracking=f"{VALID};{rows}") == TRACKING[rows]


@pytest.mark.parametrize("rows", TRACKING_DAYS)
def test_what_amazon_will_say_is_not_known_yet(rows):
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|2026-03-16"
    assert ends(orders=orders, tracking=f"{PROMISED};{rows}") == TRACKING_DAYS[rows]


@pytest.mark.parametrize("case", UNTOLD)
def test_what_is_told_against_it_goes_before_what_is_not_told(case):
    delivered, rows, points = UNTOLD[case]
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|{delivered}"
    assert ends(orders=orders, tracking=";".join(filter(None, [VALID, rows]))) == points


@pytest.mark.parametrize("rows", ARRIVALS)
def test_the_download_tells_the_delivery_too(rows):
    orders = f"{FAST};A|MFN|SHIPPED|2026-03-13|2026-03-13|2026-03-20|"
    tables = {"deliveries": f"order_id|sku|delivery_arrived_on;{rows}", "tracking": f"{VALID};A|1|yes"}
    assert ends(orders=orders, **tables) == ARRIVALS[rows]


def test_the_orders_own_delivery_goes_before_the_downloads():
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-27|2026-03-20"
    tables = {"deliveries": "order_id|sku|delivery_arrived_on;A|MUG|2026-03-16", "tracking": f"{VALID};A|1|yes"}
    assert ends(orders=orders, **tables) == (100, 100)


@pytest.mark.parametrize(("refunded", "points"), [("5", (100, 100)), ("0", (110, 110)), ("", (110, 110))])
def test_no_ten_points_after_a_refund(refunded, points):
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|2026-03-16"
    returns = f"order_id|sku|returned_on|refunded;A|MUG|2026-03-20|{refunded}"
    assert ends(orders=orders, tracking=f"{VALID};A|1|yes", returns=returns) == points


@pytest.mark.parametrize(
    ("without", "valid", "points"),
    [
        ((), "yes", (110, 110)),
        (("returns",), "yes", (100, 110)),
        (("returns.refunded",), "yes", (100, 110)),
        (("returns.refunded",), "no", (100, 100)),
    ],
)
def test_without_a_file_of_refunds_none_is_known(without, valid, points):
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|2026-03-16"
    found = ends(orders=orders, tracking=f"{VALID};A|1|{valid}", without=without)
    assert found == points


def test_no_ten_points_beside_a_problem():
    orders = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|2026-03-16"
    assert ends(orders=orders, tracking=f"{VALID};A|1|yes", feedback=STARS) == (-100, -100)
    assert ends(orders=orders, feedback=STARS) == (-100, -100)


def ends(**given):
    """The points of the one order at worst and at best; it weighs four times."""
    worst, best, weight = sums(NAME, "handbook", **given)
    assert weight == 4
    return worst / weight, best / weight
