"""What a run leaves: pages, figures for machines, an index with the worst first; each whole or not there."""

import errno
import json
import os
from pathlib import Path

import pytest

from sellerhealth.report.plan import Refused
from sellerhealth.report.run import Failed
from sellerhealth.report.site import Site, write_whole
from tests.report.markup import Page
from tests.report.tiny import done, figure, job, output, record, state

BAD = {"status": "BAD", "value": 0.08, "numerator": 8, "headroom": -5}
UNKNOWN = {"status": "NONE", "value": None, "numerator": None, "denominator": 0, "headroom": None, "used": None}
STATE = Path("08_policy_violations.ipynb")


def site(tmp_path, *ran, **more) -> Site:
    made = Site(out=tmp_path / "out", **more)
    for one in ran:
        made.add(one)
    made.write()
    return made


def account(name: str, *results: dict):
    rows = [figure(account=name, **more) for more in results or [{}]]
    return done(output(text="1"), account=name, told=record(*rows, account=name, title=name.title()))


def index(made: Site) -> Page:
    return Page((made.out / "index.html").read_text(encoding="utf-8"))


def cards(made: Site) -> list[str]:
    return [article.attributes["class"] for article in index(made).all("article")]


def test_the_files_of_a_run(tmp_path):
    made = site(tmp_path, account("one"), account("two"))
    names = sorted(path.relative_to(made.out).as_posix() for path in made.out.rglob("*") if path.is_file())
    folders = [f"2026-03-01/{name}/US" for name in ("one", "two")]
    assert names == sorted(
        ["index.html", *(f"{at}/{name}" for at in folders for name in ("01_tiny.html", "result.json"))]
    )


def test_the_worst_stands_first(tmp_path):
    made = site(
        tmp_path,
        account("almost", {"value": 0.039}),
        account("calm"),
        account("late", BAD),
        account("worst", BAD, {"metric": "cancellation_rate", **BAD}),
        account("later", {**BAD, "value": 0.09}),
        account("unknown", UNKNOWN),
    )
    headings = [heading.text for heading in index(made).all("h2")]
    assert headings == ["Worst", "Later", "Late", "Almost", "Calm", "Unknown"]


def test_accounts_that_are_alike_stand_by_name_whatever_ended_first(tmp_path):
    made = site(tmp_path, account("b"), account("a"), account("c"))
    assert [heading.text for heading in index(made).all("h2")] == ["A", "B", "C"]


def test_a_card_says_its_verdict_in_words(tmp_path):
    made = site(
        tmp_path, account("both", BAD, {**BAD, "metric": "cancellation_rate"}), account("one", BAD), account("none")
    )
    verdicts = [line.text for line in index(made).all("p", class_="verdict")]
    assert verdicts == ["2 figures miss their target.", "1 figure misses its target.", "No figure misses its target."]
    assert cards(made) == ["account bad", "account bad", "account good"]


def test_an_account_without_a_verdict_is_not_called_good(tmp_path):
    made = site(tmp_path, account("unknown", UNKNOWN))
    assert cards(made) == ["account none"]
    assert index(made).only("p", class_="verdict").text == "No figure has a verdict."


def test_a_card_leads_to_the_overview_where_there_is_one(tmp_path):
    overview = done(output(text="1"), path=Path("00_account_health.ipynb"), told=record(figure(), title="<b>Shop</b>"))
    made = site(tmp_path, account("shop"), overview)
    link = index(made).only("a")
    assert link.attributes["href"] == "2026-03-01/shop/US/00_account_health.html"
    assert link.text == "<b>Shop</b>"
    assert (made.out / link.attributes["href"]).exists()


def test_figures_name_the_channel_only_where_there_are_several(tmp_path):
    rates = figure(), figure(metric="order_defect_rate", channel="AFN")
    made = site(tmp_path, done(output(text="1"), told=record(*rates)))
    labels = [label.text for label in index(made).all("span", class_="label")]
    assert labels == ["Late Dispatch Rate", "Order Defect Rate, shipped by Amazon"]


def test_an_account_is_as_bad_as_the_most_of_a_limit_it_used(tmp_path):
    """95 % of a target of 90 % is no worse than 92 %: where more is good, value by target says nothing."""
    in_time = {"metric": "contact_response_time", "channel": "ALL", "target": 0.9}
    made = site(
        tmp_path,
        account("calm", {**in_time, "value": 0.95, "used": 0.5}),
        account("close", {**in_time, "value": 0.92, "used": 0.8}),
    )
    assert [heading.text for heading in index(made).all("h2")] == ["Close", "Calm"]


