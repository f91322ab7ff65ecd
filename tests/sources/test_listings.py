"""All Listings and Open Listings: what is offered for sale."""

from pathlib import Path

import pytest

from tests.sources.folder import ALL_LISTINGS, LENIENT, OPEN_LISTINGS, alone, ledger, read, real, rejects, rows, text

COLUMNS = ("sku", "listed_on", "listed_units", "listing_channel", "listing_state")


def listing(sku: str = "MUG-1", **more: str) -> dict[str, str]:
    """The cells of a row of All Listings; underlines in names stand for dashes."""
    told = {
        "item-name": 'Mug, 12" tall',
        "seller-sku": sku,
        "price": "9.50",
        "quantity": "12",
        "open-date": "2025-01-07 07:35:42 PST",
        "pending-quantity": "1",
        "fulfillment-channel": "DEFAULT",
        "status": "Active",
    }
    return {**told, **{name.replace("_", "-"): cell for name, cell in more.items()}}


def every(*told: dict[str, str]) -> dict[str, str]:
    return {"all.tsv": text(ALL_LISTINGS, *told)}


def open_only(*cells: tuple[str, str]) -> dict[str, str]:
    told = [{"sku": sku, "asin": "B000000001", "price": "9.50", "quantity": units} for sku, units in cells]
    return {"open.tsv": text(OPEN_LISTINGS, *told)}


def test_the_whole_all_listings_report(tmp_path: Path):
    told = (
        listing(),
        listing("MUG-2", quantity="", fulfillment_channel="AMAZON_NA"),
        listing("MUG-3", quantity="0", status="Inactive"),
        listing("MUG-4", quantity="", status="Incomplete"),
    )
    account = read(tmp_path, every(*told))
    assert rows(account, "listings", *COLUMNS) == [
        ("MUG-1", None, 12, "MFN", "ACTIVE"),
        ("MUG-2", None, None, "AFN", "ACTIVE"),
        ("MUG-3", None, 0, "MFN", "INACTIVE"),
        ("MUG-4", None, None, "MFN", "INCOMPLETE"),
    ]
    assert ledger(account)["all.tsv"] == (4, 4, 0, 0, 0)
    assert {"listings", "listings.listed_units", "listings.listing_channel"} <= account.provided
    assert "listings.listed_on" not in account.provided
    assert account.last_day.isoformat() == "2026-03-01"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("DEFAULT", "MFN"),
        ("default", "MFN"),
        ("Merchant", "MFN"),
        ("AMAZON_NA", "AFN"),
        ("AMAZON_EU", "AFN"),
        ("amazon_jp", "AFN"),
        ("AFN", "AFN"),
        ("", None),
    ],
)
def test_who_ships(tmp_path: Path, theirs: str, ours: str | None):
    account = read(tmp_path, every(listing(fulfillment_channel=theirs)))
    assert rows(account, "listings", "listing_channel") == [(ours,)]


def test_the_whole_open_listings_report(tmp_path: Path):
    account = read(tmp_path, open_only(("MUG-1", "3"), ("MUG-2", "")))
    assert rows(account, "listings", *COLUMNS) == [
        ("MUG-1", None, 3, None, "ACTIVE"),
        ("MUG-2", None, None, None, "ACTIVE"),
    ]
    assert ledger(account)["open.tsv"] == (2, 2, 0, 0, 0)


def test_business_prices_beside_the_columns_that_are_read(tmp_path: Path):
    more = ["Business Price", "Quantity Price Type", "Quantity Lower Bound 1", "Quantity Price 1"]
    told = {"sku": "MUG-1", "asin": "B000000001", "price": "9.50", "quantity": "3", "Business Price": "9.00"}
    account = read(tmp_path, {"open.tsv": text([*OPEN_LISTINGS, *more], told)})
    assert rows(account, "listings", *COLUMNS) == [("MUG-1", None, 3, None, "ACTIVE")]
    assert ledger(account)["open.tsv"] == (1, 1, 0, 0, 0)


