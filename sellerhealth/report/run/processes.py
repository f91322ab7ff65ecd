"""One process for each account, several at once: watched, ended when it is over its time, and never believed."""

import os
import pickle
import select
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

from sellerhealth.report.outcome import Cause, Event, Planned, Refused
from sellerhealth.report.run import descendants
from sellerhealth.report.run.running import Limits, Running
from sellerhealth.report.run.start import PATIENCE, Gone, start
from sellerhealth.report.run.work import Task
from sellerhealth.sources.remote.local import borrowed

ATTEMPTS = 2
"""How often a process is started whose parent was lost, which is not its own fault."""
LOST = "the process that starts its reports was ended twice. Run it again."
A_LOOK = 0.5


def run(tasks: Sequence[Task], limits: Limits, home: Path) -> Iterator[Event]:
    """What becomes of each account, as it happens; whatever its process does, each report has an outcome.

    `home` is a private folder to work in. Raises OSError when the disk it lies on is full.
    """
    batch = Processes(tasks, limits, home)
    try:
        while batch.is_busy:
            yield from batch.step()
    finally:
        batch.close()


class Processes:
    """Those that run, and the tasks that wait."""

    def __init__(self, tasks: Sequence[Task], limits: Limits, home: Path) -> None:
        """Get ready; `step` starts them."""
        self._limits, self._home = limits, home
        self._threads = max(1, (os.cpu_count() or 1) // max(1, min(limits.workers, len(tasks))))
        self._starter = start(home, self._threads)
        self._waiting = deque((task, 1) for task in tasks)
        self._running: list[Running] = []
        self._planned: set[str] = set()
        self._begun = 0

    @property
    def is_busy(self) -> bool:
        """Whether there is anything left to do."""
        return bool(self._waiting or self._running)

    def step(self) -> Iterator[Event]:
        """Start what there is room for, hear what the processes say, and see which have ended."""
        try:
            while self._waiting and len(self._running) < self._limits.workers:
                self._begin(*self._waiting.popleft())
            self._wait()
            yield from self._hear()
        except Gone:
            yield from self._start_over()

    def close(self) -> None:
        """End them all."""
        for one in self._running:
            descendants.end(one.pid)
            os.close(one.pipe)
        self._starter.close()

    def _begin(self, task: Task, attempt: int) -> None:
        self._begun += 1
        place = self._home / str(self._begun)
        place.mkdir(mode=0o700)
        (place / "task").write_bytes(pickle.dumps(task))
        ours, theirs = os.pipe()
        os.set_blocking(ours, False)
        until = time.monotonic() + self._limits.reading_seconds
        one = Running(task=task, limits=self._limits, place=place, pipe=ours, attempt=attempt, until=until)
        self._running.append(one)
        try:
            one.pid = self._starter.begin(place / "task", theirs, self._limits.memory, borrowed(task.data))
        finally:
            os.close(theirs)

    def _wait(self) -> None:
        speaking = [one.pipe for one in self._running if not one.is_silent]
        watched = [connection.fileno() for connection in self._starter.watched()]
        select.select([*speaking, *watched], [], [], A_LOOK)

    def _hear(self) -> Iterator[Event]:
        ended = self._starter.ended()
        for one in list(self._running):
            yield from self._said(one)
            if one.pid in ended:
                yield from self._bury(one, ended[one.pid])
        self._end_overdue()

    def _said(self, one: Running) -> Iterator[Event]:
        """What a process says; what is planned only once, though another may go on with it."""
        for event in one.hear(time.monotonic()):
            if not isinstance(event, Planned) or event.account not in self._planned:
                yield event
            if isinstance(event, Planned):
                self._planned.add(event.account)

    def _bury(self, one: Running, code: int) -> Iterator[Event]:
        """Say what a process left unsaid; what it left undone is for another."""
        yield from one.outcome(code)
        self._forget(one)
        if one.planned is not None and not one.is_done:
            rest = replace(one.task, ended=one.task.ended | one.ended)
            self._waiting.appendleft((rest, one.attempt))

    def _forget(self, one: Running) -> None:
        self._running.remove(one)
        os.close(one.pipe)
        rmtree(one.place, ignore_errors=True)

    def _end_overdue(self) -> None:
        """Kill what is over its time. All it said was heard before: the one who watches may have been stopped."""
        now = time.monotonic()
        for one in self._running:
            if one.is_silent:
                one.until = min(one.until, now + PATIENCE)
            if now > one.until:
                if one.is_killed:
                    # Dead, and nobody tells how it ended.
                    raise Gone
                # One that closed its pipe is not over its time, but nobody can hear it any more.
                one.is_killed, one.is_overdue = True, not one.is_silent
                one.until = now + PATIENCE
                descendants.end(one.pid)

    def _start_over(self) -> Iterator[Event]:
        """Go on with a new parent; what the lost one had begun is begun again."""
        self._starter.close()
        self._starter = start(self._home, self._threads)
        for one in list(self._running):
            descendants.end(one.pid)
            yield from self._said(one)
            self._forget(one)
            rest = replace(one.task, ended=one.task.ended | one.ended)
            if one.attempt < ATTEMPTS and not one.is_done:
                self._waiting.appendleft((rest, one.attempt + 1))
            elif not one.is_done:
                yield Refused(account=one.task.account, reason=LOST, cause=Cause.DIED)
