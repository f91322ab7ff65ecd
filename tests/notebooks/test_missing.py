"""An account that lacks nearly everything is reported all the same: what is missing is named, and nothing is called good."""

import json
import re
import sys
from datetime import UTC, datetime, timedelta

import pytest

from sellerhealth import cli
from sellerhealth.definition.metric import Basis, Status
from sellerhealth.metrics import METRICS, STATES
from tests.notebooks import bare, cells
from tests.report.markup import Page

pytestmark = pytest.mark.xdist_group("missing")
OVERVIEW = "00_account_health"
ACCOUNTS = ("orders-only", "messages-only", "surveys-only", "notifications-only", "nothing")
POLICIES = ("handbook", "amazon-2026")
KNOWN = {
    # account: metric: numerator, denominator, status by the handbook; every other figure cannot be computed
    "orders-only": {"cancellation_rate": (0, 5, "GOOD")},
    "messages-only": {
        "contact_response_time": (12, 12, "GOOD"),
        "average_response_time": (11 * 7200, 11, "NONE"),
        "first_contact_resolution_rate": (6, 6, "NONE"),
    },
    "surveys-only": {
        "customer_service_rating": (11 * 9, 11, "TOO_FEW"),
        "first_contact_resolution_rate": (11, 11, "NONE"),
    },
    "notifications-only": {},
    "nothing": {},
}
LEVELS = {name: {"handbook": "NONE", "amazon-2026": "NONE"} for name in ACCOUNTS} | {
    # Amazon's rating rests on orders too.
    "notifications-only": {"handbook": "GREEN", "amazon-2026": "NONE"}
}
ASKED_FOR = {
    # notebook: the files it names when they are not there
    "01_late_dispatch_rate": ["order report with ship-by dates", "ship-confirmation log"],
    "02_cancellation_rate": ["All Orders report", "count of your shelves", "All Listings report"],
    "03_contact_response_time": ["messages CSV"],
    "04_order_defect_rate": ["seller feedback report", "claims CSV"],
    "05_perfect_order_percentage": [
        *("All Orders report", "seller feedback report", "claims CSV", "ship-confirmation log"),
        *("messages CSV", "returns report"),
    ],
    "06_seller_rating": [
        *("All Orders report", "seller feedback report", "claims CSV", "ship-confirmation log"),
        *("messages CSV", "file with all ratings"),
    ],
    "07_customer_service_dashboard": ["surveys CSV", "messages CSV"],
    "08_policy_violations": ["notifications CSV", "seller performance report"],
    "09_valid_tracking_rate": ["valid tracking download"],
    "10_on_time_delivery_rate": ["on-time delivery download"],
}
THERE = {
    "orders-only": ["All Orders report"],
    "messages-only": ["messages CSV"],
    "surveys-only": ["surveys CSV"],
    "notifications-only": ["notifications CSV", "seller performance report"],
    "nothing": [],
}
"""What each account has, by the words with which it would be asked for; of the last two, one is enough."""
TODAY = {
    # account: the marks of Confirm, Answer, Read, Restock: – where no file tells, ✓ nothing to do, ! something
    "orders-only": "– – – –",
    "messages-only": "– ! – –",
    "surveys-only": "– – – –",
    "notifications-only": "– – ✓ –",
    "nothing": "– – – –",
}

