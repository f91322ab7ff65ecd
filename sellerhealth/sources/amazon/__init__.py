"""Amazon's own reports and the small files a seller keeps beside them: one file each, and the list of all."""

from functools import cache

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon import (
    account_health,
    all_orders,
    claims,
    customer_metrics,
    deliveries,
    fulfilled_shipments,
    listings,
    messages,
    notifications,
    order_changes,
    order_report,
    orders_api,
    parcels,
    performance,
    returns,
    seller_feedback,
    stock,
    surveys,
    tracking,
    unshipped,
)
from sellerhealth.sources.headers import localised
from sellerhealth.sources.layout import Layout


@cache
def layouts(place: Marketplace, zone: str, languages: tuple[str, ...] = ()) -> tuple[Layout, ...]:
    """Every layout recognised by its header, as files of this marketplace write it, in any language that is known.

    `languages` are those buyers write in; the marketplace's own when left out.
    """
    known = [
        all_orders.LAYOUT,
        order_report.promising(),
        order_report.older(),
        unshipped.layout(place.zone),
        fulfilled_shipments.LAYOUT,
        seller_feedback.layout(place, zone),
        account_health.late_shipments(place, zone),
        account_health.cancellations(place, zone),
        account_health.order_defects(place, zone),
        tracking.valid(place, zone),
        tracking.marked(place, zone),
        deliveries.layout(place, zone),
        returns.layout(place, zone),
        listings.every(),
        listings.open_only(),
        performance.LAYOUT,
        customer_metrics.LAYOUT,
        orders_api.LAYOUT,
        order_changes.LAYOUT,
        claims.layout(place, zone),
        parcels.confirmed(),
        parcels.posted(),
        parcels.posted_and_confirmed(),
        messages.layout(languages or place.languages),
        surveys.LAYOUT,
        notifications.layout(place, zone),
        stock.layout(place, zone),
    ]
    return tuple(layout.at(zone) for layout in localised(known))
