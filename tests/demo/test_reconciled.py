"""Amazon's figures of the demo account beside its own files: every difference is one that the story put there."""

from datetime import date

import polars as pl
import pytest

from sellerhealth import demo, open_account, policy
from sellerhealth.measure.reconcile.steps import reconcile
from sellerhealth.show.reconciled import sentences

SUNDAYS = (date(2026, 10, 25), date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15))
COUNTED = (
    "late_dispatch_rate",
    "cancellation_rate",
    "order_defect_rate",
    "valid_tracking_rate",
    "on_time_delivery_rate",
)


@pytest.fixture(scope="module")
def us(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    demo.write(data)
    return open_account(data, "demo-us")


def steps(us, name, day, rules="amazon-2026"):
    found = reconcile(policy(rules)[name], us, day).filter(pl.col("cause") != "WINDOW")
    return found.select("channel", "cause", "option", "numerator", "denominator").rows()


@pytest.mark.parametrize("day", SUNDAYS)
def test_by_amazons_rules_only_its_days_and_what_is_unsure_differ(us, day):
    late = {date(2026, 10, 25): (0, 14), date(2026, 11, 1): (0, 17), date(2026, 11, 8): (0, 11)}.get(day, (1, 9))
    found = {name: steps(us, name, day) for name in COUNTED}
    expected = {name: [] for name in COUNTED}
    expected["late_dispatch_rate"] = [("MFN", "DATE", "ship_by_utc", *late)]
    if day == SUNDAYS[2]:
        expected["cancellation_rate"] = [("MFN", "UNSURE", None, -1, 0)]
    if day == SUNDAYS[3]:
        # The claim of 30 October is not decided.
        expected["order_defect_rate"] = [("MFN", "CHOICE", "decided_only", -1, 0)]
    assert found == expected


def test_by_the_handbook_each_difference_has_its_rule(us):
    found = {name: steps(us, name, SUNDAYS[3], "handbook") for name in COUNTED}
    assert found == {
        "late_dispatch_rate": [("MFN", "CHOICE", "first_moment", 5, 0), ("MFN", "DATE", "ship_by_utc", 1, 9)],
        "cancellation_rate": [("MFN", "CANCELLED", "any_item", 1, 0)],
        "order_defect_rate": [("MFN", "DATE", "purchase_utc", 0, 1), ("MFN", "CHOICE", "decided_only", -2, 0)],
        "valid_tracking_rate": [],
        "on_time_delivery_rate": [],
    }


def test_as_it_reads(us):
    found = reconcile(policy("handbook")["late_dispatch_rate"], us, SUNDAYS[3])
    assert " ".join(sentences(found)) == (
        "Over the same days your files give 5.3 % (18 of 339). The difference: Amazon calls an order late from the "
        "first moment (5 late orders more); Amazon goes by the ship-by day in UTC (9 orders more, 1 late order more). "
        "Your files lack nothing: Amazon counts by another rule."
    )
