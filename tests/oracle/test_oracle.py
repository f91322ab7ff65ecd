"""Every figure of two thousand nasty accounts, against a count by hand."""

from functools import lru_cache
from pprint import pformat
from typing import Any

import pytest

from sellerhealth import policy
from sellerhealth.measure.evaluate import evaluate
from tests.oracle import count, count_messages, count_orders, count_parcels, count_ratings, generate
from tests.oracle.entry import POLICIES, Counts
from tests.oracle.group import PLACES, Group, group
from tests.oracle.known import Known
from tests.oracle.verdict import Verdict, verdict
from tests.oracle.windows import METRICS, counts

EACH = 100
COUNTED_BY = {
    name: module
    for module in (count, count_messages, count_orders, count_parcels, count_ratings)
    for name in module.METRICS
}
CHANNELS = {
    "late_dispatch_rate": ("MFN",),
    "cancellation_rate": ("MFN",),
    "order_defect_rate": ("MFN", "AFN"),
    "valid_tracking_rate": ("MFN",),
    "on_time_delivery_rate": ("MFN",),
}
Verdicts = dict[tuple[int, str, int], Verdict]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("position", range(len(PLACES)), ids=[f"{zone}-{day}" for zone, day in PLACES])
def test_counts_and_verdicts_are_those_counted_by_hand(position: int, metric: str):
    accounts = _group(position)
    for name in POLICIES:
        _compare(metric, name, accounts)


def test_there_are_two_thousand_accounts():
    assert len(PLACES) * EACH == 2000


def test_every_metric_is_counted():
    assert {metric.name for metric in policy("handbook")} == set(METRICS) == set(COUNTED_BY)


def test_generation_is_repeatable():
    zone, day = PLACES[0]
    assert generate.account(7, zone, day) == generate.account(7, zone, day)


@lru_cache(maxsize=1)
def _group(position: int) -> Group:
    """A group is generated once for all metrics, which are counted one after the other."""
    return group(position, EACH)


def _compare(metric: str, name: str, accounts: Group) -> None:
    found = _found(metric, name, accounts)
    channels = CHANNELS.get(metric, ("ALL",))
    for seed, known in accounts.known.items():
        entries = COUNTED_BY[metric].entries(metric, name, known)
        for (channel, days), counted in counts(metric, name, known.as_of, channels, entries).items():
            expected = verdict(metric, name, counted)
            got = found.pop((seed, channel, days), verdict(metric, name, Counts()))
            assert got == expected, _told(seed, metric, name, channel, days, expected, got, known)
    assert not found, f"rows nobody counted: {found}"


def _found(metric: str, name: str, accounts: Group) -> Verdicts:
    rows = evaluate(policy(name)[metric], accounts.account, accounts.as_of).iter_rows(named=True)
    return {
        (int(row["account"]), row["channel"], row["window_days"]): _rounded(
            {column: row[column] for column in verdict(metric, name, Counts())}
        )
        for row in rows
        if row["account"] != accounts.account.name
    }


def _rounded(row: dict[str, Any]) -> Verdict:
    return {**row, "value": None if row["value"] is None else round(row["value"], 9)}


def _told(
    seed: int, metric: str, name: str, channel: str, days: int, expected: Verdict, got: Verdict, known: Known
) -> str:
    where = f"seed {seed}, {metric}, {name}, {channel}, {days} days, {known.zone} on {known.as_of}"
    rows = pformat(known.tables, width=200, sort_dicts=False)
    return f"{where}\nby hand: {expected}\nby code: {got}\n{rows}"
