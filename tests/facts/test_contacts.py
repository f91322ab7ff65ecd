from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from sellerhealth.facts.contacts import contacts
from tests.facts.talk import AS_OF, EACH, MESSAGES, SETS, account, assert_counted_by_hand, generated, of_both, shown

COLUMNS = {
    "account": pl.String(),
    "thread_id": pl.String(),
    "message_id": pl.String(),
    "order_id": pl.String(),
    "marketplace": pl.String(),
    "channel": pl.String(),
    "received_at": pl.Datetime("us", "UTC"),
    "received_on": pl.Date(),
    "weekday": pl.String(),
    "hour": pl.String(),
    "topic": pl.String(),
    "is_fulfilment": pl.Boolean(),
    "needs_no_response": pl.Boolean(),
    "first_answer_at": pl.Datetime("us", "UTC"),
    "first_own_answer_at": pl.Datetime("us", "UTC"),
    "end_at": pl.Datetime("us", "UTC"),
}
# What the buyer's messages of thread A have for answers, in the order they came: one where both agree,
# else (by the file's word only, and passing over what looks automatic too).
ANSWERS = {
    "nobody answered": ("A|BUYER|2026-03-10 09:00", [None]),
    "answered": ("A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00", ["2026-03-10 11:00"]),
    "the first of two replies": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 12:00;A|SELLER|2026-03-10 11:00",
        ["2026-03-10 11:00"],
    ),
    "one reply to several messages": (
        "A|BUYER|2026-03-10 09:00;A|BUYER|2026-03-10 10:00;A|SELLER|2026-03-10 11:00",
        ["2026-03-10 11:00", "2026-03-10 11:00"],
    ),
    "a follow-up has its own answer": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00;A|BUYER|2026-03-10 12:00;A|SELLER|2026-03-11 08:00",
        ["2026-03-10 11:00", "2026-03-11 08:00"],
    ),
    "a follow-up nobody answered": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00;A|BUYER|2026-03-10 12:00",
        ["2026-03-10 11:00", None],
    ),
    "a reply in the same instant answers what came before": (
        "A|BUYER|2026-03-10 09:00;A|BUYER|2026-03-10 11:00;A|SELLER|2026-03-10 11:00",
        ["2026-03-10 11:00", None],
    ),
    "a reply one microsecond later": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:00:00.000001",
        ["2026-03-10 09:00:00.000001"],
    ),
    "the seller wrote first": ("A|SELLER|2026-03-10 08:00;A|BUYER|2026-03-10 09:00", [None]),
    "another thread": ("A|BUYER|2026-03-10 09:00;B|SELLER|2026-03-10 11:00", [None]),
    "Amazon wrote": ("A|BUYER|2026-03-10 09:00;A|AMAZON|2026-03-10 11:00", [None]),
    "a reply without a time": ("A|BUYER|2026-03-10 09:00;A|SELLER|", [None]),
    "a reply in the day's last instant": (
        "A|BUYER|2026-03-31 09:00;A|SELLER|2026-03-31 23:59:59.999999",
        ["2026-03-31 23:59:59.999999"],
    ),
    "a reply of the next day": ("A|BUYER|2026-03-31 09:00;A|SELLER|2026-04-01 00:00", [None]),
    "told to be automatic": ("A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00|yes", [None]),
    "told to be automatic, then a person": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01|yes;A|SELLER|2026-03-10 11:00|no",
        ["2026-03-10 11:00"],
    ),
    "looks automatic": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||7;B|BUYER|2026-03-11 09:00;B|SELLER|2026-03-11 09:00:05||7",
        [("2026-03-10 09:01", None)],
    ),
    "looks automatic, then a person": (
        (
            "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||7;A|SELLER|2026-03-10 10:00||7;"
            "B|BUYER|2026-03-11 09:00;B|SELLER|2026-03-11 09:00:05||7"
        ),
        [("2026-03-10 09:01", "2026-03-10 10:00")],
    ),
    "prompt, and the same text only later elsewhere": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||7;B|BUYER|2026-03-11 09:00;B|SELLER|2026-03-11 09:01:01||7",
        ["2026-03-10 09:01"],
    ),
    "one microsecond too slow for a machine": (
        (
            "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01:00.000001||7;"
            "B|BUYER|2026-03-11 09:00;B|SELLER|2026-03-11 09:00:05||7"
        ),
        ["2026-03-10 09:01:00.000001"],
    ),
    "prompt, and the same text in the same thread only": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||7;A|BUYER|2026-03-11 09:00;A|SELLER|2026-03-11 09:01||7",
        ["2026-03-10 09:01", "2026-03-11 09:01"],
    ),
    "prompt, with another text": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||7;B|BUYER|2026-03-11 09:00;B|SELLER|2026-03-11 09:00:05||8",
        ["2026-03-10 09:01"],
    ),
    "prompt, without any text": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||;B|BUYER|2026-03-11 09:00;B|SELLER|2026-03-11 09:00:05||",
        ["2026-03-10 09:01"],
    ),
    "told not to be automatic": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01|no|7;B|BUYER|2026-03-11 09:00;B|SELLER|2026-03-11 09:00:05||7",
        ["2026-03-10 09:01"],
    ),
    "the other is told to be automatic": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||7;B|BUYER|2026-03-11 09:00;B|SELLER|2026-03-11 09:00:05|yes|7",
        ["2026-03-10 09:01"],
    ),
    "the other came after the day looked at": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||7;B|BUYER|2026-04-01 09:00;B|SELLER|2026-04-01 09:00:05||7",
        ["2026-03-10 09:01"],
    ),
    "prompt after the follow-up": (
        (
            "A|BUYER|2026-03-10 09:00;A|BUYER|2026-03-10 20:00;A|SELLER|2026-03-10 20:00:30||7;"
            "B|BUYER|2026-03-11 09:00;B|SELLER|2026-03-11 09:00:05||7"
        ),
        [("2026-03-10 20:00:30", None), ("2026-03-10 20:00:30", None)],
    ),
}
# Who wrote the replies and with which text, and whether one is an answer: by the file's word, and passing over what
# looks automatic. In another thread text 7 came at once.
AT_ONE_MOMENT = {
    "a machine only": (["yes|"], (False, False)),
    "a machine, told twice": (["yes|", "yes|7"], (False, False)),
    "a machine and a person": (["yes|7", "no|8"], (True, True)),
    "a person and a machine": (["no|8", "yes|7"], (True, True)),
    "a machine and one that does not say": (["yes|7", "|8"], (True, True)),
    "a machine and one without a word or text": (["|", "yes|7"], (True, True)),
    "a machine and one that looks it": (["yes|8", "|7"], (True, False)),
    "a person with the text of a machine": (["no|7", "|7"], (True, True)),
}
HOURS = {
    "the night the clocks go forward": ("US", "2026-03-07 12:00", "2026-03-08 13:00", 24),
    "the night the clocks go back": ("US", "2025-11-01 12:00", "2025-11-02 11:00", 24),
    "in London": ("GB", "2026-03-28 12:00", "2026-03-29 13:00", 24),
    "over a weekend": ("US", "2026-03-13 18:00", "2026-03-16 09:00", 63),
    "where clocks never change": ("JP", "2026-03-07 12:00", "2026-03-08 12:00", 24),
}
PLACED = {
    "no order": ("", "US"),
    "an order of this marketplace": ("A", "US"),
    "an order of another marketplace": ("B", "DE"),
    "an order that does not say": ("C", "US"),
    "an order in no file": ("D", "US"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_answers(case):
    rows, expected = ANSWERS[case]
    lines = [row + "|" * (4 - row.count("|")) for row in rows.split(";")]
    found = contacts(account(messages=";".join([MESSAGES, *lines])), AS_OF).collect()
    of_thread = found.filter(pl.col("thread_id") == "A").sort("received_at")
    answers = [tuple(map(shown, row)) for row in of_thread.select("first_answer_at", "first_own_answer_at").rows()]
    assert answers == [one if isinstance(one, tuple) else (one, one) for one in expected]


@pytest.mark.parametrize("case", HOURS)
def test_hours_are_real_ones(case):
    place, asked, answered, hours = HOURS[case]
    told = account(place, messages=f"thread_id|sender|sent_at;A|BUYER|{asked};A|SELLER|{answered}")
    row = contacts(told, AS_OF).collect().row(0, named=True)
    assert (row["first_answer_at"] - row["received_at"]).total_seconds() == hours * 3600


@pytest.mark.parametrize(
    ("place", "sent", "day", "weekday", "hour"),
    [
        ("US", "2026-03-14 23:59:59.999999", date(2026, 3, 14), "Saturday", "23"),
        ("US", "2026-03-15 00:00", date(2026, 3, 15), "Sunday", "00"),
        ("US", "2026-03-08 03:00", date(2026, 3, 8), "Sunday", "03"),
        ("JP", "2026-03-16 07:30", date(2026, 3, 16), "Monday", "07"),
        ("IN", "2026-03-20 05:29", date(2026, 3, 20), "Friday", "05"),
    ],
)
def test_days_and_hours_are_local(place, sent, day, weekday, hour):
    told = account(place, messages=f"thread_id|sender|sent_at;A|BUYER|{sent}")
    assert contacts(told, AS_OF).collect().select("received_on", "weekday", "hour").row(0) == (day, weekday, hour)


# The orders that a thread's messages name, in the order of time, and where each belongs, seen from the first
# marketplace of the folder; elsewhere those of no order are left out.
THREADS = {
    "no order at all": (["", ""], ["US", "US"], []),
    "an order in no file": (["D"], ["US"], []),
    "the first of them": (["A", ""], ["US", "US"], ["US", "US"]),
    "a later one": (["", "B"], ["DE", "DE"], ["DE", "DE"]),
    "each its own": (["A", "B"], ["US", "DE"], ["US", "DE"]),
    "between two": (["A", "", "B"], ["US", "US", "DE"], ["US", "US", "DE"]),
    "an unknown one and a known one": (["D", "B"], ["DE", "DE"], ["DE", "DE"]),
    "one that does not say": (["", "C"], ["US", "US"], ["US", "US"]),
}


@pytest.mark.parametrize("case", THREADS)
def test_a_message_without_an_order_belongs_where_its_thread_does(case):
    orders, at_home, elsewhere = THREADS[case]
    rows = ";".join(f"A|BUYER|2026-03-{day}|{order}" for day, order in enumerate(orders, 10))
    told = account(messages=f"thread_id|sender|sent_at|order_id;{rows}", orders="order_id|marketplace;A|US;B|DE;C|")
    for is_home, expected in ((True, at_home), (False, elsewhere)):
        found = contacts(replace(told, is_home=is_home), AS_OF).collect().sort("received_at")
        assert found["marketplace"].to_list() == expected


def test_the_seller_may_be_the_one_who_names_the_order():
    rows = "A|BUYER|2026-03-10|;A|SELLER|2026-03-11|B"
    told = account(messages=f"thread_id|sender|sent_at|order_id;{rows}", orders="order_id|marketplace;B|DE")
    assert contacts(told, AS_OF).collect()["marketplace"].to_list() == ["DE"]


def test_what_looks_automatic_is_known_from_every_marketplaces_threads():
    rows = (
        "A|BUYER|2026-03-10 09:00||;A|SELLER|2026-03-10 09:00:30||7;"
        "B|BUYER|2026-03-10 09:00|X|;B|SELLER|2026-03-10 09:00:30|X|7"
    )
    told = account(messages=f"thread_id|sender|sent_at|order_id|text_mark;{rows}", orders="order_id|marketplace;X|US")
    found = contacts(replace(told, is_home=False), AS_OF).collect()
    assert found.select("thread_id", "first_own_answer_at").rows() == [("B", None)]


@pytest.mark.parametrize("case", PLACED)
def test_marketplace(case):
    order, expected = PLACED[case]
    told = account(
        messages=f"thread_id|sender|sent_at|order_id;A|BUYER|2026-03-10|{order}",
        orders="order_id|marketplace;A|US;B|DE;C|",
    )
    assert contacts(told, AS_OF).collect().select("order_id", "marketplace").rows() == [(order or None, expected)]


@pytest.mark.parametrize(
    ("topic", "said", "is_fulfilment"),
    [
        ("CANCELLATION", "CANCELLATION", True),
        ("RETURN", "RETURN", True),
        ("DELIVERY", "DELIVERY", True),
        ("PRODUCT", "PRODUCT", False),
        ("INVOICE", "INVOICE", False),
        ("OTHER", "OTHER", False),
        ("", "OTHER", False),
    ],
)
def test_topic(topic, said, is_fulfilment):
    told = account(messages=f"thread_id|sender|sent_at|topic;A|BUYER|2026-03-10|{topic}")
    assert contacts(told, AS_OF).collect().select("topic", "is_fulfilment").row(0) == (said, is_fulfilment)


@pytest.mark.parametrize(("cell", "expected"), [("yes", True), ("no", False), ("", False)])
def test_one_that_needs_no_response_is_there_and_marked(cell, expected):
    told = account(messages=f"thread_id|sender|sent_at|needs_no_response;A|BUYER|2026-03-10|{cell}")
    assert contacts(told, AS_OF).collect()["needs_no_response"].to_list() == [expected]


def test_only_messages_of_buyers_known_by_then():
    rows = "A|BUYER|2026-03-31 23:59:59.999999||;B|BUYER|2026-04-01 00:00||;C|BUYER|||;D|SELLER|2026-03-10||;E|AMAZON|2026-03-10||"
    assert contacts(account(messages=f"{MESSAGES};{rows}"), AS_OF).collect()["thread_id"].to_list() == ["A"]


def test_the_end_is_the_first_moment_after_the_day():
    found = contacts(account(messages=f"{MESSAGES};A|BUYER|2026-03-10||"), AS_OF).collect()
    assert found["end_at"].to_list() == [datetime(2026, 4, 1, 7, tzinfo=UTC)]


def test_a_message_told_by_two_files_is_one_and_all_they_say_of_it_holds():
    rows = (
        "thread_id|sender|sent_at|message_id|topic|needs_no_response;"
        "A|BUYER|2026-03-10 09:00|||no;A|BUYER|2026-03-10 09:00|m1|RETURN|yes"
    )
    columns = ["message_id", "topic", "needs_no_response"]
    assert contacts(account(messages=rows), AS_OF).collect().select(columns).rows() == [("m1", "RETURN", True)]


@pytest.mark.parametrize("case", AT_ONE_MOMENT)
def test_of_two_replies_at_one_moment_a_persons_is_the_answer(case):
    replies, (told, own) = AT_ONE_MOMENT[case]
    rows = ";".join(f"A|SELLER|2026-03-10 09:00:30|{reply}" for reply in replies)
    others = "B|BUYER|2026-03-10 09:00||;B|SELLER|2026-03-10 09:00:30||7"
    known = account(messages=f"{MESSAGES};A|BUYER|2026-03-10 09:00||;{rows};{others}")
    found = contacts(known, AS_OF).collect().filter(pl.col("thread_id") == "A")
    answered = found.select(pl.col("first_answer_at", "first_own_answer_at").is_not_null())
    assert answered.rows() == [(told, own)]


def test_two_accounts_in_one_frame_keep_apart():
    first = account(
        messages="thread_id|sender|sent_at|order_id|text_mark;A|BUYER|2026-03-10 09:00|X|;A|SELLER|2026-03-10 09:00:30||7",
        orders="order_id|marketplace;X|DE",
    )
    second = account(
        messages="thread_id|sender|sent_at|order_id|text_mark;A|BUYER|2026-03-10 08:00|X|;B|BUYER|2026-03-10 09:00||;"
        "B|SELLER|2026-03-10 09:00:30||7",
        orders="order_id|marketplace;X|US",
    )
    found = contacts(of_both(first, second), AS_OF).collect().sort("account", "thread_id")
    assert [
        (row["account"], row["thread_id"], row["marketplace"], shown(row["first_own_answer_at"]))
        for row in found.to_dicts()
    ] == [
        ("example", "A", "DE", "2026-03-10 09:00:30"),
        ("other", "A", "US", None),
        ("other", "B", "US", "2026-03-10 09:00:30"),
    ]


def test_without_messages_there_are_the_columns():
    found = contacts(account(messages=MESSAGES), AS_OF).collect()
    assert found.is_empty()
    assert dict(found.schema) == COLUMNS


def test_columns():
    found = contacts(account(messages=f"{MESSAGES};A|BUYER|2026-03-10||"), AS_OF).collect(engine="streaming")
    assert dict(found.schema) == COLUMNS


@pytest.mark.parametrize(("zone", "as_of"), SETS)
def test_contacts_are_those_counted_by_hand(zone, as_of):
    assert_counted_by_hand(contacts, zone, as_of)


def test_what_is_generated_holds_every_kind_of_contact():
    rows = [row for zone, as_of in SETS for known in generated(zone, as_of) for row in known.contacts()]
    assert len(SETS) * EACH == 2000
    kinds = {
        "answered": [row for row in rows if row["first_answer_at"]],
        "open": [row for row in rows if not row["first_answer_at"]],
        "answered by what looks automatic": [
            row for row in rows if row["first_answer_at"] != row["first_own_answer_at"]
        ],
        "of another marketplace": [row for row in rows if row["marketplace"] == "DE"],
        "needing no response": [row for row in rows if row["needs_no_response"]],
    }
    assert all(len(of_kind) > 100 for of_kind in kinds.values()), {kind: len(kinds[kind]) for kind in kinds}
