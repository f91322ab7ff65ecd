"""Ratings of every number of stars, at the edges of the windows of ratings."""

from datetime import date, timedelta

from tests.oracle.chance import CLOCKS, Chance, Row

AGES = (-1, 0, 1, 29, 30, 31, 89, 90, 91, 364, 365, 366, 3659, 3660, 3661)


class Stars(Chance):
    """A source of ratings, good ones too."""

    def added(self, ratings: list[Row], orders: list[Row]) -> list[Row]:
        """The ratings and more of them; one of an order, a day and a number of stars is one."""
        known = [order["order_id"] for order in orders]
        more = [self.rating(self.pick(*known, *known, "in no file")) for _ in range(self.pick(0, 0, 3, 10, 25))]
        by_key = {(row["order_id"], row["rated_on"], row["rating"]): row for row in [*more, *ratings]}
        return [*ratings, *(row for row in by_key.values() if row not in ratings)]

    def rating(self, order_id: str) -> Row:
        day = self._day()
        return {
            "order_id": order_id,
            "rated_on": self.or_none(day, 0.15),
            "rated_at": self.or_none(self.at(day, self.pick(*CLOCKS)), 0.5),
            "rating": self.pick(1, 2, 3, 3, 4, 4, 4, 5, 5, 5),
            "removed_on": self.or_none(self.day_after(day), 0.8),
        }

    def _day(self) -> date:
        return self.as_of - timedelta(days=self.random.choice((self.pick(*AGES), self.random.randrange(400))))
