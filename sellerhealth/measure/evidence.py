"""The facts for a plan of action, under the three headings that Amazon asks for, each with the rows behind it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.facts import ORDER
from sellerhealth.measure.beside import beside
from sellerhealth.measure.confirmation import to_confirm
from sellerhealth.measure.defects import defects
from sellerhealth.measure.evaluate import breakdown, evaluate, leading_split
from sellerhealth.measure.stock import explained, stock
from sellerhealth.measure.streak import worst_streak
from sellerhealth.measure.tally import known, tally, window

PLANNED = (
    "order_defect_rate",
    "late_dispatch_rate",
    "cancellation_rate",
    "valid_tracking_rate",
    "on_time_delivery_rate",
)
"""The metrics for which Amazon takes offers or an account down, and asks for a plan of action."""
PAST, LATELY, MOST_VALUES = 26 * 7, 28, 3


class Heading(StrEnum):
    """What Amazon's plan of action has to tell, in its order."""

    ROOT_CAUSE = "ROOT_CAUSE"
    CORRECTIVE_ACTION = "CORRECTIVE_ACTION"
    PREVENTION = "PREVENTION"


class Line(StrEnum):
    """The kinds of facts, and the gaps that only the seller can fill."""

    FIGURE = "FIGURE"
    KIND = "KIND"
    SPLIT = "SPLIT"
    OVERSOLD = "OVERSOLD"
    POSTED = "POSTED"
    STREAK = "STREAK"
    WHY = "WHY"
    WAITING = "WAITING"
    UNDECIDED = "UNDECIDED"
    REFUNDED = "REFUNDED"
    DONE = "DONE"
    LATELY = "LATELY"
    SPLIT_LATELY = "SPLIT_LATELY"
    SINCE_LAST = "SINCE_LAST"
    CHANGED = "CHANGED"


ORDERS, WEEKS, SPLIT, WAITING, SHELF = "orders", "weeks", "split", "waiting", "shelf"
"""The tables that lines lead to."""
EVIDENCE = pl.Schema(
    {
        "metric": pl.String(),
        "account": pl.String(),
        "channel": pl.String(),
        "status": pl.String(),
        "heading": pl.String(),
        "line": pl.String(),
        "dimensions": pl.List(pl.String()),
        "values": pl.List(pl.String()),
        "first_on": pl.Date(),
        "last_on": pl.Date(),
        "count": pl.Int64(),
        "out_of": pl.Int64(),
        "count_before": pl.Int64(),
        "out_of_before": pl.Int64(),
        "rows": pl.String(),
        "is_gap": pl.Boolean(),
    }
)
Row = dict[str, Any]
Rows = Mapping[str, pl.DataFrame]


