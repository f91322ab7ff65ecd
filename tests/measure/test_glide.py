"""The days to come, worked by hand: what stays, what leaves, what enters, and what comes in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.measure.evaluate import RESULT
from sellerhealth.measure.outlook.glide import SALES, clears_on, empties_on, glide, glides, misses_on
from tests.metrics.edges import AS_OF, account, under

HANDBOOK, AMAZON = policy("handbook"), policy("amazon-2026")
DEFECTS = under("order_defect_rate", "handbook", windows=[4])
LATE = under("late_dispatch_rate", "handbook", windows=[4])


def day(ahead: int) -> date:
    return AS_OF + timedelta(days=ahead)


def shop(bought: Mapping[int, int], bad: Mapping[int, int] | None = None) -> Account:
    """So many orders on each day from `AS_OF` on, so many of them with one star."""
    orders = [f"{ahead}-{number}|MFN|SHIPPED|{day(ahead)}" for ahead, many in bought.items() for number in range(many)]
    stars = [f"{ahead}-{number}|{AS_OF}|1" for ahead, many in (bad or {}).items() for number in range(many)]
    return account(
        orders=";".join(["order_id|channel|status|purchased_at", *orders]),
        feedback=";".join(["order_id|rated_on|rating", *stars]),
    )


def counts(path: pl.DataFrame) -> list[tuple[int, int]]:
    return path.select("numerator", "denominator").rows()


def test_the_curve_that_sellers_complain_of():
    """`needs.md` 6.1: 15 orders a day, 10 of 20 days ago bad, counted 14 days after: rising to three times the rate."""
    today = AS_OF + timedelta(days=1)
    seller = shop(dict.fromkeys(range(-100, 1), 15), {-19: 10})
    metric = under("order_defect_rate", "handbook", lag_days=14)

    def rate(sales: str, on: int) -> float:
        path = glide(metric, seller, AS_OF, sales=sales).filter(on=today + timedelta(days=on))
        return round(path["value"][0] * 100, 2)

    assert [rate("stop", on) for on in (0, 13, 20, 30, 40, 50, 53, 54)] == [
        1.11,
        1.11,
        1.26,
        1.55,
        2.02,
        2.9,
        3.33,
        0.0,
    ]
    assert [rate("same", on) for on in (0, 13, 20, 30, 40, 50, 53, 54)] == [*[1.11] * 7, 0.0]
    assert [rate("double", on) for on in (0, 13, 53, 54)] == [1.11, 1.11, 0.67, 0.0]


def test_the_last_day_of_a_window_and_the_first_after_it():
    """A window of four days, one order on each of the last four; the second is bad."""
    seller = shop({-4: 9, -3: 1, -2: 1, -1: 1, 0: 1}, {-2: 1})
    path = glide(DEFECTS, seller, AS_OF, sales="stop")
    assert path["on"].to_list() == [day(ahead) for ahead in range(5)]
    assert counts(path) == [(1, 4), (1, 3), (0, 2), (0, 1), (0, 0)]
    assert path["status"].to_list() == ["BAD", "BAD", "GOOD", "GOOD", "NONE"]
    assert path["value"].to_list() == [0.25, pytest.approx(1 / 3), 0.0, 0.0, None]
    assert (clears_on(path), misses_on(path), empties_on(path)) == (day(2), None, day(4))


def test_what_comes_is_what_came_28_days_before():
    """One on the day 27 days ago, two 26 days ago and three 25 days ago; nothing else, so they come first."""
    seller = shop({-27: 1, -26: 2, -25: 3, -28: 9})
    assert counts(glide(DEFECTS, seller, AS_OF, days=7)) == [(0, n) for n in (0, 1, 3, 6, 6, 5, 3, 0)]
    assert counts(glide(DEFECTS, seller, AS_OF, days=7, sales="double")) == [
        (0, n) for n in (0, 2, 6, 12, 12, 10, 6, 0)
    ]
    assert counts(glide(DEFECTS, seller, AS_OF, days=3, sales="stop")) == [(0, 0)] * 4


def test_what_comes_keeps_its_weekday_however_often_it_comes():
    seller = shop({-1: 5})
    path = glide(under("order_defect_rate", "handbook", windows=[1]), seller, AS_OF, days=90)
    busy = path.filter(pl.col("denominator") > 0)
    assert busy["on"].to_list() == [day(27), day(55), day(83)]
    assert {one.weekday() for one in busy["on"]} == {day(-1).weekday()}


def test_a_defect_of_the_last_days_does_not_come_again():
    seller = shop(dict.fromkeys(range(-27, 1), 2), {-1: 1})
    assert counts(glide(DEFECTS, seller, AS_OF)) == [(1, 8), (1, 8), (1, 8), (0, 8), (0, 8)]


def test_a_coming_day_never_has_fewer_than_are_known_for_it():
    """Orders of today that are to be shipped on coming days, and as many as were to be shipped 28 days before."""
    due = {-27: 2, 1: 1, -26: 1, 2: 3, 3: 1}
    rows = [
        f"{ahead}-{n}|MFN|SHIPPED|2026-02-01|{day(ahead)} 12:00|2026-02-02"
        for ahead, many in due.items()
        for n in range(many)
    ]
    seller = account(orders=";".join(["order_id|channel|status|purchased_at|ship_by_at|confirmed_at", *rows]))
    stop, same, double = (glide(LATE, seller, AS_OF, days=4, sales=sales)["denominator"].to_list() for sales in SALES)
    assert stop == [0, 1, 4, 5, 5]
    assert same == [0, 2, 5, 6, 6]
    assert double == [0, 4, 7, 8, 8]


def test_a_known_defect_enters_when_the_window_comes_to_it():
    """The example's order J, of 17 March, counts for Amazon from 1 April; the oldest left on the way."""
    metric = AMAZON["order_defect_rate"]
    example = metric.definition.example
    path = glide(metric, example.account(), example.as_of, sales="stop").filter(channel="MFN")
    assert counts(path)[:2] == [(5, 9), (6, 10)]
    assert path["window_end"].to_list()[:2] == [date(2026, 3, 16), date(2026, 3, 17)]


