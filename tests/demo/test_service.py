"""The stories of messages and surveys, counted here from the written rows."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from tests.demo.rows import local, moment, rows

END = {"us": datetime(2026, 11, 16, 8, tzinfo=UTC), "uk": datetime(2026, 11, 16, 0, tzinfo=UTC)}
A_DAY, A_WEEK = timedelta(hours=24), timedelta(days=7)
MACHINE = "Our office is closed right now."


@pytest.fixture(scope="module")
def us(us_files):
    return rows(us_files, "messages.csv")


@pytest.fixture(scope="module")
def uk(uk_files):
    return rows(uk_files, "messages.csv")


def threads(messages):
    found = defaultdict(list)
    for message in messages:
        found[message["thread_id"]].append(message)
    return found


def questions(thread):
    return [row for row in thread if row["sender"] == "buyer" and not row["no_response_needed"]]


def answer(thread, question, *, machine_counts=False):
    """When somebody answered; a machine that says it is one never counts."""
    later = [
        moment(row["sent_at"])
        for row in thread
        if row["sender"] == "seller"
        and not row["automatic"]
        and row["sent_at"] > question["sent_at"]
        and (machine_counts or not row["text"].startswith(MACHINE))
    ]
    return min(later, default=None)


def response(messages, end, days, *, machine_counts=False):
    """How many messages of the days were answered in time, how many were not, and how many may still be."""
    found = Counter()
    for thread in threads(messages).values():
        for question in questions(thread):
            sent_at = moment(question["sent_at"])
            answered_at = answer(thread, question, machine_counts=machine_counts)
            if end - timedelta(days=days) <= sent_at < end:
                if answered_at is None:
                    found["open" if end - sent_at <= A_DAY else "late"] += 1
                else:
                    found["in time" if answered_at - sent_at <= A_DAY else "late"] += 1
    return found["in time"], found["late"], found["open"]


def late(messages):
    return [
        question
        for thread in threads(messages).values()
        for question in questions(thread)
        if ((answer(thread, question) or END["us"]) - moment(question["sent_at"])) > A_DAY
    ]


def test_two_messages_a_day_in_323_matters(us):
    assert Counter(row["sender"] for row in us) == {"buyer": 445, "seller": 435, "amazon": 25}
    assert len(threads(us)) == 323
    assert sum(row["no_response_needed"] == "yes" for row in us) == 34
    assert sum(not thread[0]["order_id"] for thread in threads(us).values()) == 50


def test_messages_are_numbered_as_they_were_sent(us):
    assert [row["sent_at"] for row in us] == sorted(row["sent_at"] for row in us)
    assert [row["message_id"] for row in us] == [f"M-{number:05d}" for number in range(1, 906)]
    assert all(thread[0]["sender"] == "buyer" for thread in threads(us).values())


@pytest.mark.parametrize(
    ("days", "by_hand", "with_machine"),
    [(7, (13, 1, 8), (14, 1, 7)), (30, (55, 7, 8), (61, 2, 7)), (90, (170, 15, 8), (177, 9, 7))],
)
def test_a_machine_hides_that_too_many_answers_are_late(us, days, by_hand, with_machine):
    assert response(us, END["us"], days) == by_hand
    assert response(us, END["us"], days, machine_counts=True) == with_machine


def test_late_ones_came_from_friday_afternoon_to_sunday_since_october(us):
    came = [local(row["sent_at"]) for row in late(us)]
    assert Counter(f"{at:%A}" for at in came) == {"Saturday": 7, "Friday": 4, "Sunday": 4}
    assert min(came).date().isoformat() == "2026-10-02"
    assert min(at.hour for at in came if f"{at:%A}" == "Friday") >= 16


def test_nobody_answers_on_weekends_since_october(us):
    by_hand = [row for row in us if row["sender"] == "seller" and not row["text"].startswith(MACHINE)]
    since = [local(row["sent_at"]) for row in by_hand if row["sent_at"] >= "2026-10-03T07"]
    assert {at.weekday() for at in since} == {0, 1, 2, 3, 4}
    assert {at.hour for at in since} == set(range(9, 17))
    assert {local(row["sent_at"]).weekday() for row in by_hand} == set(range(7))


def test_the_new_machine_does_not_say_that_it_is_one(us):
    machine = [row for row in us if row["text"].startswith(MACHINE)]
    unmarked = [row for row in machine if not row["automatic"]]
    assert (len(machine), len(unmarked)) == (44, 20)
    assert len({row["text"] for row in machine}) == 1
    assert {row["automatic"] for row in machine if local(row["sent_at"]).date().isoformat() < "2026-10-05"} == {"yes"}
    assert {row["automatic"] for row in machine if local(row["sent_at"]).date().isoformat() >= "2026-10-05"} == {""}
    for row in machine:
        before = [one for one in threads(us)[row["thread_id"]] if one["sent_at"] < row["sent_at"]]
        assert before[-1]["sender"] == "buyer"
        assert moment(row["sent_at"]) - moment(before[-1]["sent_at"]) <= timedelta(seconds=40)
        assert local(row["sent_at"]).hour in {*range(7), *range(20, 24)}


def test_what_else_is_marked_automatic_is_amazons_own_note(us):
    other = [row for row in us if row["automatic"] and not row["text"].startswith(MACHINE)]
    assert {row["sender"] for row in other} == {"amazon"}


def test_nobody_of_the_shop_is_as_quick_as_a_machine(us):
    for row in us:
        if row["sender"] == "seller" and not row["text"].startswith(MACHINE):
            asked = [
                one["sent_at"] for one in questions(threads(us)[row["thread_id"]]) if one["sent_at"] < row["sent_at"]
            ]
            assert moment(row["sent_at"]) - moment(asked[-1]) > timedelta(minutes=4)


def test_nine_messages_wait_on_the_last_day(us):
    waiting = [
        (question["subject"], f"{END['us'] - moment(question['sent_at'])}"[:-3])
        for thread in threads(us).values()
        for question in questions(thread)
        if answer(thread, question) is None
    ]
    assert waiting == [
        ("Where is my order?", "1 day, 7:55"),
        ("Return of the brass desk lamp", "14:50"),
        ("Return of the brass desk lamp", "5:09"),
        ("Please cancel my order", "13:34"),
        ("Product question: size", "11:57"),
        ("Where is my parcel?", "10:53"),
        ("Invoice needed", "8:35"),
        ("Do you have more?", "5:59"),
        ("I want to cancel", "2:20"),
    ]


def test_one_that_waits_got_the_machines_answer(us):
    last = list(threads(us).values())[-1]
    assert [(row["sender"], row["subject"]) for row in last] == [
        ("buyer", "I want to cancel"),
        ("seller", "I want to cancel"),
    ]
    assert last[1]["text"].startswith(MACHINE)


def test_about_a_fifth_has_to_write_again_within_a_week(us):
    found = Counter()
    for thread in threads(us).values():
        first = questions(thread)[0]
        answered_at = answer(thread, first)
        if answered_at is not None:
            again = [moment(row["sent_at"]) for row in questions(thread) if moment(row["sent_at"]) > answered_at]
            within = bool(again) and again[0] - answered_at <= A_WEEK
            found["within a week" if within else "later" if again else "never"] += 1
    assert found == {"never": 239, "within a week": 68, "later": 8}


def scores(surveys, days):
    """The latest score of each matter answered in the days."""
    latest = {row["thread_id"]: row for row in surveys if row["score"]}
    return [
        int(row["score"]) for row in latest.values() if moment(row["answered_at"]) >= END["us"] - timedelta(days=days)
    ]


@pytest.mark.parametrize(("days", "count", "total"), [(28, 35, 241), (56, 62, 456)])
def test_surveys_suffice_for_eight_weeks_and_not_for_four(us_files, days, count, total):
    found = scores(rows(us_files, "surveys.csv"), days)
    assert (len(found), sum(found)) == (count, total)


def test_buyers_are_less_content_lately(us_files):
    surveys = rows(us_files, "surveys.csv")
    now, both = scores(surveys, 28), scores(surveys, 56)
    assert sum(now) / len(now) < 7
    assert (sum(both) - sum(now)) / (len(both) - len(now)) > 7.9


def test_surveys_are_about_matters_and_some_are_answered_twice(us, us_files):
    surveys = rows(us_files, "surveys.csv")
    assert {row["thread_id"] for row in surveys} <= set(threads(us))
    assert len(surveys) - len({row["thread_id"] for row in surveys}) == 12
    assert sum(not row["score"] for row in surveys) == 6
    assert {row["solved"] for row in surveys} == {"yes", "no"}
    assert {int(row["score"]) for row in surveys if row["score"]} == set(range(11))


def test_the_small_shop_answers_every_day_and_was_late_once(uk):
    assert sum(row["sender"] == "buyer" for row in uk) == 40
    assert response(uk, END["uk"], 200) == (36, 1, 0)
    assert response(uk, END["uk"], 30) == (6, 0, 0)
    assert [row["sent_at"] for row in late(uk)] == ["2026-07-21T10:00:00+00:00"]
    assert not [row for row in uk if row["text"].startswith(MACHINE)]


def test_the_small_shop_has_too_few_surveys(uk, uk_files):
    surveys = rows(uk_files, "surveys.csv")
    assert sorted(int(row["score"]) for row in surveys) == [6, 8, 9, 9, 10]
    assert len({row["thread_id"] for row in surveys} & set(threads(uk))) == 5
