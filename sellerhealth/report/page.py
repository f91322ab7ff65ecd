"""An executed notebook to one HTML file that needs nothing else: no network, no other file.

The page's policy lets only its own two scripts run, by their hashes; every text is sanitised, and data
reach the charts as escaped JSON.
"""

import base64
import hashlib
import json
from collections.abc import Collection, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nh3
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets.config import Config

from sellerhealth.report.plan import Job
from sellerhealth.show import display, numbers, theme

TEMPLATES = Path(__file__).parent / "templates"
DRAW = "window.drawChart=(at,spec,options)=>vegaEmbed(at,spec,options)"
TAGS = {
    *("p", "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "strong", "em", "code", "a", "span", "div", "section"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "svg", "path", "br"),
}
ATTRIBUTES = {
    "*": {"class", "role", "aria-label", "aria-hidden"},
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "svg": {"viewBox", "viewbox", "preserveAspectRatio", "preserveaspectratio"},
    "path": {"d"},
}
MOST_ROWS = 120
SHARES = ("value", "low", "high", "target", "used")


class PageExporter(TemplateExporter):
    """nbconvert's machinery with this project's own template, and no other."""

    export_from_notebook = "sellerhealth page"
    file_extension = ".html"
    template_name = "page"
    output_mimetype = "text/html"

    def __init__(self) -> None:
        """One exporter serves a whole batch."""
        super().__init__(config=Config(), extra_template_basedirs=[str(TEMPLATES)])
        self.preprocessors = []


def page(notebook: Any, job: Job, record: Mapping[str, Any], siblings: list[tuple[str, str]]) -> str:
    """The report page of an executed notebook: the cells tagged `report`, code left out.

    `siblings` pairs the file names of the account's pages with their titles.
    """
    cells = [cell for cell in notebook.cells if "report" in cell.metadata.get("tags", [])]
    charts: dict[str, Any] = {}
    pages = {href for href, _ in siblings}
    blocks = [block for cell in cells for block in _blocks(cell, charts, pages)]
    resources = {
        "title": title(notebook),
        "record": record,
        "day": numbers.day(job.as_of),
        "version": version("sellerhealth"),
        "siblings": siblings,
        "here": f"{job.notebook.stem}.html",
        "up": "/".join([".."] * len(job.folder.parts)),
        "blocks": blocks,
        **shell(charts),
    }
    text: str = _exporter().from_notebook_node(notebook, resources=resources)[0]
    return text


def title(notebook: Any) -> str:
    """The notebook's one first-level heading; without one, what it is."""
    heads: list[str] = [
        line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    ]
    return next((line.removeprefix("# ").strip() for line in heads if line.startswith("# ")), "Report")


def shell(charts: Mapping[str, Any]) -> dict[str, Any]:
    """What every page holds around its content: style, scripts with their hashes, the charts' data."""
    scripts = [bundle(), _asset("glue.js")] if charts else []
    data = {"charts": charts, "themes": {"light": theme.config(theme.LIGHT), "dark": theme.config(theme.DARK)}}
    return {
        "style": Markup(_asset("style.css")),  # noqa: S704 - our own file
        "scripts": [Markup(script) for script in scripts],  # noqa: S704 - our own scripts
        "policy": content_policy(scripts),
        "data": Markup(escaped_json(data)) if charts else "",  # noqa: S704 - escaped for a script element
    }


def content_policy(scripts: list[str]) -> str:
    """The Content-Security-Policy: nothing from anywhere, and only these scripts."""
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes) or "'none'"
    rules = ["default-src 'none'", f"script-src {allowed}", "style-src 'unsafe-inline'", "img-src data:"]
    return "; ".join([*rules, "font-src data:", "base-uri 'none'", "form-action 'none'"])


def escaped_json(data: Any) -> str:
    r"""JSON that cannot leave its script element.

    Example:
        >>> escaped_json({"sku": "</script>"})
        '{"sku":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def clean(html: str, pages: Collection[str] = ()) -> Markup:
    """HTML with nothing in it but the elements our own tables and cards use; links lead to `pages` only."""

    def kept(_: str, name: str, value: str) -> str | None:
        return None if name == "href" and value not in pages else value

    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        url_schemes=set(),
        link_rel=None,
        clean_content_tags={"style", "script"},
    )
    return Markup(safe.replace(" %", "\u00a0%"))  # noqa: S704 - just sanitised


@cache
def bundle() -> str:
    """Vega, Vega-Lite and its embedder as one script, made once."""
    import vl_convert  # noqa: PLC0415

    return str(vl_convert.javascript_bundle(DRAW))


def environment() -> Environment:
    """The Jinja environment of pages that come from no notebook; everything is escaped."""
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(default=True), trim_blocks=True)


@cache
def _exporter() -> PageExporter:
    return PageExporter()


@cache
def _markdown() -> Any:
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True))


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _blocks(cell: Any, charts: dict[str, Any], pages: Collection[str]) -> list[dict[str, Any]]:
    """A cell as blocks of the page: its text, or its outputs."""
    if cell.cell_type == "markdown":
        return [{"kind": "html", "html": clean(_markdown().render(cell.source), pages)}]
    return [block for output in cell.outputs for block in _block(output.get("data", {}), charts, pages)]


def _block(data: Mapping[str, Any], charts: dict[str, Any], pages: Collection[str]) -> list[dict[str, Any]]:
    if display.MIME in data:
        return [_chart(data[display.MIME], charts)]
    if "text/html" in data:
        return [{"kind": "html", "html": clean(data["text/html"], pages)}]
    return [{"kind": "text", "text": data["text/plain"]}] if "text/plain" in data else []


def _chart(spec: Mapping[str, Any], charts: dict[str, Any]) -> dict[str, Any]:
    """A chart by its number, its words, and the numbers behind it; the look and the title are the page's.

    Inside a picture a title does not wrap: on a phone half of it would be cut off.
    """
    name = f"chart-{len(charts) + 1}"
    charts[name] = {key: value for key, value in spec.items() if key not in ("config", "title")}
    fullest: list[dict[str, Any]] = max(spec.get("datasets", {}).values(), key=_fullness, default=[])
    return {
        "kind": "chart",
        "id": name,
        "title": spec.get("title", {}),
        "says": spec.get("description", ""),
        "rows": _worded(fullest[-MOST_ROWS:]),
    }


def _fullness(rows: list[dict[str, Any]]) -> tuple[int, int]:
    """The line that is told in full has its counts beside it; the lines around it have not, however long."""
    return (len(rows[0]) if rows else 0, len(rows))


def _worded(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{key.replace("_", " "): _cell(key, value) for key, value in row.items()} for row in rows]


def _cell(key: str, value: Any) -> str:
    if value is None:
        return "–"
    if key in SHARES:
        return numbers.percent(value)
    if isinstance(value, float):
        return numbers.plain(value)
    return str(value).removesuffix("T00:00:00.000000").removesuffix("T00:00:00")
