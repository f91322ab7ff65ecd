"""What a rate may be now and some weeks ahead, from the weeks that were: rates change, and nobody says how fast."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, betaln  # type: ignore[import-untyped]

Numbers = NDArray[np.float64]
HALF_LIVES = np.array([3.0, 6.0, 13.0, 26.0, 52.0, 520.0])
"""After so many weeks a week tells half as much of the rate as the last one. How much each of these is to be believed
is how well it would have foretold the weeks that were: so a steady seller's rate is sure, and a changing one's is not.
"""
THIRD = 1 / 3
"""What is added to both counts, so that no defect so far is not held for never, and the rate is taken too high as
often as too low (Kerman, 2011)."""
QUANTILES = (np.arange(16) + 0.5) / 16
"""They stand for all that the rate may be after one half-life, each as likely as the others."""
LEAST_WEIGHT = 0.01
SURE = 1 - 1e-9
"""No rate is higher: where all so far were defects the next one may be none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Belief:
    """The counts as each half-life remembers them, what it `keeps` of them in a week, and how much it is believed."""

    defects: Numbers
    clean: Numbers
    keeps: Numbers
    believed: Numbers

    @classmethod
    def after(cls, defects: Numbers, rows: Numbers) -> "Belief":
        """After so many defects of so many rows in each week, the oldest first.

        Source: the discounted counts of West and Harrison, 1997, chapter 10, with the discount left open.

        Example:
            >>> calm = Belief.after(np.full(40, 2.0), np.full(40, 100.0))
            >>> round(float(calm.rates(np.zeros(1))[0] @ calm.weights), 3)
            0.02
        """
        keeps = 0.5 ** (1 / HALF_LIVES)
        bad, good, told = (np.zeros_like(keeps) for _ in range(3))
        for new_bad, new_good in zip(defects, np.maximum(rows - defects, 0.0), strict=True):
            bad, good = bad * keeps, good * keeps
            before = betaln(bad + THIRD, good + THIRD)
            bad, good = bad + new_bad, good + new_good
            told += betaln(bad + THIRD, good + THIRD) - before
        likely = np.exp(told - told.max())
        kept = likely >= LEAST_WEIGHT * likely.sum()
        return cls(defects=bad[kept], clean=good[kept], keeps=keeps[kept], believed=likely[kept] / likely[kept].sum())

    @property
    def weights(self) -> Numbers:
        """How likely each of the `rates` is."""
        return np.repeat(self.believed / len(QUANTILES), len(QUANTILES))

    def rates(self, weeks: Numbers) -> Numbers:
        """What the rate may be (columns) so many weeks ahead (rows): the further ahead, the less sure."""
        left = self.keeps ** weeks[:, None]
        defects, clean = (counts * left + THIRD for counts in (self.defects, self.clean))
        found: Numbers = betaincinv(defects[..., None], clean[..., None], QUANTILES).reshape(len(weeks), -1)
        return np.minimum(found, SURE)
