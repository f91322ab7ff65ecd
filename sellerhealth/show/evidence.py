"""The evidence pack: facts under Amazon's three headings, each with a link to its rows, and the gaps to fill."""

from collections.abc import Mapping
from html import escape

import polars as pl

from sellerhealth.definition.metric import Basis, Definition, Status
from sellerhealth.facts import IDENTITY
from sellerhealth.measure.evidence import ORDERS, PLANNED, SHELF, SPLIT, WAITING, WEEKS, Heading, Line
from sellerhealth.metrics import METRICS
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.folded import folded
from sellerhealth.show.table import HEADINGS

HEADING = {
    Heading.ROOT_CAUSE: "Root cause",
    Heading.CORRECTIVE_ACTION: "What you have done about it",
    Heading.PREVENTION: "What keeps it from happening again",
}
GAP = {
    Line.WHY: "why it happened: one answer for each cause above. Amazon sends plans back that lack detail.",
    Line.DONE: "what you have already done, for these buyers and against each cause, and on which day.",
    Line.CHANGED: "what you changed so that it cannot happen again, since when, and who checks it.",
}
TABLES = {
    ORDERS: "The orders",
    SPLIT: "Where they are",
    WEEKS: "Week by week",
    WAITING: "Overdue and not confirmed",
    SHELF: "The products of cancelled orders",
}
COLUMNS = {
    WEEKS: ("week_from", "counted", "defects"),
    WAITING: ("order_id", "skus", "ship_by_on", "posted_on", "days_overdue"),
    SHELF: ("sku", "units_on_hand", "cancelled_orders", "explained_orders"),
}
NAMES = {
    **HEADINGS,
    "week_from": "Week from",
    "posted_on": "Posted",
    "units_on_hand": "On hand",
    "cancelled_orders": "Cancelled orders",
    "explained_orders": "Of these, shelf short",
}
LATE_TO_COME = frozenset({"order_defect_rate"})
"""The metrics whose defects come weeks after the order."""
CANCELLED = ("cancelled order", "cancelled orders")
LATE = ("overdue order without confirmation", "overdue orders without confirmation")
OVERDUE = ("order is overdue and not confirmed", "orders are overdue and not confirmed")
OPEN = (Status.BAD, Status.NONE, Status.TOO_FEW)
"""Where Amazon may ask for a plan; a target that is met gives it no reason."""


def evidence_card(found: pl.DataFrame, now: pl.DataFrame) -> Card:
    """The facts for a plan of action under Amazon's three headings, or why there is none to write.

    `found` is what `measure.evidence.evidence` gives, `now` the result it belongs to.
    """
    asked = _asked(found)
    if asked.is_empty():
        return paragraphs([_why_none(found, now.row(0, named=True))])
    packs = [_pack(pack) for pack in asked.partition_by("account", "channel", maintain_order=True)]
    html = "".join(card.html for card in packs)
    return Card(html=f'<div class="evidence">{html}</div>', text="\n".join(card.text for card in packs))


def evidence_tables(found: pl.DataFrame, rows: Mapping[str, pl.DataFrame]) -> list[Card]:
    """The tables that the lines of `evidence_card` lead to, folded.

    `rows` is what `measure.evidence.evidence_rows` gives.
    """
    asked = _asked(found)
    if asked.is_empty():
        return []
    metric, used = asked["metric"][0], set(asked["rows"])
    mine = asked.select("account", "channel").unique()
    told = {name: _mine(rows[name], mine) for name in TABLES if name in used}
    shown = {name: _shown(name, frame, METRICS[metric]) for name, frame in told.items() if frame.height}
    return [folded(frame, TABLES[name], name) for name, frame in shown.items()]


def _asked(found: pl.DataFrame) -> pl.DataFrame:
    return found.filter(pl.col("status").is_in(OPEN))


def _mine(rows: pl.DataFrame, mine: pl.DataFrame) -> pl.DataFrame:
    """The rows of the accounts and channels that the pack is of."""
    by = [name for name in mine.columns if name in rows.columns]
    return rows.join(mine.select(by).unique(), on=by, how="semi", maintain_order="left")


def _why_none(found: pl.DataFrame, now: words.Row) -> str:
    definition = METRICS[now["metric"]]
    if definition.name not in PLANNED:
        return f"Amazon asks for no plan of action for the {definition.label}."
    if now["basis"] == Basis.NOT_COMPUTABLE:
        return "It cannot be computed from these files, so they hold no facts for a plan of action."
    known = f"No {definition.defect[0]} is known in the window"
    if now["basis"] != Basis.EXACT and not found.height:
        return f"{known}, so there are no facts to write. But your files do not tell of all: Amazon may know more."
    why = "The target is met" if found.height else known
    return f"{why}, so Amazon has no reason to ask for a plan of action."


def _pack(found: pl.DataFrame) -> Card:
    """The three headings of one channel of one account."""
    lines = found.to_dicts()
    named = _named(lines[0])
    parts = [(HEADING[heading], [line for line in lines if line["heading"] == heading]) for heading in Heading]
    html = "".join(f"<h3>{text}</h3><ul>{''.join(map(_item, told))}</ul>" for text, told in parts)
    text = "\n".join(line for name, told in parts for line in [name, *(f"- {sentence(one)}" for one in told)])
    return Card(html=f'<p class="name">{escape(named)}</p>{html}', text=f"{named}\n{text}")


