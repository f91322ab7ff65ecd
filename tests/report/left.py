"""What runs leave in an output folder, written by hand: pages, done-markers, run.json."""

import json
from pathlib import Path
from typing import Any

from tests.report.tiny import figure, record

OVERVIEW = "00_account_health"
LATE = "01_late_dispatch_rate"
NOTICES = "08_policy_violations"
BAD = {"status": "BAD", "value": 0.08, "numerator": 8, "headroom": -5}
UNKNOWN = {"status": "NONE", "value": None, "numerator": None, "denominator": 0, "headroom": None, "used": None}


def leave(
    out: Path,
    *results: dict[str, Any],
    account: str = "shop",
    marketplace: str = "US",
    as_of: str = "2026-03-01",
    notebook: str = OVERVIEW,
    policy: str = "handbook",
    title: str = "",
) -> Path:
    """A page and its marker, with these rows in its record; the marker's path."""
    folder = out / as_of / account / marketplace
    folder.joinpath(".done").mkdir(parents=True, exist_ok=True)
    (folder / f"{notebook}.html").write_text("<!doctype html>", encoding="utf-8")
    rows = [{**row, "account": account, "marketplace": marketplace, "policy": policy} for row in results or [figure()]]
    place = {"account": account, "marketplace": marketplace, "as_of": as_of, "policy": policy}
    left = record(*rows, **place, title=title or account.title())
    told = {**place, "notebook": notebook, "title": "Page", "fingerprint": "f", "page_sha256": "p", "record": left}
    marker = folder / ".done" / f"{notebook}.json"
    marker.write_text(json.dumps(told), encoding="utf-8")
    return marker


def ran(out: Path, **accounts: dict[str, Any]) -> None:
    """run.json with what the last run said of each account; `failed` by `lost`."""
    out.mkdir(parents=True, exist_ok=True)
    told = {
        name: {"state": "reported", "reason": "", "folders": [], "failed": [], **one} for name, one in accounts.items()
    }
    (out / "run.json").write_text(json.dumps({"version": 1, "accounts": told}), encoding="utf-8")


def lost(
    folder: str = "2026-03-01/shop/US", notebook: str = LATE, told: str = "cell 5 ended with ValueError."
) -> dict[str, Any]:
    """A failure as run.json has it."""
    page = f"{folder}/{notebook}.failed.html"
    return {
        "folder": folder,
        "notebook": notebook,
        "cell": 5,
        "error": "ValueError",
        "cause": "CELL",
        "told": told,
        "page": page,
    }
