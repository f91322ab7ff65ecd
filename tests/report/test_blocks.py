"""What a cell shows as a block of a page: nothing in it acts, and a table has its name."""

import pytest

from sellerhealth.report.pages.blocks import clean
from sellerhealth.report.pages.page import page
from tests.report.markup import Page
from tests.report.tiny import done, output


def laid_out(html: str) -> Page:
    ran = done(output(html=html))
    return Page(page(ran.notebook, ran.job, ran.record, []))


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>window.PWNED=1</script>", ""),
        ("<script src=https://x.example></script>", ""),
        ('<p onclick="window.PWNED=1">t</p>', "<p>t</p>"),
        ('<p style="position:fixed">t</p>', "<p>t</p>"),
        ("<style>p{color:red}</style>", ""),
        ('<meta http-equiv="refresh" content="0;url=https://x.example">', ""),
        ('<base href="https://x.example">', ""),
        ('<link rel="stylesheet" href="//x.example">', ""),
        ('<iframe src="//x.example"></iframe>', ""),
        ("<img src=x onerror=window.PWNED=1>", ""),
        ("<object data=x></object><embed src=x>", ""),
        ('<form action="//x.example"><input name=a><button>t</button></form>', "t"),
        ("<svg onload=window.PWNED=1><path d='M0'></path></svg>", '<svg><path d="M0"></path></svg>'),
        ("<svg><script>window.PWNED=1</script><use href='//x'></use></svg>", "<svg></svg>"),
        ("<!-- <script>window.PWNED=1</script> -->t", "t"),
        ('<td headers="x" colspan="2">t</td>', "t"),
    ],
)
def test_what_could_act_is_taken_away(html, kept):
    assert clean(html) == kept


@pytest.mark.parametrize(
    "href",
    [
        "javascript:window.PWNED=1",
        "JavaScript&colon;1",
        "java\tscript:1",
        " javascript:1",
        "data:text/html,x",
        "https://x.example",
        "//x.example",
        "/\\x.example",
        "\\\\x.example",
        "/\t/x.example",
        "/etc/passwd",
        "../../secret.html",
        "02_not_there.html",
        "",
    ],
)
def test_a_link_leads_to_a_page_of_the_account_or_nowhere(href):
    assert clean(f'<a href="{href}">t</a>', {"01_tiny.html"}) == "<a>t</a>"
    assert clean('<a href="01_tiny.html">t</a>', {"01_tiny.html"}) == '<a href="01_tiny.html">t</a>'


@pytest.mark.parametrize("name", ["rows-orders", "rows-weeks"])
def test_a_link_may_lead_to_rows_on_the_same_page(name):
    assert clean(f'<a href="#{name}">t</a>') == f'<a href="#{name}">t</a>'
    assert clean(f'<div id="{name}">t</div>') == f'<div id="{name}">t</div>'


@pytest.mark.parametrize("name", ["content", "chart-1", "data", "rows-", "rows-a/b", "Rows-orders", "xrows-orders", ""])
def test_no_other_place_of_a_page_can_be_named_or_led_to(name):
    assert clean(f'<a href="#{name}">t</a>') == "<a>t</a>"
    assert clean(f'<div id="{name}">t</div>') == "<div>t</div>"


def test_only_a_piece_of_a_page_has_a_name():
    assert clean('<p id="rows-orders">t</p><a id="rows-orders">t</a>') == "<p>t</p><a>t</a>"


def test_a_figure_is_not_parted_from_its_sign():
    assert clean("<p>3.1 %</p>") == "<p>3.1\u00a0%</p>"


GREAT = """<div id="x" style="overflow-x:auto"><style>td {{}}</style><table class="gt_table">
<thead>
  <tr class="gt_heading">
    <td colspan="2" class="gt_heading gt_title gt_font_normal">2 &lt;b&gt; orders</td>
  </tr>{subtitle}
<tr class="gt_col_headings"><th scope="col">Order</th><th scope="col">SKU</th></tr></thead>
<tbody><tr><td>1</td><td>Mug</td></tr></tbody></table></div>"""
SUBTITLE = '<tr class="gt_heading"><td colspan="2" class="gt_heading gt_subtitle">Newest first.</td></tr>'


@pytest.mark.parametrize(
    ("subtitle", "name"), [(SUBTITLE, "2 <b> orders Newest first."), ("", "2 <b> orders")], ids=["both", "title"]
)
def test_a_table_has_its_title_as_caption_and_is_moved_by_keyboard(subtitle, name):
    made = laid_out(GREAT.format(subtitle=subtitle))
    assert made.open == []
    region = made.only("div", role="region")
    assert region.attributes == {"class": "block scroll", "role": "region", "aria-label": name, "tabindex": "0"}
    assert made.only("caption").text.strip() == name
    assert [cell.text for cell in made.all("td")] == ["1", "Mug"]


def test_what_reads_like_the_head_of_a_table_stays_text():
    """A cell, or a label, that says what great-tables would write is data, and no caption."""
    attack = GREAT[GREAT.index("<thead>") : GREAT.index('<tr class="gt_col')].format(subtitle="")
    escaped = attack.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    made = laid_out(f'<table><tbody><tr><td aria-label="{escaped}">{escaped}</td></tr></tbody></table>')
    assert made.all("caption") == made.all("thead") == []
    assert made.only("td").text == made.only("td").attributes["aria-label"] == attack
    assert made.only("div", role="region").attributes["aria-label"] == "Table"
