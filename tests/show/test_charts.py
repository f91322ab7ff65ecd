"""Every chart of a metric, on much, little and nothing: a whole specification that says what it shows."""

import json

import altair as alt
import polars as pl
import pytest
from altair.utils import schemapi
from altair.utils.schemapi import SchemaValidationError

from sellerhealth.measure.compare import overview
from sellerhealth.measure.defects import defects
from sellerhealth.measure.evaluate import breakdown, evaluate, trend
from sellerhealth.show import display
from sellerhealth.show.calendar import calendar_chart
from sellerhealth.show.chart import breakdown_chart, headroom_chart, trend_chart
from tests.show.figures import (
    EVIL,
    HANDBOOK,
    NAMES,
    NOTHING,
    example,
    good_row,
    hostile,
    mean_row,
    metric,
    row,
    without_target,
)
from tests.show.pictures import drawn, says, whole

SIZES = {"normal": None, "one row": 1}
every_metric = pytest.mark.parametrize("name", NAMES)
every_size = pytest.mark.parametrize("size", SIZES)
WEEKDAY = "weekday"


def cut(frame, size):
    return frame.tail(SIZES[size]) if SIZES[size] else frame


@every_size
@every_metric
def test_trend(name, size):
    account, as_of = example(metric(name))
    shown = cut(trend(metric(name), account, as_of), size)
    rows = drawn(whole(trend_chart(shown, metric(name))))
    assert sum(bool(row.get("counted")) for row in rows) >= bool(shown["counted"].sum())


@every_metric
def test_without_a_value_there_is_no_picture(name):
    account, _ = example(metric(name))
    day = account.last_day.replace(year=2020)
    early, now = trend(metric(name), account, day), evaluate(metric(name), account, day)
    assert early["counted"].sum() == 0
    assert trend_chart(early, metric(name)) is None
    assert calendar_chart(defects(metric(name), account, day), metric(name), now) is None


def test_a_window_without_a_value_beside_one_that_has_one():
    rows = [row(**NOTHING), row(window_days=10)]
    spec = whole(trend_chart(pl.DataFrame(rows, infer_schema_length=None), metric()))
    assert spec["title"]["subtitle"] == "30 days, 2 Mar to 31 Mar 2026: nothing counted; dashed: 10 days"
    assert says(spec).endswith("No order fell into the window, so there is no verdict.")


def test_trend_of_nothing_is_no_picture():
    assert trend_chart(trend(metric(), *example(metric())).clear(), metric()) is None


def test_trend_in_words():
    told = says(whole(trend_chart(pl.DataFrame([row()]), metric())))
    assert told == (
        "Late Dispatch Rate: 3.1 % (12 of 388) in the window of 30 days, 2 Mar to 31 Mar 2026. "
        "Good: the target is below 4 %."
    )


def test_trend_without_a_target():
    one = without_target(metric())
    account, as_of = example(one)
    spec = whole(trend_chart(trend(one, account, as_of), one))
    assert "There is no target" in says(spec)
    assert not [row for row in drawn(spec) if "target" in str(row.get("label"))]


def test_a_trend_names_its_target():
    spec = whole(trend_chart(pl.DataFrame([row()]), metric()))
    assert [row["label"] for row in drawn(spec) if "label" in row] == ["target: below 4 %"]


@pytest.mark.parametrize(
    ("name", "title"),
    [("average_response_time", "hours"), ("customer_service_rating", "of 10"), ("seller_rating", "of 100")],
)
def test_a_trend_of_a_mean_names_its_unit(name, title):
    rows = [mean_row(name, value, 40, window_end=row()["window_end"]) for value in (5.0, 6.0)]
    assert f'"title": "{title}"' in json.dumps(whole(trend_chart(pl.DataFrame(rows), metric(name))))


def test_trend_of_several_windows_names_the_others():
    account, as_of = example(metric())
    both = pl.concat([trend(metric(), account, as_of, window_days=days) for days in metric().terms.windows])
    assert whole(trend_chart(both, metric()))["title"]["subtitle"].endswith("; dashed: 10 days")


