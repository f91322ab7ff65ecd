"""The index: every account in words, the worst first, hostile names as text; and the figures for machines."""

import json
from pathlib import Path

import pytest

from sellerhealth.report.index.portfolio import read
from sellerhealth.report.index.site import index, result
from tests.report.left import BAD, LATE, NOTICES, UNKNOWN, leave, lost, ran
from tests.report.markup import Page
from tests.report.tiny import figure, state

FEBRUARY = "2026-02-22"
HOSTILE = "<b>Bold</b> </style></script><script>window.PWNED=1</script> & \" onmouseover='alert(1)'"
TAGS = {"html", "head", "meta", "title", "style", "body", "a", "header", "h1", "p", "main", "section", "h2", "ul", "li",
        "form", "label", "input", "select", "option", "optgroup", "button", "fieldset", "legend", "span", "div", "article",
        "strong", "bdi", "details", "summary", "footer", "script"}  # fmt: skip


def page(out: Path) -> Page:
    return Page(index(read(out)))


def lines(made: Page, tag: str, **attributes: str) -> list[str]:
    return [" ".join(one.text.split()) for one in made.all(tag, **attributes)]


def test_nothing_at_all_still_has_an_index(tmp_path):
    made = page(tmp_path)
    assert made.only("h1").text == "Account health"
    assert made.only("p", class_="summary").text == "0 accounts."
    assert (made.all("article"), made.all("section")) == ([], [])


