"""The pages in a browser with the network unplugged: drawn, readable, usable by keyboard, and deaf to attacks."""

import shutil
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.browser import hostile
from tests.notebooks import cells
from tests.report.markup import Page
from tests.report.whole import DEMO, GROUP, HOSTILE, NOTEBOOKS, whole
from tests.sources.folder import put

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.xdist_group(GROUP),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on the PATH: apt-get install chromium"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FOLDERS = {**DEMO, "hostile": HOSTILE}
PAGES = ["index.html", *(f"{folder}/{name}.html" for folder in FOLDERS.values() for name in NOTEBOOKS)]
ATTACKED = [name for name in PAGES if name.startswith(HOSTILE)]
WIDTHS = (360, 390, 768, 1280)
PICTURES = {
    "00_account_health": 1,
    "01_late_dispatch_rate": 5,
    "02_cancellation_rate": 3,
    "03_contact_response_time": 4,
    "04_order_defect_rate": 4,
    "05_perfect_order_percentage": 4,
    "06_seller_rating": 2,
    "07_customer_service_dashboard": 5,
    "08_policy_violations": 0,
    "09_valid_tracking_rate": 3,
    "10_on_time_delivery_rate": 4,
}
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
DRAWN = "() => [...document.querySelectorAll('.chart')].every(chart => chart.querySelector('svg'))"
MARKS = """() => [...document.querySelectorAll('.chart')].map(chart => ({
  said: chart.getAttribute('aria-label'),
  marks: [...chart.querySelectorAll('.role-mark > *')].filter(mark => mark.getBBox().width + mark.getBBox().height).length,
}))"""
CUT_OFF = """() => [...document.querySelectorAll('.chart text')].filter(text => text.textContent.trim()).filter(text => {
  const inner = text.getBoundingClientRect(), outer = text.closest('svg').getBoundingClientRect();
  const sides = [outer.left - inner.left, inner.right - outer.right, outer.top - inner.top, inner.bottom - outer.bottom];
  return Math.max(...sides) > 1;
}).map(text => text.textContent)"""
POINT_AT_ALL = """() => [...document.querySelectorAll('.chart .role-mark > *')].flatMap(mark => {
  const box = mark.getBoundingClientRect(), at = {bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2};
  ['pointerover', 'pointermove', 'mousemove', 'click'].forEach(what => mark.dispatchEvent(new PointerEvent(what, at)));
  const tip = document.querySelector('#vg-tooltip-element.visible');
  return tip ? [tip.innerText] : [];
})"""
LOW_CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """What a browser saw of one page in one theme."""

    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    charts: list[dict[str, Any]] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)
    cut_off: dict[int, list[str]] = field(default_factory=dict)
    low_contrast: list[Any] = field(default_factory=list)
    pwned: Any = None


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return whole(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def opened(chromium, out):
    """Open a page in a theme: the page, and what is written down of it from then on."""
    contexts = {theme: chromium.new_context(offline=True, color_scheme=theme) for theme in ("light", "dark")}

    def open_page(name, theme="light"):
        page, seen = contexts[theme].new_page(), Visit()
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("console", lambda line: seen.troubles.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: seen.troubles.append(f"error: {error}"))
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto((out / name).as_uri())
        page.wait_for_function(DRAWN)
        page.evaluate(SETTLED)
        return page, seen

    yield open_page
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """The pages of an account that has no file, made without kernels."""
    data, made = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("blank")
    put(data, {}, name="blank")
    for name, one in cells.ran(data, "blank", as_of="2026-03-31").items():
        (made / f"{name}.html").write_text(one.html, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def visits(opened):
    """Every page once in each theme, looked at when first asked for."""
    seen: dict[tuple[str, str], Visit] = {}

    def visit(name, theme):
        if (name, theme) not in seen:
            page, seen[name, theme] = opened(name, theme)
            # A theme changes colours and nothing else.
            look(page, seen[name, theme], WIDTHS if theme == "light" else ())
            page.close()
        return seen[name, theme]

    return visit


def look(page, seen, widths=WIDTHS):
    seen.charts = page.evaluate(MARKS)
    seen.low_contrast = page.evaluate(LOW_CONTRAST)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        seen.widths[width] = page.evaluate("document.documentElement.scrollWidth")
        seen.cut_off[width] = page.evaluate(CUT_OFF)
    seen.pwned = page.evaluate("window.PWNED")


every_page = pytest.mark.parametrize("name", PAGES)
both_themes = pytest.mark.parametrize("theme", ["light", "dark"])


@both_themes
@every_page
def test_it_asks_for_no_file_but_itself(visits, out, name, theme):
    assert visits(name, theme).requests == [(out / name).as_uri()]


@both_themes
@every_page
def test_the_browser_has_nothing_to_complain_about(visits, name, theme):
    assert visits(name, theme).troubles == []


@both_themes
@every_page
def test_every_chart_is_drawn_and_said(visits, name, theme):
    charts = visits(name, theme).charts
    assert [chart for chart in charts if not chart["marks"] or not chart["said"]] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_page_of_the_large_shop_has_all_its_pictures(visits, notebook):
    assert len(visits(f"{DEMO['demo-us']}/{notebook}.html", "light").charts) == PICTURES[notebook]


@every_page
def test_nothing_sticks_out_of_the_window(visits, name):
    widths = visits(name, "light").widths
    assert set(widths) == set(WIDTHS)
    assert {width: seen for width, seen in widths.items() if seen > width} == {}


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_page_of_an_account_without_files_is_as_sound(opened, blank, notebook):
    """Nothing can be computed there: no axis without an end, no picture of nothing."""
    page, seen = opened(blank / f"{notebook}.html")
    look(page, seen)
    page.close()
    assert seen.troubles == []
    assert [chart for chart in seen.charts if not chart["marks"] or not chart["said"]] == []
    assert {width: found for width, found in seen.widths.items() if found > width} == {}
    assert {width: texts for width, texts in seen.cut_off.items() if texts} == {}


@every_page
def test_no_word_in_a_picture_is_cut_off(visits, name):
    cut_off = visits(name, "light").cut_off
    assert {width: texts for width, texts in cut_off.items() if texts} == {}


@both_themes
@every_page
def test_text_stands_out_from_its_ground(visits, name, theme):
    """WCAG 2.2, 1.4.3: 4.5 to 1, or 3 to 1 where it is large."""
    assert visits(name, theme).low_contrast == []


def test_contrast_is_measured(opened):
    """On white, #767676 is the lightest grey that passes."""
    page, _ = opened("index.html")
    page.evaluate("document.querySelector('.promise').style = 'background: #fff; color: #767676'")
    assert page.evaluate(LOW_CONTRAST) == []
    page.evaluate("document.querySelector('.promise').style = 'background: #fff; color: #777777'")
    assert [(one["text"], one["contrast"]) for one in page.evaluate(LOW_CONTRAST)] == [
        ("Every account, the worst first.", 4.48)
    ]
    page.close()


@both_themes
@pytest.mark.parametrize("name", ATTACKED)
def test_nothing_runs_by_opening(visits, name, theme):
    assert visits(name, theme).pwned is None


@pytest.mark.parametrize("name", ATTACKED)
def test_nothing_runs_by_touching_everything(opened, name):
    page, seen = opened(name)
    for summary in page.locator("summary").all():
        summary.click()
    told = page.evaluate(POINT_AT_ALL)
    assert page.evaluate("window.PWNED") is None
    assert page.locator("img, iframe, object, embed, [onerror], [onload], [onmouseover]").count() == 0
    assert page.locator("#vg-tooltip-element :is(script, svg, a)").count() == 0
    assert told or not page.locator(".chart").count(), "a mark tells its numbers when pointed at"
    assert seen.troubles == []
    page.close()


def test_a_mark_tells_its_numbers_under_the_pointer(opened):
    page, seen = opened(f"{HOSTILE}/01_late_dispatch_rate.html")
    page.locator(".chart .mark-rect.role-mark path").first.hover()
    tip = page.locator("#vg-tooltip-element")
    tip.wait_for(state="visible")
    assert [carrier for carrier in hostile.CARRIERS if carrier in tip.inner_text()]
    assert seen.troubles == []
    page.close()


def test_hostile_text_is_shown_as_text(opened):
    said, drawn = "", []
    for name in ATTACKED:
        page, _ = opened(name)
        said += page.locator("main").inner_text()
        drawn += page.locator(".chart text").all_text_contents()
        assert page.locator(".crumbs strong").inner_text() == hostile.LABEL
        assert hostile.LABEL in page.title()
        page.close()
    shown = (*hostile.SKUS, *hostile.CARRIERS, *hostile.CATEGORIES, hostile.ASIN)
    assert [text for text in shown if text not in said] == []
    assert [text for text in hostile.THREADS if text in said] == []
    assert "secret-4711" not in said
    assert [text for text in drawn if text.startswith("</script><script>")]
    assert [text for text in drawn if text.startswith("<svg onload")]


def test_hostile_text_is_text_on_the_index(opened):
    page, seen = opened("index.html")
    assert hostile.LABEL in page.locator("h2").all_inner_texts()
    assert page.evaluate("window.PWNED") is None
    assert seen.troubles == []
    page.close()


def tab_through(page):
    """What the Tab key reaches from the top of the page, in order: links by where they lead, summaries by their place."""
    reached = []
    where = """() => { const at = document.activeElement;
      if (at.tagName === 'A') return at.getAttribute('href');
      return at.tagName === 'SUMMARY' ? [...document.querySelectorAll('summary')].indexOf(at) : at.tagName }"""
    for _ in range(100):
        page.keyboard.press("Tab")
        at = page.evaluate(where)
        if at == "BODY" or (reached and at == reached[0]):
            break
        reached.append(at)
    return reached


@pytest.mark.parametrize("name", [f"{folder}/{name}.html" for folder in DEMO.values() for name in NOTEBOOKS])
def test_everything_is_reached_by_keyboard(opened, name):
    page, _ = opened(name)
    reached = tab_through(page)
    links = page.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert reached[:2] == ["#content", "../../../index.html"]
    assert set(links) <= set(reached)
    assert [at for at in reached if isinstance(at, int)] == list(range(page.locator("summary").count()))
    page.close()


@pytest.mark.parametrize("name", [f"{folder}/{name}.html" for folder in DEMO.values() for name in NOTEBOOKS])
def test_the_numbers_behind_every_chart_open_by_keyboard(opened, name):
    page, _ = opened(name)
    assert page.locator("figure:has(.chart)").count() == page.locator("figure details").count()
    for details in page.locator("figure details").all():
        assert not details.locator("table").is_visible()
        details.locator("summary").focus()
        page.keyboard.press("Enter")
        assert details.locator("table").is_visible()
        assert details.locator("tbody tr").count() > 0
    page.close()


def test_the_skip_link_shows_itself_and_skips(opened):
    page, _ = opened(PAGES[1])
    skip = page.locator(".skip")
    assert skip.bounding_box()["x"] < 0
    page.keyboard.press("Tab")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside or page.locator("main :is(a[href], summary)").count() == 0
    page.close()


def test_focus_is_seen(opened):
    page, _ = opened(PAGES[1])
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.close()


def test_charts_follow_the_theme_at_once(opened):
    name = f"{DEMO['demo-us']}/01_late_dispatch_rate.html"
    page, seen = opened(name)
    ink = "getComputedStyle(document.querySelector('.chart .role-axis-label text')).fill"
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => {ink} !== light", arg=light)
    assert page.locator(".chart svg").count() == page.locator(".chart").count()
    assert seen.troubles == []
    page.close()


def test_it_prints_with_its_charts_and_without_its_controls(opened):
    page, seen = opened(f"{DEMO['demo-us']}/04_order_defect_rate.html", "dark")
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("figure details:visible").count() == 0
    assert page.locator(".chart svg").count() == page.locator(".chart").count()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert seen.troubles == []
    page.close()


@every_page
def test_every_link_leads_to_a_page_that_is_there(out, name):
    made = Page((out / name).read_text(encoding="utf-8"))
    places = [one.attributes[key] for one in made.elements for key in ("href", "src") if key in one.attributes]
    assert [place for place in places if "//" in place or ":" in place or "\\" in place] == []
    files = [place for place in places if not place.startswith("#")]
    assert [place for place in files if not (out / name).parent.joinpath(place).is_file()] == []
    marks = {one.attributes.get("id") for one in made.elements}
    assert [place for place in places if place.startswith("#") and place[1:] not in marks] == []


@every_page
def test_it_is_built_for_those_who_do_not_see_it(out, name):
    made = Page((out / name).read_text(encoding="utf-8"))
    assert made.open == []
    assert made.only("html").attributes["lang"] == "en"
    assert made.only("title").text.strip()
    assert made.only("h1").text.strip()
    levels = [int(one.tag[1]) for one in made.elements if one.tag in ("h1", "h2", "h3", "h4")]
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == [], "a level is left out"
    ids = [one.attributes["id"] for one in made.elements if "id" in one.attributes]
    assert len(set(ids)) == len(ids)
    assert [one for one in made.all("svg") if not one.attributes.get("aria-label")] == []
    assert [one for one in made.all("th") if "scope" not in one.attributes] == []
    assert made.only("meta", name="viewport").attributes["content"] == "width=device-width, initial-scale=1"


@every_page
def test_it_is_light_enough_to_send(out, name):
    assert (out / name).stat().st_size < 1_500_000
