"""Where a drill is held: a few small accounts, notebooks that show what was read, and the real command over them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat

from sellerhealth.report.drill import ASKED
from sellerhealth.show.record import MIME
from tests.drills import traces
from tests.report.tiny import notebook, record
from tests.sources.folder import ALL_ORDERS, ID_2, ONE_ORDER, order, put, text

ACCOUNTS = ("alpha", "beta", "delta", "gamma")
NOTEBOOKS = ("01_one", "02_two", "03_three")
VICTIM = ("beta", "02_two")
"""The report in whose cell a harm falls."""
CELL = 4
"""That cell, counted from 1."""
COMMAND = Path(sys.executable).with_name("sellerhealth")
PATIENCE = 180.0
TWO_ORDERS = text(ALL_ORDERS, order(), order(ID_2))
OPEN = """from sellerhealth.session import open_session as _open
session = _open(
    account=account, marketplace=marketplace, as_of=as_of, policy=policy, data=data, max_reject=max_reject)
from IPython.display import HTML, display
display(HTML(f"<p>{session.account.ledger['read'].sum()} rows were read.</p>"))"""
HARM = """import os, pathlib, time
harm = pathlib.Path(os.environ["HOME"], "harm", f"{{account}}-{name}.py")
if harm.exists():
    exec(harm.read_text())
time.sleep(0.2)"""
RECORD = f"""told = {record()!r}
told.update(account=account, as_of=as_of)
told["results"][0].update(account=account, counted=session.account.ledger["read"].sum())
display({{{MIME!r}: told}}, raw=True)"""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A command that ended: its exit code, what it told as events, and what it said on the side."""

    code: int
    events: Sequence[dict[str, Any]]
    said: str

    def keys(self, what: str) -> set[str]:
        """The reports that events of this kind name."""
        return {key(event["account"], event["notebook"]) for event in self.events if event["event"] == what}


class Run:
    """The command while it runs."""

    def __init__(self, place: "Place", number: int, at: str, options: Sequence[str]) -> None:
        self._out, self._err = (place.root / f"{number}.{what}" for what in ("events", "said"))
        self.struck = place.root / f"{number}.struck"
        words = ["report", "--data", "data", "--out", place.out.relative_to(place.root), "--notebooks", "notebooks"]
        # What all accounts of a machine share is made once.
        home = {"HOME": str(place.root), "XDG_CACHE_HOME": str(place.root.parent / "cache")}
        drill = {ASKED: f"{at}:{self.struck}" if at else ""}
        with self._out.open("wb") as told, self._err.open("wb") as said:
            self.process = subprocess.Popen(
                [COMMAND, *words, "--workers", "2", "--json", *options],
                cwd=place.root,
                env={**os.environ, **home, **drill},
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=said,
                start_new_session=True,
            )

    @property
    def is_over(self) -> bool:
        return self.process.poll() is not None

    def events(self) -> list[dict[str, Any]]:
        whole = self._out.read_text(encoding="utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def struck_at(self) -> int:
        """The pid of the process that stopped at the point, as soon as one has; 0 when the command ended before."""
        end = time.monotonic() + PATIENCE
        while not (self.struck.exists() and (pid := self.struck.read_text(encoding="ascii"))):
            if self.is_over:
                return 0
            assert time.monotonic() < end, "nobody reached the point"
            time.sleep(0.01)
        # It tells its pid before it stops: what is sent to let it go on must not come first.
        while traces.is_running(int(pid)):
            assert time.monotonic() < end, "it did not stop at the point"
            time.sleep(0.001)
        return int(pid)

    def end(self) -> Ended:
        """Wait until it has ended."""
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it did not end within {PATIENCE:g} seconds") from None
        return Ended(code=code, events=self.events(), said=self._err.read_text(encoding="utf-8", errors="replace"))


class Place:
    """The accounts, the notebooks, and the output folder of one drill; `root` is also what its processes are known by."""

    def __init__(self, root: Path) -> None:
        self.root, self.out = root, root / "out"
        self._runs = 0
        self.harm = root / "harm"
        self.harm.mkdir(parents=True)
        self.inputs()
        for name in NOTEBOOKS:
            _write(root / "notebooks" / f"{name}.ipynb", OPEN, HARM.format(name=name), RECORD)

    def inputs(self, orders: str = ONE_ORDER) -> None:
        """Put every account's files in order, or have these orders in each."""
        for name in ACCOUNTS:
            # The numbers that stand for handles are an account's own; here they are the same for all.
            put(self.root / "data", {"orders.tsv": orders, ".store/salt.json": "1"}, name=name)

    def start(self, *options: str, at: str = "") -> Run:
        self._runs += 1
        return Run(self, self._runs, at, options)

    def left(self) -> list[str]:
        """The processes of this place that are there."""
        return [traces.told(pid) for pid in traces.processes(self.root)]

    def clear(self) -> None:
        """Leave nothing behind, whatever went wrong."""
        for pid in traces.processes(self.root):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        traces.unmount(self.root)
        shutil.rmtree(self.root, ignore_errors=True)

    def files(self) -> dict[str, bytes]:
        """All files of the output folder by name, but the lock and what is worked on."""
        paths = (path for path in self.out.rglob("*") if path.is_file())
        names = {path.relative_to(self.out).as_posix(): path for path in paths}
        return {name: path.read_bytes() for name, path in names.items() if not name.startswith((".lock", ".work/"))}


def _write(path: Path, *code: str) -> None:
    """A notebook that is the same text each time: a new cell's own name is drawn by lot."""
    made = notebook(*code)
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(made, path)


def key(account: str, notebook: str) -> str:
    return f"2026-03-01/{account}/US/{notebook}"


KEYS = frozenset(key(account, notebook) for account in ACCOUNTS for notebook in NOTEBOOKS)


def marker_of(name: str) -> str:
    folder, _, notebook = name.rpartition("/")
    return f"{folder}/.done/{notebook}.json"


def there(files: dict[str, bytes], fingerprints: dict[str, str]) -> set[str]:
    """The reports whose page is what their marker says, made from these inputs."""
    found = set()
    for name in KEYS & {marker_key(file) for file in files}:
        told = json.loads(files[marker_of(name)])
        page = files.get(f"{name}.html", b"")
        if sha256(page).hexdigest() == told["page_sha256"] and told["fingerprint"] == fingerprints[name]:
            found.add(name)
    return found


def marker_key(file: str) -> str:
    return file.replace("/.done/", "/").removesuffix(".json")
