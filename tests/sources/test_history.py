"""What an account remembers beyond its files: reports of one moment, and the day each complaint was first seen."""

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path

import polars as pl
import pytest

from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.tables import EVERY_UNSHIPPED
from sellerhealth.sources import first_seen, history, store
from sellerhealth.sources.account import open_account
from tests.sources.folder import CLAIMS, FEEDBACK, ID, ID_2, ONE_ORDER, UNSHIPPED, US, ledger, put, rows, text

RATES = {"01": 0.011, "08": 0.018, "15": 0.015}
"""Amazon's late shipment rate as each weekly report told it, by the day of March it was downloaded."""


def report(day: str, rate: float) -> str:
    span = {"reportingDateFrom": "2026-02-01T00:00:00Z", "reportingDateTo": f"2026-03-{day}T00:00:00Z"}
    figure = {"rate": rate, "orderCount": 1000, "targetValue": 0.04, "targetCondition": "LESS_THAN", "status": "GOOD"}
    metrics = [{"marketplaceId": "ATVPDKIKX0DER", "lateShipmentRate": {"reportingDateRange": span, **figure}}]
    return json.dumps({"accountStatuses": [], "performanceMetrics": metrics})


def written(path: Path, day: str) -> Path:
    """The file, as written at noon of that day in London."""
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00").astimezone(UTC).timestamp()
    os.utime(path, (noon, noon))
    return path


def download(data: Path, day: str, name: str = "performance.json") -> Account:
    """The account after a report was downloaded on that day of March, in the place of the one before."""
    folder = put(data, {"orders.tsv": ONE_ORDER, name: report(day, RATES[day])})
    written(folder / name, f"2026-03-{day}")
    return open_account(data, "shop")


def told(account: Account) -> list[tuple[object, ...]]:
    return rows(account, "performance", "figure_to", "figure_rate")


THREE = [("2026-03-01", 0.011), ("2026-03-08", 0.018), ("2026-03-15", 0.015)]


def test_three_weekly_downloads_under_one_name_are_a_history(tmp_path: Path):
    for day in RATES:
        account = download(tmp_path, day)
    assert told(account) == THREE
    assert ledger(account) == {
        "orders.tsv": (1, 1, 0, 0, 0),
        "performance.json": (1, 1, 0, 0, 0),
        "performance.json, kept from 2026-03-01": (1, 1, 0, 0, 0),
        "performance.json, kept from 2026-03-08": (1, 1, 0, 0, 0),
    }
    assert account.remarks == ()
    shutil.rmtree(tmp_path / "shop" / ".store")
    assert told(open_account(tmp_path, "shop")) == THREE


def test_a_report_that_is_deleted_is_kept_and_one_that_comes_back_counts_once(tmp_path: Path):
    download(tmp_path, "01")
    file = tmp_path / "shop" / "performance.json"
    before = file.read_bytes()
    file.unlink()
    account = open_account(tmp_path, "shop")
    assert ledger(account)["performance.json, kept from 2026-03-01"] == (1, 1, 0, 0, 0)
    assert {"performance", "performance.figure_rate"} <= account.provided
    assert told(account) == THREE[:1]
    (tmp_path / "shop" / "again.json").write_bytes(before)
    account = open_account(tmp_path, "shop")
    assert ledger(account) == {"orders.tsv": (1, 1, 0, 0, 0), "again.json": (1, 1, 0, 0, 0)}
    assert told(account) == THREE[:1]


def test_the_order_in_which_reports_come_does_not_matter(tmp_path: Path):
    for day in ("15", "01", "08"):
        account = download(tmp_path, day)
    assert told(account) == THREE


def test_a_report_in_the_folder_goes_before_one_that_is_kept(tmp_path: Path):
    """Whoever downloads the same day again, or mends a file by hand, is believed."""
    for rate in (0.5, 0.01, 0.3):
        folder = put(tmp_path, {"orders.tsv": ONE_ORDER, "a.json": report("01", rate)})
        written(folder / "a.json", "2026-03-01")
        account = open_account(tmp_path, "shop")
        assert told(account) == [("2026-03-01", rate)]
    assert ledger(account)["a.json"] == (1, 1, 0, 0, 0)
    assert ledger(account)["a.json, kept from 2026-03-01"] == (1, 0, 0, 1, 0)
    assert ledger(account)["a.json, kept from 2026-03-01, number 2"] == (1, 0, 0, 1, 0)


