"""An account on object storage is read as from a folder, and only what changed is fetched again."""

import os
import shutil
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.account import account_names, load_settings, open_account
from sellerhealth.sources.remote.fetch import fetch
from tests.remote.bucket import MODIFIED, Answer, refusal
from tests.remote.conftest import TOML, Agency, printed, tree
from tests.sources.folder import ONE_ORDER, ledger, put, rows

FILES = {"orders.tsv": ONE_ORDER, "2026/notes.txt": "of November", "2026/10/notes.txt": "of October"}
ALL = ["2026/10/notes.txt", "2026/notes.txt", "account.toml", "orders.tsv"]


def test_an_account_is_read_as_from_a_folder(agency: Agency):
    agency.put({"orders.tsv": ONE_ORDER})
    here = open_account(put(agency.home / "data", {"orders.tsv": ONE_ORDER}).parent, "shop")
    there = agency.open()
    assert ledger(there) == ledger(here) == {"orders.tsv": (1, 1, 0, 0, 0)}
    assert rows(there, "orders", "order_id", "purchased_at") == rows(here, "orders", "order_id", "purchased_at")


def test_what_did_not_change_is_not_fetched_again(agency: Agency):
    agency.put(FILES)
    folder = agency.fetch() / "shop"
    assert (tree(folder), agency.asked()) == (ALL, ALL)
    agency.fetch()
    assert agency.asked() == []
    agency.put({"2026/notes.txt": "of December"})
    agency.fetch()
    assert agency.asked() == ["2026/notes.txt"]
    assert (folder / "2026/notes.txt").read_text() == "of December"


@pytest.mark.parametrize(
    "changed",
    [
        {"content": "b", "modified": MODIFIED},
        {"content": "a", "modified": MODIFIED + timedelta(days=1)},
        {"content": "a", "modified": MODIFIED, "etag": "another"},
        {"content": "aa", "modified": MODIFIED, "etag": "0cc175b9c0f1b6a831c399e269772661-2"},
    ],
)
def test_a_change_of_bytes_time_tag_or_size_is_a_change(agency: Agency, changed: dict[str, object]):
    agency.put({"notes.txt": "a"})
    agency.fetch()
    agency.asked()
    agency.bucket.put("accounts/shop/notes.txt", **changed)
    folder = agency.fetch() / "shop"
    assert agency.asked() == ["notes.txt"]
    assert (folder / "notes.txt").read_text() == changed["content"]


def test_copies_have_the_times_of_the_objects(agency: Agency):
    agency.put({"notes.txt": "a"}, modified=datetime(2026, 3, 8, 12, tzinfo=UTC))
    path = agency.fetch() / "shop" / "notes.txt"
    assert datetime.fromtimestamp(path.stat().st_mtime, UTC) == datetime(2026, 3, 8, 12, tzinfo=UTC)


def test_what_is_gone_there_is_gone_here_and_what_is_ours_stays(agency: Agency):
    agency.put(FILES)
    folder = agency.fetch() / "shop"
    ours = [".store/salt.json", ".history/first_seen.sqlite", "rejects/orders.tsv.csv"]
    for name in ours:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("ours")
    for name in FILES:
        agency.remove(name)
    agency.fetch()
    assert tree(folder) == sorted(["account.toml", *ours])
    assert not (folder / "2026").exists()


def test_a_file_may_become_a_folder_and_a_folder_a_file(agency: Agency):
    agency.put({"a": "file", "b/c": "in a folder"})
    agency.fetch()
    agency.remove("a")
    agency.remove("b/c")
    agency.put({"a/c": "in a folder", "b": "file"})
    folder = agency.fetch() / "shop"
    assert tree(folder) == ["a/c", "account.toml", "b"]


def cut(path: Path) -> None:
    """As a disk may leave it that was full, or went away."""
    time_of_it = path.stat().st_mtime_ns
    path.write_text("cut")
    os.utime(path, ns=(time_of_it, time_of_it))


@pytest.mark.parametrize("spoil", [Path.unlink, os.utime, cut])
def test_a_copy_that_was_touched_is_fetched_again(agency: Agency, spoil):
    agency.put(FILES)
    path = agency.fetch() / "shop" / "orders.tsv"
    agency.asked()
    spoil(path)
    agency.fetch()
    assert agency.asked() == ["orders.tsv"]
    assert path.read_text() == ONE_ORDER


def test_more_objects_than_are_listed_at_once(agency: Agency):
    agency.put({f".store/{number:04}": "x" for number in range(2000)} | FILES)
    assert tree(agency.fetch() / "shop") == ALL
    assert len([key for method, key, _ in agency.bucket.asked if not key]) == 3
    assert agency.asked() == ALL
    agency.bucket.page = 2
    agency.fetch()
    assert agency.asked() == []


