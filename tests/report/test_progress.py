"""A batch while it runs: a bar in a terminal, lines in a log, events for a program."""

import io
import json
import os
import pty
import subprocess
import sys
import threading

import pytest
from rich.console import Console

from sellerhealth.report.outcome import Cause, Done, Planned, Refused, Unchanged
from sellerhealth.report.progress.shown import Bar, Events, Lines, progress
from sellerhealth.report.progress.tally import Tally
from tests.report.events import REFUSED, began, done, failed, job, lines, planned, unchanged


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def screen(*events, accounts: int = 1, width: int = 80, minutes: float = 0) -> list[str]:
    """What the bar shows after these events, the last of which comes after so many minutes."""
    console = Console(file=io.StringIO(), width=width, soft_wrap=True)
    now = iter([0.0, *[minutes * 60] * 99])
    bar = Bar(accounts, console, clock=lambda: next(now))
    for event in events:
        bar._tally.take(event)
    console.print(bar._drawn(), soft_wrap=False)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("events", "line"),
    [
        ([planned(1), done(1)], "shop: 1 report."),
        ([planned(1, 2), done(1), done(2)], "shop: 2 reports."),
        ([planned(1, 2), done(1), unchanged(2)], "shop: 2 reports, 1 unchanged."),
        ([planned(1, 2), unchanged(1), unchanged(2)], "shop: 2 reports, unchanged."),
        ([planned(1), unchanged(1)], "shop: 1 report, unchanged."),
    ],
)
def test_a_log_has_one_line_for_each_finished_account(events, line):
    assert lines(*events) == [line]


def test_an_account_whose_reports_have_not_all_ended_is_not_finished():
    assert lines(planned(1, 2), began(1), done(1), began(2)) == []


def test_a_failure_is_told_at_once_and_counted_at_the_end():
    told = (
        "Failed: shop, US, 01_tiny. cell 3 ended with ValueError; no new page was made. Open the notebook to see why."
    )
    assert lines(planned(1, 2), failed(1)) == [told]
    assert lines(planned(1, 2), failed(1), done(2)) == [told, "shop: 1 report, 1 failed."]
    assert lines(planned(1), failed(1)) == [told, "shop: no report, 1 failed."]


def test_a_refusal_is_told_at_once():
    assert lines(REFUSED) == ["Not reported: shop-b. shop-b/account.toml: expected a country. Name one."]


def test_accounts_that_run_beside_each_other_each_have_their_line():
    events = [planned(1, 2), planned(1, 2, account="b"), done(1), done(1, "b"), done(2, "b"), done(2)]
    assert lines(*events) == ["b: 2 reports.", "shop: 2 reports."]


def test_an_account_that_is_planned_again_after_its_process_died_is_counted_once():
    events = [planned(1, 2, 3), done(1), failed(2, reason="It died.", cause=Cause.DIED), planned(1, 2, 3), done(3)]
    assert lines(*events) == ["Failed: shop, US, 02_tiny. It died.", "shop: 2 reports, 1 failed."]


def test_marketplaces_of_an_account_are_told_together():
    jobs = [job(1), job(1, marketplace="CA")]
    events = [Planned(account="shop", jobs=jobs), *(Unchanged(job=one) for one in jobs)]
    assert lines(*events) == ["shop: 2 reports, unchanged."]


def test_a_reason_cannot_start_a_line_clear_a_screen_or_use_markup():
    reason = "[b]x[/b]\r\nshop: 11 reports.\x1b[2J\u202eeman"
    assert lines(Refused(account="a", reason=reason)) == [
        "Not reported: a. [b]x[/b] shop: 11 reports.\ufffd[2J\ufffdeman"
    ]


def test_a_log_that_cannot_hold_a_sign_has_its_number():
    raw = io.BytesIO()
    with Lines(1, Console(file=io.TextIOWrapper(raw, encoding="ascii"))) as told:
        told.tell(Refused(account="é日", reason="No."))
    assert raw.getvalue() == b"Not reported: \\xe9\\u65e5. No.\n"


def test_every_event_is_a_line_of_json_with_the_same_keys_first():
    shown = [json.loads(line) for line in lines(planned(1, 2), began(1), done(1), failed(2), REFUSED, shown=Events)]
    where = {"account": "shop", "marketplace": "US", "as_of": "2026-03-01"}
    first, second = {**where, "notebook": "01_tiny"}, {**where, "notebook": "02_tiny"}
    told = "cell 3 ended with ValueError; no new page was made. Open the notebook to see why."
    assert shown == [
        {"event": "planned", "account": "shop", "done": 0, "failed": 0, "planned": 2},
        {"event": "began", **first, "done": 0, "failed": 0, "planned": 2},
        {"event": "done", **first, "done": 1, "failed": 0, "planned": 2},
        {"event": "failed", **second, "done": 1, "failed": 1, "planned": 2}
        | {"cell": 3, "error": "ValueError", "cause": "CELL", "told": told},
        {"event": "refused", "account": "shop-b", "done": 1, "failed": 1, "planned": 2}
        | {"cause": None, "told": REFUSED.reason},
    ]


def test_a_report_that_was_there_is_done():
    assert json.loads(lines(planned(1), unchanged(1), shown=Events)[-1])["done"] == 1


def test_events_hold_no_page_and_stay_on_their_lines():
    events = [planned(1), done(1, page=b"<p>secret"), Refused(account="é\n", reason="a\nb\u2028")]
    told = lines(*events, shown=Events)
    assert (len(told), "secret" in str(told), str(told).isascii()) == (3, False, True)
    assert json.loads(told[-1])["told"] == "a\nb\u2028"


