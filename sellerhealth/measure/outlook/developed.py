"""The figure seen through: with the defects still to come on the rows of today's window."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import CLEAN, DEFECTS, Metric
from sellerhealth.measure.evaluate import WINDOW, evaluate
from sellerhealth.measure.outlook.coming import by_day
from sellerhealth.measure.outlook.pace import Gap, Looked, Pace, paces, why_none
from sellerhealth.measure.tally import KEYS, window

LOW, HIGH = 0.05, 0.95
"""The ends of an interval of 90 %."""
PLAIN = [*KEYS, *WINDOW, "denominator", "defects", "unknown", "value", "target", "basis"]
FOREVER = 1e6
"""A day so far ahead that every defect is known."""
COUNTS = {
    "still_expected": pl.Float64(),
    **dict.fromkeys(("fewest", "most", "median_days", "days", "dated", "undated"), pl.Int64()),
    "gap": pl.String(),
}


def developed(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The headline with the defects still to come on its rows, one row per channel.

    Columns: account, marketplace, channel, the window, denominator, defects (known) and unknown (of these, those that
    may be none), value, target and basis as in the headline; `still_expected` defects on average, from the `fewest` to
    the `most` in 90 of 100 cases; the `developed` value with its `low` and `high`; `matured`, the share of the window's
    defects that is known by now; `median_days` until half of them are; how many `days` of history and how many `dated`
    and `undated` defects that is taken from; and `gap`, why it cannot be said (`Gap`): what is still to come is null
    then.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["order_defect_rate"]
        >>> example = metric.definition.example
        >>> developed(metric, example.account(), example.as_of).select("defects", "still_expected", "gap").row(0)
        (6, None, 'FEW_DEFECTS')
    """
    known = paces(metric, account, as_of)
    rows = by_day(metric, account, as_of, as_of).partition_by(KEYS, as_dict=True)
    now = evaluate(metric, account, as_of).filter(window_days=metric.window_days).select(PLAIN)
    looked, gap = _today(metric, as_of), why_none(metric, account)
    told = [_told(known.get(key), rows.get(key), looked, gap) for key in now.select(KEYS).rows()]
    found = now.hstack(pl.DataFrame(told, schema=COUNTS))
    ends = ("fewest", "most") if metric.definition.figure is DEFECTS else ("most", "fewest")
    values = zip(("developed", "low", "high"), ("still_expected", *ends), strict=True)
    all_defects = pl.col("defects") + pl.col("still_expected")
    return found.with_columns(
        *(share_of(metric, pl.col("defects") + pl.col(count)).alias(name) for name, count in values),
        matured=pl.when(all_defects > 0).then(pl.col("defects") / all_defects),
    )


def share_of(metric: Metric, defects: pl.Expr) -> pl.Expr:
    """The figure where so many of the `denominator` are defects; null where nothing is counted."""
    share = pl.when(pl.col("denominator") > 0).then(defects / pl.col("denominator"))
    return 1 - share if metric.definition.figure is CLEAN else share


def _today(metric: Metric, as_of: date) -> Looked:
    """The headline's window, looked at when all is known."""
    ends = window(metric, as_of, metric.window_days)
    start, end = (np.array([float((day - as_of).days)]) for day in ends)
    return Looked(on=np.array([FOREVER]), start=start, end=end)


def _told(pace: Pace | None, rows: pl.DataFrame | None, looked: Looked, gap: Gap) -> dict[str, Any]:
    """What is still to come in one channel (`COUNTS`); `gap` is why a channel has no pace."""
    if pace is None or rows is None:
        return dict.fromkeys(COUNTS) | {"gap": gap.value}
    seen = {"days": pace.days, "dated": pace.dated, "undated": pace.undated, "gap": pace.gap.value}
    if pace.gap is not Gap.NONE:
        return dict.fromkeys(COUNTS) | seen
    more = pace.to_come(rows.with_columns(to_come=pl.lit(0)), looked, ahead=np.zeros(1))
    return seen | {
        "still_expected": float(more.expected[0]),
        "fewest": int(np.ceil(more.quantile(LOW)[0])),
        "most": int(np.floor(more.quantile(HIGH)[0])),
        "median_days": pace.median,
    }
