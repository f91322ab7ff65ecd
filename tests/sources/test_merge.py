"""Files of one account to its tables, and the store that remembers them."""

import itertools
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.tables import COLUMNS
from sellerhealth.sources import merge, reading, store
from sellerhealth.sources.account import open_account
from tests.sources.folder import (
    ALL_ORDERS,
    CANCELLATIONS,
    CLAIMS,
    FEEDBACK,
    ID,
    ID_2,
    ID_3,
    ONE_ORDER,
    ORDER_REPORT,
    US,
    alone,
    ledger,
    order,
    put,
    read,
    rows,
    text,
)


def orders(*told: dict[str, str]) -> str:
    return text(ALL_ORDERS, *told)


def later(order_id: str = ID, **more: str) -> dict[str, str]:
    return order(order_id, last_updated_date="2026-03-09T00:00:00+00:00", **more)


def same(left: Account, right: Account) -> None:
    for table, frame in left.tables.items():
        assert_frame_equal(right.tables[table].collect(), frame.collect(), check_row_order=False)
    assert left.provided == right.provided
    assert left.last_day == right.last_day


def test_a_row_told_twice_is_a_duplicate(tmp_path: Path):
    account = read(tmp_path, {"orders.tsv": orders(order(), order(ID_2), order())})
    assert ledger(account) == {"orders.tsv": (3, 2, 1, 0, 0)}
    assert rows(account, "order_items", "order_id", "quantity") == [(ID, 1), (ID_2, 1)]


def test_the_same_file_under_two_names(tmp_path: Path):
    account = read(tmp_path, {"a.tsv": ONE_ORDER, "orders.tsv": ONE_ORDER, "sub/a.tsv": ONE_ORDER})
    assert ledger(account) == {"a.tsv": (1, 1, 0, 0, 0), "orders.tsv": (1, 0, 1, 0, 0), "sub/a.tsv": (1, 0, 1, 0, 0)}
    assert rows(account, "orders", "order_id") == [(ID,)]


def test_the_later_update_supersedes(tmp_path: Path):
    old = orders(order(order_status="Pending", item_status="Pending"), order(ID_2))
    new = orders(later(), order(ID_2), order(ID_3))
    account = read(tmp_path, {"a.tsv": old, "orders.tsv": new})
    assert ledger(account) == {"a.tsv": (2, 1, 0, 1, 0), "orders.tsv": (3, 2, 1, 0, 0)}
    assert rows(account, "orders", "order_id", "status") == [(ID, "SHIPPED"), (ID_2, "SHIPPED"), (ID_3, "SHIPPED")]


def test_a_row_without_update_time_is_the_older(tmp_path: Path):
    blank = order(last_updated_date="", order_status="Cancelled", item_status="Cancelled")
    account = read(tmp_path, {"a.tsv": orders(blank), "orders.tsv": ONE_ORDER})
    assert rows(account, "orders", "status") == [("SHIPPED",)]
    assert ledger(account) == {"a.tsv": (1, 0, 0, 1, 0), "orders.tsv": (1, 1, 0, 0, 0)}


def test_one_update_time_and_two_contents_is_settled_whatever_the_names(tmp_path: Path):
    contents = [orders(order(quantity="2")), orders(order(quantity="5")), orders(order(quantity="3"))]
    found = set()
    for number, told in enumerate(itertools.permutations(contents)):
        account = read(tmp_path / str(number), dict(zip(("a.tsv", "b.tsv", "orders.tsv"), told, strict=True)))
        found.add(tuple(rows(account, "order_items", "quantity")))
        assert account.ledger["superseded"].sum() == 2
    assert len(found) == 1


def test_the_order_of_rows_and_names_of_files_change_nothing(tmp_path: Path):
    ids = [f"111-1111111-{number:07d}" for number in range(40)]
    told = [order(one, sku=sku) for one in ids for sku in ("A", "B")] + [later(one, sku="A") for one in ids[::3]]
    first = read(tmp_path / "first", {"orders.tsv": orders(*told)})
    for seed in range(5):
        random.Random(seed).shuffle(told)
        cut = seed * 20
        parts = {"z.tsv": orders(*told[:cut]), "orders.tsv": orders(*told[cut:])}
        again = read(tmp_path / str(seed), parts)
        same(first, again)
        assert first.ledger.select("used", "superseded").sum().row(0) == (80, 14)
        assert again.ledger.select("used", "superseded").sum().row(0) == (80, 14)


