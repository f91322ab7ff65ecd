"""The one value of all dimensions that explains most of a figure's change, where luck does not."""

from datetime import date

import numpy as np
import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.measure.causes.funnel import NAMELESS, RARE, adjusted, by_luck
from sellerhealth.measure.causes.mix import EFFECTS, SUMS, origins, shared_out
from sellerhealth.measure.causes.moves import COUNTS, KINDS, SIDES, compared, earlier
from sellerhealth.measure.tally import KEYS

MOST = 0.5
"""A value is named when it explains half of the change or more."""
NEWS = ["news_counted_now", "news_counted_then", "news_defects_now", "news_defects_then"]
PART = [*KEYS, "dimension"]
SIDED = {
    "bad": ("defects_now", "defects_then"),
    "counted": ("counted_now", "counted_then"),
    "news": ("news_defects_now", "news_defects_then"),
    "of_news": ("news_counted_now", "news_counted_then"),
}
TRIAL = ("found", "of", "marked", "all")
TOLD = ["dimension", "name", *SUMS, *EFFECTS, "luck"]
EXPLAINS = [*KEYS, "dimensions", "compared", "change", *TOLD]
"""The columns of an explanation."""


def explains(metric: Metric, account: Account, as_of: date, before: date | None = None) -> pl.DataFrame:
    """Of each channel the one value of all dimensions that explains most of the change since `before`.

    Columns `EXPLAINS`: `dimensions`, those that were looked at; `compared`, how many values were; `change`, of the
    figure, in its unit; `dimension` and `name` of the value, null where none stands out, with its counts and effects
    as in `mix`; and `luck`, the chance that luck makes it so unlike the others, all values compared taken into account
    (Benjamini and Hochberg, 1995).

    A value is named when it explains `MOST` of the change, when more of what changed fell on it than on the others of
    its size, and when it moved by itself: its own rate or, where that is the larger part of what it explains, its
    share of the orders. Luck does each in less than `RARE` of the cases, the former after all comparisons; so where
    one value was worse all along it is named without a new cause in about one case of ten. Rows that are the same on
    both days are no news. Orders are taken to go wrong each by itself. Only shares are explained. No rows where there
    is nothing to compare, or it cannot be computed. `before`: `moves.earlier`.
    """
    by = origins(metric, account) if metric.definition.unit is Unit.PERCENT else ()
    together = compared(metric, account, before or earlier(metric, as_of), as_of, by)
    counts = [together.group_by(*KEYS, name, "step").agg(pl.col(COUNTS).sum()) for name in by]
    each = zip(by, pl.collect_all(counts, engine="streaming"), strict=True)
    told = [_told(metric, found, name) for name, found in each]
    if not any(one.height for one in told):
        return pl.DataFrame(schema=_schema())
    every = _compared(pl.concat(told))
    whole = every.group_by(KEYS, maintain_order=True).agg(
        pl.col("by_luck").count().cast(pl.Int64).alias("compared"), pl.col("change").first()
    )
    likely = every.filter((pl.col("luck") < RARE) & (pl.col("part") >= MOST))
    # Nearly all orders explain nearly all of a change: what explains more than its share of them says more.
    moved = likely.filter(_chances(likely, "own") < RARE).sort("beyond", descending=True, maintain_order=True)
    best = moved.unique(KEYS, keep="first", maintain_order=True).select(*KEYS, *TOLD)
    return whole.join(best, on=KEYS, how="left", maintain_order="left").select(
        *KEYS, pl.lit(list(by)).alias("dimensions"), *EXPLAINS[len(KEYS) + 1 :]
    )


def _told(metric: Metric, found: pl.DataFrame, by: str) -> pl.DataFrame:
    """The values of one dimension with their effects, and what of each is news."""
    told = shared_out(metric, found, by).join(_news(found, by), on=[*KEYS, by], how="left", maintain_order="left")
    return told.rename({by: "name"}).select(*KEYS, pl.lit(by).alias("dimension"), "name", *SUMS, *EFFECTS, *NEWS)


def _news(found: pl.DataFrame, by: str) -> pl.DataFrame:
    """What each value counted on one day only, or otherwise: rows that are the same on both days are none."""
    counted, defects = (
        {f"news_{name}_{side}": pl.sum_horizontal(f"{kind}_counted_{side}" for kind in kinds).sum() for side in SIDES}
        for name, kinds in (("counted", KINDS), ("defects", KINDS[1:]))
    )
    return found.filter(pl.col("step") != "stayed").group_by(*KEYS, by).agg(**counted, **defects)


