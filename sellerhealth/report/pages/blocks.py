"""The cells of an executed notebook as blocks of a page: text, tables and charts, with nothing in them that acts."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import nh3
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from sellerhealth.show import display, numbers

TAGS = {
    *("p", "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "strong", "em", "code", "a", "span", "div", "section"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "svg", "path", "br", "details", "summary"),
}
QUESTIONS = {"fieldset", "legend", "label", "input", "details", "summary"}
"""What a lesson needs besides, so that its questions answer themselves."""
ATTRIBUTES = {
    "*": {"class", "role", "aria-label", "aria-hidden", "hidden"},
    "a": {"href"},
    "div": {"id"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "svg": {"viewBox", "viewbox", "preserveAspectRatio", "preserveaspectratio"},
    "path": {"d"},
    "input": {"type", "name"},
}
ALWAYS = {"input": {"type": "radio"}}
"""Nothing can be typed into a page, sent or pressed: an answer is chosen."""
ROWS = re.compile(r"rows-[a-z]+")
"""The name of a table of rows: the only place inside a page that one of its links may lead to."""
CELL = r'<tr class="gt_heading">\s*<td[^>]*>(.*?)</td>\s*</tr>\s*'
HEADING = re.compile(rf"<thead>\s*{CELL}(?:{CELL})?", re.DOTALL)
CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
MOST_ROWS = 120
SHARES = ("value", "low", "high", "low_half", "high_half", "target", "used", "miss_chance")


def blocks(
    cell: Any, charts: dict[str, Any], pages: Collection[str], tags: Collection[str] = TAGS
) -> list[dict[str, Any]]:
    """A cell as blocks of the page: its text, or its outputs. A chart's specification is put into `charts`."""
    if cell.cell_type == "markdown":
        return [{"kind": "text", "html": clean(_markdown().render(cell.source), pages)}]
    return [block for output in cell.outputs for block in _block(output.get("data", {}), charts, pages, tags)]


def with_code(cell: Any, charts: dict[str, Any], pages: Collection[str]) -> list[dict[str, Any]]:
    """A cell as blocks of a page for learners: before what it shows stands its code, unless its tags hide that."""
    is_shown = cell.cell_type == "code" and "hide-input" not in cell.metadata.get("tags", [])
    code = [{"kind": "plain", "text": cell.source}] if is_shown else []
    return [*code, *blocks(cell, charts, pages, TAGS | QUESTIONS)]


def clean(html: str, pages: Collection[str] = (), tags: Collection[str] = TAGS) -> Markup:
    """HTML with nothing in it but the elements our own tables and cards use; links lead to `pages` or rows only."""

    def kept(_: str, name: str, value: str) -> str | None:
        leads = value in pages or (value.startswith("#") and ROWS.fullmatch(value[1:]))
        is_refused = (name == "href" and not leads) or (name == "id" and not ROWS.fullmatch(value))
        return None if is_refused else value

    safe = nh3.clean(
        html,
        tags=set(tags),
        attributes=ATTRIBUTES,
        set_tag_attribute_values=ALWAYS,
        attribute_filter=kept,
        url_schemes=set(),
        link_rel=None,
        clean_content_tags={"style", "script"},
    )
    return Markup(safe.replace(" %", "\u00a0%"))  # noqa: S704 - just sanitised


@cache
def _markdown() -> Any:
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True))


def _block(
    data: Mapping[str, Any], charts: dict[str, Any], pages: Collection[str], tags: Collection[str]
) -> list[dict[str, Any]]:
    if display.MIME in data:
        return [_chart(data[display.MIME], charts)]
    if "text/html" in data:
        return [piece(data["text/html"], pages, tags)]
    return [{"kind": "plain", "text": data["text/plain"]}] if "text/plain" in data else []


def piece(html: str, pages: Collection[str] = (), tags: Collection[str] = TAGS) -> dict[str, Any]:
    """A piece of HTML as a block."""
    return _html(clean(html, pages, tags))


def _html(html: Markup) -> dict[str, Any]:
    """A piece of a page; a table by its name, since it may have to be moved sideways, with the keyboard too."""
    if "<table" not in html:
        return {"kind": "text", "html": html}
    captioned = Markup(HEADING.sub(_caption, html))  # noqa: S704 - clean, and a tag's quotes stand in no text
    named = CAPTION.search(captioned)
    name = " ".join(Markup(named[1]).striptags().split()) if named else "Table"  # noqa: S704 - striptags makes it text
    return {"kind": "table", "html": captioned, "name": name}


def _caption(heading: re.Match[str]) -> str:
    """What great-tables puts into cells at the head of a table is its caption, or no screen reader names it."""
    told = f'<strong class="gt_title">{heading[1]}</strong> <span class="gt_subtitle">{heading[2] or ""}</span>'
    return f"<caption>{told}</caption><thead>"


def _chart(spec: Mapping[str, Any], charts: dict[str, Any]) -> dict[str, Any]:
    """A chart by its number, its words, and the numbers behind it; the look and the title are the page's.

    Inside a picture a title does not wrap: on a phone half of it would be cut off.
    """
    number = len(charts) + 1
    charts[f"chart-{number}"] = {key: value for key, value in spec.items() if key not in ("config", "title")}
    fullest: list[dict[str, Any]] = max(spec.get("datasets", {}).values(), key=_fullness, default=[])
    return {
        "kind": "chart",
        "number": number,
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
