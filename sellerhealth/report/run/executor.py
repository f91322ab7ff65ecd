"""Accounts spread over other processes or machines, by any executor of the `concurrent.futures` kind.

Each is still made by a process of its own, with its deadline and its share of memory, wherever that is; pages come back
and are published here, by the only one who writes. So one that is made twice, since a machine was lost, is there once.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sellerhealth.definition.errors import InputError
from sellerhealth.report.batch import Runner
from sellerhealth.report.outcome import Cause, Event, Refused
from sellerhealth.report.run import fingerprint, processes
from sellerhealth.report.run.running import Limits
from sellerhealth.report.run.work import Task
from sellerhealth.sources import cache
from sellerhealth.sources.work import sweep, workdir

PATIENCE = 20
OTHER_CODE = "the worker that was to report it has another version of sellerhealth. Install the same one everywhere."


def spread(executor: Executor) -> Runner:
    """A runner that gives each account to `executor`; one whose worker is lost is told of as refused."""

    def run(tasks: Sequence[Task], limits: Limits, _: Path) -> Iterator[Event]:
        waiting = {executor.submit(alone, task, limits): task for task in tasks}
        try:
            for future in as_completed(waiting):
                task = waiting.pop(future)
                error = future.exception()
                yield from [lost(task, error)] if error else future.result()
        finally:
            for future in waiting:
                future.cancel()

    return run


def alone(task: Task, limits: Limits) -> list[Event]:
    """What became of one account, made on this machine, with the memory there is here."""
    if fingerprint.of_code() != task.code:
        return [Refused(account=task.account, reason=OTHER_CODE, cause=Cause.DIED)]
    home = cache.folder("work")
    sweep(home)
    with workdir(home) as work:
        return list(processes.run([task], replace(limits, workers=1, memory=0), work))


def lost(task: Task, error: BaseException) -> Refused:
    """An account whose worker did not come back; of the error only its kind is told."""
    reason = f"its worker ended with {type(error).__name__}. Run it again."
    return Refused(account=task.account, reason=reason, cause=Cause.DIED)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The executor of a Dask cluster, by the address of its scheduler. Raises InputError when it does not answer."""
    try:
        from distributed import Client  # noqa: PLC0415
    except ImportError:
        raise InputError("--scheduler", "Dask", "Install it: pip install -e '.[cluster]'") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        way_out = "Start one with `dask scheduler`, and `dask worker` on each machine."
        raise InputError("--scheduler", "the address of a Dask scheduler that answers", way_out) from None
    with client, client.get_executor(pure=False) as executor:
        yield executor
