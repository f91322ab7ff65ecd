"""The figure on each coming day, with the defects that are still to come: what to expect, and the chance of a miss."""

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import CLEAN, Metric
from sellerhealth.measure.outlook.belief import Numbers
from sellerhealth.measure.outlook.coming import by_day
from sellerhealth.measure.outlook.developed import share_of
from sellerhealth.measure.outlook.mixture import Mixture
from sellerhealth.measure.outlook.pace import Gap, Key, Looked, Pace, paces
from sellerhealth.measure.tally import KEYS, window

AHEAD = 28
"""How many days are looked ahead: as many as the last ones that sales are taken from."""
ENDS = {"low": 0.05, "low_half": 0.25, "high_half": 0.75, "high": 0.95}
"""The ends of the intervals of 90 % and of 50 %."""
SCHEMA = pl.Schema(
    {
        **dict.fromkeys(KEYS, pl.String()),
        **dict.fromkeys(("on", "window_start", "window_end"), pl.Date()),
        **dict.fromkeys(("window_days", "denominator", "to_come", "defects", "unknown"), pl.Int64()),
        "expected": pl.Float64(),
        **dict.fromkeys(("fewest", "most"), pl.Int64()),
        **dict.fromkeys(("value", *ENDS, "target", "miss_chance"), pl.Float64()),
    }
)


def forecast(metric: Metric, account: Account, as_of: date, days: int = AHEAD) -> pl.DataFrame:
    """The headline on each of the next `days` days, one row per channel and day on which the window is a new one.

    Columns: account, marketplace, channel; `on`, the day looked at, and its window; `denominator`, of which so many
    rows are still `to_come`; known `defects` in that window, and of these the `unknown` that may be none; `expected`
    defects on average, from the `fewest` to the `most` in 90 of 100 cases; the same in the metric's unit: `value`,
    `low` and `high`, not rounded to whole defects, and `low_half` and `high_half` that hold half of all cases;
    `target`; and `miss_chance`, that the figure misses it on that day, at worst.

    What is known stays; a clean row turns out defective as fast as all rows before it did (`maturity`), at a rate that
    the past weeks tell, the less surely the further ahead; what is still to come is as in the last 28 days. The chances
    of single rows are summed (Poisson-binomial) over all that the rate may be (so beta-binomial for what is to come).
    Empty where nothing can be said: `developed` says why.
    """
    return _forecast(metric, account, as_of, days).clone()


@lru_cache(maxsize=64)
def _forecast(metric: Metric, account: Account, as_of: date, days: int) -> pl.DataFrame:
    known = {key: pace for key, pace in paces(metric, account, as_of).items() if pace.gap is Gap.NONE}
    windows = _windows(metric, as_of, days)
    if not known or windows.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    rows = by_day(metric, account, as_of, windows["window_end"][-1]).partition_by(KEYS, as_dict=True)
    found = [_of_channel(metric, key, rows[key], pace, windows, as_of) for key, pace in known.items()]
    return pl.concat(found).select(list(SCHEMA)).cast(SCHEMA)


def _windows(metric: Metric, as_of: date, days: int) -> pl.DataFrame:
    """The windows of the coming days, each on the first day that shows it: a weekly one changes once a week."""
    on = [as_of + timedelta(days=ahead) for ahead in range(days + 1)]
    start, end = zip(*(window(metric, day, metric.window_days) for day in on), strict=True)
    every = pl.DataFrame({"on": on, "window_start": start, "window_end": end})
    is_new = pl.col("window_end") != pl.col("window_end").shift()
    return every.filter(is_new).with_columns(pl.lit(metric.window_days).alias("window_days"))


def _of_channel(
    metric: Metric, key: Key, rows: pl.DataFrame, pace: Pace, windows: pl.DataFrame, as_of: date
) -> pl.DataFrame:
    on, start, end = (
        (windows[name] - as_of).dt.total_days().to_numpy() for name in ("on", "window_start", "window_end")
    )
    looked = Looked(on=on, start=start, end=end)
    near = rows.filter(pl.col("day").is_between(start[0], end[-1]))
    more = pace.to_come(near, looked, ahead=on)
    counted = windows.with_columns(
        *(pl.lit(part).alias(name) for name, part in zip(KEYS, key, strict=True)),
        *(pl.Series(name, _inside(near, name, looked)) for name in ("defects", "unknown", "clean", "to_come")),
    ).with_columns(denominator=pl.sum_horizontal("defects", "clean", "to_come"))
    return _told(metric, counted, more)


def _inside(rows: pl.DataFrame, name: str, looked: Looked) -> Numbers:
    """How many are in the window of each day looked at."""
    day = rows["day"].to_numpy()
    found: Numbers = ((day >= looked.start[:, None]) & (day <= looked.end[:, None])) @ rows[name].to_numpy()
    return found


def _told(metric: Metric, counted: pl.DataFrame, more: Mixture) -> pl.DataFrame:
    """What is expected, from where to where, and the chance of a miss."""
    known = counted["defects"].to_numpy()
    counts = {name: more.quantile(share) for name, share in ENDS.items()}
    ends = dict(zip(ENDS, reversed(ENDS), strict=True)) if metric.definition.figure is CLEAN else {n: n for n in ENDS}
    found = counted.with_columns(
        pl.Series("expected", known + more.expected),
        pl.Series("fewest", known + np.ceil(counts["low"])),
        pl.Series("most", known + np.floor(counts["high"])),
        *(pl.Series(name, known + counts[end]) for name, end in ends.items()),
        _borne(metric),
    ).with_columns(
        share_of(metric, pl.col("expected")).alias("value"),
        *(share_of(metric, pl.col(name)).alias(name) for name in ENDS),
    )
    target = metric.terms.target
    misses = more.more_than(found["borne"].fill_null(0).to_numpy() - known)
    can_miss = pl.col("borne").is_not_null() & (pl.col("denominator") > 0)
    return found.with_columns(
        pl.when(can_miss).then(pl.Series(misses)).alias("miss_chance"),
        pl.lit(float(target.value) if target else None, pl.Float64).alias("target"),
    )


def _borne(metric: Metric) -> pl.Expr:
    """How many defects the target bears in each window: none without a target."""
    target, out_of = metric.terms.target, pl.col("denominator")
    if target is None:
        return pl.lit(None, pl.Float64).alias("borne")
    numerator = out_of if metric.definition.figure is CLEAN else pl.lit(0)
    return target.headroom(numerator, out_of).cast(pl.Float64).alias("borne")
