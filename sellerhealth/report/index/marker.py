"""What a run left on disk, read back and checked: the done-markers of its pages, and run.json.

A file that was cut, edited by hand, or written by another version is `Unreadable`: nothing of it is believed.
"""

import os
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta, MsgspecError, Struct, ValidationError, convert, json

from sellerhealth.definition import policy as policies
from sellerhealth.definition.metric import Basis, Status, Unit
from sellerhealth.definition.state import Level
from sellerhealth.metrics import METRICS, STATES
from sellerhealth.report.last_run import NAME as RUN
from sellerhealth.report.output import DONE
from sellerhealth.show.words import CHANNEL
from sellerhealth.sources.settings import ACCOUNT_NAME

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Number = Annotated[float, Meta(ge=-1e12, le=1e12)]
Count = Annotated[int, Meta(ge=0, le=10**15)]
T = TypeVar("T")


class Unreadable(Exception):  # noqa: N818 - it is said of a file
    """A file of the output folder that is not what a run writes."""


class Measured(Struct, frozen=True, kw_only=True):
    """A row of a record that tells a metric."""

    policy: str
    metric: str
    channel: str
    numerator: Count | None
    denominator: Count
    counted: Count
    unit: Unit
    value: Number | None
    target: Number | None
    used: Number | None
    status: Status
    basis: Basis

    def __post_init__(self) -> None:
        """Whatever is told in words must be there."""
        _known(self.policy, _policies())
        _known(self.metric, METRICS)
        _known(self.channel, CHANNEL)
        if self.unit == Unit.PERCENT and self.value is not None and self.numerator is None:
            raise ValueError("a share without its count")


class Stood(Struct, frozen=True, kw_only=True):
    """A row of a record that tells a state; `rule` is what decided its level, the policy's own when empty."""

    policy: str
    state: str
    level: Level
    unread: Count | None
    under_review: Count | None
    is_estimate: bool | None
    account_status: str | None
    rule: str = ""

    def __post_init__(self) -> None:
        """Whatever is told in words must be there."""
        _known(self.policy, _policies())
        _known(self.state, STATES)
        _known(self.rule, {"", *STATES[self.state].levels})
        if (self.unread is None) != (self.under_review is None):
            raise ValueError("a list of notifications that is not whole")


class Record(Struct, frozen=True, kw_only=True):
    """What a notebook left of its figures."""

    account: str
    title: str
    marketplace: str
    as_of: date
    policy: str
    results: list[dict[str, Any]]


class Marker(Struct, frozen=True, kw_only=True):
    """The proof that a page is whole, with the record of the notebook it was made from."""

    notebook: str
    record: dict[str, Any]


class Report(Struct, frozen=True, kw_only=True):
    """A page that is there, and the figures it tells; `record` is the notebook's own, for machines."""

    notebook: str
    record: dict[str, Any]
    title: str
    policy: str
    measured: tuple[Measured, ...]
    stood: tuple[Stood, ...]


class Lost(Struct, frozen=True, kw_only=True):
    """A report that failed in the last run; `folder` is where its page would be."""

    folder: str
    notebook: str
    told: str

    def __post_init__(self) -> None:
        """Links are made of both, so both must be names."""
        day, *names = self.folder.split("/")
        if not is_day(day) or len(names) < 2 or not all(map(ACCOUNT_NAME.fullmatch, [*names, self.notebook])):
            raise ValueError("not a folder of reports")

    @property
    def place(self) -> tuple[str, str]:
        """The account and the marketplace."""
        _, *account, marketplace = self.folder.split("/")
        return "/".join(account), marketplace

    @property
    def as_of(self) -> date:
        """The last day it would have looked at."""
        return date.fromisoformat(self.folder.split("/")[0])


class Told(Struct, frozen=True, kw_only=True):
    """What the last run said of an account."""

    state: Literal["reported", "failed", "refused"]
    reason: str = ""
    failed: tuple[Lost, ...] = ()


class Run(Struct, frozen=True, kw_only=True):
    """run.json: the last word on each account."""

    version: Literal[1] = 1
    accounts: dict[str, Told] = {}


def is_day(name: str) -> bool:
    """Whether a folder is called by a day.

    Example:
        >>> is_day("2026-11-15"), is_day("2026-11-31"), is_day("20261115")
        (True, False, False)
    """
    try:
        return bool(DAY.fullmatch(name) and date.fromisoformat(name))
    except ValueError:
        return False


def report(folder: Path, name: str) -> Report:
    """The report of that name in a folder, which ends in its day, account and marketplace. Raises Unreadable."""
    marker = _decoded(folder / DONE / f"{name}.json", Marker)
    try:
        record = convert(marker.record, Record)
        measured = tuple(convert(row, Measured) for row in record.results if "metric" in row)
        stood = tuple(convert(row, Stood) for row in record.results if "state" in row)
        _known(record.policy, _policies())
    except ValidationError as error:
        raise Unreadable(str(error)) from None
    place = (record.as_of.isoformat(), *record.account.split("/"), record.marketplace)
    if folder.parts[-len(place) :] != place or marker.notebook != name:
        raise Unreadable("it belongs to another page")
    if not (folder / f"{name}.html").is_file():
        raise Unreadable("its page is gone")
    return Report(
        notebook=name,
        record=marker.record,
        title=record.title,
        policy=record.policy,
        measured=measured,
        stood=stood,
    )


def run(out: Path) -> Run:
    """What the last run said; nothing where none was. Raises Unreadable."""
    return _decoded(out / RUN, Run) if (out / RUN).exists() else Run()


def printable(path: Path) -> str:
    """A path as text that any page can hold, whatever its bytes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _decoded(path: Path, kind: type[T]) -> T:
    try:
        return json.decode(path.read_bytes(), type=kind)
    except (MsgspecError, OSError, UnicodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None


def _known(name: str, names: Mapping[str, Any] | set[str] | frozenset[str]) -> None:
    if name not in names:
        raise ValidationError("a name of another version")


@cache
def _policies() -> frozenset[str]:
    return frozenset(policies.names())
