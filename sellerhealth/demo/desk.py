"""The help desk of a shop: when somebody is there to answer, and what its machine says when nobody is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sellerhealth.demo.dice import Dice
from sellerhealth.demo.matter import SELLER, Message
from sellerhealth.demo.phrases import OUT_OF_OFFICE
from sellerhealth.demo.shop import SATURDAY, Shop

NIGHT_FROM, NIGHT_TO = 20, 7
LAST_HOUR, SLOWEST = timedelta(hours=1), 300


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Its hours, from and to, in the shop's zone.

    Nobody is there on weekends since `no_weekends_since`. At night a machine answers some messages, and says that
    it is a machine; since `machine_unmarked_since` another one answers them all, and does not say so.
    """

    shop: Shop
    weekday: tuple[int, int]
    weekend: tuple[int, int]
    no_weekends_since: date = date.max
    machine_share: float = 0
    machine_unmarked_since: date = date.max

    def answers_at(self, received_at: datetime, dice: Dice) -> datetime:
        """Within five hours of the same day, else in the first hours of the next day somebody is there."""
        day = self.shop.local(received_at).date()
        hours = self._hours(day)
        if hours and self.shop.at(day, hours[0] * 3600) <= received_at < self._last_hour(day, hours[1]):
            left = int((self.shop.at(day, hours[1] * 3600) - received_at).total_seconds() // 60)
            return received_at + timedelta(minutes=dice.between(15, min(left, SLOWEST)), seconds=dice.between(0, 59))
        if not hours or received_at >= self._last_hour(day, hours[1]):
            day += timedelta(days=1)
        return self._next_morning(day, dice)

    def machine(self, received_at: datetime, dice: Dice) -> list[Message]:
        """The machine's answer to a message of the night, seconds later and always the same; else none."""
        local = self.shop.local(received_at)
        is_unmarked = local.date() >= self.machine_unmarked_since
        if NIGHT_TO <= local.hour < NIGHT_FROM or not (is_unmarked or dice.chance(self.machine_share)):
            return []
        sent_at = received_at + timedelta(seconds=dice.between(3, 40))
        return [Message(sent_at=sent_at, sender=SELLER, text=OUT_OF_OFFICE, is_automatic=not is_unmarked)]

    def _hours(self, day: date) -> tuple[int, int] | None:
        if day.weekday() < SATURDAY:
            return self.weekday
        return self.weekend if day < self.no_weekends_since else None

    def _last_hour(self, day: date, closing: int) -> datetime:
        """What comes later waits for the next day."""
        return self.shop.at(day, closing * 3600) - LAST_HOUR

    def _next_morning(self, day: date, dice: Dice) -> datetime:
        while not (hours := self._hours(day)):
            day += timedelta(days=1)
        return self.shop.at(day, hours[0] * 3600 + dice.between(5 * 60, 160 * 60))
