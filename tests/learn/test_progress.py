"""What a learner has passed is kept on this machine, shown, and never in anybody's way."""

import json

import pytest

from sellerhealth import policy
from sellerhealth.learn import progress
from sellerhealth.learn.exercise import check
from tests.show.markup import harmless, text_of

LATE = policy("handbook")["late_dispatch_rate"]


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    """A cache of its own, and somebody at the keyboard."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(progress, "in_batch", lambda: False)
    return tmp_path / "cache"


def kept(home):
    return json.loads((home / "sellerhealth" / "learn" / "progress.json").read_text(encoding="utf-8"))


def test_nothing_is_kept_at_first():
    assert progress.read() == {}
    assert progress.progress().text.splitlines()[0] == "01_late_dispatch_rate  Late Dispatch Rate  –"


def test_what_is_passed_is_kept_once_and_shown(home):
    check(LATE, counted="ABCDEFGK", defects="DEK")
    check(LATE, counted="ABCDEFGK", defects="DEK")
    progress.note("order_defect_rate", "exercise 1")
    assert kept(home) == {"late_dispatch_rate": ["by hand"], "order_defect_rate": ["exercise 1"]}
    told = progress.progress()
    assert told.text.splitlines()[0] == "01_late_dispatch_rate  Late Dispatch Rate  by hand"
    assert "04_order_defect_rate Order Defect Rate exercise 1" in text_of(harmless(told.html))
    assert len(told.text.splitlines()) == 13


def test_it_is_the_user_s_alone_and_leaves_nothing_beside(home):
    progress.note("late_dispatch_rate", "by hand")
    folder = home / "sellerhealth" / "learn"
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir()] == ["progress.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"late_dispatch_rate": 3}', "null", "\udcff"])
def test_what_cannot_be_read_is_forgotten(home, text):
    progress.note("late_dispatch_rate", "by hand")
    (home / "sellerhealth" / "learn" / "progress.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert progress.read() == {}
    progress.note("late_dispatch_rate", "exercise 2")
    assert kept(home) == {"late_dispatch_rate": ["exercise 2"]}


def test_where_nothing_can_be_written_a_lesson_goes_on(monkeypatch):
    def refused(_: str) -> None:
        raise PermissionError

    monkeypatch.setattr(progress.cache, "folder", refused)
    assert check(LATE, counted="ABCDEFGK", defects="DEK").text.startswith("✓ Right.")
    assert progress.read() == {}
    assert progress.progress().text


def test_a_batch_neither_reads_nor_writes(home, monkeypatch):
    monkeypatch.setattr(progress, "in_batch", lambda: True)
    progress.note("late_dispatch_rate", "by hand")
    assert not home.exists()
    monkeypatch.setattr(progress, "read", lambda: pytest.fail("it was read"))
    assert progress.progress().text == progress.NOWHERE
