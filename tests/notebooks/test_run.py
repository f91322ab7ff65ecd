"""The notebooks by papermill as anybody would run it, and what it says to parameters that cannot be meant."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from traitlets.config import Config

from sellerhealth.show.record import MIME

pytestmark = pytest.mark.xdist_group("notebook-run")
ROOT = Path(__file__).parents[2]
OVERVIEW = ROOT / "notebooks" / "00_account_health.ipynb"
DEMO = {"account": "demo-uk", "data": str(ROOT / "data")}


def test_the_line_in_the_readme(tmp_path):
    """Run where the README says, by the command the README names; only the output goes elsewhere."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if line.startswith("cd notebooks && papermill "))
    command = line.removeprefix("cd notebooks && papermill ").replace(" out.ipynb ", f" {tmp_path}/out.ipynb ")
    words = [str(Path(sys.executable).parent / "papermill"), *command.split(), "--no-progress-bar"]
    subprocess.run(words, cwd=ROOT / "notebooks", check=True, capture_output=True)
    ran = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    code = [cell for cell in ran.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert [output for cell in code for output in cell.outputs if output.output_type in ("error", "stream")] == []
    told = code[-1].outputs[0].data[MIME]
    assert (told["account"], told["marketplace"], told["as_of"]) == ("demo-uk", "GB", "2026-11-15")
    assert json.dumps(told, allow_nan=False)
    assert {row["metric"] for row in told["results"]} == {"late_dispatch_rate"}


def private(work: str) -> Config:
    """Sockets in a folder of the run's own, so that kernels of tests side by side cannot meet."""
    return Config({"KernelManager": {"transport": "ipc", "connection_file": f"{work}/kernel.json"}})


REFUSED = [
    # parameters, the start of what is said, what it says besides
    (
        {"acount": "x"},
        "parameters, column acount: expected only account, marketplace, as_of, policy, data, max_reject.",
        "spelling",
    ),
    ({"as_of": "15.11.2026"}, "as_of: expected a date such as 2026-01-31.", "year-month-day"),
    ({"account": "demo-fr"}, "account: expected a folder under data/.", "There are: demo-uk, demo-us"),
    ({"policy": "handbok"}, "policy: expected one of handbook, amazon-2026.", "Did you mean handbook?"),
    ({"marketplace": "US"}, "marketplace: expected one that account.toml of demo-uk names: GB.", "Correct one of them"),
    ({"as_of": 20261115}, "as_of: expected a text.", "use -r, not -p"),
]


@pytest.mark.parametrize(
    ("given", "start", "besides"), REFUSED, ids=lambda part: str(part) if type(part) is dict else ""
)
@pytest.mark.filterwarnings("ignore:.*unknown parameter.*")
def test_a_parameter_that_cannot_be_meant_ends_the_run(tmp_path, given, start, besides):
    out = tmp_path / "out.ipynb"
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        papermill.execute_notebook(
            OVERVIEW,
            out,
            parameters={**DEMO, **given},
            kernel_name="python3",
            progress_bar=False,
            config=private(str(tmp_path)),
        )
    assert caught.value.ename == "InputError"
    assert caught.value.evalue.startswith(start)
    assert besides in caught.value.evalue


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """The notebook left behind by a run that was refused."""
    work = tmp_path_factory.mktemp("refused")
    with pytest.raises(papermill.PapermillExecutionError):
        papermill.execute_notebook(
            OVERVIEW,
            work / "out.ipynb",
            parameters={**DEMO, "account": "nobody"},
            kernel_name="python3",
            progress_bar=False,
            config=private(str(work)),
        )
    return nbformat.read(work / "out.ipynb", as_version=4)


def test_a_refused_run_shows_one_sentence_and_no_traceback(refused):
    (error,) = [output for cell in refused.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    assert error.traceback == [error.evalue]


def test_a_refused_run_stops_before_any_figure(refused):
    ran = [cell for cell in refused.cells if cell.get("execution_count")]
    assert len(ran) == 3
