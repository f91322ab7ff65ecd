"""Early signs in words and pictures: what turns before Amazon's figures do, and what cannot be watched."""

from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import unmet
from sellerhealth.definition.policy import Policy
from sellerhealth.measure.alarm import Watched
from sellerhealth.measure.signals import SIGNALS
from sellerhealth.show import numbers
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.display import titled
from sellerhealth.show.numbers import count, day, percent
from sellerhealth.show.words import Row

ORDERS, UNITS = ("order", "orders"), ("unit", "units")
SEEN = [Watched.RINGS.value, Watched.SILENT.value]
MOST_CHARTS, DAYS_DRAWN, HEIGHT = 3, 90, 130


@dataclass(frozen=True, kw_only=True)
class Sign:
    """How a signal is told: its name, what it says when it rings, out of what, on which page, and what to do.

    What buyers do has a name of its own in `counted`: it is not one of the orders it is set against.
    """

    name: str
    says: str
    asks: str
    counted: tuple[str, str] | None = None
    out_of: tuple[str, str] = ORDERS
    page: str
    act: str


SIGNS = {
    "contacts": Sign(
        name="what buyers write about fulfilment",
        says="Buyers write more about fulfilment",
        asks="Do buyers write more about fulfilment?",
        counted=("conversation", "conversations"),
        page="contact_response_time",
        act="Answer them first, and mend what they ask about: claims and bad feedback follow some weeks later.",
    ),
    "returns": Sign(
        name="returns",
        says="More is sent back",
        asks="Is more sent back?",
        counted=("return", "returns"),
        page="order_defect_rate",
        act="Look at the products that come back and at their listings: claims and bad feedback follow.",
    ),
    "unconfirmed": Sign(
        name="orders not confirmed in time",
        says="More orders are not confirmed in time",
        asks="Are more orders not confirmed in time?",
        page="late_dispatch_rate",
        act="Confirm today what has left: three days over, an order is late.",
    ),
    "late": Sign(
        name="late orders",
        says="More orders are late",
        asks="Are more orders late?",
        page="late_dispatch_rate",
        act="Look at the carrier and the weekday of the latest ones now: the Late Dispatch Rate follows.",
    ),
    "cancellations": Sign(
        name="cancelled orders",
        says="More orders are cancelled before shipment",
        asks="Are more orders cancelled before shipment?",
        page="cancellation_rate",
        act="Count the stock of what was cancelled, and correct the listed quantity today.",
    ),
    "deliveries": Sign(
        name="late deliveries",
        says="More comes late",
        asks="Does more come late?",
        out_of=UNITS,
        page="on_time_delivery_rate",
        act="Look at the carrier with the most of them: buyers who wait write, claim and leave bad feedback.",
    ),
}
"""By the names of the signals."""


def early_warning(watched: pl.DataFrame, rang: pl.DataFrame, policy: Policy, account: Account) -> Card:
    """What rings, the worst first, each with its page; else that nothing does; then what is not watched, and why.

    `watched` and `rang` are what `watch` and `alarms` return.
    """
    several = watched["account"].n_unique() > 1
    now = rang.filter("still_rings").sort("times", descending=True, nulls_last=False, maintain_order=True)
    rows = list(now.iter_rows(named=True))
    rest = paragraphs(
        [_silence(watched, policy), _over(rang, watched, several=several), *_not_watched(watched, policy, account)]
    )
    if not rows:
        return rest
    told = [(_place(row, several=several), row, policy) for row in rows]
    lines = "".join(_line(*one) for one in told)
    text = "\n".join(f"{number}. ! {place}{alarm(row, policy)}" for number, (place, row, _) in enumerate(told, 1))
    return Card(html=f'<ol class="actions today">{lines}</ol>{rest.html}', text=f"{text}\n{rest.text}")


def alarm(row: Row, policy: Policy) -> str:
    """One alarm in words: now and before, each with its counts, since when, and what to do."""
    sign = SIGNS[row["signal"]]
    return f"{sign.says}: {_compared(row, sign, policy)} {sign.act}"


