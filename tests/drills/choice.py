"""Which drills are held: of each kind one, then of each another, and signals at random moments between them."""

from itertools import chain, count, cycle, islice, zip_longest
from random import Random

from tests.drills.harms import Drill, at_random, named

RANDOM = 4
"""One drill in so many is at a random moment."""
FIRST = (
    *("runner SIGKILL", "runner SIGTERM", "runner STOP KILL", "warm SIGKILL", "warm STOP, runner SIGKILL"),
    *("worker SIGKILL", "worker STOP", "worker STOP, runner SIGTERM", "runner while a cell", "full disk"),
    *("no file may grow", "read-only folder", "folder removed", "second runner", "inputs changed", "settings broken"),
    *("cell hangs in C code", "cell eats memory", "cell eats memory in Polars", "cell starts processes and dies"),
    *("cell deletes its folder", "cell closes all files", "cell aborts"),
)
"""The kinds that are held even where there is time for thirty only."""


def chosen(number: int, seed: int, only: str = "") -> list[Drill]:
    """So many drills, always the same ones for a seed; those whose name holds `only`."""
    rows = _by_kind(named(), Random(seed))
    fixed = [drill for drill in chain.from_iterable(zip_longest(*rows)) if drill]
    if only:
        return [drill for drill in fixed if only in str(drill)][:number]
    moments = (at_random(seed * 1_000_000 + one) for one in count())
    turns = cycle([*[iter(fixed)] * (RANDOM - 1), moments])
    mixed = (drill for turn in turns if (drill := next(turn, None)))
    return list(islice(mixed, number))


def _by_kind(drills: list[Drill], draw: Random) -> list[list[Drill]]:
    kinds: dict[str, list[Drill]] = {}
    for drill in drills:
        kinds.setdefault(drill.kind, []).append(drill)
    for same in kinds.values():
        draw.shuffle(same)
    rows = list(kinds.values())
    draw.shuffle(rows)
    return sorted(rows, key=lambda row: row[0].kind not in FIRST)
