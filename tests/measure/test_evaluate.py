"""Windows, trends and splits: which rows they hold, and how they stand."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from sellerhealth import facts, policy
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.defects import defects, exclusions
from sellerhealth.measure.evaluate import RESULT, breakdown, evaluate, leading_split, trend
from sellerhealth.measure.tally import leaves_on, tally, window
from tests.metrics.edges import AS_OF, account, under

HANDBOOK, AMAZON = policy("handbook"), policy("amazon-2026")
WEEKLY = HANDBOOK["average_response_time"]
WINDOWS = [
    # (metric, the day looked at, days, first day, last day)
    (HANDBOOK["late_dispatch_rate"], "2026-03-31", 30, "2026-03-02", "2026-03-31"),
    (HANDBOOK["cancellation_rate"], "2026-03-31", 7, "2026-03-24", "2026-03-30"),
    (AMAZON["order_defect_rate"], "2026-03-31", 60, "2026-01-16", "2026-03-16"),
    (HANDBOOK["valid_tracking_rate"], "2026-03-31", 30, "2026-02-20", "2026-03-21"),
    (HANDBOOK["on_time_delivery_rate"], "2026-03-31", 14, "2026-03-11", "2026-03-24"),
    (HANDBOOK["seller_rating"], "2024-02-29", 365, "2023-03-02", "2024-02-29"),
    (HANDBOOK["feedback_rating"], "2026-03-31", 3660, "2016-03-24", "2026-03-31"),
    (WEEKLY, "2026-03-28", 56, "2026-01-26", "2026-03-22"),  # Saturday
    (WEEKLY, "2026-03-29", 56, "2026-02-02", "2026-03-29"),  # Sunday
    (WEEKLY, "2026-03-30", 56, "2026-02-02", "2026-03-29"),  # Monday
    (WEEKLY, "2026-04-04", 56, "2026-02-02", "2026-03-29"),
    (WEEKLY, "2026-04-05", 56, "2026-02-09", "2026-04-05"),
    (WEEKLY, "2026-12-31", 56, "2026-11-02", "2026-12-27"),
    (WEEKLY, "2027-01-02", 56, "2026-11-02", "2026-12-27"),
    (WEEKLY, "2027-01-03", 56, "2026-11-09", "2027-01-03"),  # the Sunday of 2026-W53
    (WEEKLY, "2027-01-04", 56, "2026-11-09", "2027-01-03"),
    (WEEKLY, "2027-01-10", 56, "2026-11-16", "2027-01-10"),
    (AMAZON["customer_service_rating"], "2026-03-31", 28, "2026-03-02", "2026-03-29"),
]
LEAVES = [
    # (metric, the day of the row, the first day looked at on which it is gone)
    (HANDBOOK["late_dispatch_rate"], "2026-03-02", "2026-04-01"),
    (HANDBOOK["cancellation_rate"], "2026-03-24", "2026-04-01"),
    (HANDBOOK["valid_tracking_rate"], "2026-02-20", "2026-04-01"),
    (HANDBOOK["on_time_delivery_rate"], "2026-03-11", "2026-04-01"),
    (WEEKLY, "2026-02-01", "2026-03-29"),  # Sunday
    (WEEKLY, "2026-02-02", "2026-04-05"),  # Monday
    (WEEKLY, "2026-02-07", "2026-04-05"),
    (WEEKLY, "2026-02-08", "2026-04-05"),
    (WEEKLY, "2026-02-09", "2026-04-12"),
    (WEEKLY, "2026-11-08", "2027-01-03"),
    (WEEKLY, "2026-11-09", "2027-01-10"),
    (HANDBOOK["seller_rating"], "2025-04-01", "2026-04-01"),
]
MESSAGES = "thread_id|sender|sent_at;" + ";".join(
    f"{day}|BUYER|{day} 10:00;{day}|SELLER|{day} 11:00"
    for day in ("2026-02-02", "2026-03-01", "2026-03-22", "2026-03-29")
)
SHIPPED = "order_id|channel|status|purchased_at;"


@pytest.mark.parametrize(("metric", "as_of", "days", "first", "last"), WINDOWS)
def test_window(metric: Metric, as_of: str, days: int, first: str, last: str):
    assert window(metric, date.fromisoformat(as_of), days) == (date.fromisoformat(first), date.fromisoformat(last))
    now = evaluate(metric, account(), date.fromisoformat(as_of)).filter(window_days=days).row(0, named=True)
    assert (str(now["window_start"]), str(now["window_end"])) == (first, last)


@pytest.mark.parametrize(("metric", "day", "gone"), LEAVES)
def test_when_a_row_leaves(metric: Metric, day: str, gone: str):
    told = pl.DataFrame({"day": [date.fromisoformat(day)]}).select(leaves_on(metric, pl.col("day"))).item()
    assert told == date.fromisoformat(gone)


@pytest.mark.parametrize("rules", [HANDBOOK, AMAZON])
def test_every_day_of_two_years_leaves_when_its_window_has_passed(rules):
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(0, 730, 5)]
    for metric in rules:
        gone = pl.DataFrame({"day": days}).select(leaves_on(metric, pl.col("day"))).to_series()
        for day, leaves in zip(days, gone, strict=True):
            (first, last), (later, _) = (
                window(metric, looked_at, metric.window_days) for looked_at in (leaves - timedelta(days=1), leaves)
            )
            assert first <= day <= last
            assert later > day


def test_the_trend_of_a_weekly_metric_has_every_sunday():
    rows = trend(WEEKLY, account(messages=MESSAGES), AS_OF, days=28)
    assert rows.select("window_start", "window_end", "counted").rows() == [
        (date(2026, 1, 12), date(2026, 3, 8), 2),
        (date(2026, 1, 19), date(2026, 3, 15), 2),
        (date(2026, 1, 26), date(2026, 3, 22), 3),
        (date(2026, 2, 2), date(2026, 3, 29), 4),
    ]


def test_the_trend_of_a_weekly_metric_over_new_year():
    rows = trend(WEEKLY, account(messages=MESSAGES), date(2027, 1, 7), days=15)
    assert rows["window_end"].to_list() == [date(2026, 12, 20), date(2026, 12, 27), date(2027, 1, 3)]


def test_the_trend_has_every_day_also_the_empty_ones():
    rows = trend(HANDBOOK["contact_response_time"], account(messages=MESSAGES), AS_OF, days=10, window_days=1)
    assert rows["window_end"].to_list() == [AS_OF - timedelta(days=ago) for ago in reversed(range(10))]
    assert rows["counted"].to_list() == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert rows["status"].to_list() == ["GOOD", *["NONE"] * 6, "GOOD", "NONE", "NONE"]


def test_the_trend_of_a_metric_with_a_lag_ends_that_many_days_ago():
    rows = trend(HANDBOOK["on_time_delivery_rate"], account(), AS_OF, days=3)
    assert rows["window_end"].to_list() == [date(2026, 3, 22), date(2026, 3, 23), date(2026, 3, 24)]
    assert rows["window_start"].to_list() == [date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)]


def test_the_trend_weighs_by_the_age_at_each_of_its_days():
    """An order of 1 January is 90 days old on 1 April, and weighs less from the day after."""
    orders = SHIPPED + "A|AFN|SHIPPED|2026-01-01;B|AFN|SHIPPED|2026-04-02"
    rows = trend(HANDBOOK["seller_rating"], account(orders=orders), date(2026, 4, 3), days=4)
    assert rows.select("denominator", "numerator", "at_best", "counted").rows() == [
        (4, 400, 440, 1),
        (4, 400, 440, 1),
        (7, 700, 770, 2),
        (7, 700, 770, 2),
    ]


@pytest.mark.parametrize("length", [30, 91, 100, 200, 300])
def test_the_trend_of_a_weighted_metric_over_a_shorter_window(length: int):
    ages = (0, 29, 30, 90, 91, 99, 100, 181, 182, 199, 200, 272, 273, 299, 300)
    orders = SHIPPED + ";".join(f"{age}|AFN|SHIPPED|{AS_OF - timedelta(days=age)}" for age in ages)
    last = trend(HANDBOOK["seller_rating"], account(orders=orders), AS_OF, days=2, window_days=length).row(
        -1, named=True
    )
    inside = [age for age in ages if age < length]
    assert last["counted"] == len(inside)
    assert last["denominator"] == sum(4 - (age > 90) - (age > 181) - (age > 272) for age in inside)


def test_weights_need_not_fall_by_one():
    metric = HANDBOOK["seller_rating"]
    metric = replace(metric, terms=replace(metric.terms, windows=(30,), weights=((10, 7), (20, 2))))
    ages = (0, 9, 10, 19, 20, 29)
    orders = SHIPPED + ";".join(f"{age}|AFN|SHIPPED|{AS_OF - timedelta(days=age)}" for age in ages)
    now = evaluate(metric, account(orders=orders), AS_OF)
    assert now.select("counted", "denominator", "numerator").rows() == [(6, 7 + 7 + 2 + 2, 1800)]
    past = trend(metric, account(orders=orders), AS_OF, days=2)
    # A day before, the orders were 8, 9, 18, 19 and 28 days old; the youngest had not been bought.
    assert past.select("counted", "denominator").rows() == [(5, 7 + 7 + 2 + 2), (6, 7 + 7 + 2 + 2)]


def test_a_split_is_of_the_headline_and_stands_by_the_most_defects():
    rows = "1|BUYER|2026-03-10 10:00;2|BUYER|2026-03-11 10:00;3|BUYER|2026-03-11 11:00;4|BUYER|2026-02-03 11:00"
    split = breakdown(
        HANDBOOK["contact_response_time"],
        account(messages=f"thread_id|sender|sent_at;{rows}"),
        AS_OF,
        ("weekday", "hour"),
    )
    assert split.columns == [*RESULT[:8], "weekday", "hour", *RESULT[8:], "defect_share"]
    assert split.select("weekday", "hour", "defects", pl.col("defect_share").round(3)).rows() == [
        ("Tuesday", "10", 1, 0.333),
        ("Wednesday", "10", 1, 0.333),
        ("Wednesday", "11", 1, 0.333),
    ]


def test_an_account_that_only_writes_has_a_row_of_every_metric():
    own = account(messages=MESSAGES)
    for metric in HANDBOOK:
        now = evaluate(metric, own, AS_OF)
        assert now.columns == RESULT
        assert now["channel"][0] == metric.definition.channels[0]
        assert now["window_days"].to_list() == list(metric.terms.windows)
        assert now["account"].unique().to_list() == ["example"]


def test_orders_of_both_channels_are_one_row_of_a_metric_of_all():
    orders = SHIPPED + "A|AFN|SHIPPED|2026-03-30;B|MFN|SHIPPED|2026-03-30;C||SHIPPED|2026-03-30"
    now = evaluate(HANDBOOK["perfect_order_percentage"], account(orders=orders), AS_OF)
    assert now.select("channel", "counted").rows() == [("ALL", 3)] * 3
    by_channel = breakdown(HANDBOOK["perfect_order_percentage"], account(orders=orders), AS_OF, "shipped_by")
    assert by_channel.select("channel", "shipped_by", "counted").rows() == [("ALL", "MFN", 2), ("ALL", "AFN", 1)]


def test_several_accounts_in_one_are_told_apart():
    own = account(messages=MESSAGES)
    other = own.tables["messages"].filter(pl.col("thread_id") == "2026-03-29").with_columns(account=pl.lit("other"))
    both = replace(own, tables={**own.tables, "messages": pl.concat([own.tables["messages"], other])})
    now = evaluate(HANDBOOK["contact_response_time"], both, AS_OF).filter(window_days=30)
    assert now.select("account", "counted").rows() == [("example", 2), ("other", 1)]


def test_the_sums_of_a_day_are_whole_numbers_before_any_weight():
    orders = SHIPPED + "A|AFN|SHIPPED|2025-04-01;B|AFN|SHIPPED|2025-04-01"
    counted = tally(HANDBOOK["seller_rating"], account(orders=orders), AS_OF)
    assert counted.select(
        "event_on", "numerator", "at_best", "denominator", "counted", "defects", "unknown"
    ).rows() == [(date(2025, 4, 1), 200, 220, 2, 2, 0, 0)]


@pytest.mark.parametrize(
    ("name", "gone", "expected"),
    [
        ("valid_tracking_rate", (), ("category", "carrier")),
        ("valid_tracking_rate", ("orders", "packages", "tracking.tracking_carrier", "deliveries"), ("category",)),
        ("valid_tracking_rate", ("tracking.product_category",), ("carrier",)),
        ("on_time_delivery_rate", (), ("carrier",)),
        ("on_time_delivery_rate", ("orders", "packages", "tracking"), ("carrier",)),
        ("on_time_delivery_rate", ("orders", "packages", "tracking", "deliveries.delivery_carrier"), ("weekday",)),
        ("first_contact_resolution_rate", (), ("topic",)),
        ("first_contact_resolution_rate", ("messages.topic",), ("weekday",)),
        ("contact_response_time", (), ("weekday",)),
        ("perfect_order_percentage", (), ("flaw",)),
        ("feedback_rating", (), ("stars",)),
    ],
)
def test_the_split_that_tells_most_is_one_that_some_file_fills(name: str, gone: tuple[str, ...], expected: tuple[str]):
    assert leading_split(HANDBOOK[name], account(without=gone)) == expected


@pytest.mark.parametrize("name", ["average_response_time", "first_contact_resolution_rate", "customer_service_rating"])
@pytest.mark.parametrize("days", [[30], [56, 30], [1], [6], [55]])
def test_a_weekly_window_is_of_whole_weeks(name: str, days: list[int]):
    with pytest.raises(InputError, match=r"whole weeks, such as \[56\]"):
        under(name, "handbook", windows=days)
    whole = [days * 7 for days in days]
    assert under(name, "handbook", windows=whole).terms.windows == tuple(whole)


def test_a_window_of_days_need_not_be_of_whole_weeks():
    assert under("late_dispatch_rate", "handbook", windows=[31, 6]).terms.windows == (31, 6)


ORDERS = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at;A|MFN|SHIPPED|2026-03-20|2026-03-22|2026-03-23"


@pytest.mark.parametrize("fact", ["orders", "contacts", "packages"])
def test_facts_are_joined_once_for_all_that_is_asked(monkeypatch: pytest.MonkeyPatch, fact: str):
    asked, whole = [], facts.FACTS[fact]
    monkeypatch.setitem(facts.FACTS, fact, lambda *given: (asked.append(given), whole(*given))[1])
    seller = account(orders=ORDERS)
    for metric in (metric for rules in (HANDBOOK, AMAZON) for metric in rules if metric.definition.fact == fact):
        evaluate(metric, seller, AS_OF)
        trend(metric, seller, AS_OF)
        breakdown(metric, seller, AS_OF, leading_split(metric, seller))
        defects(metric, seller, AS_OF)
        exclusions(metric, seller, AS_OF)
    assert asked == [(seller, AS_OF)]


def test_who_changes_a_result_in_place_changes_that_of_nobody_else():
    metric, seller = HANDBOOK["late_dispatch_rate"], account(orders=ORDERS)
    first = evaluate(metric, seller, AS_OF)
    kept = first.rows()
    first[0, "numerator"] = 77
    first.insert_column(0, pl.Series("mine", [0] * first.height))
    assert evaluate(metric, seller, AS_OF).rows() == kept
    assert evaluate(metric, seller, AS_OF).columns == RESULT
