"""Amazon's own reports and the small files a seller keeps beside them: one file each, and the list of all."""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon import (
    account_health,
    all_orders,
    claims,
    deliveries,
    listings,
    messages,
    notifications,
    order_report,
    parcels,
    performance,
    returns,
    seller_feedback,
    stock,
    surveys,
    tracking,
)
from sellerhealth.sources.layout import Layout


def layouts(place: Marketplace, zone: str, languages: tuple[str, ...] = ()) -> list[Layout]:
    """Every layout recognised by its header, as files of this marketplace write it.

    `languages` are those buyers write in; the marketplace's own when left out.
    """
    return [
        all_orders.LAYOUT,
        order_report.LAYOUT,
        seller_feedback.layout(place, zone),
        account_health.late_shipments(place, zone),
        account_health.cancellations(place, zone),
        tracking.valid(place, zone),
        tracking.marked(place, zone),
        deliveries.layout(place, zone),
        returns.layout(place, zone),
        listings.every(),
        listings.open_only(),
        performance.LAYOUT,
        claims.layout(place, zone),
        parcels.confirmed(),
        parcels.posted(),
        parcels.posted_and_confirmed(),
        messages.layout(languages or place.languages),
        surveys.LAYOUT,
        notifications.layout(place, zone),
        stock.layout(place, zone),
    ]
