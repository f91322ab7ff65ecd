"""Moments: ISO with an offset in every spelling, and the short names of zones, read where they mean one thing."""

from pathlib import Path

import polars as pl
import pytest

from sellerhealth.sources.layout import Field
from sellerhealth.sources.values import value
from sellerhealth.sources.zones import EVERYWHERE, SOMEWHERE
from tests.sources.folder import (
    ALL_ORDERS,
    CONFIRMATIONS,
    ID,
    ID_2,
    LENIENT,
    ORDER_REPORT,
    US,
    order,
    read,
    rejects,
    rows,
    text,
)

LONDON, KOLKATA, ANGELES, DUBLIN, SYDNEY = (
    "Europe/London",
    "Asia/Kolkata",
    "America/Los_Angeles",
    "Europe/Dublin",
    "Australia/Sydney",
)
WRITTEN = [
    ("2026-03-01T18:30:00+00:00", LONDON, "2026-03-01 18:30:00"),
    ("2026-03-01T18:30:00Z", LONDON, "2026-03-01 18:30:00"),
    ("2026-03-01T18:30:00-08:00", LONDON, "2026-03-02 02:30:00"),
    ("2026-03-01T18:30:00+0530", LONDON, "2026-03-01 13:00:00"),
    ("2026-03-01T18:30:00 + 00 :00", LONDON, "2026-03-01 18:30:00"),
    ("2026-03-01T18:30Z", LONDON, "2026-03-01 18:30:00"),
    ("2026-03-01T18:30:00.123456Z", LONDON, "2026-03-01 18:30:00"),
    ("2026-03-01 18:30:00+01:00", LONDON, "2026-03-01 17:30:00"),
    ("2026-03-01 18:30:00 PST", LONDON, "2026-03-02 02:30:00"),
    ("2026-03-01 18:30:00 pdt", LONDON, "2026-03-02 01:30:00"),
    ("2026-03-01 18:30:00 CET", LONDON, "2026-03-01 17:30:00"),
    ("2026-03-01 18:30 MESZ", LONDON, "2026-03-01 16:30:00"),
    ("2026-03-01 18:30:00 JST", LONDON, "2026-03-01 09:30:00"),
    ("2026-03-01 18:30:00 BST", LONDON, "2026-03-01 17:30:00"),
    ("2026-03-01 18:30:00 IST", KOLKATA, "2026-03-01 13:00:00"),
    ("2026-03-01 18:30:00 IST", DUBLIN, "2026-03-01 17:30:00"),
    ("2026-03-01 18:30:00 CST", ANGELES, "2026-03-02 00:30:00"),
    ("2026-03-01 18:30:00 AEST", SYDNEY, "2026-03-01 08:30:00"),
    ("2026-03-01 18:30:00 IST", LONDON, None),
    ("2026-03-01 18:30:00 BST", ANGELES, None),
    ("2026-03-01 18:30:00 CST", LONDON, None),
    ("2026-03-01 18:30:00 EST", SYDNEY, None),
    ("2026-03-01 18:30:00 XYZ", LONDON, None),
    ("2026-03-01 18:30:00", LONDON, None),
    ("2026-03-01 06:30:00 PM", LONDON, None),
    ("2026-02-30 18:30:00 PST", LONDON, None),
    ("2026-03-01T18:30:00+15:00", LONDON, None),
    ("9998-12-31T23:59:59+00:00", LONDON, "9998-12-31 23:59:59"),
    ("9999-12-31T23:59:59+00:00", LONDON, None),
    ("9999-12-31T23:59:59-10:00", LONDON, None),
    ("2026-03-01T18:30:00+00:60", LONDON, None),
]


@pytest.mark.parametrize(("written", "zone", "moment"), WRITTEN)
def test_a_moment_as_it_is_written(written: str, zone: str, moment: str | None):
    field = Field(ours="purchased_at", theirs=(), kind="instant", zone=zone)
    found = pl.LazyFrame({"cell": [written]}).select(value(field, pl.col("cell"))).collect(engine="streaming").item()
    assert (found and f"{found:%Y-%m-%d %H:%M:%S}") == moment


def test_a_name_that_means_two_things_is_not_read_everywhere():
    assert not {name for names in SOMEWHERE.values() for name in names} & set(EVERYWHERE)


@pytest.mark.parametrize(
    ("toml", "name", "moment"),
    [
        (US, "EST", "2026-03-01 23:30:00"),
        (f'{US}timezone = "America/New_York"\n', "EST", "2026-03-01 23:30:00"),
        ('marketplace = "GB"\n', "BST", "2026-03-01 17:30:00"),
        ('marketplace = "IN"\n', "IST", "2026-03-01 13:00:00"),
        (f'{US}timezone = "Asia/Kolkata"\n', "IST", "2026-03-01 13:00:00"),
    ],
)
def test_what_a_zone_means_in_the_zone_of_the_account(tmp_path: Path, toml: str, name: str, moment: str):
    bought = f"2026-03-01 18:30:00 {name}"
    files = {
        "orders.tsv": text(ALL_ORDERS, order(purchase_date=bought)),
        "report.tsv": text(
            ORDER_REPORT, {"order-id": ID_2, "purchase-date": bought, "latest-ship-date": bought, "sku": "MUG-1"}
        ),
        "log.csv": text(CONFIRMATIONS, {"order_id": ID, "confirmed_at": bought}, delimiter=","),
    }
    account = read(tmp_path, files, toml)
    assert rows(account, "orders", "order_id", "purchased_at", "ship_by_at") == [
        (ID, moment, None),
        (ID_2, moment, moment),
    ]
    assert rows(account, "packages", "package_confirmed_at") == [(moment,)]


@pytest.mark.parametrize("name", ["IST", "XYZ", "BST"])
def test_a_zone_that_is_not_known_says_so(tmp_path: Path, name: str):
    told = order(ID_2, purchase_date=f"2026-03-01 18:30:00 {name}")
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, told, order())}, LENIENT)
    assert rejects(account) == [(2, "purchase-date", "names a time zone that means nothing, or two things, here")]


def test_a_half_of_the_day_is_no_zone(tmp_path: Path):
    told = order(ID_2, purchase_date="2026-03-01 06:30:00 PM")
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, told, order())}, LENIENT)
    assert rejects(account) == [(2, "purchase-date", "is not a time with its zone, such as 2026-01-31T09:30:00+00:00")]
