"""How the reading grows: `python -m tests.bench.scale` prints its three promises, and how they were kept.

A gigabyte of All Orders opens in 1.5 GB of memory; text is parsed in at most twice the time of DuckDB's own read; a
folder that did not change opens again within 0.3 s. It takes a few minutes and 2 GB of disk.
"""

import argparse
import shutil
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench.files import all_orders
from tests.bench.million import run

MOST_MEGABYTES, MOST_TIMES, MOST_SECONDS = 1536, 2.0, 0.3
SMALL_FILES, SMALL_ROWS = 40, 2_000
TOML = 'marketplace = "US"\n'
ROUNDS = 5


class Promise(NamedTuple):
    """One of them: what was measured, and the most it may be."""

    name: str
    found: float
    most: float
    unit: str

    @property
    def is_kept(self) -> bool:
        return self.found <= self.most


def write(folder: Path, orders: int, files: int = 1) -> Path:
    """An account of All Orders files, of other orders each."""
    folder.mkdir(parents=True)
    (folder / "account.toml").write_text(TOML, encoding="utf-8")
    for number in range(files):
        all_orders(folder / f"orders-{number}.tsv", orders, seed=number)
    return folder


def peak(folder: Path) -> float:
    """The megabytes that opening it from its files takes, at most."""
    shutil.rmtree(folder / ".store", ignore_errors=True)
    return float(run("opening", folder).printed["megabytes"])


def again(folder: Path, count: int = ROUNDS) -> float:
    """The seconds in which it opens once it was opened."""
    run("opening", folder)
    return median(run("opening", folder).printed["seconds"] for _ in range(count))


def times(file: Path, count: int = ROUNDS) -> float:
    """How many times as long as DuckDB the parsing takes."""
    found = run("parsing", file, count).printed
    return median(found["sellerhealth"]) / median(found["DuckDB"])


def promises(work: Path, orders: int) -> list[Promise]:
    """Each of them, measured."""
    big, small = write(work / "big", orders), write(work / "small", SMALL_ROWS, SMALL_FILES)
    middle = write(work / "middle", orders // 4)
    size = (big / "orders-0.tsv").stat().st_size / 1e6
    return [
        Promise(f"memory, opening {size:,.0f} MB", peak(big), MOST_MEGABYTES, "MB"),
        Promise("time, parsing text", times(middle / "orders-0.tsv"), MOST_TIMES, "x DuckDB"),
        Promise(f"time, opening {orders // 4:,} orders again", again(middle), MOST_SECONDS, "s"),
        Promise(f"time, opening {SMALL_FILES} files again", again(small), MOST_SECONDS, "s"),
    ]


def main() -> int:
    """Write the files, measure, print; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=4_400_000, help="4.4 million are a gigabyte")
    with TemporaryDirectory() as work:
        found = promises(Path(work), parser.parse_args().orders)
    for one in found:
        word = "kept" if one.is_kept else "NOT KEPT"
        print(f"{one.name:44}{one.found:10.2f} of at most {one.most:8.2f} {one.unit:10}{word}")
    return 0 if all(one.is_kept for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
