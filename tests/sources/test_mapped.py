"""Any other CSV, by a [[source]] mapping in account.toml."""

import gzip
from pathlib import Path

import pytest

from sellerhealth.sources.account import open_account
from tests.sources.folder import filled, ledger, put, read, refusal, rows

ORDERS = """
[[source]]
files    = "mine*.csv*"
table    = "orders"
datetime = "%Y-%m-%d %H:%M:%S"
timezone = "America/Sao_Paulo"
[source.columns]
order_id     = "order number"
purchased_at = "Bought"
status       = "state"
channel      = "by"
[source.values.status]
entregue  = "DELIVERED"
Cancelado = "CANCELLED"
[source.values.channel]
nos = "MFN"
"""
MINE = (
    "order number,Bought,state,by,customer\n"
    "A-1,2026-03-01 10:00:00,entregue,NOS,Ann\n"
    "A-2,2026-03-02 23:30:00,CANCELADO,nos,Bob\n"
    "A-3,2026-03-03 00:00:00,shipped,AFN,Cid\n"
)
EXPECTED = [
    {
        "account": "shop",
        "order_id": "A-1",
        "purchased_at": "2026-03-01 13:00:00",
        "status": "DELIVERED",
        "channel": "MFN",
    },
    {
        "account": "shop",
        "order_id": "A-2",
        "purchased_at": "2026-03-03 02:30:00",
        "status": "CANCELLED",
        "channel": "MFN",
    },
    {
        "account": "shop",
        "order_id": "A-3",
        "purchased_at": "2026-03-03 03:00:00",
        "status": "SHIPPED",
        "channel": "AFN",
    },
]


def toml(more: str = ORDERS, place: str = "BR", *lines: str) -> str:
    return "\n".join([f'marketplace = "{place}"', *lines, more])


def source(table: str, columns: str, **more: str) -> str:
    """A [[source]] section for mine.csv; `columns` reads ours=theirs ours=theirs."""
    keys = {"files": "mine.csv", "table": table, **more}
    lines = [f"{key} = '{text}'" for key, text in keys.items()]
    pairs = [" = '".join(pair.split("=")) + "'" for pair in columns.split()]
    return "\n".join(["[[source]]", *lines, "[source.columns]", *pairs]) + "\n"


def moment(tmp_path: Path, written: str, **more: str) -> object:
    """What became of this order time: the moment, or the reason it was rejected for."""
    mapping = source("orders", "order_id=id purchased_at=at", delimiter="|", **more)
    other = source("orders", "order_id=id purchased_at=at").replace("mine.csv", "other.csv")
    files = {"mine.csv": f"id|at\nA-1|{written}\n", "other.csv": "id,at\nA-0,2026-01-01T00:00:00Z\n"}
    put(tmp_path, files, toml(mapping + other, "US", "max_reject = 1"))
    account = open_account(tmp_path, "shop")
    if account.rejects.height:
        return account.rejects.select("row", "column", "reason").row(0)
    return dict(rows(account, "orders", "order_id", "purchased_at"))["A-1"]


def test_a_file_with_its_own_names_words_and_zone(tmp_path: Path):
    put(tmp_path, {"mine.csv": MINE}, toml())
    account = open_account(tmp_path, "shop")
    assert filled(account, "orders") == EXPECTED
    assert ledger(account) == {"mine.csv": (3, 3, 0, 0, 0)}
    assert account.provided == {
        "orders",
        "orders.order_id",
        "orders.purchased_at",
        "orders.status",
        "orders.channel",
    }
    assert account.last_day.isoformat() == "2026-03-03"


@pytest.mark.parametrize(("delimiter", "written"), [(";", ";"), ("\t", "\\t"), ("|", "|")])
def test_another_delimiter(tmp_path: Path, delimiter: str, written: str):
    mapping = ORDERS.replace('table    = "orders"', f'table = "orders"\ndelimiter = "{written}"')
    put(tmp_path, {"mine.csv": MINE.replace(",", delimiter)}, toml(mapping))
    assert filled(open_account(tmp_path, "shop"), "orders") == EXPECTED


