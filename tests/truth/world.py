"""Accounts made straight from the demo's orders and complaints, without files: the truth about them is known.

Nothing is left out because it comes late: a test looks from an early day, and then from a later one at what came.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zlib import crc32

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.example import EVERYTHING
from sellerhealth.definition.marketplaces import SALES_CHANNELS
from sellerhealth.definition.tables import COLUMNS, TABLES
from sellerhealth.demo.complaint import A_TO_Z, CHARGEBACK, Claim, Rating
from sellerhealth.demo.matter import BUYER, Matter
from sellerhealth.demo.order import Item, Order
from sellerhealth.demo.returns import Return
from sellerhealth.demo.shop import Shop
from sellerhealth.demo.shops import HARBOR_AND_PINE

Row = dict[str, Any]
CLAIM_TYPES = {A_TO_Z: "A_TO_Z", CHARGEBACK: "CHARGEBACK"}
COUNTS = {"": None, "yes": True, "no": False}
LOOKING = 2
"""How many buyers look in for one that buys."""


def shop(seed: int, a_day: float = 10, days: int = 300, **more: Any) -> Shop:
    """Harbor & Pine under another seed, selling so much a day for so many days; `more` replaces what else it is.

    The last day is that of the demo. Every order is shipped by the seller and sold on the shop's own marketplace, so
    that what `a_day` says is what is counted.
    """
    looking = max(round(LOOKING * a_day), 1)
    usual = {
        "folder": f"world-{seed}",
        "seed": seed,
        "first_day": HARBOR_AND_PINE.last_day - timedelta(days=days - 1),
        "most_a_day": looking,
        "busy": a_day / looking,
        "products": {product: share for product, share in HARBOR_AND_PINE.products.items() if product.channel == "MFN"},
        "channels": {
            shipped_by: {channel: share for channel, share in channels.items() if channel.name == "Amazon.com"}
            for shipped_by, channels in HARBOR_AND_PINE.channels.items()
        },
    }
    return replace(HARBOR_AND_PINE, **(usual | more))


def account(
    shop: Shop,
    orders: Iterable[Order],
    ratings: Iterable[Rating] = (),
    claims: Iterable[Claim] = (),
    matters: Iterable[Matter] = (),
    returns: Iterable[Return] = (),
    by_seller: Collection[str] = (),
) -> Account:
    """The account that files telling all of this would give; no input is missing.

    An order is as it stands at the end of the shop's last day. One that was cancelled, the buyer cancelled, but for
    those `by_seller`, named by their ids. Every message of a buyer is about its matter's topic.
    """
    book = list(orders)
    rows = {
        "orders": [_order(shop, one, by_seller) for one in book],
        "order_items": [_item(one, item) for one in book for item in one.items],
        "feedback": [_rating(one) for one in ratings],
        "claims": [_claim(shop, one) for one in claims],
        "messages": [row for one in matters for row in _messages(one)],
        "returns": [_return(one) for one in returns],
    }
    return Account(
        name=shop.folder,
        marketplace=shop.marketplace,
        zone=shop.marketplace.zone,
        tables={name: _table(name, shop.folder, rows.get(name, [])) for name in TABLES},
        provided=EVERYTHING,
        last_day=shop.last_day,
    )


def _table(name: str, account: str, rows: Collection[Row]) -> pl.LazyFrame:
    types = {column: COLUMNS[column].dtype for column in TABLES[name].columns()}
    told = pl.DataFrame(list(rows), schema=types) if rows else pl.DataFrame(schema=types)
    return told.select(pl.lit(account).alias("account"), *types).lazy()


def _order(shop: Shop, order: Order, by_seller: Collection[str]) -> Row:
    status, updated_at = order.state(shop.end_of(shop.last_day))
    who = "SELLER" if order.order_id in by_seller else "BUYER"
    return {
        "order_id": order.order_id,
        "marketplace": SALES_CHANNELS.get(order.channel.name.lower(), "OTHER"),
        "purchased_at": order.purchased_at,
        "updated_at": updated_at,
        "status": status.upper(),
        "channel": order.shipped_by,
        "cancelled_by": who if order.cancelled_at else None,
        "cancelled_at": order.cancelled_at,
        "ship_by_at": order.ship_by_at,
        "confirmed_at": order.confirmed_at,
        "deliver_by_at": shop.end_of(order.deliver_by_on),
        "carrier": order.carrier or None,
        "ship_service": order.service,
    }


def _item(order: Order, item: Item) -> Row:
    status = "CANCELLED" if item.is_cancelled else None
    return {
        "order_id": order.order_id,
        "sku": item.product.sku,
        "item_status": status,
        "quantity": item.quantity,
        "item_id": item.number,
    }


def _rating(rating: Rating) -> Row:
    return {"order_id": rating.order.order_id, "rated_on": rating.rated_on, "rating": rating.stars}


def _claim(shop: Shop, claim: Claim) -> Row:
    return {
        "order_id": claim.order.order_id,
        "claim_type": CLAIM_TYPES[claim.claim_type],
        "opened_on": shop.local(claim.opened_at).date(),
        "claim_status": claim.status.upper(),
        "funded_by": claim.funded_by.upper() or None,
        "counts_against_odr": COUNTS[claim.counts],
    }


def _messages(matter: Matter) -> list[Row]:
    return [
        {
            "thread_id": matter.thread_id,
            "message_id": f"{matter.thread_id}-{number}",
            "order_id": matter.order.order_id if matter.order else None,
            "sender": message.sender.upper(),
            "sent_at": message.sent_at,
            "needs_no_response": message.needs_no_response,
            "is_automatic": message.is_automatic,
            "topic": matter.topic if message.sender == BUYER else None,
            "text_mark": crc32(message.text.encode()),
        }
        for number, message in enumerate(matter.messages)
    ]


def _return(one: Return) -> Row:
    return {
        "order_id": one.order.order_id,
        "sku": one.item.product.sku,
        "returned_on": one.asked_on,
        "refunded": None if one.refunded is None else one.refunded / 100,
        "return_has_claim": False,
    }
