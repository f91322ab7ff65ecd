"""Short pieces of a page: the headline, the definition, what to do. As HTML and as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric, Need, Status, Terms
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.state import Level, State
from sellerhealth.metrics import METRICS
from sellerhealth.show import numbers, words


@dataclass(frozen=True)
class Card:
    """A piece of a page: `html` for a notebook and a report, `text` for everything else."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


def headline(each: pl.DataFrame, metric: Metric, missing: list[Need], policies: Sequence[Policy]) -> Card:
    """The figure, the verdict and what it means, one block a channel and window.

    `each` holds the results under every policy; where another one's figure differs it stands beside.
    """
    rows = list(each.filter(pl.col("policy") == metric.policy).iter_rows(named=True))
    # What cannot be computed is the same for every window.
    rows = rows[:1] if missing and rows[0]["basis"] == Basis.NOT_COMPUTABLE else rows
    several = len({row["channel"] for row in rows}) > 1
    other = [words.beside(row, each, {policy.name: policy.label for policy in policies}) for row in rows]
    blocks = [
        _block(row, metric, missing, beside, main=i == 0, several=several)
        for i, (row, beside) in enumerate(zip(rows, other, strict=True))
    ]
    return Card(
        html="".join(html for html, _ in blocks),
        text="\n".join(text for _, text in blocks),
    )


def _block(
    row: words.Row, metric: Metric, missing: list[Need], beside: str, *, main: bool, several: bool
) -> tuple[str, str]:
    status = Status(row["status"])
    where = f"{words.CHANNEL[row['channel']]}, " if several else ""
    scope = f"{where}{numbers.window(row)}"
    told = [words.verdict(row, metric), words.band(row, metric), words.headroom(row, metric)]
    told += [words.certainty(row), words.basis(row, metric, missing)] if main or several else []
    sentences = " ".join(sentence for sentence in [*told, beside] if sentence)
    name = f'<p class="name">{escape(metric.label)}</p>' if main and _is_shared(metric) else ""
    html = (
        f'<div class="headline {status.lower()} {"main" if main else "side"}">{name}'
        f'<p class="figure"><span class="mark" aria-hidden="true">{words.MARK[status]}</span> '
        f'<strong>{escape(words.rate(row))}</strong> <span class="state">{words.STATUS[status]}</span></p>'
        f'<p class="scope">{escape(scope)}</p><p class="told">{escape(sentences)}</p></div>'
    )
    return html, f"{words.MARK[status]} {words.rate(row)}, {scope}. {sentences}"


def meaning(metric: Metric | State) -> Card:
    """What is counted, out of what or with which marks, and why it matters."""
    definition = metric.definition
    told = {"Counted": definition.counted, **_scope(metric), "Why": definition.why}
    name = definition.label if isinstance(metric, Metric) and _is_shared(metric) else ""
    html = "".join(f"<dt>{term}</dt><dd>{escape(text)}</dd>" for term, text in told.items())
    text = "\n".join(filter(None, [name, *(f"{term}: {text}" for term, text in told.items())]))
    head = f"<h3>{escape(name)}</h3>" if name else ""
    return Card(html=f'{head}<dl class="meaning">{html}</dl>', text=text)


def _scope(metric: Metric | State) -> dict[str, str]:
    if isinstance(metric, Metric):
        return {"Out of": metric.definition.out_of}
    marks = (Level.GREEN, Level.YELLOW, Level.RED)
    return {"Marks": " ".join(f"{words.LEVEL[level]}: {_small(metric.meaning(level))}" for level in marks)}


def _small(sentence: str) -> str:
    """A sentence as it stands after a colon."""
    return sentence[0].lower() + sentence[1:]


def _is_shared(metric: Metric) -> bool:
    """Whether the page is of several metrics, so that each has to be named."""
    return sum(one.notebook == metric.definition.notebook for one in METRICS.values()) > 1


