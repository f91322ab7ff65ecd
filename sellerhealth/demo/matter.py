"""What a buyer writes to the shop about, and every message of that conversation."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sellerhealth.demo import phrases
from sellerhealth.demo.order import Order

BUYER, SELLER, AMAZON = "buyer", "seller", "amazon"


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message; `is_automatic` is what the help desk's export says: one that it does not mark may be a machine's."""

    sent_at: datetime
    sender: str
    text: str
    needs_no_response: bool = False
    is_automatic: bool = False


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One conversation, its messages oldest first; `order` is None when it is about none."""

    topic: str
    subject: str
    order: Order | None
    messages: tuple[Message, ...]
    thread_id: str = ""

    @property
    def questions(self) -> list[datetime]:
        """When the buyer wrote something that wants an answer."""
        return [one.sent_at for one in self.messages if one.sender == BUYER and not one.needs_no_response]

    @property
    def answers(self) -> list[datetime]:
        """When somebody of the shop wrote."""
        return [one.sent_at for one in self.messages if one.sender == SELLER and one.text != phrases.OUT_OF_OFFICE]


def matter(
    topic: str, turn: int, order: Order | None, thing: str, started_at: datetime, more: Collection[Message] = ()
) -> Matter:
    """A matter that begins with one of the topic's questions about a `thing`; `more` is what follows."""
    subject, text = phrases.QUESTIONS[topic][turn % len(phrases.QUESTIONS[topic])]
    first = Message(sent_at=started_at, sender=BUYER, text=text.format(thing=thing))
    messages = tuple(sorted((first, *more), key=lambda message: message.sent_at))
    return Matter(topic=topic, subject=subject.format(thing=thing), order=order, messages=messages)


def numbered(matters: Iterable[Matter]) -> list[Matter]:
    """The matters with their thread ids, by the moment they began."""
    begun = sorted(matters, key=lambda matter: matter.questions[0])
    return [replace(matter, thread_id=f"T-{number:04d}") for number, matter in enumerate(begun, start=1)]
