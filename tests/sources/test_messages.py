"""The messages CSV: what is kept of a message, and that its words are not."""

from pathlib import Path

import polars as pl
import pytest

from sellerhealth.facts import FACTS
from sellerhealth.sources.account import open_account
from tests.sources.folder import (
    ALL_ORDERS,
    ID,
    ID_2,
    LENIENT,
    MESSAGES,
    SURVEYS,
    US,
    alone,
    filled,
    ledger,
    order,
    put,
    read,
    rejects,
    rows,
    text,
)


def message(**more: str) -> dict[str, str]:
    return {"thread_id": "T-1", "sender": "buyer", "sent_at": "2026-03-03T09:00:00-08:00", **more}


def file(*told: dict[str, str]) -> dict[str, str]:
    return {"messages.csv": text(MESSAGES, *told, delimiter=",")}


def test_the_whole_file(tmp_path: Path):
    told = (
        message(message_id="M-1", order_id=ID, subject="Please cancel my order", no_response_needed="no"),
        message(message_id="M-2", sender="seller", sent_at="2026-03-03T18:00:00Z", automatic="yes"),
        message(thread_id="T-2", sender="amazon", no_response_needed="yes"),
    )
    account = read(tmp_path, file(*told))
    assert filled(account, "messages") == [
        {
            "account": "shop",
            "thread_id": "T-1",
            "message_id": "M-1",
            "order_id": ID,
            "sender": "BUYER",
            "sent_at": "2026-03-03 17:00:00",
            "needs_no_response": False,
            "topic": "CANCELLATION",
        },
        {
            "account": "shop",
            "thread_id": "T-1",
            "message_id": "M-2",
            "sender": "SELLER",
            "sent_at": "2026-03-03 18:00:00",
            "is_automatic": True,
        },
        {
            "account": "shop",
            "thread_id": "T-2",
            "sender": "AMAZON",
            "sent_at": "2026-03-03 17:00:00",
            "needs_no_response": True,
        },
    ]
    assert ledger(account)["messages.csv"] == (3, 3, 0, 0, 0)
    assert {"messages", "messages.sent_at", "messages.topic", "messages.text_mark"} <= account.provided
    assert account.last_day.isoformat() == "2026-03-03"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Buyer", "BUYER"),
        ("customer", "BUYER"),
        ("in", "BUYER"),
        ("Inbound", "BUYER"),
        ("seller", "SELLER"),
        ("agent", "SELLER"),
        ("OUT", "SELLER"),
        ("outbound", "SELLER"),
        ("Amazon", "AMAZON"),
    ],
)
def test_who_wrote(tmp_path: Path, theirs: str, ours: str):
    assert rows(read(tmp_path, file(message(sender=theirs))), "messages", "sender") == [(ours,)]


