"""When an early sign rings: the terms a policy sets for the alarm, its own and not Amazon's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Source

SECTION = "early_warning"
LONGEST = 3660
WINDOWS = 2
OWN = ("windows", "past_days", "months")
"""What an account may set for itself."""


@dataclass(frozen=True, kw_only=True)
class EarlyWarning:
    """What is compared with what, and how seldom luck alone may ring.

    The last `short_days` and the last `long_days` are each compared with up to `past_days` before them; on chance
    alone all signals of an account together ring at most once in so many `months`.
    """

    short_days: int
    long_days: int
    past_days: int
    months: int
    source: Source
    why: str
    overridden: tuple[str, ...] = ()


def read(text: Mapping[str, Any], wanted: Mapping[str, Any]) -> EarlyWarning:
    """The terms of a policy file's section, with an account's own on top, named in `overridden`.

    Raises InputError for a strange or impossible term.

    Example:
        >>> from datetime import date
        >>> text = {"windows": [14, 28], "past_days": 180, "months": 6, "source": "Ours", "dated": date(2026, 11, 1)}
        >>> found = read({**text, "why": "To be seen."}, {"months": 12})
        >>> found.short_days, found.long_days, found.months, found.overridden
        (14, 28, 12, ('months',))
    """
    if strange := set(wanted) - set(OWN):
        raise _wrong(f"one of {', '.join(OWN)}", min(strange))
    given = {**text, **wanted}
    short, long = _windows(given["windows"])
    past, months = (_whole(given[name], name) for name in ("past_days", "months"))
    if past < long:
        raise _wrong(f"a past at least as long as the longer window, {long}", "past_days")
    return EarlyWarning(
        short_days=short,
        long_days=long,
        past_days=past,
        months=months,
        source=Source(text=text["source"], dated=text["dated"]),
        why=text["why"],
        overridden=tuple(sorted(wanted)),
    )


def _windows(given: object) -> tuple[int, int]:
    if not isinstance(given, list) or len(given) != WINDOWS:
        raise _wrong("a shorter and a longer window, such as [14, 28]", "windows")
    short, long = (_whole(days, "windows") for days in given)
    if short >= long:
        raise _wrong("the shorter window first, such as [14, 28]", "windows")
    return short, long


def _whole(value: object, column: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LONGEST:
        raise _wrong(f"a whole number from 1 to {LONGEST}", column)
    return value


def _wrong(expected: str, column: str) -> InputError:
    return InputError("account.toml", expected, f"Check [override.{SECTION}].", column=column)
