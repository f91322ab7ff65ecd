"""All accounts at a glance, as plain records: the latest report of each, what changed, what is stale or not there.

A pure function of the done-markers and run.json of an output folder; no clock is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from sellerhealth.report.index.changes import changes
from sellerhealth.report.index.figures import Figure, Told, lead, told
from sellerhealth.report.index.folders import Folder, Reader
from sellerhealth.report.index.marker import Lost, Run
from sellerhealth.show import numbers

Place = tuple[str, str]
"""An account and a marketplace."""
REPORTS = ("report", "reports")
GONE = "No report of it can be read: run the report again."


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """The account's report of an earlier day."""

    as_of: date
    href: str


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A report that failed in the last run; `href` leads to the page that says where, and is empty without one."""

    notebook: str
    as_of: date
    told: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Unreported:
    """An account without any report, and why; `marketplace` is empty where it was not even read."""

    account: str
    marketplace: str
    reason: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An account in a marketplace, by its latest report.

    `status` is bad, good or none. `why` says why the report is stale, and is empty where it is not. `since` is the
    last day of the period that `changes` compares with, None where there is none. `rank` sorts the worst first.
    """

    account: str
    title: str
    marketplace: str
    as_of: date
    policy: str
    href: str
    verdict: str
    status: str
    figures: tuple[Figure, ...]
    alarms: tuple[str, ...]
    rank: tuple[float | str, ...]
    why: str = ""
    failed: tuple[Failure, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    changes: tuple[str, ...] = ()
    since: date | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the last run could not make it anew."""
        return bool(self.why)


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """The accounts, the worst first; those without a report in `refused`; what cannot be read, in sentences."""

    entries: tuple[Entry, ...] = ()
    refused: tuple[Unreported, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """How the accounts stand, in one line.

        Example:
            >>> Portfolio(refused=(Unreported(account="shop", marketplace="", reason="It has no file."),)).summary
            '0 accounts; 1 not reported.'
        """
        status = [entry.status for entry in self.entries]
        words = {"bad": "bad", "good": "good", "none": "without a verdict"}
        verdicts = [f"{status.count(name):,} {word}" for name, word in words.items() if name in status]
        troubles = {
            "changed": sum(bool(entry.changes) for entry in self.entries),
            "stale": sum(entry.is_stale for entry in self.entries),
            "with a failed report": sum(bool(entry.failed) for entry in self.entries),
            "not reported": len(self.refused),
        }
        told = [": ".join(part for part in (self.unit(len(self.entries)), ", ".join(verdicts)) if part)]
        return "; ".join([*told, *(f"{number:,} {word}" for word, number in troubles.items() if number)]) + "."

    def unit(self, number: int) -> str:
        """A number of entries: accounts, or accounts by marketplace where one has several."""
        is_plain = len({entry.account for entry in self.entries}) == len(self.entries)
        return numbers.count(number, ("account", "accounts")) + ("" if is_plain else " by marketplace")


def read(out: Path) -> Portfolio:
    """The portfolio of an output folder. What cannot be read there is named in it, and never an error."""
    reader = Reader(out)
    run, folders = reader.run(), reader.folders()
    found = [_entry(reader, list(group), run) for _, group in groupby(folders, key=lambda folder: folder.place)]
    entries = sorted((entry for entry in found if entry), key=lambda entry: entry.rank)
    places = {(entry.account, entry.marketplace) for entry in entries}
    refused = [one for account in run.accounts for one in _unreported(out, run, account, places)]
    return Portfolio(
        entries=tuple(entries),
        refused=tuple(sorted(refused, key=lambda one: (one.account, one.marketplace))),
        unreadable=tuple(reader.unreadable),
    )


def _entry(reader: Reader, folders: Sequence[Folder], run: Run) -> Entry | None:
    """The account by its latest folder that can be read; None where none can."""
    place, reports = next(((i, found) for i, one in enumerate(folders) if (found := reader.reports(one))), (0, {}))
    if not reports:
        return None
    folder, older = folders[place], folders[place + 1 :]
    now, leading = told(reports), lead(reports)
    before = _before(reader, older, leading.policy)
    account, marketplace = folder.place
    failed = _lost(run, folder.place)
    return Entry(
        account=account,
        title=leading.title,
        marketplace=marketplace,
        as_of=folder.as_of,
        policy=leading.policy,
        href=folder.href(leading.notebook),
        verdict=now.verdict,
        status=now.status,
        figures=now.figures,
        alarms=now.alarms,
        rank=(*(-part for part in now.badness), account, marketplace),
        why=_refusal(run, account) or _staleness(failed, folder, set(reports)) or _skipped(folders[:place]),
        failed=tuple(_failure(reader.out, lost) for lost in failed),
        earlier=tuple(Earlier(as_of=one.as_of, href=one.leading) for one in older if one.leading),
        changes=changes(now, before[1], before[0]) if before else (),
        since=before[0] if before else None,
    )


def _before(reader: Reader, older: Sequence[Folder], policy: str) -> tuple[date, Told] | None:
    """The nearest earlier period under the same policy: under another one the figures are others."""
    found = ((folder.as_of, reader.reports(folder)) for folder in older)
    return next(((day, told(one)) for day, one in found if one and lead(one).policy == policy), None)


def _lost(run: Run, place: Place) -> list[Lost]:
    last = run.accounts.get(place[0])
    return [lost for lost in last.failed if lost.place == place] if last else []


def _refusal(run: Run, account: str) -> str:
    """Why the account as a whole came to nothing in the last run; empty where it did not."""
    last = run.accounts.get(account)
    if last and last.state == "refused":
        return f"the last run refused the account: {last.reason}"
    return f"the last run failed: {last.reason}" if last and last.state == "failed" and not last.failed else ""


def _staleness(failed: Sequence[Lost], folder: Folder, names: set[str]) -> str:
    """Which of the pages shown the last run was to replace, and did not."""
    old = [
        lost for lost in failed if lost.as_of > folder.as_of or (lost.as_of == folder.as_of and lost.notebook in names)
    ]
    where = old[0].notebook if len(old) == 1 else numbers.count(len(old), REPORTS)
    return f"the last run failed in {where}." if old else ""


def _skipped(newer: Sequence[Folder]) -> str:
    return f"its report of {numbers.day(newer[0].as_of)} cannot be read." if newer else ""


def _failure(out: Path, lost: Lost) -> Failure:
    page = f"{lost.folder}/{lost.notebook}.failed.html"
    href = quote(page) if (out / page).is_file() else ""
    return Failure(notebook=lost.notebook, as_of=lost.as_of, told=lost.told, href=href)


def _unreported(out: Path, run: Run, account: str, places: set[Place]) -> Iterator[Unreported]:
    """What the last run said of an account that has no report to show, as a whole or in a marketplace."""
    last, is_shown = run.accounts[account], any(name == account for name, _ in places)
    if not last.failed and not is_shown:
        yield Unreported(account=account, marketplace="", reason=last.reason or GONE)
    for place in sorted({lost.place for lost in last.failed} - places):
        first, *more = [_failure(out, lost) for lost in last.failed if lost.place == place]
        also = f" So did {numbers.count(len(more), ('other report', 'other reports'))}." if more else ""
        reason = f"{first.notebook}: {first.told}{also}"
        yield Unreported(account=place[0], marketplace=place[1], reason=reason, href=first.href)
