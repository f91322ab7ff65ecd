"""The order reports with ship-by dates: one row per item of the paid orders that the seller ships."""

from collections.abc import Collection
from datetime import timedelta

from sellerhealth.demo.order import Item, Order
from sellerhealth.demo.shop import Shop
from sellerhealth.demo.table import file_name, money, tsv

HEADER = (
    "order-id order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number sku product-name "
    "quantity-purchased currency item-price item-tax shipping-price shipping-tax ship-service-level recipient-name "
    "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country "
    "ship-phone-number item-promotion-discount item-promotion-id ship-promotion-discount ship-promotion-id "
    "delivery-start-date delivery-end-date delivery-time-zone delivery-Instructions sales-channel "
    "earliest-ship-date latest-ship-date earliest-delivery-date latest-delivery-date is-business-order "
    "purchase-order-number price-designation is-prime tax-collection-model tax-collection-responsible-party"
)
COLUMNS = tuple(HEADER.split())
REPORT = timedelta(days=60)


def files(shop: Shop, orders: Collection[Order], reports: int) -> dict[str, str]:
    """So many reports by their name, the latest first, each over the 60 days Amazon allows."""
    now = shop.end_of(shop.last_day)
    paid = [order for order in orders if order.shipped_by == "MFN" and order.paid_at <= now]
    found = {}
    for back in range(reports):
        last = shop.last_day - REPORT * back
        first = max(shop.first_day, last - REPORT + timedelta(days=1))
        inside = [order for order in paid if first <= order.purchased_on <= last]
        rows = (_row(shop, order, item) for order in inside for item in order.items)
        found[file_name("order-report", first, last)] = tsv(COLUMNS, rows)
    return found


def _row(shop: Shop, order: Order, item: Item) -> dict[str, str]:
    return {
        "order-id": order.order_id,
        "order-item-id": item.number,
        "purchase-date": order.purchased_at.isoformat(),
        "payments-date": order.paid_at.isoformat(),
        "sku": item.product.sku,
        "product-name": item.product.name,
        "quantity-purchased": str(item.quantity),
        "currency": order.channel.currency,
        "item-price": money(item.cents),
        "item-tax": money(order.tax(item)),
        "ship-service-level": order.service,
        "sales-channel": order.channel.name,
        "is-business-order": "false",
        "is-prime": "false",
        **_buyer(order),
        **_promise(shop, order),
    }


def _buyer(order: Order) -> dict[str, str]:
    """Nobody: fillers in the columns that must never be read."""
    return {
        "buyer-email": f"buyer{order.buyer}@example.com",
        "buyer-name": f"Buyer {order.buyer}",
        "buyer-phone-number": "555-0100",
        "recipient-name": f"Buyer {order.buyer}",
        "ship-address-1": f"{order.buyer} Example St",
        "ship-city": order.town.city,
        "ship-state": order.town.state,
        "ship-postal-code": order.town.postal_code,
        "ship-country": order.town.country,
    }


def _promise(shop: Shop, order: Order) -> dict[str, str]:
    """Ship dates are whole local days, written in UTC."""
    return {
        "earliest-ship-date": shop.at(order.purchased_on + timedelta(days=1), 0).isoformat(),
        "latest-ship-date": order.ship_by_at.isoformat(),
        "earliest-delivery-date": shop.at(order.ship_by_on + timedelta(days=2), 0).isoformat(),
        "latest-delivery-date": shop.end_of(order.deliver_by_on).isoformat(),
    }
