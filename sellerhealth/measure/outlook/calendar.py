"""When each defect enters the headline's window and when it leaves it again."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.defects import listed
from sellerhealth.measure.tally import enters_on, window


def calendar(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The orders counted against the seller that are in the headline's window or known and still to enter it.

    Newest first, with the columns of `defects` and `enters_on`: the first day looked at on which a row counts, as
    `leaves_on` is the first on which it no longer does. One still to enter has a day after `as_of` there: a window
    ends some days ago, or on a Sunday, or the day an order is counted by is still to come. Empty where the figure
    cannot be computed.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("amazon-2026")["order_defect_rate"]
        >>> example = metric.definition.example
        >>> found = calendar(metric, example.account(), example.as_of)
        >>> found.filter(channel="MFN").select("order_id", "enters_on", "leaves_on").head(1).rows()
        [('J', datetime.date(2026, 4, 1), datetime.date(2026, 5, 31))]
    """
    start, _ = window(metric, as_of, metric.window_days)
    found = listed(metric, account, as_of, pl.col("event_on") >= start)
    return found.with_columns(enters_on(metric, pl.col("event_on")).alias("enters_on"))
