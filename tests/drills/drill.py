"""One drill: a harm, the checks, the same command again, the checks of that."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from tests.drills import checks, traces
from tests.drills.acts import Skipped
from tests.drills.checks import Base
from tests.drills.harms import Drill
from tests.drills.place import KEYS, VICTIM, Place, there


@dataclass(frozen=True, kw_only=True)
class Held:
    """A drill that was held: what broke, or why it could not be held; the exit code, and the seconds it took."""

    drill: Drill
    broke: tuple[str, ...]
    skipped: str
    code: int | None
    seconds: float

    def __str__(self) -> str:
        how = f"skipped: {self.skipped}" if self.skipped else "BROKE" if self.broke else "held"
        lines = [f"{how}: {self.drill} ({self.code}, {self.seconds:.1f} s)"]
        return "\n    ".join([*lines, *self.broke])


@contextmanager
def a_place(parent: Path) -> Iterator[Place]:
    """A place for one drill, gone at the end."""
    place = Place(Path(mkdtemp(prefix="drill-", dir=parent)))
    try:
        yield place
    finally:
        place.clear()


def hold(drill: Drill, base: Base, parent: Path) -> Held:
    """Hold it in a folder of its own below `parent`."""
    begun = time.monotonic()
    code: list[int] = []
    skipped, broke = "", []
    with a_place(parent) as place:
        try:
            broke += _held(drill, base, place, code)
        except Skipped as why:
            skipped = str(why)
        except AssertionError as error:
            broke.append(str(error))
    seconds = time.monotonic() - begun
    return Held(drill=drill, broke=tuple(broke), skipped=skipped, code=code[0] if code else None, seconds=seconds)


def _held(drill: Drill, base: Base, place: Place, code: list[int]) -> Iterator[str]:
    if drill.prepare:
        drill.prepare(place)
    if drill.cell:
        (place.harm / f"{'-'.join(VICTIM)}.py").write_text(drill.cell, encoding="utf-8")
    run = place.start(*drill.options, at=drill.at)
    drill.act(place, run)
    ended = run.end()
    code.append(ended.code)
    if drill.at and not run.struck.exists():
        yield "nobody reached the point"
    if ended.code not in drill.codes:
        yield f"it ended with {ended.code}, expected {sorted(drill.codes)}: {ended.said[-600:]}"
    yield from checks.after_harm(place, base, ended)
    if drill.lost is not None and (lost := KEYS - there(place.files(), base.fingerprints)) != drill.lost:
        yield f"missing: {sorted(lost)}, expected: {sorted(drill.lost)}"
    yield from _again(place, base, drill.options)


def _again(place: Place, base: Base, options: tuple[str, ...]) -> Iterator[str]:
    """Put everything in order, and run it again."""
    shutil.rmtree(place.harm)
    traces.unmount(place.out)
    (place.out.parent / "full").unlink(missing_ok=True)
    place.inputs()
    before = checks.before(place, base)
    yield from checks.after_resume(place, base, place.start(*options).end(), before)
