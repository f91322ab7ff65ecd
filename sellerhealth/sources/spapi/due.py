"""Which files are due: those that are not there, and those that may have changed since they were fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sellerhealth.sources.spapi.periods import DAY, Period, blocks, stretches
from sellerhealth.sources.spapi.state import State, period_of
from sellerhealth.sources.spapi.wanted import Wanted

BEHIND = timedelta(minutes=3)
"""Amazon's orders of the last two minutes are not to be had yet."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """A file to fetch."""

    wanted: Wanted
    period: Period

    @property
    def name(self) -> str:
        """Its name: what it is and of which days, so that the same days fetched again replace it."""
        return f"{self.wanted.name}_{self.period}.{self.wanted.ends}".replace(" ", "_")

    @property
    def shown(self) -> str:
        """Its name in sentences."""
        return f"{self.wanted.label[0].upper()}{self.wanted.label[1:]}, {self.period}"


def due(state: State, kind: Wanted, since: date | None, until: date, now: datetime) -> list[Due]:
    """The files of a kind to fetch, for the days from `since` (as far back as the account needs) to `until`."""
    first, today = since or until - DAY * kind.back, now.date()
    if not kind.report:
        periods = _orders(state, kind, first, min(until, (now - BEHIND).date()), today)
    elif not kind.days:
        periods = iter([Period(today, today)])
    else:
        periods = iter(blocks(first, until, kind.days))
    found = [Due(wanted=kind, period=period) for period in periods]
    return [one for one in found if one.name in state.pages or _may_differ(state.fetched(one.name), one, today)]


def _may_differ(fetched: datetime | None, one: Due, today: date) -> bool:
    """Whether Amazon may now tell something else than when it was fetched; once a day is enough."""
    if not fetched:
        return True
    return fetched.date() != today and fetched.date() <= one.period.last + DAY * one.wanted.settles


def _orders(state: State, kind: Wanted, first: date, last: date, today: date) -> Iterator[Period]:
    """What an earlier run began, then the days without pages. An order that changes comes again on the day it does."""
    begun = [period_of(entry) for entry in state.pages.values()]
    yield from begun
    done = {day for period in begun for day in period.days()}
    for name, entry in state.kept.items():
        fetched = state.fetched(name)
        if fetched and name.startswith(f"{kind.name}_"):
            over = (fetched - BEHIND).date()
            done |= {day for day in period_of(entry).days() if day < over or fetched.date() == today}
    yield from stretches(set(Period(first, last).days()) - done, kind.days)
