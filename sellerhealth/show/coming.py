"""The days to come of one account and channel, as sentences and the picture read them."""

from dataclasses import dataclass

import polars as pl

from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.measure.outlook.glide import REPEATED, SALES
from sellerhealth.measure.tally import EVERY_CHANNEL
from sellerhealth.show import words

SOLD = ("orders", "packages", "units")
"""Facts of which there are more when more is sold; the others are what buyers write."""


@dataclass(frozen=True, kw_only=True)
class Coming:
    """The coming days of one account and channel: one path for each of `SALES`, and the defects that leave."""

    metric: Metric
    stop: pl.DataFrame
    same: pl.DataFrame
    double: pl.DataFrame
    found: pl.DataFrame
    where: str = ""

    @property
    def paths(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """In the order of `SALES`."""
        return self.stop, self.same, self.double

    @property
    def is_empty(self) -> bool:
        """Whether a path has no figure on any day."""
        return any(path["value"].null_count() == path.height for path in self.paths)

    @property
    def now(self) -> words.Row:
        """The headline."""
        return self.same.row(0, named=True)

    @property
    def worst(self) -> words.Row | None:
        """The first of the worst days if nothing more comes in; None where none is worse than today."""
        today, more_is_good = self.stop["value"][0], self.metric.definition.condition.more_is_good
        worst = self.stop.sort("value", "on", descending=[not more_is_good, False], nulls_last=True).row(0, named=True)
        return None if today is None or worst["value"] == today else worst

    @property
    def is_clean(self) -> bool:
        """Whether what comes is without a defect; a mean has none that is, so there it comes as it was."""
        same = self.same["defects"].sum() == self.stop["defects"].sum()
        return same and self.metric.definition.unit not in (Unit.HOURS, Unit.OF_TEN)

    @property
    def is_sold(self) -> bool:
        """Whether there are more of them when more is sold."""
        return self.metric.definition.fact in SOLD

    @property
    def has_stopped(self) -> bool:
        """Whether nothing came in the days taken as the usual ones. A short window's path shows not all."""
        is_shown = self.metric.window_days >= 2 * REPEATED
        return is_shown and self.is_sold and self.same["counted"].equals(self.stop["counted"])

    @property
    def things(self) -> str:
        """What is counted, in the plural."""
        return self.metric.definition.unit_counted[1]

    @property
    def goes_on(self) -> str:
        """As much as before, in words."""
        last = f"as in the last {REPEATED} days"
        go_on = f"sales go on {last}" if self.is_sold else f"{self.things} come in {last}"
        return f"{go_on} and nothing new goes wrong" if self.is_clean else go_on


def every(paths: pl.DataFrame, found: pl.DataFrame, metric: Metric) -> list[Coming]:
    """The coming days of every account and channel, the headline's first."""
    several = paths["account"].n_unique() > 1
    each = []
    for path in paths.partition_by("account", "channel", maintain_order=True):
        account, channel = path["account"][0], path["channel"][0]
        of_channel = pl.lit(value=True) if channel in EVERY_CHANNEL else pl.col("channel") == channel
        names = [account] * several + [words.CHANNEL[channel]] * (len(metric.definition.channels) > 1)
        each.append(
            Coming(
                metric=metric,
                found=found.filter(pl.col("account") == account, of_channel),
                where=capital(f"{', '.join(names)}: ") if names else "",
                **{sales: path.filter(sales=sales) for sales in SALES},
            )
        )
    return each


def capital(text: str) -> str:
    """A text as the start of a sentence."""
    return text[:1].upper() + text[1:]
