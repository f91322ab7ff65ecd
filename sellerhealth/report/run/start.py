"""Two ways to start the process of an account: forked from a warm parent, or anew where fork is not to be had."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from pathlib import Path
from typing import IO, Protocol, cast

from sellerhealth.report import drill
from sellerhealth.report.run import descendants

KEPT = (
    *("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "XDG_CACHE_HOME", "LD_LIBRARY_PATH"),
    drill.ASKED,
)
"""What a kernel finds of the user's environment: no secret has one of these names."""
FIXED = {
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
PATIENCE = 20.0
"""Seconds in which a parent answers; one that does not is stopped or gone."""


class Gone(Exception):  # noqa: N818 - it is said of the parent
    """The parent of the processes does not answer any more."""


class Start(Protocol):
    """A way to start processes, each the leader of a group of its own."""

    def begin(self, task: Path, pipe: int, memory: int, secrets: dict[str, str]) -> int:
        """Start the process of a task, and give its pid; `secrets` go to it alone, and never to a disk. Raises Gone."""
        ...

    def watched(self) -> list[Connection]:
        """What can be read when a process has ended."""
        ...

    def ended(self) -> dict[int, int]:
        """The processes that ended since last asked, with their exit codes, negative for a signal. Raises Gone."""
        ...

    def close(self) -> None:
        """End all that is left."""
        ...


def environment(threads: int) -> dict[str, str]:
    """What a kernel's process finds: no credentials, one locale, one zone, its share of the cores."""
    kept = {name: value for name in KEPT if (value := os.environ.get(name)) is not None}
    return {**kept, **FIXED, "POLARS_MAX_THREADS": str(threads)}


class Forked:
    """Processes forked from a parent that has the imports done."""

    def __init__(self, home: Path, threads: int) -> None:
        """Start the parent; it goes on while this does its imports."""
        ours, theirs = Pipe()
        self._control: Connection = ours
        self._ended: dict[int, int] = {}
        words = [sys.executable, "-m", "sellerhealth.report.run.warm", str(theirs.fileno()), str(os.getpid())]
        with theirs, (home / "warm.log").open("wb") as said:
            self._parent = subprocess.Popen(  # noqa: S603 - this program itself
                words,
                pass_fds=[theirs.fileno()],
                env=environment(threads),
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def begin(self, task: Path, pipe: int, memory: int, secrets: dict[str, str]) -> int:
        """Fork. Raises Gone when the parent does not answer."""
        try:
            self._control.send((str(task), memory, secrets))
            send_handle(self._control, pipe, self._parent.pid)
        except OSError:
            raise Gone from None
        while (told := self._told(PATIENCE)) is not None:
            what, pid, *_ = told
            if what == "began":
                return int(pid)
        raise Gone

    def watched(self) -> list[Connection]:
        """The pipe over which the parent tells."""
        return [self._control]

    def ended(self) -> dict[int, int]:
        """What the parent has told. Raises Gone when it is."""
        while self._told(0) is not None:
            pass
        found, self._ended = self._ended, {}
        return found

    def close(self) -> None:
        """End the parent, which ends all that it started."""
        self._control.close()
        # One that was stopped sees it when it goes on.
        self._parent.send_signal(signal.SIGCONT)
        try:
            self._parent.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._parent.kill()
            self._parent.wait()

    def _told(self, seconds: float) -> tuple[str, int, int] | None:
        """The next thing the parent tells, None when it tells nothing for so long."""
        try:
            if not self._control.poll(seconds):
                return None
            what, pid, *status = self._control.recv()
        except (EOFError, OSError):
            raise Gone from None
        if what == "ended":
            self._ended[pid] = status[0]
        return what, pid, *status


class Spawned:
    """Processes started anew, each with its own imports: where a fork is not safe."""

    def __init__(self, home: Path, threads: int) -> None:
        """Start nothing yet."""
        self._home, self._environment = home, environment(threads)
        self._running: list[subprocess.Popen[str]] = []

    def begin(self, task: Path, pipe: int, memory: int, secrets: dict[str, str]) -> int:
        """Start Python for it."""
        told = [str(task), str(pipe), str(os.getpid()), str(memory)]
        words = [sys.executable, "-m", "sellerhealth.report.run.child", *told]
        begun = subprocess.Popen(  # noqa: S603 - this program itself
            words, pass_fds=[pipe], env=self._environment, cwd=self._home, stdin=subprocess.PIPE, text=True
        )
        self._running.append(begun)
        with suppress(BrokenPipeError), cast("IO[str]", begun.stdin) as given:
            json.dump(secrets, given)
        return begun.pid

    def watched(self) -> list[Connection]:
        """Nothing: that a process has ended shows by its own pipe."""
        return []

    def ended(self) -> dict[int, int]:
        """Those that have."""
        found = {one.pid: one.returncode for one in self._running if one.poll() is not None}
        self._running = [one for one in self._running if one.returncode is None]
        for pid in found:
            descendants.end(pid)
        return found

    def close(self) -> None:
        """Kill the rest."""
        for one in self._running:
            descendants.end(one.pid)
            one.kill()
            one.wait()


def start(home: Path, threads: int) -> Start:
    """The fastest way that is safe here; SELLERHEALTH_START=spawn asks for the other."""
    is_safe = descendants.IS_LINUX and os.environ.get("SELLERHEALTH_START") != "spawn"
    return (Forked if is_safe else Spawned)(home, threads)
