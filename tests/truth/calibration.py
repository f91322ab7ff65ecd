"""Whether chances come true as often as they say: forecasts of invented sellers, beside what then came.

What came is counted here from the planted complaints themselves, by nothing of the package. `python -m
tests.truth.calibration` prints the tables; SELLERHEALTH_TRUTH says on how many accounts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log

import numpy as np
import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.demo.dice import Dice
from sellerhealth.demo.history import orders
from sellerhealth.demo.order import Order
from sellerhealth.demo.shop import Shop
from sellerhealth.measure.outlook.belief import Numbers
from sellerhealth.measure.outlook.coming import by_day
from sellerhealth.measure.outlook.developed import developed
from sellerhealth.measure.outlook.forecast import forecast
from sellerhealth.measure.outlook.pace import Looked, paces
from sellerhealth.metrics import policy
from tests.truth import size, world
from tests.truth.complaints import complaints

POLICIES = ("handbook", "amazon-2026")
AHEAD = (7, 14, 21, 28)
SIZES, HISTORIES, KINDS = (4, 9, 18), (150, 220, 300), ("steady", "drifting", "wandering")
RATES = (0.003, 0.03)
"""The rate today lies between them, each size of it as likely: the target is 0.01."""
DOUBLES_IN = (100, 300)
"""A drifting rate doubles, or halves, in so many days."""
STEP = 0.053
"""So far a wandering rate goes in a day, up or down; no further than to `MOST`."""
MOST = 0.2
LAST, NEVER = date.max - timedelta(days=1), date.max
FORETOLD = pl.Schema(
    {
        "account": pl.Int64(),
        "kind": pl.String(),
        "policy": pl.String(),
        "ahead": pl.Int64(),
        "chance": pl.Float64(),
        "is_missed": pl.Boolean(),
        "place": pl.Float64(),
        "fewest": pl.Int64(),
        "most": pl.Int64(),
        "came": pl.Int64(),
    }
)
THROUGH = pl.Schema({"plain": pl.Float64(), "developed": pl.Float64(), "truth": pl.Float64()})


@dataclass(frozen=True, kw_only=True)
class World:
    """An account, the day it is looked at, its orders, and since when each of them that is one is a known defect."""

    number: int
    kind: str
    account: Account
    as_of: date
    book: list[Order]
    known_on: dict[str, date]

    def day(self, ahead: int) -> date:
        """The day so many days after the one it is looked at."""
        return self.as_of + timedelta(days=ahead)

    def counted(self, metric: Metric, first: date, last: date, seen: date) -> tuple[int, int]:
        """The defects known on a day, and the orders, of a window."""
        in_utc = metric.terms.chosen["event_date"] == "purchase_utc"
        inside = [
            order
            for order in self.book
            if first <= (order.purchased_at.date() if in_utc else order.purchased_on) <= last
        ]
        return sum(self.known_on.get(order.order_id, NEVER) <= seen for order in inside), len(inside)


def worlds(many: int) -> Iterator[World]:
    """So many accounts of all sizes, histories and kinds."""
    for number in range(many):
        dice = Dice(f"world {number}")
        a_day, days, kind = (dice.pick(dict.fromkeys(each, 1)) for each in (SIZES, HISTORIES, KINDS))
        shop = world.shop(number, a_day, days + AHEAD[-1], cancelling_buyers=0)
        yield _world(number, kind, shop, dice)


def foretold(one: World) -> list[tuple[object, ...]]:
    """What was forecast (`FORETOLD`), and what came; nothing where there was too little to say."""
    found, dice = [], Dice(f"places {one.number}")
    for name in POLICIES:
        metric = policy(name)["order_defect_rate"]
        days = forecast(metric, one.account, one.as_of).filter(pl.col("on").is_in([one.day(ahead) for ahead in AHEAD]))
        told = [one.counted(metric, *row) for row in days.select("window_start", "window_end", "on").rows()]
        came = np.array([defects for defects, _ in told]) - days["defects"].to_numpy()
        places = _places(metric, one, days, came, dice) if told else []
        for row, (defects, out_of), ahead, place in zip(days.to_dicts(), told, AHEAD, places, strict=False):
            is_missed = defects * 100 >= out_of
            ends = (row["fewest"], row["most"], defects)
            found.append((one.number, one.kind, name, ahead, row["miss_chance"], is_missed, place, *ends))
    return found


def _places(metric: Metric, one: World, days: pl.DataFrame, came: Numbers, dice: Dice) -> list[float]:
    """Where what came lies among all that could: the share of cases with less, and by chance a part of those with as much.

    Where all is as it is said, each place between 0 and 1 is as likely as the others.
    """
    on, start, end = (
        (days[name] - one.as_of).dt.total_days().to_numpy() for name in ("on", "window_start", "window_end")
    )
    (pace,) = paces(metric, one.account, one.as_of).values()
    rows = by_day(metric, one.account, one.as_of, days["window_end"].max())
    more = pace.to_come(rows, Looked(on=on, start=start, end=end), ahead=on)
    as_many, beyond = more.more_than(came - 1.0), more.more_than(came.astype(float))
    return [1 - each + _between(dice, 0, 1) * (each - above) for each, above in zip(as_many, beyond, strict=True)]


def seen_through(one: World) -> tuple[float, float, float] | None:
    """The plain rate of today's window, the developed one, and the truth (`THROUGH`); None where it is too little."""
    metric = policy("handbook")["order_defect_rate"]
    row = developed(metric, one.account, one.as_of).row(0, named=True)
    defects, out_of = one.counted(metric, row["window_start"], row["window_end"], LAST)
    return None if row["developed"] is None else (row["value"], row["developed"], defects / out_of)


