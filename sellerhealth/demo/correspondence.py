"""What buyers write by themselves, day by day, and how each matter goes on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sellerhealth.demo import phrases
from sellerhealth.demo.desk import Desk
from sellerhealth.demo.dice import Dice
from sellerhealth.demo.matter import AMAZON, BUYER, SELLER, Matter, Message, matter
from sellerhealth.demo.order import Order

HOURS = dict(zip(range(6, 23), (1, 2, 4, 6, 8, 9, 9, 8, 7, 6, 5, 5, 6, 6, 5, 4, 2), strict=True))
"""The hours in which buyers write, from six to eleven at night, and how many of them."""
TOPICS = {
    phrases.DELIVERY: 30,
    phrases.PRODUCT: 20,
    phrases.RETURN: 18,
    phrases.CANCELLATION: 10,
    phrases.INVOICE: 10,
    phrases.OTHER: 12,
}
ORDER_AGE = {
    phrases.CANCELLATION: (0, 1),
    phrases.DELIVERY: (6, 10),
    phrases.RETURN: (8, 24),
    phrases.PRODUCT: (7, 20),
    phrases.INVOICE: (3, 20),
    phrases.OTHER: (2, 9),
}
"""How many days after the purchase a buyer writes."""
WITHOUT_ORDER = {phrases.PRODUCT: 0.35, phrases.OTHER: 0.8}
LATE_ORDER_SHARE, NOTICE_SHARE = 0.5, 0.5
DAY = 24 * 60


@dataclass(frozen=True, kw_only=True)
class Traffic:
    """How much buyers write, from `first_day` until the moment `until`.

    `most_a_day` matters could come up each day; `busy` is the share that does, by the local day of the week, Monday
    first. Of all matters the share `further` goes on within a week, and `further_later` after it.
    """

    seed: int
    first_day: date
    until: datetime
    most_a_day: int
    busy: tuple[float, ...]
    follow_ups: float = 0.5
    further: float = 0.2
    further_later: float = 0.05
    thanks: float = 0.1


@dataclass(frozen=True, kw_only=True)
class Correspondence:
    """Buyers writing about the orders of a book, and the desk that answers them."""

    desk: Desk
    traffic: Traffic
    book: Mapping[date, list[Order]]
    dice: Dice

    def matters(self) -> Iterator[Matter]:
        """One after the other, by the moment they begin."""
        for started_at in sorted(self._started()):
            topic = self.dice.pick(TOPICS)
            order = self._order(topic, started_at)
            product = order.items[0].product if order else self.dice.pick(self.desk.shop.products)
            more = [*self._notice(topic, order, started_at), *self._talk(topic, started_at)]
            yield matter(topic, self.dice.between(0, 99), order, product.name.lower(), started_at, more)

    def _started(self) -> Iterator[datetime]:
        last_day = self.desk.shop.local(self.traffic.until).date()
        for past in range((last_day - self.traffic.first_day).days + 1):
            day = self.traffic.first_day + timedelta(days=past)
            busy = self.traffic.busy[day.weekday()]
            for _ in range(sum(self.dice.chance(busy) for _ in range(self.traffic.most_a_day))):
                moment = self.desk.shop.at(day, self.dice.pick(HOURS) * 3600 + self.dice.between(0, 3599))
                if moment < self.traffic.until:
                    yield moment

    def _order(self, topic: str, started_at: datetime) -> Order | None:
        """An order of a fitting age; about deliveries, one that left late rather than another."""
        youngest, oldest = ORDER_AGE[topic]
        today = self.desk.shop.local(started_at).date()
        days = [today - timedelta(days=age) for age in range(youngest, oldest + 1)]
        fitting = [order for day in days for order in self.book.get(day, []) if order.purchased_at < started_at]
        if not fitting or self.dice.chance(WITHOUT_ORDER.get(topic, 0)):
            return None
        late = [order for order in fitting if order.confirmed_at is None or order.confirmed_at > order.ship_by_at]
        chosen = late if topic == phrases.DELIVERY and late and self.dice.chance(LATE_ORDER_SHARE) else fitting
        return chosen[self.dice.between(0, len(chosen) - 1)]

    def _notice(self, topic: str, order: Order | None, started_at: datetime) -> list[Message]:
        """Amazon's own note that a return is approved."""
        if topic != phrases.RETURN or not order or not self.dice.chance(NOTICE_SHARE):
            return []
        sent_at = started_at + timedelta(seconds=self.dice.between(70, 200))
        return [Message(sent_at=sent_at, sender=AMAZON, text=phrases.RETURN_APPROVED, is_automatic=True)]

    def _talk(self, topic: str, started_at: datetime) -> list[Message]:
        """All that follows the first question: its answer, what else the buyer asks, and thanks."""
        found, answered_at = self._exchange(topic, started_at)
        asked_at = self._asked_again_at(answered_at)
        if asked_at and asked_at < self.traffic.until:
            again = Message(sent_at=asked_at, sender=BUYER, text=self._one_of(phrases.FURTHER))
            more, answered_at = self._exchange(topic, asked_at)
            found = [*found, again, *more]
        return [*found, *self._thanks(answered_at)]

    def _exchange(self, topic: str, asked_at: datetime) -> tuple[list[Message], datetime]:
        """What follows a question until the shop answers it, and when that is. Who waits long may ask again."""
        answered_at = self.desk.answers_at(asked_at, self.dice)
        answer = Message(sent_at=answered_at, sender=SELLER, text=self._answer(topic))
        found = [*self.desk.machine(asked_at, self.dice), answer]
        follow_up_at = self._later(asked_at, 16 * 60, 30 * 60)
        if self.dice.chance(self.traffic.follow_ups) and follow_up_at < min(answered_at, self.traffic.until):
            follow_up = Message(sent_at=follow_up_at, sender=BUYER, text=self._one_of(phrases.FOLLOW_UPS))
            found = [*found, follow_up, *self.desk.machine(follow_up_at, self.dice)]
        return found, answered_at

    def _asked_again_at(self, answered_at: datetime) -> datetime | None:
        """Within a week, when the matter was not settled, or some time later; mostly never."""
        soon, later = self.traffic.further, self.traffic.further_later
        minutes = self.dice.pick({(60, 6 * DAY): soon, (9 * DAY, 16 * DAY): later, None: 1 - soon - later})
        return self._later(answered_at, *minutes) if minutes else None

    def _thanks(self, answered_at: datetime) -> list[Message]:
        sent_at = self._later(answered_at, 5, 300)
        if not self.dice.chance(self.traffic.thanks) or sent_at >= self.traffic.until:
            return []
        return [Message(sent_at=sent_at, sender=BUYER, text=self._one_of(phrases.THANKS), needs_no_response=True)]

    def _answer(self, topic: str) -> str:
        said = (phrases.OPENINGS, phrases.ANSWERS[topic], phrases.CLOSINGS)
        return " ".join(part for part in map(self._one_of, said) if part)

    def _later(self, moment: datetime, low: int, high: int) -> datetime:
        """So many minutes later, from low to high."""
        return moment + timedelta(minutes=self.dice.between(low, high), seconds=self.dice.between(0, 59))

    def _one_of(self, texts: tuple[str, ...]) -> str:
        return texts[self.dice.between(0, len(texts) - 1)]


def ordinary(desk: Desk, book: Mapping[str, Order], traffic: Traffic) -> list[Matter]:
    """The matters that come up by themselves, about orders the shop ships itself and nobody cancelled."""
    by_day: dict[date, list[Order]] = {}
    for order in book.values():
        if order.shipped_by == "MFN" and order.cancelled_at is None:
            by_day.setdefault(order.purchased_on, []).append(order)
    dice = Dice(f"messages of {desk.shop.label} {traffic.seed}")
    return list(Correspondence(desk=desk, traffic=traffic, book=by_day, dice=dice).matters())