def test_of_two_that_are_kept_the_later_goes_before_the_other(tmp_path: Path):
    """The greater figure is not the better one: the second download of the same days mends the first."""
    for day, rate in (("02", 0.5), ("03", 0.01), ("04", 0.3)):
        folder = put(tmp_path, {"orders.tsv": ONE_ORDER, "a.json": report("01", rate)})
        written(folder / "a.json", f"2026-03-{day}")
        open_account(tmp_path, "shop")
    folder = put(tmp_path, {"a.json": report("08", 0.2)})
    account = open_account(tmp_path, "shop")
    assert told(account) == [("2026-03-01", 0.3), ("2026-03-08", 0.2)]
    assert ledger(account)["a.json, kept from 2026-03-04"] == (1, 1, 0, 0, 0)
    assert ledger(account)["a.json, kept from 2026-03-03"] == (1, 0, 0, 1, 0)


def test_two_in_the_folder_are_told_apart_by_when_they_were_written(tmp_path: Path):
    folder = put(tmp_path, {"a.json": report("01", 0.5), "b.json": report("01", 0.01)})
    written(folder / "a.json", "2026-03-02")
    written(folder / "b.json", "2026-03-03")
    assert told(open_account(tmp_path, "shop")) == [("2026-03-01", 0.01)]


def test_a_file_that_is_ignored_is_not_brought_back(tmp_path: Path):
    download(tmp_path, "01")
    put(tmp_path, {}, f'{US}ignore = ["perf*"]\n')
    account = open_account(tmp_path, "shop")
    assert ledger(account) == {"orders.tsv": (1, 1, 0, 0, 0)}
    put(tmp_path, {})
    assert told(open_account(tmp_path, "shop")) == THREE[:1]


def test_a_file_that_is_refused_is_not_kept(tmp_path: Path):
    """Too many of its rows are rejected: whoever takes it away has nothing of it left."""
    good = {"order-id": ID, "purchase-date": "2026-03-01T10:00:00+00:00", "promise-date": "2026-03-06T07:59:59+00:00"}
    good |= {"days-past-promise": "0", "sku": "MUG-1", "quantity-purchased": "1"}
    put(tmp_path, {"u.tsv": text(UNSHIPPED, good, {**good, "order-id": ID_2, "purchase-date": "soon"})})
    put(tmp_path, {"f.tsv": feedback("3/4/26", "soon")})
    for _ in range(2):
        with pytest.raises(InputError):
            open_account(tmp_path, "shop")
    assert not (tmp_path / "shop" / ".history").exists()
    account = open_account(tmp_path, "shop", max_reject="0.5")
    assert EVERY_UNSHIPPED not in account.provided
    assert [path.name.partition(".tsv")[0] for path in sorted((tmp_path / "shop" / ".history").iterdir())] == [
        "first_seen.sqlite",
        "u",
    ]
    (tmp_path / "shop" / "u.tsv").unlink()
    account = open_account(tmp_path, "shop", max_reject="0.5")
    assert [order for (order,) in rows(account, "unshipped", "order_id")] == [ID]
    # It is not known any more which order it listed too.
    assert EVERY_UNSHIPPED not in account.provided


@pytest.mark.parametrize("typed", ["is there", "is gone"])
def test_a_history_that_was_deleted_is_made_again_from_the_files_that_are_here(tmp_path: Path, typed: str):
    put(tmp_path, {"f.tsv": feedback("3/4/26")})
    written(tmp_path / "shop" / "f.tsv", "2026-03-06")
    download(tmp_path, "01")
    folder = tmp_path / "shop"
    shutil.rmtree(folder / ".history")
    if typed == "is gone":
        shutil.rmtree(folder / ".store" / "files")
    open_account(tmp_path, "shop")
    (folder / "performance.json").unlink()
    assert told(open_account(tmp_path, "shop")) == THREE[:1]
    assert first_seen.known(folder, "feedback")["seen_on"].to_list() == [date(2026, 3, 6)]


def test_the_name_of_what_is_kept_says_what_it_is_and_to_delete_it_forgets_it(tmp_path: Path):
    download(tmp_path, "01", "2026/perf.json")
    (tmp_path / "shop" / "2026" / "perf.json").unlink()
    assert told(open_account(tmp_path, "shop")) == THREE[:1]
    (kept,) = (tmp_path / "shop" / ".history").glob("2026%2Fperf.json.2026-03-01.*.parquet")
    kept.unlink()
    assert told(open_account(tmp_path, "shop")) == []


