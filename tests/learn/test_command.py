"""`sellerhealth explain` and `sellerhealth lesson`: what they print, and what they end with."""

import io
import sys

import pytest
from rich.console import Console

from sellerhealth import cli
from tests.report.whole import ROOT


@pytest.fixture
def say(monkeypatch, capsys):
    # A kernel that ran in this process before has told it that it is a terminal.
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["sellerhealth", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return (ended.value.code, *capsys.readouterr())

    return run


@pytest.mark.parametrize("word", ["odr", "ODR", "order_defect_rate", "Order Defect Rate", "order defect rate"])
def test_a_metric_is_explained_by_any_of_its_names(say, word):
    code, told, aside = say("explain", word)
    assert (code, aside) == (0, "")
    assert told.startswith("Order Defect Rate (order_defect_rate)\nQuestion: Of all orders, how many ended in ")
    for line in ("Window: 60 days [", "Target: below 1 % [", "- An order with several defects counts once.\n"):
        assert f"\n{line}" in told


def test_under_the_other_policy_it_says_that(say):
    told = say("explain", "odr", "--policy", "amazon-2026")[1]
    assert "\nWindow: 60 days, ending 15 days before the day looked at [" in told


def test_all_are_explained_the_state_too(say):
    told = say("explain")[1]
    assert "\nPolicy violations (policy_violations)\n" in told
    assert told.count("\nQuestion: ") == 12


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("explain", "order_defect"), "Did you mean order_defect_rate?"),
        (("explain", "policy_violation"), "Did you mean policy_violations?"),
        (("explain", "odrr"), "Did you mean order_defect_rate?"),
        (("explain", "[b]"), "Check the spelling."),
        (("lesson", "--metric", "order_defect"), "Did you mean order_defect_rate?"),
    ],
)
def test_a_near_miss_is_one_sentence(say, tmp_path, words, told):
    more = ("--data", ROOT / "data", "--out", tmp_path) if words[0] == "lesson" else ()
    code, out, aside = say(*words, *more)
    assert (code, out) == (65, "")
    assert told in aside
    assert aside.count("\n") == 1


def test_in_a_terminal_terms_stand_beside_what_they_say(say, monkeypatch):
    shown = io.StringIO()
    terminal = Console(file=shown, force_terminal=True, width=100, highlight=False, soft_wrap=True, emoji=False)
    monkeypatch.setattr(cli, "out_console", terminal)
    say("explain", "odr")
    lines = shown.getvalue().splitlines()
    assert "Order Defect Rate (order_defect_rate)" in lines[0]
    assert any("\x1b[1mWindow" in line and "60 days" in line for line in lines)
    plain = [line.replace("\x1b[1m", "").replace("\x1b[0m", "").replace("\x1b[3m", "") for line in lines]
    assert max(map(len, plain)) <= 100


def test_lessons_are_written(say, notebooks, tmp_path):
    where = ("--data", ROOT / "data", "--notebooks", notebooks, "--out", tmp_path / "out")
    code, told, aside = say("lesson", *where, "--metric", "feedback_rating", "--seed", "2")
    assert (code, aside) == (0, "")
    assert told == f"4 pages. Open {tmp_path / 'out' / 'index.html'}.\n"
    assert (tmp_path / "out" / "crib_feedback_rating.html").is_file()


def test_where_nothing_can_be_written_it_says_so(say, notebooks, tmp_path):
    (tmp_path / "out").write_text("a file")
    where = ("--data", ROOT / "data", "--notebooks", notebooks, "--out", tmp_path / "out")
    code, told, aside = say("lesson", *where, "--metric", "feedback_rating")
    assert (code, told) == (73, "")
    assert aside == f"{tmp_path / 'out'}: expected a folder that can be written. Name another with --out.\n"
