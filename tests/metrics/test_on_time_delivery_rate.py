from datetime import date

import pytest
from scipy.stats import binomtest

from sellerhealth.measure.defects import defects, exclusions
from sellerhealth.measure.evaluate import breakdown
from tests.metrics.edges import AS_OF, CLEAN, DEFECT, OUT, POLICIES, account, counted, headline, many, sums, under

NAME = "on_time_delivery_rate"
HEADER = "order_id|sku|units|delivery_promised_on|delivery_arrived_on|is_on_time"
ORDER = "order_id|channel|marketplace|deliver_by_at|delivered_at"
ORDERS = "order_id|channel|marketplace;MFN|MFN|US;AFN|AFN|US;NONE||;CA|MFN|CA;OTHER|MFN|OTHER"
OF_ORDER = {"MFN": DEFECT, "NONE": DEFECT, "UNKNOWN": DEFECT, "AFN": OUT, "CA": OUT, "OTHER": OUT}
ITEMS = "order_id|sku|quantity"
LATE = {"choice": {"undelivered_units": "late"}}
EDGES = {
    "the first day of the window": ("A|MUG|1|2026-03-11|2026-03-12|", DEFECT),
    "the day before": ("A|MUG|1|2026-03-10|2026-03-12|", OUT),
    "the last day of the window": ("A|MUG|1|2026-03-24|2026-03-25|", DEFECT),
    "the day after": ("A|MUG|1|2026-03-25|2026-03-26|", OUT),
    "on the promised day": ("A|MUG|1|2026-03-15|2026-03-15|", CLEAN),
    "before it": ("A|MUG|1|2026-03-15|2026-03-01|", CLEAN),
    "a day after it": ("A|MUG|1|2026-03-15|2026-03-16|", DEFECT),
    "late, Amazon says on time": ("A|MUG|1|2026-03-15|2026-03-16|yes", CLEAN),
    "on time, Amazon says late": ("A|MUG|1|2026-03-15|2026-03-15|no", DEFECT),
    "not delivered": ("A|MUG|1|2026-03-15||", OUT),
    "not delivered, Amazon says late": ("A|MUG|1|2026-03-15||no", OUT),
    "delivered today": ("A|MUG|1|2026-03-15|2026-03-31|", DEFECT),
    "delivered tomorrow": ("A|MUG|1|2026-03-15|2026-04-01|", OUT),
    "no promise": ("A|MUG|1||2026-03-15|", OUT),
    "three units late": ("A|MUG|3|2026-03-15|2026-03-16|", (3, 0, 3)),
    "three units on time": ("A|MUG|3|2026-03-15|2026-03-15|", (0, 0, 3)),
    "no number told is one": ("A|MUG||2026-03-15|2026-03-16|", DEFECT),
    "none is one": ("A|MUG|0|2026-03-15|2026-03-16|", DEFECT),
    "two products of one order": ("A|MUG|1|2026-03-15|2026-03-15|;A|CUP|2|2026-03-15|2026-03-16|", (2, 0, 3)),
    "one product of two orders": ("A|MUG|1|2026-03-15|2026-03-15|;B|MUG|2|2026-03-15|2026-03-16|", (2, 0, 3)),
    "listed twice": ("A|MUG|2|2026-03-15|2026-03-16|;A|MUG|2|2026-03-15|2026-03-16|", (2, 0, 2)),
    "listed twice, the most units": ("A|MUG|2|2026-03-15|2026-03-16|;A|MUG|3|2026-03-16|2026-03-18|", (3, 0, 3)),
    "listed twice, the latest promise": ("A|MUG|1|2026-03-15|2026-03-16|;A|MUG|1|2026-03-16|2026-03-16|", CLEAN),
    "listed twice, the latest arrival": ("A|MUG|1|2026-03-15|2026-03-15|;A|MUG|1|2026-03-15|2026-03-16|", DEFECT),
    "listed twice, once not arrived": ("A|MUG|1|2026-03-15|2026-03-16|;A|MUG|1|2026-03-15||", DEFECT),
    "listed twice, Amazon's words differ": (
        "A|MUG|1|2026-03-15|2026-03-15|yes;A|MUG|1|2026-03-16|2026-03-15|no",
        DEFECT,
    ),
    "listed twice, one word of Amazon's": ("A|MUG|1|2026-03-15|2026-03-16|yes;A|MUG|1|2026-03-15|2026-03-17|", CLEAN),
}
QUANTITIES = {
    # (units told, the items of the order, units counted)
    "the number told goes first": ("2", "A|MUG|3", 2),
    "else the order's": ("", "A|MUG|3", 3),
    "none is not told": ("0", "A|MUG|3", 3),
    "lines of one product add up": ("", "A|MUG|3;A|MUG|1", 4),
    "another product's does not help": ("", "A|CUP|3", 1),
    "none there either": ("", "A|MUG|0", 1),
    "not told there either": ("0", "A|MUG|", 1),
}
CANCELLED = {
    # (the items of the order, units counted where no download lists it, where one lists its mugs)
    "one of two products": ("A|MUG|2|SHIPPED;A|CUP|5|CANCELLED", 2, 2),
    "one of two lines": ("A|MUG|2|SHIPPED;A|MUG|3|CANCELLED", 2, 2),
    "all of it, but Amazon lists it": ("A|MUG|2|CANCELLED", 0, 1),
    "none": ("A|MUG|2|SHIPPED;A|CUP|5|SHIPPED", 7, 2),
    "not told": ("A|MUG|2|", 2, 2),
}
UNLISTED = {
    # (promise and delivery of an order no download lists, its items, what it counts as)
    "on time": ("2026-03-15 23:59|2026-03-15 23:59:59", "A|MUG|1", CLEAN),
    "a day late": ("2026-03-15 00:00|2026-03-16 00:00", "A|MUG|1", DEFECT),
    "the first day of the window": ("2026-03-11 00:00|2026-03-12", "A|MUG|1", DEFECT),
    "the moment before": ("2026-03-10 23:59|2026-03-12", "A|MUG|1", OUT),
    "the last moment of the window": ("2026-03-24 23:59:59|2026-03-25", "A|MUG|1", DEFECT),
    "the moment after": ("2026-03-25 00:00|2026-03-26", "A|MUG|1", OUT),
    "nothing promised": ("|2026-03-16", "A|MUG|1", OUT),
    "not delivered": ("2026-03-15|", "A|MUG|1", OUT),
    "delivered in the last moment of today": ("2026-03-15|2026-03-31 23:59:59.999999", "A|MUG|1", DEFECT),
    "delivered tomorrow": ("2026-03-15|2026-04-01 00:00", "A|MUG|1", OUT),
    "no items told": ("2026-03-15|2026-03-16", "B|MUG|4", DEFECT),
    "two products": ("2026-03-15|2026-03-16", "A|MUG|2;A|CUP|1", (3, 0, 3)),
    "no quantity told": ("2026-03-15|2026-03-16", "A|MUG|", DEFECT),
}


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize("case", EDGES)
def test_edge(case, rules):
    rows, expected = EDGES[case]
    deliveries = f"{HEADER};{rows}"
    assert counted(NAME, rules, deliveries=deliveries) == expected
    late, _, units = expected
    assert sums(NAME, rules, deliveries=deliveries) == (units - late, units - late, units)


