"""Random and damaged files: refused in a sentence or read with every row accounted for, and no buyer in any byte.

500 cases; SELLERHEALTH_FUZZ asks for another number. Each case has its own seed, so a failure can be run again.
"""

import gzip
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest

from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.sources.account import open_account
from tests.sources.folder import (
    ALL_LISTINGS,
    ALL_ORDERS,
    CANCELLATIONS,
    CLAIMS,
    CONFIRMATIONS,
    DELIVERIES,
    FEEDBACK,
    LATE,
    MESSAGES,
    NO_VALID_TRACKING,
    NOTIFICATIONS,
    ONE_ORDER,
    OPEN_LISTINGS,
    ORDER_REPORT,
    PARCELS,
    RETURNS,
    STOCK,
    SURVEYS,
    VALID_TRACKING,
    put,
)

CASES = int(os.environ.get("SELLERHEALTH_FUZZ", "500"))
CHUNKS = 10
CANARY = "Ford-Prefect-42"
"""Stands in every cell that no reader needs, among them names, addresses, e-mail addresses and comments."""

TIME, DAY = "2026-03-0{}T18:30:00+00:00", "2026-03-0{}"
CELLS = {
    "amazon-order-id": "111-1111111-000000{}",
    "order-id": "111-1111111-000000{}",
    "Order ID": "111-1111111-000000{}",
    "order_id": "111-1111111-000000{}",
    "purchase-date": TIME,
    "last-updated-date": TIME,
    "latest-ship-date": TIME,
    "latest-delivery-date": TIME,
    "order-status": "Shipped",
    "item-status": "Shipped",
    "fulfillment-channel": "Merchant",
    "sales-channel": "Amazon.com",
    "ship-service-level": "Standard",
    "sku": "MÜG-{}",
    "quantity": "1",
    "quantity-purchased": "1",
    "Date": "3/{}/26",
    "Rating": "2",
    "Order Date": DAY,
    "Impacts Account Health": "Yes",
    "Expected Ship Date": DAY,
    "Ship Confirmation Date": DAY,
    "opened_at": DAY,
    "order-item-id": "5234747695730{}",
    "claim_type": "A-to-z",
    "status": "Granted",
    "funded_by": "Amazon",
    "counts_against_odr": "no",
    "confirmed_at": TIME,
    "carrier": "UPS",
    "posted_at": TIME,
    "sent_at": TIME,
    "answered_at": TIME,
    "sender": "buyer",
    "thread_id": "T-{}",
    "message_id": "M-{}",
    "automatic": "no",
    "no_response_needed": "no",
    "score": "{}",
    "solved": "yes",
    "id": "N-{}",
    "date": DAY,
    "category": "LISTING_POLICY",
    "severity": "High",
    "asin": "B00000000{}",
    "resolved_on": DAY,
    "noted_on": DAY,
    "state": "read",
    "units_on_hand": "{}",
    "counted_on": DAY,
    "Tracking ID": "P-{}",
    "Carrier Name": "UPS",
    "Product Category": "Home",
    "Promised Delivery Date": DAY,
    "Promised Delivery Date Without Extension": DAY,
    "Actual Delivery Date": DAY,
    "Valid Tracking": "yes",
    "No Valid Tracking": "X",
    "Delivered Late": "",
    "Quantity": "{}",
    "SKU": "MÜG-{}",
    "Return request date": "0{}-Mar-2026",
    "Merchant SKU": "MÜG-{}",
    "Refunded Amount": "{}.50",
    "seller-sku": "MÜG-{}",
    "number": "A-{}",
    "bought": "2026-03-0{} 10:00",
}
OWN_CELLS = {
    "all_listings.tsv": {"status": "Active", "fulfillment-channel": "DEFAULT"},
    "returns.tsv": {"Tracking ID": CANARY},
    "mapped.csv": {"state": "sent"},
}
"""Where a file means something else by a heading."""
MAPPED = ["number", "customer", "bought", "state", "e-mail"]
LAYOUTS = {
    "all_orders.tsv": (ALL_ORDERS, "\t"),
    "order_report.tsv": (ORDER_REPORT, "\t"),
    "feedback.tsv": (FEEDBACK, "\t"),
    "late.csv": ([*LATE, "Buyer"], ","),
    "cancelled.csv": ([*CANCELLATIONS, "Buyer"], ","),
    "claims.csv": ([*CLAIMS, "comments"], ","),
    "confirmations.csv": ([*CONFIRMATIONS, "recipient"], ","),
    "parcels.csv": ([*PARCELS, "recipient"], ","),
    "messages.csv": ([*MESSAGES, "buyer"], ","),
    "surveys.csv": ([*SURVEYS, "comment"], ","),
    "notifications.csv": ([*NOTIFICATIONS, "text"], ","),
    "stock.csv": ([*STOCK, "counted by"], ","),
    "valid_tracking.csv": (VALID_TRACKING, ","),
    "no_valid_tracking.csv": (NO_VALID_TRACKING, ","),
    "deliveries.csv": ([*DELIVERIES, "Buyer"], ","),
    "returns.tsv": (RETURNS, "\t"),
    "all_listings.tsv": (ALL_LISTINGS, "\t"),
    "open_listings.tsv": ([*OPEN_LISTINGS, "note"], "\t"),
    "mapped.csv": (MAPPED, ";"),
}
PERFORMANCE = "performance.json"
FILES = [*LAYOUTS, PERFORMANCE]
TOML = """
marketplace = "US"
max_reject = {}
[[source]]
files = "mapped.csv"
table = "orders"
delimiter = ";"
datetime = "%Y-%m-%d %H:%M"
[source.columns]
order_id = "number"
purchased_at = "bought"
status = "state"
[source.values.status]
sent = "SHIPPED"
"""
Grid = list[list[str]]


