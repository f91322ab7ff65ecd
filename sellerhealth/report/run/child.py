"""The process of one account: in a folder, a session and limits of its own, told where each cell begins.

What it has to say lies in files beside it, each whole or not there; over the pipe goes a line that names it. So who
reads the pipe never waits for the rest of a message, even when this process is stopped in the middle of one.
"""

import errno
import gc
import json
import os
import pickle
import signal
import sys
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from sellerhealth.report import drill
from sellerhealth.report.run.descendants import when_parent_ends

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL = b"full\n"
SELDOM = 50_000
LOG = "said.log"


def begin(task: Path, pipe: int, parent: int, memory: int, secrets: dict[str, str]) -> NoReturn:
    """Be the process that makes the reports of the task lying in `task`, and end; at most `memory` bytes, 0 for all."""
    os.setsid()
    when_parent_ends(signal.SIGKILL, parent)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    try:
        _at_home(task.parent)
        _limit(memory)
        _work(task, pipe, secrets)
    except BaseException as error:  # noqa: BLE001 - a forked process must not go on in its parent's place
        try:
            if isinstance(error, OSError) and error.errno in DISK_FULL:
                os.write(pipe, FULL)
            traceback.print_exc()
        finally:
            # Also when there is nowhere left to say it.
            os._exit(1)
    # Without what a kernel does to end in good order: that takes longer than a report.
    os._exit(0)


def _at_home(place: Path) -> None:
    """Work in `place`, and say nothing to a terminal: what a library prints may hold data."""
    os.umask(0o077)
    os.chdir(place)
    os.environ["TMPDIR"] = os.environ["IPYTHONDIR"] = tempfile.tempdir = str(place)
    said = os.open(place / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(ours, theirs)


def _limit(memory: int) -> None:
    if memory and sys.platform != "win32":
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _work(task: Path, pipe: int, secrets: dict[str, str]) -> None:
    gc.freeze()
    # It ends soon, and tables and pages are in no cycle.
    gc.set_threshold(SELDOM)
    # What needs Polars is imported here: a process that has worked with it cannot be forked.
    from sellerhealth.report.run.work import reports  # noqa: PLC0415

    asked = pickle.loads(task.read_bytes())  # noqa: S301 - written by this program, in a folder of the user's own
    asked = replace(asked, secrets=secrets)
    drill.at("read")
    events = reports(asked, lambda cell: _reached(pipe, cell))
    for number, event in enumerate(events):
        drill.at("event")
        unfinished = task.with_name("unfinished")
        unfinished.write_bytes(pickle.dumps(event))
        unfinished.rename(task.with_name(f"{number}.event"))
        _say(pipe, f"event {number}")
        drill.at("said")


def _reached(pipe: int, cell: int) -> None:
    _say(pipe, f"cell {cell}")
    drill.at("cell")


def _say(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


if __name__ == "__main__":
    place, pipe, parent, memory = sys.argv[1:]
    begin(Path(place), int(pipe), int(parent), int(memory), json.load(sys.stdin))
