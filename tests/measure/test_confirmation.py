"""What to confirm today: edges written out, a recount in plain Python, and the days after."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pprint import pformat

import polars as pl
import pytest

from sellerhealth.definition.account import Account
from sellerhealth.definition.example import Example
from sellerhealth.measure.confirmation import if_not_confirmed, to_confirm
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.metrics import policy
from sellerhealth.metrics.choices import CONFIRMATIONS
from tests.measure.shelves import gathered, posted_at, shelved
from tests.oracle import generate
from tests.oracle.group import PLACES
from tests.oracle.known import Known, Order

AS_OF, EACH = date(2026, 3, 31), 20
ORDERS = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at|posted_at"
OPEN = "A|MFN|UNSHIPPED|2026-03-28|2026-03-31 23:59"
LATE_DISPATCH = policy("amazon-2026")["late_dispatch_rate"]


def account(marketplace: str = "US", **tables: str) -> Account:
    rows = {name: text.replace(";", "\n") for name, text in tables.items()}
    return Example(as_of=AS_OF, marketplace=marketplace, tables=rows, expected={}).account()


LISTED = {
    "open": (f"{OPEN}||", True),
    "no status told": ("A|MFN||2026-03-28|2026-03-31 23:59||", True),
    "no channel told": ("A||UNSHIPPED|2026-03-28|2026-03-31 23:59||", True),
    "due in a week": ("A|MFN|UNSHIPPED|2026-03-28|2026-04-07 23:59||", True),
    "due long ago": ("A|MFN|UNSHIPPED|2026-01-02|2026-01-05 23:59||", True),
    "partly shipped": ("A|MFN|PARTIALLY_SHIPPED|2026-03-28|2026-03-31 23:59|2026-03-30|", True),
    "payment pending": ("A|MFN|PENDING|2026-03-28|2026-03-31 23:59||", False),
    "cancelled": ("A|MFN|CANCELLED|2026-03-28|2026-03-31 23:59||", False),
    "shipped, no confirmation told": ("A|MFN|SHIPPED|2026-03-28|2026-03-31 23:59||", False),
    "delivered": ("A|MFN|DELIVERED|2026-03-28|2026-03-31 23:59||", False),
    "confirmed in the last moment": (f"{OPEN}|2026-03-31 23:59|", False),
    "confirmed in the first moment after": ("A|MFN|SHIPPED|2026-03-28|2026-03-31 23:59|2026-04-01 00:00|", True),
    "bought in the last moment": ("A|MFN|UNSHIPPED|2026-03-31 23:59|2026-04-02 23:59||", True),
    "bought in the first moment after": ("A|MFN|UNSHIPPED|2026-04-01 00:00|2026-04-02 23:59||", False),
    "bought nobody knows when": ("A|MFN|UNSHIPPED||2026-04-02 23:59||", True),
    "no ship-by date": ("A|MFN|UNSHIPPED|2026-03-28|||", False),
    "shipped by Amazon": ("A|AFN|UNSHIPPED|2026-03-28|2026-03-31 23:59||", False),
}


@pytest.mark.parametrize("case", LISTED)
def test_which_orders_are_to_confirm(case):
    order, is_listed = LISTED[case]
    assert to_confirm(account(orders=f"{ORDERS};{order}"), AS_OF).height == is_listed


def test_an_order_cancelled_after_the_day_is_still_to_confirm():
    orders = "order_id|status|purchased_at|ship_by_at|cancelled_at;A|CANCELLED|2026-03-28|2026-03-30|2026-04-01 00:00"
    assert to_confirm(account(orders=orders), AS_OF).height == 1
    assert to_confirm(account(orders=orders), date(2026, 4, 1)).is_empty()


def test_an_order_of_another_marketplace_is_not_among_them():
    orders = "order_id|marketplace|status|purchased_at|ship_by_at;A|CA|UNSHIPPED|2026-03-28|2026-03-30"
    assert to_confirm(account(orders=orders), AS_OF).is_empty()


def test_the_promise_of_its_items_stands_where_the_order_has_none():
    items = "order_id|sku|item_ship_by_at;A|X|2026-03-30 12:00;A|Y|2026-03-31 12:00"
    found = to_confirm(account(orders=f"{ORDERS};A|MFN|UNSHIPPED|2026-03-28|||", order_items=items), AS_OF)
    assert found.select("skus", "ship_by_on", "hours_left").rows() == [("X, Y", AS_OF, -12.0)]


def test_an_order_without_items_has_no_skus():
    assert to_confirm(account(orders=f"{ORDERS};{OPEN}||"), AS_OF)["skus"].to_list() == [None]


HOURS = {
    "at the end of the day": ("2026-04-01 00:00", 0.0, -1),
    "a minute before": ("2026-03-31 23:59", -1 / 60, 0),
    "tomorrow at noon": ("2026-04-01 12:00", 12.0, -1),
    "tomorrow at its end": ("2026-04-02 00:00", 24.0, -2),
    "today at noon": ("2026-03-31 12:00", -12.0, 0),
    "three days ago": ("2026-03-28 18:00", -78.0, 3),
    "before the clocks changed": ("2026-03-07 12:00", -587.0, 24),
}


@pytest.mark.parametrize("case", HOURS)
def test_hours_left(case):
    ship_by, hours, overdue = HOURS[case]
    found = to_confirm(account(orders=f"{ORDERS};A|MFN|UNSHIPPED|2026-03-01|{ship_by}||"), AS_OF)
    assert found["hours_left"].to_list() == pytest.approx([hours])
    assert found["days_overdue"].to_list() == [overdue]


def test_the_day_is_the_accounts():
    """The same moment is another day, and another time away from the day's end, on the other side of the world."""
    found = account(orders=f"{ORDERS};A|MFN|UNSHIPPED|2026-03-28|2026-03-31 20:00||2026-03-31 20:00")
    there = replace(found, zone="Asia/Tokyo")
    columns = ("ship_by_on", "hours_left", "days_overdue", "posted_on", "is_posted")
    assert to_confirm(found, AS_OF).select(columns).rows() == [(AS_OF, -4.0, 0, AS_OF, True)]
    assert to_confirm(there, AS_OF).select(columns).rows() == [(date(2026, 4, 1), 12.0, -1, None, False)]


