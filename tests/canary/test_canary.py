"""People's data that is planted everywhere is found nowhere: not in what is stored, shown, logged, left over or said."""

from pathlib import Path

import pytest

from sellerhealth.sources.account import open_account
from tests.canary import pipeline, planted
from tests.canary.search import places


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, frozenset[Path], dict[str, pipeline.Ran]]:
    """All runs in one folder: reads, a report with failures, a notebook by papermill."""
    place = tmp_path_factory.mktemp("canary")
    given = planted.write(place / "data")
    ran = {}
    for name in (planted.SHOP, planted.REFUSED, planted.BROKEN):
        ran[name] = pipeline.command(place, "read", name, "--data", place / "data")
    ran["report"] = pipeline.report(place)
    ran["papermill"] = pipeline.papermill(place)
    return place, given, ran


def test_the_runs_ended_as_meant(made):
    place, _, ran = made
    codes = {name: run.code for name, run in ran.items()}
    assert codes == {"shop": 0, "refused": 65, "broken": 65, "report": 1, "papermill": 0}, ran
    assert "99_fails" in ran["report"].told
    assert "ValueError" in ran["report"].told
    pages = sorted(path.stem for path in (place / "out").rglob("*.html"))
    assert pages == sorted([*pipeline.NOTEBOOKS, "99_fails.failed", "digest", "index"])


def test_every_planted_text_is_in_what_was_given(made):
    place, given, _ = made
    found = " ".join(places(place / "data", planted.TEXTS[:4] + planted.TEXTS[6:]))
    silent = [path.name for path in given if path.name not in found]
    assert silent == []


def test_rows_are_used_and_rows_are_rejected(made):
    account = open_account(made[0] / "data", planted.SHOP)
    used = dict(account.ledger.select("file", "used").iter_rows())
    assert used["shop/talk.csv"] == 4
    assert used["shop/all_orders.tsv"] == 9
    assert {"shop/wrong.tsv", "shop/moved.tsv", "shop/shifted.tsv"} <= set(account.rejects["file"])


def test_nothing_of_it_is_found(made):
    place, given, _ = made
    assert places(place, planted.TEXTS, given) == []


def test_nothing_is_left_in_the_temporary_folder(made):
    assert [path for path in (made[0] / "tmp").rglob("*") if path.is_file()] == []


def test_what_a_killed_read_leaves_is_gone_after_the_next(tmp_path: Path):
    """A file that has to be decoded is one with all its people in it."""
    given = planted.write(tmp_path / "data")
    pipeline.killed(tmp_path)
    assert (tmp_path / "data" / planted.SHOP / ".store").exists(), "it was killed too soon"
    open_account(tmp_path / "data", planted.SHOP)
    assert places(tmp_path, planted.TEXTS, given) == []
