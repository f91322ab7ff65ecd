"""What holds of every metric: over its own example, looked at on many days."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sellerhealth import METRICS, facts, policy
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.defects import defects, exclusions
from sellerhealth.measure.evaluate import breakdown, evaluate, trend
from sellerhealth.measure.tally import COUNTS, KEYS, rows, window
from tests.metrics.edges import POLICIES

UNDER = [(name, rules) for name in METRICS for rules in POLICIES]
DAYS = range(-15, 15)
any_metric = pytest.mark.parametrize(("name", "rules"), UNDER)


@cache
def example_of(name: str) -> tuple[Account, date]:
    example = METRICS[name].example
    return example.account(), example.as_of


@any_metric
def test_the_last_row_of_the_trend_is_the_figure(name: str, rules: str):
    metric, (account, middle) = policy(rules)[name], example_of(name)
    seen = set()
    for away in DAYS:
        as_of = middle + timedelta(days=away)
        headline = evaluate(metric, account, as_of)
        for days in metric.terms.windows:
            last = trend(metric, account, as_of, days=3, window_days=days).filter(
                pl.col("window_end") == pl.col("window_end").max()
            )
            expected = headline.filter(window_days=days)
            assert_frame_equal(last, expected, check_exact=True)
            seen.add(tuple(expected["counted"]))
    assert len(seen) > 1, "the days must differ, or nothing is shown"


@any_metric
def test_the_exclusions_add_up(name: str, rules: str):
    metric, (account, middle) = policy(rules)[name], example_of(name)
    for away in DAYS[::6]:
        as_of = middle + timedelta(days=away)
        reasons = dict(exclusions(metric, account, as_of).iter_rows())
        known = rows(metric, account, as_of).collect()
        assert sum(reasons.values()) == _amount(metric, known)
        inside = known.filter(
            pl.col("is_counted") & pl.col("event_on").is_between(*window(metric, as_of, metric.window_days))
        )
        told = evaluate(metric, account, as_of).filter(window_days=metric.window_days)["counted"].sum()
        assert reasons.get("Counted", 0) == told == _amount(metric, inside)


@any_metric
def test_every_split_adds_up(name: str, rules: str):
    metric, (account, as_of) = policy(rules)[name], example_of(name)
    headline = evaluate(metric, account, as_of).filter(
        (pl.col("window_days") == metric.window_days) & (pl.col("counted") > 0)
    )
    dimensions = [name for name in metric.definition.dimensions if name != "sku" or metric.definition.fact == "units"]
    assert dimensions
    for by in dimensions:
        split = breakdown(metric, account, as_of, by)
        assert split[by].null_count() == 0
        assert_frame_equal(_summed(split), _summed(headline))
        shares = split.group_by(KEYS).agg(pl.col("defect_share").sum(), pl.col("defects").sum())
        for row in shares.iter_rows(named=True):
            assert row["defect_share"] == pytest.approx(1 if row["defects"] else 0)


@any_metric
def test_the_defects_are_those_of_the_figure(name: str, rules: str):
    metric, (account, as_of) = policy(rules)[name], example_of(name)
    found = defects(metric, account, as_of)
    headline = evaluate(metric, account, as_of).filter(window_days=metric.window_days)
    unsure = found.filter("is_unknown")
    units = "units" in found.columns
    assert headline["defects"].sum() == (found["units"].sum() if units else found.height)
    assert headline["unknown"].sum() == (unsure["units"].sum() if units else unsure.height)
    identity = facts.IDENTITY[metric.definition.fact]
    assert found.columns[: 1 + len(identity)] == ["account", *identity]
    assert {*metric.definition.defect_columns, "event_on", "is_unknown", "leaves_on"} <= set(found.columns)
    assert found["event_on"].is_sorted(descending=True)


@any_metric
def test_a_defect_leaves_on_the_day_told(name: str, rules: str):
    """On the day before it is still among the defects, on that day it is not."""
    metric, (account, as_of) = policy(rules)[name], example_of(name)
    lasting = _without_removals_to_come(account, as_of)
    found = defects(metric, lasting, as_of)
    assert found.height, "an example without a defect"
    key = ["account", *facts.IDENTITY[metric.definition.fact], "event_on"]
    for row in found.select(*key, "leaves_on").iter_rows(named=True):
        leaves = row.pop("leaves_on")
        assert leaves > as_of
        assert _times(metric, lasting, leaves - timedelta(days=1), row) == 1
        assert _times(metric, lasting, leaves, row) == 0


def _amount(metric: Metric, frame: pl.DataFrame) -> int:
    """How many rows there are, or units where a row has several."""
    return int(frame["units"].sum()) if metric.definition.fact == "units" else frame.height


def _times(metric: Metric, account: Account, day: date, told: dict[str, object]) -> int:
    """How often a defect is among those of a day."""
    is_it = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(value)) for name, value in told.items())
    return defects(metric, account, day).filter(is_it).height


def _without_removals_to_come(account: Account, as_of: date) -> Account:
    known = pl.when(pl.col("removed_on") <= as_of).then("removed_on").alias("removed_on")
    return replace(account, tables={**account.tables, "feedback": account.tables["feedback"].with_columns(known)})


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by(KEYS).agg(pl.col(COUNTS).sum()).sort(KEYS)
