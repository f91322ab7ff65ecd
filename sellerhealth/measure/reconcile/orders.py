"""The very orders behind each step from our count to Amazon's."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric
from sellerhealth.facts import IDENTITY
from sellerhealth.measure.judge import basis_of_inputs
from sellerhealth.measure.reconcile.compared import compared
from sellerhealth.measure.reconcile.outcomes import SET, Set, judged, placed
from sellerhealth.measure.reconcile.readings import Cause
from sellerhealth.measure.reconcile.snapshot import Snapshot, snapshots

ROW = "row"
ADDS = ("numerator", "denominator")


def reconcile_rows(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """The orders (or messages, packages, …) that make the steps of `reconcile`, those of one step together.

    Columns: account, metric, channel, figure, cause, question, option, what the row is found by, `event_on` as the
    metric has it, and by how many the row changes the figure's numerator and denominator (units, where units are
    counted); together they are the step's. Behind `UNSURE` stand all that are unsure, with nulls: which of them Amazon
    counts nobody can tell. Another window, what no file tells, and what is left unexplained have no rows.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> reconcile_rows(metric, metric.definition.example.account(), metric.definition.example.as_of).height
        0
    """
    found = [
        rows
        for one in snapshots(metric, account, as_of)
        if not one.obstacle
        for rows in _of(metric, account, as_of, one)
    ]
    return pl.concat(found) if found else _empty(metric)


def _of(metric: Metric, account: Account, as_of: date, snapshot: Snapshot) -> Iterator[pl.DataFrame]:
    found = compared(metric, account, as_of, snapshot)
    if snapshot.reported_on < as_of:
        yield _told(metric, _since(metric, account, as_of, snapshot), snapshot, Cause.SINCE, None, None)
    if not found.readings and found.rest is not Cause.UNSURE:
        return
    stages = [found.readings[:number] for number in range(len(found.readings) + 1)]
    each = _each(metric, account, snapshot.reported_on, as_of, snapshot, stages).with_columns(
        pl.col(ADDS).diff().over(ROW)
    )
    for number, reading in enumerate(found.readings, 1):
        changed = each.filter(pl.col(SET) == number).filter(pl.any_horizontal(pl.col(ADDS) != 0))
        yield _told(metric, changed, snapshot, reading.cause, reading.question, reading.option)
    if found.rest is Cause.UNSURE:
        unsure = each.filter(pl.col(SET) == len(found.readings), "is_unknown")
        nothing = [pl.lit(None, dtype=pl.Int64).alias(name) for name in ADDS]
        yield _told(metric, unsure.with_columns(nothing), snapshot, Cause.UNSURE, None, None)


def _each(
    metric: Metric, account: Account, day: date, as_of: date, snapshot: Snapshot, stages: list[Set]
) -> pl.DataFrame:
    """Each row in the span at each stage, as known on a day, with what it adds to the figure."""
    found = placed(metric, account, day, as_of, snapshot.span, stages[-1]).filter(account=snapshot.account)
    kept = found.with_columns(pl.col("event_on").alias("day")).with_row_index(ROW)
    figure = metric.definition.figure
    amount = figure.worst if basis_of_inputs(metric, account) is Basis.EXACT else figure.best
    units = metric.definition.units.cast(pl.Int64)
    adds = {"numerator": pl.col("is_counted") & amount, "denominator": pl.col("is_counted")}
    identity = IDENTITY[metric.definition.fact]
    return (
        judged(metric, snapshot.channel or "", kept, stages)
        .with_columns((holds.cast(pl.Int64) * units).alias(name) for name, holds in adds.items())
        .select(ROW, SET, "account", *identity, pl.col("day").alias("event_on"), *ADDS, "is_unknown")
        .sort(ROW, SET)
        .collect()
    )


def _since(metric: Metric, account: Account, as_of: date, snapshot: Snapshot) -> pl.DataFrame:
    """The rows of Amazon's days that were known otherwise on the day of its report than now."""
    now, then = (_each(metric, account, day, as_of, snapshot, [()]) for day in (as_of, snapshot.reported_on))
    by = ["account", *IDENTITY[metric.definition.fact]]
    signed = [then, now.with_columns(-pl.col(ADDS))]
    changed = pl.concat(signed).group_by(by).agg(pl.col("event_on").first(), pl.col(ADDS).sum())
    return changed.filter(pl.any_horizontal(pl.col(ADDS) != 0))


def _told(
    metric: Metric, rows: pl.DataFrame, snapshot: Snapshot, cause: Cause, question: str | None, option: str | None
) -> pl.DataFrame:
    """The rows with the step they stand behind."""
    texts = {
        "metric": metric.name,
        "channel": snapshot.channel,
        "figure": snapshot.figure,
        "cause": cause.value,
        "question": question,
        "option": option,
    }
    named = rows.with_columns(pl.lit(text, dtype=pl.String).alias(name) for name, text in texts.items())
    identity = IDENTITY[metric.definition.fact]
    return named.select("account", *texts, *identity, "event_on", *ADDS).sort("event_on", *identity, nulls_last=True)


def _empty(metric: Metric) -> pl.DataFrame:
    texts = ["account", "metric", "channel", "figure", "cause", "question", "option", *IDENTITY[metric.definition.fact]]
    return pl.DataFrame(
        schema={**dict.fromkeys(texts, pl.String), "event_on": pl.Date, **dict.fromkeys(ADDS, pl.Int64)}
    )
