"""Windows that begin before the files, or end after them."""

from datetime import date

import pytest

from sellerhealth import METRICS, policy
from sellerhealth.measure.coverage import coverage
from tests.metrics.edges import AS_OF, account

ORDERS = "order_id|channel|status|purchased_at|ship_by_at;"
RATE = policy("handbook")["order_defect_rate"]  # 60 days, from 31 January to 31 March
DAYS = {
    # the days of the orders; the first, the last, days missing before and after
    "the whole window": (("2026-01-31", "2026-03-31"), ("2026-01-31", "2026-03-31", 0, 0)),
    "more than the window": (("2025-12-01", "2026-03-31"), ("2025-12-01", "2026-03-31", 0, 0)),
    "a day short before": (("2026-02-01", "2026-03-31"), ("2026-02-01", "2026-03-31", 1, 0)),
    "a day short after": (("2026-01-31", "2026-03-30"), ("2026-01-31", "2026-03-30", 0, 1)),
    "a gap inside": (("2026-01-31", "2026-03-31", "2026-02-02"), ("2026-01-31", "2026-03-31", 0, 0)),
    "one day": (("2026-03-10",), ("2026-03-10", "2026-03-10", 38, 21)),
    "all of it before the window": (("2025-12-01",), ("2025-12-01", "2025-12-01", 0, 60)),
    "bought after the day looked at": (("2026-04-01",), (None, None, None, None)),
    "nothing": ((), (None, None, None, None)),
}


@pytest.mark.parametrize("case", DAYS)
def test_days(case):
    days, expected = DAYS[case]
    orders = ORDERS + ";".join(f"{day}|MFN|SHIPPED|{day}|" for day in days)
    rows = coverage(RATE, account(orders=orders.rstrip(";")), AS_OF)
    first, last, before, after = rows.select("told_from", "told_until", "days_before", "days_after").row(0)
    assert (first and str(first), last and str(last), before, after) == expected


def test_each_window_has_its_own_and_the_channels_share_what_is_told():
    late = policy("handbook")["late_dispatch_rate"]
    orders = ORDERS + "A|MFN|SHIPPED|2026-03-01|2026-03-12 23:59;B|MFN|UNSHIPPED|2026-03-29|2026-04-02 23:59"
    rows = coverage(late, account(orders=orders), AS_OF)
    assert rows.select("window_days", "days_before", "days_after").rows() == [(30, 10, 0), (10, 0, 0)]
    both = ORDERS + "A|MFN|SHIPPED|2026-01-31|;B|AFN|SHIPPED|2026-03-31|"
    rows = coverage(RATE, account(orders=both), AS_OF)
    assert rows.select("channel", "told_from", "told_until").rows() == [
        (channel, date(2026, 1, 31), AS_OF) for channel in ("MFN", "AFN")
    ]


@pytest.mark.parametrize("name", METRICS)
def test_nothing_is_told_of_an_account_without_files(name):
    rows = coverage(policy("handbook")[name], account(), AS_OF)
    assert rows.select("told_from", "told_until", "days_before", "days_after").unique().rows() == [(None,) * 4]
