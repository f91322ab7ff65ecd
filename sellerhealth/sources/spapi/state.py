"""What was asked for and what was stored, remembered beside the files, so that a run that was cut off goes on.

Nothing in it is secret: ids of reports, names of files, their sizes and checksums.
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.spapi.periods import Period
from sellerhealth.sources.work import private, put

FILE, LOCK, UNFINISHED, WORK = ".fetch.json", ".lock", ".part", ".work"
Entry = dict[str, Any]


@dataclass
class State:
    """What is known of the files in `folder`, by their names.

    `asked` holds the reports that Amazon was asked for and that are not there yet, `pages` the order pages of
    which some are there, `kept` the files that are: the period, the marketplaces, when they were fetched, size and
    SHA-256; without a size, Amazon has no data for the period.
    """

    folder: Path
    asked: dict[str, Entry] = field(default_factory=dict)
    pages: dict[str, Entry] = field(default_factory=dict)
    kept: dict[str, Entry] = field(default_factory=dict)

    def save(self) -> None:
        """Write it, whole or not at all."""
        told = {"asked": self.asked, "pages": self.pages, "kept": self.kept}
        unfinished = self.unfinished(FILE)
        with private(unfinished) as file:
            file.write(json.dumps(told, indent=1).encode())
        put(unfinished, self.folder / FILE)

    def unfinished(self, name: str) -> Path:
        """Where a file grows until it is whole; hidden, so that it is not read as data."""
        return self.folder / f".{name}{UNFINISHED}"

    def fetched(self, name: str, marketplaces: Sequence[str]) -> datetime | None:
        """When a file was fetched; None if it never was for all of these, or is no longer there as it was."""
        entry, path = self.kept.get(name), self.folder / name
        if not entry or not covers(entry, marketplaces):
            return None
        if "bytes" in entry and not (path.is_file() and path.stat().st_size == entry["bytes"]):
            return None
        return datetime.fromisoformat(entry["fetched"])

    def forget(self, before: datetime) -> None:
        """Wait no longer for reports that were asked for before a time."""
        self.asked = {
            name: entry for name, entry in self.asked.items() if datetime.fromisoformat(entry["at"]) >= before
        }

    def keep(self, name: str, told: Entry, begun: datetime, *, has_data: bool) -> None:
        """Take up a file that is whole, and remember it with what is told of it; or that there is no data."""
        entry, unfinished = {**told, "fetched": begun.isoformat()}, self.unfinished(name)
        if has_data:
            with unfinished.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            entry |= {"bytes": unfinished.stat().st_size, "sha256": digest}
            put(unfinished, self.folder / name)
        self.kept[name] = entry
        self.asked.pop(name, None)
        self.pages.pop(name, None)
        self.save()


@contextmanager
def opened(folder: Path) -> Iterator[State]:
    """The state of a folder, which is made if need be; nobody else fetches into it meanwhile."""
    where = f"{folder.parent.name}/{folder.name}"
    with ExitStack() as until_the_end:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            lock = until_the_end.enter_context(private(folder / LOCK))
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            way_out = "Wait for the other one to end, or stop it."
            raise InputError(where, "one fetch of an account at a time", way_out) from None
        except OSError:
            way_out = "Change its permissions, or rename what has its name."
            raise InputError(where, "a folder that can be written to", way_out) from None
        state = State(folder, **_remembered(folder / FILE))
        _clear(state)
        yield state


def covers(entry: Entry, marketplaces: Sequence[str]) -> bool:
    """Whether what is remembered was asked for all of these marketplaces."""
    return set(marketplaces) <= set(entry.get("marketplaces", ()))


def period_of(entry: Mapping[str, Any]) -> Period:
    """The period that is remembered."""
    return Period.of(entry["first"], entry["last"])


def _remembered(path: Path) -> dict[str, dict[str, Entry]]:
    """What was saved; nothing when it cannot be read: then all is fetched again."""
    with suppress(FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        saved = json.loads(path.read_text(encoding="utf-8"))
        for entry in saved["asked"].values():
            datetime.fromisoformat(entry["at"])
        for entry in (*saved["pages"].values(), *saved["kept"].values()):
            period_of(entry)
            datetime.fromisoformat(entry.get("turned") or entry["fetched"])
        return {part: dict(saved[part]) for part in ("asked", "pages", "kept")}
    return {}


def _clear(state: State) -> None:
    """Take away what a run left that was cut off, but for order pages, which the next run adds to."""
    growing = {state.unfinished(name) for name in state.pages}
    for path in state.folder.glob(f".*{UNFINISHED}"):
        if path not in growing:
            path.unlink()
    shutil.rmtree(state.folder / WORK, ignore_errors=True)
