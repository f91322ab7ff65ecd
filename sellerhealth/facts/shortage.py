"""Whether the shelf was short for what was cancelled."""

from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.shelf import KEY, counts, latest_counts, latest_offers, offers


def with_shortage(lines: pl.DataFrame, account: Account, as_of: date) -> pl.DataFrame:
    """The lines with `is_short`: cancelled, and on the day bought fewer units on hand than listed, or none free.

    The count and the listing are the last ones up to that day, else the present ones. Units that left
    between the count and that day were not on hand any more. What was open on a day gone by is not
    known, so that of an old count every unit left passes for free.
    """
    cancelled = _with_the_present(lines.filter("is_cancelled"), lines, account, as_of)
    free = pl.coalesce("on_hand_then", pl.col("units_on_hand") - pl.col("open_units"))
    on_hand = pl.coalesce("on_hand_then", "units_on_hand")
    listed = pl.coalesce("listed_then", "listed_units")
    is_short = ((on_hand < listed).fill_null(value=False) | (free <= 0)).fill_null(value=False)
    judged = _with_the_past(cancelled, lines, account).with_columns(is_short=is_short)
    others = lines.filter(~pl.col("is_cancelled")).with_columns(is_short=pl.lit(value=False))
    return pl.concat([others, judged.select(*others.columns)])


def _with_the_present(cancelled: pl.DataFrame, lines: pl.DataFrame, account: Account, as_of: date) -> pl.DataFrame:
    open_units = lines.group_by(KEY).agg(pl.col("units").filter("is_open").sum().alias("open_units"))
    held = latest_counts(account, as_of).select(*KEY, "units_on_hand").collect()
    offered = latest_offers(account, as_of).select(*KEY, "listed_units").collect()
    for frame in (held, offered, open_units):
        cancelled = cancelled.join(frame, on=KEY, how="left")
    return cancelled


def _with_the_past(cancelled: pl.DataFrame, lines: pl.DataFrame, account: Account) -> pl.DataFrame:
    """With `on_hand_then` and `listed_then`, of the last count and listing up to the day bought."""
    gone = (
        lines.drop_nulls("left_on")
        .group_by(*KEY, "left_on")
        .agg(pl.col("units").sum())
        .sort("left_on")
        .select(*KEY, pl.col("left_on").alias("gone_on"), gone=pl.col("units").cum_sum().over(KEY))
    )
    counted = _last_before(counts(account).collect(), "counted_on", gone, "gone_on")
    # So many would stand there if none had ever left.
    held = counted.select(*KEY, "counted_on", kept=pl.col("units_on_hand") + pl.col("gone").fill_null(0))
    listed = offers(account).select(*KEY, "listed_on", listed_then="listed_units").collect()
    for daily, told_on in ((held, "counted_on"), (listed, "listed_on"), (gone, "gone_on")):
        cancelled = _last_before(cancelled, "purchased_on", daily, told_on)
    return cancelled.with_columns(on_hand_then=pl.col("kept") - pl.col("gone").fill_null(0))


def _last_before(rows: pl.DataFrame, day: str, daily: pl.DataFrame, told_on: str) -> pl.DataFrame:
    """Each row that has a day, with what was told last of its SKU up to that day."""
    told = daily.drop_nulls(told_on).sort(told_on)
    # Polars cannot see that a frame is sorted within its groups, and would warn.
    return (
        rows.drop_nulls(day)
        .sort(day)
        .join_asof(told, left_on=day, right_on=told_on, by=KEY, coalesce=True, check_sortedness=False)
    )
