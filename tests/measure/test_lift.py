"""What would lift a figure most: each flaw taken away, on a few orders counted by hand."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.definition.example import Example
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.lift import LIFT, lift
from sellerhealth.measure.outlook.what_if import EVERY, Change, what_if
from tests.oracle.group import group

AS_OF = date(2026, 3, 31)
PERFECT, RATING = (policy("handbook")[name] for name in ("perfect_order_percentage", "seller_rating"))
ORDERS = "order_id|channel|status|cancelled_by|purchased_at|ship_by_at|confirmed_at"
FINE = "MFN|SHIPPED||2026-03-10|2026-03-12|2026-03-11"
LATE = "MFN|SHIPPED||2026-03-10|2026-03-12|2026-03-20"
CANCELLED = "MFN|CANCELLED|SELLER|2026-03-10|2026-03-12|"


def account(orders, **tables):
    told = {"orders": f"{ORDERS};" + ";".join(orders), **tables}
    rows = {name: text.replace(";", "\n") for name, text in told.items()}
    return Example(as_of=AS_OF, marketplace="US", tables=rows, expected={}).account()


def rated(*orders):
    return "order_id|rated_on|rating;" + ";".join(f"{order}|2026-03-20|1" for order in orders)


def flaws(metric, told):
    """Per flaw that any order has: the orders with it, those with no other, the figure without it, the gain."""
    rows = lift(metric, told, AS_OF).filter(pl.col("defects") > 0)
    return {row["flaw"]: (row["defects"], row["alone"], row["value"], row["gain"]) for row in rows.to_dicts()}


def test_each_flaw_alone():
    told = account([f"A|{FINE}", f"B|{LATE}", f"C|{FINE}", f"D|{CANCELLED}"], feedback=rated("C"))
    assert flaws(PERFECT, told) == {
        "cancellation": (1, 1, 0.5, 0.25),
        "late_shipment": (1, 1, 0.5, 0.25),
        "negative_feedback": (1, 1, 0.5, 0.25),
    }


def test_an_order_with_two_flaws_stays_flawed_without_either():
    told = account([f"A|{FINE}", f"B|{LATE}"], feedback=rated("B"))
    assert flaws(PERFECT, told) == {"late_shipment": (1, 0, 0.5, 0.0), "negative_feedback": (1, 0, 0.5, 0.0)}


def test_the_one_that_costs_most_first_then_the_one_with_most_orders_then_by_name():
    orders = [f"A|{LATE}", f"B|{LATE}", f"C|{CANCELLED}", f"D|{FINE}", f"E|{FINE}"]
    found = lift(PERFECT, account(orders, feedback=rated("A", "D")), AS_OF)
    # Two late ones, of which one has feedback too: each of the three flaws would mend one order.
    assert found.select("flaw", "defects", "alone", "gain").rows()[:4] == [
        ("late_shipment", 2, 1, 0.2),
        ("negative_feedback", 2, 1, 0.2),
        ("cancellation", 1, 1, 0.2),
        ("buyer_message", 0, 0, 0.0),
    ]
    assert found["flaw"].to_list()[4:] == sorted(found["flaw"].to_list()[4:])


def test_points_are_lifted_by_what_the_worst_problem_costs():
    told = account([f"A|{FINE}", f"B|{LATE}", f"C|{CANCELLED}"])
    # 100, 0 and -100 points make 0. In time it would be 100 of three orders; not cancelled, it is not shipped either.
    assert flaws(RATING, told) == {
        "cancellation": (1, 1, 50.0, 50.0),
        "late_shipment": (1, 1, pytest.approx(100 / 3), pytest.approx(100 / 3)),
    }


def test_a_figure_below_zero_is_zero():
    claims = "order_id|claim_type|opened_on|claim_status;B|A_TO_Z|2026-03-20|GRANTED"
    found = flaws(RATING, account([f"A|{FINE}", f"B|{FINE}", f"C|{CANCELLED}"], claims=claims))
    assert found == {"claim": (1, 1, pytest.approx(100 / 3), pytest.approx(100 / 3)), "cancellation": (1, 1, 0.0, 0.0)}


def test_a_flaw_nobody_had_changes_nothing():
    found = lift(PERFECT, account([f"A|{FINE}"]), AS_OF)
    assert found["flaw"].sort().to_list() == sorted(PERFECT.definition.flaws)
    assert found.select("defects", "alone", "value", "gain").unique().rows() == [(0, 0, 1.0, 0.0)]


def test_only_the_headlines_window_and_its_population_are_looked_at():
    old, pending = LATE.replace("2026-03", "2025-03"), LATE.replace("SHIPPED", "PENDING")
    told = account([f"A|{FINE}", f"B|{old}", f"C|{pending}"], feedback=rated("B", "C"))
    assert flaws(PERFECT, told) == {}


@pytest.mark.parametrize("metric", [PERFECT, RATING], ids=lambda metric: metric.name)
def test_without_an_order_nothing_is_lifted(metric):
    found = lift(metric, account([]), AS_OF)
    assert found.schema == LIFT
    assert found.select("defects", "alone", "value", "gain").unique().rows() == [(0, 0, None, None)]


@pytest.mark.parametrize("metric", [PERFECT, RATING], ids=lambda metric: metric.name)
def test_what_cannot_be_computed_cannot_be_lifted(metric):
    blind = replace(account([f"A|{LATE}"]), provided=frozenset())
    found = lift(metric, blind, AS_OF)
    assert found.select("value", "gain").unique().rows() == [(None, None)]


@pytest.mark.parametrize("name", ["handbook", "amazon-2026"])
@pytest.mark.parametrize("metric", ["perfect_order_percentage", "seller_rating"])
def test_taking_a_flaw_away_never_makes_it_worse(metric, name):
    one, accounts = policy(name)[metric], group(3, 30)
    now = evaluate(one, accounts.account, accounts.as_of).filter(pl.col("window_days") == one.window_days)
    for flaw in one.definition.flaws:
        change = Change(cured={flaw: EVERY})
        without = what_if(one, accounts.account, accounts.as_of, change).filter(pl.col("case") == "then")
        both = now.join(without, on=["account", "window_days"], suffix="_then").drop_nulls(["value", "value_then"])
        assert both.height > 10
        assert (both["value_then"] >= both["value"] - 1e-12).all(), flaw
