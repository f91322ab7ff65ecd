"""The index in a browser: found, filtered and sorted by keyboard, whole without its script, deaf to attacks."""

import shutil
from pathlib import Path

import pytest

from sellerhealth.report.index.portfolio import read
from sellerhealth.report.index.site import index
from tests.browser.until import until
from tests.report.left import BAD, UNKNOWN, leave, lost, ran
from tests.report.tiny import figure

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on the PATH: apt-get install chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HOSTILE = '<b>Bold</b> <script>window.PWNED=1</script> " onmouseover=window.PWNED=1 x="'
LONG = "a" * 64
LOW_CONTRAST = (Path(__file__).parents[1] / "browser" / "contrast.js").read_text(encoding="utf-8")
WORST_FIRST = ["Late Oak", HOSTILE, "Müller", "Calm Oak", "Almost", LONG, "Blind"]
CANCELLED = {"metric": "cancellation_rate", "target": 0.025}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """Seven accounts; what is stale, failed, refused, changed and unreadable among them."""
    out = tmp_path_factory.mktemp("out")
    leave(out, figure(**BAD, used=3.0), figure(**CANCELLED, used=0.1), account="late", title="Late Oak")
    leave(out, figure(**BAD, used=2.0), figure(**CANCELLED, used=0.2), account="hostile", title=HOSTILE)
    leave(out, figure(used=0.9), account="mueller", title="Müller", as_of="2026-02-22")
    leave(out, figure(used=0.5), figure(**CANCELLED, used=0.4), account="calm", title="Calm Oak", marketplace="CA")
    leave(out, figure(used=0.4), figure(**CANCELLED, used=0.05), account="almost", as_of="2026-03-08")
    leave(out, figure(used=0.3), account=LONG, title=LONG)
    leave(out, figure(**UNKNOWN), account="blind")
    leave(out, figure(), figure(**CANCELLED), account="late", as_of="2026-02-22")
    leave(out, notebook="02_page", account="calm", marketplace="CA").write_text("{", encoding="utf-8")
    failed = [lost("2026-03-01/mueller/US", told=HOSTILE)]
    ran(out, mueller={"state": "failed", "failed": failed}, gone={"state": "refused", "reason": HOSTILE})
    (out / "index.html").write_text(index(read(out)), encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, out):
    """Open the index: the page; whatever it asked for or complained about fails the test."""
    contexts, troubles = [], []

    def open_index(theme="light", width=1280, **more):
        contexts.append(
            chromium.new_context(offline=True, color_scheme=theme, viewport={"width": width, "height": 900}, **more)
        )
        page, here = contexts[-1].new_page(), (out / "index.html").as_uri()
        page.on("request", lambda asked: troubles.append(asked.url) if not asked.url.startswith(out.as_uri()) else None)
        page.on("console", lambda line: troubles.append(line.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(here)
        return page

    yield open_index
    for context in contexts:
        context.close()
    assert troubles == []


def shown(page):
    return page.locator("article:visible h2").all_inner_texts()


def said(page):
    return page.get_by_role("status").inner_text()


def test_without_its_script_everything_is_there(opened):
    page = opened(java_script_enabled=False)
    assert shown(page) == WORST_FIRST
    assert not page.locator("form").is_visible()
    assert page.locator("section li").count() == 2


def test_with_its_script_nothing_is_lost(opened):
    page = opened()
    assert (shown(page), said(page)) == (WORST_FIRST, "7 of 7 accounts")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oak", ["Late Oak", "Calm Oak"]),
        ("OAK  late", ["Late Oak"]),
        ("muller", ["Müller"]),
        ("MÜLL", ["Müller"]),
        ("calm · CA", ["Calm Oak"]),
        ("<script>", [HOSTILE]),
        ("almost", ["Almost"]),
        ("   ", WORST_FIRST),
        ("(", []),
    ],
)
def test_accounts_are_found_by_name(opened, typed, found):
    page = opened()
    page.get_by_label("Find by name").fill(typed)
    assert shown(page) == found
    more = "" if found else ". Clear the name, or show all."
    assert said(page) == f"{len(found)} of 7 accounts{more}"


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("Bad 2", ["Late Oak", HOSTILE]),
        ("Good 4", ["Müller", "Calm Oak", "Almost", LONG]),
        ("No verdict 1", ["Blind"]),
        ("Changed 1", ["Late Oak"]),
        ("Stale 1", ["Müller"]),
        ("Failed 1", ["Müller"]),
        ("All 7", WORST_FIRST),
    ],
)
def test_accounts_are_filtered_by_how_they_stand(opened, state, found):
    page = opened()
    page.get_by_label(state).check()
    assert (shown(page), said(page)) == (found, f"{len(found)} of 7 accounts")


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("name", [HOSTILE, LONG, "Almost", "Blind", "Calm Oak", "Late Oak", "Müller"]),
        ("day, the newest first", ["Almost", "Late Oak", HOSTILE, "Calm Oak", LONG, "Blind", "Müller"]),
        ("Cancellation Rate", ["Calm Oak", HOSTILE, "Late Oak", "Almost", "Müller", LONG, "Blind"]),
        ("worst first", WORST_FIRST),
    ],
)
def test_accounts_are_sorted(opened, order, found):
    page = opened()
    page.get_by_label("Sort by").select_option(order)
    assert shown(page) == found