def test_a_gzip_file(tmp_path: Path):
    put(tmp_path, {"mine.csv.gz": gzip.compress(MINE.encode())}, toml())
    assert filled(open_account(tmp_path, "shop"), "orders") == EXPECTED


@pytest.mark.parametrize("name", ["mine[1].csv", "mine (2).csv", "mine é.csv", "mine e\u0301.csv"])
def test_a_pattern_that_is_the_name_itself(tmp_path: Path, name: str):
    written = name.replace("e\u0301", "é")
    put(tmp_path, {name: MINE}, toml(ORDERS.replace("mine*.csv*", written)))
    assert filled(open_account(tmp_path, "shop"), "orders") == EXPECTED


def test_a_pattern_with_a_folder(tmp_path: Path):
    put(tmp_path, {"2026/mine.csv": MINE}, toml(ORDERS.replace("mine*.csv*", "2026/*.csv")))
    assert filled(open_account(tmp_path, "shop"), "orders") == EXPECTED


@pytest.mark.parametrize(
    ("written", "pattern", "zone", "expected"),
    [
        ("2026-03-01T10:00:00Z", "", "", "2026-03-01 10:00:00"),
        ("01/03/2026 10:00", "%d/%m/%Y %H:%M", "UTC", "2026-03-01 10:00:00"),
        ("01/03/2026 10:00", "%m/%d/%Y %H:%M", "UTC", "2026-01-03 10:00:00"),
        ("1 Mar 2026 3:04 PM", "%d %b %Y %I:%M %p", "UTC", "2026-03-01 15:04:00"),
        ("20260301100000", "%Y%m%d%H%M%S", "UTC", "2026-03-01 10:00:00"),
        ("2026-03-01 10:00:00.5", "%F %T%.f", "UTC", "2026-03-01 10:00:00"),
        ("2026-03-01 10:00:00+0300", "%Y-%m-%d %H:%M:%S%z", "UTC", "2026-03-01 07:00:00"),
        ("2026-03-01 10:00:00+03:00", "%Y-%m-%d %H:%M:%S%z", "Asia/Tokyo", "2026-03-01 07:00:00"),
        ("2026-03-01T10:00:00Z", "%Y-%m-%dT%H:%M:%SZ", "UTC", "2026-03-01 10:00:00"),
        ("2026-03-01", "%Y-%m-%d", "Asia/Tokyo", "2026-02-28 15:00:00"),
        ("2026-03-01 10:00", "%Y-%m-%d %H:%M", "", "2026-03-01 18:00:00"),
        # The clocks of Los Angeles jump from two to three on 8 March, and repeat one to two on 1 November.
        ("2026-03-08 01:59", "%Y-%m-%d %H:%M", "", "2026-03-08 09:59:00"),
        ("2026-03-08 03:00", "%Y-%m-%d %H:%M", "", "2026-03-08 10:00:00"),
        ("2026-11-01 01:30", "%Y-%m-%d %H:%M", "", "2026-11-01 08:30:00"),
        ("2026-11-01 02:00", "%Y-%m-%d %H:%M", "", "2026-11-01 10:00:00"),
    ],
)
def test_a_time_in_its_format_and_zone(tmp_path: Path, written: str, pattern: str, zone: str, expected: str):
    given = {key: text for key, text in {"datetime": pattern, "timezone": zone}.items() if text}
    assert moment(tmp_path, written, **given) == expected


@pytest.mark.parametrize(
    ("written", "pattern"),
    [
        ("2026-03-08 02:30", "%Y-%m-%d %H:%M"),
        ("2026-02-30 02:30", "%Y-%m-%d %H:%M"),
        ("2026-03-01 10:00:00", "%Y-%m-%d %H:%M"),
        ("2026-03-01", "%Y-%m-%d %H:%M"),
        ("14/03/2026", "%m/%d/%Y"),
        ("2026-03-01 10:00:00 PST", "%Y-%m-%d %H:%M:%S"),
    ],
)
def test_a_time_that_does_not_exist_or_fit_is_rejected(tmp_path: Path, written: str, pattern: str):
    reason = "is not a time in the format set for this file, that exists in its zone"
    assert moment(tmp_path, written, datetime=pattern) == (2, "at", reason)


