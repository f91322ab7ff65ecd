"""`import sellerhealth` is quick and brings nothing heavy: a notebook, the CLI and a worker all begin with it."""

import subprocess
import sys
import time

HEAVY = ("altair", "papermill", "nbconvert", "great_tables", "ipywidgets", "vl_convert", "dataframely")
SECONDS, TRIES = 0.6, 5
PROGRAM = f"import sys, sellerhealth; print(sorted(set({HEAVY!r}) & set(sys.modules)))"


def test_importing_brings_nothing_heavy_and_is_quick():
    walls = []
    for _ in range(TRIES):
        started = time.perf_counter()
        ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
        walls.append(time.perf_counter() - started)
        assert ran.stdout.strip() == "[]"
    assert min(walls) < SECONDS
