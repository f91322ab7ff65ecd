"""Accounts as a digest is given them, made by hand."""

from datetime import date
from typing import Any

from sellerhealth.report.index.figures import Figure
from sellerhealth.report.index.portfolio import Entry, Failure, Unreported


def figure(**more: Any) -> Figure:
    """A figure that misses its target."""
    told = {
        "name": "late_dispatch_rate MFN",
        "label": "Late Dispatch Rate",
        "rate": "4.5 % (17 of 380)",
        "target": "below 4 %",
        "mark": "✕",
        "state": "Misses the target",
        "status": "bad",
        "used": 1.125,
    }
    return Figure(**{**told, **more})


def good(label: str = "Cancellation Rate", **more: Any) -> Figure:
    told = {"rate": "0.5 % (2 of 388)", "target": "below 2.5 %", "mark": "✓", "state": "Good", "status": "good"}
    return figure(label=label, name=label, **{**told, "used": 0.2, **more})


def entry(account: str = "shop", status: str = "bad", **more: Any) -> Entry:
    """An account with a figure that misses its target, unless it is a good one, and one that meets it."""
    told = {
        "title": "Shop",
        "marketplace": "US",
        "as_of": date(2026, 11, 15),
        "policy": "handbook",
        "href": f"2026-11-15/{account}/US/00_account_health.html",
        "verdict": "1 figure misses its target." if status == "bad" else "No figure misses its target.",
        "figures": (figure(), good()) if status == "bad" else (good(),),
        "alarms": (),
        "rank": (account,),
        "since": date(2026, 11, 8),
    }
    return Entry(account=account, status=status, **{**told, **more})


def failure(**more: Any) -> Failure:
    told = {"notebook": "01_late_dispatch_rate", "as_of": date(2026, 11, 15), "told": "cell 5 ended with ValueError."}
    return Failure(**{**told, "href": "", **more})


def unreported(account: str = "gone", reason: str = "gone/account.toml: expected a country. Name one.") -> Unreported:
    return Unreported(account=account, marketplace="", reason=reason)
