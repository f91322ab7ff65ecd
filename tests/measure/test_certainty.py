"""A pattern or luck: intervals, chances of a miss, and what they say, against scipy and against drawn truth."""

from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from scipy.stats import beta, binomtest

from sellerhealth.definition.metric import Metric
from sellerhealth.definition.target import Condition, Target
from sellerhealth.measure.certainty import jeffreys, signal, wilson
from sellerhealth.measure.evaluate import evaluate
from tests.metrics.edges import AS_OF, account, under
from tests.show.figures import metric, row, without_target

BELOW = Target(value=Fraction("0.01"), condition=Condition.LESS_THAN)
ORDERS = "order_id|channel|status|purchased_at"
CLAIMS = "order_id|claim_type|opened_on|claim_status|funded_by"


def chance(count: int | None, out_of: int, target: Target = BELOW) -> float | None:
    frame = pl.DataFrame({"k": [count], "n": [out_of]}, schema={"k": pl.Int64, "n": pl.Int64})
    return frame.select(jeffreys(pl.col("k"), pl.col("n"), target)).item()


@pytest.mark.parametrize(
    ("count", "out_of", "expected"), [(0, 40, 0.37), (1, 40, 0.85), (0, 300, 0.01), (3, 300, 0.54), (10, 1000, 0.52)]
)
def test_the_published_chances(count, out_of, expected):
    assert round(chance(count, out_of), 2) == expected


def test_the_chance_is_that_of_the_beta_distribution_on_both_sides():
    for count, out_of in [(0, 1), (1, 1), (3, 7), (12, 388), (388, 388), (2, 100_000)]:
        belief = beta(count + 0.5, out_of - count + 0.5)
        for value in ("0.01", "0.04", "0.5", "0.95"):
            for condition in Condition:
                target = Target(value=Fraction(value), condition=condition)
                expected = belief.cdf(float(value)) if condition.more_is_good else belief.sf(float(value))
                found = chance(count, out_of, target)
                assert found is None if condition is Condition.EQUALS else found == pytest.approx(expected, abs=1e-12)


def test_good_ones_above_are_bad_ones_below():
    above = Target(value=Fraction("0.99"), condition=Condition.GREATER_THAN)
    assert chance(37, 40, above) == pytest.approx(chance(3, 40))


@pytest.mark.parametrize(("count", "out_of"), [(0, 0), (None, 40), (41, 40), (-1, 40)])
def test_what_is_no_share_has_no_chance(count, out_of):
    assert chance(count, out_of) is None


def test_the_chances_come_true():
    """Rates drawn as the method takes them: of the cases told a chance of so much, as many miss."""
    source = np.random.default_rng(6)
    rate, out_of = source.beta(0.5, 0.5, 60_000), source.integers(1, 400, 60_000)
    target = Target(value=Fraction("0.2"), condition=Condition.LESS_THAN)
    drawn = pl.DataFrame({"k": source.binomial(out_of, rate), "n": out_of, "missed": rate >= 0.2})
    told = drawn.with_columns(jeffreys(pl.col("k"), pl.col("n"), target).alias("chance"))
    bins = told.group_by((pl.col("chance") * 10).floor().clip(0, 9)).agg(
        pl.col("missed").mean(), pl.col("chance").mean().alias("mean"), pl.len()
    )
    assert bins.height == 10
    for one in bins.to_dicts():
        spread = (one["mean"] * (1 - one["mean"]) / one["len"]) ** 0.5
        assert abs(one["missed"] - one["mean"]) < 4 * spread + 1e-9


def test_the_interval_is_wilsons():
    for count, out_of in [(0, 40), (1, 40), (12, 388), (388, 388)]:
        frame = pl.DataFrame({"k": [count], "n": [out_of]})
        ends = frame.select(wilson(pl.col("k"), pl.col("n"), upper=upper).alias(str(upper)) for upper in (False, True))
        expected = binomtest(count, out_of).proportion_ci(method="wilson")
        assert ends.row(0) == pytest.approx((expected.low, expected.high), abs=1e-12)


def said(one: Metric, **more: object) -> tuple[str | None, float | None, float | None]:
    """What the signal says of one row of counts, judged by the chance of a miss."""
    counts = row(**{"metric": one.name, **more})
    found = signal(pl.DataFrame([counts]), one).row(0, named=True)
    return found["says"], found["miss_chance"], found["miss_chance_at_best"]


def counts(worst: int, best: int, out_of: int, **more: object) -> dict[str, object]:
    return {"numerator": worst, "at_best": best, "denominator": out_of, "value": worst / out_of, **more}


