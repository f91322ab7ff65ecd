"""The timer and its service: every key known to systemd, every path in its place, exit codes as they are meant."""

import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from sellerhealth.report.batch import CODES
from sellerhealth.report.outcome import Cause
from tests.schedules.place import SCHEDULES, Place, place
from tests.schedules.words import taken

ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="there is no systemd-analyze on the PATH")


def unit(name: str) -> RawConfigParser:
    """A unit file; a key given twice is an error."""
    read = RawConfigParser(strict=True, delimiters=("=",))
    read.optionxform = str
    read.read_string((SCHEDULES / name).read_text(encoding="utf-8"))
    return read


SERVICE, TIMER = unit("sellerhealth.service"), unit("sellerhealth.timer")


def verify(folder: Path, here: Place) -> str:
    for name in ("sellerhealth.service", "sellerhealth.timer"):
        (folder / name).write_text(here.text(name))
    units = [folder / "sellerhealth.service", folder / "sellerhealth.timer"]
    return subprocess.run([ANALYZE, "verify", *units], capture_output=True, text=True, check=False).stderr


@needs_systemd
def test_systemd_has_nothing_to_say_against_them(tmp_path):
    assert verify(tmp_path, place(tmp_path / "sellerhealth")) == ""


@needs_systemd
def test_systemd_would_say_what_is_wrong(tmp_path):
    here = place(tmp_path / "sellerhealth")
    (here.home / ".venv/bin/sellerhealth").unlink()
    assert "is not executable" in verify(tmp_path, here)


@needs_systemd
def test_it_runs_every_monday_at_six():
    shown = subprocess.run(
        [ANALYZE, "calendar", "--base-time=2026-11-23 06:00:00 UTC", "--iterations=2", TIMER["Timer"]["OnCalendar"]],
        env={"TZ": "UTC", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Mon 2026-11-30 06:00:00 UTC" in shown.stdout
    assert "Mon 2026-12-07 06:00:00 UTC" in shown.stdout


def test_a_monday_the_machine_was_off_is_made_up_for():
    assert (TIMER["Timer"]["Persistent"], TIMER["Install"]["WantedBy"]) == ("true", "timers.target")


def test_the_command_line_takes_its_words():
    program, *words = SERVICE["Service"]["ExecStart"].split()
    command, given = taken(words)
    assert (program, command) == ("/srv/sellerhealth/.venv/bin/sellerhealth", "report")
    assert given == {"data": "data", "out": "reports", "workers": "2", "memory": "1500"}


def test_all_accounts_that_run_at_once_have_room():
    _, given = taken(SERVICE["Service"]["ExecStart"].split()[1:])
    most = int(SERVICE["Service"]["MemoryMax"].removesuffix("G")) * 1000
    assert int(given["workers"]) * int(given["memory"]) < most


def test_only_a_process_that_died_is_tried_again_and_a_stop_is_no_failure():
    """Whatever else a run ends with needs a person, and 75 nobody."""
    fine, final = (
        {int(code) for code in SERVICE["Service"][key].split()}
        for key in ("SuccessExitStatus", "RestartPreventExitStatus")
    )
    assert fine == {75, 143}
    tried_again = {code for code in CODES.values() if code not in fine | final}
    assert tried_again == {CODES[Cause.DIED], CODES[Cause.MEMORY]} == {70}
    assert {73, 74} <= final


def test_it_writes_where_it_must_and_has_a_private_place_for_the_rest():
    service = SERVICE["Service"]
    assert service["ReadWritePaths"].split() == ["/srv/sellerhealth/data", "/srv/sellerhealth/reports"]
    assert [service[key] for key in ("PrivateTmp", "ProtectSystem", "UMask")] == ["true", "strict", "0077"]
    assert service["Environment"] == f"XDG_CACHE_HOME=/var/cache/{service['CacheDirectory']}"


def test_the_digest_is_sent_however_the_reports_ended():
    program = SERVICE["Service"]["ExecStopPost"].split()[0]
    assert program == "-/srv/sellerhealth/docs/schedules/send-digest"
    assert (SCHEDULES / "send-digest").stat().st_mode & 0o111
