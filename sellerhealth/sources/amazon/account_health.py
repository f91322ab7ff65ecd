"""The lists of defects that Account Health offers for download, by metric.

Each lists the orders Amazon counts. The exact headers are published for cancellations only; those of late shipments
and order defects are a vendor's, so several spellings are accepted.
"""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.channels import CHANNEL
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.layout import Field, Layout

IMPACTS = ("Impacts Account Health",)
WHO_SHIPS = (
    "Fulfilment",
    "Fulfillment",
    "Fulfilment Channel",
    "Fulfillment Channel",
    "Fulfilment Method",
    "Fulfillment Method",
    "Fulfilled By",
)
DEFECTS = {
    "listed_feedback": ("Negative Feedback", "Negative Feedbacks"),
    "listed_claim": (
        "A-to-z",
        "A-to-z Claim",
        "A-to-z Claims",
        "A-to-z Guarantee Claim",
        "A-to-z Guarantee Claims",
    ),
    "listed_chargeback": (
        "Chargeback",
        "Chargebacks",
        "Chargeback Claim",
        "Chargeback Claims",
        "Credit Card Chargeback",
        "Credit Card Chargebacks",
        "Service Chargeback",
        "Service Chargebacks",
    ),
}


def cancellations(place: Marketplace, zone: str) -> Layout:
    """Performance, Account Health, Cancellation Rate, download: orders that were cancelled."""
    return _listed(
        "cancellation_download",
        "the cancellation download of Account Health",
        "cancellation_rate",
        place,
        zone,
        _impacts(needed=True),
    )


def late_shipments(place: Marketplace, zone: str) -> Layout:
    """Performance, Account Health, Late Shipment Rate, download: orders that were confirmed late."""
    return _listed(
        "late_shipment_download",
        "the late shipment download of Account Health",
        "late_dispatch_rate",
        place,
        zone,
        _impacts(needed=True),
        Field(
            ours="listed_ship_by_at",
            theirs=("Expected Ship Date", "expected-ship-date"),
            kind="local_instant",
            needed=True,
            formats=days(place),
            zone=zone,
        ),
        Field(
            ours="listed_confirmed_at",
            theirs=("Ship Confirmation Date", "Ship-confirmation Date", "Confirmation Date"),
            kind="local_instant",
            formats=days(place),
            zone=zone,
        ),
    )


def order_defects(place: Marketplace, zone: str) -> Layout:
    """Performance, Account Health, Order Defect Rate, download: orders with a defect, and which.

    Seller Central offers it for the orders of one channel at a time: the list of one says nothing of the other.
    """
    return _listed(
        "order_defect_download",
        "the order defect download of Account Health",
        "order_defect_rate",
        place,
        zone,
        Field(ours="listed_channel", theirs=WHO_SHIPS, kind="fulfilment", needed=True, values=CHANNEL),
        *(
            Field(ours=ours, theirs=theirs, kind="marked", needed=True, may_be_blank=True)
            for ours, theirs in DEFECTS.items()
        ),
        _impacts(needed=False),
    )


def _impacts(*, needed: bool) -> Field:
    return Field(ours="impacts_account_health", theirs=IMPACTS, kind="flag", needed=needed)


def _listed(name: str, label: str, metric: str, place: Marketplace, zone: str, *more: Field) -> Layout:
    return Layout(
        name=name,
        label=label,
        tables=("amazon_defects",),
        key=("order_id", "metric"),
        stays=tuple(column.ours for column in more if column.ours in DEFECTS),
        constants={"metric": metric},
        also_provides=(f"amazon_defects.{metric}",),
        delimiter=",",
        quoted=True,
        fields=(
            Field(
                ours="ordered_on",
                theirs=("Order Date", "order-date"),
                kind="day",
                needed=True,
                formats=days(place),
                zone=zone,
            ),
            Field(ours="order_id", theirs=("Order ID", "order-id"), kind="order_id", needed=True),
            *more,
        ),
    )
