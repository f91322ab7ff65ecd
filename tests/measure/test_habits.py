from dataclasses import replace

import pytest

from sellerhealth.measure.habits import HABITS, answers_by_weekday, arrivals, habits
from tests.facts.talk import AS_OF, METRIC, account, metric, of_both

HEADER = "thread_id|sender|sent_at|topic|is_automatic|text_mark|needs_no_response|order_id"
ORDERS = "order_id|marketplace;here|US;there|CA"
WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
EMPTY = [
    (1, "hours_to_answer", 0, 0, None, None, "hours"),
    (1, "resolution_hours", 0, 0, None, None, "hours"),
    (2, "contact_address", 0, 1, 0, None, "yes or no"),
    (3, "fulfilment_first", 0, 0, None, None, "percent"),
    (4, "weekend_in_time", 0, 0, None, None, "percent"),
    (5, "automatic_replies", 0, 0, None, None, "percent"),
]
# (count, out of, now, before) of one figure. The last 28 days begin on 4 March, those before on 4 February.
ANSWER_TIMES = {
    "one": ("A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:30", (1, 1, 2.5, None)),
    "the middle of three": (
        (
            "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 10:00;B|BUYER|2026-03-10 09:00;B|SELLER|2026-03-10 12:00;"
            "C|BUYER|2026-03-10 09:00;C|SELLER|2026-03-14 09:00"
        ),
        (3, 3, 3, None),
    ),
    "between two": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 10:00;B|BUYER|2026-03-10 09:00;B|SELLER|2026-03-10 12:00",
        (2, 2, 2, None),
    ),
    "one reply to two messages": (
        "A|BUYER|2026-03-10 09:00;A|BUYER|2026-03-10 11:00;A|SELLER|2026-03-10 12:00",
        (2, 2, 2, None),
    ),
    "one without an answer": (
        "A|BUYER|2026-03-10 09:00;B|BUYER|2026-03-10 09:00;B|SELLER|2026-03-10 12:00",
        (1, 2, 3, None),
    ),
    "first day": ("A|BUYER|2026-03-04 00:00;A|SELLER|2026-03-04 01:00", (1, 1, 1, None)),
    "last day before": ("A|BUYER|2026-03-03 23:59;A|SELLER|2026-03-04 00:59", (0, 0, None, 1)),
    "first day before": ("A|BUYER|2026-02-04 00:00;A|SELLER|2026-02-04 01:00", (0, 0, None, 1)),
    "too long ago": ("A|BUYER|2026-02-03 23:59;A|SELLER|2026-02-04 00:59", (0, 0, None, None)),
    "last moment": ("A|BUYER|2026-03-31 22:00;A|SELLER|2026-03-31 23:59:59.999999", (1, 1, pytest.approx(2), None)),
    "answered after the day looked at": ("A|BUYER|2026-03-31 22:00;A|SELLER|2026-04-01 00:00", (0, 1, None, None)),
    "asked after the day looked at": ("A|BUYER|2026-04-01 00:00;A|SELLER|2026-04-01 01:00", (0, 0, None, None)),
    "no response needed": ("A|BUYER|2026-03-10||||yes;A|SELLER|2026-03-11", (0, 0, None, None)),
    "another marketplace": ("A|BUYER|2026-03-10|||||there;A|SELLER|2026-03-11", (0, 0, None, None)),
    "a machine, then a person": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||yes;A|SELLER|2026-03-10 11:00",
        (1, 1, 2, None),
    ),
    "the night the clocks go forward": ("A|BUYER|2026-03-07 12:00;A|SELLER|2026-03-08 12:00", (1, 1, 23, None)),
}
RESOLUTION_TIMES = {
    "one reply": ("A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00", (1, 1, 2, None)),
    "the last reply": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00;A|SELLER|2026-03-11 09:00",
        (1, 1, 24, None),
    ),
    "from the first message to the last answer": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00;A|BUYER|2026-03-11 09:00;A|SELLER|2026-03-11 10:00",
        (1, 1, 25, None),
    ),
    "the last reply is a machine's": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00;A|BUYER|2026-03-11 09:00;A|SELLER|2026-03-11 09:00:05||yes",
        (1, 1, 2, None),
    ),
    "no reply": ("A|BUYER|2026-03-10 09:00", (0, 1, None, None)),
    "the seller wrote before only": ("A|SELLER|2026-03-09 09:00;A|BUYER|2026-03-10 09:00", (0, 1, None, None)),
    "began before the window, and the clocks went forward": (
        "A|BUYER|2026-03-03 09:00;A|SELLER|2026-03-03 11:00;A|BUYER|2026-03-11 09:00;A|SELLER|2026-03-11 10:00",
        (0, 0, None, 192),
    ),
    "thanks do not begin a matter": (
        "A|BUYER|2026-03-10 08:00||||yes;A|SELLER|2026-03-10 08:30;A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00",
        (1, 1, 2, None),
    ),
    "replied to thanks only": (
        "A|BUYER|2026-03-10 09:00;A|BUYER|2026-03-10 08:00||||yes;A|SELLER|2026-03-10 08:30",
        (0, 1, None, None),
    ),
}
CHOICES = {
    "no fulfilment waits": ("A|BUYER|2026-03-10 09:00|PRODUCT;A|SELLER|2026-03-10 11:00", (0, 0, None, None)),
    "it goes to the one": ("A|BUYER|2026-03-10 09:00|RETURN;A|SELLER|2026-03-10 11:00", (1, 1, 1, None)),
    "another goes first": (
        (
            "A|BUYER|2026-03-10 09:00|RETURN;B|BUYER|2026-03-10 09:30|PRODUCT;"
            "B|SELLER|2026-03-10 10:00;A|SELLER|2026-03-10 11:00"
        ),
        (1, 2, 0.5, None),
    ),
    "another goes after it": (
        (
            "A|BUYER|2026-03-10 09:00|RETURN;B|BUYER|2026-03-10 09:30|PRODUCT;"
            "A|SELLER|2026-03-10 10:00;B|SELLER|2026-03-10 11:00"
        ),
        (1, 1, 1, None),
    ),
    "both in one instant": (
        (
            "A|BUYER|2026-03-10 09:00|RETURN;B|BUYER|2026-03-10 09:30|PRODUCT;"
            "A|SELLER|2026-03-10 10:00;B|SELLER|2026-03-10 10:00"
        ),
        (1, 2, 0.5, None),
    ),
    "it came in the instant of the answer": (
        "A|BUYER|2026-03-10 10:00|RETURN;B|BUYER|2026-03-10 09:30|PRODUCT;B|SELLER|2026-03-10 10:00",
        (0, 0, None, None),
    ),
    "one reply to both kinds": (
        "A|BUYER|2026-03-10 09:00|PRODUCT;A|BUYER|2026-03-10 09:30|DELIVERY;A|SELLER|2026-03-10 10:00",
        (1, 1, 1, None),
    ),
    "one of two still waits": (
        (
            "A|BUYER|2026-03-10 09:00|RETURN;B|BUYER|2026-03-10 09:00|CANCELLATION;C|BUYER|2026-03-10 09:00|INVOICE;"
            "A|SELLER|2026-03-10 10:00;C|SELLER|2026-03-10 11:00"
        ),
        (1, 2, 0.5, None),
    ),
    "a machine's reply leaves it waiting": (
        (
            "A|BUYER|2026-03-10 09:00|RETURN;A|SELLER|2026-03-10 09:01||yes;B|BUYER|2026-03-10 09:00|PRODUCT;"
            "B|SELLER|2026-03-10 11:00"
        ),
        (0, 1, 0, None),
    ),
    "thanks do not wait": (
        "A|BUYER|2026-03-10 09:00|RETURN|||yes;B|BUYER|2026-03-10 09:00|PRODUCT;B|SELLER|2026-03-10 11:00",
        (0, 0, None, None),
    ),
    "it waits since before the window": (
        "A|BUYER|2026-02-10 09:00|RETURN;B|BUYER|2026-03-10 09:00|PRODUCT;B|SELLER|2026-03-10 11:00",
        (0, 1, 0, None),
    ),
    "by the day of the answer": (
        "A|BUYER|2026-03-10 09:00|RETURN;A|SELLER|2026-03-10 11:00;B|BUYER|2026-03-03 09:00|RETURN;B|SELLER|2026-03-03 10:00",
        (1, 1, 1, 1),
    ),
    "the day of the answer is local": ("A|BUYER|2026-03-03 09:00|RETURN;A|SELLER|2026-03-03 23:59", (0, 0, None, 1)),
    "a question nobody answers": ("A|BUYER|2026-03-10 09:00|RETURN", (0, 0, None, None)),
    "it waits on another marketplace": (
        "A|BUYER|2026-03-10 09:00|RETURN||||there;B|BUYER|2026-03-10 09:00|PRODUCT;B|SELLER|2026-03-10 11:00",
        (0, 0, None, None),
    ),
}
# 14 March is a Saturday.
WEEKENDS = {
    "on Friday": ("A|BUYER|2026-03-13 23:59;A|SELLER|2026-03-14 01:00", (0, 0, None, None)),
    "on Saturday, in time": ("A|BUYER|2026-03-14 00:00;A|SELLER|2026-03-14 01:00", (1, 1, 1, None)),
    "on Sunday, in time": ("A|BUYER|2026-03-15 23:59;A|SELLER|2026-03-16 09:00", (1, 1, 1, None)),
    "on Monday": ("A|BUYER|2026-03-16 00:00;A|SELLER|2026-03-16 01:00", (0, 0, None, None)),
    "exactly 24 hours": ("A|BUYER|2026-03-14 12:00;A|SELLER|2026-03-15 12:00", (1, 1, 1, None)),
    "a microsecond more": ("A|BUYER|2026-03-14 12:00;A|SELLER|2026-03-15 12:00:00.000001", (0, 1, 0, None)),
    "25 hours by the clock, 24 in truth": ("A|BUYER|2026-03-07 12:00;A|SELLER|2026-03-08 13:00", (1, 1, 1, None)),
    "a microsecond over those": ("A|BUYER|2026-03-07 12:00;A|SELLER|2026-03-08 13:00:00.000001", (0, 1, 0, None)),
    "never answered": ("A|BUYER|2026-03-14 12:00", (0, 1, 0, None)),
    "one of two": (
        "A|BUYER|2026-03-14 12:00;A|SELLER|2026-03-16 12:00;B|BUYER|2026-03-15 12:00;B|SELLER|2026-03-15 13:00",
        (1, 2, 0.5, None),
    ),
    "before": ("A|BUYER|2026-02-14 12:00;A|SELLER|2026-02-16 12:00", (0, 0, None, 0)),
}
AUTOMATIC = {
    "a person": ("A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00", (0, 1, 0, None)),
    "told": ("A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 11:00||yes", (1, 1, 1, None)),
    "told not to be": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||no|7;B|BUYER|2026-03-10 09:00;B|SELLER|2026-03-10 09:01||no|7",
        (0, 2, 0, None),
    ),
    "looks it": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01|||7;B|BUYER|2026-03-10 09:00;B|SELLER|2026-03-10 09:01|||7",
        (2, 2, 1, None),
    ),
    "looks it, in one thread only": ("A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01|||7", (0, 1, 0, None)),
    "one of two replies": (
        "A|BUYER|2026-03-10 09:00;A|SELLER|2026-03-10 09:01||yes;A|SELLER|2026-03-10 11:00",
        (1, 2, 0.5, None),
    ),
    "nobody had asked": ("A|SELLER|2026-03-10 09:01||yes;A|BUYER|2026-03-10 09:02", (0, 0, None, None)),
    "by the day of the reply": ("A|BUYER|2026-03-03 09:00;A|SELLER|2026-03-03 23:59||yes", (0, 0, None, 1)),
    "about an order of another marketplace": (
        "A|BUYER|2026-03-10|||||there;A|SELLER|2026-03-11||yes",
        (0, 0, None, None),
    ),
    "a reply that names no order": ("A|BUYER|2026-03-10|||||here;A|SELLER|2026-03-11||yes", (1, 1, 1, None)),
}
FIGURES = {
    "hours_to_answer": ANSWER_TIMES,
    "resolution_hours": RESOLUTION_TIMES,
    "fulfilment_first": CHOICES,
    "weekend_in_time": WEEKENDS,
    "automatic_replies": AUTOMATIC,
}
# Decided contacts and those in time of the last 7 days, from Wednesday 25 March; the day looked at is a Tuesday.
BY_WEEKDAY = {
    "nothing": ("", {}),
    "first day": ("A|BUYER|2026-03-25 00:00;A|SELLER|2026-03-25 01:00", {"Wednesday": (1, 1, 1)}),
    "the day before": ("A|BUYER|2026-03-24 23:59;A|SELLER|2026-03-25 01:00", {}),
    "late": ("A|BUYER|2026-03-28 09:00;A|SELLER|2026-03-30 09:00", {"Saturday": (1, 0, 0)}),
    "never answered": ("A|BUYER|2026-03-28 09:00", {"Saturday": (1, 0, 0)}),
    "still open": ("A|BUYER|2026-03-31 00:00", {}),
    "just not open any more": ("A|BUYER|2026-03-30 23:59:59.999999", {"Monday": (1, 0, 0)}),
    "two days": (
        (
            "A|BUYER|2026-03-29 09:00;A|SELLER|2026-03-29 10:00;B|BUYER|2026-03-29 09:00;C|BUYER|2026-03-30 09:00;"
            "C|SELLER|2026-03-30 10:00;D|BUYER|2026-03-29 09:00||||yes"
        ),
        {"Monday": (1, 1, 1), "Sunday": (2, 1, 0.5)},
    ),
}


