"""What if: the same window with more clean orders, with flaws mended, or with one part of it as good as another.

Only what changes is counted again: the rest is the tally, so a second question is answered at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.measure.evaluate import evaluate, of_tally
from sellerhealth.measure.tally import COUNTS, KEYS, columns, counted_as, rows, summed, tally, window

EVERY = frozenset({"*"})
"""All orders with a flaw, whatever their ids."""
DEFECT = "defect"
"""Whatever went wrong with an order, of any metric whose figure is a share or is made of flaws."""
OTHERS = "*"
"""All orders that are not of the value."""
PART = "part"
NOBODY = ""
"""The orders are taken out of the window, and nobody has them instead."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What might be otherwise in the windows looked at.

    `clean_orders` more without a defect, in each channel; `cured`: of a flaw (or DEFECT) the ids of the orders that
    are without it, or EVERY; `replaced`: a dimension, one of its values, and by whom: those orders go wrong as often as
    the other value's, or as all OTHERS; by NOBODY, they were never sold.
    """

    clean_orders: int = 0
    cured: Mapping[str, frozenset[str]] = field(default_factory=dict)
    replaced: tuple[str, str, str] | None = None


def what_if(metric: Metric, account: Account, as_of: date, change: Change) -> pl.DataFrame:
    """The figures as they are and as they would be: the rows of `evaluate` twice, `case` "now" and then "then".

    Counts are whole: where orders go wrong as often as others, a part of a defect is a whole one. An order cured of one
    flaw is still a defect where it has another. Raises InputError for a flaw, dimension or value that is not there, for
    a number below zero, and where nobody knows what an order without a defect adds, as to a mean of hours.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["order_defect_rate"]
        >>> example = metric.definition.example
        >>> change = Change(clean_orders=100, cured={"claim": EVERY})
        >>> found = what_if(metric, example.account(), example.as_of, change)
        >>> found.filter(channel="MFN").select("case", "numerator", "denominator").rows()
        [('now', 6, 9), ('then', 5, 109)]
    """
    now = evaluate(metric, account, as_of)
    keys = now.select(KEYS).unique(maintain_order=True)
    parts = [mended(metric, account, as_of, change.cured)] if change.cured else []
    if change.replaced:
        _refuse_unknown(metric, account, as_of, change.replaced)
        dimension, value, by_whom = change.replaced
        picked = keys.with_columns(pl.lit(value).alias(dimension))
        parts.append(replaced(metric, account, as_of, picked, by_whom, change.cured))
    if change.clean_orders:
        parts.append(
            more(metric, account, as_of, keys.with_columns(clean_orders=pl.lit(change.clean_orders, pl.Int64)))
        )
    then = of_tally(metric, account, _added([tally(metric, account, as_of), *parts]), as_of)
    return pl.concat([now.with_columns(case=pl.lit("now")), then.with_columns(case=pl.lit("then"))])


def each(metric: Metric, account: Account, as_of: date, parts: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The headline's rows once each of these parts by itself is added to each day's counts; `part` names it.

    All are counted at once: a page asks for a dozen.
    """
    start, end = window(metric, as_of, metric.window_days)
    inside = tally(metric, account, as_of).filter(pl.col("event_on").is_between(start, end))
    named = [inside.join(pl.DataFrame({PART: list(parts)}, schema={PART: pl.String}), how="cross")]
    named += [part.with_columns(pl.lit(name).alias(PART)) for name, part in parts.items()]
    return of_tally(metric, account, _added(named), as_of, (PART,))


