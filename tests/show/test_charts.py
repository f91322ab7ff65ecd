"""Every chart, on much, little and nothing: a specification that is whole, strict JSON, and says what it shows."""

import json

import polars as pl
import pytest

from sellerhealth.measure.compare import overview
from sellerhealth.measure.defects import defects
from sellerhealth.measure.evaluate import breakdown, evaluate, trend
from sellerhealth.show import display
from sellerhealth.show.chart import breakdown_chart, calendar_chart, headroom_chart, trend_chart
from tests.show.figures import EVIL, HANDBOOK, NAMES, example, hostile, metric, without_target

SIZES = {"normal": None, "one row": 1}
every_metric = pytest.mark.parametrize("name", NAMES)
every_size = pytest.mark.parametrize("size", SIZES)


def whole(chart):
    """The specification of a chart, checked."""
    spec = chart.to_dict()
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert spec["title"]["text"].strip().endswith("?")
    assert spec["title"]["subtitle"].strip()
    assert spec["description"].startswith(spec["title"]["text"])
    assert spec["description"].strip().endswith(".")
    assert spec["width"] == "container"
    assert "http" not in json.dumps({key: part for key, part in spec.items() if key != "$schema"})
    return spec


def drawn(spec):
    """The rows behind a chart, all together."""
    return [row for rows in spec["datasets"].values() for row in rows]


def cut(frame, size):
    return frame.tail(SIZES[size]) if SIZES[size] else frame


@every_size
@every_metric
def test_trend(name, size):
    account, as_of = example(metric(name))
    spec = whole(trend_chart(cut(trend(metric(name), account, as_of), size), metric(name)))
    assert [row for row in drawn(spec) if row.get("denominator")]


@every_metric
def test_trend_of_an_account_without_an_order_in_the_window(name):
    account, _ = example(metric(name))
    early = trend(metric(name), account, account.last_day.replace(year=2020))
    assert early["denominator"].sum() == 0
    assert "No orders shipped by us fell into the window" in whole(trend_chart(early, metric(name)))["description"]


def test_trend_without_a_target():
    one = without_target(metric())
    account, as_of = example(one)
    assert "There is no target" in whole(trend_chart(trend(one, account, as_of), one))["description"]


def test_trend_of_several_windows_names_the_others():
    account, as_of = example(metric())
    both = pl.concat([trend(metric(), account, as_of, window_days=days) for days in metric().terms.windows])
    assert "10 days, shipped by us" in json.dumps(whole(trend_chart(both, metric())))


@every_size
@every_metric
def test_breakdown(name, size):
    account, as_of = example(metric(name))
    split = breakdown(metric(name), account, as_of, "weekday")
    spec = whole(breakdown_chart(cut(split.filter(pl.col("numerator") > 0), size), metric(name), "weekday"))
    assert drawn(spec)


def test_breakdown_by_two():
    account, as_of = example(metric())
    by = ("carrier", "weekday")
    assert (
        "carrier and weekday"
        in whole(breakdown_chart(breakdown(metric(), account, as_of, by), metric(), by))["title"]["text"]
    )


@every_metric
def test_breakdown_of_nothing_is_no_picture(name):
    account, as_of = example(metric(name))
    assert breakdown_chart(breakdown(metric(name), account, as_of, "weekday").clear(), metric(name), "weekday") is None


@pytest.mark.parametrize("size", [*SIZES, "empty"])
@every_metric
def test_calendar(name, size):
    account, as_of = example(metric(name))
    found = defects(metric(name), account, as_of)
    assert found.height
    shown = found.clear() if size == "empty" else cut(found, size)
    spec = whole(calendar_chart(shown, metric(name), evaluate(metric(name), account, as_of)))
    assert sum(row.get("defects", 0) for row in drawn(spec)) == shown.height
    assert len(drawn(spec)) == metric(name).window_days


@every_size
def test_headroom(size):
    account, as_of = example(metric("order_defect_rate"))
    now = overview(HANDBOOK, account, as_of).filter(pl.col("headroom").is_not_null())
    assert drawn(whole(headroom_chart(cut(now, size), HANDBOOK)))


def test_headroom_of_nothing_is_no_picture():
    account, as_of = example(metric())
    assert headroom_chart(evaluate(metric(), account, as_of).clear(), HANDBOOK) is None


def test_hostile_names_stay_data():
    account, as_of = example(metric())
    split = hostile(breakdown(metric(), account, as_of, "weekday"))
    spec = whole(breakdown_chart(split, metric(), "weekday"))
    assert {row["name"] for row in drawn(spec)} == {EVIL}


def test_a_chart_is_handed_over_as_its_specification_only():
    account, as_of = example(metric())
    bundle = trend_chart(trend(metric(), account, as_of), metric())._repr_mimebundle_()
    kinds = bundle[0] if isinstance(bundle, tuple) else bundle
    assert set(kinds) == {display.MIME, "text/plain"}
    assert kinds["text/plain"] == kinds[display.MIME]["description"]
