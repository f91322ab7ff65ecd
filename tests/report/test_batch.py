"""A batch: what is published, what is said, what is done again, and what it ends with."""

import json
from pathlib import Path

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.report import batch as batches
from sellerhealth.report.batch import Batch, exit_code
from sellerhealth.report.last_run import LastRun
from sellerhealth.report.outcome import Cause, Failed, Refused
from sellerhealth.report.output import OutputError
from sellerhealth.report.run.running import Limits
from sellerhealth.report.run.work import reports
from tests.report.markup import Page
from tests.report.tiny import RECORDS, SECRET, job, write_notebook, write_shop
from tests.sources.folder import put

FOLDER = "2026-03-01/shop/US"
FAILS = f"raise ValueError('{SECRET}')"


@pytest.fixture
def place(tmp_path) -> Path:
    """A shop, and one notebook that is fine."""
    write_shop(tmp_path / "data")
    write_notebook(tmp_path / "notebooks", "01_tiny", RECORDS)
    return tmp_path


def here(tasks, limits, home):
    """Make the reports in this process; test_processes has them in their own."""
    for task in tasks:
        yield from reports(task, lambda _: None)


def run(place: Path, **more) -> LastRun:
    paths = {"data": str(place / "data"), "out": place / "out", "notebooks": place / "notebooks"}
    return Batch(**{**paths, "limits": Limits(workers=1), "runner": here, **more}).run()


def counts(said: LastRun) -> tuple[int, ...]:
    return len(said.done), len(said.unchanged), len(said.failed), len(said.refused)


def files(place: Path) -> list[str]:
    out = place / "out"
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def entry(place: Path, account: str = "shop") -> dict:
    return json.loads((place / "out" / "run.json").read_text())["accounts"][account]


def test_the_files_of_a_run(place):
    assert counts(run(place)) == (1, 0, 0, 0)
    assert set(files(place)) >= {
        "index.html", "run.json", f"{FOLDER}/01_tiny.html", f"{FOLDER}/.done/01_tiny.json", f"{FOLDER}/result.json",
    }  # fmt: skip
    assert entry(place) == {"state": "reported", "reason": "", "folders": [FOLDER], "failed": []}


def test_a_second_run_makes_nothing_and_changes_no_byte(place):
    run(place)
    before = {name: (place / "out" / name).read_bytes() for name in files(place)}
    assert counts(run(place)) == (0, 1, 0, 0)
    assert {name: (place / "out" / name).read_bytes() for name in files(place)} == before


def test_only_what_is_missing_or_changed_is_made(place):
    write_notebook(place / "notebooks", "02_other", "1", RECORDS)
    assert counts(run(place)) == (2, 0, 0, 0)
    (place / "out" / FOLDER / "02_other.html").unlink()
    said = run(place)
    assert [one.notebook.stem for one in said.done] == ["02_other"]
    write_shop(place / "data", toml='marketplace = "US"\nlabel = "Another name"\n')
    assert counts(run(place)) == (2, 0, 0, 0)


def test_a_failure_has_a_page_a_line_in_the_index_and_no_data(place):
    write_notebook(place / "notebooks", "02_bad", FAILS, RECORDS)
    said = run(place)
    assert counts(said) == (1, 0, 1, 0)
    page = (place / "out" / FOLDER / "02_bad.failed.html").read_text(encoding="utf-8")
    made = Page(page)
    assert made.only("h1").text == "This report was not made"
    assert [one.text for one in made.all("dd")] == ["02_bad", "3", "ValueError"]
    assert made.all("a")[0].attributes["href"] == "../../../index.html"
    assert SECRET.encode() not in b"".join((place / "out" / name).read_bytes() for name in files(place))
    assert entry(place)["state"] == "failed"
    assert entry(place)["failed"] == [
        {
            "folder": FOLDER,
            "notebook": "02_bad",
            "cell": 3,
            "error": "ValueError",
            "cause": "CELL",
            "told": "cell 3 ended with ValueError; no new page was made. Open the notebook to see why.",
            "page": f"{FOLDER}/02_bad.failed.html",
        }
    ]
    index = Page((place / "out" / "index.html").read_text(encoding="utf-8"))
    assert f"{FOLDER}/02_bad.failed.html" in [link.attributes.get("href") for link in index.all("a")]


def test_an_old_page_stays_when_the_next_run_fails_and_a_later_one_heals_it(place):
    run(place)
    page = place / "out" / FOLDER / "01_tiny.html"
    before = page.read_bytes()
    write_notebook(place / "notebooks", "01_tiny", FAILS)
    assert counts(run(place)) == (0, 0, 1, 0)
    assert page.read_bytes() == before
    index = (place / "out" / "index.html").read_text(encoding="utf-8")
    assert "the last run failed" in index
    write_notebook(place / "notebooks", "01_tiny", "1", RECORDS)
    assert counts(run(place)) == (1, 0, 0, 0)
    assert "the last run failed" not in (place / "out" / "index.html").read_text(encoding="utf-8")
    assert f"{FOLDER}/01_tiny.failed.html" not in files(place)


