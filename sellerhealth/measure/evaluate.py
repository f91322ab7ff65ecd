"""The figures of a metric: now, day by day, and split.

One tidy shape everywhere (`RESULT`): value, low and high are shares; days are inclusive.
"""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.judge import VERDICT, judge
from sellerhealth.measure.tally import COUNTS, KEYS, tally, window

WINDOW = ["window_days", "window_start", "window_end"]
RESULT = ["policy", "metric", *KEYS, *WINDOW, *COUNTS, *VERDICT]
"""The columns of every result; the dimensions asked for stand after `window_end`."""

FILLED_BY = {"carrier": ("packages.package_carrier", "orders.carrier"), "sku": ("order_items.sku",)}
"""The columns that tell a dimension; the others are known of every order."""


def evaluate(metric: Metric, account: Account, as_of: date, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """The metric on `as_of`: one row per channel and window, the headline first.

    A channel the account does not use is left out, but the metric's first channel is always there, so
    an account without a single order has a row too: 0 of 0, status NONE. With `by`: one row for each
    value of the dimensions that was counted in the headline's window.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> example = metric.definition.example
        >>> now = evaluate(metric, example.account(), example.as_of)
        >>> now.select("window_days", "numerator", "denominator", "value", "status").rows()
        [(30, 3, 8, 0.375, 'BAD'), (10, 1, 3, 0.3333333333333333, 'BAD')]
    """
    counted = tally(metric, account, as_of, by)
    windows = metric.terms.windows[:1] if by else metric.terms.windows
    sums = [_sum(metric, account, counted, as_of, days, by) for days in windows]
    return _result(metric, account, pl.concat(sums), by)


def trend(
    metric: Metric, account: Account, as_of: date, days: int = 90, window_days: int | None = None
) -> pl.DataFrame:
    """The metric on each of the last `days` days, as known on `as_of`; the last row is the headline.

    Every day has a row, also one without orders. Past days use what is known now: a claim that came
    last week is in the figure of each window its order was in.
    """
    length = window_days or metric.window_days
    _, last = window(metric, as_of, length)
    first = last - timedelta(days=days - 1)
    spine = pl.DataFrame({"event_on": pl.date_range(first - timedelta(days=length - 1), last, eager=True)})
    counted = tally(metric, account, as_of)
    rolled = (
        _keys(metric, account, counted)
        .join(spine, how="cross")
        .join(counted, on=[*KEYS, "event_on"], how="left")
        .with_columns(pl.col(COUNTS).fill_null(0))
        .sort(*KEYS, "event_on")
        .with_columns(pl.col(COUNTS).rolling_sum(length).over(KEYS))
        .filter(pl.col("event_on") >= first)
    )
    start = pl.col("event_on") - pl.duration(days=length - 1)
    return _result(metric, account, rolled.with_columns(_window(length, start, pl.col("event_on"))), ())


def breakdown(metric: Metric, account: Account, as_of: date, by: str | tuple[str, ...]) -> pl.DataFrame:
    """The headline split by one or more dimensions, the most defects first.

    Adds `defect_share`, the row's part of its channel's defects. By `sku`, an order with two SKUs
    stands under each, so the rows can add up to more orders than there are.
    """
    wanted = (by,) if isinstance(by, str) else by
    whole = pl.col("numerator").sum().over(KEYS)
    share = pl.when(whole > 0).then(pl.col("numerator") / whole)
    most_first = [True, True, *(False for _ in wanted)]
    split = evaluate(metric, account, as_of, by=wanted).with_columns(share.alias("defect_share"))
    return split.sort("numerator", "denominator", *wanted, descending=most_first, nulls_last=True)


def leading_split(metric: Metric, account: Account) -> tuple[str, ...]:
    """The dimensions that most often tell why, without those that no file of the account fills.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> leading_split(metric, metric.definition.example.account())
        ('weekday',)
    """
    known = account.provided
    filled = [name for name in metric.definition.leading_split if known.intersection(FILLED_BY.get(name, known))]
    return tuple(filled) or ("weekday",)


def _sum(
    metric: Metric, account: Account, counted: pl.DataFrame, as_of: date, days: int, by: tuple[str, ...]
) -> pl.DataFrame:
    start, end = window(metric, as_of, days)
    inside = counted.filter(pl.col("event_on").is_between(start, end))
    sums = inside.group_by(*KEYS, *by).agg(pl.col(COUNTS).sum())
    if not by:
        sums = _keys(metric, account, counted).join(sums, on=KEYS, how="left").with_columns(pl.col(COUNTS).fill_null(0))
    return sums.with_columns(_window(days, pl.lit(start), pl.lit(end)))


def _keys(metric: Metric, account: Account, counted: pl.DataFrame) -> pl.DataFrame:
    """Every account, marketplace and channel that has a row: those ever counted, and each account's first channel."""
    used = counted.select(KEYS).unique()
    names = account.tables["orders"].select("account").unique().collect()["account"]
    names = pl.Series("account", [account.name]) if names.is_empty() else names
    first = pl.DataFrame(
        {"account": names, "marketplace": account.marketplace.code, "channel": metric.definition.channels[0]},
    )
    return pl.concat([used, first]).unique().sort(KEYS)


def _window(days: int, start: pl.Expr, end: pl.Expr) -> list[pl.Expr]:
    return [
        pl.lit(days).cast(pl.Int64).alias("window_days"),
        start.alias("window_start"),
        end.alias("window_end"),
    ]


def _result(metric: Metric, account: Account, counts: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """The counts in the shape of `RESULT`: by account, then the metric's first channel and window first."""
    channel = pl.col("channel").replace_strict(
        {name: position for position, name in enumerate(metric.definition.channels)},
        default=len(metric.definition.channels),
    )
    window_place = pl.col("window_days").replace_strict(
        {days: position for position, days in enumerate(metric.terms.windows)}, default=0
    )
    return (
        judge(metric, account, counts)
        .with_columns(pl.lit(metric.policy).alias("policy"), pl.lit(metric.name).alias("metric"))
        .sort("account", channel, window_place, "window_end", *by)
        .select(["policy", "metric", *KEYS, *WINDOW, *by, *COUNTS, *VERDICT])
    )
