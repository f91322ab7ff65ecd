"""The workflow of GitHub Actions: its shape, and each of its commands run."""

import os
import re
import subprocess

import pytest
import yaml

from tests.schedules.place import ROOT, SCHEDULES, Place, place, script
from tests.schedules.words import taken

WORKFLOW = yaml.safe_load((SCHEDULES / "github-actions.yml").read_text(encoding="utf-8"))
JOB = WORKFLOW["jobs"]["report"]
STEPS = {step["name"]: step for step in JOB["steps"] if "name" in step}


@pytest.fixture
def here(tmp_path) -> Place:
    made = place(tmp_path / "sellerhealth")
    (made.home / "accounts").mkdir()
    return made


def run(here: Place, name: str) -> subprocess.CompletedProcess[str]:
    """A step as the runner runs it: bash that stops at the first error."""
    environment = {"PATH": f"{here.home}/bin:{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(here.home / "summary")}
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
    return subprocess.run(words, cwd=here.home, env=environment, capture_output=True, text=True, check=False)


def test_it_runs_every_monday_at_six_and_by_hand():
    begins = WORKFLOW[True]  # YAML 1.1 reads `on` as a truth
    assert begins == {"schedule": [{"cron": "0 6 * * 1"}], "workflow_dispatch": None}


def test_it_may_read_and_nothing_else():
    assert set(WORKFLOW["permissions"].values()) == {"read"}
    kept = [step["with"] for step in JOB["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert [given["persist-credentials"] for given in kept] == [False, False]


def test_two_runs_do_not_meet_and_one_ends():
    assert (WORKFLOW["concurrency"], JOB["timeout-minutes"]) == ({"group": "account-health"}, 60)


def test_every_action_is_github_s_own_and_has_a_version():
    used = [step["uses"] for step in JOB["steps"] if "uses" in step]
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", name)] == []


def test_a_secret_is_handed_to_an_action_and_never_to_a_command():
    assert [name for name, step in STEPS.items() if "${{" in step.get("run", "")] == []


def test_it_sets_up_what_the_makefile_knows(here):
    target = STEPS["Set up sellerhealth"]["run"].removeprefix("make ")
    shown = subprocess.run(
        ["make", "--dry-run", "--always-make", target], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "pip install" in shown.stdout


def test_the_reports_are_made_of_the_accounts_that_were_checked_out(here):
    assert run(here, "Make the reports").returncode == 0
    [words] = here.calls
    places = [step["with"]["path"] for step in JOB["steps"] if "path" in step.get("with", {})]
    assert taken(words) == ("report", {"data": places[0], "out": places[1]})


def test_a_failed_report_fails_the_job_and_the_reports_are_kept(tmp_path):
    assert run(place(tmp_path / "sellerhealth", ends=65), "Make the reports").returncode == 65
    assert STEPS["Keep the reports"]["if"] == STEPS["Show the digest"]["if"] == "${{ !cancelled() }}"


def test_the_digest_is_shown(here):
    run(here, "Show the digest")
    assert (here.home / "summary").read_text() == "ACCOUNT HEALTH\n"


@pytest.mark.parametrize(("ends", "said"), [(0, ""), (1, "There are none yet.\n")])
def test_the_reports_of_the_last_run_are_fetched_where_there_are_any(here, ends, said):
    script(here.home / "bin/gh", f'echo "$@" > {here.home}/asked', f"exit {ends}")
    told = run(here, "Fetch the reports of the last run")
    assert (told.returncode, told.stdout) == (0, said)
    assert (here.home / "asked").read_text() == "run download --name reports --dir reports\n"


def test_what_is_kept_is_what_is_fetched_with_the_marks_of_what_is_done():
    kept = STEPS["Keep the reports"]["with"]
    assert (kept["name"], kept["path"], kept["include-hidden-files"]) == ("reports", "reports", True)
