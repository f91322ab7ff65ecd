"""The policy notifications: the mark with its words, the list, and what stands by category."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

import polars as pl

from sellerhealth.definition.metric import Basis, Need
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.state import Level, State, in_words, is_normal
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, origin
from sellerhealth.show.table import MOST_ROWS, Table, first_shown, table, worded

STANDING = {"UNREAD": "Unread", "READ": "Read", "UNDER_REVIEW": "Under review"}
CLASS = {Level.GREEN: "good", Level.YELLOW: "warn", Level.RED: "bad red", Level.NONE: "none"}


def mark(row: Mapping[str, Any], state: State) -> str:
    """The mark in words, and whether it rests on an estimate of ours.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> row = {"level": "YELLOW", "is_estimate": True, "rating": 198, "account_status": None}
        >>> mark(row, policy("amazon-2026").states["policy_violations"])
        'Yellow exclamation mark (by our estimate)'
    """
    is_rated = state.terms.chosen["rule"] == "rating" and is_normal(row["account_status"])
    return f"{words.LEVEL[Level(row['level'])]}{' (by our estimate)' if is_rated and row['is_estimate'] else ''}"


def meaning(row: Mapping[str, Any], state: State) -> str:
    """What the mark says of the account, in a sentence."""
    return state.meaning(Level(row["level"]), row["account_status"])


def standing_sentences(row: Mapping[str, Any], state: State) -> list[str]:
    """What the mark rests on, in words: notifications by how they stand, and the rating. Amazon's word has its day."""
    return [line for line in (_said(row), _notifications(row), _rating(row, state), _too_old(row)) if line]


def _said(row: Mapping[str, Any]) -> str:
    """Amazon's word on the account; what is not normal the meaning of the mark says already."""
    if not is_normal(row["account_status"]):
        return f"Amazon said so on {numbers.day(row['status_on'])}." if row["status_on"] else ""
    called = row["account_status"]
    return f"Amazon calls the account {in_words(called)}{_of(row['status_on'])}." if called else ""


def _notifications(row: Mapping[str, Any]) -> str:
    if row["unread"] is not None:
        parts = f"{row['unread']} unread, {row['read']} read, {row['under_review']} under review"
        return f"{numbers.count(row['open'], ('open notification', 'open notifications'))}: {parts}."
    if row["violations"] is None:
        return ""
    counted = numbers.count(row["violations"], ("open violation", "open violations"))
    return f"Amazon counts {counted}{_of(row['counted_on'])}."


def _rating(row: Mapping[str, Any], state: State) -> str:
    if row["rating"] is None:
        return ""
    given = f"as Amazon gave it on {numbers.day(row['rated_on'])}" if row["rated_on"] else "as Amazon gives it"
    estimate = "our estimate" if row["too_old_on"] else "our estimate; Amazon gives none"
    most = state.terms.values["rating_most"]
    return f"Account Health Rating {row['rating']:,} of {most:,} ({estimate if row['is_estimate'] else given})."


def _too_old(row: Mapping[str, Any]) -> str:
    day = row["too_old_on"]
    return f"What Amazon reported on {numbers.day(day)} is too old to decide anything." if day else ""


def _of(day: date | None) -> str:
    return f" ({numbers.day(day)})" if day else ""


