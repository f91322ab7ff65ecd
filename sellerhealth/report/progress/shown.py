"""A batch while it runs: a live bar in a terminal, plain lines in a log, or events for a program.

With `--json` each event is one line of JSON. All have `event` (planned, began, done, unchanged, failed or
refused), `account`, and three numbers over all accounts so far: `done` (reports that are there), `failed`
and `planned`. Beside them have

- began, done, unchanged and failed: `marketplace`, `as_of` and `notebook`;
- failed: `cell` (a number or null), `error`, `cause` (CELL, DIED, MEMORY or DEADLINE) and `told`, a sentence;
- refused: `cause` (the same, or null where the account's files or settings are at fault) and `told`.

No page and no record is among them.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import IO, Any, Self

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from sellerhealth.report.outcome import Done, Event, Failed, Planned, Refused, Unchanged
from sellerhealth.report.progress.line import one_line
from sellerhealth.report.progress.tally import Tally
from sellerhealth.show.numbers import count

REPORTS = ("report", "reports")
WIDEST = 60


def progress(*, accounts: int, as_json: bool, console: Console) -> "Progress":
    """How a batch of so many accounts is shown on this console.

    JSON belongs on standard output, the rest on standard error: the console says where.
    """
    if as_json:
        return Events(accounts, console)
    # A program that reads along can claim colours (FORCE_COLOR), yet a line it has taken cannot be drawn anew.
    is_watched = console.is_terminal and not console.is_dumb_terminal and console.file.isatty()
    return Bar(accounts, console) if is_watched else Lines(accounts, console)


class Progress:
    """What is told of a batch while it runs; what cannot be written is lost, and the batch goes on."""

    def __init__(self, accounts: int, console: Console) -> None:
        """Nothing is shown before it is entered."""
        self._tally = Tally(accounts)
        self._console = console

    def __enter__(self) -> Self:
        """Begin to show."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Show no more."""

    def tell(self, event: Event) -> None:
        """Show what an event says to a reader."""
        self._tally.take(event)


class Lines(Progress):
    """One line for each account that is finished, and one at once for each failure and refusal."""

    def tell(self, event: Event) -> None:
        """Write the event's lines, if it has any."""
        super().tell(event)
        for line in filter(None, [_trouble(event), self._finished(event)]):
            _write(self._console.file, line)

    def _finished(self, event: Event) -> str:
        """What there is of an account, when this event has ended its last report."""
        if not isinstance(event, Done | Unchanged | Failed) or not self._tally.has_finished(event.job.account):
            return ""
        account = event.job.account
        there, unchanged, failed = (
            self._tally.number_of(account, *ends) for ends in ((Done, Unchanged), (Unchanged,), (Failed,))
        )
        parts = [count(there, REPORTS) if there else "no report"]
        parts += ["unchanged" if unchanged == there else f"{unchanged:,} unchanged"] if unchanged else []
        parts += [f"{failed:,} failed"] if failed else []
        return f"{account}: {', '.join(parts)}."


class Events(Progress):
    """Every event as a line of JSON."""

    def tell(self, event: Event) -> None:
        """Write the event."""
        super().tell(event)
        numbers = {
            "done": self._tally.number(Done, Unchanged),
            "failed": self._tally.number(Failed),
            "planned": self._tally.total,
        }
        shown = {"event": type(event).__name__.lower(), **_where(event), **numbers, **_why(event)}
        _write(self._console.file, json.dumps(shown))


class Bar(Progress):
    """A bar of all reports, what runs, the failures and the time left.

    It is drawn anew at each event, and by no thread: a process that is forked meanwhile would be left with its locks.
    """

    def __init__(self, accounts: int, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        """The clock must never go back."""
        super().__init__(accounts, console)
        self._clock = clock
        self._began = clock()
        self._live = Live(
            console=console,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
            get_renderable=self._drawn,
        )

    def __enter__(self) -> Self:
        """Draw the empty bar."""
        with _spared(self._console.file):
            self._live.start(refresh=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last state, and give the cursor back."""
        with _spared(self._console.file):
            self._live.stop()

    def tell(self, event: Event) -> None:
        """Draw the bar anew, above it a failure or a refusal."""
        super().tell(event)
        with _spared(self._console.file):
            if trouble := _trouble(event):
                self._console.print(Text(trouble), soft_wrap=False)
            self._live.refresh()

    def _drawn(self) -> Table:
        tally, width = self._tally, min(WIDEST, self._console.width)
        running = ", ".join(f"{job.account} {job.notebook.stem}" for job in tally.running.values())
        drawn = Table.grid()
        drawn.add_row(ProgressBar(total=max(1, tally.expected), completed=len(tally.ended), width=width))
        drawn.add_row(Text(self._counted()))
        if running:
            drawn.add_row(Text(one_line(running), no_wrap=True, overflow="ellipsis"))
        return drawn

    def _counted(self) -> str:
        """How far it is, in words; the whole is a guess until every account is read."""
        ended, expected, failed = len(self._tally.ended), self._tally.expected, self._tally.number(Failed)
        if not expected:
            return "Reading the accounts."
        about = "" if expected == self._tally.total else "about "
        parts = [f"{ended:,} of {about}{count(expected, REPORTS)}", *([f"{failed:,} failed"] if failed else [])]
        return " · ".join([*parts, *self._left()])

    def _left(self) -> list[str]:
        """The time left, by the reports that were made: those that were there already took none."""
        made, left = self._tally.number(Done, Failed), self._tally.expected - len(self._tally.ended)
        if not made or not left:
            return []
        minutes = round((self._clock() - self._began) / made * left / 60)
        return [f"about {count(minutes, ('minute', 'minutes'))} left" if minutes else "less than a minute left"]


def _trouble(event: Event) -> str:
    """What a reader must know at once: a report or an account that will not be there."""
    match event:
        case Refused():
            return one_line(f"Not reported: {event.account}. {event.reason}")
        case Planned(hindered=told) if told:
            return one_line(f"{event.account}: {told}")
        case Failed(job=job):
            return one_line(f"Failed: {job.account}, {job.marketplace}, {job.notebook.stem}. {event.told}")
        case _:
            return ""


def _where(event: Event) -> dict[str, Any]:
    if isinstance(event, Planned | Refused):
        return {"account": event.account}
    job = event.job
    return {
        "account": job.account,
        "marketplace": job.marketplace,
        "as_of": job.as_of.isoformat(),
        "notebook": job.notebook.stem,
    }


def _why(event: Event) -> dict[str, Any]:
    match event:
        case Failed():
            return {"cell": event.cell, "error": event.error, "cause": event.cause, "told": event.told}
        case Refused():
            return {"cause": event.cause, "told": event.reason}
        case _:
            return {}


def _write(file: IO[str], line: str) -> None:
    """Write a line; not by rich, which ends the program when nobody reads any more (`| head`)."""
    encoding = getattr(file, "encoding", None) or "utf-8"
    with _spared(file):
        file.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        file.flush()


@contextmanager
def _spared(file: IO[str]) -> Iterator[None]:
    """A batch goes on when what it says cannot be written: a closed pipe or terminal, a full disk."""
    try:
        yield
    except OSError:
        with suppress(OSError):
            # What is left would be written once more when the program ends, and trip it.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, file.fileno())
            os.close(nowhere)
