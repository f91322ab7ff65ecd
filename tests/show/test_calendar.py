"""The calendar of the defects: what enters and leaves, as a picture and as a table."""

from datetime import timedelta

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.outlook.calendar import calendar
from sellerhealth.show.calendar import MOST_CHANGES, calendar_chart, calendar_table, entering
from tests.metrics.edges import AS_OF, account, under
from tests.show.figures import ESCAPED, EVIL, NAMES, example, metric
from tests.show.pictures import drawn, says, whole

AMAZON = policy("amazon-2026")
TRACKED = under("valid_tracking_rate", "handbook", windows=[3], lag_days=2)


def parcels(*promised: int, names: str = "P"):
    rows = [f"{n}|{names}{n}|{AS_OF - timedelta(days=ago)}|no" for n, ago in enumerate(promised)]
    return account(tracking=";".join(["order_id|package_id|tracking_promised_on|has_valid_tracking", *rows]))


def rows(one, seller):
    shown = calendar_table(calendar(one, seller, AS_OF), one, evaluate(one, seller, AS_OF))
    return [list(row.values()) for row in shown._tbl_data.to_dicts()] if shown else None


def test_a_row_for_each_day_and_change():
    """Three days that end two days ago: two parcels in it, and one that enters tomorrow."""
    assert rows(TRACKED, parcels(4, 3, 1)) == [
        ["1\u00a0Apr\u00a02026", "enter", 1, 3, "2"],
        ["1\u00a0Apr\u00a02026", "leave", 1, 2, "0"],
        ["2\u00a0Apr\u00a02026", "leave", 1, 1, "1"],
        ["4\u00a0Apr\u00a02026", "leave", 1, 0, "2"],
    ]


def test_those_that_leave_together_are_one_row():
    assert rows(TRACKED, parcels(*[4] * 5)) == [["1\u00a0Apr\u00a02026", "leave", 5, 0, "0, 1, 2 and 2 more"]]


def test_units_are_counted():
    one = under("on_time_delivery_rate", "handbook")
    late = f"A|X|3|{AS_OF - timedelta(days=20)}|{AS_OF}"
    seller = account(deliveries=f"order_id|sku|units|delivery_promised_on|delivery_arrived_on;{late}")
    assert rows(one, seller) == [["1\u00a0Apr\u00a02026", "leave", 3, 0, "A"]]


def test_channels_are_told_apart():
    one = metric("order_defect_rate")
    seller = account(
        orders="order_id|channel|status|purchased_at;A|MFN|SHIPPED|2026-02-01;B|AFN|SHIPPED|2026-02-01",
        feedback="order_id|rated_on|rating;A|2026-03-01|1;B|2026-03-01|1",
    )
    assert rows(one, seller) == [
        ["shipped by Amazon", "2\u00a0Apr\u00a02026", "leave", 1, 0, "B"],
        ["shipped by us", "2\u00a0Apr\u00a02026", "leave", 1, 0, "A"],
    ]


def test_a_long_table_is_cut_and_says_so():
    one = under("valid_tracking_rate", "handbook", windows=[30], lag_days=0)
    seller = parcels(*range(20))
    shown = calendar_table(calendar(one, seller, AS_OF), one, evaluate(one, seller, AS_OF))
    assert shown._tbl_data.height == MOST_CHANGES
    assert (
        "Now in the window: 20 packages without valid tracking. The next 10 changes are shown." in shown.as_raw_html()
    )


def test_no_defect_is_no_table():
    assert rows(TRACKED, parcels()) is None


@pytest.mark.parametrize("name", NAMES)
def test_every_metric_has_a_table(name):
    one, (seller, as_of) = metric(name), example(metric(name))
    found = calendar(one, seller, as_of)
    told = calendar_table(found, one, evaluate(one, seller, as_of))._tbl_data
    assert told.columns[-5:] == ["Day", "Change", "Number", "In the window then", "Which"]
    assert told["Number"].sum() >= min(found.height, 5)


def test_what_a_file_holds_is_escaped():
    one = metric("order_defect_rate")
    seller = account(
        orders="order_id|channel|status|purchased_at;X|MFN|SHIPPED|2026-02-01",
        feedback="order_id|rated_on|rating;X|2026-03-01|1",
    )
    found = calendar(one, seller, AS_OF).with_columns(pl.lit(EVIL).alias("order_id"))
    html = calendar_table(found, one, evaluate(one, seller, AS_OF)).as_raw_html()
    assert ESCAPED in html
    assert EVIL not in html


def test_the_picture_goes_on_to_what_is_still_to_enter():
    one = AMAZON["order_defect_rate"]
    seller, as_of = example(one)
    found, now = calendar(one, seller, as_of), evaluate(one, seller, as_of)
    spec = whole(calendar_chart(found, one, now))
    coming = [row for row in drawn(spec) if row["enters"] != "–"]
    assert coming == [
        {
            "week": "2026-03-16",
            "weekday": "Tue",
            "day": "17 Mar 2026",
            "defects": 1,
            "enters": "1 Apr 2026",
            "leaves": "31 May 2026",
        }
    ]
    assert len(drawn(spec)) == one.window_days + 1
    assert spec["title"]["subtitle"].endswith(" Outlined: still to enter it.")
    assert says(spec).endswith("1 more defective order is known already and enters the window on 1 Apr 2026.")


def test_the_weeks_between_are_there():
    """In the window until 2 March, and one on the 30th: five weeks, also those without a day of either."""
    one = under("valid_tracking_rate", "handbook", windows=[3], lag_days=29)
    seller = parcels(30, 1)
    text = str(whole(calendar_chart(calendar(one, seller, AS_OF), one, evaluate(one, seller, AS_OF))))
    assert all(f"'2026-03-{day}'" in text for day in ("02", "09", "16", "23", "30"))


ENTERING = {
    (): "",
    (2,): "",
    (1,): "1 more package without valid tracking is known already and enters the window on 1 Apr 2026.",
    (1, 1): "2 more packages without valid tracking are known already and enter the window on 1 Apr 2026.",
    (0, 1, 3): (
        "2 more packages without valid tracking are known already and enter the window from 1 Apr 2026 to 2 Apr 2026."
    ),
}


@pytest.mark.parametrize("promised", ENTERING)
def test_what_is_known_and_not_in_the_window(promised):
    found = calendar(TRACKED, parcels(*promised), AS_OF)
    assert entering(found, TRACKED, AS_OF - timedelta(days=2)) == ENTERING[promised]
