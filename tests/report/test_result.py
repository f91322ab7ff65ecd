"""result.json says what evaluate() says, figure by figure, and nothing of any buyer."""

import json
from datetime import date

import pytest

from sellerhealth import policy
from sellerhealth.measure.compare import overview
from sellerhealth.measure.evaluate import RESULT, evaluate
from sellerhealth.sources.account import open_account
from tests.report.whole import DEMO, GROUP, HOSTILE, NOTEBOOKS, whole

pytestmark = pytest.mark.xdist_group(GROUP)
FOLDERS = {**DEMO, "hostile": HOSTILE}

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
        assert told[metric.definition.notebook] == as_json(evaluate(metric, account, as_of)), metric.name
    assert told["00_account_health"] == as_json(overview(terms, account, as_of))


@every_account
def test_every_row_has_the_shape_of_a_result(out, name):
    rows = [row for rows in result(out, name)["notebooks"].values() for row in rows]
    assert rows
    assert {frozenset(row) for row in rows} == {frozenset(RESULT)}


def test_no_buyer_is_in_any_file(out):
    """The demo's order reports name buyers, their addresses, and their mail."""
    for path in out.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert [word for word in ("@example.com", "555-0100", "Example St", "Buyer ") if word in text] == [], (
                path.name
            )


def test_nothing_but_pages_and_results_is_there(out):
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    pages = {
        f"{folder}/{name}"
        for folder in FOLDERS.values()
        for name in [*(f"{one}.html" for one in NOTEBOOKS), "result.json"]
    }
    assert names == {"index.html", *pages}
