"""The figures of a metric: now, day by day, week by week, and split.

One tidy shape everywhere (`RESULT`): value, low, high and target are in the metric's unit (a share for
percent); days are inclusive.
"""

from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.judge import VERDICT, judge
from sellerhealth.measure.tally import COUNTS, KEYS, SUMS, tally, weight, window

SUNDAY = 7
WINDOW = ["window_days", "window_start", "window_end"]
RESULT = ["policy", "metric", *KEYS, *WINDOW, *COUNTS, *VERDICT]
"""The columns of every result; the dimensions asked for stand after `window_end`."""

FILLED_BY = {
    "carrier": (
        "packages.package_carrier",
        "orders.carrier",
        "tracking.tracking_carrier",
        "deliveries.delivery_carrier",
    ),
    "sku": ("order_items.sku", "deliveries.sku"),
    "product": ("order_items.sku",),
    "warehouse": ("packages.package_warehouse",),
    "handling_time": ("orders.ship_by_at", "order_items.item_ship_by_at"),
    "category": ("tracking.product_category",),
    "topic": ("messages.topic",),
}
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
    # A frame of its own for each who asks: one can be changed in place.
    return _evaluated(metric, account, as_of, by).clone()


@lru_cache(maxsize=512)
def _evaluated(metric: Metric, account: Account, as_of: date, by: tuple[str, ...]) -> pl.DataFrame:
    """What `evaluate` returns, found once: a page asks for its headline many times, and so do other pages."""
    return of_tally(metric, account, tally(metric, account, as_of, by), as_of, by)


def of_tally(
    metric: Metric, account: Account, counted: pl.DataFrame, as_of: date, by: tuple[str, ...] = ()
) -> pl.DataFrame:
    """The figures that the counts of each day make, as `evaluate` has them."""
    windows = metric.terms.windows[:1] if by else metric.terms.windows
    sums = [_sum(metric, account, counted, as_of, days, by) for days in windows]
    return _result(metric, account, pl.concat(sums), by)


def trend(
    metric: Metric, account: Account, as_of: date, days: int = 90, window_days: int | None = None
) -> pl.DataFrame:
    """The metric on each of the last `days` days, as known on `as_of`; the last row is the headline.

    Every day has a row, also one without orders; of a weekly metric every Sunday. Past days use what is
    known now: a claim that came last week is in the figure of each window its order was in.
    """
    length = window_days or metric.window_days
    _, last = window(metric, as_of, length)
    return series(metric, account, tally(metric, account, as_of), (last - timedelta(days=days - 1), last), length)


def series(
    metric: Metric, account: Account, counted: pl.DataFrame, ends: tuple[date, date], length: int
) -> pl.DataFrame:
    """The windows of `length` days that end from the first to the last of `ends`, over the counts of each day.

    Where they end before today they are a trend; `counted` may hold days still to come as well.
    """
    first, last = ends
    spine = pl.LazyFrame({"event_on": pl.date_range(first - timedelta(days=length - 1), last, eager=True)})
    rolled = (
        _keys(metric, account, counted)
        .join(spine, how="cross")
        .join(counted.lazy(), on=[*KEYS, "event_on"], how="left")
        .with_columns(pl.col(COUNTS).fill_null(0))
        .sort(*KEYS, "event_on")
        .with_columns(_rolled(metric, length))
        .filter((pl.col("event_on") >= first) & _is_end(metric))
    )
    start = pl.col("event_on") - pl.duration(days=length - 1)
    return _result(metric, account, rolled.with_columns(_window(length, start, pl.col("event_on"))), ())


def breakdown(metric: Metric, account: Account, as_of: date, by: str | tuple[str, ...]) -> pl.DataFrame:
    """The headline split by one or more dimensions, the most defects first.

    Adds `defect_share`, the row's part of its channel's defects. By `sku`, an order with two SKUs
    stands under each, so the rows can add up to more orders than there are.
    """
    wanted = (by,) if isinstance(by, str) else by
    now = evaluate(metric, account, as_of).filter(window_days=metric.window_days)
    whole = now.select(*KEYS, pl.col("defects").alias("whole"))
    share = pl.when(pl.col("whole") > 0).then(pl.col("defects") / pl.col("whole"))
    most_first = [True, True, *(False for _ in wanted)]
    split = evaluate(metric, account, as_of, by=wanted).join(whole, on=KEYS, how="left", maintain_order="left")
    split = split.with_columns(share.alias("defect_share")).drop("whole")
    return split.sort("defects", "counted", *wanted, descending=most_first, nulls_last=True)


