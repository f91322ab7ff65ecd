"""The whole program as a user runs it, in processes of its own: nothing of it may be left outside the given folder."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

from tests.canary import planted
from tests.report.tiny import notebook

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ("00_account_health", "03_contact_response_time")
AS_OF = "2026-03-20"
LOOKS = "from pathlib import Path\nraise ValueError(Path(data, account, 'talk.csv').read_text())"
"""What a notebook of the user's own could do: an error that holds a file."""
KILLED = """
import os, signal, sys
from sellerhealth.sources import reading
from sellerhealth.sources.account import open_account
reading.parse = lambda *given, **more: os.kill(os.getpid(), signal.SIGKILL)
open_account(sys.argv[1], sys.argv[2])
"""
"""A read that is killed when the first file was decoded and is about to be parsed."""


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    told: str


def run(place: Path, *words: str | Path) -> Ran:
    """A command whose home, temporary folder and log lie under `place`."""
    folders = {name: place / name for name in ("home", "tmp")}
    for folder in folders.values():
        folder.mkdir(exist_ok=True)
    own = {
        name: str(folders["home"] / name.lower()) for name in ("IPYTHONDIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env = {**inherited, **own, "HOME": str(folders["home"]), "TMPDIR": str(folders["tmp"]), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, *map(str, words)], cwd=place, env=env, capture_output=True, text=True, check=False
    )
    told = ended.stdout + ended.stderr
    with (place / "log.txt").open("a", encoding="utf-8") as log:
        log.write(told)
    return Ran(ended.returncode, told)


def command(place: Path, *words: str | Path) -> Ran:
    """A command line of sellerhealth."""
    return run(place, "-c", "from sellerhealth.cli import main; main()", *words)


def notebooks(place: Path) -> Path:
    """Two of the suite, and one that fails with a file in its error."""
    folder = place / "notebooks"
    folder.mkdir()
    for name in NOTEBOOKS:
        (folder / f"{name}.ipynb").write_bytes((ROOT / "notebooks" / f"{name}.ipynb").read_bytes())
    nbformat.write(notebook(LOOKS), folder / "99_fails.ipynb")
    return folder


def report(place: Path) -> Ran:
    suite = notebooks(place)
    return command(
        place,
        "report",
        "--data",
        place / "data",
        "--out",
        place / "out",
        "--notebooks",
        suite,
        "--as-of",
        AS_OF,
        "--workers",
        "2",
    )


def papermill(place: Path) -> Ran:
    """One notebook by the plain command of papermill, as README.md says."""
    parameters = {"account": planted.SHOP, "as_of": AS_OF, "data": str(place / "data")}
    words = [word for name, value in parameters.items() for word in ("-r", name, value)]
    return run(place, "-m", "papermill", ROOT / "notebooks" / f"{NOTEBOOKS[1]}.ipynb", place / "ran.ipynb", *words)


def killed(place: Path) -> Ran:
    ended = run(place, "-c", KILLED, place / "data", planted.SHOP)
    assert ended.code == -signal.SIGKILL, ended.told
    return ended
