"""The digest of a batch: what changed first, nothing that runs, the same bytes for the same accounts."""

import email
import json
from email.policy import SMTP
from functools import cache
from html.parser import HTMLParser

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.report.delivery.digest import digest, worst_bar
from sellerhealth.report.index.portfolio import Portfolio
from sellerhealth.show import bars
from tests.report.entries import entry, failure, figure, good, unreported
from tests.report.markup import Page

BASE = "https://reports.example.com/weekly/"
CHANGE = "Late Dispatch Rate turned bad: 2.1 % (8 of 388) on 8 Nov 2026, 4.5 % (17 of 380) now."
EVIL = '</td><script>alert(1)</script>[x](http://evil) "\r\nBcc: all@example.com\u202e<!channel>'
CLIPPED = 102_400
"""Gmail shows no more of a mail's HTML than this."""


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch):
    """A picture takes a fifth of a second; the same bars need it only once."""
    monkeypatch.setattr(bars, "png", lambda drawn: png(tuple(drawn)))


png = cache(bars.png)


def portfolio(*entries, **more) -> Portfolio:
    return Portfolio(entries=entries, **more)


def text(*entries, base: str = "", **more) -> str:
    return digest(portfolio(*entries, **more), base)["digest.txt"].decode()


def page(*entries, base: str = "", **more) -> Page:
    return Page(digest(portfolio(*entries, **more), base)["digest.html"].decode())


def told(*entries, base: str = "", **more) -> dict:
    return json.loads(digest(portfolio(*entries, **more), base)["digest.json"])


def mail(*entries, base: str = "", **more):
    return email.message_from_bytes(digest(portfolio(*entries, **more), base)["digest.eml"], policy=SMTP)


def words(shown: Page) -> str:
    return " ".join(shown.only("body").text.replace("\u00a0", " ").split())


def test_the_text_of_two_accounts():
    bad = entry("shop-a", title="Shop A", changes=(CHANGE,))
    old = entry(
        "shop-b", "good", title="Shop B", why="the last run failed in 01_late_dispatch_rate.", failed=(failure(),)
    )
    assert (
        text(bad, old, refused=(unreported(),), base=BASE)
        == """\
ACCOUNT HEALTH
2 accounts: 1 bad, 1 good; 1 changed; 1 stale; 1 with a failed report; 1 not
  reported.

WHAT CHANGED
* Shop A (shop-a, US): Late Dispatch Rate turned bad: 2.1 % (8 of 388) on 8
  Nov 2026, 4.5 % (17 of 380) now.

THE WORST FIRST
1. Shop A · shop-a · US · 15 Nov 2026 · Handbook
   1 figure misses its target.
   ✕ Late Dispatch Rate: 4.5 % (17 of 380), target below 4 %. Misses the
     target.
   ✓ Good: Cancellation Rate 0.5 % (2 of 388).
   https://reports.example.com/weekly/2026-11-15/shop-a/US/00_account_health.html

2. Shop B · shop-b · US · 15 Nov 2026 · Handbook
   No figure misses its target.
   ✓ Good: Cancellation Rate 0.5 % (2 of 388).
   https://reports.example.com/weekly/2026-11-15/shop-b/US/00_account_health.html

STALE OR NOT REPORTED
* Shop B (shop-b, US): Its report is of 15 Nov 2026: the last run failed in
  01_late_dispatch_rate. 01_late_dispatch_rate: cell 5 ended with
  ValueError.
* gone: gone/account.toml: expected a country. Name one.

WHAT TO DO
* Open the report of Shop A (shop-a, US): it says what is behind its figures
  and what to do.
* Mend what is named under “Stale or not reported”, then run `sellerhealth
  report` again: it makes only what is missing.

All accounts: https://reports.example.com/weekly/index.html
"""
    )


def test_the_text_of_nothing():
    assert (
        text()
        == """\
ACCOUNT HEALTH
0 accounts.

WHAT CHANGED
There is no earlier period to compare with.

WHAT TO DO
* Nothing today.
"""
    )


def test_the_text_of_one_good_account():
    assert (
        text(entry(status="good"))
        == """\
ACCOUNT HEALTH
1 account: 1 good.

WHAT CHANGED
Nothing changed its verdict.

THE WORST FIRST
1. Shop · shop · US · 15 Nov 2026 · Handbook
   No figure misses its target.
   ✓ Good: Cancellation Rate 0.5 % (2 of 388).

WHAT TO DO
* Nothing today.
"""
    )