@pytest.mark.parametrize(
    "header", ["thread-id,sent-at,direction", "Thread ID,Sent At,SENDER", "x,sender,thread_id,sent_at"]
)
def test_the_other_names_of_its_columns(tmp_path: Path, header: str):
    cells = {"x": "", "direction": "in", "sender": "in"}
    row = [
        cells.get(name.lower(), "T-1" if "thread" in name.lower() else "2026-03-03T17:00:00Z")
        for name in header.split(",")
    ]
    account = read(tmp_path, {"m.csv": header + "\n" + ",".join(row) + "\n"})
    assert rows(account, "messages", "thread_id", "sender", "sent_at") == [("T-1", "BUYER", "2026-03-03 17:00:00")]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"sender": "robot"}, "sender", "is not one of the words known for this column: seller, buyer, amazon"),
        ({"sender": ""}, "sender", "is empty"),
        ({"thread_id": ""}, "thread_id", "is empty"),
        ({"sent_at": ""}, "sent_at", "is empty"),
        ({"sent_at": "2026-03-03 09:00"}, "sent_at", "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"),
        ({"order_id": "none"}, "order_id", "is not an order id such as 123-1234567-1234567"),
        ({"order_id": "1.71E+16"}, "order_id", "was shortened by Excel and has lost digits"),
        ({"automatic": "perhaps"}, "automatic", "is not yes or no"),
        ({"no_response_needed": "?"}, "no_response_needed", "is not yes or no"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = read(tmp_path, file(message(**cells), message(thread_id="T-9")), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "messages", "thread_id") == [("T-9",)]


def marks(tmp_path: Path, *texts: str) -> list[object]:
    told = [message(thread_id=f"T-{number}", text=f'"{words}"') for number, words in enumerate(texts)]
    return [mark for _, mark in rows(read(tmp_path, file(*told)), "messages", "thread_id", "text_mark")]


def test_a_mark_tells_the_same_text_from_another(tmp_path: Path):
    first, same, other, blank = marks(tmp_path, "We are away until 4 May.", "we are AWAY until 11 May.", "Hello", "")
    assert first == same
    assert first != other
    assert blank is None


def test_no_word_of_a_buyer_is_kept(tmp_path: Path):
    account = read(tmp_path, file(message(subject="Zaphod wants his towel", text='"Yours, Zaphod"')))
    kept = [path for path in (tmp_path / "shop" / ".store").rglob("*") if path.is_file()]
    tables = [pl.read_parquet(path).cast(pl.String).write_csv() for path in kept if path.suffix == ".parquet"]
    assert rows(account, "messages", "topic") == [("OTHER",)]
    assert not [path for path in kept if b"Zaphod" in path.read_bytes()]
    assert not [table for table in tables if "Zaphod" in table or "towel" in table]


def test_two_replies_of_one_second_are_two(tmp_path: Path):
    told = [message(sender="seller", automatic=word) for word in ("yes", "", "no", "yes")]
    account = read(tmp_path, file(*told))
    assert ledger(account)["messages.csv"] == (4, 3, 1, 0, 0)
    assert rows(account, "messages", "is_automatic") == [(False,), (True,), (None,)]


def test_a_message_told_twice_is_one(tmp_path: Path):
    told = [message(message_id="M-1"), message(message_id="M-1"), message(message_id="M-2")]
    account = read(tmp_path, file(*told))
    assert ledger(account)["messages.csv"] == (3, 2, 1, 0, 0)


def test_messages_without_a_number_are_told_apart_by_thread_sender_and_time(tmp_path: Path):
    told = [message(), message(), message(sender="seller"), message(sent_at="2026-03-03T17:00:01Z")]
    account = read(tmp_path, file(*told))
    assert ledger(account)["messages.csv"] == (4, 3, 1, 0, 0)


@pytest.mark.parametrize(
    ("code", "subject", "topic"),
    [("US", "Return request", "RETURN"), ("DE", "Bitte stornieren", "CANCELLATION"), ("JP", "返品", "RETURN")],
)
def test_subjects_are_in_the_languages_of_the_marketplace(tmp_path: Path, code: str, subject: str, topic: str):
    account = alone(tmp_path, file(message(subject=subject)), f'marketplace = "{code}"\n')
    assert rows(account, "messages", "topic") == [(topic,)]


def test_a_folder_of_two_marketplaces_reads_the_languages_of_both(tmp_path: Path):
    account = alone(tmp_path, file(message(subject="Bitte stornieren")), 'marketplace = ["GB", "DE"]\n')
    assert rows(account, "messages", "topic") == [("CANCELLATION",)]


def test_of_two_marketplaces_what_names_no_order_belongs_to_the_first(tmp_path: Path):
    sold = text(ALL_ORDERS, order(ID), order(ID_2, sales_channel="Amazon.ca"))
    told = [message(thread_id=thread, order_id=name) for thread, name in (("T-1", ID), ("T-2", ID_2), ("T-3", ""))]
    answers = [{"thread_id": f"T-{number}", "answered_at": "2026-03-04T09:00:00Z", "score": "5"} for number in range(5)]
    files = {"orders.tsv": sold, **file(*told), "surveys.csv": text(SURVEYS, *answers, delimiter=",")}
    put(tmp_path, files, 'marketplace = ["US", "CA"]\n')
    threads = {}
    for code in ("", "US", "CA"):
        account = open_account(tmp_path, "shop", code)
        facts = [FACTS[name](account, account.day("")).collect() for name in ("contacts", "answers")]
        here = [fact.filter(pl.col("marketplace") == account.marketplace.code) for fact in facts]
        threads[code] = [sorted(fact["thread_id"]) for fact in here]
    assert threads["CA"] == [["T-2"], ["T-2"]]
    assert threads["US"] == threads[""] == [["T-1", "T-3"], ["T-0", "T-1", "T-3", "T-4"]]


def test_a_mapped_file_of_messages(tmp_path: Path):
    toml = (
        US
        + """
[[source]]
files = "desk.csv"
table = "messages"
datetime = "%d.%m.%Y %H:%M"
timezone = "Europe/Berlin"
[source.columns]
thread_id = "Ticket"
sent_at = "Zeit"
sender = "Von"
topic = "Betreff"
text_mark = "Text"
[source.values.sender]
Kunde = "BUYER"
Team = "SELLER"
[source.values.topic]
Storno = "CANCELLATION"
"""
    )
    content = "Ticket;Zeit;Von;Betreff;Text\n7;03.03.2026 10:00;Kunde;Storno;a\n7;03.03.2026 11:00;Team;Storno;A\n"
    account = alone(tmp_path, {"desk.csv": content.replace(";", ",")}, toml)
    assert rows(account, "messages", "thread_id", "sender", "sent_at", "topic") == [
        ("7", "BUYER", "2026-03-03 09:00:00", "CANCELLATION"),
        ("7", "SELLER", "2026-03-03 10:00:00", "CANCELLATION"),
    ]
    assert account.tables["messages"].select(pl.col("text_mark").n_unique()).collect().item() == 1


def test_two_replies_of_one_second_in_a_mapped_file_are_two(tmp_path: Path):
    mapping = """
[[source]]
files = "desk.csv"
table = "messages"
[source.columns]
thread_id = "t"
sent_at = "at"
sender = "by"
is_automatic = "machine"
"""
    content = "t,at,by,machine\n7,2026-03-03T10:00:00Z,seller,yes\n7,2026-03-03T10:00:00Z,seller,\n"
    account = alone(tmp_path, {"desk.csv": content}, US + mapping)
    assert rows(account, "messages", "is_automatic") == [(True,), (None,)]
