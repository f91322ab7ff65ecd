"""What a batch tells while it runs: planned, begun, and how each report ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sellerhealth.report.plan import Job


class Cause(StrEnum):
    """Why a report is not there."""

    CELL = "CELL"
    DIED = "DIED"
    MEMORY = "MEMORY"
    DEADLINE = "DEADLINE"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An account was read: these are its reports; `hindered` says what could not be kept where it came from."""

    account: str
    jobs: Sequence[Job]
    hindered: str = ""


@dataclass(frozen=True, kw_only=True)
class Began:
    """A report's notebook has begun to run."""

    job: Job


@dataclass(frozen=True, kw_only=True)
class Done:
    """A notebook that ran to its end: its page, its record, its title, and the fingerprint of all it was made from."""

    job: Job
    page: bytes = field(repr=False)
    record: dict[str, Any] = field(repr=False)
    title: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class Unchanged:
    """A report that is there already, made from the same files by the same code."""

    job: Job


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A notebook that did not run to its end: the cell and the kind of error, without any data.

    `cell` is its place in the notebook on disk, counted from 1; None when no cell can be named.
    """

    job: Job
    cell: int | None
    error: str
    reason: str = ""
    cause: Cause = Cause.CELL

    @property
    def told(self) -> str:
        """What happened and what to do, in words."""
        where = f"cell {self.cell}" if self.cell else "the run"
        return self.reason or f"{where} ended with {self.error}; no new page was made. Open the notebook to see why."


@dataclass(frozen=True, kw_only=True)
class Refused:
    """An account that cannot be read, and why; its `cause` is None where its files or settings are at fault."""

    account: str
    reason: str
    cause: Cause | None = None


Event = Planned | Began | Done | Unchanged | Failed | Refused
