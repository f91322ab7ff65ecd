from datetime import date, timedelta

import pytest
from scipy.stats import binomtest

from sellerhealth.definition.tables import EVERY_STAR
from sellerhealth.measure.defects import exclusions
from sellerhealth.measure.evaluate import breakdown
from tests.metrics.edges import (
    AS_OF,
    CLEAN,
    DEFECT,
    OUT,
    POLICIES,
    account,
    counted,
    figures,
    headline,
    many,
    sums,
    under,
)

NAME = "feedback_rating"
HEADER = "order_id|rated_on|rating|removed_on"
STARS = {5: (1, CLEAN), 4: (1, CLEAN), 3: (0, CLEAN), 2: (0, DEFECT), 1: (0, DEFECT)}
EDGES = {
    "the first day of the year": ("A|2025-04-01|1|", DEFECT),
    "a day older": ("A|2025-03-31|1|", OUT),
    "today": ("A|2026-03-31|1|", DEFECT),
    "tomorrow": ("A|2026-04-01|1|", OUT),
    "no day told": ("A||1|", OUT),
    "removed today": ("A|2026-03-01|1|2026-03-31", OUT),
    "removed tomorrow": ("A|2026-03-01|1|2026-04-01", DEFECT),
    "two of one order": ("A|2026-03-01|1|;A|2026-03-02|5|", (1, 0, 2)),
    "one of two removed": ("A|2026-03-01|1|2026-03-05;A|2026-03-05|5|", CLEAN),
}
ORDERS = (
    "order_id|channel|marketplace|status;US|MFN|US|SHIPPED;FBA|AFN||SHIPPED;CA|MFN|CA|SHIPPED;PENDING|MFN|US|PENDING"
)
OF_ORDER = {"US": DEFECT, "FBA": DEFECT, "CA": OUT, "PENDING": DEFECT, "UNKNOWN": DEFECT}


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize("stars", STARS)
def test_stars(stars, rules):
    feedback = f"{HEADER};A|2026-03-01|{stars}|"
    good, verdict = STARS[stars]
    assert sums(NAME, rules, feedback=feedback) == (good, good, 1)
    assert counted(NAME, rules, feedback=feedback) == verdict


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize("case", EDGES)
def test_edge(case, rules):
    rows, expected = EDGES[case]
    assert counted(NAME, rules, feedback=f"{HEADER};{rows}") == expected


@pytest.mark.parametrize("order", OF_ORDER)
def test_whose_order_it_is_about(order):
    assert counted(NAME, "handbook", feedback=f"{HEADER};{order}|2026-03-01|1|", orders=ORDERS) == OF_ORDER[order]


@pytest.mark.parametrize(
    ("rated", "expected"),
    [
        ("|2026-03-31 23:59", DEFECT),
        ("|2026-04-01 00:00", OUT),
        ("|2025-04-01 00:00", DEFECT),
        ("|2025-03-31 23:59", OUT),
        ("2026-03-01|2026-04-01 00:00", DEFECT),  # the day told goes before the moment
    ],
)
def test_the_day_is_the_marketplaces(rated, expected):
    for place in ("US", "JP"):
        feedback = f"order_id|rated_on|rated_at|rating;A|{rated}|1"
        assert counted(NAME, "handbook", place, feedback=feedback) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 2, 28), OUT),
        (date(2026, 3, 1), DEFECT),
        (date(2026, 3, 9), DEFECT),
        (date(2026, 3, 10), OUT),
        (date(2027, 3, 1), OUT),
    ],
)
def test_what_is_known_depends_on_the_day(as_of, expected):
    """Received on the first, removed on the tenth."""
    assert counted(NAME, "handbook", as_of=as_of, feedback=f"{HEADER};A|2026-03-01|1|2026-03-10") == expected


@pytest.mark.parametrize(("as_of", "expected"), [(date(2027, 2, 28), DEFECT), (date(2027, 3, 1), OUT)])
def test_it_leaves_after_a_year(as_of, expected):
    assert counted(NAME, "handbook", as_of=as_of, feedback=f"{HEADER};A|2026-03-01|1|") == expected


def test_each_window_has_its_own_ratings_and_the_last_has_all():
    ages = (0, 29, 30, 89, 90, 364, 365, 3659, 3660)
    rows = ";".join(f"{age}|{AS_OF - timedelta(days=age)}|5|" for age in ages)
    found = figures(NAME, "handbook", feedback=f"{HEADER};{rows}")
    assert {row["window_days"]: row["counted"] for row in found} == {365: 6, 90: 4, 30: 2, 3660: 8}
    assert found[3]["window_start"] == AS_OF - timedelta(days=3659)


def test_the_share_of_the_good_ones():
    now = headline(
        NAME,
        "handbook",
        feedback=f"{HEADER};{many('G#|2026-03-01|5|', 7)};{many('N#|2026-03-01|3|', 2)};B|2026-03-01|1|",
    )
    assert (now["numerator"], now["at_best"], now["denominator"], now["defects"]) == (7, 7, 10, 1)
    assert (now["value"], now["target"], now["used"], now["status"], now["headroom"]) == (0.7, None, None, "NONE", None)
    interval = binomtest(7, 10).proportion_ci(method="wilson")
    assert (now["low"], now["high"]) == pytest.approx((interval.low, interval.high))


@pytest.mark.parametrize(("good", "status", "headroom"), [(95, "BAD", -1), (96, "GOOD", 0), (100, "GOOD", 4)])
def test_with_a_target_of_ones_own(good, status, headroom):
    feedback = ";".join(filter(None, [HEADER, many("G#|2026-03-01|5|", good), many("N#|2026-03-01|3|", 100 - good)]))
    now = headline(NAME, "handbook", override={"target": 0.95}, feedback=feedback)
    assert (now["status"], now["headroom"]) == (status, headroom)
    assert now["used"] == pytest.approx((100 - good) / 5)


def test_the_split_by_stars():
    feedback = (
        f"{HEADER};A|2026-03-01|5|;B|2026-03-01|5|;C|2026-03-01|3|;D|2026-03-01|2|;E|2026-03-01|1|;F|2026-03-02|1|"
    )
    split = breakdown(under(NAME, "handbook"), account(feedback=feedback), AS_OF, "stars")
    found = split.select("stars", "numerator", "denominator", "defects", "defect_share").rows()
    assert found == [
        ("1", 0, 2, 2, pytest.approx(2 / 3)),
        ("2", 0, 1, 1, pytest.approx(1 / 3)),
        ("5", 2, 2, 0, 0.0),
        ("3", 0, 1, 0, 0.0),
    ]


def test_from_amazons_own_file_the_share_cannot_be_told():
    now = headline(NAME, "handbook", without=(EVERY_STAR,), feedback=f"{HEADER};A|2026-03-01|1|")
    assert (now["basis"], now["numerator"], now["value"], now["status"]) == ("NOT_COMPUTABLE", None, None, "NONE")
    assert now["denominator"] == 1


def test_nothing_counted_has_no_share():
    now = headline(NAME, "handbook", feedback=HEADER)
    assert (now["denominator"], now["value"], now["low"], now["high"]) == (0, None, None, None)


def test_what_became_of_every_rating():
    rows = "A|2026-03-01|1|;B|2025-03-31|1|;C|2026-03-01|1|2026-03-05;CA|2026-03-01|1|"
    own = account(feedback=f"{HEADER};{rows}", orders=ORDERS)
    assert exclusions(under(NAME, "handbook"), own, AS_OF).rows() == [
        ("Counted", 1),
        ("Sold on another marketplace", 1),
        ("Before the window", 1),
    ]
