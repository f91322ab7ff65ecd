"""The reports of one account, made in turn in the process that opened it; what a run says of itself is checked."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from papermill import PapermillExecutionError
from papermill.engines import papermill_engines
from papermill.execute import prepare_notebook_metadata, raise_for_execution_errors
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from sellerhealth.definition.errors import InputError
from sellerhealth.report.outcome import Began, Cause, Done, Event, Failed, Planned, Refused, Unchanged
from sellerhealth.report.pages.page import page, title
from sellerhealth.report.plan import Asked, Job, plan
from sellerhealth.report.run import engine, fingerprint
from sellerhealth.show import display
from sellerhealth.show.record import MIME
from sellerhealth.sources.account import open_account
from sellerhealth.sources.remote.local import give_back, local

WHOLE = {"account", "title", "marketplace", "as_of", "policy", "results"}
"""What a record must hold for the index to speak of it."""
REPORT = frozenset({"report"})
KERNEL = "python3"
LARGEST = 25_000_000
CHANGED = "its files changed while it was made; no new page was made. Run it again when they are all there."
TOO_LARGE = "its page would be larger than 25 MB; none was made. Show less in the notebook, or a shorter period."
Reached = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Task:
    """What one process is asked: an account's notebooks, by name and content.

    `known` are the fingerprints of the pages that are there, by `Job.key`; `ended` the keys of those that have ended
    in this run, in a process that died since. `code` is the fingerprint of what they are made by. `secrets` are the
    variables by which object storage is opened; they are gone from the process before a notebook runs.
    """

    data: str
    account: str
    asked: Asked
    notebooks: Mapping[str, str]
    known: Mapping[str, str]
    code: str
    ended: frozenset[str] = frozenset()
    secrets: dict[str, str] = field(default_factory=dict, repr=False)


def reports(task: Task, reached: Reached) -> Iterator[Event]:
    """What becomes of each report of the account; `reached` is told the index of each cell that runs."""
    try:
        with _lent(task.secrets):
            jobs, hindered = _opened(task)
    except InputError as error:
        yield Refused(account=task.account, reason=str(error))
        return
    yield Planned(account=task.account, jobs=jobs, hindered=hindered)
    engine.register()
    display.unchecked()
    for job in jobs:
        if job.key not in task.ended:
            yield from _report(job, task, jobs, reached)


def _opened(task: Task) -> tuple[list[Job], str]:
    """The jobs of the account, brought here if it lies elsewhere; and what hindered that its history was kept there."""
    notebooks = [Path(f"{name}.ipynb") for name in task.notebooks]
    jobs = plan(local(task.data, task.account), task.account, notebooks, task.asked)
    return jobs, give_back(task.data, task.account)


@contextmanager
def _lent(secrets: dict[str, str]) -> Iterator[None]:
    os.environ.update(secrets)
    try:
        yield
    finally:
        for name in secrets:
            del os.environ[name]
        secrets.clear()


def _report(job: Job, task: Task, jobs: Sequence[Job], reached: Reached) -> Iterator[Event]:
    siblings = [one for one in jobs if one.folder == job.folder]
    texts = [task.notebooks[one.notebook.stem] for one in siblings]
    given = {name: value for name, value in job.parameters.items() if name != "data"}
    text = task.notebooks[job.notebook.stem]
    beside = [[one.notebook.stem, task.notebooks[one.notebook.stem]] for one in siblings]
    made_from = fingerprint.of(task.code, job.read_from, given, text, beside)
    if job.read_from and task.known.get(job.key) == made_from:
        yield Unchanged(job=job)
        return
    yield Began(job=job)
    made = _made(job, text, _titles(siblings, texts), made_from, reached)
    is_sound = isinstance(made, Failed) or _is_of_its_files(job)
    yield made if is_sound else Failed(job=job, cell=None, error="FilesChanged", reason=CHANGED)


def _is_of_its_files(job: Job) -> bool:
    """Whether the files are still those it was planned from: its notebook has opened them again."""
    with suppress(InputError):
        return open_account(job.data, job.account, job.marketplace, job.max_reject).read_from == job.read_from
    return False


def _titles(siblings: Sequence[Job], texts: Sequence[str]) -> list[tuple[str, str]]:
    """The pages of the account with their titles."""
    names = [job.notebook.stem for job in siblings]
    return [(f"{name}.html", _title(text) or name) for name, text in zip(names, texts, strict=True)]


@cache
def _title(text: str) -> str:
    """The title of a notebook; empty where it cannot be read, which it will tell when it is run."""
    try:
        return title(nbformat.reads(text, as_version=4))
    except Exception:  # noqa: BLE001 - whatever is wrong with it is told when it is run
        return ""


def _made(job: Job, text: str, siblings: list[tuple[str, str]], made_from: str, reached: Reached) -> Done | Failed:
    """Run one notebook from top to bottom, check it, and lay it out."""
    try:
        done = ran(job, text, reached)
        if failed := _not_whole(job, done):
            return failed
        record = _records(done)[-1]
        told = page(done, job, record, siblings).encode()
    except PapermillExecutionError as error:
        reason = str(sys.last_value) if isinstance(sys.last_value, InputError) else ""
        cause = Cause.MEMORY if error.ename == "MemoryError" else Cause.CELL
        return Failed(job=job, cell=error.cell_index, error=error.ename, reason=reason, cause=cause)
    except MemoryError:
        return Failed(job=job, cell=None, error="MemoryError", cause=Cause.MEMORY)
    except Exception as error:  # noqa: BLE001 - whatever ended it, the report is not there
        return Failed(job=job, cell=None, error=type(error).__name__)
    if len(told) > LARGEST:
        return Failed(job=job, cell=None, error="PageTooLarge", reason=TOO_LARGE)
    return Done(job=job, page=told, record=record, title=title(done), fingerprint=made_from)


def ran(job: Job, text: str, reached: Reached, readers: frozenset[str] = REPORT) -> Any:
    """The notebook after its last cell for these readers.

    papermill's steps one by one: as a whole it also writes the notebook out.
    """
    given = load_notebook_node(nbformat.reads(text, as_version=4))
    notebook = parameterize_notebook(given, job.parameters, kernel_name=KERNEL)
    prepare_notebook_metadata(notebook, job.notebook.name, None)
    done = papermill_engines.execute_notebook_with_engine(
        engine.NAME, notebook, KERNEL, progress_bar=False, reached=reached, readers=readers
    )
    raise_for_execution_errors(done, None)
    return done


def _not_whole(job: Job, notebook: Any) -> Failed | None:
    """A run counts only when every cell of a report ran and the last one left its record."""
    code = [(i, cell) for i, cell in enumerate(notebook.cells) if engine.is_run(cell, REPORT)]
    for position, cell in code:
        if cell.execution_count is None or any(output.output_type == "error" for output in cell.outputs):
            return Failed(job=job, cell=position, error="CellDidNotRun")
    records = _records(notebook)
    if not records or not set(records[-1]) >= WHOLE or not _is_of(records[-1], job):
        return Failed(job=job, cell=code[-1][0], error="NoRecord")
    return None


def _is_of(record: Mapping[str, Any], job: Job) -> bool:
    """Whether a record is of what was asked: the index tells it as that."""
    return all(record[name] == job.parameters[name] for name in ("account", "marketplace", "as_of", "policy"))


def _records(notebook: Any) -> list[dict[str, Any]]:
    """What the last cell with code left for machines."""
    last = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()][-1]
    return [dict(output.data[MIME]) for output in last.outputs if MIME in output.get("data", {})]
