"""Account folders written by the tests, and what is read from them, as plain Python values."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl
import pytest

from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.sources.account import open_account

NAME = "shop"
US = 'marketplace = "US"\n'
LENIENT = US + "max_reject = 1\n"
MOVES = ("read", "used", "duplicate", "superseded", "rejected")
ID = "111-1111111-1111111"
ID_2 = "222-2222222-2222222"
ID_3 = "333-3333333-3333333"

ALL_ORDERS = [
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "url",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
]
OLDER_ALL_ORDERS = [name for name in ALL_ORDERS if name != "url"][:-3]
NEWER_ALL_ORDERS = [
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "order-item-id",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "number-of-items",
    "item-status",
    "tax-collection-model",
    "tax-collection-responsible-party",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "address-type",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids",
    "cpf",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
    "customized-url",
    "customized-page",
    "is-replacement-order",
    "is-exchange-order",
    "original-order-id",
    "is-iba",
    "signature-confirmation-recommended",
    "buyer-identification-number",
    "buyer-identification-type",
]
ORDER_REPORT = [
    "order-id",
    "order-item-id",
    "purchase-date",
    "payments-date",
    "buyer-email",
    "buyer-name",
    "buyer-phone-number",
    "sku",
    "product-name",
    "quantity-purchased",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "ship-service-level",
    "recipient-name",
    "ship-address-1",
    "ship-address-2",
    "ship-address-3",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "ship-phone-number",
    "item-promotion-discount",
    "item-promotion-id",
    "ship-promotion-discount",
    "ship-promotion-id",
    "delivery-start-date",
    "delivery-end-date",
    "delivery-time-zone",
    "delivery-Instructions",
    "sales-channel",
    "earliest-ship-date",
    "latest-ship-date",
    "earliest-delivery-date",
    "latest-delivery-date",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
    "is-prime",
    "tax-collection-model",
    "tax-collection-responsible-party",
]
OLDER_ORDER_REPORT = ORDER_REPORT[:29]
NEWER_ORDER_REPORT = [
    *ORDER_REPORT[:7],
    "cpf",
    *ORDER_REPORT[7:16],
    "ship-service-name",
    *ORDER_REPORT[16:42],
    "buyer-company-name",
    "is-iba",
    "is-buyer-requested-cancellation",
    "buyer-requested-cancel-reason",
    *ORDER_REPORT[42:],
    "signature-confirmation-recommended",
]
UNSHIPPED = [
    "order-id",
    "order-item-id",
    "purchase-date",
    "payments-date",
    "reporting-date",
    "promise-date",
    "days-past-promise",
    "buyer-email",
    "buyer-name",
    "buyer-phone-number",
    "sku",
    "product-name",
    "quantity-purchased",
    "quantity-shipped",
    "quantity-to-ship",
    "ship-service-level",
    "recipient-name",
    "ship-address-1",
    "ship-address-2",
    "ship-address-3",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
    "is-iba",
    "verge-of-cancellation",
    "verge-of-lateShipment",
]
LONG_UNSHIPPED = [
    *UNSHIPPED[:9],
    "cpf",
    "payment-method-details",
    *UNSHIPPED[9:11],
    "number-of-items",
    *UNSHIPPED[11:16],
    "ship-service-name",
    *UNSHIPPED[16:20],
    "address-type",
    *UNSHIPPED[20:24],
    "sales-channel",
    "payment-method",
    "cod-collectible-amount",
    "already-paid",
    "payment-method-fee",
    "scheduled-delivery-start-date",
    "scheduled-delivery-end-date",
    "points-granted",
    "customized-url",
    "customized-page",
    *UNSHIPPED[24:27],
    "is-prime",
    "is-global-express",
    "is-premium-order",
    "buyer-company-name",
    "licensee-name",
    "license-number",
    "license-state",
    "license-expiration-date",
    "is-replacement-order",
    "is-exchange-order",
    "original-order-id",
    "is-transparency",
    "default-ship-from-address-name",
    "default-ship-from-address-field-1",
    "default-ship-from-address-field-2",
    "default-ship-from-address-field-3",
    "default-ship-from-city",
    "default-ship-from-state",
    "default-ship-from-country",
    "default-ship-from-postal-code",
    "is-ispu-order",
    "store-chain-store-id",
    "is-buyer-requested-cancellation",
    "buyer-requested-cancel-reason",
    "ioss-number",
    "is-shipping-settings-automation-enabled",
    "ssa-carrier",
    "ssa-ship-method",
    "tax-collection-model",
    "tax-collection-responsible-party",
    "verge-of-cancellation",
    "verge-of-lateShipment",
    "signature-confirmation-recommended",
]
FULFILLED = [
    "amazon-order-id",
    "merchant-order-id",
    "shipment-id",
    "shipment-item-id",
    "amazon-order-item-id",
    "merchant-order-item-id",
    "purchase-date",
    "payments-date",
    "shipment-date",
    "reporting-date",
    "buyer-email",
    "buyer-name",
    "buyer-phone-number",
    "sku",
    "product-name",
    "quantity-shipped",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "ship-service-level",
    "recipient-name",
    "ship-address-1",
    "ship-address-2",
    "ship-address-3",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "ship-phone-number",
    "bill-address-1",
    "bill-address-2",
    "bill-address-3",
    "bill-city",
    "bill-state",
    "bill-postal-code",
    "bill-country",
    "item-promotion-discount",
    "ship-promotion-discount",
    "carrier",
    "tracking-number",
    "estimated-arrival-date",
    "fulfillment-center-id",
    "fulfillment-channel",
    "sales-channel",
]
FEEDBACK = ["Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email"]
CANCELLATIONS = ["Order Date", "Order ID", "Impacts Account Health"]
LATE = ["Order Date", "Order ID", "Expected Ship Date", "Ship Confirmation Date", "Impacts Account Health"]
ORDER_DEFECTS = ["Order Date", "Order ID", "Fulfilment", "Negative Feedback", "A-to-z Claim", "Chargeback"]
CLAIMS = ["order_id", "opened_at", "claim_type", "status", "funded_by", "counts_against_odr"]
CONFIRMATIONS = ["order_id", "confirmed_at", "carrier"]
PARCELS = ["order_id", "posted_at", "carrier"]
MESSAGES = [
    "thread_id",
    "message_id",
    "order_id",
    "sender",
    "sent_at",
    "no_response_needed",
    "automatic",
    "subject",
    "text",
]
SURVEYS = ["thread_id", "answered_at", "score", "solved"]
NOTIFICATIONS = ["id", "date", "category", "severity", "asin", "state", "resolved_on", "noted_on"]
STOCK = ["sku", "units_on_hand", "counted_on"]
VALID_TRACKING = [
    "Order ID",
    "Carrier Name",
    "Tracking ID",
    "Origin Country",
    "Promised Delivery Date",
    "Ship Method",
    "Valid Tracking",
    "Product Category",
]
NO_VALID_TRACKING = ["No Valid Tracking" if name == "Valid Tracking" else name for name in VALID_TRACKING]
DELIVERIES = [
    "Order ID",
    "SKU",
    "Quantity",
    "Promised Delivery Date Without Extension",
    "Actual Delivery Date",
    "Carrier Name",
    "Tracking ID",
    "Delivered Late",
]
RETURNS = [
    "Order ID",
    "Order date",
    "Return request date",
    "Return request status",
    "Amazon RMA ID",
    "Merchant RMA ID",
    "Label type",
    "Label cost",
    "Currency code",
    "Return carrier",
    "Tracking ID",
    "Label to be paid by",
    "A-to-Z Claim",
    "Is prime",
    "ASIN",
    "Merchant SKU",
    "Item Name",
    "Return quantity",
    "Return Reason",
    "In policy",
    "Return type",
    "Resolution",
    "Invoice number",
    "Return delivery date",
    "Order Amount",
    "Order quantity",
    "SafeT Action reason",
    "SafeT claim id",
    "SafeT claim state",
    "SafeT claim creation time",
    "SafeT claim reimbursement amount",
    "Refunded Amount",
]
ALL_LISTINGS = [
    "item-name",
    "item-description",
    "listing-id",
    "seller-sku",
    "price",
    "quantity",
    "open-date",
    "image-url",
    "item-is-marketplace",
    "product-id-type",
    "zshop-shipping-fee",
    "item-note",
    "item-condition",
    "zshop-category1",
    "zshop-browse-path",
    "zshop-storefront-feature",
    "asin1",
    "asin2",
    "asin3",
    "will-ship-internationally",
    "expedited-shipping",
    "zshop-boldface",
    "product-id",
    "bid-for-featured-placement",
    "add-delete",
    "pending-quantity",
    "fulfillment-channel",
    "merchant-shipping-group",
    "status",
]
OPEN_LISTINGS = ["sku", "asin", "price", "quantity"]


def line(header: Iterable[str], cells: Mapping[str, str], delimiter: str = "\t") -> str:
    """One row of a file, from the cells that are not empty."""
    assert set(cells) <= set(header)
    return delimiter.join(cells.get(name, "") for name in header) + "\n"


def text(header: list[str], *rows: Mapping[str, str], delimiter: str = "\t") -> str:
    return delimiter.join(header) + "\n" + "".join(line(header, row, delimiter) for row in rows)


def order(order_id: str = ID, **more: str) -> dict[str, str]:
    """The cells of an All Orders row; underlines in names stand for dashes."""
    told = {
        "amazon-order-id": order_id,
        "purchase-date": "2026-03-01T18:30:00+00:00",
        "last-updated-date": "2026-03-03T20:00:00+00:00",
        "order-status": "Shipped",
        "fulfillment-channel": "Merchant",
        "sales-channel": "Amazon.com",
        "sku": "MUG-1",
        "item-status": "Shipped",
        "quantity": "1",
    }
    return {**told, **{name.replace("_", "-"): cell for name, cell in more.items()}}


ONE_ORDER = text(ALL_ORDERS, order())


def put(data: Path, files: Mapping[str, str | bytes], toml: str | bytes = US, name: str = NAME) -> Path:
    """Write an account folder under `data`."""
    folder = data / name
    for path, content in {"account.toml": toml, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def alone(data: Path, files: Mapping[str, str | bytes], toml: str | bytes = US, account: str = NAME) -> Account:
    """The account of these files and no other."""
    put(data, files, toml)
    return open_account(data, account)


def read(data: Path, files: Mapping[str, str | bytes], toml: str | bytes = US, account: str = NAME) -> Account:
    """The account of these files. One order is added, where none of them is `orders.tsv`."""
    return alone(data, {"orders.tsv": ONE_ORDER, **files}, toml, account)


def refusal(data: Path, files: Mapping[str, str | bytes], toml: str | bytes = US, account: str = NAME) -> InputError:
    """The error with which the folder is refused."""
    put(data, files, toml)
    with pytest.raises(InputError) as caught:
        open_account(data, account)
    return caught.value


def rows(account: Account, table: str, *columns: str) -> list[tuple[object, ...]]:
    """The rows of a table in order: times as ISO text in UTC, words as text."""
    frame = account.tables[table].collect()
    shown = frame.select(_plain(frame.schema, name) for name in columns or _timeless(frame.columns))
    return shown.sort(shown.columns, nulls_last=True).rows()


def filled(account: Account, table: str) -> list[dict[str, object]]:
    """The rows of a table in order, without the empty cells."""
    names = _timeless(account.tables[table].collect_schema().names())
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell is not None} for row in rows(account, table)
    ]


def _timeless(names: list[str]) -> list[str]:
    """Without the day a complaint was first seen: it is that on which the test wrote it."""
    return [name for name in names if name != "first_seen_on"]


def _plain(schema: pl.Schema, name: str) -> pl.Expr:
    if isinstance(schema[name], pl.Datetime):
        return pl.col(name).dt.strftime("%Y-%m-%d %H:%M:%S")
    return pl.col(name).cast(pl.String) if isinstance(schema[name], pl.Enum | pl.Date) else pl.col(name)


def ledger(account: Account) -> dict[str, tuple[int, ...]]:
    """Per file: read, used, duplicate, superseded, rejected."""
    for row in account.ledger.iter_rows(named=True):
        assert row["read"] == row["used"] + row["duplicate"] + row["superseded"] + row["rejected"], row
    return {
        row["file"].removeprefix(f"{NAME}/"): tuple(row[move] for move in MOVES)
        for row in account.ledger.iter_rows(named=True)
    }


def rejects(account: Account) -> list[tuple[object, ...]]:
    """Row, column and reason of each rejected row."""
    return account.rejects.select("row", "column", "reason").rows()


def real(name: str) -> bytes:
    """A file of shared/real/amazon, or a skipped test where that folder is not."""
    path = Path(__file__).parents[2].parent / "shared" / "real" / "amazon" / name
    if not path.exists():
        pytest.skip("the real files are not here: no shared/real/amazon beside the repository")
    return path.read_bytes()
