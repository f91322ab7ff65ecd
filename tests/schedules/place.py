"""A place like the one the schedules expect, with a sellerhealth that only notes how it was called."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCHEDULES = ROOT / "docs" / "schedules"
HOME = "/srv/sellerhealth"


@dataclass(frozen=True)
class Place:
    home: Path

    def text(self, name: str) -> str:
        """A schedule with this place's path in it."""
        return (SCHEDULES / name).read_text(encoding="utf-8").replace(HOME, str(self.home))

    @property
    def calls(self) -> list[list[str]]:
        """The words of each call of sellerhealth."""
        noted = self.home / "calls"
        return [line.split() for line in noted.read_text().splitlines()] if noted.exists() else []


def script(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


def place(home: Path, *, ends: int = 0, says: str = "22 reports.") -> Place:
    """The project's folders, a digest, and a sellerhealth that says something and ends with this code."""
    script(home / ".venv/bin/sellerhealth", f'echo "$@" >> {home}/calls', f'echo "{says}"', f"exit {ends}")
    for name in ("data", "reports", "ran"):
        (home / name).mkdir()
    (home / "reports/digest.eml").write_bytes(b"Subject: Account health\r\n\r\nAll good.\r\n")
    (home / "reports/digest.txt").write_text("ACCOUNT HEALTH\n")
    (home / "docs").symlink_to(ROOT / "docs")
    (home / "notebooks").symlink_to(ROOT / "notebooks")
    return Place(home)
