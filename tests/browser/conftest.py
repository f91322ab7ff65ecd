"""A browser with the network unplugged, and the pages of a whole batch to open in it."""

import shutil

import pytest

from tests.browser.until import until
from tests.browser.visit import DRAWN, SETTLED, Visit
from tests.notebooks import cells
from tests.report.whole import GROUP, whole
from tests.sources.folder import put

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.xdist_group(GROUP))


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return whole(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.skip("there is no chromium on the PATH: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(chromium):
    """A context of a theme, with further settings of playwright; one for all who ask for the same."""
    made = {}

    def of(theme="light", **more):
        key = (theme, *more.items())
        if key not in made:
            made[key] = chromium.new_context(offline=True, color_scheme=theme, **more)
        return made[key]

    yield of
    for one in made.values():
        one.close()


@pytest.fixture(scope="module")
def opened(context, out):
    """Open a page in a theme: the page, with its charts drawn, and what is written down of it from then on."""

    def open_page(name, theme="light", **more):
        page, seen = context(theme, **more).new_page(), Visit()
        seen.watch(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto((out / name).as_uri())
        until(page, DRAWN)
        page.evaluate(SETTLED)
        return page, seen

    return open_page


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """The pages of an account that has no file, made without kernels."""
    data, made = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("blank")
    put(data, {}, name="blank")
    for name, one in cells.ran(data, "blank", as_of="2026-03-31").items():
        (made / f"{name}.html").write_text(one.html, encoding="utf-8")
    return made
