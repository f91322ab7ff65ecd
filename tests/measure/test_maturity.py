"""How late defects become known, beside scipy's own estimate over the same orders and a table by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import polars as pl
import pytest
from scipy.stats import CensoredData, ecdf

from sellerhealth import METRICS, policy
from sellerhealth.demo.complaint import rating
from sellerhealth.demo.history import orders
from sellerhealth.measure.outlook.maturity import STILL_WATCHED, delays, maturity
from tests.show.figures import lacking
from tests.truth import world
from tests.truth.complaints import complaints

ODR = policy("handbook")["order_defect_rate"]


@pytest.mark.parametrize(("seed", "back"), [(1, 0), (2, 0), (3, 25)])
def test_it_is_scipys_estimate_over_every_order(seed: int, back: int):
    shop = world.shop(seed, 6, 160, cancelling_buyers=0)
    book = list(orders(shop).values())
    ratings, claims = complaints(book, str(seed), lambda _: 0.06)
    as_of = shop.last_day - timedelta(days=back)
    known = {one.order.order_id: one.rated_on for one in ratings}
    known |= {one.order.order_id: shop.local(one.opened_at).date() for one in claims}
    known = {order_id: day for order_id, day in known.items() if day <= as_of}
    bought = {one.order_id: one.purchased_on for one in book if one.purchased_on <= as_of}
    seen = [(known[order_id] - day).days for order_id, day in bought.items() if order_id in known]
    clean = [(as_of - day).days for order_id, day in bought.items() if order_id not in known]
    expected = 1 - ecdf(CensoredData(uncensored=seen, right=clean)).sf.evaluate(np.arange(200))
    found = maturity(ODR, world.account(shop, book, ratings, claims), as_of)
    assert found["age"].to_list() == list(range(found.height))
    assert found["chance"].to_list() == pytest.approx(expected[: found.height])
    assert found["matured"].to_list() == pytest.approx(expected[: found.height] / expected[found.height - 1])
    assert found["defects"].sum() == len(seen)
    assert found["watched"][-1] >= STILL_WATCHED * len(bought)


def test_four_orders_by_hand():
    """Bought 4, 3, 2 and 1 days ago; the first was rated after one day, the third after two: 1/4, then 1/2 of the rest."""
    found = maturity(ODR, _account([(4, 1), (3, None), (2, 2), (1, None)]), date(2026, 3, 31))
    assert found.select("age", "watched", "defects", "chance").rows() == [
        (0, 4, 0, 0.0),
        (1, 4, 1, 0.25),
        (2, 2, 1, 0.625),
        (3, 1, 0, 0.625),
    ]
    assert found["matured"].to_list() == pytest.approx([0, 0.4, 1, 1])


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], []),
        ([(0, None)], [(0, 1, 0, 0.0)]),
        ([(0, 0)], [(0, 1, 1, 1.0)]),
        ([(2, None), (1, None)], [(0, 2, 0, 0.0), (1, 2, 0, 0.0), (2, 1, 0, 0.0)]),
    ],
    ids=["no order", "an order of today", "a defect at once", "nothing but clean"],
)
def test_edges(told, expected):
    found = maturity(ODR, _account(told), date(2026, 3, 31))
    assert found.select("age", "watched", "defects", "chance").rows() == expected


def test_without_a_defect_nothing_has_matured():
    assert maturity(ODR, _account([(2, None)]), date(2026, 3, 31))["matured"].null_count() == 3


def test_a_defect_without_a_day_is_left_out_and_counted():
    account = _account([(4, 1), (3, None), (2, None)], undated=1)
    told = delays(ODR, account, date(2026, 3, 31))
    assert told.filter(pl.col("delay").is_null())["defects"].sum() == 1
    assert maturity(ODR, account, date(2026, 3, 31))["watched"].max() == 2


def test_what_is_known_later_is_not_known_yet():
    account = _account([(4, 1), (3, 2), (2, None)])
    assert maturity(ODR, account, date(2026, 3, 29))["defects"].sum() == 1
    assert maturity(ODR, account, date(2026, 3, 31))["defects"].sum() == 2


def test_a_day_still_to_come_is_not_watched():
    metric = policy("handbook")["late_dispatch_rate"]
    shop = world.shop(5, 6, 80)
    account = world.account(shop, orders(shop).values())
    told = delays(metric, account, shop.last_day)
    coming = told.filter(pl.col("event_on") > shop.last_day)["counted"].sum()
    assert coming > 0
    assert maturity(metric, account, shop.last_day)["watched"].max() == told["counted"].sum() - coming


def test_the_counts_are_those_of_the_figure():
    shop = world.shop(6, 6, 80)
    book = list(orders(shop).values())
    account = world.account(shop, book, [rating(one, 9, 1) for one in book[::40]])
    told = delays(ODR, account, shop.last_day)
    assert told["counted"].sum() == len(book)
    assert told["defects"].sum() == sum(one.purchased_on <= shop.last_day - timedelta(days=9) for one in book[::40])


def test_with_an_input_missing_only_sure_ones_are_taken():
    definition = METRICS["order_defect_rate"]
    metric, example = policy("amazon-2026")["order_defect_rate"], definition.example
    account = example.account()
    claim = account.tables["claims"].with_columns(claim_status=pl.lit("PENDING"))
    unsure = replace(
        account, tables={**account.tables, "claims": claim.cast(account.tables["claims"].collect_schema())}
    )
    assert delays(metric, unsure, example.as_of)["unknown"].sum() > 0
    lost = lacking(unsure, "feedback")
    assert delays(metric, lost, example.as_of)["unknown"].sum() == 0
    sure = delays(metric, unsure, example.as_of).select(pl.col("defects") - pl.col("unknown")).sum().item()
    assert delays(metric, lost, example.as_of)["defects"].sum() == sure


def test_nothing_where_nothing_can_be_computed():
    example = METRICS["order_defect_rate"].example
    account = lacking(example.account(), "orders")
    assert delays(ODR, account, example.as_of).is_empty()
    assert maturity(ODR, account, example.as_of).is_empty()


def _account(told, undated=0):
    """Orders bought so many days before 31 March, rated one star so many days later; the last ones on no day."""
    example = METRICS["order_defect_rate"].example
    blank = example.account()
    today = date(2026, 3, 31)
    bought = [
        {"account": "example", "order_id": str(place), "status": "SHIPPED", "channel": "MFN"}
        for place, _ in enumerate(told)
    ]
    rated = [
        {"account": "example", "order_id": str(place), "rating": 1, "rated_on": _day(today, ago, late)}
        for place, (ago, late) in enumerate(told)
        if late is not None or place >= len(told) - undated
    ]
    moments = [_noon(today - timedelta(days=ago)) for ago, _ in told]
    tables = {name: frame.collect().clear() for name, frame in blank.tables.items()}
    days = pl.Series("purchased_at", moments, dtype=pl.Datetime("us", "UTC"))
    tables["orders"] = pl.DataFrame(bought, schema=tables["orders"].schema).with_columns(days)
    tables["feedback"] = pl.DataFrame(rated, schema=tables["feedback"].schema)
    return replace(blank, tables={name: frame.lazy() for name, frame in tables.items()})


def _day(today, ago, late):
    return None if late is None else today - timedelta(days=ago - late)


def _noon(day):
    return datetime.combine(day, time(18), UTC)