@pytest.mark.parametrize(
    ("written", "more", "day"),
    [
        ("2026-03-05", {}, "2026-03-05"),
        ("2026-03-05T07:59:59Z", {}, "2026-03-04"),
        ("05/03/2026", {"datetime": "%d/%m/%Y"}, "2026-03-05"),
        ("05/03/2026", {"datetime": "%d/%m/%Y", "timezone": "Asia/Tokyo"}, "2026-03-05"),
        # A time is of the source's zone; the day counted is that of the marketplace, here Los Angeles.
        ("05/03/2026 07:59", {"datetime": "%d/%m/%Y %H:%M", "timezone": "UTC"}, "2026-03-04"),
        ("05/03/2026 08:00", {"datetime": "%d/%m/%Y %R", "timezone": "UTC"}, "2026-03-05"),
        ("05/03/2026 08:00+0900", {"datetime": "%d/%m/%Y %R%z", "timezone": "UTC"}, "2026-03-04"),
    ],
)
def test_a_day_is_a_day_of_the_marketplace(tmp_path: Path, written: str, more: dict[str, str], day: str):
    mapping = source("feedback", "order_id=id rated_on=on rating=stars", **more)
    account = read(tmp_path, {"mine.csv": f"id,on,stars\nA-1,{written},2\n"}, toml(mapping, "US"))
    assert rows(account, "feedback") == [("shop", "A-1", day, None, 2, None)]


def test_ratings_of_a_moment_are_told_apart_by_it(tmp_path: Path):
    mapping = source("feedback", "order_id=id rated_at=at rating=stars")
    content = "id,at,stars\nA-1,2026-03-04T10:00:00Z,2\nA-1,2026-03-09T10:00:00Z,2\nA-1,2026-03-09T10:00:00Z,2\n"
    account = read(tmp_path, {"mine.csv": content}, toml(mapping, "US"))
    assert rows(account, "feedback", "order_id", "rated_on", "rated_at", "rating") == [
        ("A-1", None, "2026-03-04 10:00:00", 2),
        ("A-1", None, "2026-03-09 10:00:00", 2),
    ]
    assert ledger(account)["mine.csv"] == (3, 2, 1, 0, 0)


def test_words_of_any_column_can_be_translated(tmp_path: Path):
    mapping = (
        source("claims", "order_id=id claim_type=kind counts_against_odr=counts")
        + "[source.values.claim_type]\ngarantie = 'A_TO_Z'\n[source.values.counts_against_odr]\nja = 'yes'\nnein = 'no'\n"
    )
    content = "id,kind,counts\nA-1,Garantie,JA\nA-2,chargeback,nein\n"
    account = read(tmp_path, {"mine.csv": content}, toml(mapping, "US"))
    assert rows(account, "claims", "order_id", "claim_type", "counts_against_odr") == [
        ("A-1", "A_TO_Z", True),
        ("A-2", "CHARGEBACK", False),
    ]


@pytest.mark.parametrize(
    ("written", "code"), [("us", "US"), ("UK", "GB"), ("Amazon.de", "DE"), ("Loja própria", "OTHER"), ("", None)]
)
def test_a_marketplace_is_a_code_a_site_or_translated(tmp_path: Path, written: str, code: str | None):
    mapping = source("orders", "order_id=id purchased_at=at marketplace=site")
    mapping += "[source.values.marketplace]\n'loja própria' = 'OTHER'\n"
    put(tmp_path, {"mine.csv": f"id,at,site\nA-1,2026-03-01T10:00:00Z,{written}\n"}, toml(mapping))
    assert rows(open_account(tmp_path, "shop"), "orders", "marketplace") == [(code,)]


def test_a_marketplace_that_is_none_is_rejected(tmp_path: Path):
    mapping = source("orders", "order_id=id purchased_at=at marketplace=site")
    error = refusal(tmp_path, {"mine.csv": "id,at,site\nA-1,2026-03-01T10:00:00Z,Mars\n"}, toml(mapping))
    assert (error.where, error.row, error.column) == ("shop/mine.csv", 2, "site")


