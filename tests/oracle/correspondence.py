"""Conversations with buyers and what they said of them: moments a hair beside a day, replies of machines, weeks' ends."""

from datetime import date, datetime, time, timedelta

from tests.oracle.chance import CLOCKS, YES_NO, Chance, Row

TOPICS = ("CANCELLATION", "RETURN", "DELIVERY", "PRODUCT", "INVOICE", "OTHER")
HAIR, MINUTE, DAY = timedelta(microseconds=1), timedelta(seconds=60), timedelta(hours=24)
PROMPT = (timedelta(0), HAIR, timedelta(seconds=5), MINUTE - HAIR, MINUTE, MINUTE + HAIR)
SLOW = (timedelta(hours=1, microseconds=700_000), timedelta(hours=5), DAY - HAIR, DAY, DAY + HAIR, timedelta(days=3))
WEEK = (7 * DAY - HAIR, 7 * DAY, 7 * DAY + HAIR)
AGES = (-1, 0, 1, 2, 6, 7, 8, 13, 27, 28, 29, 30, 31, 34, 55, 56, 57, 62, 63, 89, 90, 91)
"""How many days ago windows begin and end, those that end on a Sunday too, and the days beside."""


class Correspondence(Chance):
    """A source of messages and survey answers."""

    def __init__(self, seed: int | str, zone: str, as_of: date) -> None:
        super().__init__(seed, zone, as_of)
        self.end = self.at(as_of + timedelta(days=1), time())
        self.threads = [f"T{number}" for number in range(self.pick(0, 1, 3, 6, 9))]

    def messages(self, orders: list[Row]) -> list[Row]:
        known = [order["order_id"] for order in orders] or [None]
        rows = [row for thread in self.threads for row in self.thread(thread, known)]
        return [*rows, *self._many(), *self._silent(), *(self._told_again(row) for row in rows if self.hits(0.05))]

    def thread(self, thread: str, known: list[str]) -> list[Row]:
        moment, rows = self._start(), []
        order_id = self.pick(None, *known, *known, "in no file")
        for number in range(self.pick(1, 2, 3, 4, 6, 8)):
            row = self.message(f"{thread}-{number}", order_id if self.hits(0.8) else self.pick(None, *known))
            rows.append({**row, "thread_id": thread, "sent_at": self.or_none(moment, 0.03)})
            moment += self.pick(*self.random.choice((PROMPT, PROMPT, SLOW, SLOW, WEEK)))
        by_key = {(row["sender"], row["sent_at"]): row for row in rows}
        return self.random.sample(list(by_key.values()), len(by_key))

    def message(self, message_id: str, order_id: str | None) -> Row:
        return {
            "message_id": self.pick(None, message_id),
            "order_id": order_id,
            "sender": self.pick("BUYER", "BUYER", "BUYER", "SELLER", "SELLER", "SELLER", "AMAZON"),
            "needs_no_response": self.pick(None, None, None, *YES_NO),
            "is_automatic": self.pick(None, None, None, None, None, *YES_NO),
            "topic": self.pick(None, *TOPICS),
            "text_mark": self.pick(None, 7, 7, 7, 7, 7, 8),
        }

    def surveys(self) -> list[Row]:
        threads = [*self.threads, *(f"survey only {number}" for number in range(self._answers()))]
        rows = [row for thread in threads for row in self.answers(thread)]
        return [*rows, *(row for row in rows if self.hits(0.03))]

    def answers(self, thread: str) -> list[Row]:
        """None, one or several answers; those of a conversation nobody wrote in lie in the last weeks."""
        alone = thread.startswith("survey")
        moments = {self._recent() if alone else self._start() for _ in range(1 if alone else self.pick(0, 0, 1, 2, 3))}
        return [
            {
                "thread_id": thread,
                "answered_at": self.or_none(moment, 0.01 if alone else 0.1),
                "score": self.or_none(self.pick(0, 1, 5, 6, 8, 10), 0.02 if alone else 0.3),
                "is_solved": self.pick(None, *YES_NO),
            }
            for moment in sorted(moments)
        ]

    def _many(self) -> list[Row]:
        """Now and then ten or twenty messages, none, one or two of them answered a hair too late."""
        if self.hits(0.7):
            return []
        late, plain = self.pick(0, 1, 1, 2), {"order_id": None, "needs_no_response": None, "is_automatic": False}
        rows = []
        for number in range(self.pick(10, 20)):
            asked = self.at(self._days_ago(2, 6), self.pick(*CLOCKS))
            wait = DAY + HAIR if number < late else self.pick(DAY, timedelta(hours=2), HAIR)
            for sender, moment in (("BUYER", asked), ("SELLER", asked + wait)):
                told = {"thread_id": f"M{number}", "sender": sender, "sent_at": moment}
                rows.append({**self.message(f"M{number}", None), **plain, **told})
        return rows

    def _silent(self) -> list[Row]:
        """Now and then a matter that was answered a week ago, to the moment."""
        if self.hits(0.8):
            return []
        answered = self.end - self.pick(*WEEK)
        plain = {**self.message("W", None), "thread_id": "W", "needs_no_response": None, "is_automatic": False}
        moments = {"BUYER": answered - timedelta(hours=1), "SELLER": answered}
        return [{**plain, "sender": sender, "sent_at": moment} for sender, moment in moments.items()]

    def _told_again(self, row: Row) -> Row:
        """The same message from another file, which knows less of it."""
        return {
            name: value if name in ("thread_id", "sender", "sent_at") or self.hits(0.5) else None
            for name, value in row.items()
        }

    def _answers(self) -> int:
        return self.pick(0, 0, 0, 1, 3, 39, 40, 41, 42, 60) if self.hits(0.5) else 0

    def _start(self) -> datetime:
        """A moment that ends a wait just now, or one of an awkward day."""
        if self.hits(0.25):
            return self.end - self.pick(*PROMPT, *SLOW, *WEEK)
        return self.at(self._days_ago(*AGES), self.pick(*CLOCKS))

    def _recent(self) -> datetime:
        return self.at(self._days_ago(*range(7, 28), 0, 6, 28, 34, 55, 62), self.pick(*CLOCKS))

    def _days_ago(self, *days: int) -> date:
        return self.as_of - timedelta(days=self.pick(*days))
