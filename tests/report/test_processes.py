"""What can end a process: its report fails with cause and cell, the others are made, and nothing is left running."""

import os
import signal
import subprocess
import time
from pathlib import Path

import nbformat
import pytest

from sellerhealth.report.outcome import Cause, Done, Failed, Planned, Refused
from sellerhealth.report.plan import Asked
from sellerhealth.report.run import processes, start
from sellerhealth.report.run.processes import run
from sellerhealth.report.run.running import Limits
from sellerhealth.report.run.work import Task
from tests.report.tiny import RECORDS, notebook, write_shop

BOTH = pytest.mark.parametrize("way", ["fork", "spawn"])
KILL = "import os, signal; os.kill(os.getpid(), signal.SIG{})"
HANGS = "import re; re.match(r'(a+)+$', 'a' * 60 + 'b')"
"""In C code, with the interpreter locked: no Python thread can end it."""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """Run notebooks, given as the cells of each, for one account; what became of each report, by its name."""
    write_shop(tmp_path / "data")

    def ran(way: str = "fork", *, accounts=("shop",), workers: int = 1, **cells: list[str]):
        monkeypatch.setenv("SELLERHEALTH_START", way)
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        limits = Limits(workers=workers, report_seconds=8, reading_seconds=60, memory=1_500_000_000)
        told = list(run([task(tmp_path / "data", name, cells) for name in accounts], limits, home))
        assert list(home.glob("[0-9]*")) == [], "the folder of each process is gone"
        assert left_in(home) == []
        return told

    return ran


def task(data: Path, account: str, cells: dict[str, list[str]]) -> Task:
    texts = {name: nbformat.writes(notebook(*code)) for name, code in cells.items()}
    return Task(data=str(data), account=account, asked=Asked(), notebooks=texts, known={}, code="c")


