"""The count of the shelves, and the listing report that says what is offered."""

from collections.abc import Mapping

from sellerhealth.demo.shop import Product, Shop
from sellerhealth.demo.table import csv, money, tsv

STOCK = ("sku", "units_on_hand", "counted_on")
HEADER = (
    "item-name item-description listing-id seller-sku price quantity open-date image-url item-is-marketplace "
    "product-id-type zshop-shipping-fee item-note item-condition zshop-category1 zshop-browse-path "
    "zshop-storefront-feature asin1 asin2 asin3 will-ship-internationally expedited-shipping zshop-boldface product-id "
    "bid-for-featured-placement add-delete pending-quantity fulfillment-channel merchant-shipping-group status"
)
LISTINGS = tuple(HEADER.split())


def count(shop: Shop, held: Mapping[str, int]) -> dict[str, str]:
    """stock.csv: the units of each SKU on the shelves on the last day."""
    rows = (
        {"sku": sku, "units_on_hand": str(units), "counted_on": shop.last_day.isoformat()}
        for sku, units in held.items()
    )
    return {"stock.csv": csv(STOCK, rows)}


def listings(shop: Shop, listed: Mapping[str, int]) -> dict[str, str]:
    """All Listings: every product; what Amazon ships has no quantity."""
    rows = (_listing(number, product, listed) for number, product in enumerate(shop.products, start=1))
    return {f"all-listings_{shop.last_day}.tsv": tsv(LISTINGS, rows)}


def _listing(number: int, product: Product, listed: Mapping[str, int]) -> dict[str, str]:
    ours = product.channel == "MFN"
    return {
        "item-name": product.name,
        "listing-id": f"DEMO{number:06d}",
        "seller-sku": product.sku,
        "price": money(product.cents),
        "quantity": str(listed[product.sku]) if ours else "",
        "open-date": f"2025-08-{number:02d} 09:00:00 UTC",
        "item-is-marketplace": "y",
        "product-id-type": "1",
        "item-condition": "11",
        "asin1": product.asin,
        "product-id": product.asin,
        "fulfillment-channel": "DEFAULT" if ours else "AMAZON_NA",
        "merchant-shipping-group": "Standard Template",
        "status": "Active",
    }
