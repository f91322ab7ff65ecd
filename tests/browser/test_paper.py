"""The pages on paper, and in a browser that cannot or may not draw: all is told, nothing is cut."""

import re

import pytest

from sellerhealth.show import theme
from tests.browser.until import until
from tests.browser.visit import OPEN_ALL, REPORTS, SETTLED
from tests.report.whole import DEMO

PAPER = 688
"""A4 within its margins, in the pixels of CSS."""
TREND = f"{DEMO['demo-us']}/01_late_dispatch_rate.html"
STICKS_OUT = """width => [...document.querySelectorAll('main *')].filter(one => one.getClientRects().length)
  .filter(one => one.getBoundingClientRect().right > width + 1).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def on_paper(opened):
    """A page laid out for paper, from a dark screen."""

    def print_page(name):
        page, seen = opened(name, "dark")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": PAPER, "height": 1000})
        page.evaluate(SETTLED)
        return page, seen

    return print_page


@pytest.mark.parametrize("name", REPORTS)
def test_on_paper_nothing_sticks_out_and_no_control_is_left(on_paper, name):
    page, seen = on_paper(name)
    assert page.evaluate(STICKS_OUT, PAPER) == []
    assert page.locator("nav:visible, summary:visible, .skip:visible, .crumbs a:visible").count() == 0
    assert page.locator(".crumbs strong").is_visible()
    assert seen.troubles == []
    page.close()


def test_on_paper_a_dark_page_is_light_and_its_links_are_text(on_paper):
    page, _ = on_paper(f"{DEMO['demo-us']}/00_account_health.html")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    link = "getComputedStyle(document.querySelector('main a'))"
    assert page.evaluate(f"[{link}.color, {link}.textDecorationLine]") == ["rgb(0, 0, 0)", "none"]
    wanted = tuple(int(theme.LIGHT["soft"][place : place + 2], 16) for place in (1, 3, 5))
    assert page.evaluate("getComputedStyle(document.querySelector('.role-axis-label text')).fill") == f"rgb{wanted}"
    page.close()


def test_on_paper_nothing_is_cut_across(on_paper):
    page, _ = on_paper(TREND)
    for what in ("figure", ".headline", "tbody tr", "caption"):
        assert page.evaluate(f"getComputedStyle(document.querySelector('{what}')).breakInside") == "avoid", what
    page.close()


def test_a_chart_is_drawn_for_the_paper_and_then_for_the_window_again(opened):
    page, _ = opened(TREND)
    widths = "[...document.querySelectorAll('.chart svg')].map(svg => svg.width.baseVal.value)"
    before = page.evaluate(widths)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    # A chart has to be there when the printing begins: nothing may wait for the next frame.
    assert {round(width) for width in page.evaluate(widths)} == {640}
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    until(page, f"wanted => JSON.stringify({widths}) === JSON.stringify(wanted)", arg=before)
    page.close()


def test_it_prints_on_a4(opened):
    page, seen = opened(TREND, "dark")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", printed)) == 14
    assert seen.troubles == []
    page.close()


@pytest.mark.parametrize("off", ["scripts", "unpacking"])
def test_without_a_picture_its_words_and_numbers_are_there(context, out, off):
    where = context(java_script_enabled=off != "scripts")
    page = where.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    if off == "unpacking":
        page.add_init_script("delete window.DecompressionStream")
    page.goto((out / TREND).as_uri())
    for chart in page.locator(".chart").all():
        chart.locator("p").wait_for(state="visible")
        assert chart.locator("p").inner_text() == chart.get_attribute("aria-label")
    page.locator("summary").first.click()
    assert page.locator("figure table").first.is_visible()
    assert page.locator("noscript p:visible").count() == (off == "scripts")
    assert page.locator("svg:not(.spark)").count() == 0
    assert troubles == []
    page.close()


def test_words_do_not_flash_up_before_a_picture(context, out):
    page = context().new_page()
    page.goto((out / TREND).as_uri(), wait_until="commit")
    page.locator(".chart").first.wait_for(state="attached")
    assert page.locator(".chart > p:visible").count() == 0
    page.evaluate(OPEN_ALL)
    page.close()
