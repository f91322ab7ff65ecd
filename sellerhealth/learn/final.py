"""The final check: a question on every metric, drawn afresh from an account by a seed, with what to read again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from sellerhealth.definition.account import Account
from sellerhealth.definition.lesson import Question
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.policy import Policy
from sellerhealth.demo.dice import Dice
from sellerhealth.learn import course, drawn
from sellerhealth.learn.question import NO_SHORTCUTS, ask
from sellerhealth.learn.verdicts import counts_as
from sellerhealth.show import numbers
from sellerhealth.show.card import Card

Maker = Callable[[Metric, Account, date, Dice], Question | None]
MOST = 20
"""So many questions can be scored together."""
MAKERS: tuple[Maker, ...] = (drawn.leaves, counts_as, drawn.tomorrow, drawn.headroom, drawn.placed, drawn.edge)
"""What is asked of a metric: the next kind for each, so that every kind comes."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, and the lesson to read again for who answers it wrongly."""

    label: str
    notebook: str
    question: Question


def questions(policy: Policy, account: Account, as_of: date, seed: int = 1) -> tuple[Asked, ...]:
    """A question for each metric and state that the account has anything to ask of, in the order of the course.

    The same seed gives the same questions; nothing depends on the day they are read.
    """
    found = []
    for number, one in enumerate(course.subjects()):
        dice = Dice(f"{seed} {one.name}")
        if one.name in policy.states:
            question = drawn.state_leaves(policy.states[one.name], account, as_of, dice)
        else:
            question = _of(policy[one.name], account, as_of, dice, number + seed)
        if question:
            found.append(Asked(label=one.label, notebook=one.notebook, question=question))
    return tuple(found)


def final(policy: Policy, account: Account, as_of: date, seed: int = 1) -> Card:
    """The final check as a piece of a page: the questions, and at the end how many are right and what to read again."""
    asked = questions(policy, account, as_of, seed)
    shown = ask([one.question for one in asked], f"final {seed}")
    return Card(html=f'<style>{scores()}</style><div class="final">{shown.html}{_score(asked)}</div>', text=shown.text)


def scores() -> str:
    """The style sheet that shows what to read again: the line of each question that is answered wrongly."""
    wrong = ".final:has(.question:nth-of-type({0}) .wrong:checked) .again li:nth-child({0})"
    again = ",\n".join(wrong.format(number) for number in range(1, MOST + 1))
    return f"{again} {{ display: list-item; }}\n"


def _of(metric: Metric, account: Account, as_of: date, dice: Dice, first: int) -> Question | None:
    """The first kind of question that the account has something for; what cannot be computed is asked as such."""
    turned = [MAKERS[(first + step) % len(MAKERS)] for step in range(len(MAKERS))]
    made = (maker(metric, account, as_of, dice) for maker in (drawn.cannot, *turned))
    return next((question for question in made if question), None)


def _score(asked: Sequence[Asked]) -> str:
    """How many are right, counted by the style sheet; a line for each wrong one says what to read again."""
    again = "".join(f"<li>{escape(one.label)}: read {escape(one.notebook)} again.</li>" for one in asked)
    number = numbers.count(len(asked), ("question", "questions"))
    return (
        f"<details><summary {NO_SHORTCUTS}>My score</summary>"
        f'<p class="score" role="status">Right of {number}: </p><ul class="again">{again}</ul></details>'
    )
