"""Small nasty accounts from a seed: boundary days, clock changes, gaps wherever a table allows one."""

from datetime import date

from tests.oracle.chance import PLACES, Chance, Row, Tables
from tests.oracle.correspondence import Correspondence
from tests.oracle.judged import Judged
from tests.oracle.lists import Lists
from tests.oracle.stars import Stars
from tests.oracle.trade import Trade
from tests.oracle.year import Year

__all__ = ["DAYS", "PLACES", "Chance", "Row", "Tables", "account"]

DAYS = {
    # The day of a clock change, then days on which it is the first, the last or the first lost day of a window.
    "America/Los_Angeles": ("2026-03-08", "2026-03-14", "2026-04-07", "2026-11-01", "2026-11-16"),
    "Europe/London": ("2026-03-29", "2026-04-05", "2026-05-27", "2026-06-11", "2026-10-25"),
    "Asia/Tokyo": ("2024-02-29", "2025-01-01", "2026-03-31", "2026-11-01", "2026-12-31"),
    "Asia/Kolkata": ("2024-03-01", "2025-03-01", "2026-03-31", "2026-11-01", "2027-01-01"),
}


def account(seed: int, zone: str, as_of: date) -> Tables:
    """All tables of one account; the same for the same seed, zone and day."""
    chance = Trade(seed, zone, as_of)
    orders = [chance.order(f"{seed}-{position}") for position in range(chance.random.choice((0, 1, 2, 5, 12, 30)))]
    recent = {"orders": orders, **_complaints(chance, orders), "coverage": chance.coverage()}
    return _with_service(_with_a_year(recent, seed, zone, as_of), seed, zone, as_of)


def _complaints(chance: Trade, orders: list[Row]) -> Tables:
    return {
        "order_items": [row for order in orders for row in chance.items(order)],
        "packages": [row for order in orders for row in chance.packages(order)],
        "feedback": [row for order in orders for row in chance.feedback(order)],
        "claims": [row for order in orders for row in chance.claims(order)],
        "amazon_defects": [row for order in orders for row in chance.listed(order)],
    }


def _with_a_year(tables: Tables, seed: int, zone: str, as_of: date) -> Tables:
    """The account with orders of the last year, drawn apart: those it had stay as they are."""
    year = Year(f"{seed} year", zone, as_of)
    orders = year.orders(str(seed))
    unhappy = [order for order in orders if year.hits(0.3)]
    items = [row for order in orders for row in year.items(order)]
    more = {**_complaints(year, unhappy), "orders": orders, "order_items": items}
    return {table: [*rows, *more.get(table, [])] for table, rows in tables.items()}


def _with_service(tables: Tables, seed: int, zone: str, as_of: date) -> Tables:
    """The account with what is told of its orders elsewhere, each noun drawn apart."""
    orders = tables["orders"]
    judged = Judged(f"{seed} judged", zone, as_of)
    told = Correspondence(f"{seed} told", zone, as_of)
    stars = Stars(f"{seed} stars", zone, as_of)
    lists = Lists(f"{seed} lists", zone, as_of)
    return {
        **tables,
        "feedback": stars.added(tables["feedback"], orders),
        "packages": lists.packages(tables["packages"], orders),
        "unshipped": lists.unshipped(orders),
        "amazon_defects": [*tables["amazon_defects"], *lists.defects(orders)],
        "coverage": [*tables["coverage"], *lists.coverage()],
        "returns": lists.returns(judged.returns(orders)),
        "tracking": judged.tracking(orders),
        "deliveries": judged.deliveries(orders),
        "messages": told.messages(orders),
        "surveys": told.surveys(),
        "notifications": [],
        "performance": [],
        "listings": [],
        "stock": [],
    }
