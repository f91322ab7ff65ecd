"""The output folder: whole files, one writer, markers that are believed only when their page is what they say."""

import errno
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from sellerhealth.report import output
from sellerhealth.report.outcome import Done
from sellerhealth.report.output import OutputError, opened
from tests.report.tiny import job, record

KEY = "2026-03-01/shop/US/01_tiny"


def done(page: bytes = b"<p>page</p>", fingerprint: str = "f1") -> Done:
    return Done(job=job(), page=page, record=record(), title="Tiny", fingerprint=fingerprint)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_page_has_its_marker(tmp_path):
    with opened(tmp_path / "out") as out:
        out.keep(done())
    assert names(tmp_path / "out") == [".lock", "2026-03-01/shop/US/.done/01_tiny.json", f"{KEY}.html"]
    assert (tmp_path / "out" / f"{KEY}.html").read_bytes() == b"<p>page</p>"
    told = json.loads((tmp_path / "out/2026-03-01/shop/US/.done/01_tiny.json").read_text())
    assert told == {
        **{name: value for name, value in record().items() if name != "results"},
        "notebook": "01_tiny",
        "title": "Tiny",
        "fingerprint": "f1",
        "page_sha256": "93883e119ff6a20c7097184d72bc4d1cc76da0c3b45ed02ae718ce9f1b9aad9c",
        "record": record(),
    }


def test_a_failure_page_goes_when_the_report_is_there(tmp_path):
    with opened(tmp_path) as out:
        out.put(f"{KEY}.failed.html", b"why")
        out.keep(done())
    assert f"{KEY}.failed.html" not in names(tmp_path)


def test_what_is_known(tmp_path):
    with opened(tmp_path) as out:
        assert out.known("shop", "") == {}
        out.keep(done())
        assert out.known("shop", "") == {KEY: "f1"}
        assert out.known("shop", "2026-03-01") == {KEY: "f1"}
        assert out.known("shop", "2026-03-02") == {}
        assert out.known("sho", "") == {}


@pytest.mark.parametrize("harm", ["page changed", "page gone", "marker cut", "marker empty", "marker of another kind"])
def test_a_page_that_is_not_what_its_marker_says_is_made_again(tmp_path, harm):
    page, marker = tmp_path / f"{KEY}.html", tmp_path / "2026-03-01/shop/US/.done/01_tiny.json"
    with opened(tmp_path) as out:
        out.keep(done())
        if harm.startswith("page"):
            page.write_bytes(b"<p>pag") if harm == "page changed" else page.unlink()
        else:
            marker.write_text({"marker cut": '{"a', "marker empty": "", "marker of another kind": "[1]"}[harm])
        assert out.known("shop", "") == {}


@pytest.mark.parametrize(("marketplace", "known"), [("US", {}), ("CA", {KEY: "f1"})])
def test_only_the_last_period_of_each_marketplace_is_looked_at(tmp_path, marketplace, known):
    with opened(tmp_path) as out:
        out.keep(done())
        (tmp_path / "2026-03-08/shop" / marketplace / ".done").mkdir(parents=True)
        (tmp_path / "2026-03-08/shop" / marketplace / ".done/x.json").write_text("{}")
        assert out.known("shop", "") == known
        assert out.known("shop", "2026-03-01") == {KEY: "f1"}


def test_a_second_writer_is_sent_away_and_the_lock_goes_with_its_process(tmp_path):
    code = "import sys, os\nfrom pathlib import Path\nfrom sellerhealth.report.output import opened\n"
    holds = f"{code}with opened(Path(sys.argv[1])):\n print('in', flush=True)\n sys.stdin.read()\n"
    words = [sys.executable, "-c", holds, str(tmp_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "in\n"
        with pytest.raises(OutputError, match="another run writes here") as caught, opened(tmp_path):
            pytest.fail("two at once")
        assert caught.value.code == 75
        assert (tmp_path / ".work").is_dir(), "the other's is left alone"
        other.kill()
    with opened(tmp_path) as out:
        assert names(out.work) == ["probed"], "what a killed run left is gone"


def test_nothing_is_left_of_the_work(tmp_path):
    with opened(tmp_path) as out:
        (out.work / "more").mkdir()
    assert names(tmp_path) == [".lock"]
    assert not (tmp_path / ".work").exists()


@contextmanager
def failing(monkeypatch, number: int):
    def fsync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(output.os, "fsync", fsync)
        yield


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (errno.ENOSPC, 74, "the disk is full. What is finished stays; make room and run it again."),
        (errno.EDQUOT, 74, "the disk is full."),
        (errno.EFBIG, 74, "the disk is full."),
        (errno.EIO, 74, "the disk fails. Name another folder with --out."),
        (errno.EROFS, 73, "expected a folder that can be written. Name another with --out."),
        (errno.EACCES, 73, "expected a folder that can be written."),
    ],
)
def test_what_the_disk_says_is_a_sentence_and_the_old_page_stays(tmp_path, monkeypatch, number, code, words):
    with opened(tmp_path) as out:
        out.keep(done())
        with failing(monkeypatch, number), pytest.raises(OutputError, match=words) as caught:
            out.keep(done(b"<p>new</p>", "f2"))
        assert caught.value.code == code
        assert out.known("shop", "") == {KEY: "f1"}
    assert (tmp_path / f"{KEY}.html").read_bytes() == b"<p>page</p>"


def test_a_file_in_the_folders_place_is_refused(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="expected a folder that can be written") as caught, opened(tmp_path / "out"):
        pytest.fail("not a folder")
    assert caught.value.code == 73


def test_the_folder_to_work_in_can_be_found_from_elsewhere(tmp_path, monkeypatch):
    """The processes of accounts have another working directory."""
    monkeypatch.chdir(tmp_path)
    with opened(Path("out")) as out:
        assert out.work == tmp_path / "out" / ".work"


def test_a_file_that_is_as_it_should_be_is_left_alone(tmp_path):
    with opened(tmp_path) as out:
        out.renew("a", b"1")
        stamp = (tmp_path / "a").stat().st_ino
        out.renew("a", b"1")
        assert (tmp_path / "a").stat().st_ino == stamp
        out.renew("a", b"2")
        assert (tmp_path / "a").read_bytes() == b"2"
