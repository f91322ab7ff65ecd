"""What is still to come in words: what is known, what is to be expected, what it takes for granted, why it is not said."""

from datetime import date, timedelta
from functools import lru_cache

import polars as pl
import pytest

from sellerhealth import METRICS, missing, policy
from sellerhealth.demo.history import orders
from sellerhealth.measure.outlook.developed import developed
from sellerhealth.measure.outlook.forecast import SCHEMA, forecast
from sellerhealth.show.forecast import (
    approximately,
    assumed,
    expected,
    misses,
    placed,
    seen_through,
    still_to_come,
    why_not,
)
from tests.show.figures import EVIL, lacking
from tests.show.markup import is_twin
from tests.truth import world
from tests.truth.complaints import complaints

HANDBOOK, AMAZON = policy("handbook"), policy("amazon-2026")
ODR, LATE = HANDBOOK["order_defect_rate"], HANDBOOK["late_dispatch_rate"]
NOTHING = pl.DataFrame(schema=SCHEMA)
SEEN = {
    "account": "shop",
    "marketplace": "US",
    "channel": "MFN",
    "denominator": 388,
    "defects": 12,
    "unknown": 0,
    "still_expected": 2.1,
    "fewest": 0,
    "most": 5,
    "median_days": 11,
    "days": 400,
    "dated": 24,
    "undated": 0,
    "value": 12 / 388,
    "developed": 14.1 / 388,
    "basis": "EXACT",
    "gap": "NONE",
}


def ahead(**more):
    """Four weeks: each day one order leaves and one comes in; the chance of a miss grows by one of a hundred a day."""
    days = [
        {
            "account": "shop",
            "marketplace": "US",
            "channel": "MFN",
            "on": date(2026, 4, 1) + timedelta(days=past),
            "denominator": 400,
            "to_come": past,
            "defects": 3,
            "unknown": 0,
            "expected": 4.6,
            "fewest": 3,
            "most": 8,
            "value": 4.6 / 400,
            "low": 3 / 400,
            "high": 8 / 400,
            "miss_chance": 0.3 + past / 100,
            **{name: each(past) if callable(each) else each for name, each in more.items()},
        }
        for past in range(28)
    ]
    return pl.DataFrame(days)


def test_seen_through():
    assert seen_through(SEEN, ODR) == (
        "Known so far: 12 defective orders, of 388 orders. About 2 more are still to be expected (0 to 5 in 90 of 100 "
        "cases), since half of all become known 11 days after the order or later. Seen through, the rate is about 3.6 %, "
        "not 3.1 %."
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"defects": 1, "denominator": 1}, "Known so far: 1 defective order, of 1 order."),
        ({"still_expected": 1.0}, "About 1 more is still to be expected"),
        ({"still_expected": 0.4}, "About 0.4 more are still to be expected"),
        ({"median_days": 1}, "half of all become known 1 day after the order or later"),
        ({"still_expected": 0.01}, "No more is to be expected: what went wrong with them is known by now."),
        ({"developed": 12.01 / 388}, "Seen through, the rate is still about 3.1 %."),
    ],
)
def test_seen_through_in_the_singular_and_at_its_ends(more, said):
    assert said in seen_through({**SEEN, **more}, ODR)


def test_the_day_is_that_the_metric_counts_by():
    assert "3 days after the day it counts for or later" in seen_through({**SEEN, "median_days": 3}, LATE)


@pytest.mark.parametrize(
    ("number", "told"), [(0.05, "0.1"), (0.44, "0.4"), (0.95, "1"), (1.4, "1"), (2.6, "3"), (1234.5, "1,234")]
)
def test_no_number_is_surer_than_it_is(number, told):
    assert approximately(number) == told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"gap": "NO_SHARE"}, "Order Defect Rate is a mean, no share: of what is still to come nothing can be said."),
        ({"gap": "NO_INPUT"}, "It cannot be said how many are still to come."),
        ({"gap": "NO_ROWS"}, "Nothing was counted yet: of what is still to come nothing can be said."),
        (
            {"gap": "SHORT_HISTORY", "days": 1},
            (
                "The files tell of 1 day only: too short to say how many defective orders are still to come. It takes 60 "
                "days; add older files."
            ),
        ),
        (
            {"gap": "NO_DATES", "dated": 3, "undated": 9},
            (
                "Of 12 defective orders the files date only 3: nobody can say how late they become known, and how many are "
                "still to come. Add the files that tell the day of each."
            ),
        ),
        (
            {"gap": "FEW_DEFECTS", "dated": 1, "days": 200},
            "1 defective order in 200 days: too few to say how many are still to come. It takes 8.",
        ),
        (
            {"gap": "FEW_DEFECTS", "dated": 0, "days": 200},
            "No defective order in 200 days: too few to say how many are still to come. It takes 8.",
        ),
    ],
    ids=lambda told: told.get("gap", "") if isinstance(told, dict) else "",
)
def test_why_it_is_not_said(more, said):
    assert why_not({**SEEN, **more}, ODR) == said


def test_what_is_lacking_is_said_with_what_helps():
    example = METRICS["order_defect_rate"].example
    account = lacking(example.account(), "orders")
    found = developed(ODR, account, example.as_of)
    told = still_to_come(found, forecast(ODR, account, example.as_of), ODR, missing(ODR, account)).text
    assert "No file lists the orders." in told
    assert "Add an All Orders report" in told


