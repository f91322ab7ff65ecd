"""The only heavy step: per day and dimension, how many orders were counted and how many were defects.

Counts add up, so every window is a sum of days and every ratio is divided last.
"""

from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Definition, Metric
from sellerhealth.metrics import METRICS

KEYS = ["account", "marketplace", "channel"]
COUNTS = ["numerator", "unknown", "denominator"]
UNNAMED = "Not known"


def rows(metric: Metric, account: Account, as_of: date, by: tuple[str, ...] = ()) -> pl.LazyFrame:
    """The facts a metric reads, with its choices, `event_on`, and what each row counts as.

    Adds the booleans `is_counted`, `is_defect` and `is_unknown` (a defect only if the worst is true),
    and one column per dimension in `by`. Rows of other marketplaces are still there, not counted.
    """
    return _judged(metric, account, as_of, by, facts.orders(account, as_of))


def _judged(metric: Metric, account: Account, as_of: date, by: tuple[str, ...], found: pl.LazyFrame) -> pl.LazyFrame:
    if "sku" in by:
        found = found.join(facts.order_skus(account), on=facts.ORDER, how="left").with_columns(
            pl.col("sku").fill_null(facts.NO_SKU)
        )
    definition = metric.definition
    here = pl.col("marketplace") == account.marketplace.code
    bought = (pl.col("purchased_on") <= as_of).fill_null(value=True)
    is_counted = (here & bought & definition.population & pl.col("event_on").is_not_null()).fill_null(value=False)
    is_defect = is_counted & definition.numerator.fill_null(value=False)
    return (
        found.with_columns(metric.chosen_columns())
        .with_columns(_dimension(metric, name) for name in by)
        .with_columns(is_counted=is_counted, is_defect=is_defect, is_unknown=is_defect & definition.unknown)
    )


@lru_cache(maxsize=4)
def _known(account: Account, as_of: date) -> pl.DataFrame:
    """The facts that any metric asks for, joined once for all of them: a few dozen bytes an order."""
    wanted = {*KEYS, "purchased_on"}.union(*(columns(definition) for definition in METRICS.values()))
    found = facts.orders(account, as_of)
    names = [name for name in found.collect_schema().names() if name in wanted]
    return found.select(names).collect(engine="streaming")


def columns(definition: Definition) -> set[str]:
    """The columns a definition reads, whichever choices a policy takes."""
    choices = [definition.event_date, *definition.choices.values()]
    options = [option.expression for choice in choices for option in choice.options.values()]
    read = [definition.population, definition.numerator, definition.unknown, *options]
    return {name for expression in read for name in expression.meta.root_names()}


@lru_cache(maxsize=256)
def tally(metric: Metric, account: Account, as_of: date, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """Per account, marketplace, channel, day and dimension: numerator, unknown, denominator.

    `event_on` is the day; `numerator` counts every defect, `unknown` those of them that may be none.
    A channel the metric covers but the account never used is not there. Sorted by its keys.
    """
    groups = [*KEYS, *by, "event_on"]
    found = facts.orders(account, as_of) if by else _known(account, as_of).lazy()
    return (
        _judged(metric, account, as_of, by, found)
        .filter(pl.col("is_counted"))
        .group_by(groups)
        .agg(
            pl.col("is_defect").sum().cast(pl.Int64).alias("numerator"),
            pl.col("is_unknown").sum().cast(pl.Int64).alias("unknown"),
            pl.len().cast(pl.Int64).alias("denominator"),
        )
        .sort(groups)
        .collect(engine="streaming")
        .with_columns(pl.col("channel").cast(pl.String))
    )


def window(metric: Metric, as_of: date, days: int) -> tuple[date, date]:
    """First and last day, both counted, of the window that is looked at on `as_of`."""
    end = as_of - timedelta(days=metric.terms.lag_days)
    return end - timedelta(days=days - 1), end


def _dimension(metric: Metric, name: str) -> pl.Expr:
    known = metric.definition.dimensions
    if name not in known:
        raise InputError(f"by of {metric.name}", f"one of {', '.join(known)}", "Choose one of them.", column=name)
    return known[name].fill_null(UNNAMED).alias(name)
