"""The notebook to start with: short, without an account, and built of the pieces of `learn`."""

import ast

import nbformat
import pytest

from sellerhealth.learn import basics, progress
from sellerhealth.report.plan import START, notebooks_in
from tests.report.whole import ROOT

PATH = ROOT / "notebooks" / f"{START}.ipynb"
KNOWN = {name: getattr(module, name) for module, names in (
    (basics, ("what_a_rate_is", "what_a_window_is", "what_a_target_is", "basics")), (progress, ("progress",)),
) for name in names}  # fmt: skip


@pytest.fixture(scope="module")
def notebook():
    return nbformat.read(PATH, as_version=nbformat.NO_CONVERT)


def test_it_is_valid_and_was_not_run(notebook):
    nbformat.validate(notebook)
    assert [cell.id for cell in notebook.cells if cell.cell_type == "code" and cell.outputs] == []
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert len(notebook.cells) <= 24


def test_it_is_for_learners_only(notebook):
    assert PATH not in notebooks_in(PATH.parent)
    shown = [cell for cell in notebook.cells if "lesson" in cell.metadata.tags]
    assert [cell for cell in notebook.cells if cell not in shown] == [notebook.cells[1]]
    assert all(set(cell.metadata.tags) <= {"lesson", "hide-input"} for cell in notebook.cells)


def test_every_cell_of_code_is_one_piece_of_a_lesson(notebook):
    first, *rest = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert first == "import sellerhealth as sh"
    called = [ast.parse(source, mode="eval").body for source in rest]
    assert [call.func.value.id for call in called] == ["sh"] * len(rest)
    assert [call.func.attr for call in called] == list(KNOWN)
    assert all(KNOWN[call.func.attr]().text for call in called)


def test_its_title_is_followed_by_what_it_teaches(notebook):
    title, promise = notebook.cells[0].source.split("\n\n")
    assert title == "# Start here"
    assert promise.endswith(".")
    heads = [line for cell in notebook.cells for line in cell.source.splitlines() if line.startswith("#")]
    assert [head for head in heads if head.startswith("# ")] == [title]
    assert len(heads) == 7
