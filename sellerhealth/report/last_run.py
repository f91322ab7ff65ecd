"""What a run says of each account, in run.json: how it went, where its pages are, and which failed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sellerhealth.report.outcome import Done, Event, Failed, Planned, Refused, Unchanged
from sellerhealth.report.output import failed_page
from sellerhealth.report.plan import Job

VERSION = 1
NAME = "run.json"


@dataclass
class LastRun:
    """What has been said; an account is told of when all its reports have ended, or one has failed."""

    planned: dict[str, list[Job]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    done: list[Job] = field(default_factory=list)
    unchanged: list[Job] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Take up what has happened."""
        match event:
            case Planned():
                self.planned[event.account] = list(event.jobs)
            case Refused():
                self.refused.append(event)
            case Done():
                self.done.append(event.job)
            case Unchanged():
                self.unchanged.append(event.job)
            case Failed():
                self.failed.append(event)

    def text(self, folder: Path) -> str:
        """run.json of `folder` after this run: accounts that were not in it keep what was said of them before."""
        told = {**_before(folder), **self._accounts()}
        return json.dumps({"version": VERSION, "accounts": told}, indent=1, sort_keys=True) + "\n"

    def _accounts(self) -> dict[str, Any]:
        refused = {told.account: _entry("refused", reason=told.reason) for told in self.refused}
        ended = {job.key for job in [*self.done, *self.unchanged, *(failed.job for failed in self.failed)]}
        lost = {failed.job.account for failed in self.failed}
        is_told = {name: name in lost or {job.key for job in jobs} <= ended for name, jobs in self.planned.items()}
        whole = {name: jobs for name, jobs in self.planned.items() if is_told[name]}
        return {**{name: self._entry(name, jobs) for name, jobs in whole.items()}, **refused}

    def _entry(self, account: str, jobs: list[Job]) -> dict[str, Any]:
        failed = [_failed(one) for one in self.failed if one.job.account == account]
        folders = sorted({job.folder.as_posix() for job in jobs})
        return _entry("failed" if failed else "reported", folders=folders, failed=failed)


def _entry(state: str, **more: Any) -> dict[str, Any]:
    return {"state": state, "reason": "", "folders": [], "failed": [], **more}


def _failed(failed: Failed) -> dict[str, Any]:
    job = failed.job
    return {
        "folder": job.folder.as_posix(),
        "notebook": job.notebook.stem,
        "cell": failed.cell,
        "error": failed.error,
        "cause": failed.cause,
        "told": failed.told,
        "page": failed_page(job),
    }


def _before(folder: Path) -> Mapping[str, Any]:
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return dict(told["accounts"]) if told["version"] == VERSION else {}
    except (OSError, ValueError, TypeError, KeyError):
        # None, or one that is no use: the index is made of what this run says.
        return {}