def test_a_long_name_can_be_kept_and_set_aside(tmp_path: Path):
    name = "ü" * 120 + ".json"
    download(tmp_path, "01", name)
    (tmp_path / "shop" / name).unlink()
    (kept,) = (tmp_path / "shop" / ".history").glob("*.parquet")
    kept.write_bytes(b"")
    assert told(open_account(tmp_path, "shop")) == []
    assert [path.name for path in kept.parent.iterdir()] == [f"{kept.name}.damaged"]


def test_other_files_are_not_kept(tmp_path: Path):
    folder = put(tmp_path, {"orders.tsv": ONE_ORDER})
    open_account(tmp_path, "shop")
    (folder / "orders.tsv").unlink()
    assert rows(open_account(tmp_path, "shop"), "orders") == []
    assert not (folder / ".history").exists()


def test_what_is_kept_is_read_with_todays_words_and_columns(tmp_path: Path):
    download(tmp_path, "01")
    (tmp_path / "shop" / "performance.json").unlink()
    (kept,) = (tmp_path / "shop" / ".history").glob("*.parquet")
    meta = {name: word for name, word in pl.read_parquet_metadata(kept).items() if name != "ARROW:schema"}
    frame = pl.read_parquet(kept).with_columns(figure_count=pl.lit("many"), left_over=pl.lit("x"))
    frame.drop("figure_target").write_parquet(kept, metadata=meta)
    account = open_account(tmp_path, "shop")
    assert told(account) == THREE[:1]
    assert "left_over" not in account.tables["performance"].collect_schema()
    note = account.ledger.filter(file="shop/performance.json, kept from 2026-03-01")["note"].item()
    assert note == "1 cell no longer understood and left empty"


def test_a_report_unknown_to_this_version_waits_and_is_named(tmp_path: Path):
    download(tmp_path, "01")
    (tmp_path / "shop" / "performance.json").unlink()
    (kept,) = (tmp_path / "shop" / ".history").glob("*.parquet")
    meta = {**pl.read_parquet_metadata(kept), "layout": "of_tomorrow"}
    meta.pop("ARROW:schema")
    pl.read_parquet(kept).write_parquet(kept, metadata=meta)
    account = open_account(tmp_path, "shop")
    assert told(account) == []
    line = account.ledger.filter(file="shop/performance.json, kept from 2026-03-01")
    assert line.select("layout", "read").row(0) == ("a report unknown to this version", 0)
    assert kept.exists()


@pytest.mark.parametrize("damage", [b"", b"PAR1 nonsense", slice(0, 200), slice(40, None)])
def test_a_damaged_file_is_set_aside_and_named(tmp_path: Path, damage: bytes | slice):
    download(tmp_path, "01")
    (tmp_path / "shop" / "performance.json").unlink()
    (kept,) = (tmp_path / "shop" / ".history").glob("*.parquet")
    kept.write_bytes(kept.read_bytes()[damage] if isinstance(damage, slice) else damage)
    for _ in range(2):
        account = open_account(tmp_path, "shop")
        assert told(account) == []
        aside = f"{kept.name}.damaged"
        assert account.remarks == (f"In shop/.history 1 file is damaged: put back a copy of {aside}, or delete it.",)
    assert [path.name for path in kept.parent.iterdir()] == [aside]