def test_the_copy_is_private(agency: Agency):
    agency.put(FILES)
    data = agency.fetch()
    parents = [data, data.parent.parent, data / "shop", data / ".sync"]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in parents} == {0o700}
    files = [path for path in data.rglob("*") if path.is_file() and path.suffix != ".json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_part_of_a_folder_is_fetched_as_the_folder(agency: Agency):
    agency.put(FILES)
    assert tree(agency.fetch("shop/north") / "shop") == ALL


def test_the_settings_alone(agency: Agency):
    agency.put(FILES)
    data = agency.fetch(settings_only=True)
    assert load_settings(data, "shop").home.code == "US"
    assert agency.asked() == ["account.toml"]
    agency.fetch()
    agency.remove("account.toml")
    agency.fetch(settings_only=True)
    assert tree(data / "shop") == [name for name in ALL if name != "account.toml"]


def test_each_address_has_a_copy_of_its_own(agency: Agency):
    first = agency.fetch()
    agency.bucket.put("other/shop/account.toml", TOML)
    assert fetch("s3://agency/other/", "shop") != first
    assert agency.fetch() == first


def test_a_folder_by_its_address(agency: Agency):
    folder = put(agency.home / "data", {"orders.tsv": ONE_ORDER, "50% off.txt": "x"})
    agency.data = folder.parent.as_uri()
    data = agency.fetch()
    with pytest.raises(InputError, match=r"account: expected a folder under file:///.*There are: shop\."):
        agency.fetch("ship")
    assert (agency.names(), account_names(data)) == (["shop"], ["shop"])
    assert tree(data / "shop") == ["50% off.txt", "account.toml", "orders.tsv"]
    (folder / "50% off.txt").unlink()
    assert tree(agency.fetch() / "shop") == ["account.toml", "orders.tsv"]


def test_two_at_once_fetch_each_file_once(agency: Agency):
    agency.put(FILES)
    with ThreadPoolExecutor(4) as several:
        folders = set(several.map(lambda _: agency.fetch() / "shop", range(4)))
    assert [tree(folder) for folder in folders] == [ALL]
    assert agency.asked() == ALL


def test_a_run_that_is_killed_leaves_nothing_that_looks_whole(agency: Agency):
    agency.put({f"{number}.txt": "x" * 1000 for number in range(20)})
    agency.bucket.fail("GET accounts/shop/9.txt", Answer(wait=20))
    code = f"from sellerhealth.sources.remote.fetch import fetch; fetch({agency.data!r}, 'shop')"
    child = subprocess.Popen([sys.executable, "-c", code])
    while ("GET", "accounts/shop/9.txt") not in [one[:2] for one in agency.bucket.asked]:
        time.sleep(0.01)
    child.kill()
    child.wait()
    (data,) = (agency.home / "here/sellerhealth/remote").iterdir()
    assert {path.read_text() for path in data.glob("shop/*.txt")} <= {"x" * 1000}
    assert not (data / "shop/9.txt").exists()
    # What it had fetched by then is gone there before it is remembered here.
    for number in range(20):
        if number != 9:
            agency.remove(f"{number}.txt")
    agency.fetch()
    assert tree(data / "shop") == ["9.txt", "account.toml"]
    assert not list((data / ".sync").glob("tmp*"))


def test_what_a_run_that_was_cut_off_left_is_not_taken_for_the_sellers(agency: Agency):
    agency.put({"a.txt": "x", "b.txt": "x"})
    agency.bucket.fail("GET accounts/shop/b.txt", refusal(403, "AccessDenied"))
    with pytest.raises(InputError):
        agency.fetch()
    agency.remove("a.txt")
    assert tree(agency.fetch() / "shop") == ["account.toml", "b.txt"]


def test_a_lost_list_of_what_was_fetched_costs_only_time(agency: Agency):
    agency.put(FILES)
    data = agency.fetch()
    (data / ".sync/shop.json").write_text("{")
    agency.fetch()
    assert agency.asked() == sorted(ALL * 2)
    shutil.rmtree(data)
    assert tree(agency.fetch() / "shop") == ALL


def test_a_large_file_is_never_in_memory(agency: Agency):
    size = 200 << 20
    agency.put({"large.csv": bytes(size)})
    code = (
        "import resource; from sellerhealth.sources.remote.fetch import fetch\n"
        f"most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; fetch({agency.data!r}, 'shop', settings_only=True)\n"
        f"before = most(); fetch({agency.data!r}, 'shop'); print(most() - before)"
    )
    assert printed(code) * 1024 < size / 4
