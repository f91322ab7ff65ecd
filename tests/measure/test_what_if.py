"""What if: the changes against the same files with the change written into them, and against plain arithmetic."""

from math import ceil
from random import Random

import polars as pl
import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.measure.evaluate import RESULT, evaluate
from sellerhealth.measure.outlook.what_if import DEFECT, EVERY, NOBODY, OTHERS, Change, what_if
from sellerhealth.measure.tally import COUNTS, KEYS, window
from sellerhealth.metrics import METRICS
from tests.metrics.edges import AS_OF, account, under
from tests.oracle.group import group
from tests.truth.size import accounts

BOUGHT = ("2026-01-10", "2026-02-10", "2026-03-01", "2026-03-09", "2026-03-16", "2026-03-20", "2026-03-30")
ODR, POP, RATING = "order_defect_rate", "perfect_order_percentage", "seller_rating"
LDR = under("late_dispatch_rate", "handbook")
CARRIED = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at|carrier"


def then(metric, told, change):
    return what_if(metric, told, AS_OF, change).filter(case="then").drop("case")


class Trade:
    """Random orders with feedback, claims and chargebacks, as rows that can be written with any of them mended."""

    def __init__(self, seed):
        chance = Random(seed)
        self.orders = [
            (f"O{place}", chance.choice(("MFN", "MFN", "AFN")), chance.choice(BOUGHT)) for place in range(60)
        ]
        self.stars = {name: chance.choice((1, 2, 5)) for name, *_ in self.orders if chance.random() < 0.3}
        status = ("GRANTED|SELLER", "GRANTED|AMAZON", "PENDING|", "WITHDRAWN|", "DENIED|")
        self.claims = {
            (name, kind): chance.choice(status)
            for name, *_ in self.orders
            for kind in ("A_TO_Z", "CHARGEBACK")
            if chance.random() < 0.25
        }

    def account(self, feedback=frozenset(), claims=frozenset(), chargebacks=frozenset(), more=()):
        """The rows, where these orders have no feedback, and their claims are denied."""
        denied = {"A_TO_Z": claims, "CHARGEBACK": chargebacks}
        stars = {name: star for name, star in self.stars.items() if name not in feedback}
        told = {key: "DENIED|" if key[0] in denied[key[1]] else status for key, status in self.claims.items()}
        rows = [f"{name}|{channel}|SHIPPED|{day}" for name, channel, day in (*self.orders, *more)]
        return account(
            orders=";".join(["order_id|channel|status|purchased_at", *rows]),
            feedback=";".join(
                ["order_id|rated_on|rating", *(f"{name}|2026-03-25|{star}" for name, star in stars.items())]
            ),
            claims=";".join(
                ["order_id|claim_type|opened_on|claim_status|funded_by"]
                + [f"{name}|{kind}|2026-03-25|{status}" for (name, kind), status in told.items()]
            ),
        )

    def some(self, seed):
        return frozenset(Random(seed).sample([name for name, *_ in self.orders], 30))


