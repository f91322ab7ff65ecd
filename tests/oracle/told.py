"""Messages and survey answers as they are known at a moment, and who answered whom when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

Row = dict[str, Any]
MINUTE = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Told:
    """The messages and survey answers of one account, told before a moment."""

    messages: list[Row]
    surveys: list[Row]
    end: datetime

    @cached_property
    def threads(self) -> dict[str, list[Row]]:
        """The messages of each thread in the order of time; one told twice is one."""
        same: dict[tuple[str, str, datetime], list[Row]] = defaultdict(list)
        for row in self.messages:
            if row["sent_at"] and row["sent_at"] < self.end:
                same[row["thread_id"], row["sender"], row["sent_at"]].append(row)
        threads: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(map(_together, same.values()), key=lambda row: row["sent_at"]):
            threads[row["thread_id"]].append(row)
        return threads

    @cached_property
    def asked(self) -> list[Row]:
        """The messages of buyers that need a response."""
        return [row for rows in self.threads.values() for row in rows if _is_asked(row)]

    def answer(self, message: Row) -> datetime | None:
        """The seller's first own reply after a message: not one that is automatic, or looks it."""
        for row in self.threads[message["thread_id"]]:
            if row["sender"] == "SELLER" and row["sent_at"] > message["sent_at"] and not self._is_automatic(row):
                return row["sent_at"]
        return None

    def wait(self, message: Row) -> timedelta:
        """How long the buyer waited, until now at the longest."""
        return (self.answer(message) or self.end) - message["sent_at"]

    def asked_after(self, thread: str, moment: datetime) -> datetime | None:
        """When the buyer of a thread wrote again."""
        later = [row["sent_at"] for row in self.threads[thread] if _is_asked(row) and row["sent_at"] > moment]
        return min(later, default=None)

    def last_answer(self, thread: str, column: str) -> Row | None:
        """The latest survey answer on a thread that says something in a column."""
        said = [row for row in self.answers if row["thread_id"] == thread and row[column] is not None]
        return max(said, key=lambda row: row["answered_at"], default=None)

    @cached_property
    def answers(self) -> list[Row]:
        """The survey answers given by then."""
        return [row for row in self.surveys if row["answered_at"] and row["answered_at"] < self.end]

    def _is_automatic(self, reply: Row) -> bool:
        """The file's word; where it has none, a prompt reply in the words of a prompt one in another thread."""
        if reply["is_automatic"] is not None:
            return reply["is_automatic"]
        return self._is_prompt(reply) and len(self._said_promptly[reply["text_mark"]] - {reply["thread_id"]}) > 0

    @cached_property
    def _said_promptly(self) -> dict[int, set[str]]:
        """The threads in which each text was sent promptly."""
        found: dict[int, set[str]] = defaultdict(set)
        for row in (row for rows in self.threads.values() for row in rows if self._is_prompt(row)):
            found[row["text_mark"]].add(row["thread_id"])
        return found

    def _is_prompt(self, reply: Row) -> bool:
        """A seller's reply of unknown hand, at most a minute after the buyer's last message before it."""
        if reply["sender"] != "SELLER" or reply["is_automatic"] is not None or reply["text_mark"] is None:
            return False
        before = [
            row["sent_at"]
            for row in self.threads[reply["thread_id"]]
            if row["sender"] == "BUYER" and row["sent_at"] < reply["sent_at"]
        ]
        return bool(before) and reply["sent_at"] - max(before) <= MINUTE


def _is_asked(row: Row) -> bool:
    return row["sender"] == "BUYER" and not row["needs_no_response"]


def _together(rows: list[Row]) -> Row:
    """All that is said of a message; it is a machine's only where every row says so, and a person's text goes first."""
    both = {name: next((row[name] for row in rows if row[name] is not None), None) for name in rows[0]}
    said = [row["is_automatic"] for row in rows]
    texts = [row["text_mark"] for row in rows if row["is_automatic"] is None and row["text_mark"] is not None]
    is_automatic = False if False in said else None if None in said else True
    return {**both, "is_automatic": is_automatic, "text_mark": min(texts, default=None)}
