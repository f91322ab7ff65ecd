"""The lists of rejected rows: where a row stands and why, never what it says, and gone when the file is mended."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import rejects, store
from sellerhealth.sources.account import open_account
from tests.sources.folder import ALL_ORDERS, ID, ID_2, LENIENT, ONE_ORDER, US, order, put, refusal, text

SECRET = "Zanzibarine"
BAD = text(ALL_ORDERS, order(), order(ID_2, quantity=SECRET), order(ID_2, order_status=SECRET), order("7", sku="A"))
LIST = (
    "\ufeffrow,column,reason\n3,quantity,is not a whole number\n"
    "4,order-status,is not one of the words known for this column\n"
    "5,amazon-order-id,is not an order id such as 123-1234567-1234567\n"
)


def lists(data: Path) -> dict[str, str]:
    """What lies in `rejects/`, by name."""
    folder = data / "shop" / "rejects"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_each_rejected_row_is_listed_and_its_value_is_not(tmp_path: Path):
    put(tmp_path, {"sub/orders.tsv": BAD, "good.tsv": ONE_ORDER}, LENIENT)
    account = open_account(tmp_path, "shop")
    assert account.rejects_in == "shop/rejects"
    assert lists(tmp_path) == {"sub%2Forders.tsv.csv": LIST}
    assert SECRET not in LIST


def test_the_lists_are_the_users_alone(tmp_path: Path):
    put(tmp_path, {"sub/orders.tsv": BAD}, LENIENT)
    open_account(tmp_path, "shop")
    folder = tmp_path / "shop" / "rejects"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "sub%2Forders.tsv.csv").stat().st_mode) == 0o600


def test_an_account_that_is_refused_has_its_lists_too(tmp_path: Path):
    error = refusal(tmp_path, {"orders.tsv": BAD})
    assert (error.where, error.row, error.column) == ("shop/orders.tsv", 3, "quantity")
    assert str(error).endswith(
        "It is not a whole number. 3 of 4 rows cannot be used: download the file again, or correct the rows. "
        "They are listed in shop/rejects/orders.tsv.csv."
    )
    assert lists(tmp_path) == {"orders.tsv.csv": LIST}


def test_a_list_goes_when_its_file_is_mended_and_comes_back_with_its_fault(tmp_path: Path):
    put(tmp_path, {"a/orders.tsv": BAD, "b.tsv": BAD}, LENIENT)
    open_account(tmp_path, "shop")
    assert set(lists(tmp_path)) == {"a%2Forders.tsv.csv", "b.tsv.csv"}
    put(tmp_path, {"a/orders.tsv": ONE_ORDER}, LENIENT)
    open_account(tmp_path, "shop")
    assert set(lists(tmp_path)) == {"b.tsv.csv"}
    assert [path.name for path in (tmp_path / "shop" / "rejects").iterdir()] == ["b.tsv.csv"]
    put(tmp_path, {"b.tsv": ONE_ORDER}, LENIENT)
    assert open_account(tmp_path, "shop").rejects_in == ""
    assert not (tmp_path / "shop" / "rejects").exists()
    # The files of the beginning: nothing is parsed or merged again, and the lists are back.
    put(tmp_path, {"a/orders.tsv": BAD, "b.tsv": BAD}, LENIENT)
    open_account(tmp_path, "shop")
    assert set(lists(tmp_path)) == {"a%2Forders.tsv.csv", "b.tsv.csv"}


def test_the_lists_are_no_data_and_what_else_lies_there_is(tmp_path: Path):
    put(tmp_path, {"orders.tsv": BAD}, LENIENT)
    first = open_account(tmp_path, "shop")
    assert open_account(tmp_path, "shop").ledger.equals(first.ledger)
    put(tmp_path, {"rejects/mine.tsv": text(ALL_ORDERS, order(ID_2))}, LENIENT)
    account = open_account(tmp_path, "shop")
    assert account.ledger["file"].to_list() == ["shop/orders.tsv", "shop/rejects/mine.tsv"]
    put(tmp_path, {"orders.tsv": ONE_ORDER}, LENIENT)
    open_account(tmp_path, "shop")
    assert set(lists(tmp_path)) == {"mine.tsv"}


def test_a_file_of_the_users_is_never_written_over(tmp_path: Path):
    put(tmp_path, {"orders.tsv": BAD, "rejects/orders.tsv.csv": ONE_ORDER}, LENIENT)
    account = open_account(tmp_path, "shop")
    assert account.ledger["file"].to_list() == ["shop/orders.tsv", "shop/rejects/orders.tsv.csv"]
    assert lists(tmp_path) == {"orders.tsv.csv": ONE_ORDER}


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("@sum", "'@sum"),
        ("-1", "'-1"),
        ("＝1", "'＝1"),
        ("注文日", "注文日"),
    ],
)
def test_a_header_is_no_formula(tmp_path: Path, name: str, listed: str):
    source = f"""
