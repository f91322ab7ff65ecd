"""A learner's page used with the keyboard only, with the network off; and by a screen reader, as far as rules can tell."""

import pytest

from tests.browser.test_access import COLOURS, RULES, violations
from tests.browser.until import until
from tests.browser.visit import DRAWN, OPEN_ALL, SETTLED, Visit

NAMES = ("index", "00_start_here", "01_late_dispatch_rate", "final_check", "crib_late_dispatch_rate")
TOLD = """() => [...document.querySelectorAll('.question')].map(question => {
  const open = question.querySelector('details').open;
  return open ? [...question.querySelectorAll('.told p')].filter(p => p.getClientRects().length).map(p => p.innerText) : null;
})"""


@pytest.fixture
def opened(context, pages):
    out, _ = pages

    def open_page(name, theme="light", **more):
        page, seen = context(theme, **more).new_page(), Visit()
        seen.watch(page)
        page.set_viewport_size({"width": 1000, "height": 800})
        page.goto((out / f"{name}.html").as_uri())
        until(page, DRAWN)
        return page, seen

    return open_page


def tab_to(page, selector):
    """Press Tab until the focus is on it."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"never reached: {selector}")


def test_a_question_is_answered_by_keyboard(opened):
    page, seen = opened("00_start_here")
    tab_to(page, ".question input")
    page.keyboard.press("Space")
    assert page.evaluate(TOLD)[0] is None, "choosing tells nothing yet"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Check my answer"
    page.keyboard.press("Enter")
    (told,) = page.evaluate(TOLD)[0]
    assert told.replace("\u00a0", " ") == "✓ Right. 3 of 8 is 3 ÷ 8 = 0.375, and that is 37.5 %."
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    (told,) = page.evaluate(TOLD)[0]
    assert told.startswith("✕ Not quite. That is 3 of 11.")
    assert told.endswith("The idea behind it: The bad orders come on top of the others.")
    assert page.evaluate(TOLD)[1:] == [None] * 4, "the other questions are untouched"
    assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert seen.troubles == []
    page.close()


def test_checked_before_an_answer_is_chosen_it_asks_for_one(opened):
    page, _ = opened("00_start_here")
    tab_to(page, ".question summary")
    page.keyboard.press("Enter")
    assert page.evaluate(TOLD)[0] == ["Choose an answer first."]
    page.close()


def test_every_button_and_every_hint_is_reached(opened):
    page, _ = opened("01_late_dispatch_rate")
    page.evaluate(OPEN_ALL)
    groups = page.locator(".question").count()
    reached = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "() => document.activeElement.name || (document.activeElement.tagName === 'SUMMARY' && document.activeElement.innerText)"
        )
        if at:
            reached.add(at)
        if page.evaluate("document.activeElement === document.body"):
            break
    assert len([name for name in reached if name.startswith("q-")]) == groups == 8
    assert {"Check my answer", "Hint 1", "Solution"} <= reached
    page.close()


def test_a_hint_is_opened_by_keyboard_one_at_a_time(opened):
    page, _ = opened("01_late_dispatch_rate")
    hint = page.locator(".exercise details").first
    tab_to(page, ".exercise summary")
    assert not hint.locator("p").is_visible()
    page.keyboard.press("Enter")
    assert hint.locator("p").is_visible()
    assert not page.locator(".exercise details").nth(1).locator("p").is_visible()
    page.close()


def score(page):
    """What a screen reader is told of the score, and the lines that are shown."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    texts = [node["name"]["value"] for node in tree if node.get("role", {}).get("value") == "StaticText"]
    place = next(i for i, text in enumerate(texts) if text.startswith("Right of 13 questions:"))
    return texts[place + 1], page.locator(".again li:visible").all_inner_texts()


def test_the_final_check_is_taken_by_keyboard_and_scored(opened):
    page, _ = opened("final_check")
    for number in range(13):
        tab_to(page, ".question input")
        page.keyboard.press("Space")
        wanted = "wrong" if number in (0, 5) else "right"
        for _ in range(5):
            if page.evaluate("document.activeElement.className") == wanted:
                break
            page.keyboard.press("ArrowDown")
    tab_to(page, ".final > details > summary")
    page.keyboard.press("Enter")
    page.evaluate(SETTLED)
    right, again = score(page)
    assert right == "11"
    assert again == [
        "Late Dispatch Rate: read 01_late_dispatch_rate again.",
        "Seller rating: read 06_seller_rating again.",
    ]
    page.close()


def test_on_paper_the_answers_stand_below_and_nothing_is_to_be_pressed(opened):
    page, _ = opened("00_start_here")
    assert page.locator(".question .paper:visible").count() == 0
    page.emulate_media(media="print")
    assert page.locator(".question .paper:visible").count() == 5
    assert page.locator("summary:visible").count() == 0
    assert page.locator(".question .paper").first.inner_text().startswith("Answer: 37.5")
    page.close()


def test_a_crib_is_one_page(opened):
    page, _ = opened("crib_late_dispatch_rate")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_on_a_phone(opened, name):
    page, _ = opened(name, bypass_csp=True)
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(OPEN_ALL)
    page.evaluate("document.querySelectorAll('.question input:first-of-type').forEach(one => one.click())")
    assert violations(page, {"type": "tag", "values": RULES}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_colour_that_cannot_be_read_in_the_dark(opened, name):
    page, _ = opened(name, "dark", bypass_csp=True)
    page.evaluate(OPEN_ALL)
    assert violations(page, {"type": "rule", "values": COLOURS}) == []
    page.close()


def test_focus_is_seen(opened):
    page, _ = opened("final_check")
    tab_to(page, ".question input")
    ring = "getComputedStyle(document.activeElement.closest('label')).outline"
    assert page.evaluate(ring).endswith("solid 3px")
    tab_to(page, ".question summary")
    assert page.evaluate("getComputedStyle(document.activeElement).outline").endswith("solid 3px")
    page.close()
