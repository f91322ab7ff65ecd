"""The verdict over many orders: at the target, with unsure flaws, with inputs missing."""

from dataclasses import replace

import pytest
from scipy.stats import binomtest

from sellerhealth.measure.judge import missing
from sellerhealth.metrics.choices import CONFIRMATIONS
from tests.metrics.edges import account, headline, many, under

NAME = "perfect_order_percentage"
HEADER = "order_id|channel|status|cancelled_by|purchased_at|ship_by_at|confirmed_at|cancelled_at|updated_at|marketplace"
SHIPPED = "A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-12|||"
PERFECT = "P#|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-12|||"
LATE = "L#|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-20|||"
UNTOLD = "U#|MFN|CANCELLED||2026-02-10|||2026-02-11||"
INPUTS = {
    # Each input without which flaws are not seen, as it is told to be missing.
    "feedback": ("feedback",),
    "claims": ("claims",),
    "ship-by dates": ("orders.ship_by_at", "order_items.item_ship_by_at"),
    "confirmations": CONFIRMATIONS,
    "messages": ("messages",),
    "orders that messages name": ("messages.order_id",),
    "returns": ("returns",),
    "refunds": ("returns.refunded",),
}


@pytest.mark.parametrize(
    ("late", "status", "headroom"), [(5, "GOOD", 0), (6, "BAD", -1), (4, "GOOD", 1), (0, "GOOD", 5), (100, "BAD", -95)]
)
def test_at_least_95_of_a_hundred(late, status, headroom):
    orders = ";".join(filter(None, [HEADER, many(PERFECT, 100 - late), many(LATE, late)]))
    now = headline(NAME, "handbook", orders=orders)
    assert (now["numerator"], now["denominator"]) == (100 - late, 100)
    assert (now["status"], now["headroom"], now["target"], now["basis"]) == (status, headroom, 0.95, "EXACT")
    assert now["used"] == pytest.approx(late / 5)
    today = headline(NAME, "amazon-2026", orders=orders)
    assert (today["status"], today["headroom"], today["target"]) == ("NONE", None, None)


@pytest.mark.parametrize(
    ("unsure", "late", "status"), [(1, 4, "GOOD"), (1, 5, "NONE"), (5, 1, "NONE"), (1, 6, "BAD"), (6, 0, "NONE")]
)
def test_unsure_flaws_give_two_ends(unsure, late, status):
    """A verdict stands only when it is the same whichever way the unsure orders turn out."""
    perfect = 100 - unsure - late
    orders = ";".join(filter(None, [HEADER, many(PERFECT, perfect), many(LATE, late), many(UNTOLD, unsure)]))
    now = headline(NAME, "handbook", orders=orders)
    assert (now["numerator"], now["at_best"], now["denominator"]) == (perfect, perfect + unsure, 100)
    assert (now["defects"], now["unknown"]) == (late + unsure, unsure)
    assert (now["basis"], now["status"], now["value"]) == ("LOWER_BOUND", status, perfect / 100)
    assert now["headroom"] == (perfect - 95 if status != "NONE" else None)
    ends = [binomtest(count, 100).proportion_ci(method="wilson") for count in (perfect, perfect + unsure)]
    assert (now["low"], now["high"]) == pytest.approx((ends[0].low, ends[1].high))


@pytest.mark.parametrize("gone", INPUTS)
def test_with_one_input_missing_it_is_the_most_it_can_be(gone):
    """What is not seen can only make it worse: there is no good verdict, and no upper end less than everything."""
    for late, status in ((5, "NONE"), (6, "BAD")):
        orders = ";".join([HEADER, many(PERFECT, 94 - late), many(LATE, late), many(UNTOLD, 6)])
        now = headline(NAME, "handbook", without=INPUTS[gone], orders=orders)
        assert (now["basis"], now["status"]) == ("UPPER_BOUND", status)
        assert (now["numerator"], now["denominator"], now["defects"], now["unknown"]) == (100 - late, 100, late, 0)
        assert now["low"] is None
        assert now["high"] == pytest.approx(binomtest(100 - late, 100).proportion_ci(method="wilson").high)


@pytest.mark.parametrize("gone", ["ship-by dates", "confirmations"])
def test_one_file_of_several_is_enough(gone):
    for kept in INPUTS[gone]:
        without = tuple(name for name in INPUTS[gone] if name != kept)
        own = account(without=without, orders=f"{HEADER};{SHIPPED}")
        assert missing(under(NAME, "handbook"), replace(own, provided=own.provided | {kept})) == []


def test_with_every_input_missing_nothing_can_be_said():
    orders = f"{HEADER};{SHIPPED}"
    every = tuple(name for names in INPUTS.values() for name in names)
    assert headline(NAME, "handbook", without=every[1:], orders=orders)["basis"] == "UPPER_BOUND"
    for without in (every, ("orders",), ("orders.status",)):
        now = headline(NAME, "handbook", without=without, orders=orders)
        assert (now["basis"], now["numerator"], now["value"], now["status"]) == ("NOT_COMPUTABLE", None, None, "NONE")
