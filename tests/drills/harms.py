"""The harms: what falls into a batch, where, and what the batch may end with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from signal import SIGHUP, SIGINT, SIGKILL, SIGSTOP, SIGTERM, Signals

from tests.drills import acts
from tests.drills.acts import Act, nothing, once_begun, stopped, then
from tests.drills.place import VICTIM, Place, key

STOPPED = {SIGKILL: -9, SIGTERM: 143, SIGINT: 130, SIGHUP: 129}
"""What a runner ends with that was told to stop."""
DEATHS = (SIGKILL, SIGTERM, SIGINT, SIGHUP)
RUNNER = (
    *("opened:1", "page:1", "page:7", "marker:1", "marker:12", "rename:1", "rename:2", "rename:13", "rename:24"),
    *("renamed:1", "renamed:2", "renamed:15", "result:1", "rename:26", "run.json:1", "rename:29", "index:1"),
    *("rename:30", "renamed:30", "closing:1"),
)
WARM = ("forked:1", "forked:2", "forked:4")
WORKER = ("read:1", "event:1", "said:1", "event:2", "cell:1", "cell:4", "event:3", "said:3", "cell:9", "event:7")
ONLY_VICTIM = frozenset({key(*VICTIM)})
SHORT = ("--deadline", "12")
CAPPED = ("--memory", "1500")
BEGUN = "pathlib.Path(os.environ['HOME'], 'begun').touch()\n"
HANGS = f"{BEGUN}import re; re.match(r'(a+)+$', 'a' * 60 + 'b')"
STARTS = (
    "import subprocess, threading\n"
    "subprocess.Popen(['sleep', '1000'])\n"
    "subprocess.Popen(['sleep', '1000'], start_new_session=True)\n"
    "subprocess.Popen(['sh', '-c', 'cd /; setsid sleep 1000 & sleep 1000'])\n"
    "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
)
CELLS: dict[str, tuple[str, tuple[str, ...], int]] = {
    # name: the code, words of the command line, what the command ends with
    "hangs in C code": (HANGS, SHORT, 124),
    "loops": ("while True: pass", SHORT, 124),
    "stops itself": ("import signal; os.kill(os.getpid(), signal.SIGSTOP)", SHORT, 124),
    "blocks all signals and loops": (
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\nwhile True: pass",
        SHORT,
        124,
    ),
    "eats memory": ("kept = [bytearray(10**8) for _ in range(100)]", CAPPED, 70),
    "eats memory in Polars": ("import polars as pl; pl.int_range(10**9, eager=True)", CAPPED, 70),
    "starts processes and threads": (STARTS, (), 0),
    "starts processes and dies": (f"{STARTS}os._exit(3)", (), 70),
    "leaves": ("os._exit(0)", (), 70),
    "aborts": ("os.abort()", (), 70),
    "reads where nothing is": ("import ctypes; ctypes.string_at(0)", (), 70),
    "recurses": ("def f(): f()\nf()", (), 1),
    "overflows the stack": (
        "import sys; sys.setrecursionlimit(10**9)\ndef f(x): return eval('f(x)') if x else 0\nf([1])",
        CAPPED,
        70,
    ),
    "prints 200 MB": ("for _ in range(200): print('x' * 10**6)", (), 0),
    "deletes its folder": ("import shutil; shutil.rmtree(os.getcwd())", (), 70),
    "deletes its folder and dies": ("import shutil; shutil.rmtree(os.getcwd()); os._exit(0)", (), 70),
    "closes all files": ("os.closerange(0, 4096)", SHORT, 70),
    "changes folder, mask and signals": (
        "import signal; os.chdir('/'); os.umask(0); signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())",
        (),
        0,
    ),
    "sends its group a signal": ("import signal; os.killpg(0, signal.SIGTERM)", (), 70),
    "raises": ("raise ValueError", (), 1),
    "exits": ("raise SystemExit(0)", (), 1),
}


@dataclass(frozen=True, kw_only=True)
class Drill:
    """A harm; `lost` are the reports that must be missing for it, None for whatever the run says."""

    kind: str
    name: str
    codes: frozenset[int]
    at: str = ""
    cell: str = ""
    options: tuple[str, ...] = ()
    prepare: Callable[[Place], None] | None = None
    act: Act = nothing
    lost: frozenset[str] | None = None

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


def named() -> list[Drill]:
    """Each harm at each of its points."""
    return [*_runner(), *_warm(), *_worker(), *_cells(), *_disks(), *_folders(), *_inputs()]


def at_random(seed: int) -> Drill:
    """A signal at a moment."""
    draw = Random(seed)
    target = draw.choice(("runner", "runner", "warm", "worker"))
    number = draw.choice((*DEATHS, SIGSTOP))
    codes = {
        # A runner that has not begun, or has ended, ends as every Python does.
        "runner": {0, STOPPED[number], -number} if number in STOPPED else {0, -9},
        "warm": {0},
        "worker": {0, 70},
    }
    act = acts.at_random(seed, target, number)
    return Drill(
        kind=f"random {target}", name=f"{target} {number.name} by {seed}", codes=frozenset(codes[target]), act=act
    )


def _runner() -> Iterator[Drill]:
    for point in RUNNER:
        for number in DEATHS:
            code = frozenset({STOPPED[number]})
            yield _drill(f"runner {number.name}", point, code, f"{point}:{_short(number)}")
        yield _drill("runner STOP CONT", point, {0}, f"{point}:STOP", stopped(seconds=1.0), lost=frozenset())
        yield _drill("runner STOP KILL", point, {-9}, f"{point}:STOP", then(SIGKILL))
    for number in DEATHS:
        for name in ("hangs in C code", "starts processes and threads"):
            code = f"{BEGUN}{CELLS[name][0]}\ntime.sleep(60)"
            act = once_begun(acts.send(number))
            yield Drill(
                kind="runner while a cell",
                name=f"{number.name} {name}",
                codes=frozenset({STOPPED[number]}),
                cell=code,
                act=act,
            )
    twice = once_begun(acts.send(SIGINT, again=0.1))
    yield Drill(kind="runner twice", name="Ctrl-C twice", codes=frozenset({130, -2}), cell=HANGS, act=twice)


def _warm() -> Iterator[Drill]:
    for point in WARM:
        for number in DEATHS:
            yield _drill(f"warm {number.name}", point, {0}, f"{point}:{_short(number)}", lost=frozenset())
        yield _drill("warm STOP CONT", point, {0}, f"{point}:STOP", stopped(seconds=1.0), lost=frozenset())
        yield _drill("warm STOP", point, {0}, f"{point}:STOP", lost=frozenset())
        for number in DEATHS:
            yield _drill(
                f"warm STOP, runner {number.name}", point, {STOPPED[number]}, f"{point}:STOP", acts.runner(number)
            )


def _worker() -> Iterator[Drill]:
    for point in WORKER:
        for number in DEATHS:
            # Polars takes SIGINT for itself.
            codes = {0, 70} if number == SIGINT else {70}
            yield _drill(f"worker {number.name}", point, codes, f"{point}:{_short(number)}")
        yield _drill("worker STOP CONT", point, {0}, f"{point}:STOP", stopped(seconds=1.0), lost=frozenset())
        yield _drill("worker STOP KILL", point, {70}, f"{point}:STOP", then(SIGKILL))
        if point not in ("read:1", "event:1"):
            yield _drill("worker STOP", point, {124}, f"{point}:STOP", options=SHORT)
        for number in DEATHS:
            yield _drill(
                f"worker STOP, runner {number.name}", point, {STOPPED[number]}, f"{point}:STOP", acts.runner(number)
            )


def _cells() -> Iterator[Drill]:
    for name, (code, options, ends) in CELLS.items():
        lost = ONLY_VICTIM if ends else frozenset()
        yield Drill(kind=f"cell {name}", name="", codes=frozenset({ends}), cell=code, options=options, lost=lost)


def _disks() -> Iterator[Drill]:
    for point in (*RUNNER, *WARM, *WORKER):
        codes = {0, 74} if point in ("renamed:30", "closing:1", "event:7", "said:3") else {74}
        yield _drill("full disk", point, codes, f"{point}:STOP", stopped(acts.fill), prepare=acts.own_disk)
    for point in RUNNER:
        codes = {0} if point == "closing:1" else {74}
        yield _drill("no file may grow", point, codes, f"{point}:STOP", stopped(acts.forbid))


def _folders() -> Iterator[Drill]:
    for point in (*RUNNER, "cell:4"):
        codes = {0, 73} if point in ("renamed:30", "closing:1") else {73}
        yield _drill("read-only folder", point, codes, f"{point}:STOP", stopped(acts.read_only))
        if point != "closing:1":
            yield _drill("folder removed", point, codes, f"{point}:STOP", stopped(acts.remove))
        yield _drill("second runner", point, {0}, f"{point}:STOP", stopped(acts.second), lost=frozenset())
    for point in RUNNER:
        yield _drill("second runner, first killed", point, {-9}, f"{point}:STOP", stopped(acts.second_and_kill))


def _inputs() -> Iterator[Drill]:
    harms = {
        # One whose files change while they are read is refused.
        "inputs changed": (acts.change, {0, 1, 65}),
        "inputs gone": (acts.take_files, {0, 1, 65}),
        "accounts gone": (acts.take_accounts, {1, 65}),
        "settings broken": (acts.break_settings, {1, 65}),
    }
    for point in ("forked:1", "read:1", "event:2", "cell:1", "cell:4", "event:3", "cell:9"):
        for kind, (act, codes) in harms.items():
            # An account without files would be of today.
            yield _drill(kind, point, codes, f"{point}:STOP", stopped(act), options=("--as-of", "2026-03-01"))


def _drill(
    kind: str, name: str, codes: set[int] | frozenset[int], at: str, act: Act = nothing, **more: object
) -> Drill:
    return Drill(kind=kind, name=name, codes=frozenset(codes), at=at, act=act, **more)


def _short(number: Signals) -> str:
    return number.name.removeprefix("SIG")
