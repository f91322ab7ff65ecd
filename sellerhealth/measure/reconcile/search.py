"""The fewest readings that give Amazon's counts exactly; where none do, those that come nearest."""

from collections.abc import Sequence
from dataclasses import dataclass

from sellerhealth.measure.reconcile.outcomes import Set
from sellerhealth.measure.reconcile.readings import Cause
from sellerhealth.measure.reconcile.unread import Unread

MOST = 3
"""More readings together can explain any difference, and so explain none."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A set of readings, and what Amazon counts beyond it: defects, rows, and how many of its defects are unsure.

    `place` says where each reading stands among those that were tried, `astray` by how many orders its kinds of defects
    are not those that Amazon tells.
    """

    readings: Set
    place: tuple[int, ...]
    defects: int
    denominator: int
    unknown: int
    astray: int = 0

    @property
    def distance(self) -> int:
        """In whole orders."""
        return abs(self.defects) + abs(self.denominator)


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The readings found and what accounts for the rest of the difference; None where there is no rest.

    `others` are as many other ways, no longer and no worse, to the same counts.
    """

    readings: Set
    rest: Cause | None
    others: int


def search(trials: Sequence[Trial], lacking: Unread) -> Explanation:
    """What explains the difference, of these trials; the first is that of no reading."""
    plain = trials[0]
    # Where days are missing nobody can tell what else is counted otherwise.
    if lacking.days and lacking.holds(plain.defects, plain.denominator):
        return Explanation(readings=(), rest=Cause.UNREAD, others=0)
    exact = {trial: rest for trial in trials if (rest := _rest(trial, lacking)) is not Cause.UNEXPLAINED}
    if not exact:
        return Explanation(readings=_nearest(trials).readings, rest=Cause.UNEXPLAINED, others=0)
    order = {
        trial: (len(trial.readings) + (rest is not None), rest is not None, trial.astray)
        for trial, rest in exact.items()
    }
    best = min(exact, key=lambda trial: (order[trial], trial.place))
    others = sum(one == order[best] for one in order.values()) - 1
    return Explanation(readings=best.readings, rest=exact[best], others=others)


def _rest(trial: Trial, lacking: Unread) -> Cause | None:
    """What accounts for the rest that a trial leaves; None where there is none."""
    if not trial.distance:
        return None
    if trial.denominator == 0 and 0 < -trial.defects <= trial.unknown:
        return Cause.UNSURE
    if trial.denominator == 0 and trial.defects > 0 and lacking.lacks_input:
        return Cause.MISSING
    return Cause.UNREAD if lacking.holds(trial.defects, trial.denominator) else Cause.UNEXPLAINED


def _nearest(trials: Sequence[Trial]) -> Trial:
    """The trial that leaves least, and makes neither difference greater; of several the shortest.

    Each of its readings makes the difference less: without it, a shorter one would leave as little.
    """
    plain = trials[0]
    nearer = [
        trial
        for trial in trials
        if abs(trial.defects) <= abs(plain.defects) and abs(trial.denominator) <= abs(plain.denominator)
    ]
    return min(nearer, key=lambda trial: (trial.distance, len(trial.readings), trial.astray, trial.place))
