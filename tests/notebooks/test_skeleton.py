"""Every notebook of the suite is built alike, so that who knows one knows all."""

import ast
import io
import tokenize
from pathlib import Path

import nbformat
import pytest

from sellerhealth.metrics import METRICS, STATES
from sellerhealth.report.plan import START, notebooks_in

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = notebooks_in(FOLDER)
PARAMETERS = ["account", "marketplace", "as_of", "policy", "data", "max_reject"]
HEADINGS = [
    "What it means",
    "Guess first",
    "By hand",
    "The same by code",
    "This account",
    "What moved it",
    "What happens next",
    "What to do",
    "Explore",
    "Check yourself",
    "Definition and limits",
]
TAGS = {"parameters", "report", "lesson", "interactive", "hide-input"}
READERS = {"report", "lesson", "interactive"}
BANNED_CALLS = {
    "print",
    "display",
    "HTML",
    "Markdown",
    "Javascript",
    "open",
    "eval",
    "exec",
    "compile",
    "__import__",
    "input",
}
BANNED_SYNTAX = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.Try, ast.TryStar, ast.With, ast.While, ast.For, ast.If, ast.Global, ast.Assert, ast.Raise),
)
MOST_CELLS, MOST_LINES = 44, 66
"""A lesson, a report and a place to explore in one: three readers, and each passes over the cells of the others."""

every_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem, indirect=True)


@pytest.fixture
def notebook(request):
    return nbformat.read(request.param, as_version=nbformat.NO_CONVERT)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def trees(notebook):
    return [ast.parse(cell.source) for cell in code(notebook)]


def headings(notebook, level):
    """The headings of a level with the place of their cell."""
    mark = "#" * level + " "
    texts = [(i, cell.source) for i, cell in enumerate(notebook.cells) if cell.cell_type == "markdown"]
    lines = [(i, line) for i, source in texts for line in source.splitlines()]
    return [(i, line.removeprefix(mark)) for i, line in lines if line.startswith(mark)]


def readers(cell):
    return READERS.intersection(cell.metadata.tags)


