"""A week or a month gives the last day looked at; what is no week, no month, or two at once is refused in words."""

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.report.period import last_day


@pytest.mark.parametrize(
    ("week", "sunday"),
    [
        ("2026-W46", "2026-11-15"),
        ("2026-W01", "2026-01-04"),
        ("2026-W53", "2027-01-03"),
        ("2025-W52", "2025-12-28"),
        ("2024-W09", "2024-03-03"),
    ],
)
def test_a_week_ends_on_its_sunday(week, sunday):
    assert last_day(week=week) == sunday


@pytest.mark.parametrize(
    ("month", "last"),
    [("2026-10", "2026-10-31"), ("2026-02", "2026-02-28"), ("2028-02", "2028-02-29"), ("2026-12", "2026-12-31")],
)
def test_a_month_ends_on_its_last_day(month, last):
    assert last_day(month=month) == last


@pytest.mark.parametrize("as_of", ["", "2026-11-15", "15.11.2026"])
def test_a_day_is_left_as_it_is(as_of):
    """Whether it is one is said where accounts are opened."""
    assert last_day(as_of=as_of) == as_of


@pytest.mark.parametrize(
    ("week", "told"),
    [
        ("2026-W54", "--week: expected a week from W01 to W53: that year has no other. Correct the number."),
        ("2025-W53", "--week: expected a week from W01 to W52: that year has no other. Correct the number."),
        ("2026-W00", "--week: expected a week from W01 to W53: that year has no other. Correct the number."),
        ("2026-46", "--week: expected a week such as 2026-W46. Write it so."),
        ("2026W46", "--week: expected a week such as 2026-W46. Write it so."),
        ("2026-w46", "--week: expected a week such as 2026-W46. Write it so."),
        ("2026-W46-7", "--week: expected a week such as 2026-W46. Write it so."),
        ("2026-W46\n", "--week: expected a week such as 2026-W46. Write it so."),
        ("２０２６-W46", "--week: expected a week such as 2026-W46. Write it so."),
        ("0000-W01", "--week: expected a week such as 2026-W46. Write it so."),
        ("9999-W52", "--week: expected a week such as 2026-W46. Correct the year."),
    ],
)
def test_what_is_no_week(week, told):
    with pytest.raises(InputError) as refused:
        last_day(week=week)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2026-13", "--month: expected a month from 01 to 12. Write year-month, such as 2026-10."),
        ("2026-00", "--month: expected a month from 01 to 12. Write year-month, such as 2026-10."),
        ("2026-1", "--month: expected a month such as 2026-10. Write it so."),
        ("2026-10-31", "--month: expected a month such as 2026-10. Write it so."),
        ("October", "--month: expected a month such as 2026-10. Write it so."),
        ("0000-10", "--month: expected a month such as 2026-10. Write it so."),
    ],
)
def test_what_is_no_month(month, told):
    with pytest.raises(InputError) as refused:
        last_day(month=month)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    "given",
    [
        {"week": "2026-W46", "month": "2026-10"},
        {"week": "2026-W46", "as_of": "2026-11-15"},
        {"month": "2026-10", "as_of": "2026-11-15"},
        {"week": "2026-W46", "month": "2026-10", "as_of": "2026-11-15"},
    ],
)
def test_at_most_one_is_given(given):
    with pytest.raises(InputError) as refused:
        last_day(**given)
    assert str(refused.value) == "--week, --month, --as-of: expected at most one of them. Leave the others out."
