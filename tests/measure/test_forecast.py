"""What is still to come, beside a count by hand over single orders; and all that cannot be said."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sellerhealth import METRICS, policy
from sellerhealth.demo.history import orders
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.outlook.developed import developed
from sellerhealth.measure.outlook.forecast import _forecast, forecast
from sellerhealth.measure.outlook.glide import glide
from sellerhealth.measure.outlook.pace import LEAST_DEFECTS, Gap, paces
from tests.oracle.group import group
from tests.show.figures import lacking, without_target
from tests.truth import world
from tests.truth.complaints import complaints

HANDBOOK, AMAZON = policy("handbook"), policy("amazon-2026")
ODR = "order_defect_rate"
KEY = ("world-1", "US", "MFN")


@pytest.mark.parametrize("terms", [HANDBOOK, AMAZON], ids=lambda one: one.name)
def test_each_day_is_the_sum_over_its_orders(terms):
    """Order by order, rate by rate: what an order of its age, clean until now, may still become until that day."""
    _, book, known, account, as_of = _seller()
    metric, day_of = terms[ODR], _utc_day if terms is AMAZON else _own_day
    found, pace = forecast(metric, account, as_of), paces(metric, account, as_of)[KEY]
    for ahead in (1, 9, 17, 28):
        row = found.row(by_predicate=pl.col("on") == as_of + timedelta(days=ahead), named=True)
        rates = pace.belief.rates(np.array([ahead / 7]))[0]
        inside = [one for one in book if row["window_start"] <= day_of(one) <= row["window_end"]]
        seen = [one for one in inside if one.purchased_on <= as_of]
        defects = sum(known.get(one.order_id, date.max) <= as_of for one in seen)
        expected = float(defects)
        for one in seen:
            if known.get(one.order_id, date.max) > as_of:
                now, then = (_share(pace, (day - day_of(one)).days) for day in (as_of, row["on"]))
                expected += float((rates * (then - now) / (1 - rates * now)) @ pace.belief.weights)
        for day, many in _to_come(book, as_of, row["window_end"], day_of).items():
            share = _share(pace, (row["on"] - day).days)
            expected += many * float(rates @ pace.belief.weights) * share if day >= row["window_start"] else 0
        assert row["defects"] == defects
        assert row["expected"] == pytest.approx(expected)
        assert row["value"] == pytest.approx(expected / row["denominator"])


@pytest.mark.parametrize("terms", [HANDBOOK, AMAZON], ids=lambda one: one.name)
@pytest.mark.parametrize("name", [ODR, "late_dispatch_rate", "cancellation_rate", "perfect_order_percentage"])
def test_the_denominators_are_those_of_the_path_with_sales_as_before(terms, name):
    *_, account, as_of = _seller()
    path = glide(terms[name], account, as_of, days=28, sales="same").filter(pl.col("on") > as_of)
    found = forecast(terms[name], account, as_of)
    assert found.height == 28 or developed(terms[name], account, as_of)["gap"][0] != Gap.NONE
    both = found.join(path.select("on", pl.col("denominator").alias("path")), on="on")
    assert both["denominator"].to_list() == both["path"].to_list()


@pytest.mark.parametrize("name", [ODR, "late_dispatch_rate", "perfect_order_percentage"])
def test_what_is_told_is_in_order(name):
    *_, account, as_of = _seller()
    found = forecast(HANDBOOK[name], account, as_of)
    assert found.height == 28
    for row in found.iter_rows(named=True):
        assert row["defects"] <= row["fewest"] <= row["most"] <= row["denominator"]
        assert row["low"] <= row["low_half"] <= row["high_half"] <= row["high"]
        assert row["low"] <= row["value"] <= row["high"]
        assert 0 <= row["miss_chance"] <= 1
        assert row["window_end"] - row["window_start"] == timedelta(days=row["window_days"] - 1)


def test_a_share_of_clean_orders_falls_by_what_is_to_come():
    *_, account, as_of = _seller()
    metric = HANDBOOK["perfect_order_percentage"]
    row = developed(metric, account, as_of).row(0, named=True)
    assert row["developed"] == pytest.approx(1 - (row["defects"] + row["still_expected"]) / row["denominator"])
    assert row["low"] <= row["developed"] <= row["high"] <= row["value"]
    last = forecast(metric, account, as_of).row(-1, named=True)
    assert last["value"] == pytest.approx(1 - last["expected"] / last["denominator"])
    assert last["low"] == pytest.approx(1 - last["most"] / last["denominator"], abs=1.01 / last["denominator"])


def test_amazons_orders_of_the_next_days_are_all_placed():
    *_, account, as_of = _seller()
    found = forecast(AMAZON[ODR], account, as_of)
    placed = found.filter(pl.col("to_come") == 0)
    assert placed["on"].to_list() == [as_of + timedelta(days=ahead) for ahead in range(1, 16)]


def test_the_chance_of_a_miss_is_that_of_more_defects_than_the_target_bears():
    """Of 1,000 orders the target bears 9: with 9 known, all that is to come breaks it; with 10, it is broken."""
    *_, account, as_of = _seller()
    for row in forecast(HANDBOOK[ODR], account, as_of).iter_rows(named=True):
        borne = -(-row["denominator"] // 100) - 1
        if row["defects"] > borne:
            assert row["miss_chance"] == 1
        elif row["most"] <= borne - 3:
            assert row["miss_chance"] < 0.5
        elif row["fewest"] > borne:
            assert row["miss_chance"] > 0.5


def test_seen_through_it_is_what_a_look_ahead_would_find_on_average():
    *_, account, as_of = _seller()
    row = developed(HANDBOOK[ODR], account, as_of).row(0, named=True)
    now = evaluate(HANDBOOK[ODR], account, as_of).row(0, named=True)
    assert (row["defects"], row["denominator"], row["value"]) == (now["defects"], now["denominator"], now["value"])
    assert row["developed"] == pytest.approx((row["defects"] + row["still_expected"]) / row["denominator"])
    assert row["matured"] == pytest.approx(row["defects"] / (row["defects"] + row["still_expected"]))
    assert row["fewest"] <= row["still_expected"] <= row["most"]
    assert 8 <= row["median_days"] <= 18
    assert row["gap"] == Gap.NONE


def test_it_is_the_same_every_time():
    *_, account, as_of = _seller()
    first = forecast(HANDBOOK[ODR], account, as_of)
    _forecast.cache_clear()
    paces.cache_clear()
    assert forecast(HANDBOOK[ODR], account, as_of).equals(first)


def test_a_weekly_figure_has_a_row_for_every_sunday():
    *_, account, as_of = _seller()
    metric = replace(HANDBOOK[ODR], terms=replace(HANDBOOK[ODR].terms, windows=(56,), is_weekly=True))
    found = forecast(metric, account, as_of)
    assert found.height == 4
    assert all(day.isoweekday() == 7 for day in found["window_end"])


def test_without_a_target_there_is_no_miss():
    *_, account, as_of = _seller()
    found = forecast(without_target(HANDBOOK[ODR]), account, as_of)
    assert found["miss_chance"].null_count() == found.height == 28
    assert found["target"].null_count() == 28


@pytest.mark.parametrize("days", [0, 1, 5])
def test_so_many_days(days):
    *_, account, as_of = _seller()
    assert forecast(HANDBOOK[ODR], account, as_of, days).height == days


@pytest.mark.parametrize(
    ("name", "gap"),
    [
        ("seller_rating", Gap.NO_SHARE),
        ("average_response_time", Gap.NO_SHARE),
        ("customer_service_rating", Gap.NO_SHARE),
    ],
)
def test_of_a_mean_nothing_is_said(name, gap):
    *_, account, as_of = _seller()
    _is_silent(HANDBOOK[name], account, as_of, gap)


@pytest.mark.parametrize("name", METRICS)
def test_of_the_example_too_little_is_known(name):
    """A dozen rows: whatever the reason, there is a row that names it, and no number."""
    example = METRICS[name].example
    found = developed(HANDBOOK[name], example.account(), example.as_of)
    assert found.height
    assert Gap.NONE not in found["gap"]
    assert found["still_expected"].null_count() == found.height
    assert forecast(HANDBOOK[name], example.account(), example.as_of).is_empty()


def test_where_every_order_is_defective_so_are_the_next():
    shop = world.shop(4, 3, 120, cancelling_buyers=0)
    book = list(orders(shop).values())
    account = world.account(shop, book, *complaints(book, "4", lambda _: 1.0))
    found = forecast(HANDBOOK[ODR], account, shop.last_day)
    assert found["miss_chance"].to_list() == pytest.approx([1.0] * 28)
    assert found["expected"].is_finite().all()
    assert (found["expected"] <= found["denominator"]).all()
    assert developed(HANDBOOK[ODR], account, shop.last_day)["developed"].item() > 0.9


@pytest.mark.parametrize("terms", [HANDBOOK, AMAZON], ids=lambda one: one.name)
@pytest.mark.parametrize("name", METRICS)
def test_every_account_of_a_folder_has_its_own(terms, name):
    """Nasty ones, many in one: each is told of as it would be alone, or why it cannot be."""
    many, metric = _nasty(), terms[name]
    found = developed(metric, many.account, many.as_of)
    now = evaluate(metric, many.account, many.as_of).filter(window_days=metric.window_days)
    assert found.select("account", "channel", "denominator").equals(now.select("account", "channel", "denominator"))
    days = forecast(metric, many.account, many.as_of)
    told = found.filter(gap=Gap.NONE).select("account", "channel").unique()
    assert days.select("account", "channel").unique().sort("account", "channel").equals(told.sort("account", "channel"))
    for seed in told["account"].unique().head(1):
        alone = forecast(metric, many.alone(int(seed)), many.as_of)
        assert_frame_equal(days.filter(account=seed), alone, check_exact=False)


def test_without_its_files_nothing_is_said():
    example = METRICS[ODR].example
    _is_silent(HANDBOOK[ODR], lacking(example.account(), "orders"), example.as_of, Gap.NO_INPUT)


def test_without_an_order_nothing_is_said():
    shop = world.shop(1, 6, 100)
    _is_silent(HANDBOOK[ODR], world.account(shop, []), shop.last_day, Gap.NO_ROWS)


@pytest.mark.parametrize(
    ("days", "rate", "gap"),
    [(59, 0.2, Gap.SHORT_HISTORY), (60, 0.2, Gap.NONE), (120, 0.0, Gap.FEW_DEFECTS)],
)
def test_it_takes_history_and_defects(days, rate, gap):
    shop = world.shop(4, 6, days, cancelling_buyers=0)
    book = list(orders(shop).values())
    account = world.account(shop, book, *complaints(book, "4", lambda _: rate))
    assert developed(HANDBOOK[ODR], account, shop.last_day)["gap"].to_list() == [gap]
    assert forecast(HANDBOOK[ODR], account, shop.last_day).is_empty() == (gap is not Gap.NONE)


@pytest.mark.parametrize(("undated", "gap"), [(0, Gap.NONE), (9, Gap.NONE), (30, Gap.NO_DATES)])
def test_defects_without_a_day_are_counted_and_too_many_of_them_say_nothing(undated, gap):
    """Of all defects so many lose their day; what they tell of the rate stays."""
    *_, known, account, as_of = _seller()
    lost = [order_id for order_id, day in sorted(known.items()) if day <= as_of][:undated]
    tables = {
        "feedback": pl.when(~pl.col("order_id").is_in(lost)).then("rated_on").alias("rated_on"),
        "claims": pl.when(~pl.col("order_id").is_in(lost)).then("opened_on").alias("opened_on"),
    }
    changed = {name: account.tables[name].with_columns(day) for name, day in tables.items()}
    found = developed(HANDBOOK[ODR], replace(account, tables={**account.tables, **changed}), as_of).row(0, named=True)
    plain = developed(HANDBOOK[ODR], account, as_of).row(0, named=True)
    assert found["gap"] == gap
    assert found["undated"] == len(lost) == undated
    assert found["dated"] + found["undated"] == plain["dated"] >= LEAST_DEFECTS
    assert found["defects"] == plain["defects"]


def _is_silent(metric, account, as_of, gap):
    found = developed(metric, account, as_of)
    assert found["gap"].to_list() == [gap] * found.height
    assert found.height
    assert found["still_expected"].null_count() == found["developed"].null_count() == found.height
    assert forecast(metric, account, as_of).is_empty()


@lru_cache(maxsize=1)
def _nasty():
    return group(3, 25)


@lru_cache(maxsize=1)
def _seller():
    """A seller of ten orders a day, one in fifty of them defective, as known 40 days before the end of the story."""
    shop = world.shop(1, 10, 200, cancelling_buyers=0, very_late_share=0.05)
    book = list(orders(shop).values())
    ratings, claims = complaints(book, "1", lambda _: 0.02)
    known = {one.order.order_id: one.rated_on for one in ratings}
    known |= {one.order.order_id: shop.local(one.opened_at).date() for one in claims}
    return shop, book, known, world.account(shop, book, ratings, claims), shop.last_day - timedelta(days=40)


def _share(pace, age):
    return float(pace.matured[min(age, len(pace.matured) - 1)]) if age >= 0 else 0.0


def _own_day(order):
    return order.purchased_on


def _utc_day(order):
    return order.purchased_at.date()


def _to_come(book, as_of, until, day_of):
    """The orders of the last 28 days again and again, less those of a coming day that are known already."""
    seen = [day_of(one) for one in book if one.purchased_on <= as_of]
    found = {}
    for ahead in range(1, (until - as_of).days + 1):
        day = as_of + timedelta(days=ahead)
        before = day - timedelta(days=28 * -(-ahead // 28))
        found[day] = max(seen.count(before) - seen.count(day), 0)
    return found
