"""Rows at the edge of a rule: the rows as text, and what they must count as."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sellerhealth.definition import policy as policies
from sellerhealth.definition.account import Account
from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.metrics import METRICS

AS_OF = date(2026, 3, 31)
POLICIES = ("handbook", "amazon-2026")
OUT, CLEAN, DEFECT, UNSURE = (0, 0, 0), (0, 0, 1), (1, 0, 1), (1, 1, 1)
"""(defects, unknown, counted) of the headline window, in the metric's first channel."""


def under(metric: str, rules: str, **override: Any) -> Metric:
    """The metric under a policy, with an account's own terms laid on top."""
    return policies.load(rules, METRICS, {}, {metric: override})[metric]


def account(marketplace: str = "US", *, without: tuple[str, ...] = (), **tables: str) -> Account:
    """The rows of these tables as an account; a table is a header and rows parted by `;`, cells by `|`.

    Everything is provided but what `without` names: single columns, or tables with all their columns.
    """
    rows = {name: text.replace(";", "\n") for name, text in tables.items()}
    whole = Example(as_of=AS_OF, marketplace=marketplace, tables=rows, expected={}).account()
    gone = {name for name in whole.provided if name in without or name.split(".")[0] in without}
    return replace(whole, provided=whole.provided - gone)


def figures(
    metric: str,
    rules: str,
    marketplace: str = "US",
    *,
    as_of: date = AS_OF,
    override: Mapping[str, Any] | None = None,
    without: tuple[str, ...] = (),
    **tables: str,
) -> list[dict[str, Any]]:
    """Every window of the metric's first channel over the rows of these tables."""
    found = evaluate(under(metric, rules, **(override or {})), account(marketplace, without=without, **tables), as_of)
    rows = found.to_dicts()
    return [row for row in rows if row["channel"] == rows[0]["channel"]]


def headline(metric: str, rules: str, *places: str, **given: Any) -> dict[str, Any]:
    """The headline over the rows of these tables."""
    return figures(metric, rules, *places, **given)[0]


def counted(metric: str, rules: str, *places: str, **given: Any) -> tuple[int, int, int]:
    """What the rows of these tables count as; see `figures` for what can be given."""
    now = headline(metric, rules, *places, **given)
    return now["defects"], now["unknown"], now["counted"]


def sums(metric: str, rules: str, *places: str, **given: Any) -> tuple[int, int, int]:
    """The figure's numerator at worst and at best, and its denominator."""
    now = headline(metric, rules, *places, **given)
    return now["numerator"], now["at_best"], now["denominator"]


def many(row: str, times: int) -> str:
    """The row over and over, `#` in it numbered from 1."""
    return ";".join(row.replace("#", str(number + 1)) for number in range(times))