def _added(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Counts of the same days and values, added up."""
    groups = [name for name in parts[0].columns if name not in COUNTS]
    together = pl.concat([part.select(parts[0].columns) for part in parts])
    return together.group_by(groups, maintain_order=True).agg(pl.col(COUNTS).sum())


def more(metric: Metric, account: Account, as_of: date, wanted: pl.DataFrame) -> pl.DataFrame:
    """What further clean orders add, per `KEYS` so many as its `clean_orders`, on the last day of the windows."""
    if not can_be_clean(metric):
        raise InputError(f"clean_orders of {metric.name}", "a metric to which all of them add alike", "Leave it out.")
    if wanted.filter(pl.col("clean_orders") < 0).height:
        raise InputError("clean_orders", "a whole number from 0", "Correct it.")
    worst, best = _clean(metric, account, as_of)
    number, day = pl.col("clean_orders"), window(metric, as_of, metric.window_days)[1]
    sums = {"numerator": number * worst, "at_best": number * best, "denominator": number, "counted": number}
    added = {**sums, "defects": pl.lit(0, pl.Int64), "unknown": pl.lit(0, pl.Int64)}
    return wanted.select(*KEYS, pl.lit(day).alias("event_on"), **added)


def can_be_clean(metric: Metric) -> bool:
    """Whether it is known what an order adds that has no defect; not of a mean, such as the hours to an answer."""
    return metric.definition.unit is Unit.PERCENT or bool(metric.definition.flaws)


def _clean(metric: Metric, account: Account, as_of: date) -> tuple[int, int]:
    """What an order adds to the numerator, at worst and at best, of which nothing is told but that it has no flaw."""
    never = (*metric.definition.flaws, "is_defect", "is_unknown")
    values = {name: pl.lit(value, pl.Int64) for name, value in metric.terms.values.items()}
    nothing = pl.DataFrame([{}], schema=flawed(metric, account, as_of).schema)
    told = nothing.with_columns(pl.lit(value=False).alias(name) for name in never)
    sums = (metric.definition.figure.worst, metric.definition.figure.best)
    worst, best = (told.with_columns(**values).select(one.cast(pl.Int64)).item() for one in sums)
    return worst, best


def mended(
    metric: Metric, account: Account, as_of: date, cured: Mapping[str, frozenset[str]], by: tuple[str, ...] = ()
) -> pl.DataFrame:
    """What changes in each day's counts when orders are without the flaws of which they are cured."""
    flaws = metric.definition.flaws
    known = [*flaws, *([DEFECT] if can_be_clean(metric) else [])]
    if strange := set(cured) - set(known):
        expected = f"one of {', '.join(known)}" if known else "a metric whose figure is no mean"
        raise InputError(f"cured of {metric.name}", expected, "Choose another.", column=min(strange))
    before = flawed(metric, account, as_of, by)
    identity = pl.col(facts.IDENTITY[metric.definition.fact][0])
    is_cured = {
        name: pl.lit(value=True) if ids == EVERY else identity.is_in(sorted(ids)) for name, ids in cured.items()
    }
    of_all = is_cured.get(DEFECT, pl.lit(value=False))
    kept = {flaw: pl.col(flaw) & ~(is_cured.get(flaw, pl.lit(value=False)) | of_all) for flaw in flaws}
    now = counted_as(metric, before.lazy().with_columns(**kept), pl.lit(value=True))
    if not flaws:
        now = now.with_columns(pl.col("is_defect", "is_unknown") & ~of_all)
    return pl.concat([_without(metric, account, as_of, by), summed(metric, now, by).collect()])


@lru_cache(maxsize=64)
def _without(metric: Metric, account: Account, as_of: date, by: tuple[str, ...]) -> pl.DataFrame:
    """What each day's counts lose without its defects."""
    before = flawed(metric, account, as_of, by)
    return summed(metric, before.lazy(), by).with_columns(-pl.col(COUNTS)).collect()


@lru_cache(maxsize=64)
def flawed(metric: Metric, account: Account, as_of: date, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """The defects of the metric's windows, with all that its rules read; so few that they are soon counted again."""
    start, end = window(metric, as_of, max(metric.terms.windows))
    found = rows(metric, account, as_of, by)
    judged = ("event_on", "is_counted", "is_defect", "is_unknown")
    read = {*KEYS, *by, *facts.IDENTITY[metric.definition.fact], *judged, *columns(metric.definition)}
    names = [name for name in found.collect_schema().names() if name in read]
    is_asked = pl.col("is_defect") & pl.col("event_on").is_between(start, end)
    return found.filter(is_asked).select(names).collect(engine="streaming")


def replaced(
    metric: Metric,
    account: Account,
    as_of: date,
    picked: pl.DataFrame,
    by_whom: str,
    cured: Mapping[str, frozenset[str]] | None = None,
) -> pl.DataFrame:
    """What changes in each day's counts when the orders of one value go wrong as often as those of another.

    `picked` has `KEYS` and a dimension, one value for each; what is `cured` is so before. How often is what the
    headline's window shows; where there is nobody to compare with nothing changes.
    """
    dimension = picked.columns[-1]
    start, end = window(metric, as_of, metric.window_days)
    days = _days(metric, account, as_of, cured or {}, (dimension,)).filter(pl.col("event_on") <= end)
    own = days.join(picked, on=[*KEYS, dimension], how="semi").drop(dimension)
    gone = own.with_columns(-pl.col(COUNTS))
    if by_whom == NOBODY:
        return gone
    whole = _days(metric, account, as_of, cured or {})
    model = _added([whole, gone]) if by_whom == OTHERS else days.filter(pl.col(dimension) == by_whom)
    there = model.filter(pl.col("event_on").is_between(start, end)).group_by(KEYS).agg(pl.col(COUNTS).sum())
    able = there.filter(pl.col("counted") > 0)
    alike = _alike(metric, own.select(*KEYS, "event_on", pl.col("counted").alias("own")), able)
    return pl.concat([gone.join(able, on=KEYS, how="semi"), alike.select(gone.columns)])


def _days(
    metric: Metric, account: Account, as_of: date, cured: Mapping[str, frozenset[str]], by: tuple[str, ...] = ()
) -> pl.DataFrame:
    """The tally of the days that any window looks at, mended."""
    start, end = window(metric, as_of, max(metric.terms.windows))
    whole = tally(metric, account, as_of, by).filter(pl.col("event_on").is_between(start, end))
    return _added([whole, mended(metric, account, as_of, cured, by)]) if cured else whole


def _alike(metric: Metric, own: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
    """Each day's own number of orders, with as many defects and so on as there are of so many there.

    Whole numbers, such that every window has the whole number next to its exact one, on the worse side: they are shared
    out over the days from the last one back.
    """
    more_is_good = metric.definition.condition.more_is_good
    latest_first = own.sort("event_on", descending=True).join(there, on=KEYS, maintain_order="left")
    reached = pl.col("own").cum_sum().over(KEYS)

    def shared(amount: pl.Expr, *, down: bool = False) -> pl.Expr:
        exact, out_of = reached * amount, pl.col("counted")
        whole = exact // out_of if down else -(-exact // out_of)
        return whole - whole.shift(1, fill_value=0).over(KEYS)

    sure = shared(pl.col("defects") - pl.col("unknown"))
    defects = shared(pl.col("defects"))
    return latest_first.with_columns(
        shared(pl.col("numerator"), down=more_is_good).alias("numerator"),
        shared(pl.col("at_best"), down=more_is_good).alias("at_best"),
        shared(pl.col("denominator")).alias("denominator"),
        pl.col("own").alias("counted"),
        defects.alias("defects"),
        (defects - sure).alias("unknown"),
    )


def _refuse_unknown(metric: Metric, account: Account, as_of: date, asked: tuple[str, str, str]) -> None:
    dimension, value, by_whom = asked
    found = evaluate(metric, account, as_of, by=(dimension,))[dimension].unique().sort().to_list()
    if strange := {value, *({by_whom} - {OTHERS, NOBODY})} - set(found):
        expected = f"one of {', '.join(found)}" if found else "a window with orders"
        raise InputError(f"replaced of {metric.name}", expected, "Choose another.", column=min(strange))
