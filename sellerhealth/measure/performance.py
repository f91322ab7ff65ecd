"""What Amazon's own performance report says of an account on a day, and how long that holds."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.columns import COUNTERS, FIGURES
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.state import State

RATING, ACCOUNT_STATUS = "accountHealthRating", "accountStatus"
SPAN = ("figure", "figure_from", "figure_to")
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

    Columns account, channel (null where the report does not say whose orders), `SPAN` and `SAID`; the nearest to the
    metric first, then by the last day covered. Every report known on `as_of` is there; a figure without a day cannot
    be placed and is left out. A rate is a share, of hours it is hours; what the report does not tell is null. A
    metric that Amazon has no figure of has no rows.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> figures(metric, metric.definition.example.account(), metric.definition.example.as_of).height
        0
    """
    names = FIGURES.get(metric.name, {})
    place = {name: position for position, name in enumerate(names)}
    is_known = pl.col("figure").is_in(list(names)) & (pl.col("figure_to") <= as_of)
    return (
        account.tables["performance"]
        .filter(_is_here(account) & is_known)
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
        .select("account", "channel", *SPAN, *SAID)
        .collect()
    )


def _is_here(account: Account) -> pl.Expr:
    """Of the account's marketplace; what names none is the home's."""
    home = account.marketplace.code if account.is_home else None
    return pl.col("marketplace").fill_null(pl.lit(home)) == account.marketplace.code


def _last(found: pl.DataFrame) -> date | None:
    last = found["figure_to"].max()
    return last if isinstance(last, date) else None
