from datetime import date

import pytest

from sellerhealth.measure.defects import exclusions
from tests.metrics.edges import AS_OF, CLEAN, DEFECT, OUT, account, counted, headline, many, sums, under

NAME = "customer_service_rating"
HEADER = "thread_id|answered_at|score"
EDGES = {
    # (rows, the handbook's eight weeks, Amazon's four)
    "the handbook's first moment": ("1|2026-02-02 00:00|9", CLEAN, OUT),
    "the moment before it": ("1|2026-02-01 23:59:59.999999|9", OUT, OUT),
    "Amazon's first moment": ("1|2026-03-02 00:00|9", CLEAN, CLEAN),
    "the moment before that": ("1|2026-03-01 23:59:59.999999|9", CLEAN, OUT),
    "the last moment of the last Sunday": ("1|2026-03-29 23:59:59.999999|9", CLEAN, CLEAN),
    "Monday of this week": ("1|2026-03-30 00:00|9", OUT, OUT),
    "six is content": ("1|2026-03-10 10:00|6", CLEAN, CLEAN),
    "five is not": ("1|2026-03-10 10:00|5", DEFECT, DEFECT),
    "nothing is a score too": ("1|2026-03-10 10:00|0", DEFECT, DEFECT),
    "no score": ("1|2026-03-10 10:00|", OUT, OUT),
    "no moment": ("1||5", OUT, OUT),
    "the last answer counts": ("1|2026-03-10 10:00|0;1|2026-03-11 10:00|10", CLEAN, CLEAN),
    "in whatever order they stand": ("1|2026-03-11 10:00|10;1|2026-03-10 10:00|0", CLEAN, CLEAN),
    "the last answer without a score is none": ("1|2026-03-10 10:00|0;1|2026-03-11 10:00|", DEFECT, DEFECT),
    "of two at one moment the worse": ("1|2026-03-10 10:00|10;1|2026-03-10 10:00|0", DEFECT, DEFECT),
    "answered again after today": ("1|2026-03-10 10:00|0;1|2026-04-01 00:00|10", DEFECT, DEFECT),
    "answered again this week": ("1|2026-03-10 10:00|0;1|2026-03-31 10:00|10", OUT, OUT),
    "two conversations": ("1|2026-03-10 10:00|0;2|2026-03-10 10:00|10", (1, 0, 2), (1, 0, 2)),
}


@pytest.mark.parametrize("case", EDGES)
def test_edge(case):
    rows, handbook, amazon = EDGES[case]
    assert counted(NAME, "handbook", surveys=f"{HEADER};{rows}") == handbook
    assert counted(NAME, "amazon-2026", surveys=f"{HEADER};{rows}") == amazon


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 3, 14), OUT),  # Saturday, and answered on Sunday
        (date(2026, 3, 15), CLEAN),
        (date(2026, 3, 16), CLEAN),
        (date(2026, 4, 11), CLEAN),
        (date(2026, 4, 12), OUT),  # the Sunday that ends the fifth week
    ],
)
def test_whole_weeks(as_of, expected):
    assert counted(NAME, "amazon-2026", as_of=as_of, surveys=f"{HEADER};1|2026-03-15 10:00|9") == expected


@pytest.mark.parametrize(
    ("as_of", "first", "last"),
    [
        (date(2027, 1, 2), date(2026, 11, 30), date(2026, 12, 27)),
        (date(2027, 1, 3), date(2026, 12, 7), date(2027, 1, 3)),  # the Sunday of 2026-W53
        (date(2027, 1, 9), date(2026, 12, 7), date(2027, 1, 3)),
        (date(2027, 1, 10), date(2026, 12, 14), date(2027, 1, 10)),
    ],
)
def test_weeks_over_new_year(as_of, first, last):
    surveys = f"{HEADER};1|{first} 00:00|9;2|{last} 23:59|7"
    now = headline(NAME, "amazon-2026", as_of=as_of, surveys=surveys)
    assert (now["window_start"], now["window_end"]) == (first, last)
    assert (now["numerator"], now["denominator"], now["value"]) == (16, 2, 8.0)


def test_the_day_is_the_marketplaces():
    told = "1|2026-03-02 00:30|9"
    assert counted(NAME, "amazon-2026", "JP", surveys=f"{HEADER};{told}") == CLEAN
    assert counted(NAME, "amazon-2026", "GB", surveys=f"{HEADER};{told}") == CLEAN
    assert counted(NAME, "amazon-2026", "US", surveys=f"{HEADER};1|2026-03-01 16:30|9") == OUT


@pytest.mark.parametrize(("answers", "status"), [(39, "TOO_FEW"), (40, "NONE"), (1, "TOO_FEW"), (0, "NONE")])
@pytest.mark.parametrize("rules", ["handbook", "amazon-2026"])
def test_fewer_than_forty_answers_are_too_few(rules, answers, status):
    surveys = ";".join(filter(None, [HEADER, many("t#|2026-03-10 10:00|8", answers)]))
    now = headline(NAME, rules, surveys=surveys)
    assert (now["counted"], now["status"], now["headroom"]) == (answers, status, None)
    assert now["value"] == (8.0 if answers else None)


@pytest.mark.parametrize(("answers", "score", "status"), [(39, 9, "TOO_FEW"), (40, 9, "GOOD"), (40, 8, "BAD")])
def test_with_a_target_of_ones_own(answers, score, status):
    """The better the higher: exactly the target is not above it. A mean has no headroom."""
    surveys = f"{HEADER};{many(f't#|2026-03-10 10:00|{score}', answers)}"
    now = headline(NAME, "handbook", override={"target": 8}, surveys=surveys)
    assert (now["status"], now["headroom"], now["target"]) == (status, None, 8.0)
    assert now["used"] == pytest.approx((10 - score) / 2)


def test_from_which_score_on_a_buyer_is_content_can_be_set():
    surveys = f"{HEADER};1|2026-03-10 10:00|7"
    assert counted(NAME, "handbook", override={"value": {"content_from": 8}}, surveys=surveys) == DEFECT


def test_a_mean_has_no_interval():
    now = headline(NAME, "handbook", surveys=f"{HEADER};1|2026-03-10 10:00|10;2|2026-03-10 10:00|5")
    assert (now["value"], now["unit"], now["low"], now["high"], now["target"]) == (7.5, "of 10", None, None, None)


def test_nothing_counted_has_no_mean():
    assert sums(NAME, "handbook", surveys=HEADER) == (0, 0, 0)
    assert headline(NAME, "handbook", surveys=HEADER)["value"] is None


def test_without_scores_nothing_can_be_said():
    told = f"{HEADER};1|2026-03-10 10:00|9"
    assert headline(NAME, "handbook", surveys=told)["basis"] == "EXACT"
    now = headline(NAME, "handbook", without=("surveys.score",), surveys=told)
    assert (now["basis"], now["numerator"], now["value"], now["status"]) == ("NOT_COMPUTABLE", None, None, "NONE")


def test_what_became_of_every_answer():
    rows = "1|2026-01-10 10:00|9;2|2026-03-10 10:00|9;3|2026-03-31 10:00|9;3|2026-03-10 10:00|2"
    reasons = exclusions(under(NAME, "handbook"), account(surveys=f"{HEADER};{rows}"), AS_OF).rows()
    assert reasons == [("Counted", 1), ("Before the window", 1), ("After the window", 1)]
