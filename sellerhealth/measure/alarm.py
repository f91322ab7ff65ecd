"""Early warning: which signals have turned worse than the account's own past, and since when.

Two windows have to say so together: the short one surely, the long one at least in part.
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import betainc  # type: ignore[import-untyped]

from sellerhealth.definition.account import Account
from sellerhealth.definition.early_warning import EarlyWarning
from sellerhealth.definition.metric import unmet
from sellerhealth.definition.policy import Policy
from sellerhealth.measure.signals import SIGNAL, SIGNALS, signals, watched
from sellerhealth.measure.tally import known

SOFT, CALM = 0.05, 0.2
"""The chance below which the long window says "worse" too, and the one above which the short one says it no more."""
DAYS_A_MONTH = 365.25 / 12
WEEK = 7
COUNTS = [f"{span}_{part}" for span in ("short", "long", "past") for part in ("numerator", "denominator")]
BY_DAY = [*SIGNAL, "event_on", *COUNTS, "past_days", "short_chance", "long_chance", "is_ringing", "alarm"]
WATCH = ["account", "marketplace", "signal", "leads_to", "state", "told_until", *COUNTS, "past_days"]
ALARMS = [
    *("account", "marketplace", "signal", "leads_to", "rang_on", "rang_until", "still_rings", "told_until"),
    *(*COUNTS, "past_days", "times"),
]
Numbers = NDArray[np.float64]


class Watched(StrEnum):
    """How a signal stands. All but the first two are not watched: no past, no newer files, or no file at all."""

    RINGS = "RINGS"
    SILENT = "SILENT"
    TOO_LITTLE = "TOO_LITTLE"
    ENDED = "ENDED"
    NOT_TOLD = "NOT_TOLD"


def level(warning: EarlyWarning) -> float:
    """The chance below which the short window rings.

    Windows that share two thirds of their days say much the same, so that luck has one throw for each signal in a third
    of a short window: of all its throws in the months the policy names, on average one is below this.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> round(level(policy("handbook").warning), 4)
        0.0043
    """
    return warning.short_days / 3 / (warning.months * DAYS_A_MONTH * len(SIGNALS))


def chance(count: Numbers, out_of: Numbers, past_count: Numbers, past_out_of: Numbers) -> Numbers:
    """How often chance alone would give a window as many as it has, or more, if nothing had changed since its past.

    Exact for rare events: of all there were, each fell into the window by its part of all that is counted. A past of
    few is unsure of itself, and so is what this says.

    Example:
        >>> hundred = np.array([100.0, 100.0])
        >>> found = chance(np.array([2.0, 8.0]), hundred, np.array([18.0, 18.0]), hundred * 9)
        >>> [round(float(one), 4) for one in found]
        [0.6083, 0.003]
    """
    together = out_of + past_out_of
    part = np.divide(out_of, together, out=np.ones_like(out_of), where=together > 0)
    at_least_one = np.where(count > 0, count, 1.0)
    found: Numbers = np.where(count > 0, betainc(at_least_one, past_count + 1, part), 1.0)
    return found


def ringing(daily: pl.DataFrame, warning: EarlyWarning) -> pl.DataFrame:
    """For each signal and day, as `signals` has them, the windows that end on it, and whether it rings.

    Columns `BY_DAY`: the counts of the short and the long window, and of the past, which ends before the long one and
    has `past_days` days; `short_chance` and `long_chance` (`chance`); `is_ringing`, and `alarm`, which of the signal's
    alarms it is. One begins on a day when the short window is below `level` and the long one below `SOFT`, and ends
    when the short one is above `CALM`. Nothing rings on a past shorter than the long window.
    """
    found = _windows(daily, warning)
    ease = 1 / _unsteadiness(found)
    for span in ("short", "long"):
        counts = [found[f"{one}_{part}"].to_numpy() for one in (span, "past") for part in ("numerator", "denominator")]
        # Events that come in bunches tell less than their number: as little as so many fewer by themselves.
        eased = chance(counts[0] * ease, counts[1], counts[2] * ease, counts[3])
        found = found.with_columns(pl.Series(f"{span}_chance", eased))
    return found.with_columns(_is_ringing(warning)).with_columns(_alarm()).select(BY_DAY)


def by_day(policy: Policy, account: Account, as_of: date) -> pl.DataFrame:
    """What `ringing` finds of the account's signals. Past days use what is known now."""
    return _by_day(policy, account, as_of).clone()


