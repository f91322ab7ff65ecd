"""An executed notebook to one HTML file that needs nothing else: no network, no other file.

The page's policy lets only its own scripts and its own style apply, by their hashes; every text is sanitised,
and data reach the charts as escaped JSON.
"""

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from traitlets.config import Config

from sellerhealth.report.pages.blocks import blocks
from sellerhealth.report.pages.vega import bundle, digest
from sellerhealth.report.plan import Job
from sellerhealth.show import numbers, theme

TEMPLATES = Path(__file__).parents[1] / "templates"


class PageExporter(TemplateExporter):
    """nbconvert's machinery with this project's own template, and no other; everything is escaped."""

    export_from_notebook = "sellerhealth page"
    file_extension = ".html"
    template_name = "page"
    output_mimetype = "text/html"

    def __init__(self) -> None:
        """One exporter serves a whole batch."""
        super().__init__(config=Config(), extra_template_basedirs=[str(TEMPLATES)])

    def from_notebook_node(self, nb: Any, resources: Any = None, **_: Any) -> Any:
        """The page, without the copies and checks that nbconvert makes for preprocessors: there are none."""
        return self.template.render(nb=nb, resources=resources), resources

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.autoescape = True
        return environment


def page(notebook: Any, job: Job, record: Mapping[str, Any], siblings: list[tuple[str, str]]) -> str:
    """The report page of an executed notebook: the cells tagged `report`, code left out.

    `siblings` pairs the file names of the account's pages with their titles.
    """
    charts: dict[str, Any] = {}
    pages = {href for href, _ in siblings}
    shown = [block for cell in for_reader(notebook, {"report"}) for block in blocks(cell, charts, pages)]
    return laid_out(
        title=title(notebook),
        record=record,
        day=numbers.day(job.as_of),
        siblings=siblings,
        here=f"{job.notebook.stem}.html",
        home=("/".join([*([".."] * len(job.folder.parts)), "index.html"]), "All accounts"),
        blocks=shown,
        **shell(charts),
    )


def for_reader(notebook: Any, readers: AbstractSet[str]) -> list[Any]:
    """The cells with a tag of one of these readers."""
    return [cell for cell in notebook.cells if not readers.isdisjoint(cell.metadata.get("tags", []))]


def laid_out(**resources: Any) -> str:
    """The page of these parts, as the template names them."""
    text: str = _exporter().from_notebook_node(None, {**resources, "version": _version()})[0]
    return text


def title(notebook: Any) -> str:
    """The notebook's one first-level heading; without one, what it is."""
    heads: list[str] = [
        line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    ]
    return next((line.removeprefix("# ").strip() for line in heads if line.startswith("# ")), "Report")


def shell(charts: Mapping[str, Any], more_style: str = "") -> dict[str, Any]:
    """What every page holds around its content: style, scripts, policy; with charts also Vega and their data."""
    style, glue = theme.style_sheet() + _asset("style.css") + more_style, _asset("glue.js")
    told = {"style": Markup(style), "scripts": [], "policy": content_policy([], style), "data": ""}  # noqa: S704 - our own
    if not charts:
        return told
    data = {"charts": charts, "config": theme.config(theme.PAGE)}
    return {
        **told,
        "scripts": [Markup(glue)],  # noqa: S704 - our own
        "policy": content_policy([bundle().script, glue], style),
        "vega": bundle().packed,
        "data": Markup(escaped_json(data)),  # noqa: S704 - escaped for a script element
    }


def content_policy(scripts: Sequence[str], style: str) -> str:
    """The Content-Security-Policy: nothing from anywhere, only these scripts, and only this style."""
    allowed = " ".join(f"'{digest(script)}'" for script in scripts) or "'none'"
    rules = ["default-src 'none'", f"script-src {allowed}", f"style-src '{digest(style)}'"]
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def escaped_json(data: Any) -> str:
    r"""JSON that cannot leave its script element.

    Example:
        >>> escaped_json({"sku": "</script>"})
        '{"sku":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def environment() -> Environment:
    """The Jinja environment of pages that come from no notebook; everything is escaped."""
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(default=True), trim_blocks=True)


@cache
def _exporter() -> PageExporter:
    return PageExporter()


@cache
def _version() -> str:
    return version("sellerhealth")


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
