"""Which of Amazon's own figures is compared, and with what it cannot be."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.columns import FIGURES
from sellerhealth.definition.metric import Basis, Metric
from sellerhealth.measure.judge import basis_of_inputs
from sellerhealth.measure.performance import figures, kinds
from sellerhealth.measure.tally import tally

IN_ANOTHER_UNIT = frozenset({"onTimeDeliveryRate"})
"""Figures of packages, of a metric that counts units."""


class Obstacle(StrEnum):
    """Why a figure cannot be compared."""

    NO_COUNTS = "NO_COUNTS"
    NO_DAYS = "NO_DAYS"
    NO_CHANNEL = "NO_CHANNEL"
    OTHER_UNIT = "OTHER_UNIT"
    BEFORE_FILES = "BEFORE_FILES"
    NOT_COMPUTABLE = "NOT_COMPUTABLE"


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One figure of Amazon's, the days it covers, and the day it was told; `obstacle` where it cannot be compared.

    `kinds` are the flaws of which it tells how many orders have them.
    """

    account: str
    channel: str | None
    figure: str
    first: date | None
    last: date
    numerator: int | None
    denominator: int | None
    kinds: tuple[tuple[str, int], ...]
    reported_on: date
    obstacle: Obstacle | None

    @property
    def span(self) -> tuple[date, date]:
        """The days it covers; of one that cannot be compared, its last day alone."""
        return (self.first or self.last, self.last)


def snapshots(metric: Metric, account: Account, as_of: date) -> list[Snapshot]:
    """The latest figure known on `as_of` of each account and channel; of several spans the nearest to our window.

    A figure that does not say whose orders it is of is left aside where another one does.
    """
    told = _latest(metric, figures(metric, account, as_of))
    named = {row["account"] for row in told if row["channel"]}
    return [_snapshot(metric, account, row) for row in told if row["channel"] or row["account"] not in named]


def _latest(metric: Metric, found: pl.DataFrame) -> list[dict[str, Any]]:
    """Of each account and channel the nearest figure that has a rate, as it was last told."""
    away = ((pl.col("figure_to") - pl.col("figure_from")).dt.total_days() + 1 - metric.window_days).abs()
    place = {name: position for position, name in enumerate(FIGURES.get(metric.name, {}))}
    rank = pl.col("figure").replace_strict(place, return_dtype=pl.Int64)
    has_none = pl.col("figure_rate").is_null().all().over("account", "channel", "figure")
    nearest = found.sort(has_none, rank, -pl.col("figure_to").cast(pl.Int32), away, nulls_last=True)
    return nearest.unique(["account", "channel"], keep="first", maintain_order=True).to_dicts()


def _snapshot(metric: Metric, account: Account, row: dict[str, Any]) -> Snapshot:
    counted = tally(metric, account, row["reported_on"]).filter(account=row["account"])
    channel = row["channel"] or _only(counted, row)
    return Snapshot(
        account=row["account"],
        channel=channel,
        figure=row["figure"],
        first=row["figure_from"],
        last=row["figure_to"],
        numerator=row["figure_count"],
        denominator=row["figure_out_of"],
        kinds=tuple(kinds(account, row).items()),
        reported_on=row["reported_on"],
        obstacle=_obstacle(metric, account, row, channel, counted),
    )


def _only(counted: pl.DataFrame, row: dict[str, Any]) -> str | None:
    """The one channel that has orders, where there is but one."""
    used = counted.filter(pl.col("event_on") <= row["figure_to"])["channel"].unique()
    return used.item() if used.len() == 1 else None


def _obstacle(
    metric: Metric, account: Account, row: dict[str, Any], channel: str | None, counted: pl.DataFrame
) -> Obstacle | None:
    first_told = counted["event_on"].min()
    asked = {
        Obstacle.NOT_COMPUTABLE: basis_of_inputs(metric, account) is Basis.NOT_COMPUTABLE,
        Obstacle.OTHER_UNIT: row["figure"] in IN_ANOTHER_UNIT,
        Obstacle.NO_COUNTS: row["figure_count"] is None or row["figure_out_of"] is None,
        Obstacle.NO_DAYS: row["figure_from"] is None or row["figure_from"] > row["figure_to"],
        Obstacle.BEFORE_FILES: not isinstance(first_told, date) or first_told > row["figure_to"],
        Obstacle.NO_CHANNEL: channel is None,
    }
    return next((obstacle for obstacle, holds in asked.items() if holds), None)
