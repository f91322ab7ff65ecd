from datetime import date

import pytest

from tests.metrics.edges import POLICIES, counted, headline, sums

NAME = "average_response_time"
HEADER = "thread_id|sender|sent_at"
MARKED = "thread_id|sender|sent_at|needs_no_response|is_automatic|text_mark"
HOUR, DAY = 3600, 86_400
AUTUMN = date(2026, 11, 15)

EDGES = {
    # (rows, seconds and messages, (late, unsure, counted))
    "the first moment of the eight weeks": ("1|BUYER|2026-02-02 00:00;1|SELLER|2026-02-02 01:00", (HOUR, 1), (0, 0, 1)),
    "the moment before it": ("1|BUYER|2026-02-01 23:59:59.999999;1|SELLER|2026-02-02 01:00", (0, 0), (0, 0, 0)),
    "the last moment of the last Sunday": (
        "1|BUYER|2026-03-29 23:59:59.999999;1|SELLER|2026-03-30 00:59:59.999999",
        (HOUR, 1),
        (0, 0, 1),
    ),
    "the Monday of this week": ("1|BUYER|2026-03-30 00:00;1|SELLER|2026-03-30 01:00", (0, 0), (0, 0, 0)),
    "exactly 24 hours": ("1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-11 10:00", (DAY, 1), (0, 0, 1)),
    "a second more": ("1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-11 10:00:01", (DAY + 1, 1), (1, 0, 1)),
    "a microsecond more": ("1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-11 10:00:00.000001", (DAY, 1), (1, 0, 1)),
    "Friday evening to Monday": ("1|BUYER|2026-03-13 18:00;1|SELLER|2026-03-16 09:00", (63 * HOUR, 1), (1, 0, 1)),
    "over the clocks going forward": ("1|BUYER|2026-03-07 20:00;1|SELLER|2026-03-08 20:00", (23 * HOUR, 1), (0, 0, 1)),
    "no answer": ("1|BUYER|2026-03-10 10:00", (0, 0), (0, 0, 0)),
    "an answer at the same moment is none": ("1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 10:00", (0, 0), (0, 0, 0)),
    "an answer after today": ("1|BUYER|2026-03-29 10:00;1|SELLER|2026-04-01 00:00", (0, 0), (0, 0, 0)),
    "an answer today": ("1|BUYER|2026-03-29 10:00;1|SELLER|2026-03-31 10:00", (2 * DAY, 1), (1, 0, 1)),
    "one reply for two": (
        "1|BUYER|2026-03-10 10:00;1|BUYER|2026-03-10 11:00;1|SELLER|2026-03-10 12:00",
        (3 * HOUR, 2),
        (0, 0, 2),
    ),
    "a follow-up": (
        "1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:00;1|BUYER|2026-03-10 12:00;1|SELLER|2026-03-10 15:00",
        (4 * HOUR, 2),
        (0, 0, 2),
    ),
    "a follow-up without an answer": (
        "1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:00;1|BUYER|2026-03-10 12:00",
        (HOUR, 1),
        (0, 0, 1),
    ),
    "told twice": (
        "1|BUYER|2026-03-10 10:00;1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:00",
        (HOUR, 1),
        (0, 0, 1),
    ),
}
WEEKS = {
    # The day looked at, and whether a message of Sunday, 29 March is in, and one of Monday, 2 February.
    date(2026, 3, 28): (0, 1),  # Saturday: the weeks end on the 22nd
    date(2026, 3, 29): (1, 1),  # Sunday: the week is over at the end of this day
    date(2026, 3, 30): (1, 1),  # Monday
    date(2026, 4, 4): (1, 1),  # Saturday
    date(2026, 4, 5): (1, 0),  # Sunday: a week goes, a week comes
    date(2026, 5, 23): (1, 0),
    date(2026, 5, 24): (0, 0),
}


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize("case", EDGES)
def test_edge(case, rules):
    rows, (seconds, messages), verdict = EDGES[case]
    told = f"{HEADER};{rows}"
    assert sums(NAME, rules, messages=told) == (seconds, seconds, messages)
    assert counted(NAME, rules, messages=told) == verdict


def test_the_day_of_25_hours():
    messages = f"{HEADER};1|BUYER|2026-10-31 20:00;1|SELLER|2026-11-01 20:00"
    assert sums(NAME, "handbook", as_of=AUTUMN, messages=messages) == (25 * HOUR, 25 * HOUR, 1)


