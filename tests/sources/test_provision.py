"""What files provide: a list of some orders, or of defects only, is not taken for the whole."""

from pathlib import Path

import pytest

from sellerhealth.definition.metric import Basis
from sellerhealth.definition.tables import EVERY_UNSHIPPED
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.judge import missing
from sellerhealth.metrics import policy
from tests.sources.folder import (
    ALL_ORDERS,
    FEEDBACK,
    ID,
    ID_2,
    ID_3,
    LENIENT,
    UNSHIPPED,
    VALID_TRACKING,
    alone,
    order,
    read,
    rows,
    text,
)
from tests.sources.test_cancellation_download import file as cancelled
from tests.sources.test_deliveries import delivery
from tests.sources.test_deliveries import file as deliveries
from tests.sources.test_tracking import package
from tests.sources.test_unshipped import waiting

PACKAGES, UNITS = "tracking.every_package", "deliveries.every_unit"


@pytest.mark.parametrize("name", ["order_defect_rate", "late_dispatch_rate", "cancellation_rate"])
def test_the_unshipped_report_alone_gives_no_rate(tmp_path: Path, name: str):
    """It lists what waited: orders shipped the same day are on none, so every rate of it would be too high."""
    rated = {"Date": "3/4/26", "Rating": "1", "Order ID": waiting()["order-id"]}
    account = alone(tmp_path, {"u.txt": text(UNSHIPPED, waiting()), "f.txt": text(FEEDBACK, rated)})
    result = evaluate(policy("handbook")[name], account, account.last_day)
    assert set(result["basis"]) == {Basis.NOT_COMPUTABLE}


def test_a_report_that_lost_a_row_need_not_hold_every_order(tmp_path: Path):
    """The order of the lost row is listed, though no row of ours says so."""
    whole, broken = waiting(), waiting("222-2222222-2222222", days_past_promise="soon")
    lost = alone(tmp_path / "1", {"a.txt": text(UNSHIPPED, whole), "b.txt": text(UNSHIPPED, whole, broken)}, LENIENT)
    assert "unshipped" in lost.provided
    assert EVERY_UNSHIPPED not in lost.provided
    others = alone(
        tmp_path / "2", {"a.txt": text(UNSHIPPED, whole), "all.tsv": text(ALL_ORDERS, order(sku=""))}, LENIENT
    )
    assert others.rejects.height == 1
    assert EVERY_UNSHIPPED in others.provided


def test_a_list_that_lost_a_row_covers_no_day(tmp_path: Path):
    whole = cancelled(f"2026-03-01,{ID},Yes", f"2026-03-04,{ID_2},Yes")
    lost = cancelled(f"2026-03-08,{ID},Yes", f"2026-03-09,{ID_2},Yes", f"2026-03-09,{ID_3},perhaps", name="b.csv")
    account = read(tmp_path, {**whole, **lost}, LENIENT)
    assert account.rejects.height == 1
    covered = rows(account, "coverage", "covers_from", "covers_to")
    assert covered == [("2026-03-01", "2026-03-04")]


def test_the_day_of_an_unshipped_report_is_a_day_the_files_speak_of(tmp_path: Path):
    """Promised on 3 March, two days past: the report is of 5 March."""
    account = alone(tmp_path, {"u.txt": text(UNSHIPPED, waiting(days_past_promise="2"))})
    assert account.last_day.isoformat() == "2026-03-05"


def test_a_list_of_ones_own_need_not_name_every_unshipped_order(tmp_path: Path):
    toml = """marketplace = "US"
[[source]]
files = "mine.csv"
table = "unshipped"
[source.columns]
order_id = "order"
promise_on = "promise"
days_past_promise = "days"
"""
    mine = "order,promise,days\n111-1111111-1111111,2026-03-03,-1\n"
    assert "unshipped.every_order" not in alone(tmp_path / "1", {"mine.csv": mine}, toml).provided
    both = {"mine.csv": mine, "u.txt": text(UNSHIPPED, waiting())}
    assert "unshipped.every_order" not in alone(tmp_path / "2", both, toml).provided
    assert "unshipped.every_order" in alone(tmp_path / "3", {"u.txt": both["u.txt"]}).provided


@pytest.mark.parametrize(
    ("verdicts", "provided"), [(["yes", "no"], True), (["no", "no"], False), ([""], False), ([], False)]
)
def test_a_list_without_a_valid_package_may_hold_defects_only(tmp_path: Path, verdicts: list[str], provided: bool):
    told = [package(Tracking_ID=f"P-{place}", Valid_Tracking=word) for place, word in enumerate(verdicts)]
    account = read(
        tmp_path,
        {"valid.csv": text(VALID_TRACKING, *told, delimiter=",")},
        'marketplace = "US"\nmax_reject = 1\n',
    )
    assert (PACKAGES in account.provided) is provided
    needs = missing(policy("handbook")["valid_tracking_rate"], account)
    assert [need.any_of for need in needs] == ([] if provided else [(PACKAGES,)])


@pytest.mark.parametrize(("arrived", "provided"), [("2026-03-09", True), ("2026-03-10", False), ("", False)])
def test_a_list_without_anything_on_time_may_hold_defects_only(tmp_path: Path, arrived: str, provided: bool):
    account = read(tmp_path, deliveries(delivery(Actual_Delivery_Date=arrived)))
    assert (UNITS in account.provided) is provided
    needs = missing(policy("handbook")["on_time_delivery_rate"], account)
    assert [need.any_of for need in needs] == ([] if provided else [(UNITS, "orders.delivered_at")])
