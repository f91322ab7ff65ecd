"""The real marketplace of shared/real/olist as an account of ours: linked, never copied into the project."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

REAL = Path(__file__).parents[3] / "shared" / "real" / "olist"
FILES = ("orders.csv.gz", "order_items.csv.gz", "order_reviews.csv.gz")
SETTINGS = """
marketplace = "BR"
policy = "amazon-2026"

[[source]]
files = "orders.csv.gz"
table = "orders"
datetime = "%Y-%m-%d %H:%M:%S"
[source.columns]
order_id = "order_id"
status = "order_status"
purchased_at = "order_purchase_timestamp"
confirmed_at = "order_delivered_carrier_date"
delivered_at = "order_delivered_customer_date"
deliver_by_at = "order_estimated_delivery_date"
[source.values.status]
canceled = "CANCELLED"
unavailable = "UNFULFILLABLE"
created = "PENDING"
approved = "UNSHIPPED"
processing = "UNSHIPPED"
invoiced = "UNSHIPPED"

[[source]]
files = "order_items.csv.gz"
table = "order_items"
datetime = "%Y-%m-%d %H:%M:%S"
account = "seller_id"
[source.columns]
order_id = "order_id"
sku = "product_id"
item_id = "order_item_id"
item_ship_by_at = "shipping_limit_date"

[[source]]
files = "order_reviews.csv.gz"
table = "feedback"
datetime = "%Y-%m-%d %H:%M:%S"
[source.columns]
order_id = "order_id"
rating = "review_score"
rated_on = "review_creation_date"
rated_at = "review_answer_timestamp"

# One window over everything: the ship-by days run from 2016 into 2020, two of them.
[override.on_time_delivery_rate]
windows = [1600]
[override.perfect_order_percentage]
windows = [1600]
[override.late_dispatch_rate]
windows = [1600]
[override.late_dispatch_rate.choice]
unconfirmed_orders = "left_out"
"""


def expected() -> dict[str, Any]:
    """The figures counted independently, or a skipped test where the folder is not."""
    path = REAL / "EXPECTED.json"
    if not path.exists():
        pytest.skip("the real marketplace is not here: no shared/real/olist beside the repository")
    return json.loads(path.read_text(encoding="utf-8"))


def folder(data: Path, settings: str = SETTINGS) -> Path:
    """An account folder under `data` with links to the real files, with these settings."""
    expected()
    made = data / "olist"
    made.mkdir(parents=True)
    for file in FILES:
        (made / file).symlink_to(REAL / file)
    (made / "account.toml").write_text(settings, encoding="utf-8")
    return made


def rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a real file as text, read without the package."""
    with gzip.open(REAL / file, "rt", encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)