POSTED = {
    "by the order": ("2026-03-31 23:59", None, AS_OF),
    "by the order, after the day": ("2026-04-01 00:00", None, None),
    "by the parcel": ("", "2026-03-30 17:00", date(2026, 3, 30)),
    "by the parcel, after the day": ("", "2026-04-01 00:00", None),
    "the last parcel counts": ("", "2026-03-28 17:00;A|2026-03-30 17:00", date(2026, 3, 30)),
    "not at all": ("", None, None),
}


@pytest.mark.parametrize("case", POSTED)
def test_posted(case):
    by_order, by_parcel, day = POSTED[case]
    tables = {"orders": f"{ORDERS};{OPEN}||{by_order}"}
    if by_parcel:
        tables["packages"] = f"order_id|package_posted_at;A|{by_parcel}"
    found = to_confirm(account(**tables), AS_OF)
    assert found.select("posted_on", "is_posted").rows() == [(day, day is not None)]


def test_the_posted_stand_first_then_what_is_due_first():
    orders = (
        f"{ORDERS};E|MFN|UNSHIPPED|2026-03-28|2026-03-30||;D|MFN|UNSHIPPED|2026-03-28|2026-03-30||"
        ";C|MFN|UNSHIPPED|2026-03-28|2026-03-29||;B|MFN|UNSHIPPED|2026-03-28|2026-04-03||2026-03-31"
        ";A|MFN|UNSHIPPED|2026-03-28|2026-04-04||2026-03-30"
    )
    assert to_confirm(account(orders=orders), AS_OF)["order_id"].to_list() == ["B", "A", "C", "D", "E"]


@pytest.mark.parametrize("tables", [{}, {"orders": ORDERS}, {"orders": f"{ORDERS};A|MFN|UNSHIPPED|2026-03-28|||"}])
def test_an_account_with_nothing_to_confirm_has_no_rows(tables):
    assert to_confirm(account(**tables), AS_OF).is_empty()
    assert if_not_confirmed(LATE_DISPATCH, account(**tables), AS_OF).is_empty()


UNSHIPPED = "order_id|promise_on|days_past_promise;Z|2026-03-31|-1;Z|2026-03-31|0"
REPORTS = {
    # what Amazon's reports of unshipped orders add of an order of no status, and whether it is to confirm
    "on none of them": ("", True),
    "on the last": (";A|2026-03-31|0", True),
    "not on the last": (";A|2026-03-31|-3", False),
    "not on the last, nor on one that is another for sure": (";A|2026-03-31|-2", True),
    "not on the last, but on tomorrow's": (";A|2026-03-31|-3;A|2026-03-31|1", True),
    "not on tomorrow's": (";A|2026-03-31|0;Z|2026-03-31|1", True),
}