def promise(order_id: str = ID, **more: str) -> dict[str, str]:
    told = {
        "order-id": order_id,
        "purchase-date": "2026-03-01T18:30:00+00:00",
        "sku": "MUG-1",
        "quantity-purchased": "9",
        "latest-ship-date": "2026-03-04T07:59:59+00:00",
    }
    return {**told, **more}


def test_all_orders_and_the_order_report_complete_each_other(tmp_path: Path):
    files = {
        "orders.tsv": orders(order(), order(ID_2, quantity="")),
        "a-report.tsv": text(ORDER_REPORT, promise(ID_2), promise(ID_3), promise(ID_3, sku="MUG-2")),
    }
    account = read(tmp_path, files)
    assert rows(account, "orders", "order_id", "status", "channel", "ship_by_at") == [
        (ID, "SHIPPED", "MFN", None),
        (ID_2, "SHIPPED", "MFN", "2026-03-04 07:59:59"),
        (ID_3, None, "MFN", "2026-03-04 07:59:59"),
    ]
    assert rows(account, "order_items", "order_id", "sku", "item_status", "quantity") == [
        (ID, "MUG-1", "SHIPPED", 1),
        (ID_2, "MUG-1", "SHIPPED", 9),
        (ID_3, "MUG-1", None, 9),
        (ID_3, "MUG-2", None, 9),
    ]
    assert ledger(account) == {"a-report.tsv": (3, 3, 0, 0, 0), "orders.tsv": (2, 2, 0, 0, 0)}
    assert {"orders.status", "orders.ship_by_at"} <= account.provided


def test_the_word_of_all_orders_goes_first(tmp_path: Path):
    other = promise(**{"purchase-date": "2026-02-01T00:00:00+00:00"})
    files = {"orders.tsv": ONE_ORDER, "a-report.tsv": text(ORDER_REPORT, other)}
    account = read(tmp_path, files)
    assert rows(account, "orders", "purchased_at") == [("2026-03-01 18:30:00",)]
    assert rows(account, "order_items", "quantity") == [(1,)]


def test_a_line_that_one_file_numbers_and_another_does_not_is_one_line(tmp_path: Path):
    numbered = [*ALL_ORDERS, "order-item-id"]
    lines = [{**later(sku="MUG-1", quantity=units), "order-item-id": f"1000000000000{units}"} for units in ("2", "3")]
    files = {"a.tsv": orders(order(quantity="5")), "orders.tsv": text(numbered, *lines)}
    account = read(tmp_path, files)
    assert rows(account, "order_items", "sku", "quantity") == [("MUG-1", 5)]
    assert ledger(account) == {"a.tsv": (1, 1, 0, 0, 0), "orders.tsv": (2, 2, 0, 0, 0)}


def open_order(days: str, units: str = "3") -> dict[str, str]:
    return {
        "order-id": ID,
        "order-item-id": "10000000000001",
        "purchase-date": "2026-03-01T18:30:00+00:00",
        "promise-date": "2026-03-04T07:59:59+00:00",
        "days-past-promise": days,
        "sku": "MUG-1",
        "quantity-purchased": units,
    }


def test_a_report_of_each_day_does_not_add_up_the_units_of_an_order(tmp_path: Path):
    header = list(open_order("0"))
    files = {f"{day}.tsv": text(header, open_order(day)) for day in ("-1", "0", "1")}
    account = alone(tmp_path, files)
    assert rows(account, "order_items", "sku", "quantity") == [("MUG-1", 3)]
    assert rows(account, "orders", "order_id", "ship_by_at", "status") == [(ID, None, None)]
    assert rows(account, "unshipped", "order_id", "promise_on", "days_past_promise") == [
        (ID, "2026-03-03", -1),
        (ID, "2026-03-03", 0),
        (ID, "2026-03-03", 1),
    ]
    assert ledger(account) == {f"{day}.tsv": (1, 1, 0, 0, 0) for day in ("-1", "0", "1")}


