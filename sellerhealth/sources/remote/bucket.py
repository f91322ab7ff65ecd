"""A data folder on object storage: what lies there, and its bytes. The only place that talks to it."""

import hashlib
import os
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.remote.address import checked
from sellerhealth.sources.remote.refusal import LATER, ChangedError, GoneError, plain
from sellerhealth.sources.work import private

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 1 << 20
AT_ONCE = 8


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait for what, in seconds.

    A connection may take `connect` and be silent for `silent`. What fails, or breaks off, is asked for again up to
    `tries` times, after a pause that doubles from `pause` on. All of it together may take `total`.
    """

    connect: float = 10.0
    silent: float = 30.0
    tries: int = 6
    pause: float = 0.25
    total: float = 1800.0


PATIENCE = Patience()


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What tells whether an object changed: its size, when it was written, and its ETag, empty where it has none."""

    size: int
    modified: str
    etag: str

    @classmethod
    def of(cls, told: "ObjectMeta") -> "Stamp":
        """The stamp of an object as it was listed."""
        return cls(size=told["size"], modified=told["last_modified"].isoformat(), etag=told["e_tag"] or "")

    @property
    def nanoseconds(self) -> int:
        """When it was written, as the file system counts."""
        since = datetime.fromisoformat(self.modified) - datetime.fromisoformat("1970-01-01T00:00:00+00:00")
        return since // timedelta(microseconds=1) * 1000


class Bucket:
    """A data folder on object storage. Names are paths from there on, without a leading slash.

    Never use one before a fork: the library's threads do not live on in the child, which then waits for ever. Nor by
    the library's `async` functions: their threads may abort the program when it ends (pyo3-async-runtimes, issue 40).
    """

    def __init__(self, data: str, patience: Patience = PATIENCE) -> None:
        """Nothing is asked yet. Raises InputError for an address that cannot be used, or without the library."""
        self.address = checked(data)
        self._until = time.monotonic() + patience.total
        try:
            from obstore.store import from_url  # noqa: PLC0415
        except ImportError:
            way_out = "Run: pip install -e '.[remote]' in this program's folder, or pip install 'sellerhealth[remote]'."
            raise InputError(self.address, "the library obstore, which reads object storage", way_out) from None
        is_file = self.address.lower().startswith("file:")
        options: Any = {} if is_file else {"client_options": _client(patience), "retry_config": _retry(patience)}
        with plain(self.address):
            self._store: ObjectStore = from_url(self.address, **options)

    def folders(self) -> list[str]:
        """The folders that lie in it."""
        with plain(self.address):
            return sorted(self._store.list_with_delimiter()["common_prefixes"])

    def objects(self, folder: str) -> dict[str, Stamp]:
        """What lies in a folder and the folders in it, by the names from the folder on."""
        with plain(f"{self.address}/{folder}"):
            told = self._store.list(folder).collect()
        return {one["path"].removeprefix(f"{folder}/"): Stamp.of(one) for one in told}

    def has(self, name: str) -> bool:
        """Whether an object of that name is there."""
        try:
            with plain(f"{self.address}/{name}"):
                self._store.head(name)
        except GoneError:
            return False
        return True

    def get(self, name: str, stamp: Stamp, into: Path) -> str:
        """Write an object into a new private file, a piece at a time, and return the MD5 of its bytes.

        Raises GoneError when it is not there, ChangedError when it is another than that of the stamp.
        """
        digest, length = hashlib.md5(usedforsecurity=False), 0
        is_strong = stamp.etag and not stamp.etag.startswith("W/")
        with plain(f"{self.address}/{name}"), private(into) as file:
            self._refuse_late()
            # It holds for the rest too, when a connection breaks off and the library asks for what is missing.
            found = self._store.get(name, options={"if_match": stamp.etag} if is_strong else {})
            for piece in found.stream(min_chunk_size=CHUNK):
                self._refuse_late()
                digest.update(piece)
                length += file.write(piece)
        if length != stamp.size or (found.meta["e_tag"] or "") != stamp.etag:
            raise ChangedError
        return digest.hexdigest()

    def put(self, name: str, content: bytes, etag: str) -> str:
        """Write an object over that of this ETag, or where none is when it is empty; the new ETag.

        Raises ChangedError when another one is there by now. Where storage cannot tell, it is written all the same.
        """
        from obstore.exceptions import NotSupportedError  # noqa: PLC0415

        mode: Any = {"e_tag": etag} if etag else "create"
        with plain(f"{self.address}/{name}"):
            try:
                told = self._store.put(name, content, mode=mode, use_multipart=False)
            except (NotImplementedError, NotSupportedError):
                told = self._store.put(name, content, use_multipart=False)
        return told["e_tag"] or ""

    def _refuse_late(self) -> None:
        if time.monotonic() > self._until:
            raise InputError(self.address, "files that come in time", f"Check your network. {LATER}")


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result, None, None]:
    """What the work gives for each of these, in their order, a few at a time; when it is closed, none is worked on."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        try:
            yield from threads.map(work, items)
        finally:
            threads.shutdown(cancel_futures=True)


def _client(patience: Patience) -> "ClientConfig":
    return {
        "connect_timeout": timedelta(seconds=patience.connect),
        "read_timeout": timedelta(seconds=patience.silent),
        # A large file may take as long as all of it.
        "timeout": timedelta(seconds=patience.total),
        "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() in ("true", "1"),
    }


def _retry(patience: Patience) -> "RetryConfig":
    first = timedelta(seconds=patience.pause)
    return {
        "max_retries": patience.tries,
        # A large file that breaks off late is worth it; all else is over sooner, by the number of tries.
        "retry_timeout": timedelta(seconds=patience.total),
        "backoff": {"init_backoff": first, "max_backoff": timedelta(seconds=15), "base": 2},
    }