@lru_cache(maxsize=16)
def _by_day(policy: Policy, account: Account, as_of: date) -> pl.DataFrame:
    """What `by_day` returns, found once: what rings, since when, and the pictures are all made of it."""
    return ringing(signals(policy, account, as_of), policy.warning)


def watch(policy: Policy, account: Account, as_of: date) -> pl.DataFrame:
    """Every signal of each account as it stands on `as_of`: a row whether it can be watched or not.

    Columns `WATCH`. `state` is RINGS or SILENT; TOO_LITTLE where the past is shorter than the long window; ENDED where
    the last day that is told and settled lies a short window back and more; NOT_TOLD where no file tells of it.
    `told_until` is the last day told and settled, `leads_to` the metric that turns after it.
    """
    last = by_day(policy, account, as_of).group_by(SIGNAL, maintain_order=True).last()
    settles = watched(policy)
    is_told = [not unmet(SIGNALS[name].needs, account.provided) for name in settles]
    each = pl.DataFrame({"signal": list(settles), "settles": list(settles.values()), "is_told": is_told})
    return (
        _names(account, as_of)
        .join(each, how="cross", maintain_order="left_right")
        .join(last.rename({"event_on": "told_until"}), on=SIGNAL, how="left", maintain_order="left")
        .with_columns(_state(policy.warning, as_of), _leads_to(), pl.lit(account.marketplace.code).alias("marketplace"))
        .select(WATCH)
    )


def alarms(policy: Policy, account: Account, as_of: date, days: int = 90) -> pl.DataFrame:
    """The alarms that rang in the last `days` days: those that still ring first, then by how much worse it is.

    Columns `ALARMS`. `rang_on` and `rang_until` are the first and the last day on which an alarm could be heard; the
    windows are those of the last one and end on `told_until`, the past is that before the first. `times` is how many
    times the past's rate the short window's is; null where the past had none.
    """
    rings = watch(policy, account, as_of).filter(state=Watched.RINGS.value).select(*SIGNAL, "told_until", still="state")
    settles = pl.col("signal").replace_strict(watched(policy), return_dtype=pl.Int64)
    heard = pl.col("event_on") + pl.duration(days=settles)
    windows = [name for name in COUNTS if not name.startswith("past")]
    return (
        by_day(policy, account, as_of)
        .filter("is_ringing")
        .with_columns(heard.alias("heard_on"))
        .group_by(*SIGNAL, "alarm", maintain_order=True)
        .agg(
            pl.col("heard_on").min().alias("rang_on"),
            pl.col("heard_on").max().alias("rang_until"),
            pl.col("event_on").max().alias("told_until"),
            pl.col(windows).last(),
            pl.col("past_numerator", "past_denominator", "past_days").first(),
        )
        .filter(pl.col("rang_until") > as_of - timedelta(days=days))
        .join(rings, on=[*SIGNAL, "told_until"], how="left", maintain_order="left")
        .with_columns(
            pl.col("still").is_not_null().alias("still_rings"),
            pl.lit(account.marketplace.code).alias("marketplace"),
            _leads_to(),
            _times(),
        )
        .sort("account", "still_rings", "times", descending=[False, True, True], nulls_last=False, maintain_order=True)
        .select(ALARMS)
    )