@pytest.mark.parametrize("names", [("a.tsv", "b.tsv"), ("b.tsv", "a.tsv")])
def test_units_that_two_reports_tell_apart_are_settled_whatever_the_names(tmp_path: Path, names: tuple[str, str]):
    lines = [open_order("0", units="2"), open_order("1", units="3")]
    account = alone(tmp_path, {name: text(list(one), one) for name, one in zip(names, lines, strict=True)})
    assert rows(account, "order_items", "sku", "quantity") == [("MUG-1", 3)]


MINE = """
[[source]]
files = "mine.csv"
table = "packages"
[source.columns]
order_id = "o"
package_confirmed_at = "c"
package_posted_at = "p"
"""


def test_parcels_that_nobody_confirmed_are_not_taken_for_each_other(tmp_path: Path):
    moment = "2026-03-0{}T10:00:00Z"
    mine = [f"{ID},,{moment.format(2)}", f"{ID},,{moment.format(4)}", f"{ID_2},{moment.format(3)},"]
    log = [f"{ID},,{moment.format(3)}", f"{ID},,{moment.format(5)}", f"{ID_2},{moment.format(3)},{moment.format(2)}"]
    files = {
        "mine.csv": "\n".join(["o,c,p", *mine, ""]),
        "log.csv": "\n".join(["order_id,confirmed_at,posted_at", *log, ""]),
    }
    account = read(tmp_path, files, US + MINE)
    assert rows(account, "packages", "order_id", "package_confirmed_at", "package_posted_at") == [
        (ID, None, "2026-03-02 10:00:00"),
        (ID, None, "2026-03-03 10:00:00"),
        (ID, None, "2026-03-04 10:00:00"),
        (ID, None, "2026-03-05 10:00:00"),
        (ID_2, "2026-03-03 10:00:00", "2026-03-02 10:00:00"),
    ]


def defect(day: str, channel: str, order_id: str = ID) -> dict[str, str]:
    return {"Order Date": day, "Order ID": order_id, "Fulfilment": channel, "A-to-z Claim": "Y"}


@pytest.mark.parametrize(
    ("channels", "covered"),
    [(("MFN", "MFN"), "MFN"), (("AFN", "AFN"), "AFN"), (("MFN", "AFN"), None)],
)
def test_a_list_of_one_channel_covers_that_channel_only(tmp_path: Path, channels: tuple[str, str], covered: str | None):
    header = ["Order Date", "Order ID", "Fulfilment", "Negative Feedback", "A-to-z Claim", "Chargeback"]
    listed = [defect(*told) for told in zip(("2026-03-01", "2026-03-05"), channels, (ID, ID_2), strict=True)]
    account = read(tmp_path, {"d.csv": text(header, *listed, delimiter=",")})
    assert rows(account, "coverage", "metric", "covers_from", "covers_to", "covers_channel") == [
        ("order_defect_rate", "2026-03-01", "2026-03-05", covered)
    ]


def claim(status: str) -> str:
    told = {"order_id": ID, "opened_at": "2026-03-05", "claim_type": "A-to-z", "status": status}
    return text(CLAIMS, told, delimiter=",")


@pytest.mark.parametrize(
    ("before", "after"),
    [("Under review", "Granted"), ("Pending", "Denied"), ("Pending", "Withdrawn"), ("Denied", "Granted")],
)
@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_a_claim_that_moved_on(tmp_path: Path, before: str, after: str, names: tuple[str, str]):
    account = read(tmp_path, {names[0]: claim(before), names[1]: claim(after)})
    assert rows(account, "claims", "claim_status") == [(after.upper(),)]
    assert ledger(account)[names[0]] == (1, 0, 0, 1, 0)
    assert ledger(account)[names[1]] == (1, 1, 0, 0, 0)


