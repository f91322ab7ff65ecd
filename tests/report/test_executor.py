"""Accounts spread over other processes: all reports are there once, also when a worker is killed at its work."""

import os
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import nbformat
import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.report.batch import Batch, exit_code
from sellerhealth.report.outcome import Cause, Done, Planned, Refused
from sellerhealth.report.plan import Asked
from sellerhealth.report.run import fingerprint
from sellerhealth.report.run.executor import OTHER_CODE, alone, cluster, spread
from sellerhealth.report.run.running import Limits
from sellerhealth.report.run.work import Task
from tests.report.tiny import RECORDS, notebook, write_notebook, write_shop

NAMES = ["a", "b", "c", "d"]
CODE = fingerprint.of_code()


@pytest.fixture
def shops(tmp_path, monkeypatch):
    """Four accounts, one notebook for each; the caches of the workers lie beside."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in NAMES:
        write_shop(tmp_path / "data", name)
    write_notebook(tmp_path / "notebooks", "01_tiny", "import time; time.sleep(1)", RECORDS)
    return tmp_path


def run(place: Path, executor, tell=lambda _: None):
    paths = {"data": str(place / "data"), "out": place / "out", "notebooks": place / "notebooks"}
    return Batch(**paths, limits=Limits(workers=2), runner=spread(executor), tell=tell).run()


def test_any_executor_will_do(shops):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        said = run(shops, executor)
    assert sorted(job.account for job in said.done) == NAMES
    assert (said.failed, said.refused) == ([], [])
    assert list((shops / "cache" / "sellerhealth" / "work").iterdir()) == []


def test_a_worker_that_is_killed_is_replaced_by_another(shops):
    """Dask gives the work of a lost machine to another one."""
    distributed = pytest.importorskip("distributed")
    where = {"host": "127.0.0.1", "dashboard_address": None, "processes": True}
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, **where) as local:
        told = []

        def kill_one(event) -> None:
            told.append(event)
            if len([one for one in told if isinstance(one, Done)]) == 1 and isinstance(event, Done):
                os.kill(busy(local.scheduler_address), signal.SIGKILL)

        with cluster(local.scheduler_address) as executor:
            said = run(shops, executor, kill_one)
    assert sorted(job.account for job in said.done) == NAMES
    assert (said.failed, said.refused, exit_code(said)) == ([], [], 0)


def busy(address: str) -> int:
    """The process of a worker that has something to do."""
    import distributed

    with distributed.Client(address, set_as_default=False) as client:
        pids = client.run(os.getpid)
        return next(pids[worker] for worker, at in client.processing().items() if at)


class Breaking(ProcessPoolExecutor):
    """One whose workers are lost."""

    def submit(self, *_: object) -> Future:
        future = Future()
        future.set_exception(BrokenProcessPool("of a buyer: buyer@example.com"))
        return future


def test_accounts_whose_worker_is_lost_for_good_are_named(shops):
    said = run(shops, Breaking())
    assert sorted(said.refused, key=lambda one: one.account) == [
        Refused(account=name, reason="its worker ended with BrokenProcessPool. Run it again.", cause=Cause.DIED)
        for name in NAMES
    ]
    assert exit_code(said) == 70


def test_a_worker_of_another_version_makes_nothing(shops):
    texts = {"a": nbformat.writes(notebook(RECORDS))}
    task = Task(data=str(shops / "data"), account="a", asked=Asked(), notebooks=texts, known={}, code=CODE)
    assert alone(replace(task, code="other"), Limits(workers=1)) == [
        Refused(account="a", reason=OTHER_CODE, cause=Cause.DIED)
    ]


def test_a_worker_reads_what_is_there_already(shops):
    texts = {"a": nbformat.writes(notebook(RECORDS))}
    task = Task(data=str(shops / "data"), account="a", asked=Asked(), notebooks=texts, known={}, code=CODE)
    told = alone(task, Limits(workers=4))
    assert isinstance(told[0], Planned)
    assert isinstance(told[-1], Done)


def test_a_scheduler_that_does_not_answer_is_a_sentence(monkeypatch):
    from sellerhealth.report.run import executor

    monkeypatch.setattr(executor, "PATIENCE", 1)
    with (
        pytest.raises(InputError, match="--scheduler: expected the address of a Dask scheduler that answers"),
        cluster("tcp://127.0.0.1:9"),
    ):
        pytest.fail("nobody is there")
