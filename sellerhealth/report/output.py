"""The output folder: one writer at a time, each file whole or not there, and a marker for each page that is."""

import errno
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from shutil import rmtree
from typing import IO, Any

from sellerhealth.report import drill
from sellerhealth.report.outcome import Done
from sellerhealth.report.plan import Job
from sellerhealth.report.run.child import DISK_FULL
from sellerhealth.sources.work import put

if sys.platform != "win32":
    import fcntl

CANNOT_WRITE, DISK, BUSY = 73, 74, 75
LOCK, WORK, DONE = ".lock", ".work", ".done"


class OutputError(Exception):
    """The output folder cannot be used: why, what to do, and the exit code that says so."""

    def __init__(self, told: str, code: int) -> None:
        """Say it in words."""
        super().__init__(told)
        self.code = code


@contextmanager
def opened(folder: Path) -> Iterator["Output"]:
    """The folder, locked while it is written, and clean of what a killed run left.

    Raises OutputError when it cannot be written, another run is at it, or the disk is full.
    """
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("ab")
    with lock:
        _take(lock, folder)
        work = folder / WORK
        rmtree(work, ignore_errors=True)
        try:
            with told(folder):
                work.mkdir(mode=0o700)
                (work / "probe").write_bytes(b"?")
                (work / "probe").replace(work / "probed")
            drill.at("opened")
            yield Output(folder)
            drill.at("closing")
        finally:
            rmtree(work, ignore_errors=True)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """What the system says of a folder, as an OutputError."""
    try:
        yield
    except OSError as error:
        if error.errno in DISK_FULL:
            text = f"{folder}: the disk is full. What is finished stays; make room and run it again."
            raise OutputError(text, DISK) from None
        if error.errno == errno.EIO:
            raise OutputError(f"{folder}: the disk fails. Name another folder with --out.", DISK) from None
        text = f"{folder}: expected a folder that can be written. Name another with --out."
        raise OutputError(text, CANNOT_WRITE) from None


def _take(lock: IO[bytes], folder: Path) -> None:
    """The lock goes with the process, however that ends."""
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise OutputError(f"{folder}: another run writes here. Wait until it has ended.", BUSY) from None


class Output:
    """The folder, while it is ours."""

    def __init__(self, folder: Path) -> None:
        """Made by `opened`."""
        self.folder = folder

    @property
    def work(self) -> Path:
        """Where to work: private, on the same disk, gone at the end; absolute, for processes that work elsewhere."""
        return (self.folder / WORK).resolve()

    def put(self, name: str, content: bytes) -> None:
        """Write a file beside its place and rename it: a reader never meets half of it, not even after a power cut."""
        target = self.folder / name
        beside = self.work / "unfinished"
        with told(self.folder):
            target.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            drill.at("rename")
            put(beside, target)
            drill.at("renamed")

    def renew(self, name: str, content: bytes) -> None:
        """Write a file unless it is there with this content: a run that was killed may have left it out."""
        with told(self.folder), suppress(FileNotFoundError):
            if (self.folder / name).read_bytes() == content:
                return
        self.put(name, content)

    def keep(self, done: Done) -> None:
        """Publish a page, then the marker that says so."""
        drill.at("page")
        self.put(f"{done.job.key}.html", done.page)
        drill.at("marker")
        told = {
            **{name: value for name, value in done.record.items() if name != "results"},
            "notebook": done.job.notebook.stem,
            "title": done.title,
            "fingerprint": done.fingerprint,
            "page_sha256": hashlib.sha256(done.page).hexdigest(),
            "record": done.record,
        }
        self.put(marker(done.job), (json.dumps(told, sort_keys=True, allow_nan=False) + "\n").encode())
        self.drop(failed_page(done.job))

    def drop(self, name: str) -> None:
        """Take away a file that says what is no longer so."""
        with told(self.folder):
            (self.folder / name).unlink(missing_ok=True)

    def retire(self, jobs: Sequence[Job]) -> None:
        """Take away the markers of pages that are not asked for any more: nobody makes them anew."""
        wanted = {marker(job) for job in jobs}
        for folder in {job.folder for job in jobs}:
            found = [path.relative_to(self.folder).as_posix() for path in (self.folder / folder / DONE).glob("*.json")]
            for name in set(found) - wanted:
                self.drop(name)

    def known(self, account: str, as_of: str) -> dict[str, str]:
        """The fingerprints of an account's pages that are there and whole, by `Job.key`; its last period's."""
        found = sorted(self.folder.glob(f"{escape(as_of) or '[0-9]*'}/{escape(account)}/*/{DONE}/*.json"))
        # Each marketplace has a last day of its own.
        last = {path.parts[-3]: path.parts[:-3] for path in found}
        newest = [path for path in found if path.parts[:-3] == last[path.parts[-3]]]
        pairs = ((path, self._read(path)) for path in newest)
        return {_key(path, self.folder): told["fingerprint"] for path, told in pairs if self._is_whole(path, told)}

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            # Not whole: the page is made again.
            return {}

    def _is_whole(self, path: Path, told: dict[str, Any]) -> bool:
        page = self.folder / f"{_key(path, self.folder)}.html"
        with suppress(OSError):
            return "fingerprint" in told and hashlib.sha256(page.read_bytes()).hexdigest() == told.get("page_sha256")
        return False


def marker(job: Job) -> str:
    """Where the marker of a page lies."""
    return f"{job.folder.as_posix()}/{DONE}/{job.notebook.stem}.json"


def failed_page(job: Job) -> str:
    """Where the page lies that tells of a failure."""
    return f"{job.key}.failed.html"


def _key(marker: Path, folder: Path) -> str:
    place = marker.parents[1].relative_to(folder)
    return f"{place.as_posix()}/{marker.stem}"
