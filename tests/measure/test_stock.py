"""Stock against orders: edges written out, and a recount in plain Python."""

from dataclasses import replace
from datetime import date
from math import exp
from pprint import pformat
from typing import Any

import polars as pl
import pytest
from scipy.stats import poisson

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Basis
from sellerhealth.measure.stock import explained, missing_stock, safety_stock, stock
from tests.measure.shelves import COLUMNS, Shelves, gathered, shelved
from tests.oracle import generate
from tests.oracle.group import PLACES
from tests.oracle.known import Known

AS_OF, EACH = date(2026, 3, 31), 20
ORDERS = "order_id|channel|status|purchased_at|confirmed_at|cancelled_at|cancelled_by"
ITEMS = "order_id|sku|quantity|item_status"
COUNT = "sku|counted_on|units_on_hand;X||10"
LISTED = "sku|listed_on|listed_units|listing_channel|listing_state;X||4|MFN|ACTIVE"
OPEN = f"{ORDERS};A|MFN|UNSHIPPED|2026-03-30|||"


def account(**tables: str) -> Account:
    rows = {name: text.replace(";", "\n") for name, text in tables.items()}
    example = Example(as_of=AS_OF, marketplace="US", tables=rows, expected={})
    told = {f"{name}.{column}" for name in rows for column in example.rows(name).columns}
    return replace(example.account(), provided=frozenset({*rows, *told}))


def only(found: pl.DataFrame, *names: str) -> tuple[Any, ...]:
    assert found.height == 1
    return found.select(names).row(0)


OPEN_UNITS = {
    "not shipped": ("A|MFN|UNSHIPPED|2026-03-30|||", "A|X|3|UNSHIPPED", 3),
    "no status told": ("A|MFN||2026-03-30|||", "A|X|3|", 3),
    "no channel told": ("A||UNSHIPPED|2026-03-30|||", "A|X|3|", 3),
    "no number told": ("A|MFN|UNSHIPPED|2026-03-30|||", "A|X||", 1),
    "no unit": ("A|MFN|UNSHIPPED|2026-03-30|||", "A|X|0|", 0),
    "payment pending": ("A|MFN|PENDING|2026-03-30|||", "A|X|3|PENDING", 3),
    "bought in the last moment": ("A|MFN|UNSHIPPED|2026-03-31 23:59|||", "A|X|3|", 3),
    "bought after the day": ("A|MFN|UNSHIPPED|2026-04-01 00:00|||", "A|X|3|", 0),
    "bought nobody knows when": ("A|MFN|UNSHIPPED||||", "A|X|3|", 3),
    "shipped by Amazon": ("A|AFN|UNSHIPPED|2026-03-30|||", "A|X|3|", 0),
    "shipped": ("A|MFN|SHIPPED|2026-03-30|||", "A|X|3|", 0),
    "confirmed in the last moment": ("A|MFN|UNSHIPPED|2026-03-30|2026-03-31 23:59||", "A|X|3|", 0),
    "confirmed after the day": ("A|MFN|SHIPPED|2026-03-30|2026-04-01 00:00||", "A|X|3|SHIPPED", 3),
    "cancelled": ("A|MFN|CANCELLED|2026-03-30|||BUYER", "A|X|3|CANCELLED", 0),
    "cancelled after the day": ("A|MFN|CANCELLED|2026-03-30||2026-04-01 00:00|BUYER", "A|X|3|CANCELLED", 3),
    "item cancelled": ("A|MFN|UNSHIPPED|2026-03-30|||", "A|X|3|CANCELLED", 0),
    "partly shipped, this item not": ("A|MFN|PARTIALLY_SHIPPED|2026-03-30|||", "A|X|3|UNSHIPPED", 3),
    "partly shipped, this item": ("A|MFN|PARTIALLY_SHIPPED|2026-03-30|2026-03-31||", "A|X|3|SHIPPED", 0),
}


@pytest.mark.parametrize("case", OPEN_UNITS)
def test_open_units(case):
    order, item, units = OPEN_UNITS[case]
    found = stock(account(orders=f"{ORDERS};{order}", order_items=f"{ITEMS};{item}", stock=COUNT), AS_OF)
    assert only(found, "units_on_hand", "open_units", "free_units") == (10, units, 10 - units)


@pytest.mark.parametrize(("posted", "units"), [("2026-03-31 23:59", 0), ("2026-04-01 00:00", 3)])
def test_what_is_posted_has_left_the_shelf(posted, units):
    packages = f"order_id|package_posted_at;A|{posted}"
    found = stock(account(orders=OPEN, order_items=f"{ITEMS};A|X|3|", packages=packages, stock=COUNT), AS_OF)
    assert only(found, "open_units") == (units,)


