"""The policy notifications of the generated accounts, and the mark of some of them, against a count by hand."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pprint import pformat

import pytest

from sellerhealth import policy
from sellerhealth.definition.state import State
from sellerhealth.measure.notifications import notifications, standing
from tests.oracle import count_notices
from tests.oracle.count_notices import POINTS, weighing
from tests.oracle.entry import POLICIES
from tests.oracle.group import PLACES, group

EACH, ALONE = 100, 12
LOTS = ((200, 4), (1, 4), (3, 400))
"""Whole lots of so many orders and what they bring: the policies' own, and some that few orders fill."""
any_group = pytest.mark.parametrize("position", range(len(PLACES)), ids=[f"{zone}-{day}" for zone, day in PLACES])


@any_group
def test_what_weighs_is_what_was_counted_by_hand(position: int):
    accounts = group(position, EACH)
    found = notifications(_state("handbook"), accounts.account, accounts.as_of)
    expected = [
        (
            row["notification_id"],
            row["notified_on"],
            row["category"],
            row["severity"],
            row["asin"],
            row["state"],
            (known.as_of - row["notified_on"]).days,
            row["notified_on"] + timedelta(days=180),
            1000 if row["severity"] == "CRITICAL" else POINTS[row["severity"]],
        )
        for known in accounts.known.values()
        for row in weighing(known)
    ]
    assert Counter(found.rows()) == Counter(expected)


@any_group
@pytest.mark.parametrize("name", POLICIES)
def test_the_mark_is_that_judged_by_hand(name: str, position: int):
    accounts = group(position, ALONE)
    lot, gain = LOTS[position % len(LOTS)]
    state = _state(name)
    values = {**state.terms.values, "rating_lot": lot, "rating_gain": gain}
    state = replace(state, terms=replace(state.terms, values=values))
    for seed, known in accounts.known.items():
        expected = count_notices.standing(name, known, lot, gain)
        row = standing(state, accounts.alone(seed), accounts.as_of).row(0, named=True)
        assert {column: row[column] for column in expected} == expected, (seed, name, pformat(known.tables, width=200))


def _state(name: str) -> State:
    return policy(name).states["policy_violations"]