def test_the_chance_of_a_miss():
    assert misses(ahead(), ODR) == (
        "Chance that it misses its target (below 1 %): about 36 % on 7 Apr, about 43 % on 14 Apr and about 57 % on 28 Apr."
    )


def test_a_shorter_look_ahead_names_its_last_day_once():
    assert misses(ahead().head(5), ODR) == "Chance that it misses its target (below 1 %): about 34 % on 5 Apr."


def test_a_weekly_figure_is_told_by_its_own_days():
    sundays = ahead().gather_every(7, 4)
    assert misses(sundays, ODR).count(" on ") == 3


def test_without_a_target_there_is_no_chance():
    assert misses(ahead(miss_chance=None).with_columns(pl.col("miss_chance").cast(pl.Float64)), ODR) == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {},
            (
                "On 14 Apr 2026 it is to be expected at about 1.15 %: about 5 defective orders of 400 (3 to 8 in 90 of 100 "
                "cases; 3 of them are known already)."
            ),
        ),
        ({"defects": 1}, "1 of them is known already"),
        ({"defects": 0}, "none is known yet"),
        ({"expected": 1.0}, "about 1 defective order of 400"),
    ],
)
def test_what_is_expected(more, said):
    assert said in expected(ahead(**more), ODR)


def test_until_when_all_is_placed():
    assert placed(ahead(to_come=lambda past: past // 15), ODR) == (
        "Every order that counts until 15 Apr 2026 is placed already: what is sold from now on changes nothing until "
        "then, only what becomes known of these orders."
    )


@pytest.mark.parametrize("to_come", [1, lambda past: past, lambda past: past > 5])
def test_where_new_orders_count_within_a_week_that_is_not_said(to_come):
    assert placed(ahead(to_come=to_come), ODR) == ""


def test_messages_are_not_placed():
    assert placed(ahead(to_come=0), HANDBOOK["contact_response_time"]) == ""


def test_what_it_takes_for_granted():
    assert assumed(SEEN, ahead(), ODR) == (
        "Taken for granted: they become known as late as the 24 defective orders of the last 400 days did; as many go "
        "wrong as in the last weeks; as many orders come in as in the last 28 days; and none that is known is taken back."
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"undated": 1}, "Of 1 defective order no file tells since when; the delay is taken from the others."),
        ({"unknown": 1, "basis": "UPPER_BOUND"}, "1 defective order may be none, and is counted here."),
        ({"unknown": 3, "basis": "UPPER_BOUND"}, "3 defective orders may be none, and are counted here."),
        ({"basis": "LOWER_BOUND"}, "An input is missing: only what the files tell of is counted here."),
    ],
)
def test_what_limits_it(more, said):
    assert assumed({**SEEN, **more}, ahead(), ODR).endswith(said)


def test_where_all_is_placed_nothing_is_assumed_of_sales():
    assert "come in" not in assumed(SEEN, ahead(to_come=0), ODR)


def test_each_channel_is_told_apart():
    found = pl.DataFrame([SEEN, {**SEEN, "channel": "AFN", "gap": "FEW_DEFECTS", "dated": 1}])
    told = still_to_come(found, ahead(), ODR).text.splitlines()
    assert told[0].startswith("Shipped by us: Known so far: 12")
    assert told[-1].startswith("Shipped by Amazon: 1 defective order in 400 days: too few")


def test_each_account_is_named():
    found = pl.DataFrame([SEEN, {**SEEN, "account": EVIL, "gap": "NO_ROWS"}])
    card = still_to_come(found, ahead(), ODR)
    assert card.text.startswith("Shop: Known so far: 12")
    assert f"{EVIL}: Nothing was counted yet" in card.text
    assert EVIL not in card.html
    assert is_twin(card)


def test_with_nothing_in_the_window_only_what_comes_is_told():
    told = still_to_come(pl.DataFrame([{**SEEN, "denominator": 0, "defects": 0}]), ahead(), ODR).text
    assert "Known so far" not in told
    assert told.startswith("Chance that it misses")


def test_with_nothing_to_come_either_nothing_is_told():
    found = pl.DataFrame([{**SEEN, "denominator": 0, "defects": 0}])
    assert still_to_come(found, ahead(denominator=0), ODR).text == ""
    assert still_to_come(found, NOTHING, ODR).text == ""


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("terms", [HANDBOOK, AMAZON], ids=lambda one: one.name)
def test_every_metric_says_something_that_reads(terms, name):
    account, as_of = _seller()
    metric = terms[name]
    card = still_to_come(developed(metric, account, as_of), forecast(metric, account, as_of), metric)
    assert card.text
    assert not {"None", "nan", "null", "inf"} & set(card.text.replace(".", " ").replace(",", " ").split())
    assert all(line.endswith(".") for line in card.text.splitlines())
    assert is_twin(card)


@lru_cache(maxsize=1)
def _seller():
    shop = world.shop(2, 6, 120, very_late_share=0.05)
    book = list(orders(shop).values())
    return world.account(shop, book, *complaints(book, "2", lambda _: 0.04)), shop.last_day


def test_a_claim_still_to_enter_that_may_be_none_makes_the_chance_the_most_it_can_be():
    """None of the window is unsure today; of a coming one two are."""
    days = ahead().with_columns(unknown=pl.lit(2))
    told = still_to_come(pl.DataFrame([SEEN]), days, ODR).text
    assert "Chance that it misses its target (below 1 %), at most: " in told
    assert "2 defective orders may be none, and are counted here." in told
