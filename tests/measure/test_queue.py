from dataclasses import replace
from datetime import timedelta

import polars as pl
import pytest

from sellerhealth.measure.queue import hours_between, queue
from tests.facts.talk import AS_OF, METRIC, SETS, account, as_one, generated, metric, of_both, shown

HEADER = "thread_id|sender|sent_at|topic|order_id|needs_no_response|text_mark"
COLUMNS = {
    "account": pl.String(),
    "thread_id": pl.String(),
    "order_id": pl.String(),
    "topic": pl.String(),
    "is_fulfilment": pl.Boolean(),
    "waiting": pl.Int64(),
    "first_received_at": pl.Datetime("us", "UTC"),
    "hours_left": pl.Float64(),
    "last_received_at": pl.Datetime("us", "UTC"),
    "hours_left_of_last": pl.Float64(),
    "is_stale": pl.Boolean(),
}
# One thread: how many wait, since when, hours left of the first and of the last; None where none waits.
WAITING = {
    "one": ("A|BUYER|2026-03-31 20:00", (1, "2026-03-31 20:00", 20, 20)),
    "answered": ("A|BUYER|2026-03-31 20:00;A|SELLER|2026-03-31 21:00", None),
    "exactly out of time": ("A|BUYER|2026-03-31 00:00", (1, "2026-03-31 00:00", 0, 0)),
    "overdue": ("A|BUYER|2026-03-30 12:00", (1, "2026-03-30 12:00", -12, -12)),
    "a follow-up has its own clock": (
        "A|BUYER|2026-03-30 12:00;A|BUYER|2026-03-31 18:00",
        (2, "2026-03-30 12:00", -12, 18),
    ),
    "a follow-up after the answer": (
        "A|BUYER|2026-03-30 12:00;A|SELLER|2026-03-30 13:00;A|BUYER|2026-03-31 18:00",
        (1, "2026-03-31 18:00", 18, 18),
    ),
    "thanks need no response": ("A|BUYER|2026-03-31 20:00|||yes", None),
    "thanks after a question": (
        "A|BUYER|2026-03-31 20:00;A|BUYER|2026-03-31 21:00|||yes",
        (1, "2026-03-31 20:00", 20, 20),
    ),
    "answered in the same instant": (
        "A|BUYER|2026-03-31 20:00;A|SELLER|2026-03-31 20:00",
        (1, "2026-03-31 20:00", 20, 20),
    ),
    "answered after the day looked at": (
        "A|BUYER|2026-03-31 20:00;A|SELLER|2026-04-01 00:00",
        (1, "2026-03-31 20:00", 20, 20),
    ),
    "sent after the day looked at": ("A|BUYER|2026-04-01 00:00", None),
    "about an order of this marketplace": ("A|BUYER|2026-03-31 20:00||here", (1, "2026-03-31 20:00", 20, 20)),
    "about an order of another marketplace": ("A|BUYER|2026-03-31 20:00||there", None),
    "over the night the clocks go forward": ("A|BUYER|2026-03-08 00:00", (1, "2026-03-08 00:00", -551, -551)),
}


def messages(rows):
    lines = [row + "|" * (6 - row.count("|")) for row in rows.split(";")]
    return ";".join([HEADER, *lines])


def waiting(rows, by=METRIC, **more):
    told = account(messages=messages(rows), orders="order_id|marketplace;here|US;there|CA")
    return queue(by, replace(told, **more), AS_OF)


@pytest.mark.parametrize("case", WAITING)
def test_waiting(case):
    rows, expected = WAITING[case]
    found = [
        (row["waiting"], shown(row["first_received_at"]), row["hours_left"], row["hours_left_of_last"])
        for row in waiting(rows).to_dicts()
    ]
    assert found == ([expected] if expected else [])


def test_an_answer_of_a_machine_is_none():
    rows = (
        "A|BUYER|2026-03-31 20:00;A|SELLER|2026-03-31 20:00:30||||7;"
        "B|BUYER|2026-03-31 21:00;B|SELLER|2026-03-31 21:00:30||||7;B|SELLER|2026-03-31 22:00||||7"
    )
    assert waiting(rows)["thread_id"].to_list() == ["A"]


def test_the_topic_is_the_firsts_and_any_fulfilment_makes_it_urgent():
    rows = "A|BUYER|2026-03-31 20:00|PRODUCT||;A|BUYER|2026-03-31 21:00|CANCELLATION|here|"
    columns = ["order_id", "topic", "is_fulfilment", "waiting"]
    assert waiting(rows).select(columns).rows() == [("here", "PRODUCT", True, 2)]


def test_what_is_answered_tells_nothing_of_what_waits():
    rows = "A|BUYER|2026-03-31 20:00|RETURN|old|;A|SELLER|2026-03-31 20:30;A|BUYER|2026-03-31 21:00|PRODUCT|new|"
    columns = ["order_id", "topic", "is_fulfilment", "waiting"]
    assert waiting(rows).select(columns).rows() == [("new", "PRODUCT", False, 1)]


def test_fulfilment_first_then_the_least_time_left_then_by_name():
    rows = (
        "product, oldest|BUYER|2026-03-29 20:00|PRODUCT;"
        "return, new|BUYER|2026-03-31 20:00|RETURN;"
        "delivery, overdue|BUYER|2026-03-30 20:00|DELIVERY;"
        "cancellation b|BUYER|2026-03-31 10:00|CANCELLATION;"
        "cancellation a|BUYER|2026-03-31 10:00|CANCELLATION;"
        "no topic|BUYER|2026-03-31 23:00|;"
        "stale return|BUYER|2026-02-01 20:00|RETURN;"
        "stale product|BUYER|2026-01-01 20:00|PRODUCT"
    )
    assert waiting(rows).select("thread_id", "is_stale").rows() == [
        ("delivery, overdue", False),
        ("cancellation a", False),
        ("cancellation b", False),
        ("return, new", False),
        ("product, oldest", False),
        ("no topic", False),
        ("stale return", True),
        ("stale product", True),
    ]


