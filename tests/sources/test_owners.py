"""A folder split into accounts: whose messages, answers, notifications, listings, counts and figures are whose."""

from pathlib import Path

import pytest

from tests.sources.folder import alone, refusal, rows


def source(table: str, columns: str, *, account: bool) -> str:
    """A [[source]] section for the file named like its table; `columns` reads ours ours: theirs are the same."""
    lines = ["[[source]]", f'files = "{table}.csv"', f'table = "{table}"', *(['account = "seller"'] if account else [])]
    return "\n".join([*lines, "[source.columns]", *(f'{name} = "{name}"' for name in columns.split())]) + "\n"


TOML = 'marketplace = "US"\n' + "".join(
    [
        source("orders", "order_id purchased_at", account=True),
        source("messages", "thread_id sent_at sender order_id", account=False),
        source("surveys", "thread_id answered_at score", account=True),
        source("notifications", "notified_on category state", account=True),
        source("stock", "sku units_on_hand counted_on", account=True),
        source("listings", "sku listed_units", account=False),
        source("performance", "figure figure_rate", account=False),
        source("returns", "order_id sku returned_on", account=False),
    ]
)
FILES = {
    "orders.csv": "order_id,purchased_at,seller\nA-1,2026-03-01T10:00:00Z,s1\nA-2,2026-03-02T10:00:00Z,s2\n",
    "messages.csv": (
        "thread_id,sent_at,sender,order_id\n"
        "T-1,2026-03-03T10:00:00Z,buyer,A-1\nT-2,2026-03-03T10:00:00Z,buyer,A-2\nT-3,2026-03-09T10:00:00Z,buyer,\n"
    ),
    "surveys.csv": "thread_id,answered_at,score,seller\nT-1,2026-03-04T10:00:00Z,9,s1\nT-2,2026-03-05T10:00:00Z,2,s2\n",
    "notifications.csv": "notified_on,category,state,seller\n2026-03-01,LISTING_POLICY,READ,s1\n",
    "stock.csv": "sku,units_on_hand,counted_on,seller\nX,5,2026-03-06,s2\nX,7,2026-03-06,s3\n",
    "listings.csv": "sku,listed_units\nX,9\n",
    "performance.csv": "figure,figure_rate\nlateShipmentRate,0.01\n",
    "returns.csv": "order_id,sku,returned_on\nA-1,X,2026-03-04\n",
}


@pytest.mark.parametrize(
    ("name", "found", "last"),
    [
        (
            "shop",
            {
                "messages": [("shop", "T-1"), ("shop", "T-2"), ("shop", "T-3")],
                "surveys": [("shop", "T-1"), ("shop", "T-2")],
                "notifications": [("shop", "LISTING_POLICY")],
                "stock": [("shop", 5), ("shop", 7)],
                "listings": [("shop", "X")],
                "performance": [("shop", "lateShipmentRate")],
                "returns": [("shop", "A-1")],
            },
            "2026-03-09",
        ),
        (
            "shop/s1",
            {
                "messages": [("shop/s1", "T-1")],
                "surveys": [("shop/s1", "T-1")],
                "notifications": [("shop/s1", "LISTING_POLICY")],
                "stock": [],
                "listings": [],
                "performance": [],
                "returns": [("shop/s1", "A-1")],
            },
            "2026-03-04",
        ),
        # s3 has no orders, and opens: a count of its shelves names it.
        (
            "shop/s3",
            {
                "messages": [],
                "surveys": [],
                "notifications": [],
                "stock": [("shop/s3", 7)],
                "listings": [],
                "performance": [],
                "returns": [],
            },
            "2026-03-06",
        ),
        (
            "shop/*",
            {
                "messages": [("shop/s1", "T-1"), ("shop/s2", "T-2")],
                "surveys": [("shop/s1", "T-1"), ("shop/s2", "T-2")],
                "notifications": [("shop/s1", "LISTING_POLICY")],
                "stock": [("shop/s2", 5), ("shop/s3", 7)],
                "listings": [],
                "performance": [],
                "returns": [("shop/s1", "A-1")],
            },
            "2026-03-06",
        ),
    ],
)
def test_each_account_has_the_rows_that_name_it_and_those_of_its_orders(
    tmp_path: Path, name: str, found: dict[str, list[tuple[str, object]]], last: str
):
    account = alone(tmp_path, FILES, TOML, name)
    told = {
        "messages": "thread_id",
        "surveys": "thread_id",
        "notifications": "category",
        "stock": "units_on_hand",
        "listings": "sku",
        "performance": "figure",
        "returns": "order_id",
    }
    assert {table: rows(account, table, "account", column) for table, column in told.items()} == found
    assert account.last_day.isoformat() == last


def test_a_message_that_names_its_account_stays_with_it(tmp_path: Path):
    toml = TOML.replace('table = "messages"', 'table = "messages"\naccount = "seller"')
    content = "thread_id,sent_at,sender,order_id,seller\nT-1,2026-03-03T10:00:00Z,buyer,,s1\nT-2,2026-03-03T10:00:00Z,buyer,A-2,s2\n"
    account = alone(tmp_path, {**FILES, "messages.csv": content}, toml, "shop/s1")
    assert rows(account, "messages", "account", "thread_id") == [("shop/s1", "T-1")]


def test_a_list_of_defects_covers_the_days_of_its_own_account_only(tmp_path: Path):
    toml = TOML + source("amazon_defects", "order_id metric ordered_on", account=True)
    content = (
        "order_id,metric,ordered_on,seller\nA-1,cancellation_rate,2026-03-01,s1\nA-2,cancellation_rate,2026-03-02,s2\n"
    )
    account = alone(tmp_path, {**FILES, "amazon_defects.csv": content}, toml, "shop/s1")
    assert rows(account, "coverage") == [("shop/s1", "cancellation_rate", "2026-03-01", "2026-03-01", None)]


@pytest.mark.parametrize("part", ["s9", "S1", "s"])
def test_a_name_that_no_row_has_is_refused(tmp_path: Path, part: str):
    error = refusal(tmp_path, FILES, TOML, f"shop/{part}")
    assert (error.where, error.row, error.column) == (f"shop/{part}", None, None)
    assert error.expected == "at least one order or other row of this account"


def test_a_folder_that_no_column_splits_has_no_parts(tmp_path: Path):
    error = refusal(tmp_path, {}, account="shop/*")
    assert error.expected == "at least one order or other row of this account"
