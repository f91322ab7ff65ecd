"""A metric on one page, to print: what counts, out of what, in which window, against which target, and what to do."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

import polars as pl

from sellerhealth.definition import policy as policies
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.state import Level, State
from sellerhealth.learn.course import Subject
from sellerhealth.measure.tally import enters_on, leaves_on
from sellerhealth.metrics import policy
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card

LEVELS = (Level.GREEN, Level.YELLOW, Level.RED)


def crib(metric: Subject) -> Card:
    """The crib of a metric or a state: its rules once, and under every policy side by side.

    Example:
        >>> print(crib(policy("handbook")["late_dispatch_rate"]).text.splitlines()[0])
        Late Dispatch Rate (LDR): of the orders we had to ship, how many were confirmed late?
    """
    definition, chosen = metric.definition, [policy(name) for name in policies.names()]
    # The rules of the package: what an account sets for itself is on its own page.
    under = [one[metric.name] if isinstance(metric, Metric) else one.states[metric.name] for one in chosen]
    short = f" ({definition.abbreviation})" if definition.abbreviation.isupper() else ""
    head = f"{definition.label}{short}: {definition.question[0].lower()}{definition.question[1:]}"
    table = _side_by_side(under)
    rules = {"What counts": definition.counted, **_scope(metric), "Why it matters": definition.why}
    rules["Do first"] = definition.how_to_act[0]
    body = "".join(f"<dt>{name}</dt><dd>{escape(told)}</dd>" for name, told in rules.items())
    html = f'<h2>{escape(head)}</h2><dl class="meaning">{body}</dl>{_html(table, chosen)}{_limits(definition.caveats)}'
    text = [head, *(f"{name}: {told}" for name, told in rules.items())]
    text += [f"{name}: {'; '.join(f'{one.label}: {cell}' for one, cell in zip(chosen, cells, strict=True))}"
             for name, cells in table]  # fmt: skip
    return Card(html=f'<div class="crib">{html}</div>', text="\n".join([*text, *definition.caveats]))


def _scope(metric: Subject) -> dict[str, str]:
    if not isinstance(metric, Metric):
        return {}
    return {"Out of": metric.definition.out_of, "Left out": f"{'; '.join(metric.definition.exclusions)}."}


def _side_by_side(under: Sequence[Subject]) -> list[tuple[str, list[str]]]:
    """The rules that a policy sets, a row each; a choice as its question."""
    definition = under[0].definition
    choices = {"event_date": definition.event_date, **definition.choices}
    rows = [(choice.question, [one.option(name).meaning for one in under]) for name, choice in choices.items()]
    values = [(question, [f"{one.terms.values[name]:,}" for one in under])
              for name, question in definition.values.items()]  # fmt: skip
    return [("Window", [_window(one) for one in under]), *_goal(under), ("It leaves", [_leaves(one) for one in under]),
            *rows, *values]  # fmt: skip


def _goal(under: Sequence[Subject]) -> list[tuple[str, list[str]]]:
    metrics = [one for one in under if isinstance(one, Metric)]
    if metrics:
        return [("Target", [words.target(one) for one in metrics])]
    states = [one for one in under if isinstance(one, State)]
    return [(words.LEVEL[level], [one.meaning(level) for one in states]) for level in LEVELS]


def _window(one: Subject) -> str:
    terms = one.terms
    days = numbers.listed([numbers.span(days) for days in terms.windows])
    weekly = ", whole weeks to the last Sunday" if terms.is_weekly else ""
    lag = f", ending {numbers.count(terms.lag_days, ('day', 'days'))} ago" if terms.lag_days else ""
    return f"{days}{weekly}{lag}"


def _leaves(one: Subject) -> str:
    """When something of a day comes into the figure and when it leaves, told of the example's first day of a month."""
    day = one.definition.example.as_of.replace(day=1)
    if not isinstance(one, Metric):
        gone = day + timedelta(days=one.terms.windows[0])
        return f"one of {numbers.day(day)} is gone on {numbers.day(gone)}, or when it is resolved"
    found = pl.DataFrame({"event_on": [day]}).select(
        enters_on(one, pl.col("event_on")).alias("enters"), leaves_on(one, pl.col("event_on")).alias("leaves")
    )
    enters, leaves = found.row(0)
    since = "" if enters == day else f"counts from {numbers.day(enters)} and "
    return f"one of {numbers.day(day)} {since}is gone on {numbers.day(leaves)}"


def _html(table: Sequence[tuple[str, list[str]]], chosen: Sequence[Policy]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("Rule", *(one.label for one in chosen)))
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, cells in table
    )
    return f"<table><caption>Under each policy</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _limits(caveats: Sequence[str]) -> str:
    return f"<h3>Keep in mind</h3><ul>{''.join(f'<li>{escape(line)}</li>' for line in caveats)}</ul>"
