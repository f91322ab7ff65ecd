"""How far a batch is: what is planned, what runs, and how each report ended."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

from sellerhealth.report.outcome import Began, Done, Event, Failed, Planned, Refused, Unchanged
from sellerhealth.report.plan import Job

End = type[Done | Unchanged | Failed]


@dataclass
class Tally:
    """A batch of so many accounts, counted event by event; what is told twice counts once.

    An account is planned again when its process died and another goes on with it. Of an event only its kind is
    kept: the pages of a batch do not fit into memory.
    """

    accounts: int
    planned: dict[str, set[str]] = field(default_factory=dict)
    running: dict[str, Job] = field(default_factory=dict)
    ended: dict[str, End] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """Count an event."""
        match event:
            case Planned():
                self._plan(event.account, event.jobs)
            case Refused():
                self._refuse(event.account)
            case Began():
                self._plan(event.job.account, [event.job])
                self.running[event.job.key] = event.job
            case _:
                self._plan(event.job.account, [event.job])
                self.running.pop(event.job.key, None)
                self.ended[event.job.key] = type(event)

    def number(self, *ends: End) -> int:
        """How many reports ended in one of these ways."""
        found = Counter(self.ended.values())
        return sum(found[end] for end in ends)

    def number_of(self, account: str, *ends: End) -> int:
        """How many reports of an account ended in one of these ways."""
        return sum(self.ended.get(key) in ends for key in self.planned[account])

    @property
    def total(self) -> int:
        """The reports planned so far."""
        return sum(len(keys) for keys in self.planned.values())

    @property
    def expected(self) -> int:
        """The reports of the whole batch; an account that is not read yet counts as much as the others on average."""
        if not self.planned:
            return 0
        unread = self.accounts - len(self.planned.keys() | self.refused)
        return self.total + ceil(max(0, unread) * self.total / len(self.planned))

    def has_finished(self, account: str) -> bool:
        """Whether every planned report of an account has ended."""
        return self.planned[account] <= self.ended.keys()

    def _plan(self, account: str, jobs: Iterable[Job]) -> None:
        self.planned.setdefault(account, set()).update(job.key for job in jobs)

    def _refuse(self, account: str) -> None:
        """Nothing more will come of what was planned for it."""
        self.refused.add(account)
        if account in self.planned:
            self.planned[account] &= self.ended.keys()
        self.running = {key: job for key, job in self.running.items() if job.account != account}
