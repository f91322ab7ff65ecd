"""Folders to work in, gone when done, and files that are whole or not there; what a killed run left goes next time.

What is in these folders may be a whole file of Amazon's, decoded, with all its people.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import time
from typing import IO

if sys.platform != "win32":
    import fcntl

LOCK = ".lock"
A_DAY = 24 * 60 * 60.0


@contextmanager
def workdir(beside: Path) -> Iterator[Path]:
    """A folder of one's own, locked while it is worked in."""
    with TemporaryDirectory(dir=beside) as made:
        fresh = Path(made, f"{LOCK}.new")
        with fresh.open("wb") as lock:
            # Named when it is locked: nobody finds it open.
            _is_free(lock)
            fresh.rename(fresh.with_name(LOCK))
            yield Path(made)


@contextmanager
def private(path: Path, *, after: int = 0) -> Iterator[IO[bytes]]:
    """A file for the user only, on the disk when this ends; its first `after` bytes stay."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
        file.truncate(after)
        yield file
        file.flush()
        os.fsync(file.fileno())


def put(unfinished: Path, path: Path) -> None:
    """Give a whole file its name, for good: a rename is on the disk when its folder is."""
    unfinished.replace(path)
    if sys.platform == "win32":
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sweep(*places: Path) -> None:
    """Take away the folders for work below these places in which nobody works any more."""
    for left in (found for place in places for pattern in ("tmp*", "*/tmp*") for found in place.glob(pattern)):
        if _is_left(left):
            rmtree(left, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    """Whether its lock can be had; where there are no locks, whether it is a day old."""
    with suppress(OSError), (folder / LOCK).open("rb") as lock:
        if (is_free := _is_free(lock)) is not None:
            return is_free
    with suppress(OSError):
        return time() - folder.stat().st_mtime > A_DAY
    return False


def _is_free(lock: IO[bytes]) -> bool | None:
    """Lock the file, if nobody else has; None where files cannot be locked."""
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
