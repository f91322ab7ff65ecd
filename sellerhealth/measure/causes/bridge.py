"""The bridge from a figure as it was known on an earlier day to the figure now: what entered, left and changed."""

from datetime import date

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric
from sellerhealth.measure.causes.moves import AMOUNTS, KINDS, MANY, compared, earlier, moves
from sellerhealth.measure.defects import defects
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.judge import basis_of_inputs
from sellerhealth.measure.tally import KEYS

SPLIT = ("entered", "left")
STEPS = (
    *(f"{step}_{kind}" for step in SPLIT for kind in ("clean", "defects")),
    "became_defects",
    "no_defects_any_more",
    "newly_counted",
    "no_longer_counted",
    "revalued",
)
ENDS = ("then", "now")
ADDED = ["counted", "defects", "numerator", "denominator"]
BRIDGE = ["before", "as_of", *KEYS, "step", *ADDED, "value", "effect", "basis"]
"""The columns of a bridge."""


def bridge(metric: Metric, account: Account, as_of: date, before: date | None = None) -> pl.DataFrame:
    """From the headline as it was known on `before` to the headline on `as_of`: one row per channel and step.

    Columns `BRIDGE`. The steps are "then", those of `STEPS`, and "now". Of a step, `counted`, `defects`, `numerator`
    and `denominator` are what it adds or takes away, so that then and all steps add up to now, exactly; `value` is
    the figure after it, in the metric's unit. `effect` is the step's part of the change of the figure, and all parts
    add up to it: what a step adds to the numerator beyond the average of both days, shared out over the average
    denominator, so that no step's part depends on which comes first. Null where one of both days counts nothing.
    `basis` tells how sure then and now are. Weights and means are honoured. No rows where the figure cannot be
    computed. `before`: `moves.earlier`.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> example = metric.definition.example
        >>> found = bridge(metric, example.account(), example.as_of, date(2026, 3, 20))
        >>> found.filter(pl.col("counted") != 0).select("step", "counted", "defects").rows()[1:-1]
        [('entered_clean', 2, 0), ('entered_defects', 1, 1), ('left_defects', -1, -1)]
    """
    day = before or earlier(metric, as_of)
    if basis_of_inputs(metric, account) is Basis.NOT_COMPUTABLE:
        return pl.DataFrame(schema=_schema())
    then, now = (_ends(metric, account, one, name) for one, name in ((day, "then"), (as_of, "now")))
    keys = pl.concat([now.select(KEYS), then.select(KEYS)]).unique(maintain_order=True)
    place = {name: position for position, name in enumerate([ENDS[0], *STEPS, ENDS[1]])}
    grid = keys.with_row_index("channel_place").join(pl.DataFrame({"step": list(place)}), how="cross")
    told = pl.concat([then, _steps(moves(metric, account, day, as_of)), now], how="diagonal")
    return (
        grid.join(told, on=[*KEYS, "step"], how="left")
        .with_columns(pl.col(ADDED).fill_null(0))
        .sort("channel_place", pl.col("step").replace_strict(place))
        .with_columns(*_after(metric), _effect(metric))
        .select(pl.lit(day).alias("before"), pl.lit(as_of).alias("as_of"), *BRIDGE[2:])
    )


def moved(metric: Metric, account: Account, as_of: date, before: date | None = None) -> pl.DataFrame:
    """The very defects that entered the window, left it, or count otherwise than on `before`, newest first.

    The columns of `defects`, with the `step` of `bridge` before them: of those that left or are none any more, as they
    were known on `before`. No rows where none moved, or where the figure cannot be computed.
    """
    day = before or earlier(metric, as_of)
    found = ["account", *facts.IDENTITY[metric.definition.fact]]
    found += ["event_on"] if metric.definition.fact in MANY else []
    then, now = pl.col("then"), pl.col("now")
    changed = (
        compared(metric, account, day, as_of)
        .select(*found, "step", *(pl.col(f"defect_counted_{end}").alias(end) for end in ENDS))
        .filter(then != now)
        .collect(engine="streaming")
    )
    came = _beyond(defects(metric, account, as_of), changed.filter(now > then), found, "then")
    gone = _beyond(defects(metric, account, day), changed.filter(then > now), found, "now")
    named = pl.col("step").replace({step: f"{step}_defects" for step in SPLIT})
    together = pl.concat([came, gone.select(came.columns)]).with_columns(named)
    return together.sort("event_on", *found, descending=[True, *(False for _ in found)])


