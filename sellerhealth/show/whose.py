"""Whose doing the defects were, in sentences that say what to do."""

from collections.abc import Sequence

import polars as pl

from sellerhealth.definition.metric import Metric, Need
from sellerhealth.measure.causes.whose import Whose
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs

WHOSE = {
    Whose.SELLER: "Ours",
    Whose.CARRIER: "The carrier's",
    Whose.AMAZON: "Amazon's",
    Whose.NOBODY: "Nobody was late",
    Whose.UNKNOWN: "Not told",
}
BECAUSE = {
    "shipped_by_amazon": "shipped by Amazon",
    "paid_by_amazon": "with a claim that Amazon paid",
    "cancelled": "cancelled by us",
    "never_confirmed": "cancelled by Amazon, because shipment was never confirmed",
    "cancelled_by_buyer": "cancelled by the buyer",
    "cancelled_by_unknown": "cancelled, by whom no file says",
    "handed_over_late": "handed over late",
    "confirmed_late_only": "handed over in time but confirmed late",
    "confirmed_late": "confirmed late",
    "not_confirmed": "overdue and not confirmed yet",
    "delivered_late": "sent in time and delivered late, or not there yet",
    "dispatch_unknown": "without a known day of dispatch",
    "delivery_unknown": "without a known day of delivery",
    "neither_late": "sent and delivered in time",
}
TO_DO = {
    "confirmed_late_only": "Confirm when the parcel leaves: the parcel was in time.",
    "delivered_late": "Set a longer transit time for the carrier, or take another.",
    "neither_late": "Look at the product and its listing.",
}
"""What to do about the largest part, where that is not plain."""


def whose_card(found: pl.DataFrame, metric: Metric, untold: Sequence[Need]) -> Card:
    """Of all defects how many were whose, the most first, and which file would tell of the others.

    Nothing where there is no defect, or the metric is not about orders that were sent.
    """
    if found.is_empty():
        return paragraphs([])
    amount = pl.col("units").sum() if "units" in found.columns else pl.len()
    counted = found.group_by("whose", "because").agg(amount.cast(pl.Int64).alias("number"))
    ranked = counted.sort("number", "because", descending=[True, False])
    groups = ranked.group_by("whose", maintain_order=True).agg("because", "number", pl.col("number").sum().alias("all"))
    ordered = groups.sort(pl.col("whose") == Whose.UNKNOWN, "all", descending=[False, True], maintain_order=True)
    told = [_told(row, words.number_of(found), metric) for row in ordered.iter_rows(named=True)]
    is_untold = Whose.UNKNOWN in ordered["whose"].to_list()
    return paragraphs([*told, *(f"{need.reason} {need.remedy}" for need in untold if is_untold)])


def _told(row: words.Row, total: int, metric: Metric) -> str:
    defect = metric.definition.defect[0 if total == 1 else 1]
    each = list(zip(row["because"], row["number"], strict=True))
    parts = [f"{number:,} {BECAUSE[name]}" for name, number in each] if len(each) > 1 else [BECAUSE[each[0][0]]]
    does = TO_DO.get(each[0][0], "")
    return f"{WHOSE[row['whose']]}: {row['all']:,} of {total:,} {defect}, {numbers.listed(parts)}. {does}".strip()
