"""The lessons as they are, through the machinery that asks and checks them."""

import pytest

from sellerhealth import METRICS, policy
from sellerhealth.learn import course
from sellerhealth.learn.exercise import check, hint
from sellerhealth.show import numbers

HANDBOOK = policy("handbook")
EXERCISES = [
    pytest.param(HANDBOOK[name], number, exercise, id=f"{name}-{number}")
    for name, definition in METRICS.items()
    for number, exercise in enumerate(definition.lesson.exercises, 1)
]


@pytest.mark.parametrize(("metric", "number", "exercise"), EXERCISES)
def test_the_right_answer_is_taken_however_it_is_written(metric, number, exercise):
    exact, unit = exercise.answer, metric.definition.unit
    written = [exact, (exact.numerator, exact.denominator), f"{exact.numerator} of {exact.denominator}",
               float(exact), numbers.figure(float(exact), unit)]  # fmt: skip
    told = {check(metric, answer, number).text for answer in written}
    assert told == {f"✓ Right. {exercise.solution}"}


@pytest.mark.parametrize(("metric", "number", "exercise"), EXERCISES)
def test_each_wrong_answer_is_told_what_is_wrong_with_it(metric, number, exercise):
    """Also as a page would round it, where no other answer is rounded to the same."""
    rounded = {one: numbers.figure(float(one), metric.definition.unit) for one in (*exercise.feedback, exercise.answer)}
    assert exercise.feedback
    for wrong, told in exercise.feedback.items():
        is_only = list(rounded.values()).count(rounded[wrong]) == 1
        for answer in (wrong, rounded[wrong]) if is_only else (wrong,):
            assert check(metric, answer, number).text == f"✕ Not yet. {told}"
        assert rounded[wrong] != rounded[exercise.answer]


@pytest.mark.parametrize(("metric", "number", "exercise"), EXERCISES)
def test_the_ladder_ends_in_the_solution(metric, number, exercise):
    steps = [hint(metric, step, number).text for step in range(1, len(exercise.hints) + 2)]
    assert [one in told for one, told in zip(exercise.hints, steps, strict=False)] == [True] * len(exercise.hints)
    assert steps[-1] == f"Solution. {exercise.solution}"


@pytest.mark.parametrize("definition", course.subjects(), ids=lambda one: one.name)
def test_no_answer_is_too_far_down_for_the_style_sheet(definition):
    lesson = definition.lesson
    for question in (lesson.predict, lesson.tomorrow, *lesson.questions):
        assert len(question.answers) <= 5