SPLIT = """
[[source]]
files    = "orders.csv"
table    = "orders"
[source.columns]
order_id     = "id"
purchased_at = "at"
[[source]]
files   = "items.csv"
table   = "order_items"
account = "seller"
[source.columns]
order_id = "id"
sku      = "sku"
[[source]]
files   = "stars.csv"
table   = "feedback"
[source.columns]
order_id = "id"
rated_on = "on"
rating   = "stars"
"""
SHARED = {
    "orders.csv": "id,at\nA-1,2026-03-01T10:00:00Z\nA-2,2026-03-02T10:00:00Z\nA-3,2026-03-05T10:00:00Z\n",
    "items.csv": "id,sku,seller\nA-1,X,s1\nA-2,X,s1\nA-2,Y,s2\n",
    "stars.csv": "id,on,stars\nA-2,2026-03-04,1\nA-3,2026-03-06,5\n",
}


@pytest.mark.parametrize(
    ("name", "orders", "items", "stars", "last"),
    [
        (
            "shop",
            [("shop", "A-1"), ("shop", "A-2"), ("shop", "A-3")],
            [("shop", "A-1", "X"), ("shop", "A-2", "X"), ("shop", "A-2", "Y")],
            [("shop", "A-2", 1), ("shop", "A-3", 5)],
            "2026-03-06",
        ),
        (
            "shop/s1",
            [("shop/s1", "A-1"), ("shop/s1", "A-2")],
            [("shop/s1", "A-1", "X"), ("shop/s1", "A-2", "X")],
            [("shop/s1", "A-2", 1)],
            "2026-03-04",
        ),
        ("shop/s2", [("shop/s2", "A-2")], [("shop/s2", "A-2", "Y")], [("shop/s2", "A-2", 1)], "2026-03-04"),
        (
            "shop/*",
            [("shop/s1", "A-1"), ("shop/s1", "A-2"), ("shop/s2", "A-2")],
            [("shop/s1", "A-1", "X"), ("shop/s1", "A-2", "X"), ("shop/s2", "A-2", "Y")],
            [("shop/s1", "A-2", 1), ("shop/s2", "A-2", 1)],
            "2026-03-04",
        ),
    ],
)
def test_a_column_that_splits_the_file_into_accounts(
    tmp_path: Path,
    name: str,
    orders: list[tuple[str, ...]],
    items: list[tuple[str, ...]],
    stars: list[tuple[object, ...]],
    last: str,
):
    put(tmp_path, SHARED, toml(SPLIT))
    account = open_account(tmp_path, name)
    assert rows(account, "orders", "account", "order_id") == orders
    assert rows(account, "order_items", "account", "order_id", "sku") == items
    assert rows(account, "feedback", "account", "order_id", "rating") == stars
    assert account.last_day.isoformat() == last
    assert ledger(account) == {
        "items.csv": (3, 3, 0, 0, 0),
        "orders.csv": (3, 3, 0, 0, 0),
        "stars.csv": (2, 2, 0, 0, 0),
    }


def test_the_whole_folder_has_an_order_of_two_accounts_once(tmp_path: Path):
    mapping = source("orders", "order_id=id purchased_at=at carrier=by", account="seller")
    both = "id,at,by,seller\nA-1,2026-03-01T10:00:00Z,UPS,s1\nA-1,2026-03-01T10:00:00Z,DHL,s2\n"
    put(tmp_path, {"mine.csv": both}, toml(mapping, "US"))
    assert rows(open_account(tmp_path, "shop"), "orders", "account", "order_id") == [("shop", "A-1")]
    assert rows(open_account(tmp_path, "shop/*"), "orders", "account", "order_id", "carrier") == [
        ("shop/s1", "A-1", "UPS"),
        ("shop/s2", "A-1", "DHL"),
    ]


def test_an_unknown_part_of_the_folder_is_refused(tmp_path: Path):
    error = refusal(tmp_path, SHARED, toml(SPLIT), "shop/s9")
    assert error.expected == "at least one order or other row of this account"
    assert "Check the account's name" in error.what_to_do


def test_a_row_of_no_account_is_rejected(tmp_path: Path):
    nobody = {**SHARED, "items.csv": SHARED["items.csv"] + "A-3,X,\n"}
    error = refusal(tmp_path, nobody, toml(SPLIT))
    assert (error.where, error.row, error.column) == ("shop/items.csv", 5, "seller")


