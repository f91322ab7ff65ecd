"""Every number a reader sees is written here: shares, hours, points, counts, days, windows."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sellerhealth.definition.metric import Unit
from sellerhealth.definition.policy import LONGEST

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def percent(share: float, beside: float | None = None) -> str:
    """A share as a percentage: two digits behind the point below 2 %, else one.

    More where it would look whole, or like the share `beside`: a rate just off its target must not
    read as the target.

    Example:
        >>> percent(0.00834), percent(0.0309), percent(0.0625), percent(0.04), percent(0.0396)
        ('0.83 %', '3.1 %', '6.3 %', '4 %', '3.96 %')
        >>> percent(0.02524, beside=0.025)
        '2.52 %'
    """
    points = share * 100
    if abs(points - round(points)) < 1e-9:
        return f"{round(points)} %"
    digits = 2 if points < 2 else 1
    while digits < 6 and _misleads(points, digits, beside):
        digits += 1
    return f"{_rounded(points, digits)} %"


def _misleads(points: float, digits: int, beside: float | None) -> bool:
    shown = _rounded(points, digits)
    is_whole = shown == shown.to_integral_value()
    return is_whole or (beside is not None and points != beside * 100 and shown == _rounded(beside * 100, digits))


def _rounded(points: float, digits: int) -> Decimal:
    """Half is rounded up, as people do."""
    return Decimal(repr(points)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def count(number: int, thing: tuple[str, str]) -> str:
    """A number of things, correct in the singular.

    Example:
        >>> count(1, ("late order", "late orders")), count(1200, ("order", "orders"))
        ('1 late order', '1,200 orders')
    """
    return f"{number:,} {thing[0] if number == 1 else thing[1]}"


def day(when: date, *, year: bool = True) -> str:
    """A day, short and without doubt about the month.

    Example:
        >>> day(date(2026, 3, 9)), day(date(2026, 3, 9), year=False)
        ('9 Mar 2026', '9 Mar')
    """
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def span(days: int) -> str:
    """The length of a window.

    Example:
        >>> span(1), span(56), span(3660)
        ('1 day', '56 days', 'lifetime')
    """
    return "lifetime" if days == LONGEST else count(days, ("day", "days"))


def window(row: Mapping[str, Any]) -> str:
    """The window of a result: its length, first and last day.

    Example:
        >>> window({"window_days": 30, "window_start": date(2026, 3, 2), "window_end": date(2026, 3, 31)})
        '30 days, 2 Mar to 31 Mar 2026'
    """
    if row["window_days"] == LONGEST:
        return f"lifetime, to {day(row['window_end'])}"
    same_year = row["window_start"].year == row["window_end"].year
    start, end = day(row["window_start"], year=not same_year), day(row["window_end"])
    return f"{count(row['window_days'], ('day', 'days'))}, {start} to {end}"


def listed(parts: Sequence[str]) -> str:
    """Parts as a list that reads: commas, and "and" before the last.

    Example:
        >>> listed(["30 days", "7 days", "90 days"]), listed(["one"])
        ('30 days, 7 days and 90 days', 'one')
    """
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def plain(value: float, beside: float | None = None) -> str:
    """A number with one digit behind the point, more where it would read as none, or as the one `beside`.

    Example:
        >>> plain(12), plain(1234.56), plain(0.04), plain(0.0)
        ('12', '1,234.6', '0.04', '0')
    """
    digits = 1
    while digits < 6 and _is_hidden(value, _rounded(value, digits), beside, digits):
        digits += 1
    shown = f"{_rounded(value, digits):,}"
    return shown.removesuffix(".0")


def _is_hidden(value: float, shown: Decimal, beside: float | None, digits: int) -> bool:
    looks_equal = beside is not None and value != beside and shown == _rounded(beside, digits)
    return looks_equal or (value != 0 and shown == 0)


def figure(value: float, unit: str, beside: float | None = None) -> str:
    """A value in its unit: a share as a percentage, hours, or points of how many.

    Example:
        >>> figure(0.031, "percent"), figure(5.25, "hours"), figure(1, "hours"), figure(93.14, "of 100")
        ('3.1 %', '5.3 hours', '1 hour', '93.1 of 100')
        >>> figure(89.96, "of 100", beside=90)
        '89.96 of 100'
    """
    if unit == Unit.PERCENT:
        return percent(value, beside)
    number = plain(value, beside)
    if unit == Unit.HOURS:
        return f"{number} {'hour' if number == '1' else 'hours'}"
    return f"{number} {unit}"
