"""The files of one made-up US seller of any size: 400 days, seeded, made by columns and not by rows.

`python -m tests.bench.files FOLDER ORDERS` writes them. They hold what a real folder holds: orders of
two items, with one cancelled, orders after the day looked at, shipments confirmed late, twice, never,
confirmed and then cancelled.
"""

import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

FIRST_DAY, DAYS = date(2025, 10, 1), 400
AS_OF = FIRST_DAY + timedelta(days=DAYS - 5)
ALL_ORDERS_HEADER = (
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel "
    "sales-channel order-channel url ship-service-level product-name sku asin item-status quantity currency "
    "item-price item-tax shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount "
    "ship-promotion-discount ship-city ship-state ship-postal-code ship-country promotion-ids is-business-order "
    "purchase-order-number price-designation"
)
ORDER_REPORT_HEADER = (
    "order-id order-item-id purchase-date payments-date buyer-email buyer-name sku product-name quantity-purchased "
    "currency item-price item-tax ship-service-level recipient-name ship-address-1 ship-city ship-state "
    "ship-postal-code ship-country sales-channel earliest-ship-date latest-ship-date earliest-delivery-date "
    "latest-delivery-date is-business-order is-prime"
)
FEEDBACK = ("Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email")


def write(folder: Path, count: int, seed: int = 7) -> dict[str, int]:
    """Write the account and return how many rows each file has."""
    folder.mkdir(parents=True)
    (folder / "account.toml").write_text('marketplace = "US"\n', encoding="utf-8")
    chance = np.random.default_rng(seed)
    orders = _orders(count, chance)
    items = _items(orders, chance)
    ours = items.filter(pl.col("channel") == "Merchant")
    files = {
        "all-orders.tsv": _laid_out(items, ALL_ORDERS_HEADER.split()),
        "order-report.tsv": _laid_out(_as_report(ours), ORDER_REPORT_HEADER.split()),
        "ship-confirmations.csv": _confirmations(orders, chance),
        "seller-feedback.tsv": _feedback(orders, chance),
        "claims.csv": _claims(orders, chance),
    }
    for name, frame in files.items():
        mark = "\t" if name.endswith(".tsv") else ","
        frame.write_csv(folder / name, separator=mark, quote_style="never")
    return {name: frame.height for name, frame in files.items()}


def all_orders(path: Path, count: int, seed: int = 7, part: int = 500_000) -> int:
    """Write an All Orders file of this many orders, a part at a time, and return how many rows it has."""
    chance, written = np.random.default_rng(seed), 0
    with path.open("wb") as file:
        for first in range(0, count, part):
            items = _items(_orders(min(part, count - first), chance, first), chance)
            rows = _laid_out(items, ALL_ORDERS_HEADER.split())
            rows.write_csv(file, separator="\t", quote_style="never", include_header=first == 0)
            written += rows.height
    return written