def test_mapped_columns_complete_amazons(tmp_path: Path):
    mapping = source("orders", "order_id=id delivered_at=at carrier=by")
    content = "id,at,by\n111-1111111-1111111,2026-03-09T10:00:00Z,UPS\n"
    account = read(tmp_path, {"mine.csv": content}, toml(mapping, "US"))
    assert rows(account, "orders", "order_id", "status", "delivered_at", "carrier") == [
        ("111-1111111-1111111", "SHIPPED", "2026-03-09 10:00:00", "UPS")
    ]


def test_a_rating_two_files_tell_of_is_one_rating(tmp_path: Path):
    mapping = source("feedback", "order_id=id rated_on=on rating=stars removed_on=gone")
    files = {
        "mine.csv": "id,on,stars,gone\n111-1111111-1111111,2026-03-04,1,2026-03-08\n",
        "amazon.tsv": "Date\tRating\tOrder ID\n3/4/26\t1\t111-1111111-1111111\n",
    }
    account = read(tmp_path, files, toml(mapping, "US"))
    assert rows(account, "feedback", "order_id", "rated_on", "rating", "removed_on") == [
        ("111-1111111-1111111", "2026-03-04", 1, "2026-03-08")
    ]


MAPPED = [
    (
        "returns",
        "order_id=id sku=s returned_on=on refunded=back",
        "id,s,on,back\nA-1,X,2026-03-04,12.50\nA-1,Y,2026-03-04,\n",
        [("shop", "A-1", "X", "2026-03-04", 12.5, None), ("shop", "A-1", "Y", "2026-03-04", None, None)],
    ),
    (
        "tracking",
        "order_id=id package_id=p tracking_promised_on=on has_valid_tracking=ok product_category=kind",
        "id,p,on,ok,kind\nA-1,P-1,2026-03-04,yes,Home\nA-1,P-2,2026-03-04,no,\n",
        [
            ("shop", "A-1", "P-1", "2026-03-04", None, "Home", True),
            ("shop", "A-1", "P-2", "2026-03-04", None, None, False),
        ],
    ),
    (
        "deliveries",
        "order_id=id sku=s units=n delivery_promised_on=on delivery_arrived_on=came",
        "id,s,n,on,came\nA-1,X,2,2026-03-04,2026-03-05\nA-1,Y,,2026-03-04,\n",
        [
            ("shop", "A-1", "X", 2, "2026-03-04", "2026-03-05", None, None),
            ("shop", "A-1", "Y", None, "2026-03-04", None, None, None),
        ],
    ),
    (
        "unshipped",
        "order_id=id promise_on=by days_past_promise=past",
        "id,by,past\nA-1,2026-03-04,-2\nA-2,2026-03-01,1\n",
        [("shop", "A-1", "2026-03-04", -2), ("shop", "A-2", "2026-03-01", 1)],
    ),
    (
        "surveys",
        "thread_id=t answered_at=at score=stars is_solved=ok",
        "t,at,stars,ok\nT-1,2026-03-04T10:00:00Z,7,x\n",
        [("shop", "T-1", "2026-03-04 10:00:00", 7, True)],
    ),
    (
        "notifications",
        "notified_on=on category=what state=how",
        "on,what,how\n2026-03-04,listing policy,under review\n",
        [("shop", None, "2026-03-04", "LISTING_POLICY", None, None, "UNDER_REVIEW", None, None)],
    ),
    (
        "listings",
        "sku=s listed_on=on listed_units=n listing_channel=by listing_state=how",
        "s,on,n,by,how\nX,2026-03-04,3,AMAZON_EU,active\nX,2026-03-05,,MFN,\n",
        [("shop", "X", "2026-03-04", 3, "AFN", "ACTIVE"), ("shop", "X", "2026-03-05", None, "MFN", None)],
    ),
    ("stock", "sku=s units_on_hand=n counted_on=on", "s,n,on\nX,3,2026-03-04\n", [("shop", "X", "2026-03-04", 3)]),
    (
        "performance",
        "figure=what marketplace=site figure_to=on figure_count=n figure_rate=r",
        "what,site,on,n,r\nlateShipmentRate,us,2026-03-04,3,-0.5\n",
        [("shop", "US", "lateShipmentRate", None, "2026-03-04", 3, None, -0.5, None, None)],
    ),
]


