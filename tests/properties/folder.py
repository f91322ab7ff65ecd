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
}
ENDINGS = {"all_orders": "txt", "order_report": "tsv", "confirmations": "csv", "feedback": "txt", "claims": "csv"}


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