def test_a_weekly_figure_stays_until_sunday():
    """Tuesday 31 March: the window of eight weeks ends on Sunday the 29th, and from 5 April on one later."""
    sent = ("2026-02-02", "2026-02-09", "2026-03-30")
    messages = ";".join(f"{one}|BUYER|{one} 10:00;{one}|SELLER|{one} 11:00" for one in sent)
    seller = account(messages=f"thread_id|sender|sent_at;{messages}")
    path = glide(HANDBOOK["average_response_time"], seller, AS_OF, days=12, sales="stop")
    assert path["window_end"].to_list() == [date(2026, 3, 29)] * 5 + [date(2026, 4, 5)] * 7 + [date(2026, 4, 12)]
    assert path["counted"].to_list() == [2] * 5 + [2] * 7 + [1]
    assert path["on"].to_list() == [day(ahead) for ahead in range(13)]


def test_a_weighted_row_weighs_less_when_it_is_older():
    """91 days old from tomorrow on: three instead of four, for its points and in what they are out of."""
    seller = account(orders=f"order_id|channel|status|purchased_at;A|AFN|SHIPPED|{day(-90)};B|AFN|SHIPPED|{day(-89)}")
    path = glide(HANDBOOK["seller_rating"], seller, AS_OF, days=2, sales="stop")
    assert path.select("numerator", "at_best", "denominator", "counted").rows() == [
        (800, 880, 8, 2),
        (700, 770, 7, 2),
        (600, 660, 6, 2),
    ]


def test_a_clean_order_has_the_points_of_one_without_a_problem():
    seller = account(orders=f"order_id|channel|status|purchased_at|cancelled_by;A|MFN|CANCELLED|{day(-27)}|SELLER")
    path = glide(HANDBOOK["seller_rating"], seller, AS_OF, days=1)
    assert path.select("numerator", "at_best", "denominator", "defects").rows() == [
        (-400, -400, 4, 1),
        (0, 40, 8, 1),
    ]


def test_more_is_good_where_what_comes_is_in_time():
    metric = under("on_time_delivery_rate", "handbook", windows=[2], lag_days=0)
    rows = f"A|X|2|{day(-27)}|{day(-26)};B|X|1|{day(0)}|{day(1 - 1)}"
    seller = account(deliveries=f"order_id|sku|units|delivery_promised_on|delivery_arrived_on;{rows}")
    assert counts(glide(metric, seller, AS_OF, days=2)) == [(1, 1), (3, 3), (2, 2)]


def test_of_deliveries_the_days_that_do_not_count_yet_are_not_full():
    """With a lag of two days today's units are still under way: as many come as on the same weekday four weeks ago."""
    metric = under("on_time_delivery_rate", "handbook", windows=[1], lag_days=2)
    rows = [f"{n}|X|1|{day(ahead)}|{day(ahead)}" for n, ahead in enumerate((-28, -28, -28, 0))]
    seller = account(deliveries=";".join(["order_id|sku|units|delivery_promised_on|delivery_arrived_on", *rows]))
    assert counts(glide(metric, seller, AS_OF, days=3)) == [(0, 0), (0, 0), (3, 3), (0, 0)]
    assert counts(glide(metric, seller, AS_OF, days=3, sales="stop")) == [(0, 0), (0, 0), (1, 1), (0, 0)]


def test_a_mean_goes_on_as_it_was():
    """What was answered on 2 and 3 March comes again on the 30th and 31st, the week that counts from 5 April."""
    metric = under("customer_service_rating", "handbook", windows=[7])
    seller = account(surveys="thread_id|answered_at|score;A|2026-03-02 10:00|2;B|2026-03-03 10:00|9")
    path = glide(metric, seller, AS_OF, days=12)
    assert path.select("numerator", "counted", "defects").rows() == [(0, 0, 0)] * 5 + [(11, 2, 1)] * 7 + [(0, 0, 0)]


