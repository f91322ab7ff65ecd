"""Which cells of an example change for each answer to an exercise, right or wrong, as (counted, out of)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl

from sellerhealth.definition.example import Example

Change = Callable[[Example], Example]
Proofs = dict[tuple[int, int], list[Change]]
"""The counts, and what must change for the evaluation to give them; the first are the right ones."""


def cell(table: str, *found: str, **values: str) -> Change:
    """New values in the one row that holds all the cells found."""

    def change(example: Example) -> Example:
        rows = example.rows(table)
        here = _one(rows, found)
        new = [pl.when(here).then(pl.lit(value)).otherwise(name).alias(name) for name, value in values.items()]
        return _with(example, table, rows.with_columns(new))

    return change


def without(table: str, *found: str) -> Change:
    """The one row that holds all the cells found is gone."""
    return lambda example: _with(example, table, (rows := example.rows(table)).filter(~_one(rows, found)))


def row(table: str, **values: str) -> Change:
    """A further row; the cells not named are empty."""
    return lambda example: _with(
        example,
        table,
        pl.concat([rows := example.rows(table), pl.DataFrame([dict.fromkeys(rows.columns, "") | values])]),
    )


def on(day: str) -> Change:
    """The same rows, looked at on another day."""
    return lambda example: replace(example, as_of=date.fromisoformat(day))


def _one(rows: pl.DataFrame, found: tuple[str, ...]) -> pl.Series:
    holds = rows.select(pl.all_horizontal(pl.any_horizontal(pl.all() == one) for one in found)).to_series()
    assert holds.sum() == 1, f"{found}: {holds.sum()} rows"
    return holds


def _with(example: Example, table: str, rows: pl.DataFrame) -> Example:
    lines = [" | ".join(rows.columns), *(" | ".join(cells) for cells in rows.iter_rows())]
    return replace(example, tables={**example.tables, table: "\n".join(lines)})


TOMORROW = on("2026-04-01")
KEPT = "2026-03-25"
"""A day that is in every short window of 1 April: a row that is thought to stay."""

PROOFS: dict[str, tuple[Proofs, Proofs]] = {
    "late_dispatch_rate": (
        {
            (2, 8): [cell("orders", "E", confirmed_at="2026-03-25", status="SHIPPED")],
            (3, 8): [],
            (2, 7): [without("orders", "E")],
        },
        {
            (2, 7): [TOMORROW],
            (3, 8): [],
            (2, 8): [TOMORROW, cell("orders", "K", ship_by_at=f"{KEPT} 23:59", confirmed_at=KEPT)],
            (3, 7): [TOMORROW, cell("orders", "F", ship_by_at="2026-03-29 23:59")],
        },
    ),
    "cancellation_rate": (
        {
            (1, 8): [cell("orders", "C", cancelled_by="BUYER")],
            (2, 8): [],
            (1, 7): [without("orders", "C")],
        },
        {
            (3, 8): [TOMORROW],
            (2, 8): [],
            (2, 7): [TOMORROW, without("orders", "J")],
            (3, 9): [TOMORROW, cell("orders", "A", purchased_at=KEPT)],
        },
    ),
    "contact_response_time": (
        {
            (5, 9): [cell("messages", "2", "SELLER", sent_at="2026-03-14 17:00")],
            (4, 9): [],
            (5, 8): [cell("messages", "2", "SELLER", sent_at="2026-03-14 17:00"), without("messages", "G")],
        },
        {
            (3, 9): [TOMORROW],
            (4, 9): [],
            (3, 8): [TOMORROW, without("messages", "H")],
            (4, 10): [
                TOMORROW,
                cell("messages", "A", sent_at="2026-03-03 09:00"),
                cell("messages", "1", "SELLER", sent_at="2026-03-03 15:00"),
            ],
        },
    ),
    "order_defect_rate": (
        {
            (5, 9): [without("feedback", "A")],
            (6, 9): [],
            (5, 8): [without("orders", "A"), without("feedback", "A")],
        },
        {
            (7, 9): [
                cell("feedback", "B", rating="1"),
                row("claims", order_id="B", claim_type="A_TO_Z", claim_status="GRANTED", funded_by="SELLER"),
            ],
            # As if the claim were another order's.
            (8, 9): [cell("feedback", "B", rating="1"), cell("claims", "D", claim_status="GRANTED")],
            (6, 9): [],
        },
    ),
    "perfect_order_percentage": (
        {
            (5, 10): [without("feedback", "C"), without("feedback", "D")],
            (6, 10): [without("feedback", "C"), without("feedback", "D"), without("claims", "D")],
            (4, 10): [],
            (5, 9): [
                without("feedback", "C"),
                without("feedback", "D"),
                without("claims", "D"),
                without("orders", "D"),
            ],
        },
        {
            (3, 10): [row("messages", thread_id="2", order_id="K", sender="BUYER", sent_at="2026-03-01 09:00")],
            (4, 10): [],
            (3, 9): [without("orders", "K")],
        },
    ),
    "seller_rating": (
        {
            (1240, 33): [cell("claims", "C", claim_status="DENIED")],
            (740, 33): [],
            (1340, 33): [cell("claims", "C", claim_status="DENIED"), cell("orders", "C", confirmed_at="2025-06-03")],
        },
        {
            (540, 31): [TOMORROW],
            (740, 33): [],
            # E keeps its weight; as much is left when it is G that is thought to stay.
            (640, 32): [TOMORROW, cell("orders", "E", purchased_at="2026-01-01")],
        },
    ),
    "feedback_rating": (
        {
            (5, 8): [cell("feedback", "E", removed_on="2026-03-31")],
            (5, 9): [],
            (6, 8): [cell("feedback", "E", removed_on="2026-03-31"), cell("feedback", "C", rating="4")],
        },
        {
            (4, 8): [TOMORROW],
            (5, 9): [],
            (4, 9): [TOMORROW, cell("feedback", "H", rated_on=KEPT, rating="3")],
        },
    ),
    "customer_service_rating": (
        {
            (70, 8): [row("surveys", thread_id="J", answered_at="2026-03-11 10:00", score="8")],
            (70, 9): [row("surveys", thread_id="M", answered_at="2026-03-11 10:00", score="8")],
            (62, 8): [],
        },
        {
            (67, 9): [cell("surveys", "H", answered_at="2026-03-29 11:00")],
            (62, 8): [],
            # H's points, as if J had given them.
            (67, 8): [cell("surveys", "J", score="5")],
        },
    ),
    "average_response_time": (
        {
            (153, 8): [cell("messages", "3", "SELLER", sent_at="2026-02-14 18:00")],
            (192, 8): [],
            # As many hours, over one message less: A's two hours are C's.
            (153, 7): [
                cell("messages", "3", "SELLER", sent_at="2026-02-14 20:00"),
                without("messages", "A"),
                without("messages", "1", "SELLER"),
            ],
        },
        {
            (217, 9): [cell("messages", "I", sent_at="2026-03-29 09:00")],
            (192, 8): [],
            # I's hours, as if C had waited for them too.
            (217, 8): [cell("messages", "3", "SELLER", sent_at="2026-02-17 10:00")],
            (193, 9): [
                cell("messages", "I", sent_at="2026-03-29 09:00"),
                cell("messages", "9", "SELLER", sent_at="2026-03-29 10:00"),
            ],
        },
    ),
    "first_contact_resolution_rate": (
        {
            (7, 10): [cell("messages", "E", "2026-03-17 12:00", sent_at="2026-03-17 13:00")],
            (6, 10): [],
            (6, 9): [
                without("messages", "E", "2026-03-17 12:00"),
                without("messages", "E", "SELLER"),
                without("messages", "E"),
            ],
        },
        {
            (7, 11): [on("2026-04-02")],
            (6, 10): [],
            # As if another of the ten had been solved.
            (7, 10): [cell("messages", "E", "2026-03-17 12:00", sent_at="2026-03-17 13:00")],
            (6, 11): [on("2026-04-02"), row("messages", thread_id="H", sender="BUYER", sent_at="2026-03-28 09:00")],
        },
    ),
    "valid_tracking_rate": (
        {
            (7, 8): [cell("tracking", "D", has_valid_tracking="yes")],
            (6, 8): [],
            (6, 7): [without("tracking", "D")],
        },
        {
            (5, 8): [TOMORROW],
            (6, 8): [],
            (5, 7): [TOMORROW, without("tracking", "H")],
            (6, 9): [TOMORROW, cell("tracking", "A", tracking_promised_on="2026-02-21")],
        },
    ),
    "on_time_delivery_rate": (
        {
            (10, 11): [cell("deliveries", "E", delivery_arrived_on="2026-03-16")],
            # One unit on time, as if it were E's.
            (9, 11): [cell("deliveries", "C", delivery_arrived_on="2026-03-15")],
            (8, 11): [],
            # E's two units take the place of A's one.
            (9, 10): [cell("deliveries", "E", delivery_arrived_on="2026-03-16"), without("deliveries", "A")],
        },
        {
            (8, 12): [cell("orders", "I", channel="MFN")],
            (8, 11): [],
            (9, 12): [cell("orders", "I", channel="MFN"), cell("deliveries", "I", delivery_arrived_on="2026-03-18")],
        },
    ),
}
"""For each metric, the proofs of its two exercises."""
