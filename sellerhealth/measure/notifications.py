"""The policy notifications: which weigh, how the account stands, and when each leaves."""

from datetime import date, timedelta

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Need, unmet
from sellerhealth.definition.state import Level, State, is_normal
from sellerhealth.measure.performance import Told, told
from sellerhealth.measure.tally import known

CRITICAL = "CRITICAL"
NOTIFICATION = ("account", "notification_id", "notified_on", "category", "asin")
"""What tells notifications apart; the notes on one tell how it stood on their days."""


def lacking(state: State, account: Account) -> list[Need]:
    """The inputs the state needs and no file of the account provides."""
    return unmet(state.definition.needs, _provided(account))


def notifications(state: State, account: Account, as_of: date) -> pl.DataFrame:
    """The notifications that weigh on `as_of`, the youngest first.

    Columns: notification_id, notified_on, category, severity, asin, standing, age_days, leaves_on (the first
    day on which it weighs no more if nothing is done), points. One resolved later than `as_of` was read.
    """
    notified, days = state.option("event_date").expression, state.terms.windows[0]
    notes = account.tables["notifications"].filter(pl.lit(account.is_home))
    inside = notes.filter(notified.is_between(as_of - timedelta(days=days - 1), as_of))
    is_over = (pl.col("resolved_on") <= as_of).fill_null(pl.col("state") == "RESOLVED")
    is_later = pl.col("state") == "RESOLVED"
    return (
        _as_noted(inside, as_of)
        .filter(~is_over)
        .select(
            "notification_id",
            "notified_on",
            pl.col("category").cast(pl.String),
            pl.col("severity").cast(pl.String),
            "asin",
            pl.when(is_later).then(pl.lit("READ")).otherwise(pl.col("state").cast(pl.String)).alias("standing"),
            (pl.lit(as_of) - notified).dt.total_days().alias("age_days"),
            (notified + pl.duration(days=days)).alias("leaves_on"),
            _points(state).alias("points"),
        )
        .sort("notified_on", "category", "asin", "notification_id", descending=[True, False, False, False])
        .collect()
    )


def by_category(state: State, account: Account, as_of: date) -> pl.DataFrame:
    """Open violations by category: the list kept by hand beside Amazon's own counter.

    Columns category, listed, counted. `counted` is null where no performance report tells, `listed` where no
    list is kept.
    """
    listed = notifications(state, account, as_of).group_by("category").agg(pl.len().cast(pl.Int64).alias("listed"))
    counted = told(state, account, as_of).counted.drop("figure_to")
    both = listed.join(counted, on="category", how="full", coalesce=True).filter(
        (pl.col("listed").fill_null(0) > 0) | (pl.col("counted").fill_null(0) > 0)
    )
    none = pl.lit(0 if "notifications" in _provided(account) else None, dtype=pl.Int64)
    return both.with_columns(pl.coalesce("listed", none).alias("listed")).sort("category")


def standing(state: State, account: Account, as_of: date) -> pl.DataFrame:
    """How the account stands: one row.

    Columns: policy, state, account, marketplace, as_of, level, unread, read, under_review, open, rating,
    is_estimate, rated_on, account_status, status_on, violations, counted_on, too_old_on, basis. `unread` to `open`
    are null without a list of notifications; `rating` without Amazon's and without list and orders. `rated_on`,
    `status_on` and `counted_on` are the days Amazon's own figures are of, `too_old_on` that of those which decide
    nothing any more. An estimate is no bound, so its basis is EXACT; `is_estimate` says what it is.
    """
    found, report = notifications(state, account, as_of), told(state, account, as_of)
    (status, status_on), (violations, counted_on) = report.status, report.violations
    row = {
        **_counts(found, account),
        **_rating(state, account, as_of, found, report),
        "account_status": status,
        "status_on": status_on,
        "violations": violations,
        "counted_on": counted_on,
        "too_old_on": report.too_old_on,
    }
    level, basis = _level(state, row)
    rule = state.terms.chosen["rule"]
    place = {"policy": state.policy, "state": state.name, "rule": rule, "account": account.name}
    named = {**place, "marketplace": account.marketplace.code, "as_of": as_of, "level": level.value, **row}
    return pl.DataFrame([{**named, "basis": basis.value}], schema_overrides=WHOLE)


WHOLE = {
    **dict.fromkeys(("unread", "read", "under_review", "open", "rating", "violations"), pl.Int64()),
    **dict.fromkeys(("rated_on", "status_on", "counted_on", "too_old_on"), pl.Date()),
    "account_status": pl.String(),
    "is_estimate": pl.Boolean(),
}


