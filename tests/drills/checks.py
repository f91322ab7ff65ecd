"""What must hold after a harm, and after the same command was run again; each complaint is a sentence."""

import json
import time
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import escape

from tests.drills import traces
from tests.drills.place import KEYS, Ended, Place, marker_of, there

ENDED = frozenset({0, 1, 65, 70, 124})
"""What a runner ends with that has seen all accounts through."""
TIDY = ENDED | {129, 130, 143}
"""What a runner ends with that could put things in order."""
CAUSES = {"CELL": 1, "MEMORY": 70, "DIED": 70, "DEADLINE": 124}
A_MOMENT = 2.0


@dataclass(frozen=True)
class Base:
    """What an undisturbed run leaves."""

    files: dict[str, bytes]
    fingerprints: dict[str, str]


def base(place: Place) -> Base:
    """Run without any harm."""
    ended = place.start().end()
    assert (ended.code, ended.keys("done")) == (0, KEYS), ended
    files = place.files()
    return Base(files, {name: json.loads(files[marker_of(name)])["fingerprint"] for name in KEYS})


def after_harm(place: Place, base: Base, ended: Ended) -> Iterator[str]:
    """Whole files, a true index, and nothing left running."""
    yield from _left(place)
    files = place.files()
    yield from _partial(files, base)
    if "Traceback" in ended.said and ended.code >= 0:
        yield f"a traceback was shown: {ended.said[-300:]}"
    if ended.code in TIDY and (place.out / ".work").exists():
        yield ".work was left by a runner that was not killed"
    if ended.code in ENDED:
        yield from _told(files, base, ended)


def after_resume(place: Place, base: Base, ended: Ended, before: "Before") -> Iterator[str]:
    """The missing reports were made, no other was touched, and all is as if nothing had happened."""
    yield from _left(place)
    if ended.code:
        yield f"run again it ended with {ended.code}: {ended.said}"
    if ended.keys("done") != KEYS - before.there:
        yield f"made again: {sorted(ended.keys('done'))}, missing were: {sorted(KEYS - before.there)}"
    if ended.keys("unchanged") != before.there:
        yield f"said to be unchanged: {sorted(ended.keys('unchanged'))}, there were: {sorted(before.there)}"
    if touched := [name for name, stamp in before.stamps.items() if stamp != stamp_of(place, name)]:
        yield f"written though it was there: {touched}"
    if (place.out / ".work").exists():
        yield ".work was left"
    files = place.files()
    for name in sorted({*files, *base.files}):
        if files.get(name) != base.files.get(name):
            what = "is not there" if name not in files else "is too many" if name not in base.files else "differs"
            yield f"after the second run {name} {what}"


@dataclass(frozen=True)
class Before:
    """The reports that are there before the second run, and when each was written."""

    there: set[str]
    stamps: dict[str, tuple[int, int]]


def before(place: Place, base: Base) -> Before:
    """Look what is there."""
    found = there(place.files(), base.fingerprints)
    return Before(found, {name: stamp_of(place, name) for name in found})


def stamp_of(place: Place, name: str) -> tuple[int, int]:
    """What changes when a page is written again."""
    stat = (place.out / f"{name}.html").stat()
    return stat.st_ino, stat.st_mtime_ns


def _left(place: Place) -> Iterator[str]:
    begun = time.monotonic()
    while (left := place.left()) and time.monotonic() - begun < 10 * A_MOMENT:
        last = left
        time.sleep(0.05)
    if (seconds := time.monotonic() - begun) > A_MOMENT:
        yield f"left running for {seconds:.1f} seconds: {left or last}"
    if traces.is_locked(place.out):
        yield "the lock is still held"


def _partial(files: dict[str, bytes], base: Base) -> Iterator[str]:
    """Files under a final name that are not whole, or not what their marker says."""
    for name, content in files.items():
        if name.endswith(".html") and not content.rstrip().endswith(b"</html>"):
            yield f"{name} is not whole"
        if name.endswith(".json"):
            try:
                json.loads(content)
            except ValueError:
                yield f"{name} is not whole"
    for name in KEYS:
        page, marker = files.get(f"{name}.html"), files.get(marker_of(name))
        if marker and page and sha256(page).hexdigest() != json.loads(marker)["page_sha256"]:
            yield f"{name}.html is not what its marker says"
        if page and _is_of(marker, base.fingerprints[name]) and page != base.files[f"{name}.html"]:
            yield f"{name}.html is not made from what its marker says"


def _is_of(marker: bytes | None, fingerprint: str) -> bool:
    return marker is not None and bool(json.loads(marker)["fingerprint"] == fingerprint)


def _told(files: dict[str, bytes], base: Base, ended: Ended) -> Iterator[str]:
    """run.json, the index and the exit code tell of what is missing, and of nothing else."""
    if "run.json" not in files:
        yield f"it ended with {ended.code} and told nothing: {ended.said}"
        return
    accounts = json.loads(files["run.json"])["accounts"]
    failed = {f"{one['folder']}/{one['notebook']}": one for told in accounts.values() for one in told["failed"]}
    refused = {name: told["reason"] for name, told in accounts.items() if told["state"] == "refused"}
    named = failed.keys() | {name for name in KEYS if name.split("/")[1] in refused}
    if untold := KEYS - there(files, base.fingerprints) - named - ended.keys("done"):
        yield f"missing without a word: {sorted(untold)}"
    if wrong := failed.keys() & ended.keys("done"):
        yield f"said to have failed though they are there: {sorted(wrong)}"
    if bool(ended.code) != bool(failed or refused):
        yield f"it ended with {ended.code}; failed: {sorted(failed)}, refused: {refused}"
    if failed and not refused and ended.code != max(CAUSES[one["cause"]] for one in failed.values()):
        yield f"it ended with {ended.code}, which is not the gravest cause of {failed}"
    yield from _unnamed(files, failed.keys(), refused)


def _unnamed(files: dict[str, bytes], failed: AbstractSet[str], refused: dict[str, str]) -> Iterator[str]:
    """What the index does not tell, and the pages that do not say why a report is missing."""
    index = files["index.html"].decode()
    for name in sorted(failed):
        account = name.rpartition("/")[0]
        has_pages = any(file.startswith(f"{account}/.done/") for file in files)
        # Of an account without pages the first failure is named, and the others are counted.
        is_named = f'href="{name}.failed.html"' in index or (not has_pages and f'href="{account}/' in index)
        if not is_named:
            yield f"the index does not name {name}"
        if f"{name}.failed.html" not in files:
            yield f"no page says why {name} is missing"
    for name, reason in refused.items():
        if name not in index or str(escape(reason)) not in index:
            yield f"the index does not say why {name} was refused: {reason}"
