"""index.html: every account on one page, the worst first; and result.json, a folder's figures for machines."""

import json
from pathlib import Path

from markupsafe import Markup

from sellerhealth.metrics import policy
from sellerhealth.report.index.figures import lead
from sellerhealth.report.index.folders import Reader
from sellerhealth.report.index.portfolio import Entry, Portfolio
from sellerhealth.report.pages.page import TEMPLATES, content_policy, environment
from sellerhealth.show import numbers

FEW = 6
"""Of that many accounts all figures are shown at once; of more, those that are bad."""
MOST, MORE = 20, ("other file", "other files")
STATES = {
    "all": "All",
    "bad": "Bad",
    "good": "Good",
    "none": "No verdict",
    "changed": "Changed",
    "stale": "Stale",
    "failed": "Failed",
}
WORD = {"bad": ("✕", "Bad"), "good": ("✓", "Good"), "none": ("–", "No verdict")}


def index(portfolio: Portfolio) -> str:
    """The page of all accounts; its script searches, filters and sorts, and all is there without it."""
    script, style = _asset("index.js"), _asset("style.css") + _asset("index.css")
    pages = environment()
    pages.filters.update(day=numbers.day, policy=lambda name: policy(name).label)
    return pages.get_template("index.html.j2").render(
        portfolio=portfolio,
        unreadable=_unreadable(portfolio),
        is_few=len(portfolio.entries) <= FEW,
        filters=_filters(portfolio),
        metrics=_metrics(portfolio),
        states=_states,
        word=WORD,
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own script
        rules=content_policy([script], style),
    )


def result(out: Path, folder: str) -> str:
    """The figures of a folder such as `2026-11-15/demo-us/US` for machines: each notebook's record, as JSON.

    Empty when no report of it can be read.
    """
    reader = Reader(out)
    reports = reader.reports(reader.folder(out / folder))
    if not reports:
        return ""
    context = {key: value for key, value in lead(reports).record.items() if key != "results"}
    told = {**context, "notebooks": {name: report.record["results"] for name, report in reports.items()}}
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _states(entry: Entry) -> list[str]:
    """What an account can be filtered by."""
    more = {"changed": entry.changes, "stale": entry.is_stale, "failed": entry.failed}
    return ["all", entry.status, *(name for name, is_so in more.items() if is_so)]


def _filters(portfolio: Portfolio) -> list[tuple[str, str, int]]:
    found = [name for entry in portfolio.entries for name in _states(entry)]
    return [(name, word, found.count(name)) for name, word in STATES.items()]


def _metrics(portfolio: Portfolio) -> list[tuple[str, str]]:
    """What one can sort by: the figures that have a target in some account."""
    labels = {one.name: one.label for entry in portfolio.entries for one in entry.figures if one.used is not None}
    return sorted(labels.items(), key=lambda pair: pair[1])


def _unreadable(portfolio: Portfolio) -> list[str]:
    shown, rest = portfolio.unreadable[:MOST], portfolio.unreadable[MOST:]
    return [*shown, *([f"{numbers.count(len(rest), MORE)} cannot be read either."] if rest else [])]


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