def test_without_an_input_only_the_sure_ones_count_on_coming_days_too():
    seller = shop({-1: 1, 0: 1}, {0: 1})
    without = replace(
        seller, provided=seller.provided - {"claims"} - {one for one in seller.provided if "claims." in one}
    )
    path = glide(DEFECTS, without, AS_OF, sales="stop")
    assert set(path["basis"]) == {"LOWER_BOUND"}
    assert counts(path) == [(1, 2)] * 3 + [(1, 1), (0, 0)]
    assert path["status"].to_list() == ["BAD"] * 4 + ["NONE"]


def test_what_cannot_be_computed_has_no_row():
    found = glides(HANDBOOK["valid_tracking_rate"], account(without=("tracking",)), AS_OF)
    assert found.is_empty()
    assert found.columns == [*RESULT, "sales", "on"]
    assert (clears_on(found), misses_on(found), empties_on(found)) == (None, None, None)


def test_a_shop_without_an_order_has_today_and_nothing_to_count():
    found = glides(DEFECTS, shop({}), AS_OF)
    assert found.select("on", "sales", "numerator", "denominator", "value", "status").rows() == [
        (AS_OF, sales, 0, 0, None, "NONE") for sales in SALES
    ]
    assert (clears_on(found), misses_on(found), empties_on(found)) == (None, None, AS_OF)


def test_it_looks_no_further_than_120_days():
    path = glide(HANDBOOK["seller_rating"], shop({0: 1}), AS_OF, sales="stop")
    assert path["on"].to_list() == [day(ahead) for ahead in range(121)]
    assert empties_on(path) is None


@pytest.mark.parametrize(("days", "expected"), [(0, 1), (1, 2), (200, 201), (-5, 1)])
def test_as_many_days_as_are_asked_for(days: int, expected: int):
    assert glide(DEFECTS, shop({0: 1}), AS_OF, days=days).height == expected


def test_channels_and_accounts_have_a_path_each():
    orders = f"order_id|channel|status|purchased_at;A|MFN|SHIPPED|{day(-3)};B|AFN|SHIPPED|{day(0)}"
    own = account(orders=orders)
    twice = [own.tables["orders"], own.tables["orders"].with_columns(account=pl.lit("other"))]
    both = replace(own, tables={**own.tables, "orders": pl.concat(twice)})
    path = glide(DEFECTS, both, AS_OF, days=1, sales="stop")
    assert path.select("account", "channel", "on", "denominator").rows() == [
        (name, channel, day(ahead), many)
        for name in ("example", "other")
        for channel, ahead, many in (("MFN", 0, 1), ("MFN", 1, 0), ("AFN", 0, 1), ("AFN", 1, 1))
    ]


def test_all_three_stand_one_below_the_other():
    seller = shop({-1: 2, 0: 1}, {0: 1})
    assert glides(DEFECTS, seller, AS_OF).equals(pl.concat([glide(DEFECTS, seller, AS_OF, sales=one) for one in SALES]))


def test_other_sales_are_refused():
    with pytest.raises(InputError, match="one of stop, same, double"):
        glide(DEFECTS, shop({0: 1}), AS_OF, sales="none")  # type: ignore[arg-type]


def test_who_changes_a_path_in_place_changes_that_of_nobody_else():
    seller = shop({0: 1})
    first = glide(DEFECTS, seller, AS_OF)
    kept = first.rows()
    first[0, "numerator"] = 77
    assert glide(DEFECTS, seller, AS_OF).rows() == kept


TURNS = {
    # the status of each day (`.`: 0 of 0): clears, misses and empties on the day of that number
    "BBGG": (2, None, None),
    "BGBG": (3, None, None),
    "BGGB": (None, None, None),
    "BBBB": (None, None, None),
    "BBG.": (2, None, 3),
    "BGB.": (None, None, 3),
    "B.GG": (2, None, None),
    "GGGG": (0, None, None),
    "GG..": (0, None, 2),
    "GBBG": (3, 1, None),
    "GBGB": (None, 1, None),
    "GNNG": (3, None, None),
    "GNBG": (3, 2, None),
    "NGGG": (1, None, None),
    "TTTT": (None, None, None),
    "BTTG": (3, None, None),
    "....": (None, None, 0),
    ".BGG": (2, None, None),
}


@pytest.mark.parametrize("path", TURNS)
def test_when_it_turns(path: str):
    words = {"B": "BAD", "G": "GOOD", "N": "NONE", "T": "TOO_FEW", ".": "NONE"}
    one = {"account": "a", "marketplace": "US", "channel": "MFN", "sales": "same"}
    rows = [
        {**one, "on": day(ahead), "status": words[mark], "denominator": 0 if mark == "." else 9}
        for ahead, mark in enumerate(path)
    ]
    # Of several paths the first is told.
    rows += [{**row, "sales": "double", "status": "GOOD", "denominator": 1} for row in rows]
    frame = pl.DataFrame(rows)
    found = (clears_on(frame), misses_on(frame), empties_on(frame))
    assert found == tuple(None if ahead is None else day(ahead) for ahead in TURNS[path])
