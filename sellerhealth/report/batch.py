"""A batch from the first file to the index: what is asked, who makes it, what is published, and what is said of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sellerhealth.report import drill, output
from sellerhealth.report.delivery.digest import digest
from sellerhealth.report.index import portfolio, site
from sellerhealth.report.index.portfolio import Portfolio
from sellerhealth.report.last_run import NAME, LastRun
from sellerhealth.report.outcome import Cause, Done, Event, Failed, Unchanged
from sellerhealth.report.output import Output, failed_page
from sellerhealth.report.pages.failure import failure
from sellerhealth.report.plan import Asked, accounts_in, notebooks_in, texts_of
from sellerhealth.report.run import fingerprint
from sellerhealth.report.run.processes import run
from sellerhealth.report.run.running import Limits
from sellerhealth.report.run.work import Task
from sellerhealth.sources.remote.address import is_remote

CODES = {Cause.DEADLINE: 124, Cause.MEMORY: 70, Cause.DIED: 70, Cause.CELL: 1, None: 65}
"""What a run ends with when reports are missing, the gravest cause first; None is an account that is refused."""
Runner = Callable[[Sequence[Task], Limits, Path], Iterator[Event]]


def _nothing(_: Event) -> None:
    """Nobody is there to be told."""


@dataclass(kw_only=True)
class Batch:
    """What is asked: of which accounts, into which folder. `runner` makes the reports, `tell` hears of each."""

    data: str
    out: Path
    notebooks: Path
    accounts: Sequence[str] = ()
    asked: Asked = field(default_factory=Asked)
    limits: Limits = field(default_factory=lambda: Limits(workers=1))
    base_url: str = ""
    tell: Callable[[Event], None] = _nothing
    runner: Runner = run

    @property
    def names(self) -> list[str]:
        """The accounts, each once. Raises InputError when there are none."""
        return list(dict.fromkeys(self.accounts)) or accounts_in(self.data)

    def run(self) -> LastRun:
        """Make and publish the reports that are missing or not of the present files, then the index.

        Raises InputError when there is no account or no notebook at all, OutputError when `out` cannot be written.
        An account that cannot be read is refused and named, a report that fails is named, the others are finished.
        One that is stopped leaves what is finished, and an index of it.
        """
        names = self.names
        texts = texts_of(notebooks_in(self.notebooks))
        said = LastRun()
        with output.opened(self.out) as out:
            tasks = [self._task(name, texts, out) for name in names]
            try:
                self._make(tasks, out, said)
            except KeyboardInterrupt:
                finish(out, said)
                raise
            deliver(finish(out, said), out, self.base_url)
        return said

    def _task(self, account: str, texts: dict[str, str], out: Output) -> Task:
        data = self.data if is_remote(self.data) else str(Path(self.data).resolve())
        known = out.known(account, self.asked.as_of)
        code = fingerprint.of_code()
        return Task(data=data, account=account, asked=self.asked, notebooks=texts, known=known, code=code)

    def _make(self, tasks: Sequence[Task], out: Output, said: LastRun) -> None:
        with output.told(self.out):
            for event in self.runner(tasks, self.limits, out.work):
                publish(event, out)
                said.take(event)
                self.tell(event)


def publish(event: Event, out: Output) -> None:
    """Put a page in its place, or one that says why it is not there."""
    if isinstance(event, Done):
        out.keep(event)
    elif isinstance(event, Failed):
        out.put(failed_page(event.job), failure(event).encode())
    elif isinstance(event, Unchanged):
        out.drop(failed_page(event.job))


def finish(out: Output, said: LastRun) -> Portfolio:
    """Write what is told of all reports together."""
    for jobs in said.planned.values():
        out.retire(jobs)
    drill.at("result")
    for folder in sorted({job.folder.as_posix() for job in [*said.done, *said.unchanged]}):
        if told := site.result(out.folder, folder):
            out.renew(f"{folder}/result.json", told.encode())
    drill.at("run.json")
    out.put(NAME, said.text(out.folder).encode())
    drill.at("index")
    seen = portfolio.read(out.folder)
    out.put("index.html", site.index(seen).encode())
    return seen


def deliver(seen: Portfolio, out: Output, base_url: str) -> None:
    """Write what is sent: the digest, in all its forms."""
    for name, content in digest(seen, base_url).items():
        out.put(name, content)


def exit_code(said: LastRun) -> int:
    """0 when every report is there, else what the gravest cause ends with."""
    causes = {*(one.cause for one in said.failed), *(one.cause for one in said.refused)}
    return next((code for cause, code in CODES.items() if cause in causes), 0)
