"""Another account, marketplace, policy or day is opened as a notebook opens it; what cannot be opened says why."""

from dataclasses import replace
from datetime import date

import pytest

import sellerhealth as sh
from sellerhealth.show.controls import tabs
from sellerhealth.show.controls.opener import Opener
from sellerhealth.show.controls.subject import Subject
from tests.show.markup import harmless, text_of
from tests.show.test_controls import by_code
from tests.sources.folder import ALL_ORDERS, order, put, text

BOTH = 'marketplace = ["US", "CA"]\nlabel = "Both & more"\n'
CANADIAN = {"sales_channel": "Amazon.ca"}
FILES = {
    "north": (BOTH, [order("111-0000000-0000001"), order("111-0000000-0000002", **CANADIAN)]),
    "south": ('marketplace = "US"\n', [order(f"111-0000000-000000{place}") for place in (3, 4, 5)]),
}


@pytest.fixture
def data(tmp_path):
    """Two accounts; the orders of both were bought on 1 March 2026."""
    for name, (toml, orders) in FILES.items():
        put(tmp_path, {"orders.tsv": text(ALL_ORDERS, *orders)}, toml, name)
    return tmp_path


@pytest.fixture
def opened(data):
    """An opener on the account `south`, and the subjects it has shown since."""
    session = sh.open_session(account="south", marketplace="", as_of="2026-03-20", policy="", data=str(data))
    page = Subject(metric=session.metric("cancellation_rate"), account=session.account, as_of=session.as_of)
    seen = []
    return Opener(page, str(data), "", seen.append), seen, page


def says(opener):
    return text_of(harmless(opener.says.value))


def counted(subject):
    """The orders counted over the longest window, as the lines give them."""
    made = tabs.Tabs()
    made.show(subject)
    found = by_code(made.panels[0])
    assert found[0].equals(made.panels[0].looks[0].frame)
    return found[0]["counted"].max()


def test_another_account_is_opened_on_its_last_day(opened):
    opener, seen, _ = opened
    assert (opener.account.options, opener.marketplace.options) == (("north", "south"), ("US",))
    opener.account.value = "north"
    (found,) = seen
    assert (found.account.name, found.account.marketplace.code) == ("north", "US")
    assert opener.marketplace.options == ("US", "CA")
    assert says(opener) == "Open: Both & more, 1 Mar 2026."
    assert found.opening[0].startswith(
        'session = sh.open_session(account="north", marketplace="US", as_of="2026-03-01"'
    )
    opener.day.value = date(2026, 3, 2)
    assert counted(seen[-1]) == 1


def test_another_marketplace_policy_and_day(opened):
    opener, seen, _ = opened
    opener.account.value = "north"
    opener.marketplace.value = "CA"
    opener.policy.value = "amazon-2026"
    opener.day.value = date(2026, 3, 10)
    found = seen[-1]
    assert len(seen) == 4
    assert (found.account.marketplace.code, found.metric.policy, found.as_of) == (
        "CA",
        "amazon-2026",
        date(2026, 3, 10),
    )
    assert says(opener) == "Open: Both & more, 10 Mar 2026."
    assert counted(found) == 1


def test_back_on_the_page_its_own_names_are_used(opened):
    opener, seen, page = opened
    opener.day.value = date(2026, 3, 10)
    assert seen[-1].opening
    opener.day.value = page.as_of
    assert seen[-1] is page
    assert counted(page) == 3


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: (data / "north" / "account.toml").write_text("marketplace = 3"), "account.toml"),
        (lambda data: (data / "north" / "orders.tsv").write_bytes(b"\xff\xfe\x00"), "orders.tsv"),
        (lambda data: (data / "north" / "account.toml").unlink(), "account.toml"),
    ],
    ids=["settings", "a broken file", "settings gone"],
)
def test_what_cannot_be_opened_says_why(opened, data, spoil, said):
    opener, seen, _ = opened
    spoil(data)
    opener.account.value = "north"
    assert said in says(opener)
    assert says(opener).endswith("Shown is what was open before.")
    assert seen == []
    opener.account.value = "south"
    assert says(opener).startswith("Open: south")


def test_a_day_that_cannot_be_says_why(opened):
    opener, seen, _ = opened
    opener.day.value = date(1901, 1, 1)
    assert "Correct the year. Shown is what was open before." in says(opener)
    assert seen == []


def test_no_day_is_the_last_one(opened):
    opener, seen, _ = opened
    opener.day.value = None
    assert [one.as_of for one in seen] == [date(2026, 3, 1)]
    assert opener.day.value == date(2026, 3, 1)


def test_a_part_of_a_folder_is_on_the_list(opened, data):
    _, _, page = opened
    part = replace(page, account=replace(page.account, name="south/shop 1"))
    opener = Opener(part, str(data), "", lambda _: None)
    assert opener.account.options == ("south/shop 1", "north", "south")
    assert opener.marketplace.options == ("US",)


@pytest.fixture
def somebody(monkeypatch):
    monkeypatch.setattr(tabs, "in_batch", lambda: False)


def test_the_whole_widget_opens_and_looks(somebody, data):
    session = sh.open_session(account="south", marketplace="", as_of="", policy="", data=str(data))
    given = (session.metric("cancellation_rate"), session.account, session.as_of)
    opener, panels = sh.explore(*given, data=str(data)).children
    assert panels.titles == ("Day by day", "Split", "What if", "Compare")
    panels.selected_index = 2
    opener.children[0].children[0].value = "north"
    assert panels.selected_index == 2
    assert panels.children[2].children[1].outputs
    assert not panels.children[0].children[1].outputs
    assert sh.explore(*given).titles == panels.titles
