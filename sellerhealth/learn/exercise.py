"""What a learner answers is checked here: the first difference in words, and hints that get stronger."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import polars as pl

from sellerhealth.definition.lesson import Exercise
from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.learn import progress
from sellerhealth.learn.answer import Given, read
from sellerhealth.learn.by_hand import letters, sentence
from sellerhealth.learn.course import Subject
from sellerhealth.learn.question import NO_SHORTCUTS
from sellerhealth.learn.worked import ROW, worked
from sellerhealth.show import numbers
from sellerhealth.show.card import Card

RIGHT, NOT_YET, SKIPPED, UNREAD = "✓ Right.", "✕ Not yet.", "– Skipped.", "? Not read."
HOW = {
    Unit.PERCENT: 'Write it as 3/7, "3 of 7" or "42.9 %".',
    Unit.HOURS: 'Write it as 25/2, 12.5 or "12.5 hours".',
    Unit.OF_TEN: 'Write it as 15/4, 3.75 or "3.75 of 10".',
    Unit.OF_HUNDRED: 'Write it as 125/2, 62.5 or "62.5 of 100".',
}
HOW_ROWS = 'Write the letters, such as ["A", "B"].'
BY_HAND = "by hand"


def exercises(metric: Subject) -> Card:
    """What the exercises of a lesson ask, numbered as `check` and `hint` take them."""
    asked = _exercises(metric)
    if not asked:
        return Card(html="<p>There is no exercise here.</p>", text="There is no exercise here.")
    html = "".join(_asked(number, one) for number, one in enumerate(asked, 1))
    text = "\n".join(f"Exercise {number}. {one.question}" for number, one in enumerate(asked, 1))
    return Card(html=html, text=text)


def _asked(number: int, exercise: Exercise) -> str:
    """An exercise, with its hints and its solution to be opened one by one."""
    names = [f"Hint {place}" for place in range(1, len(exercise.hints) + 1)] + ["Solution"]
    ladder = "".join(
        f"<details><summary {NO_SHORTCUTS}>{name}</summary><p>{escape(text)}</p></details>"
        for name, text in zip(names, (*exercise.hints, exercise.solution), strict=True)
    )
    return f'<div class="exercise"><p><strong>Exercise {number}.</strong> {escape(exercise.question)}</p>{ladder}</div>'


def check(
    metric: Subject, answer: object = ..., exercise: int = 1, *, counted: object = ..., defects: object = ...
) -> Card:
    """Whether an answer is right; if not, the first difference in words. Three dots mean: skipped.

    `answer` is a fraction such as 3/7, "3 of 7", (3, 7), 0.429 or "42.9 %". `counted` and `defects` are letters of
    the twelve rows: which are counted, and which of those are defects. Nothing that is typed is an error.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> metric = policy("handbook")["late_dispatch_rate"]
        >>> check(metric, counted="ABCDEFGK", defects=["B", "D", "E", "K"])
        ✕ Not yet. Order B: you counted it as a late order. One day over: late for Amazon today, not in the handbook.
        >>> check(metric, ...)
        – Skipped. Replace the dots by your answer. Write it as 3/7, "3 of 7" or "42.9 %".
    """
    if counted is not ... or defects is not ...:
        return _rows(metric, counted, defects)
    found = _found(metric, exercise)
    if isinstance(found, Card):
        return found
    unit = metric.definition.unit if isinstance(metric, Metric) else Unit.PERCENT
    if _is_skipped(answer):
        return _card(SKIPPED, f"Replace the dots by your answer. {HOW[unit]}")
    given = read(answer, unit)
    if given is None:
        return _card(UNREAD, f"No number can be read from that. {HOW[unit]}")
    return _fraction(metric, found, exercise, given)


def hint(metric: Subject, step: int = 1, exercise: int = 1) -> Card:
    """A hint for an exercise, stronger with each step; after the last one comes the solution."""
    found = _found(metric, exercise)
    if isinstance(found, Card):
        return found
    number = step if isinstance(step, int) and not isinstance(step, bool) else 1
    if number > len(found.hints):
        return _card("Solution.", found.solution)
    place = max(number, 1)
    rest = len(found.hints) - place
    more = f" There {'is' if rest == 1 else 'are'} {numbers.count(rest, ('more hint', 'more hints'))}." if rest else ""
    return _card(f"Hint {place} of {len(found.hints)}.", f"{found.hints[place - 1]}{more}")


def _exercises(metric: Subject) -> Sequence[Exercise]:
    return metric.definition.lesson.exercises


def _found(metric: Subject, exercise: object) -> Exercise | Card:
    """The exercise of that number, or what is told where there is none."""
    known = _exercises(metric)
    if isinstance(exercise, int) and not isinstance(exercise, bool) and 1 <= exercise <= len(known):
        return known[exercise - 1]
    if not known:
        return _card(UNREAD, "There is no exercise here.")
    which = " or ".join(str(number) for number in range(1, len(known) + 1))
    return _card(UNREAD, f"There is no such exercise. Take exercise={which}.")


def _fraction(metric: Subject, exercise: Exercise, number: int, given: Given) -> Card:
    if given.means(exercise.answer):
        progress.note(metric.name, f"exercise {number}")
        return _card(RIGHT, exercise.solution)
    told = next((text for wrong, text in exercise.feedback.items() if given.means(wrong)), "")
    if told:
        return _card(NOT_YET, told)
    more = "" if number == 1 else f", exercise={number}"
    side = "high" if given.value > exercise.answer else "low"
    return _card(NOT_YET, f"That is too {side}. A hint: sh.hint(metric, 1{more}).")


def _rows(metric: Subject, counted: object, defects: object) -> Card:
    """The first row that is counted in another way than it should be, `counted` before `defects`."""
    if not isinstance(metric, Metric):
        return _card(UNREAD, "This one is checked by its questions.")
    found, (one, many) = worked(metric), ROW[metric.definition.fact]
    told: list[str] = []
    for given, of in ((counted, "is_counted"), (defects, "is_defect")):
        if _is_skipped(given):
            continue
        named = _letters(given, found)
        if isinstance(named, str):
            return _card(UNREAD, named)
        if difference := _difference(found, named, of, metric, one):
            return _card(NOT_YET, difference)
        told.append(_right(found.filter(of), of, metric, many))
    if not told:
        return _card(SKIPPED, f"Replace the dots by letters of rows. {HOW_ROWS}")
    if len(told) == 2:
        progress.note(metric.name, BY_HAND)
    return _card(RIGHT, " ".join(told))


def _difference(found: pl.DataFrame, named: set[str], of: str, metric: Metric, one: str) -> str:
    """What is wrong with the first row that is told in another way; empty where all are right."""
    wrong = found.filter(pl.col(of) != pl.col("row").is_in(sorted(named)))
    if wrong.is_empty():
        return ""
    row = wrong.row(0, named=True)
    as_what = "" if of == "is_counted" else f" as {_a(metric.definition.defect[0])}"
    missed = f"you did not count it{as_what}" if as_what else "you left it out, and it is counted"
    said = missed if row[of] else f"you counted it{as_what}"
    why = f"{sentence(row['reason'])} " if of == "is_counted" and row["reason"] else ""
    return f"{one.capitalize()} {row['row']}: {said}. {why}{sentence(row['remark'])}"


def _right(rows: pl.DataFrame, of: str, metric: Metric, many: str) -> str:
    what = f"{many} are counted" if of == "is_counted" else numbers.count(rows.height, metric.definition.defect)
    count = f"{rows.height} {what}" if of == "is_counted" else what
    return f"{count}: {letters(rows)}."


def _a(thing: str) -> str:
    return f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}"


def _is_skipped(answer: object) -> bool:
    return answer is ... or (isinstance(answer, list | tuple) and any(one is ... for one in answer))


def _letters(given: Any, found: pl.DataFrame) -> set[str] | str:
    """The rows that are named, a letter standing for all that have it; a sentence where one is not there."""
    known = found["row"].to_list()
    words = _words(given)
    if words is None:
        return f"Letters of rows are needed. {HOW_ROWS}"
    rows: set[str] = set()
    for word in words:
        here = {row for row in known if word in (row, row.rstrip("0123456789"))}
        if not here:
            return f"The example has no row of that name. Its rows are {', '.join(known)}."
        rows |= here
    return rows


def _words(given: Any) -> list[str] | None:
    if isinstance(given, str):
        parts = given.upper().replace(",", " ").split()
        return [letter for part in parts for letter in ([part] if part[-1:].isdigit() else part)]
    if isinstance(given, Iterable) and not isinstance(given, dict | bytes):
        words = list(given)
        return [word.strip().upper() for word in words] if all(isinstance(word, str) for word in words) else None
    return None


def _card(head: str, told: str) -> Card:
    html = f'<p class="checked"><strong>{escape(head)}</strong> {escape(told)}</p>'
    return Card(html=html, text=f"{head} {told}")