def warning_terms(policy: Policy) -> Card:
    """How an early sign comes to ring, what that assumes, and whose rule it is."""
    terms = policy.warning
    short, long, past = (numbers.span(days) for days in (terms.short_days, terms.long_days, terms.past_days))
    rings = (
        f"An early sign rings when the last {short} are worse than luck allows, and the last {long} are worse too, "
        f"than up to {past} before them. It assumes that those were ordinary; bad weeks among them are allowed for."
    )
    counts = (
        "What buyers write and send back is set against the orders it can be about, by the days after which they "
        "usually do. Every cancelled order counts, unless the files say of each who cancelled it."
    )
    own = " Set by this account in account.toml." if terms.overridden else ""
    return paragraphs([rings, counts, f"{terms.source.text} ({day(terms.source.dated)}). {terms.why}{own}"])


def alarm_charts(found: pl.DataFrame, rang: pl.DataFrame, policy: Policy) -> list[alt.LayerChart]:
    """A small picture of each of the worst alarms that ring, three at most: both windows, and the past as a line.

    `found` is what `by_day` returns.
    """
    rows = rang.filter("still_rings").head(MOST_CHARTS).iter_rows(named=True)
    return [_chart(found, row, policy) for row in rows]


def _line(place: str, row: Row, policy: Policy) -> str:
    sign = SIGNS[row["signal"]]
    page = policy[sign.page].definition.notebook
    return (
        f'<li><span class="mark" aria-hidden="true">!</span> {escape(place)}<a href="{page}.html">'
        f"<strong>{sign.says}</strong></a>: {escape(_compared(row, sign, policy))} {sign.act}</li>"
    )


def _compared(row: Row, sign: Sign, policy: Policy) -> str:
    now, before = _rate(row, "short"), _rate(row, "past")
    out_of = count(round(row["short_denominator"]), sign.out_of)
    number = row["short_numerator"]
    told = f"{count(number, sign.counted)} on about {out_of}" if sign.counted else f"{number:,} of {out_of}"
    until = f"in the {policy.warning.short_days} days to {day(row['told_until'])}"
    past = f"{row['past_numerator']:,} of {round(row['past_denominator']):,}"
    was = f"{percent(before, beside=now)} ({past})" if row["past_numerator"] else f"none ({past})"
    span = count(row["past_days"], ("day", "days"))
    since = f"It has rung since {day(row['rang_on'])}."
    return f"{told} {until} ({percent(now)}), where it was {was} in the {span} before. {since}"


def _rate(row: Row, span: str) -> float:
    return float(row[f"{span}_numerator"] / row[f"{span}_denominator"]) if row[f"{span}_denominator"] else 0.0


def _place(row: Row, *, several: bool) -> str:
    return f"{row['account']}: " if several else ""


def _silence(watched: pl.DataFrame, policy: Policy) -> str:
    """How many signs are watched and none rings, and how seldom luck rings one."""
    rings, seen = (watched.filter(pl.col("state").is_in(states)).height for states in (SEEN[:1], SEEN))
    months = count(policy.warning.months, ("month", "months"))
    luck = f"By luck alone, all together ring about once in {months} at most."
    accounts = watched["account"].n_unique()
    signs = count(seen, ("sign", "signs")) + (f" of {accounts:,} accounts" if accounts > 1 else "")
    if not seen:
        return "No early sign can be watched yet."
    if rings:
        return f"{signs} watched, {rings:,} {'rings' if rings == 1 else 'ring'}. {luck}"
    return f"No early sign: {signs} watched, none rings. {luck}"


