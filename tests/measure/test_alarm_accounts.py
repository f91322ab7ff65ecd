"""From the orders of an account to its alarms; and what is said of a signal that cannot be watched."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sellerhealth import policy
from sellerhealth.measure.alarm import ALARMS, WATCH, Watched, alarms, by_day, watch
from sellerhealth.measure.signals import watched
from tests.measure.signs import account, message, on, order

HANDBOOK = policy("handbook")


def late_shop(days, since=None, until=None, a_day=5):
    """Every tenth order is late for ten days at the most; from `since` every second one, until `until`."""
    made = []
    for day in range(days):
        for number in range(a_day):
            turn = day * a_day + number
            is_bad = since is not None and since <= day < (until or days) and turn % 2 == 0
            is_late = is_bad or turn % 50 == 0
            # What is still under way on the last day has no confirmation yet.
            confirmed = 6 if is_late else 1
            gone = day + confirmed >= days
            made.append(order(f"O{turn}", on(day), confirmed=None if gone and is_late else confirmed))
    return made


def states(found):
    return dict(found.select("signal", "state").rows())


def test_each_state_of_a_signal():
    last = on(179)
    messages = [message(f"T{day}", on(day), None, "PRODUCT") for day in range(140)]
    returns = [
        {"account": "shop", "order_id": f"O{5 * day}", "sku": "S", "returned_on": on(day)} for day in range(150, 180)
    ]
    shop = account(last, without=["deliveries"], orders=late_shop(180, since=172), messages=messages, returns=returns)
    shop = replace(shop, provided=shop.provided - {"orders.delivered_at", "orders.deliver_by_at"})
    found = watch(HANDBOOK, shop, last)
    assert found.columns == WATCH
    assert states(found) == {
        "contacts": Watched.ENDED,
        "returns": Watched.TOO_LITTLE,
        "unconfirmed": Watched.RINGS,
        "late": Watched.RINGS,
        "cancellations": Watched.SILENT,
        "deliveries": Watched.NOT_TOLD,
    }
    until = dict(found.select("signal", "told_until").rows())
    assert until["contacts"] == on(139)
    assert until["late"] == last - timedelta(days=3)
    assert dict(found.select("signal", "past_days").rows())["returns"] == 30 - 28


ENDS = {"nine days ago": (9, Watched.SILENT), "thirteen": (13, Watched.SILENT), "fourteen": (14, Watched.ENDED)}


@pytest.mark.parametrize(("ago", "state"), ENDS.values(), ids=list(ENDS))
def test_files_that_end_a_short_window_ago_tell_nothing_of_today(ago, state):
    messages = [message(f"T{day}", on(day), None, "DELIVERY") for day in range(180 - ago)]
    shop = account(on(179), orders=late_shop(180), messages=messages)
    found = watch(HANDBOOK, shop, on(179)).filter(signal="contacts")
    assert found["state"].to_list() == [state]
    assert found["told_until"].to_list() == [on(179 - ago)]


def test_an_alarm_from_orders():
    shop = account(on(209), orders=late_shop(210, since=200))
    found = alarms(HANDBOOK, shop, on(209))
    assert found.columns == ALARMS
    late = found.filter(signal="late").row(0, named=True)
    assert (late["leads_to"], late["marketplace"], late["still_rings"]) == ("late_dispatch_rate", "GB", True)
    # Bought from day 200 to 204, to be shipped from 202 to 206, late for sure three days after: 13 of those 25.
    assert late["told_until"] == on(206)
    assert (late["short_numerator"], late["short_denominator"]) == (13, 14 * 5)
    assert late["rang_on"] == on(207)
    assert late["times"] == pytest.approx(13 / 70 / (late["past_numerator"] / late["past_denominator"]))


def test_the_past_of_an_alarm_is_that_before_it_rang():
    shop = account(on(269), orders=late_shop(270, since=200))
    late = alarms(HANDBOOK, shop, on(269)).filter(signal="late").row(0, named=True)
    assert late["rang_on"] == on(207)
    assert late["still_rings"]
    # The long window that ended on day 204 began on 177; before it there are 175 days with a ship-by day, from 2 on.
    assert late["past_days"] == 175
    assert (late["past_numerator"], late["past_denominator"]) == (18, 175 * 5)


def test_it_rings_on_the_day_it_says():
    shop = account(on(209), orders=late_shop(210, since=195, until=205))
    said = dict(alarms(HANDBOOK, shop, on(209)).select("signal", "rang_on").rows())
    for signal in ("unconfirmed", "late"):
        heard = [day for day in range(198, 208) if states(watch(HANDBOOK, shop, on(day)))[signal] == Watched.RINGS]
        assert on(heard[0]) == said[signal]


def test_an_alarm_that_is_over():
    shop = account(on(239), orders=late_shop(240, since=150, until=165))
    found = alarms(HANDBOOK, shop, on(239))
    assert found["still_rings"].to_list() == [False, False]
    over = found.filter(signal="late").row(0, named=True)
    assert over["rang_on"] < over["rang_until"] < on(200)
    assert over["told_until"] == over["rang_until"] - timedelta(days=watched(HANDBOOK)["late"])
    days = (on(239) - over["rang_until"]).days
    assert alarms(HANDBOOK, shop, on(239), days=days).filter(signal="late").is_empty()
    assert alarms(HANDBOOK, shop, on(239), days=days + 1).filter(signal="late").height == 1
    assert set(states(watch(HANDBOOK, shop, on(239))).values()) <= {Watched.SILENT, Watched.NOT_TOLD}


def test_what_still_rings_is_first_and_the_worst_before_the_others():
    cancelled = [
        order(f"C{day}", on(day), confirmed=None, status="CANCELLED", cancelled_by="SELLER") for day in range(200, 209)
    ]
    shop = account(on(209), orders=[*late_shop(210, since=198), *cancelled])
    found = alarms(HANDBOOK, shop, on(209))
    # No order was ever cancelled before: that is worse than any number of times.
    assert found["signal"][0] == "cancellations"
    assert found["times"][0] is None
    assert found["times"].to_list()[1:] == sorted(found["times"].to_list()[1:], reverse=True)


def test_a_season_of_three_times_the_orders_does_not_ring():
    """Every tenth buyer writes, nine days after buying; every twentieth sends back, after twenty."""
    orders, messages, returns = [], [], []
    for day in range(250):
        for number in range(60 if 180 <= day < 215 else 20):
            name = f"O{day}-{number}"
            orders.append(order(name, on(day)))
            if number % 10 == 0 and day + 9 < 250:
                messages.append(message(f"T{name}", on(day + 9), name))
            if number % 20 == 0 and day + 20 < 250:
                returns.append({"account": "shop", "order_id": name, "sku": "S", "returned_on": on(day + 20)})
    shop = account(on(249), orders=orders, messages=messages, returns=returns)
    assert alarms(HANDBOOK, shop, on(249), days=250).is_empty()
    assert states(watch(HANDBOOK, shop, on(249)))["contacts"] == Watched.SILENT


def test_several_accounts_of_one_folder_have_a_row_each():
    mine = late_shop(210, since=200)
    other = [{**row, "account": "other", "order_id": f"X{row['order_id']}"} for row in late_shop(210)]
    shop = account(on(209), orders=[*mine, *other])
    found = watch(HANDBOOK, shop, on(209))
    assert found["account"].to_list() == ["other"] * 6 + ["shop"] * 6
    ringing_ones = found.filter(state=Watched.RINGS.value).select("account", "signal").rows()
    assert ringing_ones == [("shop", "unconfirmed"), ("shop", "late")]
    assert set(alarms(HANDBOOK, shop, on(209))["account"]) == {"shop"}


EMPTY = {"no file at all": ("orders",), "files without a row": ()}


@pytest.mark.parametrize("without", EMPTY.values(), ids=list(EMPTY))
def test_an_account_of_which_nothing_is_told(without):
    shop = account(date(2026, 3, 1), without=without)
    found = watch(HANDBOOK, shop, date(2026, 3, 1))
    assert found["account"].unique().to_list() == ["shop"]
    assert set(found["state"]) == {Watched.NOT_TOLD}
    assert alarms(HANDBOOK, shop, date(2026, 3, 1)).is_empty()
    assert by_day(HANDBOOK, shop, date(2026, 3, 1)).is_empty()


def test_a_day_long_after_the_files_hears_nothing():
    shop = account(on(209), orders=late_shop(210, since=200))
    found = watch(HANDBOOK, shop, on(300))
    assert Watched.RINGS not in set(found["state"])
    assert states(found)["late"] == Watched.ENDED
    assert not alarms(HANDBOOK, shop, on(300), days=200)["still_rings"].any()
