"""The policy notifications: which weigh, how the account stands, and when each leaves."""

from datetime import date, timedelta

import polars as pl

from sellerhealth import facts
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Need
from sellerhealth.definition.state import Level, State

CRITICAL = "CRITICAL"
NORMAL = "NORMAL"
RATING, ACCOUNT_STATUS = "accountHealthRating", "accountStatus"
COUNTERS = {
    "suspectedIntellectualPropertyViolations": "INTELLECTUAL_PROPERTY_SUSPECTED",
    "receivedIntellectualPropertyComplaints": "INTELLECTUAL_PROPERTY_RECEIVED",
    "productAuthenticityCustomerComplaints": "PRODUCT_AUTHENTICITY",
    "productConditionCustomerComplaints": "PRODUCT_CONDITION",
    "productSafetyCustomerComplaints": "PRODUCT_SAFETY",
    "foodAndProductSafetyIssues": "FOOD_AND_PRODUCT_SAFETY",
    "listingPolicyViolations": "LISTING_POLICY",
    "restrictedProductPolicyViolations": "RESTRICTED_PRODUCT",
    "customerProductReviewsPolicyViolations": "CUSTOMER_REVIEWS",
    "documentRequests": "DOCUMENT_REQUEST",
    "otherPolicyViolations": "OTHER_POLICY",
}
"""Amazon's own counters of open violations, by our names of the categories."""


def lacking(state: State, account: Account) -> list[Need]:
    """The inputs the state needs and no file of the account provides."""
    return [need for need in state.definition.needs if not account.provided.intersection(need.any_of)]