def told(rows, **more):
    lines = [row + "|" * (7 - row.count("|")) for row in rows.split(";") if row]
    return account(messages=";".join([HEADER, *lines]), orders=ORDERS, **more)


@pytest.mark.parametrize(("figure", "case"), [(figure, case) for figure, cases in FIGURES.items() for case in cases])
def test_figure(figure, case):
    rows, expected = FIGURES[figure][case]
    found = {row["figure"]: row for row in habits(METRIC, told(rows), AS_OF).to_dicts()}[figure]
    assert tuple(found[name] for name in ("now_count", "now_out_of", "now_value", "before_value")) == expected


def test_without_messages_nothing_is_divided_by_nothing():
    found = habits(METRIC, told(""), AS_OF)
    assert found.rows() == EMPTY
    assert found.schema == HABITS


def test_of_no_days_nothing_is_measured():
    assert habits(METRIC, told("A|BUYER|2026-03-31 09:00;A|SELLER|2026-03-31 10:00"), AS_OF, days=0).rows() == EMPTY


def test_a_contact_address_that_is_set():
    found = habits(METRIC, replace(told(""), has_contact_address=True), AS_OF)
    assert found.row(2) == (2, "contact_address", 1, 1, 1.0, None, "yes or no")


def test_the_days_are_a_parameter_and_the_hours_the_policys():
    rows = "A|BUYER|2026-03-28 12:00;A|SELLER|2026-03-30 12:00;B|BUYER|2026-03-21 12:00;B|SELLER|2026-03-23 12:00"
    weekend = {hours: habits(metric(hours_to_answer=hours), told(rows), AS_OF, days=7).row(4) for hours in (24, 48)}
    assert weekend[24] == (4, "weekend_in_time", 0, 1, 0.0, 0.0, "percent")
    assert weekend[48] == (4, "weekend_in_time", 1, 1, 1.0, 1.0, "percent")