def grid(name: str) -> Grid:
    """A header and nine rows."""
    header, cells = LAYOUTS[name][0], {**CELLS, **OWN_CELLS.get(name, {})}
    return [header, *([cells.get(column, CANARY).format(number) for column in header] for number in range(1, 10))]


def performance() -> dict[str, Any]:
    """Nine figures, and a canary in everything that no reader knows."""
    metrics: dict[str, Any] = {
        "marketplaceId": "ATVPDKIKX0DER",
        "sellerName": CANARY,
        CANARY: {"rate": 0.1},
        "warningStates": [{"warningType": "spam", "status": "BAD", "text": CANARY}],
        "lateShipmentRateList": [
            {
                "reportingDateRange": {"reportingDateTo": DAY.format(late), "zone": CANARY},
                "orderCount": 100,
                "lateShipmentCount": late,
                "rate": late / 100,
                "note": CANARY,
            }
            for late in range(1, 8)
        ],
    }
    statuses = [{"marketplaceId": "ATVPDKIKX0DER", "status": "NORMAL", "owner": CANARY}]
    return {"accountStatuses": statuses, "performanceMetrics": [metrics, CANARY], CANARY: CANARY}


def spoilt(told: Any, chance: random.Random) -> Any:
    """The report with something in it gone, repeated, or of another kind; never the canary where text is read."""
    if chance.random() < 0.1:
        return chance.choice([None, {}, [], -1, 1e300, 10**40, True, junk(chance), [told], {"rate": told}])
    if isinstance(told, dict):
        return {key: spoilt(value, chance) for key, value in told.items() if chance.random() > 0.05}
    if isinstance(told, list):
        return [spoilt(value, chance) for value in told for _ in range(chance.choice([0, 1, 1, 1, 1, 2]))]
    return told


def junk(chance: random.Random) -> str:
    words = [
        "",
        " ",
        '"',
        '""',
        "=1+1",
        "1.71E+16",
        "NaN",
        "-1",
        "\u200b",
        "\u202e",
        "é",
        "漢字",
        "x" * 300,
        "0",
        "9" * 30,
    ]
    words += ["13/13/26", "2026-02-30", "2026-03-08T02:30:00", "Shipped", "7", "true", "null", "{}", "%s", "\x1b[31m"]
    return chance.choice(words)


def drop_column(cells: Grid, chance: random.Random) -> Grid:
    place = chance.randrange(len(cells[0]))
    return [row[:place] + row[place + 1 :] for row in cells]


def repeat_column(cells: Grid, chance: random.Random) -> Grid:
    place = chance.randrange(len(cells[0]))
    return [[*row, *row[place : place + 1]] for row in cells]


def shuffle_columns(cells: Grid, chance: random.Random) -> Grid:
    order = chance.sample(range(len(cells[0])), len(cells[0]))
    return [[row[place] for place in order if place < len(row)] for row in cells]


def shuffle_rows(cells: Grid, chance: random.Random) -> Grid:
    return [cells[0], *chance.sample(cells[1:], len(cells) - 1)]


def repeat_rows(cells: Grid, chance: random.Random) -> Grid:
    return [*cells, *chance.choices(cells[1:], k=5)]


def replace_cells(cells: Grid, chance: random.Random) -> Grid:
    changed = [list(row) for row in cells]
    for _ in range(chance.randint(1, 6)):
        row = chance.choice(changed)
        if row:
            row[chance.randrange(len(row))] = junk(chance)
    return changed


def shorten_row(cells: Grid, chance: random.Random) -> Grid:
    place = chance.randrange(1, len(cells))
    return [row[: chance.randrange(len(row) + 1)] if number == place else row for number, row in enumerate(cells)]


