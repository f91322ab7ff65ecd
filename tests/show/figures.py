"""Results to word and to draw: rows made by hand, and frames of the hand-worked example."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from sellerhealth import METRICS, policy
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.policy import Policy

HANDBOOK: Policy = policy("handbook")
AMAZON: Policy = policy("amazon-2026")
POLICIES = (HANDBOOK, AMAZON)
NAMES = tuple(METRICS)
EVIL = '</script><script>window.PWNED=1</script>&"\u2028'
ESCAPED = EVIL[:-1].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def metric(name: str = "late_dispatch_rate") -> Metric:
    return HANDBOOK[name]


def without_target(one: Metric) -> Metric:
    return replace(one, terms=replace(one.terms, target=None))


def row(**more: Any) -> dict[str, Any]:
    """A result of 12 late orders in 388."""
    return {
        "policy": "handbook",
        "metric": "late_dispatch_rate",
        "account": "shop",
        "marketplace": "US",
        "channel": "MFN",
        "window_days": 30,
        "window_start": date(2026, 3, 2),
        "window_end": date(2026, 3, 31),
        "numerator": 12,
        "at_best": 12,
        "denominator": 388,
        "counted": 388,
        "defects": 12,
        "unknown": 0,
        "unit": "percent",
        "value": 12 / 388,
        "low": 0.0178,
        "high": 0.0533,
        "target": 0.04,
        "used": 12 / 388 / 0.04,
        "status": "GOOD",
        "headroom": 3,
        "basis": "EXACT",
        **more,
    }


def good_row(**more: Any) -> dict[str, Any]:
    """A result of a share of good ones: 95 messages of 100 answered in time."""
    shares = {"numerator": 95, "at_best": 95, "denominator": 100, "counted": 100, "defects": 5, "value": 0.95}
    named = {"metric": "contact_response_time", "channel": "ALL", "target": 0.9, "used": 0.5, "headroom": 5}
    return row(**{**named, **shares, "low": 0.888, "high": 0.978, **more})


def mean_row(name: str, value: float, counted: int, **more: Any) -> dict[str, Any]:
    """A result of a mean, in the unit of the metric: no interval, and no headroom."""
    one = metric(name)
    sums = {"numerator": round(value * counted), "at_best": round(value * counted), "denominator": counted}
    goal = float(one.terms.target.value) if one.terms.target else None
    told = {"metric": name, "channel": "ALL", "unit": one.definition.unit.value, "value": value, "counted": counted}
    nothing = {"low": None, "high": None, "headroom": None, "used": None}
    return row(**{**told, **sums, **nothing, "defects": 0, "target": goal, "status": "NONE", **more})


NOTHING = {
    "numerator": 0,
    "at_best": 0,
    "denominator": 0,
    "counted": 0,
    "defects": 0,
    "value": None,
    "low": None,
    "high": None,
    "used": None,
    "headroom": None,
    "status": "NONE",
}
NOT_COMPUTABLE = {
    **NOTHING,
    "numerator": None,
    "at_best": None,
    "defects": None,
    "unknown": None,
    "basis": "NOT_COMPUTABLE",
}


def example(one: Metric) -> tuple[Account, date]:
    """The account and the day of the metric's hand-worked example."""
    return one.definition.example.account(), one.definition.example.as_of


def lacking(account: Account, *names: str) -> Account:
    """The account as if none of its files held these tables, nor any of their columns."""
    gone = {one for one in account.provided for name in names if one == name or one.startswith(f"{name}.")}
    return replace(account, provided=account.provided - gone)


def hostile(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every free text turned into an attack."""
    fixed = {"policy", "metric", "channel", "status", "basis", "marketplace", "unit", "state", "level", "standing"}
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String and name not in fixed]
    return frame.with_columns(pl.lit(EVIL).alias(name) for name in texts)