def _beyond(listed: pl.DataFrame, changed: pl.DataFrame, found: list[str], other: str) -> pl.DataFrame:
    """Of the defects of one day those that the other day did not have; of several that look alike, the last."""
    place = pl.int_range(pl.len()).over(found)
    rows = listed.with_columns(place.alias("place")).join(
        changed, on=found, how="inner", nulls_equal=True, maintain_order="left"
    )
    is_more = pl.col("place") >= pl.when(pl.lit("units" in listed.columns)).then(0).otherwise(other)
    return rows.filter(is_more).select("step", *listed.columns)


def _ends(metric: Metric, account: Account, day: date, name: str) -> pl.DataFrame:
    """The headline of each channel on a day."""
    found = evaluate(metric, account, day).filter(window_days=metric.window_days)
    return found.select(*KEYS, pl.lit(name).alias("step"), *ADDED, "basis")


def _steps(found: pl.DataFrame) -> pl.DataFrame:
    """What each step adds, of what enters or leaves the clean and the defects apart."""
    parts = [_of_kind(found, kind) for kind in KINDS]
    summed = pl.concat(parts).group_by(*KEYS, "step").agg(pl.col(ADDED).sum())
    return summed.select(*KEYS, "step", *ADDED)


def _of_kind(found: pl.DataFrame, kind: str) -> pl.DataFrame:
    suffix = "defects" if kind == "defect" else kind
    added = {name: pl.col(f"{kind}_{name}_now") - pl.col(f"{kind}_{name}_then") for name in AMOUNTS}
    defective = added["counted"] if kind == "defect" else pl.lit(0, dtype=pl.Int64)
    step = pl.when(pl.col("step").is_in(SPLIT)).then(pl.col("step") + f"_{suffix}").otherwise("step")
    return found.select(*KEYS, step.alias("step"), defects=defective, **added)


def _after(metric: Metric) -> list[pl.Expr]:
    """The figure after each step; the last row is what it is."""
    is_now = pl.col("step") == "now"
    upper, lower = (
        pl.when(is_now).then(name).otherwise(pl.col(name).cum_sum().over(KEYS)) for name in ("numerator", "denominator")
    )
    unit = metric.definition.unit
    value = upper / lower / unit.per
    return [pl.when(lower > 0).then(value.clip(0, unit.most) if unit.most else value).alias("value")]


def _effect(metric: Metric) -> pl.Expr:
    """Of each step, by the rule that a product's change is the one's change times the other's mean, and vice versa."""
    (upper, lower), (upper_now, lower_now) = (
        [pl.col(name).filter(pl.col("step") == end).first().over(KEYS) for name in ("numerator", "denominator")]
        for end in ENDS
    )
    mean_value = (upper / lower + upper_now / lower_now) / 2
    beyond = (pl.col("numerator") - mean_value * pl.col("denominator")) / ((lower + lower_now) / 2)
    can_tell = (lower > 0) & (lower_now > 0) & ~pl.col("step").is_in(ENDS)
    return pl.when(can_tell).then(beyond / metric.definition.unit.per).alias("effect")


def _schema() -> dict[str, pl.DataType]:
    days = {"before": pl.Date(), "as_of": pl.Date()}
    texts = {name: pl.String() for name in [*KEYS, "step", "basis"]}
    numbers = {name: pl.Int64() for name in ADDED}
    types = {**days, **texts, **numbers}
    return {name: types.get(name, pl.Float64()) for name in BRIDGE}
