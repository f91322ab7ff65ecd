"""What buyers say after a contact: how content they were, and whether it solved the problem."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sellerhealth.demo.dice import Dice
from sellerhealth.demo.matter import Matter
from sellerhealth.demo.table import csv

COLUMNS = ("thread_id", "answered_at", "score", "solved")
CONTENT = {10: 6, 9: 8, 8: 6, 7: 2, 6: 1, 5: 1}
ANNOYED = {7: 1, 6: 2, 5: 3, 4: 4, 3: 3, 2: 2, 1: 1, 0: 1}
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
SECOND_THOUGHTS, NO_SCORE = 0.04, 0.03


@dataclass(frozen=True, kw_only=True)
class Survey:
    """One answer; `score` is None when the buyer left it out."""

    thread_id: str
    answered_at: datetime
    score: int | None
    is_solved: bool


def ordinary(
    matters: Collection[Matter], seed: str, share: float, until: datetime, dip_since: datetime, dip: float
) -> list[Survey]:
    """The answers to this share of the matters, one to three days after each.

    Who waited more than a day, or had to ask again within a week, is annoyed; since `dip_since` the share `dip` of
    the others is too.
    """
    dice = Dice(seed)
    found = []
    for matter in matters:
        if matter.answers and dice.chance(share):
            answered_at = matter.answers[0] + timedelta(minutes=dice.between(1440, 3 * 1440))
            in_dip = answered_at >= dip_since and dice.chance(dip)
            survey = _survey(matter, answered_at, _again(matter), in_dip, dice)
            found += [survey, *_second_thoughts(survey, dice)]
    return [survey for survey in found if survey.answered_at < until]


def file(surveys: Collection[Survey]) -> dict[str, str]:
    """surveys.csv, oldest first."""
    rows = (
        {
            "thread_id": survey.thread_id,
            "answered_at": survey.answered_at.isoformat(),
            "score": "" if survey.score is None else str(survey.score),
            "solved": "yes" if survey.is_solved else "no",
        }
        for survey in sorted(surveys, key=lambda survey: (survey.answered_at, survey.thread_id))
    )
    return {"surveys.csv": csv(COLUMNS, rows)}


def _survey(matter: Matter, answered_at: datetime, asked_again: bool, in_dip: bool, dice: Dice) -> Survey:
    waited = matter.answers[0] - matter.questions[0] > A_DAY
    score = dice.pick(ANNOYED if waited or asked_again or in_dip else CONTENT)
    is_solved = dice.chance(0.15 if asked_again else 0.93)
    return Survey(
        thread_id=matter.thread_id,
        answered_at=answered_at,
        score=None if dice.chance(NO_SCORE) else score,
        is_solved=is_solved,
    )


def _again(matter: Matter) -> bool:
    """Whether the buyer asked again within a week of the first answer."""
    return any(matter.answers[0] < asked_at <= matter.answers[0] + A_WEEK for asked_at in matter.questions)


def _second_thoughts(survey: Survey, dice: Dice) -> list[Survey]:
    """A few answer twice, and are less content the second time."""
    if survey.score is None or not dice.chance(SECOND_THOUGHTS):
        return []
    answered_at = survey.answered_at + timedelta(hours=dice.between(20, 90))
    return [
        Survey(thread_id=survey.thread_id, answered_at=answered_at, score=max(survey.score - 3, 0), is_solved=False)
    ]