def test_feedback_of_two_exports(tmp_path: Path):
    header = ["Date", "Rating", "Order ID"]
    one = {"Date": "3/4/26", "Rating": "1", "Comments": "Bad", "Order ID": ID}
    files = {
        "a.tsv": text(FEEDBACK, one, {**one, "Date": "3/5/26"}),
        "b.tsv": text(header, {name: one[name] for name in header}),
    }
    account = read(tmp_path, files)
    assert rows(account, "feedback", "order_id", "rated_on", "rating") == [(ID, "2026-03-04", 1), (ID, "2026-03-05", 1)]
    assert (ledger(account)["a.tsv"], ledger(account)["b.tsv"]) == ((2, 2, 0, 0, 0), (1, 0, 1, 0, 0))


def test_rejected_rows_are_in_the_ledger_beside_the_others(tmp_path: Path):
    told = [order(f"111-1111111-{number:07d}") for number in range(300)]
    content = orders(*told, told[0], {**later(ID_2), "order-status": "Sunk"}, later("111-1111111-0000001"))
    account = read(tmp_path, {"orders.tsv": content})
    assert ledger(account) == {"orders.tsv": (303, 300, 1, 1, 1)}
    assert account.rejects.rows() == [
        ("shop/orders.tsv", 303, "order-status", "is not one of the words known for this column")
    ]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are parsed while the test runs."""
    names: list[str] = []
    parse = reading.parse

    def spy(shown: str, *rest: object) -> reading.Parsed:
        names.append(shown)
        return parse(shown, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "parse", spy)
    return names


TWO = {"orders.tsv": ONE_ORDER, "b.tsv": orders(order(ID_2))}


def test_an_unchanged_folder_is_not_parsed_again(tmp_path: Path, parsed: list[str]):
    first = read(tmp_path, TWO)
    assert sorted(parsed) == ["shop/b.tsv", "shop/orders.tsv"]
    parsed.clear()
    same(first, open_account(tmp_path, "shop"))
    assert parsed == []


def test_only_what_changed_is_parsed_again(tmp_path: Path, parsed: list[str]):
    read(tmp_path, TWO)
    parsed.clear()
    again = read(tmp_path, {**TWO, "b.tsv": TWO["b.tsv"].replace("MUG-1", "MUG-9")})
    assert parsed == ["shop/b.tsv"]
    assert rows(again, "order_items", "order_id", "sku") == [(ID, "MUG-1"), (ID_2, "MUG-9")]


@pytest.mark.parametrize("becomes", [orders(order(), order(ID_2)), "", None], ids=["another", "empty", "gone"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, becomes: str | None
):
    """What was read is not kept under the hash of what was there before: put back, the file is read again."""
    path = put(tmp_path, {"orders.tsv": ONE_ORDER}) / "orders.tsv"
    parse = reading.parse

    def late(*given: object) -> reading.Parsed:
        if becomes is None:
            path.unlink()
        else:
            path.write_text(becomes, encoding="utf-8")
        return parse(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as during:
        during.setattr(reading, "parse", late)
        with pytest.raises(InputError, match=r"shop/orders\.tsv: expected a file that stays as it is while it is read"):
            open_account(tmp_path, "shop")
    path.write_text(ONE_ORDER, encoding="utf-8")
    assert rows(open_account(tmp_path, "shop"), "orders", "order_id") == [(ID,)]


def test_a_file_that_is_gone_is_gone(tmp_path: Path, parsed: list[str]):
    folder = put(tmp_path, TWO)
    open_account(tmp_path, "shop")
    (folder / "b.tsv").unlink()
    parsed.clear()
    assert rows(open_account(tmp_path, "shop"), "orders", "order_id") == [(ID,)]
    assert parsed == []


def test_a_file_renamed_is_not_parsed_again(tmp_path: Path, parsed: list[str]):
    folder = put(tmp_path, TWO)
    open_account(tmp_path, "shop")
    parsed.clear()
    (folder / "b.tsv").rename(folder / "c.tsv")
    assert set(ledger(open_account(tmp_path, "shop"))) == {"c.tsv", "orders.tsv"}
    assert parsed == []


def test_two_files_of_one_name_and_size_are_told_apart(tmp_path: Path):
    folder = put(tmp_path, {"jan/o.tsv": ONE_ORDER, "feb/o.tsv": ONE_ORDER.replace(ID, ID_2)})
    for file in folder.glob("*/o.tsv"):
        os.utime(file, ns=(0, 0))
    for _ in range(2):
        shutil.rmtree(folder / ".store" / "merged", ignore_errors=True)
        assert rows(open_account(tmp_path, "shop"), "orders", "order_id") == [(ID,), (ID_2,)]


@pytest.mark.parametrize("changed", ["the reader", "Polars", "the word lists"])
def test_what_a_file_is_read_by_is_part_of_what_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
):
    before = store.fingerprint("the same bytes")
    store._read_by.cache_clear()
    assert store.fingerprint("the same bytes") == before
    store._read_by.cache_clear()
    (tmp_path / "xx.toml").write_text("CANCELLATION = ['halt']", encoding="utf-8")
    target, name, value = {
        "the reader": (store, "READER_VERSION", "0"),
        "Polars": (pl, "__version__", "0"),
        "the word lists": (store, "WORD_LISTS", tmp_path),
    }[changed]
    monkeypatch.setattr(target, name, value)
    try:
        assert store.fingerprint("the same bytes") != before
    finally:
        store._read_by.cache_clear()


def test_one_marketplace_more_is_part_of_what_is_remembered(tmp_path: Path):
    """A list of defects does not say of which marketplace it is: of two, it covers no day for sure."""
    files = {
        "c.csv": text(
            CANCELLATIONS, {"Order Date": "2026-03-01", "Order ID": ID, "Impacts Account Health": "Yes"}, delimiter=","
        )
    }
    assert len(rows(read(tmp_path, files), "coverage")) == 1
    assert rows(read(tmp_path, files, 'marketplace = ["US", "CA"]\n'), "coverage") == []


def test_no_column_of_a_table_is_called_like_one_the_reader_adds():
    assert not {"account", "file", "row", "problem", "width", "cells", merge.FATE} & set(COLUMNS)


def test_settings_are_part_of_what_is_remembered(tmp_path: Path):
    late = orders(order(purchase_date="2026-03-02T07:00:00+00:00"))
    feedback = text(FEEDBACK, {"Date": "3/4/26", "Rating": "1", "Order ID": ID})
    files = {"orders.tsv": late, "f.tsv": feedback}
    days = [
        rows(read(tmp_path, files, f'marketplace = "{place}"\n'), "feedback", "rated_on")
        for place in ("US", "GB", "US")
    ]
    assert days == [[("2026-03-04",)], [("2026-04-03",)], [("2026-03-04",)]]


def test_the_store_is_private_and_may_be_deleted(tmp_path: Path):
    first = read(tmp_path, TWO)
    tables = {table: frame.collect() for table, frame in first.tables.items()}
    store = tmp_path / "shop" / ".store"
    assert stat.S_IMODE(store.stat().st_mode) == 0o700
    shutil.rmtree(store)
    again = open_account(tmp_path, "shop")
    for table, frame in again.tables.items():
        assert_frame_equal(frame.collect(), tables[table], check_row_order=False)
    assert stat.S_IMODE(store.stat().st_mode) == 0o700


def test_an_open_store_is_closed(tmp_path: Path):
    folder = put(tmp_path, TWO)
    (folder / ".store").mkdir(mode=0o755)
    open_account(tmp_path, "shop")
    assert stat.S_IMODE((folder / ".store").stat().st_mode) == 0o700


def test_any_file_of_the_store_may_be_deleted(tmp_path: Path):
    """A cleaner of temporary folders takes files one by one: never may a table be empty for it."""
    files = {
        **TWO,
        "c.csv": claim("Granted"),
        "f.tsv": text(FEEDBACK, {"Date": "3/4/26", "Rating": "1", "Order ID": ID}),
    }
    first = read(tmp_path, files)
    expected = {table: frame.collect() for table, frame in first.tables.items()}
    store = tmp_path / "shop" / ".store"
    inside = sorted(path.relative_to(store) for path in store.rglob("*") if path.is_file())
    assert len(inside) > 10
    for name in inside:
        (store / name).unlink()
        again = open_account(tmp_path, "shop")
        for table, frame in expected.items():
            assert_frame_equal(again.tables[table].collect(), frame, check_row_order=False)


def test_a_damaged_list_of_files_is_made_again(tmp_path: Path):
    read(tmp_path, TWO)
    (tmp_path / "shop" / ".store" / "manifest.json").write_text('{"a', encoding="utf-8")
    assert rows(open_account(tmp_path, "shop"), "orders", "order_id") == [(ID,), (ID_2,)]


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that may not be written, a cache and a temporary folder of its own. Root may write anyway, so
    asking is answered for it."""
    ask = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: ask(path, mode) and not (mode == os.W_OK and "shop" in str(path))
    )
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "tmp").mkdir()
    return tmp_path


