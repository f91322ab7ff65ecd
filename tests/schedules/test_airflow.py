"""The two DAGs: every task's words against the real command line and the real notebooks, one task run."""

import json
import subprocess
from datetime import datetime

import nbformat
import papermill
import pytest

from sellerhealth.report.plan import notebooks_in
from sellerhealth.show.record import MIME
from tests.schedules import airflow
from tests.schedules.place import ROOT, Place, place
from tests.schedules.words import taken

NOTEBOOKS = notebooks_in(ROOT / "notebooks")
ACCOUNTS = ("demo-us", "demo-uk")


@pytest.fixture
def here(tmp_path) -> Place:
    return place(tmp_path / "sellerhealth")


@pytest.fixture
def runner(here, monkeypatch):
    return airflow.load(here.text("airflow_runner.py"), monkeypatch)


@pytest.fixture
def suite(here, monkeypatch):
    return airflow.load(here.text("airflow_notebooks.py"), monkeypatch)


def test_both_run_every_monday_at_six_one_run_at_a_time(runner, suite):
    for dag in (runner, suite):
        told = {key: dag.given[key] for key in ("schedule", "catchup", "max_active_runs")}
        assert told == {"schedule": "0 6 * * 1", "catchup": False, "max_active_runs": 1}
        assert isinstance(dag.given["start_date"], datetime)
        assert dag.given["start_date"].tzinfo is not None


def test_the_runner_s_task_is_one_the_command_line_takes(here, runner):
    [task] = runner.tasks
    subprocess.run(["bash", "-c", task.given["bash_command"]], cwd=task.given["cwd"], check=True, capture_output=True)
    [words] = here.calls
    assert taken(words) == ("report", {"data": str(here.home / "data"), "out": str(here.home / "reports")})


def test_another_run_at_work_is_no_failure(runner):
    assert runner.tasks[0].given["skip_on_exit_code"] == 75


def test_there_is_a_task_for_each_notebook_of_each_account(suite):
    told = [task.given["task_id"] for task in suite.tasks]
    assert told == [f"{account}.{notebook.stem}" for account in ACCOUNTS for notebook in NOTEBOOKS]


def test_every_notebook_is_given_its_six_parameters_as_text(suite):
    for task in suite.tasks:
        known = papermill.inspect_notebook(task.given["input_nb"])
        assert set(task.given["parameters"]) == set(known)
        assert {type(value) for value in task.given["parameters"].values()} == {str}
        assert {one["inferred_type_name"] for one in known.values()} == {"str"}


def test_no_two_tasks_write_one_file(suite):
    written = [task.given["output_nb"] for task in suite.tasks]
    assert len(set(written)) == len(written)


def test_one_task_runs_and_leaves_its_record(here, suite, tmp_path, monkeypatch):
    """By the kernel the README has installed; one of another name would take a batch for a person: nbclient#312."""
    spec = json.loads(here.text("kernel/kernel.json"))
    assert spec["argv"][0] == str(here.home / ".venv/bin/python")
    folder = tmp_path / "kernels" / "sellerhealth"
    folder.mkdir(parents=True)
    spec["argv"][0] = str(ROOT / ".venv/bin/python")
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    (here.home / "data").rmdir()
    (here.home / "data").symlink_to(ROOT / "data")
    task = next(task for task in suite.tasks if task.given["task_id"] == "demo-us.08_policy_violations")
    task.execute(as_of="2026-11-08")
    ran = nbformat.read(task.given["output_nb"], as_version=4)
    [record] = [output.data[MIME] for output in ran.cells[-1].outputs if MIME in output.get("data", {})]
    assert {key: record[key] for key in ("account", "marketplace", "as_of", "policy")} == {
        "account": "demo-us",
        "marketplace": "US",
        "as_of": "2026-11-08",
        "policy": "handbook",
    }
