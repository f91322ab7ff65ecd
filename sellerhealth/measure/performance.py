"""What Amazon's own performance report says of an account on a day, and how long that holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.columns import COUNTERS, FIGURES
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.state import State
from sellerhealth.metrics import policy

RATING, ACCOUNT_STATUS = "accountHealthRating", "accountStatus"
SPAN = ("figure", "figure_from", "figure_to")
AMAZONS_POLICY = "amazon-2026"
"""The policy that says what Amazon applies now."""
KINDS = {"claims": "claim", "chargebacks": "chargeback", "negativeFeedback": "negative_feedback"}
"""The parts of a figure that count orders with one kind of defect, by Amazon's names, and the flaws they are."""
SAID = ("figure_count", "figure_out_of", "figure_rate", "figure_target", "figure_status")


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """The figures that decide, one row each, and the last day of those too old to; None where none is."""

    figures: pl.DataFrame
    too_old_on: date | None

    @property
    def rating(self) -> tuple[int | None, date | None]:
        """The Account Health Rating, and the last day of its own figure."""
        given = self.figures.filter(pl.col("figure") == RATING).drop_nulls("figure_rate")
        return (round(given["figure_rate"].item()), given["figure_to"].item()) if given.height else (None, None)

    @property
    def status(self) -> tuple[str | None, date | None]:
        """What Amazon calls the account, and of which day that is."""
        given = self.figures.filter(pl.col("figure") == ACCOUNT_STATUS).drop_nulls("figure_status")
        return given.select("figure_status", "figure_to").row(0) if given.height else (None, None)

    @property
    def counted(self) -> pl.DataFrame:
        """Open violations as Amazon counts them: category, counted, figure_to."""
        category = pl.col("figure").replace_strict(COUNTERS, default=None).alias("category")
        named = self.figures.select(category, pl.col("figure_count").alias("counted"), "figure_to")
        return named.drop_nulls(["category", "counted"])

    @property
    def violations(self) -> tuple[int | None, date | None]:
        """All of them together and their last day; none when the report has none, which is not the same as zero."""
        found = self.counted
        return (int(found["counted"].sum()), _last(found)) if found.height else (None, None)


def told(state: State, account: Account, as_of: date) -> Told:
    """The latest report's figures known on `as_of`, for the account's marketplace; old ones decide nothing.

    A figure that names no marketplace is the home's. One without a day cannot be called old; any with a day goes
    before it.
    """
    decides = pl.col("figure").is_in([RATING, ACCOUNT_STATUS, *COUNTERS])
    is_known = (pl.col("figure_to") <= as_of).fill_null(value=True)
    known = account.tables["performance"].filter(_is_here(account) & decides & is_known).collect()
    is_old = (pl.col("figure_to") < as_of - timedelta(days=state.terms.values["report_days"])).fill_null(value=False)
    latest = (
        known.filter(~is_old)
        .sort("figure_to", "figure_from", nulls_last=False)
        .unique("figure", keep="last", maintain_order=True)
    )
    passed = known.filter(is_old).join(latest, on="figure", how="anti")
    return Told(figures=latest, too_old_on=_last(passed))


def figures(metric: Metric, account: Account, as_of: date) -> pl.DataFrame:
    """What Amazon's own reports say of a metric: a row for each figure and each span of days it was told for.

    Columns account, channel (null where the report does not say whose orders), `SPAN`, `SAID` and `reported_on`, the
    day of the report; the nearest to the metric first, then by the last day covered. Every report known on `as_of` is
    there; a figure without a day cannot be placed and is left out. A rate is a share, of hours it is hours; what the
    report does not tell is null. A metric that Amazon has no figure of has no rows.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> figures(metric, metric.definition.example.account(), metric.definition.example.as_of).height
        0
    """
    names = FIGURES.get(metric.name, {})
    place = {name: position for position, name in enumerate(names)}
    told = account.tables["performance"].filter(_is_here(account) & pl.col("figure_to").is_not_null())
    return (
        _reported(told, metric)
        .filter(pl.col("figure").is_in(list(names)) & (pl.col("reported_on") <= as_of))
        # Told once with its marketplace and once without, it is one figure.
        .sort("marketplace", nulls_last=True)
        .unique(["account", *SPAN], keep="first", maintain_order=True)
        .with_columns(pl.col("figure").replace_strict(dict(names), return_dtype=pl.String).alias("channel"))
        .sort(
            "account",
            pl.col("figure").replace_strict(place, return_dtype=pl.Int64),
            "figure_to",
            "figure_from",
            nulls_last=False,
        )
        .select("account", "channel", *SPAN, *SAID, "reported_on")
        .collect()
    )


def kinds(account: Account, row: Mapping[str, Any]) -> dict[str, int]:
    """How many orders have each kind of defect, by our flaws, as the report of one row of `figures` tells."""
    names = {f"{row['figure']}.{part}": flaw for part, flaw in KINDS.items()}
    same = [pl.col(name) == pl.lit(row[name]) for name in ("account", "figure_from", "figure_to")]
    told = account.tables["performance"].filter(_is_here(account), pl.col("figure").is_in(list(names)), *same)
    found = told.select("figure", "figure_count").drop_nulls().collect().rows()
    return {names[name]: count for name, count in found}


def _reported(told: pl.LazyFrame, metric: Metric) -> pl.LazyFrame:
    """With the day of the report, which no report tells: some figures end on it, the others so many days before.

    Of the days on which any figure ends it is the one nearest to that; then a figure that ends on its own day is found.
    """
    lag = policy(AMAZONS_POLICY)[metric.name].terms.lag_days
    ends = told.select("account", pl.col("figure_to").alias("reported_on")).unique().sort("reported_on")
    ended = told.with_columns((pl.col("figure_to") + pl.duration(days=lag)).alias("expected_on")).sort("expected_on")
    return ended.join_asof(
        ends,
        left_on="expected_on",
        right_on="reported_on",
        by="account",
        strategy="nearest",
        check_sortedness=False,
    )


def _is_here(account: Account) -> pl.Expr:
    """Of the account's marketplace; what names none is the home's."""
    home = account.marketplace.code if account.is_home else None
    return pl.col("marketplace").fill_null(pl.lit(home)) == account.marketplace.code


def _last(found: pl.DataFrame) -> date | None:
    last = found["figure_to"].max()
    return last if isinstance(last, date) else None
