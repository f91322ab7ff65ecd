"""The parts of README.md and data/README.md that are made from the code: `make docs` writes them, a test compares."""

import re
from pathlib import Path

import polars as pl

from sellerhealth.definition.marketplaces import Marketplace, marketplace
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.tables import KEYS, TABLES
from sellerhealth.metrics import METRICS, STATES, policy
from sellerhealth.show import numbers, words
from sellerhealth.sources.amazon import layouts
from sellerhealth.sources.layout import Layout

ROOT = Path(__file__).parents[2]
PARTS = re.compile(r"(<!-- (?P<name>[a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
KINDS = {
    pl.String: "text",
    pl.Datetime: "moment",
    pl.Date: "day",
    pl.Int64: "whole number",
    pl.Float64: "number",
    pl.UInt64: "mark",
    pl.Boolean: "yes or no",
}


def metrics() -> str:
    """The table of metrics: what is counted, and each policy's window and target."""
    policies = [policy(name) for name in ("handbook", "amazon-2026")]
    rows = [["Metric", "Counted", "Out of", *(one.label for one in policies), "Notebook"]]
    for name, definition in METRICS.items():
        terms = [_terms(one, name) for one in policies]
        link = f"[{definition.notebook}](notebooks/{definition.notebook}.ipynb)"
        rows.append(
            [f"**{definition.label}** ({definition.abbreviation})", definition.counted, definition.out_of, *terms, link]
        )
    for name, state in STATES.items():
        spans = [numbers.span(one.states[name].terms.windows[0]) for one in policies]
        link = f"[{state.notebook}](notebooks/{state.notebook}.ipynb)"
        rows.append(
            [
                f"**{state.label}**",
                state.counted,
                " ".join(f"{words.LEVEL[level]}: {text.lower()}" for level, text in state.levels["reading"].items()),
                *spans,
                link,
            ]
        )
    return _table(rows)


def dictionary() -> str:
    """Every table with its columns: type and meaning."""
    parts = []
    for name, schema in TABLES.items():
        rows = [["Column", "Type", "Meaning"]]
        rows += [
            [f"`{column}`", _kind(field.dtype), str(field.description)] for column, field in schema.columns().items()
        ]
        key = ", ".join(f"`{column}`" for column in KEYS[name])
        parts.append(f"### {name}\n\n{str(schema.__doc__).strip()} Told apart by {key}.\n\n{_table(rows)}")
    return "\n".join(parts)


def files() -> str:
    """Every file that is recognised by its header, and the columns it must have."""
    place: Marketplace = marketplace("US")
    rows = [["File", "Fills", "Columns it must have", "Columns it may have"]]
    rows += [_file(layout) for layout in layouts(place, place.zone)]
    return _table(rows)


def written(path: Path) -> str:
    """The file with its made parts as they should be."""
    makers = {"metrics": metrics, "dictionary": dictionary, "files": files}
    return PARTS.sub(lambda part: f"{part[1]}{makers[part['name']]()}{part[3]}", path.read_text(encoding="utf-8"))


def _terms(one: Policy, name: str) -> str:
    metric = one[name]
    windows = ", ".join(numbers.span(days) for days in metric.terms.windows)
    windows += " in whole weeks" if metric.terms.is_weekly else ""
    lag = f", ending {numbers.count(metric.terms.lag_days, ('day', 'days'))} ago" if metric.terms.lag_days else ""
    return f"{windows}{lag}; {words.target(metric)}"


def _kind(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Enum):
        return "one of " + ", ".join(dtype.categories)
    return next(kind for known, kind in KINDS.items() if dtype == known or isinstance(dtype, known))


def _file(layout: Layout) -> list[str]:
    must = ", ".join(dict.fromkeys(f"`{theirs[0]}`" for theirs in layout.known_by))
    may = ", ".join(f"`{field.theirs[0]}`" for field in layout.fields if not field.needed)
    return [layout.label.removeprefix("the "), ", ".join(layout.tables), must, may or "–"]


def _table(rows: list[list[str]]) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body]) + "\n"


if __name__ == "__main__":
    for document in (ROOT / "README.md", ROOT / "data" / "README.md"):
        document.write_text(written(document), encoding="utf-8")
