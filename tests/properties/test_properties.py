"""What must hold of every figure, whatever the account."""

from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sellerhealth import METRICS, policy
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.tables import empty
from sellerhealth.measure.defects import exclusions
from sellerhealth.measure.evaluate import breakdown, evaluate, trend
from sellerhealth.measure.tally import COUNTS, KEYS, SUMS, rows, tally, window
from tests.oracle.count import POLICIES
from tests.oracle.group import PLACES, Group, account_of, group

EACH = 30
POSITIONS = (0, 3, 7, 10, 17)
UNDER = [(metric, name) for metric in METRICS for name in POLICIES]
Frames = dict[str, pl.DataFrame]

GROUPS = {position: group(position, EACH) for position in POSITIONS}
any_group = pytest.mark.parametrize(
    "position", POSITIONS, ids=[f"{PLACES[position][0]}-{PLACES[position][1]}" for position in POSITIONS]
)
any_metric = pytest.mark.parametrize(("name", "under"), UNDER)
SOMEWHERE = [
    pytest.param(position, name, under, id=f"{name}-{under}-{PLACES[position][0]}-{PLACES[position][1]}")
    for number, (name, under) in enumerate(UNDER)
    for position in (POSITIONS[number % 5], POSITIONS[(number + 2) % 5])
]
"""Every metric under every policy in two of the groups, another two for the next one."""
any_case = pytest.mark.parametrize(("position", "name", "under"), SOMEWHERE)
ONE_VALUE = {"carrier", "weekday", "hour", "topic", "flaw", "shipped_by", "stars", "category"}
"""The dimensions of which a row has one value each."""


@any_case
def test_the_last_row_of_the_trend_is_the_headline(position: int, name: str, under: str):
    metric, accounts = policy(under)[name], GROUPS[position]
    headline = evaluate(metric, accounts.account, accounts.as_of)
    for days in metric.terms.windows:
        past = trend(metric, accounts.account, accounts.as_of, days=5, window_days=days)
        last = past.group_by(KEYS, maintain_order=True).last().select(past.columns)
        expected = headline.filter(pl.col("window_days") == days)
        assert expected.height
        assert_frame_equal(last, expected, check_exact=True, check_row_order=False)


@any_case
def test_every_day_of_the_trend_is_the_sum_of_its_days(position: int, name: str, under: str):
    metric, accounts = policy(under)[name], GROUPS[position]
    counted = tally(metric, accounts.account, accounts.as_of)
    by_key = {key: list(part.iter_rows(named=True)) for key, part in counted.group_by(KEYS)}
    for days in metric.terms.windows:
        for row in trend(metric, accounts.account, accounts.as_of, days=12, window_days=days).iter_rows(named=True):
            inside = [
                day
                for day in by_key.get(tuple(row[key] for key in KEYS), [])
                if row["window_start"] <= day["event_on"] <= row["window_end"]
            ]
            assert (row["window_end"] - row["window_start"]).days == days - 1
            for column in COUNTS:
                weights = [_weight(metric, row, day) if column in SUMS else 1 for day in inside]
                assert row[column] == sum(day[column] * more for day, more in zip(inside, weights, strict=True)), row


@any_metric
def test_the_trend_has_every_day_of_every_channel_once(name: str, under: str):
    metric, accounts = policy(under)[name], GROUPS[0]
    past = trend(metric, accounts.account, accounts.as_of, days=40)
    last = accounts.as_of - timedelta(days=metric.terms.lag_days)
    while metric.terms.is_weekly and last.isoweekday() != 7:
        last -= timedelta(days=1)
    days = [last - timedelta(days=ago) for ago in reversed(range(0, 40, 7 if metric.terms.is_weekly else 1))]
    for _, of_one in past.group_by(KEYS, maintain_order=True):
        assert of_one["window_end"].to_list() == days


@any_case
def test_a_breakdown_adds_up_to_the_headline(position: int, name: str, under: str):
    metric, accounts = policy(under)[name], GROUPS[position]
    headline = _counts(evaluate(metric, accounts.account, accounts.as_of).filter(window_days=metric.window_days))
    for by in ONE_VALUE & set(metric.definition.dimensions):
        split = breakdown(metric, accounts.account, accounts.as_of, by)
        assert _counts(split) == {key: counts for key, counts in headline.items() if counts["counted"]}
        shares = split.group_by(KEYS).agg(pl.col("defects").sum(), pl.col("defect_share").sum())
        assert all(share == pytest.approx(1) for share in shares.filter(pl.col("defects") > 0)["defect_share"])


@any_case
def test_exclusions_add_up_to_the_rows(position: int, name: str, under: str):
    metric, accounts = policy(under)[name], GROUPS[position]
    reasons = dict(exclusions(metric, accounts.account, accounts.as_of).iter_rows())
    known = rows(metric, accounts.account, accounts.as_of).collect()
    is_by_unit = metric.definition.fact == "units"
    assert sum(reasons.values()) == (known["units"].sum() if is_by_unit else known.height)
    if metric.definition.fact == "orders":
        assert known.height == accounts.frames["orders"].height
    inside = pl.col("event_on").is_between(*window(metric, accounts.as_of, metric.window_days))
    counted = known.filter(pl.col("is_counted") & inside)
    units = counted["units"].sum() if is_by_unit else counted.height
    assert reasons.get("Counted", 0) == units
    headline = evaluate(metric, accounts.account, accounts.as_of).filter(window_days=metric.window_days)
    assert headline["counted"].sum() == units