def notifications(state: State, account: Account, as_of: date) -> pl.DataFrame:
    """The notifications that weigh on `as_of`, the youngest first.

    Columns: notification_id, notified_on, category, severity, asin, standing, age_days, leaves_on (the first
    day on which it weighs no more if nothing is done), points. One resolved later than `as_of` was read.
    """
    notified, resolved = pl.col("notified_on"), pl.col("resolved_on")
    days = state.terms.windows[0]
    is_over = (resolved <= as_of).fill_null(pl.col("state") == "RESOLVED")
    later = pl.when(pl.col("state") == "RESOLVED").then(pl.lit("READ")).otherwise(pl.col("state").cast(pl.String))
    return (
        account.tables["notifications"]
        .filter(notified.is_between(as_of - timedelta(days=days - 1), as_of) & ~is_over)
        .select(
            "notification_id",
            "notified_on",
            pl.col("category").cast(pl.String),
            pl.col("severity").cast(pl.String),
            "asin",
            later.alias("standing"),
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
    has_list = "notifications" in account.provided
    listed = notifications(state, account, as_of).group_by("category").agg(pl.len().cast(pl.Int64).alias("listed"))
    told = _figures(account, as_of)
    counted = told.select(
        pl.col("figure").replace_strict(COUNTERS, default=None).alias("category"),
        pl.col("figure_count").alias("counted"),
    ).drop_nulls()
    both = listed.join(counted, on="category", how="full", coalesce=True).filter(
        (pl.col("listed").fill_null(0) > 0) | (pl.col("counted").fill_null(0) > 0)
    )
    none = pl.lit(0 if has_list else None, dtype=pl.Int64)
    return both.with_columns(pl.coalesce("listed", none).alias("listed")).sort("category")


def standing(state: State, account: Account, as_of: date) -> pl.DataFrame:
    """How the account stands: one row.

    Columns: policy, state, account, marketplace, as_of, level, unread, read, under_review, open, rating,
    is_estimate, account_status, rated_on (last day of the performance report), basis. `unread` to `open` are
    null without a list of notifications; `rating` without Amazon's and without list and orders.
    """
    found, told = notifications(state, account, as_of), _figures(account, as_of)
    row = {
        **_counts(found, account),
        **_rating(state, account, as_of, found, told),
        "account_status": _one(told, ACCOUNT_STATUS, "figure_status"),
        "rated_on": told["figure_to"].max(),
        "violations": _violations(told),
    }
    level, basis = _level(state, row)
    place = {"policy": state.policy, "state": state.name, "account": account.name}
    named = {**place, "marketplace": account.marketplace.code, "as_of": as_of, "level": level.value, **row}
    return pl.DataFrame([{**named, "basis": basis.value}], schema_overrides=WHOLE)


WHOLE = {
    **dict.fromkeys(("unread", "read", "under_review", "open", "rating", "violations"), pl.Int64()),
    "account_status": pl.String(),
    "is_estimate": pl.Boolean(),
    "rated_on": pl.Date(),
}


def _points(state: State) -> pl.Expr:
    """What a violation costs; a critical one costs all, an unknown one as much as a high one."""
    values = state.terms.values
    known = {"LOW": values["points_low"], "MEDIUM": values["points_medium"], CRITICAL: values["rating_most"]}
    severity = pl.col("severity").cast(pl.String)
    return severity.replace_strict(known, default=values["points_high"], return_dtype=pl.Int64)


def _figures(account: Account, as_of: date) -> pl.DataFrame:
    """The latest report's figures known on `as_of`, for the account's marketplace."""
    here = pl.col("marketplace").fill_null(account.marketplace.code) == account.marketplace.code
    known = account.tables["performance"].filter(here & (pl.col("figure_to") <= as_of).fill_null(value=True)).collect()
    return known.sort("figure_to", "figure_from", nulls_last=False).unique("figure", keep="last", maintain_order=True)


def _one(told: pl.DataFrame, figure: str, column: str) -> object:
    found = told.filter(pl.col("figure") == figure)[column]
    return found[0] if found.len() else None


def _violations(told: pl.DataFrame) -> int | None:
    """Amazon's counters together; none when the report has none, which is not the same as zero."""
    counted = told.filter(pl.col("figure").is_in(list(COUNTERS)))["figure_count"].drop_nulls()
    return int(counted.sum()) if counted.len() else None


def _counts(found: pl.DataFrame, account: Account) -> dict[str, int | None]:
    if "notifications" not in account.provided:
        return dict.fromkeys(("unread", "read", "under_review", "open"))
    by = {name: found.filter(pl.col("standing") == name).height for name in ("UNREAD", "READ", "UNDER_REVIEW")}
    return {**{name.lower(): number for name, number in by.items()}, "open": found.height}


def _rating(
    state: State, account: Account, as_of: date, found: pl.DataFrame, told: pl.DataFrame
) -> dict[str, int | bool | None]:
    """Amazon's score where it gives one, else an estimate from orders and violations."""
    given = _one(told, RATING, "figure_rate")
    if isinstance(given, float):
        return {"rating": round(given), "is_estimate": False}
    if not {"notifications", "orders"} <= account.provided:
        return {"rating": None, "is_estimate": None}
    values = state.terms.values
    lots = _shipped(state, account, as_of) // values["rating_lot"]
    score = values["rating_start"] + values["rating_gain"] * lots - int(found["points"].sum())
    is_lost = CRITICAL in found["severity"]
    return {"rating": 0 if is_lost else min(max(score, 0), values["rating_most"]), "is_estimate": True}


def _shipped(state: State, account: Account, as_of: date) -> int:
    first = as_of - timedelta(days=state.terms.windows[0] - 1)
    here = pl.col("marketplace") == account.marketplace.code
    counted = here & pl.col("is_shipped") & pl.col("purchased_on").is_between(first, as_of)
    return int(facts.orders(account, as_of).filter(counted).select(pl.len()).collect(engine="streaming").item())


def _level(state: State, row: dict[str, object]) -> tuple[Level, Basis]:
    """The mark by the policy's rule, and how sure it is."""
    if state.terms.chosen["rule"] == "rating":
        return _by_rating(state, row)
    if row["account_status"] not in (None, NORMAL) or row["under_review"]:
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
