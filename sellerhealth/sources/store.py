"""The store of an account: what was read, as Parquet, under the hash of what it was read from.

It lies in `.store/` of the account's folder (or, where that cannot be written, in the user's cache), is private to
the user, and may be deleted at any time.
"""

import functools
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

import polars as pl

from sellerhealth.sources import cache
from sellerhealth.sources.work import A_DAY, workdir

READER_VERSION = "12"
"""Raise it when the same bytes would be read differently."""
UNUSED = 30 * A_DAY
WORD_LISTS = Path(__file__).parents[1]


def place(folder: Path) -> Path:
    """The store's folder, made with access for the user only."""
    inside = folder / ".store"
    if os.access(inside if inside.is_dir() else folder, os.W_OK) and cache.is_private(inside):
        return inside
    digest = hashlib.blake2b(os.fsencode(folder.resolve()), digest_size=8).hexdigest()
    return cache.folder(f"stores/{digest}")


def fingerprint(*parts: object) -> str:
    """A short name for these parts and all that they are read by.

    Example:
        >>> fingerprint("a") == fingerprint("a"), fingerprint("a") == fingerprint("b")
        (True, False)
    """
    text = "\n".join([*_read_by(), *(repr(part) for part in parts)])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@functools.cache
def _read_by() -> tuple[str, ...]:
    """The reader, Polars, whose hashes another version may make differently, and the lists of words."""
    lists = [*sorted(WORD_LISTS.glob("topics/*.toml")), *sorted(WORD_LISTS.glob("headers/*.toml"))]
    words = b"".join(path.read_bytes() for path in lists)
    return READER_VERSION, pl.__version__, hashlib.blake2b(words, digest_size=16).hexdigest()


def salt(store: Path) -> int:
    """The store's own secret number, made when it is first asked for; what was read by another is read again."""
    kept = store / "salt.json"
    with suppress(FileNotFoundError, ValueError):
        return int(kept.read_text(encoding="utf-8"))
    replace_text(kept, str(secrets.randbits(63)))
    # Of several processes the last one's stays.
    return int(kept.read_text(encoding="utf-8"))


def hashes(files: list[Path], store: Path) -> dict[Path, str]:
    """The hash of each file's bytes; one not touched since it was last hashed is not read again."""
    manifest = store / "manifest.json"
    known = _known(manifest)
    now = {file: stamp_of(file) for file in files}
    found = {file: known[stamp] if (stamp := now[file]) in known else _hash(file) for file in files}
    fresh = {now[file]: digest for file, digest in found.items()}
    if fresh != known:
        replace_text(manifest, json.dumps(fresh))
    return found


def stamp_of(file: Path) -> str:
    """What is another as soon as a file is written or replaced."""
    state = file.stat()
    return f"{file.name}|{state.st_ino}|{state.st_size}|{state.st_mtime_ns}|{state.st_ctime_ns}"


def _known(manifest: Path) -> dict[str, str]:
    try:
        return dict(json.loads(manifest.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        # No manifest, or one that was cut off: every file is hashed again.
        return {}


def replace_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with workdir(path.parent) as work:
        beside = work / path.name
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)


def once(target: Path, make: Callable[[Path], None]) -> Path:
    """The folder `target`, made by `make` in a temporary place and renamed when it is whole."""
    if not target.exists():
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with workdir(target.parent) as work:
            beside = work / "whole"
            beside.mkdir()
            make(beside)
            _rename(beside, target)
    return target


def prune(store: Path, merged: Path, used: Collection[str]) -> None:
    """Take away what was not used for thirty days.

    `merged` was made just now, so that its time is the present; `used` are the names of the files it was made of.
    """
    now = merged.stat().st_mtime
    for old in [*store.glob("merged/*"), *(path for path in store.glob("files/*") if path.stem not in used)]:
        if _age(old, now) > UNUSED:
            _remove(old)


def _age(path: Path, now: float) -> float:
    try:
        return now - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _remove(path: Path) -> None:
    if path.is_dir():
        rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _rename(beside: Path, target: Path) -> None:
    try:
        beside.rename(target)
    except OSError:
        # Another process was first: what it made of the same bytes is the same.
        if not target.exists():
            raise


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
