"""Which files each demo account has, their headers and lengths; nobody is in them; they come out the same every time."""

import re
from pathlib import Path

import pytest

from sellerhealth.demo.fern_street_books import files as fern_street_books
from sellerhealth.demo.harbor_and_pine import files as harbor_and_pine
from tests.demo.rows import header, local_day, rows

REAL = Path(__file__).parents[3] / "shared" / "real" / "amazon"
MESSAGES = "thread_id,message_id,order_id,sender,sent_at,no_response_needed,automatic,subject,text"
NOTIFICATIONS = "id,date,category,severity,asin,state,resolved_on,noted_on"
SHAPES = [
    ("us", "messages.csv", MESSAGES, 905),
    ("us", "surveys.csv", "thread_id,answered_at,score,solved", 243),
    ("us", "notifications.csv", NOTIFICATIONS, 13),
    (
        "us",
        "valid-tracking.csv",
        "Order ID,Carrier Name,Tracking ID,Promised Delivery Date,Product Category,Valid Tracking",
        689,
    ),
    (
        "us",
        "on-time-delivery.csv",
        "Order ID,SKU,Quantity,Carrier Name,Promised Delivery Date Without Extension,Actual Delivery Date,Delivered Late",
        487,
    ),
    ("us", "stock.csv", "sku,units_on_hand,counted_on", 7),
    ("us", "parcels.csv", "order_id,posted_at,carrier", 6),
    ("uk", "messages.csv", MESSAGES, 82),
    ("uk", "surveys.csv", "thread_id,answered_at,score,solved", 5),
    ("uk", "notifications.csv", NOTIFICATIONS, 1),
    ("uk", "stock.csv", "sku,units_on_hand,counted_on", 5),
]
AMAZONS = [
    ("us", "returns_2026-09-17_2026-11-15.tsv", "returns_by_return_date_US_2025.tsv", 32, 18),
    ("us", "returns_2026-07-19_2026-09-16.tsv", "returns_by_return_date_US_2025.tsv", 32, 23),
    ("us", "all-listings_2026-11-15.tsv", "merchant_listings_all_data_US.tsv", 29, 9),
    ("uk", "all-listings_2026-11-15.tsv", "merchant_listings_all_data_US.tsv", 29, 5),
]
ONLY_US = {"cancellation-rate.csv", "on-time-delivery.csv", "parcels.csv", "valid-tracking.csv"}


@pytest.fixture
def files(us_files, uk_files):
    return {"us": us_files, "uk": uk_files}


@pytest.mark.parametrize(("account", "name", "columns", "count"), SHAPES)
def test_header_and_length(files, account, name, columns, count):
    assert header(files[account], name) == columns.split(",")
    assert len(rows(files[account], name)) == count


@pytest.mark.parametrize(("account", "name", "real", "columns", "count"), AMAZONS)
def test_what_amazon_writes_has_its_width(files, account, name, real, columns, count):
    lines = files[account][name].splitlines()
    assert {len(line.split("\t")) for line in lines} == {columns}
    assert len(lines) == count + 1


@pytest.mark.skipif(not REAL.is_dir(), reason="Amazon's own headers are not here: no shared/real/amazon")
@pytest.mark.parametrize(("account", "name", "real", "columns", "count"), AMAZONS)
def test_what_amazon_writes_has_its_header(files, account, name, real, columns, count):
    assert header(files[account], name) == (REAL / real).read_text("utf-8").splitlines()[0].split("\t")


SUNDAYS = ("2026-10-25", "2026-11-01", "2026-11-08", "2026-11-15")


def test_the_small_shop_fetched_none_of_amazons_downloads(files):
    new = {name for name in set(files["us"]) - set(files["uk"]) if not re.match(r"(all-orders|order-report)_", name)}
    assert new == {
        *ONLY_US,
        *(f"performance_{day}.json" for day in SUNDAYS),
        "returns_2026-07-19_2026-09-16.tsv",
        "returns_2026-09-17_2026-11-15.tsv",
    }


def test_only_the_large_shop_has_an_address_for_buyers(files):
    assert 'contact = "service@example.com"\n' in files["us"]["account.toml"]
    assert "contact" not in files["uk"]["account.toml"]


@pytest.mark.parametrize("account", ["us", "uk"])
def test_nobody_is_in_them(files, account):
    addresses = re.findall(r"[\w.+-]+@([\w.-]+)", "".join(files[account].values()))
    assert set(addresses) == {"example.com"}
    told = [row[column] for row in rows(files[account], "messages.csv") for column in ("subject", "text")]
    sentences = [sentence for text in told for sentence in re.split(r"[.?!:] *", text)]
    assert {word for sentence in sentences for word in sentence.split()[1:] if not word.islower()} <= {"I"}


@pytest.mark.parametrize(("account", "zone"), [("us", "America/Los_Angeles"), ("uk", "Europe/London")])
def test_nothing_is_of_a_later_day(files, account, zone):
    sent = [local_day(row["sent_at"], zone) for row in rows(files[account], "messages.csv")]
    answered = [local_day(row["answered_at"], zone) for row in rows(files[account], "surveys.csv")]
    assert max(sent + answered).isoformat() <= "2026-11-15"
    assert min(sent).isoformat() >= "2026-04-30"


def test_every_order_named_is_an_order_of_the_account(files):
    for account, names in {"us": [*ONLY_US, "messages.csv"], "uk": ["messages.csv"]}.items():
        reports = [name for name in files[account] if name.startswith("all-orders")]
        known = {row["amazon-order-id"] for name in reports for row in rows(files[account], name)}
        named = {row.get("order_id") or row.get("Order ID") for name in names for row in rows(files[account], name)}
        assert named - {None, ""} <= known


@pytest.mark.parametrize(("account", "written"), [("us", harbor_and_pine), ("uk", fern_street_books)])
def test_the_same_every_time(files, account, written):
    assert written() == files[account]
