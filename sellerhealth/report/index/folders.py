"""The folders of reports under an output folder: one for each day, account and marketplace."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import quote

from sellerhealth.report.index import marker
from sellerhealth.report.index.figures import OVERVIEW
from sellerhealth.report.index.marker import Report, Run, Unreadable
from sellerhealth.report.last_run import NAME
from sellerhealth.report.output import DONE

AGAIN = "cannot be read: run the report again."


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A folder of reports; `parts` are its names from the output folder on, `names` those of its done-markers."""

    path: Path
    parts: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def as_of(self) -> date:
        """The last day looked at."""
        return date.fromisoformat(self.parts[0])

    @property
    def place(self) -> tuple[str, str]:
        """The account and the marketplace."""
        return "/".join(self.parts[1:-1]), self.parts[-1]

    @property
    def leading(self) -> str:
        """The link to the page that speaks for it; empty where no page is there."""
        names = [name for name in (OVERVIEW, *self.names) if name in self.names]
        return next((self.href(name) for name in names if (self.path / f"{name}.html").is_file()), "")

    def href(self, name: str) -> str:
        """The link from the index to a page of it."""
        return quote("/".join([*self.parts, f"{name}.html"]))


@dataclass(frozen=True)
class Reader:
    """Reads an output folder; what cannot be read is left out, and told in `unreadable`."""

    out: Path
    unreadable: list[str] = field(default_factory=list)

    def run(self) -> Run:
        """What the last run said of each account."""
        try:
            return marker.run(self.out)
        except Unreadable:
            self._note(self.out / NAME)
            return Run()

    def folders(self) -> list[Folder]:
        """Every folder of reports: by account and marketplace, the latest first."""
        days = sorted((day for day in self.out.glob("*-*-*") if marker.is_day(day.name)), reverse=True)
        return sorted((one for day in days for one in self._folders(day)), key=lambda one: one.place)

    def reports(self, folder: Folder) -> dict[str, Report]:
        """The reports of a folder by name, in their order."""
        found = {name: self._report(folder, name) for name in folder.names}
        return {name: report for name, report in found.items() if report}

    def folder(self, path: Path) -> Folder:
        """The folder at a path."""
        try:
            files = sorted(one.name for one in (path / DONE).iterdir())
        except OSError:
            self._note(path / DONE)
            files = []
        names = tuple(name.removesuffix(".json") for name in files if name.endswith(".json") and name[0] != ".")
        return Folder(path=path, parts=path.relative_to(self.out).parts, names=names)

    def _folders(self, day: Path) -> Iterator[Folder]:
        for root, inner, _ in os.walk(day, onerror=lambda error: self._note(Path(error.filename))):
            found = self.folder(Path(root)) if DONE in inner else None
            inner[:] = [name for name in inner if name != DONE]
            if found and found.names and len(found.parts) > 2:
                yield found

    def _report(self, folder: Folder, name: str) -> Report | None:
        try:
            return marker.report(folder.path, name)
        except Unreadable:
            self._note(folder.path / f"{name}.html")
            return None

    def _note(self, path: Path) -> None:
        self.unreadable.append(f"{marker.printable(path.relative_to(self.out))} {AGAIN}")
