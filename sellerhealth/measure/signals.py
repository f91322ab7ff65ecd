"""What turns before Amazon's figures do, day by day: contacts, returns, confirmations, cancellations, deliveries.

What buyers do is set against the orders it can be about: of each day as many as, by the account's own habit, write or
send back after so many days. A season that sells three times as much has three times the contacts, some days later.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric, Need, unmet
from sellerhealth.definition.policy import Policy
from sellerhealth.measure.tally import known, tally
from sellerhealth.metrics import METRICS
from sellerhealth.metrics.choices import MESSAGES

SIGNAL = ["account", "signal"]
COUNTED = {"event_on": pl.Date(), "numerator": pl.Int64(), "denominator": pl.Float64()}
DAILY = pl.Schema({**dict.fromkeys(SIGNAL, pl.String()), **COUNTED})
OLDEST = 41
"""In days: who writes, or sends back, later than six weeks after buying is counted as of then."""
GAP = timedelta(days=31)
"""A file of events that is silent for longer has a hole: what lies before is not compared with what lies after."""
AT_ONCE = 1
LATE_AFTER = {"three_days_overdue": 3, "first_moment": AT_ONCE}
"""So many days after the ship-by day it is settled whether an order is late."""
RETURNS = Need(
    any_of=("returns",),
    without=Basis.NOT_COMPUTABLE,
    reason="There is no file of returns.",
    remedy="Add the returns report (Orders, Manage Returns).",
)


@dataclass(frozen=True, kw_only=True)
class Signal:
    """Something that turns early: the metric it `leads_to`, and the inputs without which it is not told."""

    leads_to: str
    needs: tuple[Need, ...]


SIGNALS = {
    "contacts": Signal(leads_to="order_defect_rate", needs=(MESSAGES,)),
    "returns": Signal(leads_to="order_defect_rate", needs=(RETURNS,)),
    "unconfirmed": Signal(leads_to="late_dispatch_rate", needs=METRICS["late_dispatch_rate"].needs),
    "late": Signal(leads_to="late_dispatch_rate", needs=METRICS["late_dispatch_rate"].needs),
    "cancellations": Signal(leads_to="cancellation_rate", needs=METRICS["cancellation_rate"].needs),
    "deliveries": Signal(leads_to="order_defect_rate", needs=METRICS["on_time_delivery_rate"].needs),
}
"""By their names, those that turn first at the top. No file dates a refund: the return it is for is counted."""


def watched(policy: Policy) -> dict[str, int]:
    """The signals under a policy, by name, and after how many days what happened on one is settled.

    Where any delay is late, what is unconfirmed is late already, and not watched twice.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> watched(policy("handbook"))
        {'contacts': 0, 'returns': 0, 'unconfirmed': 1, 'late': 3, 'cancellations': 1, 'deliveries': 7}
        >>> "unconfirmed" in watched(policy("amazon-2026"))
        False
    """
    late = LATE_AFTER[policy["late_dispatch_rate"].terms.chosen["late_from"]]
    deliveries = policy["on_time_delivery_rate"].terms.lag_days
    days = {"unconfirmed": AT_ONCE, "late": late, "cancellations": 1, "deliveries": deliveries}
    return {name: days.get(name, 0) for name in SIGNALS if name != "unconfirmed" or late > AT_ONCE}


def signals(policy: Policy, account: Account, as_of: date) -> pl.DataFrame:
    """How many of how many, for each signal and day that the files tell of and that is settled by `as_of`.

    Columns `DAILY`, every day from the first to the last told, both included. The counts add up over days. Orders
    are those we ship. `contacts`: conversations by the day of their first word about fulfilment, and `returns`: orders
    by the day the return was asked for, each out of the orders they can be about. `unconfirmed`: orders not confirmed
    by their ship-by time, and `late`: by the policy's rule, each by ship-by day. `cancellations`: orders cancelled
    before shipment, by the day they were bought; the buyers' own too, unless every cancellation says whose it is.
    `deliveries`: units that came late, by the promised day. What may be a defect and may be none is left out.
    """
    orders = known(account, as_of, "orders").lazy().filter(_ours(account), pl.col("purchased_on") <= as_of)
    confirmed = until(orders.select("account", pl.col("confirmed_on").alias("day")).drop_nulls(), as_of)
    late = policy["late_dispatch_rate"]
    found = {
        "contacts": _contacts(account, as_of, orders),
        "returns": _returns(account, as_of, orders),
        "unconfirmed": _defects(_late_at_once(late), account, as_of).join(confirmed, on="account", how="left"),
        "late": _defects(_by_ship_by(late), account, as_of).join(confirmed, on="account", how="left"),
        "cancellations": _cancellations(orders),
        "deliveries": _defects(policy["on_time_delivery_rate"], account, as_of),
    }
    days = watched(policy)
    told = [found[name].pipe(_settled, name, as_of, days[name]) for name in days if _is_told(name, account)]
    # What grows with the orders ends here; after it there is a row a day.
    counted = pl.concat([pl.LazyFrame(schema=DAILY), *told]).collect(engine="streaming")
    return _every_day(counted.lazy(), list(days))


def until(days: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    """Per account, the day `told_until`: `as_of`, or the last of its `day`s where the silence since is the longest yet.

    An export that ended must not read as quiet days, and quiet days not as an export that ended.

    Example:
        >>> told = pl.LazyFrame({"account": "shop", "day": [date(2026, 3, 1), date(2026, 3, 4), date(2026, 3, 5)]})
        >>> [until(told, date(2026, 3, last)).collect()["told_until"].item().day for last in (8, 9)]
        [8, 5]
    """
    day = pl.col("day")
    is_over = (pl.lit(as_of) - day.max()) > day.diff().max().fill_null(timedelta())
    ends = pl.when(is_over).then(day.max()).otherwise(pl.lit(as_of)).alias("told_until")
    return days.unique().sort("day").group_by("account", maintain_order=True).agg(ends)


def _is_told(name: str, account: Account) -> bool:
    return not unmet(SIGNALS[name].needs, account.provided)


def _settled(days: pl.LazyFrame, name: str, as_of: date, settles: int) -> pl.LazyFrame:
    """The days of a signal on which nothing can turn any more, as far as a file tells of it at all."""
    last = pl.col("told_until").fill_null(pl.lit(as_of)) if "told_until" in days.collect_schema() else pl.lit(as_of)
    counts = days.filter(pl.col("event_on") <= last - timedelta(days=settles)).with_columns(signal=pl.lit(name))
    return counts.select(pl.col(column).cast(dtype) for column, dtype in DAILY.items())


def _ours(account: Account) -> pl.Expr:
    return (pl.col("channel") == "MFN") & (pl.col("marketplace") == account.marketplace.code)


def _contacts(account: Account, as_of: date, orders: pl.LazyFrame) -> pl.LazyFrame:
    """Conversations by the day of their first word about fulfilment; none about an order that Amazon ships."""
    began = (
        facts.FACTS["contacts"](account, as_of)
        .filter(pl.col("is_fulfilment") & (pl.col("marketplace") == account.marketplace.code))
        .group_by("account", "thread_id")
        .agg(pl.col("received_on").min().alias("day"), pl.col("order_id").min())
    )
    ours = known(account, as_of, "orders").lazy().select(*facts.ORDER, "purchased_on", _ours(account).alias("is_ours"))
    about_ours = began.join(ours, on=facts.ORDER, how="left").filter(pl.col("is_ours").fill_null(value=True))
    sent_on = pl.col("sent_at").dt.convert_time_zone(account.zone).dt.date()
    days = account.tables["messages"].select("account", sent_on.alias("day")).filter(pl.col("day") <= as_of)
    return _out_of_orders(about_ours, _told(days, as_of), orders)


def _returns(account: Account, as_of: date, orders: pl.LazyFrame) -> pl.LazyFrame:
    asked = account.tables["returns"].filter(pl.col("returned_on") <= as_of).rename({"returned_on": "day"})
    first = asked.group_by(facts.ORDER).agg(pl.col("day").min())
    of_ours = first.join(orders.select(*facts.ORDER, "purchased_on"), on=facts.ORDER)
    return _out_of_orders(of_ours, _told(asked.select("account", "day"), as_of), orders)


def _told(days: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    """Per account, from which day to which a file of events speaks without a hole."""
    day = pl.col("day")
    starts = (day.diff() > GAP).fill_null(value=True).over("account")
    since = days.unique().sort("day").filter(starts).group_by("account").agg(day.max().alias("told_from"))
    return since.join(until(days, as_of), on="account")


def _out_of_orders(events: pl.LazyFrame, told: pl.LazyFrame, orders: pl.LazyFrame) -> pl.LazyFrame:
    """Events a day, out of the orders they can be about: of each day before, the part that acts after so long."""
    orders_a_day = orders.group_by("account", "purchased_on").len("bought")
    can_act = (
        orders_a_day.join(_habit(events, orders), on="account")
        .group_by("account", (pl.col("purchased_on") + pl.duration(days="age")).alias("event_on"))
        .agg((pl.col("bought") * pl.col("part")).sum().alias("denominator"))
    )
    acted = events.group_by("account", pl.col("day").alias("event_on")).len("numerator")
    return (
        can_act.join(told, on="account")
        .filter(pl.col("event_on").is_between("told_from", "told_until"))
        .join(acted, on=["account", "event_on"], how="left")
        .with_columns(pl.col("numerator").fill_null(0))
    )


def _habit(events: pl.LazyFrame, orders: pl.LazyFrame) -> pl.LazyFrame:
    """Per account and age of an order in days, which `part` of those who act do so then.

    One more is taken for each age: that of a few buyers none wrote then does not say that none will.
    """
    age = (pl.col("day") - pl.col("purchased_on")).dt.total_days().clip(0, OLDEST).alias("age")
    each = orders.select("account").unique().with_columns(pl.lit(list(range(OLDEST + 1))).alias("age")).explode("age")
    acted = pl.concat(
        [events.select("account", age).drop_nulls(), each.select("account", pl.col("age").cast(pl.Int64))]
    )
    part = (pl.col("len") / pl.col("len").sum().over("account")).alias("part")
    return acted.group_by("account", "age").len().with_columns(part)


def _defects(metric: Metric, account: Account, as_of: date) -> pl.LazyFrame:
    """A metric's defects a day, of the orders we ship; the unsure are left out of both counts."""
    ours = tally(metric, account, as_of).lazy().filter(pl.col("channel") == "MFN")
    defects, counted = (pl.col(name) - pl.col("unknown") for name in ("defects", "counted"))
    return ours.select("account", "event_on", defects.alias("numerator"), counted.alias("denominator"))