@pytest.mark.parametrize(
    ("sent", "is_stale"),
    [("2026-02-28 23:00", True), ("2026-03-01 23:00", False), ("2026-03-01 22:59:59.999999", True)],
)
def test_stale_is_older_than_thirty_days_of_real_hours(sent, is_stale):
    # The clocks went forward on 8 March: thirty times 24 hours before the end is 23:00.
    assert waiting(f"A|BUYER|{sent};A|BUYER|2026-03-31 10:00")["is_stale"].to_list() == [is_stale]


def test_a_minute_to_go_and_a_minute_over():
    left = waiting("A|BUYER|2026-03-31 00:01;B|BUYER|2026-03-30 23:59")["hours_left"]
    assert left.to_list() == pytest.approx([-1 / 60, 1 / 60])


def test_the_hours_allowed_are_the_policys():
    found = waiting("A|BUYER|2026-03-31 20:00;A|BUYER|2026-03-31 22:00", metric(hours_to_answer=12))
    assert found.select("hours_left", "hours_left_of_last").rows() == [(8, 10)]


@pytest.mark.parametrize(("choice", "threads"), [("told_or_looks_it", ["A", "B", "C"]), ("told", ["C"])])
def test_which_replies_are_answers_is_the_policys_choice(choice, threads):
    rows = (
        "A|BUYER|2026-03-31 20:00;A|SELLER|2026-03-31 20:00:30||||7;"
        "B|BUYER|2026-03-31 21:00;B|SELLER|2026-03-31 21:00:30||||7;C|BUYER|2026-03-31 22:00"
    )
    assert waiting(rows, metric(automatic_replies=choice))["thread_id"].to_list() == threads


@pytest.mark.parametrize(("is_home", "threads"), [(True, ["A", "B", "C"]), (False, ["B"])])
def test_what_names_no_order_waits_on_the_first_marketplace_only(is_home, threads):
    rows = (
        "A|BUYER|2026-03-31 20:00;B|BUYER|2026-03-31 21:00||here;C|BUYER|2026-03-31 22:00||in no file;"
        "D|BUYER|2026-03-31 22:00||there"
    )
    assert waiting(rows, is_home=is_home)["thread_id"].to_list() == threads


def test_hours_between():
    moments = account(messages=messages("A|BUYER|2026-03-07 12:00;B|BUYER|2026-03-08 12:00")).tables["messages"]
    first, last = pl.col("sent_at").min(), pl.col("sent_at").max()
    assert moments.select(hours_between(first, last)).collect().item() == 23


def test_two_accounts_in_one_frame_keep_apart():
    first = account(messages=messages("A|BUYER|2026-03-31 20:00;B|BUYER|2026-03-31 21:00;B|SELLER|2026-03-31 22:00"))
    second = account(messages=messages("A|BUYER|2026-03-31 20:00;B|BUYER|2026-03-31 21:00"))
    assert queue(METRIC, of_both(first, second), AS_OF).select("account", "thread_id").rows() == [
        ("example", "A"),
        ("other", "A"),
        ("other", "B"),
    ]


@pytest.mark.parametrize("rows", ["", ";A|BUYER|2026-03-10||||"], ids=["without messages", "with one"])
def test_columns(rows):
    found = queue(METRIC, account(messages=HEADER + rows), AS_OF)
    assert dict(found.schema) == COLUMNS
    assert found.height == bool(rows)


@pytest.mark.parametrize(("zone", "as_of"), SETS[::5])
def test_the_queue_is_that_counted_by_hand(zone, as_of):
    known = generated(zone, as_of)
    expected = [row for number, one in enumerate(known) for row in _by_hand(str(number), one)]
    expected.sort(key=_place)
    assert len(expected) > 50
    assert [_rounded(row) for row in queue(METRIC, as_one(known, zone), as_of).rows()] == [
        _rounded(row) for row in expected
    ]


def _by_hand(name, known):
    open_ones = [
        row
        for row in sorted(known.contacts(), key=lambda row: row["received_at"])
        if row["marketplace"] == known.place and not row["needs_no_response"] and not row["first_own_answer_at"]
    ]
    for thread in {row["thread_id"] for row in open_ones}:
        rows = [row for row in open_ones if row["thread_id"] == thread]
        ages = [(known.end - row["received_at"]) / timedelta(hours=1) for row in rows]
        yield (
            name,
            thread,
            next((row["order_id"] for row in rows if row["order_id"]), None),
            rows[0]["topic"],
            any(row["is_fulfilment"] for row in rows),
            len(rows),
            rows[0]["received_at"],
            24 - ages[0],
            rows[-1]["received_at"],
            24 - ages[-1],
            known.end - rows[0]["received_at"] > timedelta(days=30),
        )


def _place(row):
    name, thread, _, _, is_fulfilment, _, _, hours_left, _, _, is_stale = row
    return is_stale, not is_fulfilment, hours_left, name, thread


def _rounded(row):
    """Hours as whole microseconds: the last bit of a fraction depends on how it was divided."""
    return tuple(round(cell * 3_600_000_000) if isinstance(cell, float) else cell for cell in row)
