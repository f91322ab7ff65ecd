"""What one order, message, rating or parcel adds to a figure, and what they add up to."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

CLEAN, DEFECT, UNSURE = "clean", "defect", "unsure"
POLICIES = ("handbook", "amazon-2026")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row that is counted: where, on which day, and what each of its units adds at worst and at best."""

    channel: str = "ALL"
    day: date
    verdict: str
    worst: int
    best: int
    units: int = 1


class Counts(NamedTuple):
    """The counts of a window, in the order of the columns of a result."""

    numerator: int = 0
    at_best: int = 0
    denominator: int = 0
    counted: int = 0
    defects: int = 0
    unknown: int = 0

    def with_one(self, entry: Entry, weight: int) -> "Counts":
        """One row more; only the figure is weighted, never how many there were."""
        return Counts(
            self.numerator + entry.worst * entry.units * weight,
            self.at_best + entry.best * entry.units * weight,
            self.denominator + entry.units * weight,
            self.counted + entry.units,
            self.defects + entry.units * (entry.verdict != CLEAN),
            self.unknown + entry.units * (entry.verdict == UNSURE),
        )


def bad(day: date, verdict: str, *, channel: str = "ALL", units: int = 1) -> Entry:
    """A row of a share of bad ones."""
    return Entry(channel=channel, day=day, verdict=verdict, units=units, worst=verdict != CLEAN, best=verdict == DEFECT)


def good(day: date, verdict: str, *, channel: str = "ALL", units: int = 1) -> Entry:
    """A row of a share of good ones."""
    return Entry(channel=channel, day=day, verdict=verdict, units=units, worst=verdict == CLEAN, best=verdict != DEFECT)


def worst_of(verdicts: list[str]) -> str:
    """One certain flaw makes it certain; else one unsure flaw makes it unsure."""
    return DEFECT if DEFECT in verdicts else UNSURE if UNSURE in verdicts else CLEAN
