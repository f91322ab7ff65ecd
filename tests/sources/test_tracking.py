"""The valid tracking download of Account Health, in its two forms."""

from pathlib import Path

import pytest

from tests.sources.folder import (
    ID,
    ID_2,
    LENIENT,
    NO_VALID_TRACKING,
    VALID_TRACKING,
    ledger,
    read,
    refusal,
    rejects,
    rows,
    text,
)


def package(order_id: str = ID, **more: str) -> dict[str, str]:
    """The cells of a row; underlines in names stand for spaces."""
    told = {
        "Order ID": order_id,
        "Tracking ID": "P-1",
        "Promised Delivery Date": "2026-03-09",
        "Carrier Name": "UPS",
        "Product Category": "Home",
    }
    return {**told, **{name.replace("_", " "): cell for name, cell in more.items()}}


def valid(*told: dict[str, str]) -> dict[str, str]:
    return {"valid.csv": text(VALID_TRACKING, *told, delimiter=",")}


def marked(*told: dict[str, str]) -> dict[str, str]:
    return {"marked.csv": text(NO_VALID_TRACKING, *told, delimiter=",")}


def test_the_form_that_says_yes_or_no(tmp_path: Path):
    told = (package(Valid_Tracking="Yes"), package(Tracking_ID="", Valid_Tracking="No"))
    account = read(tmp_path, valid(*told))
    assert rows(account, "tracking") == [
        ("shop", ID, "P-1", "2026-03-09", "UPS", "Home", True),
        ("shop", ID, None, "2026-03-09", "UPS", "Home", False),
    ]
    assert ledger(account)["valid.csv"] == (2, 2, 0, 0, 0)
    assert {"tracking", "tracking.has_valid_tracking", "tracking.product_category"} <= account.provided


@pytest.mark.parametrize(
    ("cell", "is_valid"),
    [("X", False), ("x", False), ("Yes", False), ("1", False), ("", True), (" ", True), ("No", True), ("0", True)],
)
def test_the_form_that_marks_what_is_not_valid(tmp_path: Path, cell: str, is_valid: bool):
    account = read(tmp_path, marked(package(No_Valid_Tracking=cell)))
    assert rows(account, "tracking", "has_valid_tracking") == [(is_valid,)]


def test_a_package_in_both_forms_is_one_and_a_scan_is_not_taken_back(tmp_path: Path):
    files = {
        **marked(package(No_Valid_Tracking="X"), package(ID_2)),
        **valid(package(Valid_Tracking="Yes"), package(ID_2, Valid_Tracking="Yes")),
    }
    account = read(tmp_path, files)
    assert rows(account, "tracking", "order_id", "has_valid_tracking") == [(ID, True), (ID_2, True)]
    assert (ledger(account)["marked.csv"], ledger(account)["valid.csv"]) == ((2, 1, 0, 1, 0), (2, 1, 1, 0, 0))


@pytest.mark.parametrize(
    ("code", "written"), [("US", "3/9/2026"), ("US", "9-Mar-2026"), ("GB", "9/3/2026"), ("DE", "9.3.2026")]
)
def test_days_are_written_as_in_other_downloads(tmp_path: Path, code: str, written: str):
    account = read(tmp_path, marked(package(Promised_Delivery_Date=written)), f'marketplace = "{code}"\n')
    assert rows(account, "tracking", "tracking_promised_on") == [("2026-03-09",)]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Order_ID": "none"}, "Order ID", "is not an order id such as 123-1234567-1234567"),
        ({"Promised_Delivery_Date": ""}, "Promised Delivery Date", "is empty"),
        (
            {"Promised_Delivery_Date": "soon"},
            "Promised Delivery Date",
            "is not a date as this report writes it on this marketplace",
        ),
        ({"No_Valid_Tracking": "maybe"}, "No Valid Tracking", "is not an X, yes, no or blank"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = read(tmp_path, marked(package(**cells), package(ID_2)), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "tracking", "order_id") == [(ID_2,)]


@pytest.mark.parametrize(("cell", "reason"), [("", "is empty"), ("maybe", "is not yes or no")])
def test_the_form_that_says_yes_or_no_must_say_it(tmp_path: Path, cell: str, reason: str):
    account = read(tmp_path, valid(package(Valid_Tracking=cell)), LENIENT)
    assert rejects(account) == [(2, "Valid Tracking", reason)]


def test_the_column_as_amazons_help_names_it_in_europe(tmp_path: Path):
    header = ["Has Valid Tracking Number" if name == "Valid Tracking" else name for name in VALID_TRACKING]
    told = {**package(), "Has Valid Tracking Number": "No"}
    account = read(tmp_path, {"valid.csv": text(header, told, delimiter=",")})
    assert rows(account, "tracking", "package_id", "has_valid_tracking") == [("P-1", False)]


def test_columns_of_criteria_beside_it_are_not_read(tmp_path: Path):
    """Thirteen columns in Amazon's own order; of the four in the middle only one is known by name."""
    criteria = ["Shipped Late", "No Valid Tracking", "Delivered Late", "Unknown Criterion"]
    header = [*VALID_TRACKING[:6], "Ship Option", *criteria, "Package Value", "Product Category"]
    told = [
        {**package(), "Shipped Late": "X", "Package Value": "9.90"},
        {**package(ID_2), "No Valid Tracking": "X", "Unknown Criterion": "X"},
    ]
    account = read(tmp_path, {"tracking.csv": text(header, *told, delimiter=",")})
    assert rows(account, "tracking", "order_id", "has_valid_tracking") == [(ID, True), (ID_2, False)]


def test_criteria_without_a_known_name_are_refused(tmp_path: Path):
    header = [*VALID_TRACKING[:6], "Ship Option", "One", "Two", "Three", "Four", "Package Value", "Product Category"]
    error = refusal(tmp_path, {"tracking.csv": text(header, package(), delimiter=",")})
    assert error.column == "Valid Tracking"
    assert "the valid tracking download of Account Health" in error.what_to_do


def test_a_package_of_an_order_in_no_file_counts_and_is_no_stranger(tmp_path: Path):
    account = read(tmp_path, marked(package(), package(ID_2), package(ID_2, Tracking_ID="P-2")))
    assert not account.strangers
