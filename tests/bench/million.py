"""A million orders by sellerhealth and by DuckDB, from the same raw files, in turn: `make bench`.

Each run is a process of its own, measured whole, from its start to its end. Every figure of the two
must be equal. This process stays small: the peak memory of a child is never less than its parent's.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
ROUNDS = 3
COLD, WARM, DUCKDB = "sellerhealth, cold store", "sellerhealth, warm store", "DuckDB"
MOST = 100
"""Milliseconds in which a change of a widget is drawn."""
# Linux tells kilobytes, macOS bytes.
MEGABYTE = 1 << (20 if sys.platform == "darwin" else 10)


class Run(NamedTuple):
    """What one process cost, and what it printed."""

    wall: float
    cpu: float
    peak: float
    printed: Any


def run(module: str, *arguments: object) -> Run:
    """Run `python -m tests.bench.MODULE` and measure it. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)]
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        printed = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / MEGABYTE, json.loads(printed))


def rounds(folder: Path) -> dict[str, list[Run]]:
    """Every way in turn, so that a busy moment of the machine falls on all of them."""
    found: dict[str, list[Run]] = {COLD: [], WARM: [], DUCKDB: []}
    for _ in range(ROUNDS):
        shutil.rmtree(folder / ".store", ignore_errors=True)
        found[COLD].append(run("by_sellerhealth", folder))
        found[DUCKDB].append(run("by_duckdb", folder))
        found[WARM].append(run("by_sellerhealth", folder))
    return found


def disagreements(found: dict[str, list[Run]]) -> list[str]:
    """The figures in which any run differs from the first."""
    told = {name: [{tuple(figure) for figure in one.printed} for one in runs] for name, runs in found.items()}
    first = told[DUCKDB][0]
    return [
        f"{name}: {sorted(figures ^ first)}" for name, all_of in told.items() for figures in all_of if figures != first
    ]


def table(found: dict[str, list[Run]], read: dict[str, int]) -> str:
    """The medians, a line each, and how many times DuckDB's they are."""
    orders, every = read["all-orders.tsv"], sum(read.values())
    lines = [
        f"{orders:,} rows of All Orders, {every:,} rows in all; medians of {ROUNDS} runs, whole processes",
        f"{'':26}{'wall s':>8}{'CPU s':>8}{'orders/s':>12}{'rows/s':>12}{'peak MB':>9}{'wall':>8}{'CPU':>8}{'peak':>8}",
    ]
    base = _medians(found[DUCKDB])
    for name, runs in found.items():
        wall, cpu, peak = mine = _medians(runs)
        times = "".join(f"{one / other:7.2f}x" for one, other in zip(mine, base, strict=True))
        lines.append(f"{name:26}{wall:8.2f}{cpu:8.2f}{orders / wall:12,.0f}{every / wall:12,.0f}{peak:9.0f}{times}")
    return "\n".join(lines)


def _medians(runs: list[Run]) -> tuple[float, float, float]:
    return median(one.wall for one in runs), median(one.cpu for one in runs), median(one.peak for one in runs)


def main() -> int:
    """Write the files, run, compare, print; 1 when the two do not agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    with TemporaryDirectory() as work:
        folder = Path(work, "seller")
        read = run("files", folder, parser.parse_args().orders).printed
        found = rounds(folder)
        drawn = run("redraw", folder).printed
    wrong = disagreements(found)
    print(table(found, read))
    print(*wrong or [f"All {len(found[DUCKDB][0].printed)} figures are equal in every run."], sep="\n")
    slow = [f"{name}: {spent} ms, and {MOST} are allowed." for name, spent in drawn["changes"].items() if spent > MOST]
    opened, dearest = drawn["opened"] / 1000, max(drawn["changes"].values())
    print(f"Widgets: opened in {opened:.1f} s, the dearest change {dearest} ms, of CPU.", *slow, sep="\n")
    return 1 if wrong or slow else 0


if __name__ == "__main__":
    sys.exit(main())
