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
POLICIES = (HANDBOOK, policy("amazon-2026"))
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
        "unknown": 0,
        "denominator": 388,
        "value": 12 / 388,
        "low": 0.0178,
        "high": 0.0533,
        "target": 0.04,
        "status": "GOOD",
        "headroom": 3,
        "basis": "EXACT",
        **more,
    }


NOTHING = {
    "numerator": 0,
    "denominator": 0,
    "value": None,
    "low": None,
    "high": None,
    "headroom": None,
    "status": "NONE",
}
NOT_COMPUTABLE = {**NOTHING, "numerator": None, "unknown": None, "basis": "NOT_COMPUTABLE"}


def example(one: Metric) -> tuple[Account, date]:
    """The account and the day of the metric's hand-worked example."""
    return one.definition.example.account(), one.definition.example.as_of


def hostile(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every free text turned into an attack."""
    fixed = {"policy", "metric", "channel", "status", "basis", "marketplace"}
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String and name not in fixed]
    return frame.with_columns(pl.lit(EVIL).alias(name) for name in texts)