[[source]]
files = "mine.csv"
table = "stock"
[source.columns]
sku = "sku"
units_on_hand = "{name}"
"""
    put(tmp_path, {"mine.csv": f"sku,{name}\nA,many\n"}, LENIENT + source)
    open_account(tmp_path, "shop")
    assert lists(tmp_path)["mine.csv.csv"].splitlines()[1].split(",")[:2] == ["2", listed]


def test_a_name_nearly_too_long_is_shortened(tmp_path: Path):
    name = "a" * 255
    put(tmp_path, {name: BAD}, LENIENT)
    open_account(tmp_path, "shop")
    assert list(lists(tmp_path)) == [rejects.list_of(f"shop/{name}")]


def test_where_the_folder_cannot_be_written_they_lie_with_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    kept = tmp_path / "elsewhere"
    kept.mkdir()
    monkeypatch.setattr(store, "place", lambda _: kept)
    put(tmp_path, {"orders.tsv": BAD}, LENIENT)
    assert open_account(tmp_path, "shop").rejects_in == str(kept / "rejects")
    assert (kept / "rejects" / "orders.tsv.csv").read_text("utf-8") == LIST
    assert not (tmp_path / "shop" / "rejects").exists()


def test_a_file_of_that_name_is_left_alone(tmp_path: Path):
    put(tmp_path, {"orders.tsv": BAD, "rejects": ONE_ORDER}, LENIENT)
    account = open_account(tmp_path, "shop")
    assert Path(account.rejects_in).parent == tmp_path / "shop" / ".store"
    assert (tmp_path / "shop" / "rejects").read_text("utf-8") == ONE_ORDER
    assert set(account.ledger["file"]) == {"shop/orders.tsv", "shop/rejects"}


def test_a_list_that_is_right_is_not_written_again(tmp_path: Path):
    put(tmp_path, {"orders.tsv": BAD}, LENIENT)
    open_account(tmp_path, "shop")
    path = tmp_path / "shop" / "rejects" / "orders.tsv.csv"
    os.utime(path, (1, 1))
    open_account(tmp_path, "shop")
    assert path.stat().st_mtime == 1
    shutil.rmtree(path.parent)
    open_account(tmp_path, "shop")
    assert lists(tmp_path) == {"orders.tsv.csv": LIST}


def test_all_files_that_cannot_be_read_are_named_at_once(tmp_path: Path):
    error = refusal(tmp_path, {"orders.tsv": ONE_ORDER, "a.pdf": b"%PDF-1.7", "b.txt": b"", "c.html": "<html></html>"})
    assert error.where == "shop/a.pdf"
    assert str(error).endswith(" Nor can 2 more files be read: shop/b.txt, shop/c.html.")


def test_all_files_with_too_many_rejected_rows_are_named_at_once(tmp_path: Path):
    error = refusal(tmp_path, {f"{number}.tsv": BAD for number in range(8)})
    assert error.where == "shop/0.tsv"
    names = ", ".join(f"shop/{number}.tsv" for number in range(1, 6))
    assert str(error).endswith(f" Nor can 7 more files be read: {names} and 2 more.")


def test_one_more_file_is_told_in_the_singular(tmp_path: Path):
    error = refusal(tmp_path, {"a.pdf": b"%PDF-1.7", "b.txt": b""})
    assert str(error).endswith(" Nor can 1 more file be read: shop/b.txt.")


@pytest.mark.parametrize(("share", "is_open"), [("", False), ("0.74", False), ("0.75", True), ("1", True)])
def test_the_share_asked_for_goes_before_that_of_the_account(tmp_path: Path, share: str, *, is_open: bool):
    put(tmp_path, {"orders.tsv": BAD}, US + "max_reject = 0.5\n")
    if is_open:
        assert open_account(tmp_path, "shop", max_reject=share).rejects.height == 3
    else:
        with pytest.raises(InputError, match="3 of 4 rows"):
            open_account(tmp_path, "shop", max_reject=share)
    assert ID not in LIST


def test_no_two_files_share_a_list(tmp_path: Path):
    names = ["a.tsv", "a.tsv.csv/b", "a%2Fb", "a/b", "x" * 201 + "/b", "x" * 201 + "%2Fb"]
    put(tmp_path, dict.fromkeys(names, BAD), LENIENT)
    open_account(tmp_path, "shop")
    found = [rejects.list_of(f"shop/{name}") for name in names]
    assert len(set(found)) == len(names)
    assert lists(tmp_path) == dict.fromkeys(found, LIST)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([order("7")], "The only row cannot be used: download the file again, or correct the row. It is listed in "),
        (
            [order(), order("7")],
            "1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in ",
        ),
        (
            [order("7"), order("8")],
            "None of the 2 rows can be used: download the file again, or correct the rows. They are listed in ",
        ),
    ],
)
def test_what_is_said_of_one_row_and_of_all(tmp_path: Path, files: list[dict[str, str]], says: str):
    error = refusal(tmp_path, {"orders.tsv": text(ALL_ORDERS, *files)})
    assert error.what_to_do.endswith(f" {says}shop/rejects/orders.tsv.csv.")
