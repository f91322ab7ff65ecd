"""The bridge worked by hand: every step once, and what has none."""

from datetime import date

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.measure.causes.bridge import BRIDGE, STEPS, bridge, moved
from sellerhealth.measure.causes.moves import earlier
from tests.metrics.edges import account, under

AS_OF, BEFORE = date(2026, 3, 31), date(2026, 3, 21)
ORDERS = """order_id|channel|status|purchased_at
    stayed|MFN|SHIPPED|2026-02-20
    cured|MFN|SHIPPED|2026-02-21
    turned|MFN|SHIPPED|2026-02-22
    old|MFN|SHIPPED|2026-01-21
    older|MFN|SHIPPED|2026-01-22
    last|MFN|SHIPPED|2026-01-30
    first|MFN|SHIPPED|2026-01-31
    new|MFN|SHIPPED|2026-03-22
    newer|MFN|SHIPPED|2026-03-31
    ours not|AFN|SHIPPED|2026-03-25"""
RATINGS = """order_id|rated_on|rating|removed_on
    cured|2026-03-01|1|2026-03-25
    turned|2026-03-22|2|
    older|2026-02-01|1|
    newer|2026-03-31|1|"""
CLAIMS = "order_id|claim_type|opened_on|claim_status|funded_by"


def steps(found: pl.DataFrame, channel: str = "MFN") -> dict[str, tuple[int, int]]:
    """Orders and defects that each step adds, of those that add any."""
    rows = found.filter(channel=channel).filter((pl.col("counted") != 0) | (pl.col("defects") != 0))
    return {row["step"]: (row["counted"], row["defects"]) for row in rows.iter_rows(named=True)}


def odr(**tables: str) -> pl.DataFrame:
    return bridge(policy("handbook")["order_defect_rate"], account(**tables), AS_OF, BEFORE)


def test_worked_by_hand():
    """Windows: 21 January to 21 March, as known on that day; 31 January to 31 March now."""
    found = odr(orders=ORDERS, feedback=RATINGS)
    assert steps(found) == {
        "then": (7, 2),
        "entered_clean": (1, 0),
        "entered_defects": (1, 1),
        "left_clean": (-2, 0),
        "left_defects": (-1, -1),
        "became_defects": (0, 1),
        "no_defects_any_more": (0, -1),
        "now": (6, 2),
    }
    assert steps(found, "AFN") == {"entered_clean": (1, 0), "now": (1, 0)}
    assert found["channel"].to_list() == ["MFN"] * 11 + ["AFN"] * 11
    assert found.columns == BRIDGE
    assert set(found["before"]) == {BEFORE}
    assert set(found["as_of"]) == {AS_OF}


def test_the_rate_after_each_step():
    """2 of 7, then 2 of 8, 3 of 9, 3 of 7, 2 of 6, 3 of 6, and 2 of 6."""
    values = odr(orders=ORDERS, feedback=RATINGS).filter(channel="MFN")["value"].to_list()
    by_hand = [2 / 7, 2 / 8, 3 / 9, 3 / 7, 2 / 6, 3 / 6, 2 / 6, 2 / 6, 2 / 6, 2 / 6, 2 / 6]
    assert values == pytest.approx(by_hand)


def test_the_effects_do_not_depend_on_what_comes_first():
    """The mean rate is 13/42, the mean number 6.5: a clean order that comes lowers by 13/42 in 6.5."""
    found = odr(orders=ORDERS, feedback=RATINGS).filter(channel="MFN")
    effect = dict(found.select("step", "effect").rows())
    assert effect["entered_clean"] == pytest.approx(-13 / 42 / 6.5)
    assert effect["left_clean"] == pytest.approx(2 * 13 / 42 / 6.5)
    assert effect["became_defects"] == pytest.approx(1 / 6.5)
    assert effect["then"] is None
    assert effect["now"] is None
    assert found["effect"].sum() == pytest.approx(2 / 6 - 2 / 7)


def test_the_very_defects():
    found = moved(policy("handbook")["order_defect_rate"], account(orders=ORDERS, feedback=RATINGS), AS_OF, BEFORE)
    assert found.select("step", "order_id", "defect_kind").rows() == [
        ("entered_defects", "newer", "Negative feedback"),
        ("became_defects", "turned", "Negative feedback"),
        ("no_defects_any_more", "cured", "Negative feedback"),
        ("left_defects", "older", "Negative feedback"),
    ]


