"""Generated accounts beside counts made by hand: where Amazon's are the same, they agree; where not, all adds up."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.definition.account import Account
from sellerhealth.definition.columns import FIGURES
from sellerhealth.definition.tables import empty
from sellerhealth.measure.reconcile.orders import reconcile_rows
from sellerhealth.measure.reconcile.steps import reconcile
from tests.oracle import count, count_parcels
from tests.oracle.entry import POLICIES
from tests.oracle.group import PLACES, Group, group
from tests.oracle.windows import BY_POLICY
from tests.truth.size import accounts

EACH = 25
GROUPS = accounts(4 * EACH) // EACH
COUNTED_BY = {name: module for module in (count, count_parcels) for name in module.METRICS}
PAIR = ("numerator", "denominator")


@lru_cache(maxsize=2)
def generated(number: int) -> Group:
    """Accounts of one place and day after the other."""
    place = number * 7 % len(PLACES)
    whole = group(place, (number // len(PLACES) + 1) * EACH)
    return Group(zone=whole.zone, as_of=whole.as_of, seeds=whole.seeds[-EACH:])


def figures(made: Group, metric: str, rules: str, counted_by: str) -> Iterator[dict[str, Any]]:
    """A report of each account on the day looked at: counts by one policy's rules over the days of another."""
    windows = BY_POLICY[rules][metric]
    ((first, last),) = [windows.spans(made.as_of)[windows.days[0]]]
    channels = {channel: name for name, channel in reversed(FIGURES[metric].items()) if channel}
    for seed, known in made.known.items():
        yield {"account": str(seed), "figure": "accountStatus", "figure_to": made.as_of, "figure_status": "NORMAL"}
        entries = [one for one in COUNTED_BY[metric].entries(metric, counted_by, known) if first <= one.day <= last]
        for channel, name in channels.items():
            mine = [one for one in entries if one.channel == channel]
            yield {
                "account": str(seed),
                "figure": name,
                "figure_from": first,
                "figure_to": last,
                "figure_count": sum(one.worst * one.units for one in mine),
                "figure_out_of": sum(one.units for one in mine),
                "figure_rate": 0.01,
            }


def reported(made: Group, metric: str, rules: str, counted_by: str) -> Account:
    """The accounts with these reports."""
    rows = list(figures(made, metric, rules, counted_by))
    told = pl.DataFrame(rows, schema=empty("performance").collect_schema())
    return replace(made.account, tables={**made.account.tables, "performance": told.lazy()})


@pytest.mark.parametrize("metric", COUNTED_BY)
@pytest.mark.parametrize("number", range(GROUPS))
def test_equal_counts_agree_and_other_rules_add_up(number: int, metric: str):
    made = generated(number)
    for rules in POLICIES:
        same = reconcile(policy(rules)[metric], reported(made, metric, rules, rules), made.as_of)
        compared = same.filter(pl.col("obstacle").is_null())
        assert set(compared["cause"]) <= {None}
        assert (compared["own_numerator"] == compared["amazons_numerator"]).all()
        assert set(same["obstacle"]) <= {None, "BEFORE_FILES"}
    rules, other = POLICIES
    seller = reported(made, metric, rules, other)
    found = reconcile(policy(rules)[metric], seller, made.as_of).filter(pl.col("obstacle").is_null())
    differences(found)
    behind(found, reconcile_rows(policy(rules)[metric], seller, made.as_of))


def differences(found: pl.DataFrame) -> None:
    """The steps lead from our count to Amazon's, exactly, and what is left is less than the whole."""
    by = ["account", "channel"]
    sums = found.group_by(by, maintain_order=True).agg(
        pl.col(PAIR).sum(), *(pl.col(f"{whose}_{name}").first() for whose in ("own", "amazons") for name in PAIR)
    )
    for name in PAIR:
        assert (sums[f"own_{name}"] + sums[name] == sums[f"amazons_{name}"]).all()
    for one in found.filter(cause="UNEXPLAINED").iter_rows(named=True):
        left = abs(one["numerator"]) + abs(one["denominator"])
        whole = sum(abs(one[f"amazons_{name}"] - one[f"own_{name}"]) for name in PAIR)
        assert left <= whole
        assert left < whole or found.filter(account=one["account"], channel=one["channel"]).height == 1


def behind(found: pl.DataFrame, rows: pl.DataFrame) -> None:
    """The rows behind each step add up to it."""
    by = ["account", "channel", "cause", "question", "option"]
    steps = found.filter(pl.col("option").is_not_null()).select(*by, *PAIR)
    told = rows.filter(pl.col("option").is_not_null()).group_by(by).agg(pl.col(PAIR).sum())
    assert told.sort(by).rows() == steps.sort(by).rows()


def test_there_are_as_many_accounts_as_asked_for():
    assert GROUPS * EACH >= 100
    assert len({seed for number in range(4) for seed in generated(number).seeds}) == 4 * EACH
