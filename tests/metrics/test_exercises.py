"""Each exercise done: the example changed as its question says must give its answer."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest

from sellerhealth import METRICS, evaluate, policy
from sellerhealth.definition.example import Example

Changes = list[tuple[str, Mapping[str, str], Mapping[str, str]]]
GONE: Mapping[str, str] = {}
CHANGES: dict[str, Changes] = {
    # (the table, which row of it, what it says now; nothing: it is gone)
    "late_dispatch_rate": [("orders", {"order_id": "E"}, {"confirmed_at": "2026-03-25"})],
    "cancellation_rate": [("orders", {"order_id": "C"}, {"cancelled_by": "BUYER"})],
    "order_defect_rate": [("feedback", {"order_id": "A"}, GONE)],
    "contact_response_time": [
        ("messages", {"thread_id": "2", "sender": "SELLER"}, {"sent_at": "2026-03-14 17:00"}),
    ],
    "average_response_time": [
        ("messages", {"thread_id": "3", "sender": "SELLER"}, {"sent_at": "2026-02-14 18:00"}),
    ],
    "first_contact_resolution_rate": [
        ("messages", {"thread_id": "E", "sent_at": "2026-03-17 12:00"}, {"sent_at": "2026-03-17 13:00"}),
    ],
    "customer_service_rating": [("surveys", {"thread_id": "J"}, {"score": "8"})],
    "perfect_order_percentage": [("feedback", {"order_id": "C"}, GONE), ("feedback", {"order_id": "D"}, GONE)],
    "seller_rating": [("claims", {"order_id": "C"}, {"claim_status": "DENIED"})],
    "feedback_rating": [("feedback", {"order_id": "E"}, {"removed_on": "2026-03-31"})],
    "valid_tracking_rate": [("tracking", {"order_id": "D"}, {"has_valid_tracking": "yes"})],
    "on_time_delivery_rate": [("deliveries", {"order_id": "E"}, {"delivery_arrived_on": "2026-03-16"})],
}


@pytest.mark.parametrize("name", METRICS)
def test_the_answer_is_what_comes_out(name: str):
    definition = METRICS[name]
    (exercise,) = definition.exercises
    example = definition.example
    for table, which, now in CHANGES[name]:
        example = _changed(example, table, which, now)
    found = evaluate(policy("handbook")[name], example.account(), example.as_of).row(0, named=True)
    assert Fraction(found["numerator"], found["denominator"]) / definition.unit.per == exercise.answer
    assert found["value"] == pytest.approx(float(exercise.answer))


def _changed(example: Example, table: str, which: Mapping[str, str], now: Mapping[str, str]) -> Example:
    rows = example.rows(table)
    is_it = pl.all_horizontal(pl.col(column) == value for column, value in which.items())
    assert rows.filter(is_it).height == 1
    if now is GONE:
        rows = rows.filter(~is_it)
    rows = rows.with_columns(
        pl.when(is_it).then(pl.lit(value)).otherwise(pl.col(name)).alias(name) for name, value in now.items()
    )
    text = "\n".join(" | ".join(line) for line in (rows.columns, *rows.rows()))
    return replace(example, tables={**example.tables, table: text})
