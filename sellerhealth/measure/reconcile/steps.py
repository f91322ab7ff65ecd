"""Our own count beside Amazon's, and the way from one to the other in whole orders."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.judge import basis_of_inputs
from sellerhealth.measure.reconcile.compared import Compared, compared
from sellerhealth.measure.reconcile.readings import Cause
from sellerhealth.measure.reconcile.snapshot import Snapshot, snapshots
from sellerhealth.measure.tally import tally

PAIR = ("numerator", "denominator")
RECONCILED = pl.Schema(
    {
        "metric": pl.String(),
        "account": pl.String(),
        "channel": pl.String(),
        "figure": pl.String(),
        "figure_from": pl.Date(),
        "figure_to": pl.Date(),
        "reported_on": pl.Date(),
        "obstacle": pl.String(),
        "amazons_numerator": pl.Int64(),
        "amazons_denominator": pl.Int64(),
        "own_numerator": pl.Int64(),
        "own_denominator": pl.Int64(),
        "step": pl.Int64(),
        "cause": pl.String(),
        "question": pl.String(),
        "option": pl.String(),
        "numerator": pl.Int64(),
        "denominator": pl.Int64(),
        "is_amazons": pl.Boolean(),
        "others": pl.Int64(),
        "unread_rows": pl.Int64(),
        "unread_days": pl.Int64(),
    }
)
"""One row per step from our figure to Amazon's; one that does not differ, or is not compared, has one without cause."""
Row = dict[str, Any]
Pair = tuple[int, int]


def reconcile(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """Our count over Amazon's own days, as known on the day of its report, beside the latest figure of each channel.

    Columns: `RECONCILED`. `figure_from` to `figure_to`, inclusive, are Amazon's days, in whose counts all numbers are:
    `own_…` is our count over them, and each step says by how many the figure's numerator and denominator change when
    one point (`question`) is read in another way (`option`). `WINDOW` and `SINCE` lead from the headline on `as_of` to
    our count over Amazon's days; the other steps from there to Amazon's counts, `UNEXPLAINED` being what is left. With
    `others` more ways to the same counts that are no longer, nobody can tell which it is. `is_amazons`: the policy of
    what Amazon applies now reads it so. Where nothing can be compared, `obstacle` says why.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> reconcile(metric, metric.definition.example.account(), metric.definition.example.as_of).height
        0
    """
    rows = [row for one in snapshots(metric, account, as_of) for row in _rows(metric, account, as_of, one)]
    return pl.DataFrame(rows, schema=RECONCILED)


def _rows(metric: Metric, account: Account, as_of: date, snapshot: Snapshot) -> Iterator[Row]:
    told = {
        "metric": metric.name,
        "account": snapshot.account,
        "channel": snapshot.channel,
        "figure": snapshot.figure,
        "figure_from": snapshot.first,
        "figure_to": snapshot.last,
        "reported_on": snapshot.reported_on,
        "obstacle": snapshot.obstacle,
        "amazons_numerator": snapshot.numerator,
        "amazons_denominator": snapshot.denominator,
    }
    if snapshot.obstacle:
        yield {**told, "step": 0}
        return
    found = compared(metric, account, as_of, snapshot)
    own = {"own_numerator": found.own[0], "own_denominator": found.own[1]}
    steps = [*_to_own(metric, account, as_of, snapshot, found.own), *_to_amazons(found)]
    for number, step in enumerate(steps or [{}]):
        yield {**told, **own, "step": number, **step}


def _to_own(metric: Metric, account: Account, as_of: date, snapshot: Snapshot, own: Pair) -> Iterator[Row]:
    """From the headline to our count over Amazon's days as known now, and from there to what was known then."""
    now = evaluate(metric, account, as_of).filter(
        account=snapshot.account, channel=snapshot.channel, window_days=metric.window_days
    )
    headline = now.select(PAIR).row(0) if now.height else (0, 0)
    known_now = own if snapshot.reported_on == as_of else _over(metric, account, as_of, snapshot)
    yield from _step(Cause.WINDOW, headline, known_now)
    yield from _step(Cause.SINCE, known_now, own)


def _over(metric: Metric, account: Account, day: date, snapshot: Snapshot) -> Pair:
    """Our count over Amazon's days as known on a day."""
    numerator = "numerator" if basis_of_inputs(metric, account) is Basis.EXACT else "at_best"
    inside = tally(metric, account, day).filter(
        pl.col("event_on").is_between(*snapshot.span), account=snapshot.account, channel=snapshot.channel
    )
    return int(inside[numerator].sum()), int(inside["denominator"].sum())


def _to_amazons(found: Compared) -> Iterator[Row]:
    """From our count to Amazon's, reading by reading, and what is left."""
    for reading, before, after in zip(found.readings, found.counts, found.counts[1:], strict=False):
        told = {"question": reading.question, "option": reading.option, "is_amazons": reading.is_amazons}
        yield from _step(reading.cause, before, after, others=found.others, **told)
    if found.rest:
        lacking = {"unread_rows": found.lacking.rows, "unread_days": found.lacking.days}
        yield from _step(found.rest, found.counts[-1], found.amazons, others=found.others, **lacking)


def _step(cause: Cause, before: Pair, after: Pair, **more: object) -> Iterator[Row]:
    """One step, where it changes anything."""
    if before != after:
        yield {"cause": cause, "numerator": after[0] - before[0], "denominator": after[1] - before[1], **more}
