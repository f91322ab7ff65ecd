import pytest

from tests.metrics.edges import CLEAN, DEFECT, OUT, UNSURE, counted

HEADER = "order_id | channel | status | purchased_at | ship_by_at | confirmed_at | updated_at"
EDGES = {
    "first day of the window": ("A|MFN|SHIPPED|2026-02-20|2026-03-02 23:59|2026-03-02|", CLEAN, CLEAN),
    "the day before the window": ("A|MFN|SHIPPED|2026-02-20|2026-03-01 23:59|2026-03-20|", OUT, OUT),
    "last day of the window": ("A|MFN|SHIPPED|2026-03-20|2026-03-31 23:59|2026-03-30|", CLEAN, CLEAN),
    "the day after the window": ("A|MFN|SHIPPED|2026-03-20|2026-04-01 23:59|2026-03-30|", OUT, OUT),
    "on the last moment": ("A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59|2026-03-10 23:59|", CLEAN, CLEAN),
    "a minute late": ("A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59|2026-03-11 00:00|", CLEAN, DEFECT),
    "two days late": ("A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59|2026-03-12 23:59|", CLEAN, DEFECT),
    "three days late": ("A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59|2026-03-13 00:00|", DEFECT, DEFECT),
    "over the change of clocks": ("A|MFN|SHIPPED|2026-03-01|2026-03-07 23:59|2026-03-10 00:30|", DEFECT, DEFECT),
    "confirmed only after the day looked at": ("A|MFN|SHIPPED|2026-03-01|2026-03-28 23:59|2026-04-01|", DEFECT, DEFECT),
    "open, due today": ("A|MFN|UNSHIPPED|2026-03-20|2026-03-31 23:59||", CLEAN, CLEAN),
    "open, a day over": ("A|MFN|UNSHIPPED|2026-03-20|2026-03-30 23:59||", CLEAN, DEFECT),
    "open, three days over": ("A|MFN|UNSHIPPED|2026-03-20|2026-03-28 23:59||", DEFECT, DEFECT),
    "shipped, no time told, changed in time": ("A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59||2026-03-09", CLEAN, CLEAN),
    "shipped, no time told, changed late": ("A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59||2026-03-20", UNSURE, UNSURE),
    "no ship-by date": ("A|MFN|SHIPPED|2026-03-01||2026-03-10|", OUT, OUT),
    "cancelled before shipment": ("A|MFN|CANCELLED|2026-03-01|2026-03-10 23:59||", OUT, OUT),
    "cancelled after shipment": ("A|MFN|CANCELLED|2026-03-01|2026-03-10 23:59|2026-03-20|", DEFECT, DEFECT),
    "part of it shipped": ("A|MFN|PARTIALLY_SHIPPED|2026-03-01|2026-03-10 23:59|2026-03-10|", DEFECT, DEFECT),
    "shipped by Amazon": ("A|AFN|SHIPPED|2026-03-01|2026-03-10 23:59|2026-03-20|", OUT, OUT),
    "no channel told": ("A||SHIPPED|2026-03-01|2026-03-10 23:59|2026-03-20|", DEFECT, DEFECT),
    "payment pending": ("A|MFN|PENDING|2026-03-01|2026-03-10 23:59||", OUT, OUT),
    "bought after the day looked at": ("A|MFN|UNSHIPPED|2026-04-02|2026-03-25 23:59||", OUT, OUT),
}


@pytest.mark.parametrize("case", EDGES)
def test_edge(case):
    row, handbook, amazon = EDGES[case]
    assert counted("late_dispatch_rate", "handbook", orders=f"{HEADER};{row}") == handbook
    assert counted("late_dispatch_rate", "amazon-2026", orders=f"{HEADER};{row}") == amazon


def test_nothing_counted_has_no_verdict():
    assert counted("late_dispatch_rate", "handbook", orders=HEADER) == OUT


def test_an_order_in_two_packages_is_one_order_and_confirmed_with_the_last():
    orders = "order_id|channel|status|purchased_at|ship_by_at;A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59"
    packages = "order_id|package_confirmed_at;A|2026-03-10;A|2026-03-13"
    assert counted("late_dispatch_rate", "handbook", orders=orders, packages=packages) == DEFECT


def test_the_day_is_the_marketplaces():
    row = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at;A|MFN|SHIPPED|2026-02-20|2026-03-02 00:30|2026-03-01"
    assert counted("late_dispatch_rate", "handbook", "JP", orders=row) == CLEAN


def test_amazons_list_decides_under_amazons_rules_only():
    orders = f"{HEADER};A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59|2026-03-11|"
    listed = "order_id|metric|impacts_account_health;A|late_dispatch_rate|no"
    assert counted("late_dispatch_rate", "amazon-2026", orders=orders, amazon_defects=listed) == CLEAN
    late = f"{HEADER};A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59|2026-03-20|"
    assert counted("late_dispatch_rate", "handbook", orders=late, amazon_defects=listed) == DEFECT