PROMISES = {
    # what reports of unshipped orders tell of an order without a ship-by date, and when it has to be shipped by
    "one report": ("A|2026-03-30|0", [(datetime(2026, 3, 31, 6, 59, 59, tzinfo=UTC), date(2026, 3, 30), -24.0, 1)]),
    "moved by a later report": ("A|2026-03-30|-1;A|2026-03-29|1", [(datetime(2026, 3, 30, 6, 59, 59, tzinfo=UTC), date(2026, 3, 29), -48.0, 2)]),
    "two promises of one day": ("A|2026-03-29|1;A|2026-03-30|0", [(datetime(2026, 3, 31, 6, 59, 59, tzinfo=UTC), date(2026, 3, 30), -24.0, 1)]),
    "a report of tomorrow": ("A|2026-03-30|2", []),
    "no days": ("A|2026-03-30|", []),
}  # fmt: skip


@pytest.mark.parametrize("case", PROMISES)
def test_a_promise_that_only_reports_of_unshipped_orders_tell(case):
    rows, expected = PROMISES[case]
    told = account(orders=f"{ORDERS};A|MFN||2026-03-28|||", unshipped=f"order_id|promise_on|days_past_promise;{rows}")
    found = to_confirm(told, AS_OF).with_columns(pl.col("hours_left").round(2))
    assert found.select("ship_by_at", "ship_by_on", "hours_left", "days_overdue").rows() == expected
    assert evaluate(LATE_DISPATCH, told, AS_OF)["denominator"][0] == 0


def test_a_promise_goes_by_the_marketplaces_days_whatever_the_zone():
    """30 March ends in Los Angeles when it is 07:59:59 of the 31st in London."""
    reports = "order_id|promise_on|days_past_promise;A|2026-03-30|0"
    told = replace(account(orders=f"{ORDERS};A|MFN||2026-03-28|||", unshipped=reports), zone="Europe/London")
    found = to_confirm(told, AS_OF).select("ship_by_at", "ship_by_on", "days_overdue")
    assert found.rows() == [(datetime(2026, 3, 31, 6, 59, 59, tzinfo=UTC), date(2026, 3, 31), 0)]


def test_an_orders_own_date_goes_before_a_reports_promise():
    reports = "order_id|promise_on|days_past_promise;A|2026-03-29|0"
    found = to_confirm(account(orders=f"{ORDERS};{OPEN}||", unshipped=reports), AS_OF)
    assert found["ship_by_on"].to_list() == [AS_OF]


@pytest.mark.parametrize("case", REPORTS)
def test_what_a_report_lists_no_more_is_not_to_confirm(case):
    rows, is_listed = REPORTS[case]
    told = account(orders=f"{ORDERS};A|MFN||2026-03-28|2026-03-31 23:59||", unshipped=UNSHIPPED + rows)
    assert to_confirm(told, AS_OF).height == is_listed


def test_an_order_whose_package_is_made_later_is_to_confirm():
    orders = f"{ORDERS};A|MFN|SHIPPED|2026-03-28|2026-03-31 23:59||"
    for made, height in (("2026-03-31 23:59", 0), ("2026-04-01 00:00", 1)):
        told = account(orders=orders, packages=f"order_id|package_created_at;A|{made}")
        assert to_confirm(told, AS_OF).height == height


# Nothing more is confirmed.

DAYS_AFTER = {
    # of each of the days from 31 March: late orders, orders counted
    "due today": (f"{OPEN}||", [(0, 1), (1, 1), (1, 1)]),
    "due tomorrow": ("A|MFN|UNSHIPPED|2026-03-28|2026-04-01 23:59||", [(0, 0), (0, 1), (1, 1)]),
    "confirmed in time": ("A|MFN|SHIPPED|2026-03-28|2026-03-30 23:59|2026-03-30|", [(0, 1), (0, 1), (0, 1)]),
    "confirmed in time, but after the day": ("A|MFN|SHIPPED|2026-03-28|2026-04-01 23:59|2026-04-01 00:00|", [(0, 0), (0, 1), (1, 1)]),
    "bought nobody knows when": ("A|MFN|UNSHIPPED||2026-03-31 23:59||", [(0, 1), (1, 1), (1, 1)]),
    "leaving the window": ("A|MFN|UNSHIPPED|2026-02-28|2026-03-03 23:59||", [(1, 1), (1, 1), (0, 0)]),
}  # fmt: skip


