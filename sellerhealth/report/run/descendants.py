"""Processes that must not outlive those who started them: Linux tells a parent's end, and hands orphans on."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

SET_DEATH_SIGNAL, SET_DUMPABLE, SET_SUBREAPER = 1, 4, 36
IS_LINUX = sys.platform == "linux"


def when_parent_ends(number: int, parent: int) -> None:
    """Have this process sent a signal when its parent `parent` ends, be it by kill -9; at once if it has ended."""
    if IS_LINUX:
        _prctl(SET_DEATH_SIGNAL, number)
        if os.getppid() != parent:
            os.kill(os.getpid(), number)


def adopt() -> None:
    """Become the parent of descendants whose own parent ends, so that `end_all` finds them."""
    if IS_LINUX:
        _prctl(SET_SUBREAPER, 1)


def hide() -> None:
    """Keep this process's environment from its descendants, which find it in /proc, unless they are root's."""
    if IS_LINUX:
        _prctl(SET_DUMPABLE, 0)


def end(pid: int) -> None:
    """Kill a process that leads a group, and all of the group; one that never began has no pid, 0 would be our own."""
    if pid == 0:
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def end_all() -> None:
    """Kill all descendants of this process; those that are orphaned by it come next."""
    while found := children():
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in found:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def children() -> list[int]:
    """The processes that this one is the parent of; none where there is no /proc."""
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(pid) for told in tasks for pid in told.read_text(encoding="ascii").split()]


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