@pytest.mark.parametrize("as_of", WEEKS)
def test_whole_weeks(as_of):
    for day, is_in in zip(("2026-03-29", "2026-02-02"), WEEKS[as_of], strict=True):
        messages = f"{HEADER};1|BUYER|{day} 10:00;1|SELLER|{day} 11:00"
        assert counted(NAME, "handbook", as_of=as_of, messages=messages) == (0, 0, is_in), day


def test_an_answer_of_monday_is_not_known_on_sunday():
    messages = f"{HEADER};1|BUYER|2026-03-29 20:00;1|SELLER|2026-03-30 08:00"
    assert sums(NAME, "handbook", as_of=date(2026, 3, 29), messages=messages) == (0, 0, 0)
    assert sums(NAME, "handbook", as_of=date(2026, 3, 30), messages=messages) == (12 * HOUR, 12 * HOUR, 1)


@pytest.mark.parametrize(
    ("as_of", "first", "last"),
    [
        (date(2026, 12, 31), date(2026, 11, 2), date(2026, 12, 27)),
        (date(2027, 1, 1), date(2026, 11, 2), date(2026, 12, 27)),
        (date(2027, 1, 2), date(2026, 11, 2), date(2026, 12, 27)),
        (date(2027, 1, 3), date(2026, 11, 9), date(2027, 1, 3)),  # the Sunday of 2026-W53
        (date(2027, 1, 4), date(2026, 11, 9), date(2027, 1, 3)),
    ],
)
def test_weeks_over_new_year(as_of, first, last):
    rows = f"1|BUYER|{first} 00:00;1|SELLER|{first} 01:00;2|BUYER|{last} 20:00;2|SELLER|{last} 23:00"
    now = headline(NAME, "handbook", as_of=as_of, messages=f"{HEADER};{rows}")
    assert (now["window_start"], now["window_end"]) == (first, last)
    assert (now["numerator"], now["denominator"], now["value"]) == (4 * HOUR, 2, 2.0)


@pytest.mark.parametrize(("marked", "expected"), [("yes", (0, 0, 0)), ("no", (HOUR, HOUR, 1)), ("", (HOUR, HOUR, 1))])
def test_what_needs_no_response(marked, expected):
    messages = f"{MARKED};1|BUYER|2026-03-10 10:00|{marked}||;1|SELLER|2026-03-10 11:00|||"
    assert sums(NAME, "handbook", messages=messages) == expected


@pytest.mark.parametrize(
    ("word", "by_looks", "by_the_file"), [("yes", 2 * HOUR, 2 * HOUR), ("", 2 * HOUR, 60), ("no", 60, 60)]
)
def test_an_automatic_reply_is_no_answer(word, by_looks, by_the_file):
    rows = (
        f"1|BUYER|2026-03-10 10:00|||;1|SELLER|2026-03-10 10:01||{word}|7;1|SELLER|2026-03-10 12:00||no|"
        ";2|BUYER|2026-01-10 10:00|||;2|SELLER|2026-01-10 10:00:20|||7"
    )
    override = {"choice": {"automatic_replies": "told"}}
    assert sums(NAME, "handbook", messages=f"{MARKED};{rows}")[::2] == (by_looks, 1)
    assert sums(NAME, "handbook", override=override, messages=f"{MARKED};{rows}")[::2] == (by_the_file, 1)


def test_the_marketplace_is_that_of_the_order():
    messages = "thread_id|sender|sent_at|order_id;1|BUYER|2026-03-10 10:00|{0};1|SELLER|2026-03-10 11:00|{0}"
    orders = "order_id|marketplace;CA|CA;US|US"
    for order, expected in {"CA": 0, "US": 1, "UNKNOWN": 1, "": 1}.items():
        assert sums(NAME, "handbook", messages=messages.format(order), orders=orders)[2] == expected


def test_hours_without_a_target_and_without_an_interval():
    rows = "1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:30;2|BUYER|2026-03-10 10:00;2|SELLER|2026-03-13 10:00"
    now = headline(NAME, "handbook", messages=f"{HEADER};{rows}")
    assert (now["value"], now["unit"], now["status"], now["basis"]) == (36.75, "hours", "NONE", "EXACT")
    assert [now[name] for name in ("low", "high", "target", "used", "headroom")] == [None] * 5


def test_nothing_counted_has_no_average():
    now = headline(NAME, "handbook", messages=HEADER)
    assert (now["numerator"], now["denominator"], now["value"], now["status"]) == (0, 0, None, "NONE")


def test_without_a_file_of_messages_nothing_can_be_said():
    now = headline(NAME, "handbook", without=("messages",))
    assert (now["basis"], now["numerator"], now["value"]) == ("NOT_COMPUTABLE", None, None)
