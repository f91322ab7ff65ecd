"""What would help: which changes are told of, in which order, and that each is what `what_if` makes of it."""

import polars as pl
import pytest

from sellerhealth.measure.evaluate import RESULT, evaluate
from sellerhealth.measure.outlook.scenarios import CHANGE, scenarios
from sellerhealth.measure.outlook.what_if import EVERY, NOBODY, OTHERS, Change, what_if
from sellerhealth.measure.tally import KEYS
from sellerhealth.metrics import METRICS
from tests.metrics.edges import AS_OF, account, under
from tests.oracle.group import group
from tests.show.figures import without_target

ODR = under("order_defect_rate", "handbook")
ORDERS = "order_id|channel|status|purchased_at"
CLAIMS = "order_id|claim_type|opened_on|claim_status|funded_by"
STARS = "order_id|rated_on|rating"
CARRIED = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at|carrier"


def bought(number, channel="MFN"):
    return [f"{channel}{place}|{channel}|SHIPPED|2026-03-10" for place in range(number)]


def told(metric, own):
    found = scenarios(metric, own, AS_OF)
    return found.select("kind", "subject", "changed", "numerator", "denominator", "status").rows()


def test_the_best_first():
    own = account(
        orders=";".join([ORDERS, *bought(150)]),
        feedback=f"{STARS};MFN1|2026-03-20|1;MFN2|2026-03-20|2",
        # What is still undecided beside a claim that was granted mends nothing when it is denied.
        claims=f"{CLAIMS};MFN3|A_TO_Z|2026-03-20|GRANTED|SELLER;MFN3|A_TO_Z|2026-03-21|PENDING|"
        ";MFN4|A_TO_Z|2026-03-20|PENDING|",
    )
    assert told(ODR, own) == [
        ("CLEAN_ORDERS", None, 251, 4, 401, "GOOD"),
        ("CURED", "claim", 2, 2, 150, "BAD"),
        ("CURED", "negative_feedback", 2, 2, 150, "BAD"),
        ("CLEAN_ORDERS", None, 100, 4, 250, "BAD"),
        ("UNDECIDED_DENIED", "claim", 1, 3, 150, "BAD"),
    ]


def test_claims_that_are_all_undecided_are_told_once():
    own = account(orders=";".join([ORDERS, *bought(99)]), claims=f"{CLAIMS};MFN3|A_TO_Z|2026-03-20|PENDING|")
    assert [row[:2] for row in told(ODR, own)] == [("CURED", "claim"), ("CLEAN_ORDERS", None)]


@pytest.mark.parametrize(("number", "needed"), [(81, [20, 10]), (82, [19]), (100, [1]), (101, [])])
def test_so_many_clean_orders_and_a_round_number_up_to_half_of_them(number, needed):
    own = account(orders=";".join([ORDERS, *bought(number)]), feedback=f"{STARS};MFN1|2026-03-20|1")
    assert [row[2] for row in told(ODR, own) if row[0] == "CLEAN_ORDERS"] == needed


def test_each_channel_has_its_own():
    own = account(
        orders=";".join([ORDERS, *bought(99), *bought(50, "AFN")]),
        feedback=f"{STARS};MFN1|2026-03-20|1;AFN1|2026-03-20|1",
    )
    found = scenarios(ODR, own, AS_OF).filter(kind="CLEAN_ORDERS")
    assert found.select("channel", "changed", "denominator").rows() == [
        ("MFN", 2, 101),
        ("AFN", 51, 101),
        ("AFN", 10, 60),
    ]


def carried(late, fine, carrier):
    rows = [(place < late, place) for place in range(late + fine)]
    return [
        f"{carrier}{place}|MFN|SHIPPED|2026-03-01|2026-03-10|{'2026-03-20' if is_late else '2026-03-09'}|{carrier}"
        for is_late, place in rows
    ]


def test_the_worst_carrier_as_good_as_the_others():
    own = account(
        orders=";".join([CARRIED, *carried(6, 14, "Snail"), *carried(1, 99, "Hare"), *carried(2, 38, "Mule")])
    )
    found = scenarios(under("late_dispatch_rate", "handbook"), own, AS_OF).filter(dimension="carrier")
    # Of the others 3 of 140 are late: of twenty that is not even one, and counts as one.
    assert found.select("kind", "subject", "changed", "stands_out", "numerator", "denominator").rows() == [
        ("REPLACED", "Snail", 20, True, 4, 160)
    ]


def test_the_worst_product_not_sold_and_several_in_one_are_no_product():
    rows = bought(60)
    sold = [f"MFN{place}|{'LAMP' if place < 10 else 'MUG'}|1" for place in range(60)]
    both = [f"MFN{place}|SOAP|1" for place in range(50, 60)]
    stars = ";".join([STARS, *(f"MFN{place}|2026-03-20|1" for place in (0, 1, 2, 50, 51, 52, 53))])
    own = account(
        orders=";".join([ORDERS, *rows]), feedback=stars, order_items=";".join(["order_id|sku|quantity", *sold, *both])
    )
    found = scenarios(ODR, own, AS_OF).filter(dimension="product")
    assert found.select("kind", "subject", "numerator", "denominator").rows() == [
        ("STOPPED", "LAMP", 4, 50),
        ("REPLACED", "LAMP", 5, 60),
    ]


@pytest.mark.parametrize("one", [ODR, without_target(ODR)], ids=["with a target", "without"])
def test_nothing_helps_where_nothing_is_wrong_or_nothing_is_there(one):
    clean = account(orders=";".join([ORDERS, *bought(20)]))
    blind = account(orders=";".join([ORDERS, *bought(20)]), feedback=f"{STARS};MFN1|2026-03-20|1", without=("orders",))
    for own in (account(), clean, blind):
        found = scenarios(one, own, AS_OF)
        assert found.is_empty()
        assert found.columns == [*CHANGE, *RESULT, "gain"]


def test_without_a_target_no_number_of_orders_is_needed():
    own = account(orders=";".join([ORDERS, *bought(20)]), feedback=f"{STARS};MFN1|2026-03-20|1")
    assert [row[0] for row in told(without_target(ODR), own)] == ["CURED"]


def changed(row):
    """The change a scenario tells of, to be asked of `what_if`."""
    match row["kind"]:
        case "CLEAN_ORDERS":
            return Change(clean_orders=row["changed"])
        case "CURED":
            return Change(cured={row["subject"]: EVERY})
        case "REPLACED":
            return Change(replaced=(row["dimension"], row["subject"], OTHERS))
        case _:
            return Change(replaced=(row["dimension"], row["subject"], NOBODY))


@pytest.mark.parametrize("rules", ["handbook", "amazon-2026"])
@pytest.mark.parametrize("name", list(METRICS))
def test_every_scenario_is_what_the_change_makes(name, rules):
    metric, many = under(name, rules), group(0, 15)
    now = evaluate(metric, many.account, many.as_of)
    found = scenarios(metric, many.account, many.as_of).filter(pl.col("kind") != "UNDECIDED_DENIED")
    for row in found.sample(min(6, found.height), seed=6).to_dicts():
        same = what_if(metric, many.account, many.as_of, changed(row))
        (then,) = same.filter(**{key: row[key] for key in KEYS}, case="then", window_days=row["window_days"]).to_dicts()
        (before,) = now.filter(**{key: row[key] for key in KEYS}, window_days=row["window_days"]).to_dicts()
        assert {key: then[key] for key in RESULT} == {key: row[key] for key in RESULT}
        better = then["value"] - before["value"]
        assert row["gain"] == pytest.approx(better if metric.definition.condition.more_is_good else -better)
        assert row["gain"] > 0