PROMPT = (
    "A|BUYER|2026-03-28 09:00;A|SELLER|2026-03-28 09:01|||7;A|SELLER|2026-03-30 09:00;"
    "B|BUYER|2026-03-28 10:00;B|SELLER|2026-03-28 10:01|||7"
)
BY_CHOICE = {
    "told_or_looks_it": {
        "hours_to_answer": (1, 2, 48),
        "weekend_in_time": (0, 2, 0),
        "automatic_replies": (2, 3, 2 / 3),
    },
    "told": {"hours_to_answer": (2, 2, 1 / 60), "weekend_in_time": (2, 2, 1), "automatic_replies": (0, 3, 0)},
}


@pytest.mark.parametrize("choice", BY_CHOICE)
def test_which_replies_are_answers_is_the_policys_choice(choice):
    by, known = metric(automatic_replies=choice), told(PROMPT)
    figures = {row[1]: row[2:5] for row in habits(by, known, AS_OF).rows()}
    for figure, expected in BY_CHOICE[choice].items():
        assert figures[figure] == pytest.approx(expected), figure
    in_time = BY_CHOICE[choice]["weekend_in_time"][0]
    assert answers_by_weekday(by, known, AS_OF, days=7).row(5)[1:3] == (2, in_time)
    assert arrivals(by, known, AS_OF, days=7)["late"].sum() == 2 - in_time


