"""What would lift a figure most: the same figure as if one kind of flaw had never been."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.outlook.what_if import EVERY, PART, each, flawed, mended
from sellerhealth.measure.tally import KEYS, window

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
    headline = evaluate(metric, account, as_of).head(1)
    now = headline["value"].item()
    parts = {flaw: mended(metric, account, as_of, {flaw: EVERY}) for flaw in metric.definition.flaws}
    then = each(metric, account, as_of, parts).join(headline.select(KEYS), on=KEYS, how="semi")
    without = dict(zip(then[PART], then["value"], strict=True))
    told = [
        {"flaw": flaw, **counts, "value": without.get(flaw), "gain": _gain(without.get(flaw), now)}
        for flaw, counts in _counted(metric, account, as_of).items()
    ]
    return pl.DataFrame(told, schema=LIFT).sort(
        "gain", "defects", "flaw", descending=[True, True, False], nulls_last=True
    )


def _gain(value: float | None, now: float | None) -> float | None:
    return None if value is None or now is None else round(abs(value - now), 12)


def _counted(metric: Metric, account: Account, as_of: date) -> dict[str, dict[str, int]]:
    """Per flaw, the orders that have it and those that have no other."""
    start, end = window(metric, as_of, metric.window_days)
    flaws = list(metric.definition.flaws)
    together = pl.sum_horizontal(pl.col(flaw).cast(pl.Int64) for flaw in flaws)
    found = flawed(metric, account, as_of).filter(pl.col("event_on").is_between(start, end))
    return {
        flaw: {"defects": int(found[flaw].sum()), "alone": found.filter(flaw, together == 1).height} for flaw in flaws
    }
