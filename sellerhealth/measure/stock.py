"""Units on hand against units promised: what is oversold, what may be next, and how much to hold back."""

from datetime import date
from functools import lru_cache

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Basis, Need, unmet
from sellerhealth.facts.lines import order_lines
from sellerhealth.facts.shelf import KEY, shelves
from sellerhealth.facts.shortage import with_shortage

STATES = ("oversold", "at risk", "listing not known", "enough", "not counted")
"""Worst first. At risk: more units are listed than are free, so the next orders can oversell."""
COLUMNS = (
    *KEY,
    "units_on_hand",
    "counted_on",
    "listed_units",
    "left_units",
    "open_units",
    "free_units",
    "oversold_units",
    "at_risk_units",
    "sold_a_day",
    "days_of_cover",
    "cancelled_orders",
    "explained_orders",
    "state",
)
NEEDS = (
    Need(
        any_of=("stock.units_on_hand",),
        without=Basis.NOT_COMPUTABLE,
        reason="No file says how many units are on hand.",
        remedy="Add a count of your shelves: a file with the columns sku and units_on_hand.",
    ),
    Need(
        any_of=("order_items.sku",),
        without=Basis.NOT_COMPUTABLE,
        reason="No file says which products the orders are for.",
        remedy="Add an All Orders report (Reports, Fulfilment, All Orders).",
    ),
    Need(
        any_of=("listings.listed_units",),
        without=Basis.LOWER_BOUND,
        reason="No file says how many units are listed.",
        remedy="Add an All Listings report (Inventory, Inventory Reports).",
    ),
)


def stock(account: Account, as_of: date, days: int = 30) -> pl.DataFrame:
    """One row per SKU that was counted, is listed for us to ship, or is in an open order; worst first.

    Columns: `COLUMNS`. Null is not known, never zero. `units_on_hand` are those counted on `counted_on`,
    `left_units` what left the shelf on the days after it; a count without a day is of now. An open unit
    is still to leave: neither shipped, posted nor cancelled; a pending order reserves its units too. What
    is neither gone nor open is free; units that came in since the count are in no file. `sold_a_day` is
    what was bought in the last `days` days, with what the seller cancelled and without what others
    cancelled. `cancelled_orders` are those of the same days that were cancelled before shipment, and not
    by the buyer; `explained_orders` those of them for which the shelf was short.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> example = policy("handbook")["late_dispatch_rate"].definition.example
        >>> stock(example.account(), example.as_of).height
        0
    """
    return _weighed(shelves(account, as_of, _lines(account, as_of, days)), days)


def explained(account: Account, as_of: date, days: int = 30) -> tuple[int, int]:
    """How many of the cancelled orders of the last `days` days a short shelf explains, and how many there are.

    An order with two SKUs is one order, and explained when one of them was short. An order of which no
    file tells the SKUs is not among them.
    """
    found = _lines(account, as_of, days)
    short, cancelled = (found.filter(which).select(facts.ORDER).n_unique() for which in ("is_short", "is_cancelled"))
    return short, cancelled


def safety_stock(found: pl.DataFrame, risk: float, days: float) -> pl.DataFrame:
    """The result of `stock` with `reserve_units` and `list_at_most`, and the `risk` and `days` they are for.

    The reserve is the least number that the units sold in `days` days exceed with a chance of `risk` at
    most, when buyers come independently of each other (Poisson). Where only an endless reserve would do,
    `reserve_units` is null and nothing may be listed.

    Raises InputError for a risk that is no share, or days below zero.

    Example:
        >>> found = pl.DataFrame({"sold_a_day": [2.0], "free_units": [10]})
        >>> safety_stock(found, risk=0.05, days=1.5).select("reserve_units", "list_at_most").row(0)
        (6, 4)
    """
    if not 0 <= risk <= 1:
        raise InputError("risk", "a share from 0 to 1", "Write 0.05 for one time in twenty.")
    if not days >= 0:
        raise InputError("days", "0 or more", "Write how many days the reserve must last.")
    expected = found["sold_a_day"].cast(pl.Float64) * days
    reserve = pl.when(expected == 0).then(0.0).otherwise(_exceeded_with(risk, expected))
    return found.with_columns(
        pl.when(reserve.is_finite()).then(reserve).cast(pl.Int64).alias("reserve_units"),
        (pl.col("free_units") - reserve).clip(0).cast(pl.Int64).alias("list_at_most"),
        pl.lit(float(risk)).alias("risk"),
        pl.lit(float(days)).alias("days"),
    )


def _exceeded_with(risk: float, expected: pl.Series) -> pl.Series:
    """The least number that a Poisson variable of this mean exceeds with a chance of `risk` at most.

    As `scipy.stats.poisson.ppf` has it, which takes half a second to import; endless for a `risk` of 0.
    """
    from scipy.special import pdtr, pdtrik  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

    surely, means = 1 - risk, expected.to_numpy()
    if surely == 1:
        return expected * float("inf")
    enough = pl.Series("needed", pdtrik(surely, means)).ceil()
    one_less = (enough - 1).clip(0)
    is_enough = pl.Series(pdtr(one_less.to_numpy(), means)) >= surely
    return one_less.zip_with(is_enough, enough).fill_nan(None)


def missing_stock(account: Account) -> list[Need]:
    """The inputs that stock needs and no file of the account provides."""
    return unmet(NEEDS, account.provided)


@lru_cache(maxsize=2)
def _lines(account: Account, as_of: date, days: int) -> pl.DataFrame:
    """What orders take from the shelves, put together once for all that is asked of it."""
    return with_shortage(order_lines(account, as_of, days).collect(engine="streaming"), account, as_of)


def _weighed(joined: pl.DataFrame, days: int) -> pl.DataFrame:
    free, rate = pl.col("free_units"), pl.col("sold_a_day")
    return (
        joined.with_columns(
            (pl.col("units_on_hand") - pl.col("left_units") - pl.col("open_units")).alias("free_units"),
            (pl.col("sold_units") / days if days > 0 else pl.lit(None, dtype=pl.Float64)).alias("sold_a_day"),
        )
        .with_columns(
            (-free).clip(0).alias("oversold_units"),
            (pl.col("listed_units") - free.clip(0)).clip(0).alias("at_risk_units"),
            pl.when(rate > 0).then(free / rate).alias("days_of_cover"),
        )
        .with_columns(_state().alias("state"))
        .sort(
            pl.col("state").replace_strict({state: place for place, state in enumerate(STATES)}, return_dtype=pl.Int8),
            "oversold_units",
            "at_risk_units",
            "days_of_cover",
            *KEY,
            descending=[False, True, True, False, False, False],
            nulls_last=True,
        )
        .select(COLUMNS)
    )


def _state() -> pl.Expr:
    return (
        pl.when(pl.col("free_units").is_null())
        .then(pl.lit("not counted"))
        .when(pl.col("oversold_units") > 0)
        .then(pl.lit("oversold"))
        .when(pl.col("at_risk_units") > 0)
        .then(pl.lit("at risk"))
        .when(pl.col("listed_units").is_null())
        .then(pl.lit("listing not known"))
        .otherwise(pl.lit("enough"))
    )
