"""Seller feedback: each marketplace writes its days in its own order."""

from pathlib import Path

import pytest

from tests.sources.folder import FEEDBACK, ID, ID_2, filled, ledger, read, real, refusal, rejects, rows, text

WRITTEN = [
    ("US", "3/4/26", "2026-03-04"),
    ("US", "03/04/26", "2026-03-04"),
    ("US", "3/14/26", "2026-03-14"),
    ("US", "3/4/2026", "2026-03-04"),
    ("GB", "3/4/26", "2026-04-03"),
    ("GB", "14/03/26", "2026-03-14"),
    ("GB", "2026-03-04", "2026-03-04"),
    ("FR", "14/03/2026", "2026-03-14"),
    ("CA", "3/4/26", "2026-04-03"),
    ("MX", "3/4/26", "2026-04-03"),
    ("BR", "3/4/26", "2026-04-03"),
    ("DE", "3.4.26", "2026-04-03"),
    ("DE", "14.03.26", "2026-03-14"),
    ("DE", "3/4/26", "2026-04-03"),
    ("US", "Mar 4, 2026", "2026-03-04"),
    ("JP", "26/3/4", "2026-03-04"),
    ("JP", "2026/03/04", "2026-03-04"),
    ("SE", "2026-03-04", "2026-03-04"),
    ("GB", "2026-03-04", "2026-03-04"),
    ("DE", "3/4/26", "2026-04-03"),
    ("US", "Mar 4, 2026", "2026-03-04"),
]
OTHER_ORDER = [("US", "14/3/26", "day"), ("GB", "3/14/26", "month"), ("DE", "3.14.26", "month")]
NO_DAY = [("US", "4.3.26"), ("US", "2/30/26"), ("JP", "4/3/26x"), ("JP", "26/14/3")]


def rating(day: str, stars: str = "2", order_id: str = ID) -> dict[str, str]:
    return {
        "Date": day,
        "Rating": stars,
        "Comments": 'Broke, "5 pieces"',
        "Your Response": "Sorry",
        "Order ID": order_id,
        "Rater Email": "buyer@example.com",
    }


def toml(code: str, *more: str) -> str:
    return "\n".join([f'marketplace = "{code}"', *more]) + "\n"


def test_the_whole_report(tmp_path: Path):
    report = text(FEEDBACK, rating("3/4/26", "1"), rating("3/5/26", "3", ID_2), rating("3/6/26", "2", ID_2))
    account = read(tmp_path, {"feedback.tsv": report})
    assert filled(account, "feedback") == [
        {"account": "shop", "order_id": ID, "rated_on": "2026-03-04", "rating": 1},
        {"account": "shop", "order_id": ID_2, "rated_on": "2026-03-05", "rating": 3},
        {"account": "shop", "order_id": ID_2, "rated_on": "2026-03-06", "rating": 2},
    ]
    assert ledger(account)["feedback.tsv"] == (3, 3, 0, 0, 0)
    assert {"feedback", "feedback.rated_on", "feedback.rating"} <= account.provided


@pytest.mark.parametrize(("code", "written", "day"), WRITTEN)
def test_a_day_in_the_order_of_its_marketplace(tmp_path: Path, code: str, written: str, day: str):
    account = read(tmp_path, {"feedback.tsv": text(FEEDBACK, rating(written))}, toml(code))
    assert rows(account, "feedback", "rated_on") == [(day,)]


@pytest.mark.parametrize(("code", "written", "first"), OTHER_ORDER)
def test_a_day_that_disproves_the_order_refuses_the_file(tmp_path: Path, code: str, written: str, first: str):
    report = text(FEEDBACK, rating("3/4/26"), rating(written, order_id=ID_2))
    error = refusal(tmp_path, {"feedback.tsv": report}, toml(code, "max_reject = 1.0"))
    assert (error.where, error.row, error.column) == ("shop/feedback.tsv", 3, "Date")
    assert error.what_to_do.startswith(f"Here it is the {first} that comes first")


@pytest.mark.parametrize(("code", "written"), NO_DAY)
def test_what_is_no_day_is_rejected(tmp_path: Path, code: str, written: str):
    account = read(tmp_path, {"feedback.tsv": text(FEEDBACK, rating(written))}, toml(code, "max_reject = 1.0"))
    assert rejects(account) == [(2, "Date", "is not a date as this report writes it on this marketplace")]
    assert rows(account, "feedback") == []


@pytest.mark.parametrize(
    ("stars", "reason"),
    [
        ("7", "is larger than possible"),
        ("0", "is smaller or earlier than possible"),
        ("", "is empty"),
        ("-1", "is not a whole number"),
        ("2.5", "is not a whole number"),
        ("two", "is not a whole number"),
    ],
)
def test_stars_are_one_to_five(tmp_path: Path, stars: str, reason: str):
    account = read(tmp_path, {"feedback.tsv": text(FEEDBACK, rating("3/4/26", stars))}, toml("US", "max_reject = 1"))
    assert rejects(account) == [(2, "Rating", reason)]


@pytest.mark.parametrize(
    ("code", "written"), [("US", "3/4/026"), ("SE", "26-03-04"), ("SE", "3/4/26"), ("JP", "026/3/4")]
)
def test_no_rating_is_of_the_year_26(tmp_path: Path, code: str, written: str):
    account = read(tmp_path, {"feedback.tsv": text(FEEDBACK, rating(written))}, toml(code, "max_reject = 1"))
    assert rejects(account) == [(2, "Date", "is not a date as this report writes it on this marketplace")]


@pytest.mark.parametrize("response", ["Your Response", "Response"])
def test_the_older_layout_with_three_more_columns(tmp_path: Path, response: str):
    header = [*FEEDBACK[:3], response, "Arrived on Time", "Item as Described", "Customer Service", *FEEDBACK[4:]]
    told = {**rating("3/4/26"), response: "Sorry", "Arrived on Time": "Yes"}
    account = read(tmp_path, {"feedback.tsv": text(header, {name: told[name] for name in header if name in told})})
    assert rows(account, "feedback", "order_id", "rated_on", "rating") == [(ID, "2026-03-04", 2)]


def test_the_real_header(tmp_path: Path):
    header = real("seller_feedback_header.tsv").decode().strip("\r\n")
    assert header.split("\t") == FEEDBACK
    account = read(tmp_path, {"feedback.tsv": header + "\n"})
    assert account.ledger.filter(file="shop/feedback.tsv").select("layout", "read", "note").row(0) == (
        "the seller feedback report",
        0,
        "no rows below the header",
    )
