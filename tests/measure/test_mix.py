"""Mix and rate worked by hand: Simpson's paradox, values that come and go, and what has no split."""

from datetime import date

import pytest

from sellerhealth import policy
from sellerhealth.definition.errors import InputError
from sellerhealth.measure.causes.mix import EFFECTS, SUMS, mix, origins
from sellerhealth.measure.tally import KEYS
from tests.metrics.edges import account, many

AS_OF, BEFORE = date(2026, 3, 31), date(2026, 2, 28)
HEAD = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at|carrier"
DAYS = {"then": ("2026-02-06", "2026-02-10", "2026-02-18"), "now": ("2026-03-20", "2026-03-24", "2026-04-01")}
Counts = dict[str, tuple[int, int]]


def orders(then: Counts, now: Counts) -> str:
    """By carrier: how many of how many are late."""
    told = [HEAD]
    for side, counts in (("then", then), ("now", now)):
        bought, ship_by, late = DAYS[side]
        for carrier, (bad, out_of) in counts.items():
            row = f"{side}{carrier}@#|MFN|SHIPPED|{bought}|{ship_by} 23:59|"
            told += [many(f"{row.replace('@', 'bad')}{late}|{carrier}", bad)] if bad else []
            told += [many(f"{row.replace('@', '')}{ship_by}|{carrier}", out_of - bad)] if out_of > bad else []
    return ";".join(told)


def split(then: Counts, now: Counts, by: str = "carrier"):
    found = mix(policy("handbook")["late_dispatch_rate"], account(orders=orders(then, now)), AS_OF, by, BEFORE)
    assert found.columns == [*KEYS, by, *SUMS, *EFFECTS, "is_reversed"]
    return {row[by]: row for row in found.iter_rows(named=True)}


def test_simpson():
    """Both carriers got better by themselves, and the whole got worse: most went to the bad one.

    Then 2 of 80 by A and 6 of 20 by B, 8 % in all; now 0 of 20 and 20 of 80, 20 % in all. The mean rates are 1/80
    and 11/40, the mean of the whole 7/50; the shares go from 4/5 and 1/5 to 1/5 and 4/5, on average one half.
    """
    rows = split({"A": (2, 80), "B": (6, 20)}, {"A": (0, 20), "B": (20, 80)})
    a, b = rows["A"], rows["B"]
    assert (a["defects_then"], a["counted_then"], b["defects_now"], b["counted_now"]) == (2, 80, 20, 80)
    assert a["rate_effect"] == pytest.approx(-2 / 80 / 2)
    assert b["rate_effect"] == pytest.approx(-(6 / 20 - 20 / 80) / 2)
    assert a["mix_effect"] == pytest.approx(-3 / 5 * (1 / 80 - 7 / 50))
    assert b["mix_effect"] == pytest.approx(3 / 5 * (11 / 40 - 7 / 50))
    assert a["effect"] + b["effect"] == pytest.approx(0.20 - 0.08)
    assert a["is_reversed"]
    assert b["is_reversed"]


def test_simpson_the_other_way():
    rows = split({"A": (0, 20), "B": (20, 80)}, {"A": (2, 80), "B": (6, 20)})
    assert sum(row["effect"] for row in rows.values()) == pytest.approx(0.08 - 0.20)
    assert all(row["is_reversed"] for row in rows.values())


def test_all_worse_is_no_paradox():
    rows = split({"A": (1, 50), "B": (2, 50)}, {"A": (2, 50), "B": (4, 50)})
    assert not any(row["is_reversed"] for row in rows.values())
    assert {name: (row["mix_effect"], row["rate_effect"]) for name, row in rows.items()} == {
        "A": (0, pytest.approx(0.01)),
        "B": (0, pytest.approx(0.02)),
    }


def test_the_largest_part_comes_first():
    assert list(split({"A": (1, 50), "B": (2, 50)}, {"A": (2, 50), "B": (4, 50)})) == ["B", "A"]


def test_a_value_of_one_day_only_is_all_mix():
    """A new carrier brings its own rate; one that left takes it along."""
    rows = split({"A": (5, 50), "B": (0, 50)}, {"B": (0, 50), "C": (10, 50)})
    assert [rows[name]["rate_effect"] for name in "ABC"] == [0, 0, 0]
    assert rows["C"]["mix_effect"] == pytest.approx(1 / 2 * (1 / 5 - (1 / 20 + 1 / 10) / 2))
    assert rows["C"]["value_then"] is None
    assert rows["A"]["value_now"] is None
    assert sum(row["effect"] for row in rows.values()) == pytest.approx(1 / 10 - 1 / 20)


def test_growth_of_the_better_one_lowers():
    """The mean is taken off: more orders to the best carrier must not seem to raise the rate."""
    rows = split({"A": (1, 50), "B": (5, 50)}, {"A": (2, 100), "B": (5, 50)})
    assert rows["A"]["mix_effect"] < 0
    assert rows["B"]["mix_effect"] < 0


