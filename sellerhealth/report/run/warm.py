"""The warm parent: it has the imports done, and forks a process for each account.

It has one thread and never touches Polars, whose threads do not survive a fork. It outlives nobody: when the batch is
gone, however it went, it kills all its descendants and ends.
"""

import os
import select
import signal
import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path

from sellerhealth.report import drill
from sellerhealth.report.pages.vega import bundle
from sellerhealth.report.run.child import begin
from sellerhealth.report.run.descendants import adopt, end, end_all, when_parent_ends

LIBRARIES = (
    *("papermill", "nbformat", "nbconvert", "ipykernel.inprocess.manager", "ipykernel.inprocess.blocking"),
    *(
        "ipykernel.inprocess.ipkernel",
        "IPython.core.history",
        "altair",
        "great_tables",
        "jinja2",
        "nh3",
        "scipy.special",
    ),
)
"""What every report needs and what starts no thread."""


def main() -> None:
    """Fork for whoever is at the other end of the pipe, until it closes."""
    control = Connection(int(sys.argv[1]))
    adopt()
    parent = int(sys.argv[2])
    # It has started nothing yet: nothing is lost with it.
    when_parent_ends(signal.SIGKILL, parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    _import()
    # A stopped process would not see the pipe close: it is woken when its parent ends.
    when_parent_ends(signal.SIGCONT, parent)
    try:
        _serve(control, woken)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        end_all()
        # Without what Python does to end in good order: nobody waits for it.
        os._exit(0)


def _import() -> None:
    # Building an unused grammar at import would cost a second: jsonschema#1521.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    for name in LIBRARIES:
        import_module(name)
    bundle()
    threads = list(Path("/proc/self/task").iterdir())
    if "polars" in sys.modules or len(threads) > 1:
        sys.exit("The warm parent must not be forked: it has threads, or Polars.")


def _serve(control: Connection, woken: int) -> None:
    known: set[int] = set()
    while True:
        ready, _, _ = select.select([control.fileno(), woken], [], [])
        if woken in ready:
            with suppress(BlockingIOError):
                os.read(woken, 4096)
            _bury(control, known)
        if control.fileno() in ready:
            task, memory, secrets = control.recv()
            pid = _fork(control, Path(task), recv_handle(control), memory, secrets)
            secrets.clear()
            known.add(pid)
            drill.at("forked")
            control.send(("began", pid))


def _fork(control: Connection, task: Path, pipe: int, memory: int, secrets: dict[str, str]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        control.close()
        begin(task, pipe, parent, memory, secrets)
    os.close(pipe)
    return pid


def _bury(control: Connection, known: set[int]) -> None:
    """Tell how each process ended, and kill what it left behind."""
    with suppress(ChildProcessError):
        while seen := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if seen.si_pid in known:
                # As long as nobody has waited for it, its number is nobody else's.
                end(seen.si_pid)
            pid, status = os.waitpid(seen.si_pid, 0)
            if pid in known:
                known.discard(pid)
                control.send(("ended", pid, os.waitstatus_to_exitcode(status)))


if __name__ == "__main__":
    main()
