"""What would help: the changes that are likely to be asked for, each with the figure it would give, best first."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric, Status
from sellerhealth.facts.parts import SEVERAL_PRODUCTS
from sellerhealth.measure.causes.funnel import FEWEST, OUTCOMES, funnel
from sellerhealth.measure.evaluate import RESULT, evaluate, leading_split
from sellerhealth.measure.outlook.budget import budget
from sellerhealth.measure.outlook.what_if import EVERY, NOBODY, OTHERS, PART, each, flawed, mended, more, replaced
from sellerhealth.measure.tally import KEYS, summed, window


class Kind(StrEnum):
    """What is otherwise in a scenario."""

    CLEAN_ORDERS = "CLEAN_ORDERS"
    UNDECIDED_DENIED = "UNDECIDED_DENIED"
    CURED = "CURED"
    REPLACED = "REPLACED"
    STOPPED = "STOPPED"


ROUND = (100, 50, 10)
"""Numbers of clean orders told beside the one that is needed, where it is twice as many: what a part of them does."""
PRODUCT = "product"
USUAL = (PRODUCT, "carrier")
"""Dimensions whose worst value can be replaced, besides those that most often tell why."""
SOLD = (PRODUCT, "sku")
"""Dimensions of what is sold, which one can stop to sell."""
CHANGE = pl.Schema(
    {
        "kind": pl.String(),
        "dimension": pl.String(),
        "subject": pl.String(),
        "changed": pl.Int64(),
        "stands_out": pl.Boolean(),
    }
)


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One change: for which `KEYS` it is told, with what is otherwise there, and what it adds to each day's counts."""

    told: pl.DataFrame
    part: pl.DataFrame