def _windows(daily: pl.DataFrame, warning: EarlyWarning) -> pl.DataFrame:
    """The counts of each window that ends on a day, and of the past before the long one: of its days, and of its weeks.

    `squares` is the sum of each week's squared numerator by its denominator, for `_unsteadiness`.
    """
    back = {"short": warning.short_days, "long": warning.long_days, "all": warning.long_days + warning.past_days}
    squares = pl.when(pl.col("week_denominator") > 0).then(pl.col("week_numerator") ** 2 / pl.col("week_denominator"))
    summed = ["numerator", "denominator", "week_numerator", "week_denominator", "squares"]
    days_before = pl.int_range(pl.len()).over(SIGNAL) + 1 - warning.long_days
    return (
        daily.with_columns(_summed(["numerator", "denominator"], WEEK, "week"))
        .with_columns(squares.fill_null(0).alias("squares"))
        .with_columns(one for span, days in back.items() for one in _summed(summed, days, span))
        .with_columns((pl.col(f"all_{name}") - pl.col(f"long_{name}")).alias(f"past_{name}") for name in summed)
        .with_columns(days_before.clip(0, warning.past_days).alias("past_days"))
    )


def _summed(names: list[str], days: int, span: str) -> list[pl.Expr]:
    return [pl.col(name).rolling_sum(days, min_samples=1).over(SIGNAL).alias(f"{span}_{name}") for name in names]


def _unsteadiness(found: pl.DataFrame) -> Numbers:
    """How many times as far as luck allows the weeks of the past lie from their mean, squared; 1 where they do not.

    Pearson's dispersion, each week's weight being what is expected of it. Every day ends a week, so each counts seven
    times.
    """
    total, out_of, weekly, weekly_out_of, squares = (
        found[f"past_{name}"].cast(pl.Float64).to_numpy()
        for name in ("numerator", "denominator", "week_numerator", "week_denominator", "squares")
    )
    rate = np.divide(np.maximum(total, 0.5), out_of, out=np.ones_like(out_of), where=out_of > 0)
    apart = (squares / rate - 2 * weekly + rate * weekly_out_of) / WEEK
    weeks = found["past_days"].to_numpy() / WEEK
    dispersion: Numbers = np.maximum(apart / np.maximum(weeks - 1, 1), 1.0)
    return dispersion


def _is_ringing(warning: EarlyWarning) -> pl.Expr:
    has_past = pl.col("past_days") >= warning.long_days
    rings = has_past & (pl.col("short_chance") <= level(warning)) & (pl.col("long_chance") <= SOFT)
    is_calm = ~has_past | (pl.col("short_chance") > CALM)
    # Between the two it stays as it is; the first day of all is before any past.
    turned = pl.when(rings).then(pl.lit(value=True)).when(is_calm).then(pl.lit(value=False))
    return turned.forward_fill().over(SIGNAL).alias("is_ringing")


def _alarm() -> pl.Expr:
    begins = pl.col("is_ringing") & ~pl.col("is_ringing").shift(fill_value=False)
    return begins.cum_sum().over(SIGNAL).alias("alarm")


def _names(account: Account, as_of: date) -> pl.DataFrame:
    """The accounts that have an order; the account's own name where there is none."""
    names = known(account, as_of, "orders")["account"].unique().sort()
    return pl.DataFrame({"account": names if names.len() else [account.name]})


def _state(warning: EarlyWarning, as_of: date) -> pl.Expr:
    last_settled = pl.lit(as_of) - pl.duration(days="settles")
    is_old = (last_settled - pl.col("told_until")).dt.total_days() >= warning.short_days
    return (
        pl.when(~pl.col("is_told") | pl.col("told_until").is_null())
        .then(pl.lit(Watched.NOT_TOLD.value))
        .when(is_old)
        .then(pl.lit(Watched.ENDED.value))
        .when(pl.col("past_days") < warning.long_days)
        .then(pl.lit(Watched.TOO_LITTLE.value))
        .when("is_ringing")
        .then(pl.lit(Watched.RINGS.value))
        .otherwise(pl.lit(Watched.SILENT.value))
        .alias("state")
    )


def _leads_to() -> pl.Expr:
    named = {name: signal.leads_to for name, signal in SIGNALS.items()}
    return pl.col("signal").replace_strict(named, return_dtype=pl.String).alias("leads_to")


def _times() -> pl.Expr:
    now = pl.col("short_numerator") / pl.col("short_denominator")
    before = pl.col("past_numerator") / pl.col("past_denominator")
    return pl.when(pl.col("past_numerator") > 0).then(now / before).alias("times")
