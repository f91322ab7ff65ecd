"""One page: nothing from outside, nothing that runs but its own scripts, every text as text."""

import base64
import hashlib
import json
import os
import pickle
import re
import subprocess
import sys
import zlib

import altair as alt
import polars as pl
import pytest

from sellerhealth.report.pages.page import content_policy, escaped_json, page, shell, title
from sellerhealth.report.pages.vega import bundle
from tests.report.markup import Page
from tests.report.tiny import AS_OF, done, notebook, output, record

EVIL = (
    "</script><script>window.PWNED=1</script>",
    "<!--<script>",
    "\u2028\u2029",
    "]]>",
    "<img src=x onerror=1>",
    "&lt;",
)
SIBLINGS = [("00_account_health.html", "Account health"), ("01_tiny.html", "Tiny & <b>small</b>")]


def chart(names=("Mug",)) -> dict:
    rows = pl.DataFrame({"name": list(names), "numerator": [1] * len(names), "value": [0.125] * len(names)})
    drawn = alt.Chart(rows).mark_bar().encode(x="numerator:Q", y="name:N").properties(description=names[0])
    return drawn.to_dict()


def laid_out(*outputs, told=None, name="Tiny", siblings=SIBLINGS) -> str:
    return laid_out_of(done(*outputs, told=told, title=name), siblings)


def laid_out_of(ran, siblings=SIBLINGS) -> str:
    return page(ran.notebook, ran.job, ran.record, siblings)


@pytest.fixture(scope="module")
def hostile() -> str:
    html = "".join(f"<p>{text}</p>" for text in EVIL)
    outputs = [output(html=html), output(text="".join(EVIL)), output(chart=chart(EVIL))]
    named = record(title=EVIL[0], marketplace=EVIL[4], policy=EVIL[0])
    return laid_out(*outputs, told=named, name=EVIL[4], siblings=[*SIBLINGS, ("x.html", EVIL[0])])


def scripts(text: str) -> list:
    return [one for one in Page(text).all("script") if "type" not in one.attributes]


def test_it_is_one_whole_document():
    made = Page(laid_out(output(html="<p>One</p>"), output(chart=chart())))
    assert made.open == []
    assert made.only("html").attributes["lang"] == "en"
    assert made.only("title").text == "Tiny · Shop · 1 Mar 2026"
    assert made.only("h1").text == "Tiny"
    assert made.only("meta", charset="utf-8")
    assert made.only("main", id="content")
    assert made.only("a", class_="skip").attributes["href"] == "#content"


def test_the_policy_comes_before_all_it_rules():
    first, second = Page(laid_out(output(chart=chart()))).all("meta")[:2]
    assert first.attributes == {"charset": "utf-8"}
    assert second.attributes["http-equiv"] == "Content-Security-Policy"


