"""What is done to a batch while it runs, most of it while the process that reached a point is stopped there."""

import os
import resource
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.drills import traces
from tests.drills.place import ACCOUNTS, TWO_ORDERS, Place, Run

Act = Callable[[Place, Run], None]
A_WHILE = 1.0


class Skipped(Exception):  # noqa: N818 - it is said of a drill
    """A drill that cannot be held here, and why."""


def nothing(_: Place, __: Run) -> None:
    """Let it run."""


def stopped(act: Act = nothing, seconds: float = 0.0) -> Act:
    """Do it while the process that reached the point is stopped, and let that go on."""

    def done(place: Place, run: Run) -> None:
        if pid := run.struck_at():
            act(place, run)
            time.sleep(seconds)
            _send(pid, signal.SIGCONT)

    return done


def then(number: signal.Signals) -> Act:
    """Leave it stopped for a while, then send it this."""

    def done(_: Place, run: Run) -> None:
        if pid := run.struck_at():
            time.sleep(A_WHILE)
            _send(pid, number)

    return done


def runner(number: signal.Signals) -> Act:
    """Send the runner a signal when the point is reached, and leave what is stopped as it is."""

    def done(_: Place, run: Run) -> None:
        if run.struck_at():
            _send(run.process.pid, number)

    return done


def once_begun(act: Act) -> Act:
    """Do it when the harmful cell says that it has begun."""

    def done(place: Place, run: Run) -> None:
        while not (place.root / "begun").exists() and not run.is_over:
            time.sleep(0.01)
        act(place, run)

    return done


def send(number: signal.Signals, again: float = 0.0) -> Act:
    """Send the runner a signal; after so many seconds again."""

    def done(_: Place, run: Run) -> None:
        _send(run.process.pid, number)
        if again:
            time.sleep(again)
            if not run.is_over:
                _send(run.process.pid, number)

    return done


def at_random(seed: int, target: str, number: signal.Signals) -> Act:
    """Send a signal to the runner, the warm parent or a worker, at a moment that the seed says."""
    draw = Random(seed)
    events, wait, then_on = draw.randrange(0, 26), draw.uniform(0, 0.4), draw.random() < 0.5

    def done(_: Place, run: Run) -> None:
        while len(run.events()) < events and not run.is_over:
            time.sleep(0.01)
        time.sleep(wait if events else wait * 10)
        if not (pid := _found(run, target, draw)):
            return
        _send(pid, number)
        if number == signal.SIGSTOP:
            time.sleep(A_WHILE)
            _send(pid, signal.SIGCONT if then_on else signal.SIGKILL)

    return done


def _found(run: Run, target: str, draw: Random) -> int:
    while not run.is_over:
        warm, workers = traces.warm(run.process.pid), traces.workers(run.process.pid)
        if target == "runner":
            return run.process.pid
        if target == "warm" and warm:
            return warm
        if target == "worker" and workers:
            return draw.choice(workers)
        time.sleep(0.005)
    return 0


def own_disk(place: Place) -> None:
    """Have the output folder on a small disk of its own."""
    disk = place.root / "disk"
    disk.mkdir()
    if why := traces.mount("-t", "tmpfs", "-o", "size=16m", "none", str(disk)):
        raise Skipped(f"a disk of its own cannot be had: {why}")
    place.out = disk / "out"


def fill(place: Place, _: Run) -> None:
    """Leave no room on the disk."""
    with suppress(OSError), (place.out.parent / "full").open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


def forbid(_: Place, run: Run) -> None:
    """Let the process that is stopped write no file any more, as a quota does."""
    pid = int(run.struck.read_text(encoding="ascii"))
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def read_only(place: Place, _: Run) -> None:
    """Let nobody write below the output folder."""
    out = str(place.out)
    if why := traces.mount("--bind", out, out) or traces.mount("-o", "remount,bind,ro", out):
        raise Skipped(f"a folder cannot be made read-only: {why}")


def remove(place: Place, _: Run) -> None:
    """Take the output folder away."""
    shutil.rmtree(place.out)


def second(place: Place, _: Run) -> None:
    """Start another run on the same folder."""
    other = place.start().end()
    assert (other.code, other.said) == (75, "out: another run writes here. Wait until it has ended.\n"), other


def second_and_kill(place: Place, run: Run) -> None:
    """Start another, which is sent away, and kill the first."""
    second(place, run)
    run.process.kill()


def change(place: Place, _: Run) -> None:
    """Have other rows in every account."""
    place.inputs(TWO_ORDERS)


def take_files(place: Place, _: Run) -> None:
    """Have no files in any account."""
    for path in _accounts(place):
        (path / "orders.tsv").unlink()


def take_accounts(place: Place, _: Run) -> None:
    """Have no account at all."""
    for path in _accounts(place):
        shutil.rmtree(path)


def break_settings(place: Place, _: Run) -> None:
    """Have an account.toml that cannot be read in every account."""
    for path in _accounts(place):
        (path / "account.toml").write_text('marketplace = "', encoding="utf-8")


def _accounts(place: Place) -> list[Path]:
    return [place.root / "data" / name for name in ACCOUNTS]


def _send(pid: int, number: signal.Signals) -> None:
    # It may have ended by itself.
    with suppress(ProcessLookupError):
        os.kill(pid, number)
