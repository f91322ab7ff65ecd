"""The figure on each coming day, from what is known now and with no new defect: the path it glides down, or up."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, get_args

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Basis, Metric, Status
from sellerhealth.measure.evaluate import RESULT, series
from sellerhealth.measure.judge import basis_of_inputs
from sellerhealth.measure.tally import COUNTS, KEYS, columns, known, leaves_on, tally, window

Sales = Literal["stop", "same", "double"]
SALES: tuple[Sales, ...] = get_args(Sales)
TIMES = {"same": 1, "double": 2}
REPEATED = 28
"""How many of the last days are repeated where sales go on: whole weeks, so that each weekday stays what it is."""
MOST_DAYS = 120
PATH = [*RESULT, "sales", "on"]


def glide(
    metric: Metric, account: Account, as_of: date, days: int | None = None, sales: Sales = "same"
) -> pl.DataFrame:
    """The headline on each day from `as_of` to `days` days on, as known on `as_of` and with no new defect.

    One row per channel and day in the shape of `RESULT`, with `sales` and the day looked at as `on`. `sales`: "stop",
    only what is placed already; "same", the last 28 days come again and again; "double", twice that. A coming day
    never has fewer than are known for it. What comes is clean; a mean has nothing clean, so there it comes as it was.
    Placed but not counted yet, such as a parcel under way, is not in it. `days`: by default until the last row that is
    known has left, at most 120. Empty where nothing can be computed.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["order_defect_rate"]
        >>> example = metric.definition.example
        >>> path = glide(metric, example.account(), example.as_of, days=1, sales="stop").filter(channel="MFN")
        >>> path.select("on", "numerator", "denominator").rows()
        [(datetime.date(2026, 3, 31), 6, 9), (datetime.date(2026, 4, 1), 5, 8)]
    """
    return _paths(metric, account, as_of, days, (sales,)).clone()


def glides(metric: Metric, account: Account, as_of: date, days: int | None = None) -> pl.DataFrame:
    """The paths of all `SALES`, one below the other: where sales stop, go on, and double; columns as of `glide`."""
    return _paths(metric, account, as_of, days, SALES).clone()


def clears_on(path: pl.DataFrame) -> date | None:
    """The first day from which the target is met and stays met to the end of the first path in the frame.

    None where it never is. Days on which nothing is left to count neither meet nor miss it.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["order_defect_rate"]
        >>> example = metric.definition.example
        >>> clears_on(glide(metric, example.account(), example.as_of))
        datetime.date(2026, 5, 16)
    """
    first = _first(path).filter(pl.col("denominator") > 0)
    not_met = _day(first.filter(pl.col("status") != Status.GOOD)["on"].max())
    met = first.filter((pl.col("status") == Status.GOOD) & (pl.col("on") > (not_met or date.min)))
    return _day(met["on"].min())


def misses_on(path: pl.DataFrame) -> date | None:
    """The first day on which the target, met now, would be missed with no new defect; None where it would not be."""
    first = _first(path)
    if first.is_empty() or first["status"][0] != Status.GOOD:
        return None
    return _day(first.filter(status=Status.BAD)["on"].min())


def empties_on(path: pl.DataFrame) -> date | None:
    """The first day from which nothing is left to count, to the end of the first path; None where something is."""
    first = _first(path)
    last = _day(first.filter(pl.col("denominator") > 0)["on"].max())
    return _day(first.filter(pl.col("on") > (last or date.min))["on"].min())


@lru_cache(maxsize=64)
def _paths(metric: Metric, account: Account, as_of: date, days: int | None, sales: tuple[Sales, ...]) -> pl.DataFrame:
    if strange := set(sales).difference(SALES):
        raise InputError("sales", f"one of {', '.join(SALES)}, not {strange.pop()}", "Choose one of them.")
    every = _days(as_of, _days_left(metric, account, as_of) if days is None else days, metric)
    ends = (every["window_end"][0], every["window_end"][-1])
    found = [
        series(metric, account, _with_sales(metric, account, as_of, ends[1], one), ends, metric.window_days)
        .join(every, on="window_end", how="left", maintain_order="left_right")
        .with_columns(pl.lit(one).alias("sales"))
        for one in sales
    ]
    path = pl.concat(found).select(PATH)
    return path.clear() if basis_of_inputs(metric, account) is Basis.NOT_COMPUTABLE else path


def _days(as_of: date, days: int, metric: Metric) -> pl.DataFrame:
    """Each day looked at, and the end of its window."""
    every = [as_of + timedelta(days=ahead) for ahead in range(max(days, 0) + 1)]
    return pl.DataFrame({"on": every, "window_end": [window(metric, day, metric.window_days)[1] for day in every]})


def _days_left(metric: Metric, account: Account, as_of: date) -> int:
    """How many days until the last row that is known has left, at most `MOST_DAYS`."""
    gone = (
        tally(metric, account, as_of)
        .select((leaves_on(metric, pl.col("event_on").max()) - as_of).dt.total_days())
        .item()
    )
    return min(max(gone or 0, 0), MOST_DAYS)


def _with_sales(metric: Metric, account: Account, as_of: date, until: date, sales: Sales) -> pl.DataFrame:
    """The counts of each day, with what comes in until a day."""
    counted, full = tally(metric, account, as_of), _full_until(metric, as_of)
    if sales == "stop":
        return counted
    rounds = pl.LazyFrame({"round": range(1, -(-(until - full).days // REPEATED) + 1)}, schema={"round": pl.Int64})
    there = counted.lazy().select(*KEYS, "event_on", pl.col("denominator").alias("there"))
    coming = (
        counted.lazy()
        .filter(pl.col("event_on").is_between(full - timedelta(days=REPEATED - 1), full))
        .join(rounds, how="cross")
        .with_columns(pl.col("event_on") + pl.duration(days=REPEATED * pl.col("round")), pl.col(COUNTS) * TIMES[sales])
        .join(there, on=[*KEYS, "event_on"], how="left")
        .with_columns((pl.col("denominator") - pl.col("there").fill_null(0)).alias("more"))
        .filter(pl.col("more") > 0)
        .select(*KEYS, "event_on", *_new_counts(metric, account, as_of))
    )
    return pl.concat([counted.lazy(), coming]).group_by(*KEYS, "event_on").agg(pl.col(COUNTS).sum()).collect()


def _full_until(metric: Metric, as_of: date) -> date:
    """The last day of which all is known: of orders today; an answer or a delivery may come days after its own."""
    return as_of if metric.definition.fact == "orders" else window(metric, as_of, metric.window_days)[1]


def _new_counts(metric: Metric, account: Account, as_of: date) -> list[pl.Expr]:
    """What `more` rows add to each count: as clean ones do, or as those did which they repeat."""
    worst, best = _clean(metric, account, as_of)
    if worst is None:
        return [(pl.col(name) * pl.col("more") // pl.col("denominator")).alias(name) for name in COUNTS]
    each = {"numerator": worst, "at_best": best, "denominator": 1, "counted": 1, "defects": 0, "unknown": 0}
    return [(pl.col("more") * each[name]).alias(name) for name in COUNTS]


@lru_cache(maxsize=32)
def _clean(metric: Metric, account: Account, as_of: date) -> tuple[int | None, int | None]:
    """What a row without any flaw adds to the numerator, at worst and at best; None where each row is as it is."""
    definition = metric.definition
    facts = known(account, as_of, definition.fact)
    blank = facts.select(name for name in facts.columns if name in columns(definition)).clear(1)
    never = {name: pl.lit(value=False) for name in ("is_defect", "is_unknown", *definition.flaws)}
    figures = {"worst": definition.figure.worst, "best": definition.figure.best}
    judged = blank.lazy().with_columns(metric.chosen_columns()).with_columns(**never)
    worst, best = judged.select(each.cast(pl.Int64).alias(name) for name, each in figures.items()).collect().row(0)
    return worst, best


def _first(path: pl.DataFrame) -> pl.DataFrame:
    """The rows of the first account, channel and sales in a frame of paths."""
    return path.filter(pl.col(name) == path[name].first() for name in (*KEYS, "sales")) if path.height else path


def _day(found: object) -> date | None:
    return found if isinstance(found, date) else None
