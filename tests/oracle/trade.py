"""Orders and what came of them: items, parcels, ratings, claims, and what Amazon listed."""

from datetime import time, timedelta

from tests.oracle.chance import YES_NO, Chance, Row


class Trade(Chance):
    """A source of orders near the windows of the last ninety days."""

    def order(self, order_id: str) -> Row:
        bought = self.or_none(self.moment(), 0.04)
        ship_by = self.or_none(self.later(bought, (0, 1, 2, 5), time(23, 59, 59)), 0.2)
        status = self.status()
        cancelled = self.or_none(self.later(bought, (0, 1, 3, 8)), 0.4) if self.hits(0.3) else None
        return {
            "order_id": order_id,
            "marketplace": self.pick(self.place, self.place, self.place, None, "OTHER", "DE"),
            "purchased_at": bought,
            "updated_at": self.or_none(self.near(ship_by), 0.3),
            "status": status,
            "channel": self.pick("MFN", "MFN", "MFN", "AFN", None),
            "cancelled_by": self.pick("SELLER", "BUYER", "AMAZON", None, None) if status == "CANCELLED" else None,
            "cancelled_at": cancelled,
            "ship_by_at": ship_by,
            "confirmed_at": self.or_none(self.near(ship_by), 0.5),
            "deliver_by_at": self.or_none(self.later(ship_by, (1, 4)), 0.5),
            "delivered_at": self.or_none(self.later(ship_by, (1, 4, 9)), 0.5),
            "carrier": self.pick("UPS", "USPS", None),
            "ship_service": self.pick("Standard", None),
        }

    def items(self, order: Row) -> list[Row]:
        return [
            {
                "order_id": order["order_id"],
                "sku": f"SKU-{number}",
                "item_status": self.status() if self.hits(0.5) else order["status"],
                "quantity": self.pick(0, 1, 3, None),
                "item_ship_by_at": self.or_none(self.near(order["ship_by_at"]), 0.6),
            }
            for number in range(self.pick(0, 1, 1, 2, 3))
        ]

    def packages(self, order: Row) -> list[Row]:
        moments = {self.or_none(self.near(order["ship_by_at"]), 0.15) for _ in range(self.pick(0, 0, 1, 2, 3))}
        return [
            {
                "order_id": order["order_id"],
                "package_confirmed_at": moment,
                "package_carrier": self.pick("UPS", "DHL", None),
            }
            for moment in sorted(moments, key=str)
        ]

    def feedback(self, order: Row) -> list[Row]:
        rows = [self.rating(order) for _ in range(self.pick(0, 0, 0, 0, 0, 1, 1, 2, 3))]
        return list({(row["rated_on"], row["rating"]): row for row in rows}.values())

    def rating(self, order: Row) -> Row:
        rated = self.later(order["purchased_at"], (0, 1, 5, 14))
        rated_on = self.or_none(rated.astimezone(self.zone).date(), 0.1)
        return {
            "order_id": order["order_id"],
            "rated_on": rated_on,
            "rated_at": self.or_none(rated, 0.6),
            "rating": self.pick(1, 2, 3, 5),
            "removed_on": self.or_none(self.day_after(rated_on), 0.7),
        }

    def claims(self, order: Row) -> list[Row]:
        rows = [self.claim(order) for _ in range(self.pick(0, 0, 0, 0, 0, 1, 1, 2, 3))]
        return list({(row["claim_type"], row["opened_on"]): row for row in rows}.values())

    def claim(self, order: Row) -> Row:
        opened = self.later(order["purchased_at"], (0, 1, 5, 14)).astimezone(self.zone).date()
        return {
            "order_id": order["order_id"],
            "claim_type": self.pick("A_TO_Z", "A_TO_Z", "CHARGEBACK"),
            "opened_on": self.or_none(opened, 0.1),
            "claim_status": self.pick("PENDING", "WITHDRAWN", "DENIED", "GRANTED", None),
            "funded_by": self.pick("SELLER", "BUYER", "AMAZON", None),
            "counts_against_odr": self.or_none(self.pick(*YES_NO), 0.5),
        }

    def listed(self, order: Row) -> list[Row]:
        metrics = [metric for metric in ("late_dispatch_rate", "cancellation_rate") if self.hits(0.12)]
        return [self.entry(order, metric) for metric in metrics]

    def entry(self, order: Row, metric: str) -> Row:
        is_late, bought = metric == "late_dispatch_rate", order["purchased_at"]
        return {
            "order_id": order["order_id"],
            "metric": metric,
            "ordered_on": bought.astimezone(self.zone).date() if bought else None,
            "impacts_account_health": self.or_none(self.pick(*YES_NO), 0.3),
            "listed_ship_by_at": self.or_none(self.near(order["ship_by_at"]), 0.4) if is_late else None,
            "listed_confirmed_at": self.or_none(self.near(order["ship_by_at"]), 0.4) if is_late else None,
        }

    def coverage(self) -> list[Row]:
        spans = [self.span() for _ in range(self.pick(0, 0, 0, 1, 2))]
        return list({tuple(span.values()): span for span in spans}.values())

    def span(self) -> Row:
        start = self.day()
        end = start + timedelta(days=self.pick(0, 1, 7, 30))
        metric = self.pick("late_dispatch_rate", "cancellation_rate")
        return {"metric": metric, "covers_from": self.or_none(start, 0.1), "covers_to": self.or_none(end, 0.1)}
