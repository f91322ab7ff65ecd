from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from sellerhealth.facts.answers import answers
from sellerhealth.facts.matters import matters
from tests.facts.talk import AS_OF, SETS, account, assert_counted_by_hand, of_both

COLUMNS = {
    "account": pl.String(),
    "thread_id": pl.String(),
    "marketplace": pl.String(),
    "channel": pl.String(),
    "answered_on": pl.Date(),
    "score": pl.Int64(),
}
HEADER = "thread_id|answered_at|score|is_solved"
ANSWERS = {
    "one": ("A|2026-03-10 12:00|7|", [("A", date(2026, 3, 10), 7)]),
    "nought is a score": ("A|2026-03-10 12:00|0|", [("A", date(2026, 3, 10), 0)]),
    "no score": ("A|2026-03-10 12:00||yes", []),
    "the latest": ("A|2026-03-12 12:00|3|;A|2026-03-10 12:00|9|", [("A", date(2026, 3, 12), 3)]),
    "the latest with a score": ("A|2026-03-10 12:00|9|;A|2026-03-12 12:00||no", [("A", date(2026, 3, 10), 9)]),
    "two files, one moment": ("A|2026-03-10 12:00|3|;A|2026-03-10 12:00|9|", [("A", date(2026, 3, 10), 3)]),
    "two threads": (
        "B|2026-03-10 12:00|3|;A|2026-03-10|9|",
        [("A", date(2026, 3, 10), 9), ("B", date(2026, 3, 10), 3)],
    ),
    "the day's last instant": ("A|2026-03-31 23:59:59.999999|7|", [("A", AS_OF, 7)]),
    "after the day looked at": ("A|2026-04-01 00:00|7|", []),
    "an earlier one, before that": (
        "A|2026-03-30 12:00|2|;A|2026-04-01 00:00|7|",
        [("A", date(2026, 3, 30), 2)],
    ),
    "no time told": ("A||7|", []),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_answer(case):
    rows, expected = ANSWERS[case]
    found = answers(account(surveys=f"{HEADER};{rows}"), AS_OF).collect().sort("thread_id")
    assert found.select("thread_id", "answered_on", "score").rows() == expected


@pytest.mark.parametrize("place", ["US", "JP", "IN"])
def test_the_day_is_the_marketplaces(place):
    found = answers(account(place, surveys=f"{HEADER};A|2026-03-10 00:30|7|;B|2026-03-10 23:30|7|"), AS_OF).collect()
    assert found.select("marketplace", "channel", "answered_on").unique().rows() == [(place, "ALL", date(2026, 3, 10))]


# The orders a thread's messages name, and where its answer belongs seen from the first marketplace and from another.
PLACED = {
    "no message": ([], "US", None),
    "no order": ([""], "US", None),
    "an order in no file": (["D"], "US", None),
    "an order of this marketplace": (["A"], "US", "US"),
    "an order of another": (["", "B"], "DE", "DE"),
    "the first of two": (["B", "A"], "DE", "DE"),
}


@pytest.mark.parametrize("case", PLACED)
def test_the_marketplace_is_that_of_the_threads_order(case):
    orders, *places = PLACED[case]
    rows = "".join(f";A|BUYER|2026-03-0{day}|{order}" for day, order in enumerate(orders, 1))
    told = account(
        surveys=f"{HEADER};A|2026-03-10|7|yes",
        messages=f"thread_id|sender|sent_at|order_id{rows}",
        orders="order_id|marketplace;A|US;B|DE",
    )
    for is_home, place in zip((True, False), places, strict=True):
        known = replace(told, is_home=is_home)
        for fact in (answers, matters):
            found = fact(known, AS_OF).collect()["marketplace"].to_list()
            assert found == ([place] if place else []), (fact.__name__, is_home)


def test_two_accounts_in_one_frame_keep_apart():
    first, second = (account(surveys=f"{HEADER};A|2026-03-{day} 12:00|{score}|") for day, score in ((10, 3), (12, 9)))
    found = answers(of_both(first, second), AS_OF).collect().sort("account")
    assert found.select("account", "score").rows() == [("example", 3), ("other", 9)]


@pytest.mark.parametrize("rows", ["", ";A|2026-03-10|7|"], ids=["without surveys", "with one"])
def test_columns(rows):
    found = answers(account(surveys=HEADER + rows), AS_OF).collect(engine="streaming")
    assert dict(found.schema) == COLUMNS
    assert found.height == bool(rows)


@pytest.mark.parametrize(("zone", "as_of"), SETS)
def test_answers_are_those_counted_by_hand(zone, as_of):
    assert_counted_by_hand(answers, zone, as_of)
