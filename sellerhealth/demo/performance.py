"""Amazon's own performance report, as it delivers it by machine: JSON, with days in UTC."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sellerhealth.demo.notifications import Notification
from sellerhealth.demo.shop import Shop

LESS, GREATER, EQUALS = "LESS_THAN", "GREATER_THAN", "EQUALS"
VIOLATIONS = {
    "suspectedIntellectualPropertyViolations": "intellectual_property_suspected",
    "receivedIntellectualPropertyComplaints": "intellectual_property_received",
    "productAuthenticityCustomerComplaints": "product_authenticity",
    "productConditionCustomerComplaints": "product_condition",
    "productSafetyCustomerComplaints": "product_safety",
    "foodAndProductSafetyIssues": "food_and_product_safety",
    "listingPolicyViolations": "listing_policy",
    "restrictedProductPolicyViolations": "restricted_product",
    "otherPolicyViolations": "other_policy",
    "documentRequest": "document_request",
}
"""Amazon's name of each counter of open notifications, and the seller's."""
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a rate is out of, in Amazon's word, and what it is held against."""

    out_of: str
    value: str
    condition: str = LESS

    def told(self) -> Json:
        """As the report writes it."""
        return {"targetValue": float(self.value), "targetCondition": self.condition}


LATE = Target(out_of="orderCount", value="0.04")
CANCELLED = Target(out_of="orderCount", value="0.025")
DEFECTS = Target(out_of="orderCount", value="0.01")
INVOICES = Target(out_of="orderCount", value="0.05")
TRACKED = Target(out_of="shipmentCount", value="0.95", condition=GREATER)
ON_TIME = Target(out_of="shipmentCountWithValidTracking", value="0.97", condition=GREATER)
UNITS_ON_TIME = Target(out_of="totalUnitCount", value="0.9", condition=GREATER)


def report(shop: Shop, rating: Json, rates: Json, notifications: Collection[Notification]) -> dict[str, str]:
    """performance_….json: the account is in order, its rating, its rates, and a counter for each policy."""
    place = shop.marketplace.marketplace_id
    told = {
        "accountStatuses": [{"marketplaceId": place, "status": "NORMAL"}],
        "performanceMetrics": [
            {
                "marketplaceId": place,
                "accountHealthRating": {**rating, **_range(shop, 181, 0)},
                **rates,
                **_violations(shop, notifications),
                "warningState": [{"warningType": "spammingSellerMessaging", "status": "GOOD"}],
            }
        ],
    }
    return {f"performance_{shop.last_day}.json": json.dumps(told, indent=1) + "\n"}


def rate(shop: Shop, name: str, counts: tuple[int, int], window: tuple[int, int], target: Target) -> Json:
    """One rate: what it counts, under its name, out of how many, over so many days that ended so many days ago."""
    count, out_of = counts
    share = Fraction(count, out_of)
    met = share < Fraction(target.value) if target.condition == LESS else share > Fraction(target.value)
    return {
        **_range(shop, *window),
        target.out_of: out_of,
        name: count,
        "status": "GOOD" if met else "BAD",
        "rate": round(float(share), 4),
        **target.told(),
    }


def order_defects(shop: Shop, counts: tuple[int, int], kinds: Mapping[str, int], shipped_by: str) -> Json:
    """The order defect rate of one way of shipping, with the number of orders that each kind of defect is on."""
    whole = rate(shop, "orderWithDefects", counts, (60, 15), DEFECTS)
    parts = {kind: _part(count) for kind, count in kinds.items()}
    return {**whole, "orderWithDefects": _part(counts[0], whole["status"]), **parts, "fulfillmentType": shipped_by}


def invoice_defects(shop: Shop) -> Json:
    """No business bought anything, so there is nothing to invoice, and no rate."""
    parts = {kind: _part(0) for kind in ("invoiceDefect", "missingInvoice", "lateInvoice")}
    return {**_range(shop, 7, 23), "orderCount": 0, **parts, "status": "NONE", **INVOICES.told()}


def _part(count: int, status: str = "NONE") -> Json:
    return {"count": count, "status": status}


def _violations(shop: Shop, notifications: Collection[Notification]) -> Json:
    """The open notifications of each policy; only the latest note on one speaks."""
    known = [one for one in notifications if one.noted_on <= shop.last_day]
    latest = {one.number: one for one in sorted(known, key=lambda one: one.noted_on)}
    still_open = [one.category for one in latest.values() if one.is_open(shop.last_day)]
    return {
        name: {
            **_range(shop, 180, 0),
            "defectsCount": still_open.count(category),
            "status": "BAD" if category in still_open else "GOOD",
            "targetValue": 0,
            "targetCondition": EQUALS,
        }
        for name, category in VIOLATIONS.items()
    }


def _range(shop: Shop, days: int, ended_days_ago: int) -> Json:
    first, last = shop.window(days, ended_days_ago)
    return {"reportingDateRange": {"reportingDateFrom": f"{first}T00:00Z", "reportingDateTo": f"{last}T23:59Z"}}
