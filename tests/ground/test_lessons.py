"""A lint over the lessons: each is whole, its numbers are right, its words are explained, and its exercises can be solved."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from importlib import import_module

import polars as pl
import pytest

from sellerhealth import METRICS, evaluate, policy
from sellerhealth.definition.glossary import TERMS
from sellerhealth.definition.lesson import Answer, Lesson, Question
from sellerhealth.measure.tally import enters_on, leaves_on
from sellerhealth.metrics import STATES
from sellerhealth.show.numbers import percent
from tests.ground import imports
from tests.ground.worked import PROOFS, without

DEFINITIONS = sorted([*METRICS.values(), *STATES.values()], key=lambda one: one.notebook)
LESSONS: dict[str, Lesson] = {
    one.name: import_module(f"sellerhealth.metrics.lessons.{one.name}").lesson for one in DEFINITIONS
}
"""In the order in which they are read."""
EACH = [pytest.param(name, id=name) for name in LESSONS]
SHARES = (
    re.compile(r"(?P<n>\d[\d,]*) of (?P<d>\d[\d,]*) is (?P<told>\d[\d.]* %)"),
    re.compile(r"(?P<told>\d[\d.]* %) \((?P<n>\d[\d,]*) of (?P<d>\d[\d,]*)\)"),
)
MEAN = re.compile(
    r"(?P<n>\d[\d,]*)(?: \w+)? over (?:a weight of )?(?P<d>\d[\d,]*)(?: \w+)?,? (?:which )?is (?P<told>\d+(?:\.\d+)?)"
)
DAYS = {
    7: "seven days",
    14: "14 days",
    30: "30 days",
    56: "eight weeks",
    60: "60 days",
    90: "90 days",
    180: "180 days",
    365: "365 days",
}
MISCONCEPTIONS = {
    "a cancellation makes an order defect": ("order_defect_rate", "Cancelled orders count here."),
    "a claim counts even when it is won": ("order_defect_rate", "A claim counts, won or lost."),
    "a review of the product is feedback": ("order_defect_rate", "Reviews of the product count."),
    "what is sent back is a defect": ("order_defect_rate", "Returns and refunds count here."),
    "defects count for 30 days": ("order_defect_rate", "The window is 30 days."),
    "defects count for 60 days from the star": ("order_defect_rate", "The 60 days begin with the bad feedback."),
    "complaints are counted, not orders": ("order_defect_rate", "Two defects on one order count twice."),
    "no news keeps a rate where it is": ("order_defect_rate", "No new defects, so the rate cannot rise."),
    "101 sales save a rate, whenever they are": ("order_defect_rate", "It is enough to reach 101 sales."),
    "with Amazon's shipping there are no defects": (
        "perfect_order_percentage",
        "Who lets Amazon ship has no Order Defect Rate.",
    ),
    "posting is confirming": ("late_dispatch_rate", "Shipped on time is confirmed on time."),
}
"""What people hold and write in forums and guides; the ten of the research, one of them in its two forms."""


def test_there_is_a_lesson_for_each_metric_and_state_and_no_other():
    names = {path.stem for path in (imports.PACKAGE / "metrics" / "lessons").glob("*.py")} - {"__init__"}
    assert names == {*METRICS, *STATES}


@pytest.mark.parametrize("name", EACH)
def test_a_lesson_can_read_neither_clock_nor_account(name: str):
    path = imports.PACKAGE / "metrics" / "lessons" / f"{name}.py"
    assert imports.own(path) == {"sellerhealth.definition.lesson"}
    assert imports.foreign(path) <= {"fractions"}
    assert not re.search(r"demo|Harbor|Fern Street", " ".join(_texts(LESSONS[name])))


@pytest.mark.parametrize("name", EACH)
def test_every_text_is_a_sentence(name: str):
    lesson = LESSONS[name]
    for question in _questions(lesson):
        assert question.asks.endswith("?"), question.asks
        assert 3 <= len(question.answers) <= 4
        for answer in question.answers:
            assert answer.text.endswith("."), answer.text
            assert answer.told.endswith("."), answer.told
            assert re.fullmatch(r"[A-Z0-9][^.!?:]{8,}\.", answer.idea) or answer.is_right, answer.idea
    for exercise in lesson.exercises:
        assert exercise.question.endswith("?")
        assert all(told.endswith(".") for told in (exercise.solution, *exercise.feedback.values()))
        assert all(hint[-1] in ".?" for hint in exercise.hints)
    for text in _texts(lesson):
        assert text[0].isupper() or text[0].isdigit(), text
        assert text == " ".join(text.split()), text
        assert not re.search(r"\b[A-Z]{2,}\b", text), f"an abbreviation: {text}"
        assert max(map(len, re.split(r"[.?:;] ", text))) <= 160, f"a long sentence: {text}"


@pytest.mark.parametrize("name", EACH)
def test_wrong_answers_differ_in_what_they_hold_and_what_they_are_told(name: str):
    for question in _questions(LESSONS[name]):
        for part in ("told", "idea"):
            parts = [getattr(answer, part) for answer in question.answers]
            assert len(set(parts)) == len(parts), question.asks
        lengths = [len(answer.text) for answer in question.answers]
        assert max(lengths) <= 3 * min(lengths), question.asks


def test_the_right_answer_is_found_neither_by_its_place_nor_by_its_length():
    questions = [question for lesson in LESSONS.values() for question in _questions(lesson)]
    places = Counter(question.answers.index(question.right) for question in questions)
    assert max(places.values()) <= 0.4 * len(questions), places
    for extreme in (min, max):
        found = sum(extreme(question.answers, key=_length) == question.right for question in questions)
        assert found <= 0.35 * len(questions), (extreme, found)
    for name, lesson in LESSONS.items():
        assert len({one.answers.index(one.right) for one in _questions(lesson)}) >= 3, name


def test_no_two_questions_ask_the_same():
    asked = [question.asks for lesson in LESSONS.values() for question in _questions(lesson)]
    asked += [exercise.question for lesson in LESSONS.values() for exercise in lesson.exercises]
    assert len({re.sub(r"\W+", " ", text).lower() for text in asked}) == len(asked) == 13 * 5 + 12 * 2


@pytest.mark.parametrize("misconception", MISCONCEPTIONS)
def test_what_people_really_believe_is_met_by_a_wrong_answer(misconception: str):
    name, idea = MISCONCEPTIONS[misconception]
    assert idea in {answer.idea for question in _questions(LESSONS[name]) for answer in question.answers}


def test_every_share_and_every_mean_is_computed_right():
    texts = [text for lesson in LESSONS.values() for text in _texts(lesson)] + list(TERMS.values())
    shares = [found for text in texts for pattern in SHARES for found in pattern.finditer(text)]
    for found in shares:
        assert percent(_number(found["n"]) / _number(found["d"])) == found["told"], found[0]
    means = [found for text in texts for found in MEAN.finditer(text)]
    for found in means:
        digits = len(found["told"].partition(".")[2])
        told = _number(found["n"]) / _number(found["d"])
        assert abs(told - float(found["told"])) * 10**digits <= 0.5 + 1e-9, found[0]
    assert (len(shares) > 80, len(means) > 20) == (True, True), "the texts are no longer understood"


@pytest.mark.parametrize("name", METRICS)
def test_window_lag_and_target_are_the_handbook_s(name: str):
    metric, texts = policy("handbook")[name], " ".join(_texts(LESSONS[name]))
    assert DAYS[metric.window_days] in texts
    assert metric.terms.lag_days in (0, 1, 7, 10)
    assert not metric.terms.lag_days or "lag of" in texts or "lag is one day" in texts
    if metric.terms.target is None:
        assert "no verdict" in texts
    else:
        value = metric.terms.target.value
        assert (percent(float(value)) if value < 1 else f"above {value}") in texts.lower()


def test_the_state_s_days_and_points_are_the_handbook_s():
    state, texts = policy("handbook").states["policy_violations"], " ".join(_texts(LESSONS["policy_violations"]))
    values = state.terms.values
    assert state.terms.windows == (180,)
    assert "180 days" in texts
    assert [values[f"rating_{name}"] for name in ("start", "gain", "lot", "most")] == [200, 4, 200, 1000]
    assert [values[f"points_{name}"] for name in ("low", "high")] == [2, 8]
    assert LESSONS["policy_violations"].exercises == ()


@pytest.mark.parametrize(
    ("name", "rules", "day", "first", "last"),
    [
        ("order_defect_rate", "handbook", "2026-03-01", "2026-03-01", "2026-04-29"),
        ("order_defect_rate", "amazon-2026", "2026-03-01", "2026-03-16", "2026-05-14"),
        ("order_defect_rate", "handbook", "2025-12-10", "2025-12-10", "2026-02-07"),
        ("cancellation_rate", "handbook", "2026-03-31", "2026-04-01", "2026-04-07"),
        ("valid_tracking_rate", "handbook", "2026-03-22", "2026-04-01", "2026-04-30"),
        ("on_time_delivery_rate", "handbook", "2026-03-01", "2026-03-08", "2026-03-21"),
        ("customer_service_rating", "handbook", "2026-03-30", "2026-04-05", "2026-05-30"),
    ],
)
def test_what_questions_say_of_days_is_so(name: str, rules: str, day: str, first: str, last: str):
    """Bought today, counted from tomorrow to its seventh day; promised, from the tenth to the 39th day after; and so on."""
    metric, on = policy(rules)[name], pl.lit(date.fromisoformat(day))
    entered, left = pl.select(enters_on(metric, on), leaves_on(metric, on).alias("left")).row(0)
    assert (entered, left - timedelta(days=1)) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("name", METRICS)
def test_an_exercise_s_every_answer_is_what_the_changed_rows_give(name: str):
    exercises, metric = LESSONS[name].exercises, policy("handbook")[name]
    for exercise, proofs in zip(exercises, PROOFS[name], strict=True):
        assert next(Fraction(*counts) for counts in proofs) == exercise.answer
        assert {Fraction(*counts) for counts in proofs} == {exercise.answer, *exercise.feedback}
        assert len(proofs) == 1 + len(exercise.feedback)
        for counts, changes in proofs.items():
            example = metric.definition.example
            for change in changes:
                example = change(example)
            now = evaluate(metric, example.account(), example.as_of).row(0, named=True)
            assert (Fraction(now["numerator"], metric.definition.unit.per), now["denominator"]) == counts


@pytest.mark.parametrize("name", METRICS)
def test_an_exercise_is_no_gift(name: str):
    """Its answer is not the example's, its hints do not hold it, and its solution does."""
    definition = METRICS[name]
    given = tuple(Fraction(count) for count in definition.example.expected["handbook"])
    for exercise, proofs in zip(LESSONS[name].exercises, PROOFS[name], strict=True):
        numerator, denominator = next(iter(proofs))
        assert exercise.answer != given[0] / definition.unit.per / given[1]
        assert [] in proofs.values(), "one wrong answer is that nothing changes"
        assert len(set(exercise.hints)) == 3
        written = re.compile(rf"\b{numerator}\b.*\b{denominator}\b|\b{numerator}/{denominator}\b")
        assert not any(written.search(hint) for hint in exercise.hints)
        assert written.search(exercise.solution.replace(",", ""))


