"""Contacts, matters and answers counted by hand from generated conversations: one message after the other.

Nothing of the package is used here, and nothing is fast: that is the point.
"""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

TOPICS = ("CANCELLATION", "RETURN", "DELIVERY", "PRODUCT", "INVOICE", "OTHER")
PLACES = {"America/Los_Angeles": "US", "Europe/London": "GB", "Asia/Tokyo": "JP", "Asia/Kolkata": "IN"}
YES_NO = (True, False)
PROMPT_STEPS = (
    timedelta(0),
    timedelta(microseconds=1),
    timedelta(seconds=5),
    timedelta(seconds=60),
    timedelta(seconds=60, microseconds=1),
)
"""Pauses between messages at which a machine is told from a person."""
STEPS = (
    timedelta(hours=1),
    timedelta(hours=5),
    timedelta(hours=24) - timedelta(microseconds=1),
    timedelta(hours=24),
    timedelta(hours=24, microseconds=1),
    timedelta(days=3),
    timedelta(days=7),
)
"""Longer ones: hours, a day less a moment, a day, a week."""
Row = dict[str, Any]
Tables = dict[str, list[Row]]


def conversations(seed: int, zone: str, as_of: date) -> Tables:
    """The orders, messages and surveys of one small account; the same for the same seed, zone and day."""
    chance = Chance(seed, zone, as_of)
    threads = [f"T{number}" for number in range(chance.pick(0, 1, 3, 5, 8))]
    messages = [row for thread in threads for row in chance.messages(thread)]
    return {
        "orders": [
            {"order_id": "known", "marketplace": PLACES[zone]},
            {"order_id": "abroad", "marketplace": "DE"},
            {"order_id": "somewhere", "marketplace": None},
        ],
        "messages": messages + [chance.told_again(row) for row in messages if chance.hits(0.05)],
        "surveys": [row for thread in [*threads, "survey only"] for row in chance.surveys(thread)],
    }


class Chance:
    """A seeded random source that knows the day looked at."""

    def __init__(self, seed: int, zone: str, as_of: date) -> None:
        self.random, self.zone, self.as_of = Random(f"{seed} {zone} {as_of}"), ZoneInfo(zone), as_of

    def messages(self, thread: str) -> list[Row]:
        moment, rows = self.moment(), []
        for number in range(self.pick(1, 2, 3, 4, 6, 8)):
            rows.append(self.message(thread, number, moment))
            moment += self.pick(*PROMPT_STEPS) if self.hits(0.7) else self.pick(*STEPS)
        by_key = {(row["sender"], row["sent_at"]): row for row in rows}
        return self.random.sample(list(by_key.values()), len(by_key))

    def message(self, thread: str, number: int, moment: datetime) -> Row:
        return {
            "thread_id": thread,
            "message_id": self.pick(None, f"{thread}-{number}"),
            "order_id": self.pick(None, "known", "known", "abroad", "somewhere", "in no file"),
            "sender": self.pick("BUYER", "BUYER", "BUYER", "SELLER", "SELLER", "SELLER", "AMAZON"),
            "sent_at": None if self.hits(0.03) else moment,
            "needs_no_response": self.pick(None, None, *YES_NO),
            "is_automatic": self.pick(None, None, None, None, None, *YES_NO),
            "topic": self.pick(None, *TOPICS),
            "text_mark": self.pick(None, 7, 7, 7, 7, 7, 8),
        }

    def told_again(self, row: Row) -> Row:
        """The same message from another file, which may know more or less of it."""
        more = self.message(row["thread_id"], 99, row["sent_at"])
        return {**more, "sender": row["sender"], "sent_at": row["sent_at"]}

    def surveys(self, thread: str) -> list[Row]:
        moments = {self.moment() for _ in range(self.pick(0, 0, 1, 1, 2, 3))}
        return [
            {
                "thread_id": thread,
                "answered_at": None if self.hits(0.03) else moment,
                "score": self.pick(None, 0, 5, 6, 10),
                "is_solved": self.pick(None, *YES_NO),
            }
            for moment in sorted(moments)
        ]

    def moment(self) -> datetime:
        """Near the end of the day looked at, on a day when clocks may change, or weeks before."""
        day = self.as_of - timedelta(days=self.pick(-1, 0, 0, 1, 1, 2, 3, 7, 8, 30))
        clock = self.pick(time(0), time(1, 30), time(1, 30, fold=1), time(12), time(23, 59, 59, 999999))
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def pick(self, *values: Any) -> Any:
        return self.random.choice(values)

    def hits(self, share: float) -> bool:
        return self.random.random() < share