@pytest.mark.parametrize("rules", ["handbook", "amazon-2026"])
@pytest.mark.parametrize("name", [ODR, POP, RATING])
def test_cured_is_as_if_the_files_had_never_told_of_it(name, rules):
    metric = under(name, rules)
    for seed in range(accounts(40) // 10):
        trade = Trade(seed)
        feedback, claims, chargebacks = (trade.some(f"{seed} {kind}") for kind in range(3))
        change = Change(cured={"negative_feedback": feedback, "claim": claims, "chargeback": chargebacks})
        found = then(metric, trade.account(), change)
        assert found.equals(evaluate(metric, trade.account(feedback, claims, chargebacks), AS_OF)), seed


@pytest.mark.parametrize("rules", ["handbook", "amazon-2026"])
@pytest.mark.parametrize("name", [ODR, POP])
def test_clean_orders_are_as_if_they_had_been_bought_on_the_last_day(name, rules):
    metric, trade = under(name, rules), Trade(7)
    last = window(metric, AS_OF, metric.window_days)[1]
    channels = ("MFN", "AFN") if name == ODR else ("MFN",)
    more = [(f"N{channel}{place}", channel, last) for channel in channels for place in range(25)]
    found = then(metric, trade.account(), Change(clean_orders=25))
    assert found.equals(evaluate(metric, trade.account(more=more), AS_OF))


def test_clean_orders_of_a_rating_have_their_points_and_the_weight_of_the_youngest():
    metric, trade = under(RATING, "handbook"), Trade(7)
    now, later = (
        what_if(metric, trade.account(), AS_OF, Change(clean_orders=10)).filter(case=case) for case in ("now", "then")
    )
    added = {name: later[name][0] - now[name][0] for name in COUNTS}
    # Ten orders of a hundred points, four times each; ten more where they came fast and tracked.
    assert added == {"numerator": 4000, "at_best": 4400, "denominator": 40, "counted": 10, "defects": 0, "unknown": 0}


def test_an_order_with_two_flaws_is_mended_by_both_only():
    told = account(
        orders="order_id|channel|status|purchased_at;A|MFN|SHIPPED|2026-03-10;B|MFN|SHIPPED|2026-03-10",
        feedback="order_id|rated_on|rating;A|2026-03-20|1",
        claims="order_id|claim_type|opened_on|claim_status|funded_by;A|A_TO_Z|2026-03-20|GRANTED|SELLER",
    )
    metric = under(ODR, "handbook")
    for cured, defects in [
        ({"claim": EVERY}, 1),
        ({"negative_feedback": frozenset("A")}, 1),
        ({"claim": EVERY, "negative_feedback": frozenset("A")}, 0),
        ({"claim": EVERY, "negative_feedback": frozenset("B")}, 1),
        ({DEFECT: EVERY}, 0),
        ({DEFECT: frozenset("B")}, 1),
        ({}, 1),
    ]:
        now = then(metric, told, Change(cured=cured)).row(0, named=True)
        assert (now["defects"], now["denominator"]) == (defects, 2), cured


def test_without_the_certain_flaw_an_undecided_one_is_left_unsure():
    told = account(
        orders="order_id|channel|status|purchased_at;A|MFN|SHIPPED|2026-03-10;B|MFN|SHIPPED|2026-03-10",
        feedback="order_id|rated_on|rating;A|2026-03-15|1",
        claims="order_id|claim_type|opened_on|claim_status;A|A_TO_Z|2026-03-15|PENDING",
    )
    metric = under(ODR, "amazon-2026")
    now = then(metric, told, Change(cured={"negative_feedback": EVERY})).row(0, named=True)
    assert (now["numerator"], now["at_best"], now["unknown"], now["basis"]) == (1, 0, 1, "UPPER_BOUND")


def carried(seed):
    """Orders of three carriers over two windows: (carrier, days ago, is late)."""
    chance = Random(seed)
    carriers = {"Hare": 0.05, "Snail": 0.5, "Mule": 0.2}
    drawn = [(chance.choice(list(carriers)), chance.choice((4, 8, 9, 10, 25, 40))) for _ in range(80)]
    return [(carrier, ago, chance.random() < carriers[carrier]) for carrier, ago in drawn]


def carried_account(orders):
    rows = [CARRIED]
    for place, (carrier, ago, is_late) in enumerate(orders):
        due = pl.select(pl.lit(AS_OF) - pl.duration(days=ago)).item()
        confirmed = pl.select(pl.lit(due) + pl.duration(days=3 if is_late else 2)).item()
        rows.append(f"O{place}|MFN|SHIPPED|2026-01-01|{due}|{confirmed}|{carrier}")
    return account(orders=";".join(rows))


@pytest.mark.parametrize("lag", [0, 9])
@pytest.mark.parametrize("by_whom", ["Hare", "Snail", OTHERS, NOBODY])
def test_replaced_is_as_many_late_as_the_other_has_of_so_many(by_whom, lag):
    metric = under("late_dispatch_rate", "handbook", lag_days=lag)
    for seed in range(4):
        orders = carried(seed)
        found = then(metric, carried_account(orders), Change(replaced=("carrier", "Snail", by_whom)))
        like = [order for order in orders if order[0] == by_whom or (by_whom == OTHERS and order[0] != "Snail")]
        there = [order for order in like if lag <= order[1] < lag + 30]
        for row in found.to_dicts():
            inside = [order for order in orders if lag <= order[1] < lag + row["window_days"]]
            rest = [order for order in inside if order[0] != "Snail"]
            number = len(inside) - len(rest)
            late = ceil(number * sum(is_late for *_, is_late in there) / len(there)) if by_whom != NOBODY else 0
            assert row["numerator"] == row["at_best"] == row["defects"] == sum(order[2] for order in rest) + late
            assert row["denominator"] == row["counted"] == (len(rest) if by_whom == NOBODY else len(inside))


def test_replaced_is_counted_after_the_cure():
    orders = [("Hare", 5, True), *[("Hare", 5, False)] * 3, *[("Snail", 5, True)] * 4]
    told = carried_account(orders)
    # One of four is late with the one; cured, none is, and so none of the other's four. That the other's are cured as
    # well changes nothing: they go as the first one's do.
    for cured, late in [({}, 2), ({DEFECT: frozenset({"O0"})}, 0), ({DEFECT: frozenset({"O4", "O5"})}, 2)]:
        found = then(LDR, told, Change(cured=cured, replaced=("carrier", "Snail", "Hare")))
        assert found["numerator"].to_list() == [late, late]


@pytest.mark.parametrize("name", list(METRICS))
def test_replaced_by_itself_changes_nothing(name):
    metric, many = under(name, "handbook"), group(4, 12)
    by = next(dimension for dimension in metric.definition.dimensions if dimension in ("weekday", "stars"))
    value = evaluate(metric, many.account, many.as_of, by=(by,))[by].sort()[0]
    found = what_if(metric, many.account, many.as_of, Change(replaced=(by, value, value)))
    before, after = (found.filter(case=case).filter(window_days=metric.window_days) for case in ("now", "then"))
    # Points that weigh by age are shared out alike over the days.
    if not metric.terms.weights:
        assert before.select(COUNTS).equals(after.select(COUNTS))


@pytest.mark.parametrize("rules", ["handbook", "amazon-2026"])
@pytest.mark.parametrize("name", list(METRICS))
def test_no_change_changes_nothing_and_every_account_comes_along(name, rules):
    metric, many = under(name, rules), group(5, 20)
    found = what_if(metric, many.account, many.as_of, Change())
    now, same = (found.filter(case=case).drop("case") for case in ("now", "then"))
    assert now.equals(evaluate(metric, many.account, many.as_of))
    assert same.equals(now)
    assert found.columns == [*RESULT, "case"]


@pytest.mark.parametrize("name", [ODR, POP, RATING])
def test_many_accounts_together_are_as_each_alone(name):
    metric, many = under(name, "amazon-2026"), group(6, 8)
    sold = evaluate(metric, many.account, many.as_of, by=("weekday",))
    day = sold["weekday"].mode().sort()[0]
    change = Change(clean_orders=3, cured={"claim": EVERY}, replaced=("weekday", day, OTHERS))
    together = what_if(metric, many.account, many.as_of, change)
    for name_of_one in sold.filter(weekday=day)["account"].unique():
        alone = what_if(metric, many.alone(int(name_of_one)), many.as_of, change)
        assert alone.equals(together.filter(account=name_of_one))


def test_an_account_without_orders_stays_without():
    found = what_if(under(ODR, "handbook"), account(), AS_OF, Change(cured={"claim": EVERY}))
    assert found.select("case", "numerator", "denominator", "status").rows() == [
        ("now", 0, 0, "NONE"),
        ("then", 0, 0, "NONE"),
    ]


def test_what_cannot_be_computed_is_not_computable_then():
    told = account(orders="order_id|channel|status|purchased_at;A|MFN|SHIPPED|2026-03-10", without=("orders",))
    found = what_if(under(ODR, "handbook"), told, AS_OF, Change(clean_orders=10, cured={"claim": EVERY}))
    assert found["basis"].unique().to_list() == ["NOT_COMPUTABLE"]
    assert found["value"].null_count() == found.height


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (ODR, Change(clean_orders=-1), "a whole number from 0"),
        (ODR, Change(cured={"rain": EVERY}), "one of negative_feedback, claim, chargeback, defect"),
        ("average_response_time", Change(cured={DEFECT: EVERY}), "no mean"),
        ("customer_service_rating", Change(clean_orders=5), "add alike"),
        (ODR, Change(replaced=("moon", "full", OTHERS)), "one of sku"),
        (ODR, Change(replaced=("weekday", "Doomsday", OTHERS)), "a window with orders"),
    ],
)
def test_what_is_not_there_is_refused(name, change, said):
    with pytest.raises(InputError, match=said):
        what_if(under(name, "handbook"), account(), AS_OF, change)


def test_a_value_that_is_not_there_is_refused_by_the_names_that_are():
    with pytest.raises(InputError, match="one of Hare, Mule"):
        then(LDR, carried_account([("Hare", 1, True), ("Mule", 1, False)]), Change(replaced=("carrier", "Hare", "Owl")))


def test_the_figures_can_be_changed_in_place():
    metric = under(ODR, "handbook")
    told = Trade(1).account()
    for _ in range(2):
        found = what_if(metric, told, AS_OF, Change(cured={"claim": EVERY}))
        assert found.select(KEYS).height == 4
        found.drop_in_place("value")