def test_the_time_to_the_last_answer_follows_the_choice():
    rows = PROMPT.replace(";A|SELLER|2026-03-30 09:00", "")
    found = [habits(metric(automatic_replies=choice), told(rows), AS_OF).row(1)[2:5] for choice in BY_CHOICE]
    assert found == [(0, 2, None), (2, 2, pytest.approx(1 / 60))]


@pytest.mark.parametrize(("is_home", "count"), [(True, 2), (False, 1)])
def test_what_names_no_order_is_of_the_first_marketplace_only(is_home, count):
    rows = (
        "A|BUYER|2026-03-28 09:00;A|SELLER|2026-03-28 10:00;B|BUYER|2026-03-28 09:00|||||here;B|SELLER|2026-03-28 10:00"
    )
    known = replace(told(rows), is_home=is_home)
    figures = {row[1]: row[3] for row in habits(METRIC, known, AS_OF).rows()}
    assert [figures[name] for name in ("hours_to_answer", "resolution_hours", "automatic_replies")] == [count] * 3


def test_what_waits_in_one_account_does_not_wait_in_another():
    first = told("A|BUYER|2026-03-10 09:00|RETURN")
    second = told("A|BUYER|2026-03-10 09:00|PRODUCT;A|SELLER|2026-03-10 11:00")
    assert habits(METRIC, of_both(first, second), AS_OF).row(3)[2:5] == (0, 0, None)


