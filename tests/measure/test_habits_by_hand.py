"""The figures of generated conversations, against a count by hand: one message after the other."""

from datetime import date, timedelta
from statistics import mean, median

import pytest

from sellerhealth.measure.habits import answers_by_weekday, arrivals, habits
from tests.facts.talk import METRIC, SETS, as_one, generated


@pytest.mark.parametrize(("zone", "as_of"), SETS)
def test_figures_are_those_counted_by_hand(zone, as_of):
    known = generated(zone, as_of)
    found = {row["figure"]: row for row in habits(METRIC, as_one(known, zone), as_of, days=7).to_dicts()}
    for figure, points in _by_hand(known).items():
        now, before = (_within(points, as_of - timedelta(days=away)) for away in (0, 7))
        middle = median if found[figure]["unit"] == "hours" else mean
        told_of = [value for value in now if value is not None]
        count = len(told_of) if middle is median else sum(told_of)
        assert (found[figure]["now_count"], found[figure]["now_out_of"]) == (count, len(now)), figure
        for name, values in (("now_value", told_of), ("before_value", [one for one in before if one is not None])):
            assert found[figure][name] == (pytest.approx(middle(values)) if values else None), figure


@pytest.mark.parametrize(("zone", "as_of"), SETS[::5])
def test_weekdays_and_hours_are_those_counted_by_hand(zone, as_of):
    known = generated(zone, as_of)
    rows = [(one, row) for one in known for row in _asked(one) if row["received_on"] > as_of - timedelta(days=7)]
    decided = [(row["weekday"], _in_time(row)) for one, row in rows if _is_decided(one, row)]
    assert len(decided) > 20
    for day, contacts, in_time, _ in answers_by_weekday(METRIC, as_one(known, zone), as_of, days=7).rows():
        assert (contacts, in_time) == (sum(day == other for other, _ in decided), decided.count((day, True)))
    hours = [(row["weekday"], row["hour"], _is_decided(one, row) and not _in_time(row)) for one, row in rows]
    for day, hour, contacts, late in arrivals(METRIC, as_one(known, zone), as_of, days=7).rows():
        assert late == hours.count((day, hour, True))
        assert contacts == late + hours.count((day, hour, False))


def _by_hand(known):
    return {
        "hours_to_answer": [
            (row["received_on"], _hours(row["received_at"], row["first_own_answer_at"]))
            for one in known
            for row in _asked(one)
        ],
        "resolution_hours": [point for one in known for point in _resolutions(one)],
        "fulfilment_first": [point for one in known for point in _choices(one)],
        "weekend_in_time": [
            (row["received_on"], _in_time(row))
            for one in known
            for row in _asked(one)
            if row["received_on"].weekday() >= 5 and _is_decided(one, row)
        ],
        "automatic_replies": [point for one in known for point in _replies(one)],
    }


def _asked(one):
    return [row for row in one.contacts() if row["marketplace"] == one.place and not row["needs_no_response"]]


def _choices(one):
    """Answer by answer, with a look at every fulfilment message of the thirty days before it."""
    asked = _asked(one)
    for thread, answer in {
        (row["thread_id"], row["first_own_answer_at"]) for row in asked if row["first_own_answer_at"]
    }:
        came = [row for row in asked if row["is_fulfilment"] and row["received_at"] < answer]
        urgent = [row for row in came if answer - row["received_at"] <= timedelta(days=30)]
        if any(not row["first_own_answer_at"] or row["first_own_answer_at"] >= answer for row in urgent):
            went = [row for row in came if (row["thread_id"], row["first_own_answer_at"]) == (thread, answer)]
            yield answer.astimezone(one.zone).date(), bool(went)


def _resolutions(one):
    for thread in {row["thread_id"] for row in _asked(one)}:
        first = min((row for row in _asked(one) if row["thread_id"] == thread), key=lambda row: row["received_at"])
        own = [
            row["sent_at"]
            for row in _of(one, thread, "SELLER")
            if row["sent_at"] > first["received_at"] and not row["is_automatic"] and not one.looks_automatic(row)
        ]
        yield first["received_on"], _hours(first["received_at"], max(own, default=None))


def _replies(one):
    for reply in one.messages:
        before = [row for row in _of(one, reply["thread_id"], "BUYER") if row["sent_at"] < reply["sent_at"]]
        if reply["sender"] != "SELLER" or not before:
            continue
        if one.place_of(max(before, key=lambda row: row["sent_at"])) == one.place:
            is_machine = bool(reply["is_automatic"]) or one.looks_automatic(reply)
            yield reply["sent_at"].astimezone(one.zone).date(), is_machine


def _of(one, thread, sender):
    return [row for row in one.messages if (row["thread_id"], row["sender"]) == (thread, sender)]


def _within(points, last: date):
    return [value for day, value in points if last - timedelta(days=7) < day <= last]


def _hours(start, end):
    return (end - start) / timedelta(hours=1) if end else None


def _in_time(row):
    return bool(row["first_own_answer_at"]) and row["first_own_answer_at"] - row["received_at"] <= timedelta(hours=24)


def _is_decided(one, row):
    return bool(row["first_own_answer_at"]) or one.end - row["received_at"] > timedelta(hours=24)
