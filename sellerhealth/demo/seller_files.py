"""The small files: account.toml, the confirmation log, feedback, claims, and Amazon's list of cancellations."""

from collections.abc import Collection
from datetime import date, timedelta

from sellerhealth.demo.complaint import Claim, Rating
from sellerhealth.demo.order import Order
from sellerhealth.demo.shop import Shop
from sellerhealth.demo.table import csv, tsv

SHIP_CONFIRMATIONS = ("order_id", "confirmed_at", "carrier")
FEEDBACK = ("Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email")
CLAIMS = ("order_id", "opened_at", "claim_type", "status", "funded_by", "counts_against_odr")
CANCELLATIONS = ("Order Date", "Order ID", "Impacts Account Health")
A_YEAR = timedelta(days=365)


def account(shop: Shop, **more: str) -> dict[str, str]:
    """account.toml; `more` are further lines."""
    lines = {"label": shop.label, "marketplace": shop.marketplace.code, "policy": "handbook", **more}
    return {"account.toml": "".join(f'{key} = "{text}"\n' for key, text in lines.items())}


def ship_confirmations(shop: Shop, orders: Collection[Order]) -> dict[str, str]:
    """The log of the seller's own shipment confirmations, oldest first."""
    now = shop.end_of(shop.last_day)
    log = sorted(
        (order.confirmed_at, order.order_id, order.carrier)
        for order in orders
        if order.shipped_by == "MFN" and order.confirmed_at and order.confirmed_at <= now
    )
    rows = (
        dict(zip(SHIP_CONFIRMATIONS, (order_id, at.isoformat(), carrier), strict=True)) for at, order_id, carrier in log
    )
    return {"ship-confirmations.csv": csv(SHIP_CONFIRMATIONS, rows)}


def feedback(shop: Shop, ratings: Collection[Rating]) -> dict[str, str]:
    """The seller feedback report: the last year, newest first."""
    inside = [rating for rating in ratings if shop.last_day - A_YEAR < rating.rated_on <= shop.last_day]
    rows = (
        {
            "Date": _day(shop, rating.rated_on),
            "Rating": str(rating.stars),
            "Comments": rating.comment,
            "Order ID": rating.order.order_id,
            "Rater Email": f"buyer{rating.order.buyer}@example.com",
        }
        for rating in sorted(inside, key=lambda rating: (rating.rated_on, rating.order.order_id), reverse=True)
    )
    return {"seller-feedback.tsv": tsv(FEEDBACK, rows)}


def claims(claims: Collection[Claim]) -> dict[str, str]:
    """The claims CSV that the seller keeps, oldest first."""
    rows = (
        {
            "order_id": claim.order.order_id,
            "opened_at": claim.opened_at.isoformat(),
            "claim_type": claim.claim_type,
            "status": claim.status,
            "funded_by": claim.funded_by,
            "counts_against_odr": claim.counts,
        }
        for claim in sorted(claims, key=lambda claim: (claim.opened_at, claim.order.order_id))
    )
    return {"claims.csv": csv(CLAIMS, rows)}


def cancellations(listed: Collection[tuple[Order, str]]) -> dict[str, str]:
    """The cancellation download of Account Health: cancelled orders, and whether Amazon counts each."""
    rows = (
        dict(zip(CANCELLATIONS, (order.purchased_on.isoformat(), order.order_id, impacts), strict=True))
        for order, impacts in sorted(listed, key=lambda pair: pair[0].purchased_at)
    )
    return {"cancellation-rate.csv": csv(CANCELLATIONS, rows)}


def _day(shop: Shop, day: date) -> str:
    """As the marketplace writes it in this report: no leading zeros, the year with two digits."""
    text = shop.marketplace.feedback_date
    for pattern, part in {"%d": f"{day.day}", "%m": f"{day.month}", "%y": f"{day:%y}"}.items():
        text = text.replace(pattern, part)
    return text