def standing_card(
    standings: Sequence[pl.DataFrame], name: str, policies: Sequence[Policy], missing: Sequence[Need]
) -> Card:
    """The mark of the chosen policy with what it rests on; where another policy's mark differs it stands beside.

    `standings` holds the one row of the state of that name under each policy.
    """
    row, *others = [frame.row(0, named=True) for frame in standings]
    level, by_name = Level(row["level"]), {policy.name: policy for policy in policies}
    state = policies[0].states[name]
    sure = "Some of what Amazon counts may have been read already." if row["basis"] == Basis.UPPER_BOUND else ""
    told = [meaning(row, state), *standing_sentences(row, state), sure]
    told += [f"{need.reason} {need.remedy}" for need in missing]
    told += [_beside(other, by_name[other["policy"]], name) for other in others if other["level"] != level]
    sentences = " ".join(line for line in told if line)
    html = (
        f'<div class="headline {CLASS[level]} main"><p class="figure"><span class="mark" aria-hidden="true">'
        f"{words.LEVEL_MARK[level]}</span> <strong>{mark(row, state)}</strong></p>"
        f'<p class="scope">{numbers.day(row["as_of"])}</p><p class="told">{escape(sentences)}</p></div>'
    )
    return Card(html=html, text=f"{words.LEVEL_MARK[level]} {mark(row, state)}. {sentences}")


def _beside(row: Mapping[str, Any], policy: Policy, name: str) -> str:
    return f"{policy.label}: {mark(row, policy.states[name]).lower()}."


def notifications_table(found: pl.DataFrame) -> Table:
    """The notifications that weigh, what to do first on top, with the day each leaves."""
    order = {"UNDER_REVIEW": 0, "UNREAD": 1, "READ": 2}
    shown = found.sort(pl.col("standing").replace_strict(order, return_dtype=pl.Int8), "leaves_on").head(MOST_ROWS)
    rows = shown.select(
        pl.col("standing").replace_strict(STANDING).alias("How it stands"),
        pl.col("notified_on").alias("Came on"),
        worded("category").alias("About"),
        worded("severity").alias("Severity"),
        pl.col("asin").alias("ASIN"),
        pl.col("age_days").alias("Days old"),
        pl.col("leaves_on").alias("Leaves by itself on"),
    )
    told = numbers.count(found.height, ("notification that weighs", "notifications that weigh"))
    note = f"What is resolved, or too old to weigh, is not here.{first_shown(found.height)}"
    return table(rows, told, note)


def categories_table(found: pl.DataFrame) -> Table:
    """Open violations by category: our list beside Amazon's counter."""
    rows = found.select(
        worded("category").alias("About"),
        pl.col("listed").alias("On our list"),
        pl.col("counted").alias("Amazon counts"),
    )
    return table(
        rows, "By category", "Where the two differ, a notification is missing from the list or Amazon's file is older."
    )


def state_card(state: State, policies: Sequence[Policy]) -> Card:
    """The rules behind the mark under each policy, with their sources."""
    rules: dict[tuple[str, str, str], list[str]] = {}
    for policy in policies:
        for rule in _rules(policy.states[state.name]):
            rules.setdefault(rule, []).append(policy.label)
    rows = [(" and ".join(labels), *rule) for rule, labels in rules.items()]
    body = "".join(
        f'<tr><th scope="row">{escape(a)}</th><td>{escape(b)}</td><td>{escape(c)}</td><td>{escape(d)}</td></tr>'
        for a, b, c, d in rows
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Policy", "What", "Rule", "Source"))
    caveats = "".join(f"<li>{escape(text)}</li>" for text in state.definition.caveats)
    html = (
        f'<table class="definition"><caption>{escape(state.label)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table><h3>Limits</h3><ul>{caveats}</ul>"
    )
    text = "\n".join(f"{a}: {b} {c} [{d}]" for a, b, c, d in rows)
    return Card(html=html, text=f"{text}\n" + "\n".join(f"- {line}" for line in state.definition.caveats))


def _rules(state: State) -> list[tuple[str, str, str]]:
    terms, definition = state.terms, state.definition
    told = [("Over which days?", numbers.span(terms.windows[0]), "windows")]
    choices = {"event_date": definition.event_date, **definition.choices}
    told += [(choice.question, state.option(name).meaning, name) for name, choice in choices.items()]
    told += [(question, f"{terms.values[name]:,}", name) for name, question in definition.values.items()]
    return [(question, text, origin(terms, key)) for question, text, key in told]