def test_trend_of_several_channels_names_them():
    rows = [row(metric="order_defect_rate", channel=channel) for channel in ("MFN", "AFN")]
    spec = whole(trend_chart(pl.DataFrame(rows), metric("order_defect_rate")))
    assert spec["title"]["subtitle"].endswith("; dashed: 30 days, shipped by Amazon")


def test_a_window_of_a_lifetime_is_named_so():
    rows = [good_row(metric="feedback_rating", window_days=days) for days in (365, 3660)]
    spec = whole(trend_chart(pl.DataFrame(rows), metric("feedback_rating")))
    assert spec["title"]["subtitle"].endswith("; dashed: lifetime")


def test_an_interval_is_drawn_within_the_picture():
    rows = [row(value=0.0, low=0.0, high=1.0), row(low=None), row(**NOTHING)]
    spec = whole(trend_chart(pl.DataFrame(rows, infer_schema_length=None), metric()))
    assert [point["high"] for point in drawn(spec) if "low" in point] == [pytest.approx(0.04 * 2.2)]


@every_size
@every_metric
def test_breakdown(name, size):
    account, as_of = example(metric(name))
    split = breakdown(metric(name), account, as_of, WEEKDAY).filter(pl.col("defects") > 0)
    spec = whole(breakdown_chart(cut(split, size), metric(name), WEEKDAY))
    assert len(drawn(spec)) == cut(split, size).height > 0


@every_metric
def test_breakdown_by_every_dimension(name):
    account, as_of = example(metric(name))
    for dimension in metric(name).definition.dimensions:
        spec = whole(breakdown_chart(breakdown(metric(name), account, as_of, dimension), metric(name), dimension))
        assert sum(row["defects"] for row in drawn(spec)) > 0


def test_breakdown_by_two():
    account, as_of = example(metric())
    by = ("carrier", "weekday")
    spec = whole(breakdown_chart(breakdown(metric(), account, as_of, by), metric(), by))
    assert spec["title"]["text"] == "Which carrier and weekday had the most late orders?"


def test_breakdown_in_words():
    told = {"carrier": "OnTrac", "defects": 18, "counted": 40, "defect_share": 0.6}
    spec = whole(breakdown_chart(pl.DataFrame([row(**told)]), metric(), "carrier"))
    assert spec["title"]["subtitle"] == "30 days, 2 Mar to 31 Mar 2026; late orders, of all orders counted"
    assert says(spec) == "OnTrac: 18 late orders of 40, 60 % of all late orders."
    assert drawn(spec) == [{"name": "OnTrac", "defects": 18, "label": "18 of 40"}]


def test_a_breakdown_of_what_only_defects_have_counts_out_of_nothing():
    told = {"flaw": "Refund", "defects": 18, "counted": 18, "defect_share": 0.6}
    spec = whole(breakdown_chart(pl.DataFrame([row(**told)]), metric("perfect_order_percentage"), "flaw"))
    assert drawn(spec)[0]["label"] == "18"


def test_a_breakdown_shows_the_ten_with_the_most_and_names_their_channels():
    told = [
        {"sku": f"{n}", "defects": 20 - n, "defect_share": 0.05, "channel": "MFN" if n else "AFN"} for n in range(12)
    ]
    rows = drawn(whole(breakdown_chart(pl.DataFrame([row(**one) for one in told]), metric("order_defect_rate"), "sku")))
    assert [one["name"] for one in rows][:2] == ["0, shipped by Amazon", "1, shipped by us"]
    assert len(rows) == 10


@every_metric
def test_breakdown_of_nothing_is_no_picture(name):
    account, as_of = example(metric(name))
    split = breakdown(metric(name), account, as_of, WEEKDAY)
    assert breakdown_chart(split.clear(), metric(name), WEEKDAY) is None
    assert breakdown_chart(split.with_columns(pl.lit(0).alias("defects")), metric(name), WEEKDAY) is None