def test_the_channel_in_british_spelling(tmp_path: Path):
    header = [name.replace("fulfillment", "fulfilment") for name in ALL_LISTINGS]
    told = {name.replace("fulfillment", "fulfilment"): cell for name, cell in listing().items()}
    account = read(tmp_path, {"all.tsv": text(header, told)})
    assert rows(account, "listings", *COLUMNS) == [("MUG-1", None, 12, "MFN", "ACTIVE")]


def test_a_sku_in_both_reports_is_one_listing(tmp_path: Path):
    account = read(tmp_path, {**every(listing(quantity="2")), **open_only(("MUG-1", "3"), ("MUG-2", "4"))})
    assert rows(account, "listings", *COLUMNS) == [
        ("MUG-1", None, 2, "MFN", "ACTIVE"),
        ("MUG-2", None, 4, None, "ACTIVE"),
    ]
    assert (ledger(account)["all.tsv"], ledger(account)["open.tsv"]) == ((1, 1, 0, 0, 0), (2, 1, 0, 1, 0))


def test_orders_are_not_listings(tmp_path: Path):
    """All Orders has a sku, an asin and a quantity too."""
    account = read(tmp_path, {})
    assert account.ledger["layout"].to_list() == ["the All Orders report"]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"seller_sku": ""}, "seller-sku", "is empty"),
        ({"quantity": "many"}, "quantity", "is not a whole number"),
        ({"status": "Gone"}, "status", "is not one of the words known for this column: active, inactive, incomplete"),
        (
            {"fulfillment_channel": "PIGEON"},
            "fulfillment-channel",
            "is not one of the words known for this column: mfn, afn",
        ),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = read(tmp_path, every(listing(**cells), listing("MUG-2")), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "listings", "sku") == [("MUG-2",)]


def test_the_real_all_listings_row(tmp_path: Path):
    content = real("merchant_listings_all_data_US.tsv")
    assert content.decode().splitlines()[0].split("\t") == ALL_LISTINGS
    account = read(tmp_path, {"all.tsv": content})
    assert rows(account, "listings", *COLUMNS) == [("D-ABCDL-T01", None, None, "AFN", "ACTIVE")]


def test_the_real_open_listings_rows(tmp_path: Path):
    account = read(tmp_path, {"open.tsv": real("open_listings_data_US.tsv")})
    assert rows(account, "listings", "sku", "listed_units") == [("GY-8YTI-6CDC", 2), ("II-4545-W3B6", 3)]


@pytest.mark.parametrize(
    ("name", "label", "columns"),
    [
        ("merchant_listings_all_data_header_ja_cp932.tsv", "the All Listings report", {"channel", "state", "units"}),
        ("merchant_listings_all_data_header_zh.tsv", "the All Listings report", {"channel", "state", "units"}),
        ("open_listings_header_ja_cp932.tsv", "the Open Listings report", {"units", "state"}),
    ],
)
def test_the_real_headers_of_other_languages(tmp_path: Path, name: str, label: str, columns: set[str]):
    header = real(name).rstrip(b"\r\n") + b"\n"
    account = alone(tmp_path, {"listings.tsv": header}, 'marketplace = "JP"\n')
    assert account.ledger["layout"].to_list() == [label]
    told = {"channel": "listing_channel", "state": "listing_state", "units": "listed_units"}
    assert {column for column, ours in told.items() if f"listings.{ours}" in account.provided} == columns


def test_a_row_with_too_few_cells_is_rejected(tmp_path: Path):
    """A stray line end parts a row: what follows it must not stand in the place of the SKU."""
    header = "quantity\tprice\tsku\tnote\tasin\n"
    parted = f"{header}1\t9.50\tMUG-1\tnew\tB000000001\n1\t9.50\n\tMUG-2\tnew\tB000000002\n"
    account = read(tmp_path, {"open.tsv": parted}, LENIENT)
    assert rows(account, "listings", "sku") == [("MUG-1",)]
    reason = "has the wrong number of cells"
    assert rejects(account) == [(3, "", reason), (4, "", reason)]
