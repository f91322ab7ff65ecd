"""A small seller on amazon.com, as the files of its folder."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "seller"
HEADERS = {
    "all_orders": (
        "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel"
        "\tship-service-level\tproduct-name\tsku\titem-status\tquantity"
    ),
    "order_report": "order-id\tpurchase-date\tsku\tquantity-purchased\tlatest-ship-date\tlatest-delivery-date",
    "confirmations": "order_id,confirmed_at,carrier",
    "feedback": "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email",
    "claims": "order_id,opened_at,claim_type,status,funded_by,counts_against_odr",
    "parcels": "order_id,posted_at,carrier",
    "messages": "thread_id,message_id,order_id,sender,sent_at,subject,text",
    "surveys": "thread_id,answered_at,score,solved",
    "notifications": "id,date,category,severity,asin,state,resolved_on,noted_on",
    "stock": "sku,units_on_hand,counted_on",
    "listings": "seller-sku\tquantity\tfulfillment-channel\tstatus",
    "returns": "Order ID\tReturn request date\tMerchant SKU\tRefunded Amount",
    "tracking": "Order ID,Tracking ID,Promised Delivery Date,No Valid Tracking,Carrier Name",
    "deliveries": "Order ID,SKU,Promised Delivery Date Without Extension,Actual Delivery Date,Delivered Late",
}
ENDINGS = {kind: "tsv" if "\t" in header else "csv" for kind, header in HEADERS.items()}


def order_id(number: int) -> str:
    return f"111-{number:07d}-0000001"


def item(number: int, bought: str, updated: str, status: str, **more: str) -> str:
    """A row of All Orders; days are of 2026."""
    told = {"channel": "Merchant", "site": "Amazon.com", "sku": "MUG-1", "item_status": status, "quantity": "1", **more}
    return "\t".join(
        (
            order_id(number),
            f"2026-{bought}T18:30:00+00:00",
            f"2026-{updated}T20:00:00+00:00",
            status,
            told["channel"],
            told["site"],
            "Standard",
            'Mug, 12" tall',
            told["sku"],
            told["item_status"],
            told["quantity"],
        )
    )


def promise(number: int, bought: str, ship_by: str, sku: str = "MUG-1") -> str:
    """A row of the order report. The last moment of the ship-by day in California, in summer time."""
    return "\t".join(
        (
            order_id(number),
            f"2026-{bought}T18:30:00+00:00",
            sku,
            "1",
            f"2026-{ship_by}T23:59:59-07:00",
            "2026-04-05T23:59:59-07:00",
        )
    )


def rating(number: int, day: str, stars: int) -> str:
    return "\t".join((day, str(stars), "not as described", "", order_id(number), "buyer@example.com"))


FILES: dict[str, list[str]] = {
    "all_orders": [
        item(1, "03-10", "03-13", "Shipped"),
        item(2, "03-11", "03-17", "Shipped"),
        item(3, "03-12", "03-14", "Shipped"),
        item(3, "03-12", "03-14", "Shipped", sku="MUG-2"),
        item(4, "03-25", "03-26", "Cancelled", quantity="0"),
        item(5, "03-26", "03-28", "Shipped"),
        item(5, "03-26", "03-28", "Shipped", sku="MUG-2", item_status="Cancelled", quantity="0"),
        item(6, "03-27", "03-27", "Unshipped"),
        item(7, "03-30", "03-30", "Pending"),
        item(8, "03-08", "03-09", "Shipped", channel="Amazon"),
        item(9, "03-09", "03-12", "Shipped", site="Amazon.ca"),
        item(10, "02-20", "02-25", "Shipped"),
    ],
    "order_report": [
        promise(1, "03-10", "03-13"),
        promise(2, "03-11", "03-13"),
        promise(3, "03-12", "03-16"),
        promise(3, "03-12", "03-16", "MUG-2"),
        promise(5, "03-26", "03-27"),
        promise(6, "03-27", "03-29"),
        promise(9, "03-09", "03-11"),
        promise(10, "02-20", "02-24"),
    ],
    "confirmations": [
        f"{order_id(1)},2026-03-13T16:00:00-07:00,UPS",
        f"{order_id(2)},2026-03-16T09:00:00-07:00,UPS",
        f"{order_id(3)},2026-03-14T09:00:00-07:00,USPS",
        f"{order_id(3)},2026-03-17T00:00:00-07:00,USPS",
        f"{order_id(9)},2026-03-12T09:00:00-07:00,DHL",
        f"{order_id(10)},2026-02-24T09:00:00-08:00,DHL",
    ],
    "feedback": [rating(1, "03/20/26", 1), rating(3, "03/21/26", 3), rating(8, "03/22/26", 2)],
    "claims": [
        f"{order_id(2)},2026-03-20,A-to-z,Denied,,",
        f"{order_id(3)},2026-03-21,A-to-z,Granted,Amazon,",
        f"{order_id(10)},2026-03-22,Chargeback,Granted,Seller,",
    ],
    "parcels": [
        f"{order_id(6)},2026-03-30T16:00:00-07:00,UPS",
        f"{order_id(6)},2026-03-31T16:00:00-07:00,UPS",
        f"{order_id(1)},2026-03-12T16:00:00-07:00,",
    ],
    "messages": [
        f"T-1,M-1,{order_id(1)},buyer,2026-03-14T08:00:00-07:00,Where is my order?,It is not here",
        f"T-1,M-2,{order_id(1)},seller,2026-03-14T09:00:00-07:00,,It comes today",
        "T-2,,,buyer,2026-03-15T08:00:00-07:00,,",
        "T-2,,,seller,2026-03-15T08:00:00-07:00,,We are away",
        "T-2,,,amazon,2026-03-15T08:00:00-07:00,,",
    ],
    "surveys": ["T-1,2026-03-16T08:00:00-07:00,9,yes", "T-1,2026-03-17T08:00:00-07:00,,no"],
    "notifications": [
        "N-1,2026-03-01,LISTING_POLICY,HIGH,B000000001,UNREAD,,",
        "N-1,2026-03-01,LISTING_POLICY,HIGH,B000000002,READ,,2026-03-09",
        ",2026-03-01,PRODUCT_SAFETY,,,RESOLVED,2026-03-20,",
        ",2026-03-02,PRODUCT_SAFETY,,,RESOLVED,2026-03-20,",
    ],
    "stock": ["MUG-1,5,2026-03-30", "MUG-1,4,2026-03-31", "MUG-2,0,", "MUG-1,4,"],
    "listings": ["MUG-1\t6\tDEFAULT\tActive", "MUG-2\t\tAMAZON_NA\tInactive"],
    "returns": [
        f"{order_id(1)}\t20-Mar-2026\tMUG-1\t9.50",
        f"{order_id(1)}\t21-Mar-2026\tMUG-1\t",
        f"{order_id(3)}\t20-Mar-2026\tMUG-2\t",
    ],
    "tracking": [
        f"{order_id(3)},P-1,2026-03-18,X,USPS",
        f"{order_id(3)},P-2,2026-03-18,,USPS",
        f"{order_id(3)},,2026-03-18,X,",
    ],
    "deliveries": [f"{order_id(3)},MUG-1,2026-03-18,2026-03-19,X", f"{order_id(3)},MUG-2,2026-03-18,,"],
}


@dataclass(frozen=True, kw_only=True)
class Written:
    """One file of the folder: of which kind, under which name, with which rows."""

    kind: str
    name: str
    rows: Sequence[str]


def whole() -> list[Written]:
    """Each kind in one file."""
    return [Written(kind=kind, name=f"{kind}.{ENDINGS[kind]}", rows=rows) for kind, rows in FILES.items()]


def write(data: Path, files: Sequence[Written]) -> Path:
    """The account's folder under `data`, with nothing else in it."""
    folder = data / ACCOUNT
    folder.mkdir(parents=True)
    (folder / "account.toml").write_text('marketplace = "US"\n', encoding="utf-8")
    for file in files:
        text = "\n".join((HEADERS[file.kind], *file.rows, ""))
        (folder / file.name).write_text(text, encoding="utf-8")
    return data


def mixed(chance: random.Random) -> list[Written]:
    """The same facts in other files: split in overlapping parts, shuffled, renamed, some given twice."""
    files = [part for kind, rows in FILES.items() for part in _parts(kind, rows, chance)]
    chance.shuffle(files)
    return [
        Written(kind=file.kind, name=f"{position}-{chance.randrange(10**6)}.{ENDINGS[file.kind]}", rows=file.rows)
        for position, file in enumerate(files)
    ]


def _parts(kind: str, rows: Sequence[str], chance: random.Random) -> list[Written]:
    shuffled = chance.sample(rows, len(rows))
    start, end = sorted((chance.randrange(len(rows) + 1), chance.randrange(len(rows) + 1)))
    parts = [shuffled[:end], shuffled[start:]]
    if chance.random() < 0.3:
        parts.append(chance.choice(parts))
    return [Written(kind=kind, name="", rows=part) for part in parts]
