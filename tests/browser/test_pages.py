"""The pages in a browser with the network unplugged: drawn, whole, readable at every width and in both themes."""

from itertools import pairwise

import pytest

from tests.browser.visit import LOW_CONTRAST, PAGES, REPORTS, WIDTHS, Visit, look
from tests.report.markup import Page
from tests.report.whole import DEMO, NOTEBOOKS

PICTURES = {
    "00_account_health": 4,
    "01_late_dispatch_rate": 9,
    "02_cancellation_rate": 7,
    "03_contact_response_time": 8,
    "04_order_defect_rate": 8,
    "05_perfect_order_percentage": 8,
    "06_seller_rating": 4,
    "07_customer_service_dashboard": 6,
    "08_policy_violations": 0,
    "09_valid_tracking_rate": 7,
    "10_on_time_delivery_rate": 8,
}
LARGEST = 600_000
every_page = pytest.mark.parametrize("name", PAGES)
both_themes = pytest.mark.parametrize("theme", ["light", "dark"])


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


def test_charts_follow_the_theme_at_once(opened):
    page, seen = opened(f"{DEMO['demo-us']}/01_late_dispatch_rate.html")
    ink = "getComputedStyle(document.querySelector('.chart .role-axis-label text')).fill"
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ink) != light
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ink) == light
    assert seen.troubles == []
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_waits_to_be_read_is_yellow(opened, theme):
    page, _ = opened(f"{DEMO['demo-us']}/08_policy_violations.html", theme)
    mark = "getComputedStyle(document.querySelector('.headline.warn .mark')).backgroundColor"
    red, green, blue = (int(part) for part in page.evaluate(mark).removeprefix("rgb(").removesuffix(")").split(", "))
    assert min(red, green) > 1.4 * blue
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


@pytest.mark.parametrize("name", REPORTS)
def test_every_table_outside_a_picture_has_a_name(out, name):
    made = Page((out / name).read_text(encoding="utf-8"))
    regions = [one.attributes["aria-label"] for one in made.all("div", class_="block scroll")]
    assert len(regions) == len(made.all("caption")) > 0
    assert "Table" not in regions


@every_page
def test_it_is_light_enough_to_send(out, name):
    assert (out / name).stat().st_size < LARGEST
