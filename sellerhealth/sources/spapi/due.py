"""Which files are due: those that are not there, and those that may have changed since they were fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.settings import Settings
from sellerhealth.sources.spapi import places
from sellerhealth.sources.spapi.periods import DAY, Period, blocks, stretches
from sellerhealth.sources.spapi.state import Entry, State, period_of
from sellerhealth.sources.spapi.wanted import Wanted

BEHIND = timedelta(minutes=3)
"""Amazon's orders of the last two minutes are not to be had yet."""
AGAIN = timedelta(hours=1)
"""What may still change is not asked for again sooner."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """A file to fetch: what, of which days, of which marketplaces."""

    wanted: Wanted
    period: Period
    places: tuple[Marketplace, ...]

    @property
    def name(self) -> str:
        """Its name: what it is and of which days, so that the same days fetched again replace it."""
        period = "" if self.wanted.replaces else f"_{self.period}"
        return f"{self.wanted.name}{self._place('_{}')}{period}.{self.wanted.ends}".replace(" ", "_")

    @property
    def shown(self) -> str:
        """Its name in sentences."""
        return f"{self.wanted.label[0].upper()}{self.wanted.label[1:]}{self._place(' ({})')}, {self.period}"

    @property
    def marketplaces(self) -> list[str]:
        """The ids of its marketplaces."""
        return [place.marketplace_id for place in self.places]

    @property
    def told(self) -> Entry:
        """What is remembered of it."""
        return {"first": f"{self.period.first}", "last": f"{self.period.last}", "marketplaces": self.marketplaces}

    def _place(self, pattern: str) -> str:
        return "" if self.wanted.places == "together" else pattern.format(self.places[0].code)


def due(state: State, kind: Wanted, settings: Settings, days: tuple[date | None, date], now: datetime) -> list[Due]:
    """The files of a kind to fetch, for the days from the first (as far back as the account needs) to the last."""
    since, until = days
    first, today = since or until - DAY * kind.back, now.date()
    if not kind.report:
        whole = Due(wanted=kind, period=Period(first, min(until, (now - BEHIND).date())), places=settings.marketplaces)
        return [Due(wanted=kind, period=period, places=whole.places) for period in _orders(state, whole, now)]
    periods = blocks(first, until, kind.days) if kind.days else [Period(today, today)]
    shares = places.files(kind, settings)
    found = [Due(wanted=kind, period=period, places=shared) for shared in shares for period in periods]
    return [one for one in found if _may_differ(state.fetched(one.name, one.marketplaces), one, now)]


def _may_differ(fetched: datetime | None, one: Due, now: datetime) -> bool:
    """Whether Amazon may now tell something else than when it was fetched."""
    if not fetched:
        return True
    return fetched.date() <= one.period.last + DAY * one.wanted.settles and now - fetched >= AGAIN


def _orders(state: State, whole: Due, now: datetime) -> Iterator[Period]:
    """What an earlier run began, then the days without pages. An order that changes comes again on the day it does."""
    begun = [period_of(entry) for entry in state.pages.values()]
    yield from begun
    done = {day for period in begun for day in period.days()}
    for name, entry in state.kept.items():
        fetched = state.fetched(name, whole.marketplaces)
        if fetched and name.startswith(f"{whole.wanted.name}_"):
            over = (fetched - BEHIND).date()
            done |= {day for day in period_of(entry).days() if day < over or now - fetched < AGAIN}
    yield from stretches(set(whole.period.days()) - done, whole.wanted.days)
