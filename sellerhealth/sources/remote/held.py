"""What a copy holds: which object each file was fetched from, so that only what changed is fetched again."""

import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sellerhealth.sources.remote.bucket import Stamp
from sellerhealth.sources.remote.place import SYNC
from sellerhealth.sources.store import replace_text

MD5 = re.compile(r'"?([0-9a-f]{32})"?')
A_SECOND = 10**9
NOW_AND_THEN = 1.0


@dataclass(frozen=True, kw_only=True)
class Past:
    """A file of the history as storage and copy had it alike: its ETag there; size and time here."""

    etag: str
    size: int
    time: int


@dataclass(kw_only=True)
class Held:
    """What an account's copy holds: by name, the stamp each file was fetched with and its MD5; and the history.

    A file that is on its way has no stamp: whatever then lies in its place is fetched again, or removed.
    """

    path: Path
    files: dict[str, tuple[Stamp | None, str]] = field(default_factory=dict)
    past: dict[str, Past] = field(default_factory=dict)
    saved: float = 0.0

    @classmethod
    def of(cls, place: Path, account: str) -> "Held":
        """What the copy holds; nothing when that cannot be read: then all is fetched again."""
        path = place / SYNC / f"{account}.json"
        with suppress(FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
            told = json.loads(path.read_text(encoding="utf-8"))
            files = {name: (Stamp(**stamp) if stamp else None, md5) for name, (stamp, md5) in told["files"].items()}
            return cls(path=path, files=files, past={name: Past(**one) for name, one in told["past"].items()})
        return cls(path=path)

    def keep(self, name: str, stamp: Stamp, md5: str) -> None:
        """Remember a file that is there; saved now and then, so that a run that is killed loses little."""
        self.files[name] = (stamp, md5)
        if time.monotonic() - self.saved > NOW_AND_THEN:
            self.save()

    def save(self) -> None:
        """Write it, whole or not at all."""
        files = {name: (vars(stamp) if stamp else None, md5) for name, (stamp, md5) in self.files.items()}
        past = {name: vars(one) for name, one in self.past.items()}
        replace_text(self.path, json.dumps({"files": files, "past": past}))
        self.saved = time.monotonic()

    def is_here(self, name: str, stamp: Stamp, path: Path) -> bool:
        """Whether the file was fetched with this stamp and is as it was then."""
        if self.files.get(name, (None, ""))[0] != stamp or not path.is_file():
            return False
        state = path.stat()
        # Not every file system keeps times as exactly as storage tells them.
        return state.st_size == stamp.size and abs(state.st_mtime_ns - stamp.nanoseconds) < 2 * A_SECOND

    @property
    def tells_md5(self) -> bool:
        """Whether the ETags of this storage that look like an MD5 are one; where it encrypts, they are not."""
        told = [(looks_like_md5(stamp), md5) for stamp, md5 in self.files.values() if stamp]
        return all(etag == md5 for etag, md5 in told if etag)


def looks_like_md5(stamp: Stamp) -> str:
    """The MD5 that the ETag may be; empty for one that cannot be any, such as that of a file sent in parts.

    Example:
        >>> looks_like_md5(Stamp(size=0, modified="", etag='"d41d8cd98f00b204e9800998ecf8427e"'))
        'd41d8cd98f00b204e9800998ecf8427e'
        >>> looks_like_md5(Stamp(size=0, modified="", etag='"d41d8cd98f00b204e9800998ecf8427e-3"'))
        ''
    """
    found = MD5.fullmatch(stamp.etag)
    return found[1] if found else ""