@pytest.mark.parametrize(("table", "columns", "content", "expected"), MAPPED, ids=[case[0] for case in MAPPED])
def test_a_table_can_be_mapped(
    tmp_path: Path, table: str, columns: str, content: str, expected: list[tuple[object, ...]]
):
    account = read(tmp_path, {"mine.csv": content}, toml(source(table, columns), "US"))
    assert rows(account, table) == expected
    assert {table, *(f"{table}.{pair.split('=')[0]}" for pair in columns.split())} <= account.provided


@pytest.mark.parametrize(
    ("table", "columns", "content", "expected"),
    [
        (
            "notifications",
            "notified_on=on category=what state=how noted_on=told",
            "on,what,how,told\n2026-03-04,LISTING_POLICY,RESOLVED,2026-03-05\n2026-03-04,LISTING_POLICY,READ,2026-03-05\n",
            [("shop", None, "2026-03-04", "LISTING_POLICY", None, None, "RESOLVED", None, "2026-03-05")],
        ),
        (
            "deliveries",
            "order_id=id sku=s delivery_promised_on=on delivery_arrived_on=came",
            "id,s,on,came\nA-1,X,2026-03-04,\nA-1,X,2026-03-04,2026-03-05\n",
            [("shop", "A-1", "X", None, "2026-03-04", "2026-03-05", None, None)],
        ),
        (
            "returns",
            "order_id=id sku=s returned_on=on refunded=back",
            "id,s,on,back\nA-1,X,2026-03-04,\nA-1,X,2026-03-04,0\n",
            [("shop", "A-1", "X", "2026-03-04", 0.0, None)],
        ),
    ],
)
def test_of_two_mapped_rows_of_one_thing_the_one_that_knows_more_is_used(
    tmp_path: Path, table: str, columns: str, content: str, expected: list[tuple[object, ...]]
):
    account = read(tmp_path, {"mine.csv": content}, toml(source(table, columns), "US"))
    assert rows(account, table) == expected
    assert ledger(account)["mine.csv"] == (2, 1, 0, 1, 0)


def test_only_amazons_own_feedback_leaves_the_good_ratings_out(tmp_path: Path):
    amazons = {"amazon.tsv": "Date\tRating\tOrder ID\n3/4/26\t1\t111-1111111-1111111\n"}
    assert "feedback.every_star" not in read(tmp_path / "amazon", amazons).provided
    mapping = source("feedback", "order_id=id rated_on=on rating=stars")
    both = {**amazons, "mine.csv": "id,on,stars\nA-1,2026-03-04,5\n"}
    assert "feedback.every_star" in read(tmp_path / "both", both, toml(mapping, "US")).provided


def test_a_time_without_a_zone_is_one_moment_whichever_marketplace_is_looked_at(tmp_path: Path):
    """A file is written one way; only the day on which a moment falls is another in another place."""
    source = """
[[source]]
files    = "mine.csv"
table    = "packages"
datetime = "%Y-%m-%d %H:%M:%S"
[source.columns]
order_id             = "o"
package_confirmed_at = "c"

[[source]]
files    = "stars.csv"
table    = "feedback"
datetime = "%Y-%m-%d %H:%M:%S"
[source.columns]
order_id = "o"
rated_on = "c"
rating   = "s"
"""
    files = {"mine.csv": "o,c\nA-1,2026-03-02 20:00:00\n", "stars.csv": "o,c,s\nA-1,2026-03-02 20:00:00,1\n"}
    put(tmp_path, files, 'marketplace = ["GB", "JP"]\n' + source)
    for place, day in (("GB", "2026-03-02"), ("JP", "2026-03-03")):
        account = open_account(tmp_path, "shop", marketplace=place)
        assert rows(account, "packages", "package_confirmed_at") == [("2026-03-02 20:00:00",)]
        assert rows(account, "feedback", "rated_on") == [(day,)]
