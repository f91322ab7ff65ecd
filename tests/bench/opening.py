"""What opening a folder takes: `python -m tests.bench.opening FOLDER` prints seconds, megabytes and rows as JSON."""

import json
import resource
import sys
import time
from pathlib import Path

from sellerhealth import open_account


def opened(folder: Path) -> dict[str, float]:
    """Open the account and count what its files hold; the program itself is loaded before."""
    started = time.perf_counter()
    account = open_account(folder.parent, folder.name)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "megabytes": peak(), "rows": account.ledger["read"].sum()}


def peak() -> float:
    """The most memory this process has held; what `getrusage` tells on Linux is its parent's, where that held more."""
    status = Path("/proc/self/status")
    if status.exists():
        told = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        return int(told["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    print(json.dumps(opened(Path(sys.argv[1]))))
