"""How fast the defects of one seller come, and what their rate may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import CLEAN, DEFECTS, Basis, Metric, Unit
from sellerhealth.measure.judge import basis_of_inputs
from sellerhealth.measure.outlook.belief import Belief, Numbers
from sellerhealth.measure.outlook.maturity import delays, maturity
from sellerhealth.measure.outlook.mixture import Mixture
from sellerhealth.measure.tally import KEYS

LEAST_DAYS = 60
"""Complaints take up to a month: in less than two nobody has seen what share comes late."""
LEAST_DAYS_AT_ONCE = 28
"""Where a defect is known on its day it takes no more than the days that what is to come is taken from."""
LEAST_DEFECTS = 8
"""Half of eight is four, give or take three: with fewer, nobody can say what share is known after so many days, nor
how many go wrong in a month."""
WEEK = 7
WEEKS = 104
"""Older weeks tell nothing of the rate any more."""
NOT_YET = -1.0
"""The age of a row that is still to come: none of its defects can be known."""
Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Looked:
    """Days looked at, and the first and last day of the window of each; in days from today, which is 0."""

    on: Numbers
    start: Numbers
    end: Numbers


class Gap(StrEnum):
    """Why nothing can be said of what is still to come; NONE: it can."""

    NONE = "NONE"
    NO_SHARE = "NO_SHARE"
    NO_INPUT = "NO_INPUT"
    NO_ROWS = "NO_ROWS"
    SHORT_HISTORY = "SHORT_HISTORY"
    FEW_DEFECTS = "FEW_DEFECTS"
    NO_DATES = "NO_DATES"


@dataclass(frozen=True, kw_only=True, eq=False)
class Pace:
    """What the history of one channel says: the share of defects `matured` at each age, and what the rate may be.

    `days` from the first event day to the day looked at, both counted; `dated` and `undated` defects among all that
    were counted.
    """

    gap: Gap
    days: int
    dated: int
    undated: int
    matured: Numbers
    belief: Belief

    @property
    def median(self) -> int:
        """The age in days by which half of the defects are known."""
        return int(np.searchsorted(self.matured, 0.5))

    def known_by(self, age: Numbers) -> Numbers:
        """The share of all defects that is known at an age; beyond the oldest, all."""
        found: Numbers = np.where(age < 0, 0.0, self.matured[np.clip(age, 0, len(self.matured) - 1).astype(int)])
        return found

    def to_come(self, rows: pl.DataFrame, looked: Looked, *, ahead: Numbers) -> Mixture:
        """How many more defects will be known in the window of each day looked at.

        `rows` are those of `coming.by_day`: clean ones may turn out defective until that day, and those still to come
        too. The rate is that of so many days `ahead`.
        """
        day = rows["day"].to_numpy().astype(float)[None, :]
        inside, age = (day >= looked.start[:, None]) & (day <= looked.end[:, None]), looked.on[:, None] - day
        rates = self.belief.rates(ahead / WEEK)
        known, new = (
            self._chances(self.known_by(now), self.known_by(age), rates) for now in (-day, np.full_like(day, NOT_YET))
        )
        counts = [inside * rows[name].to_numpy() for name in ("clean", "to_come")]
        return Mixture.of(np.hstack(counts), np.hstack([known, new]), self.belief.weights)

    @staticmethod
    def _chances(by_now: Numbers, by_then: Numbers, rates: Numbers) -> Numbers:
        """The chance of a defect known then, of a row clean now, by day, group and rate."""
        rate, share_now, share_then = rates[:, None, :], by_now[..., None], by_then[..., None]
        found: Numbers = rate * (share_then - share_now).clip(0) / (1 - rate * share_now)
        return found


@lru_cache(maxsize=64)
def paces(metric: Metric, account: Account, as_of: date) -> Mapping[Key, Pace]:
    """The pace of every account, marketplace and channel in which anything was counted; none of what is no share."""
    if not is_share(metric):
        return {}
    found = delays(metric, account, as_of).filter(pl.col("event_on") <= as_of)
    ages = maturity(metric, account, as_of).partition_by(KEYS, as_dict=True)
    parts = found.partition_by(KEYS, as_dict=True)
    return {_key(key): _pace(metric, part, ages.get(key), as_of) for key, part in parts.items()}


def why_none(metric: Metric, account: Account) -> Gap:
    """Why a channel without a pace has none."""
    if not is_share(metric):
        return Gap.NO_SHARE
    return Gap.NO_INPUT if basis_of_inputs(metric, account) is Basis.NOT_COMPUTABLE else Gap.NO_ROWS


def is_share(metric: Metric) -> bool:
    """Whether the figure is a plain share of rows, of the defects or of the clean ones."""
    figure = metric.definition.figure
    return (
        metric.definition.unit is Unit.PERCENT and (figure is DEFECTS or figure is CLEAN) and not metric.terms.weights
    )


def _pace(metric: Metric, arrived: pl.DataFrame, ages: pl.DataFrame | None, as_of: date) -> Pace:
    """A defect of which nobody says when it became known was known on its day: then nothing has to be learnt first."""
    is_told_later = metric.definition.known_on is not None
    matured = ages["matured"].fill_null(1.0).to_numpy() if is_told_later and ages is not None else np.ones(1)
    is_dated = pl.col("delay").is_not_null()
    dated, undated = (int(arrived.filter(each)["defects"].sum()) for each in (is_dated, ~is_dated))
    days = (as_of - arrived.select(pl.col("event_on").min()).item()).days + 1
    return Pace(
        gap=_gap(days, dated, undated, least_days(metric)),
        days=days,
        dated=dated,
        undated=undated,
        matured=matured,
        belief=_belief(arrived, matured, as_of),
    )


def _belief(arrived: pl.DataFrame, matured: Numbers, as_of: date) -> Belief:
    """A young row tells less: it counts as the share of a row whose defects would be known by now."""
    age = arrived.select((pl.lit(as_of) - pl.col("event_on")).dt.total_days()).to_series().to_numpy()
    told = arrived["counted"].to_numpy() * matured[np.minimum(age, len(matured) - 1)]
    week, is_near = age // WEEK, age < WEEKS * WEEK
    oldest = week.max(where=is_near, initial=0)
    defects, rows = (
        np.bincount(oldest - week[is_near], weights=each[is_near]).astype(np.float64)
        for each in (arrived["defects"].to_numpy(), told)
    )
    return Belief.after(defects, rows)


def least_days(metric: Metric) -> int:
    """How many days of history it takes."""
    return LEAST_DAYS_AT_ONCE if metric.definition.known_on is None else LEAST_DAYS


def _gap(days: int, dated: int, undated: int, least: int) -> Gap:
    if days < least:
        return Gap.SHORT_HISTORY
    if undated > dated:
        return Gap.NO_DATES
    return Gap.FEW_DEFECTS if dated < LEAST_DEFECTS else Gap.NONE


def _key(key: tuple[object, ...]) -> Key:
    account, marketplace, channel = map(str, key)
    return account, marketplace, channel
