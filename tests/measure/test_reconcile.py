"""Our count beside Amazon's: each planted difference is found, alone and in pairs, and nothing else is named."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.measure.reconcile.orders import reconcile_rows
from sellerhealth.measure.reconcile.steps import reconcile
from tests.measure.planted import ACCOUNTS, MARCH_31
from tests.measure.recount import counted, known_of
from tests.metrics.edges import account

HEADER = "marketplace|figure|figure_from|figure_to|figure_count|figure_out_of|figure_rate|figure_status"
HANDBOOK = policy("handbook")
NORMAL = f"US|accountStatus||{MARCH_31}||||NORMAL"
"""Every report of Amazon's tells how the account stands, on its own day."""


@cache
def seller_of(name):
    """The planted account of a metric, without any report of Amazon's, and as plain rows."""
    seller = account(**ACCOUNTS[name].tables)
    return seller, known_of(seller, MARCH_31)


def reported(name, counts):
    """The planted account of a metric, with Amazon's report of these counts."""
    planted = ACCOUNTS[name]
    count, out_of = counts
    figure = f"US|{planted.figure}|{planted.span[0]}|{planted.span[1]}|{count}|{out_of}|{count / out_of}|"
    told = account(performance=f"{HEADER};{figure};{NORMAL}").tables["performance"]
    seller, _ = seller_of(name)
    return replace(seller, tables={**seller.tables, "performance": told})


@pytest.fixture(scope="module", params=ACCOUNTS)
def metric(request):
    return HANDBOOK[request.param]


def plain(name):
    """The counts of the planted account as the handbook has them, by hand."""
    planted = ACCOUNTS[name]
    return counted(name, seller_of(name)[1], planted.channel, planted.span, {})


def told(metric, seller):
    """The steps after our own count: cause or reading, with what it changes."""
    found = reconcile(metric, seller, MARCH_31).filter(~pl.col("cause").is_in(["WINDOW", "SINCE"]))
    rows = found.select("question", "option", "cause", "numerator", "denominator").rows()
    return {(question, option) if question else cause: change for question, option, cause, *change in rows}


def test_the_planted_accounts_are_as_they_say(metric):
    """Each reading changes the counts by what is written beside it, counted by hand."""
    planted, name = ACCOUNTS[metric.name], metric.name
    _, known = seller_of(name)
    before = plain(name)
    for (question, option), (defects, orders) in planted.changes.items():
        after = counted(name, known, planted.channel, planted.span, {question: option})
        assert (after[0] - before[0], after[1] - before[1]) == (defects, orders), (question, option)


def test_equal_counts_agree(metric):
    found = reconcile(metric, reported(metric.name, plain(metric.name)), MARCH_31)
    own = found.select("own_numerator", "own_denominator", "amazons_numerator", "amazons_denominator").row(0)
    assert own == (*plain(metric.name), *plain(metric.name))
    assert set(found["cause"]) <= {None, "WINDOW"}


def planted_sets():
    for name, planted in ACCOUNTS.items():
        for size in (1, 2):
            for one in combinations(planted.changes, size):
                if len({question for question, _ in one}) == size:
                    yield pytest.param(name, one, id=f"{name}-{'-'.join(option for _, option in one)}")


@pytest.mark.parametrize(("name", "planted"), list(planted_sets()))
def test_what_is_planted_is_found_and_nothing_else_is_named(name, planted):
    where = ACCOUNTS[name]
    amazons = counted(name, seller_of(name)[1], where.channel, where.span, dict(planted))
    seller = reported(name, amazons)
    found = told(HANDBOOK[name], seller)
    assert set(found) == set(planted)
    before = plain(name)
    assert [sum(change) for change in zip(before, *found.values(), strict=True)] == list(amazons)
    rows = reconcile_rows(HANDBOOK[name], seller, MARCH_31)
    behind = rows.group_by("question", "option").agg(pl.col("numerator", "denominator").sum()).rows()
    assert {(question, option): changes for question, option, *changes in behind} == found
