"""Whose the defects were, in sentences."""

import polars as pl
import pytest

from sellerhealth.measure.causes.whose import untold, whose
from sellerhealth.show.whose import BECAUSE, WHOSE, whose_card
from tests.metrics.edges import account
from tests.show.figures import NAMES, example, metric
from tests.show.markup import is_twin


def told(*defects: tuple[str, str], name: str = "order_defect_rate", **more: list[int]) -> str:
    found = pl.DataFrame({"whose": [one for one, _ in defects], "because": [why for _, why in defects], **more})
    card = whose_card(found, metric(name), untold(account(without=("deliveries", "orders.delivered_at"))))
    assert is_twin(card)
    return card.text


OURS, CARRIERS, NOBODYS = ("SELLER", "confirmed_late"), ("CARRIER", "delivered_late"), ("NOBODY", "neither_late")


@pytest.mark.parametrize(
    ("defects", "lines"),
    [
        ([OURS], ["Ours: 1 of 1 defective order, confirmed late."]),
        (
            [OURS, OURS, ("SELLER", "confirmed_late_only")],
            ["Ours: 3 of 3 defective orders, 2 confirmed late and 1 handed over in time but confirmed late."],
        ),
        (
            [NOBODYS, NOBODYS, OURS],
            [
                "Nobody was late: 2 of 3 defective orders, sent and delivered in time. Look at the product and its listing.",
                "Ours: 1 of 3 defective orders, confirmed late.",
            ],
        ),
        (
            [("UNKNOWN", "delivery_unknown"), ("UNKNOWN", "delivery_unknown"), ("AMAZON", "shipped_by_amazon")],
            [
                "Amazon's: 1 of 3 defective orders, shipped by Amazon.",
                "Not told: 2 of 3 defective orders, without a known day of delivery.",
                (
                    "No file says when orders were delivered. "
                    "Add the on-time delivery download (Performance, Account Health, On-Time Delivery Rate)."
                ),
            ],
        ),
    ],
)
def test_in_words(defects: list[tuple[str, str]], lines: list[str]):
    assert told(*defects).splitlines() == lines


def test_units_are_counted_not_rows():
    assert told(CARRIERS, OURS, name="on_time_delivery_rate", units=[3, 1]).splitlines() == [
        (
            "The carrier's: 3 of 4 late units, sent in time and delivered late, or not there yet. "
            "Set a longer transit time for the carrier, or take another."
        ),
        "Ours: 1 of 4 late units, confirmed late.",
    ]


def test_no_defect_no_word():
    one = metric()
    assert whose_card(whose(one, account(), example(one)[1]), one, []).text == ""


@pytest.mark.parametrize("name", NAMES)
def test_every_metric(name: str):
    one, (seller, as_of) = metric(name), example(metric(name))
    found = whose(one, seller, as_of)
    assert set(found["whose"]) <= set(WHOSE)
    assert set(found["because"]) <= set(BECAUSE)
    assert is_twin(whose_card(found, one, untold(seller)))