@pytest.mark.parametrize("case", QUANTITIES)
def test_how_many_units(case):
    told, items, expected = QUANTITIES[case]
    tables = {"deliveries": f"{HEADER};A|MUG|{told}|2026-03-15|2026-03-16|", "order_items": f"{ITEMS};{items}"}
    assert counted(NAME, "handbook", **tables) == (expected, 0, expected)


@pytest.mark.parametrize("case", CANCELLED)
def test_what_was_cancelled_is_no_unit(case):
    items, unlisted, listed = CANCELLED[case]
    tables = {"orders": f"{ORDER};A|MFN||2026-03-15|2026-03-16", "order_items": f"{ITEMS}|item_status;{items}"}
    assert counted(NAME, "handbook", **tables) == (unlisted, 0, unlisted)
    deliveries = f"{HEADER};A|MUG||2026-03-15|2026-03-16|"
    assert counted(NAME, "handbook", deliveries=deliveries, **tables) == (listed, 0, listed)


@pytest.mark.parametrize("case", UNLISTED)
def test_an_order_that_no_download_lists(case):
    order, items, expected = UNLISTED[case]
    assert counted(NAME, "handbook", orders=f"{ORDER};A|MFN||{order}", order_items=f"{ITEMS};{items}") == expected


def test_the_download_goes_before_the_order():
    tables = {"orders": f"{ORDER};A|MFN||2026-03-15|2026-03-16", "order_items": f"{ITEMS};A|MUG|1;A|CUP|5"}
    assert counted(NAME, "handbook", **tables) == (6, 0, 6)
    assert counted(NAME, "handbook", deliveries=f"{HEADER};A|MUG|1|2026-03-15|2026-03-15|", **tables) == CLEAN


