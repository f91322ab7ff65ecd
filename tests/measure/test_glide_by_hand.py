"""Every coming day of many nasty accounts, and each defect's first and last day, against a recount by hand."""

from collections import Counter
from functools import cache, lru_cache

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.measure.evaluate import RESULT, evaluate
from sellerhealth.measure.outlook.calendar import calendar
from sellerhealth.measure.outlook.glide import SALES, glides
from tests.oracle.coming import Coming, is_defect, stays
from tests.oracle.entry import POLICIES, Counts, Entry
from tests.oracle.group import PLACES, Group, group
from tests.oracle.test_oracle import COUNTED_BY
from tests.oracle.verdict import Verdict, verdict
from tests.oracle.windows import METRICS
from tests.truth.size import accounts, is_long

EACH = -(-accounts(100) // len(PLACES))
PLACED = [f"{zone}-{day}" for zone, day in PLACES]
every_place = pytest.mark.parametrize("position", range(len(PLACES)), ids=PLACED)


@every_place
@pytest.mark.parametrize("metric", METRICS)
def test_the_headline_and_each_coming_day_hold_what_is_counted_by_hand(metric: str, position: int):
    several = _group(position)
    for name in _policies(metric, position):
        found = glides(policy(name)[metric], several.account, several.as_of)
        now = evaluate(policy(name)[metric], several.account, several.as_of)
        assert (
            found.filter(on=several.as_of, sales="same")
            .select(RESULT)
            .equals(now.filter(pl.col("window_days") == now["window_days"][0]))
        )
        days = found.filter(sales="stop")["on"].unique(maintain_order=True).to_list()
        got = {
            (row["account"], row["channel"], row["sales"], row["on"]): row
            for row in found.select("account", "channel", "sales", "on", *_by_hand(metric, name, Counts())).to_dicts()
        }
        for seed, known in several.known.items():
            entries = list(COUNTED_BY[metric].entries(metric, name, known))
            for sales in SALES:
                coming = Coming(metric, name, several.as_of, entries, sales, days[-1])
                for channel in coming.channels:
                    for day in days:
                        told = got.pop((str(seed), channel, sales, day))
                        told = {**told, "value": told["value"] if told["value"] is None else round(told["value"], 9)}
                        expected = _by_hand(metric, name, coming.counts(channel, day))
                        assert {column: told[column] for column in expected} == expected, (seed, channel, sales, day)
        assert not any(row["counted"] for row in got.values()), "rows nobody counted"


@every_place
@pytest.mark.parametrize("metric", METRICS)
def test_each_defect_enters_and_leaves_when_counted_by_hand(metric: str, position: int):
    several = _group(position)
    for name in _policies(metric, position):
        found = calendar(policy(name)[metric], several.account, several.as_of)
        units = pl.col("units") if "units" in found.columns else pl.lit(1)
        got: Counter[object] = Counter()
        for *row, number in found.select("account", "enters_on", "leaves_on", units.alias("number")).rows():
            got[tuple(row)] += number
        expected: Counter[object] = Counter()
        for seed, entry in _defects(metric, name, several):
            enters, leaves = stays(metric, name, entry.day)
            expected[str(seed), enters, leaves] += entry.units if leaves > several.as_of else 0
        assert got == +expected


def _policies(metric: str, position: int) -> tuple[str, ...]:
    """Both in the long form; else one for each metric and place in turn."""
    return POLICIES if is_long() else (POLICIES[(METRICS.index(metric) + position) % 2],)


def _defects(metric: str, name: str, several: Group) -> list[tuple[int, Entry]]:
    counted = COUNTED_BY[metric]
    return [
        (seed, entry)
        for seed, known in several.known.items()
        for entry in counted.entries(metric, name, known)
        if is_defect(entry)
    ]


@cache
def _by_hand(metric: str, name: str, counts: Counts) -> Verdict:
    return verdict(metric, name, counts)


@lru_cache(maxsize=len(PLACES))
def _group(position: int) -> Group:
    return group(position, EACH)
