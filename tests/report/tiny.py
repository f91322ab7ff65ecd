"""The smallest accounts and notebooks that a batch will run, and what a notebook leaves when it ran."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

from sellerhealth.report.plan import Job
from sellerhealth.show import display
from sellerhealth.show.record import MIME
from tests.sources.folder import ONE_ORDER, US, put

AS_OF = date(2026, 3, 1)
PARAMETERS = (
    'account: str = ""\nmarketplace: str = ""\nas_of: str = ""\npolicy: str = ""\ndata: str = ""\nmax_reject: str = ""'
)
SECRET = "buyer-4711@example.com"
"""Stands for what a page, an index and an error must never say."""


def figure(**more: Any) -> dict[str, Any]:
    """One row of a record; of its target, it has used what its value says."""
    told = {
        "policy": "handbook",
        "metric": "late_dispatch_rate",
        "account": "shop",
        "marketplace": "US",
        "channel": "MFN",
        "window_days": 30,
        "window_start": "2026-01-31",
        "window_end": "2026-03-01",
        "numerator": 1,
        "at_best": 1,
        "denominator": 100,
        "counted": 100,
        "defects": 1,
        "unknown": 0,
        "unit": "percent",
        "value": 0.01,
        "low": 0.001,
        "high": 0.05,
        "target": 0.04,
        "status": "GOOD",
        "headroom": 2,
        "basis": "EXACT",
        **more,
    }
    return {"used": None if told["value"] is None else told["value"] / told["target"], **told}


def state(**more: Any) -> dict[str, Any]:
    """One row of the record of a state."""
    return {
        "policy": "handbook",
        "state": "policy_violations",
        "account": "shop",
        "marketplace": "US",
        "as_of": "2026-03-01",
        "level": "GREEN",
        "unread": 0,
        "read": 0,
        "under_review": 0,
        "open": 0,
        "rating": None,
        "is_estimate": None,
        "account_status": None,
        "rated_on": None,
        "violations": None,
        "basis": "EXACT",
        **more,
    }


def record(*results: dict[str, Any], **more: str) -> dict[str, Any]:
    context = {"account": "shop", "title": "Shop", "marketplace": "US", "as_of": "2026-03-01", "policy": "handbook"}
    return {**context, **more, "results": list(results) or [figure()]}


RECORDS = (
    f"from IPython.display import display\ntold = {record()!r}\n"
    "told |= {'account': account, 'marketplace': marketplace, 'as_of': as_of, 'policy': policy}\n"
    f'display({{"{MIME}": told}}, raw=True)'
)
"""A last cell: the record of whatever was asked."""


def write_shop(data: Path, name: str = "shop", toml: str = US) -> Path:
    """An account with one order."""
    return put(data, {"orders.tsv": ONE_ORDER}, toml, name)


def notebook(*code: str, title: str = "Tiny") -> Any:
    """A title, the parameters, and these cells, all for the report."""
    cells = [
        v4.new_markdown_cell(f"# {title}", metadata={"tags": ["report"]}),
        v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        *(v4.new_code_cell(source, metadata={"tags": ["report"]}) for source in code),
    ]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def write_notebook(folder: Path, name: str, *code: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(*code), folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


def job(path: Path = Path("01_tiny.ipynb"), account: str = "shop", data: Path = Path("data")) -> Job:
    return Job(notebook=path, account=account, marketplace="US", as_of=AS_OF, policy="handbook", data=data)


def output(**data: Any) -> Any:
    """An output as a kernel leaves it: `html`, `text`, or a `chart`'s specification."""
    kinds = {"html": "text/html", "text": "text/plain", "chart": display.MIME}
    return v4.new_output("display_data", data={kinds[kind]: content for kind, content in data.items()})


@dataclass
class Ran:
    """A notebook that ran, of which a page can be made."""

    job: Job
    notebook: Any
    record: dict[str, Any]


def done(*outputs: Any, told: dict[str, Any] | None = None, title: str = "Tiny", **where: Any) -> Ran:
    """A notebook that ran and left these outputs, each in a cell of its own for the report."""
    ran = notebook(*("made" for _ in outputs), title=title)
    for cell, left in zip(ran.cells[2:], outputs, strict=True):
        cell.outputs = [left]
    return Ran(job=job(**where), notebook=ran, record=told or record())
