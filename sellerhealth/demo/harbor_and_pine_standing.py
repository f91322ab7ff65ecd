"""What Amazon says of Harbor & Pine, and what stands on its shelves.

Three policy notifications are open, one unread; one leaves on 29 November. Valley Parcel scans too few of the home
goods it carries. What arrives late came mostly by OnTrac. The vase is listed and not there; more mugs are sold than
there are. Six parcels were posted and not confirmed.
"""

from datetime import date, datetime

from sellerhealth.demo import deliveries, harbor_and_pine_figures, notifications, parcels, returns, stock, tracking
from sellerhealth.demo.matter import Matter
from sellerhealth.demo.notifications import Notification, resolved
from sellerhealth.demo.order import Order
from sellerhealth.demo.shops import HARBOR_AND_PINE as SHOP
from sellerhealth.demo.shops import LAMP, MUG, VALLEY_PARCEL, VASE

DUE_NEXT, POSTED_EARLY = date(2026, 11, 16), 4
"""Of what is due on Monday, four parcels left on Sunday already."""
BASKET, LISTING, CONDITION, RESTRICTED = "B0DEMOHP09", "listing_policy", "product_condition", "restricted_product"
NOTIFICATIONS = (
    resolved(1, date(2025, 12, 3), 9, LISTING, "low", "B0DEMOHP05"),
    resolved(2, date(2026, 1, 19), 20, CONDITION, "medium", "B0DEMOHP11"),
    Notification(
        number=3,
        came_on=date(2026, 2, 24),
        category="other_policy",
        severity="low",
        state="read",
        noted_on=date(2026, 2, 25),
    ),
    resolved(4, date(2026, 3, 30), 4, "document_request", "low"),
    resolved(5, date(2026, 5, 11), 31, "product_authenticity", "high", "B0DEMOHP07"),
    Notification(
        number=6,
        came_on=date(2026, 6, 2),
        category=RESTRICTED,
        severity="low",
        state="read",
        noted_on=date(2026, 6, 4),
        asin="B0DEMOHP03",
    ),
    resolved(7, date(2026, 6, 29), 6, LISTING, "low", "B0DEMOHP20"),
    Notification(
        number=8,
        came_on=date(2026, 7, 27),
        category="intellectual_property_suspected",
        severity="medium",
        state="under_review",
        noted_on=date(2026, 8, 3),
        asin=BASKET,
    ),
    resolved(8, date(2026, 7, 27), 24, "intellectual_property_suspected", "medium", BASKET),
    resolved(9, date(2026, 8, 25), 3, LISTING, "low", "B0DEMOHP21"),
    Notification(
        number=10,
        came_on=date(2026, 9, 18),
        category=CONDITION,
        severity="medium",
        state="read",
        noted_on=date(2026, 9, 21),
        asin="B0DEMOHP02",
    ),
    resolved(11, date(2026, 10, 12), 11, "customer_reviews", "low", "B0DEMOHP02"),
    Notification(
        number=12,
        came_on=date(2026, 11, 9),
        category=LISTING,
        severity="low",
        state="unread",
        noted_on=date(2026, 11, 9),
        asin="B0DEMOHP06",
    ),
)
NEVER_SCANNED = {"OnTrac": 0.012, "UPS": 0.005, "USPS": 0.008, VALLEY_PARCEL: 0.27}
TRANSIT: dict[str, dict[int, float]] = {
    "OnTrac": {2: 3, 3: 5, 4: 4, 5: 2, 8: 2},
    "UPS": {2: 5, 3: 5, 4: 2},
    "USPS": {2: 2, 3: 5, 4: 4, 9: 0.15},
    VALLEY_PARCEL: {2: 4, 3: 4, 4: 2},
}
"""By carrier: how many days a parcel is under way, and how often."""
HELD = {
    LAMP: 96,
    "HP-CNDL-03": 210,
    "HP-TOWL-05": 140,
    VASE: 0,
    "HP-BORD-07": 75,
    "HP-BSKT-09": 52,
    MUG: 14,
}
LISTED = {
    LAMP: 80,
    "HP-CNDL-03": 180,
    "HP-TOWL-05": 120,
    VASE: 12,
    "HP-BORD-07": 60,
    "HP-BSKT-09": 40,
    MUG: 35,
}
RETURNED = {LAMP: 0.04}
"""The share of its orders that comes back without a word; of other products it is one in a hundred."""


def files(book: dict[str, Order], matters: list[Matter]) -> dict[str, str]:
    """Every file of this part of the account by its name."""
    packages = tracking.packages(SHOP, book.values(), NEVER_SCANNED)
    promised = deliveries.deliveries(SHOP, book.values(), TRANSIT)
    sent_back = returns.ordinary(SHOP, book.values(), matters, RETURNED, usual=0.01)
    return {
        **notifications.file(NOTIFICATIONS),
        **harbor_and_pine_figures.files(packages, promised, NOTIFICATIONS),
        **returns.files(SHOP, sent_back, reports=2),
        **tracking.file(packages),
        **deliveries.file(promised),
        **stock.count(SHOP, HELD),
        **stock.listings(SHOP, LISTED),
        **parcels.file(_posted(book)),
    }


def _posted(book: dict[str, Order]) -> list[tuple[Order, datetime]]:
    """Two overdue parcels left on their last day, and nobody confirmed them; others left on the very last day."""
    now = SHOP.end_of(SHOP.last_day)
    unconfirmed = [order for order in book.values() if order.shipped_by == "MFN" and order.state(now)[0] == "Unshipped"]
    forgotten = [order for order in unconfirmed if order.ship_by_on < SHOP.last_day]
    early = [order for order in unconfirmed if order.ship_by_on == DUE_NEXT][:POSTED_EARLY]
    return [
        *((order, SHOP.at(order.ship_by_on, 58000 + order.buyer)) for order in forgotten),
        *((order, SHOP.at(SHOP.last_day, 39000 + order.buyer)) for order in early),
    ]
