"""The learner's pages, made once, and a browser with the network unplugged to use them in."""

import nbformat
import pytest

from sellerhealth.report.lessons import Wished, lessons
from tests.browser.conftest import chromium, context  # noqa: F401 - fixtures
from tests.report.whole import ROOT

START = {
    "# Start here\n\nWhat there is to know first.": ["lesson"],
    "from sellerhealth.learn.basics import basics, what_a_rate_is, what_a_target_is, what_a_window_is": ["hide-input"],
    "## What a rate is": ["lesson"],
    "display(what_a_rate_is(), what_a_window_is(), what_a_target_is())": ["lesson", "hide-input"],
    "## Check yourself": ["lesson"],
    "basics()": ["lesson", "hide-input"],
}
LESSON = {
    "# Late Dispatch Rate\n\nHow often shipment was confirmed too late.": ["report"],
    'account: str = "demo-us"\npolicy: str = ""\ndata: str = ""\nmarketplace = as_of = max_reject = ""': ["parameters"],
    "import sellerhealth as sh\nfrom sellerhealth.learn import by_hand as hand, exercise, quiz, background\n"
    'session = sh.open_session(account=account, marketplace="", as_of="", policy="", data=data)\n'
    'metric = session.metric("late_dispatch_rate")': ["hide-input"],
    "## By hand": ["lesson"],
    "display(*hand.twelve_rows(metric))": ["lesson", "hide-input"],
    "quiz.predict(metric)": ["lesson", "hide-input"],
    "hand.by_hand(metric)": ["lesson", "hide-input"],
    "## The same by code": ["lesson"],
    "sh.evaluate(metric, metric.definition.example.account(), metric.definition.example.as_of)": ["lesson"],
    "hand.same_by_code(metric)": ["lesson", "hide-input"],
    "## This account": ["report"],
    "sh.trend_chart(sh.trend(metric, session.account, session.as_of), metric)": ["report", "hide-input"],
    "sh.explore(metric, session.account, session.as_of)": ["interactive"],
    "## Check yourself": ["lesson"],
    "quiz.quiz(metric)": ["lesson", "hide-input"],
    "exercise.exercises(metric)": ["lesson", "hide-input"],
    "exercise.check(metric, ...)": ["interactive"],
    "quiz.recall(metric)": ["lesson", "hide-input"],
    "display(background.glossary(metric), background.history(metric))": ["lesson", "hide-input"],
}


def write(folder, name, cells):
    notebook = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python"}})
    for number, (source, tags) in enumerate(cells.items()):
        make = nbformat.v4.new_markdown_cell if source.startswith("#") else nbformat.v4.new_code_cell
        notebook.cells.append(make(source, id=f"cell-{number}", metadata={"tags": tags}))
    nbformat.write(notebook, folder / f"{name}.ipynb")


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory):
    """A start and one lesson, built of the pieces that a metric's notebook is built of."""
    folder = tmp_path_factory.mktemp("notebooks")
    write(folder, "00_start_here", START)
    write(folder, "01_late_dispatch_rate", LESSON)
    return folder


@pytest.fixture(scope="session")
def pages(notebooks, tmp_path_factory):
    """The folder of the pages of one metric, and their names."""
    out = tmp_path_factory.mktemp("lessons") / "out"
    asked = Wished(data=str(ROOT / "data"), notebooks=notebooks, out=out, metrics=["LDR"], seed=3)
    return out, lessons(asked)
