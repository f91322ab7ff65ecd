"""How days are written: in which order, with which marks, and what a row says of the whole file."""

from pathlib import Path

import polars as pl
import pytest

from sellerhealth.definition.marketplaces import marketplace
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.headers import MONTHS, tables
from sellerhealth.sources.layout import Field
from sellerhealth.sources.values import value
from tests.sources.folder import FEEDBACK, ID, ID_2, ID_3, RETURNS, ledger, read, refusal, rejects, rows, text

WRITTEN = [
    ("GB", "4/3/2026", "2026-03-04"),
    ("GB", "04.03.2026", "2026-03-04"),
    ("GB", "4-3-2026", "2026-03-04"),
    ("US", "3/4/2026", "2026-03-04"),
    ("US", "03-04-2026", "2026-03-04"),
    ("JP", "2026/3/4", "2026-03-04"),
    ("JP", "2026年3月4日", "2026-03-04"),
    ("US", "2026.03.04", None),
    ("GB", "2026.03.04", "2026-03-04"),
    ("US", "2026-03-04", "2026-03-04"),
    ("DE", "4. März 2026", "2026-03-04"),
    ("DE", "04-Mrz-2026", None),
    ("FR", "4 août 2026", "2026-08-04"),
    ("FR", "04-févr.-2026", "2026-02-04"),
    ("ES", "4 de marzo de 2026", "2026-03-04"),
    ("PL", "4 września 2026", "2026-09-04"),
    ("IT", "04-GEN-2026", "2026-01-04"),
    ("GB", "Mar 4, 2026", "2026-03-04"),
    ("GB", "04-Mar-2026", "2026-03-04"),
    # On a marketplace that puts the month first nobody writes dots.
    ("US", "3.4.2026", None),
    ("JP", "3/4/2026", None),
    ("GB", "31/4/2026", None),
    ("GB", "4 Mars", None),
]
TIMED = [
    ("GB", "4/3/2026 23:30", "2026-03-04"),
    ("GB", "4/7/2026 23:30", "2026-07-04"),
    ("GB", "4/3/2026 23:30:00 PST", "2026-03-05"),
    ("GB", "4/3/2026 23:30 XYZ", None),
    ("US", "2026-03-05 07:59:00 UTC", "2026-03-04"),
    ("US", "2026-03-05T08:00:00+00:00", "2026-03-05"),
]


def told(code: str, written: str, *, short_year: bool = False) -> str | None:
    """The day a cell of a report of this marketplace means."""
    place = marketplace(code)
    formats = days(place, short_year=short_year)
    field = Field(ours="returned_on", theirs=(), kind="day", formats=formats, zone=place.zone)
    found = pl.LazyFrame({"cell": [written]}).select(value(field, pl.col("cell"))).collect(engine="streaming").item()
    return found and str(found)


def rating(day: str, order_id: str = ID) -> dict[str, str]:
    return {"Date": day, "Rating": "2", "Order ID": order_id}


def feedback(*written: str) -> dict[str, str]:
    ids = (ID, ID_2, ID_3)
    return {"feedback.tsv": text(FEEDBACK, *(rating(*pair) for pair in zip(written, ids, strict=False)))}


def note(tmp_path: Path, files: dict[str, str], toml: str) -> str:
    account = read(tmp_path, files, toml)
    return str(account.ledger.filter(pl.col("file").str.ends_with("feedback.tsv"))["note"].item())


@pytest.mark.parametrize(("code", "written", "day"), [*WRITTEN, *TIMED])
def test_a_day_as_it_is_written(code: str, written: str, day: str | None):
    assert told(code, written) == day


@pytest.mark.parametrize(("code", "written"), [("US", "3/4/26"), ("GB", "4.3.26"), ("JP", "26/3/4")])
def test_two_digits_are_a_year_only_where_the_report_has_them(code: str, written: str):
    assert told(code, written, short_year=True) == "2026-03-04"
    assert told(code, written) != "2026-03-04"


