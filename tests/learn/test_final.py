"""The final check: drawn by a seed, each right answer found again by plain Python from what the question says."""

import os
import re
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from sellerhealth import METRICS, open_account, policy
from sellerhealth.definition.target import Condition
from sellerhealth.demo.dice import Dice
from sellerhealth.learn import drawn
from sellerhealth.learn.final import MAKERS, MOST, final, questions
from sellerhealth.report.pages.blocks import QUESTIONS, TAGS, clean
from tests.report.markup import Page
from tests.report.whole import ROOT
from tests.sources.folder import put

HANDBOOK = policy("handbook")
SEEDS = range(1, 4 + int(os.environ.get("SELLERHEALTH_TRUTH", "0")))
DAY = r"(\d{1,2} [A-Z][a-z]{2} \d{4})"
COUNTS = r"\((?:at least |at most )?([\d,]+) of ([\d,]+)\)"


@pytest.fixture(scope="module")
def account():
    return open_account(ROOT / "data", "demo-us")


@pytest.fixture(scope="module")
def drawn_by_seed(account):
    return {seed: questions(HANDBOOK, account, account.day(""), seed) for seed in SEEDS}


def day(text: str) -> date:
    return datetime.strptime(text, "%d %b %Y").date()


def numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


def is_met(metric, numerator: int, denominator: int) -> bool:
    goal, figure = metric.terms.target.value, Fraction(numerator, denominator)
    return {
        Condition.LESS_THAN: figure < goal, Condition.GREATER_THAN: figure > goal, Condition.AT_LEAST: figure >= goal,
    }[metric.terms.target.condition]  # fmt: skip


def gone_on(name: str, asks: str) -> str:
    """The day after the last one on which a window that ends so many days ago still holds it."""
    metric, own = HANDBOOK[name], day(re.search(rf"Its day is {DAY}", asks)[1])
    looked = own
    while True:
        looked += timedelta(days=1)
        end = looked - timedelta(days=metric.terms.lag_days)
        if metric.terms.is_weekly:
            while end.weekday() != 6:
                end -= timedelta(days=1)
        if end - timedelta(days=metric.window_days) >= own:
            return looked


def borne(name: str, asks: str) -> int:
    """One defect after another, until the target breaks."""
    metric = HANDBOOK[name]
    top, bottom = (int(number.replace(",", "")) for number in re.search(COUNTS, asks).groups())
    step, more = (-1 if metric.definition.condition.more_is_good else 1), 0
    while is_met(metric, top + step * (more + 1), bottom):
        more += 1
    return more


def then(asks: str) -> tuple[int, int]:
    was = [int(number.replace(",", "")) for number in re.search(COUNTS, asks).groups()]
    out, into = numbers(asks.partition("Out of the window")[2])[:4][:2], numbers(asks.partition("Into it")[2])[:2]
    return was[0] - out[1] + into[1], was[1] - out[0] + into[0]


def verdict(name: str, asks: str) -> bool:
    """Whether what the brackets tell makes a defect, by the handbook."""
    told = dict(part.split(": ", 1) for part in re.search(r"\((.*?)\)\. What is it", asks)[1].split("; "))
    first, second = (*told.values(), "")[:2]
    if name == "late_dispatch_rate":
        return day(second) - day(first) >= timedelta(days=3)
    if name == "on_time_delivery_rate":
        return day(second) > day(first)
    if name == "customer_service_rating":
        return int(first) < 6
    moments = [datetime.strptime(one, "%a %d %b %Y, %H:%M") for one in (first, second)]
    return moments[1] - moments[0] > timedelta(hours=24)


KINDS = {
    "A notification (": lambda _, asks: f"{day(re.search(DAY, asks)[1]) + timedelta(days=180):%-d %b %Y}",
    "is it gone from": lambda name, asks: f"{gone_on(name, asks):%-d %b %Y}",
    "By which day": lambda _, asks: re.search(DAY, asks)[1],
    "may turn into": lambda name, asks: f"{borne(name, asks):,}",
    "is exactly": lambda name, asks: "Yes." if is_met(HANDBOOK[name], *numbers(asks)[:2]) else "No.",
    "Out of the window": lambda _, asks: "{:,} of {:,}".format(*then(asks)),
    "What is it for": lambda name, asks: f"Counted, and {'a' if verdict(name, asks) else 'no'}",
    "does the page of this account show": lambda _, __: "No figure",
}
"""By words of the question: the beginning of the right answer, found from the question alone."""


