"""What Amazon's daily reports of unshipped orders and its packages tell of a confirmation no file tells exactly."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sellerhealth import facts
from sellerhealth.definition.example import Example
from sellerhealth.definition.tables import EVERY_UNSHIPPED
from tests.metrics.edges import CLEAN, DEFECT, OUT, UNSURE, counted

AS_OF = date(2026, 3, 31)
ORDERS = "order_id|channel|status|purchased_at|ship_by_at|updated_at|confirmed_at"
SHIPPED = "A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59:59||"
UNTOLD = "A|MFN||2026-03-01|2026-03-10 23:59:59||"
UNSHIPPED = "order_id|promise_on|days_past_promise"


def listed(*days: str) -> str:
    """A report of each of the days of March, 32 being the first of April; "A" after it where order A is on it."""
    rows = []
    for told in days:
        day = int(told.removesuffix("A"))
        rows.append(f"Z|2026-03-20|{day - 20}")
        if told.endswith("A"):
            rows.append(f"A|2026-03-10|{day - 10}")
    return ";".join([UNSHIPPED, *rows])


# Due on 10 March: Amazon's rule calls it late from the 11th, the handbook's from the 13th.
REPORTS = {
    # the order and the reports: in the handbook, for Amazon
    "no report at all": (SHIPPED, (), UNSURE, UNSURE),
    "on none of the reports": (SHIPPED, ("9", "10", "11"), UNSURE, UNSURE),
    "gone the day before it was due": (SHIPPED, ("7A", "9"), CLEAN, CLEAN),
    "gone on its last day, or made a day later": (SHIPPED, ("8A", "10"), CLEAN, UNSURE),
    "gone three days before it would be late": (SHIPPED, ("9A", "11"), CLEAN, UNSURE),
    "gone when it may be three days late": (SHIPPED, ("10A", "12"), UNSURE, UNSURE),
    "rows of the next day may be of the same report": (SHIPPED, ("9A", "10"), UNSURE, UNSURE),
    "the report after the next day's is another": (SHIPPED, ("7A", "8", "9"), CLEAN, CLEAN),
    "listed the day after, gone soon": (SHIPPED, ("11A", "13"), UNSURE, DEFECT),
    "two days over, then gone": (SHIPPED, ("12A", "14"), UNSURE, DEFECT),
    "three days over, then gone": (SHIPPED, ("13A", "15"), DEFECT, DEFECT),
    "no report for days after it was listed in time": (SHIPPED, ("9A", "15"), UNSURE, UNSURE),
    "no report after": (SHIPPED, ("11A",), UNSURE, DEFECT),
    "missed by one report and listed again": (SHIPPED, ("7A", "9", "11A", "13"), UNSURE, DEFECT),
    "told twice": (SHIPPED, ("7A", "7A", "9", "9"), CLEAN, CLEAN),
    "gone by a report of the day looked at": (UNTOLD, ("9A", "31"), DEFECT, DEFECT),
    "gone by a report of the day before": (UNTOLD, ("9A", "30"), UNSURE, UNSURE),
    "gone by a report of tomorrow": (SHIPPED, ("9A", "32"), UNSURE, UNSURE),
    "listed by a report of tomorrow, so not shipped yet": (SHIPPED, ("7A", "9", "32A"), DEFECT, DEFECT),
    "first listed by a report of tomorrow": (SHIPPED, ("9", "32A"), DEFECT, DEFECT),
    "confirmed, and listed by a report of tomorrow": (SHIPPED + "2026-03-09", ("32A",), CLEAN, CLEAN),
    "listed by a report of today": (SHIPPED, ("31A",), DEFECT, DEFECT),
    "no status, still listed": (UNTOLD, ("9A", "31A"), DEFECT, DEFECT),
    "no status, listed by the last report there is": (UNTOLD, ("9A",), DEFECT, DEFECT),
    "no status, gone in time": (UNTOLD, ("7A", "9"), CLEAN, CLEAN),
    "no status, gone late": (UNTOLD, ("13A", "15"), UNSURE, UNSURE),
    "no status, gone a day late": (UNTOLD, ("11A", "13"), UNSURE, UNSURE),
    "unshipped by an older file, gone late": (UNTOLD.replace("||", "|UNSHIPPED|", 1), ("13A", "15"), UNSURE, UNSURE),
    "shipped in part, and gone late": (UNTOLD.replace("||", "|PARTIALLY_SHIPPED|", 1), ("13A", "15"), UNSURE, UNSURE),
    "cancelled, and gone": (UNTOLD.replace("||", "|CANCELLED|", 1), ("13A", "15"), OUT, OUT),
    "cancelled, and listed by a report of tomorrow": (UNTOLD.replace("||", "|CANCELLED|", 1), ("32A",), DEFECT, DEFECT),
    "payment pending": (UNTOLD.replace("||", "|PENDING|", 1), ("13A", "15"), OUT, OUT),
    "the exact moment goes first": (SHIPPED + "2026-03-09", ("13A", "15"), CLEAN, CLEAN),
    "the last change is earlier": (SHIPPED[:-1] + "2026-03-10 12:00|", ("9A", "15"), CLEAN, CLEAN),
    "the last change is later": (SHIPPED[:-1] + "2026-03-20|", ("7A", "9"), CLEAN, CLEAN),
    "the last change denies the report": (SHIPPED[:-1] + "2026-03-09|", ("13A", "15"), UNSURE, UNSURE),
    "bought after it had to be shipped": ("A|MFN|SHIPPED|2026-03-12|2026-03-10 23:59:59||", (), UNSURE, DEFECT),
}
MADE = {
    # when Amazon first knew of its packages: in the handbook, for Amazon
    "in time": ("A|2026-03-10 23:59:59", UNSURE, UNSURE),
    "a day late": ("A|2026-03-11 00:00", UNSURE, DEFECT),
    "three days late": ("A|2026-03-13 00:00", DEFECT, DEFECT),
    "the last of two": ("A|2026-03-09;A|2026-03-13", DEFECT, DEFECT),
    "after the day looked at, so not shipped by then": ("A|2026-04-01 00:00", DEFECT, DEFECT),
    "nobody knows when": ("A|", UNSURE, UNSURE),
}


def verdicts(**given) -> list[tuple[int, int, int]]:
    return [counted("late_dispatch_rate", rules, **given) for rules in ("handbook", "amazon-2026")]


@pytest.mark.parametrize("case", REPORTS)
def test_report(case):
    order, days, *expected = REPORTS[case]
    assert verdicts(orders=f"{ORDERS};{order}", unshipped=listed(*days)) == expected


@pytest.mark.parametrize("case", MADE)
def test_package(case):
    rows, *expected = MADE[case]
    assert verdicts(orders=f"{ORDERS};{SHIPPED}", packages=f"order_id|package_created_at;{rows}") == expected


def test_a_row_without_a_day_tells_nothing():
    for row in ("A||3", "A|2026-03-10|"):
        given = {"orders": f"{ORDERS};{SHIPPED}", "unshipped": f"{UNSHIPPED};{row};Z|2026-03-20|-6"}
        assert verdicts(**given) == [UNSURE, UNSURE]


def test_of_reports_that_need_not_hold_every_order_nothing_follows_from_what_is_not_there():
    given = {"orders": f"{ORDERS};{SHIPPED}", "without": (EVERY_UNSHIPPED,)}
    assert verdicts(unshipped=listed("7A", "9"), **given) == [UNSURE, UNSURE]
    assert verdicts(unshipped=listed("13A", "15"), **given) == [DEFECT, DEFECT]


@pytest.mark.parametrize(("place", "expected"), [("US", CLEAN), ("", CLEAN), ("CA", UNSURE)])
def test_an_order_is_gone_only_by_a_report_of_its_own_marketplace(place, expected):
    columns = ORDERS.replace("channel", "channel|marketplace")
    orders = f"{columns};{SHIPPED.replace('MFN', 'MFN|US')};Z|AFN|{place}|UNSHIPPED|2026-03-01|||"
    assert verdicts(orders=orders, unshipped=listed("7A", "9")) == [expected, expected]


def test_rows_of_one_report_may_tell_two_days():
    """Made on 11 March, by days of 24 hours cut toward zero: A is 10 hours over, B has 38 hours left."""
    orders = f"{ORDERS};{SHIPPED};B|MFN|SHIPPED|2026-03-01|2026-03-12 23:59:59||"
    assert counted(
        "late_dispatch_rate", "amazon-2026", orders=orders, unshipped=f"{UNSHIPPED};A|2026-03-10|0;B|2026-03-12|-1"
    ) == (2, 2, 2)


def test_the_days_of_a_report_are_the_marketplaces():
    """The tenth ends in Tokyo, and the report of the eleventh begins there, sixteen hours earlier."""
    orders = "order_id|channel|status|purchased_at|ship_by_at;A|MFN|SHIPPED|2026-03-01|2026-03-10 23:59:59"
    for days, expected in ((("7A", "9"), CLEAN), (("11A", "12"), DEFECT)):
        given = {"orders": orders, "unshipped": listed(*days)}
        assert counted("late_dispatch_rate", "amazon-2026", "JP", **given) == expected


def test_the_days_of_a_report_are_the_marketplaces_whatever_the_zone():
    """31 March ends in London sixteen hours into that day of Los Angeles: the 29th and 30th are over there, not the 31st."""
    orders = {"orders": ORDERS.replace(";", "\n") + f"\n{UNTOLD}"}
    for days, is_gone, since in ((("28A", "30"), False, 28), (("27A", "29"), True, 27)):
        tables = {**orders, "unshipped": listed(*days).replace(";", "\n")}
        account = Example(as_of=AS_OF, marketplace="US", tables=tables, expected={}).account()
        there = replace(account, zone="Europe/London")
        found = facts.orders(there, AS_OF).filter(order_id="A").select("is_gone", "confirmed_from", "confirmed_until")
        gone = (True, datetime(2026, 3, since, 7, tzinfo=UTC), datetime(2026, 3, 31, 6, 59, 59, tzinfo=UTC))
        end = datetime(2026, 3, 31, 22, 59, 59, tzinfo=UTC)
        assert found.collect().row(0) == (gone if is_gone else (False, end, end))


def test_amazons_list_goes_before_the_bounds_and_its_silence_after_them():
    given = {"orders": f"{ORDERS};{SHIPPED}"}
    not_late = "order_id|metric|impacts_account_health;A|late_dispatch_rate|no"
    assert verdicts(unshipped=listed("13A", "14"), amazon_defects=not_late, **given) == [DEFECT, CLEAN]
    covered = "metric|covers_from|covers_to;late_dispatch_rate|2026-03-01|2026-03-02"
    assert verdicts(unshipped=listed("9A", "16"), coverage=covered, **given) == [CLEAN, CLEAN]
    assert verdicts(unshipped=listed("13A", "14"), coverage=covered, **given) == [DEFECT, DEFECT]


def test_reports_alone_are_enough_to_say_something():
    exact = ("orders.confirmed_at", "packages.package_confirmed_at", "packages.package_created_at")
    given = {"orders": f"{ORDERS};{SHIPPED}", "without": (*exact, "amazon_defects")}
    assert verdicts(unshipped=listed("13A", "14"), **given) == [DEFECT, DEFECT]
    without = {**given, "without": (*given["without"], "unshipped")}
    assert verdicts(**without) == [(None, None, 1)] * 2


# What is gone may have been cancelled.

BOUGHT = "order_id|channel|status|purchased_at|ship_by_at;A|MFN||2026-03-25|2026-03-28 23:59:59"
LISTS = {
    "nothing else": ({}, UNSURE),
    "Amazon counts it as our cancellation": (
        {"amazon_defects": "order_id|metric|impacts_account_health;A|cancellation_rate|yes"},
        DEFECT,
    ),
    "Amazon does not count it": (
        {"amazon_defects": "order_id|metric|impacts_account_health;A|cancellation_rate|no"},
        CLEAN,
    ),
    "not on a list of its day": ({"coverage": "metric|covers_from|covers_to;cancellation_rate|2026-03-24|2026-03-26"}, CLEAN),
    "not on a list of its day, of the other channel": (
        {"coverage": "metric|covers_from|covers_to|covers_channel;cancellation_rate|2026-03-24|2026-03-26|AFN"},
        UNSURE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_an_order_that_is_gone_may_be_a_cancellation(case):
    told, expected = LISTS[case]
    reports = f"{UNSHIPPED};A|2026-03-28|-1;Z|2026-03-28|1"
    for rules in ("handbook", "amazon-2026"):
        assert counted("cancellation_rate", rules, orders=BOUGHT, unshipped=reports, **told) == expected


def test_an_order_still_listed_is_no_cancellation():
    for rules in ("handbook", "amazon-2026"):
        reports = f"{UNSHIPPED};A|2026-03-28|-1;A|2026-03-28|1"
        assert counted("cancellation_rate", rules, orders=BOUGHT, unshipped=reports) == CLEAN


def test_of_an_order_that_is_gone_a_flaw_is_unsure():
    for rules in ("handbook", "amazon-2026"):
        reports = f"{UNSHIPPED};A|2026-03-28|-1;Z|2026-03-28|1"
        assert counted("perfect_order_percentage", rules, orders=BOUGHT, unshipped=reports) == UNSURE
