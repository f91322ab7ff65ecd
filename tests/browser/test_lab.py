"""JupyterLab for real: a notebook runs from top to bottom, and its widgets answer to the keyboard alone."""

import pytest

from tests.browser.lab import lab
from tests.browser.until import until

NOTEBOOK = "04_order_defect_rate"
RAN = "() => document.querySelectorAll('.jp-CodeCell').length > 0 && ![...document.querySelectorAll('.jp-CodeCell')].some(cell => /\\[[* ]\\]/.test(cell.querySelector('.jp-InputPrompt')?.textContent ?? '[*]'))"
FAILED = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
NAMELESS = """() => [...document.querySelectorAll('.widget-tab :is(select, input, textarea)')]
  .filter(one => ![...(one.labels ?? [])].some(label => label.textContent.trim())).map(one => one.outerHTML)"""
BARE_SLIDERS = """() => [...document.querySelectorAll('.widget-tab .widget-slider')]
  .filter(one => !one.parentElement.querySelector('input')).length"""
FOCUSED = "() => document.activeElement.getAttribute('role') ?? document.activeElement.labels?.[0]?.textContent"
DRAWN = """() => {
  const seen = [...document.querySelectorAll('.widget-tab .vega-embed')].find(one => one.offsetParent);
  return [...(seen?.querySelectorAll('svg text') ?? [])].map(text => text.textContent).join(' ') }"""
"""What is written in the picture that is seen; empty while there is none."""


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    """The notebook in JupyterLab, all cells run; nothing but this machine can be reached."""
    pytest.importorskip("jupyterlab", reason="there is no JupyterLab: pip install -e '.[lab]'")
    with lab(tmp_path_factory.mktemp("lab"), notebooks=(NOTEBOOK,)) as (address, token):
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.route(lambda url: not url.startswith(address), lambda route: route.abort())
        shown, asked = context.new_page(), []
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(f"{address}/doc/tree/notebooks/{NOTEBOOK}.ipynb?token={token}")
        shown.get_by_text("| Idle").wait_for()
        shown.get_by_role("menuitem", name="Run", exact=True).click()
        shown.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        shown.get_by_role("tab", name="Day by day").wait_for()
        until(shown, RAN)
        yield shown
        context.close()
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]


def test_every_cell_runs(page):
    assert page.locator(FAILED).count() == 0
    assert page.locator(".vega-embed svg").count() >= 4


def test_every_control_has_a_name(page):
    page.get_by_role("tab", name="Day by day").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        until(page, DRAWN)
        assert page.evaluate(NAMELESS) == []
        assert page.evaluate(BARE_SLIDERS) == 0


def test_a_slider_moved_by_keyboard_changes_the_picture_the_sentence_and_the_code(page):
    page.get_by_role("tab", name="Compare").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "More orders without a defect"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "slider"
    before = page.evaluate(DRAWN)
    says, code = page.get_by_role("status"), page.get_by_label("The same by code").filter(visible=True)
    assert "Nothing is changed yet" in says.last.inner_text()
    page.keyboard.press("End")
    until(page, f"before => ({DRAWN})() !== before && ({DRAWN})() !== ''", before)
    assert "(9 of 1," in page.evaluate(DRAWN)
    assert "good" in says.last.inner_text()
    assert "clean_orders=" in code.input_value()
