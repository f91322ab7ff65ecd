"""Pages of an account whose every text is an attack: nothing runs, nothing is fetched, whatever is touched."""

import base64
import re
import zlib

import pytest

from tests.browser import hostile
from tests.browser.until import until
from tests.browser.visit import ATTACKED, DRAWN, OPEN_ALL, SETTLED, Visit
from tests.report.whole import HOSTILE

POINT_AT_ALL = """() => [...document.querySelectorAll('.chart .role-mark > *')].flatMap(mark => {
  const box = mark.getBoundingClientRect(), at = {bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2};
  ['pointerover', 'pointermove', 'mousemove', 'click'].forEach(what => mark.dispatchEvent(new PointerEvent(what, at)));
  const tip = document.querySelector('#vg-tooltip-element.visible');
  return tip ? [tip.innerText] : [];
})"""
TOUCH_ALL = """() => document.querySelectorAll('body *').forEach(one =>
  ['mouseover', 'mouseenter', 'mousemove', 'mousedown', 'mouseup', 'focus', 'dblclick', 'contextmenu', 'mouseout']
    .forEach(what => one.dispatchEvent(new MouseEvent(what, {bubbles: what !== 'focus'}))))"""
PLACES = """() => [...document.querySelectorAll('a, summary, button, .chart text, .chart .role-mark > *')].map(one => {
  const box = one.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
})"""
STAY = """() => document.addEventListener('click', event => {
  const link = event.target.closest('a');
  if (link) { event.preventDefault(); (window.followed ??= []).push(link.href); }
}, true)"""
ACTING = (
    "img, iframe, object, embed, base, form *, link, style style, meta[http-equiv=refresh], body style, svg a,"
    " [onerror], [onload], [onclick], [onmouseover], [style*=url], [srcdoc], [ping], [target]"
)


@pytest.mark.parametrize("name", ATTACKED)
def test_nothing_runs_and_nothing_is_fetched_by_touching_everything(opened, out, name):
    page, seen = opened(name)
    at = page.url
    page.evaluate(STAY)
    summaries = page.locator("summary").all()
    for summary in summaries:
        summary.click()
    told = page.evaluate(POINT_AT_ALL)
    page.evaluate(TOUCH_ALL)
    touched = touch_with_the_mouse(page)
    assert page.evaluate("window.PWNED") is None
    assert page.url == at
    assert seen.requests == [at]
    assert seen.troubles == []
    assert page.locator(ACTING).count() == 0
    assert page.locator("#vg-tooltip-element :is(script, svg, a, img)").count() == 0
    assert told or not page.locator(".chart").count(), "a mark tells its numbers when pointed at"
    assert touched >= len(summaries) + page.locator("a").count()
    followed = {link.split("#")[0] for link in page.evaluate("window.followed")}
    assert followed >= {(out / other).as_uri() for other in ATTACKED}
    assert followed <= {(out / other).as_uri() for other in ["index.html", *ATTACKED]}
    page.close()


def touch_with_the_mouse(page) -> int:
    """Point at each link, summary, word and mark of a picture, and click it; how many there were."""
    page.evaluate(OPEN_ALL)
    page.set_viewport_size({"width": 1280, "height": page.evaluate("document.documentElement.scrollHeight")})
    page.evaluate(SETTLED)
    places = page.evaluate(PLACES)
    for x, y in places:
        page.mouse.click(x, y)
    return len(places)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ATTACKED)
def test_nothing_runs_by_opening_and_printing(opened, name, theme):
    page, seen = opened(name, theme)
    page.emulate_media(media="print")
    page.evaluate("['beforeprint', 'afterprint'].forEach(what => window.dispatchEvent(new Event(what)))")
    page.evaluate(SETTLED)
    assert page.evaluate("window.PWNED") is None
    assert seen.requests == [page.url]
    assert seen.troubles == []
    page.close()


