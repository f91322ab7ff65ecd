"""What changed since the period before: verdicts and levels only, each in a sentence with its counts."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import asdict

from sellerhealth.definition.metric import Status
from sellerhealth.definition.state import Level
from sellerhealth.report.index.figures import Told, figure, state_figure, target
from sellerhealth.report.index.marker import Measured, Stood
from sellerhealth.show import numbers, words

ABSENT = "not told"
TURNED = {Status.BAD: "{} turned bad", Status.GOOD: "{} turned good", Status.NONE: "No verdict any more for {}"}
WORST = (Status.BAD, Level.RED, Level.YELLOW, Status.NONE, Level.NONE, Status.GOOD, Level.GREEN)
Change = tuple[Status | Level, str]


def changes(now: Told, before: Told, day: date) -> tuple[str, ...]:
    """A sentence for each verdict that is another now, the worst first; `day` is the last of the period before."""
    found = [*_states(now, before, numbers.day(day)), *_metrics(now, before, numbers.day(day))]
    return tuple(sentence for _, sentence in sorted(found, key=lambda one: WORST.index(one[0])))


def _states(now: Told, before: Told, day: str) -> Iterator[Change]:
    for name, either in {**before.stood, **now.stood}.items():
        new, old = now.stood.get(name), before.stood.get(name)
        level = new.level if new else Level.NONE
        if level != (old.level if old else Level.NONE):
            turned = TURNED[Status.NONE] if level == Level.NONE else f"{{}} turned {level.lower()}"
            head = turned.format(state_figure(either).label)
            yield level, f"{head}: {_stood(old)} on {day}, {_stood(new)} now."


def _metrics(now: Told, before: Told, day: str) -> Iterator[Change]:
    for name, either in {**before.measured, **now.measured}.items():
        new, old = now.measured.get(name), before.measured.get(name)
        verdict = _verdict(new)
        if verdict != _verdict(old):
            head = TURNED[verdict].format(figure(either).label)
            yield verdict, f"{head}: {_rate(old)} on {day}, {_rate(new)} now.{_moved(old, new)}"


def _verdict(row: Measured | None) -> Status:
    """What is too few to say, or not told, is no verdict either."""
    return row.status if row and row.status in (Status.GOOD, Status.BAD) else Status.NONE


def _rate(row: Measured | None) -> str:
    """The value with its counts, and that it was left undecided where it was."""
    if row is None:
        return ABSENT
    is_open = row.value is not None and _verdict(row) == Status.NONE
    return f"{words.rate(asdict(row))}{f', {words.STATUS[row.status].lower()}' if is_open else ''}"


def _moved(old: Measured | None, new: Measured | None) -> str:
    """Another target is a reason of its own."""
    if not old or not new or old.target == new.target:
        return ""
    return f" Its target was {target(old) or 'none'}, and is {target(new) or 'none'} now."


def _stood(row: Stood | None) -> str:
    """The mark in words, with the notifications behind it where a list of them is kept."""
    if row is None:
        return ABSENT
    counted = f" ({row.unread:,} unread, {row.under_review:,} under review)" if row.unread is not None else ""
    return f"{state_figure(row).state.lower()}{counted}"
