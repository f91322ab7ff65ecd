"""The store takes away what was not used for long, and what killed runs left."""

import os
import shutil
from pathlib import Path

from sellerhealth.sources.account import open_account
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


def test_what_a_killed_run_left_goes_after_a_day(tmp_path: Path):
    store = another(tmp_path, "a.tsv")
    for part in ("files", "merged", "."):
        for name, days in (("tmpold", 1.1), ("tmpnew", 0.5)):
            (store / part / name).mkdir()
            (store / part / name / "decoded.txt").write_text("Zanzibarine", encoding="utf-8")
            age(store / part / name, days)
    another(tmp_path, "b.tsv")
    left = sorted(path.relative_to(store).as_posix() for path in store.rglob("tmp*"))
    assert left == ["files/tmpnew", "merged/tmpnew", "tmpnew"]
    shutil.rmtree(store)