def test_a_read_only_account_is_stored_elsewhere(read_only: Path, parsed: list[str]):
    folder = put(read_only, TWO)
    first = open_account(read_only, "shop")
    assert sorted(path.name for path in folder.iterdir()) == ["account.toml", "b.tsv", "orders.tsv"]
    ours = read_only / "cache" / "sellerhealth" / "stores"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (ours, *ours.iterdir())] == [0o700, 0o700]
    parsed.clear()
    same(first, open_account(read_only, "shop"))
    assert parsed == []


def test_a_place_taken_by_somebody_else_is_refused(read_only: Path):
    put(read_only, TWO)
    for taken in (read_only / "cache", read_only / "tmp" / f"sellerhealth-{os.getuid()}"):
        taken.write_text("taken", encoding="utf-8")
    with pytest.raises(InputError, match="a folder of your own"):
        open_account(read_only, "shop")


def test_nothing_is_left_in_the_store_but_what_it_is_for(tmp_path: Path):
    read(tmp_path, {"orders.tsv": ONE_ORDER.encode("utf-16"), "b.csv": claim("Granted")}, US)
    store = tmp_path / "shop" / ".store"
    kinds = {path.suffix for path in store.rglob("*") if path.is_file()}
    assert kinds == {".parquet", ".json"}
    assert {path.name for path in store.iterdir()} == {"files", "merged", "manifest.json", "salt.json"}


