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
from sellerhealth.measure.notifications import lacking
from sellerhealth.measure.stock import missing_stock
from sellerhealth.show.card import Card
from sellerhealth.show.desk import DUE_NOW, time_left
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
        _read(standing.row(0, named=True), policy, account),
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
    if found.is_empty():
        return _quiet("Confirm", metric.definition.notebook, needs, "No order waits for its confirmation.")
    posted = int(found["is_posted"].sum())
    over, due = (found.filter(late).height for late in (pl.col("days_overdue") > 0, pl.col("days_overdue") == 0))
    told = [
        f"{count(found.height, ('order', 'orders'))} to confirm.",
        f"{count(posted, ('is', 'are'))} posted already: confirm {'it' if posted == 1 else 'them'} now."
        if posted
        else "",
        f"{count(over, ('is', 'are'))} overdue." if over else "",
        f"{count(due, ('is', 'are'))} due today." if due else "",
        _first("The first", found) if not over and not due else "",
    ]
    return _errand("Confirm", told, metric.definition.notebook, is_late=over > 0)


def _answer(waiting: pl.DataFrame, policy: Policy, account: Account) -> Errand:
    metric, needs = policy[ANSWER], missing(policy[ANSWER], account)
    if needs or waiting.is_empty():
        return _quiet("Answer", metric.definition.notebook, needs, "No buyer waits for an answer.")
    fresh = waiting.filter(~pl.col("is_stale"))
    stale, over = waiting.height - fresh.height, fresh.filter(pl.col("hours_left") < 0).height
    in_time = fresh.filter(pl.col("hours_left") >= 0)
    told = [
        f"{count(fresh.height, ('conversation', 'conversations'))} to answer{_urgent(fresh)}." if fresh.height else "",
        f"{count(over, ('is', 'are'))} overdue." if over else "",
        _first("The next", in_time) if in_time.height else "",
        f"{count(stale, ('conversation has', 'conversations have'))} waited for more than 30 days." if stale else "",
    ]
    return _errand("Answer", told, metric.definition.notebook, is_late=over > 0)


def _urgent(fresh: pl.DataFrame) -> str:
    about = int(fresh["is_fulfilment"].sum())
    return f", {about} about fulfilment: {'that' if about == 1 else 'those'} first" if about else ""


def _read(row: Mapping[str, Any], policy: Policy, account: Account) -> Errand:
    state, level = policy.states[READ], Level(row["level"])
    unread, review, counted = row["unread"], row["under_review"], row["violations"]
    is_blind = level is Level.NONE and unread is None and counted is None
    needs = list(state.definition.needs) if is_blind else lacking(state, account)
    told = [
        f"{count(review, ('notification is', 'notifications are'))} under review: answer first." if review else "",
        f"{count(unread, ('notification', 'notifications'))} to read." if unread else "",
        _counted(counted) if unread is None and counted else "",
    ]
    if level is Level.RED or (level is not Level.GREEN and not any(told)):
        told.append(state.meaning(level, row["account_status"]))
    if needs or not any(told):
        quiet = "Nothing is unread." if unread is not None else "Amazon counts no open violation."
        return _quiet("Read", state.definition.notebook, needs, quiet)
    return _errand("Read", told, state.definition.notebook, is_late=level is Level.RED)


def _counted(violations: int) -> str:
    return f"Amazon counts {count(violations, ('open violation', 'open violations'))}: see what they are."


def _restock(shelves: pl.DataFrame, policy: Policy, account: Account) -> Errand:
    notebook, needs = policy[RESTOCK].definition.notebook, missing_stock(account)
    oversold = shelves.filter(pl.col("state") == "oversold")
    at_risk, uncounted, unlisted = (
        shelves.filter(pl.col("state") == state).height for state in ("at risk", "not counted", "listing not known")
    )
    told = [
        f"{count(oversold.height, ('product is', 'products are'))} oversold: {_named(oversold)}."
        if oversold.height
        else "",
        f"{count(at_risk, ('listing promises', 'listings promise'))} more units than are free." if at_risk else "",
        f"{count(uncounted, ('product is', 'products are'))} not counted." if uncounted and not needs else "",
        f"{count(unlisted, ('product is', 'products are'))} listed in no file." if unlisted and not needs else "",
    ]
    if not any(told):
        return _quiet("Restock", notebook, needs[:1], "Every product has units enough for what is ordered and listed.")
    return _errand("Restock", told, notebook, is_late=oversold.height > 0)


def _named(oversold: pl.DataFrame, most: int = 3) -> str:
    names, more = oversold["sku"].head(most).to_list(), oversold.height - most
    return ", ".join(names) + (f" and {more:,} more" if more > 0 else "")


def _first(which: str, found: pl.DataFrame) -> str:
    left = time_left(float(found.select(pl.col("hours_left").min()).item()))
    return f"{which} is due now." if left == DUE_NOW else f"{which} has {left}."


def _errand(name: str, told: list[str], notebook: str, *, is_late: bool) -> Errand:
    return Errand(name=name, told=" ".join(filter(None, told)), notebook=notebook, mark="✕" if is_late else "!")


def _quiet(name: str, notebook: str, needs: list[Need], nothing: str) -> Errand:
    """Nothing to do, or nothing known: then the file that would tell."""
    unknown = " ".join(f"{need.reason} {need.remedy}" for need in needs)
    return Errand(name=name, told=unknown or nothing, notebook=notebook, mark="–" if unknown else "✓")