def evidence(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """What the files tell for a plan of action on `as_of`, a row for each fact and each gap the seller has to fill.

    Columns: `EVIDENCE`. `status` is the headline's; `line` is the kind of fact, of `values` of `dimensions` where it is
    about some; `count` are the defects (units, where units are counted) of `out_of` from `first_on` to `last_on`,
    inclusive, `…_before` those of as many days before them, null where the files begin later. `rows` names the table of
    `evidence_rows` that holds the rows behind it; a gap has none. A channel without a defect in the headline's window
    has no rows, nor has a metric that Amazon asks no plan for.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> found = evidence(metric, metric.definition.example.account(), metric.definition.example.as_of)
        >>> found.filter(line="FIGURE").select("count", "out_of", "rows").rows()
        [(3, 8, 'orders')]
    """
    if metric.name not in PLANNED:
        return EVIDENCE.to_frame()
    now = evaluate(metric, account, as_of).filter(pl.col("defects") > 0, window_days=metric.window_days)
    told = [
        {
            "metric": metric.name,
            **{name: row[name] for name in ("account", "channel", "status")},
            "is_gap": False,
            **line,
        }
        for row in now.to_dicts()
        for line in _lines(metric, account, as_of, row)
    ]
    return pl.DataFrame(told, schema=EVIDENCE)


def evidence_rows(metric: Metric, account: Account, as_of: date) -> Rows:
    """The tables the lines of `evidence` lead to, by their names.

    `orders`, the very defects of the headline's window with their carrier; `weeks`, counted and defects of the last
    half year; `split`, the breakdown that most often tells why; of late dispatch `waiting`, the orders that are
    overdue and not confirmed, and of cancellations `shelf`, the products of which orders were cancelled.
    """
    if metric.name not in PLANNED:
        return {}
    _, end = window(metric, as_of, metric.window_days)
    first = end - timedelta(days=PAST - 1)
    week = (pl.lit(first) + pl.duration(days=(pl.col("event_on") - first).dt.total_days() // 7 * 7)).alias("week_from")
    inside = tally(metric, account, as_of).filter(pl.col("event_on").is_between(first, end))
    weeks = inside.group_by("account", "channel", week).agg(pl.col("counted", "defects").sum())
    found = {
        ORDERS: _with_carrier(metric, account, as_of, defects(metric, account, as_of)),
        WEEKS: weeks.sort("account", "channel", "week_from"),
        SPLIT: breakdown(metric, account, as_of, leading_split(metric, account)),
    }
    if metric.name == "late_dispatch_rate":
        return {**found, WAITING: _waiting(account, as_of)}
    if metric.name == "cancellation_rate":
        return {**found, SHELF: stock(account, as_of).filter(pl.col("cancelled_orders") > 0)}
    return found


def _lines(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    causes = [*_figure(now), *_kinds(metric, account, as_of, now), *_split(metric, account, as_of, now)]
    causes += [*_oversold(metric, account, as_of, now), *_posted(metric, account, as_of, now)]
    causes += _streak(metric, account, as_of, now)
    done = [*_still_waiting(metric, account, as_of, now), *_complaints(metric, account, as_of, now)]
    since = [*_lately(metric, account, as_of, now), *_since_last(metric, account, as_of, now)]
    for heading, facts, gap in (
        (Heading.ROOT_CAUSE, causes, Line.WHY),
        (Heading.CORRECTIVE_ACTION, done, Line.DONE),
        (Heading.PREVENTION, since, Line.CHANGED),
    ):
        yield from ({"heading": heading, **fact} for fact in facts)
        yield {"heading": heading, "line": gap, "is_gap": True}


def _figure(now: Row) -> Iterator[Row]:
    days = {"first_on": now["window_start"], "last_on": now["window_end"]}
    yield {"line": Line.FIGURE, "count": now["defects"], "out_of": now["counted"], "rows": ORDERS, **days}


def _kinds(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    """What happened, where defects are of several kinds."""
    if "defect_kind" in metric.definition.dimensions:
        for row in _found(metric, account, as_of, now, ("defect_kind",)).to_dicts():
            yield {"line": Line.KIND, "count": row["defects"], "out_of": now["defects"], "rows": ORDERS, **_about(row)}


def _split(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    """Where the most defects are, by what most often tells why."""
    found = _found(metric, account, as_of, now, leading_split(metric, account))
    for row in found.head(MOST_VALUES).to_dicts():
        yield {"line": Line.SPLIT, "count": row["defects"], "out_of": row["counted"], "rows": SPLIT, **_about(row)}


def _found(metric: Metric, account: Account, as_of: date, now: Row, by: tuple[str, ...]) -> pl.DataFrame:
    """The values with defects, the most first."""
    found = _of(breakdown(metric, account, as_of, by), now).filter(pl.col("defects") > 0)
    return found.select("defects", "counted", *by)


def _about(row: Row) -> Row:
    values = {name: value for name, value in row.items() if name not in ("defects", "counted")}
    return {"dimensions": list(values), "values": list(values.values())}


def _oversold(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    """How many cancelled orders a short shelf explains, where shelves were counted; they are one account's."""
    is_counted = {"stock.units_on_hand", "order_items.sku"} <= account.provided
    if metric.name == "cancellation_rate" and is_counted and now["account"] == account.name:
        short, cancelled = explained(account, as_of)
        if cancelled:
            days = {"first_on": as_of - timedelta(days=29), "last_on": as_of}
            yield {"line": Line.OVERSOLD, "count": short, "out_of": cancelled, "rows": SHELF, **days}


def _posted(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    """Orders that left the house and were never confirmed."""
    if metric.name == "late_dispatch_rate" and (waiting := _waiting(account, as_of, now)).height:
        posted = int(waiting["is_posted"].sum())
        if posted:
            yield {"line": Line.POSTED, "count": posted, "out_of": waiting.height, "rows": WAITING}


def _still_waiting(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    if metric.name == "late_dispatch_rate":
        count = _waiting(account, as_of, now).height
        yield {"line": Line.WAITING, "count": count, "rows": WAITING if count else None}


def _waiting(account: Account, as_of: date, now: Row | None = None) -> pl.DataFrame:
    """The orders that are overdue and not confirmed."""
    found = to_confirm(account, as_of).filter(pl.col("days_overdue") > 0)
    return found.filter(account=now["account"]) if now else found


def _complaints(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    """What became of the defective orders: claims not decided yet, and refunds that a file tells."""
    if metric.name != "order_defect_rate":
        return
    told = known(account, as_of, "orders").select(*ORDER, "has_undecided_claim", "has_refund")
    found = _of(defects(metric, account, as_of), now).join(told, on=ORDER, how="left")
    if undecided := int(found["has_undecided_claim"].sum()):
        yield {"line": Line.UNDECIDED, "count": undecided, "out_of": found.height, "rows": ORDERS}
    if "returns.refunded" in account.provided:
        refunded = int(found["has_refund"].sum())
        yield {"line": Line.REFUNDED, "count": refunded, "out_of": found.height, "rows": ORDERS}


def _streak(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    """Since the worst streak began, beside as many days before."""
    _, end = window(metric, as_of, metric.window_days)
    days = _of(tally(metric, account, as_of), now)
    found = worst_streak(days.filter(pl.col("event_on").is_between(end - timedelta(days=PAST - 1), end)))
    if found:
        yield {"line": Line.STREAK, "rows": WEEKS, **beside(days, found.first, found.last, _begins(days))}


def _lately(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    """The last four weeks beside the four before: of all, and of the value with the most defects."""
    _, end = window(metric, as_of, metric.window_days)
    first = end - timedelta(days=LATELY - 1)
    every = _of(tally(metric, account, as_of), now)
    begins = _begins(every)
    yield {"line": Line.LATELY, "rows": WEEKS, **beside(every, first, end, begins)}
    for split in list(_split(metric, account, as_of, now))[:1]:
        about = {name: split[name] for name in ("dimensions", "values")}
        by = _of(tally(metric, account, as_of, tuple(about["dimensions"])), now)
        days = by.filter(**dict(zip(*about.values(), strict=True)))
        yield {"line": Line.SPLIT_LATELY, "rows": SPLIT, **about, **beside(days, first, end, begins)}


def _since_last(metric: Metric, account: Account, as_of: date, now: Row) -> Iterator[Row]:
    """What was counted after the last defect."""
    _, end = window(metric, as_of, metric.window_days)
    days = _of(tally(metric, account, as_of), now).filter(pl.col("event_on") <= end)
    last = days.filter(pl.col("defects") > 0)["event_on"].max()
    since = int(days.filter(pl.col("event_on") > last)["counted"].sum())
    if since:
        yield {"line": Line.SINCE_LAST, "count": 0, "out_of": since, "rows": WEEKS, "first_on": last, "last_on": end}


def _begins(days: pl.DataFrame) -> date:
    """The first day on which anything was counted; there is one where there is a defect."""
    first: date = days.select(pl.col("event_on").min()).item()
    return first


def _with_carrier(metric: Metric, account: Account, as_of: date, found: pl.DataFrame) -> pl.DataFrame:
    """The defects with who carried them, where no column of theirs tells."""
    if metric.definition.fact != "orders" or "carrier" in found.columns:
        return found
    carriers = known(account, as_of, "orders").select(*ORDER, "carrier")
    return found.join(carriers, on=ORDER, how="left", maintain_order="left")


def _of(frame: pl.DataFrame, now: Row) -> pl.DataFrame:
    return frame.filter(account=now["account"], channel=now["channel"])