def called(node):
    """The name at the end of what is called: `HTML` of `widgets.HTML(…)`."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_there_are_notebooks():
    assert NOTEBOOKS
    assert all(path.stem[:2].isdecimal() and path.stem[2] == "_" for path in NOTEBOOKS), "the batch takes 00_name only"


@every_notebook
def test_it_is_valid_and_of_the_present_format(notebook):
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert notebook.metadata.kernelspec.name == "python3"


@every_notebook
def test_it_is_short(notebook):
    lines = [line for cell in code(notebook) for line in cell.source.splitlines() if line.strip()]
    assert len(notebook.cells) <= MOST_CELLS
    assert len(lines) <= MOST_LINES
    assert [line for line in lines if len(line) > 120] == []


@every_notebook
def test_no_cell_is_empty(notebook):
    assert [cell.id for cell in notebook.cells if not cell.source.strip()] == []


@every_notebook
def test_it_is_committed_as_it_was_written_not_as_it_ran(notebook):
    assert [cell.id for cell in code(notebook) if cell.outputs or cell.execution_count is not None] == []
    assert [cell.id for cell in notebook.cells if "execution" in cell.metadata or "papermill" in cell.metadata] == []
    assert "papermill" not in notebook.metadata
    assert "widgets" not in notebook.metadata


@every_notebook
def test_the_one_title_is_in_the_first_cell(notebook):
    titles = headings(notebook, 1)
    assert [place for place, _ in titles] == [0]
    lines = notebook.cells[0].source.splitlines()
    assert lines[0] == f"# {titles[0][1]}"
    assert lines[-1].endswith("."), "a sentence says what the notebook shows"


@every_notebook
def test_second_headings_are_the_skeleton_in_its_order(notebook):
    found = [text for _, text in headings(notebook, 2)]
    assert found == [text for text in HEADINGS if text in found]
    assert {"This account", "Definition and limits"} <= set(found)


@every_notebook
def test_headings_stand_at_the_head_of_their_cell(notebook):
    for level in (2, 3):
        assert [text for i, text in headings(notebook, level) if not notebook.cells[i].source.startswith("##")] == []
    assert [headings(notebook, level) for level in (4, 5, 6)] == [[], [], []]


@every_notebook
def test_no_heading_is_left_alone_for_any_of_its_readers(notebook):
    """What follows a heading is for the same readers, before the next heading of the same or a higher level."""
    alone = [(text, reader) for i, text in headings(notebook, 2) for reader in readers(notebook.cells[i])
             if not is_followed(notebook.cells, i, reader)]  # fmt: skip
    assert alone == []


def is_followed(cells, place, reader):
    own = [line for line in cells[place].source.splitlines()[1:] if line.strip()]
    rest = cells[place + 1 :]
    end = next((i for i, cell in enumerate(rest) if cell.source.startswith(("# ", "## "))), len(rest))
    return bool(own) or any(reader in readers(cell) for cell in rest[:end])


@every_notebook
def test_tags_are_the_known_ones(notebook):
    for cell in notebook.cells:
        assert set(cell.metadata.tags) <= TAGS, cell.id
        assert len(set(cell.metadata.tags)) == len(cell.metadata.tags), cell.id
    assert [cell.id for cell in notebook.cells if cell.cell_type == "markdown" and not readers(cell)] == []


@every_notebook
def test_the_first_code_holds_the_parameters_and_nothing_else(notebook):
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.tags]
    assert tagged == code(notebook)[:1]
    body = ast.parse(tagged[0].source).body
    assert all(isinstance(line, ast.AnnAssign) for line in body)
    assert [line.target.id for line in body] == PARAMETERS
    assert {line.annotation.id for line in body} == {"str"}
    assert all(isinstance(line.value, ast.Constant) and type(line.value.value) is str for line in body)


@every_notebook
def test_every_parameter_has_a_comment(notebook):
    source = code(notebook)[0].source
    marks = tokenize.generate_tokens(io.StringIO(source).readline)
    commented = [mark.start[0] for mark in marks if mark.type == tokenize.COMMENT and len(mark.string) > 10]
    assert commented == list(range(1, len(PARAMETERS) + 1))


def test_the_parameters_are_the_same_in_all():
    assert len({code(nbformat.read(path, as_version=4))[0].source for path in NOTEBOOKS}) == 1


@every_notebook
def test_the_second_code_opens_the_session_with_every_parameter(notebook):
    """Where nothing else has run, an unknown parameter can be told."""
    tree = ast.parse(code(notebook)[1].source)
    opens = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) == "open_session"]
    assert len(opens) == 1
    assert {word.arg: word.value.id for word in opens[0].keywords} == {name: name for name in PARAMETERS}


@every_notebook
def test_nothing_is_defined_caught_or_decided(notebook):
    assert [node for tree in trees(notebook) for node in ast.walk(tree) if isinstance(node, BANNED_SYNTAX)] == []


@every_notebook
def test_no_call_goes_round_the_package(notebook):
    calls = [node for tree in trees(notebook) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert [ast.unparse(node) for node in calls if called(node) in BANNED_CALLS] == []


@every_notebook
def test_only_polars_and_the_package_are_imported_at_the_top(notebook):
    bodies = [(i, node) for i, tree in enumerate(trees(notebook)) for node in ast.walk(tree)]
    imports = [(i, ast.unparse(node)) for i, node in bodies if isinstance(node, ast.Import | ast.ImportFrom)]
    assert set(imports) <= {(1, "import polars as pl"), (1, "import sellerhealth as sh")}


@every_notebook
def test_the_code_is_python_without_magic(notebook):
    lines = [line for cell in code(notebook) for line in cell.source.splitlines()]
    assert [line for line in lines if line.lstrip().startswith(("%", "!", "?"))] == []


@every_notebook
def test_the_last_cell_leaves_the_record_and_is_for_no_reader(notebook):
    last = notebook.cells[-1]
    assert last.cell_type == "code"
    body = ast.parse(last.source).body
    assert ast.unparse(body[-1].value.func) == "sh.record"
    assert [ast.unparse(word) for word in body[-1].value.keywords] == ["**session.context()"]
    assert readers(last) == set()


@every_notebook
def test_every_name_it_uses_of_the_package_is_there(notebook):
    import sellerhealth

    used = {
        node.attr
        for tree in trees(notebook)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sh"
    }
    assert used <= set(dir(sellerhealth))


@every_notebook
def test_links_lead_to_files_beside_it(notebook):
    import re

    targets = [
        target
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for target in re.findall(r"\]\(([^)]+)\)", cell.source)
    ]
    assert [target for target in targets if not (FOLDER / target.partition("#")[0]).exists()] == []


SHARED = {
    "06_seller_rating": ["seller_rating", "feedback_rating"],
    "07_customer_service_dashboard": [
        "customer_service_rating",
        "average_response_time",
        "first_contact_resolution_rate",
    ],
}
"""The notebooks of several metrics, the one that leads first."""


def suite():
    """The metrics and states each notebook is of, by its name."""
    found = {}
    for definition in [*METRICS.values(), *STATES.values()]:
        found.setdefault(definition.notebook, []).append(definition.name)
    return found


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_every_metric_is_opened_by_its_notebook(metric):
    path = FOLDER / f"{metric.notebook}.ipynb"
    assert path.exists()
    assert f'session.metric("{metric.name}")' in code(nbformat.read(path, as_version=4))[1].source


@pytest.mark.parametrize("state", STATES.values(), ids=lambda state: state.name)
def test_every_state_is_opened_by_its_notebook(state):
    path = FOLDER / f"{state.notebook}.ipynb"
    assert path.exists()
    assert f'state = session.policy.states["{state.name}"]' in code(nbformat.read(path, as_version=4))[1].source


def test_only_these_notebooks_are_of_several_metrics():
    assert {name: found for name, found in suite().items() if len(found) > 1} == SHARED


@pytest.mark.parametrize("definition", [*METRICS.values(), *STATES.values()], ids=lambda one: one.name)
def test_every_metric_has_its_label_in_its_notebook(definition):
    """As its title, where it is alone or has the notebook's name; the dashboard's name is that of all three."""
    path = FOLDER / f"{definition.notebook}.ipynb"
    title = headings(nbformat.read(path, as_version=4), 1)[0][1]
    if path.stem[3:] == definition.name:
        assert title == definition.label
    else:
        assert definition.name in SHARED[path.stem]
        assert title == {"06": "Seller rating", "07": "Customer Service Dashboard"}[path.stem[:2]]


def test_every_notebook_is_of_a_metric_or_a_state_but_the_overview():
    assert {path.stem for path in NOTEBOOKS} - set(suite()) == {"00_account_health"}


def test_no_other_notebook_lies_there_but_the_one_to_start_with():
    assert {path.stem for path in FOLDER.glob("*.ipynb")} - {path.stem for path in NOTEBOOKS} <= {START}


def test_there_are_eleven():
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{number:02}" for number in range(11)]
