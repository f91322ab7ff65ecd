"""The only heavy step: per day and dimension, how many rows were counted and how many were defects.

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
SUMS = ["numerator", "at_best", "denominator"]
COUNTS = [*SUMS, "counted", "defects", "unknown"]
UNNAMED = "Not known"
EVERY_CHANNEL = ("ALL",)
SOLD_IN = {"sku": facts.order_skus, "product": facts.order_products}
"""What orders are of, joined only where it is asked for."""
ALSO = (
    *("ship_by_at", "has_own_claim", "has_own_chargeback"),
    *("is_confirmed", "posted_on", "deliver_by_on", "delivered_on", "has_claim_paid_by_amazon"),
)
"""Columns of orders that no metric reads; `reconcile` asks how Amazon may read an order, `whose` how it travelled."""


def rows(metric: Metric, account: Account, as_of: date, by: tuple[str, ...] = ()) -> pl.LazyFrame:
    """The facts a metric reads, with its choices, values and flaws, `event_on`, and what each row counts as.

    Adds the booleans `is_counted`, `is_defect` and `is_unknown` (a defect only if the worst is true),
    and one column per dimension in `by`. Rows of other marketplaces are still there, not counted.
    """
    definition = metric.definition
    found = known(account, as_of, definition.fact).lazy()
    for name in (name for name in SOLD_IN if name in by and definition.fact == "orders"):
        sold = SOLD_IN[name](account)
        found = found.join(sold, on=facts.ORDER, how="left").with_columns(pl.col(name).fill_null(facts.NO_SKU))
    told = (
        found.with_columns(metric.chosen_columns())
        .with_columns(flaw.fill_null(value=False).alias(name) for name, flaw in definition.flaws.items())
        .with_columns(_dimension(metric, name) for name in by)
    )
    return counted_as(metric, told, is_here(definition, account, as_of))


def counted_as(metric: Metric, told: pl.LazyFrame, is_here: pl.Expr) -> pl.LazyFrame:
    """Rows with what their choices, values and flaws make of them: `is_counted`, `is_defect` and `is_unknown`."""
    definition = metric.definition
    is_counted = is_here & definition.population & pl.col("event_on").is_not_null()
    return (
        told.with_columns(is_counted=is_counted.fill_null(value=False))
        .with_columns(is_defect=pl.col("is_counted") & definition.defective.fill_null(value=False))
        .with_columns(is_unknown=pl.col("is_defect") & definition.unknown.fill_null(value=False))
    )


def is_here(definition: Definition, account: Account, as_of: date) -> pl.Expr:
    """Sold on the account's marketplace and, for an order, bought by `as_of`."""
    here = pl.col("marketplace") == account.marketplace.code
    if definition.fact != "orders":
        return here
    return here & (pl.col("purchased_on") <= as_of).fill_null(value=True)


@lru_cache(maxsize=16)
def known(account: Account, as_of: date, fact: str) -> pl.DataFrame:
    """The facts of one kind, joined once for all that is asked of them.

    An order has ninety columns: kept are those that a metric reads or shows, a hundred bytes of it. Other facts have
    few, and are kept whole.
    """
    found = facts.FACTS[fact](account, as_of)
    names = found.collect_schema().names()
    if fact == "orders":
        asking = [definition for definition in METRICS.values() if definition.fact == fact]
        wanted = {*facts.ORDER, *KEYS, "purchased_on", *ALSO}.union(*(columns(one) | shown(one) for one in asking))
        names = [name for name in names if name in wanted]
    return found.select(names).collect(engine="streaming")


def shown(definition: Definition) -> set[str]:
    """The columns by which a definition splits its rows, tells why one is left out, and lists its defects."""
    told = [*definition.dimensions.values(), *definition.exclusions.values()]
    return {*definition.defect_columns, *(name for expression in told for name in expression.meta.root_names())}


