"""The crontab: read as cron reads it, run as cron runs it."""

import re
import subprocess
from itertools import product
from pathlib import Path

import pytest

from tests.schedules.place import SCHEDULES, place, script
from tests.schedules.words import taken

FIELDS = {"minute": range(60), "hour": range(24), "day": range(1, 32), "month": range(1, 13), "weekday": range(7)}
MESSAGE = "From: reports@example.com\r\nTo: team@example.com\r\nSubject: Account health\r\n\r\nAll good.\r\n"


def entries(text: str) -> list[str]:
    """The lines that are neither comments nor settings."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [line for line in lines if not re.match(r"[A-Z]+=\S+$", line)]


def times(entry: str) -> set[tuple[int, ...]]:
    """All the moments a line stands for; it takes numbers and stars only."""
    fields = entry.split(None, 5)[:5]
    spans = [
        list(allowed) if field == "*" else [int(field)] for field, allowed in zip(fields, FIELDS.values(), strict=True)
    ]
    for span, allowed in zip(spans, FIELDS.values(), strict=True):
        assert set(span) <= set(allowed)
    return set(product(*spans))


def command(text: str) -> str:
    (entry,) = entries(text)
    return entry.split(None, 5)[5]


def test_it_runs_every_monday_at_six():
    (entry,) = entries((SCHEDULES / "crontab").read_text())
    assert {(minute, hour, weekday) for minute, hour, _, _, weekday in times(entry)} == {(0, 6, 1)}
    assert len(times(entry)) == 31 * 12


def test_cron_reads_the_whole_line():
    """An unescaped per cent sign would end it, and a file without a last line end is refused."""
    text = (SCHEDULES / "crontab").read_text()
    assert "%" not in text
    assert text.endswith("\n")
    assert max(map(len, text.splitlines())) < 998


def ran(tmp_path: Path, ends: int) -> tuple[str, str, list[list[str]]]:
    """What cron would mail, what sendmail was given, and how sellerhealth was called."""
    here = place(tmp_path / "sellerhealth", ends=ends, says="demo-us: 10 reports, 1 failed.")
    script(tmp_path / "sendmail", f'echo "$@" > {tmp_path}/options', f"cat > {tmp_path}/sent")
    told = subprocess.run(
        ["/bin/sh", "-c", command(here.text("crontab"))],
        env={"SENDMAIL": str(tmp_path / "sendmail"), "PATH": "/usr/local/bin:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (tmp_path / "options").read_text() == "-t -oi\n"
    return told.stdout + told.stderr, (tmp_path / "sent").read_bytes().decode(), here.calls


def test_when_all_is_well_cron_has_nothing_to_mail_and_the_digest_is_sent(tmp_path):
    assert ran(tmp_path, 0) == ("", MESSAGE, [["report", "--data", "data", "--out", "reports"]])


@pytest.mark.parametrize("ends", [1, 65, 143])
def test_when_a_report_is_missing_cron_mails_the_log_and_the_digest_is_sent(tmp_path, ends):
    told, sent, _ = ran(tmp_path, ends)
    assert told == f"sellerhealth ended with {ends}:\ndemo-us: 10 reports, 1 failed.\n"
    assert sent == MESSAGE


def test_the_command_line_takes_its_words(tmp_path):
    _, _, [words] = ran(tmp_path, 0)
    assert taken(words) == ("report", {"data": "data", "out": "reports"})


def test_without_a_digest_nothing_is_sent_and_it_says_so(tmp_path):
    here = place(tmp_path / "sellerhealth")
    (here.home / "reports/digest.eml").unlink()
    script(tmp_path / "sendmail", f"cat > {tmp_path}/sent")
    told = subprocess.run(
        [SCHEDULES / "send-digest", here.home / "reports", "a@example.com", "b@example.com"],
        env={"SENDMAIL": str(tmp_path / "sendmail"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "digest.eml" in told.stderr
