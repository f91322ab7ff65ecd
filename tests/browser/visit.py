"""What a browser sees of a page: what it asks for, complains of, draws and cuts off."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.report.whole import DEMO, HOSTILE, NOTEBOOKS

PAGES = ["index.html", *(f"{folder}/{name}.html" for folder in (*DEMO.values(), HOSTILE) for name in NOTEBOOKS)]
REPORTS = [name for name in PAGES if name.startswith(tuple(DEMO.values()))]
ATTACKED = [name for name in PAGES if name.startswith(HOSTILE)]
WIDTHS = (360, 390, 768, 1280)
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
DRAWN = "() => [...document.querySelectorAll('.chart')].every(chart => chart.querySelector('svg'))"
OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true })"
MARKS = """() => [...document.querySelectorAll('.chart')].map(chart => ({
  said: chart.getAttribute('aria-label'),
  marks: [...chart.querySelectorAll('.role-mark > *')].filter(mark => mark.getBBox().width + mark.getBBox().height).length,
}))"""
CUT_OFF = """() => [...document.querySelectorAll('.chart text')].filter(text => text.textContent.trim()).filter(text => {
  const inner = text.getBoundingClientRect(), outer = text.closest('svg').getBoundingClientRect();
  const sides = [outer.left - inner.left, inner.right - outer.right, outer.top - inner.top, inner.bottom - outer.bottom];
  return Math.max(...sides) > 1;
}).map(text => text.textContent)"""
LOW_CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """What was written down of one page in one theme."""

    requests: list[str] = field(default_factory=list)
    kept_off: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    charts: list[dict[str, Any]] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)
    cut_off: dict[int, list[str]] = field(default_factory=dict)
    low_contrast: list[Any] = field(default_factory=list)
    pwned: Any = None

    def watch(self, page: Any) -> None:
        """Write down from now on what it asks for, what goes wrong, and what would leave it."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda request: request.failure == "csp" and self.kept_off.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("console", lambda line: self.troubles.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("popup", lambda opened: self.troubles.append(f"popup: {opened.url}"))
        page.on("download", lambda download: self.troubles.append(f"download: {download.url}"))
        page.on("dialog", lambda dialog: (self.troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))


def look(page: Any, seen: Visit, widths: tuple[int, ...] = WIDTHS) -> None:
    """Look at every chart and text of a page, at each of these widths."""
    seen.charts = page.evaluate(MARKS)
    seen.low_contrast = page.evaluate(LOW_CONTRAST)
    page.evaluate(OPEN_ALL)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        seen.widths[width] = page.evaluate("document.documentElement.scrollWidth")
        seen.cut_off[width] = page.evaluate(CUT_OFF)
    seen.pwned = page.evaluate("window.PWNED")
