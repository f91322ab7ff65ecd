"""result.json says what evaluate() says, figure by figure, and nothing of any buyer."""

import csv
import json
import re
from datetime import date

import pytest

from sellerhealth import policy
from sellerhealth.measure.compare import overview
from sellerhealth.measure.evaluate import RESULT, evaluate
from sellerhealth.measure.notifications import standing
from sellerhealth.metrics import STATES
from sellerhealth.sources.account import open_account
from tests.report.whole import DEMO, GROUP, HOSTILE, NOTEBOOKS, whole

pytestmark = pytest.mark.xdist_group(GROUP)
FOLDERS = {**DEMO, "hostile": HOSTILE}
REPORT = "order-report_2026-09-17_2026-11-15.tsv"
STATE_NOTEBOOKS = {state.notebook for state in STATES.values()}

every_account = pytest.mark.parametrize("name", FOLDERS)


@pytest.fixture
def out(tmp_path_factory):
    return whole(tmp_path_factory.getbasetemp())


def result(out, name):
    def refuse(word):
        raise AssertionError(f"{word} is not JSON")

    return json.loads((out / FOLDERS[name] / "result.json").read_text(encoding="utf-8"), parse_constant=refuse)


def as_json(frame):
    """The rows as JSON has them: days as ISO text."""
    return [{key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
            for row in frame.iter_rows(named=True)]  # fmt: skip


@every_account
def test_it_says_what_it_belongs_to(out, name):
    told = result(out, name)
    day, account, marketplace = FOLDERS[name].split("/")
    context = {key: value for key, value in told.items() if key not in ("notebooks", "title")}
    assert context == {"account": account, "as_of": day, "marketplace": marketplace, "policy": "handbook"}
    assert sorted(told["notebooks"]) == NOTEBOOKS


@every_account
def test_every_figure_is_the_one_evaluate_gives(out, name):
    told = result(out, name)["notebooks"]
    account = open_account(out.parent / "data", name)
    as_of, terms = date.fromisoformat(FOLDERS[name].partition("/")[0]), policy("handbook")
    for metric in terms:
        mine = [row for row in told[metric.definition.notebook] if row["metric"] == metric.name]
        assert mine == as_json(evaluate(metric, account, as_of)), metric.name
    assert told["00_account_health"] == as_json(overview(terms, account, as_of))


@every_account
def test_no_figure_stands_on_a_page_of_another_metric(out, name):
    told = result(out, name)["notebooks"]
    homes = {metric.name: metric.definition.notebook for metric in policy("handbook")}
    for notebook, rows in told.items():
        if notebook not in ("00_account_health", *STATE_NOTEBOOKS):
            assert {homes[row["metric"]] for row in rows} == {notebook}


@every_account
def test_the_notifications_stand_as_standing_says_under_every_policy(out, name):
    told = result(out, name)["notebooks"]
    account = open_account(out.parent / "data", name)
    as_of = date.fromisoformat(FOLDERS[name].partition("/")[0])
    for state, definition in STATES.items():
        rows = [standing(policy(terms).states[state], account, as_of) for terms in ("handbook", "amazon-2026")]
        assert told[definition.notebook] == [row for frame in rows for row in as_json(frame)]


@every_account
def test_every_row_has_the_shape_of_a_result(out, name):
    told = result(out, name)["notebooks"]
    rows = [row for notebook, rows in told.items() if notebook not in STATE_NOTEBOOKS for row in rows]
    assert rows
    assert {tuple(sorted(row)) for row in rows} == {tuple(sorted(RESULT))}


def texts(out):
    return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in out.rglob("*") if path.is_file()}


def test_no_buyer_is_in_any_file(out):
    """The demo's order reports name buyers, their addresses, and their mail; account.toml names the shop's own."""
    secret = re.compile(r"@example\.com|555-0100|Example St|Buyer \d")
    assert secret.search((out.parent / "data" / "demo-us" / REPORT).read_text(encoding="utf-8"))
    assert {name: secret.findall(text) for name, text in texts(out).items() if secret.search(text)} == {}


def test_no_word_of_a_message_is_in_any_file(out):
    """Of a message, only what it is about is kept."""
    said = {row[column] for row in messages(out) for column in ("subject", "text")}
    assert len(said) > 400
    pages = "\n".join(texts(out).values())
    assert [words for words in said if words in pages] == []


def messages(out):
    with (out.parent / "data" / "demo-us" / "messages.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_nothing_but_pages_and_results_is_there(out):
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    pages = {
        f"{folder}/{name}"
        for folder in FOLDERS.values()
        for name in [*(f"{one}.html" for one in NOTEBOOKS), "result.json"]
    }
    notes = {f"{folder}/.done/{one}.json" for folder in FOLDERS.values() for one in NOTEBOOKS}
    digest = {f"digest.{kind}" for kind in ("html", "txt", "json", "eml", "png")}
    assert names == {"index.html", "run.json", ".lock", *digest, *pages, *notes}