class Known:
    """What is known of an account's conversations at the end of a day."""

    def __init__(self, tables: Tables, zone: str, as_of: date) -> None:
        self.tables, self.zone, self.place = tables, ZoneInfo(zone), PLACES[zone]
        self.end = datetime.combine(as_of + timedelta(days=1), time(), self.zone).astimezone(UTC)
        self.messages = self._told_once()

    def contacts(self) -> list[Row]:
        """Each message of a buyer, with its answers."""
        return [self._contact(row) for row in self.messages if row["sender"] == "BUYER"]

    def matters(self) -> list[Row]:
        """Each thread with a message that needs a response, or with a survey answer."""
        asked = {row["thread_id"] for row in self.contacts() if not row["needs_no_response"]}
        return [self._matter(thread) for thread in sorted(asked | {row["thread_id"] for row in self._surveys()})]

    def answers(self) -> list[Row]:
        """The latest score of each thread."""
        scored = [row for row in self._surveys() if row["score"] is not None]
        latest = {row["thread_id"]: row for row in sorted(scored, key=lambda row: row["answered_at"])}
        return [
            {
                "thread_id": thread,
                "marketplace": self.place_of_thread(thread),
                "channel": "ALL",
                "answered_on": self._day(row["answered_at"]),
                "score": row["score"],
            }
            for thread, row in latest.items()
        ]

    def _told_once(self) -> list[Row]:
        """Messages sent in time; of one told twice, all that is said of it."""
        keys = dict.fromkeys(
            (row["thread_id"], row["sender"], row["sent_at"])
            for row in self.tables["messages"]
            if row["sent_at"] and row["sent_at"] < self.end
        )
        return [self._joined(*key) for key in keys]

    def _joined(self, thread: str, sender: str, sent_at: datetime) -> Row:
        same = [
            row
            for row in self.tables["messages"]
            if (row["thread_id"], row["sender"], row["sent_at"]) == (thread, sender, sent_at)
        ]

        def said(name: str) -> list[Any]:
            return [row[name] for row in same if row[name] is not None]

        return {
            "thread_id": thread,
            "sender": sender,
            "sent_at": sent_at,
            "topic": min(said("topic"), key=TOPICS.index, default=None),
            **{name: min(said(name), default=None) for name in ("message_id", "order_id")},
            "needs_no_response": max(said("needs_no_response"), default=None),
            "is_automatic": _by_a_machine([row["is_automatic"] for row in same]),
            "text_mark": min(
                (row["text_mark"] for row in same if row["is_automatic"] is None and row["text_mark"] is not None),
                default=None,
            ),
        }

    def _contact(self, row: Row) -> Row:
        local = row["sent_at"].astimezone(self.zone)
        topic = row["topic"] or "OTHER"
        return {
            "thread_id": row["thread_id"],
            "message_id": row["message_id"],
            "order_id": row["order_id"],
            "marketplace": self.place_of(row),
            "channel": "ALL",
            "received_at": row["sent_at"],
            "received_on": local.date(),
            "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[local.weekday()],
            "hour": f"{local.hour:02}",
            "topic": topic,
            "is_fulfilment": topic in ("CANCELLATION", "RETURN", "DELIVERY"),
            "needs_no_response": row["needs_no_response"] is True,
            "first_answer_at": self._answer(row, own=False),
            "first_own_answer_at": self._answer(row, own=True),
            "end_at": self.end,
        }

    def _answer(self, row: Row, *, own: bool) -> datetime | None:
        later = [
            reply["sent_at"]
            for reply in self._of(row["thread_id"], "SELLER")
            if reply["sent_at"] > row["sent_at"] and reply["is_automatic"] is not True
            if not (own and self.looks_automatic(reply))
        ]
        return min(later, default=None)

    def looks_automatic(self, reply: Row) -> bool:
        """Nobody says who wrote it, it came at once, and so did the same text in another thread."""
        return self._is_prompt(reply) and any(
            self._is_prompt(other)
            and other["text_mark"] == reply["text_mark"]
            and other["thread_id"] != reply["thread_id"]
            for other in self.messages
        )

    def _is_prompt(self, reply: Row) -> bool:
        before = [row["sent_at"] for row in self._of(reply["thread_id"], "BUYER") if row["sent_at"] < reply["sent_at"]]
        return (
            reply["sender"] == "SELLER"
            and reply["is_automatic"] is None
            and reply["text_mark"] is not None
            and bool(before)
            and reply["sent_at"] - max(before) <= timedelta(seconds=60)
        )

    def _matter(self, thread: str) -> Row:
        asked = [row for row in self.contacts() if row["thread_id"] == thread and not row["needs_no_response"]]
        asked.sort(key=lambda row: row["received_at"])
        first = asked[0] if asked else dict.fromkeys(("received_at", "received_on", "topic"))
        told = [row for row in self._surveys() if row["thread_id"] == thread and row["is_solved"] is not None]
        last = max(told, key=lambda row: row["answered_at"], default=None)
        return {
            "thread_id": thread,
            "marketplace": first.get("marketplace") or self.place_of_thread(thread),
            "channel": "ALL",
            "started_at": first["received_at"],
            "started_on": first["received_on"],
            "first_answer_at": first.get("first_answer_at"),
            "first_own_answer_at": first.get("first_own_answer_at"),
            "next_message_at": _next(asked, first.get("first_answer_at")),
            "next_own_message_at": _next(asked, first.get("first_own_answer_at")),
            "is_solved": last["is_solved"] if last else None,
            "surveyed_on": self._day(last["answered_at"]) if last else None,
            "topic": first["topic"],
            "end_at": self.end,
        }

    def _surveys(self) -> list[Row]:
        return [row for row in self.tables["surveys"] if row["answered_at"] and row["answered_at"] < self.end]

    def _of(self, thread: str, sender: str) -> list[Row]:
        return [row for row in self.messages if row["thread_id"] == thread and row["sender"] == sender]

    def place_of(self, row: Row) -> str:
        """The marketplace of the order a message names, else that of its thread."""
        return self._ordered_at(row["order_id"]) or self.place_of_thread(row["thread_id"])

    def place_of_thread(self, thread: str) -> str:
        """The marketplace of the first order its messages name, of two at one moment the first by name."""
        placed = [
            (row["sent_at"], self._ordered_at(row["order_id"]))
            for row in self.messages
            if row["thread_id"] == thread and self._ordered_at(row["order_id"])
        ]
        return min(placed)[1] if placed else self.place

    def _ordered_at(self, order_id: str | None) -> str | None:
        """Where an order was sold; an order that does not say, on the account's own marketplace."""
        orders = {row["order_id"]: row["marketplace"] or self.place for row in self.tables["orders"]}
        return orders.get(order_id)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


def _next(asked: list[Row], answer: datetime | None) -> datetime | None:
    return min((row["received_at"] for row in asked if answer and row["received_at"] > answer), default=None)


def _by_a_machine(said: list[bool | None]) -> bool | None:
    """A machine's only where every row says so; one row that says a person's settles it."""
    return False if False in said else None if None in said else True
