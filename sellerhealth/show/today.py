"""What to do today, in order: confirm, answer, read, restock; each with its count and its deadline."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Need
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.state import Level
from sellerhealth.measure.judge import missing
from sellerhealth.measure.stock import missing_stock
from sellerhealth.show.card import Card
from sellerhealth.show.desk import time_left
from sellerhealth.show.numbers import count

CONFIRM, ANSWER, READ, RESTOCK = "late_dispatch_rate", "contact_response_time", "policy_violations", "cancellation_rate"


@dataclass(frozen=True, kw_only=True)
class Errand:
    """One line of the list: what to do, on which page it stands, and whether it is urgent, waits, or is not known."""

    name: str
    told: str
    notebook: str
    mark: str


def today(
    confirm: pl.DataFrame,
    waiting: pl.DataFrame,
    standing: pl.DataFrame,
    shelves: pl.DataFrame,
    policy: Policy,
    account: Account,
) -> Card:
    """The day's errands: orders to confirm, conversations to answer, notifications to read, listings to correct.

    The frames are those of `to_confirm`, `queue`, `standing` and `stock`. What no file tells is named with
    the file that would.
    """
    errands = [
        _confirm(confirm, policy, account),
        _answer(waiting, policy, account),
        _read(standing.row(0, named=True), policy),
        _restock(shelves, policy, account),
    ]
    html = "".join(
        f'<li><span class="mark" aria-hidden="true">{one.mark}</span> <a href="{one.notebook}.html">'
        f"<strong>{one.name}</strong></a> {escape(one.told)}</li>"
        for one in errands
    )
    text = "\n".join(f"{place}. {one.mark} {one.name}: {one.told}" for place, one in enumerate(errands, 1))
    return Card(html=f'<ol class="actions today">{html}</ol>', text=text)


def _confirm(found: pl.DataFrame, policy: Policy, account: Account) -> Errand:
    metric = policy[CONFIRM]
    needs = [need for need in missing(metric, account) if "orders.ship_by_at" in need.any_of]
    if needs or found.is_empty():
        return _quiet("Confirm", metric.definition.notebook, needs, "No order waits for its confirmation.")
    posted, over = int(found["is_posted"].sum()), found.filter(pl.col("hours_left") < 0).height
    told = f"{count(found.height, ('order', 'orders'))} to confirm."
    told += (
        f" {count(posted, ('is', 'are'))} posted already: confirm {'it' if posted == 1 else 'them'} now."
        if posted
        else ""
    )
    told += f" {count(over, ('is', 'are'))} overdue." if over else f" The first has {time_left(_least(found))}."
    mark = "✕" if over else "!"
    return Errand(name="Confirm", told=told, notebook=metric.definition.notebook, mark=mark)


def _answer(waiting: pl.DataFrame, policy: Policy, account: Account) -> Errand:
    metric = policy[ANSWER]
    fresh = waiting.filter(~pl.col("is_stale"))
    needs = missing(metric, account)
    if needs or fresh.is_empty():
        return _quiet("Answer", metric.definition.notebook, needs, "No buyer waits for an answer.")
    about, over = int(fresh["is_fulfilment"].sum()), fresh.filter(pl.col("hours_left") < 0).height
    told = f"{count(fresh.height, ('conversation', 'conversations'))} to answer, {about} about fulfilment: those first."
    in_time = fresh.filter(pl.col("hours_left") >= 0)
    told += f" {count(over, ('is', 'are'))} over 24 hours." if over else ""
    told += f" The next has {time_left(_least(in_time))}." if in_time.height else ""
    return Errand(name="Answer", told=told, notebook=metric.definition.notebook, mark="✕" if over else "!")


def _read(row: Mapping[str, Any], policy: Policy) -> Errand:
    state = policy.states[READ]
    notebook, level = state.definition.notebook, Level(row["level"])
    if level is Level.NONE:
        return _quiet("Read", notebook, list(state.definition.needs), "")
    unread, review = row["unread"], row["under_review"]
    told = [
        f"{count(review, ('notification is', 'notifications are'))} under review: answer first." if review else "",
        f"{count(unread, ('notification', 'notifications'))} to read." if unread else "",
        "The account is being looked into." if level is Level.RED else "",
    ]
    quiet = "Nothing is unread." if unread is not None else "Amazon tells of no unread notification."
    mark = {Level.RED: "✕", Level.YELLOW: "!"}.get(level, "!" if unread or review else "✓")
    return Errand(name="Read", told=" ".join(filter(None, told)) or quiet, notebook=notebook, mark=mark)


def _restock(shelves: pl.DataFrame, policy: Policy, account: Account) -> Errand:
    notebook = policy[RESTOCK].definition.notebook
    short = shelves.filter(pl.col("state").is_in(["oversold", "at risk"]))
    needs = missing_stock(account)
    if needs and short.is_empty():
        return _quiet("Restock", notebook, needs[:1], "")
    if short.is_empty():
        return _quiet("Restock", notebook, [], "Every product has units enough for what is ordered and listed.")
    oversold = short.filter(pl.col("state") == "oversold")
    told = f"{count(short.height, ('listing promises', 'listings promise'))} more units than are free."
    if oversold.height:
        told += (
            f" {count(oversold.height, ('product is', 'products are'))} oversold: {', '.join(oversold['sku'].head(3))}."
        )
    return Errand(name="Restock", told=told, notebook=notebook, mark="✕" if oversold.height else "!")


def _least(found: pl.DataFrame) -> float:
    return float(found.select(pl.col("hours_left").min()).item())


def _quiet(name: str, notebook: str, needs: list[Need], nothing: str) -> Errand:
    """Nothing to do, or nothing known: then the file that would tell."""
    unknown = " ".join(f"{need.reason} {need.remedy}" for need in needs)
    return Errand(name=name, told=unknown or nothing, notebook=notebook, mark="–" if unknown else "✓")
