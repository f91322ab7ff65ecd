"""Week by week, over New Year too; the last valid rating; ratings by their stars."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from sellerhealth.definition.tables import EVERY_STAR
from sellerhealth.measure.evaluate import trend
from sellerhealth.measure.ratings import stars
from sellerhealth.show.weeks import stars_table, valid_card, weeks_chart, weeks_table
from tests.show.figures import NOT_COMPUTABLE, NOTHING, example, mean_row, metric, row
from tests.show.markup import is_twin, read
from tests.show.pictures import drawn, says, whole

SERVICE, HOURS, FIRST = (
    metric(name) for name in ("customer_service_rating", "average_response_time", "first_contact_resolution_rate")
)
DASHBOARD = (SERVICE, HOURS, FIRST)
SUNDAY = date(2026, 1, 4)


def weekly(name, *values, last=SUNDAY, **more):
    """A figure on Sundays, the last one `last`; None where nothing was counted."""
    ends = [last - timedelta(days=7 * ago) for ago in reversed(range(len(values)))]
    rows = [
        mean_row(name, value or 0.0, 4, window_days=7, window_end=end, window_start=end - timedelta(days=6), **more)
        | (NOTHING if value is None else {})
        for value, end in zip(values, ends, strict=True)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def test_weeks_over_new_year_the_latest_first():
    told = weekly(SERVICE.name, 7.0, 8.25, 9.0, last=date(2026, 1, 11))
    title, subtitle, headings, rows = read(weeks_table({SERVICE.name: told}, [SERVICE]))
    assert (title, subtitle) == ("Week by week", "Whole weeks only, Monday to Sunday.")
    assert headings == ["Week", "To Sunday", "Customer Service Rating"]
    assert rows == [
        ("2026-W02", "11 Jan 2026", "9 of 10 (4 answers)"),
        ("2026-W01", "4 Jan 2026", "8.3 of 10 (4 answers)"),
        ("2025-W52", "28 Dec 2025", "7 of 10 (4 answers)"),
    ]


def test_a_year_of_53_weeks():
    told = weekly(SERVICE.name, 7.0, 8.0, last=date(2027, 1, 10))
    rows = read(weeks_table({SERVICE.name: told}, [SERVICE]))[3]
    assert [cells[0] for cells in rows] == ["2027-W01", "2026-W53"]


def test_several_metrics_side_by_side_where_each_tells():
    told = {SERVICE.name: weekly(SERVICE.name, 7.0), HOURS.name: weekly(HOURS.name, 1.0, None)}
    _, _, headings, rows = read(weeks_table(told, [SERVICE, HOURS]))
    assert headings == ["Week", "To Sunday", "Customer Service Rating", "Average Response Time"]
    assert rows == [
        ("2026-W01", "4 Jan 2026", "7 of 10 (4 answers)", "nothing counted"),
        ("2025-W52", "28 Dec 2025", "–", "1 hour (4 answered messages)"),
    ]


@pytest.mark.parametrize("rows", ["some", "none"])
def test_the_weeks_of_an_example(rows):
    account, as_of = example(SERVICE)
    told = {one.name: trend(one, account, as_of, days=56, window_days=7) for one in DASHBOARD}
    told = told if rows == "some" else {name: frame.clear() for name, frame in told.items()}
    found = read(weeks_table(told, DASHBOARD))
    assert len(found[2]) == 5
    assert len(found[3]) == (8 if rows == "some" else 0)


CHARTS = {
    "points": (weekly(SERVICE.name, 7.0, 8.25), "In the last whole week: 8.3 of 10 (4 answers)."),
    "hours": (weekly(HOURS.name, 7.0, 1.0), "In the last whole week: 1 hour (4 answered messages)."),
    "a share": (
        pl.DataFrame([row(metric=FIRST.name, window_end=SUNDAY)]),
        "In the last whole week: 3.1 % (12 of 388).",
    ),
    "nothing counted": (weekly(SERVICE.name, 7.0, None), "In the last whole week: nothing counted."),
}


@pytest.mark.parametrize("case", CHARTS)
def test_a_picture_of_the_weeks(case):
    told, said = CHARTS[case]
    one = metric(told["metric"][0])
    spec = whole(weeks_chart(told, one))
    assert spec["title"]["text"] == one.definition.question
    assert spec["title"]["subtitle"] == says(spec) == said
    assert [point["week"] for point in drawn(spec)] == ["W52", "W01"][-told.height :]


def test_a_picture_of_no_week_is_none():
    assert weeks_chart(weekly(SERVICE.name, 7.0).clear(), SERVICE) is None
    assert weeks_chart(weekly(SERVICE.name, None, None), SERVICE) is None


@pytest.mark.parametrize("one", DASHBOARD, ids=lambda one: one.name)
def test_a_picture_of_the_weeks_of_an_example(one):
    account, as_of = example(one)
    assert len(drawn(whole(weeks_chart(trend(one, account, as_of, days=56, window_days=7), one)))) == 8


def valid(now, *past):
    frame = weekly(SERVICE.name, 7.75, last=date(2026, 1, 4)) if past else weekly(SERVICE.name, 1.0).clear()
    shown = valid_card(frame, pl.DataFrame([now]), SERVICE)
    assert is_twin(shown)
    return shown.text


TOO_FEW = mean_row(SERVICE.name, 9.0, 3, status="TOO_FEW")


def test_too_few_answers_keep_the_last_valid_rating():
    assert valid(TOO_FEW, "one") == (
        "The last valid rating stays: 7.8 of 10 (4 answers), of the window that ended with week 2026-W01."
    )


def test_a_year_without_answers_enough_has_no_rating():
    assert valid(TOO_FEW) == "In the last year no window had 40 answers: there is no rating yet."


@pytest.mark.parametrize("more", [{}, {"status": "NONE", "counted": 39}, NOTHING], ids=["few", "no verdict", "nothing"])
def test_a_window_without_answers_enough_keeps_it_too(more):
    assert valid(TOO_FEW | more, "one").startswith("The last valid rating stays: 7.8 of 10")
    assert valid(TOO_FEW | more) == "In the last year no window had 40 answers: there is no rating yet."


@pytest.mark.parametrize("more", [{"status": "NONE", "counted": 40}, NOT_COMPUTABLE], ids=["enough", "missing"])
def test_otherwise_nothing_is_said_of_it(more):
    assert valid(TOO_FEW | more, "one") == ""


RATINGS = metric("feedback_rating")


def rated(*counts):
    """Ratings of five to one star in the window of a year and of a lifetime."""
    rows = [(days, star, counts[5 - star]) for days in (365, 3660) for star in (5, 4, 3, 2, 1)]
    return pl.DataFrame(rows, schema={"window_days": pl.Int64, "stars": pl.Int64, "ratings": pl.Int64}, orient="row")


def test_ratings_by_stars():
    account, _ = example(RATINGS)
    assert read(stars_table(rated(1200, 4, 3, 2, 0), account)) == (
        "Ratings by stars",
        "All ratings.",
        ["Stars", "365 days", "Lifetime"],
        [
            ("5 stars", "1,200", "1,200"),
            ("4 stars", "4", "4"),
            ("3 stars", "3", "3"),
            ("2 stars", "2", "2"),
            ("1 star", "0", "0"),
        ],
    )


def test_what_amazons_file_never_holds_is_a_dash():
    account, _ = example(RATINGS)
    amazons = replace(account, provided=account.provided - {EVERY_STAR})
    _, subtitle, _, rows = read(stars_table(rated(0, 0, 3, 2, 0), amazons))
    assert subtitle == "Amazon's feedback file holds only one to three stars."
    assert [cells[1] for cells in rows] == ["–", "–", "3", "2", "0"]


def test_without_a_file_of_ratings_no_number_is_zero():
    account, _ = example(RATINGS)
    _, subtitle, _, rows = read(stars_table(rated(0, 0, 0, 0, 0), replace(account, provided=frozenset())))
    assert {cells[1] for cells in rows} == {"–"}
    assert "Amazon's feedback file" not in subtitle


def test_ratings_of_the_example():
    account, as_of = example(RATINGS)
    _, _, headings, rows = read(stars_table(stars(RATINGS, account, as_of), account))
    assert headings == ["Stars", "365 days", "90 days", "30 days", "Lifetime"]
    # Of five stars one came a year ago, one in February, one a day before the 30 days, and one today.
    assert rows == [
        ("5 stars", "4", "3", "1", "4"),
        ("4 stars", "1", "1", "1", "1"),
        ("3 stars", "1", "1", "1", "1"),
        ("2 stars", "1", "1", "1", "1"),
        ("1 star", "2", "2", "2", "3"),
    ]