def test_a_name_means_one_month_in_every_language():
    meanings = [
        (word, english)
        for table in tables().values()
        for english, words in zip(MONTHS, table.get("months", [""] * 12), strict=True)
        for word in words.split()
    ]
    assert len(dict(meanings)) == len(set(meanings)) > 150


@pytest.mark.parametrize(
    ("code", "written", "order", "row"),
    [
        ("GB", ("3/4/26", "3/14/26"), "MDY", 3),
        ("US", ("14/3/26", "3/4/26"), "DMY", 2),
        ("US", ("3/4/26", "14.3.26"), "DMY", 3),
    ],
)
def test_one_row_in_the_other_order_refuses_the_file(
    tmp_path: Path, code: str, written: tuple[str, ...], order: str, row: int
):
    error = refusal(tmp_path, feedback(*written), f'marketplace = "{code}"\nmax_reject = 1\n')
    assert (error.where, error.row, error.column) == ("shop/feedback.tsv", row, "Date")
    assert f'date_order = "{order}"' in error.what_to_do


@pytest.mark.parametrize(
    ("code", "written", "said"),
    [
        ("GB", ("3/4/26",), "days are read with the day first; no row proves it"),
        ("US", ("3/4/26", "5/5/26"), "days are read with the month first; no row proves it"),
        ("GB", ("3/4/26", "14/3/26"), ""),
        ("GB", ("5/5/26",), ""),
        ("GB", ("2026-03-04",), ""),
        ("JP", ("26/3/4",), ""),
    ],
)
def test_it_is_said_when_no_row_proves_the_order(tmp_path: Path, code: str, written: tuple[str, ...], said: str):
    assert note(tmp_path, feedback(*written), f'marketplace = "{code}"\n') == said


def test_the_order_of_the_account_goes_before_the_marketplaces(tmp_path: Path):
    toml = 'marketplace = "GB"\ndate_order = "MDY"\n'
    account = read(tmp_path, feedback("3/14/26", "3/4/26"), toml)
    assert rows(account, "feedback", "rated_on") == [("2026-03-04",), ("2026-03-14",)]
    assert account.marketplace == marketplace("GB")
    returned = {"Order ID": ID, "Return request date": "3/14/2026", "Merchant SKU": "MUG-1"}
    account = read(tmp_path, {"returns.tsv": text(RETURNS, returned)}, toml)
    assert rows(account, "returns", "returned_on") == [("2026-03-14",)]


def test_another_order_reads_the_same_bytes_anew(tmp_path: Path):
    assert rows(read(tmp_path, feedback("3/4/26"), 'marketplace = "GB"\n'), "feedback", "rated_on") == [("2026-04-03",)]
    toml = 'marketplace = "GB"\ndate_order = "MDY"\n'
    assert rows(read(tmp_path, feedback("3/4/26"), toml), "feedback", "rated_on") == [("2026-03-04",)]


@pytest.mark.parametrize("order", ['"YDM"', "3", '["DMY"]'])
def test_an_order_that_is_none_is_refused(tmp_path: Path, order: str):
    error = refusal(tmp_path, feedback("3/4/26"), f'marketplace = "GB"\ndate_order = {order}\n')
    assert (error.where, error.column) == ("shop/account.toml", "date_order")


def test_a_day_that_no_order_reads_is_a_reject_of_its_own(tmp_path: Path):
    account = read(tmp_path, feedback("3/4/26", "32/3/26", "31/31/26"), 'marketplace = "GB"\nmax_reject = 1\n')
    reason = "is not a date as this report writes it on this marketplace"
    assert rejects(account) == [(3, "Date", reason), (4, "Date", reason)]
    assert ledger(account)["feedback.tsv"] == (3, 1, 0, 0, 2)


def test_days_in_both_orders_contradict_each_other(tmp_path: Path):
    error = refusal(tmp_path, feedback("3/4/26", "13/4/26", "4/13/26"), 'marketplace = "GB"\n')
    assert str(error) == (
        "shop/feedback.tsv, row 4, column Date: expected days all written in one order. "
        "Other rows of it begin with the other number: download it again."
    )
