"""A question that answers itself in the page, without a script: choose, then open what it shows.

Each answer is a radio button. Which of the texts below is told, the style sheet decides by the button that is chosen.
The texts lie in a `details`, so that who moves through the buttons by keyboard reads none before asking for it, and a
screen reader is told when it opens and when it changes. Without the style sheet, as in a notebook that is not trusted,
all of them are there, each with its answer. On paper the right answer stands below the question.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from html import escape
from pathlib import Path

from sellerhealth.definition.lesson import Answer, Question
from sellerhealth.show.card import Card

RIGHT, WRONG = "✓ Right.", "✕ Not quite."
NOTHING_CHOSEN = "Choose an answer first."
NO_SHORTCUTS = 'data-lm-suppress-shortcuts="true"'
"""In JupyterLab the arrow keys would move from cell to cell, and Enter would open one, wherever the focus is."""


def ask(questions: Iterable[Question], place: str) -> Card:
    """The questions with their answers. `place` tells them from the same ones elsewhere on a page."""
    asked = list(questions)
    html = "".join(_html(question, place) for question in asked)
    text = "\n\n".join(_text(question) for question in asked)
    return Card(html=f"<style>{style()}</style>{html}" if asked else "", text=text)


@cache
def style() -> str:
    """The style sheet of a lesson: of a question's texts it shows that of the chosen answer only."""
    return (Path(__file__).parent / "lesson.css").read_text(encoding="utf-8")


def _html(question: Question, place: str) -> str:
    name = f"q-{blake2b(f'{place} {question.asks}'.encode(), digest_size=6).hexdigest()}"
    radios = "".join(_radio(answer, name) for answer in question.answers)
    told = "".join(f"<p>{_told(answer)}</p>" for answer in question.answers)
    return (
        f'<fieldset class="question"><legend>{escape(question.asks)}</legend><div class="answers">{radios}</div>'
        f"<details><summary {NO_SHORTCUTS}>Check my answer</summary>"
        f'<div class="told" role="status"><p class="none">{NOTHING_CHOSEN}</p>{told}</div></details>'
        f'<p class="paper" hidden>Answer: {escape(question.right.text)} {escape(question.right.told)}</p></fieldset>'
    )


def _radio(answer: Answer, name: str) -> str:
    """A button for an answer; its class is for the style sheet that counts the score."""
    side = "right" if answer.is_right else "wrong"
    button = f'<input type="radio" name="{name}" class="{side}" {NO_SHORTCUTS}>'
    return f"<label>{button} <span>{escape(answer.text)}</span></label>"


def _told(answer: Answer) -> str:
    """What is told of an answer; a wrong one's idea is named."""
    mark = f"<strong>{RIGHT if answer.is_right else WRONG}</strong>"
    idea = f" <em>The idea behind it: {escape(answer.idea)}</em>" if answer.idea else ""
    return f'<span class="chosen">{escape(answer.text)}</span> {mark} {escape(answer.told)}{idea}'


def _text(question: Question) -> str:
    letters = "abcdefgh"
    lines = [f"  {letter}) {answer.text}" for letter, answer in zip(letters, question.answers, strict=False)]
    right = letters[question.answers.index(question.right)]
    return "\n".join([question.asks, *lines, f"  Answer: {right}) {question.right.told}"])
