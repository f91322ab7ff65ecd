"""The whole batch, once for all who look at its pages: both demo accounts, and one that is hostile throughout."""

import fcntl
import shutil
from pathlib import Path
from tempfile import mkdtemp

from sellerhealth.report.batch import Batch
from sellerhealth.report.plan import notebooks_in
from sellerhealth.report.run.running import Limits
from tests.browser import hostile

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [path.stem for path in notebooks_in(ROOT / "notebooks")]
DEMO = {"demo-uk": "2026-11-15/demo-uk/GB", "demo-us": "2026-11-15/demo-us/US"}
HOSTILE = f"2026-03-24/{hostile.NAME}/US"
GROUP = "whole-batch"


def whole(base: Path) -> Path:
    """The folder of the pages, made when a test first asks for it; `data` lies beside it.

    `base` is the temporary folder of this process. What lies beside it is shared by all of a test run:
    groups fall apart under pytest 9.2 (pytest-xdist#1386), so another process may be at it already.
    """
    shared = base.parent if base.name.startswith("popen-") else base
    with (shared / "whole.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "whole").exists():
            # A name of its own: what failed halfway stays, and the next one who asks tries anew.
            make(Path(mkdtemp(prefix="made-", dir=base))).rename(shared / "whole")
    return shared / "whole" / "out"


def make(place: Path) -> Path:
    for name in DEMO:
        shutil.copytree(ROOT / "data" / name, place / "data" / name, ignore=shutil.ignore_patterns(".*"))
    hostile.write(place / "data")
    asked = Batch(data=str(place / "data"), out=place / "out", notebooks=ROOT / "notebooks", limits=Limits(workers=2))
    said = asked.run()
    assert [(failed.job.account, failed.job.notebook.stem, failed.told) for failed in said.failed] == []
    assert said.refused == []
    return place
