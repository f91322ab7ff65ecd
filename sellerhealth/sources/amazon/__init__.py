"""Amazon's own reports: one file each, and the list of all."""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon import account_health, all_orders, order_report, seller_feedback, seller_files
from sellerhealth.sources.layout import Layout


def layouts(place: Marketplace, zone: str) -> list[Layout]:
    """Every layout recognised by its header, as files of this marketplace write it."""
    return [
        all_orders.LAYOUT,
        order_report.LAYOUT,
        seller_feedback.layout(place, zone),
        account_health.late_shipments(place, zone),
        account_health.cancellations(place, zone),
        seller_files.claims(place, zone),
        seller_files.ship_confirmations(),
    ]