def definition_card(metric: Metric) -> Card:
    """The whole definition under its policy: window, target, every choice with its source and date, limits."""
    terms, definition = metric.terms, metric.definition
    windows = numbers.listed([numbers.span(days) for days in terms.windows])
    windows += ", whole weeks to the last Sunday" if terms.is_weekly else ""
    lag = (
        f", ending {numbers.count(terms.lag_days, ('day', 'days'))} before the day looked at" if terms.lag_days else ""
    )
    lines = [
        ("Question", definition.question, ""),
        ("Counted", definition.counted, ""),
        ("Out of", definition.out_of, ""),
        ("Window", f"{windows}{lag}", "windows"),
        ("Target", words.target(metric), "target"),
        ("Day counted by", metric.option("event_date").meaning, "event_date"),
        *((choice.question, metric.option(name).meaning, name) for name, choice in definition.choices.items()),
        *((question, f"{terms.values[name]:,}", name) for name, question in definition.values.items()),
        *_scales(metric),
    ]
    rows = [(term, text, origin(terms, key)) for term, text, key in lines]
    cells = [(escape(term), escape(text), escape(origin)) for term, text, origin in rows]
    body = "".join(f'<tr><th scope="row">{a}</th><td>{b}</td><td>{c}</td></tr>' for a, b, c in cells)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("What", "Rule", "Source"))
    short = f" ({definition.abbreviation})" if definition.abbreviation.isupper() else ""
    caption = f"{escape(metric.label)}{short}, policy {escape(metric.policy)}"
    caveats = "".join(f"<li>{escape(text)}</li>" for text in definition.caveats)
    html = (
        f'<table class="definition"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table><h3>Limits</h3><ul>{caveats}</ul>"
    )
    text = "\n".join(f"{term}: {text}" + (f" [{origin}]" if origin else "") for term, text, origin in rows)
    return Card(html=html, text=f"{text}\n" + "\n".join(f"- {line}" for line in definition.caveats))


def _scales(metric: Metric) -> list[tuple[str, str, str]]:
    """Weights, bands and the least number, where the policy has them."""
    terms = metric.terms
    weights = ", ".join(f"{weight} up to {days - 1} days old" for days, weight in terms.weights)
    bands = ", ".join(f"{name} from {start:g}" for start, name in terms.bands)
    least = numbers.count(terms.fewest, metric.definition.unit_counted)
    lines = [
        ("How much does age weigh?", weights, "weights"),
        ("What is it called?", bands, "bands"),
        ("How many does it take?", least if terms.fewest else "", "fewest"),
    ]
    return [line for line in lines if line[1]]


def origin(terms: Terms, key: str) -> str:
    """Where a rule comes from and of when; an account's own value says so."""
    if key in terms.overridden or (key == "windows" and "lag_days" in terms.overridden):
        return "set by this account in account.toml"
    if key not in terms.sources:
        return ""
    source = terms.sources[key]
    open_point = terms.not_established.get(key, "")
    return f"{source.text} ({numbers.day(source.dated)}). {open_point}".strip()


def actions(metric: Metric | State) -> Card:
    """What to do, in order."""
    return items(metric.definition.how_to_act)


def items(lines: Sequence[str]) -> Card:
    """Sentences as a numbered list."""
    html = "".join(f"<li>{escape(line)}</li>" for line in lines)
    text = "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1))
    return Card(html=f'<ol class="actions">{html}</ol>', text=text)


def causes(split: pl.DataFrame, metric: Metric, by: str | tuple[str, ...], most: int = 3) -> Card:
    """The rows of a breakdown with the most defects that are sure, as sentences."""
    wanted = (by,) if isinstance(by, str) else by
    rows = words.surest(split).head(most).iter_rows(named=True)
    told = [words.cause(row, metric, wanted) for row in rows]
    if not told:
        told = [f"No {metric.definition.defect[0]} is known in the window."]
    return paragraphs(told)


def paragraphs(lines: Sequence[str]) -> Card:
    """Sentences, one a paragraph; empty ones are left out."""
    told = [line for line in lines if line]
    return Card(html="".join(f"<p>{escape(line)}</p>" for line in told), text="\n".join(told))


def files_read(account: Account) -> Card:
    """The ledger in one line, with a warning where rows were rejected, and what else is to be said of the files."""
    lost = account.rejects.height
    where = f"listed in {account.rejects_in}" if account.rejects_in else "see Files below"
    warn = [f"{numbers.count(lost, ('row was', 'rows were'))} rejected; {where}."] if lost else []
    text = " ".join([words.ledger(account.ledger), *warn, *words.strangers(account.strangers), *account.remarks])
    return Card(html=f'<p class="ledger">{escape(text)}</p>', text=text)
