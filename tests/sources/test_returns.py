"""The returns report: 32 columns and later 33, of which five are read."""

from pathlib import Path

import pytest

from tests.sources.folder import ID, ID_2, LENIENT, RETURNS, ledger, read, real, rejects, rows, text


def sent_back(order_id: str = ID, **more: str) -> dict[str, str]:
    """The cells of a row; underlines in names stand for spaces. A blank is a single space."""
    told = {
        **dict.fromkeys(RETURNS, " "),
        "Order ID": order_id,
        "Order date": "01-Mar-2026",
        "Return request date": "05-Mar-2026",
        "Merchant SKU": "MUG-1",
        "Label cost": "4.14",
        "A-to-Z Claim": "N",
        "Order Amount": "21.38",
    }
    return {**told, **{name.replace("_", " "): cell for name, cell in more.items()}}


def file(*told: dict[str, str]) -> dict[str, str]:
    return {"returns.tsv": text(RETURNS, *told)}


def test_the_whole_report(tmp_path: Path):
    told = (
        sent_back(Refunded_Amount="21.38"),
        {**sent_back(Merchant_SKU="MUG-2"), "A-to-Z Claim": "Y"},
        {**sent_back(ID_2, Refunded_Amount="0"), "A-to-Z Claim": " "},
    )
    account = read(tmp_path, file(*told))
    assert rows(account, "returns") == [
        ("shop", ID, "MUG-1", "2026-03-05", 21.38, False),
        ("shop", ID, "MUG-2", "2026-03-05", None, True),
        ("shop", ID_2, "MUG-1", "2026-03-05", 0.0, None),
    ]
    assert ledger(account)["returns.tsv"] == (3, 3, 0, 0, 0)
    assert {"returns", "returns.refunded", "returns.returned_on", "returns.return_has_claim"} <= account.provided
    assert account.strangers == {"returns": 1}
    assert account.last_day.isoformat() == "2026-03-05"


def test_rows_may_end_before_the_refund(tmp_path: Path):
    header, row = file(sent_back())["returns.tsv"].splitlines()
    short = "\t".join(row.split("\t")[:27])
    account = read(tmp_path, {"returns.tsv": f"{header}\n{short}\n"})
    assert rows(account, "returns", "order_id", "refunded") == [(ID, None)]


def test_a_row_that_has_lost_a_tab_before_its_sku_is_no_row_of_another_product(tmp_path: Path):
    told = sent_back(Item_Name="Mug", Return_quantity="1", Return_Reason="CR-DEFECTIVE")
    whole = file(told)["returns.tsv"]
    account = read(tmp_path, {"returns.tsv": whole.replace("\tMUG-1\t", "MUG-1\t")}, LENIENT)
    assert rejects(account) == [(2, "Return quantity", "is not a whole number")]
    assert rows(account, "returns") == []


def test_a_refund_told_later_completes_the_return(tmp_path: Path):
    files = {"a.tsv": file(sent_back(Refunded_Amount="9.5"))["returns.tsv"], "b.tsv": file(sent_back())["returns.tsv"]}
    account = read(tmp_path, files)
    assert rows(account, "returns", "refunded") == [(9.5,)]
    assert (ledger(account)["a.tsv"], ledger(account)["b.tsv"]) == ((1, 1, 0, 0, 0), (1, 0, 0, 1, 0))


def test_a_claim_told_later_completes_the_return(tmp_path: Path):
    claimed = {**sent_back(), "A-to-Z Claim": "Y"}
    files = {"a.tsv": file(claimed)["returns.tsv"], "b.tsv": file(sent_back())["returns.tsv"]}
    account = read(tmp_path, files)
    assert rows(account, "returns", "return_has_claim") == [(True,)]
    assert (ledger(account)["a.tsv"], ledger(account)["b.tsv"]) == ((1, 1, 0, 0, 0), (1, 0, 0, 1, 0))


def test_the_newer_layout_ends_with_a_category(tmp_path: Path):
    told = {**sent_back(Refunded_Amount="9.5"), "Category": "Kitchen"}
    account = read(tmp_path, {"returns.tsv": text([*RETURNS, "Category"], told)})
    assert rows(account, "returns") == [("shop", ID, "MUG-1", "2026-03-05", 9.5, False)]


def test_a_report_without_the_refund_column_says_nothing_of_refunds(tmp_path: Path):
    account = read(tmp_path, {"returns.tsv": text(RETURNS[:-1], {name: sent_back()[name] for name in RETURNS[:-1]})})
    assert rows(account, "returns", "refunded") == [(None,)]
    assert "returns.refunded" not in account.provided


@pytest.mark.parametrize(
    ("code", "written"), [("US", "5-Mar-2026"), ("US", "2026-03-05"), ("US", "3/5/2026"), ("GB", "5/3/2026")]
)
def test_the_ways_a_day_is_written(tmp_path: Path, code: str, written: str):
    account = read(tmp_path, file(sent_back(Return_request_date=written)), f'marketplace = "{code}"\n')
    assert rows(account, "returns", "returned_on") == [("2026-03-05",)]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Order_ID": "9"}, "Order ID", "is not an order id such as 123-1234567-1234567"),
        ({"A-to-Z Claim": "maybe"}, "A-to-Z Claim", "is not yes or no"),
        ({"Merchant_SKU": " "}, "Merchant SKU", "is empty"),
        ({"Return_quantity": "CR-DEFECTIVE"}, "Return quantity", "is not a whole number"),
        ({"Return_request_date": " "}, "Return request date", "is empty"),
        (
            {"Return_request_date": "5. Lenz 2026"},
            "Return request date",
            "is not a date as this report writes it on this marketplace",
        ),
        ({"Refunded_Amount": "-1.00"}, "Refunded Amount", "is smaller or earlier than possible"),
        *[
            ({"Refunded_Amount": cell}, "Refunded Amount", "is not a plain number such as 12.50")
            for cell in ("1,50", "1.234,50", "$5", "1e3", "NaN", "inf", ".5", "5.", "9" * 20)
        ],
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = read(tmp_path, file(sent_back(**cells), sent_back(ID_2)), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "returns", "order_id") == [(ID_2,)]


def test_the_real_header_and_row(tmp_path: Path):
    content = real("returns_by_return_date_US_2025.tsv")
    assert content.decode().splitlines()[0].split("\t") == RETURNS
    account = read(tmp_path, {"returns.tsv": content})
    assert rows(account, "returns") == [("shop", "113-6277818-6289068", "PANEC-925SS-IT", "2025-07-14", None, False)]
    assert ledger(account)["returns.tsv"] == (1, 1, 0, 0, 0)


@pytest.mark.parametrize("names", [("a.tsv", "b.tsv"), ("b.tsv", "a.tsv")])
def test_a_claim_and_a_refund_told_apart_are_both_of_the_return(tmp_path: Path, names: tuple[str, str]):
    told = {**sent_back(), "A-to-Z Claim": "Y"}, sent_back(Refunded_Amount="10.00")
    account = read(tmp_path, {name: file(one)["returns.tsv"] for name, one in zip(names, told, strict=True)})
    assert rows(account, "returns", "refunded", "return_has_claim") == [(10.0, True)]
    assert account.ledger.select("read", "used", "superseded").sum().row(0) == (3, 2, 1)
