"""A lesson: what a newcomer is asked about a metric, and what each answer shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One way to answer a question: its text, and what is told to who picks it.

    `idea` names the wrong idea behind a wrong answer, as one would hold it; the right answer has none.
    """

    text: str
    told: str
    idea: str = ""

    @property
    def is_right(self) -> bool:
        """Whether no wrong idea stands behind it."""
        return not self.idea


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with answers of which exactly one is right; the answer never depends on the day it is read.

    Raises ValueError for one without a right answer, with two, or with an answer that stands twice.

    Example:
        >>> Question(asks="Is 1 of 100 under 1 %?", answers=(Answer(text="No.", told="It is 1 %."),))
        Traceback (most recent call last):
        ValueError: Is 1 of 100 under 1 %?: a question needs two answers or more
    """

    asks: str
    answers: tuple[Answer, ...]

    def __post_init__(self) -> None:
        """Refuse a question that nobody can answer."""
        if len(self.answers) < 2:
            raise ValueError(f"{self.asks}: a question needs two answers or more")
        if sum(answer.is_right for answer in self.answers) != 1:
            raise ValueError(f"{self.asks}: one answer is right, the others name their idea")
        if len({answer.text for answer in self.answers}) < len(self.answers):
            raise ValueError(f"{self.asks}: an answer stands twice")

    @property
    def right(self) -> Answer:
        """The right answer."""
        return next(answer for answer in self.answers if answer.is_right)


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A question on the hand-worked example: its answer, what each wrong one shows, and hints that get stronger."""

    question: str
    answer: Fraction
    feedback: Mapping[Fraction, str]
    hints: tuple[str, ...]
    solution: str


@dataclass(frozen=True, kw_only=True)
class Era:
    """How Amazon's rule read for a time; `since` is a year, or a day where it is known."""

    since: str
    rule: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What a metric's notebook asks a newcomer, from the first guess to the last check.

    `predict` is asked before anything is shown. `questions` have as wrong answers what people really believe.
    `tomorrow` asks what makes the figure worse, or better, without anything new going wrong. `eras` tell the rule's
    history, the oldest first; `terms` name the words of the glossary that the lesson uses.
    """

    predict: Question
    questions: tuple[Question, Question, Question]
    tomorrow: Question
    exercises: tuple[Exercise, ...]
    eras: tuple[Era, ...]
    terms: tuple[str, ...]