def test_the_history_is_private(tmp_path: Path):
    put(tmp_path, {"f.tsv": feedback("3/4/26")})
    download(tmp_path, "01")
    inside = tmp_path / "shop" / ".history"
    assert stat.S_IMODE(inside.stat().st_mode) == 0o700
    files = list(inside.iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_where_nothing_can_be_written_it_works_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(history, "home", lambda _: None)
    monkeypatch.setattr(history.os, "access", lambda _path, mode: mode != os.W_OK)
    monkeypatch.setattr(store, "place", lambda folder: _made(folder.parent.parent / "elsewhere"))
    account = download(tmp_path / "data", "01")
    assert told(account) == THREE[:1]
    assert account.remarks == ("Nothing can be remembered, because shop cannot be written: keep every download.",)
    assert told(download(tmp_path / "data", "08")) == THREE[1:2]


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def feedback(*days: str) -> str:
    return text(FEEDBACK, *({"Date": day, "Rating": "1", "Comments": "Bad", "Order ID": ID} for day in days))


def seen(account: Account, table: str = "feedback") -> list[tuple[object, ...]]:
    return rows(account, table, "rated_on" if table == "feedback" else "opened_on", "first_seen_on")


def complain(data: Path, files: dict[str, tuple[str, str]]) -> Account:
    """The account with these files and no others, each as written on its day."""
    for old in (data / "shop").glob("*.tsv"):
        old.unlink()
    folder = put(data, {"orders.tsv": ONE_ORDER, **{name: content for name, (content, _) in files.items()}})
    for name, (_, day) in files.items():
        written(folder / name, day)
    return open_account(data, "shop")


def test_the_first_day_a_file_told_of_a_complaint(tmp_path: Path):
    account = complain(
        tmp_path,
        {
            "new.tsv": (feedback("3/4/26", "3/9/26"), "2026-03-20"),
            "old.tsv": (feedback("3/4/26"), "2026-03-06"),
        },
    )
    assert seen(account) == [("2026-03-04", "2026-03-06"), ("2026-03-09", "2026-03-20")]
    assert "feedback.first_seen_on" in account.provided
    assert "claims.first_seen_on" not in account.provided


def test_a_claim_has_its_first_day_too(tmp_path: Path):
    claim = {"order_id": ID, "opened_at": "2026-03-04", "claim_type": "A-to-z", "status": "Granted"}
    file = text(CLAIMS, claim, {**claim, "order_id": ID_2}, delimiter=",")
    account = complain(tmp_path, {"c.tsv": (file, "2026-03-08")})
    assert seen(account, "claims") == [("2026-03-04", "2026-03-08")] * 2


def test_nobody_sees_a_complaint_before_it_is_made(tmp_path: Path):
    """A file may carry an old date: that of a computer whose clock is wrong."""
    account = complain(tmp_path, {"f.tsv": (feedback("3/4/26"), "2001-01-02")})
    assert seen(account) == [("2026-03-04", "2026-03-04")]


@pytest.mark.parametrize("day", ["1970-01-01", "1980-01-01", "1999-12-31"])
def test_a_date_that_no_file_can_have_is_none(tmp_path: Path, day: str):
    """As files come out of some archives: the first day is told by the next file that has one."""
    assert seen(complain(tmp_path, {"f.tsv": (feedback("3/4/26"), day)})) == [("2026-03-04", None)]
    later = complain(tmp_path, {"g.tsv": (feedback("3/4/26"), "2026-03-10")})
    assert seen(later) == [("2026-03-04", "2026-03-10")]
    folder = put(tmp_path, {"performance.json": report("01", 0.5)})
    written(folder / "performance.json", day)
    open_account(tmp_path, "shop")
    (folder / "performance.json").unlink()
    assert ledger(open_account(tmp_path, "shop"))["performance.json, kept"] == (1, 1, 0, 0, 0)


def test_the_first_day_stays_whatever_becomes_of_the_files(tmp_path: Path):
    complain(tmp_path, {"f.tsv": (feedback("3/4/26"), "2026-03-06")})
    expected = [("2026-03-04", "2026-03-06")]
    # Touched, replaced by a longer one, renamed, and read without a store.
    written(tmp_path / "shop" / "f.tsv", "2026-04-01")
    assert seen(open_account(tmp_path, "shop")) == expected
    more = complain(tmp_path, {"g.tsv": (feedback("3/4/26", "3/30/26"), "2026-04-02")})
    assert seen(more) == [*expected, ("2026-03-30", "2026-04-02")]
    shutil.rmtree(tmp_path / "shop" / ".store")
    assert seen(open_account(tmp_path, "shop")) == [*expected, ("2026-03-30", "2026-04-02")]


def test_a_file_older_than_all_others_moves_it_earlier(tmp_path: Path):
    complain(tmp_path, {"new.tsv": (feedback("3/4/26"), "2026-03-20")})
    complain(tmp_path, {"old.tsv": (feedback("3/4/26", "3/1/26"), "2026-03-06")})
    # The first file again: its merged tables are there, and the history knows better.
    account = complain(tmp_path, {"new.tsv": (feedback("3/4/26"), "2026-03-20")})
    assert seen(account) == [("2026-03-04", "2026-03-06")]


def test_one_complaint_told_for_two_accounts_of_a_folder_is_one_and_seen_when_it_first_was(tmp_path: Path):
    source = """
[[source]]
files = "*.csv"
table = "feedback"
account = "seller"
datetime = "%Y-%m-%d"
[source.columns]
order_id = "id"
rated_on = "on"
rating = "stars"
"""
    folder = put(tmp_path, {name: f"id,on,stars,seller\nA-1,2026-03-04,1,{name[0]}\n" for name in ("a.csv", "b.csv")})
    put(tmp_path, {}, US + source)
    written(folder / "a.csv", "2026-03-20")
    written(folder / "b.csv", "2026-03-10")
    assert seen(open_account(tmp_path, "shop")) == [("2026-03-04", "2026-03-10")]
    assert seen(open_account(tmp_path, "shop/a")) == [("2026-03-04", "2026-03-20")]


def test_a_complaint_that_is_gone_from_the_files_is_not_brought_back(tmp_path: Path):
    complain(tmp_path, {"f.tsv": (feedback("3/4/26"), "2026-03-06")})
    assert seen(complain(tmp_path, {"f.tsv": (feedback("3/9/26"), "2026-03-10")})) == [("2026-03-09", "2026-03-10")]


@pytest.mark.parametrize("size", [100, 5000])
def test_a_damaged_memory_of_days_is_set_aside_and_begun_again(tmp_path: Path, size: int):
    complain(tmp_path, {"f.tsv": (feedback("3/4/26"), "2026-03-06")})
    kept = tmp_path / "shop" / ".history" / first_seen.FILE
    kept.write_bytes(b"nonsense" + kept.read_bytes()[8:size])
    account = open_account(tmp_path, "shop")
    assert seen(account) == [("2026-03-04", "2026-03-06")]
    aside = f"{first_seen.FILE}.damaged"
    assert account.remarks == (f"In shop/.history 1 file is damaged: put back a copy of {aside}, or delete it.",)
    later = complain(tmp_path, {"f.tsv": (feedback("3/4/26", "3/5/26"), "2026-03-10")})
    # The first day is remembered again from what was read of the file before.
    assert seen(later) == [("2026-03-04", "2026-03-06"), ("2026-03-05", "2026-03-10")]
    assert sorted(path.name for path in kept.parent.iterdir()) == [first_seen.FILE, aside]


@pytest.mark.parametrize("table", ["other (x)", "seen (x)"])
def test_a_database_of_another_program_is_set_aside(tmp_path: Path, table: str):
    folder = put(tmp_path, {})
    (folder / ".history").mkdir()
    with closing(sqlite3.connect(folder / ".history" / first_seen.FILE)) as opened:
        opened.execute(f"CREATE TABLE {table}")
    account = complain(tmp_path, {"f.tsv": (feedback("3/4/26"), "2026-03-06")})
    assert seen(account) == [("2026-03-04", "2026-03-06")]
    assert first_seen.known(folder, "feedback")["seen_on"].to_list() == [date(2026, 3, 6)]
    assert (folder / ".history" / f"{first_seen.FILE}.damaged").exists()


def test_several_at_once_lose_nothing(tmp_path: Path):
    days = {f"{number}/4/26": f"2026-{number:02d}-0{number}" for number in range(5, 9)}
    put(tmp_path, {"orders.tsv": ONE_ORDER})
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(_remember, [str(tmp_path / "shop")] * 4, days.values()))
    assert first_seen.known(tmp_path / "shop", "feedback").sort("seen_on").rows() == [
        (day, datetime.fromisoformat(day).date()) for day in days.values()
    ]


def _remember(folder: str, day: str) -> None:
    on = datetime.fromisoformat(day).date()
    for _ in range(20):
        first_seen.remember(Path(folder), "feedback", pl.DataFrame({"key": [day], "seen_on": [on]}))


def test_no_buyers_word_is_kept(tmp_path: Path):
    secret = "Zanzibarine"
    cells = {"Date": "3/4/26", "Rating": "1", "Comments": secret, "Order ID": ID, "Rater Email": f"{secret}@x.com"}
    put(tmp_path, {"orders.tsv": ONE_ORDER, "f.tsv": text(FEEDBACK, cells)}, US)
    download(tmp_path, "01")
    files = list(_files(tmp_path / "shop" / ".history"))
    assert len(files) == 2
    assert not [path for path in files if secret.encode() in path.read_bytes()]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_a_file_in_the_place_of_the_history_is_said(tmp_path: Path):
    put(tmp_path, {"performance.json": report("08", RATES["08"]), ".history": "x"})
    account = open_account(tmp_path, "shop")
    assert account.remarks == ("Nothing can be remembered, because shop/.history is no folder: rename it.",)