def test_what_cannot_be_computed_is_not_on_a_card(tmp_path):
    made = site(tmp_path, account("shop", {}, {**UNKNOWN, "metric": "seller_rating", "channel": "ALL"}))
    assert [label.text for label in index(made).all("span", class_="label")] == ["Late Dispatch Rate"]


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("GREEN", "✓ Policy violations  Green check"),
        ("YELLOW", "! Policy violations  Yellow exclamation mark"),
        ("RED", "✕ Policy violations  Red cross"),
        ("NONE", "– Policy violations  No verdict"),
    ],
)
def test_a_card_tells_how_the_notifications_stand(tmp_path, level, told):
    notices = done(output(text="1"), path=STATE, told=record(state(level=level), state(policy="amazon-2026")))
    made = site(tmp_path, account("shop"), notices)
    lines = [item.text for item in index(made).all("li") if "Policy violations" in item.text]
    assert lines == [told]


def test_an_account_of_which_only_the_state_was_asked_has_a_card(tmp_path):
    made = site(tmp_path, done(output(text="1"), path=STATE, told=record(state(level="RED"))))
    assert [heading.text for heading in index(made).all("h2")] == ["Shop"]
    assert "Red cross" in index(made).only("article").text


def test_results_for_machines(tmp_path):
    made = site(tmp_path, account("shop", {}, BAD))
    told = json.loads((made.out / "2026-03-01/shop/US/result.json").read_text(encoding="utf-8"))
    assert told == {
        "account": "shop",
        "title": "Shop",
        "marketplace": "US",
        "as_of": "2026-03-01",
        "policy": "handbook",
        "notebooks": {"01_tiny": [figure(), figure(**BAD)]},
    }


def test_results_are_strict_json(tmp_path):
    ran = done(output(text="1"), told=record(figure(value=float("nan"))))
    with pytest.raises(ValueError, match="not JSON compliant"):
        site(tmp_path, ran)
    assert list(tmp_path.rglob("result.json")) == []


def test_what_could_not_be_reported_is_named(tmp_path):
    refused = Refused(account="bad", reason="bad/orders.tsv, row 7, column sku: expected a whole row. Do <b>it</b>.")
    failed = Failed(job=job(), cell=4, error="DeadKernelError")
    made = site(tmp_path, account("good"), failed, refused=[refused])
    assert [item.text for item in index(made).all("li")][:2] == [
        f"bad {refused.reason}",
        "shop, US, 01_tiny cell 4 ended with DeadKernelError; there is no page. Open the notebook to see why.",
    ]
    assert [heading.text for heading in index(made).all("h2")] == ["Not reported", "Good"]


def test_a_failed_notebook_is_not_linked_by_the_others(tmp_path):
    tile = '<a href="01_tiny.html">Late Dispatch Rate</a>'
    overview = done(output(html=tile), path=Path("00_account_health.ipynb"))
    made = site(tmp_path, overview, Failed(job=job(), cell=4, error="ValueError"))
    made_page = Page((made.out / "2026-03-01/shop/US/00_account_health.html").read_text(encoding="utf-8"))
    assert [link.attributes.get("href") for link in made_page.all("a")] == [
        "#content",
        "../../../index.html",
        "00_account_health.html",
        None,
    ]


def test_nothing_at_all_still_has_an_index(tmp_path):
    made = site(tmp_path)
    assert index(made).only("h1").text == "Account health"
    assert cards(made) == []


def test_the_index_is_a_whole_document_that_runs_nothing(tmp_path):
    made = index(site(tmp_path, account("shop")))
    assert made.open == []
    assert made.only("html").attributes["lang"] == "en"
    assert made.all("script") == []
    policy = made.only("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy.startswith("default-src 'none'; script-src 'none'; ")


def test_two_runs_are_the_same_to_the_byte(tmp_path):
    ran = account("b"), account("a", BAD)
    first, second = site(tmp_path / "1", *ran).out, site(tmp_path / "2", *reversed(ran)).out
    names = [path.relative_to(first) for path in first.rglob("*") if path.is_file()]
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []


def test_a_file_is_written_whole_with_its_folder(tmp_path):
    path = tmp_path / "a" / "b" / "page.html"
    write_whole(path, "é\n\u2028")
    assert path.read_bytes() == "é\n\u2028".encode()
    assert [one.name for one in path.parent.iterdir()] == ["page.html"]


def test_a_file_takes_its_name_by_renaming_only(tmp_path, monkeypatch):
    """A reader that holds the old file open reads on in the old file."""
    path = tmp_path / "page.html"
    path.write_text("old")
    seen = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.append(path.read_text()))
    with path.open() as reader:
        write_whole(path, "new")
        assert reader.read() == "old"
    assert (seen, path.read_text()) == (["old"], "new")


@pytest.mark.parametrize("old", [None, "old"])
@pytest.mark.parametrize("ends", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, old, ends):
    path = tmp_path / "page.html"
    if old:
        path.write_text(old)

    def fail(_):
        raise ends

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(type(ends)):
        write_whole(path, "new" * 100_000)
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == ({"page.html": old} if old else {})


def test_text_that_cannot_be_written_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"page.html": "old"}


def test_a_name_that_cannot_be_taken_leaves_no_other_file(tmp_path):
    (tmp_path / "page.html").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "page.html", "new")
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]