def compared(many: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What was said of so many accounts, and what came: day by day (`FORETOLD`), and seen through (`THROUGH`)."""
    days, through = [], []
    for one in worlds(many):
        days += foretold(one)
        through += [row for row in [seen_through(one)] if row]
    return pl.DataFrame(days, schema=FORETOLD, orient="row"), pl.DataFrame(through, schema=THROUGH, orient="row")


def reliability(found: pl.DataFrame) -> pl.DataFrame:
    """Ten bins of the chance: how many forecasts, the mean chance, how often it came, and how far these may differ.

    `may_differ` is one standard error, where all forecasts of an account come true or fail together.
    """
    chance = pl.col("chance")
    together = (
        found.with_columns((chance * 10).floor().clip(0, 9).cast(pl.Int64).alias("bin"))
        .group_by("bin", "account")
        .agg(
            pl.len(),
            chance.sum(),
            pl.col("is_missed").sum().alias("came"),
            (chance * (1 - chance)).sqrt().sum().alias("sd"),
        )
    )
    return (
        together.group_by("bin")
        .agg(pl.len().alias("accounts"), pl.col("len", "chance", "came").sum(), (pl.col("sd") ** 2).sum().sqrt())
        .sort("bin")
        .select(
            "bin",
            "accounts",
            pl.col("len").alias("forecasts"),
            (pl.col("chance") / pl.col("len")).alias("said"),
            (pl.col("came") / pl.col("len")).alias("was"),
            (pl.col("sd") / pl.col("len")).alias("may_differ"),
        )
    )


def held(found: pl.DataFrame, *by: str) -> pl.DataFrame:
    """The share of what came that lay in the middle 90 of 100 cases, by their chances (`held`), and from the fewest to the
    most (`whole`): more, where so few come that whole numbers cannot hold just that share.
    """
    is_in = pl.col("came").is_between(pl.col("fewest"), pl.col("most"))
    return found.group_by(by or pl.lit("all").alias("of")).agg(
        pl.len().alias("forecasts"),
        pl.col("place").is_between(0.05, 0.95).mean().alias("held"),
        is_in.mean().alias("whole"),
    )


def _world(number: int, kind: str, shop: Shop, dice: Dice) -> World:
    as_of, book = shop.last_day - timedelta(days=AHEAD[-1]), list(orders(shop).values())
    ratings, claims = complaints(book, str(number), _rate(kind, as_of, shop, dice))
    rated = {one.order.order_id: one.rated_on for one in ratings}
    claimed = {one.order.order_id: shop.local(one.opened_at).date() for one in claims}
    return World(
        number=number,
        kind=kind,
        account=world.account(shop, book, ratings, claims),
        as_of=as_of,
        book=book,
        known_on=rated | claimed,
    )


def _rate(kind: str, as_of: date, shop: Shop, dice: Dice) -> Callable[[date], float]:
    today = exp(_between(dice, log(RATES[0]), log(RATES[1])))
    if kind == "steady":
        return lambda _: today
    if kind == "drifting":
        doubles_in = _between(dice, *DOUBLES_IN) * (1 if dice.chance(0.5) else -1)
        return lambda day: today * 2.0 ** ((day - as_of).days / doubles_in)
    days = [shop.first_day + timedelta(days=past) for past in range((shop.last_day - shop.first_day).days + 1)]
    height, path = 0.0, {}
    for day in days:
        height += STEP if dice.chance(0.5) else -STEP
        path[day] = height
    return lambda day: min(today * exp(path[day] - path[as_of]), MOST)


def _between(dice: Dice, low: float, high: float) -> float:
    return low + (high - low) * dice.between(0, 10**6) / 10**6


def main() -> None:
    """Print the tables."""
    many = size.accounts(200)
    found, through = compared(many)
    with pl.Config(tbl_rows=40, tbl_cols=-1, float_precision=4, tbl_hide_dataframe_shape=True):
        print(f"{many} accounts, {found['account'].n_unique()} of them with a forecast")
        print(reliability(found), held(found), held(found, "kind"), held(found, "policy", "ahead"), sep="\n")
        print(through.select((pl.col("plain", "developed") - pl.col("truth")).abs().mean().name.suffix(" is off by")))


if __name__ == "__main__":
    main()