def test_an_order_of_another_marketplace_is_not_ours():
    orders = "order_id|marketplace|status|purchased_at;A|CA|UNSHIPPED|2026-03-30;B|US|UNSHIPPED|2026-03-30"
    found = stock(account(orders=orders, order_items=f"{ITEMS};A|X|3|;B|X|2|", stock=COUNT), AS_OF)
    assert only(found, "open_units") == (2,)


def test_the_day_is_the_accounts():
    orders = "order_id|status|purchased_at;A|UNSHIPPED|2026-04-01 00:30"
    late = account(orders=orders, order_items=f"{ITEMS};A|X|3|", stock=COUNT)
    further_west = replace(late, zone="Pacific/Honolulu")
    assert only(stock(late, AS_OF), "open_units") == (0,)
    assert only(stock(further_west, AS_OF), "open_units") == (3,)


def test_two_skus_in_one_order_take_from_two_shelves():
    items = f"{ITEMS};A|X|2|;A|Y|1|"
    found = stock(account(orders=OPEN, order_items=items, stock=f"{COUNT};Y||1"), AS_OF)
    assert found.sort("sku").select("sku", "open_units", "free_units").rows() == [("X", 2, 8), ("Y", 1, 0)]


COUNTS = {
    "of the day": ("X|2026-03-31|5", 5),
    "after the day": ("X|2026-04-01|5", None),
    "the last of several": ("X|2026-03-01|7;X|2026-03-30|5;X|2026-03-15|6", 5),
    "one of several after the day": ("X|2026-03-30|5;X|2026-04-01|4", 5),
    "without a day": ("X||5", 5),
    "without a day, and one of the day": ("X|2026-03-31|7;X||5", 5),
    "without a day first": ("X||5;X|2026-03-31|7", 5),
    "none on hand": ("X||0", 0),
    "two of one day": ("X|2026-03-30|7;X|2026-03-30|5", 5),
}


@pytest.mark.parametrize("case", COUNTS)
def test_the_latest_count_is_taken(case):
    rows, units = COUNTS[case]
    counted = stock(account(stock=f"sku|counted_on|units_on_hand;{rows}", listings=LISTED), AS_OF)
    assert only(counted, "units_on_hand") == (units,)


