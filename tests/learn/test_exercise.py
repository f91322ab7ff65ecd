"""What a learner is told of an answer: every message, and that nothing typed is an error."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from sellerhealth import METRICS, policy
from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question
from sellerhealth.learn import exercise, progress
from sellerhealth.learn.exercise import check, exercises, hint
from sellerhealth.learn.worked import worked
from tests.show.markup import harmless, text_of

HANDBOOK = policy("handbook")
ASKED = Question(
    asks="Is it?", answers=(Answer(text="Yes.", told="It is."), Answer(text="No.", told="It is.", idea="No."))
)
FIRST = Exercise(
    question="Order E is confirmed on 25 March. What is the rate then?",
    answer=Fraction(2, 8),
    feedback={Fraction(3, 8): "One day over is not three.", Fraction(2, 7): "It stays in the denominator."},
    hints=("Which row changes?", "Is E late now?", "Two of them stay late."),
    solution="D and K stay late: 2 of 8.",
)
SECOND = Exercise(question="And now?", answer=Fraction(1), feedback={}, hints=("Only one.",), solution="All: 8 of 8.")
HAND = "A B C D E F G K"
NEXT = "A hint: sh.hint(metric, 1)."
HOW = 'Write it as 3/7, "3 of 7" or "42.9 %".'
HOW_ROWS = 'Write the letters, such as ["A", "B"].'


def a_lesson(*asked):
    eras = (Era(since="2012", rule="It was so.", source="Amazon's help"),)
    return Lesson(predict=ASKED, questions=(ASKED,) * 3, tomorrow=ASKED, exercises=asked, eras=eras, terms=("rate",))


def with_lesson(metric, *asked):
    return replace(metric, definition=replace(metric.definition, lesson=a_lesson(*asked)))


LATE = with_lesson(HANDBOOK["late_dispatch_rate"], FIRST, SECOND)


@pytest.fixture(autouse=True)
def notes(monkeypatch):
    """What would be kept."""
    kept = []
    monkeypatch.setattr(progress, "note", lambda name, passed: kept.append((name, passed)))
    return kept


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((2, 8), "✓ Right. D and K stay late: 2 of 8."),
        ("25 %", "✓ Right. D and K stay late: 2 of 8."),
        (1 / 4, "✓ Right. D and K stay late: 2 of 8."),
        ("3 of 8", "✕ Not yet. One day over is not three."),
        ("37.5 %", "✕ Not yet. One day over is not three."),
        (Fraction(2, 7), "✕ Not yet. It stays in the denominator."),
        (0.2857, "✕ Not yet. It stays in the denominator."),
        ("4 of 8", f"✕ Not yet. That is too high. {NEXT}"),
        ("1 of 8", f"✕ Not yet. That is too low. {NEXT}"),
        (-1, f"✕ Not yet. That is too low. {NEXT}"),
        (..., f"– Skipped. Replace the dots by your answer. {HOW}"),
        ((..., 8), f"– Skipped. Replace the dots by your answer. {HOW}"),
        ("two", f"? Not read. No number can be read from that. {HOW}"),
        (None, f"? Not read. No number can be read from that. {HOW}"),
        ("<b>2</b>", f"? Not read. No number can be read from that. {HOW}"),
    ],
)
def test_an_answer_is_told_in_words(answer, told):
    found = check(LATE, answer)
    assert found.text == told
    assert text_of(harmless(found.html)) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("average_response_time", 'Write it as 25/2, 12.5 or "12.5 hours".'),
        ("customer_service_rating", 'Write it as 15/4, 3.75 or "3.75 of 10".'),
        ("seller_rating", 'Write it as 125/2, 62.5 or "62.5 of 100".'),
    ],
)
def test_how_to_write_it_goes_by_the_unit(name, told):
    assert check(HANDBOOK[name]).text == f"– Skipped. Replace the dots by your answer. {told}"


def test_another_exercise_by_its_number():
    assert check(LATE, "8 of 8", 2).text == "✓ Right. All: 8 of 8."
    assert check(LATE, 0.5, exercise=2).text == "✕ Not yet. That is too low. A hint: sh.hint(metric, 1, exercise=2)."


@pytest.mark.parametrize("number", [0, 3, -1, "0", None, 1.0, True, ...])
def test_an_exercise_that_is_not_there(number):
    assert check(LATE, 0.5, number).text == "? Not read. There is no such exercise. Take exercise=1 or 2."
    assert hint(LATE, 1, number).text == "? Not read. There is no such exercise. Take exercise=1 or 2."


def test_a_lesson_without_exercises():
    state = with_lesson(HANDBOOK.states["policy_violations"])
    assert check(state, 0.5).text == "? Not read. There is no exercise here."
    assert hint(state).text == "? Not read. There is no exercise here."
    assert exercises(state).text == "There is no exercise here."
    assert check(state, counted=["A"]).text == "? Not read. This one is checked by its questions."


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (1, "Hint 1 of 3. Which row changes? There are 2 more hints."),
        (2, "Hint 2 of 3. Is E late now? There is 1 more hint."),
        (3, "Hint 3 of 3. Two of them stay late."),
        (4, "Solution. D and K stay late: 2 of 8."),
        (99, "Solution. D and K stay late: 2 of 8."),
        (0, "Hint 1 of 3. Which row changes? There are 2 more hints."),
        ("two", "Hint 1 of 3. Which row changes? There are 2 more hints."),
    ],
)
def test_hints_get_stronger(step, told):
    assert hint(LATE, step).text == told


RIGHT_ROWS = "✓ Right. 8 orders are counted: A, B, C, D, E, F, G, K. 3 late orders: D, E, K."
J_IS_GONE = "Due on the 1st, one day before the window: gone."
ONE_OVER = "One day over: late for Amazon today, not in the handbook."


@pytest.mark.parametrize(
    ("counted", "defects", "told"),
    [
        (HAND, "D E K", RIGHT_ROWS),
        (list("ABCDEFGK"), ["D", "E", "K"], RIGHT_ROWS),
        ({"k", "g", "f", "e", "d", "c", "b", "a"}, ("k", "e", "d"), RIGHT_ROWS),
        (HAND, ..., "✓ Right. 8 orders are counted: A, B, C, D, E, F, G, K."),
        (..., "DEK", "✓ Right. 3 late orders: D, E, K."),
        (HAND, "B D E K", f"✕ Not yet. Order B: you counted it as a late order. {ONE_OVER}"),
        (HAND, "E K", "✕ Not yet. Order D: you did not count it as a late order. Three days over: late."),
        (HAND, [], "✕ Not yet. Order D: you did not count it as a late order. Three days over: late."),
        ("B C D E F G K", "B", "✕ Not yet. Order A: you left it out, and it is counted. Confirmed on its last day: on time."),
        (HAND + " H", ..., "✕ Not yet. Order H: you counted it. Shipped by Amazon. Amazon ships it: left out."),
        (HAND + " J", ..., f"✕ Not yet. Order J: you counted it. 1 Mar 2026: before the window. {J_IS_GONE}"),
        ([...], [...], f"– Skipped. Replace the dots by letters of rows. {HOW_ROWS}"),
        (["A", ...], "DEK", "✓ Right. 3 late orders: D, E, K."),
        ("A Z", ..., "? Not read. The example has no row of that name. Its rows are A, B, C, D, E, F, G, H, I, J, K, L."),
        ([""], ..., "? Not read. The example has no row of that name. Its rows are A, B, C, D, E, F, G, H, I, J, K, L."),
        (8, ..., f"? Not read. Letters of rows are needed. {HOW_ROWS}"),
        ([1, 2], ..., f"? Not read. Letters of rows are needed. {HOW_ROWS}"),
        (None, ..., f"? Not read. Letters of rows are needed. {HOW_ROWS}"),
        ({"A": 1}, ..., f"? Not read. Letters of rows are needed. {HOW_ROWS}"),
        (b"AB", ..., f"? Not read. Letters of rows are needed. {HOW_ROWS}"),
    ],
)  # fmt: skip
def test_the_first_difference_is_told(counted, defects, told):
    found = check(LATE, counted=counted, defects=defects)
    assert found.text == told
    assert text_of(harmless(found.html)) == told


def test_a_letter_stands_for_all_its_rows():
    tracking = HANDBOOK["valid_tracking_rate"]
    told = "✕ Not yet. Package E1: you counted it as a package without valid tracking. First package of order E: valid."
    assert check(tracking, defects=["D", "E"]).text == told
    assert check(tracking, defects=["D", "E2"]).text == "✓ Right. 2 packages without valid tracking: D, E2."
    assert check(tracking, counted="A C D E G K L").text.startswith("✓ Right. 8 packages are counted: A, C, D, E1,")
    assert check(tracking, counted="A, C, D, E1, E2, G, K, L").text.startswith("✓ Right.")


def test_a_defect_takes_its_article():
    told = check(HANDBOOK["customer_service_rating"], defects=["B", "J"]).text
    assert told == "✕ Not yet. Answer B: you counted it as an unhappy answer. The handbook's first day."


@pytest.mark.parametrize("name", METRICS)
def test_the_right_rows_are_right_and_each_wrong_one_is_told(name):
    metric = HANDBOOK[name]
    found = worked(metric)
    rows, counted = found["row"].to_list(), set(found.filter("is_counted")["row"])
    defects = set(found.filter("is_defect")["row"])
    assert check(metric, counted=counted, defects=defects).text.startswith("✓ Right. ")
    for row in rows:
        assert f" {row}: " in check(metric, counted=counted ^ {row}).text
        assert f" {row}: " in check(metric, counted=counted, defects=defects ^ {row}).text


def test_only_what_is_right_and_whole_is_kept(notes):
    for answer in ("3 of 8", ..., "nothing"):
        check(LATE, answer)
    check(LATE, counted=HAND)
    check(LATE, counted=HAND, defects="D")
    assert notes == []
    check(LATE, (2, 8))
    check(LATE, counted=HAND, defects="DEK")
    assert notes == [("late_dispatch_rate", "exercise 1"), ("late_dispatch_rate", exercise.BY_HAND)]


def test_exercises_are_numbered_and_their_hints_are_closed():
    told = exercises(LATE)
    assert told.text == f"Exercise 1. {FIRST.question}\nExercise 2. {SECOND.question}"
    names = re.findall(r"<summary[^>]*>(.*?)</summary>", harmless(told.html))
    assert names == ["Hint 1", "Hint 2", "Hint 3", "Solution", "Hint 1", "Solution"]
    assert "<details open" not in told.html