def expected(asked) -> str:
    name = next((one.name for one in METRICS.values() if one.label == asked.label), "")
    (kind,) = [kind for kind in KINDS if kind in asked.question.asks]
    return KINDS[kind](name, asked.question.asks)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_right_answer_is_found_again(drawn_by_seed, seed):
    for asked in drawn_by_seed[seed]:
        assert expected(asked) in asked.question.right.text, asked.question.asks


@pytest.mark.parametrize("seed", SEEDS)
def test_every_metric_is_asked_and_every_answer_tells_something(drawn_by_seed, seed):
    asked = drawn_by_seed[seed]
    assert len(asked) == 13
    assert len({one.label for one in asked}) == 13
    for answer in (answer for one in asked for answer in one.question.answers):
        assert answer.told[-1] == "."
        assert answer.is_right or answer.idea[-1] == "."
    assert len({one.question.asks for one in asked}) == 13


def test_a_seed_draws_the_same_and_another_draws_others(drawn_by_seed, account):
    assert questions(HANDBOOK, account, account.day(""), 1) == drawn_by_seed[1]
    same = [one for one, other in zip(drawn_by_seed[1], drawn_by_seed[2], strict=True) if one == other]
    assert len(same) < 6


def test_all_kinds_are_asked(drawn_by_seed):
    asks = " ".join(one.question.asks for asked in drawn_by_seed.values() for one in asked)
    assert [kind for kind in KINDS if kind not in asks] == []


def test_the_right_answer_is_not_always_in_the_same_place(drawn_by_seed):
    asked = [one.question for found in drawn_by_seed.values() for one in found]
    places = [question.answers.index(question.right) for question in asked]
    assert {0, 1, 2} <= set(places)
    assert max(places.count(place) for place in set(places)) < len(places) * 0.6


def test_the_clock_changes_nothing(drawn_by_seed, account, monkeypatch):
    import time

    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert questions(HANDBOOK, account, account.day(""), 1) == drawn_by_seed[1]


def test_under_the_other_policy_it_is_asked_by_that_one(account):
    asked = questions(policy("amazon-2026"), account, account.day(""), 1)
    late = [one for one in asked if "What is it for the Late Dispatch Rate" in one.question.asks]
    assert all("Amazon 2026" in one.question.asks for one in late)
    assert len(asked) >= 12


def test_an_account_without_files_is_asked_what_cannot_be_told(tmp_path):
    put(tmp_path, {}, name="blank")
    blank = open_account(tmp_path, "blank")
    asked = questions(HANDBOOK, blank, date(2026, 3, 31))
    assert len(asked) == 12
    assert {one.question.right.text for one in asked} == {"No figure, and the reason why"}


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_where_there_is_nothing_to_ask_of_nothing_is_asked(maker, tmp_path):
    put(tmp_path, {}, name="blank")
    blank = open_account(tmp_path, "blank")
    metric = HANDBOOK["feedback_rating"]
    assert maker(metric, blank, date(2026, 3, 31), Dice("1")) is None
    assert drawn.state_leaves(HANDBOOK.states["policy_violations"], blank, date(2026, 3, 31), Dice("1")) is None


def test_the_page_scores_and_says_what_to_read_again(account):
    made = Page(str(clean(final(HANDBOOK, account, account.day("")).html, (), TAGS | QUESTIONS)))
    assert len(made.all("fieldset")) == 13 <= MOST
    assert [one.text for one in made.all("summary")].count("My score") == 1
    assert made.only("p", class_="score").text == "Right of 13 questions: "
    again = [one.text for one in made.all("li")]
    assert len(again) == 13
    assert again[0] == "Late Dispatch Rate: read 01_late_dispatch_rate again."