@pytest.mark.parametrize(
    ("minutes", "left"),
    [(0.1, "less than a minute left"), (1, "about 1 minute left"), (20, "about 20 minutes left")],
)
def test_the_bar_tells_how_far_it_is_what_runs_and_the_time_left(minutes, left):
    events = [planned(*range(1, 5)), done(1), failed(2), began(3), began(4)]
    assert screen(*events, minutes=minutes) == [
        "━" * 30,
        f"2 of 4 reports · 1 failed · {left}",
        "shop 03_tiny, shop 04_tiny",
    ]


def test_reports_that_were_there_say_nothing_of_the_time_the_others_take():
    assert screen(planned(1, 2, 3), unchanged(1), began(2), minutes=9)[1:] == ["1 of 3 reports", "shop 02_tiny"]
    assert screen(planned(1, 2, 3), unchanged(1), done(2), minutes=9)[1:] == ["2 of 3 reports · about 9 minutes left"]


def test_accounts_that_are_not_read_yet_are_guessed_and_refused_ones_are_not():
    assert screen(accounts=4)[1:] == ["Reading the accounts."]
    assert screen(planned(1, 2), planned(1, 2, 3, account="b"), accounts=4)[1:] == ["0 of about 10 reports"]
    refusals = [Refused(account=name, reason="") for name in ("c", "d")]
    assert screen(planned(1, 2), planned(1, 2, 3, account="b"), *refusals, accounts=4)[1:] == ["0 of 5 reports"]


def test_of_an_account_that_is_refused_while_it_runs_no_more_is_awaited():
    events = [planned(1, 2, 3), done(1), began(2), Refused(account="shop", reason="It died.")]
    assert screen(*events)[1:] == ["1 of 1 report"]


@pytest.mark.parametrize("width", [24, 10, 1])
def test_the_bar_fits_a_narrow_terminal(width):
    shown = screen(planned(1, 2), done(1), began(2, "a-name-longer-than-the-screen"), width=width)
    assert max(map(len, shown)) <= width


def test_a_name_with_markup_is_text_in_the_bar():
    assert screen(planned(1, account="[b]x[/b]"), began(1, "[b]x[/b]"))[-1] == "[b]x[/b] 01_tiny"


def test_above_the_bar_failures_are_told_and_the_cursor_comes_back():
    console = Console(file=Terminal(), width=40, force_terminal=True, soft_wrap=True, _environ={"TERM": "xterm"})
    with pytest.raises(KeyboardInterrupt), Bar(1, console) as bar:  # noqa: PT012
        bar.tell(planned(1))
        bar.tell(Refused(account="[b]", reason="No."))
        raise KeyboardInterrupt
    text = console.file.getvalue()
    assert "Not reported: [b]. No.\n" in text
    assert (text.count("\x1b[?25l"), text.rstrip().endswith("\x1b[?25h")) == (1, True)


def test_the_bar_starts_no_thread_and_takes_no_stream():
    console, streams, before = Console(file=Terminal(), force_terminal=True), (sys.stdout, sys.stderr), set()
    before.update(threading.enumerate())
    with Bar(1, console) as bar:
        bar.tell(planned(1))
        assert set(threading.enumerate()) == before
        assert (sys.stdout, sys.stderr) == streams


@pytest.mark.parametrize(
    ("file", "term", "as_json", "shown"),
    [
        (Terminal(), "xterm", False, Bar),
        (Terminal(), "dumb", False, Lines),
        (io.StringIO(), "xterm", False, Lines),
        (Terminal(), "xterm", True, Events),
        (io.StringIO(), "xterm", True, Events),
    ],
)
def test_the_console_decides_how_it_is_shown(file, term, as_json, shown):
    console = Console(file=file, _environ={"TERM": term})
    assert type(progress(accounts=1, as_json=as_json, console=console)) is shown


def test_a_log_stays_plain_where_colours_are_forced():
    """As a build server does; there a bar would be a thousand lines."""
    console = Console(file=io.StringIO(), force_terminal=True, _environ={"TERM": "xterm", "FORCE_COLOR": "1"})
    with progress(accounts=1, as_json=False, console=console) as shown:
        shown.tell(planned(1))
        shown.tell(done(1))
    assert console.file.getvalue() == "shop: 1 report.\n"


LOOP = """
import sys
from rich.console import Console
from sellerhealth.report.outcome import Refused
from sellerhealth.report.progress.shown import progress
with progress(accounts=1, as_json={as_json}, console=Console()) as shown:
    for number in range(2000):
        shown.tell(Refused(account=str(number), reason="x" * 100))
print("more")
print("went on", file=sys.stderr)
"""


@pytest.mark.parametrize("as_json", [True, False])
def test_a_reader_that_goes_away_does_not_end_the_batch(as_json):
    words = [sys.executable, "-c", LOOP.format(as_json=as_json)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout.readline()
        run.stdout.close()
        said = run.stderr.read()
    assert (said, run.returncode) == ("went on\n", 0)


def test_a_terminal_that_is_closed_does_not_end_the_batch():
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as file:
        with progress(accounts=9, as_json=False, console=Console(file=file, _environ={"TERM": "xterm"})) as bar:
            bar.tell(planned(1, 2))
            os.close(ours)
            with pytest.raises(OSError, match="Input/output error"):
                os.write(theirs, b"x")
            for event in (REFUSED, began(1), done(1)):
                bar.tell(event)
        assert isinstance(bar, Bar)


def test_a_long_batch_is_counted_without_keeping_its_pages():
    tally = Tally(accounts=1)
    tally.take(planned(1))
    tally.take(done(1, page=b"x" * 1000))
    tally.take(done(1, page=b"x" * 1000))
    assert (tally.ended, tally.number(Done), tally.total) == ({job(1).key: Done}, 1, 1)
