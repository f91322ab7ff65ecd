"""Where a drill may strike: a process sends itself a signal at a named point, when its environment asks for it.

`SELLERHEALTH_DRILL=marker:3:KILL:FILE` strikes when a process reaches the point `marker` for the third time; only the
first that does, which leaves its pid in FILE. What a batch promises is tested at each step this way; without the
variable nothing happens.
"""

import os
import signal
from collections import Counter
from contextlib import suppress

ASKED = "SELLERHEALTH_DRILL"
_reached: Counter[str] = Counter()


def at(point: str) -> None:
    """Be at this point."""
    if not (asked := os.environ.get(ASKED)):
        return
    name, time, what, struck = asked.split(":", 3)
    _reached[point] += 1
    if point == name and _reached[point] == int(time):
        with suppress(FileExistsError), open(struck, "x", encoding="ascii") as file:  # noqa: PTH123 - the parent is light
            file.write(str(os.getpid()))
            file.flush()
            os.kill(os.getpid(), signal.Signals[f"SIG{what}"])
