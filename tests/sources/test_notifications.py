"""The notifications CSV: how a notification moves."""

from datetime import date
from pathlib import Path

import pytest

from sellerhealth import policy
from sellerhealth.definition.columns import NOTIFICATION_STATES, SEVERITIES, VIOLATIONS
from sellerhealth.measure.notifications import standing
from sellerhealth.sources.account import open_account
from tests.sources.folder import LENIENT, NAME, NOTIFICATIONS, filled, ledger, put, read, rejects, rows, text

DAY = date(2026, 3, 31)


def notification(**more: str) -> dict[str, str]:
    return {"date": "2026-03-01", "category": "Listing policy", "state": "Unread", **more}


def content(*told: dict[str, str]) -> str:
    return text(NOTIFICATIONS, *told, delimiter=",")


def file(*told: dict[str, str]) -> dict[str, str]:
    return {"notifications.csv": content(*told)}


def test_the_whole_file(tmp_path: Path):
    told = (
        notification(id="N-1", severity="High", asin="B000000001", noted_on="2026-03-04"),
        notification(category="PRODUCT_CONDITION", state="resolved", resolved_on="3/9/2026"),
    )
    account = read(tmp_path, file(*told))
    assert filled(account, "notifications") == [
        {
            "account": "shop",
            "notification_id": "N-1",
            "notified_on": "2026-03-01",
            "category": "LISTING_POLICY",
            "severity": "HIGH",
            "asin": "B000000001",
            "state": "UNREAD",
            "noted_on": "2026-03-04",
        },
        {
            "account": "shop",
            "notified_on": "2026-03-01",
            "category": "PRODUCT_CONDITION",
            "state": "RESOLVED",
            "resolved_on": "2026-03-09",
        },
    ]
    assert ledger(account)["notifications.csv"] == (2, 2, 0, 0, 0)
    assert account.last_day.isoformat() == "2026-03-01"


@pytest.mark.parametrize("column", ["category", "severity", "state"])
def test_every_word_of_the_tables_is_known_with_underlines_and_with_spaces(tmp_path: Path, column: str):
    words = {"category": VIOLATIONS, "severity": SEVERITIES, "state": NOTIFICATION_STATES}[column]
    written = [form for word in words for form in (word, word.replace("_", " ").lower())]
    told = [notification(**{"id": str(number), column: word}) for number, word in enumerate(written)]
    account = read(tmp_path, file(*told))
    assert sorted(word for (word,) in rows(account, "notifications", column)) == sorted([*words, *words])


@pytest.mark.parametrize(
    ("column", "theirs", "ours"),
    [
        ("category", "Suspected Intellectual Property Violations", "INTELLECTUAL_PROPERTY_SUSPECTED"),
        ("category", "Received Intellectual Property Complaints", "INTELLECTUAL_PROPERTY_RECEIVED"),
        ("category", "Product Authenticity Customer Complaints", "PRODUCT_AUTHENTICITY"),
        ("category", "Food and Product Safety Issues", "FOOD_AND_PRODUCT_SAFETY"),
        ("category", "Restricted Product Policy Violations", "RESTRICTED_PRODUCT"),
        ("category", "Customer Product Reviews Policy Violations", "CUSTOMER_REVIEWS"),
        ("category", "Document requests", "DOCUMENT_REQUEST"),
        ("state", "New", "UNREAD"),
        ("state", "open", "UNREAD"),
        ("state", "appealed", "UNDER_REVIEW"),
        ("state", "Closed", "RESOLVED"),
    ],
)
def test_a_word_of_account_health(tmp_path: Path, column: str, theirs: str, ours: str):
    account = read(tmp_path, file(notification(**{column: theirs})))
    assert rows(account, "notifications", column) == [(ours,)]


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_every_note_is_kept_with_its_day(tmp_path: Path, names: tuple[str, str]):
    before = content(notification(id="N-1", state="resolved", noted_on="2026-03-05"))
    after = content(notification(id="N-1", state="under review", noted_on="2026-03-06"))
    account = read(tmp_path, dict(zip(names, (before, after), strict=True)))
    assert sorted(rows(account, "notifications", "noted_on", "state")) == [
        ("2026-03-05", "RESOLVED"),
        ("2026-03-06", "UNDER_REVIEW"),
    ]
    assert (ledger(account)[names[0]], ledger(account)[names[1]]) == ((1, 1, 0, 0, 0), (1, 1, 0, 0, 0))


def test_of_two_notes_of_one_day_the_state_that_moved_on_is_used(tmp_path: Path):
    told = [notification(id="N-1", state=state, noted_on="2026-03-05") for state in ("resolved", "read")]
    account = read(tmp_path, file(*told))
    assert rows(account, "notifications", "state") == [("RESOLVED",)]
    assert ledger(account)["notifications.csv"] == (2, 1, 0, 1, 0)


@pytest.mark.parametrize("order", [1, -1])
def test_an_account_stands_on_each_day_as_it_was_noted(tmp_path: Path, order: int):
    notes = [("unread", "2026-03-02"), ("under review", "2026-03-05"), ("resolved", "2026-03-09")]
    told = [notification(id="N-1", state=state, noted_on=day) for state, day in notes]
    account = read(tmp_path, file(*told[::order]))
    state = policy("handbook").states["policy_violations"]
    days = {1: "YELLOW", 4: "YELLOW", 5: "RED", 8: "RED", 9: "GREEN"}
    assert {day: standing(state, account, date(2026, 3, day))["level"].item() for day in days} == days


def test_of_two_marketplaces_the_first_has_the_list(tmp_path: Path):
    put(tmp_path, file(notification()), 'marketplace = ["US", "CA"]\n')
    state = policy("handbook").states["policy_violations"]
    accounts = {place: open_account(tmp_path, NAME, place) for place in ("US", "CA")}
    levels = {place: standing(state, account, DAY)["level"].item() for place, account in accounts.items()}
    assert levels == {"US": "YELLOW", "CA": "NONE"}


@pytest.mark.parametrize("state", ["Read", "Under review", "Resolved"])
@pytest.mark.parametrize("asin", ["", "B000000001"])
def test_without_a_day_of_the_note_the_state_that_moved_on_is_used(tmp_path: Path, state: str, asin: str):
    told = [notification(state=state, asin=asin), notification(asin=asin)]
    account = read(tmp_path, file(*told))
    assert rows(account, "notifications", "state") == [(state.upper().replace(" ", "_"),)]
    assert ledger(account)["notifications.csv"] == (2, 1, 0, 1, 0)


def test_two_products_are_two_notifications_and_one_row_twice_is_one(tmp_path: Path):
    one, other = notification(asin="B000000001"), notification(asin="B000000002")
    account = read(tmp_path, file(one, other, one, notification()))
    assert ledger(account)["notifications.csv"] == (4, 3, 1, 0, 0)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"category": "bad luck"}, "category", "is not one of the words known for this column"),
        (
            {"state": "gone"},
            "state",
            "is not one of the words known for this column: unread, read, under review, resolved",
        ),
        ({"severity": "9"}, "severity", "is not one of the words known for this column: low, medium, high, critical"),
        ({"category": ""}, "category", "is empty"),
        ({"state": ""}, "state", "is empty"),
        ({"date": ""}, "date", "is empty"),
        ({"date": "13/13/2026"}, "date", "is not a date as this report writes it on this marketplace"),
        ({"resolved_on": "soon"}, "resolved_on", "is not a date as this report writes it on this marketplace"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = read(tmp_path, file(notification(**cells), notification(id="N-2")), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "notifications", "notification_id") == [("N-2",)]
