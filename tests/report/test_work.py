"""What can end a notebook: each is a failure that names the cell and the kind, says no data, and stops no other."""

from warnings import catch_warnings, filterwarnings

import nbformat
import pytest

from sellerhealth.report.outcome import Began, Cause, Done, Failed, Planned, Refused, Unchanged
from sellerhealth.report.plan import Asked
from sellerhealth.report.run import work
from sellerhealth.report.run.work import Task, reports
from tests.report.tiny import RECORDS, SECRET, notebook, record, write_shop
from tests.sources.folder import put

ENDS = {
    # name: the cells after the parameters, the cell that failed (the title is cell 1), the class
    "raises": ([f"raise ValueError('{SECRET}')", RECORDS], 3, "ValueError"),
    "own_class": ([f"class Refused(Exception): pass\nraise Refused('{SECRET}')", RECORDS], 3, "Refused"),
    "exits": (["1", f"print('{SECRET}'); import sys; sys.exit(0)", RECORDS], 4, "CellDidNotRun"),
    "leaves": (["1", f"print('{SECRET}'); exit()", RECORDS], 5, "CellDidNotRun"),
    "exits_in_the_last": ([f"{RECORDS}\nraise SystemExit(0)"], 3, "CellDidNotRun"),
    "interrupts": (["raise KeyboardInterrupt", RECORDS], 3, "KeyboardInterrupt"),
    "asks": (["input()", RECORDS], 3, "StdinNotImplementedError"),
    "awaits": (["await __import__('asyncio').sleep(0)", RECORDS], 3, "CellDidNotRun"),
    "no_record": (["1", f"'{SECRET}'"], 4, "NoRecord"),
    "record_not_last": ([RECORDS, "1"], 4, "NoRecord"),
    "nothing": ([], 2, "NoRecord"),
    "no_code": ([f"not {SECRET} python", RECORDS], 3, "SyntaxError"),
}
FINE = ("a_fine_first", "z_fine_last")
REFUSES = (
    "from sellerhealth.definition.errors import InputError",
    "raise InputError('a.tsv', 'rows', 'Do it.', row=7)",
    RECORDS,
)


def text(*code: str) -> str:
    return nbformat.writes(notebook(*code))


def expects_its_error() -> str:
    """A cell whose error papermill is told to pass over."""
    told = notebook(f"raise KeyError('{SECRET}')", RECORDS)
    told.cells[2].metadata.tags.append("raises-exception")
    return nbformat.writes(told)


def task(data, notebooks, **more) -> Task:
    return Task(
        data=str(data), account="shop", asked=Asked(), notebooks=notebooks, **{"known": {}, "code": "c", **more}
    )


def events(data, notebooks, **more):
    return list(reports(task(data, notebooks, **more), lambda _: None))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """All of them in one process, between two that are fine."""
    data = tmp_path_factory.mktemp("data")
    write_shop(data)
    bad = {name: text(*code) for name, (code, *_) in ENDS.items()}
    more = {"refuses": text(*REFUSES), "expects": expects_its_error(), "broken": "{", "empty": ""}
    notebooks = {FINE[0]: text(RECORDS), **bad, **more, FINE[1]: text("1", RECORDS)}
    with catch_warnings():
        # IPython warns of an exit, and a warning is an error in a test.
        filterwarnings("ignore", "To exit")
        told = events(data, notebooks)
    return {event.job.notebook.stem: event for event in told if isinstance(event, Done | Failed)}


def test_every_report_has_one_outcome(outcomes):
    assert sorted(outcomes) == sorted([*FINE, *ENDS, "refuses", "expects", "broken", "empty"])


@pytest.mark.parametrize("name", FINE)
def test_the_others_are_done(outcomes, name):
    assert isinstance(outcomes[name], Done)
    assert outcomes[name].record == record()
    assert outcomes[name].page.startswith(b"<!doctype html>")


@pytest.mark.parametrize("name", ENDS)
def test_a_failure_names_cell_and_class_and_says_no_data(outcomes, name):
    failed = outcomes[name]
    assert isinstance(failed, Failed)
    assert (failed.cell, failed.error, failed.cause) == (*ENDS[name][1:], Cause.CELL)
    assert (
        failed.told
        == f"cell {failed.cell} ended with {failed.error}; no new page was made. Open the notebook to see why."
    )
    assert SECRET not in repr(failed)


def test_an_error_output_fails_even_where_it_is_expected(outcomes):
    failed = outcomes["expects"]
    assert (failed.cell, failed.error) == (3, "KeyError")
    assert SECRET not in repr(failed)


def test_an_input_error_is_told_in_its_own_words(outcomes):
    failed = outcomes["refuses"]
    assert (failed.cell, failed.error) == (4, "InputError")
    assert failed.told == "a.tsv, row 7: expected rows. Do it."


@pytest.mark.parametrize("name", ["broken", "empty"])
def test_a_file_that_is_no_notebook_fails(outcomes, name):
    assert isinstance(outcomes[name], Failed)
    assert outcomes[name].cell is None


def test_memory_that_is_not_there_is_a_cause_of_its_own(tmp_path):
    write_shop(tmp_path)
    *_, failed = events(tmp_path, {"eats": text("raise MemoryError", RECORDS)})
    assert (failed.cell, failed.error, failed.cause) == (3, "MemoryError", Cause.MEMORY)


def test_a_page_beyond_all_measure_is_none(tmp_path, monkeypatch):
    write_shop(tmp_path)
    monkeypatch.setattr(work, "LARGEST", 1_000)
    *_, failed = events(tmp_path, {"large": text(RECORDS)})
    assert (failed.error, failed.cause) == ("PageTooLarge", Cause.CELL)
    assert failed.told == work.TOO_LARGE