@pytest.mark.parametrize(
    ("name", "worst", "best", "out_of", "says"),
    [
        ("late_dispatch_rate", 12, 12, 388, "TOO_FEW_TO_SAY"),
        ("late_dispatch_rate", 0, 0, 20, "TOO_FEW_TO_SAY"),
        ("late_dispatch_rate", 0, 0, 61, "TOO_FEW_TO_SAY"),
        ("late_dispatch_rate", 0, 0, 62, "MEETS"),
        ("late_dispatch_rate", 9, 9, 100, "MISSES"),
        ("late_dispatch_rate", 8, 8, 100, "TOO_FEW_TO_SAY"),
        ("late_dispatch_rate", 2, 2, 10, "MISSES"),
        ("late_dispatch_rate", 2, 2, 11, "TOO_FEW_TO_SAY"),
        # One alone is never a pattern, however few there are.
        ("late_dispatch_rate", 1, 1, 1, "TOO_FEW_TO_SAY"),
        ("valid_tracking_rate", 49, 49, 49, "MEETS"),
        # Both ends say the same, though they are apart.
        ("late_dispatch_rate", 12, 9, 100, "MISSES"),
        ("late_dispatch_rate", 12, 7, 100, "UNSURE"),
        ("late_dispatch_rate", 200, 0, 1000, "UNSURE"),
        ("valid_tracking_rate", 100, 100, 100, "MEETS"),
        ("valid_tracking_rate", 48, 48, 48, "TOO_FEW_TO_SAY"),
        ("valid_tracking_rate", 90, 90, 100, "MISSES"),
        ("valid_tracking_rate", 92, 92, 100, "TOO_FEW_TO_SAY"),
        ("valid_tracking_rate", 90, 99, 100, "UNSURE"),
    ],
)
def test_what_the_counts_say(name, worst, best, out_of, says):
    assert said(metric(name), **counts(worst, best, out_of))[0] == says


def test_the_chance_at_worst_and_at_best():
    says, worst, best = said(metric(), **counts(200, 0, 1000, basis="UPPER_BOUND"))
    assert (says, worst, best) == ("UNSURE", pytest.approx(1.0), pytest.approx(0.0))


@pytest.mark.parametrize(("known", "says"), [(9, "MISSES"), (7, "UNSURE"), (0, "UNSURE")])
def test_where_an_input_is_missing_only_a_miss_is_sure(known, says):
    told = counts(known, known, 100, basis="LOWER_BOUND", high=None)
    found, worst, best = said(metric(), **told)
    assert (found, worst) == (says, None)
    assert best == pytest.approx(chance(known, 100, metric().terms.target))


NOTHING = {"numerator": 0, "at_best": 0, "denominator": 0, "value": None, "low": None, "high": None, "status": "NONE"}
NOT_COMPUTABLE = NOTHING | {"numerator": None, "at_best": None, "denominator": 5, "basis": "NOT_COMPUTABLE"}


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (metric(), NOTHING),
        (metric(), NOT_COMPUTABLE),
        (without_target(metric()), {}),
        (metric("average_response_time"), {}),
        (metric("seller_rating"), {}),
    ],
)
def test_where_there_is_nothing_to_say(one, told):
    assert said(one, **told) == (None, None, None)


def test_below_the_policys_least_number_it_is_too_few():
    assert said(metric(), **counts(50, 50, 100, status="TOO_FEW"))[0] == "TOO_FEW_TO_SAY"


def test_one_defect_in_forty_three_orders_is_no_pattern_yet():
    orders = ";".join([ORDERS, *(f"{number}|MFN|SHIPPED|2026-03-10" for number in range(43))])
    claims = f"{CLAIMS};7|A_TO_Z|2026-03-20|GRANTED|SELLER"
    one = under("order_defect_rate", "handbook")
    now = signal(evaluate(one, account(orders=orders, claims=claims), AS_OF), one).row(0, named=True)
    assert (now["status"], now["says"], round(now["miss_chance"], 2)) == ("BAD", "TOO_FEW_TO_SAY", 0.84)


def test_an_undecided_claim_leaves_two_chances():
    orders = ";".join([ORDERS, *(f"{number}|MFN|SHIPPED|2026-03-10" for number in range(43))])
    claims = f"{CLAIMS};7|A_TO_Z|2026-03-12|PENDING|"
    one = under("order_defect_rate", "amazon-2026")
    now = signal(evaluate(one, account(orders=orders, claims=claims), AS_OF), one).row(0, named=True)
    assert (now["basis"], now["says"]) == ("UPPER_BOUND", "TOO_FEW_TO_SAY")
    assert (round(now["miss_chance_at_best"], 2), round(now["miss_chance"], 2)) == (0.35, 0.84)
