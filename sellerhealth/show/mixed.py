"""Which part of the business moved a figure: in sentences and as a table."""

from collections.abc import Mapping

import polars as pl

from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.measure.causes.moves import SIDES
from sellerhealth.measure.tally import KEYS
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.moved import points, where
from sellerhealth.show.table import Table, first_shown, table

MOST_NAMED = 2
LEAST = 0.1
"""A part of less than a tenth of the change is not told in words."""
MANY_SMALL = "many small parts add up to the change"
SEVERAL = {"account": "Account", "channel": "Orders"}
MOST_SHOWN = 6


def mix_card(found: pl.DataFrame, metric: Metric, by: str) -> Card:
    """Which values of a dimension the change comes from, a paragraph for each channel; a warning where all belie it."""
    if found.is_empty():
        return paragraphs([f"By {words.DIMENSION[by]} there is nothing to compare: one of both days counts nothing."])
    parts = found.partition_by(KEYS, maintain_order=True)
    return paragraphs([_told(part, metric, where(part, found)) for part in parts])


def mix_table(found: pl.DataFrame, metric: Metric, by: str, most: int = MOST_SHOWN) -> Table | None:
    """Each value then and now, and what it moved the figure by: by itself, and by its share; None without rows."""
    if found.is_empty():
        return None
    name = _dimension(found)
    several = [name for name in ("account", "channel") if found[name].n_unique() > 1]
    rows = [
        {
            **{SEVERAL[name]: words.CHANNEL.get(row[name], row[name]) for name in several},
            f"{words.DIMENSION[name][0].upper()}{words.DIMENSION[name][1:]}": words.value(row[name], name),
            "Then": _figure(row, "then", metric),
            "Now": _figure(row, "now", metric),
            "By itself": points(row["rate_effect"], metric, signed=True),
            "By its share": points(row["mix_effect"], metric, signed=True),
            "Together": points(row["effect"], metric, signed=True),
        }
        for row in found.head(most).iter_rows(named=True)
    ]
    told = (
        "By itself: it got better or worse. By its share: more or less of all went to it. Small numbers move by luck."
    )
    title = f"What moved it, by {words.DIMENSION[by]}"
    return table(pl.DataFrame(rows), title, f"{told}{first_shown(found.height, most)}")


def explained_card(found: pl.DataFrame, metric: Metric) -> Card:
    """The one value that explains most of the change, or that none does, with how many were compared."""
    parts = found.partition_by(KEYS, maintain_order=True)
    return paragraphs([_explained(part.row(0, named=True), metric, where(part, found)) for part in parts])


def _explained(row: words.Row, metric: Metric, place: str) -> str:
    """Empty where there is no change to explain, or nothing to compare."""
    if not row["compared"] or not round(row["change"], 9):
        return ""
    by = numbers.listed([words.DIMENSION[name] for name in row["dimensions"]])
    start = f"{place}: compared" if place else "Compared"
    told = f"{start} by {by}, {row['compared']} in all"
    if row["name"] is None:
        return f"{told}, no single one explains most of the change by more than luck."
    name = words.value(row["name"], row["dimension"])
    part = f"{_of(row['effect'], row['change'], metric)} with {words.DIMENSION[row['dimension']]} {name}"
    return f"{told}, one explains most of the change. {part[0].upper()}{part[1:]} ({_both(row, metric)})."


def _told(part: pl.DataFrame, metric: Metric, place: str) -> str:
    by, change = _dimension(part), float(part["effect"].sum())
    start = f"{place}, by" if place else "By"
    name = words.DIMENSION[by]
    if not round(change, 9):
        return f"{start} {name}: the figure is what it was, so there is nothing to share out."
    leading = [row for row in part.iter_rows(named=True) if row["effect"] / change >= LEAST][:MOST_NAMED]
    whole = {side: int(part[f"denominator_{side}"].sum()) for side in SIDES}
    causes = [_cause(row, by, metric, whole) for row in leading]
    told = [f"{points(row['effect'], metric)} with {cause}" for row, cause in zip(leading, causes, strict=True)]
    told[:1] = [f"{_of(leading[0]['effect'], change, metric)} with {causes[0]}"] if leading else [MANY_SMALL]
    warning = _reversed(part, name, metric) if part["is_reversed"][0] else ""
    return " ".join(line for line in (f"{start} {name}, {'; '.join(told)}.", warning) if line)


def _cause(row: words.Row, by: str, metric: Metric, whole: Mapping[str, int]) -> str:
    """A value and how it moved the figure: by itself or by its share, whichever moved it more."""
    name, own = words.value(row[by], by), row["rate_effect"]
    if abs(own) >= abs(row["mix_effect"]):
        got_better = (own > 0) == metric.definition.condition.more_is_good
        return f"{name}, which got {'better' if got_better else 'worse'} ({_both(row, metric)})"
    grew = row["denominator_now"] * whole["then"] > row["denominator_then"] * whole["now"]
    counts = f"{row['counted_then']:,} then, {row['counted_now']:,} now"
    return f"the {'larger' if grew else 'smaller'} share of {name} ({counts})"


def _reversed(part: pl.DataFrame, name: str, metric: Metric) -> str:
    """Simpson's paradox in plain words."""
    got_worse = (part["effect"].sum() > 0) != metric.definition.condition.more_is_good
    moved = "worse" if got_worse else "better"
    because = f"more of all went to those that are {moved} anyway"
    return f"Careful: no {name} got {moved} by itself, and yet the whole did, because {because}."


def _of(effect: float, change: float, metric: Metric) -> str:
    """How much of the change lies somewhere; with parts of the other sign it can be more than the whole."""
    part, whole = points(effect, metric), points(change, metric)
    if part == whole:
        return f"all {whole} {_lie(whole)}"
    return (
        f"{part.split(' ')[0]} of the {whole} {_lie(part)}"
        if abs(effect) < abs(change)
        else f"all {whole} and more lie"
    )


def _lie(told: str) -> str:
    return "lies" if told.startswith("1 ") else "lie"


def _both(row: words.Row, metric: Metric) -> str:
    """How it was then and now: defects of all, or what a mean was."""
    if metric.definition.unit is Unit.PERCENT:
        told = {side: f"{row[f'defects_{side}']:,} of {row[f'counted_{side}']:,}" for side in SIDES}
    else:
        told = {side: _figure(row, side, metric) for side in SIDES}
    return f"{told['then']} then, {told['now']} now"


def _figure(row: words.Row, side: str, metric: Metric) -> str:
    """A value's figure on a day, with its counts."""
    if row[f"value_{side}"] is None:
        return "none"
    told = numbers.figure(row[f"value_{side}"], metric.definition.unit.value)
    if metric.definition.unit is Unit.PERCENT:
        return f"{told} ({row[f'numerator_{side}']:,} of {row[f'denominator_{side}']:,})"
    return f"{told} ({row[f'counted_{side}']:,})"


def _dimension(found: pl.DataFrame) -> str:
    """The dimension of the rows: after the keys stands its column."""
    return found.columns[len(KEYS)]