def test_counted_newly_and_no_longer():
    """An order confirmed too late to be looked at then, and one overdue that is cancelled since."""
    orders = """order_id|channel|status|cancelled_by|purchased_at|ship_by_at|confirmed_at|cancelled_at
        A|MFN|SHIPPED||2026-03-10|2026-03-12 23:59|2026-03-12|
        B|MFN|CANCELLED|BUYER|2026-03-10|2026-03-12 23:59||2026-03-30
        C|MFN|SHIPPED||2026-03-18|2026-03-20 23:59|2026-03-25|"""
    told = account(orders=orders)
    assert steps(bridge(policy("handbook")["late_dispatch_rate"], told, AS_OF, BEFORE)) == {
        "then": (3, 1),
        "no_longer_counted": (-1, -1),
        "became_defects": (0, 1),
        "now": (2, 1),
    }
    # Where the unconfirmed do not count, B and C were not there then.
    left_out = under("late_dispatch_rate", "handbook", choice={"unconfirmed_orders": "left_out"})
    assert steps(bridge(left_out, told, AS_OF, BEFORE)) == {"then": (1, 0), "newly_counted": (1, 1), "now": (2, 1)}


def test_an_answer_that_came_since_is_counted_newly():
    """Average response time counts only what was answered; two messages of one thread are told apart by their day."""
    messages = """thread_id|order_id|sender|sent_at
        1||BUYER|2026-03-10 09:00
        1||SELLER|2026-03-10 11:00
        1||BUYER|2026-03-12 09:00
        1||SELLER|2026-03-12 10:00
        2||BUYER|2026-03-19 09:00
        2||SELLER|2026-03-21 09:00"""
    metric = policy("handbook")["average_response_time"]
    found = bridge(metric, account(messages=messages), date(2026, 3, 22), date(2026, 3, 15))
    assert steps(found, "ALL") == {"then": (2, 0), "entered_defects": (1, 1), "now": (3, 1)}
    assert found.filter(step="now")["value"].item() == pytest.approx((2 + 1 + 48) / 3)
    assert found["effect"].sum() == pytest.approx((2 + 1 + 48) / 3 - (2 + 1) / 2)


def test_what_grew_old_weighs_less():
    """Of the seller rating a row of 91 days weighs three instead of four, and a clean one has 100 points."""
    orders = """order_id|channel|status|purchased_at|ship_by_at|confirmed_at
        A|MFN|SHIPPED|2025-12-31|2026-01-05 23:59|2026-01-05
        B|MFN|SHIPPED|2026-03-01|2026-03-03 23:59|2026-03-09"""
    metric = policy("handbook")["seller_rating"]
    found = bridge(metric, account(orders=orders), date(2026, 4, 1), date(2026, 3, 31))
    row = found.filter(step="revalued").row(0, named=True)
    assert (row["counted"], row["defects"], row["numerator"], row["denominator"]) == (0, 0, -100, -1)
    assert found.filter(step="then")["value"].item() == pytest.approx(400 / 8)
    assert found.filter(step="now")["value"].item() == pytest.approx(300 / 7)
    assert found["effect"].sum() == pytest.approx(300 / 7 - 400 / 8)


def test_nothing_then():
    """Where one day counts nothing there is no change of the figure, but the counts still add up."""
    found = odr(orders="order_id|channel|status|purchased_at;A|MFN|SHIPPED|2026-03-25")
    assert steps(found) == {"entered_clean": (1, 0), "now": (1, 0)}
    assert found["effect"].null_count() == found.height
    assert found["value"].to_list()[0] is None
    assert found["value"].to_list()[-1] == 0.0


def test_no_order_at_all_has_a_bridge_of_the_first_channel():
    found = odr()
    assert found.select("step").to_series().to_list() == ["then", *STEPS, "now"]
    assert not any(found["counted"])


def test_what_cannot_be_computed_has_none():
    metric = policy("handbook")["late_dispatch_rate"]
    untold = account(orders=ORDERS, without=("orders.ship_by_at", "order_items"))
    found = bridge(metric, untold, AS_OF)
    assert found.is_empty()
    assert found.columns == BRIDGE
    assert moved(metric, untold, AS_OF).is_empty()


def test_where_an_input_is_missing_the_unsure_are_not_counted():
    """As in the figure itself."""
    orders = "order_id|channel|status|purchased_at;A|MFN|SHIPPED|2026-03-25;B|MFN|CANCELLED|2026-03-25"
    told = account(orders=orders, feedback="order_id|rated_on|rating;A|2026-03-30|1", without=("claims", "messages"))
    metric = policy("handbook")["perfect_order_percentage"]
    found = bridge(metric, told, AS_OF, BEFORE)
    assert steps(found, "ALL") == {"entered_clean": (1, 0), "entered_defects": (1, 1), "now": (2, 1)}
    assert found.filter(step="now").select("numerator", "basis").row(0) == (1, "UPPER_BOUND")
    assert moved(metric, told, AS_OF, BEFORE)["order_id"].to_list() == ["A"]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("order_defect_rate", date(2026, 3, 3)),
        ("cancellation_rate", date(2026, 3, 24)),
        ("on_time_delivery_rate", date(2026, 3, 17)),
        ("average_response_time", date(2026, 3, 3)),
    ],
)
def test_the_day_compared_with(name: str, day: date):
    metric = policy("handbook")[name]
    assert earlier(metric, AS_OF) == day
    assert set(bridge(metric, account(), AS_OF)["before"]) == {day}
