"""Which value of a dimension stands out: more defects than luck makes, with how many were compared taken in."""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import gammaln  # type: ignore[import-untyped]

from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Metric
from sellerhealth.facts.packages import NO_CATEGORY
from sellerhealth.facts.parts import NO_CARRIER, NO_SKU, NO_WAREHOUSE
from sellerhealth.measure.evaluate import WINDOW, evaluate
from sellerhealth.measure.tally import KEYS, UNNAMED

OUTCOMES = frozenset({"defect_kind", "flaw", "stars", "score_given"})
"""Dimensions that say how an order went: only those that are known before can be the cause."""
NAMELESS = (NO_CARRIER, NO_CATEGORY, NO_SKU, NO_WAREHOUSE, UNNAMED)
"""What stands for a value where no file names one."""
RARE = 0.05
"""What luck does less often stands out."""
FEWEST = 2
"""One defect is never a pattern."""
LIMITS = {"low_998": 0.001, "low_95": 0.025, "high_95": 0.975, "high_998": 0.999}
STEPS = 20
MIDDLE, AT_ONCE = 0.5, 256
Counts = NDArray[np.int64]
Shares = NDArray[np.float64]


def funnel(metric: Metric, account: Account, as_of: date, by: str) -> pl.DataFrame:
    """The values of a dimension in the headline's window, each compared with all the others; what stands out first.

    Columns: `KEYS`, the window, the dimension, counted, `defects` that are sure, and their `rate` as a share; the same
    of all others: `others_counted`, `others_defects`, `others_rate`; `by_luck`, the chance that luck alone puts so many
    of the channel's defects on so many of its orders, were it as good as the others; `adjusted`, the same after so many
    were compared (Benjamini and Hochberg, 1995); `compared`, how many were; `stands_out`, adjusted below 5 %; and
    `LIMITS`, the rates between which luck keeps 95 and 99.8 of a hundred values of its size.

    The chance is Fisher's exact one (hypergeometric): it compares with the others, not with a whole that holds the
    value itself, and takes the others' rate for no surer than it is. Not compared, and null there, are rows without the
    dimension, and values with so few orders that not even all the defects could stand out. Every channel of an account
    is a comparison of its own. Orders are taken to go wrong each by itself. Raises InputError for a dimension that
    tells the outcome, or that the metric does not have.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> example = metric.definition.example
        >>> found = funnel(metric, example.account(), example.as_of, "weekday")
        >>> found.select("weekday", "defects", "counted", "compared", "stands_out").row(0)
        ('Tuesday', 2, 4, 0, False)
    """
    if by in OUTCOMES:
        known = [name for name in metric.definition.dimensions if name not in OUTCOMES]
        raise InputError(f"by of {metric.name}", f"one of {', '.join(known)}", "It tells how it went.", column=by)
    return ranking(evaluate(metric, account, as_of, by=(by,)), by)


def ranking(split: pl.DataFrame, by: str) -> pl.DataFrame:
    """The columns of `funnel`, of results that are split by one dimension."""
    sure = split.with_columns(pl.col("defects") - pl.col("unknown")).drop_nulls("defects")
    named = sure.filter(~pl.col(by).is_in(NAMELESS))
    parts = [_compared(part, by) for part in named.partition_by(KEYS, maintain_order=True)]
    return pl.concat(parts) if parts else _compared(named, by)


def _compared(named: pl.DataFrame, by: str) -> pl.DataFrame:
    """The values of one channel."""
    defects, counted = int(named["defects"].sum()), int(named["counted"].sum())
    own, size = named["defects"].to_numpy(), named["counted"].to_numpy()
    figures = named.select(
        *KEYS,
        *WINDOW,
        by,
        "counted",
        "defects",
        (pl.col("defects") / pl.col("counted")).alias("rate"),
        (counted - pl.col("counted")).alias("others_counted"),
        (defects - pl.col("defects")).alias("others_defects"),
        pl.Series("by_luck", by_luck(own, size, defects, counted)).fill_nan(None),
        **limits(size, defects, counted),
    )
    judged = figures.with_columns(
        pl.when(pl.col("others_counted") > 0)
        .then(pl.col("others_defects") / pl.col("others_counted"))
        .alias("others_rate"),
        adjusted(pl.col("by_luck")).alias("adjusted"),
        pl.col("by_luck").count().cast(pl.Int64).alias("compared"),
    ).with_columns((pl.col("adjusted") < RARE).fill_null(value=False).alias("stands_out"))
    return judged.sort("stands_out", "by_luck", "defects", "counted", by, descending=[True, False, True, True, False])


