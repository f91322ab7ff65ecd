"""The bundle of a page: made once, kept where only its user can write, and never believed."""

import base64
import hashlib
import os
import stat
import zlib
from pathlib import Path

import pytest
import vl_convert

from sellerhealth.report.pages import vega


def bundle_of(script: str) -> vega.Bundle:
    return vega.Bundle(script=script, packed=base64.b64encode(zlib.compress(script.encode(), 9)).decode())


MADE = bundle_of("made()")


@pytest.fixture
def made(tmp_path, monkeypatch):
    """How often it was made, in a cache of its own."""
    times: list[int] = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(vega, "_made", lambda: times.append(1) or MADE)
    vega.bundle.cache_clear()
    yield times
    vega.bundle.cache_clear()


def another_process() -> vega.Bundle:
    vega.bundle.cache_clear()
    return vega.bundle()


def test_it_is_made_once_for_all_processes(made):
    assert [another_process() for _ in range(3)] == [MADE] * 3
    assert len(made) == 1


def test_it_is_kept_under_its_version_where_only_its_user_can_write(made, tmp_path):
    vega.bundle()
    folder = tmp_path / "cache" / "sellerhealth"
    (kept,) = folder.iterdir()
    assert kept == vega.cached()
    assert kept.name.startswith("vega-1.")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


KEPT = f"{vega.digest(MADE.script)}\n{MADE.packed}\n"
DAMAGED = {
    "empty": "",
    "cut": KEPT[:60],
    "changed": KEPT.swapcase(),
    "longer": f"{KEPT}more",
    "another script": KEPT.replace(MADE.packed, bundle_of("window.PWNED=1").packed),
    "not packed": KEPT.replace(MADE.packed, "AAAA"),
    "not base64": KEPT.replace(MADE.packed, "-"),
    "not ASCII": "é",
}


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_made_anew(made, damaged):
    vega.bundle()
    assert vega.cached().read_text(encoding="ascii") == KEPT
    vega.cached().write_text(damaged, encoding="utf-8")
    assert another_process() == MADE
    assert len(made) == 2
    assert vega.cached().read_text(encoding="ascii") == KEPT


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no such rights")
def test_what_another_user_could_have_put_there_is_not_taken(made):
    """It would run in every page."""
    vega.bundle()
    other = bundle_of("window.PWNED=1")
    vega.cached().write_text(f"{vega.digest(other.script)}\n{other.packed}\n", encoding="ascii")
    vega.cached().parent.chmod(0o777)
    assert another_process() == MADE


def test_where_nothing_can_be_kept_it_is_made_each_time(made, tmp_path):
    (tmp_path / "cache").write_text("a file, not a folder")
    assert [another_process(), another_process()] == [MADE, MADE]
    assert len(made) == 2


def test_without_a_setting_it_is_kept_in_the_users_home(monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/anna")
    assert vega.cached().parent == Path("/home/anna/.cache/sellerhealth")


def test_the_script_ends_nowhere_and_is_new_enough():
    script = vega.bundle().script
    assert "</script" not in script
    assert "<!--" not in script
    # CVE-2025-59840 is closed in Vega 6.2.0.
    assert tuple(map(int, vl_convert.get_vega_version().split("."))) >= (6, 2, 0)
    assert vl_convert.get_vega_version() in script


def test_a_digest_is_what_a_browser_computes():
    wanted = base64.b64encode(hashlib.sha256("ä".encode()).digest()).decode()
    assert vega.digest("ä") == f"sha256-{wanted}"
