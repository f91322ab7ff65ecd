"""What Amazon's own lists and reports hold: unshipped orders of some days, packages it knows of, order defects."""

from datetime import date, datetime, timedelta

from tests.oracle.chance import YES_NO, Chance, Row

AGO = (-1, 0, 1, 2, 3, 4, 7, 12, 30)
"""How many days ago a report of unshipped orders was made; one may be of tomorrow."""


class Lists(Chance):
    """A source of what Amazon lists, in part wrongly."""

    def unshipped(self, orders: list[Row]) -> list[Row]:
        """Reports of some days; each lists what was bought by then and is still to ship, now and then another."""
        days = [self.as_of - timedelta(days=ago) for ago in self.random.sample(AGO, self.pick(0, 0, 2, 4, 6))]
        rows = [self._entry(order, day) for order in orders for day in days if self._is_listed(order, day)]
        return [*rows, *(row for row in rows if self.hits(0.03))]

    def packages(self, packages: list[Row], orders: list[Row]) -> list[Row]:
        """The packages, some with the moment Amazon knew of them, and packages of which nothing else is known."""
        told = [{**row, "package_created_at": self._made(row["package_confirmed_at"])} for row in packages]
        more = [
            {
                "order_id": order["order_id"],
                "package_confirmed_at": None,
                "package_carrier": None,
                "package_created_at": self.near(order["ship_by_at"]),
            }
            for order in orders
            if self.hits(0.15)
        ]
        return [*told, *more]

    def defects(self, orders: list[Row]) -> list[Row]:
        return [self._defect(order) for order in orders if self.hits(0.12)]

    def coverage(self) -> list[Row]:
        spans = [self._span() for _ in range(self.pick(0, 0, 1, 2))]
        return list({tuple(span.values()): span for span in spans}.values())

    def returns(self, returns: list[Row]) -> list[Row]:
        return [{**row, "return_has_claim": self.pick(None, *YES_NO)} for row in returns]

    def _is_listed(self, order: Row, day: date) -> bool:
        bought, gone = order["purchased_at"], order["ship_by_at"]
        if bought is None or gone is None or self.hits(0.1):
            return self.hits(0.2)
        there = bought.astimezone(self.zone).date() <= day <= gone.astimezone(self.zone).date() + timedelta(days=2)
        return there and self.hits(0.8)

    def _entry(self, order: Row, day: date) -> Row:
        promise = order["ship_by_at"].astimezone(self.zone).date() if order["ship_by_at"] else self.day()
        return {
            "order_id": order["order_id"],
            "promise_on": self.or_none(promise, 0.02),
            "days_past_promise": self.or_none((day - promise).days, 0.02),
        }

    def _made(self, confirmed: datetime | None) -> datetime | None:
        made: datetime | None = self.or_none(self.near(confirmed), 0.6)
        return made

    def _defect(self, order: Row) -> Row:
        bought = order["purchased_at"]
        return {
            "order_id": order["order_id"],
            "metric": "order_defect_rate",
            "ordered_on": bought.astimezone(self.zone).date() if bought else None,
            "impacts_account_health": self.pick(None, None, *YES_NO),
            "listed_ship_by_at": None,
            "listed_confirmed_at": None,
            **{f"listed_{kind}": self.pick(None, *YES_NO) for kind in ("feedback", "claim", "chargeback")},
        }

    def _span(self) -> Row:
        start = self.day()
        return {
            "metric": "order_defect_rate",
            "covers_from": self.or_none(start, 0.1),
            "covers_to": self.or_none(start + timedelta(days=self.pick(0, 1, 7, 30)), 0.1),
            "covers_channel": self.pick(None, "MFN", "AFN"),
        }