def test_a_notebook_knows_nothing_of_the_one_before(tmp_path):
    write_shop(tmp_path)
    first = text("left = 1", RECORDS)
    second = text("assert 'left' not in globals()\nassert get_ipython().execution_count == 4", RECORDS)
    told = events(tmp_path, {"a": first, "b": second})
    assert [type(event) for event in told] == [Planned, Began, Done, Began, Done]


def test_what_is_asked_reaches_the_notebook_and_each_cell_is_told(tmp_path):
    write_shop(tmp_path)
    given = "assert (account, marketplace, as_of, policy, max_reject) == ('shop', 'US', '2026-02-14', 'handbook', '')"
    cells = []
    asked = Asked(as_of="2026-02-14")
    told = reports(
        Task(
            data=str(tmp_path), account="shop", asked=asked, notebooks={"a": text(given, RECORDS)}, known={}, code="c"
        ),
        cells.append,
    )
    assert isinstance(list(told)[-1], Done)
    # The second is papermill's own, with the parameters.
    assert cells == [1, 2, 3, 4]


def test_an_account_that_cannot_be_read_is_refused_in_a_sentence(tmp_path):
    put(tmp_path, {"orders.tsv": f"what\tis\tthis\n1\t{SECRET}\t3\n"}, name="shop")
    (refused,) = events(tmp_path, {"a": text(RECORDS)})
    assert isinstance(refused, Refused)
    assert refused.reason.startswith("shop/orders.tsv, row 1: expected the header of a report this program knows.")
    assert (refused.cause, SECRET in refused.reason) == (None, False)


def test_a_page_of_the_same_files_and_code_is_not_made_again(tmp_path):
    write_shop(tmp_path)
    notebooks = {"a": text(RECORDS), "b": text("1", RECORDS)}
    known = {event.job.key: event.fingerprint for event in events(tmp_path, notebooks) if isinstance(event, Done)}
    assert [type(event) for event in events(tmp_path, notebooks, known=known)] == [Planned, Unchanged, Unchanged]
    other = {**notebooks, "a": text("2", RECORDS)}
    again = events(tmp_path, other, known=known)
    assert [type(event) for event in again] == [Planned, Began, Done, Began, Done], "its neighbour links to it"


def test_a_page_of_other_files_is_made_again(tmp_path):
    folder = write_shop(tmp_path)
    notebooks = {"a": text(RECORDS)}
    known = {event.job.key: event.fingerprint for event in events(tmp_path, notebooks) if isinstance(event, Done)}
    (folder / "account.toml").write_text('marketplace = "US"\nlabel = "Another"\n', encoding="utf-8")
    assert isinstance(events(tmp_path, notebooks, known=known)[-1], Done)


def test_reports_that_ended_in_an_earlier_process_are_left(tmp_path):
    write_shop(tmp_path)
    notebooks = {"a": text(RECORDS), "b": text("1", RECORDS)}
    told = events(tmp_path, notebooks, ended=frozenset({"2026-03-01/shop/US/a"}))
    assert [event.job.notebook.stem for event in told[1:]] == ["b", "b"]


def test_a_page_of_files_that_changed_meanwhile_is_none(tmp_path):
    folder = write_shop(tmp_path)
    adds = f"with open({str(folder / 'account.toml')!r}, 'a') as file: file.write('label = \"Other\"\\n')"
    *_, failed = events(tmp_path, {"a": text(adds, RECORDS)})
    assert (failed.error, failed.told) == ("FilesChanged", work.CHANGED)


def test_a_notebook_cannot_change_the_account_for_the_next(tmp_path):
    write_shop(tmp_path)
    opens = "import sellerhealth as sh\nseller = sh.open_account(data, account)\n"
    empties = f"{opens}seller.tables['orders'] = seller.tables['orders'].clear()"
    told = events(
        tmp_path,
        {
            "a": text(empties, RECORDS),
            "b": text(f"{opens}assert seller.tables['orders'].collect().height == 1", RECORDS),
        },
    )
    assert {event.job.notebook.stem: type(event) for event in told if isinstance(event, Done | Failed)} == {
        "a": Failed,
        "b": Done,
    }


@pytest.mark.parametrize(
    "other", [{"account": "other"}, {"as_of": "2026-01-01"}, {"marketplace": "CA"}, {"policy": "amazon-2026"}]
)
def test_a_record_of_something_else_is_none(tmp_path, other):
    write_shop(tmp_path)
    shows = f'from IPython.display import display\ndisplay({{"{work.MIME}": {record(**other)!r}}}, raw=True)'
    *_, failed = events(tmp_path, {"a": text(shows)})
    assert failed.error == "NoRecord"


def test_an_error_that_only_has_the_name_is_not_told_in_its_words(tmp_path):
    write_shop(tmp_path)
    *_, failed = events(
        tmp_path, {"a": text(f"class InputError(Exception): pass\nraise InputError('{SECRET}')", RECORDS)}
    )
    assert (failed.error, failed.reason) == ("InputError", "")


def test_secrets_are_lent_while_the_account_is_opened_and_forgotten(tmp_path):
    write_shop(tmp_path)
    secrets = {"AWS_SECRET_ACCESS_KEY": "secret-4711"}
    looks = "import gc, os\nassert 'AWS_SECRET_ACCESS_KEY' not in os.environ\nassert not [one for one in gc.get_objects() if type(one) is dict and one.get('AWS_SECRET_ACCESS_KEY') == 'secret-' + '4711']"
    *_, done = events(tmp_path, {"a": text(looks, RECORDS)}, secrets=secrets)
    assert isinstance(done, Done)