@pytest.mark.parametrize("case", DAYS_AFTER)
def test_if_not_confirmed(case):
    order, counts = DAYS_AFTER[case]
    found = if_not_confirmed(LATE_DISPATCH, account(orders=f"{ORDERS};{order}"), AS_OF, days=2)
    assert found.select("numerator", "denominator").rows() == counts
    assert found["on"].to_list() == [AS_OF, date(2026, 4, 1), date(2026, 4, 2)]


def test_what_came_after_the_day_does_not_come():
    """A confirmation by parcel or by list, a cancellation and a new order, each told for the day after."""
    orders = (
        "order_id|channel|status|purchased_at|ship_by_at|cancelled_at;A|MFN|SHIPPED|2026-03-28|2026-04-01 23:59|"
        ";B|MFN|SHIPPED|2026-03-28|2026-04-01 23:59|;C|MFN|CANCELLED|2026-03-28|2026-04-01 23:59|2026-04-01"
        ";D|MFN|UNSHIPPED|2026-04-01|2026-04-02 23:59|"
    )
    tables = {
        "orders": orders,
        "packages": "order_id|package_confirmed_at;A|2026-03-30;A|2026-04-01",
        "amazon_defects": "order_id|metric|listed_confirmed_at;B|late_dispatch_rate|2026-04-01",
    }
    found = if_not_confirmed(policy("handbook")["late_dispatch_rate"], account(**tables), AS_OF, days=4)
    assert found.select("numerator", "denominator").rows() == [(0, 0), (0, 3), (0, 3), (0, 3), (3, 3)]


def test_what_is_shipped_does_not_grow_late():
    """Its confirmation came by the day at the latest, though no file tells it; so it stays as clean as it is."""
    orders = "order_id|status|purchased_at|ship_by_at|updated_at;A|SHIPPED|2026-03-28|2026-03-30|2026-04-05;B|SHIPPED|2026-03-28|2026-03-30|"
    told = account(orders=orders, packages="order_id|package_confirmed_at")
    handbook = policy("handbook")["late_dispatch_rate"]
    assert if_not_confirmed(handbook, told, AS_OF)["unknown"].to_list() == [0] * 8
    assert evaluate(handbook, told, date(2026, 4, 7))["unknown"][0] == 2


def test_what_reports_and_packages_tell_after_the_day_does_not_come():
    """A stays open though the report of tomorrow lists it no more; B's package of tomorrow is not made."""
    tables = {
        "orders": f"{ORDERS};A|MFN||2026-03-28|2026-04-01 23:59||;B|MFN|SHIPPED|2026-03-28|2026-04-01 23:59||",
        "packages": "order_id|package_created_at;B|2026-04-01",
        "unshipped": "order_id|promise_on|days_past_promise;A|2026-04-01|-1;Z|2026-04-01|0",
    }
    found = if_not_confirmed(LATE_DISPATCH, account(**tables), AS_OF, days=2)
    assert found.select("numerator", "unknown", "denominator").rows() == [(0, 0, 0), (0, 0, 2), (2, 0, 2)]


def test_complaints_and_messages_tell_nothing_of_a_confirmation():
    orders = f"{ORDERS};{OPEN}||;B|MFN|SHIPPED|2026-03-20|2026-03-22|2026-03-23|"
    others = {
        "feedback": "order_id|rated_on|rating;B|2026-03-30|1;A|2026-04-02|1",
        "claims": "order_id|opened_on|claim_type;A|2026-04-01|A_TO_Z",
        "returns": "order_id|returned_on|refunded;B|2026-03-30|5",
        "messages": "thread_id|order_id|sender|sent_at;T|A|BUYER|2026-03-29 10:00",
        "tracking": "order_id|package_id|tracking_promised_on|has_valid_tracking;B|P|2026-03-30|no",
        "deliveries": "order_id|sku|delivery_promised_on|delivery_arrived_on;B|X|2026-03-25|2026-03-29",
    }
    alone, among = account(orders=orders), account(orders=orders, **others)
    days = if_not_confirmed(LATE_DISPATCH, among, AS_OF)
    assert days.select("numerator", "denominator").rows() == [(1, 2)] + [(2, 2)] * 7
    assert days.equals(if_not_confirmed(LATE_DISPATCH, alone, AS_OF))


def test_who_changes_what_is_to_confirm_in_place_changes_it_for_nobody_else():
    seller = account(orders=f"{ORDERS};{OPEN}||")
    to_confirm(seller, AS_OF)[0, "order_id"] = "changed"
    assert to_confirm(seller, AS_OF)["order_id"].to_list() == ["A"]


