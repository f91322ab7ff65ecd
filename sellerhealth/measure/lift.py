"""What would lift a figure most: the same figure as if one kind of flaw had never been."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.tally import rows, window

LIFT = pl.Schema(
    {"flaw": pl.String(), "defects": pl.Int64(), "alone": pl.Int64(), "value": pl.Float64(), "gain": pl.Float64()}
)


def lift(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """One row per flaw of the headline's window, the one that costs most first.

    Columns: flaw, defects (orders with it), alone (orders with no other), value (the figure without it) and
    gain, by how much that is better than the figure now; null where the figure cannot be computed.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["perfect_order_percentage"]
        >>> example = metric.definition.example
        >>> lift(metric, example.account(), example.as_of).filter(pl.col("gain") > 0).head(2).rows()
        [('negative_feedback', 2, 1, 0.5, 0.1), ('buyer_message', 1, 1, 0.5, 0.1)]
    """
    now = evaluate(metric, account, as_of).row(0, named=True)["value"]
    without = {flaw: evaluate(metric, account, as_of, without=flaw)["value"][0] for flaw in metric.definition.flaws}
    counted = _counted(metric, account, as_of)
    told = [
        {"flaw": flaw, **counted[flaw], "value": value, "gain": None if now is None else round(abs(value - now), 12)}
        for flaw, value in without.items()
    ]
    return pl.DataFrame(told, schema=LIFT).sort(
        "gain", "defects", "flaw", descending=[True, True, False], nulls_last=True
    )


def _counted(metric: Metric, account: Account, as_of: date) -> dict[str, dict[str, int]]:
    """Per flaw, the orders that have it and those that have no other."""
    start, end = window(metric, as_of, metric.window_days)
    flaws = list(metric.definition.flaws)
    together = pl.sum_horizontal(pl.col(flaw).cast(pl.Int64) for flaw in flaws)
    sums = (
        rows(metric, account, as_of)
        .filter(pl.col("is_counted") & pl.col("event_on").is_between(start, end))
        .select(
            *(pl.col(flaw).sum().cast(pl.Int64) for flaw in flaws),
            *((pl.col(flaw) & (together == 1)).sum().cast(pl.Int64).alias(f"{flaw} alone") for flaw in flaws),
        )
        .collect(engine="streaming")
        .row(0, named=True)
    )
    return {flaw: {"defects": sums[flaw], "alone": sums[f"{flaw} alone"]} for flaw in flaws}
