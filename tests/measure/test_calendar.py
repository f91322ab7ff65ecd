"""When each defect enters the window and leaves it: boundary days, and which rows are listed."""

from datetime import date, timedelta

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.defects import defects
from sellerhealth.measure.outlook.calendar import calendar
from sellerhealth.measure.tally import enters_on, window
from tests.metrics.edges import AS_OF, account, under

HANDBOOK, AMAZON = policy("handbook"), policy("amazon-2026")
WEEKLY = HANDBOOK["average_response_time"]
ENTERS = [
    # (metric, the day of the row, the first day looked at on which it counts)
    (HANDBOOK["order_defect_rate"], "2026-03-31", "2026-03-31"),
    (AMAZON["order_defect_rate"], "2026-03-17", "2026-04-01"),
    (HANDBOOK["cancellation_rate"], "2026-03-31", "2026-04-01"),
    (HANDBOOK["valid_tracking_rate"], "2026-03-31", "2026-04-10"),
    (HANDBOOK["on_time_delivery_rate"], "2026-03-31", "2026-04-07"),
    (WEEKLY, "2026-03-28", "2026-03-29"),  # Saturday
    (WEEKLY, "2026-03-29", "2026-03-29"),  # Sunday
    (WEEKLY, "2026-03-30", "2026-04-05"),  # Monday
    (WEEKLY, "2026-12-31", "2027-01-03"),
]


@pytest.mark.parametrize(("metric", "day", "first"), ENTERS)
def test_when_a_row_enters(metric: Metric, day: str, first: str):
    told = pl.DataFrame({"day": [date.fromisoformat(day)]}).select(enters_on(metric, pl.col("day"))).item()
    assert told == date.fromisoformat(first)


@pytest.mark.parametrize("rules", [HANDBOOK, AMAZON])
def test_every_day_of_two_years_enters_when_its_window_comes_to_it(rules):
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(0, 730, 5)]
    for metric in rules:
        first = pl.DataFrame({"day": days}).select(enters_on(metric, pl.col("day"))).to_series()
        for day, enters in zip(days, first, strict=True):
            (_, earlier), (_, last) = (
                window(metric, looked_at, metric.window_days) for looked_at in (enters - timedelta(days=1), enters)
            )
            assert earlier < day <= last


ORDERS = "order_id|channel|status|purchased_at;" + ";".join(
    f"{day}|MFN|SHIPPED|{day}" for day in ("2026-01-15", "2026-01-16", "2026-03-16", "2026-03-17", "2026-03-31")
)
STARS = "order_id|rated_on|rating;" + ";".join(
    f"{day}|2026-03-31|1" for day in ("2026-01-15", "2026-01-16", "2026-03-16", "2026-03-17", "2026-03-31")
)


def test_the_days_at_the_edges_of_the_window():
    """Amazon's window on 31 March is of 16 January to 16 March."""
    found = calendar(AMAZON["order_defect_rate"], account(orders=ORDERS, feedback=STARS), AS_OF)
    assert found.select("order_id", "enters_on", "leaves_on").rows() == [
        ("2026-03-31", date(2026, 4, 15), date(2026, 6, 14)),
        ("2026-03-17", date(2026, 4, 1), date(2026, 5, 31)),
        ("2026-03-16", date(2026, 3, 31), date(2026, 5, 30)),
        ("2026-01-16", date(2026, 1, 31), date(2026, 4, 1)),
    ]


def test_those_in_the_window_are_the_defects():
    metric = AMAZON["order_defect_rate"]
    example = metric.definition.example
    found = calendar(metric, example.account(), example.as_of)
    inside = found.filter(pl.col("enters_on") <= example.as_of).drop("enters_on")
    assert found.height == inside.height + 1
    assert inside.equals(defects(metric, example.account(), example.as_of))


def test_an_order_that_is_to_be_shipped_on_a_coming_day_enters_then():
    """Listed as late by Amazon, though it is not due before 2 April."""
    orders = "order_id|channel|status|purchased_at|ship_by_at;A|MFN|UNSHIPPED|2026-03-30|2026-04-02 12:00"
    listed = "order_id|metric;A|late_dispatch_rate"
    found = calendar(AMAZON["late_dispatch_rate"], account(orders=orders, amazon_defects=listed), AS_OF)
    assert found.select("enters_on", "leaves_on").rows() == [(date(2026, 4, 2), date(2026, 5, 2))]


def test_units_stay_one_row():
    metric = under("on_time_delivery_rate", "handbook")
    rows = "order_id|sku|units|delivery_promised_on|delivery_arrived_on;A|X|3|2026-03-25|2026-03-28"
    found = calendar(metric, account(deliveries=rows), AS_OF)
    assert found.select("units", "enters_on", "leaves_on").rows() == [(3, date(2026, 4, 1), date(2026, 4, 15))]


@pytest.mark.parametrize("gone", [("tracking",), ()])
def test_nothing_found_is_an_empty_frame_with_its_columns(gone: tuple[str, ...]):
    found = calendar(HANDBOOK["valid_tracking_rate"], account(without=gone), AS_OF)
    assert found.is_empty()
    assert found.columns[-2:] == ["leaves_on", "enters_on"]