@pytest.mark.parametrize("order", OF_ORDER)
def test_whose_order_it_is(order):
    deliveries = f"{HEADER};{order}|MUG|1|2026-03-15|2026-03-16|"
    assert counted(NAME, "handbook", deliveries=deliveries, orders=ORDERS) == OF_ORDER[order]


@pytest.mark.parametrize(("channel", "expected"), [("MFN", DEFECT), ("", DEFECT), ("AFN", OUT)])
def test_who_shipped_an_order_that_no_download_lists(channel, expected):
    assert counted(NAME, "handbook", orders=f"{ORDER};A|{channel}||2026-03-15|2026-03-16") == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 3, 21), OUT),
        (date(2026, 3, 22), DEFECT),  # seven days after the promise it comes in
        (date(2026, 4, 4), DEFECT),
        (date(2026, 4, 5), OUT),  # fourteen days later it goes
    ],
)
def test_it_comes_late_and_leaves_late(as_of, expected):
    assert counted(NAME, "handbook", as_of=as_of, deliveries=f"{HEADER};A|MUG|1|2026-03-15|2026-03-16|") == expected


def test_what_arrives_later_is_not_known_yet():
    deliveries = f"{HEADER};A|MUG|1|2026-03-15|2026-03-25|"
    assert counted(NAME, "handbook", as_of=date(2026, 3, 24), deliveries=deliveries) == OUT
    assert counted(NAME, "handbook", as_of=date(2026, 3, 25), deliveries=deliveries) == DEFECT


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("A|MUG|2|2026-03-15||", (2, 0, 2)),
        ("A|MUG|2|2026-03-15|2026-04-01|", (2, 0, 2)),
        ("A|MUG|2|2026-03-15|2026-03-15|", (0, 0, 2)),
        ("A|MUG|2|2026-03-25||", OUT),
    ],
)
def test_undelivered_units_can_be_called_late(row, expected):
    assert counted(NAME, "handbook", override=LATE, deliveries=f"{HEADER};{row}") == expected


