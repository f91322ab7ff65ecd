"""`python -m tests.drills --number 300 --seed 1`: hold so many drills, and say what broke."""

import argparse
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.drills.checks import base
from tests.drills.choice import chosen
from tests.drills.drill import a_place, hold


def main() -> int:
    """Hold them, and give the exit code."""
    words = argparse.ArgumentParser(prog="python -m tests.drills", description="Drills of `sellerhealth report`.")
    words.add_argument("--number", type=int, default=300)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", default="", help="those whose name holds this")
    words.add_argument("--at-once", type=int, default=1)
    asked = words.parse_args()
    drills = chosen(asked.number, asked.seed, asked.only)
    begun, said = monotonic(), Counter[str]()
    with TemporaryDirectory(prefix="drills-") as parent, ThreadPoolExecutor(asked.at_once) as pool:
        with a_place(Path(parent)) as place:
            undisturbed = base(place)
        for held in pool.map(lambda drill: hold(drill, undisturbed, Path(parent)), drills):
            said["skipped" if held.skipped else "broke" if held.broke else "held"] += 1
            print(held, flush=True)
    print(", ".join(f"{number} {word}" for word, number in said.items()), f"in {monotonic() - begun:.0f} s")
    return min(1, said["broke"])


if __name__ == "__main__":
    sys.exit(main())