def columns(definition: Definition) -> set[str]:
    """The columns a definition reads, whichever choices a policy takes."""
    choices = [definition.event_date, *definition.choices.values()]
    options = [option for choice in choices for option in choice.options.values()]
    days = [definition.known_on, *(option.known_on for option in options)]
    rules = [definition.population, definition.defective, definition.unknown, definition.units]
    sums = [definition.figure.worst, definition.figure.best, *definition.flaws.values()]
    told = [*rules, *sums, *(option.expression for option in options), *(day for day in days if day is not None)]
    return {name for expression in told for name in expression.meta.root_names()}


@lru_cache(maxsize=512)
def tally(metric: Metric, account: Account, as_of: date, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """Per account, marketplace, channel, day and dimension: the counts of `COUNTS`, each a whole number.

    `event_on` is the day; `numerator` is the figure's at worst, `at_best` if no unsure defect is one;
    `counted` are the rows (or units), `defects` those of them against the seller, `unknown` those that may
    be none. A channel the account never used is not there.
    """
    return summed(metric, rows(metric, account, as_of, by), by).collect(engine="streaming")


def summed(metric: Metric, judged: pl.LazyFrame, by: tuple[str, ...] = ()) -> pl.LazyFrame:
    """The counts of `COUNTS` of these rows, as `tally` has them."""
    groups = [*KEYS, *by, "event_on"]
    definition = metric.definition
    channel = pl.lit(EVERY_CHANNEL[0]) if definition.channels == EVERY_CHANNEL else pl.col("channel").cast(pl.String)
    units = definition.units.cast(pl.Int64)
    return (
        judged.filter(pl.col("is_counted"))
        .with_columns(channel.alias("channel"))
        .group_by(groups)
        .agg(
            (amount.cast(pl.Int64) * units).sum().alias(name)
            for name, amount in (
                ("numerator", definition.figure.worst),
                ("at_best", definition.figure.best),
                ("denominator", pl.col("is_counted")),
                ("counted", pl.col("is_counted")),
                ("defects", pl.col("is_defect")),
                ("unknown", pl.col("is_unknown")),
            )
        )
        .sort(groups)
    )


def window(metric: Metric, as_of: date, days: int) -> tuple[date, date]:
    """First and last day, both counted, of the window that is looked at on `as_of`.

    A weekly one ends on the last Sunday, so that it holds whole weeks.
    """
    end = as_of - timedelta(days=metric.terms.lag_days)
    if metric.terms.is_weekly:
        end -= timedelta(days=end.isoweekday() % 7)
    return end - timedelta(days=days - 1), end


def weight(metric: Metric, end: date) -> pl.Expr:
    """What a row weighs in a window that ends on `end`: one, but where the policy weighs by age."""
    if not metric.terms.weights:
        return pl.lit(1)
    age = (pl.lit(end) - pl.col("event_on")).dt.total_days()
    return pl.coalesce(*(pl.when(age < days).then(weight) for days, weight in metric.terms.weights), 0)


def enters_on(metric: Metric, event_on: pl.Expr) -> pl.Expr:
    """The first day looked at on which a row of that day counts in the headline's window."""
    ripe = event_on + pl.duration(days=(7 - event_on.dt.weekday()) if metric.terms.is_weekly else 0)
    return ripe + pl.duration(days=metric.terms.lag_days)


def leaves_on(metric: Metric, event_on: pl.Expr) -> pl.Expr:
    """The first day looked at on which a row of that day no longer counts in the headline's window."""
    gone = event_on + pl.duration(days=metric.window_days)
    if metric.terms.is_weekly:
        gone += pl.duration(days=7 - gone.dt.weekday())
    return gone + pl.duration(days=metric.terms.lag_days)


def _dimension(metric: Metric, name: str) -> pl.Expr:
    known = metric.definition.dimensions
    if name not in known:
        raise InputError(f"by of {metric.name}", f"one of {', '.join(known)}", "Choose one of them.", column=name)
    return known[name].fill_null(UNNAMED).alias(name)
