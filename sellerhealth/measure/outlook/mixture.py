"""How many defects come of many rows, each with a small chance of its own, when the rate is not known for sure."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc  # type: ignore[import-untyped]

from sellerhealth.measure.outlook.belief import Numbers

MIDDLE = 0.5
FAR = 12
"""So many standard deviations above the mean, and as many defects more, there is nothing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Mixture:
    """The number of defects on several days (rows) under each rate (columns), and how likely each rate is.

    Under one rate it is a sum of chances that differ (Poisson-binomial). It is taken as the binomial of the same mean
    and variance: off by less than a thousandth where no chance is above a fifth, and as fast for a million rows as for
    ten.
    """

    mean: Numbers
    squares: Numbers
    weights: Numbers

    @classmethod
    def of(cls, rows: Numbers, chances: Numbers, weights: Numbers) -> "Mixture":
        """Of so many rows (days, groups), each with the chance of its group under each rate (days, groups, rates)."""
        mean, squares = (np.einsum("dg,dgr->dr", rows, each) for each in (chances, chances * chances))
        return cls(mean=mean, squares=squares, weights=weights)

    @property
    def expected(self) -> Numbers:
        """How many on average, by day."""
        found: Numbers = self.mean @ self.weights
        return found

    def more_than(self, count: Numbers) -> Numbers:
        """The chance of more than so many, by day.

        Example:
            >>> ten = Mixture.of(np.array([[10.0]]), np.array([[[0.5]]]), np.ones(1))
            >>> [round(float(ten.more_than(np.array([count]))[0]), 3) for count in (-1.0, 4.0, 9.0, 10.0)]
            [1.0, 0.623, 0.001, 0.0]
        """
        chance = self.squares / np.where(self.mean > 0, self.mean, 1.0)
        trials = self.mean / np.where(chance > 0, chance, 1.0)
        up_to = np.maximum(count, 0.0)[:, None]
        can_be = (self.mean > 0) & (trials > up_to)
        over = np.where(can_be, betainc(up_to + 1, np.where(can_be, trials - up_to, 1.0), chance), 0.0)
        found: Numbers = np.where(count < 0, 1.0, over @ self.weights)
        return found

    def quantile(self, share: float) -> Numbers:
        """The number of defects below which this share of all cases lies, by day, never below none.

        Half of the chance of a whole number lies below it, and between two whole numbers the share grows evenly (the
        mid-quantile of Parzen, 2004). Rounded inwards, two of them hold on average what they say. An upper one below
        one defect shrinks with the chance that there is any.

        Example:
            >>> ten = Mixture.of(np.array([[10.0]]), np.array([[[0.5]]]), np.ones(1))
            >>> [round(float(ten.quantile(share)[0]), 2) for share in (0.05, 0.5, 0.95)]
            [2.21, 5.0, 7.79]
        """
        most = self.mean.max(axis=1)
        low, high = np.full(len(most), -1.0), np.ceil(most + FAR * np.sqrt(most) + FAR)
        while (high - low > 1).any():
            middle = np.floor((low + high) / 2)
            is_low = self._below(middle) <= share
            low, high = np.where(is_low, middle, low), np.where(is_low, high, middle)
        below, above = self._below(low), self._below(high)
        found: Numbers = np.maximum(low + (share - below) / np.where(above > below, above - below, 1.0), 0.0)
        return np.where(found < 1, found * self._any(share), found)

    def _any(self, share: float) -> Numbers:
        """How far an upper end below one goes: no further than none where there is no chance of any."""
        some = self.more_than(np.zeros(len(self.mean)))
        found: Numbers = np.minimum(some / (2 * (1 - share)), 1.0) if share > MIDDLE else np.ones(len(self.mean))
        return found

    def _below(self, count: Numbers) -> Numbers:
        """The chance of fewer than so many, and half of that of just so many."""
        found: Numbers = 1 - (self.more_than(count) + self.more_than(count - 1)) / 2
        return found
