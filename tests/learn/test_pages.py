"""The learner's pages as files: which there are, what they hold, and that they need nothing else."""

import re

import pytest

from sellerhealth import InputError
from sellerhealth.report.lessons import Wished, lessons
from sellerhealth.report.plan import START, notebooks_in
from tests.learn.conftest import write
from tests.report.markup import Page
from tests.report.whole import ROOT

NAMES = [
    "index.html",
    "00_start_here.html",
    "01_late_dispatch_rate.html",
    "final_check.html",
    "crib_late_dispatch_rate.html",
]


@pytest.fixture(scope="module")
def read(pages):
    out, _ = pages
    return {name: (out / name).read_text(encoding="utf-8") for name in NAMES}


def words(page):
    return " ".join(Page(page).only("main").text.replace("\u00a0", " ").split())


def test_these_pages_are_there_and_no_other(pages):
    out, names = pages
    assert names == NAMES
    assert sorted(path.name for path in out.iterdir() if not path.name.startswith(".")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_leads_to_others_beside_it_only(read, name):
    made = Page(read[name])
    assert made.open == []
    assert len(made.all("h1")) == 1
    links = {one.attributes["href"] for one in made.all("a")}
    assert links <= {*NAMES, "#content"}
    assert "index.html" in links
    assert not [one for one in made.elements if "src" in one.attributes or one.tag in ("link", "img", "iframe", "form")]
    policy = made.all("meta", **{"http-equiv": "Content-Security-Policy"})[0].attributes["content"]
    assert policy.startswith("default-src 'none'; script-src ")
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", [name for name in NAMES if name != "01_late_dispatch_rate.html"])
def test_questions_need_no_script(read, name):
    assert Page(read[name]).all("script") == []


def test_the_index_leads_through_the_course(read):
    lists = Page(read["index.html"]).all("li")
    told = [one.text for one in lists]
    assert [text for text in told if text in ("Start here", "Late Dispatch Rate", "Final check")]
    assert "Late Dispatch Rate: crib" in told


def test_a_lesson_holds_the_cells_of_learners_and_of_reports(read):
    page = read["01_late_dispatch_rate.html"]
    said = words(page)
    assert "sh.evaluate(metric, metric.definition.example.account()" in said
    assert "They are the same." in said
    assert "3 ÷ 8 = 0.375, which is 37.5 %" in said
    assert "exercise.check" not in said
    assert "sh.explore" not in said
    assert "open_session" not in said
    assert len(Page(page).all("fieldset")) == 1 + 4 + 3


def test_no_two_groups_of_buttons_have_one_name(read):
    for page in read.values():
        groups = re.findall(r"<fieldset.*?</fieldset>", page, re.DOTALL)
        names = [set(re.findall(r'name="([^"]+)"', group)) for group in groups]
        assert all(len(found) == 1 for found in names)
        assert len(set().union(*names)) == len(groups)


def test_the_seed_draws_the_final_check(pages, notebooks, tmp_path, read):
    asked = Wished(data=str(ROOT / "data"), notebooks=notebooks, out=tmp_path, metrics=["feedback_rating"], seed=4)
    names = lessons(asked)
    assert "crib_feedback_rating.html" in names
    assert "01_late_dispatch_rate.html" not in names
    other = (tmp_path / "final_check.html").read_text(encoding="utf-8")
    assert words(other) != words(read["final_check.html"])


def test_the_overview_ends_the_course(tmp_path):
    for name in ("00_overview", "02_cancellation_rate", "00_start_here"):
        write(tmp_path, name, {f"# {name}\n\nIt is.": ["report"]})
    asked = Wished(data=str(ROOT / "data"), notebooks=tmp_path, out=tmp_path / "out")
    assert lessons(asked)[:5] == [
        "index.html", "00_start_here.html", "02_cancellation_rate.html", "00_overview.html", "final_check.html",
    ]  # fmt: skip


def test_a_file_that_is_no_notebook_is_one_sentence(tmp_path):
    (tmp_path / "01_late_dispatch_rate.ipynb").write_text("no notebook", encoding="utf-8")
    with pytest.raises(InputError, match=r"01_late_dispatch_rate.ipynb: expected a notebook. Save it again"):
        lessons(Wished(data=str(ROOT / "data"), notebooks=tmp_path, out=tmp_path / "out"))


def test_a_notebook_that_breaks_is_one_sentence_and_leaves_no_page(tmp_path):
    write(tmp_path, "01_late_dispatch_rate", {"# Late\n\nIt is.": ["report"], "1 / 0": ["lesson"]})
    with pytest.raises(InputError) as error:
        lessons(Wished(data=str(ROOT / "data"), notebooks=tmp_path, out=tmp_path / "out"))
    told = "01_late_dispatch_rate.ipynb: expected cells that run to the end. Cell 2 ended with ZeroDivisionError."
    assert str(error.value) == told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"metrics": ["lateness"]}, "policy handbook: expected one of late_dispatch_rate, "),
        ({"data": "nowhere"}, "--data: expected a folder that holds demo-us. Run `sellerhealth demo` first."),
        ({"policy": "amazon"}, "policy: expected one of handbook, amazon-2026."),
    ],
)
def test_a_wish_that_cannot_be_met_is_told(notebooks, tmp_path, wish, told):
    given = {"data": str(ROOT / "data"), "notebooks": notebooks, "out": tmp_path, **wish}
    with pytest.raises(InputError) as error:
        lessons(Wished(**given))
    assert told in str(error.value)


def test_a_batch_reports_on_everything_but_the_start(notebooks):
    assert [path.stem for path in notebooks_in(notebooks)] == ["01_late_dispatch_rate"]
    assert START == "00_start_here"
