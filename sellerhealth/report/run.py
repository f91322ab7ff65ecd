"""One notebook, run by papermill in a private folder; what it says of itself is checked, not believed."""

import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sellerhealth.report.plan import Job
from sellerhealth.show.record import MIME

CELL_SECONDS = 120
START_SECONDS = 60
WHOLE = {"account", "title", "marketplace", "as_of", "policy", "results"}
"""What a record must hold for the index to speak of it."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """A notebook that ran to its end: the executed notebook and its record."""

    job: Job
    notebook: Any
    record: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A notebook that did not: the cell and the kind of error, without any data.

    `cell` is its place in the notebook on disk, counted from 1. papermill puts one cell before it, the
    parameters, so this is its index in the run, counted from 0.
    """

    job: Job
    cell: int | None
    error: str
    reason: str = ""

    @property
    def told(self) -> str:
        """What happened and what to do, in words."""
        where = f"cell {self.cell}" if self.cell else "the run"
        return self.reason or f"{where} ended with {self.error}; there is no page. Open the notebook to see why."


def run(jobs: list[Job], workers: int) -> Iterator[Done | Failed]:
    """The jobs as they finish, each in a process of its own pool; a dead worker fails its job only."""
    torn = []
    # A worker that is killed cannot clear up after itself; what it leaves lies in here.
    with TemporaryDirectory(prefix="sh-", ignore_cleanup_errors=True) as home:
        for outcome in _pooled(jobs, workers, home):
            if isinstance(outcome, Failed) and outcome.error == BrokenProcessPool.__name__:
                torn.append(outcome.job)
            else:
                yield outcome
        for job in torn:
            # A dying worker takes the whole pool with it: which job it was shows when each runs alone.
            yield from _pooled([job], 1, home)


def _pooled(jobs: list[Job], workers: int, home: str) -> Iterator[Done | Failed]:
    with ProcessPoolExecutor(max_workers=max(1, workers), mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[Done | Failed], Job] = {pool.submit(execute, job, home): job for job in jobs}
        for future in as_completed(waiting):
            error = future.exception()
            yield Failed(job=waiting[future], cell=None, error=type(error).__name__) if error else future.result()


def execute(job: Job, home: str | None = None) -> Done | Failed:
    """Run one notebook from top to bottom in a kernel of its own, in a folder of its own under `home`."""
    # Building an unused grammar at import would cost a second: jsonschema#1521.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import nbformat  # noqa: PLC0415
    import papermill  # noqa: PLC0415

    with TemporaryDirectory(prefix="sh-", dir=home) as work:
        ran = Path(work) / "ran.ipynb"
        try:
            papermill.execute_notebook(
                job.notebook,
                ran,
                parameters=job.parameters,
                kernel_name="python3",
                progress_bar=False,
                start_timeout=START_SECONDS,
                execution_timeout=CELL_SECONDS,
                config=_private_kernel(work),
            )
        except papermill.PapermillExecutionError as error:
            reason = str(error.evalue) if error.ename == "InputError" else ""
            return Failed(job=job, cell=error.cell_index, error=error.ename, reason=reason)
        except Exception as error:  # noqa: BLE001 - whatever ended the kernel, the report is not there
            cells = nbformat.read(ran, as_version=4).cells if ran.exists() else []
            return Failed(job=job, cell=_unanswered(cells), error=type(error).__name__)
        return _checked(job, nbformat.read(ran, as_version=4))


def _private_kernel(work: str) -> Any:
    """Sockets in the run's own folder, so that parallel kernels cannot meet; TCP where there are none."""
    from traitlets.config import Config  # noqa: PLC0415

    if sys.platform == "win32":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "connection_file": f"{work}/kernel.json"}})


def _unanswered(cells: Any) -> int | None:
    """The cell that was sent to the kernel and never came back."""
    timed = [(i, cell.metadata.execution) for i, cell in enumerate(cells) if "execution" in cell.metadata]
    return next((i for i, times in timed if "shell.execute_reply" not in times), None)


def _checked(job: Job, notebook: Any) -> Done | Failed:
    """A run counts only when every cell ran and the last one left its record."""
    code = [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    for position, cell in code:
        if cell.execution_count is None or any(output.output_type == "error" for output in cell.outputs):
            return Failed(job=job, cell=position, error="CellDidNotRun")
    records = [output.data[MIME] for output in code[-1][1].outputs if MIME in output.get("data", {})]
    if not records or not set(records[-1]) >= WHOLE:
        return Failed(job=job, cell=code[-1][0], error="NoRecord")
    return Done(job=job, notebook=notebook, record=dict(records[-1]))
