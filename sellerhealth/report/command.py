"""What `sellerhealth report` does: a batch with its limits, its signals, and what it says and ends with."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rich.console import Console

from sellerhealth.definition.errors import InputError
from sellerhealth.report.batch import Batch, Runner, exit_code
from sellerhealth.report.delivery.digest import checked
from sellerhealth.report.last_run import LastRun
from sellerhealth.report.output import OutputError
from sellerhealth.report.period import last_day
from sellerhealth.report.plan import Asked, accounts_in
from sellerhealth.report.progress.shown import progress
from sellerhealth.report.run import descendants
from sellerhealth.report.run.executor import cluster, spread
from sellerhealth.report.run.processes import run
from sellerhealth.report.run.running import Limits
from sellerhealth.show.numbers import count

A_YEAR = 366 * 24 * 60 * 60.0
CGROUP = Path("/sys/fs/cgroup/memory.max")
STOPS = (signal.SIGTERM, signal.SIGHUP) if hasattr(signal, "SIGHUP") else (signal.SIGTERM,)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """The words of the command line, as they were given."""

    data: str
    accounts: Sequence[str]
    as_of: str
    week: str
    month: str
    policy: str
    max_reject: str
    out: Path
    notebooks: Path
    workers: int
    deadline: float
    memory: int
    scheduler: str
    base_url: str
    as_json: bool


def command(wishes: Wishes) -> int:
    """Run the batch, and give the exit code. Raises InputError for a wish that cannot be met."""
    _refuse(wishes)
    names = list(dict.fromkeys(wishes.accounts)) or accounts_in(wishes.data)
    workers = max(1, min(wishes.workers, len(names)))
    memory = wishes.memory * 1_000_000 or share(workers)
    batch = Batch(
        data=wishes.data,
        out=wishes.out,
        notebooks=wishes.notebooks,
        accounts=names,
        asked=Asked(
            as_of=last_day(as_of=wishes.as_of, week=wishes.week, month=wishes.month),
            policy=wishes.policy,
            max_reject=wishes.max_reject,
        ),
        limits=Limits(workers=workers, report_seconds=wishes.deadline, memory=memory),
        base_url=checked(wishes.base_url),
    )
    console = Console(stderr=not wishes.as_json, highlight=False, soft_wrap=True, emoji=False)
    try:
        shown = progress(accounts=len(names), as_json=wishes.as_json, console=console)
        with _guarded(), _runner(wishes.scheduler) as batch.runner, shown:
            batch.tell = shown.tell
            said = batch.run()
    except OutputError as error:
        # The log may lie on the same disk: the exit code still says it.
        with suppress(OSError):
            Console(stderr=True, highlight=False, soft_wrap=True).print(str(error), style="bold", markup=False)
        return error.code
    if not wishes.as_json:
        _tell(said, wishes.out)
    return exit_code(said)


def _refuse(wishes: Wishes) -> None:
    if not 0 < wishes.deadline < A_YEAR:
        raise InputError("--deadline", "seconds, more than 0", "Leave it out for 300.")
    if wishes.memory < 0:
        raise InputError("--memory", "megabytes, 0 or more", "Leave it out for an equal share.")


@contextmanager
def _runner(scheduler: str) -> Iterator[Runner]:
    """Who makes the reports: this machine, or the cluster whose scheduler has this address."""
    if not scheduler:
        yield run
        return
    with cluster(scheduler) as executor:
        yield spread(executor)


def share(workers: int) -> int:
    """The bytes of memory that each of these workers has, of the machine's or the container's."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    with suppress(OSError, ValueError):
        limits.append(int(CGROUP.read_text(encoding="ascii")))
    return min(limits) // workers


@contextmanager
def _guarded() -> Iterator[None]:
    """However it ends, nothing is left running; a signal to stop is told as Ctrl-C is, with an exit code of its own."""

    def stop(number: int, _: FrameType | None) -> None:
        raise KeyboardInterrupt(128 + number)

    descendants.adopt()
    descendants.hide()
    before = {number: signal.signal(number, stop) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        descendants.end_all()


def _tell(said: LastRun, out: Path) -> None:
    there = len(said.done) + len(said.unchanged)
    unchanged = f", {len(said.unchanged):,} of them unchanged" if said.unchanged else ""
    written = f"{count(there, ('report', 'reports'))}{unchanged}. Open {out / 'index.html'}."
    line = written if there else f"No report was written. {out / 'index.html'} says why."
    Console(stderr=not there, highlight=False, soft_wrap=True, emoji=False).print(line, markup=False)
