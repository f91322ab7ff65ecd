"""A folder for the user only: in the user's cache, else in the system's temporary folder, else refused."""

import os
import tempfile

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import cache


def test_it_lies_in_the_users_cache_for_the_user_only(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert cache.folder("work") == tmp_path / "cache" / "sellerhealth" / "work"
    assert cache.folder("stores/1").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "cache" / "sellerhealth").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("given", ["", "relative/path"])
def test_a_place_that_is_none_is_home(tmp_path, monkeypatch, given):
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder("work") == tmp_path / ".cache" / "sellerhealth" / "work"


def test_without_a_home_to_write_in_it_is_temporary(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert cache.folder("work") == tmp_path / f"sellerhealth-{os.getuid()}" / "work"


def test_a_place_that_somebody_took_is_refused(tmp_path, monkeypatch):
    (tmp_path / f"sellerhealth-{os.getuid()}").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / f"sellerhealth-{os.getuid()}"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(InputError, match="a folder of your own"):
        cache.folder("work")


def test_the_folder_of_another_user_is_not_private(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert not cache.is_private(tmp_path / "of another user")
