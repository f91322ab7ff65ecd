"""What processes leave: those that still run, a lock that is still held, a disk that is still mounted."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def processes(root: Path) -> list[int]:
    """The processes that have this folder in their environment, as their working directory, or in their words."""
    found = (int(path.name) for path in Path("/proc").glob("[0-9]*"))
    return [pid for pid in found if pid != os.getpid() and _is_of(pid, os.fsencode(root))]


def is_running(pid: int) -> bool:
    """Whether it is there, neither stopped nor dead."""
    return _state(pid) not in ("", "T", "Z", "X")


def told(pid: int) -> str:
    """A process in words."""
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return f"{pid} {_state(pid)} {words}"
    return ""


def children(pid: int) -> list[int]:
    """The processes that this one is the parent of."""
    with suppress(OSError):
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
    return []


def warm(runner: int) -> int:
    """The warm parent of a runner, 0 when there is none."""
    return next((pid for pid in children(runner) if "sellerhealth.report.run.warm" in told(pid)), 0)


def workers(runner: int) -> list[int]:
    """The processes of accounts."""
    return children(warm(runner)) if warm(runner) else []


def is_locked(folder: Path) -> bool:
    """Whether somebody writes in an output folder."""
    if not (folder / ".lock").exists():
        return False
    with (folder / ".lock").open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def mount(*words: str) -> str:
    """Mount something; in words why that cannot be had here."""
    if os.geteuid():
        return "only root may mount"
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    return done.stderr.strip()


def unmount(root: Path) -> None:
    """Take away what is mounted on a folder or below it, the last first."""
    for place in reversed(list(_mounted(root))):
        subprocess.run(["umount", "--lazy", place], check=True)


def _state(pid: int) -> str:
    """The letter that stands for what it does; empty when it is not there."""
    with suppress(OSError):
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return status.rpartition(")")[2].split()[0]
    return ""


def _mounted(root: Path) -> Iterator[str]:
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
        place = line.split()[1]
        if f"{place}/".startswith(f"{root}/"):
            yield place


def _is_of(pid: int, root: bytes) -> bool:
    base = Path(f"/proc/{pid}")
    with suppress(OSError):
        if root in (base / "environ").read_bytes() or root in (base / "cmdline").read_bytes():
            return True
        return os.fsencode((base / "cwd").readlink()).startswith(root)
    return False
