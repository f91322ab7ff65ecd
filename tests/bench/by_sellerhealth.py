"""The figures of a folder by sellerhealth: `python -m tests.bench.by_sellerhealth FOLDER` prints them as JSON.

They are those of the metrics that one can write by hand in SQL, and of which the made-up files tell all.
"""

import json
import sys
from pathlib import Path

from sellerhealth import evaluate, open_account, policy
from tests.bench.files import AS_OF

COMPARED = ("late_dispatch_rate", "cancellation_rate", "order_defect_rate")
POLICIES = ("handbook", "amazon-2026")
FIGURE = ("metric", "policy", "channel", "window_days", "numerator", "unknown", "denominator")


def figures(folder: Path) -> list[list[str | int]]:
    """Each of them under both policies, in every window and channel: `FIGURE`, in order."""
    account = open_account(folder.parent, folder.name)
    results = [evaluate(policy(name)[metric], account, AS_OF) for metric in COMPARED for name in POLICIES]
    return sorted(list(row) for result in results for row in result.select(FIGURE).rows())


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]))))
