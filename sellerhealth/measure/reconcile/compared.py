"""Our count in Amazon's span, and the readings that lead from it to Amazon's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.performance import AMAZONS_POLICY
from sellerhealth.measure.reconcile.outcomes import Set, counts, profiles
from sellerhealth.measure.reconcile.readings import Cause, Reading, readings
from sellerhealth.measure.reconcile.search import MOST, Trial, search
from sellerhealth.measure.reconcile.snapshot import Snapshot
from sellerhealth.measure.reconcile.unread import Unread, unread
from sellerhealth.metrics import policy

Pair = tuple[int, int]
PAIR = ("numerator", "denominator")


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The readings that explain a figure of Amazon's.

    `counts` are (numerator, denominator) with none of them, with the first, with the first two, …; `rest` is what
    accounts for what is left, if anything is; `others` is how many more ways lead to the same counts.
    """

    readings: Set
    counts: tuple[Pair, ...]
    amazons: Pair
    rest: Cause | None
    others: int
    lacking: Unread

    @property
    def own(self) -> Pair:
        """Our count as the metric reads it."""
        return self.counts[0]


@lru_cache(maxsize=32)
def compared(metric: Metric, account: Account, as_of: date, snapshot: Snapshot) -> Compared:
    """What leads from our count to the snapshot's, which can be compared."""
    channel, day = snapshot.channel or "", snapshot.reported_on
    asked = readings(metric, policy(AMAZONS_POLICY)[metric.name], channel)
    profile = profiles(metric, account, day, as_of, snapshot.span, asked).filter(account=snapshot.account)
    told = list(_that_matter(asked, profile))
    sets = list(_sets(told))
    taken = counts(metric, account, channel, profile.lazy(), sets)
    pairs = dict(zip(sets, taken.select(PAIR).rows(), strict=True))
    lacking = unread(metric, account, day, snapshot.account, snapshot.span)
    found = search(_trials(metric, told, taken, sets, snapshot), lacking)
    steps = tuple(pairs[found.readings[:number]] for number in range(len(found.readings) + 1))
    return Compared(
        readings=found.readings,
        counts=steps,
        amazons=_pair(snapshot),
        rest=found.rest,
        others=found.others,
        lacking=lacking,
    )


def _that_matter(asked: Sequence[Reading], profile: pl.DataFrame) -> Iterator[Reading]:
    """The readings that read any row otherwise than the metric, and otherwise than one before on the same question."""
    seen: dict[str, list[pl.Series]] = {}
    for reading in asked:
        column = profile[reading.name]
        known = seen.setdefault(reading.question, [profile[reading.question]])
        if not any(column.eq_missing(one).all() for one in known):
            known.append(column)
            yield reading


def _sets(told: Sequence[Reading]) -> Iterator[Set]:
    """Every set of at most `MOST` readings, the empty one first, none with two on one question."""
    for size in range(MOST + 1):
        for one in combinations(told, size):
            if len({reading.question for reading in one}) == size:
                yield one


def _trials(
    metric: Metric, told: Sequence[Reading], taken: pl.DataFrame, sets: Sequence[Set], snapshot: Snapshot
) -> list[Trial]:
    """What each set leaves; in defects, also where the figure is the share of rows without one."""
    place = {reading: position for position, reading in enumerate(told)}
    numerator, denominator = _pair(snapshot)
    above, more = numerator - pl.col("numerator"), denominator - pl.col("denominator")
    defects = more - above if metric.definition.condition.more_is_good else above
    astray = [(pl.col(flaw) - count).abs() for flaw, count in snapshot.kinds if flaw in taken.columns]
    left = taken.select(
        defects=defects,
        denominator=more,
        unknown="unknown",
        astray=pl.sum_horizontal(pl.lit(0), *astray),
    )
    return [
        Trial(readings=one, place=tuple(place[reading] for reading in one), **row)
        for one, row in zip(sets, left.to_dicts(), strict=True)
    ]


def _pair(snapshot: Snapshot) -> Pair:
    return snapshot.numerator or 0, snapshot.denominator or 0