def test_html_says_what_the_text_says_in_the_same_order():
    entries = entry("shop-a", changes=(CHANGE,)), entry("shop-b", "good", why="the last run failed.")
    said = words(page(*entries, refused=(unreported(),)))
    parts = ["2 accounts: 1 bad", CHANGE, "The worst first", "Misses the target: below 4 %", "✓ Good: Cancellation"]
    parts += ["Stale or not reported", "Its report is of 15 Nov 2026: the last run failed.", "gone/account.toml"]
    places = [said.index(part) for part in [*parts, "What to do"]]
    assert places == sorted(places)


def test_ten_accounts_are_told_in_full_and_the_others_counted():
    rest = [entry("b", status="bad"), *(entry(f"n{i}", status="none") for i in range(2)), entry("g", status="good")]
    accounts = [*(entry(f"a{i}") for i in range(10)), *rest]
    said = text(*accounts)
    assert "\n10. " in said
    assert "\n11. " not in said
    counted = "1 more account is bad.\n2 more accounts have no verdict.\n1 more account is good.\n"
    assert counted in said
    assert len(page(*accounts).all("h3")) == 10


def test_long_lists_are_cut_and_counted():
    changed = [entry(f"a{i}", changes=(CHANGE,)) for i in range(16)]
    assert "* 1 more is on the index.\n" in text(*changed)
    refused = tuple(unreported(f"r{i}") for i in range(40))
    assert "* 25 more are on the index.\n" in text(refused=refused)


def test_links_lead_to_neighbours_or_to_the_address_given():
    where = "2026-11-15/shop/US/00_account_health.html"
    changed = entry(changes=(CHANGE,))
    links = [link.attributes["href"] for link in page(changed).all("a")]
    assert links == [f"./{where}", f"./{where}", "./index.html"]
    links = [link.attributes["href"] for link in page(changed, base=BASE).all("a")]
    assert links == [BASE + where, BASE + where, BASE + "index.html"]


def test_a_mail_links_only_to_an_address_that_was_given():
    def links(base: str) -> list[str]:
        html = mail(entry(), base=base).get_body(("html",)).get_content()
        return [link.attributes["href"] for link in Page(html).all("a")]

    assert links("") == []
    assert links(BASE) == [BASE + "2026-11-15/shop/US/00_account_health.html", BASE + "index.html"]