@any_group
@pytest.mark.parametrize("under", POLICIES)
@pytest.mark.parametrize("kind", ["feedback", "A_TO_Z", "CHARGEBACK"])
@pytest.mark.parametrize("name", ["order_defect_rate", "perfect_order_percentage"])
def test_one_more_defect_never_makes_it_better(position: int, under: str, kind: str, name: str):
    metric, accounts = policy(under)[name], GROUPS[position]
    before = _counts(evaluate(metric, accounts.account, accounts.as_of))
    after = _counts(evaluate(metric, _with_defects(accounts, kind), accounts.as_of))
    assert before.keys() == after.keys()
    worse = -1 if metric.definition.condition.more_is_good else 1
    for key, now in before.items():
        then = after[key]
        assert then["defects"] >= now["defects"]
        assert then["defects"] - then["unknown"] >= now["defects"] - now["unknown"]
        assert (then["numerator"] - now["numerator"]) * worse >= 0
        assert (then["at_best"] - now["at_best"]) * worse >= 0
        assert then["denominator"] == now["denominator"]
    assert sum(counts["defects"] for counts in after.values()) > sum(counts["defects"] for counts in before.values())


@any_case
def test_the_order_of_rows_changes_nothing(position: int, name: str, under: str):
    metric, accounts = policy(under)[name], GROUPS[position]
    shuffled = account_of(
        accounts.zone,
        accounts.as_of,
        {table: frame.sample(fraction=1, shuffle=True, seed=position + 1) for table, frame in accounts.frames.items()},
    )
    expected = _everything(metric, accounts.account, accounts.as_of)
    for before, after in zip(expected, _everything(metric, shuffled, accounts.as_of), strict=True):
        assert_frame_equal(after, before, check_exact=True)


@any_case
@pytest.mark.parametrize("away", [-400, 40], ids=["long ago", "to come"])
def test_an_order_outside_the_windows_changes_nothing(position: int, name: str, under: str, away: int):
    metric, accounts = policy(under)[name], GROUPS[position]
    before = _counts(evaluate(metric, accounts.account, accounts.as_of))
    after = _counts(evaluate(metric, _with_an_order(accounts, away), accounts.as_of))
    assert {key: after[key] for key in before} == before
    assert not any(any(counts.values()) for key, counts in after.items() if key not in before)


def _counts(found: pl.DataFrame) -> dict[tuple[object, ...], dict[str, int]]:
    summed = found.group_by(*KEYS, "window_days").agg(pl.col(COUNTS).sum())
    return {
        tuple(row[key] for key in (*KEYS, "window_days")): {name: row[name] for name in COUNTS}
        for row in summed.to_dicts()
    }


def _weight(metric: Metric, row: dict[str, Any], day: dict[str, Any]) -> int:
    """What a day weighs at the end of a window: the weight of the first step it is not too old for."""
    age = (row["window_end"] - day["event_on"]).days
    return next(weight for days, weight in metric.terms.weights or ((age + 1, 1),) if age < days)


def _everything(metric: Metric, account: Account, as_of: date) -> list[pl.DataFrame]:
    splits = [breakdown(metric, account, as_of, by) for by in metric.definition.dimensions]
    return [
        evaluate(metric, account, as_of),
        trend(metric, account, as_of, days=5),
        exclusions(metric, account, as_of),
        *splits,
    ]


def _with_defects(accounts: Group, kind: str) -> Account:
    """Each account with a new defect, known today, on half of its orders."""
    orders = accounts.frames["orders"].sample(fraction=0.5, shuffle=True, seed=1)
    new = orders.select("account", "order_id")
    if kind == "feedback":
        table, day, told = "feedback", "rated_on", {"rating": pl.lit(1, dtype=pl.Int64)}
    else:
        table, day = "claims", "opened_on"
        told = {"claim_type": pl.lit(kind), "claim_status": pl.lit("GRANTED"), "funded_by": pl.lit("SELLER")}
    return _with_rows(accounts, {table: new.with_columns(pl.lit(accounts.as_of).alias(day), **told)})


def _with_an_order(accounts: Group, away: int) -> Account:
    """Each account with a dreadful order, all of whose days are far from every window."""
    chance = Random(away)
    known = accounts.frames["orders"].select("account").unique()
    day = pl.lit(accounts.as_of + timedelta(days=away)).cast(pl.Datetime("us", "UTC"))
    ids = [f"far-{chance.random()}" for _ in range(known.height)]
    orders = known.with_columns(
        pl.Series("order_id", ids, dtype=pl.String),
        channel=pl.lit("MFN"),
        status=pl.lit("UNSHIPPED"),
        purchased_at=day,
        ship_by_at=day + pl.duration(days=2),
    )
    claims = orders.select("account", "order_id", claim_type=pl.lit("A_TO_Z"))
    return _with_rows(accounts, {"orders": orders, "claims": claims})


def _with_rows(accounts: Group, more: Frames) -> Account:
    frames = {
        table: pl.concat([frame, more[table].cast(_types(table, more[table]))], how="diagonal")
        if table in more
        else frame
        for table, frame in accounts.frames.items()
    }
    return account_of(accounts.zone, accounts.as_of, frames)


def _types(table: str, rows: pl.DataFrame) -> dict[str, pl.DataType]:
    schema = empty(table).collect_schema()
    return {column: schema[column] for column in rows.columns}
