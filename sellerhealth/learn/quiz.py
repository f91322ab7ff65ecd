"""The questions of a lesson: the first guess, the quiz, and what is recalled of earlier lessons."""

from sellerhealth.definition.lesson import Question
from sellerhealth.learn import course
from sellerhealth.learn.basics import BASICS
from sellerhealth.learn.course import Subject
from sellerhealth.learn.question import ask
from sellerhealth.show.card import Card


def predict(metric: Subject) -> Card:
    """What to guess before anything is shown."""
    return ask([metric.definition.lesson.predict], f"predict {metric.name}")


def quiz(metric: Subject) -> Card:
    """The questions of a metric's lesson, the one about tomorrow last."""
    lesson = metric.definition.lesson
    return ask([*lesson.questions, lesson.tomorrow], f"quiz {metric.name}")


def recall(metric: Subject) -> Card:
    """Three questions from earlier lessons: the last one, one from the middle of what came before, and the first.

    The first lesson's come from the basics of `00_start_here`.
    """
    return ask(recalled(metric), f"recall {metric.name}")


def recalled(metric: Subject) -> tuple[Question, ...]:
    """The questions of `recall`, by a fixed rule: further on in the course, other questions of a lesson are asked."""
    before = _before(metric)
    last, number = len(before) - 1, len(before)
    found: list[Question] = []
    for lesson in (last, last // 2, 0):
        fresh = [question for question in before[lesson] if question not in found]
        found.append(fresh[number % len(fresh)])
    return tuple(found)


def _before(metric: Subject) -> list[tuple[Question, ...]]:
    """The questions of the basics, and of every lesson of an earlier notebook."""
    earlier = [one for one in course.subjects() if one.notebook < metric.definition.notebook]
    return [BASICS, *(one.lesson.questions for one in earlier)]
