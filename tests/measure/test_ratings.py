"""Ratings by their stars, and the last rating that had answers enough."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.definition.example import Example
from sellerhealth.measure.evaluate import RESULT, evaluate
from sellerhealth.measure.ratings import last_valid, stars
from tests.oracle.group import PLACES, group

AS_OF = date(2026, 3, 31)
SUNDAY = date(2026, 3, 29)
RATINGS = policy("handbook")["feedback_rating"]
LIFETIME = 3660


def account(**tables):
    rows = {name: text.replace(";", "\n") for name, text in tables.items()}
    return Example(as_of=AS_OF, marketplace="US", tables=rows, expected={}).account()


def rated(*ratings):
    return account(feedback="order_id|rated_on|rating|removed_on;" + ";".join(ratings))


def by_stars(told, as_of=AS_OF):
    """Per window, how many ratings of five, four, three, two and one star."""
    found = stars(RATINGS, told, as_of)
    windows = found["window_days"].unique(maintain_order=True).to_list()
    assert found["stars"].to_list() == [5, 4, 3, 2, 1] * len(windows)
    return {days: found.filter(pl.col("window_days") == days)["ratings"].to_list() for days in windows}


def test_every_number_of_stars_has_a_row_in_every_window():
    assert by_stars(rated()) == dict.fromkeys((365, 90, 30, LIFETIME), [0] * 5)
    assert dict(stars(RATINGS, rated(), AS_OF).schema) == dict.fromkeys(("window_days", "stars", "ratings"), pl.Int64)


COUNTED = {
    # Days ago: in how many of the windows of 365, 90 and 30 days and of a lifetime it is counted.
    -1: (0, 0, 0, 0),
    0: (1, 1, 1, 1),
    29: (1, 1, 1, 1),
    30: (1, 1, 0, 1),
    89: (1, 1, 0, 1),
    90: (1, 0, 0, 1),
    364: (1, 0, 0, 1),
    365: (0, 0, 0, 1),
    3659: (0, 0, 0, 1),
    3660: (0, 0, 0, 0),
}


@pytest.mark.parametrize("ago", COUNTED)
def test_a_rating_is_counted_by_the_day_it_came(ago):
    found = by_stars(rated(f"A|{AS_OF - timedelta(days=ago)}|3|"))
    assert tuple(counts[2] for counts in found.values()) == COUNTED[ago]


def test_each_number_of_stars_stands_in_its_row():
    told = rated(*(f"{stars}-{number}|2026-03-20|{stars}|" for stars in (1, 2, 3, 4, 5) for number in range(stars)))
    assert by_stars(told)[30] == [5, 4, 3, 2, 1]


def test_a_removed_rating_is_gone_from_the_day_it_was_removed():
    told = rated("A|2026-03-02|1|2026-03-31", "B|2026-03-02|1|2026-04-01")
    assert by_stars(told)[30][4] == 1


def test_a_rating_of_an_order_of_another_marketplace_is_not_ours():
    told = account(
        feedback="order_id|rated_on|rating;A|2026-03-20|5;B|2026-03-20|5;C|2026-03-20|5",
        orders="order_id|marketplace|status|purchased_at;A|US|SHIPPED|2026-03-01;B|CA|SHIPPED|2026-03-01",
    )
    assert by_stars(told)[30] == [2, 0, 0, 0, 0]


@pytest.mark.parametrize("position", range(0, len(PLACES), 5))
def test_the_stars_add_up_to_what_the_rating_counts(position):
    accounts = group(position, 20)
    counted = evaluate(RATINGS, accounts.account, accounts.as_of).group_by("window_days").agg(pl.col("counted").sum())
    found = stars(RATINGS, accounts.account, accounts.as_of).group_by("window_days").agg(pl.col("ratings").sum())
    assert sorted(found.rows()) == sorted(counted.rows())
    assert found["ratings"].min() > 20


def answered(*days):
    """Survey answers, so many on each of these days, scored 0 and 10 by turns."""
    lines = [f"{day}-{n}|{day} 12:00|{n % 2 * 10}" for day, number in days for n in range(number)]
    return account(surveys="thread_id|answered_at|score;" + ";".join(lines))


VALID = {
    # Answers on a day: the Sunday and the number of the last window that had 40 answers.
    "none at all": ([], None),
    "39": ([(SUNDAY, 39)], None),
    "40 now": ([(SUNDAY, 40)], (SUNDAY, 40)),
    "40, of which one came on Monday": ([(SUNDAY, 39), (SUNDAY + timedelta(days=1), 1)], None),
    "40 on the window's first day": ([(SUNDAY - timedelta(days=55), 40)], (SUNDAY, 40)),
    "40 a day before the window": ([(SUNDAY - timedelta(days=56), 40)], (SUNDAY - timedelta(days=7), 40)),
    "40 a day after the last window of a year": (
        [(SUNDAY - timedelta(days=364 + 48), 40)],
        (SUNDAY - timedelta(days=357), 40),
    ),
    "40 longer ago than a year": ([(SUNDAY - timedelta(days=364 + 49), 40)], None),
    "20 and 20, eight weeks apart": ([(SUNDAY, 20), (SUNDAY - timedelta(days=56), 20)], None),
    "20 and 20 in one window": ([(SUNDAY, 20), (SUNDAY - timedelta(days=55), 20)], (SUNDAY, 40)),
    "the later of two": (
        [(SUNDAY - timedelta(days=56), 60), (SUNDAY - timedelta(days=70), 40)],
        (SUNDAY - timedelta(days=7), 60),
    ),
}


@pytest.mark.parametrize("case", VALID)
def test_the_last_window_with_answers_enough(case):
    days, expected = VALID[case]
    found = last_valid(policy("handbook")["customer_service_rating"], answered(*days), AS_OF)
    assert found.columns == RESULT
    assert found.select("window_end", "counted").rows() == ([expected] if expected else [])
    assert found["value"].to_list() == ([5.0] if expected else [])


def test_amazons_window_is_shorter():
    told = answered((SUNDAY - timedelta(days=28), 40))
    ends = [
        last_valid(policy(name)["customer_service_rating"], told, AS_OF)["window_end"].item()
        for name in ("handbook", "amazon-2026")
    ]
    assert ends == [SUNDAY, SUNDAY - timedelta(days=7)]


def test_without_a_file_of_answers_there_is_no_rating():
    blind = replace(answered((SUNDAY, 40)), provided=frozenset())
    assert last_valid(policy("handbook")["customer_service_rating"], blind, AS_OF).is_empty()
