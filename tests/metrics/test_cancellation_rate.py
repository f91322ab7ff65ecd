import pytest

from tests.metrics.edges import CLEAN, DEFECT, OUT, UNSURE, counted

HEADER = "order_id | channel | status | purchased_at | cancelled_at | cancelled_by | confirmed_at"
EDGES = {
    "first day of the window": ("A|MFN|CANCELLED|2026-03-24 00:00|2026-03-24|SELLER|", DEFECT),
    "the moment before the window": ("A|MFN|CANCELLED|2026-03-23 23:59|2026-03-24|SELLER|", OUT),
    "last day of the window": ("A|MFN|CANCELLED|2026-03-30 23:59|2026-03-31|SELLER|", DEFECT),
    "the day looked at is not in it yet": ("A|MFN|CANCELLED|2026-03-31 00:00|2026-03-31|SELLER|", OUT),
    "by the buyer": ("A|MFN|CANCELLED|2026-03-25|2026-03-26|BUYER|", CLEAN),
    "by Amazon": ("A|MFN|CANCELLED|2026-03-25|2026-03-26|AMAZON|", DEFECT),
    "nobody says by whom": ("A|MFN|CANCELLED|2026-03-25|2026-03-26||", UNSURE),
    "after shipment": ("A|MFN|CANCELLED|2026-03-25|2026-03-27|SELLER|2026-03-26", CLEAN),
    "before a confirmation that came all the same": ("A|MFN|CANCELLED|2026-03-25|2026-03-26|SELLER|2026-03-27", DEFECT),
    "after the day looked at": ("A|MFN|CANCELLED|2026-03-25|2026-04-01|SELLER|", CLEAN),
    "no day of cancellation": ("A|MFN|CANCELLED|2026-03-25||SELLER|", DEFECT),
    "shipped by Amazon": ("A|AFN|CANCELLED|2026-03-25|2026-03-26|SELLER|", OUT),
    "payment pending": ("A|MFN|PENDING|2026-03-25|||", OUT),
    "no status": ("A|MFN||2026-03-25|||", CLEAN),
}
LIST = "order_id|metric|ordered_on|impacts_account_health"
SPAN = "metric|covers_from|covers_to;cancellation_rate|2026-03-24|2026-03-30"
UNTOLD = f"{HEADER};A|MFN|CANCELLED|2026-03-25|||"


@pytest.mark.parametrize("case", EDGES)
def test_edge(case):
    row, expected = EDGES[case]
    for rules in ("handbook", "amazon-2026"):
        assert counted("cancellation_rate", rules, orders=f"{HEADER};{row}") == expected


def test_nothing_counted_has_no_verdict():
    assert counted("cancellation_rate", "handbook", orders=HEADER) == OUT


@pytest.mark.parametrize(("impacts", "expected"), [("yes", DEFECT), ("no", CLEAN), ("", DEFECT)])
def test_amazons_list_says_who(impacts, expected):
    listed = f"{LIST};A|cancellation_rate|2026-03-25|{impacts}"
    assert counted("cancellation_rate", "handbook", orders=UNTOLD, amazon_defects=listed) == expected


def test_an_order_of_a_covered_day_that_is_not_listed_was_not_ours():
    assert counted("cancellation_rate", "handbook", orders=UNTOLD, coverage=SPAN) == CLEAN


def test_one_cancelled_item_counts_for_amazon_today_only():
    orders = f"{HEADER};A|MFN|SHIPPED|2026-03-25||SELLER|2026-03-26"
    items = "order_id|sku|item_status;A|MUG|CANCELLED;A|CUP|SHIPPED"
    assert counted("cancellation_rate", "handbook", orders=orders, order_items=items) == CLEAN
    assert counted("cancellation_rate", "amazon-2026", orders=orders, order_items=items) == DEFECT


def test_a_part_of_an_item_that_we_cancelled_counts_for_amazon_today_only():
    """No item is cancelled whole; who cancelled the part the order says."""
    orders = f"{HEADER};A|MFN|SHIPPED|2026-03-25||SELLER|2026-03-26"
    items = "order_id|sku|item_status;A|MUG|"
    assert counted("cancellation_rate", "handbook", orders=orders, order_items=items) == CLEAN
    assert counted("cancellation_rate", "amazon-2026", orders=orders, order_items=items) == DEFECT


ITEMS = {
    # who cancelled one of two items, by the order's word, and how the order stands: for Amazon
    "we did": ("SHIPPED", "SELLER", DEFECT),
    "the buyer asked": ("SHIPPED", "BUYER", CLEAN),
    "Amazon did": ("SHIPPED", "AMAZON", DEFECT),
    "nobody says": ("SHIPPED", "", UNSURE),
    "we did, the rest is to ship": ("UNSHIPPED", "SELLER", DEFECT),
    "the buyer asked, the rest is to ship": ("UNSHIPPED", "BUYER", CLEAN),
    "we did, a part is shipped": ("PARTIALLY_SHIPPED", "SELLER", DEFECT),
    "we did, not paid yet": ("PENDING", "SELLER", OUT),
}


@pytest.mark.parametrize("case", ITEMS)
def test_who_cancelled_one_item(case):
    """The handbook counts orders cancelled as a whole only."""
    status, who, expected = ITEMS[case]
    orders = f"order_id|channel|status|purchased_at|cancelled_by;A|MFN|{status}|2026-03-25|{who}"
    items = "order_id|sku|item_status;A|MUG|CANCELLED;A|CUP|SHIPPED"
    whole = OUT if expected == OUT else CLEAN
    assert counted("cancellation_rate", "handbook", orders=orders, order_items=items) == whole
    assert counted("cancellation_rate", "amazon-2026", orders=orders, order_items=items) == expected


@pytest.mark.parametrize(("who", "expected"), [("SELLER", DEFECT), ("BUYER", CLEAN), ("AMAZON", DEFECT), ("", UNSURE)])
def test_an_order_whose_every_item_is_cancelled(who, expected):
    orders = f"order_id|channel|status|purchased_at|cancelled_by;A|MFN|CANCELLED|2026-03-25|{who}"
    items = "order_id|sku|item_status;A|MUG|CANCELLED;A|CUP|CANCELLED"
    for rules in ("handbook", "amazon-2026"):
        assert counted("cancellation_rate", rules, orders=orders, order_items=items) == expected


def test_of_two_cancelled_items_it_is_one_order():
    orders = "order_id|channel|status|purchased_at|cancelled_by;A|MFN|SHIPPED|2026-03-25|SELLER"
    items = "order_id|sku|item_status;A|MUG|CANCELLED;A|CUP|CANCELLED;A|JUG|SHIPPED"
    assert counted("cancellation_rate", "amazon-2026", orders=orders, order_items=items) == DEFECT


def test_the_day_is_the_marketplaces():
    orders = f"{HEADER};A|MFN|CANCELLED|2026-03-24 00:30|2026-03-24|SELLER|"
    assert counted("cancellation_rate", "handbook", "JP", orders=orders) == DEFECT
