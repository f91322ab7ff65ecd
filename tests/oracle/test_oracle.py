"""Every figure of two thousand nasty accounts, against a count by hand."""

from fractions import Fraction
from math import ceil
from pprint import pformat
from typing import Any

import pytest

from sellerhealth import policy
from sellerhealth.measure.evaluate import evaluate
from tests.oracle import generate
from tests.oracle.count import METRICS, POLICIES, TARGETS, count
from tests.oracle.group import PLACES, Group, group
from tests.oracle.known import Known

EACH = 100
Verdict = dict[str, Any]
Verdicts = dict[tuple[int, str, int], Verdict]


@pytest.mark.parametrize("position", range(len(PLACES)), ids=[f"{zone}-{day}" for zone, day in PLACES])
def test_counts_and_verdicts_are_those_counted_by_hand(position: int):
    accounts = group(position, EACH)
    for metric in METRICS:
        for name in POLICIES:
            _compare(metric, name, accounts)


def test_there_are_two_thousand_accounts():
    assert len(PLACES) * EACH == 2000


def test_generation_is_repeatable():
    zone, day = PLACES[0]
    assert generate.account(7, zone, day) == generate.account(7, zone, day)


def _compare(metric: str, name: str, accounts: Group) -> None:
    found = _found(metric, name, accounts)
    for seed, known in accounts.known():
        for (channel, days), counts in count(metric, name, known).items():
            expected = _verdict(metric, counts)
            got = found.pop((seed, channel, days), _verdict(metric, (0, 0, 0)))
            assert got == expected, _told(seed, metric, name, channel, days, expected, got, known)
    assert not found, f"rows nobody counted: {found}"


def _found(metric: str, name: str, accounts: Group) -> Verdicts:
    rows = evaluate(policy(name)[metric], accounts.account, accounts.as_of).iter_rows(named=True)
    columns = _verdict(metric, (0, 0, 0))
    return {
        (int(row["account"]), row["channel"], row["window_days"]): {column: row[column] for column in columns}
        for row in rows
        if row["account"] != accounts.account.name
    }


def _verdict(metric: str, counts: tuple[int, int, int]) -> Verdict:
    """What the counts mean, in exact fractions."""
    numerator, unknown, denominator = counts
    target = TARGETS[metric]
    return {
        "numerator": numerator,
        "unknown": unknown,
        "denominator": denominator,
        "value": numerator / denominator if denominator else None,
        "target": float(target),
        "status": _status(target, counts),
        "headroom": ceil(denominator * target) - 1 - numerator if _status(target, counts) != "NONE" else None,
        "basis": "UPPER_BOUND" if unknown else "EXACT",
    }


def _status(target: Fraction, counts: tuple[int, int, int]) -> str:
    """Good or bad only when the most and the least it can be agree; a rate equal to its target is bad."""
    numerator, unknown, denominator = counts
    if not denominator:
        return "NONE"
    ends = {Fraction(defects, denominator) < target for defects in (numerator, numerator - unknown)}
    return "NONE" if len(ends) == 2 else "GOOD" if ends == {True} else "BAD"


def _told(
    seed: int, metric: str, name: str, channel: str, days: int, expected: Verdict, got: Verdict, known: Known
) -> str:
    where = f"seed {seed}, {metric}, {name}, {channel}, {days} days, {known.zone} on {known.as_of}"
    rows = pformat(known.tables, width=200, sort_dicts=False)
    return f"{where}\nby hand: {expected}\nby code: {got}\n{rows}"