@pytest.mark.parametrize("name", EACH)
def test_eras_are_told_oldest_first_and_end_with_the_handbook(name: str):
    eras = LESSONS[name].eras
    assert len(eras) >= 2
    assert all(re.fullmatch(r"not known|(\d{1,2} [A-Z][a-z]+ )?20\d\d", era.since) for era in eras)
    years = [int(era.since[-4:]) for era in eras if era.since != "not known"]
    assert years == sorted(years)
    assert (eras[-1].since, eras[-1].source.partition("'")[0]) == ("2026", "the handbook")
    assert all(era.source and not era.source.endswith(".") for era in eras)
    assert all(era.rule.endswith(".") for era in eras)


@pytest.mark.parametrize("name", EACH)
def test_what_is_not_established_is_said(name: str):
    assert re.search(r"not established|(not|never) publish(ed)?|No definition", " ".join(_texts(LESSONS[name])))


def test_a_meaning_uses_terms_that_stand_before_it():
    for number, (term, meaning) in enumerate(TERMS.items()):
        assert meaning.endswith("."), meaning
        assert not re.search(r"\b[A-Z]{2,}\b", meaning)
        assert _terms(meaning) - {term} <= set(list(TERMS)[:number]), term


def test_every_term_is_used_and_every_term_used_is_explained():
    named = [term for lesson in LESSONS.values() for term in lesson.terms]
    assert set(named) == set(TERMS)
    for name, lesson in LESSONS.items():
        assert len(set(lesson.terms)) == len(lesson.terms)
        assert set(lesson.terms) <= _terms(" ".join(_texts(lesson))), name


