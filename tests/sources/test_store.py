"""The store takes away what was not used for long, and what killed runs left."""

import os
import subprocess
import sys
from pathlib import Path

from sellerhealth.sources.account import open_account
from sellerhealth.sources.work import workdir
from tests.sources.folder import ALL_ORDERS, ID_2, ONE_ORDER, order, put, text

DAY = 24 * 60 * 60


def age(path: Path, days: float) -> Path:
    """As if last used so many days ago."""
    then = path.stat().st_mtime - days * DAY
    os.utime(path, (then, then))
    return path


def inside(store: Path, part: str) -> set[str]:
    return {path.name for path in (store / part).iterdir()}


def another(data: Path, name: str) -> Path:
    """The account with another file, so that it is merged anew; its store."""
    put(data, {"orders.tsv": ONE_ORDER, name: text(ALL_ORDERS, order(ID_2, sku=name))})
    open_account(data, "shop")
    return data / "shop" / ".store"


def test_what_was_not_used_for_thirty_days_goes_with_the_next_change(tmp_path: Path):
    store = another(tmp_path, "a.tsv")
    (tmp_path / "shop" / "a.tsv").unlink()
    old = {part: inside(store, part) for part in ("merged", "files")}
    for path in [*store.glob("merged/*"), *store.glob("files/*")]:
        age(path, 31)
    another(tmp_path, "b.tsv")
    assert inside(store, "merged").isdisjoint(old["merged"])
    assert len(inside(store, "merged")) == 1
    # The file that is still there is still remembered, that which is gone is not.
    assert len(inside(store, "files") & old["files"]) == 2
    assert len(inside(store, "files")) == 4


def test_what_was_used_lately_stays(tmp_path: Path):
    store = another(tmp_path, "a.tsv")
    (merged,) = store.glob("merged/*")
    age(merged, 31)
    for path in store.glob("files/*"):
        age(path, 29)
    open_account(tmp_path, "shop")
    (tmp_path / "shop" / "a.tsv").unlink()
    another(tmp_path, "b.tsv")
    assert merged.exists()
    assert len(inside(store, "files")) == 6


KILLED = """
import os, signal, sys
from pathlib import Path
from sellerhealth.sources.work import workdir
with workdir(Path(sys.argv[1])) as work:
    (work / "decoded.txt").write_text("Zanzibarine")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_goes_at_the_next_opening(tmp_path: Path):
    folder = another(tmp_path, "a.tsv").parent
    (folder / ".history").mkdir()
    places = [folder / part for part in (".store", ".store/files", ".store/merged", ".history")]
    for place in places:
        subprocess.run([sys.executable, "-c", KILLED, place], check=False)
        assert len(list(place.glob("tmp*/decoded.txt"))) == 1
    open_account(tmp_path, "shop")
    assert list(folder.rglob("tmp*")) == []


def test_where_another_run_works_nothing_is_taken_away(tmp_path: Path):
    store = another(tmp_path, "a.tsv")
    with workdir(store / "files") as work:
        (work / "decoded.txt").write_text("Zanzibarine", encoding="utf-8")
        open_account(tmp_path, "shop")
        assert (work / "decoded.txt").exists()
    assert not work.exists()


def test_what_has_no_lock_goes_after_a_day(tmp_path: Path):
    store = another(tmp_path, "a.tsv")
    for name, days in (("tmpold", 1.1), ("tmpnew", 0.5)):
        (store / "files" / name).mkdir()
        age(store / "files" / name, days)
    open_account(tmp_path, "shop")
    assert [path.name for path in (store / "files").glob("tmp*")] == ["tmpnew"]
