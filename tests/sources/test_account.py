"""An account opened again: the same object while nothing changes, and another name for whatever it was read from."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.session import open_session
from sellerhealth.sources import account as accounts
from sellerhealth.sources import first_seen, last_day
from sellerhealth.sources.account import open_account
from tests.sources.folder import ALL_ORDERS, FEEDBACK, ID, ID_2, NAME, ledger, order, put, rows, text
from tests.sources.test_owners import FILES as SPLIT_FILES
from tests.sources.test_owners import TOML as SPLIT

RATED = {"Date": "3/10/26", "Rating": "1", "Order ID": ID}
FILES = {"orders.tsv": text(ALL_ORDERS, order()), "feedback.tsv": text(FEEDBACK, RATED)}
BOTH = 'marketplace = ["US", "CA"]\n'
READ = "from sellerhealth import open_account; print(open_account({data!r}, {name!r}).read_from)"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return put(tmp_path, FILES, BOTH)


def opened(shop: Path, marketplace: str = ""):
    return open_account(shop.parent, shop.name, marketplace)


def clock(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    for module in (accounts, last_day):
        monkeypatch.setattr(module, "today", lambda _zone: day)


def test_opened_again_it_is_the_same_object(shop: Path):
    first = opened(shop)
    assert first.read_from
    assert opened(shop) is first
    assert open_account(shop.parent, NAME, "US", "0.5") is first


def test_the_name_is_the_same_in_another_process(shop: Path):
    names = {
        subprocess.run(
            [sys.executable, "-c", READ.format(data=str(shop.parent), name=NAME)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert names == {opened(shop).read_from}


CHANGES = {
    "label": ("account.toml", BOTH + 'label = "Harbor"\n'),
    "policy": ("account.toml", BOTH + 'policy = "amazon-2026"\n'),
    "contact": ("account.toml", BOTH + 'contact = "service@example.com"\n'),
    "override": ("account.toml", BOTH + "[override.late_dispatch_rate]\nwindows = [7]\n"),
    "time zone": ("account.toml", BOTH + 'timezone = "Europe/Berlin"\n'),
    "marketplaces": ("account.toml", 'marketplace = ["US", "MX", "CA"]\n'),
    "another row": ("orders.tsv", text(ALL_ORDERS, order(), order(ID_2))),
    "another file": ("more.tsv", text(ALL_ORDERS, order(ID_2))),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_seen_and_changes_the_name(shop: Path, change: str):
    before = opened(shop)
    path, content = CHANGES[change]
    (shop / path).write_text(content, encoding="utf-8")
    after = opened(shop)
    assert after is not before
    assert after.read_from != before.read_from


def test_a_file_added_in_between_is_read(shop: Path):
    assert rows(opened(shop), "orders", "order_id") == [(ID,)]
    (shop / "more.tsv").write_text(text(ALL_ORDERS, order(ID_2)), encoding="utf-8")
    assert rows(opened(shop), "orders", "order_id") == [(ID,), (ID_2,)]
    (shop / "more.tsv").unlink()
    assert rows(opened(shop), "orders", "order_id") == [(ID,)]


def test_the_name_comes_back_with_what_it_stands_for(shop: Path):
    before = opened(shop).read_from
    (shop / "more.tsv").write_text(text(ALL_ORDERS, order(ID_2)), encoding="utf-8")
    assert opened(shop).read_from != before
    (shop / "more.tsv").unlink()
    assert opened(shop).read_from == before


def test_each_marketplace_has_a_name_of_its_own(shop: Path):
    assert opened(shop, "US").read_from != opened(shop, "CA").read_from


def test_each_part_of_a_folder_has_a_name_of_its_own(tmp_path: Path):
    put(tmp_path, SPLIT_FILES, SPLIT)
    parts = [open_account(tmp_path, f"{NAME}{part}") for part in ("", "/s1", "/s2", "/*")]
    assert len({part.read_from for part in parts}) == len(parts)
    assert [open_account(tmp_path, part.name) for part in parts] == parts


def test_a_complaint_that_was_seen_earlier_changes_the_name(shop: Path):
    before = opened(shop)
    (key,) = first_seen.known(shop, "feedback")["key"]
    first_seen._write(shop / ".history" / first_seen.FILE, [("feedback", key, "2026-03-11")])
    after = opened(shop)
    assert after.read_from != before.read_from
    assert after.tables["feedback"].collect()["first_seen_on"].to_list() == [date(2026, 3, 11)]


def test_a_note_on_what_is_remembered_changes_the_name(shop: Path):
    before = opened(shop)
    (shop / ".history" / "a.parquet.damaged").touch()
    after = opened(shop)
    assert after.read_from != before.read_from
    assert "1 file is damaged" in after.remarks[-1]


def test_a_day_that_is_to_come_is_judged_anew_each_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    late = [order(f"111-111111{number}-1111111") for number in range(3)]
    mistyped = order(ID_2, purchase_date="2027-03-01T18:30:00+00:00")
    shop = put(tmp_path, {"orders.tsv": text(ALL_ORDERS, *late, mistyped)})
    clock(monkeypatch, date(2026, 3, 20))
    early = opened(shop)
    clock(monkeypatch, date(2027, 3, 20))
    later = opened(shop)
    assert (early.last_day, later.last_day) == (date(2026, 3, 1), date(2027, 3, 1))
    assert early.read_from != later.read_from


def test_from_another_working_folder_it_can_still_be_read(shop: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(shop.parent)
    first = open_account(".", NAME)
    monkeypatch.chdir(shop)
    assert open_account("..", NAME) is first
    assert rows(first, "orders", "order_id") == [(ID,)]


def test_a_store_that_was_deleted_in_between_is_read_anew(shop: Path):
    first = opened(shop)
    shutil.rmtree(shop / ".store" / "merged")
    again = opened(shop)
    assert again is not first
    assert again.read_from == first.read_from
    assert rows(again, "orders", "order_id") == [(ID,)]


def test_a_copy_of_the_folder_is_an_account_of_its_own(shop: Path):
    first = opened(shop)
    shutil.copytree(shop, shop.parent / "copies" / NAME)
    copy = open_account(shop.parent / "copies", NAME)
    assert copy is not first
    shutil.rmtree(shop)
    assert rows(copy, "orders", "order_id") == [(ID,)]


def test_too_many_rejected_rows_are_refused_again(shop: Path):
    (shop / "bad.tsv").write_text(text(ALL_ORDERS, order(ID_2), order("?", purchase_date="soon")), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError, match=r"bad\.tsv"):
            opened(shop)
    assert ledger(open_account(shop.parent, NAME, max_reject="1"))["bad.tsv"] == (2, 1, 0, 0, 1)
    with pytest.raises(InputError, match=r"bad\.tsv"):
        opened(shop)


def test_a_session_opened_again_has_the_same_metrics(shop: Path):
    def begin():
        return open_session(account=NAME, marketplace="", as_of="", policy="", data=str(shop.parent))

    first, again = begin(), begin()
    assert again.account is first.account
    assert again.policies == first.policies
    assert again.metric("late_dispatch_rate") is first.metric("late_dispatch_rate")
    (shop / "account.toml").write_text(BOTH + "[override.late_dispatch_rate]\nwindows = [7]\n", encoding="utf-8")
    assert begin().metric("late_dispatch_rate").window_days == 7