def _over(rang: pl.DataFrame, watched: pl.DataFrame, *, several: bool) -> str:
    """The alarms that ring no more: those that are over, and those that the files tell no end of."""
    ends = {(row["account"], row["signal"]): row["told_until"] for row in watched.iter_rows(named=True)}
    over, cut = [], []
    for row in rang.filter(~pl.col("still_rings")).iter_rows(named=True):
        name = _place(row, several=several) + SIGNS[row["signal"]].name
        if row["told_until"] == ends.get((row["account"], row["signal"])):
            cut.append(f"{name} (since {day(row['rang_on'])})")
        else:
            over.append(f"{name} ({day(row['rang_on'])} to {day(row['rang_until'])})")
    told = [f"Rang and over: {numbers.listed(over)}." if over else ""]
    told += [f"Still rang when the files ended: {numbers.listed(cut)}. Add newer ones." if cut else ""]
    return " ".join(filter(None, told))


def _not_watched(watched: pl.DataFrame, policy: Policy, account: Account) -> list[str]:
    """Why a sign is not watched and which file would tell; a sentence for each reason."""
    why: dict[str, list[str]] = {}
    several = watched["account"].n_unique() > 1
    for row in watched.filter(~pl.col("state").is_in(SEEN)).iter_rows(named=True):
        names = why.setdefault(_reason(row, policy, account), [])
        names.append(_place(row, several=several) + SIGNS[row["signal"]].name)
    return [f"Not watched: {numbers.listed(names)}. {reason}" for reason, names in why.items()]


def _reason(row: Row, policy: Policy, account: Account) -> str:
    needs = unmet(SIGNALS[row["signal"]].needs, account.provided)
    days = policy.warning.long_days
    match row["state"]:
        case Watched.NOT_TOLD if needs:
            return f"{needs[0].reason} {needs[0].remedy}"
        case Watched.NOT_TOLD:
            return "The files tell of none."
        case Watched.ENDED:
            return f"The files tell of days up to {day(row['told_until'])} only: add a newer export."
        case _:
            told = count(row["past_days"], ("day", "days"))
            return f"It takes {days} days before the last {days} to compare with; the files tell of {told}."


def _chart(found: pl.DataFrame, row: Row, policy: Policy) -> alt.LayerChart:
    sign, warning = SIGNS[row["signal"]], policy.warning
    mine = found.filter((pl.col("account") == row["account"]) & (pl.col("signal") == row["signal"]))
    shown = mine.tail(DAYS_DRAWN).select(
        "event_on",
        *(_share(span).alias(span) for span in ("short", "long")),
        pl.when("is_ringing").then(_share("short")).alias("rings"),
    )
    base = alt.Chart(shown).encode(x=alt.X("event_on:T", title=None, axis=alt.Axis(format="%d %b", labelOverlap=True)))
    layers: list[Any] = [
        base.mark_line(style="other", strokeWidth=1.3, strokeDash=[5, 3]).encode(y=_along("long")),
        base.mark_line(style="main", strokeWidth=1.6).encode(y=_along("short")),
        base.mark_line(style="bad", strokeWidth=3.5, tooltip=True).encode(y=_along("rings")),
        _before(row),
    ]
    place = _place(row, several=found["account"].n_unique() > 1)
    lines = f"{warning.short_days} days solid (thick: it rings), {warning.long_days} dashed"
    told = f"{place}{lines}; before, dotted: {percent(_rate(row, 'past'))}"
    return titled(layers, sign.asks, told, alarm(row, policy), height=HEIGHT)


def _share(span: str) -> pl.Expr:
    out_of = pl.col(f"{span}_denominator")
    return pl.when(out_of > 0).then(pl.col(f"{span}_numerator") / out_of).round(4)


def _along(span: str) -> alt.Y:
    return alt.Y(f"{span}:Q", title=None, axis=alt.Axis(format=".1%", tickCount=4), scale=alt.Scale(domainMin=0))


def _before(row: Row) -> Any:
    """The rate of the past as a line across."""
    past = pl.DataFrame({"before": [round(_rate(row, "past"), 5)]})
    return alt.Chart(past).mark_rule(style="ink", strokeDash=[2, 3], strokeWidth=1.4).encode(y=alt.Y("before:Q"))
