"""What can end a notebook: each is a failure that names the cell and the kind, says no data, and stops no other."""

import tempfile
from pathlib import Path

import nbformat
import pytest

from sellerhealth.report import run as running
from sellerhealth.report.run import Done, Failed, execute, run
from tests.report.tiny import RECORDS, SECRET, job, record, write_notebook

pytestmark = pytest.mark.xdist_group("report-run")

ENDS = {
    # name: the cells after the parameters, the cell that failed (the title is cell 1), the class
    "raises": ([f"raise ValueError('{SECRET}')", RECORDS], 3, "ValueError"),
    "own_class": ([f"class Refused(Exception): pass\nraise Refused('{SECRET}')", RECORDS], 3, "Refused"),
    "exits": (["1", f"print('{SECRET}'); import sys; sys.exit(0)", RECORDS], 4, "CellDidNotRun"),
    "exits_in_the_last": ([f"{RECORDS}\nraise SystemExit(0)"], 3, "CellDidNotRun"),
    "killed": (["1", "2", f"'{SECRET}'; import os; os.kill(os.getpid(), 9)", RECORDS], 5, "DeadKernelError"),
    "stopped": (["import os; os.kill(os.getpid(), 15)", RECORDS], 3, "DeadKernelError"),
    "no_record": (["1", f"'{SECRET}'"], 4, "NoRecord"),
    "record_not_last": ([RECORDS, "1"], 4, "NoRecord"),
    "nothing": ([], 2, "NoRecord"),
    "no_code": ([f"not {SECRET} python", RECORDS], 3, "SyntaxError"),
}
FINE = ("fine_first", "fine_last")
REFUSES = (
    "from sellerhealth.definition.errors import InputError",
    "raise InputError('a.tsv', 'rows', 'Do it.', row=7)",
    RECORDS,
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """All of them in one batch, between two that are fine."""
    folder = tmp_path_factory.mktemp("notebooks")
    bad = {name: code for name, (code, *_) in ENDS.items()}
    cells = {FINE[0]: [RECORDS], **bad, "refuses": REFUSES, FINE[1]: ["1", RECORDS]}
    jobs = [job(write_notebook(folder, name, *code)) for name, code in cells.items()]
    jobs.append(job(expects_its_error(folder)))
    return {outcome.job.notebook.stem: outcome for outcome in run(jobs, workers=2)}


def expects_its_error(folder):
    """A cell whose error papermill is told to pass over."""
    path = write_notebook(folder, "expects", f"raise KeyError('{SECRET}')", RECORDS)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].metadata.tags.append("raises-exception")
    nbformat.write(notebook, path)
    return path


def test_every_job_has_an_outcome(outcomes):
    assert sorted(outcomes) == sorted([*FINE, *ENDS, "refuses", "expects"])


@pytest.mark.parametrize("name", FINE)
def test_the_others_are_done(outcomes, name):
    assert isinstance(outcomes[name], Done)
    assert outcomes[name].record == record()


@pytest.mark.parametrize("name", ENDS)
def test_a_failure_names_cell_and_class_and_says_no_data(outcomes, name):
    failed = outcomes[name]
    assert isinstance(failed, Failed)
    assert (failed.cell, failed.error) == ENDS[name][1:]
    assert (
        failed.told == f"cell {failed.cell} ended with {failed.error}; there is no page. Open the notebook to see why."
    )
    assert SECRET not in repr(failed)


def test_an_error_output_fails_even_where_it_is_expected(outcomes):
    failed = outcomes["expects"]
    assert (failed.cell, failed.error) == (3, "KeyError")
    assert SECRET not in repr(failed)


def test_an_input_error_is_told_in_its_own_words(outcomes):
    failed = outcomes["refuses"]
    assert (failed.cell, failed.error) == (4, "InputError")
    assert failed.told == "a.tsv, row 7: expected rows. Do it."


def test_a_dead_worker_fails_its_job_only_and_leaves_nothing(tmp_path, monkeypatch):
    """The kernel's parent is the process that runs the job; the out-of-memory killer may choose either."""
    # The path of a socket has 108 letters at most: tmp_path is too long for it.
    short = tempfile.mkdtemp(prefix="t")
    monkeypatch.setattr(tempfile, "tempdir", short)
    names = {"kills": "import os; os.kill(os.getppid(), 9)", "a": RECORDS, "b": RECORDS}
    jobs = [job(write_notebook(tmp_path, name, code)) for name, code in names.items()]
    outcomes = {outcome.job.notebook.stem: outcome for outcome in run(jobs, workers=1)}
    assert {name: type(outcome) for name, outcome in outcomes.items()} == {"kills": Failed, "a": Done, "b": Done}
    assert outcomes["kills"].told.startswith("the run ended with BrokenProcessPool")
    Path(short).rmdir()


def test_a_cell_that_hangs_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "CELL_SECONDS", 1)
    path = write_notebook(tmp_path, "hangs", "1", "import time; time.sleep(600)", RECORDS)
    failed = execute(job(path))
    assert (failed.cell, failed.error) == (4, "CellTimeoutError")


@pytest.mark.parametrize("content", ["", "{", '{"cells": []}', "[]"])
def test_a_file_that_is_no_notebook_fails(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_text(content)
    failed = execute(job(path))
    assert isinstance(failed, Failed)
    assert failed.cell is None


def test_a_notebook_that_is_gone_fails(tmp_path):
    failed = execute(job(tmp_path / "gone.ipynb"))
    assert (failed.cell, failed.error) == (None, "FileNotFoundError")