GRIDS: list[Callable[[Grid, random.Random], Grid]] = [
    drop_column,
    repeat_column,
    shuffle_columns,
    shuffle_rows,
    repeat_rows,
    replace_cells,
    replace_cells,
    shorten_row,
]


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def insert(content: bytes, chance: random.Random) -> bytes:
    """Marks that move cells, end rows or fit no encoding, somewhere."""
    marks = [b'"', b"\t", b",", b";", b"\n", b"\r", b"\0", b"\x81", b"\xff\xfe", b"\xc3", b"\x1a", b"\xe2\x80\xa8"]
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(content) + 1)
        content = content[:place] + chance.choice(marks) + content[place:]
    return content


def pack(content: bytes, chance: random.Random) -> bytes:
    packed = gzip.compress(content)
    return packed if chance.random() < 0.5 else cut(packed, chance)


def recode(content: bytes, chance: random.Random) -> bytes:
    code = chance.choice(["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
    return content.decode("utf-8", "replace").encode(code, "replace")


def end_lines(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\n", b"\n\r"]))


BYTES: list[Callable[[bytes, random.Random], bytes]] = [cut, insert, insert, recode, end_lines, pack]


def table(name: str, chance: random.Random) -> bytes:
    """A table with cells, rows or columns out of their places."""
    cells = grid(name)
    for change in chance.choices(GRIDS, k=chance.randint(0, 2)):
        cells = change(cells, chance)
    return "".join(LAYOUTS[name][1].join(row) + "\n" for row in cells).encode()


def damaged(name: str, chance: random.Random) -> bytes:
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(3_000))
    if name == PERFORMANCE:
        content = json.dumps(spoilt(performance(), chance) if chance.random() < 0.8 else performance()).encode()
    else:
        content = table(name, chance)
    for harm in chance.choices(BYTES, k=chance.randint(0, 2)):
        content = harm(content, chance)
    return content


def whole(name: str) -> bytes:
    if name == PERFORMANCE:
        return json.dumps(performance()).encode()
    return "".join(LAYOUTS[name][1].join(row) + "\n" for row in grid(name)).encode()


def folder(data: Path, seed: int) -> str:
    """Write an account whose every file but one is sound; the one that is damaged."""
    chance = random.Random(f"sellerhealth {seed}")
    bad = chance.choice(FILES)
    files = {name: whole(name) for name in chance.sample(FILES, 2)}
    files = {"mapped.csv": whole("mapped.csv"), **files, bad: damaged(bad, chance), "orders.tsv": ONE_ORDER.encode()}
    put(data, files, TOML.format(chance.choice([0.01, 1, 1])))
    return bad


def stored(data: Path) -> list[str]:
    """All that the store holds, as it is and unpacked."""
    files = [path for path in (data / "shop" / ".store").rglob("*") if path.is_file()]
    assert files
    tables = [pl.read_parquet(path).cast(pl.String).write_csv() for path in files if path.suffix == ".parquet"]
    return [*(path.read_bytes().decode("latin-1") for path in files), *tables]


def told(account: Account) -> list[str]:
    """All that an account holds; its ledger adds up."""
    for row in account.ledger.iter_rows(named=True):
        assert row["read"] == row["used"] + row["duplicate"] + row["superseded"] + row["rejected"], row
    rejected = dict(account.rejects.group_by("file").len().iter_rows())
    assert rejected == {row["file"]: row["rejected"] for row in account.ledger.to_dicts() if row["rejected"]}
    frames = [*(frame.collect() for frame in account.tables.values()), account.ledger, account.rejects]
    return [frame.cast(pl.String).write_csv() for frame in frames]


def opens(data: Path, seed: int) -> bool:
    """Whether the account opens; all that must hold either way is asserted."""
    bad = folder(data, seed)
    error = None
    try:
        shown = told(open_account(data, "shop"))
    except InputError as refused:
        error, shown = refused, [str(refused), repr(refused)]
    assert error is None or (error.where == f"shop/{bad}" and error.what_to_do), seed
    assert not [text for text in [*shown, *stored(data)] if CANARY in text], seed
    return error is None


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_damaged_files(chunk: int):
    opened = []
    for seed in range(chunk, CASES, CHUNKS):
        with TemporaryDirectory() as data:
            opened.append(opens(Path(data), seed))
    assert sum(opened) >= len(opened) // 10
    assert len(opened) < 10 or not all(opened)


@pytest.mark.parametrize("name", FILES)
def test_the_sound_files_open_and_hold_the_canary(tmp_path: Path, name: str):
    content = whole(name)
    assert CANARY.encode() in content
    files = {"mapped.csv": whole("mapped.csv"), name: content, "orders.tsv": ONE_ORDER.encode()}
    put(tmp_path, files, TOML.format(0))
    ledger = open_account(tmp_path, "shop").ledger
    assert ledger.filter(file=f"shop/{name}").select("read", "used").row(0) == (9, 9)
