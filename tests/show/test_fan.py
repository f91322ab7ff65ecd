"""The fan of what is to be expected: a whole picture for every metric, small, joined to what is known."""

import json
from datetime import timedelta
from functools import lru_cache

import polars as pl
import pytest

from sellerhealth import METRICS, policy
from sellerhealth.demo.history import orders
from sellerhealth.measure.evaluate import trend
from sellerhealth.measure.outlook.forecast import SCHEMA, forecast
from sellerhealth.show.fan import BEFORE, fan_chart
from tests.show.figures import without_target
from tests.show.pictures import drawn, says, whole
from tests.truth import world
from tests.truth.complaints import complaints

HANDBOOK, AMAZON = policy("handbook"), policy("amazon-2026")
ODR = HANDBOOK["order_defect_rate"]
MOST_BYTES = 13_000


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("terms", [HANDBOOK, AMAZON], ids=lambda one: one.name)
def test_every_metric_has_a_whole_picture_or_none(terms, name):
    days, picture = _shown(terms[name])
    assert (picture is None) == days.is_empty()
    if picture is not None:
        assert len(json.dumps(whole(picture))) < MOST_BYTES


def test_some_have_one():
    assert all(_shown(HANDBOOK[name])[1] for name in ("order_defect_rate", "perfect_order_percentage"))


@pytest.mark.parametrize("terms", [HANDBOOK, AMAZON], ids=lambda one: one.name)
def test_the_fan_begins_where_the_known_line_ends(terms):
    account, as_of = _seller()
    metric = terms["order_defect_rate"]
    spec = whole(_shown(metric)[1])
    rows = [row for row in drawn(spec) if "on" in row and "value" in row]
    fan = [row for row in rows if "low" in row]
    past = [row for row in rows if "counted" in row]
    assert len(past) == BEFORE
    assert len(fan) == 29
    assert past[-1]["on"] == fan[0]["on"] == f"{as_of}T00:00:00"
    assert past[-1]["value"] == fan[0]["value"] == fan[0]["low"] == fan[0]["high"]
    assert past[-1]["value"] == pytest.approx(trend(metric, account, as_of)["value"][-1], abs=1e-5)
    assert fan[-1]["on"] == f"{as_of + timedelta(days=28)}T00:00:00"


def test_it_says_what_is_to_be_seen():
    told = says(whole(_shown(ODR)[1]))
    assert "it is to be expected at about" in told
    assert "Chance that it misses its target (below 1 %)" in told


def test_without_a_target_there_is_no_line_for_it():
    days, picture = _shown(without_target(ODR))
    assert days.height
    assert not any("target" in str(row.get("label", "")) for row in drawn(whole(picture)))


def test_none_where_nothing_is_forecast():
    account, as_of = _seller()
    assert fan_chart(trend(ODR, account, as_of), pl.DataFrame(schema=SCHEMA), ODR) is None


def _shown(metric):
    account, as_of = _seller()
    days = forecast(metric, account, as_of)
    return days, fan_chart(trend(metric, account, as_of), days, metric)


@lru_cache(maxsize=1)
def _seller():
    shop = world.shop(2, 6, 120, very_late_share=0.05)
    book = list(orders(shop).values())
    return world.account(shop, book, *complaints(book, "2", lambda _: 0.04)), shop.last_day
