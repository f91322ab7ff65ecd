from datetime import UTC, date, datetime

import polars as pl
import pytest

from sellerhealth.facts.matters import matters
from tests.facts.talk import AS_OF, SETS, account, assert_counted_by_hand, of_both, shown

COLUMNS = {
    "account": pl.String(),
    "thread_id": pl.String(),
    "marketplace": pl.String(),
    "channel": pl.String(),
    "started_at": pl.Datetime("us", "UTC"),
    "started_on": pl.Date(),
    "first_answer_at": pl.Datetime("us", "UTC"),
    "first_own_answer_at": pl.Datetime("us", "UTC"),
    "next_message_at": pl.Datetime("us", "UTC"),
    "next_own_message_at": pl.Datetime("us", "UTC"),
    "is_solved": pl.Boolean(),
    "surveyed_on": pl.Date(),
    "topic": pl.String(),
    "end_at": pl.Datetime("us", "UTC"),
}
HEADER = "sender|sent_at|needs_no_response|thread_id"
SURVEYS = "thread_id|answered_at|is_solved|score"
# started, answered, next message; None where there is no such matter at all.
MATTERS = {
    "asked only": ("BUYER|2026-03-10 09:00", ("2026-03-10 09:00", None, None)),
    "settled by the first answer": (
        "BUYER|2026-03-10 09:00;SELLER|2026-03-10 11:00",
        ("2026-03-10 09:00", "2026-03-10 11:00", None),
    ),
    "a follow-up before the answer is not a further contact": (
        "BUYER|2026-03-10 09:00;BUYER|2026-03-10 10:00;SELLER|2026-03-10 11:00",
        ("2026-03-10 09:00", "2026-03-10 11:00", None),
    ),
    "the first of two further contacts": (
        "BUYER|2026-03-10 09:00;SELLER|2026-03-10 11:00;BUYER|2026-03-20 12:00;BUYER|2026-03-12 12:00",
        ("2026-03-10 09:00", "2026-03-10 11:00", "2026-03-12 12:00"),
    ),
    "a message in the instant of the answer is not after it": (
        "BUYER|2026-03-10 09:00;SELLER|2026-03-10 11:00;BUYER|2026-03-10 11:00",
        ("2026-03-10 09:00", "2026-03-10 11:00", None),
    ),
    "a microsecond after the answer": (
        "BUYER|2026-03-10 09:00;SELLER|2026-03-10 11:00;BUYER|2026-03-10 11:00:00.000001",
        ("2026-03-10 09:00", "2026-03-10 11:00", "2026-03-10 11:00:00.000001"),
    ),
    "thanks are no further contact": (
        "BUYER|2026-03-10 09:00;SELLER|2026-03-10 11:00;BUYER|2026-03-10 12:00|yes",
        ("2026-03-10 09:00", "2026-03-10 11:00", None),
    ),
    "it begins with what needs a response": (
        "BUYER|2026-03-10 09:00|yes;BUYER|2026-03-10 10:00;SELLER|2026-03-10 11:00",
        ("2026-03-10 10:00", "2026-03-10 11:00", None),
    ),
    "nothing needs a response": ("BUYER|2026-03-10 09:00|yes;SELLER|2026-03-10 11:00", None),
    "the seller's message only": ("SELLER|2026-03-10 11:00", None),
    "a further contact after the day looked at": (
        "BUYER|2026-03-30 09:00;SELLER|2026-03-30 11:00;BUYER|2026-04-01 00:00",
        ("2026-03-30 09:00", "2026-03-30 11:00", None),
    ),
    "an answer after the day looked at": (
        "BUYER|2026-03-31 09:00;SELLER|2026-04-01 00:00;BUYER|2026-04-02 00:00",
        ("2026-03-31 09:00", None, None),
    ),
    "asked after the day looked at": ("BUYER|2026-04-01 00:00", None),
}
# is_solved and surveyed_on of a thread without messages; None where it is no matter.
SOLVED = {
    "solved": ("A|2026-03-10 12:00|yes|", (True, date(2026, 3, 10))),
    "not solved": ("A|2026-03-10 12:00|no|", (False, date(2026, 3, 10))),
    "does not say": ("A|2026-03-10 12:00||3", (None, None)),
    "the latest": ("A|2026-03-12 12:00|no|;A|2026-03-10 12:00|yes|", (False, date(2026, 3, 12))),
    "the latest that says it": ("A|2026-03-10 12:00|yes|;A|2026-03-12 12:00||9", (True, date(2026, 3, 10))),
    "two files, one moment": ("A|2026-03-10 12:00|no|;A|2026-03-10 12:00|yes|", (False, date(2026, 3, 10))),
    "the day is local": ("A|2026-03-10 23:59|yes|", (True, date(2026, 3, 10))),
    "the day's last instant": ("A|2026-03-31 23:59:59.999999|yes|", (True, date(2026, 3, 31))),
    "after the day looked at": ("A|2026-04-01 00:00|yes|", None),
    "no time told": ("A||yes|", None),
}