@pytest.mark.parametrize("size", [*SIZES, "empty"])
@every_metric
def test_calendar(name, size):
    account, as_of = example(metric(name))
    found = defects(metric(name), account, as_of)
    assert found.height
    shown = found.clear() if size == "empty" else cut(found, size)
    spec = whole(calendar_chart(shown, metric(name), evaluate(metric(name), account, as_of)))
    units = shown["units"].sum() if "units" in shown.columns else shown.height
    assert sum(row.get("defects", 0) for row in drawn(spec)) == units
    assert len(drawn(spec)) == metric(name).window_days


def test_the_calendar_counts_what_the_figure_counts():
    account, as_of = example(metric("on_time_delivery_rate"))
    now = evaluate(metric("on_time_delivery_rate"), account, as_of)
    spec = whole(
        calendar_chart(defects(metric("on_time_delivery_rate"), account, as_of), metric("on_time_delivery_rate"), now)
    )
    assert sum(row["defects"] for row in drawn(spec)) == now["defects"][0]
    assert says(spec) == "1 late unit leaves the window on 5 Apr 2026, the last on 6 Apr 2026."


@every_size
def test_headroom(size):
    account, as_of = example(metric("order_defect_rate"))
    now = overview(HANDBOOK, account, as_of).filter(pl.col("headroom").is_not_null())
    assert drawn(whole(headroom_chart(cut(now, size), HANDBOOK)))


def test_headroom_in_words():
    rows = [
        row(),
        row(metric="order_defect_rate", channel="AFN", value=0.02, target=0.01, used=2.0, status="BAD"),
        good_row(),
    ]
    spec = whole(headroom_chart(pl.DataFrame(rows), HANDBOOK))
    assert says(spec) == (
        "Late Dispatch Rate: 3.1 %, target below 4 %. Order Defect Rate, shipped by Amazon: 2 %, target below 1 %. "
        "Contact Response Time: 95 %, target at least 90 %."
    )
    assert [one["state"] for one in drawn(spec) if "state" in one] == [
        "within the limit",
        "over the limit",
        "within the limit",
    ]


def test_headroom_of_points():
    told = mean_row("seller_rating", 93.14, 12, used=0.686, status="GOOD")
    assert says(whole(headroom_chart(pl.DataFrame([told]), HANDBOOK))) == (
        "Seller rating: 93.1 of 100, target above 90 of 100."
    )


@pytest.mark.parametrize("more", [{"used": None}, {"status": "NONE"}, {"status": "TOO_FEW"}])
def test_headroom_without_a_verdict_is_no_picture(more):
    assert headroom_chart(pl.DataFrame([row(**more)]), HANDBOOK) is None


def test_headroom_of_nothing_is_no_picture():
    account, as_of = example(metric())
    assert headroom_chart(evaluate(metric(), account, as_of).clear(), HANDBOOK) is None


def test_hostile_names_stay_data():
    account, as_of = example(metric())
    split = hostile(breakdown(metric(), account, as_of, WEEKDAY))
    spec = whole(breakdown_chart(split, metric(), WEEKDAY))
    assert {row["name"] for row in drawn(spec)} == {EVIL}


def test_a_chart_is_handed_over_as_its_specification_only():
    account, as_of = example(metric())
    bundle = trend_chart(trend(metric(), account, as_of), metric())._repr_mimebundle_()
    kinds = bundle[0] if isinstance(bundle, tuple) else bundle
    assert set(kinds) == {display.MIME, "text/plain"}
    assert kinds["text/plain"] == kinds[display.MIME]["description"]


def test_a_picture_is_checked_until_altairs_own_checks_are_off():
    wrong = display.titled([alt.Chart(pl.DataFrame({"a": [1]})).mark_bar()], "How?", "now", "So.", height="tall")
    with pytest.raises(SchemaValidationError, match="'tall' is an invalid value for `height`"):
        wrong.to_dict()
    with schemapi.debug_mode(arg=False):
        assert wrong.to_dict()["height"] == "tall"


@every_metric
def test_checked_or_not_a_picture_is_the_same(name):
    account, as_of = example(metric(name))
    checked = trend_chart(trend(metric(name), account, as_of), metric(name)).to_dict()
    with schemapi.debug_mode(arg=False):
        assert trend_chart(trend(metric(name), account, as_of), metric(name)).to_dict() == checked