def left_in(folder: Path) -> list[str]:
    """The processes that work in a folder, which the batch's own do."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink().is_relative_to(folder):
                found.append((process / "cmdline").read_text())
        except OSError:
            continue
    return found


def ends(told) -> dict[str, str]:
    return {event.job.notebook.stem: type(event).__name__ for event in told if isinstance(event, Done | Failed)}


def failure(told) -> Failed:
    (failed,) = (event for event in told if isinstance(event, Failed))
    return failed


@BOTH
@pytest.mark.parametrize(
    ("code", "cause", "error", "words"),
    [
        (KILL.format("KILL"), Cause.DIED, "SIGKILL", "in cell 4 it was killed, by hand or by the system"),
        (KILL.format("TERM"), Cause.DIED, "SIGTERM", "in cell 4 its process ended with SIGTERM."),
        (KILL.format("STOP"), Cause.DEADLINE, "SIGKILL", "in cell 4 it took longer than its 8 s and was ended."),
        (HANGS, Cause.DEADLINE, "SIGKILL", "in cell 4 it took longer than its 8 s and was ended."),
        ("import os; os._exit(0)", Cause.DIED, "exit code 0", "in cell 4 its process ended with exit code 0."),
        ("import os; os.abort()", Cause.DIED, "SIGABRT", "in cell 4 its process ended with SIGABRT."),
        (
            "import polars as pl; pl.int_range(10**9, eager=True)",
            Cause.MEMORY,
            "SIGABRT",
            "in cell 4 it needed more memory than its 1,500 MB.",
        ),
        ("b'x' * 2 * 10**9", Cause.MEMORY, "MemoryError", "in cell 4 it needed more memory than its 1,500 MB."),
    ],
    ids=["killed", "terminated", "stopped", "hangs", "leaves", "aborts", "polars memory", "memory"],
)
def test_a_process_that_ends(shop, way, code, cause, error, words):
    told = shop(way, a=[RECORDS], b=["1", code, RECORDS], c=[RECORDS])
    assert ends(told) == {"a": "Done", "b": "Failed", "c": "Done"}
    failed = failure(told)
    assert (failed.cause, failed.error, failed.cell) == (cause, error, 4)
    assert failed.told.startswith(words)
    assert len([event for event in told if isinstance(event, Planned)]) == 1


def test_what_a_cell_started_ends_with_it(shop, tmp_path):
    """Also one that left its group, and one whose process is killed."""
    begins = "import subprocess; subprocess.Popen(['sleep', '1000'], start_new_session={})"
    told = shop(
        a=[begins.format("False"), RECORDS],
        b=[begins.format("True"), RECORDS],
        c=[begins.format("False"), KILL.format("KILL")],
    )
    assert ends(told) == {"a": "Done", "b": "Done", "c": "Failed"}


def test_every_account_has_its_own_process(shop, tmp_path):
    write_shop(tmp_path / "data", "second")
    told = shop(
        accounts=["shop", "second", "gone"], workers=2, a=["import os; assert os.getsid(0) == os.getpid()", RECORDS]
    )
    refused = [event for event in told if isinstance(event, Refused)]
    assert sorted(event.job.account for event in told if isinstance(event, Done)) == ["second", "shop"]
    assert [(one.account, one.cause) for one in refused] == [("gone", None)]


def test_a_kernel_finds_no_secrets_and_the_same_everywhere(shop, monkeypatch, tmp_path):
    for name in ("LWA_CLIENT_SECRET", "AWS_SECRET_ACCESS_KEY", "SP_API_REFRESH_TOKEN", "MY_PASSWORD"):
        monkeypatch.setenv(name, "secret-4711")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "C")
    looks = (
        "import os, time, locale, tempfile\n"
        "assert 'secret-4711' not in str(os.environ) + open('/proc/self/environ').read()\n"
        "assert (os.environ['TZ'], time.tzname[0], locale.getpreferredencoding().upper()) == ('UTC', 'UTC', 'UTF-8')\n"
        f"assert os.getcwd().startswith({str(tmp_path)!r}) and tempfile.gettempdir() == os.getcwd()\n"
        "assert os.stat('.').st_mode & 0o077 == 0"
    )
    assert ends(shop(a=[looks, RECORDS])) == {"a": "Done"}


def test_what_a_cell_prints_is_on_no_terminal(shop, capfd):
    says = "import os, sys; os.write(1, b'secret'); os.write(2, b'secret'); sys.__stderr__.write('secret')"
    assert ends(shop(a=[says, RECORDS])) == {"a": "Done"}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("what", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
def test_a_lost_parent_is_replaced(shop, monkeypatch, what):
    monkeypatch.setattr(start, "PATIENCE", 10.0)
    monkeypatch.setattr(processes, "PATIENCE", 10.0)
    ends_parent = (
        f"import os; os.path.exists({str(marker())!r}) or (open({str(marker())!r}, 'w'), os.kill(os.getppid(), {what}))"
    )
    told = shop(a=[RECORDS], b=[ends_parent, "import time; time.sleep(0.5)", RECORDS], c=[RECORDS])
    marker().unlink()
    assert ends(told) == {"a": "Done", "b": "Done", "c": "Done"}


def test_a_parent_that_is_lost_again_and_again_is_told(shop, monkeypatch):
    told = shop(a=[RECORDS], b=["import os, time; os.kill(os.getppid(), 9); time.sleep(5)", RECORDS])
    assert ends(told) == {"a": "Done"}
    (refused,) = (event for event in told if isinstance(event, Refused))
    assert (refused.cause, refused.reason) == (Cause.DIED, processes.LOST)


def marker() -> Path:
    return Path(f"/tmp/sellerhealth-test-{os.getpid()}")


def test_one_that_takes_too_long_to_read_is_ended(tmp_path, monkeypatch):
    """Stopped before it reads, as by a file on a disk that does not answer."""
    write_shop(tmp_path / "data")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("SELLERHEALTH_DRILL", f"read:1:STOP:{tmp_path / 'struck'}")
    limits = Limits(workers=1, reading_seconds=3)
    (refused,) = run([task(tmp_path / "data", "shop", {"a": [RECORDS]})], limits, home)
    assert refused.cause == Cause.DEADLINE
    assert refused.reason.startswith("while its files were read it took longer than the 3 s there are for that, and")


@pytest.mark.parametrize("point", ["said:1", "event:2"])
def test_one_that_stops_between_its_files_and_its_first_report_is_ended(tmp_path, monkeypatch, point):
    """After the time of a report, not after the much longer one there is to read."""
    write_shop(tmp_path / "data")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("SELLERHEALTH_DRILL", f"{point}:STOP:{tmp_path / 'struck'}")
    limits = Limits(workers=1, report_seconds=8, reading_seconds=600)
    told = list(run([task(tmp_path / "data", "shop", {"a": [RECORDS], "b": [RECORDS]})], limits, home))
    assert ends(told) == {"a": "Failed", "b": "Done"}
    assert failure(told).cause == Cause.DEADLINE
    assert failure(told).told.startswith("it took longer than its 8 s and was ended.")


def test_the_warm_parent_has_one_thread_and_no_polars():
    asks = (
        "import sys, os\nfrom sellerhealth.report.run import warm\nwarm._import()\n"
        "print(len(os.listdir('/proc/self/task')), 'polars' in sys.modules, *sorted(m for m in sys.modules if m.startswith('sellerhealth')))"
    )
    words = [start.sys.executable, "-c", asks]
    ran = subprocess.run(words, capture_output=True, text=True, check=True, env=start.environment(1))
    told = ran.stdout.split()
    assert told[:2] == ["1", "False"]
    assert set(told[2:]) <= {
        "sellerhealth",
        *(
            f"sellerhealth.report{name}"
            for name in ("", ".run", ".run.warm", ".run.child", ".run.descendants", ".drill", ".pages", ".pages.vega")
        ),
    }


def test_a_runner_that_is_killed_leaves_nothing(tmp_path):
    """With a cell in C code that holds the lock, and a process of a cell beside it."""
    write_shop(tmp_path / "data")
    (tmp_path / "home").mkdir()
    cells = {"a": ["import subprocess; subprocess.Popen(['sleep', '1000'])", HANGS]}
    code = (
        "import sys, pickle\nfrom pathlib import Path\nfrom sellerhealth.report.run.processes import run\n"
        "from sellerhealth.report.run.running import Limits\n"
        "for event in run(pickle.loads(sys.stdin.buffer.read()), Limits(workers=1), Path(sys.argv[1])): print(event, flush=True)\n"
    )
    import pickle

    words = [start.sys.executable, "-c", code, str(tmp_path / "home")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as runner:
        runner.stdin.write(pickle.dumps([task(tmp_path / "data", "shop", cells)]))
        runner.stdin.close()
        assert b"Planned" in runner.stdout.readline()
        assert b"Began" in runner.stdout.readline()
        until(lambda: any("sleep" in line for line in left_in(tmp_path / "home")))
        runner.kill()
    until(lambda: left_in(tmp_path / "home") == [])


def until(is_so, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.05)


def test_a_process_that_never_began_is_not_our_own_group():
    """Its pid is 0, which for a signal means the group of whoever sends it."""
    code = "from sellerhealth.report.run.descendants import end\nend(0)\nprint('alive')"
    told = subprocess.run(
        [start.sys.executable, "-c", code], capture_output=True, text=True, check=True, start_new_session=True
    )
    assert told.stdout == "alive\n"


def test_a_parent_that_cannot_even_begin_is_told(tmp_path, monkeypatch):
    """Each account is told of, and the one who watches lives."""
    write_shop(tmp_path / "data")
    (tmp_path / "home").mkdir()

    def gone(*_) -> int:
        raise start.Gone

    monkeypatch.setattr(start.Forked, "begin", gone)
    told = run([task(tmp_path / "data", "shop", {"a": [RECORDS]})], Limits(workers=1), tmp_path / "home")
    assert [(type(event), event.reason) for event in told] == [(Refused, processes.LOST)]
