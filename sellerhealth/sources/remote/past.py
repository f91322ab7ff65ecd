"""The history of an account on object storage: taken up when it is fetched, written back when something was remembered.

It cannot be made again, and an agency's machines come and go: so it lives where the files live, and every machine
adds to it. Nothing is ever removed from it, on either side; whoever wants to forget something deletes it on both.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path, PurePosixPath

from sellerhealth.sources import first_seen, history
from sellerhealth.sources.remote.bucket import Stamp
from sellerhealth.sources.remote.copy import Copy
from sellerhealth.sources.remote.held import Past
from sellerhealth.sources.remote.objects import is_name
from sellerhealth.sources.work import put

NOT_ALIKE = -1


def among(objects: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """The objects of the account that are its history, by the names of files; damaged ones are not."""
    paths = [PurePosixPath(name) for name in objects]
    found = [path for path in paths if f"{path.parent}" == history.FOLDER and _is_past(path.name)]
    return {path.name: objects[f"{path}"] for path in found if is_name(path.name)}


def pull(copy: Copy, told: Mapping[str, Stamp]) -> None:
    """Take up what storage has (`among`) and this machine has not seen yet."""
    if lost := copy.held.past.keys() - told.keys():
        # No longer there: it is written again.
        copy.held.past = {name: one for name, one in copy.held.past.items() if name not in lost}
        copy.held.save()
    news = {name: stamp for name, stamp in told.items() if not _is_known(copy, name, stamp)}
    if news and (inside := history.home(copy.folder)):
        for name, stamp in news.items():
            beside, _ = copy.whole(f"{history.FOLDER}/{name}", stamp)
            _remember(copy, inside / name, _taken(copy, beside, inside / name, stamp.etag))


def give(copy: Copy) -> None:
    """Write what this machine remembered since to storage. Raises ChangedError when another one wrote it meanwhile."""
    for path in sorted((copy.folder / history.FOLDER).glob("*")):
        before, now = copy.held.past.get(path.name), path.stat()
        if _is_past(path.name) and (not before or (before.size, before.time) != (now.st_size, now.st_mtime_ns)):
            there = f"{copy.account}/{history.FOLDER}/{path.name}"
            etag = copy.bucket.put(there, _content(path, copy.work), before.etag if before else "")
            _remember(copy, path, Past(etag=etag, size=now.st_size, time=now.st_mtime_ns))


def _is_past(file: str) -> bool:
    return file == first_seen.FILE or file.endswith(".parquet")


def _is_known(copy: Copy, name: str, stamp: Stamp) -> bool:
    """Whether it was seen before, and is still here, be it set aside as damaged."""
    inside, before = copy.folder / history.FOLDER, copy.held.past.get(name)
    is_here = (inside / name).exists() or (inside / f"{name}{history.DAMAGED}").exists()
    return before is not None and before.etag == stamp.etag and is_here


def _taken(copy: Copy, beside: Path, path: Path, etag: str) -> Past:
    """Give what was fetched its place, or add it to what is there; what is now alike, if the two are."""
    if path.name != first_seen.FILE or not path.exists():
        put(beside, path)
    elif not _absorbed(copy, beside):
        return Past(etag=etag, size=NOT_ALIKE, time=NOT_ALIKE)
    state = path.stat()
    return Past(etag=etag, size=state.st_size, time=state.st_mtime_ns)


def _absorbed(copy: Copy, beside: Path) -> bool:
    """Add these days to those of this machine, the earlier one of each; whether no other is known here."""
    other = copy.work / "other"
    (other / history.FOLDER).mkdir(parents=True, exist_ok=True)
    beside.replace(other / history.FOLDER / first_seen.FILE)
    is_alike = True
    for table in first_seen.HAPPENED:
        theirs = first_seen.known(other, table)
        first_seen.remember(copy.folder, table, theirs)
        is_alike &= theirs.sort("key").equals(first_seen.known(copy.folder, table).sort("key"))
    return is_alike


def _content(path: Path, work: Path) -> bytes:
    """The bytes of a file; of the database, in which another process may be writing, those of a whole copy."""
    if path.name != first_seen.FILE:
        return path.read_bytes()
    beside = work / path.name
    with closing(sqlite3.connect(path)) as here, closing(sqlite3.connect(beside)) as there:
        here.backup(there)
    return beside.read_bytes()


def _remember(copy: Copy, path: Path, told: Past) -> None:
    copy.held.past[path.name] = told
    copy.held.save()
