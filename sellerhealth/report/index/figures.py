"""An account's figures in words, as its reports tell them; which of them are bad, and how bad."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from msgspec.structs import asdict

from sellerhealth.definition.metric import Status
from sellerhealth.definition.state import Level, State
from sellerhealth.metrics import METRICS, STATES, policy
from sellerhealth.report.index.marker import Measured, Report, Stood
from sellerhealth.show import numbers, words
from sellerhealth.show.standing import CLASS, mark, meaning

OVERVIEW = "00_account_health"
NO_BAD = {True: "No figure misses its target.", False: "No figure has a verdict."}
MISSED = ("figure misses its target", "figures miss their target")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure or a state in words.

    `name` is its own in this account: the metric with its channel, or the state. `used` is how much of its target
    is used up, 1 where it breaks; None where there is no target or nothing to judge.
    """

    name: str
    label: str
    rate: str
    target: str
    mark: str
    state: str
    status: str
    used: float | None = None

    @property
    def is_bad(self) -> bool:
        """Whether it makes the account bad."""
        return "bad" in self.status.split()


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the reports of one account and period tell: a row for each state, and for each metric and channel."""

    stood: Mapping[str, Stood]
    measured: Mapping[str, Measured]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All that has a value, in words; the states first."""
        states = (state_figure(row) for row in self.stood.values())
        return (*states, *(figure(row) for row in self._valued))

    @property
    def alarms(self) -> tuple[str, ...]:
        """What each red state means, in a sentence."""
        red = (row for row in self.stood.values() if row.level == Level.RED)
        return tuple(meaning(asdict(row), ruled(row)) for row in red)

    @property
    def status(self) -> str:
        """bad, good or none."""
        return "bad" if self._bad or self.alarms else "good" if self._has_good else "none"

    @property
    def verdict(self) -> str:
        """The account in a sentence or two."""
        missed = f"{numbers.count(len(self._bad), MISSED)}." if self._bad else NO_BAD[self._has_good]
        return " ".join([*self.alarms, missed])

    @property
    def badness(self) -> tuple[int, int, float]:
        """The greater, the worse: red states, figures that miss their target, the most used of one."""
        used = max((row.used for row in self._valued if row.used is not None), default=0.0)
        return len(self.alarms), len(self._bad), used

    @property
    def _valued(self) -> list[Measured]:
        return [row for row in self.measured.values() if row.value is not None]

    @property
    def _bad(self) -> list[Measured]:
        return [row for row in self._valued if row.status == Status.BAD]

    @property
    def _has_good(self) -> bool:
        return any(row.status == Status.GOOD for row in self._valued)


def lead(reports: Mapping[str, Report]) -> Report:
    """The report that speaks for the account: the overview, else the first."""
    return reports.get(OVERVIEW) or next(iter(reports.values()))


def told(reports: Mapping[str, Report]) -> Told:
    """What these reports tell under the policy of the leading one.

    The overview tells every metric; without it each notebook's first row of a metric and channel does.
    """
    chosen, every = lead(reports).policy, reports.values()
    speaking = [reports[OVERVIEW]] if OVERVIEW in reports else every
    measured = [row for one in speaking for row in one.measured if row.policy == chosen]
    stood = [row for one in every for row in one.stood if row.policy == chosen]
    return Told(
        stood=_first((row.state, row) for row in stood),
        measured=_first((f"{row.metric} {row.channel}", row) for row in measured),
    )


def figure(row: Measured) -> Figure:
    """A metric in words, with the target of its own row: an account may have another than its policy."""
    definition = METRICS[row.metric]
    where = f", {words.CHANNEL[row.channel]}" if len(definition.channels) > 1 else ""
    return Figure(
        name=f"{row.metric} {row.channel}",
        label=f"{definition.label}{where}",
        rate=words.rate(asdict(row)),
        target=target(row),
        mark=words.MARK[row.status],
        state=words.STATUS[row.status],
        status=row.status.lower(),
        used=row.used,
    )


def target(row: Measured) -> str:
    """The target in words; empty where there is none."""
    if row.target is None:
        return ""
    return f"{words.CONDITION[METRICS[row.metric].condition]} {numbers.figure(row.target, row.unit)}"


def state_figure(row: Stood) -> Figure:
    """A state in words."""
    return Figure(
        name=row.state,
        label=STATES[row.state].label,
        rate="",
        target="",
        mark=words.LEVEL_MARK[row.level],
        state=mark(asdict(row), ruled(row)),
        status=CLASS[row.level],
    )


def ruled(row: Stood) -> State:
    """The state under the row's policy, and the rule that decided: an account may have another than its policy."""
    state = policy(row.policy).states[row.state]
    chosen = {**state.terms.chosen, "rule": row.rule or state.terms.chosen["rule"]}
    return replace(state, terms=replace(state.terms, chosen=chosen))


def _first(rows: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, row in rows:
        found.setdefault(name, row)
    return found