def test_the_tables_have_their_columns_and_types(tmp_path: Path):
    from sellerhealth.definition.tables import TABLES, empty

    account = read(tmp_path, TWO)
    assert set(account.tables) == set(TABLES)
    for table in TABLES:
        assert dict(account.tables[table].collect_schema()) == dict(empty(table).collect_schema())
        assert account.tables[table].select(pl.col("account").is_null().any()).collect().item() is not True


def test_hundreds_of_files_open_without_a_word(tmp_path: Path):
    """Polars says on the way that it may be stuck, where each is a scan of its own."""
    put(tmp_path, {f"{number}.tsv": text(ALL_ORDERS, order(f"111-1111111-{number:07}")) for number in range(600)})
    opening = f"from sellerhealth.sources.account import open_account; open_account({str(tmp_path)!r}, 'shop')"
    told = subprocess.run([sys.executable, "-W", "error", "-c", opening], capture_output=True, text=True, check=True)
    assert told.stdout + told.stderr == ""
    assert open_account(tmp_path, "shop").ledger["used"].sum() == 600


def test_files_of_the_same_bytes_are_told_apart(tmp_path: Path):
    account = alone(tmp_path, {"a.tsv": ONE_ORDER, "b.tsv": ONE_ORDER, "c.tsv": text(ALL_ORDERS, order(ID_2))})
    assert ledger(account) == {"a.tsv": (1, 1, 0, 0, 0), "b.tsv": (1, 0, 1, 0, 0), "c.tsv": (1, 1, 0, 0, 0)}