def test_an_account_of_its_own_run_does_not_make_the_index_forget_the_others(place):
    write_shop(place / "data", "second")
    assert counts(run(place)) == (2, 0, 0, 0)
    assert counts(run(place, accounts=["second", "second"])) == (0, 1, 0, 0)
    index = (place / "out" / "index.html").read_text(encoding="utf-8")
    assert f"{FOLDER}/01_tiny.html" in index
    assert "2026-03-01/second/US/01_tiny.html" in index


def test_a_refused_account_is_named_and_the_others_are_finished(place):
    put(place / "data", {"orders.tsv": f"what\tis\n1\t{SECRET}\n"}, name="bad")
    said = run(place)
    assert counts(said) == (1, 0, 0, 1)
    assert entry(place, "bad")["state"] == "refused"
    assert entry(place, "bad")["reason"].startswith("bad/orders.tsv, row 1: expected the header")
    index = (place / "out" / "index.html").read_text(encoding="utf-8")
    assert "bad/orders.tsv, row 1" in index
    assert SECRET not in index


def test_stopped_it_leaves_what_is_finished_and_says_so(place):
    write_notebook(place / "notebooks", "02_other", "1", RECORDS)

    def stop(event) -> None:
        if type(event).__name__ == "Done":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(place, tell=stop)
    assert "index.html" in files(place)
    assert f"{FOLDER}/01_tiny.html" in files(place)
    said = run(place)
    assert ([one.notebook.stem for one in said.unchanged], [one.notebook.stem for one in said.done]) == (
        ["01_tiny"],
        ["02_other"],
    )


def test_what_every_run_needs_is_asked_for_first(place):
    for lacking, words in (("data", "account.toml"), ("notebooks", "--notebooks")):
        with pytest.raises(InputError, match=words):
            run(place, **{lacking: str(place / "gone") if lacking == "data" else place / "gone"})
    assert not (place / "out").exists()


def test_a_disk_that_is_full_while_a_report_is_made_ends_the_run(place, monkeypatch):
    import errno

    def full(tasks, limits, home):
        raise OSError(errno.ENOSPC, "full")
        yield

    with pytest.raises(OutputError, match="the disk is full") as caught:
        run(place, runner=full)
    assert caught.value.code == 74


@pytest.mark.parametrize(
    ("causes", "refused", "code"),
    [
        ([], [], 0),
        ([], [None], 65),
        ([Cause.CELL], [None], 1),
        ([Cause.CELL, Cause.DIED], [], 70),
        ([Cause.MEMORY], [], 70),
        ([Cause.DIED, Cause.DEADLINE], [], 124),
        ([], [Cause.DEADLINE], 124),
        ([], [Cause.DIED, None], 70),
    ],
)
def test_the_gravest_cause_is_what_a_run_ends_with(causes, refused, code):
    said = LastRun()
    for cause in causes:
        said.take(Failed(job=job(), cell=1, error="E", cause=cause))
    for cause in refused:
        said.take(Refused(account="a", reason="r", cause=cause))
    assert exit_code(said) == code


def test_every_cause_has_a_code():
    assert set(batches.CODES) == {*Cause, None}


def test_a_notebook_that_is_not_asked_for_any_more_speaks_no_longer(place):
    write_notebook(place / "notebooks", "02_other", "1", RECORDS)
    run(place)
    write_shop(place / "data", toml='marketplace = "US"\nnotebooks = ["01_tiny"]\n')
    assert counts(run(place)) == (1, 0, 0, 0)
    assert list(json.loads((place / "out" / FOLDER / "result.json").read_text())["notebooks"]) == ["01_tiny"]
    assert f"{FOLDER}/.done/02_other.json" not in files(place)


def test_a_failure_before_a_stop_is_told(place):
    write_notebook(place / "notebooks", "00_bad", FAILS)

    def stop(event) -> None:
        if type(event).__name__ == "Failed":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(place, tell=stop)
    assert [one["notebook"] for one in entry(place)["failed"]] == ["00_bad"]


def test_the_page_of_a_failure_goes_when_the_old_report_is_right_again(place):
    run(place)
    write_notebook(place / "notebooks", "01_tiny", FAILS)
    run(place)
    assert f"{FOLDER}/01_tiny.failed.html" in files(place)
    write_notebook(place / "notebooks", "01_tiny", RECORDS)
    run(place)
    assert f"{FOLDER}/01_tiny.failed.html" not in files(place)


@pytest.mark.parametrize("kind", ["folder", "bytes", "link"])
def test_a_notebook_that_cannot_be_opened_is_a_sentence(place, kind):
    odd = place / "notebooks" / "02_b.ipynb"
    {"folder": odd.mkdir, "bytes": lambda: odd.write_bytes(b"\xff"), "link": lambda: odd.symlink_to("gone")}[kind]()
    with pytest.raises(InputError, match=r"02_b\.ipynb: expected a notebook in UTF-8 that can be opened"):
        run(place)