every_account = pytest.mark.parametrize("name", ACCOUNTS)
every_page = pytest.mark.parametrize("notebook", cells.NAMES)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return bare.write(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def report(data, tmp_path_factory):
    """`sellerhealth report` over all five: its folder and its exit code."""
    out = tmp_path_factory.mktemp("out")
    line = ["report", "--data", data, "--out", out, "--as-of", bare.AS_OF, "--workers", 2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["sellerhealth", *map(str, line)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    return out, ended.value.code


@pytest.fixture(scope="module")
def page(report):
    """A page of an account, taken apart."""
    return lambda name, notebook: Page(file(report[0], name, f"{notebook}.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def results(report):
    """The figures of an account, by notebook."""
    return lambda name: json.loads(file(report[0], name, "result.json").read_text(encoding="utf-8"))["notebooks"]


@pytest.fixture(scope="module")
def by_amazon(data):
    """The overview and the page of the notifications under amazon-2026, by account and notebook."""
    wanted = (OVERVIEW, "08_policy_violations")
    jobs = [job for name in ACCOUNTS for job in cells.jobs(data, name, "amazon-2026", bare.AS_OF)]
    return {(job.account, job.notebook.stem): cells.run(job) for job in jobs if job.notebook.stem in wanted}


def file(out, name, path):
    return out / bare.AS_OF / name / "US" / path


def words(made):
    return cells.read(made)


def test_all_pages_are_written_and_the_command_ends_well(report):
    out, code = report
    assert code == 0
    pages = {path.relative_to(out).as_posix() for path in out.rglob("*.html")}
    named = {f"{bare.AS_OF}/{name}/US/{notebook}.html" for name in ACCOUNTS for notebook in cells.NAMES}
    assert pages == {"index.html", "digest.html", *named}


def test_nobody_is_bad_or_good_on_the_index_for_want_of_files(report):
    made = Page((report[0] / "index.html").read_text(encoding="utf-8"))
    verdicts = zip(made.all("h2"), made.all("p", class_="verdict"), strict=True)
    assert {heading.text: verdict.text for heading, verdict in verdicts} == {
        "orders-only": "No figure misses its target.",
        "messages-only": "No figure misses its target.",
        "surveys-only": "No figure has a verdict.",
        "notifications-only": "No figure has a verdict.",
        "nothing": "No figure has a verdict.",
    }


@every_account
def test_what_can_be_counted_is_and_nothing_else(results, name):
    rows = {row["metric"]: row for row in results(name)[OVERVIEW]}
    assert set(rows) == set(METRICS)
    told = {
        metric: (row["numerator"], row["denominator"], row["status"])
        for metric, row in rows.items()
        if row["basis"] != Basis.NOT_COMPUTABLE
    }
    assert told == KNOWN[name]


@every_account
def test_what_cannot_be_computed_has_neither_figure_nor_verdict(results, by_amazon, name):
    rows = [row for rows in results(name).values() for row in rows] + by_amazon[name, OVERVIEW].results
    blind = [row for row in rows if "metric" in row and row["metric"] not in KNOWN[name]]
    assert blind
    for row in blind:
        figures = [row[column] for column in ("value", "numerator", "defects", "unknown", "low", "high", "headroom")]
        assert (row["basis"], row["status"], set(figures)) == (Basis.NOT_COMPUTABLE, Status.NONE, {None}), row["metric"]


@every_account
def test_amazon_calls_nothing_good_but_what_it_sees(by_amazon, name):
    good = {row["metric"] for row in by_amazon[name, OVERVIEW].results if row["status"] == Status.GOOD}
    assert good == ({"cancellation_rate"} if name == "orders-only" else set())


@every_account
def test_the_mark_of_the_notifications(results, by_amazon, name):
    rows = results(name)["08_policy_violations"]
    assert {row["policy"]: row["level"] for row in rows} == LEVELS[name]
    assert {row["policy"]: row["level"] for row in by_amazon[name, "08_policy_violations"].results} == LEVELS[name]


@every_account
@pytest.mark.parametrize("notebook", ASKED_FOR)
def test_a_page_names_every_file_that_is_missing(page, name, notebook):
    text = words(page(name, notebook))
    wanted = [wish for wish in ASKED_FOR[notebook] if wish not in THERE[name]]
    assert [wish for wish in wanted if wish not in text] == []


@every_account
def test_the_overview_names_every_file_that_is_missing(page, name):
    text = words(page(name, OVERVIEW))
    shelves = {"count of your shelves", "All Listings report"}
    wanted = {wish for wishes in ASKED_FOR.values() for wish in wishes} - shelves - {*THERE[name]}
    assert [wish for wish in sorted(wanted) if wish not in text] == []


def test_without_any_file_every_need_is_told_with_its_remedy(page):
    for definition in [*METRICS.values(), *STATES.values()]:
        text = words(page("nothing", definition.notebook))
        needs = [need for need in definition.needs if not need.about]
        told = [sentence for need in needs for sentence in (need.reason, need.remedy)]
        assert [sentence for sentence in told if sentence not in text] == [], definition.name


def test_without_orders_amazons_mark_says_what_it_would_take(by_amazon):
    """A list of notifications alone gives no rating, and so no mark: the page says where one comes from."""
    text = by_amazon["notifications-only", "08_policy_violations"].text
    takes = "it takes Amazon's report, or the list of notifications and orders."
    assert f"There is no Account Health Rating: {takes}" in text
    assert "1 open notification: 0 unread, 1 read, 0 under review." in text
    assert "No file tells how the account stands now." not in text, "there is a list, and the sentence beside tells it"


@every_account
def test_the_overview_says_what_is_to_do(page, name):
    lines = page(name, OVERVIEW).only("ol", class_="actions today")
    marks = re.findall(r"([–✓!✕]) (Confirm|Answer|Read|Restock)", lines.text)
    assert " ".join(mark for mark, _ in marks) == TODAY[name]


@every_account
@every_page
def test_a_page_says_no_word_of_a_machine(page, name, notebook):
    """What is not there is a dash or a sentence, never the language's own word for nothing."""
    made = page(name, notebook)
    assert [one.text for one in made.all("pre")] == []
    assert [one for tag in ("td", "p", "li") for one in made.all(tag) if one.text.strip() == "None"] == []
    assert re.findall(r"\b(?:null|nan|NaN|inf|True|False)\b", words(made)) == []


@every_page
def test_nothing_is_marked_good_without_any_file(page, notebook):
    made = page("nothing", notebook)
    assert "✓" not in words(made)
    assert [one for one in made.elements if "good" in one.attributes.get("class", "").split()] == []


def test_an_account_without_a_day_is_looked_at_today(data):
    zone = timedelta(hours=8)
    before = (datetime.now(UTC) - zone).date()
    (job,) = [job for job in cells.jobs(data, "nothing") if job.notebook.stem == OVERVIEW]
    assert before <= job.as_of <= datetime.now(UTC).date()
    assert cells.run(job).done.record["as_of"] == job.as_of.isoformat()