def test_nothing_on_one_day_is_no_row():
    assert not split({}, {"A": (1, 5)})
    assert not split({"A": (1, 5)}, {})
    assert not split({}, {})


def test_what_cannot_be_computed_has_no_row():
    told = account(orders=orders({"A": (1, 5)}, {"A": (1, 5)}), without=("orders.ship_by_at", "order_items"))
    assert mix(policy("handbook")["late_dispatch_rate"], told, AS_OF, "carrier", BEFORE).is_empty()


def test_an_order_of_several_products_is_of_none_of_them():
    told = account(
        orders="order_id|channel|status|purchased_at;A|MFN|SHIPPED|2026-01-20;B|MFN|SHIPPED|2026-03-20;C|MFN|SHIPPED|2026-03-20;D|MFN|SHIPPED|2026-03-20",
        order_items="order_id|sku;A|MUG;B|MUG;B|VASE;C|MUG;C|MUG",
        feedback="order_id|rated_on|rating;B|2026-03-25|1",
    )
    found = mix(policy("handbook")["order_defect_rate"], told, AS_OF, "sku", BEFORE)
    assert found.select("product", "counted_then", "counted_now", "defects_now").sort("product").rows() == [
        ("MUG", 1, 1, 0),
        ("No SKU known", 0, 1, 0),
        ("Several products", 0, 1, 1),
    ]


@pytest.mark.parametrize(
    ("ship_by", "told"),
    [("2026-03-20", "Same day"), ("2026-03-21", "1 day"), ("2026-03-25", "5 days"), ("", "Not known")],
)
def test_handling_time_is_from_purchase_to_ship_by(ship_by: str, told: str):
    then = "then|MFN|SHIPPED|2026-01-20|2026-01-20 23:59"
    row = f"now|MFN|SHIPPED|2026-03-20|{f'{ship_by} 23:59' if ship_by else ''}"
    both = account(orders=f"order_id|channel|status|purchased_at|ship_by_at;{then};{row}")
    found = mix(policy("handbook")["order_defect_rate"], both, AS_OF, "handling_time", BEFORE)
    assert set(found.filter(counted_now=1)["handling_time"]) == {told}


def test_the_warehouse_is_that_of_the_last_package():
    told = account(
        orders="order_id|channel|status|purchased_at;A|AFN|SHIPPED|2026-01-20;B|AFN|SHIPPED|2026-03-20;C|AFN|SHIPPED|2026-03-20",
        packages="order_id|package_id|package_confirmed_at|package_warehouse;A|1||PHX3;B|1|2026-03-20|PHX3;B|2|2026-03-21|ONT8",
    )
    found = mix(policy("handbook")["order_defect_rate"], told, AS_OF, "warehouse", BEFORE)
    assert found.select("warehouse", "counted_then", "counted_now").sort("warehouse").rows() == [
        ("No warehouse known", 0, 1),
        ("ONT8", 0, 1),
        ("PHX3", 1, 0),
    ]


def test_means_are_shared_out_in_their_unit():
    """Hours: then 2 for a return, now 4 for a return and 6 for an invoice."""
    told = account(
        messages="""thread_id|sender|sent_at|topic
            1|BUYER|2026-01-20 09:00|RETURN
            1|SELLER|2026-01-20 11:00|
            2|BUYER|2026-03-20 09:00|RETURN
            2|SELLER|2026-03-20 13:00|
            3|BUYER|2026-03-20 09:00|INVOICE
            3|SELLER|2026-03-20 15:00|"""
    )
    found = mix(policy("handbook")["average_response_time"], told, AS_OF, "topic", BEFORE)
    rows = {row["topic"]: row for row in found.iter_rows(named=True)}
    assert (rows["RETURN"]["value_then"], rows["RETURN"]["value_now"]) == (2, 4)
    assert rows["RETURN"]["rate_effect"] == pytest.approx(2 * 3 / 4)
    # Half of the answers are about invoices now, whose 6 hours are 2.5 more than the mean of both days.
    assert rows["INVOICE"]["mix_effect"] == pytest.approx((6 - 3.5) / 2)
    assert found["effect"].sum() == pytest.approx(5 - 2)


def test_what_can_explain():
    metric = policy("handbook")["order_defect_rate"]
    assert origins(metric, account()) == ("product", "carrier", "weekday", "handling_time", "warehouse")
    without = ("order_items", "packages", "orders.carrier", "tracking", "deliveries", "orders.ship_by_at")
    assert origins(metric, account(without=without)) == ("weekday",)
    assert origins(policy("handbook")["feedback_rating"], account()) == ("weekday",)


def test_an_unknown_dimension_is_refused():
    with pytest.raises(InputError):
        mix(policy("handbook")["order_defect_rate"], account(), AS_OF, "moon")
