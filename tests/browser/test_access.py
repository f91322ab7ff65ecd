"""The pages for those who use a keyboard or a screen reader: WCAG 2.2 AA, by axe and by hand."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.until import until
from tests.browser.visit import OPEN_ALL, PAGES, REPORTS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})
  .then(({violations}) => violations.map(({id, nodes}) => [id, nodes.map(node => node.html.slice(0, 120))]))"""
COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page, rules) -> list:
    page.evaluate("window.axe") or page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE, rules)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_phone(opened, name):
    """With all that can be opened open, and tables that have to be moved sideways."""
    page, _ = opened(name, bypass_csp=True)
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(OPEN_ALL)
    assert violations(page, {"type": "tag", "values": RULES}) == []
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_colour_that_cannot_be_read_in_the_dark(opened, name):
    page, _ = opened(name, "dark", bypass_csp=True)
    assert violations(page, {"type": "rule", "values": COLOURS}) == []
    page.close()


def test_axe_is_at_work(opened):
    page, _ = opened(REPORTS[0], bypass_csp=True)
    page.evaluate("document.documentElement.lang = ''")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    page.evaluate("document.querySelector('nav a').innerHTML = ''")
    found = {name for name, _ in violations(page, {"type": "tag", "values": RULES})}
    assert found >= {"html-has-lang", "color-contrast", "link-name"}
    page.close()


def tab_through(page):
    """What the Tab key reaches from the top of the page, in order: links by where they lead, the others by their place."""
    reached = []
    where = """() => { const at = document.activeElement;
      if (at.tagName === 'A') return at.getAttribute('href');
      const others = [...document.querySelectorAll('summary, [tabindex="0"]')];
      return others.includes(at) ? others.indexOf(at) : at.tagName }"""
    for _ in range(150):
        page.keyboard.press("Tab")
        at = page.evaluate(where)
        if at == "BODY" or (reached and at == reached[0]):
            break
        reached.append(at)
    return reached


@pytest.mark.parametrize("name", REPORTS)
def test_everything_is_reached_by_keyboard_in_order(opened, name):
    page, _ = opened(name)
    page.evaluate(OPEN_ALL)
    reached = tab_through(page)
    links = page.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert reached[:2] == ["#content", "../../../index.html"]
    assert set(links) <= set(reached)
    others = page.locator("summary, [tabindex='0']").count()
    assert [at for at in reached if isinstance(at, int)] == list(range(others))
    page.close()


@pytest.mark.parametrize("name", REPORTS)
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


def test_a_table_that_is_too_wide_is_moved_by_keyboard(opened):
    page, _ = opened(REPORTS[1])
    page.set_viewport_size({"width": 360, "height": 800})
    table = page.locator(".block.scroll", has_text="late orders in the window")
    table.focus()
    page.keyboard.press("ArrowRight")
    until(page, "() => document.activeElement.scrollLeft > 0")
    page.close()


def test_the_skip_link_shows_itself_and_skips(opened):
    page, _ = opened(REPORTS[0])
    skip = page.locator(".skip")
    assert skip.bounding_box()["x"] < 0
    page.keyboard.press("Tab")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement === document.querySelector('main')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_focus_is_seen_on_whatever_has_it(opened, theme):
    page, _ = opened(REPORTS[1], theme)
    for selector in (".crumbs a", "nav a", "summary", ".block.scroll"):
        page.keyboard.press("Tab")  # focus shows when keys are used
        page.locator(selector).first.focus()
        assert page.evaluate("getComputedStyle(document.activeElement).outline").endswith("solid 3px"), selector
    page.close()
