"""The last day looked at, named by a week or a month."""

import re
from calendar import monthrange
from datetime import date

from sellerhealth.definition.errors import InputError

SUNDAY = 7
WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def last_day(*, week: str = "", month: str = "", as_of: str = "") -> str:
    """The last day of a week or a month as text; `as_of` as it is; empty when none is given.

    Weeks are those of ISO 8601: they begin on Monday and end on Sunday. Raises InputError for a week or month that
    does not exist, and for two of them at once.

    Example:
        >>> last_day(week="2026-W46"), last_day(month="2026-10"), last_day(as_of="2026-11-15")
        ('2026-11-15', '2026-10-31', '2026-11-15')
        >>> last_day(week="2026-W01"), last_day(week="2026-W53"), last_day(month="2028-02"), last_day()
        ('2026-01-04', '2027-01-03', '2028-02-29', '')
    """
    if sum(map(bool, (week, month, as_of))) > 1:
        raise InputError("--week, --month, --as-of", "at most one of them", "Leave the others out.")
    return _sunday(week) if week else _month_end(month) if month else as_of


def _sunday(week: str) -> str:
    """The Sunday that ends a week."""
    year, number = _parts(WEEK, week, "--week", "a week such as 2026-W46")
    weeks = date(year, 12, 28).isocalendar().week
    if not 1 <= number <= weeks:
        raise InputError("--week", f"a week from W01 to W{weeks}: that year has no other", "Correct the number.")
    try:
        return date.fromisocalendar(year, number, SUNDAY).isoformat()
    except ValueError:
        # The last week of the last year that a calendar knows ends outside it.
        raise InputError("--week", "a week such as 2026-W46", "Correct the year.") from None


def _month_end(month: str) -> str:
    year, number = _parts(MONTH, month, "--month", "a month such as 2026-10")
    if not 1 <= number <= 12:
        raise InputError("--month", "a month from 01 to 12", "Write year-month, such as 2026-10.")
    return date(year, number, monthrange(year, number)[1]).isoformat()


def _parts(pattern: re.Pattern[str], text: str, where: str, expected: str) -> tuple[int, int]:
    """The year and the number, as they are written."""
    found = pattern.fullmatch(text)
    if not found or found[1] == "0000":
        raise InputError(where, expected, "Write it so.")
    return int(found[1]), int(found[2])
