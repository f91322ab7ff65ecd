"""A process that makes the reports of one account, as it is seen from outside: how far it is, and how it ended."""

import errno
import os
import pickle
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sellerhealth.report.outcome import Began, Cause, Done, Event, Failed, Planned, Refused, Unchanged
from sellerhealth.report.plan import Job
from sellerhealth.report.run.child import FULL, LOG
from sellerhealth.report.run.work import Task

NO_MEMORY = (b"memory allocation of", b"MemoryError", b"Cannot allocate memory", b"failed to map segment")
"""What Rust, and so Polars, Python and the system's loader say before they give up."""
REPORT = "it took longer than its {:g} s and was ended. Allow more with --deadline."
READING = "it took longer than the {:g} s there are for that, and was ended. Run it again: what was read is kept."
MEMORY_WAY_OUT = "Allow more with --memory, or run fewer at once with --workers."
ABORTED = -signal.SIGABRT


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many processes at once, and what each may take: seconds a report, seconds to read, and bytes of memory."""

    workers: int
    report_seconds: float = 300.0
    reading_seconds: float = 1800.0
    memory: int = 0


@dataclass(kw_only=True, eq=False)
class Running:
    """A process and how far it is. `until` is when it is over its time; `pipe` the reading end of its pipe.

    Once its files are read, each thing that it says must follow the one before within a report's time.
    """

    task: Task
    limits: Limits
    place: Path
    pipe: int
    attempt: int
    until: float
    pid: int = 0
    planned: Sequence[Job] | None = None
    job: Job | None = None
    cell: int | None = None
    ended: set[str] = field(default_factory=set)
    is_overdue: bool = False
    is_killed: bool = False
    is_silent: bool = False
    unfinished: bytes = b""

    def hear(self, now: float) -> Iterator[Event]:
        """What it has said since it was last heard. Raises OSError when it says that the disk is full."""
        *lines, self.unfinished = (self.unfinished + self._read()).split(b"\n")
        for line in lines:
            what, _, number = line.partition(b" ")
            if what == b"cell":
                self.cell = int(number)
            elif what == FULL.strip():
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            elif said := self._read_event(self.place / f"{number.decode()}.event"):
                yield self._taken_up(said, now)

    def outcome(self, code: int) -> Iterator[Event]:
        """What is to be said of a process that ended too soon: of the report it was at, or of the account."""
        if self.is_killed and not self.is_overdue and not self.is_silent:
            # It went on while it was being ended: what it is at now is not to blame.
            return
        if self.planned is None:
            cause, told = self._cause(code, READING.format(self.limits.reading_seconds))
            yield Refused(account=self.task.account, reason=f"while its files were read {told}", cause=cause)
        elif rest := [job for job in self.planned if job.key not in self.ended]:
            job = self.job or rest[0]
            self.ended.add(job.key)
            cause, told = self._cause(code, REPORT.format(self.limits.report_seconds))
            where = f"in cell {self.cell} " if self.cell else ""
            yield Failed(job=job, cell=self.cell, error=_name(code), reason=f"{where}{told}", cause=cause)

    @property
    def is_done(self) -> bool:
        """Whether each of its reports has ended, and the account is told of."""
        return self.planned is not None and {job.key for job in self.planned} <= self.ended

    def _read(self) -> bytes:
        found = b""
        with suppress(BlockingIOError):
            while piece := os.read(self.pipe, 1 << 16):
                found += piece
            self.is_silent = True
        return found

    def _read_event(self, path: Path) -> Event | None:
        """An event; None when the process took it away with its whole folder, after which it says nothing more."""
        with suppress(FileNotFoundError):
            event: Event = pickle.loads(path.read_bytes())  # noqa: S301 - written by this program in a private folder
            path.unlink()
            return event
        return None

    def _taken_up(self, event: Event, now: float) -> Event:
        self.is_overdue, self.until = False, now + self.limits.report_seconds
        match event:
            case Planned():
                self.planned = event.jobs
                self.ended |= self.task.ended
            case Began():
                self.job, self.cell = event.job, None
            case Done() | Failed() | Unchanged():
                self.ended.add(event.job.key)
                self.job = self.cell = None
                if isinstance(event, Failed) and event.cause == Cause.MEMORY:
                    where = f"in cell {event.cell} " if event.cell else ""
                    return replace(event, reason=where + self._memory())
            case Refused():
                self.planned = ()
        return event

    def _cause(self, code: int, too_long: str) -> tuple[Cause, str]:
        if self.is_overdue:
            return Cause.DEADLINE, too_long
        if self._lacked_memory(code):
            return Cause.MEMORY, self._memory()
        if code == -signal.SIGKILL:
            return Cause.DIED, f"it was killed, by hand or by the system for want of memory. {MEMORY_WAY_OUT}"
        return Cause.DIED, f"its process ended with {_name(code)}. Run it again."

    def _memory(self) -> str:
        cap = f"its {self.limits.memory // 1_000_000:,} MB" if self.limits.memory else "what there is"
        return f"it needed more memory than {cap}. {MEMORY_WAY_OUT}"

    def _lacked_memory(self, code: int) -> bool:
        said = self.place / LOG
        is_told = said.exists() and any(word in said.read_bytes() for word in NO_MEMORY)
        return is_told and code in (ABORTED, 1)


def _name(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