def messages(rows):
    lines = [row + "|" * (2 - row.count("|")) + "|A" for row in rows.split(";")]
    return ";".join([HEADER, *lines])


@pytest.mark.parametrize("case", MATTERS)
def test_matter(case):
    rows, expected = MATTERS[case]
    found = matters(account(messages=messages(rows)), AS_OF).collect()
    told = found.select("started_at", "first_answer_at", "next_message_at").rows()
    assert [tuple(map(shown, row)) for row in told] == ([expected] if expected else [])
    own = found.select("started_at", "first_own_answer_at", "next_own_message_at").rows()
    assert own == told


@pytest.mark.parametrize("case", SOLVED)
def test_solved(case):
    rows, expected = SOLVED[case]
    found = matters(account(surveys=f"{SURVEYS};{rows}"), AS_OF).collect()
    assert found.select("is_solved", "surveyed_on").rows() == ([expected] if expected else [])


def test_a_machine_between_question_and_answer():
    rows = (
        "thread_id|sender|sent_at|text_mark;"
        "A|BUYER|2026-03-10 09:00|;A|SELLER|2026-03-10 09:00:10|7;A|BUYER|2026-03-10 10:00|;"
        "A|SELLER|2026-03-10 12:00|1;A|BUYER|2026-03-11 10:00|;"
        "B|BUYER|2026-03-10 09:00|;B|SELLER|2026-03-10 09:00:10|7"
    )
    first, second = matters(account(messages=rows), AS_OF).collect().sort("thread_id").to_dicts()
    assert (shown(first["first_answer_at"]), shown(first["next_message_at"])) == (
        "2026-03-10 09:00:10",
        "2026-03-10 10:00",
    )
    assert (shown(first["first_own_answer_at"]), shown(first["next_own_message_at"])) == (
        "2026-03-10 12:00",
        "2026-03-11 10:00",
    )
    assert (shown(second["first_answer_at"]), second["first_own_answer_at"]) == ("2026-03-10 09:00:10", None)


def test_a_survey_only_has_no_start_and_no_topic():
    found = matters(account(surveys=f"{SURVEYS};A|2026-03-10 12:00|yes|"), AS_OF).collect()
    columns = ["thread_id", "marketplace", "channel", "started_at", "started_on", "first_answer_at", "topic", "end_at"]
    end = datetime(2026, 4, 1, 7, tzinfo=UTC)
    assert found.select(columns).row(0) == ("A", "US", "ALL", None, None, None, None, end)


def test_messages_and_survey_of_a_thread_are_one_matter():
    told = account(
        messages=messages("BUYER|2026-03-10 09:00;SELLER|2026-03-10 11:00"), surveys=f"{SURVEYS};A|2026-03-12|no|2"
    )
    found = matters(told, AS_OF).collect()
    assert found.select("thread_id", "started_on", "is_solved").rows() == [("A", date(2026, 3, 10), False)]


def test_the_topic_is_the_first_messages_and_the_marketplace_that_of_its_order_or_its_threads():
    told = account(
        messages="thread_id|sender|sent_at|topic|order_id;"
        "A|BUYER|2026-03-11|PRODUCT|X;A|BUYER|2026-03-10|RETURN|Y;B|BUYER|2026-03-10||;B|BUYER|2026-03-11|RETURN|Y",
        orders="order_id|marketplace;X|US;Y|DE",
    )
    found = matters(told, AS_OF).collect().sort("thread_id")
    assert found.select("topic", "marketplace").rows() == [("RETURN", "DE"), ("OTHER", "DE")]


def test_two_accounts_in_one_frame_keep_apart():
    first = account(messages=messages("BUYER|2026-03-10 09:00;SELLER|2026-03-10 11:00"))
    second = account(messages=messages("BUYER|2026-03-10 10:00"), surveys=f"{SURVEYS};A|2026-03-12|no|2")
    found = matters(of_both(first, second), AS_OF).collect().sort("account")
    assert [
        (row["account"], shown(row["started_at"]), shown(row["first_answer_at"]), row["is_solved"])
        for row in found.to_dicts()
    ] == [("example", "2026-03-10 09:00", "2026-03-10 11:00", None), ("other", "2026-03-10 10:00", None, False)]


@pytest.mark.parametrize("rows", ["", ";BUYER|2026-03-10 09:00||A"], ids=["without messages", "with one"])
def test_columns(rows):
    found = matters(account(messages=HEADER + rows), AS_OF).collect(engine="streaming")
    assert dict(found.schema) == COLUMNS
    assert found.height == bool(rows)


@pytest.mark.parametrize(("zone", "as_of"), SETS)
def test_matters_are_those_counted_by_hand(zone, as_of):
    assert_counted_by_hand(matters, zone, as_of)