def test_a_term_is_explained_in_the_lesson_that_first_uses_it():
    explained: set[str] = set()
    for name, lesson in LESSONS.items():
        explained |= set(lesson.terms)
        assert _terms(" ".join(_texts(lesson))) <= explained, name


def test_a_wrong_number_an_unknown_term_and_a_missing_row_would_be_seen():
    found = SHARES[0].search("1 of 90 is 1.1 %.")
    assert found
    assert percent(_number(found["n"]) / _number(found["d"])) != found["told"]
    assert MEAN.search("over a weight of 33") is None
    assert _terms("The rates of orders Shipped by us, and a valid tracking number.") == {
        "rate",
        "shipped by us",
        "valid tracking",
    }
    with pytest.raises(AssertionError, match="0 rows"):
        without("orders", "Z")(METRICS["order_defect_rate"].example)


def _questions(lesson: Lesson) -> tuple[Question, ...]:
    return (lesson.predict, *lesson.questions, lesson.tomorrow)


def _texts(lesson: Lesson) -> Iterator[str]:
    """All that a learner reads of a lesson."""
    for question in _questions(lesson):
        yield question.asks
        for answer in question.answers:
            yield from filter(None, (answer.text, answer.told, answer.idea))
    for exercise in lesson.exercises:
        yield from (exercise.question, *exercise.feedback.values(), *exercise.hints, exercise.solution)
    yield from (era.rule for era in lesson.eras)


def _terms(text: str) -> set[str]:
    """The terms of the glossary in a text, in singular or plural; a longer term hides the shorter ones in it."""
    found = set()
    for term in sorted(TERMS, key=len, reverse=True):
        text, times = re.subn(rf"\b{re.escape(term)}s?\b", "…", text, flags=re.IGNORECASE)
        found |= {term} if times else set()
    return found


def _length(answer: Answer) -> int:
    return len(answer.text)


def _number(text: str) -> int:
    return int(text.replace(",", ""))
