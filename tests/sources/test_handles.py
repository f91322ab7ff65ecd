"""What threads, messages and orders are called: an id stays, and what may be a buyer's does not."""

from pathlib import Path

import polars as pl
import pytest

from sellerhealth.sources.account import open_account
from tests.sources.folder import ID, MESSAGES, SURVEYS, US, alone, put, rows, text

IDS = (
    "T-0001",
    "T-1",
    "7",
    "00123456",
    "07700900123",
    "#1234567",
    "INC0012345",
    "PROJ-1234",
    "2026/17",
    "conv_5f3a:2",
    "a.b.c1",
    "e481f51cbdc54678b7cc49136f2d6af7",
    "9f86d081-884c-4d63-a15f-2b0b822cd15a",
    ID,
    "S01-1234567-1234567",
    "x" * 63 + "1",
)
CANARIES = (
    "Jane Miller",
    "Zaphod",
    "Jane Miller, 12 High Street",
    "Zoë1",
    "+447700900123",
    "+44 7700 900123",
    "(020) 7946-0123",
    "07700 900123",
    "07700-900123",
    "077.009.001.23",
    "030/1234567",
    "1-800-555-0199",
    "jane.miller1@example.com",
    "x" * 64 + "1",
    "Miller" * 40,
)
MAPPED = """
[[source]]
files = "{table}.csv"
table = "{table}"
[source.columns]
{columns}
"""
OTHERS = {
    "orders": ("order_id purchased_at", "2026-03-03T10:00:00Z"),
    "claims": ("order_id claim_type", "A_TO_Z"),
    "messages": ("order_id thread_id sender sent_at", "T-1,buyer,2026-03-03T10:00:00Z"),
}


def said(name: str, **more: str) -> dict[str, str]:
    return {"thread_id": f'"{name}"', "sender": "buyer", "sent_at": "2026-03-03T09:00:00Z", **more}


def own_files(names: tuple[str, ...]) -> dict[str, str]:
    """The same names as threads, messages and threads of surveys."""
    told = [said(name, message_id=f'"{name}"') for name in names]
    answers = [{"thread_id": f'"{name}"', "answered_at": "2026-03-04T09:00:00Z"} for name in names]
    return {
        "messages.csv": text(MESSAGES, *told, delimiter=","),
        "surveys.csv": text(SURVEYS, *answers, delimiter=","),
    }


def mapped_files(names: tuple[str, ...]) -> tuple[dict[str, str], str]:
    """The same names as orders of three mapped tables, and the account.toml that maps them."""
    files, toml = {}, US
    for table, (columns, rest) in OTHERS.items():
        files[f"{table}.csv"] = columns.replace(" ", ",") + "\n" + "".join(f'"{name}",{rest}\n' for name in names)
        toml += MAPPED.format(table=table, columns="\n".join(f'{name} = "{name}"' for name in columns.split()))
    return files, toml


def kept(data: Path) -> bytes:
    """All that lies in the store, as it can be searched."""
    files = [path for path in (data / "shop" / ".store").rglob("*") if path.is_file()]
    tables = [pl.read_parquet(path).cast(pl.String).write_csv() for path in files if path.suffix == ".parquet"]
    return b"".join([*(path.read_bytes() for path in files), *(table.encode() for table in tables)]).lower()


def test_an_id_stays_as_it_is(tmp_path: Path):
    account = alone(tmp_path, own_files(IDS))
    assert rows(account, "messages", "thread_id", "message_id") == sorted((name, name) for name in IDS)
    assert rows(account, "surveys", "thread_id") == sorted((name,) for name in IDS)


def test_the_id_of_a_mapped_order_stays_as_it_is(tmp_path: Path):
    account = alone(tmp_path, *mapped_files(IDS))
    for table in OTHERS:
        assert {name for (name,) in rows(account, table, "order_id")} <= set(IDS), table
    assert rows(account, "orders", "order_id") == sorted((name,) for name in IDS)


@pytest.mark.parametrize("mapped", [False, True], ids=["own files", "mapped files"])
def test_a_name_a_telephone_number_and_an_address_are_found_nowhere(tmp_path: Path, mapped: bool):
    files, toml = mapped_files(CANARIES) if mapped else (own_files(CANARIES), US)
    alone(tmp_path, files, toml)
    everything = kept(tmp_path)
    found = [name for name in (*CANARIES, "miller", "jane", "900123") if name.lower().encode() in everything]
    assert not found


def test_a_number_stands_for_it_the_same_everywhere(tmp_path: Path):
    files, toml = mapped_files(CANARIES)
    account = alone(tmp_path, files, toml)
    orders, claims = ({name for (name,) in rows(account, table, "order_id")} for table in ("orders", "claims"))
    assert orders == claims
    assert len(orders) == len(CANARIES)
    assert all(name.isdigit() for name in orders)


def test_threads_and_surveys_of_one_name_still_meet(tmp_path: Path):
    account = alone(tmp_path, own_files(("Jane1@example.com", "JANE1@example.com", "Jane Miller")))
    threads = {name for (name,) in rows(account, "messages", "thread_id")}
    assert threads == {name for (name,) in rows(account, "surveys", "thread_id")}
    assert len(threads) == 2


def test_another_account_has_other_numbers(tmp_path: Path):
    numbers = set()
    for shop in ("shop", "other"):
        put(tmp_path, own_files(CANARIES), name=shop)
        numbers |= {name for (name,) in rows(open_account(tmp_path, shop), "surveys", "thread_id")}
    assert len(numbers) == 2 * len(CANARIES)


def test_without_the_salt_everything_is_read_again(tmp_path: Path):
    first = rows(alone(tmp_path, own_files(CANARIES)), "messages", "thread_id")
    assert rows(open_account(tmp_path, "shop"), "messages", "thread_id") == first
    (tmp_path / "shop" / ".store" / "salt.json").unlink()
    again = open_account(tmp_path, "shop")
    threads, surveys = ({name for (name,) in rows(again, table, "thread_id")} for table in ("messages", "surveys"))
    assert threads == surveys
    assert threads.isdisjoint(name for (name,) in first)


def test_a_blank_handle_is_none(tmp_path: Path):
    account = alone(tmp_path, {"m.csv": text(MESSAGES, said("T-1", message_id=" "), delimiter=",")})
    assert rows(account, "messages", "message_id") == [(None,)]