def _provided(account: Account) -> frozenset[str]:
    """What the files provide; a list of notifications names no marketplace, so it is the home's alone."""
    return account.provided if account.is_home else account.provided - {"notifications"}


def _as_noted(notes: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    """Each notification as it stood on `as_of`: by its latest note up to then; before all of them it is unread.

    A note is known from the day it was noted, its resolution from the day of that. One without a day is always
    known, and goes before those that have one.
    """
    noted, resolved = pl.col("noted_on"), pl.col("resolved_on")
    is_known = noted.is_null() | (pl.min_horizontal(noted, resolved) <= as_of)
    of_day = pl.coalesce(noted, pl.when(resolved <= as_of).then(resolved))
    latest = (
        notes.with_columns(is_known.alias("is_known"), of_day.alias("of_day"))
        .sort("is_known", "of_day", "state", nulls_last=False)
        .group_by(NOTIFICATION, maintain_order=True)
        # A later note may leave out how grave it is.
        .agg(pl.col("severity").drop_nulls().last(), pl.col("state", "resolved_on", "is_known").last())
    )
    unread = pl.lit("UNREAD", dtype=notes.collect_schema()["state"])
    return latest.with_columns(
        pl.when("is_known").then("state").otherwise(unread).alias("state"),
        pl.when("is_known").then("resolved_on").alias("resolved_on"),
    )


def _points(state: State) -> pl.Expr:
    """What a violation costs; a critical one costs all, an unknown one as much as a high one."""
    values = state.terms.values
    known = {"LOW": values["points_low"], "MEDIUM": values["points_medium"], CRITICAL: values["rating_most"]}
    severity = pl.col("severity").cast(pl.String)
    return severity.replace_strict(known, default=values["points_high"], return_dtype=pl.Int64)


def _counts(found: pl.DataFrame, account: Account) -> dict[str, int | None]:
    if "notifications" not in _provided(account):
        return dict.fromkeys(("unread", "read", "under_review", "open"))
    by = {name: found.filter(pl.col("standing") == name).height for name in ("UNREAD", "READ", "UNDER_REVIEW")}
    return {**{name.lower(): number for name, number in by.items()}, "open": found.height}


def _rating(state: State, account: Account, as_of: date, found: pl.DataFrame, report: Told) -> dict[str, object]:
    """Amazon's score where it gives one, else an estimate from orders and violations."""
    given, rated_on = report.rating
    if given is not None:
        return {"rating": given, "is_estimate": False, "rated_on": rated_on}
    if not {"notifications", "orders"} <= _provided(account):
        return {"rating": None, "is_estimate": None, "rated_on": None}
    values = state.terms.values
    lots = _shipped(account, as_of, state.terms.windows[0]) // values["rating_lot"]
    score = values["rating_start"] + values["rating_gain"] * lots - int(found["points"].sum())
    is_lost = CRITICAL in found["severity"]
    rating = 0 if is_lost else min(max(score, 0), values["rating_most"])
    return {"rating": rating, "is_estimate": True, "rated_on": None}


def _shipped(account: Account, as_of: date, days: int) -> int:
    """How many orders of those days were shipped."""
    here = pl.col("marketplace") == account.marketplace.code
    inside = pl.col("purchased_on").is_between(as_of - timedelta(days=days - 1), as_of)
    return known(account, as_of, "orders").filter(here & pl.col("is_shipped") & inside).height


def _level(state: State, row: dict[str, object]) -> tuple[Level, Basis]:
    """The mark by Amazon's word on the account, else by the policy's rule, and how sure it is."""
    status = row["account_status"]
    if isinstance(status, str) and not is_normal(status):
        return Level.RED, Basis.EXACT
    return (_by_rating if state.terms.chosen["rule"] == "rating" else _by_reading)(state, row)


def _by_reading(_: State, row: dict[str, object]) -> tuple[Level, Basis]:
    if row["under_review"]:
        return Level.RED, Basis.EXACT
    if row["unread"] is not None:
        return (Level.YELLOW if row["unread"] else Level.GREEN), Basis.EXACT
    if row["violations"] is None:
        return Level.NONE, Basis.NOT_COMPUTABLE
    # Amazon counts violations, not whether they were read.
    return (Level.YELLOW, Basis.UPPER_BOUND) if row["violations"] else (Level.GREEN, Basis.EXACT)


def _by_rating(state: State, row: dict[str, object]) -> tuple[Level, Basis]:
    rating, values = row["rating"], state.terms.values
    if not isinstance(rating, int):
        return Level.NONE, Basis.NOT_COMPUTABLE
    green, yellow = rating >= values["rating_green_from"], rating >= values["rating_yellow_from"]
    return (Level.GREEN if green else Level.YELLOW if yellow else Level.RED), Basis.EXACT