def _trials() -> list[pl.Expr]:
    """Whether a value is unlike the others, and whether it moved by itself: as so many found among so many.

    They are drawn out of all, of whom so many are marked. What got worse by itself is seen by its new defects, what
    got better by those that are gone. What only grew or shrank is seen by all its defects on the day on which it was
    larger, and only where that moved the whole.
    """
    new, old, fresh, gone = (pl.col(name) for name in NEWS)
    got_worse = _rate("now").over(PART) > _rate("then").over(PART)
    grew = new * old.sum().over(PART) > old * new.sum().over(PART)
    is_mix = pl.col("mix_effect").abs() > pl.col("rate_effect").abs()
    is_now = pl.when(is_mix).then(grew).otherwise(got_worse)
    own = {name: pl.when(is_now).then(now).otherwise(then) for name, (now, then) in SIDED.items()}
    sums = {name: [pl.col(side).sum().over(PART) for side in sides] for name, sides in SIDED.items()}
    whole = {name: pl.when(is_now).then(now).otherwise(then) for name, (now, then) in sums.items()}
    moves_the_whole = pl.when(got_worse == grew).then(own["bad"]).otherwise(0)
    asked = {
        "others": (
            pl.when(is_mix).then(moves_the_whole).otherwise(own["news"]),
            own["counted"],
            pl.when(is_mix).then(whole["bad"]).otherwise(whole["news"]),
            whole["counted"],
        ),
        "own": (
            pl.when(is_mix).then(own["of_news"]).otherwise(own["news"]),
            pl.when(is_mix).then(new + old).otherwise(own["of_news"]),
            pl.when(is_mix).then(whole["of_news"]).otherwise(fresh + gone),
            pl.when(is_mix).then((new + old).sum().over(PART)).otherwise(new + old),
        ),
    }
    return [
        one.alias(f"{trial}_{name}") for trial, each in asked.items() for name, one in zip(TRIAL, each, strict=True)
    ]


def _compared(told: pl.DataFrame) -> pl.DataFrame:
    """The chance that luck makes a value so unlike the others, by itself and after so many were compared.

    Null where it is not compared: it has no name, is all there is, or is too small to stand out.
    """
    asked = told.with_columns(pl.col(NEWS).fill_null(0)).with_columns(*_trials())
    is_one = ~pl.col("name").is_in(NAMELESS) & (pl.col("others_of") < pl.col("others_all"))
    part = pl.when(pl.col("change").round(12) != 0).then(pl.col("effect") / pl.col("change"))
    share = pl.mean_horizontal(pl.col(f"counted_{side}") / pl.col(f"counted_{side}").sum().over(PART) for side in SIDES)
    return (
        asked.with_columns(
            pl.when(is_one).then(_chances(asked, "others")).fill_nan(None).alias("by_luck"),
            pl.col("effect").sum().over(PART).alias("change"),
        )
        .with_columns(adjusted(pl.col("by_luck")).over(KEYS).alias("luck"), part.alias("part"))
        .with_columns((pl.col("part") - share).alias("beyond"))
    )


def _chances(asked: pl.DataFrame, trial: str) -> pl.Series:
    """The chance of each row's trial by luck, by Fisher's exact test; NaN where not even the most would be rare."""
    found, of, marked, out_of = (asked[f"{trial}_{name}"].to_numpy() for name in TRIAL)
    chances = np.full(asked.height, np.nan)
    for pair in set(zip(marked.tolist(), out_of.tolist(), strict=True)):
        same = (marked == pair[0]) & (out_of == pair[1])
        chances[same] = by_luck(found[same], of[same], *pair)
    return pl.Series(chances)


def _rate(side: str) -> pl.Expr:
    return pl.col(f"defects_{side}").sum() / pl.col(f"counted_{side}").sum()


def _schema() -> dict[str, pl.DataType]:
    texts = {name: pl.String() for name in [*KEYS, "dimension", "name"]}
    numbers = {name: pl.Int64() for name in ["compared", *SUMS]}
    types = {**texts, **numbers, "dimensions": pl.List(pl.String())}
    return {name: types.get(name, pl.Float64()) for name in EXPLAINS}