def test_every_page_is_reached_from_every_other_and_none_does_harm(opened, out):
    """The links for real, one after the other."""
    page, seen = opened(ATTACKED[0])
    for name in [*ATTACKED[1:], ATTACKED[0]]:
        page.locator(f"nav a[href='{name.rpartition('/')[2]}']").click()
        page.wait_for_url((out / name).as_uri())
        until(page, DRAWN)
        assert page.evaluate("window.PWNED") is None
    page.locator(".crumbs a").click()
    page.wait_for_url((out / "index.html").as_uri())
    assert page.evaluate("window.PWNED") is None
    assert seen.requests == [(out / name).as_uri() for name in [*ATTACKED, ATTACKED[0], "index.html"]]
    assert seen.troubles == []
    page.close()


def test_attacks_are_seen_where_nothing_keeps_them_off(context):
    """What the tests above look for does happen on a page without our care."""
    page, seen = context().new_page(), Visit()
    seen.watch(page)
    page.set_content(f"<p>{hostile.SKUS[1]}</p><img src='https://attacker.invalid/b.png'>")
    until(page, "window.PWNED === 1")
    assert "https://attacker.invalid/b.png" in seen.requests
    assert [trouble for trouble in seen.troubles if "ERR_INTERNET_DISCONNECTED" in trouble]
    page.evaluate("alert(1)")
    assert "dialog: 1" in seen.troubles
    page.close()


@pytest.mark.parametrize(
    "attack",
    [
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.PWNED=1'}))",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.PWNED=1>')",
        "document.body.append(Object.assign(document.createElement('img'), {src: 'https://attacker.invalid/b.png'}))",
        "fetch('https://attacker.invalid/').catch(() => 0)",
        "setTimeout('window.PWNED=1')",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')",
        "document.body.insertAdjacentHTML('beforeend', '<iframe srcdoc=\"<script>parent.PWNED=1</script>\"></iframe>')",
    ],
    ids=["script", "handler", "picture", "fetch", "text as code", "style", "frame"],
)
def test_the_policy_of_a_page_keeps_off_what_came_in_nevertheless(opened, attack):
    page, seen = opened(ATTACKED[1])
    page.evaluate(f"() => {{ {attack} }}")
    page.wait_for_timeout(100)
    assert page.evaluate("window.PWNED") is None
    assert [url for url in seen.requests if url not in (page.url, *seen.kept_off)] == []
    assert [trouble for trouble in seen.troubles if "Content Security Policy" in trouble]
    page.close()


def test_another_script_in_the_place_of_the_bundle_does_not_run(context, out, tmp_path):
    whole = (out / ATTACKED[1]).read_text(encoding="utf-8")
    packed = base64.b64encode(zlib.compress(b"window.PWNED=1")).decode()
    damaged = re.sub(r'(<script type="text/plain" id="vega">)[^<]+', rf"\g<1>{packed}", whole)
    assert damaged != whole
    (tmp_path / "page.html").write_text(damaged, encoding="utf-8")
    page, seen = context().new_page(), Visit()
    seen.watch(page)
    page.goto((tmp_path / "page.html").as_uri())
    page.locator(".chart > p").first.wait_for(state="visible")
    assert page.evaluate("window.PWNED") is None
    assert [trouble for trouble in seen.troubles if "Content Security Policy" in trouble]
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
        page.evaluate(OPEN_ALL)
        said += page.locator("main").inner_text()
        drawn += page.locator(".chart text").all_text_contents()
        assert page.locator(".crumbs strong").inner_text() == hostile.LABEL
        assert hostile.LABEL in page.title()
        page.close()
    shown = (*hostile.SKUS, *hostile.CARRIERS, *hostile.CATEGORIES, hostile.ASIN, hostile.FILE)
    assert [text for text in shown if text not in said] == []
    assert [text for text in hostile.THREADS if text in said] == []
    assert "secret-4711" not in said
    assert "attacker.invalid/comment" not in said
    begun = ("<!--", '" onmouseover', '{"expr"', "__proto__", "<svg onload", "//attacker")
    assert [text for text in begun if not any(one.startswith(text) for one in drawn)] == []


def test_hostile_text_is_text_on_the_index(opened):
    page, seen = opened("index.html")
    assert hostile.LABEL in page.locator("h2").all_inner_texts()
    assert page.evaluate("window.PWNED") is None
    assert seen.troubles == []
    page.close()
