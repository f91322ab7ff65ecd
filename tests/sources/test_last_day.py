"""The default day looked at: the last the files speak of, but for a year that was mistyped."""

from datetime import date
from pathlib import Path

import pytest

from sellerhealth.definition import account as clock
from sellerhealth.sources import last_day
from tests.sources.folder import ALL_ORDERS, FEEDBACK, alone, order, text

TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (clock, last_day):
        monkeypatch.setattr(module, "today", lambda _zone: TODAY)


def orders(*days: str) -> str:
    bought = [order(f"111-{number:07d}-0000001", purchase_date=f"{day}T18:00:00Z") for number, day in enumerate(days)]
    return text(ALL_ORDERS, *bought)


MARCH = [f"2026-03-{day:02d}" for day in range(1, 11)]
REMARK = "1 row of orders is dated after today, long after all others: correct its date. The last day is 2026-03-10."
REMARKS = "2 rows of orders are dated after today, long after all others: correct their dates. The last day is {}."


@pytest.mark.parametrize(
    ("days", "last", "remarks"),
    [
        (MARCH, "2026-03-10", ()),
        ([*MARCH, "2062-03-05"], "2026-03-10", (REMARK,)),
        ([*MARCH, "2062-03-05", "2062-03-06"], "2026-03-10", (REMARKS.format("2026-03-10"),)),
        ([*MARCH, "2062-03-05", "2091-03-06"], "2026-03-10", (REMARKS.format("2026-03-10"),)),
        # 31 empty days are no gap, 32 are one: 10 March and 11 or 12 April.
        ([*MARCH, "2026-04-11"], "2026-04-11", ()),
        ([*MARCH, "2026-04-12"], "2026-03-10", (REMARK,)),
        # A clock that is wrong: the most of what is told lies after it.
        (["2025-01-01", *(f"2027-{day[5:]}" for day in MARCH)], "2027-03-10", ()),
        (["2027-03-01"], "2027-03-01", ()),
        # Before today a gap is a pause of the business.
        (["2025-01-01", "2025-01-02", "2026-03-19"], "2026-03-19", ()),
        # Tomorrow is no mistake: there are other zones.
        ([*MARCH[:2], "2026-03-21"], "2026-03-21", ()),
    ],
)
def test_the_last_day(tmp_path: Path, days: list[str], last: str, remarks: tuple[str, ...]):
    account = alone(tmp_path, {"orders.tsv": orders(*days)})
    assert (account.last_day.isoformat(), account.remarks) == (last, remarks)
    assert account.day("") == account.last_day
    assert account.day("2062-03-05") == date(2062, 3, 5)


def test_each_table_is_told_by_itself(tmp_path: Path):
    stars = text(FEEDBACK, {"Date": "3/5/62", "Rating": "1", "Order ID": "111-0000001-0000001"})
    account = alone(tmp_path, {"orders.tsv": orders(*MARCH, "2062-03-05", "2062-03-06"), "f.tsv": stars})
    assert account.last_day == date(2026, 3, 10)
    assert account.remarks == (REMARKS.format("2026-03-10"), REMARK.replace("orders", "feedback"))


def test_without_files_it_is_today(tmp_path: Path):
    account = alone(tmp_path, {})
    assert account.last_day is None
    assert account.day("") == TODAY
