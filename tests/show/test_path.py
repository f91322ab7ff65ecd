"""The picture of the days to come: three lines told apart without colour, the target, and when it is good again."""

import json
from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from sellerhealth.measure.outlook.calendar import calendar
from sellerhealth.measure.outlook.glide import glides
from sellerhealth.show.ahead import ahead
from sellerhealth.show.path import MOST_DAYS, path_chart
from tests.metrics.edges import AS_OF, account, under
from tests.show.figures import HANDBOOK, NAMES, example, metric, without_target
from tests.show.pictures import drawn, says, whole

ORDERS = ";".join(f"{ago}|MFN|SHIPPED|{AS_OF - timedelta(days=ago)}" for ago in range(60))
STARS = "order_id|rated_on|rating;30|2026-03-31|1"
SHOP = account(orders=f"order_id|channel|status|purchased_at;{ORDERS}", feedback=STARS)
DEFECTS = HANDBOOK["order_defect_rate"]


def picture(one, seller, as_of):
    return path_chart(glides(one, seller, as_of), calendar(one, seller, as_of), one)


def days(spec):
    return [row for row in drawn(spec) if "same" in row]


@pytest.mark.parametrize("name", NAMES)
def test_every_metric(name):
    for one in (metric(name), without_target(metric(name))):
        account, as_of = example(one)
        paths, found = glides(one, account, as_of), calendar(one, account, as_of)
        spec = whole(path_chart(paths, found, one))
        assert 2 <= len(days(spec)) <= MOST_DAYS + 4
        assert len(json.dumps(spec, separators=(",", ":"))) < 12_000
        first = ahead(paths, found, one).text.split("\n")[0]
        assert says(spec).startswith(first)
        assert any(str(row.get("label", "")).startswith("target: ") for row in drawn(spec)) is (
            one.terms.target is not None
        )


def test_the_lines_hold_the_counts_of_each_day():
    spec = whole(picture(DEFECTS, SHOP, AS_OF))
    assert days(spec)[1] == {
        "on": "2026-04-01T00:00:00",
        "none": 1,
        "none of": 59,
        "same": 1,
        "same of": 60,
        "twice": 1,
        "twice of": 61,
    }
    assert len(days(spec)) == 61


def test_of_a_mean_they_hold_the_value_and_how_many_it_is_of():
    one = under("seller_rating", "handbook", windows=[3])
    first = days(whole(picture(one, SHOP, AS_OF)))[0]
    assert {name: first[name] for name in ("none", "none of")} == {"none": 100.0, "none of": 3}


def test_a_dot_stands_where_each_line_is_good_again():
    """The bad order leaves on 30 April, whatever is sold; until then one of 89 at best."""
    spec = whole(picture(DEFECTS, SHOP, AS_OF))
    dots = [row for row in drawn(spec) if "label" in row and "on" in row]
    assert dots == [
        {"on": "2026-04-30T00:00:00", "value": 0.0, "label": label} for label in ("", "good from 30 Apr", "")
    ]


def test_what_is_good_now_and_stays_so_has_no_dot():
    one = without_target(DEFECTS)
    assert not [row for row in drawn(whole(picture(one, SHOP, AS_OF))) if "label" in row]


def test_lines_are_told_apart_without_colour():
    spec = whole(picture(DEFECTS, SHOP, AS_OF))
    text = json.dumps(spec)
    assert '"domain": ["none", "same", "twice"], "range": [[6, 4], [1, 0], [1.5, 3]]' in text
    assert "no more orders" in text
    assert "orders as in the last 28 days" in text
    assert not [layer for layer in spec["layer"] if "color" in layer["encoding"]]


def test_a_line_that_shoots_up_at_the_end_does_not_press_the_others_flat():
    """Only the bad order is left on the last day: 100 %, where the others are at 2 %."""
    stars = "order_id|rated_on|rating;0|2026-03-31|1"
    seller = account(orders=f"order_id|channel|status|purchased_at;{ORDERS}", feedback=stars)
    text = json.dumps(whole(picture(DEFECTS, seller, AS_OF)))
    assert f'"domainMax": {2.2 / 60}' in text
    assert "rise to 100 % (1 of 1)" in text
    assert "domainMax" not in json.dumps(whole(picture(DEFECTS, SHOP, AS_OF)))


def test_a_long_path_is_thinned():
    seller = account(orders="order_id|channel|status|purchased_at;A|AFN|SHIPPED|2026-03-31")
    spec = whole(picture(HANDBOOK["seller_rating"], seller, AS_OF))
    shown = [date.fromisoformat(row["on"][:10]) for row in days(spec)]
    assert {later - day for day, later in pairwise(shown)} == {timedelta(days=2)}
    assert shown[-1] == AS_OF + timedelta(days=120)


@pytest.mark.parametrize("gone", [("tracking",), ()])
def test_nothing_to_draw_is_no_picture(gone):
    assert picture(HANDBOOK["valid_tracking_rate"], account(without=gone), AS_OF) is None


def test_one_day_is_no_picture():
    paths = glides(DEFECTS, SHOP, AS_OF, days=0)
    assert path_chart(paths, calendar(DEFECTS, SHOP, AS_OF), DEFECTS) is None
    assert paths.filter(pl.col("value").is_not_null()).height == 3