def test_the_first_day_is_the_figure_of_today():
    for name in ("handbook", "amazon-2026"):
        metric = policy(name)["late_dispatch_rate"]
        example = metric.definition.example
        today = evaluate(metric, example.account(), AS_OF).head(1)
        assert if_not_confirmed(metric, example.account(), AS_OF, days=0).drop("on").equals(today)


def test_the_last_day_is_inside():
    example = LATE_DISPATCH.definition.example
    found = if_not_confirmed(LATE_DISPATCH, example.account(), AS_OF)
    assert found["on"].to_list() == [AS_OF + timedelta(days=ahead) for ahead in range(8)]
    assert found["window_end"].to_list() == found["on"].to_list()


def test_without_confirmations_in_any_file_there_is_nothing_to_say():
    orders = "order_id|channel|status|purchased_at|ship_by_at;A|MFN|UNSHIPPED|2026-03-28|2026-03-30"
    told = account(orders=orders)
    blind = replace(told, provided=told.provided - {*CONFIRMATIONS})
    assert to_confirm(blind, AS_OF).height == 1
    assert if_not_confirmed(LATE_DISPATCH, blind, AS_OF).is_empty()


# A recount in plain Python over generated accounts.


@pytest.mark.parametrize("position", range(len(PLACES)), ids=[f"{zone}-{day}" for zone, day in PLACES])
def test_to_confirm_is_that_listed_by_hand(position):
    zone, as_of = PLACES[position]
    accounts = {seed: shelved(seed, zone, as_of) for seed in range(position * 10_000, position * 10_000 + EACH)}
    expected = []
    for seed, tables in accounts.items():
        known = Known(tables=tables, marketplace=generate.PLACES[zone], zone=zone, as_of=as_of)
        expected += [(str(seed), *_row(known, order)) for order in known.orders() if _is_to_confirm(order)]
    expected.sort(key=lambda row: (not row[8], row[4], row[1]))
    found = to_confirm(gathered(accounts, zone, as_of), as_of)
    exact = found.with_columns((pl.col("hours_left") * 3_600_000_000).round().cast(pl.Int64))
    for got, by_hand in zip(exact.rows(), expected, strict=True):
        assert got == by_hand, pformat(accounts[int(by_hand[0])])


@pytest.mark.parametrize("position", [0, 6, 12, 18])
@pytest.mark.parametrize("rules", ["handbook", "amazon-2026"])
def test_standing_still_changes_nothing_today(position, rules):
    zone, as_of = PLACES[position]
    metric = policy(rules)["late_dispatch_rate"]
    everything = gathered({seed: shelved(seed, zone, as_of) for seed in range(100)}, zone, as_of)
    today = evaluate(metric, everything, as_of).filter(pl.col("window_days") == 30, pl.col("value").is_not_null())
    assert today.height > 50
    assert if_not_confirmed(metric, everything, as_of, days=0).drop("on").equals(today.sort("account"))


def test_the_generated_accounts_hold_what_matters():
    zone, as_of = PLACES[0]
    found = to_confirm(gathered({seed: shelved(seed, zone, as_of) for seed in range(100)}, zone, as_of), as_of)
    assert found["is_posted"].n_unique() == 2
    assert found.select((pl.col("hours_left") < 0).n_unique(), pl.col("skus").str.contains(", ").any()).row(0) == (
        2,
        True,
    )


def _is_to_confirm(order: Order) -> bool:
    is_settled = order.is_pending or order.is_cancelled or order.is_shipped or order.is_gone
    return order.is_ours and order.channel == "MFN" and not is_settled and _ship_by(order) is not None


def _ship_by(order: Order) -> datetime | None:
    """Where no file says by when to ship, the latest report of unshipped orders does."""
    return order.ship_by or order.promised_by_report


def _row(known: Known, order: Order) -> tuple[object, ...]:
    order_id, ship_by = order.row["order_id"], _ship_by(order)
    assert ship_by is not None
    posted = posted_at(known, order)
    posted_on = known.day_of(posted) if posted and posted < known.end else None
    skus = sorted(item["sku"] for item in known.of("order_items", order_id))
    return (
        order_id,
        ", ".join(skus) or None,
        order.bought_day,
        ship_by,
        known.day_of(ship_by),
        (ship_by - known.end) // timedelta(microseconds=1),
        posted_on,
        posted_on is not None,
        (known.as_of - known.day_of(ship_by)).days,
    )