def leading_split(metric: Metric, account: Account) -> tuple[str, ...]:
    """The dimensions that most often tell why, without those that no file of the account fills.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> leading_split(metric, metric.definition.example.account())
        ('carrier', 'weekday')
    """
    known = account.provided
    filled = [name for name in metric.definition.leading_split if known.intersection(FILLED_BY.get(name, known))]
    return tuple(filled) or tuple(metric.definition.dimensions)[-1:]


def _sum(
    metric: Metric, account: Account, counted: pl.DataFrame, as_of: date, days: int, by: tuple[str, ...]
) -> pl.LazyFrame:
    start, end = window(metric, as_of, days)
    inside = counted.lazy().filter(pl.col("event_on").is_between(start, end)).with_columns(_weighed(metric, end))
    sums = inside.group_by(*KEYS, *by).agg(pl.col(COUNTS).sum())
    if not by:
        sums = _keys(metric, account, counted).join(sums, on=KEYS, how="left").with_columns(pl.col(COUNTS).fill_null(0))
    return sums.with_columns(_window(days, pl.lit(start), pl.lit(end)))


def _weighed(metric: Metric, end: date) -> list[pl.Expr]:
    """The sums of each day, times what a row of its age weighs at the window's end."""
    return [pl.col(SUMS) * weight(metric, end)] if metric.terms.weights else []


def _rolled(metric: Metric, length: int) -> list[pl.Expr]:
    """Every count of the window that ends on each day.

    Weights that fall with age in steps are a sum of windows: what all of them weigh, and more for each younger.
    """
    steps = [(min(days, length), weight) for days, weight in metric.terms.weights]
    following = [*(weight for _, weight in steps[1:]), 0]
    parts = [(days, weight - after) for (days, weight), after in zip(steps, following, strict=False)] or [(length, 1)]
    return [
        *(
            pl.sum_horizontal(pl.col(name).rolling_sum(days) * more for days, more in parts).over(KEYS).alias(name)
            for name in SUMS
        ),
        pl.col([name for name in COUNTS if name not in SUMS]).rolling_sum(length).over(KEYS),
    ]


def _is_end(metric: Metric) -> pl.Expr:
    """Whether a window of the metric ends on a day."""
    return pl.col("event_on").dt.weekday() == SUNDAY if metric.terms.is_weekly else pl.lit(value=True)


def _keys(metric: Metric, account: Account, counted: pl.DataFrame) -> pl.LazyFrame:
    """Every account, marketplace and channel that has a row: those ever counted, and each account's first channel."""
    used = set(counted.select(KEYS).unique().rows())
    names = _names(account).union(name for name, *_ in used) or {account.name}
    first = {(name, account.marketplace.code, metric.definition.channels[0]) for name in names}
    return pl.LazyFrame(sorted(used | first), schema={name: counted.schema[name] for name in KEYS}, orient="row")


@lru_cache(maxsize=16)
def _names(account: Account) -> frozenset[str]:
    """The accounts that have an order; several where a column splits the folder."""
    return frozenset(account.tables["orders"].select("account").unique().collect()["account"])


def _window(days: int, start: pl.Expr, end: pl.Expr) -> list[pl.Expr]:
    return [
        pl.lit(days).cast(pl.Int64).alias("window_days"),
        start.alias("window_start"),
        end.alias("window_end"),
    ]


def _result(metric: Metric, account: Account, counts: pl.LazyFrame, by: tuple[str, ...]) -> pl.DataFrame:
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
        # So few rows that finding a better way through them takes longer than going.
        .collect(engine="in-memory", optimizations=pl.QueryOptFlags.none())
    )
