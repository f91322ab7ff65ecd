"""Every number a reader sees: its unit, its singular, its digits, and the days of its window."""

import locale
from datetime import date

import pytest

from sellerhealth.show import numbers

LATE = ("late order", "late orders")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (1 / 3, "33.3 %"),
        (0.0083, "0.83 %"),
        (0.00004, "0.004 %"),
        (0.01, "1 %"),
        (0.00999, "0.999 %"),
        (0.009999, "0.9999 %"),
        (0.0399, "3.99 %"),
        (0.0401, "4.01 %"),
        (0.07, "7 %"),
        (0.29, "29 %"),
        (0.999, "99.9 %"),
        (0.9999, "99.99 %"),
        (1 / 713, "0.14 %"),
        (0.0625, "6.3 %"),
        (0.0195, "1.95 %"),
    ],
)
def test_percent(share, said):
    assert numbers.percent(share) == said


@pytest.mark.parametrize("target", [0.01, 0.025, 0.04, 0.9, 0.95])
def test_a_rate_beside_its_target_never_reads_as_the_target(target):
    orders = [7, 99, 101, 388, 713, 4001, 99_999]
    shares = [(round(target * of) + more) / of for of in orders for more in (-1, 0, 1)]
    assert [
        share for share in shares if share != target and numbers.percent(share, target) == numbers.percent(target)
    ] == []


@pytest.mark.parametrize("mean", [89.96, 89.999, 90.001, 90.04])
def test_points_beside_their_target_never_read_as_the_target(mean):
    assert numbers.figure(mean, "of 100", 90) != numbers.figure(90, "of 100")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 late orders"),
        (1, "1 late order"),
        (2, "2 late orders"),
        (1_234_567, "1,234,567 late orders"),
    ],
)
def test_count(number, said):
    assert numbers.count(number, LATE) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.031, "percent", "3.1 %"),
        (0, "percent", "0 %"),
        (0, "hours", "0 hours"),
        (0.04, "hours", "0.04 hours"),
        (0.95, "hours", "1 hour"),
        (1, "hours", "1 hour"),
        (1.04, "hours", "1 hour"),
        (1.05, "hours", "1.1 hours"),
        (5.25, "hours", "5.3 hours"),
        (1234.56, "hours", "1,234.6 hours"),
        (7.75, "of 10", "7.8 of 10"),
        (10, "of 10", "10 of 10"),
        (0, "of 10", "0 of 10"),
        (1, "of 10", "1 of 10"),
        (93.14, "of 100", "93.1 of 100"),
        (100.0, "of 100", "100 of 100"),
    ],
)
def test_figure(value, unit, said):
    assert numbers.figure(value, unit) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 3, 9), "9 Mar 2026"), (date(2026, 12, 31), "31 Dec 2026"), (date(2024, 2, 29), "29 Feb 2024")],
)
def test_a_day_cannot_be_taken_for_a_month(day, said):
    assert numbers.day(day) == said


def test_a_day_without_its_year():
    assert numbers.day(date(2026, 3, 9), year=False) == "9 Mar"


def test_days_do_not_depend_on_the_locale():
    before = locale.setlocale(locale.LC_TIME)
    for name in ("de_DE.UTF-8", "C.UTF-8", "C"):
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        assert numbers.day(date(2026, 10, 3)) == "3 Oct 2026"
    locale.setlocale(locale.LC_TIME, before)


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 day"), (2, "2 days"), (365, "365 days"), (3659, "3,659 days"), (3660, "lifetime")]
)
def test_span(days, said):
    assert numbers.span(days) == said


@pytest.mark.parametrize(
    ("first", "last", "days", "said"),
    [
        (date(2026, 3, 2), date(2026, 3, 31), 30, "30 days, 2 Mar to 31 Mar 2026"),
        (date(2025, 12, 20), date(2026, 1, 8), 20, "20 days, 20 Dec 2025 to 8 Jan 2026"),
        (date(2025, 1, 1), date(2025, 12, 31), 365, "365 days, 1 Jan to 31 Dec 2025"),
        (date(2025, 4, 1), date(2026, 3, 31), 365, "365 days, 1 Apr 2025 to 31 Mar 2026"),
        (date(2026, 3, 2), date(2026, 3, 2), 1, "1 day, 2 Mar to 2 Mar 2026"),
        (date(2016, 3, 24), date(2026, 3, 31), 3660, "lifetime, to 31 Mar 2026"),
    ],
)
def test_window(first, last, days, said):
    assert numbers.window({"window_start": first, "window_end": last, "window_days": days}) == said