def adjusted(chances: pl.Expr) -> pl.Expr:
    """The chances after so many were compared, as `scipy.stats.false_discovery_control` has them; null stays null.

    Source: Benjamini and Hochberg, 1995. Of the values that stand out below 5 % in the end, luck makes at most 5 %.

    Example:
        >>> pl.DataFrame({"p": [0.01, None, 0.04, 0.03]}).select(adjusted(pl.col("p"))).to_series().to_list()
        [0.03, None, 0.04, 0.04]
    """
    scaled = chances * chances.count() / chances.rank("max")
    falling = scaled.sort_by(chances, descending=True, nulls_last=True).cum_min()
    return falling.gather(chances.rank("ordinal", descending=True) - 1).clip(0.0, 1.0)


def by_luck(own: Counts, size: Counts, defects: int, counted: int) -> Shares:
    """The chance of so many and more of all `defects` among `size` of all `counted`, drawn blindly.

    NaN where not even the most that is possible would be rare.
    """
    most = np.minimum(size, defects)
    can_tell = (most >= FEWEST) & (_chance(most, size, defects, counted) < RARE)
    # One defect is never called a pattern, so its chance need not be known.
    found = np.where(can_tell, 1.0, np.nan)
    for place in np.flatnonzero(can_tell & (own >= FEWEST)):
        more = np.arange(own[place], most[place] + 1)
        found[place] = min(1.0, _chance(more, size[place], defects, counted).sum())
    return found


def limits(size: Counts, defects: int, counted: int) -> dict[str, pl.Series]:
    """By the names of `LIMITS`: the rates between which luck keeps a value of each size, as `by_luck` has it.

    A value above the upper limit of 95 has so many by luck in less than 2.5 of a hundred cases, and so on. Between two
    whole counts a limit is drawn in proportion, so that it has no steps (Spiegelhalter, 2005).
    """
    sizes, place = np.unique(size, return_inverse=True)
    # Many at once would take much memory; sorted, those together are alike.
    parts = [sizes[start : start + AT_ONCE] for start in range(0, len(sizes), AT_ONCE)]
    found = [_quantiles(part, defects, counted) / part[:, None] for part in parts] or [np.empty((0, len(LIMITS)))]
    ends = np.concatenate(found)[place].clip(0.0, 1.0)
    return {name: pl.Series(name, ends[:, column]) for column, name in enumerate(LIMITS)}


def edges(found: pl.DataFrame) -> pl.DataFrame:
    """The funnel of one comparison, to be drawn: `counted`, `rate`, which is that of all, and `LIMITS`.

    At twenty sizes from the least to the greatest of its values, the small ones, where it bends, nearer together.
    """
    defects, counted = int(found["defects"].sum()), int(found["counted"].sum())
    own = found["counted"].to_numpy()
    size = np.unique(np.rint(np.geomspace(own.min(), own.max(), STEPS)).astype(np.int64))
    return pl.DataFrame({"counted": size, "rate": [defects / counted] * len(size), **limits(size, defects, counted)})


def _quantiles(size: Counts, defects: int, counted: int) -> Shares:
    """For each size the counts up to which those shares of all draws lie, with a part of the last one."""
    rate, left = defects / counted, (counted - size) / max(counted - 1, 1)
    mean, spread = size * rate, np.sqrt(size * rate * (1 - rate) * left)
    # Outside of eight spreads nothing is left that could move a limit of one in a thousand.
    first = np.maximum(np.floor(mean - 8 * spread - 10), 0).astype(np.int64)
    counts = first[:, None] + np.arange(int(np.ceil(16 * spread.max())) + 22)
    chance = _chance(counts, size[:, None], defects, counted)
    below = chance.cumsum(axis=1)
    return np.stack([_quantile(counts, chance, below, level) for level in LIMITS.values()], axis=1)


def _quantile(counts: Counts, chance: Shares, below: Shares, level: float) -> Shares:
    place = np.argmax(below >= level, axis=1)[:, None]
    count, own, sum_to = (np.take_along_axis(each, place, axis=1)[:, 0] for each in (counts, chance, below))
    # The last count inside has to be drawn inside: the lower limit is that count, the upper one the next.
    return np.asarray(count - (sum_to - level) / own + (level > MIDDLE), dtype=np.float64)


def _chance(own: Counts, size: Counts, defects: int, counted: int) -> Shares:
    """The chance of exactly so many of all defects among `size` of all `counted`; 0 where that cannot be."""
    can_be = (own >= 0) & (own <= np.minimum(size, defects)) & (own >= size - (counted - defects))
    kept = np.where(can_be, own, np.maximum(0, size - (counted - defects)))
    logarithm = _ways(defects, kept) + _ways(counted - defects, size - kept) - _ways(counted, size)
    return np.where(can_be, np.exp(logarithm), 0.0)


def _ways(out_of: int, taken: Counts) -> Shares:
    """The logarithm of how many ways there are to take some out of many."""
    found: Shares = gammaln(out_of + 1) - gammaln(taken + 1) - gammaln(out_of - taken + 1)
    return found
