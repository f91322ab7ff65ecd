"""How far into each window the files reach: a window that begins before them, or ends after them, is not full."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.evaluate import WINDOW, evaluate
from sellerhealth.measure.tally import KEYS, tally


def coverage(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """A row for each channel and window of the metric: from which day to which anything is told, and what it lacks.

    Columns account, marketplace, channel, window_days, window_start, window_end; `told_from` and `told_until`, the
    first and last day on which the account has anything that the metric counts, in any channel; `days_before`, how
    many days of the window lie before them, and `days_after`. Where nothing is told all four are null. A day without
    an order inside is none that is missing, and a shop that sells little may end a few days early.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["order_defect_rate"]
        >>> example = metric.definition.example
        >>> found = coverage(metric, example.account(), example.as_of).filter(channel="MFN")
        >>> found.select("told_from", "window_start", "days_before", "days_after").row(0)
        (datetime.date(2026, 1, 30), datetime.date(2026, 1, 31), 0, 14)
    """
    day = pl.col("event_on")
    told = (
        tally(metric, account, as_of)
        .group_by("account")
        .agg(day.min().alias("told_from"), day.max().alias("told_until"))
    )
    before = pl.col("told_from") - pl.col("window_start")
    after = pl.col("window_end") - pl.col("told_until")
    length = pl.col("window_days")
    return (
        evaluate(metric, account, as_of)
        .select(*KEYS, *WINDOW)
        .join(told, on="account", how="left", maintain_order="left")
        .with_columns(
            before.dt.total_days().clip(0, length).alias("days_before"),
            after.dt.total_days().clip(0, length).alias("days_after"),
        )
    )
