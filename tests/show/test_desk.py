"""The message desk in words: what is left of a deadline, what waits, the tips, the weekdays and the hours."""

from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest

from sellerhealth.definition.tables import TABLES, empty
from sellerhealth.measure.habits import answers_by_weekday, arrivals, habits
from sellerhealth.measure.queue import queue
from sellerhealth.show import desk
from tests.show.figures import EVIL, example, metric
from tests.show.markup import read
from tests.show.pictures import drawn, says, whole

METRIC = metric("contact_response_time")
ACCOUNT, AS_OF = example(METRIC)
WITHOUT_MESSAGES = replace(ACCOUNT, tables={name: empty(name) for name in TABLES})
HOURS = [f"{hour:02}" for hour in range(24)]


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "due now"),
        (1 / 121, "due now"),
        (-1 / 121, "due now"),
        (1, "1 hour left"),
        (-1, "1 hour overdue"),
        (1.04, "1 hour left"),
        (1.05, "1.1 hours left"),
        (3.25, "3.3 hours left"),
        (24, "24 hours left"),
        (-24, "24 hours overdue"),
        (71.9, "71.9 hours left"),
        (72, "3 days left"),
        (-72, "3 days overdue"),
        (95.99, "3 days left"),
        (96, "4 days left"),
        (-100, "4 days overdue"),
        (-2400, "100 days overdue"),
    ],
)
def test_time_left(hours, said):
    assert desk.time_left(hours) == said


@pytest.mark.parametrize("minutes", range(1, 60))
def test_minutes_are_never_told_as_no_time(minutes):
    for sign in (1, -1):
        assert not desk.time_left(sign * minutes / 60).startswith("0 ")


def test_time_left_goes_one_way():
    told = [desk.time_left(minutes / 60) for minutes in range(3, 24 * 60)]
    hours = [float(one.split(" ")[0]) / (60 if "minute" in one else 1) for one in told]
    assert hours == sorted(hours)
    assert {" ".join(one.split(" ")[1:]) for one in told} <= {"hour left", "hours left", "minutes left", "minute left"}


def waiting(**more):
    told = {"topic": "RETURN", "order_id": "O", "thread_id": "A", "waiting": 1, "hours_left": 3.5}
    return told | {"first_received_at": datetime(2026, 3, 31, 20, tzinfo=UTC), **more}


@pytest.mark.parametrize(
    ("rows", "title", "cut"),
    [
        (1, "1 conversation waits for an answer", ""),
        (2, "2 conversations wait for an answer", ""),
        (26, "26 conversations wait for an answer", " The first 25 are shown."),
        (1200, "1,200 conversations wait for an answer", " The first 25 are shown."),
    ],
)
def test_the_queue_counts_what_waits(rows, title, cut):
    found = read(desk.queue_table(pl.DataFrame([waiting()] * rows), ACCOUNT))
    assert found[:2] == (title, f"Fulfilment first, then the least time left.{cut}")
    assert len(found[3]) == min(rows, 25)


def test_the_queue_in_words_of_the_accounts_clock():
    rows = [waiting(), waiting(topic="OTHER", order_id=None, thread_id=EVIL, waiting=1200, hours_left=-30.0)]
    _, _, headings, found = read(desk.queue_table(pl.DataFrame(rows), ACCOUNT))
    assert headings == ["About", "Order", "Conversation", "Messages that wait", "Since", "Time left"]
    assert found == [
        ("Return", "O", "A", "1", "Tue 31 Mar, 13:00", "3.5 hours left"),
        ("Other", "–", EVIL.strip(), "1,200", "Tue 31 Mar, 13:00", "30 hours overdue"),
    ]


def test_the_queue_of_nothing():
    found = read(desk.queue_table(queue(METRIC, ACCOUNT, AS_OF).clear(), ACCOUNT))
    assert (found[0], found[3]) == ("0 conversations wait for an answer", [])


TOLD = {
    "hours": ((5.25, 12, 14, 1.0), "hours", ("5.3 hours (12 of 14)", "1 hour")),
    "one hour": ((1.0, 1, 1, None), "hours", ("1 hour (1 of 1)", "–")),
    "no answer": ((None, 0, 14, 3.0), "hours", ("–", "3 hours")),
    "a share": ((0.5, 2, 4, 0.25), "percent", ("50 % (2 of 4)", "25 %")),
    "none of some": ((0.0, 0, 4, 0.0), "percent", ("0 % (0 of 4)", "0 %")),
    "nothing of nothing": ((None, 0, 0, None), "percent", ("–", "–")),
    "thousands": ((0.5, 1200, 2400, 0.5), "percent", ("50 % (1,200 of 2,400)", "50 %")),
    "yes": ((1.0, 1, 1, None), "yes or no", ("yes", "–")),
    "no": ((0.0, 0, 1, None), "yes or no", ("no", "–")),
}


