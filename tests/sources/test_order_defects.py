"""The list of order defects that Account Health offers, for the orders of one channel at a time."""

from pathlib import Path

import pytest

from tests.sources.folder import (
    ID,
    ID_2,
    ID_3,
    LENIENT,
    ORDER_DEFECTS,
    filled,
    ledger,
    read,
    refusal,
    rejects,
    rows,
    text,
)


def defect(order_id: str = ID, **more: str) -> dict[str, str]:
    """The cells of a row; underlines in names stand for spaces."""
    told = {"Order Date": "2026-03-01", "Order ID": order_id, "Fulfilment": "Merchant"}
    return {**told, **{name.replace("_", " "): cell for name, cell in more.items()}}


def file(*told: dict[str, str], name: str = "defects.csv") -> dict[str, str]:
    return {name: text(ORDER_DEFECTS, *told, delimiter=",")}


def test_the_whole_list(tmp_path: Path):
    told = (
        defect(Negative_Feedback="X"),
        {**defect(ID_2, Order_Date="2026-03-04", Chargeback="X"), "A-to-z Claim": "X"},
        defect(ID_3, Order_Date="3/2/2026", Negative_Feedback="Yes", Chargeback="No"),
    )
    account = read(tmp_path, file(*told))
    listed = {"account": "shop", "metric": "order_defect_rate", "listed_channel": "MFN"}
    clean = {"listed_feedback": False, "listed_claim": False, "listed_chargeback": False}
    assert filled(account, "amazon_defects") == [
        {**listed, **clean, "order_id": ID, "ordered_on": "2026-03-01", "listed_feedback": True},
        {
            **listed,
            **clean,
            "order_id": ID_2,
            "ordered_on": "2026-03-04",
            "listed_claim": True,
            "listed_chargeback": True,
        },
        {**listed, **clean, "order_id": ID_3, "ordered_on": "2026-03-02", "listed_feedback": True},
    ]
    assert ledger(account)["defects.csv"] == (3, 3, 0, 0, 0)
    assert "amazon_defects.order_defect_rate" in account.provided
    assert not {"amazon_defects.cancellation_rate", "amazon_defects.impacts_account_health"} & account.provided


def test_each_list_covers_the_days_of_its_own_channel(tmp_path: Path):
    files = {
        **file(defect(Negative_Feedback="X"), defect(ID_2, Order_Date="2026-03-09", Chargeback="X")),
        **file(defect(ID_3, Fulfilment="Amazon", Order_Date="2026-03-05", Chargeback="X"), name="amazon.csv"),
    }
    account = read(tmp_path, files)
    assert rows(account, "coverage") == [
        ("shop", "order_defect_rate", "2026-03-01", "2026-03-09", "MFN"),
        ("shop", "order_defect_rate", "2026-03-05", "2026-03-05", "AFN"),
    ]


@pytest.mark.parametrize(
    ("word", "channel"),
    [
        ("Merchant", "MFN"),
        ("Seller", "MFN"),
        ("FBM", "MFN"),
        ("Fulfilled by Seller", "MFN"),
        ("seller fulfilled", "MFN"),
        ("Amazon", "AFN"),
        ("FBA", "AFN"),
        ("AFN", "AFN"),
        ("Fulfilled by Amazon", "AFN"),
        ("AMAZON_EU", "AFN"),
    ],
)
def test_who_ships(tmp_path: Path, word: str, channel: str):
    account = read(tmp_path, file(defect(Fulfilment=word, Chargeback="X")))
    assert rows(account, "amazon_defects", "listed_channel") == [(channel,)]


@pytest.mark.parametrize(
    ("cell", "is_listed"),
    [("X", True), ("x", True), ("Yes", True), ("1", True), ("", False), (" ", False), ("No", False), ("0", False)],
)
def test_the_ways_a_defect_is_marked(tmp_path: Path, cell: str, is_listed: bool):
    account = read(tmp_path, file(defect(Negative_Feedback="X", Chargeback=cell)))
    assert rows(account, "amazon_defects", "listed_chargeback") == [(is_listed,)]


@pytest.mark.parametrize(
    "header",
    [
        "Order Date,Order ID,Fulfillment,Negative feedback,A-to-z,Chargeback",
        "Order Date,Order ID,Fulfillment Channel,Negative Feedback,A-to-z Guarantee Claims,Chargebacks",
        "order-date,order-id,Fulfilled By,NEGATIVE FEEDBACK,A-to-Z Guarantee claim,Chargeback claims",
    ],
)
def test_the_spellings_of_its_header(tmp_path: Path, header: str):
    account = read(tmp_path, {"defects.csv": f"{header}\n2026-03-01,{ID},Merchant,,X,\n"})
    assert rows(account, "amazon_defects", "order_id", "listed_feedback", "listed_claim", "listed_chargeback") == [
        (ID, False, True, False)
    ]


def test_a_list_that_says_what_amazon_counts(tmp_path: Path):
    header = [*ORDER_DEFECTS, "Impacts Account Health"]
    told = {**defect(Chargeback="X"), "Impacts Account Health": "No"}
    account = read(tmp_path, {"defects.csv": text(header, told, delimiter=",")})
    assert rows(account, "amazon_defects", "metric", "impacts_account_health") == [("order_defect_rate", False)]


@pytest.mark.parametrize("missing", ["Fulfilment", "Negative Feedback", "A-to-z Claim", "Chargeback"])
def test_a_list_without_one_of_its_columns_is_refused(tmp_path: Path, missing: str):
    header = [name for name in ORDER_DEFECTS if name != missing]
    told = {name: cell for name, cell in defect().items() if name != missing}
    error = refusal(tmp_path, {"defects.csv": text(header, told, delimiter=",")})
    assert "the order defect download of Account Health" in error.what_to_do


def test_an_empty_list_covers_no_day(tmp_path: Path):
    account = read(tmp_path, file())
    assert rows(account, "coverage") == []
    assert "amazon_defects.order_defect_rate" in account.provided


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Fulfilment": ""}, "Fulfilment", "is empty"),
        ({"Fulfilment": "Pigeon"}, "Fulfilment", "is not one of the words known for this column: mfn, afn"),
        ({"Chargeback": "maybe"}, "Chargeback", "is not an X, yes, no or blank"),
        ({"Order_Date": ""}, "Order Date", "is empty"),
        ({"Order_ID": "X-1"}, "Order ID", "is not an order id such as 123-1234567-1234567"),
    ],
)
def test_a_row_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = read(tmp_path, file(defect(**cells), defect(ID_2)), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "amazon_defects", "order_id") == [(ID_2,)]


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_a_mark_is_never_taken_back(tmp_path: Path, names: tuple[str, str]):
    told = {**defect(), "A-to-z Claim": "X"}, defect(Negative_Feedback="X")
    account = read(
        tmp_path, {path: text(ORDER_DEFECTS, one, delimiter=",") for path, one in zip(names, told, strict=True)}
    )
    assert rows(account, "amazon_defects", "order_id", "listed_feedback", "listed_claim", "listed_chargeback") == [
        (ID, True, True, False)
    ]