LEFT = {
    # order A with item X, on a shelf counted with 10 units on 15 March: what has left since, what is open
    "confirmed the day after": ("A|MFN|SHIPPED|2026-03-01|2026-03-16 00:00||", "A|X|3|SHIPPED", (3, 0)),
    "confirmed on the day": ("A|MFN|SHIPPED|2026-03-01|2026-03-15 23:59||", "A|X|3|SHIPPED", (0, 0)),
    "confirmed long before": ("A|MFN|SHIPPED|2025-01-01|2025-01-02||", "A|X|3|SHIPPED", (0, 0)),
    "confirmed late, bought long before": ("A|MFN|SHIPPED|2025-01-01|2026-03-31 23:59||", "A|X|3|SHIPPED", (3, 0)),
    "confirmed after as_of": ("A|MFN|SHIPPED|2026-03-20|2026-04-01 00:00||", "A|X|3|SHIPPED", (0, 3)),
    "confirmed, status not told": ("A|MFN||2026-03-01|2026-03-16||", "A|X|3|", (3, 0)),
    "confirmed, bought nobody knows when": ("A|MFN|SHIPPED||2026-03-16||", "A|X|3|", (3, 0)),
    "confirmed, no number told": ("A|MFN|SHIPPED|2026-03-01|2026-03-16||", "A|X||", (1, 0)),
    "confirmed, shipped by Amazon": ("A|AFN|SHIPPED|2026-03-01|2026-03-16||", "A|X|3|", (0, 0)),
    "only called shipped, bought the day after": ("A|MFN|SHIPPED|2026-03-16 00:00|||", "A|X|3|SHIPPED", (3, 0)),
    "only called returned, bought the day after": ("A|MFN|RETURNED|2026-03-16 00:00|||", "A|X|3|RETURNED", (3, 0)),
    "only called shipped, bought on the day": ("A|MFN|SHIPPED|2026-03-15 23:59|||", "A|X|3|SHIPPED", (0, 0)),
    "only called shipped, bought nobody knows when": ("A|MFN|SHIPPED||||", "A|X|3|SHIPPED", (0, 0)),
    "partly shipped, this item": ("A|MFN|PARTIALLY_SHIPPED|2026-03-16|||", "A|X|3|SHIPPED", (3, 0)),
    "partly shipped, this item, bought on the day": ("A|MFN|PARTIALLY_SHIPPED|2026-03-15|||", "A|X|3|SHIPPED", (0, 0)),
    "partly shipped, this item not": ("A|MFN|PARTIALLY_SHIPPED|2026-03-16|||", "A|X|3|UNSHIPPED", (0, 3)),
    "not shipped": ("A|MFN|UNSHIPPED|2026-03-16|||", "A|X|3|", (0, 3)),
    "cancelled before shipment": ("A|MFN|CANCELLED|2026-03-16||2026-03-17|BUYER", "A|X|3|CANCELLED", (0, 0)),
    "cancelled, then confirmed": ("A|MFN|CANCELLED|2026-03-16|2026-03-18|2026-03-17|BUYER", "A|X|3|", (0, 0)),
    "cancelled after shipment": ("A|MFN|CANCELLED|2026-03-16|2026-03-17|2026-03-18|BUYER", "A|X|0|CANCELLED", (1, 0)),
    "item cancelled": ("A|MFN|SHIPPED|2026-03-16|2026-03-17||", "A|X|3|CANCELLED", (0, 0)),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_left_since_the_count_is_not_on_hand_any_more(case):
    order, item, (left, units) = LEFT[case]
    count = "sku|counted_on|units_on_hand;X|2026-03-15|10"
    found = stock(account(orders=f"{ORDERS};{order}", order_items=f"{ITEMS};{item}", stock=count), AS_OF)
    assert only(found, "units_on_hand", "left_units", "open_units", "free_units") == (
        10,
        left,
        units,
        10 - left - units,
    )


POSTED = {
    # posted, confirmed: left since 15 March
    "posted after the count": ("2026-03-16 00:00", "", 3),
    "posted on the day": ("2026-03-15 23:59", "", 0),
    "posted on the day, confirmed after": ("2026-03-15", "2026-03-16", 0),
    "confirmed on the day, posted after": ("2026-03-16", "2026-03-15", 3),
    "confirmed on the day, posted after as_of": ("2026-04-01", "2026-03-15", 0),
    "cancelled, but posted": ("2026-03-17", "", 3),
}


@pytest.mark.parametrize("case", POSTED)
def test_a_unit_leaves_the_shelf_when_it_is_posted(case):
    posted, confirmed, left = POSTED[case]
    status = "CANCELLED" if case.startswith("cancelled") else "UNSHIPPED"
    tables = account(
        orders=f"{ORDERS};A|MFN|{status}|2026-03-01|{confirmed}||",
        order_items=f"{ITEMS};A|X|3|",
        packages=f"order_id|package_posted_at;A|{posted}",
        stock="sku|counted_on|units_on_hand;X|2026-03-15|10",
    )
    assert only(stock(tables, AS_OF), "left_units", "open_units") == (left, 0)


def test_an_old_count_is_not_todays():
    """Ten counted, ten shipped since, five open: five too many are sold."""
    orders = f"{ORDERS};A|MFN|SHIPPED|2026-03-20|2026-03-21||;B|MFN|UNSHIPPED|2026-03-30|||"
    tables = account(
        orders=orders,
        order_items=f"{ITEMS};A|X|10|;B|X|5|",
        stock="sku|counted_on|units_on_hand;X|2026-03-01|10",
        listings=LISTED,
    )
    names = ("units_on_hand", "counted_on", "left_units", "open_units", "free_units", "oversold_units", "state")
    assert only(stock(tables, AS_OF), *names) == (10, date(2026, 3, 1), 10, 5, -5, 5, "oversold")


SINCE = {
    "a count without a day is of now": ("X||10", (None, 0)),
    "the latest count is the one that counts": ("X|2026-03-01|20;X|2026-03-21|10", (date(2026, 3, 21), 0)),
    "a later count is not there yet": ("X|2026-03-01|20;X|2026-04-01|10", (date(2026, 3, 1), 4)),
    "without a count nothing left since": ("", (None, None)),
}


@pytest.mark.parametrize("case", SINCE)
def test_since_which_count(case):
    rows, expected = SINCE[case]
    tables = account(
        orders=f"{ORDERS};A|MFN|SHIPPED|2026-03-20|2026-03-21||",
        order_items=f"{ITEMS};A|X|4|",
        stock="sku|counted_on|units_on_hand" + (f";{rows}" if rows else ""),
        listings=LISTED,
    )
    assert only(stock(tables, AS_OF), "counted_on", "left_units") == expected


def test_each_shelf_has_its_own_count():
    tables = account(
        orders=f"{ORDERS};A|MFN|SHIPPED|2026-03-20|2026-03-21||",
        order_items=f"{ITEMS};A|X|4|;A|Y|3|",
        stock="sku|counted_on|units_on_hand;X|2026-03-20|9;Y|2026-03-22|9",
    )
    assert stock(tables, AS_OF).sort("sku").select("sku", "left_units", "free_units").rows() == [
        ("X", 4, 5),
        ("Y", 0, 9),
    ]


LISTINGS = {
    "of the day": ("X|2026-03-31|5|MFN|ACTIVE", 5),
    "after the day": ("X|2026-04-01|5|MFN|ACTIVE", None),
    "without a day": ("X|2026-03-31|7|MFN|ACTIVE;X||5|MFN|ACTIVE", 5),
    "no units left": ("X||0|MFN|ACTIVE", 0),
    "not for sale": ("X||5|MFN|INACTIVE", 0),
    "no longer for sale": ("X|2026-03-01|5|MFN|ACTIVE;X|2026-03-30|5|MFN|INACTIVE", 0),
    "shipped by Amazon": ("X|||AFN|ACTIVE", 0),
    "shipped by Amazon, with units": ("X||5|AFN|ACTIVE", 0),
    "neither channel nor state told": ("X||5||", 5),
    "told by two reports, one shorter": ("X||5||;X||4|MFN|ACTIVE", 5),
    "told by two reports to be ours and Amazon's": ("X||4|AFN|ACTIVE;X||5|MFN|ACTIVE", 5),
    "told by two reports to be for sale and not": ("X||4|MFN|INACTIVE;X||5|MFN|ACTIVE", 5),
    "told by two reports to be Amazon's": ("X||||;X|||AFN|ACTIVE", 0),
    "not complete": ("X||5|MFN|INCOMPLETE", 0),
    "ours, no units told": ("X|||MFN|ACTIVE", None),
    "neither channel, units nor state told": ("X||||", None),
    "no channel told, not for sale": ("X||||INACTIVE", 0),
    "of another product": ("Y||5|MFN|ACTIVE", None),
}


@pytest.mark.parametrize("case", LISTINGS)
def test_the_latest_listing_is_taken(case):
    rows, units = LISTINGS[case]
    listings = f"sku|listed_on|listed_units|listing_channel|listing_state;{rows}"
    found = stock(account(stock=COUNT, listings=listings), AS_OF).filter(pl.col("sku") == "X")
    assert only(found, "listed_units") == (units,)


KNOWN = {
    "counted": ({"stock": COUNT}, ["X"]),
    "listed": ({"listings": LISTED}, ["X"]),
    "in an open order": ({"orders": OPEN, "order_items": f"{ITEMS};A|X||"}, ["X"]),
    "in a shipped order": ({"orders": f"{ORDERS};A|MFN|SHIPPED|2026-03-30|||", "order_items": f"{ITEMS};A|X||"}, []),
    "listed, shipped by Amazon": ({"listings": "sku|listed_units|listing_channel;X|5|AFN"}, []),
    "listed, no channel and no units told": ({"listings": "sku|listed_units|listing_channel;X||"}, []),
    "listed, ours, no units told": ({"listings": "sku|listed_units|listing_channel;X||MFN"}, ["X"]),
    "listed, not for sale": ({"listings": "sku|listed_units|listing_state;X|5|INACTIVE"}, []),
    "counted after the day": ({"stock": "sku|counted_on|units_on_hand;X|2026-04-01|5"}, []),
    "nothing at all": ({}, []),
}


@pytest.mark.parametrize("case", KNOWN)
def test_a_sku_is_there_when_it_is_counted_listed_or_in_an_open_order(case):
    tables, skus = KNOWN[case]
    assert stock(account(**tables), AS_OF)["sku"].to_list() == skus


STATES = {
    # on hand, listed, open: free, oversold, at risk, state
    "more open than held": ((3, 5, 5), (-2, 2, 5, "oversold")),
    "all that is held is open, none listed": ((5, 0, 5), (0, 0, 0, "enough")),
    "one listed, none free": ((5, 1, 5), (0, 0, 1, "at risk")),
    "as many listed as free": ((10, 7, 3), (7, 0, 0, "enough")),
    "one more listed than free": ((10, 8, 3), (7, 0, 1, "at risk")),
    "none on hand, twelve listed": ((0, 12, 0), (0, 0, 12, "at risk")),
    "none on hand, none listed": ((0, 0, 0), (0, 0, 0, "enough")),
    "listing not known": ((10, None, 3), (7, 0, None, "listing not known")),
    "listing not known, none free": ((3, None, 3), (0, 0, None, "listing not known")),
    "not listed and oversold": ((2, None, 3), (-1, 1, None, "oversold")),
    "not counted": ((None, 5, 3), (None, None, None, "not counted")),
}


@pytest.mark.parametrize("case", STATES)
def test_state(case):
    (held, listed, units), expected = STATES[case]
    tables = {
        "orders": OPEN,
        "order_items": f"{ITEMS};A|X|{units}|",
        "stock": "sku|units_on_hand" + (f";X|{held}" if held is not None else ""),
        "listings": "sku|listed_units" + (f";X|{listed}" if listed is not None else ""),
    }
    found = stock(account(**tables), AS_OF)
    assert only(found, "free_units", "oversold_units", "at_risk_units", "state") == expected


def test_the_worst_stands_first():
    counts = "sku|units_on_hand;enough|9;brim|1;short|1;shorter|0;half|2;listed|5;listed more|5;unlisted|9"
    listings = "sku|listed_units;listed|6;listed more|9;short|50;never counted|3;enough|9;half|1;brim|0"
    items = f"{ITEMS};A|short|2|;A|shorter|3|;A|half|1|;A|brim|1|"
    found = stock(account(orders=OPEN, order_items=items, stock=counts, listings=listings), AS_OF)
    assert found.select("sku", "state").rows() == [
        ("shorter", "oversold"),
        ("short", "oversold"),
        ("listed more", "at risk"),
        ("listed", "at risk"),
        ("unlisted", "listing not known"),
        ("brim", "enough"),
        ("half", "enough"),
        ("enough", "enough"),
        ("never counted", "not counted"),
    ]


SOLD = {
    "shipped": ("A|MFN|SHIPPED|2026-03-30|||", "A|X|6|SHIPPED", 6),
    "pending": ("A|MFN|PENDING|2026-03-30|||", "A|X|6|", 6),
    "first day": ("A|MFN|SHIPPED|2026-03-02 00:00|||", "A|X|6|", 6),
    "the day before the first": ("A|MFN|SHIPPED|2026-03-01 23:59|||", "A|X|6|", 0),
    "the day after the last": ("A|MFN|SHIPPED|2026-04-01 00:00|||", "A|X|6|", 0),
    "no day told": ("A|MFN|SHIPPED||||", "A|X|6|", 0),
    "shipped by Amazon": ("A|AFN|SHIPPED|2026-03-30|||", "A|X|6|", 0),
    "cancelled by the buyer": ("A|MFN|CANCELLED|2026-03-30|||BUYER", "A|X|6|CANCELLED", 0),
    "cancelled by Amazon": ("A|MFN|CANCELLED|2026-03-30|||AMAZON", "A|X|6|CANCELLED", 0),
    "cancelled by nobody knows whom": ("A|MFN|CANCELLED|2026-03-30|||", "A|X|6|CANCELLED", 0),
    "cancelled by us": ("A|MFN|CANCELLED|2026-03-30|||SELLER", "A|X|6|CANCELLED", 6),
    "cancelled by us, written as zero": ("A|MFN|CANCELLED|2026-03-30|||SELLER", "A|X|0|CANCELLED", 1),
    "item cancelled": ("A|MFN|SHIPPED|2026-03-30|||", "A|X|6|CANCELLED", 0),
    "item cancelled by us": ("A|MFN|SHIPPED|2026-03-30|||SELLER", "A|X|0|CANCELLED", 1),
}


@pytest.mark.parametrize("case", SOLD)
def test_what_is_sold_a_day(case):
    order, item, units = SOLD[case]
    found = stock(account(orders=f"{ORDERS};{order}", order_items=f"{ITEMS};{item}", stock=COUNT), AS_OF)
    free = only(found, "free_units")[0]
    assert only(found, "sold_a_day", "days_of_cover") == (units / 30, free / (units / 30) if units else None)


@pytest.mark.parametrize(("days", "sold"), [(1, 2.0), (2, 2.5), (10, 0.5), (0, None)])
def test_sold_a_day_is_of_the_days_asked_for(days, sold):
    orders = f"{ORDERS};A|MFN|SHIPPED|2026-03-31|||;B|MFN|SHIPPED|2026-03-30|||"
    found = stock(account(orders=orders, order_items=f"{ITEMS};A|X|2|;B|X|3|", stock=COUNT), AS_OF, days)
    assert only(found, "sold_a_day") == (sold,)


CANCELLED = f"{ORDERS};A|MFN|CANCELLED|2026-03-20|||SELLER"
EXPLAINED = {
    # counts (sku X), listings (sku X): explained of the one cancelled order, bought on 20 March
    "fewer on hand than listed": ("|2", "|3", 1),
    "as many as listed": ("|3", "|3", 0),
    "none on hand": ("|0", "", 1),
    "one on hand, nothing listed": ("|1", "", 0),
    "no count at all": ("", "|3", 0),
    "an old count of none": ("2026-03-20|0;|9", "", 1),
    "an older count of none": ("2026-03-01|0;|9", "", 1),
    "a count of the day after": ("2026-03-19|9;2026-03-21|0", "", 0),
    "only a count of the day after": ("2026-03-21|0", "", 1),
    "fewer than listed then": ("2026-03-20|2;|9", "2026-03-19|5;|1", 1),
    "fewer than listed now, but not then": ("2026-03-20|9;|1", "2026-03-19|5;|5", 0),
    "fewer then than are listed now": ("2026-03-20|2;|9", "|3", 1),
}


@pytest.mark.parametrize("case", EXPLAINED)
def test_a_short_shelf_explains_a_cancellation(case):
    counts, listings, number = EXPLAINED[case]
    tables = {
        "orders": CANCELLED,
        "order_items": f"{ITEMS};A|X|0|CANCELLED",
        "stock": "sku|counted_on|units_on_hand" + "".join(f";X|{row}" for row in counts.split(";") if row),
        "listings": "sku|listed_on|listed_units" + "".join(f";X|{row}" for row in listings.split(";") if row),
    }
    found = stock(account(**tables), AS_OF)
    assert only(found, "cancelled_orders", "explained_orders") == (1, number)
    assert explained(account(**tables), AS_OF) == (number, 1)


GONE = {
    # shipped and when, counts: explained of the one order, bought on 20 March and cancelled by us
    "all left before": ("4", "2026-03-20 23:59", "2026-03-10|4", 1),
    "all left the day after": ("4", "2026-03-21 00:00", "2026-03-10|4", 0),
    "all but one left before": ("3", "2026-03-19", "2026-03-10|4", 0),
    "left before the count": ("4", "2026-03-10", "2026-03-10|4", 0),
    "left between two counts": ("4", "2026-03-15", "2026-03-10|9;2026-03-16|4", 0),
    "left before the month": ("4", "2026-02-15", "2026-02-10|4", 1),
    "left since a count of the day after": ("4", "2026-03-22", "2026-03-21|4", 0),
}


@pytest.mark.parametrize("case", GONE)
def test_what_had_left_by_then_was_not_on_the_shelf(case):
    units, confirmed, counts, number = GONE[case]
    tables = account(
        orders=f"{CANCELLED};B|MFN|SHIPPED|2026-02-01|{confirmed}||",
        order_items=f"{ITEMS};A|X|0|CANCELLED;B|X|{units}|SHIPPED",
        stock="sku|counted_on|units_on_hand" + "".join(f";X|{row}" for row in counts.split(";")),
    )
    assert explained(tables, AS_OF) == (number, 1)


def test_fewer_than_listed_once_the_sold_had_left():
    tables = account(
        orders=f"{CANCELLED};B|MFN|SHIPPED|2026-03-01|2026-03-12||",
        order_items=f"{ITEMS};A|X|0|CANCELLED;B|X|4|SHIPPED",
        stock="sku|counted_on|units_on_hand;X|2026-03-10|9",
        listings="sku|listed_on|listed_units;X|2026-03-01|6",
    )
    assert explained(tables, AS_OF) == (1, 1)


def test_what_was_not_for_sale_then_was_not_short():
    tables = account(
        orders=CANCELLED,
        order_items=f"{ITEMS};A|X|0|CANCELLED",
        stock=COUNT,
        listings="sku|listed_on|listed_units|listing_state;X|2026-03-01|30|INACTIVE;X|2026-03-30|30|ACTIVE",
    )
    assert explained(tables, AS_OF) == (0, 1)


@pytest.mark.parametrize(("counted_on", "number"), [("", 1), ("2026-03-01", 0)])
def test_none_is_free_when_what_is_open_now_takes_all(counted_on, number):
    orders = f"{CANCELLED};B|MFN|UNSHIPPED|2026-03-30|||"
    counts = f"sku|counted_on|units_on_hand;X|{counted_on}|2"
    found = stock(account(orders=orders, order_items=f"{ITEMS};A|X|0|CANCELLED;B|X|2|", stock=counts), AS_OF)
    assert only(found, "free_units", "explained_orders") == (0, number)


WHO = {
    "us": ("A|MFN|CANCELLED|2026-03-20|||SELLER", 1),
    "Amazon": ("A|MFN|CANCELLED|2026-03-20|||AMAZON", 1),
    "nobody knows who": ("A|MFN|CANCELLED|2026-03-20|||", 1),
    "the buyer": ("A|MFN|CANCELLED|2026-03-20|||BUYER", 0),
    "us, after shipment": ("A|MFN|CANCELLED|2026-03-20|2026-03-21|2026-03-22|SELLER", 0),
    "us, after the day": ("A|MFN|CANCELLED|2026-03-20||2026-04-01|SELLER", 0),
    "us, bought before the days": ("A|MFN|CANCELLED|2026-03-01|||SELLER", 0),
    "us, in one item": ("A|MFN|SHIPPED|2026-03-20|||SELLER", 1),
    "us, an order Amazon ships": ("A|AFN|CANCELLED|2026-03-20|||SELLER", 0),
}


@pytest.mark.parametrize("case", WHO)
def test_cancelled_by(case):
    order, number = WHO[case]
    items = f"{ITEMS};A|X|0|CANCELLED"
    found = stock(account(orders=f"{ORDERS};{order}", order_items=items, stock=COUNT), AS_OF)
    assert only(found, "cancelled_orders") == (number,)


def test_an_order_with_two_skus_is_one_cancelled_order():
    tables = account(orders=CANCELLED, order_items=f"{ITEMS};A|X||;A|Y||", stock="sku|units_on_hand;X|0;Y|0")
    assert stock(tables, AS_OF)["cancelled_orders"].to_list() == [1, 1]
    assert explained(tables, AS_OF) == (1, 1)


def test_what_no_file_tells_is_null():
    found = stock(account(stock=COUNT, listings=LISTED), AS_OF)
    names = ("left_units", "open_units", "free_units", "oversold_units", "at_risk_units", "sold_a_day")
    assert only(found, *names, "days_of_cover", "cancelled_orders", "explained_orders") == (None,) * 9
    assert only(found, "units_on_hand", "listed_units", "state") == (10, 4, "not counted")


def test_an_account_of_nothing_has_no_rows():
    assert stock(account(), AS_OF).is_empty()
    assert explained(account(), AS_OF) == (0, 0)
    assert safety_stock(stock(account(), AS_OF), risk=0.05, days=3).is_empty()


def test_what_is_missing_is_named():
    assert [need.any_of for need in missing_stock(account())] == [
        ("stock.units_on_hand",),
        ("order_items.sku",),
        ("listings.listed_units",),
    ]
    assert [need.without for need in missing_stock(account(stock=COUNT, order_items=ITEMS))] == [Basis.LOWER_BOUND]
    assert missing_stock(account(stock=COUNT, listings=LISTED, order_items=ITEMS)) == []


SAFETY = {
    # sold a day, free, risk, days: reserve, list at most. Poisson(3): P(N > 6) = 0.0335, P(N > 5) = 0.0839.
    "three expected": ((2.0, 10, 0.05, 1.5), (6, 4)),
    "a risk just met": ((2.0, 10, 0.0839180, 1.5), (5, 5)),
    "a risk just missed": ((2.0, 10, 0.0839179, 1.5), (6, 4)),
    "less free than held back": ((2.0, 4, 0.05, 1.5), (6, 0)),
    "oversold": ((2.0, -4, 0.05, 1.5), (6, 0)),
    "any risk": ((2.0, 10, 1, 1.5), (0, 10)),
    "no risk": ((2.0, 10, 0, 1.5), (None, 0)),
    "no days": ((2.0, 10, 0, 0), (0, 10)),
    "nothing sold": ((0.0, 10, 0, 3), (0, 10)),
    "sales not known": ((None, 10, 0.05, 3), (None, None)),
    "not counted": ((2.0, None, 0.05, 1.5), (6, None)),
}


@pytest.mark.parametrize("case", SAFETY)
def test_safety_stock(case):
    (sold, free, risk, days), expected = SAFETY[case]
    schema = {"sold_a_day": pl.Float64, "free_units": pl.Int64}
    found = safety_stock(pl.DataFrame({"sold_a_day": [sold], "free_units": [free]}, schema=schema), risk, days)
    assert found.select("reserve_units", "list_at_most").row(0) == expected


def test_the_reserve_tells_for_which_risk_and_days_it_is():
    row = pl.DataFrame({"sold_a_day": [1.0, None], "free_units": [5, 5]})
    found = safety_stock(row, 0.1, 3)
    assert found.select("risk", "days").rows() == [(0.1, 3.0)] * 2
    assert safety_stock(row.clear(), 1, 2).schema.items() >= {"risk": pl.Float64(), "days": pl.Float64()}.items()


def test_orders_are_put_together_once(monkeypatch):
    """They are the dearest thing there is, and both ask for the same."""
    tables, calls = account(orders=CANCELLED, order_items=f"{ITEMS};A|X||", stock=COUNT), []
    whole = facts.orders
    monkeypatch.setattr("sellerhealth.facts.lines.orders", lambda *asked: (calls.append(asked), whole(*asked))[1])
    assert (stock(tables, AS_OF)["cancelled_orders"].to_list(), explained(tables, AS_OF)) == ([1], (0, 1))
    assert calls == [(tables, AS_OF)]


@pytest.mark.parametrize("expected", [0.01, 0.5, 1.0, 4.0, 30.0])
@pytest.mark.parametrize("risk", [0.5, 0.2, 0.1, 0.05, 0.01, 0.001])
def test_the_reserve_is_the_least_that_is_enough(expected, risk):
    row = pl.DataFrame({"sold_a_day": [expected], "free_units": [100]})
    term, units = exp(-expected), 0
    covered = term
    while 1 - covered > risk:
        units += 1
        term *= expected / units
        covered += term
    assert safety_stock(row, risk, 1)["reserve_units"].to_list() == [units]


def test_the_reserve_is_that_of_scipy_stats():
    sold = [0.0, 1e-9, 0.01, *(place / 7 for place in range(1, 400)), 777.7, 12_345.6, 1e6]
    row = pl.DataFrame({"sold_a_day": sold, "free_units": [0] * len(sold)})
    for risk in (1.0, 0.999, 0.5, 0.3, 0.05, 0.01, 1e-6, 1e-12):
        expected = [max(0, int(units)) for units in poisson.ppf(1 - risk, [mean * 1.5 for mean in sold])]
        assert safety_stock(row, risk, 1.5)["reserve_units"].to_list() == expected


@pytest.mark.parametrize(("risk", "days"), [(-0.1, 1), (1.1, 1), (float("nan"), 1), (0.1, -1), (0.1, float("nan"))])
def test_a_risk_or_days_that_are_none_are_refused(risk, days):
    with pytest.raises(InputError, match="expected"):
        safety_stock(pl.DataFrame({"sold_a_day": [1.0], "free_units": [1]}), risk, days)


def test_a_quarter_of_an_account_is_not_counted_twice():
    """Two accounts in one frame: what one holds does not serve the orders of the other."""
    one = account(orders=OPEN, order_items=f"{ITEMS};A|X|3|", stock=COUNT, listings=LISTED)
    two = {name: frame.with_columns(account=pl.lit("other")) for name, frame in one.tables.items()}
    two["order_items"] = two["order_items"].with_columns(quantity=pl.lit(1, dtype=pl.Int64))
    both = replace(one, tables={name: pl.concat([frame, two[name]]) for name, frame in one.tables.items()})
    assert stock(both, AS_OF).sort("account").select("account", "sku", "open_units", "free_units").rows() == [
        ("example", "X", 3, 7),
        ("other", "X", 1, 9),
    ]


@pytest.mark.parametrize("position", range(len(PLACES)), ids=[f"{zone}-{day}" for zone, day in PLACES])
def test_stock_is_that_counted_by_hand(position):
    zone, as_of = PLACES[position]
    days = (30, 7, 90)[position % 3]
    accounts = {seed: shelved(seed, zone, as_of) for seed in range(position * 10_000, position * 10_000 + EACH)}
    place = generate.PLACES[zone]
    expected, both = {}, [0, 0]
    for seed, tables in accounts.items():
        shelves = Shelves(known=Known(tables=tables, marketplace=place, zone=zone, as_of=as_of), days=days)
        expected.update({(str(seed), sku): row for sku, row in shelves.rows()})
        both = [total + more for total, more in zip(both, shelves.explained(), strict=True)]
    everything = gathered(accounts, zone, as_of)
    found = stock(everything, as_of, days)
    assert found.height == len(expected)
    for row in found.to_dicts():
        got, by_hand = tuple(row[name] for name in COLUMNS), expected[row["account"], row["sku"]]
        assert got == pytest.approx(by_hand, abs=1e-9), (
            row["account"],
            row["sku"],
            pformat(accounts[int(row["account"])]),
        )
    assert explained(everything, as_of, days) == tuple(both)


def test_the_generated_accounts_hold_what_matters():
    zone, as_of = PLACES[0]
    found = stock(gathered({seed: shelved(seed, zone, as_of) for seed in range(200)}, zone, as_of), as_of)
    assert set(found["state"]) == {"oversold", "at risk", "listing not known", "enough", "not counted"}
    assert found["left_units"].sum() > 0
    assert 0 < found["explained_orders"].sum() < found["cancelled_orders"].sum()