@pytest.mark.parametrize("case", TOLD)
def test_a_tip_beside_its_figure(case):
    (now, count, out_of, before), unit, said = TOLD[case]
    figures = {"tip": 4, "figure": "weekend_in_time", "now_count": count, "now_out_of": out_of, "unit": unit}
    title, subtitle, headings, rows = read(
        desk.tips_table(pl.DataFrame([figures | {"now_value": now, "before_value": before}]))
    )
    assert (title, subtitle) == ("The five tips", "The last four weeks, and the four weeks before.")
    assert headings == ["Tip", "Figure", "Now", "Before"]
    assert rows == [(desk.TIPS[4], desk.FIGURES["weekend_in_time"], *said)]


@pytest.mark.parametrize("rows", ["some", "none"])
def test_every_figure_of_the_habits_has_its_words(rows):
    account = ACCOUNT if rows == "some" else WITHOUT_MESSAGES
    figures = habits(METRIC, account, AS_OF)
    found = read(desk.tips_table(figures))[3]
    assert [cells[0] for cells in found] == [desk.TIPS[tip] for tip in figures["tip"]]
    assert set(figures["tip"]) == set(desk.TIPS)
    assert set(figures["figure"]) == set(desk.FIGURES)


def test_weekdays_in_words():
    answers = pl.DataFrame(
        {"weekday": ["Monday", "Sunday"], "contacts": [1200, 0], "in_time": [900, 0], "value": [0.75, None]}
    )
    assert read(desk.weekdays_table(answers)) == (
        "Answers by weekday",
        "By the day the message came in, the last four weeks.",
        ["Day", "Messages", "Answered in time", "Share"],
        [("Monday", "1,200", "900", "75 %"), ("Sunday", "0", "0", "–")],
    )


def test_weekdays_without_a_message():
    rows = read(desk.weekdays_table(answers_by_weekday(METRIC, WITHOUT_MESSAGES, AS_OF, days=28)))[3]
    assert [cells[1:] for cells in rows] == [("0", "0", "–")] * 7


def clock(**late):
    """All hours of a week: one message on Monday at nine, and late ones as given, by weekday."""
    rows = [{"weekday": day, "hour": hour, "contacts": 0, "late": 0} for day in desk.WEEKDAYS for hour in HOURS]
    for row in rows:
        if row["hour"] == "09":
            row["late"] = late.get(row["weekday"], 0)
            row["contacts"] = row["late"] + (row["weekday"] == "Monday")
    return pl.DataFrame(rows)


def test_arrivals_have_all_hours_and_all_weekdays():
    spec = whole(desk.arrivals_chart(clock(Saturday=2)))
    axes = [layer["encoding"] for layer in spec["layer"]]
    assert all(axis["x"]["scale"]["domain"] == HOURS for axis in axes)
    assert all(axis["y"]["sort"] == list(desk.WEEKDAYS) for axis in axes)
    assert [(row["weekday"], row["hour"], row["late"]) for row in drawn(spec)] == [
        ("Monday", "09", 0),
        ("Saturday", "09", 2),
    ]


@pytest.mark.parametrize(
    ("late", "told", "said"),
    [
        ({}, "0 late answers of 1 message", "None was late."),
        ({"Monday": 1}, "1 late answer of 2 messages", "Monday: 1 late."),
        ({"Saturday": 2, "Sunday": 3}, "5 late answers of 6 messages", "Sunday: 3 late. Saturday: 2 late."),
        (
            {"Monday": 1, "Tuesday": 4, "Friday": 3, "Sunday": 2},
            "10 late answers of 11 messages",
            "Tuesday: 4 late. Friday: 3 late. Sunday: 2 late.",
        ),
        ({"Monday": 1200}, "1,200 late answers of 1,201 messages", "Monday: 1,200 late."),
    ],
)
def test_arrivals_in_words(late, told, said):
    spec = whole(desk.arrivals_chart(clock(**late)))
    assert (spec["title"]["subtitle"], says(spec)) == (told, said)


def test_arrivals_of_the_example_and_of_nothing():
    assert (
        sum(row["contacts"] for row in drawn(whole(desk.arrivals_chart(arrivals(METRIC, ACCOUNT, AS_OF, days=30))))) > 0
    )
    assert desk.arrivals_chart(arrivals(METRIC, WITHOUT_MESSAGES, AS_OF, days=30)) is None
    assert desk.arrivals_chart(clock().clear()) is None
