"""Folders to work in: gone when done, and those that a killed run left gone at the next opening.

What is in them may be a whole file of Amazon's, decoded, with all its people.
"""

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