def _cancellations(orders: pl.LazyFrame) -> pl.LazyFrame:
    """A list that tells for some weeks who cancelled must not make them differ from the others: all or none."""
    is_cancelled = pl.col("cancelled_before_shipment")
    by_buyer = (~pl.col("cancelled_by_seller") & ~pl.col("cancelled_by_amazon")).fill_null(value=False)
    all_told = pl.col("cancelled_by_seller").is_not_null().filter(is_cancelled).all().over("account")
    counts = (is_cancelled & ~(by_buyer & all_told)).alias("counts")
    paid = orders.filter(~pl.col("is_pending")).with_columns(counts)
    day = pl.col("purchased_on").alias("event_on")
    return paid.group_by("account", day).agg(pl.col("counts").sum().alias("numerator"), pl.len().alias("denominator"))


@lru_cache(maxsize=16)
def _by_ship_by(metric: Metric) -> Metric:
    """The metric by ship-by day, whatever day an account has chosen: only that one tells when it is settled."""
    return _choosing(metric, event_date="ship_by")


@lru_cache(maxsize=16)
def _late_at_once(metric: Metric) -> Metric:
    return _choosing(metric, event_date="ship_by", late_from="first_moment", amazons_list="left_aside")


def _choosing(metric: Metric, **chosen: str) -> Metric:
    """The same object where it chooses so already: what was counted of it is known."""
    wanted = {**metric.terms.chosen, **chosen}
    return metric if wanted == metric.terms.chosen else replace(metric, terms=replace(metric.terms, chosen=wanted))


def _every_day(days: pl.LazyFrame, names: list[str]) -> pl.DataFrame:
    """The days, and those between them on which there was nothing; by account, in the order of the signals."""
    first, last = pl.col("event_on").min(), pl.col("event_on").max()
    every = days.group_by(SIGNAL).agg(pl.date_ranges(first, last).first().alias("event_on")).explode("event_on")
    return (
        every.join(days, on=[*SIGNAL, "event_on"], how="left")
        .with_columns(pl.col("numerator", "denominator").fill_null(0))
        .sort("account", pl.col("signal").cast(pl.Enum(names)), "event_on")
        .select(DAILY.names())
        .collect()
    )
