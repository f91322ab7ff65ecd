"""The days to come in words: a seller with one defect in 43 orders, and every other way it can stand."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from sellerhealth import missing, policy
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.outlook.calendar import calendar
from sellerhealth.measure.outlook.glide import glides
from sellerhealth.show.ahead import ahead
from tests.metrics.edges import AS_OF, account, under
from tests.show.figures import EVIL, NAMES, example, metric, without_target

HANDBOOK, AMAZON = policy("handbook"), policy("amazon-2026")
DEFECTS = HANDBOOK["order_defect_rate"]
SHORT = under("order_defect_rate", "handbook", windows=[4])


def day(ahead: int) -> date:
    return AS_OF + timedelta(days=ahead)


def shop(bought: dict[int, int], bad: dict[int, int] | None = None) -> Account:
    """So many orders on each day from `AS_OF` on, so many of them with one star."""
    orders = [f"{ahead}-{number}|MFN|SHIPPED|{day(ahead)}" for ahead, many in bought.items() for number in range(many)]
    stars = [f"{ahead}-{number}|{AS_OF}|1" for ahead, many in (bad or {}).items() for number in range(many)]
    return account(
        orders=";".join(["order_id|channel|status|purchased_at", *orders]),
        feedback=";".join(["order_id|rated_on|rating", *stars]),
    )


def told(one: Metric, seller: Account, as_of: date = AS_OF) -> list[str]:
    return ahead(glides(one, seller, as_of), calendar(one, seller, as_of), one, missing(one, seller)).text.split("\n")


def test_one_defect_in_43_orders():
    """Where it stands, on which day it clears, what selling nothing would do, and what is taken for granted."""
    bought = dict.fromkeys(range(-59, 0, 2), 1) | {-40: 13}
    assert told(DEFECTS, shop(bought, {-33: 1})) == [
        (
            "Shipped by us: 2.3 % (1 of 43), too high: the target is below 1 %. The one defective order leaves on "
            "27 Apr 2026: from then on it is good, if sales go on as in the last 28 days and nothing new goes wrong."
        ),
        (
            "If you sold nothing more, it would rise to 5.9 % (1 of 17) by 25 Apr 2026 although nothing new goes wrong: "
            "older clean orders leave the window, and the same defective order weighs more. Do not stop selling altogether. "
            "From 29 May 2026 on no orders would be left to count: no verdict."
        ),
        "With twice the sales it would be 2.3 % (1 of 43) on 25 Apr 2026; it is good from 27 Apr 2026 on, no sooner.",
        "This is what is known on 31 Mar 2026: whatever goes wrong or becomes known later adds to it.",
    ]


CASES = {
    "several, good before the last leaves": (
        shop(dict.fromkeys(range(-59, 1), 4), {-58: 1, -50: 1, -9: 1}),
        (
            "Shipped by us: 1.25 % (3 of 240), too high: the target is below 1 %. If sales go on as in the last 28 days "
            "and nothing new goes wrong, it is good from 2 Apr 2026 on: 0.83 % (2 of 240) that day. "
            "The last of the 3 defective orders leaves on 21 May 2026."
        ),
    ),
    "one, good by sales before it leaves": (
        shop({-50: 60} | dict.fromkeys(range(-20, 1), 2), {-5: 1}),
        (
            "Shipped by us: 0.98 % (1 of 102), good: the target is below 1 %. Even if sales go on as in the last 28 days "
            "and nothing new goes wrong, it misses the target from 10 Apr 2026 on: 2.1 % (1 of 48). "
            "It is good again from 25 May 2026 on."
        ),
    ),
    "nothing wrong": (
        shop(dict.fromkeys(range(-59, 1), 1)),
        (
            "Shipped by us: 0 % (0 of 60), good: the target is below 1 %. It stays good to 30 May 2026, as far as this "
            "looks, if sales go on as in the last 28 days and nothing new goes wrong."
        ),
    ),
    "nothing sold for long": (
        shop({-100: 3}, {-100: 1}),
        "Shipped by us: nothing counted. No order shipped by us fell into the window, so there is no verdict.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_of_it_as_sales_go_on(case: str):
    seller, said = CASES[case]
    assert told(DEFECTS, seller)[0] == said


STOPS = {
    "none of them bad": (
        shop({-3: 1, 0: 1}),
        "If you sold nothing more, it would not rise. From 4 Apr 2026 on no orders would be left to count: no verdict.",
    ),
    "the bad one leaves first": (
        shop({-3: 1, 0: 1}, {-3: 1}),
        "If you sold nothing more, it would not rise. From 4 Apr 2026 on no orders would be left to count: no verdict.",
    ),
    "some of the bad ones leave": (
        shop({-3: 4, -1: 1, 0: 2}, {-3: 1, 0: 2}),
        (
            "If you sold nothing more, it would rise to 100 % (2 of 2) by 3 Apr 2026 although nothing new goes wrong: "
            "older clean orders leave the window, and the 2 defective orders still in it weigh more. Do not stop selling altogether. "
            "From 4 Apr 2026 on no orders would be left to count: no verdict."
        ),
    ),
    "all of the bad ones stay": (
        shop({-3: 4, 0: 3}, {0: 2}),
        (
            "If you sold nothing more, it would rise to 66.7 % (2 of 3) by 1 Apr 2026 although nothing new goes wrong: "
            "older clean orders leave the window, and the same 2 defective orders weigh more. Do not stop selling altogether. "
            "From 4 Apr 2026 on no orders would be left to count: no verdict."
        ),
    ),
    "good now, then missed": (
        shop({-3: 200, 0: 1}, {0: 1}),
        (
            "If you sold nothing more, it would miss the target and rise to 100 % (1 of 1) by 1 Apr 2026 "
            "although nothing new goes wrong: older clean orders leave the window, and the same defective order weighs "
            "more. Do not stop selling altogether. From 4 Apr 2026 on no orders would be left to count: no verdict."
        ),
    ),
}


@pytest.mark.parametrize("case", STOPS)
def test_what_selling_nothing_would_do(case: str):
    seller, said = STOPS[case]
    assert told(SHORT, seller)[1] == said


def test_what_is_known_and_still_to_enter():
    one = under("order_defect_rate", "handbook", windows=[4], lag_days=2)
    first, stop, *_ = told(one, shop({-3: 9, -1: 1, 0: 1}, {-1: 1, 0: 1}))
    assert "2 more defective orders are known already and enter the window from 1 Apr 2026 to 2 Apr 2026." in first
    assert "rise to 100 % (2 of 2) by 3 Apr 2026: 2 defective orders known already would enter the window, and" in stop
    assert (
        "1 more defective order is known already and enters the window on 2 Apr 2026."
        in told(one, shop({-3: 9, 0: 1}, {0: 1}))[0]
    )


def test_missed_first_and_worse_later():
    seller = shop({-3: 100, -2: 30, -1: 2, 0: 1}, {0: 1})
    assert (
        "it would miss the target from 1 Apr 2026 on and rise to 100 % (1 of 1) by 3 Apr 2026" in told(SHORT, seller)[1]
    )


def test_twice_the_sales_is_good_sooner():
    """2 of 180, 3 orders a day: 201 of them on 7 April if they double, and one defect less on 30 April in any case."""
    seller = shop(dict.fromkeys(range(-59, 1), 3), {-30: 1, -9: 1})
    same, _, twice, _ = told(DEFECTS, seller)
    assert "it is good from 30 Apr 2026 on: 0.56 % (1 of 180) that day." in same
    assert twice == (
        "With twice the sales it would be 0.30 % (1 of 330) on 20 May 2026; it is good from 7 Apr 2026 on, 23 days sooner."
    )


def test_nothing_counted_yet_and_one_that_will_be():
    """An order of today that counts in two days: there is nothing to be worse than."""
    said = told(under("order_defect_rate", "handbook", windows=[1], lag_days=2), shop({0: 1}, {0: 1}))
    assert said[0].startswith("Shipped by us: nothing counted. No order shipped by us fell into the window,")
    assert "1 more defective order is known already and enters the window on 2 Apr 2026." in said[0]
    assert said[1].startswith("This is what is known on 31 Mar 2026")


def test_without_a_target_there_is_no_good():
    one = without_target(DEFECTS)
    said = told(one, shop(dict.fromkeys(range(-59, 1), 1), {0: 1}))
    assert said[0] == (
        "Shipped by us: 1.67 % (1 of 60). There is no target, so there is no verdict. If sales go on as in the last "
        "28 days and nothing new goes wrong, it is 0 % (0 of 60) on 30 May 2026."
    )
    assert said[2] == "With twice the sales it would be 0.84 % (1 of 119) on 29 May 2026."
    assert "good" not in " ".join(said)


def test_a_mean_of_messages_speaks_of_messages():
    said = told(*_example("average_response_time"))
    assert "If answered messages come in as in the last 28 days, it is" in said[0]
    assert said[-1].endswith("what comes is taken to be as in the last 28 days.")
    assert not any(word in " ".join(said) for word in ("sold", "selling", "sales", "goes wrong"))


def test_what_waits_for_a_confirmation_is_said():
    late = told(*_example("late_dispatch_rate"))[-1]
    assert late.endswith("An order not confirmed yet counts as it stands today; waiting makes it late.")
    assert "not confirmed" not in told(*_example("order_defect_rate"))[-1]


def test_what_cannot_be_computed_says_why():
    one = HANDBOOK["valid_tracking_rate"]
    said = told(one, account(without=("tracking",)))
    assert said[0] == "What comes next cannot be computed from these files."
    assert said[1].startswith("No file says which packages had valid tracking. Add ")


def test_a_bound_that_never_decides_is_no_verdict():
    seller = account(
        orders="order_id|channel|status|purchased_at;" + ";".join(f"{n}|MFN|SHIPPED|{day(-n)}" for n in range(90)),
        without=("claims",),
    )
    said = told(HANDBOOK["perfect_order_percentage"], seller)[0]
    assert said.endswith("No verdict: the files do not say enough to tell whether it is at least 95 %.")


def test_too_few_are_too_few_on_coming_days_too():
    seller = account(surveys=f"thread_id|answered_at|score;A|{day(-5)} 10:00|9")
    said = told(HANDBOOK["customer_service_rating"], seller)[0]
    assert "Too few to say: it takes 40 answers, and there was 1." in said


def test_accounts_and_channels_are_named():
    orders = f"order_id|channel|status|purchased_at;A|MFN|SHIPPED|{day(-3)};B|AFN|SHIPPED|{day(0)}"
    own = account(orders=orders)
    sold = own.tables["orders"]
    both = replace(own, tables={**own.tables, "orders": pl.concat([sold, sold.with_columns(account=pl.lit(EVIL))])})
    card = ahead(glides(DEFECTS, both, AS_OF), calendar(DEFECTS, both, AS_OF), DEFECTS)
    starts = [line.split(":")[0] for line in card.text.split("\n") if "%" in line and "target" in line]
    assert {"Example, shipped by us", "Example, shipped by Amazon"} < set(starts)
    assert "<script>" not in card.html


@pytest.mark.parametrize("name", NAMES)
def test_every_metric_has_whole_sentences(name: str):
    for one in (metric(name), AMAZON[name], without_target(metric(name))):
        for line in told(one, *example(one)):
            assert line.endswith("."), line
            assert not any(word in line for word in ("None", "nan", "  ", "..", " a a", " a o", " a u", "%)")), line


def _example(name: str) -> tuple[Metric, Account, date]:
    return metric(name), *example(metric(name))


def test_who_sold_nothing_lately_is_asked_for_newer_files():
    """The last order is 40 days old: to go on as in the last 28 days is to sell nothing."""
    seller = shop({-50: 60, -40: 3}, {-40: 1})
    said = " ".join(told(DEFECTS, seller))
    assert "Your files tell of no orders of the last 28 days: if there were any, add them." in said
    assert "Do not stop selling" not in said