@pytest.mark.parametrize(
    "base",
    [
        *("reports.example.com", "ftp://example.com/", "file:///srv", "javascript:alert(1)", "https://", "http://["),
        *("https://user:word@example.com/", "https://example.com/?a=1", "https://example.com/#a"),
        *("https://example.com/a b", "https://example.com/\n"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused(base):
    with pytest.raises(
        InputError, match=r"^base URL: expected an address such as https://reports.example.com/\. Check"
    ):
        digest(portfolio(), base)


def test_an_address_gets_its_slash():
    assert told(entry(), base="https://example.com/w")["accounts"][0]["url"].startswith("https://example.com/w/2026")


def test_a_mail_has_the_words_the_same_with_a_look_and_the_picture():
    made = mail(entry())
    assert [part.get_content_type() for part in made.walk()] == [
        *("multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png")
    ]
    picture = list(made.walk())[-1]
    shown = Page(made.get_body(("html",)).get_content()).only("img")
    assert shown.attributes["src"] == f"cid:{picture['Content-ID'].strip('<>')}"
    assert picture.get_content() == digest(portfolio(entry()))["digest.png"]
    assert made["Subject"] == "Account health: 1 account: 1 bad"
    assert [name for name in ("From", "To", "Date", "Message-ID") if made[name]] == []


def test_a_mail_fits_every_server():
    made = digest(portfolio(entry(title="é" * 300)))["digest.eml"]
    assert made.isascii()
    lines = made.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_the_picture_shows_the_figure_that_has_used_most_of_its_target():
    worst = entry("shop-a", figures=(figure(used=1.125), figure(label="Order Defect Rate", used=3.0), good()))
    untold = entry("shop-b", figures=(figure(used=None),))
    drawn = [bar for one in (worst, untold, entry("shop-c", "good")) if (bar := worst_bar(one))]
    assert [(bar.label, bar.used, bar.is_bad) for bar in drawn] == [
        ("300 % · shop-a, US: Order Defect Rate", 3.0, True),
        ("20 % · shop-c, US: Cancellation Rate", 0.2, False),
    ]
    assert page(worst).only("img").attributes["alt"] == (
        "Bars: how much of its target the worst figure of each account has used up. "
        "300\u00a0% · shop-a, US: Order Defect Rate."
    )


def test_the_picture_is_a_png_on_a_light_ground_of_its_own():
    made = digest(portfolio(entry()))["digest.png"]
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    assert bars._chart([worst_bar(entry())]).to_dict()["config"]["background"] == "white"


def test_without_a_figure_that_has_a_target_there_is_no_picture():
    files = digest(portfolio(entry(figures=(figure(used=None),))))
    assert sorted(files) == ["digest.eml", "digest.html", "digest.json", "digest.txt"]
    assert Page(files["digest.html"].decode()).all("img") == []


def test_the_shape_of_the_json():
    made = told(
        entry(changes=(CHANGE,), failed=(failure(),)), refused=(unreported(),), unreadable=("x: run it again.",)
    )
    assert made == {
        "version": 1,
        "text": "1 account: 1 bad; 1 changed; 1 with a failed report; 1 not reported.\n"
        "• Shop (shop, US): 1 figure misses its target.\n"
        f"• Shop (shop, US): {CHANGE}\n"
        "• Shop (shop, US): 01_late_dispatch_rate: cell 5 ended with ValueError.\n"
        "• gone: gone/account.toml: expected a country. Name one.\n"
        "• Output folder: x: run it again.",
        "subject": "Account health: 1 account: 1 bad; 1 changed; 1 with a failed report; 1 not reported",
        "summary": {"accounts": 1, "bad": 1, "good": 0, "none": 0}
        | {"changed": 1, "stale": 0, "failed": 1, "not_reported": 1},
        "accounts": [
            {
                "account": "shop",
                "title": "Shop",
                "marketplace": "US",
                "as_of": "2026-11-15",
                "policy": "handbook",
                "status": "bad",
                "verdict": "1 figure misses its target.",
                "alarms": [],
                "changes": [CHANGE],
                "since": "2026-11-08",
                "is_stale": False,
                "why": "",
                "failed": [
                    {"notebook": "01_late_dispatch_rate", "as_of": "2026-11-15"}
                    | {"told": "cell 5 ended with ValueError.", "href": ""}
                ],
                "figures": [
                    {"name": "late_dispatch_rate MFN", "label": "Late Dispatch Rate", "rate": "4.5 % (17 of 380)"}
                    | {
                        "target": "below 4 %",
                        "mark": "✕",
                        "state": "Misses the target",
                        "status": "bad",
                        "used": 1.125,
                    },
                    {"name": "Cancellation Rate", "label": "Cancellation Rate", "rate": "0.5 % (2 of 388)"}
                    | {"target": "below 2.5 %", "mark": "✓", "state": "Good", "status": "good", "used": 0.2},
                ],
                "href": "2026-11-15/shop/US/00_account_health.html",
            }
        ],
        "not_reported": [
            {"account": "gone", "marketplace": "", "reason": unreported().reason, "href": ""},
        ],
        "unreadable": ["x: run it again."],
    }


def test_a_chat_gets_a_few_lines_however_many_accounts():
    accounts = [entry(f"a{i}", changes=(CHANGE,), why="It failed.") for i in range(200)]
    said = told(*accounts, base=BASE)["text"].splitlines()
    assert (len(said), said[-1]) == (17, f"{BASE}index.html")


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.update([tag, *(f"on:{name}" for name, _ in attrs if name.startswith("on"))])


def test_a_hostile_name_stays_text_everywhere():
    evil = entry(
        title=EVIL, verdict=EVIL, why=EVIL, changes=(EVIL,), failed=(failure(told=EVIL),), figures=(figure(label=EVIL),)
    )
    files = digest(portfolio(evil, refused=(unreported(EVIL, EVIL),), unreadable=(EVIL,)))
    plain = Tags(
        digest(portfolio(entry(changes=(CHANGE,), why="x", figures=(figure(),))))["digest.html"].decode()
    ).found
    assert Tags(files["digest.html"].decode()).found == plain
    assert "\u202e" not in files["digest.html"].decode() + files["digest.txt"].decode()
    assert not any(line.startswith("Bcc:") for line in files["digest.txt"].decode().splitlines())
    made = email.message_from_bytes(files["digest.eml"], policy=SMTP)
    assert (made["Bcc"], made.get_body(("html",))["Bcc"], len(list(made.walk()))) == (None, None, 5)
    chat = json.loads(files["digest.json"])["text"]
    assert "<" not in chat
    assert "&lt;!channel&gt;" in chat
    assert json.loads(files["digest.json"])["accounts"][0]["title"] == EVIL


def test_nothing_runs_and_nothing_is_fetched_but_the_picture():
    made = page(entry())
    assert [made.all(tag) for tag in ("script", "link", "iframe", "form", "object", "svg")] == [[]] * 6
    assert [image.attributes["src"] for image in made.all("img")] == ["./digest.png"]
    assert "url(" not in digest(portfolio(entry()))["digest.html"].decode()


def test_the_html_is_well_formed_and_its_layout_is_no_table_to_a_reader():
    made = page(entry(), entry("b", changes=(CHANGE,)), refused=(unreported(),))
    assert made.open == []
    assert (made.only("html").attributes["lang"], made.only("title").text) == (
        "en",
        "Account health: 2 accounts: 2 bad; 1 changed; 1 not reported",
    )
    layout = [table for table in made.all("table") if table.attributes.get("role") == "presentation"]
    assert (len(layout), len(made.all("table"))) == (4, 6)
    assert [row.attributes["scope"] for row in made.all("th")] == ["row", "row"]


def test_gmail_shows_all_of_it_however_long_the_names_and_reasons():
    long, change = "日" * 5000, f"Order Defect Rate, shipped by Amazon {CHANGE}"
    figures = tuple(figure(label="Order Defect Rate, shipped by Amazon", used=None) for _ in range(15))
    told = {"title": long, "why": long, "failed": (failure(told=long),) * 9, "changes": (change,) * 9}
    accounts = [entry(f"account-{i}", figures=figures, **told) for i in range(200)]
    files = digest(portfolio(*accounts, refused=(unreported("x", long),) * 200), BASE)
    mailed = email.message_from_bytes(files["digest.eml"], policy=SMTP).get_body(("html",)).get_content()
    assert len(files["digest.html"]) < CLIPPED
    assert len(mailed.encode()) < CLIPPED


def test_the_same_accounts_give_the_same_bytes():
    one, two = (digest(portfolio(entry(), entry("b", "good")), BASE) for _ in range(2))
    assert one == two
    assert one["digest.eml"] != digest(portfolio(entry(), entry("c", "good")), BASE)["digest.eml"]


def test_what_is_not_bad_is_told_in_a_line_for_each_verdict():
    few = figure(label="Seller rating", rate="97 of 100 (9 orders)", mark="–", state="Too few to say", status="too_few")
    yellow = figure(label="Policy violations", rate="", target="", mark="!", state="Yellow mark", status="warn")
    said = text(entry(figures=(yellow, figure(), good(), few, good("Order Defect Rate"))))
    assert said.splitlines()[9:15] == [
        "   ! Policy violations: Yellow mark.",
        "   ✕ Late Dispatch Rate: 4.5 % (17 of 380), target below 4 %. Misses the",
        "     target.",
        "   ✓ Good: Cancellation Rate 0.5 % (2 of 388); Order Defect Rate 0.5 % (2 of",
        "     388).",
        "   – Too few to say: Seller rating 97 of 100 (9 orders).",
    ]


def test_of_many_bad_figures_six_have_a_row_and_the_others_a_line():
    said = text(entry(figures=tuple(figure(label=f"Rate {number}") for number in range(8))))
    assert said.count("target below 4 %") == 6
    assert "   ✕ Misses the target: Rate 6 4.5 % (17 of 380); Rate 7 4.5 % (17 of 380).\n" in said


def test_a_number_stays_with_its_per_cent_sign():
    said = text(*(entry(title="n" * width) for width in range(1, 40)))
    assert [line for line in said.splitlines() if line.strip().startswith("%")] == []
