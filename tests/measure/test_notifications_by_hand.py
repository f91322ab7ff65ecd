"""Two thousand small lists of notifications, against a count by hand: one notification after the other."""

from collections import Counter
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.definition.tables import TABLES, empty
from sellerhealth.measure.notifications import by_category, notifications, standing
from tests.oracle.group import PLACES, account_of
from tests.oracle.notifications import LOT, STARTS, Notices, Standing

EACH = 100
POLICIES = ("handbook", "amazon-2026")
OWN = ("notification_id", "notified_on", "category", "severity", "asin", "standing", "age_days", "leaves_on", "points")


@pytest.mark.parametrize("position", range(len(PLACES)), ids=[f"{zone}-{day}" for zone, day in PLACES])
def test_lists_and_marks_are_those_counted_by_hand(position):
    zone, as_of = PLACES[position]
    levels = Counter(_checked(seed, zone, as_of) for seed in range(position * 10_000, position * 10_000 + EACH))
    assert set(levels) == {"GREEN", "YELLOW", "RED", "NONE"}


def test_there_are_two_thousand_lists():
    assert len(PLACES) * EACH == 2000


def _checked(seed, zone, as_of):
    """The mark, once everything the package tells is what was counted by hand."""
    chance = Notices(f"{seed} notices", zone, as_of)
    tables, provided, start = chance.tables(), chance.provided(), chance.pick(*STARTS)
    tables |= {name: rows if name in provided else [] for name, rows in tables.items()}
    known = Standing(
        tables=tables, provided=provided, place=chance.place, as_of=as_of, start=start, is_home=not chance.hits(0.1)
    )
    state, account = _state(POLICIES[seed % 2], start), _account(known, zone)
    found = notifications(state, account, as_of)
    expected = sorted(tuple(map(str, (row[name] for name in OWN))) for row in known.open())
    assert sorted(tuple(map(str, row)) for row in found.select(OWN).rows()) == expected, tables
    assert found["notified_on"].is_sorted(descending=True)
    counts = {row["category"]: (row["listed"], row["counted"]) for row in by_category(state, account, as_of).to_dicts()}
    assert counts == known.by_category(), tables
    row = standing(state, account, as_of).row(0, named=True)
    by_hand = known.row(state.policy)
    assert {name: row[name] for name in by_hand} == by_hand, tables
    return row["level"]


def _state(name, start):
    """The policy's state, with small lots of orders, so that a few orders make a difference."""
    state = policy(name).states["policy_violations"]
    values = {**state.terms.values, "rating_lot": LOT, "rating_start": start}
    return replace(state, terms=replace(state.terms, values=values))


def _account(known, zone):
    frames = {
        name: pl.DataFrame(
            [{"account": "shop", **row} for row in known.tables.get(name, [])],
            schema=empty(name).collect_schema(),
            orient="row",
        )
        for name in TABLES
    }
    return replace(account_of(zone, date(2026, 1, 1), frames), provided=known.provided, is_home=known.is_home)
