"""All Orders, as Amazon delivers it: one row per order item, as things stood when it was downloaded."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sellerhealth.demo.order import Item, Order
from sellerhealth.demo.shop import Shop
from sellerhealth.demo.table import file_name, money, tsv

HEADER = (
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel "
    "sales-channel order-channel url ship-service-level product-name sku asin item-status quantity currency "
    "item-price item-tax shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount "
    "ship-promotion-discount ship-city ship-state ship-postal-code ship-country promotion-ids is-business-order "
    "purchase-order-number price-designation"
)
COLUMNS = tuple(HEADER.split())
SHIPPED_BY = {"MFN": "Merchant", "AFN": "Amazon"}
REPORT, STEP = timedelta(days=30), timedelta(days=24)
"""How long Amazon lets a report be, and how often the seller downloads one: six days are in two reports."""


def files(shop: Shop, orders: Collection[Order]) -> dict[str, str]:
    """The reports by their name, the latest first; an order not shipped at the end of one is, in the next."""
    found, last = {}, shop.last_day
    while last >= shop.first_day:
        first = max(shop.first_day, last - REPORT + timedelta(days=1))
        inside = [order for order in orders if first <= order.purchased_on <= last]
        rows = (_row(order, item, shop.end_of(last)) for order in inside for item in order.items)
        found[file_name("all-orders", first, last)] = tsv(COLUMNS, rows)
        last -= STEP
    return found


def _row(order: Order, item: Item, moment: datetime) -> dict[str, str]:
    status, updated_at = order.state(moment)
    item_status = "Cancelled" if item.is_cancelled else status
    return {
        "amazon-order-id": order.order_id,
        "purchase-date": order.purchased_at.isoformat(),
        "last-updated-date": updated_at.isoformat(),
        "order-status": status,
        "fulfillment-channel": SHIPPED_BY[order.shipped_by],
        "sales-channel": order.channel.name,
        "ship-service-level": order.service,
        "product-name": item.product.name,
        "sku": item.product.sku,
        "asin": item.product.asin,
        "item-status": item_status,
        "quantity": "0" if item_status == "Cancelled" else str(item.quantity),
        "ship-city": order.town.city,
        "ship-state": order.town.state,
        "ship-postal-code": order.town.postal_code,
        "ship-country": order.town.country,
        "is-business-order": "false",
        **({} if item_status in ("Cancelled", "Pending") else _prices(order, item)),
    }


def _prices(order: Order, item: Item) -> dict[str, str]:
    """Amazon shows none while the payment is pending, nor for what was cancelled."""
    return {
        "currency": order.channel.currency,
        "item-price": money(item.cents),
        "item-tax": money(order.tax(item)),
    }