@pytest.mark.parametrize("case", BY_WEEKDAY)
def test_answers_by_weekday(case):
    rows, expected = BY_WEEKDAY[case]
    found = answers_by_weekday(METRIC, told(rows), AS_OF, days=7).rows()
    assert found == [(day, *expected.get(day, (0, 0, None))) for day in WEEK]


def test_answers_by_weekday_within_other_hours():
    rows = "A|BUYER|2026-03-28 09:00;A|SELLER|2026-03-30 09:00"
    assert answers_by_weekday(metric(hours_to_answer=48), told(rows), AS_OF, days=7).row(5) == ("Saturday", 1, 1, 1.0)


def test_arrivals():
    rows = (
        "A|BUYER|2026-03-25 00:00;A|SELLER|2026-03-25 01:00;"
        "B|BUYER|2026-03-28 23:30;B|SELLER|2026-03-30 09:00;C|BUYER|2026-03-28 23:59;"
        "D|BUYER|2026-03-31 09:00;E|BUYER|2026-03-31 09:30;E|SELLER|2026-03-31 10:30;"
        "F|BUYER|2026-03-24 09:30;G|BUYER|2026-03-30 09:30||||yes;H|BUYER|2026-03-30 09:30|||||there"
    )
    found = arrivals(METRIC, told(rows), AS_OF, days=7)
    assert found.select("weekday", "hour").rows() == [(day, f"{hour:02}") for day in WEEK for hour in range(24)]
    assert [row for row in found.rows() if row[2] or row[3]] == [
        ("Tuesday", "09", 2, 0),
        ("Wednesday", "00", 1, 0),
        ("Saturday", "23", 2, 2),
    ]


def test_without_messages_every_hour_is_there():
    found = arrivals(METRIC, told(""), AS_OF, days=28)
    assert found.height == 7 * 24
    assert found.select("contacts", "late").sum().row(0) == (0, 0)
