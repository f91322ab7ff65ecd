"""A batch of accounts by `sellerhealth report`, beside the naive way: papermill and nbconvert by their commands.

    python -m tests.bench.batch [--accounts 100] [--spawned 8]

The naive way runs two notebooks at a time, as a shell loop on two cores would: `papermill` writes each executed
notebook, `jupyter nbconvert` makes its page. It goes first and last, the batch between, so that a busy moment falls on
both. Each account is a copy of the demo account that nobody has opened before. Exit code 1 when a page is missing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import NamedTuple

import psutil

from sellerhealth.report.plan import notebooks_in

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
NOTEBOOKS = notebooks_in(ROOT / "notebooks")
AT_ONCE = 2
A_LOOK = 0.25
"""Seconds between two looks at the memory."""
TARGETS = {"forked": 20, "spawned": 2.5}


class Cost(NamedTuple):
    """What a way of making reports took."""

    reports: int
    wall: float
    peak: float

    @property
    def seconds(self) -> float:
        """Seconds a report."""
        return self.wall / self.reports


def accounts(data: Path, number: int) -> list[str]:
    """Copies of the demo account, by names of their own."""
    names = [f"shop-{one:03}" for one in range(number)]
    for name in names:
        shutil.copytree(ROOT / "data" / "demo-us", data / name, ignore=shutil.ignore_patterns(".*"))
    return names


def naive(place: Path, half: int) -> Cost:
    """Half of the notebooks of one account by the two commands, two at a time."""
    (name,) = accounts(place / f"naive-{half}", 1)

    def one(notebook: Path) -> None:
        ran = place / f"{half}-{notebook.name}"
        given = {"account": name, "data": str(place / f"naive-{half}")}
        words = [word for key, value in given.items() for word in ("-r", key, value)]
        quietly(BIN / "papermill", notebook, ran, *words, "--no-progress-bar")
        quietly(BIN / "jupyter", "nbconvert", "--to", "html", ran)

    chosen = NOTEBOOKS[half::2]
    with watched() as cost, ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, chosen))
    return cost(len(chosen))


def batch(place: Path, number: int, start: str) -> Cost:
    """All notebooks of so many accounts by `sellerhealth report`."""
    data, out = place / start, place / f"out-{start}"
    accounts(data, number)
    words = ["report", "--data", data, "--out", out, "--workers", AT_ONCE]
    with watched() as cost:
        quietly(BIN / "sellerhealth", *words, SELLERHEALTH_START=start)
    expected = number * len(NOTEBOOKS)
    pages = len(list(out.glob("[0-9]*/*/*/[0-9]*.html")))
    markers = len(list(out.glob("[0-9]*/*/*/.done/*.json")))
    if (pages, markers) != (expected, expected):
        sys.exit(f"{expected} reports were asked for, {pages} pages and {markers} markers are there.")
    return cost(expected)


def quietly(*words: object, **environment: str) -> None:
    """Run a command that must end well."""
    subprocess.run(
        [str(word) for word in words], check=True, capture_output=True, cwd=ROOT, env={**os.environ, **environment}
    )


@contextmanager
def watched() -> Iterator:
    """Time, and the memory of all processes below this one, shared pages once."""
    peaks, is_over = [0.0], Event()

    def look() -> None:
        while not is_over.wait(A_LOOK):
            peaks.append(sum(memory(one) for one in psutil.Process().children(recursive=True)) / 1e6)

    watcher = Thread(target=look)
    watcher.start()
    began = time.perf_counter()
    try:
        yield lambda reports: Cost(reports, ended - began, max(peaks))
    finally:
        ended = time.perf_counter()
        is_over.set()
        watcher.join()


def memory(process: psutil.Process) -> float:
    """Its own part of the memory it uses; nothing of one that has ended."""
    try:
        return process.memory_full_info().pss
    except psutil.Error:
        return 0.0


def told(costs: dict[str, Cost]) -> str:
    """A line for each way, and how many times the naive one's throughput it has."""
    base = costs["naive"].seconds
    lines = [
        f"{'':10}{'reports':>8}{'wall s':>9}{'s/report':>10}{'reports/s':>11}{'peak MB':>9}{'times':>8}{'wanted':>8}"
    ]
    for name, cost in costs.items():
        wanted = f"{TARGETS[name]:g}x" if name in TARGETS else ""
        lines.append(
            f"{name:10}{cost.reports:8}{cost.wall:9.1f}{cost.seconds:10.3f}{1 / cost.seconds:11.2f}"
            f"{cost.peak:9.0f}{base / cost.seconds:7.1f}x{wanted:>8}"
        )
    return "\n".join(lines)


def main() -> None:
    """Run them all and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=100, help="accounts of the batch, from a warm parent")
    parser.add_argument("--spawned", type=int, default=6, help="accounts of the batch where fork is not to be had")
    asked = parser.parse_args()
    with TemporaryDirectory() as made:
        place = Path(made)
        first = naive(place, 0)
        forked = batch(place, asked.accounts, "fork")
        spawned = batch(place, asked.spawned, "spawn")
        last = naive(place, 1)
    both = Cost(first.reports + last.reports, first.wall + last.wall, max(first.peak, last.peak))
    print(told({"naive": both, "forked": forked, "spawned": spawned}))


if __name__ == "__main__":
    main()