def scenarios(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The headline's rows as they would be after each sensible change that would help; per `KEYS`, best first.

    Adds to `RESULT` the columns of `CHANGE`: kind, one of `Kind`; dimension and subject, what it is about (a flaw, or
    the worst value of the dimension); changed, how many orders are otherwise; stands_out, whether that value is worse
    than luck makes it, as `funnel` has it; and `gain`, by how much the value is better than now, in the metric's unit.
    Clean orders are those needed to meet the target, and a round number up to half of them. Empty where nothing would
    help: without a value, or without a defect.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["order_defect_rate"]
        >>> example = metric.definition.example
        >>> found = scenarios(metric, example.account(), example.as_of).filter(channel="MFN")
        >>> found.select("kind", "subject", "changed", "numerator", "denominator").rows()[:2]
        [('CLEAN_ORDERS', None, 592, 6, 601), ('CLEAN_ORDERS', None, 100, 6, 109)]
    """
    now = evaluate(metric, account, as_of).filter(pl.col("window_days") == metric.window_days)
    asked = [
        *_clean_orders(metric, account, as_of, now),
        *_cured(metric, account, as_of),
        *_worst(metric, account, as_of),
    ]
    empty = now.clear().with_columns(pl.lit(None, dtype).alias(name) for name, dtype in CHANGE.items())
    then = each(metric, account, as_of, {str(place): scenario.part for place, scenario in enumerate(asked)})
    told = [scenario.told.with_columns(pl.lit(str(place)).alias(PART)) for place, scenario in enumerate(asked)]
    found = pl.concat([empty, *(then.join(one, on=[*KEYS, PART]) for one in told)], how="diagonal")
    before = now.with_row_index("place").select(*KEYS, "place", pl.col("value").alias("now"))
    better = pl.col("value") - pl.col("now")
    gain = better if metric.definition.condition.more_is_good else -better
    return (
        found.join(before, on=KEYS, how="left")
        # The last bits depend on how many rows are divided at once.
        .with_columns(gain.round(12).alias("gain"), is_good=pl.col("status") == Status.GOOD)
        .filter(pl.col("gain") > 0)
        .sort(
            "place",
            "is_good",
            "gain",
            "changed",
            "kind",
            "subject",
            descending=[False, True, True, False, False, False],
        )
        .select(*CHANGE, *RESULT, "gain")
    )


def _clean_orders(metric: Metric, account: Account, as_of: date, now: pl.DataFrame) -> list[Scenario]:
    """The clean orders that would bring the figure back, and a round number up to half of them."""
    needed = budget(now, metric).filter(pl.col("clean_orders_needed") > 0).select(*KEYS, "clean_orders_needed")
    number = pl.col("clean_orders_needed")
    below = pl.coalesce(*(pl.when(number >= 2 * few).then(few) for few in ROUND), 0).cast(pl.Int64)
    asked = [needed.select(*KEYS, amount.alias("clean_orders")) for amount in (number, below)]
    some = [wanted.filter(pl.col("clean_orders") > 0) for wanted in asked]
    return [
        Scenario(
            told=_told(wanted.rename({"clean_orders": "changed"}), Kind.CLEAN_ORDERS),
            part=more(metric, account, as_of, wanted),
        )
        for wanted in some
        if wanted.height
    ]


def _cured(metric: Metric, account: Account, as_of: date) -> list[Scenario]:
    """Each flaw away from all orders; claims besides only from those on which nobody has decided yet."""
    start, end = window(metric, as_of, metric.window_days)
    found = flawed(metric, account, as_of).filter(pl.col("event_on").is_between(start, end))
    asked = [(Kind.CURED, flaw, EVERY, found.filter(flaw)) for flaw in metric.definition.flaws]
    if "claim" in metric.definition.flaws:
        open_ones = found.filter("claim", "has_undecided_claim", ~pl.col("has_claim_at_fault"))
        is_part = 0 < open_ones.height < found["claim"].sum()
        asked += [(Kind.UNDECIDED_DENIED, "claim", frozenset(open_ones["order_id"]), open_ones)] * is_part
    return [
        Scenario(
            told=_told(_counted(metric, orders), kind, subject=pl.lit(flaw)),
            part=mended(metric, account, as_of, {flaw: ids}),
        )
        for kind, flaw, ids, orders in asked
        if orders.height
    ]


def _worst(metric: Metric, account: Account, as_of: date) -> list[Scenario]:
    """Of each dimension the value with the most defects beyond what the others have: as good as they, or not sold."""
    known = [name for name in metric.definition.dimensions if name not in OUTCOMES]
    wanted = [name for name in (*USUAL, *leading_split(metric, account)) if name in known]
    if PRODUCT in wanted:
        wanted = [name for name in wanted if name != "sku"]
    found = [(name, _worst_of(metric, account, as_of, name)) for name in dict.fromkeys(wanted)]
    return [
        Scenario(
            told=_told(picked, kind, subject=pl.col(name), dimension=name),
            part=replaced(metric, account, as_of, picked.select(*KEYS, name), by_whom),
        )
        for name, picked in found
        for kind, by_whom in ((Kind.REPLACED, OTHERS), (Kind.STOPPED, NOBODY))
        if picked.height and (kind is Kind.REPLACED or name in SOLD)
    ]


def _worst_of(metric: Metric, account: Account, as_of: date, by: str) -> pl.DataFrame:
    """Per `KEYS` the value, and how many orders it has."""
    beyond = pl.col("defects") - pl.col("counted") * pl.col("others_rate")
    return (
        funnel(metric, account, as_of, by)
        .filter((pl.col("defects") >= FEWEST) & (beyond > 0) & (pl.col(by) != SEVERAL_PRODUCTS))
        .sort(beyond, by, descending=[True, False])
        .unique(KEYS, keep="first", maintain_order=True)
        .select(*KEYS, by, pl.col("counted").alias("changed"), "stands_out")
    )


def _counted(metric: Metric, found: pl.DataFrame) -> pl.DataFrame:
    """How many orders (or packages, units, …) per `KEYS`."""
    return summed(metric, found.lazy()).group_by(KEYS).agg(pl.col("counted").sum().alias("changed")).collect()


def _told(keys: pl.DataFrame, kind: Kind, subject: pl.Expr | None = None, dimension: str | None = None) -> pl.DataFrame:
    """What the columns of `CHANGE` say of these `KEYS`."""
    is_value = "stands_out" in keys.columns
    return keys.select(
        *KEYS,
        pl.lit(kind.value).alias("kind"),
        pl.lit(dimension, pl.String).alias("dimension"),
        (pl.lit(None) if subject is None else subject).cast(pl.String).alias("subject"),
        "changed",
        pl.col("stands_out") if is_value else pl.lit(None, pl.Boolean).alias("stands_out"),
    )