def _orders(count: int, chance: np.random.Generator, first: int = 0) -> pl.DataFrame:
    """One row an order: its number, its moments, how it stands, who ships it."""
    number = np.arange(first, first + count)
    bought = np.sort(chance.integers(0, DAYS * 86_400, count))
    luck = chance.random(count)
    frame = pl.DataFrame({"number": number, "bought": bought, "luck": luck})
    due = (pl.col("bought") // 86_400 + 3) * 86_400 + 7 * 3600 + 3599
    late = np.where(
        chance.random(count) < 0.06, chance.integers(0, 6 * 86_400, count), -chance.integers(1, 90_000, count)
    )
    status = _pick({"Cancelled": 0.03, "Pending": 0.04, "Unshipped": 0.05, "Shipping": 0.055}, "Shipped")
    return frame.with_columns(
        _order_id().alias("order_id"),
        _moment(pl.col("bought")).alias("purchased"),
        _moment(pl.col("bought") + pl.Series(chance.integers(86_400, 9 * 86_400, count))).alias("updated"),
        _moment(due).alias("due"),
        due.add(pl.Series(late)).alias("confirmed"),
        status.alias("status"),
        pl.when(pl.Series(chance.random(count)) < 0.6)
        .then(pl.lit("Merchant"))
        .otherwise(pl.lit("Amazon"))
        .alias("channel"),
    )


def _order_id() -> pl.Expr:
    number, text = pl.col("number"), pl.String
    front = (number // 10_000_000 * 37 + number % 37 + 100).cast(text)
    middle = (number % 10_000_000).cast(text).str.zfill(7)
    last = (number * 2_654_435_761 % 10_000_000).cast(text).str.zfill(7)
    return pl.concat_str(front, middle, last, separator="-")


def _moment(seconds: pl.Expr) -> pl.Expr:
    start = datetime.combine(FIRST_DAY, datetime.min.time())
    return (pl.lit(start) + pl.duration(seconds=seconds)).dt.to_string("%Y-%m-%dT%H:%M:%S+00:00")


def _pick(below: dict[str, float], otherwise: str) -> pl.Expr:
    """The first word whose limit the order's luck stays below."""
    words = [pl.when(pl.col("luck") < limit).then(pl.lit(word)) for word, limit in below.items()]
    return pl.coalesce(*words, pl.lit(otherwise))


def _items(orders: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """One row an item: every order has one, a tenth a second one, of which a fifth is cancelled."""
    second = orders.filter(pl.Series(chance.random(orders.height)) < 0.1)
    cancelled = pl.Series(chance.random(second.height)) < 0.2
    parts = [
        orders.with_columns(pl.col("status").alias("item_status"), pl.lit(0).alias("place")),
        second.with_columns(
            pl.when(cancelled).then(pl.lit("Cancelled")).otherwise("status").alias("item_status"),
            pl.lit(1).alias("place"),
        ),
    ]
    sku = pl.concat_str(pl.lit("SKU-"), (pl.col("number") * 7919 % 500 + pl.col("place")).cast(pl.String))
    return pl.concat(parts).sort("number", "place").with_columns(sku.alias("sku"))


def _laid_out(items: pl.DataFrame, header: list[str]) -> pl.DataFrame:
    """The items under a report's columns; those no metric reads hold fillers of a usual length, or nothing."""
    known = {
        "amazon-order-id": pl.col("order_id"),
        "order-id": pl.col("order_id"),
        "purchase-date": pl.col("purchased"),
        "last-updated-date": pl.col("updated"),
        "order-status": pl.col("status"),
        "fulfillment-channel": pl.col("channel"),
        "item-status": pl.col("item_status"),
        "sku": pl.col("sku"),
        "latest-ship-date": pl.col("due"),
    }
    fillers = {
        "sales-channel": "Amazon.com",
        "ship-service-level": "Standard",
        "product-name": "Pine Candle, 8 oz",
        "asin": "B0DEMOHP03",
        "quantity": "1",
        "quantity-purchased": "1",
        "currency": "USD",
        "item-price": "18.50",
        "item-tax": "1.48",
        "ship-city": "San Jose",
        "ship-state": "CA",
        "ship-postal-code": "95112",
        "ship-country": "US",
        "is-business-order": "false",
    }
    return items.select(known.get(name, pl.lit(fillers.get(name))).alias(name) for name in header)


def _as_report(ours: pl.DataFrame) -> pl.DataFrame:
    return ours.filter(pl.col("status") != "Pending")


def _confirmations(orders: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Most shipped orders of the seller's, some of the cancelled ones, and a second parcel now and then."""
    told = pl.Series(chance.random(orders.height))
    often = (
        pl.when(pl.col("status") == "Shipped").then(0.98).when(pl.col("status") == "Cancelled").then(0.2).otherwise(0.0)
    )
    first = orders.filter((pl.col("channel") == "Merchant") & (told < often))
    second = first.filter(pl.Series(chance.random(first.height)) < 0.03).with_columns(pl.col("confirmed") + 40_000)
    carriers = pl.Series(["UPS", "USPS", "OnTrac"]).gather(chance.integers(0, 3, first.height + second.height))
    return pl.concat([first, second]).select(
        "order_id", _moment(pl.col("confirmed")).alias("confirmed_at"), carriers.alias("carrier")
    )


def _feedback(orders: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """One to three stars for a twentieth of the orders, two ratings for a few."""
    rated = orders.filter(pl.Series(chance.random(orders.height)) < 0.049)
    rated = pl.concat([rated, rated.filter(pl.Series(chance.random(rated.height)) < 0.02)])
    day = (pl.col("bought") // 86_400 + pl.Series(chance.integers(2, 40, rated.height))).cast(pl.Int32)
    stars = pl.Series(chance.integers(1, 4, rated.height))
    columns = {
        "Date": (pl.lit(FIRST_DAY) + pl.duration(days=day)).dt.to_string("%m/%d/%y"),
        "Rating": stars,
        "Comments": pl.lit("It is all right."),
        "Order ID": pl.col("order_id"),
    }
    return rated.select(columns.get(name, pl.lit(None)).alias(name) for name in FEEDBACK).unique(
        ["Order ID", "Date", "Rating"], maintain_order=True
    )


def _claims(orders: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Claims and chargebacks for a few orders in a thousand, in every state and paid by either."""
    claimed = orders.filter(pl.Series(chance.random(orders.height)) < 0.006)
    many = claimed.height
    day = (pl.col("bought") // 86_400 + pl.Series(chance.integers(1, 60, many))).cast(pl.Int32)
    return claimed.select(
        "order_id",
        (pl.lit(FIRST_DAY) + pl.duration(days=day)).cast(pl.String).alias("opened_at"),
        _one_of(["a-to-z", "a-to-z", "chargeback"], many, chance).alias("claim_type"),
        _one_of(["under review", "granted", "denied", "withdrawn"], many, chance).alias("status"),
        _one_of(["seller", "amazon", None], many, chance).alias("funded_by"),
    )


def _one_of(words: list[str | None], many: int, chance: np.random.Generator) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(chance.integers(0, len(words), many))


if __name__ == "__main__":
    print(json.dumps(write(Path(sys.argv[1]), int(sys.argv[2]))))
