"""Every row that a figure counted on one of two days, and what became of it from the first to the second.

The first day is looked at as it was known then. Rows are told apart by what a reader finds them by (`facts.IDENTITY`);
where several have the same, they are told apart by their day too, and those of one day are counted.
"""

from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric
from sellerhealth.measure.judge import BOUNDS, basis_of_inputs
from sellerhealth.measure.tally import EVERY_CHANNEL, KEYS, rows, weight, window

SHORT = 28
"""Four whole weeks: both days see as many Mondays."""
MANY = frozenset({"contacts", "ratings"})
"""Facts of which several rows have one identity: a conversation has many messages."""
AMOUNTS = ["counted", "numerator", "denominator"]
SIDES = ("then", "now")
KINDS = ("clean", "defect")
COUNTS = [f"{kind}_{amount}_{side}" for kind in KINDS for amount in AMOUNTS for side in SIDES]


def earlier(metric: Metric, as_of: date) -> date:
    """The day that a figure is compared with where none is named: four weeks ago, or one window where that is less.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> rules = policy("handbook")
        >>> [earlier(rules[name], date(2026, 3, 31)).isoformat() for name in ("order_defect_rate", "cancellation_rate")]
        ['2026-03-03', '2026-03-24']
    """
    return as_of - timedelta(days=min(SHORT, metric.window_days))


@lru_cache(maxsize=64)
def moves(metric: Metric, account: Account, before: date, as_of: date, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """Per account, marketplace, channel, value of `by` and `step`: the counts of both days, each a whole number.

    A step is what became of the rows: entered, left, became_defects, no_defects_any_more, newly_counted,
    no_longer_counted, revalued (they weigh or score otherwise), stayed. `COUNTS` are those without a defect and those
    with one, on the first day (then) and the second (now); a figure's numerator and denominator are weighed. No rows
    where the figure cannot be computed.
    """
    groups = [*KEYS, *by, "step"]
    return (
        compared(metric, account, before, as_of, by)
        .group_by(groups)
        .agg(pl.col(COUNTS).sum())
        .sort(groups)
        .collect(engine="streaming")
    )


def compared(metric: Metric, account: Account, before: date, as_of: date, by: tuple[str, ...] = ()) -> pl.LazyFrame:
    """Per row that was counted on one of both days: what it is found by, its `COUNTS`, and its step.

    `day_then` and `day_now` are the days that put it into the window.
    """
    found = key(metric, by)
    then, now = (_side(metric, account, day, by, side) for day, side in ((before, "then"), (as_of, "now")))
    together = then.join(now, on=found, how="full", coalesce=True, nulls_equal=True)
    return together.with_columns(pl.col(COUNTS).fill_null(0)).with_columns(_step(metric, before, as_of).alias("step"))


def key(metric: Metric, by: tuple[str, ...] = ()) -> list[str]:
    """The columns by which a row of one day is found on another."""
    fact = metric.definition.fact
    day = ["event_on"] if fact in MANY else []
    return list(dict.fromkeys([*KEYS, *facts.IDENTITY[fact], *day, *by]))


def _side(metric: Metric, account: Account, day: date, by: tuple[str, ...], side: str) -> pl.LazyFrame:
    """The rows counted in the headline's window on a day, with what each adds to the figure."""
    start, end = window(metric, day, metric.window_days)
    definition, inputs = metric.definition, basis_of_inputs(metric, account)
    # The unsure are not counted where an input is missing, as in the figure itself.
    is_sure_only = pl.lit(inputs in BOUNDS)
    is_defect = pl.col("is_defect") & ~(is_sure_only & pl.col("is_unknown"))
    figure = definition.figure.best if inputs in BOUNDS else definition.figure.worst
    units = definition.units.cast(pl.Int64)
    amounts = {
        "counted": units,
        "numerator": figure * units * weight(metric, end),
        "denominator": units * weight(metric, end),
    }
    kinds = {"clean": ~is_defect, "defect": is_defect}
    channel = pl.lit(EVERY_CHANNEL[0]) if definition.channels == EVERY_CHANNEL else pl.col("channel").cast(pl.String)
    can_tell = pl.lit(inputs is not Basis.NOT_COMPUTABLE)
    return (
        rows(metric, account, day, by)
        .filter(can_tell & pl.col("is_counted") & pl.col("event_on").is_between(start, end))
        .with_columns(channel.alias("channel"))
        .group_by(key(metric, by))
        .agg(
            pl.col("event_on").min().alias(f"day_{side}"),
            *(
                (amount * is_it).cast(pl.Int64).sum().alias(f"{kind}_{name}_{side}")
                for kind, is_it in kinds.items()
                for name, amount in amounts.items()
            ),
        )
    )


def _step(metric: Metric, before: date, as_of: date) -> pl.Expr:
    """What became of a row; a day that lies in both windows is no reason to enter or to leave."""
    (_, end_then), (start_now, _) = (window(metric, day, metric.window_days) for day in (before, as_of))
    then, now = (pl.col(f"clean_counted_{side}") + pl.col(f"defect_counted_{side}") for side in SIDES)
    bad_then, bad_now = (pl.col(f"defect_counted_{side}") for side in SIDES)
    is_same = pl.all_horizontal(
        total(amount, "then") == total(amount, "now") for amount in ("numerator", "denominator")
    )
    steps = {
        "entered": (then == 0) & (pl.col("day_now") > end_then),
        "left": (now == 0) & (pl.col("day_then") < start_now),
        "newly_counted": now > then,
        "no_longer_counted": now < then,
        "became_defects": bad_now > bad_then,
        "no_defects_any_more": bad_now < bad_then,
        "stayed": is_same,
    }
    told = [pl.when(holds).then(pl.lit(name)) for name, holds in steps.items()]
    return pl.coalesce(*told, pl.lit("revalued"))


def total(amount: str, side: str) -> pl.Expr:
    """An amount of a day, of the rows without a defect and of those with one."""
    return pl.col(f"clean_{amount}_{side}") + pl.col(f"defect_{amount}_{side}")
