"""A notebook's cells run in this process, in the order of a batch: what each shows, its record, and its page.

No kernel is started, so the package sees what it sees in a batch: nobody is there. The outputs are those
that IPython's own formatter makes of the shown objects.
"""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
from IPython.core.formatters import DisplayFormatter
from nbformat import v4

from sellerhealth.report.pages.page import page
from sellerhealth.report.plan import Asked, Job, notebooks_in, plan
from sellerhealth.show.record import MIME
from tests.report import tiny
from tests.report.markup import Page

FOLDER = Path(__file__).parents[2] / "notebooks"
SUITE = tuple(notebooks_in(FOLDER))
NAMES = tuple(path.stem for path in SUITE)


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A notebook after its last cell: what it showed, and the names its cells left."""

    done: tiny.Ran
    names: dict[str, Any]

    @property
    def results(self) -> list[dict[str, Any]]:
        """The figures of its record."""
        return self.done.record["results"]

    @property
    def html(self) -> str:
        """The report page made of it, with a link to each page of the suite."""
        siblings = [(f"{name}.html", name) for name in NAMES]
        return page(self.done.notebook, self.done.job, self.done.record, siblings)

    @property
    def text(self) -> str:
        """All that a reader sees on the page, charts by their words."""
        return read(Page(self.html))

    def counts(self, metric: str, days: int, channel: str = "") -> tuple[Any, ...]:
        """Numerator, denominator and status of that metric over that many days in its record."""
        rows = [row for row in self.results if (row["metric"], row["window_days"]) == (metric, days)]
        (row,) = [row for row in rows if channel in ("", row["channel"])]
        return row["numerator"], row["denominator"], row["status"]

    def table(self, title: str) -> list[tuple[str, ...]]:
        """The rows of the table under that title, the headings first."""
        (rows,) = [rows for name, rows in tables(Page(self.html)) if name == title]
        return rows

    def column(self, title: str, *headings: str) -> list[tuple[str, ...]]:
        """These columns of the table under that title, row by row."""
        head, *rows = self.table(title)
        places = [head.index(heading) for heading in headings]
        return [tuple(row[place] for place in places) for row in rows]


def read(made: Page) -> str:
    """The text of a page's main part, and the words of its pictures."""
    said = [one.attributes.get("aria-label", "") for one in made.all("div", class_="chart")]
    return " ".join([made.only("main").text, *said]).replace("\u00a0", " ")


def tables(made: Page) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Every table of a page: its title, or the title of the picture it stands behind, and its rows."""
    found: list[tuple[str, list[list[str]]]] = []
    picture = ""
    for one in made.elements:
        text = " ".join(one.text.replace("\u00a0", " ").split())
        if one.tag == "figcaption":
            picture = text
        elif one.tag == "figure":
            picture = ""
        elif one.tag == "table":
            found.append((picture, []))
        elif one.tag == "tr":
            found[-1][1].append([])
        elif one.tag == "caption" or "gt_title" in one.attributes.get("class", ""):
            found[-1] = (text, [])
        elif one.tag in ("th", "td") and "gt_subtitle" not in one.attributes.get("class", ""):
            found[-1][1][-1].append(text)
    return [(title, [tuple(row) for row in rows if row]) for title, rows in found]


def jobs(data: Path, account: str, policy: str = "", as_of: str = "") -> list[Job]:
    """The jobs a batch would run for this account."""
    return plan(data, account, SUITE, Asked(as_of=as_of, policy=policy))


def ran(data: Path, account: str, policy: str = "", as_of: str = "") -> dict[str, Ran]:
    """Every notebook of the suite for this account, by its name."""
    return {job.notebook.stem: run(job) for job in jobs(data, account, policy, as_of)}


def run(job: Job) -> Ran:
    """Run every code cell of a notebook in one namespace, after the job's parameters."""
    notebook = nbformat.read(job.notebook, as_version=4)
    shown: list[Any] = []
    names: dict[str, Any] = {}
    for number, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1):
        shown.clear()
        with patch("IPython.display.display", lambda *things: shown.extend(things)):
            _execute(cell.source, f"{job.notebook.stem}, cell {cell.id}", names, shown)
        if "parameters" in cell.metadata.tags:
            names |= job.parameters
        cell.outputs, cell.execution_count = [_output(thing) for thing in shown], number
    (record,) = [output.data[MIME] for output in cell.outputs if MIME in output.data]
    return Ran(done=tiny.Ran(job=job, notebook=notebook, record=dict(record)), names=names)


def _execute(source: str, where: str, names: dict[str, Any], shown: list[Any]) -> None:
    """Run a cell; what its last line gives is shown, as a notebook does."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, type_ignores=[]), where, "exec"), names)
    given = eval(compile(ast.Expression(last.value), where, "eval"), names) if last else None
    if given is not None:
        shown.append(given)


@cache
def _formatter() -> DisplayFormatter:
    return DisplayFormatter()


def _output(thing: Any) -> Any:
    data, metadata = _formatter().format(thing)
    return v4.new_output("display_data", data=data, metadata=metadata)