def test_it_is_a_whole_document_that_runs_its_own_script_only(tmp_path):
    leave(tmp_path)
    made = page(tmp_path)
    assert made.open == []
    assert made.only("html").attributes["lang"] == "en"
    policy = made.only("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "")
    assert len(made.all("script")) == 1
    assert [one for one in made.elements if "src" in one.attributes] == []


def test_a_card_says_whose_it_is_and_how_it_stands(tmp_path):
    leave(tmp_path, figure(**BAD), figure(metric="cancellation_rate", target=0.02), title="Harbor & Pine")
    made = page(tmp_path)
    assert made.only("article").attributes == {"class": "entry bad", "data-states": "all bad", "data-day": "2026-03-01"}
    assert (made.only("h2").text, made.only("p", class_="scope").text) == (
        "Harbor & Pine",
        "shop · US · 1 Mar 2026 · Handbook",
    )
    link = next(one for one in made.all("a") if one.text == "Harbor & Pine")
    assert link.attributes["href"] == "2026-03-01/shop/US/00_account_health.html"
    assert lines(made, "p", class_="standing") == ["✕ Bad"]
    assert lines(made, "p", class_="verdict") == ["1 figure misses its target."]
    assert lines(made, "li") == [
        "Late Dispatch Rate 8 % (8 of 100) target below 4 % Misses the target",
        "Cancellation Rate 1 % (1 of 100) target below 2 % Good",
    ]


@pytest.mark.parametrize(
    ("row", "status", "standing"), [(BAD, "bad", "✕ Bad"), ({}, "good", "✓ Good"), (UNKNOWN, "none", "– No verdict")]
)
def test_how_it_stands_is_said_in_words_and_by_a_mark(tmp_path, row, status, standing):
    leave(tmp_path, figure(**row))
    made = page(tmp_path)
    assert made.only("article").attributes["class"] == f"entry {status}"
    assert lines(made, "p", class_="standing") == [standing]


def test_the_worst_stands_first(tmp_path):
    for name, row in {"calm": {}, "late": BAD, "blind": UNKNOWN}.items():
        leave(tmp_path, figure(**row), account=name)
    assert [heading.text for heading in page(tmp_path).all("h2")] == ["Late", "Calm", "Blind"]


def test_what_is_bad_is_seen_and_the_rest_is_opened(tmp_path):
    leave(tmp_path, figure(**BAD), figure(metric="cancellation_rate"))
    leave(tmp_path, state(), notebook=NOTICES)
    made = page(tmp_path)
    folded = made.only("details")
    assert made.only("summary").text == "2 other figures"
    assert "Late Dispatch Rate" not in folded.text
    assert "Policy violations Green check" in " ".join(folded.text.split())


@pytest.mark.parametrize(("accounts", "is_open"), [(6, True), (7, False)])
def test_of_few_accounts_all_is_open(tmp_path, accounts, is_open):
    for number in range(accounts):
        leave(tmp_path, account=f"shop-{number}")
    folded = page(tmp_path).all("details")
    assert len(folded) == accounts
    assert all(("open" in one.attributes) == is_open for one in folded)


def test_what_changed_is_told_and_the_earlier_periods_are_linked(tmp_path):
    for account, row in {"shop": BAD, "calm": {}}.items():
        leave(tmp_path, figure(), account=account, as_of=FEBRUARY)
        leave(tmp_path, figure(**row), account=account)
    made = page(tmp_path)
    assert made.only("ul", class_="changes").attributes["aria-label"] == "Changed since 22 Feb 2026"
    assert lines(made, "ul", class_="changes") == [
        "Late Dispatch Rate turned bad: 1 % (1 of 100) on 22 Feb 2026, 8 % (8 of 100) now."
    ]
    assert lines(made, "p", class_="same") == ["Nothing changed its verdict since 22 Feb 2026."]
    assert [one.text for one in made.all("summary") if "period" in one.text] == ["1 earlier period"] * 2
    earlier = [one.attributes["href"] for one in made.all("a") if one.text == "22 Feb 2026"]
    assert earlier == [f"2026-02-22/{account}/US/00_account_health.html" for account in ("shop", "calm")]


def test_what_is_stale_says_so_and_why(tmp_path):
    leave(tmp_path, notebook=LATE)
    ran(tmp_path, shop={"state": "failed", "failed": [lost(), lost(notebook="02_cancellation_rate")]})
    (tmp_path / "2026-03-01/shop/US/01_late_dispatch_rate.failed.html").touch()
    made = page(tmp_path)
    assert made.only("article").attributes["data-states"] == "all good stale failed"
    assert lines(made, "p", class_="stale") == ["! Stale: of 1 Mar 2026; the last run failed in 01_late_dispatch_rate."]
    assert lines(made, "li")[:2] == [
        "01_late_dispatch_rate failed: cell 5 ended with ValueError.",
        "02_cancellation_rate failed: cell 5 ended with ValueError.",
    ]
    pages = [one.attributes["href"] for one in made.all("a") if one.attributes["href"].endswith(".failed.html")]
    assert pages == ["2026-03-01/shop/US/01_late_dispatch_rate.failed.html"]


def test_a_failure_of_another_day_names_its_day(tmp_path):
    leave(tmp_path, as_of=FEBRUARY)
    ran(tmp_path, shop={"state": "failed", "failed": [lost()]})
    assert lines(page(tmp_path), "li")[0] == "01_late_dispatch_rate of 1 Mar 2026 failed: cell 5 ended with ValueError."


def test_what_could_not_be_reported_is_named(tmp_path):
    reason = "bad/orders.tsv, row 7, column sku: expected a whole row. Do <b>it</b>."
    leave(tmp_path, account="good")
    ran(tmp_path, bad={"state": "refused", "reason": reason}, shop={"state": "failed", "failed": [lost()]})
    page_of_it = tmp_path / "2026-03-01/shop/US/01_late_dispatch_rate.failed.html"
    page_of_it.parent.mkdir(parents=True)
    page_of_it.touch()
    made = page(tmp_path)
    assert [heading.text for heading in made.all("h2")] == ["Not reported", "Good"]
    assert lines(made, "li")[:2] == [
        f"bad {reason}",
        "shop, US 01_late_dispatch_rate: cell 5 ended with ValueError. What happened",
    ]
    link = next(one for one in made.all("a") if one.text == "What happened")
    assert link.attributes["href"] == "2026-03-01/shop/US/01_late_dispatch_rate.failed.html"


def test_what_cannot_be_read_is_named_and_beyond_twenty_counted(tmp_path):
    for number in range(21):
        leave(tmp_path, notebook=f"{number:02d}_page").write_text("{", encoding="utf-8")
    made = page(tmp_path)
    assert [heading.text for heading in made.all("h2")] == ["Cannot be read"]
    told = lines(made, "li")
    assert told[0] == "2026-03-01/shop/US/00_page.html cannot be read: run the report again."
    assert (len(told), told[-1]) == (21, "1 other file cannot be read either.")


def test_the_controls_say_what_they_find(tmp_path):
    leave(tmp_path, figure(**BAD), figure(metric="order_defect_rate", channel="AFN"), account="late")
    leave(tmp_path, figure(**UNKNOWN), account="blind")
    made = page(tmp_path)
    form = made.only("form")
    assert "hidden" in form.attributes, "without its script it could do nothing"
    assert lines(made, "label", class_="choice") == [
        *("All 2", "Bad 1", "Good 0", "No verdict 1", "Changed 0", "Stale 0", "Failed 0"),
    ]
    assert [(one.attributes["value"], one.text) for one in made.all("option")] == [
        ("worst", "worst first"),
        ("name", "name"),
        ("day", "day, the newest first"),
        ("late_dispatch_rate MFN", "Late Dispatch Rate"),
        ("order_defect_rate AFN", "Order Defect Rate, shipped by Amazon"),
    ]
    used = {
        one.attributes["data-name"]: one.attributes["data-used"]
        for one in made.all("li")
        if "data-used" in one.attributes
    }
    assert used == {"late_dispatch_rate MFN": "2.0", "order_defect_rate AFN": "0.25"}
    names = {one.attributes["id"] for one in made.elements if "id" in one.attributes}
    assert {one.attributes["for"] for one in made.all("label") if "for" in one.attributes} <= names
    assert made.only("p", role="status").attributes["data-of"] == "2 accounts"


@pytest.mark.parametrize("where", ["title", "marketplace", "account", "reason", "told", "name of a refused account"])
def test_hostile_text_is_text(tmp_path, where):
    attack = HOSTILE.replace("/", "") if where in ("marketplace", "account") else HOSTILE
    given = {where: attack} if where in ("title", "marketplace", "account") else {}
    leave(tmp_path, **given)
    reason = HOSTILE if where == "reason" else "It has no file."
    told = HOSTILE if where == "told" else "It failed."
    refused = HOSTILE if where == "name of a refused account" else "other"
    ran(
        tmp_path,
        **{refused: {"state": "refused", "reason": reason}, "shop": {"state": "failed", "failed": [lost(told=told)]}},
    )
    made = page(tmp_path)
    assert {one.tag for one in made.elements} <= TAGS
    assert [name for one in made.elements for name in one.attributes if name.startswith("on")] == []
    assert len(made.all("script")) == 1
    assert attack in made.only("main").text
    assert [one.attributes["href"] for one in made.all("a") if ":" in one.attributes["href"]] == []


def test_links_lead_to_pages_whatever_the_folder_is_called(tmp_path):
    leave(tmp_path, account="50% off?#a")
    link = next(one for one in page(tmp_path).all("a") if one.text == "50% Off?#A")
    assert link.attributes["href"] == "2026-03-01/50%25%20off%3F%23a/US/00_account_health.html"


def test_two_reads_are_the_same_to_the_byte(tmp_path):
    for name in ("b", "a"):
        leave(tmp_path / "1", account=name)
    for name in ("a", "b"):
        leave(tmp_path / "2", account=name)
    assert index(read(tmp_path / "1")) == index(read(tmp_path / "2"))


def test_results_for_machines(tmp_path):
    rows = figure(), {**figure(**BAD), "mood": "fine"}
    leave(tmp_path, *rows, notebook=LATE)
    leave(tmp_path, title="Harbor & Pine")
    assert json.loads(result(tmp_path, "2026-03-01/shop/US")) == {
        "account": "shop",
        "title": "Harbor & Pine",
        "marketplace": "US",
        "as_of": "2026-03-01",
        "policy": "handbook",
        "notebooks": {"00_account_health": [figure()], "01_late_dispatch_rate": list(rows)},
    }


def test_results_leave_out_what_cannot_be_read(tmp_path):
    leave(tmp_path)
    leave(tmp_path, notebook=LATE).write_text("{", encoding="utf-8")
    assert list(json.loads(result(tmp_path, "2026-03-01/shop/US"))["notebooks"]) == ["00_account_health"]


def test_without_a_report_there_are_no_results(tmp_path):
    assert result(tmp_path, "2026-03-01/shop/US") == ""
