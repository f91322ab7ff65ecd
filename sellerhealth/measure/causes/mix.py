"""Whether a part of the business got worse, or more of it went to a worse part.

Source: E. M. Kitagawa, Components of a difference between two rates, 1955; the symmetric form, without a rest.
"""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.causes.funnel import OUTCOMES
from sellerhealth.measure.causes.moves import AMOUNTS, SIDES, earlier, moves, total
from sellerhealth.measure.evaluate import FILLED_BY
from sellerhealth.measure.tally import KEYS

SUMS = [f"{name}_{side}" for name in ("counted", "defects", "numerator", "denominator") for side in SIDES]
EFFECTS = ["value_then", "value_now", "mix_effect", "rate_effect", "effect"]


def mix(metric: Metric, account: Account, as_of: date, by: str, before: date | None = None) -> pl.DataFrame:
    """The change of the headline since `before` shared out over the values of a dimension, the largest part first.

    Columns: account, marketplace, channel, the dimension, `SUMS` (what was counted then and now), `value_then` and
    `value_now`, `mix_effect` (its share of all changed, and it is worse or better than the whole), `rate_effect` (it
    changed by itself), `effect` (both), all in the metric's unit, and `is_reversed`: no value of the channel moved by
    itself the way the whole moved. All effects of a channel add up to the change of its figure. A value that one of
    both days did not count has its rate from the other: what it brought is all mix. An order of several products is
    of none of them: by "sku" is by "product". No rows where the figure cannot be computed, or counts nothing on one
    of both days. `before`: `moves.earlier`.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> example = metric.definition.example
        >>> found = mix(metric, example.account(), example.as_of, "weekday", date(2026, 3, 20))
        >>> round(found["effect"].sum(), 3)
        -0.125
    """
    dimension = exclusive(metric, by)
    found = moves(metric, account, before or earlier(metric, as_of), as_of, (dimension,))
    return shared_out(metric, found, dimension)


def exclusive(metric: Metric, by: str) -> str:
    """The dimension of which each row has one value only."""
    if by not in metric.definition.dimensions:
        known = ", ".join(metric.definition.dimensions)
        raise InputError(f"by of {metric.name}", f"one of {known}", "Choose one of them.", column=by)
    return "product" if by == "sku" and metric.definition.fact == "orders" else by


def origins(metric: Metric, account: Account) -> tuple[str, ...]:
    """The dimensions that can explain a change, without those that no file of the account fills."""
    known = account.provided
    filled = [name for name in metric.definition.dimensions if known.intersection(FILLED_BY.get(name, known))]
    return tuple(dict.fromkeys(exclusive(metric, name) for name in filled if name not in OUTCOMES))


def shared_out(metric: Metric, found: pl.DataFrame, by: str) -> pl.DataFrame:
    """The counts of `moves` by a dimension as rows of `mix`."""
    largest = [pl.col("effect").abs().round(12), pl.col("counted_now")]
    return (
        found.group_by(*KEYS, by)
        .agg(*_sums())
        .with_columns(_value("then"), _value("now"))
        .with_columns(*_effects())
        .with_columns(effect=pl.col("mix_effect") + pl.col("rate_effect"))
        .drop_nulls("effect")
        .with_columns(_is_reversed().alias("is_reversed"))
        .with_columns(pl.col(EFFECTS) / metric.definition.unit.per)
        .sort(*KEYS[:2], _place(metric), *largest, by, descending=[False, False, False, True, True, False])
        .select(*KEYS, by, *SUMS, *EFFECTS, "is_reversed")
    )


def _sums() -> list[pl.Expr]:
    sums = [total(name, side).sum().alias(f"{name}_{side}") for name in AMOUNTS for side in SIDES]
    return [*sums, *(pl.col(f"defect_counted_{side}").sum().alias(f"defects_{side}") for side in SIDES)]


def _value(side: str) -> pl.Expr:
    out_of = pl.col(f"denominator_{side}")
    return pl.when(out_of > 0).then(pl.col(f"numerator_{side}") / out_of).alias(f"value_{side}")


def _effects() -> list[pl.Expr]:
    """Null where the whole counts nothing on one of both days.

    The mean of the whole is taken off: with shares that add up to one it changes no sum, and without it each value
    that grew would seem to raise the figure, the best of them too.
    """
    whole = {
        side: (pl.col(f"numerator_{side}").sum() / pl.col(f"denominator_{side}").sum()).over(KEYS) for side in SIDES
    }
    share = {side: pl.col(f"denominator_{side}") / pl.col(f"denominator_{side}").sum().over(KEYS) for side in SIDES}
    rate = {side: pl.coalesce(f"value_{side}", f"value_{other}") for side, other in (SIDES, SIDES[::-1])}
    can_tell = pl.all_horizontal(pl.col(f"denominator_{side}").sum().over(KEYS) > 0 for side in SIDES)
    mixed = (share["now"] - share["then"]) * (rate["then"] + rate["now"] - whole["then"] - whole["now"]) / 2
    rated = (rate["now"] - rate["then"]) * (share["then"] + share["now"]) / 2
    return [
        pl.when(can_tell).then(mixed).alias("mix_effect"),
        pl.when(can_tell).then(rated).alias("rate_effect"),
    ]


def _is_reversed() -> pl.Expr:
    """Whether values that both days count moved one way, or not at all, and the whole the other way."""
    change, own = pl.col("effect").sum().over(KEYS).round(12), pl.col("rate_effect").round(12)
    all_down, all_up = (own <= 0).all().over(KEYS), (own >= 0).all().over(KEYS)
    is_moved = (own != 0).any().over(KEYS)
    return is_moved & ((all_down & (change > 0)) | (all_up & (change < 0)))


def _place(metric: Metric) -> pl.Expr:
    places = {name: place for place, name in enumerate(metric.definition.channels)}
    return pl.col("channel").replace_strict(places, default=len(places), return_dtype=pl.Int64)