def test_when_it_leaves_and_what_is_shown():
    deliveries = f"{HEADER}|delivery_carrier;A|MUG|3|2026-03-15|2026-03-16||UPS"
    found = defects(under(NAME, "handbook"), account(deliveries=deliveries), AS_OF)
    assert found.select("order_id", "sku", "units", "carrier", "promised_on", "arrived_on", "leaves_on").rows() == [
        ("A", "MUG", 3, "UPS", date(2026, 3, 15), date(2026, 3, 16), date(2026, 4, 5))
    ]


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize(
    ("late", "status", "headroom"),
    [(10, "GOOD", 0), (11, "BAD", -1), (9, "GOOD", 1), (0, "GOOD", 10), (100, "BAD", -90)],
)
def test_at_least_ninety_of_a_hundred(late, status, headroom, rules):
    """Two orders, one late, of many units each."""
    rows = f"A|MUG|{100 - late}|2026-03-15|2026-03-15|;B|MUG|{late}|2026-03-15|2026-03-16|".split(";")
    told = [row for row, units in zip(rows, (100 - late, late), strict=True) if units]
    now = headline(NAME, rules, deliveries=";".join([HEADER, *told]))
    assert (now["numerator"], now["denominator"], now["counted"], now["defects"]) == (100 - late, 100, 100, late)
    assert (now["status"], now["headroom"], now["target"], now["basis"]) == (status, headroom, 0.9, "EXACT")
    assert now["used"] == pytest.approx(late / 10)
    interval = binomtest(100 - late, 100).proportion_ci(method="wilson")
    assert (now["low"], now["high"]) == pytest.approx((interval.low, interval.high))


def test_the_splits_count_units():
    rows = "A|MUG|3|2026-03-15|2026-03-16||UPS;A|CUP|1|2026-03-15|2026-03-15||UPS;B|MUG|2|2026-03-15|2026-03-15||"
    metric, own = under(NAME, "handbook"), account(deliveries=f"{HEADER}|delivery_carrier;{rows}")
    found = {
        by: breakdown(metric, own, AS_OF, by).select(by, "numerator", "denominator", "counted", "defects").rows()
        for by in ("carrier", "sku")
    }
    assert found == {
        "carrier": [("UPS", 1, 4, 4, 3), ("No carrier known", 2, 2, 2, 0)],
        "sku": [("MUG", 2, 5, 5, 3), ("CUP", 1, 1, 1, 0)],
    }


def test_nothing_counted_has_no_verdict():
    now = headline(NAME, "handbook", deliveries=HEADER)
    assert (now["channel"], now["denominator"], now["value"], now["status"]) == ("MFN", 0, None, "NONE")


def test_one_of_the_two_inputs_is_enough():
    orders = f"{ORDER};A|MFN||2026-03-15|2026-03-16"
    assert headline(NAME, "handbook", without=("deliveries",), orders=orders)["basis"] == "EXACT"
    deliveries = f"{HEADER};{many('A#|MUG|1|2026-03-15|2026-03-16|', 2)}"
    without = ("orders.deliver_by_at", "orders.delivered_at")
    assert headline(NAME, "handbook", without=without, deliveries=deliveries)["basis"] == "EXACT"


@pytest.mark.parametrize("gone", ["orders.delivered_at", "orders.deliver_by_at"])
def test_it_takes_a_promise_and_a_delivery(gone):
    orders = f"{ORDER};A|MFN||2026-03-15|2026-03-16"
    now = headline(NAME, "handbook", without=("deliveries", gone), orders=orders)
    assert (now["basis"], now["numerator"], now["value"], now["status"]) == ("NOT_COMPUTABLE", None, None, "NONE")


def test_what_became_of_every_unit():
    rows = (
        "A|MUG|3|2026-03-15|2026-03-15|;B|MUG|2|2026-03-01|2026-03-15|;C|MUG|1|2026-03-30|2026-03-30|"
        ";D|MUG|4|2026-03-15||;AFN|MUG|5|2026-03-15|2026-03-15|;CA|MUG|6|2026-03-15|2026-03-15|"
    )
    own = account(deliveries=f"{HEADER};{rows}", orders=ORDERS)
    assert exclusions(under(NAME, "handbook"), own, AS_OF).rows() == [
        ("Counted", 3),
        ("Sold on another marketplace", 6),
        ("Before the window", 2),
        ("After the window", 1),
        ("Shipped by Amazon", 5),
        ("Not delivered yet", 4),
    ]


def test_a_unit_that_came_but_was_promised_for_no_day_has_no_date():
    own = account(deliveries=f"{HEADER};A|MUG|1||2026-03-15|")
    assert exclusions(under(NAME, "handbook"), own, AS_OF).rows() == [("No date to count it by", 1)]