def test_the_figure_sorted_by_is_seen_once(opened):
    page = opened()
    calm, late = (
        page.locator(f"article:has(bdi:text-is('{name}')) .what > .figures > li") for name in ("Calm Oak", "Late Oak")
    )
    assert (calm.count(), late.count()) == (0, 1)
    page.get_by_label("Sort by").select_option("Cancellation Rate")
    assert calm.all_text_contents() == ["Cancellation Rate 1 % (1 of 100) target below 2.5 % Good"]
    assert calm.first.is_visible()
    page.get_by_label("Sort by").select_option("Late Dispatch Rate")
    assert (calm.count(), late.count()) == (1, 1)
    page.get_by_label("Sort by").select_option("worst first")
    assert (calm.count(), late.count()) == (0, 1)


def test_all_is_shown_again_by_one_button(opened):
    page = opened()
    page.get_by_label("Find by name").fill("oak")
    page.get_by_label("Bad 2").check()
    page.get_by_label("Sort by").select_option("name")
    assert shown(page) == ["Late Oak"]
    page.get_by_role("button", name="Show all").click()
    until(page, "document.querySelectorAll('article:not([hidden])').length === 7")
    assert (shown(page), said(page)) == (WORST_FIRST, "7 of 7 accounts")


def test_everything_is_done_by_keyboard(opened):
    page = opened()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.innerText"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert reached[:7] == ["Skip to the accounts", "name", "order", "Show all", "state", "Late Oak", "1 other figure"]
    page.get_by_label("Find by name").focus()
    page.keyboard.type("oak")
    page.keyboard.press("Enter")
    assert page.url.endswith("/index.html")
    page.keyboard.press("Tab")
    page.keyboard.type("name")
    assert shown(page) == ["Calm Oak", "Late Oak"]
    page.get_by_label("All 7").focus()
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["Late Oak"]


def test_coming_back_from_a_report_finds_what_was_chosen(opened):
    page = opened()
    page.get_by_label("Find by name").fill("oak")
    page.get_by_label("Bad 2").check()
    page.get_by_role("link", name="Late Oak").click()
    page.go_back()
    assert (shown(page), said(page)) == (["Late Oak"], "1 of 7 accounts")


def test_every_link_leads_to_a_page_that_is_there(opened, out):
    links = opened().locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(links) == 1 + 7 + 1
    assert [link for link in links if not link.startswith("#") and not (out / link).is_file()] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 360])
def test_nothing_sticks_out_and_all_can_be_read(opened, theme, width):
    page = opened(theme, width)
    page.get_by_label("Sort by").select_option("Cancellation Rate")
    assert page.evaluate(LOW_CONTRAST) == []
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_it_prints_what_is_shown_without_its_controls(opened):
    page = opened("dark")
    page.get_by_label("Find by name").fill("oak")
    page.emulate_media(media="print")
    assert page.locator("form :is(input, select, button, label, legend):visible").count() == 0
    assert (len(shown(page)), said(page)) == (2, "2 of 7 accounts")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(LOW_CONTRAST) == []


def test_hostile_names_do_nothing_whatever_is_done(opened):
    page = opened()
    for name in ("name", "day, the newest first", "Cancellation Rate"):
        page.get_by_label("Sort by").select_option(name)
    page.get_by_label("Find by name").fill(HOSTILE)
    page.get_by_label("Find by name").fill("")
    for summary in page.locator("summary").all():
        summary.click()
    for target in page.locator("summary, h2, li, p.scope").all():
        target.hover()
    assert page.evaluate("window.PWNED") is None
    assert page.locator("article b, article script, section script").count() == 0
    assert page.locator("section li").first.inner_text() == f"gone {HOSTILE}"
