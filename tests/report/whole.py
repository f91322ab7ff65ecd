"""The whole batch, once for all who look at its pages: both demo accounts, and one that is hostile throughout."""

import shutil
from pathlib import Path

from sellerhealth.report.batch import batch
from tests.browser import hostile

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
DEMO = {"demo-uk": "2026-11-15/demo-uk/GB", "demo-us": "2026-11-15/demo-us/US"}
HOSTILE = f"2026-03-24/{hostile.NAME}/US"
GROUP = "whole-batch"


def whole(base: Path) -> Path:
    """The folder of the pages under `base`, made when it is first asked for; `data` lies beside it."""
    data, out = base / "whole" / "data", base / "whole" / "out"
    if not out.exists():
        for name in DEMO:
            shutil.copytree(ROOT / "data" / name, data / name, ignore=shutil.ignore_patterns(".*"))
        hostile.write(data)
        site = batch(data, [], as_of="", policy="", out=out, notebooks=ROOT / "notebooks", workers=2)
        assert (site.failed, site.refused) == ([], [])
    return out
