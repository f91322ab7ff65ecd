"""How the office answers: the figures beside the five tips, and when messages come."""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.facts.messages import THREAD, replies
from sellerhealth.measure.queue import STALE, answer_at, hours_allowed, hours_between, to_answer

HABITS = pl.Schema(
    {
        "tip": pl.Int64(),
        "figure": pl.String(),
        "now_count": pl.Int64(),
        "now_out_of": pl.Int64(),
        "now_value": pl.Float64(),
        "before_value": pl.Float64(),
        "unit": pl.String(),
    }
)
HOURS, PERCENT, YES_NO = "hours", "percent", "yes or no"
"""Hours are medians; a percentage is a share of 1; yes is 1 and no is 0."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKEND = WEEKDAYS[5:]


def habits(metric: Metric, account: Account, as_of: date, days: int = 28) -> pl.DataFrame:
    """The figures beside the tips over the last `days` days, and over as many days before (`HABITS`).

    `metric` is the contact response time: its policy says which replies are answers, and within how many hours.
    Past days use what is known on `as_of`. Of a median, `now_count` is what it is the middle of, out of
    all that could have had an answer. Nothing out of nothing has no value.
    """
    asked = to_answer(metric, account, as_of).collect(engine="streaming").lazy()
    sent = _replied(metric, account, as_of).collect(engine="streaming").lazy()
    told = [
        _figure(1, "hours_to_answer", HOURS, _answer_times(asked), as_of, days),
        _figure(1, "resolution_hours", HOURS, _resolution_times(asked, sent), as_of, days),
        _contact_address(account),
        _figure(3, "fulfilment_first", PERCENT, _choices(asked, account.zone), as_of, days),
        _figure(4, "weekend_in_time", PERCENT, _weekends(asked, hours_allowed(metric)), as_of, days),
        _figure(5, "automatic_replies", PERCENT, _automatic(sent, account), as_of, days),
    ]
    return pl.concat([row.select(pl.col(name).cast(dtype) for name, dtype in HABITS.items()) for row in told]).collect()


def answers_by_weekday(metric: Metric, account: Account, as_of: date, days: int) -> pl.DataFrame:
    """Contacts of each weekday of the last `days` days, and how many were answered in time, as `metric` has it.

    Columns weekday, contacts, in_time, value; all seven days, Monday first. One that is still open and
    may yet be answered in time is left out.
    """
    counted = (
        _decided(to_answer(metric, account, as_of), hours_allowed(metric))
        .filter(_is_within("received_on", as_of, days))
        .group_by("weekday")
        .agg(pl.len().cast(pl.Int64).alias("contacts"), pl.col("in_time").sum().cast(pl.Int64))
    )
    return (
        pl.LazyFrame({"weekday": WEEKDAYS})
        .join(counted, on="weekday", how="left", maintain_order="left")
        .with_columns(pl.col("contacts", "in_time").fill_null(0))
        .with_columns(pl.when(pl.col("contacts") > 0).then(pl.col("in_time") / pl.col("contacts")).alias("value"))
        .collect()
    )


def arrivals(metric: Metric, account: Account, as_of: date, days: int) -> pl.DataFrame:
    """When the messages of the last `days` days came, and how many of them were answered late, or not at all.

    Columns weekday, hour ("00" to "23"), contacts, late; all 168 hours of a week. Every contact that
    needs a response came at some hour, so those still open are among them, and not late.
    """
    is_late = pl.col("is_decided") & ~pl.col("in_time")
    counted = (
        _judged(to_answer(metric, account, as_of), hours_allowed(metric))
        .filter(_is_within("received_on", as_of, days))
        .group_by("weekday", "hour")
        .agg(pl.len().cast(pl.Int64).alias("contacts"), is_late.sum().cast(pl.Int64).alias("late"))
    )
    clock = pl.LazyFrame({"hour": [f"{hour:02}" for hour in range(24)]})
    return (
        pl.LazyFrame({"weekday": WEEKDAYS})
        .join(clock, how="cross", maintain_order="left_right")
        .join(counted, on=["weekday", "hour"], how="left", maintain_order="left")
        .with_columns(pl.col("contacts", "late").fill_null(0))
        .collect()
    )


def _figure(tip: int, figure: str, unit: str, points: pl.LazyFrame, as_of: date, days: int) -> pl.LazyFrame:
    """One row from points of a `day` and a `value`: the middle of hours, or the part of ones among ones and zeros."""
    now = pl.col("value").filter(_is_within("day", as_of, days))
    before = pl.col("value").filter(_is_within("day", as_of - timedelta(days=days), days))
    is_hours = unit == HOURS
    return points.select(
        pl.lit(tip).alias("tip"),
        pl.lit(figure).alias("figure"),
        (now.count() if is_hours else now.sum()).alias("now_count"),
        now.len().alias("now_out_of"),
        (now.median() if is_hours else now.mean()).alias("now_value"),
        (before.median() if is_hours else before.mean()).alias("before_value"),
        pl.lit(unit).alias("unit"),
    )


def _is_within(day: str, last: date, days: int) -> pl.Expr:
    return pl.col(day).is_between(last - timedelta(days=days), last, closed="right")


def _contact_address(account: Account) -> pl.LazyFrame:
    """Whether buyers have an address to write to; what it was before, no file tells."""
    is_set = int(account.has_contact_address)
    row = {"tip": 2, "figure": "contact_address", "now_count": is_set, "now_out_of": 1, "now_value": is_set}
    return pl.LazyFrame([{**row, "before_value": None, "unit": YES_NO}])


def _replied(metric: Metric, account: Account, as_of: date) -> pl.LazyFrame:
    """The replies, with `answer_at`: their own moment, null of one that is no answer."""
    told, looks = pl.col("is_automatic"), pl.col("looks_automatic")
    moments = {
        "first_answer_at": pl.when(~told).then("sent_at"),
        "first_own_answer_at": pl.when(~told & ~looks).then("sent_at"),
    }
    return replies(account, as_of).with_columns(**moments).with_columns(answer_at(metric))


def _answer_times(asked: pl.LazyFrame) -> pl.LazyFrame:
    taken = hours_between(pl.col("received_at"), pl.col("answer_at"))
    return asked.select(pl.col("received_on").alias("day"), taken.alias("value"))


def _resolution_times(asked: pl.LazyFrame, sent: pl.LazyFrame) -> pl.LazyFrame:
    """Per thread, from its first message to the last answer, whichever message that one answers."""
    started = asked.group_by(THREAD).agg(pl.col("received_at").min(), pl.col("received_on").min().alias("day"))
    last = sent.group_by(THREAD).agg(pl.col("answer_at").max())
    taken = hours_between(pl.col("received_at"), pl.col("answer_at"))
    return started.join(last, on=THREAD, how="left").select("day", pl.when(taken > 0).then(taken).alias("value"))


def _choices(asked: pl.LazyFrame, zone: str) -> pl.LazyFrame:
    """The answers given while a fulfilment message waited, and whether they went to one.

    One timeline of what came, was answered and was chosen: a choice looks at what waits before it. Nobody
    expects an answer any more after `STALE`.
    """
    answer, is_answered = pl.col("answer_at"), pl.col("answer_at").is_not_null()
    urgent, given_up = asked.filter("is_fulfilment"), pl.col("received_at") + STALE
    chosen = asked.filter(is_answered).group_by(*THREAD, "answer_at").agg(pl.col("is_fulfilment").any())
    steps = [
        urgent.select("account", pl.col("received_at").alias("moment"), pl.lit(1).alias("change")),
        urgent.select("account", pl.min_horizontal(answer, given_up).alias("moment"), pl.lit(-1).alias("change")),
        chosen.select("account", answer.alias("moment"), pl.lit(0).alias("change"), "is_fulfilment"),
    ]
    return (
        pl.concat(steps, how="diagonal")
        .sort("account", "moment", pl.col("change") != 0)
        .with_columns(pl.col("change").cum_sum().over("account").alias("waiting"))
        .filter(pl.col("change") == 0, pl.col("waiting") > 0)
        .select(
            pl.col("moment").dt.convert_time_zone(zone).dt.date().alias("day"),
            pl.col("is_fulfilment").cast(pl.Float64).alias("value"),
        )
    )


def _weekends(asked: pl.LazyFrame, hours: int) -> pl.LazyFrame:
    weekend = _decided(asked, hours).filter(pl.col("weekday").is_in(WEEKEND))
    return weekend.select(pl.col("received_on").alias("day"), pl.col("in_time").cast(pl.Float64).alias("value"))


def _automatic(sent: pl.LazyFrame, account: Account) -> pl.LazyFrame:
    machine = pl.col("answer_at").is_null()
    here = pl.col("marketplace") == account.marketplace.code
    return sent.filter(here).select(pl.col("sent_on").alias("day"), machine.cast(pl.Float64).alias("value"))


def _judged(asked: pl.LazyFrame, hours: int) -> pl.LazyFrame:
    """The contacts with `in_time`, and `is_decided`: no longer open, or open for too long."""
    allowed = timedelta(hours=hours)
    received, answer = pl.col("received_at"), pl.col("answer_at")
    return asked.with_columns(
        (answer - received <= allowed).fill_null(value=False).alias("in_time"),
        (answer.is_not_null() | (pl.col("end_at") - received > allowed)).alias("is_decided"),
    )


def _decided(asked: pl.LazyFrame, hours: int) -> pl.LazyFrame:
    return _judged(asked, hours).filter("is_decided")