def test_the_policy_allows_the_scripts_and_the_style_of_the_page_and_nothing_else():
    text = laid_out(output(chart=chart()))
    policy = dict(rule.split(" ", 1) for rule in policy_of(text).split("; "))
    (glue,) = scripts(text)
    assert policy == {
        "default-src": "'none'",
        "script-src": f"'{hashed(unpacked(text))}' '{hashed(glue.text)}'",
        "style-src": f"'{hashed(Page(text).only('style').text)}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def hashed(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def unpacked(text: str) -> str:
    return zlib.decompress(base64.b64decode(Page(text).only("script", id="vega").text)).decode()


def policy_of(text: str) -> str:
    return Page(text).only("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]


def test_a_page_without_charts_runs_nothing():
    text = laid_out(output(html="<p>One</p>"))
    assert Page(text).all("script") == []
    assert "script-src 'none'" in policy_of(text)
    assert len(text) < 30_000


def test_there_is_one_bundle_for_many_charts():
    text = laid_out(*(output(chart=chart([name])) for name in "abc"))
    assert text.count(bundle().packed) == 1
    assert unpacked(text) == bundle().script
    assert [one.attributes["id"] for one in Page(text).all("div", class_="chart")] == ["chart-1", "chart-2", "chart-3"]
    assert len(text) < 450_000


def test_a_picture_that_is_not_drawn_is_told_in_words_with_its_numbers():
    """Scripts may be off, or the browser may be too old to unpack them."""
    made = Page(laid_out(output(chart=chart(["What is seen"]))))
    assert made.only("noscript").text.startswith("Scripts are off")
    drawn, numbers = made.only("div", class_="chart"), made.only("details")
    assert drawn.text == "What is seen"
    assert drawn.attributes["aria-details"] == numbers.attributes["id"]
    assert [cell.text for cell in made.all("td")] == ["What is seen", "1", "12.5 %"]


def test_data_of_the_charts_is_whole_and_without_the_look():
    told = json.loads(Page(laid_out(output(chart=chart(EVIL)))).only("script", id="data").text)
    assert set(told) == {"charts", "config"}
    assert told["config"]["style"]["bad"] == {"color": "var(--chart-bad)"}
    assert "config" not in told["charts"]["chart-1"]
    (rows,) = told["charts"]["chart-1"]["datasets"].values()
    assert [row["name"] for row in rows] == list(EVIL)


@pytest.mark.parametrize("text", EVIL)
def test_json_cannot_leave_its_script_and_says_the_same(text):
    escaped = escaped_json({text: [text]})
    assert json.loads(escaped) == {text: [text]}
    assert not re.search(r"[<>&\u2028\u2029]", escaped)
    assert escaped.isascii()


def test_json_without_a_number_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        escaped_json({"value": float("nan")})


def test_hostile_text_is_text_everywhere(hostile):
    made = Page(hostile)
    assert made.open == []
    assert len(scripts(hostile)) == 1
    assert made.all("img") == []
    assert made.only("title").text.startswith(EVIL[4])
    assert made.only("pre").text == "".join(EVIL)
    assert made.only("div", class_="chart").attributes["aria-label"] == EVIL[0]
    assert made.only("div", class_="chart").text == EVIL[0]
    assert [cell.text for cell in made.all("td")][0::3] == list(EVIL)
    assert EVIL[0] in [link.text for link in made.all("a")]


def test_only_cells_for_the_report_are_on_the_page_and_no_code():
    ran = done(output(html="<p>shown</p>"))
    for tag in ("interactive", "lesson", "hide-input", "parameters"):
        more = notebook("secret_code()").cells[-1]
        more.metadata.tags, more.outputs = [tag], [output(html=f"<p>{tag} unseen</p>")]
        ran.notebook.cells.append(more)
    text = page(ran.notebook, ran.job, ran.record, SIBLINGS)
    assert "shown" in text
    assert "unseen" not in text
    assert "secret_code" not in text
    assert "account: str" not in text


def test_the_way_to_the_other_pages():
    made = Page(laid_out(output(text="1")))
    links = {link.text: link.attributes for link in made.all("a")}
    assert links["All accounts"] == {"href": "../../../index.html"}
    assert links["Account health"] == {"href": "00_account_health.html"}
    assert links["Tiny & <b>small</b>"] == {"href": "01_tiny.html", "aria-current": "page"}


def test_a_part_of_a_split_folder_is_one_folder_further_in():
    ran = done(output(text="1"), account="shop/anna")
    made = Page(page(ran.notebook, ran.job, ran.record, SIBLINGS))
    assert made.all("a")[1].attributes["href"] == "../../../../index.html"


def test_a_picture_has_its_title_its_words_and_the_fullest_of_its_numbers():
    """Of the lines in a trend, the one that is told in full has its counts; the thin ones may be longer."""
    thin = pl.DataFrame({"series": ["30 days"] * 3, "value": [0.5] * 3})
    full = pl.DataFrame({"value": [0.125, None], "numerator": [1, 0], "denominator": [8, 0]})
    layers = [alt.Chart(frame).mark_line().encode(y="value:Q") for frame in (thin, full)]
    title = alt.TitleParams(text="Why <so>?", subtitle="3 % & more")
    drawn = alt.layer(*layers).properties(description="What is seen", title=title)
    made = Page(laid_out(output(chart=drawn.to_dict())))
    assert made.only("figcaption").text == "Why <so>? 3 % & more"
    assert "title" not in json.loads(made.only("script", id="data").text)["charts"]["chart-1"]
    assert made.only("div", role="img").attributes["aria-label"] == "What is seen"
    assert [head.text for head in made.all("th", scope="col")] == ["value", "numerator", "denominator"]
    assert [cell.text for cell in made.all("td")] == ["12.5 %", "1", "8", "–", "0", "0"]
    assert made.only("summary").text == "The numbers behind this picture"


def test_a_picture_of_nothing_has_no_table():
    empty = alt.Chart(pl.DataFrame({"name": []}, schema={"name": pl.String})).mark_bar().encode(y="name:N")
    made = Page(laid_out(output(chart=empty.to_dict())))
    assert made.all("details") == []
    assert made.all("table") == []


def test_a_chart_is_taken_before_its_text_and_html_before_text():
    left = [output(chart=chart(["seen"]), text="a chart"), output(html="<p>kept</p>", text="left")]
    made = Page(laid_out(*left))
    assert made.all("pre") == []
    assert len(made.all("figure")) == 1
    assert "kept" in made.only("main").text


def test_the_title_is_the_first_heading_of_the_first_level():
    assert title(notebook(title="A # B")) == "A # B"


@pytest.mark.parametrize("scripts_of", [[], ["a"], ["a", "b"]])
def test_content_policy_names_each_script_and_the_style_once(scripts_of):
    policy = content_policy(scripts_of, "p {}")
    assert [policy.count(f"'{hashed(one)}'") for one in [*scripts_of, "p {}"]] == [1] * (len(scripts_of) + 1)
    assert "unsafe" not in policy


def test_a_page_that_comes_from_no_notebook_has_no_script():
    assert shell({})["scripts"] == []
    assert shell({})["data"] == ""


def test_two_runs_are_the_same_to_the_byte():
    assert laid_out(output(chart=chart(EVIL))) == laid_out(output(chart=chart(EVIL)))


RENDER = """
import pickle, sys
from sellerhealth.report.pages.page import page
sys.stdout.buffer.write(page(*pickle.load(sys.stdin.buffer)).encode())
"""
HOSTS = ({"TZ": "Asia/Tokyo", "LC_ALL": "C"}, {"TZ": "America/Los_Angeles", "LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "0"})


def test_two_hosts_are_the_same_to_the_byte(tmp_path):
    """Whatever their zones and locales, and each with a bundle that it packed itself."""
    days = pl.DataFrame({"window_end": [AS_OF], "value": [0.5], "sku": ["Täßchen"]})
    drawn = alt.Chart(days).mark_point().encode(x="window_end:T", y="value:Q").properties(description="Ä 1,5 %")
    ran = done(output(chart=drawn.to_dict()), output(html="<p>é 1 Mar</p>"), title="Größe")
    given = pickle.dumps((ran.notebook, ran.job, ran.record, SIBLINGS))
    one, other = (rendered(given, {**host, "XDG_CACHE_HOME": str(tmp_path / host["LC_ALL"])}) for host in HOSTS)
    assert one == other == laid_out_of(ran).encode()


def rendered(given: bytes, host: dict[str, str]) -> bytes:
    command = [sys.executable, "-c", RENDER]
    return subprocess.run(command, input=given, env=os.environ | host, stdout=subprocess.PIPE, check=True).stdout
