"""The twelve rows of an example: what becomes of each, as one would write it down."""

import polars as pl
import pytest

from sellerhealth import METRICS, exclusions, policy
from sellerhealth.definition import policy as policies
from sellerhealth.learn.worked import ABSENT, AFTER, APART, BEFORE, COUNTED, LEFT_OUT, worked

UNDER = [pytest.param(policy(name)[metric], id=f"{metric}-{name}") for name in policies.names() for metric in METRICS]
BY_HAND = {
    # per row: its place, and what it adds of what it weighs
    ("late_dispatch_rate", "handbook"): {
        "A": (COUNTED, 0, 1), "B": (COUNTED, 0, 1), "C": (COUNTED, 0, 1), "D": (COUNTED, 1, 1), "E": (COUNTED, 1, 1),
        "F": (COUNTED, 0, 1), "G": (COUNTED, 0, 1), "H": (LEFT_OUT, 0, 0), "I": (LEFT_OUT, 0, 0), "J": (BEFORE, 0, 0),
        "K": (COUNTED, 1, 1), "L": (LEFT_OUT, 0, 0),
    },
    ("order_defect_rate", "amazon-2026"): {
        "A": (COUNTED, 1, 1), "B": (COUNTED, 0, 1), "C": (COUNTED, 1, 1), "D": (COUNTED, 0, 1), "E": (COUNTED, 1, 1),
        "F": (COUNTED, 1, 1), "G": (COUNTED, 1, 1), "H": (APART, 0, 0), "I": (COUNTED, 0, 1), "J": (AFTER, 0, 0),
        "K": (COUNTED, 0, 1), "L": (AFTER, 0, 0),
    },
    ("seller_rating", "handbook"): {
        "A": (COUNTED, 400, 4), "B": (COUNTED, 0, 4), "C": (COUNTED, -500, 1), "D": (COUNTED, -400, 4),
        "E": (COUNTED, 400, 4), "F": (COUNTED, 300, 3), "G": (COUNTED, 100, 1), "H": (BEFORE, 0, 0),
        "I": (COUNTED, 440, 4), "J": (COUNTED, -400, 4), "K": (LEFT_OUT, 0, 0), "L": (COUNTED, 400, 4),
    },
    ("average_response_time", "handbook"): {
        "A": (COUNTED, 7200, 1), "B": (BEFORE, 0, 0), "C": (COUNTED, 226800, 1), "D": (COUNTED, 86400, 1),
        "E": (LEFT_OUT, 0, 0), "F": (COUNTED, 172800, 1), "G": (LEFT_OUT, 0, 0), "H": (COUNTED, 3600, 1),
        "I": (AFTER, 0, 0), "J": (COUNTED, 97200, 1), "K": (COUNTED, 14400, 1), "L": (COUNTED, 82800, 1),
    },
    ("valid_tracking_rate", "handbook"): {
        "A": (COUNTED, 1, 1), "B": (BEFORE, 0, 0), "C": (COUNTED, 1, 1), "D": (COUNTED, 0, 1), "E1": (COUNTED, 1, 1),
        "E2": (COUNTED, 0, 1), "G": (COUNTED, 1, 1), "H": (AFTER, 0, 0), "I": (LEFT_OUT, 0, 0), "J": (LEFT_OUT, 0, 0),
        "K": (COUNTED, 1, 1), "L": (COUNTED, 1, 1),
    },
    ("on_time_delivery_rate", "handbook"): {
        "A": (COUNTED, 1, 1), "B": (BEFORE, 0, 0), "C": (COUNTED, 0, 1), "D": (COUNTED, 3, 3), "E": (COUNTED, 0, 2),
        "F": (COUNTED, 1, 1), "G": (COUNTED, 1, 1), "H": (AFTER, 0, 0), "I": (LEFT_OUT, 0, 0), "J": (LEFT_OUT, 0, 0),
        "K": (COUNTED, 1, 1), "L": (COUNTED, 1, 1),
    },
    ("customer_service_rating", "amazon-2026"): {
        "A": (BEFORE, 0, 0), "B": (BEFORE, 0, 0), "C": (BEFORE, 0, 0), "D": (COUNTED, 10, 1), "E1": (ABSENT, 0, 0),
        "E2": (COUNTED, 7, 1), "G": (COUNTED, 10, 1), "H": (AFTER, 0, 0), "I": (ABSENT, 0, 0), "J": (COUNTED, 0, 1),
        "K": (COUNTED, 8, 1), "L": (COUNTED, 10, 1),
    },
}  # fmt: skip


@pytest.mark.parametrize(("name", "under"), BY_HAND, ids=lambda word: word)
def test_every_row_has_its_place(name, under):
    found = worked(policy(under)[name]).select("row", "place", "adds", "weighs").rows()
    assert {row: rest for row, *rest in found} == {row: list(rest) for row, rest in BY_HAND[name, under].items()}


@pytest.mark.parametrize("metric", UNDER)
def test_they_add_up_to_what_was_counted_by_hand(metric):
    found = worked(metric)
    assert found.height == 12
    assert found.select(pl.col("adds", "weighs").sum()).row(0) == metric.definition.example.expected[metric.policy]
    assert found.filter(~pl.col("is_counted") & ((pl.col("weighs") > 0) | pl.col("is_defect"))).is_empty()
    assert found.filter(pl.col("is_counted") == (pl.col("reason") != "")).is_empty()


@pytest.mark.parametrize("metric", UNDER)
def test_what_is_left_out_is_so_for_the_reasons_of_every_account(metric):
    """As the table of exclusions counts them: of those that are there, by units, both channels together."""
    example = metric.definition.example
    whole = {row["reason"]: row["rows"] for row in exclusions(metric, example.account(), example.as_of).to_dicts()}
    found = worked(metric)
    for reason in metric.definition.exclusions:
        assert found.filter(pl.col("reason") == reason).height == whole.get(reason, 0)
    assert found.filter(pl.col("place") == BEFORE).height == whole.get("Before the window", 0)
    assert found.filter(pl.col("place") == AFTER).height == whole.get("After the window", 0)


def test_the_reason_names_the_day():
    found = worked(policy("handbook")["late_dispatch_rate"])
    assert found.filter(row="J")["reason"].item() == "1 Mar 2026: before the window"
    assert found.filter(row="H")["reason"].item() == "Shipped by Amazon"
    apart = worked(policy("handbook")["order_defect_rate"]).filter(row="H")
    assert apart["reason"].item() == "shipped by Amazon: counted apart"