def _named(line: words.Row) -> str:
    definition = METRICS[line["metric"]]
    where = f", {words.CHANNEL[line['channel']]}" if len(definition.channels) > 1 else ""
    return f"Facts for a plan of action: {definition.label}{where}"


def _item(line: words.Row) -> str:
    link = f' <a href="#rows-{line["rows"]}">{TABLES[line["rows"]]}</a>' if line["rows"] else ""
    opening = '<li class="gap">' if line["is_gap"] else "<li>"
    return f"{opening}{escape(sentence(line))}{link}</li>"


def sentence(line: words.Row) -> str:
    """One line of the pack: a fact with its counts, or what is the seller's to write."""
    kind = Line(line["line"])
    if kind in GAP:
        return f"Yours to write: {GAP[kind]}"
    definition = METRICS[line["metric"]]
    return _about_orders(line, kind, definition) or _over_time(line, kind, definition)


def _about_orders(line: words.Row, kind: Line, definition: Definition) -> str:
    """A fact about the orders themselves; empty for one of another kind."""
    number, whole = line["count"], line["out_of"]
    if kind is Line.SPLIT:
        return f"{_about(line)}: {_share(number, whole, definition)}."
    if kind is Line.WAITING:
        return f"{numbers.count(number, OVERDUE)}." if number else "No order is overdue and not confirmed."
    few, defects = f"{number:,}" if number else "none", numbers.count(whole or 0, definition.defect)
    told = {
        Line.KIND: f"{_about(line)}: {few} of {defects}.",
        Line.OVERSOLD: f"Of {numbers.count(whole or 0, CANCELLED)}{_in(line)}: the shelf was short for {few}.",
        Line.POSTED: f"Of {numbers.count(whole or 0, LATE)}: {few} had left the house, posted but never confirmed.",
        Line.UNDECIDED: f"Of {defects}: the claim is still open on {few}.",
        Line.REFUNDED: f"Of {defects}: your files tell of money back for {few}.",
    }
    return told.get(kind, "")


def _in(line: words.Row) -> str:
    return f", {_days(line)}" if line["first_on"] else ""


def _over_time(line: words.Row, kind: Line, definition: Definition) -> str:
    """A fact about days: in the window, in the worst time, lately."""
    if kind is Line.SINCE_LAST:
        since = numbers.count(line["out_of"], definition.unit_counted)
        return f"Since the last {definition.defect[0]}, of {numbers.day(line['first_on'])}: {since} without another."
    when = {
        Line.FIGURE: f"In the window, {_days(line)}",
        Line.STREAK: f"The worst time, {_days(line)}",
        Line.LATELY: f"The last 28 days, {_days(line)}",
        Line.SPLIT_LATELY: f"{_about(line)}, in the last 28 days",
    }[kind]
    told = [f"{when}: {_share(line['count'], line['out_of'], definition)}."]
    if line["count_before"] is not None:
        told.append(f"In as many days before: {_share(line['count_before'], line['out_of_before'], definition)}.")
    if kind is Line.LATELY and definition.name in LATE_TO_COME:
        told.append("On the newest orders more may still come.")
    return " ".join(told)


def _about(line: words.Row) -> str:
    values = zip(line["dimensions"] or [], line["values"] or [], strict=True)
    return ", ".join(words.value(value, name) for name, value in values)


def _days(line: words.Row) -> str:
    same_year = line["first_on"].year == line["last_on"].year
    return f"{numbers.day(line['first_on'], year=not same_year)} to {numbers.day(line['last_on'])}"


def _share(number: int, out_of: int, definition: Definition) -> str:
    """Defects with what they are out of."""
    if not out_of:
        return f"no {definition.unit_counted[0]}"
    defects, whole = numbers.count(number, definition.defect), numbers.count(out_of, definition.unit_counted)
    return f"{defects} of {whole} ({numbers.percent(number / out_of)})"


def _shown(name: str, rows: pl.DataFrame, definition: Definition) -> pl.DataFrame:
    """The columns of a table that say something, under their names."""
    own = {
        ORDERS: (*IDENTITY[definition.fact], "channel", *definition.defect_columns, "skus", "carrier"),
        SPLIT: (*(name for name in rows.columns if name in definition.dimensions), "channel", "defects", "counted"),
    }
    asked = COLUMNS.get(name) or own[name]
    kept = [
        column for column in dict.fromkeys(asked) if column in rows.columns and rows[column].null_count() < rows.height
    ]
    told = [column for column in kept if column != "channel" or rows["channel"].n_unique() > 1]
    counted = {"defects": definition.defect[1].capitalize(), "counted": definition.unit_counted[1].capitalize()}
    read = {"channel": words.CHANNEL, "cancelled_by": words.PARTY}
    return rows.select(
        pl.col(column).cast(pl.String).replace_strict(read[column], default=None) if column in read else column
        for column in told
    ).rename(lambda column: {**NAMES, **counted}.get(column, words.DIMENSION.get(column, column).capitalize()))
