"""Where the copies lie: a folder of the user's cache for each address, private to the user.

In `remote/<hash of the address>/` of the cache, `<account>/` is the copy, as in any other data folder, and
`.sync/<account>.*` its lock and what it holds.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sellerhealth.sources import cache
from sellerhealth.sources.remote.address import checked
from sellerhealth.sources.work import private

if sys.platform != "win32":
    import fcntl

SYNC = ".sync"
ENDPOINTS = (
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ENDPOINT",
    "AZURE_STORAGE_ACCOUNT_NAME",
    "AZURE_STORAGE_ENDPOINT",
    "AZURE_ENDPOINT",
    "GOOGLE_BASE_URL",
)
"""Variables that make the same address mean another place."""


def place(data: str) -> Path:
    """The data folder that holds the copies of an address."""
    told = "\n".join([checked(data), *(os.environ.get(name, "") for name in ENDPOINTS)])
    folder = cache.folder(f"remote/{hashlib.blake2b(told.encode(), digest_size=12).hexdigest()}")
    (folder / SYNC).mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def locked(folder: Path, account: str) -> Iterator[None]:
    """An account's copy, to oneself: who comes later waits, and then finds it done."""
    with private(folder / SYNC / f"{account}.lock") as lock:
        if sys.platform != "win32":
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
