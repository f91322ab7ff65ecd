"""The kinds of columns tables are made of, and the closed lists of words they hold."""

from datetime import UTC, date, datetime

import dataframely as dy

STATUSES = (
    "PENDING",
    "UNSHIPPED",
    "PARTIALLY_SHIPPED",
    "SHIPPED",
    "DELIVERED",
    "RETURNED",
    "UNFULFILLABLE",
    "CANCELLED",
)
CHANNELS = ("MFN", "AFN")
PARTIES = ("SELLER", "BUYER", "AMAZON")
CLAIM_TYPES = ("A_TO_Z", "CHARGEBACK")
TOPICS = ("CANCELLATION", "RETURN", "DELIVERY", "PRODUCT", "INVOICE", "OTHER")
"""What a buyer writes about, the first that fits; the first three are about fulfilment."""
SEVERITIES = ("LOW", "MEDIUM", "HIGH", "CRITICAL")
NOTIFICATION_STATES = ("UNREAD", "READ", "UNDER_REVIEW", "RESOLVED")
"""In the order in which a notification moves."""
VIOLATIONS = (
    "INTELLECTUAL_PROPERTY_SUSPECTED",
    "INTELLECTUAL_PROPERTY_RECEIVED",
    "PRODUCT_AUTHENTICITY",
    "PRODUCT_CONDITION",
    "PRODUCT_SAFETY",
    "FOOD_AND_PRODUCT_SAFETY",
    "LISTING_POLICY",
    "RESTRICTED_PRODUCT",
    "CUSTOMER_REVIEWS",
    "DOCUMENT_REQUEST",
    "OTHER_POLICY",
)
"""The categories of Amazon's own performance report."""
COUNTERS = {
    "suspectedIntellectualPropertyViolations": "INTELLECTUAL_PROPERTY_SUSPECTED",
    "receivedIntellectualPropertyComplaints": "INTELLECTUAL_PROPERTY_RECEIVED",
    "productAuthenticityCustomerComplaints": "PRODUCT_AUTHENTICITY",
    "productConditionCustomerComplaints": "PRODUCT_CONDITION",
    "productSafetyCustomerComplaints": "PRODUCT_SAFETY",
    "foodAndProductSafetyIssues": "FOOD_AND_PRODUCT_SAFETY",
    "listingPolicyViolations": "LISTING_POLICY",
    "restrictedProductPolicyViolations": "RESTRICTED_PRODUCT",
    "customerProductReviewsPolicyViolations": "CUSTOMER_REVIEWS",
    "documentRequests": "DOCUMENT_REQUEST",
    "otherPolicyViolations": "OTHER_POLICY",
}
"""The figures of that report that count open violations, by Amazon's names."""
FIGURES: dict[str, dict[str, str | None]] = {
    "late_dispatch_rate": {"lateShipmentRate": "MFN"},
    "cancellation_rate": {"preFulfillmentCancellationRate": "MFN"},
    "order_defect_rate": {"orderDefectRate.mfn": "MFN", "orderDefectRate.afn": "AFN", "orderDefectRate": None},
    "contact_response_time": {"responseTimeMetrics.responseUnder24Hours": "ALL"},
    "average_response_time": {"responseTimeMetrics.averageResponseTimeInHours": "ALL"},
    "valid_tracking_rate": {"validTrackingRate": "MFN"},
    "on_time_delivery_rate": {"unitOnTimeDeliveryRate": "MFN", "onTimeDeliveryRate": "MFN"},
}
"""The figures of that report that are Amazon's own of a metric, the nearest first, and whose orders each is of.

The older report tells an order defect rate without saying whose orders, and on-time delivery in packages, not units.
"""
LISTING_STATES = ("ACTIVE", "INACTIVE", "INCOMPLETE")
CLAIM_STATUSES = ("PENDING", "WITHDRAWN", "DENIED", "GRANTED")
"""In the order in which a claim can move: a decided state supersedes an undecided one."""
LISTED_METRICS = ("late_dispatch_rate", "cancellation_rate", "order_defect_rate")

FIRST_DAY = date(1995, 1, 1)
"""Amazon sold nothing before 1995: an earlier date is a reading error."""
FIRST_MOMENT = datetime(1995, 1, 1, tzinfo=UTC)


def text(meaning: str, *, nullable: bool = True) -> dy.String:
    """A text of at most 200 bytes."""
    return dy.String(nullable=nullable, min_length=1, max_length=200, description=meaning)


def instant(meaning: str) -> dy.Datetime:
    """A moment in UTC, none before Amazon sold anything."""
    return dy.Datetime(nullable=True, time_zone="UTC", min=FIRST_MOMENT, description=meaning)


def day(meaning: str) -> dy.Date:
    """A day of the marketplace, none before Amazon sold anything."""
    return dy.Date(nullable=True, min=FIRST_DAY, description=meaning)


def one_of(values: tuple[str, ...], meaning: str) -> dy.Enum:
    """One of a closed list of words."""
    return dy.Enum(values, nullable=True, description=meaning)
