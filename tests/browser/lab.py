"""JupyterLab on this machine alone, on a folder of its own, for as long as a test needs it."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.ground.imports import ROOT

PATIENCE, GRACE = 40, 10
QUIET = (
    "--no-browser",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
"""It asks nobody for news, for a newer version, nor for extensions."""


@contextmanager
def lab(place: Path, account: str = "demo-us", notebooks: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The address of a JupyterLab, and its token; it opens copies of these notebooks and of one account, in `place`."""
    _copy(place, account, notebooks)
    port, token = _free_port(), secrets.token_hex(16)
    here = ("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0")
    # Who is root is so in a container only: Jupyter refuses it, and rightly, unless it is told.
    root = ("--allow-root",) if os.geteuid() == 0 else ()
    command = [sys.executable, "-m", "jupyterlab", *QUIET, *here, *root, f"--ServerApp.root_dir={place}"]
    with (place / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=place, env=_alone(place, token), stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait(f"http://127.0.0.1:{port}/api/status?token={token}", server, place / "lab.log")
            yield f"http://127.0.0.1:{port}", token
        finally:
            _end(server)


def _copy(place: Path, account: str, notebooks: tuple[str, ...]) -> None:
    (place / "notebooks").mkdir(parents=True)
    for name in notebooks:
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", place / "notebooks")
    shutil.copytree(ROOT / "data" / account, place / "data" / account, ignore=shutil.ignore_patterns(".store"))


def _alone(place: Path, token: str) -> dict[str, str]:
    """Its settings, its kernels' history and what runs lie in `place`; the token stands in no list of processes."""
    own = {name: str(place / ".own" / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    data = {"JUPYTER_DATA_DIR": str(place / ".own" / "data"), "JUPYTER_TOKEN": token, "PYTHONPATH": str(ROOT)}
    return {**os.environ, **own, **data, "JUPYTER_NO_CONFIG": "1"}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(address: str, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(address, timeout=5) as answer:
                json.load(answer)
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"JupyterLab did not answer: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _end(server: subprocess.Popen) -> None:
    """It ends its kernels by itself when it is asked to; when it does not, they end because it is gone."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
