"""The history of an account lives where its files live, and every machine adds to it."""

import os
from datetime import UTC, date, datetime

import pytest

from sellerhealth.sources import first_seen, history
from tests.remote.bucket import refusal
from tests.remote.conftest import Agency, tree
from tests.sources.folder import CLAIMS, ID, ID_2, ONE_ORDER, rows, text
from tests.sources.test_history import RATES, THREE, report

SEEN = ".history/first_seen.sqlite"


def download(agency: Agency, day: str) -> None:
    """A report of March that takes the place of the one before, as downloads of one name do."""
    written = datetime.fromisoformat(f"2026-03-{day}T12:00:00+00:00").astimezone(UTC)
    agency.put({"orders.tsv": ONE_ORDER, "performance.json": report(day, RATES[day])}, modified=written)


def claimed(agency: Agency, order: str, day: str) -> None:
    """The one claim that the seller downloaded on a day of March."""
    written = datetime.fromisoformat(f"2026-03-{day}T12:00:00+00:00").astimezone(UTC)
    claim = {"order_id": order, "opened_at": "2026-03-01", "claim_type": "A-to-z", "status": "Granted"}
    agency.put({"claims.csv": text(CLAIMS, claim, delimiter=",")}, modified=written)


def week(agency: Agency, machine: str) -> list[tuple[object, ...]]:
    """What a run on a machine knows of the late shipment rate."""
    agency.machine(machine)
    account = agency.open()
    assert agency.push() == ""
    return rows(account, "performance", "figure_to", "figure_rate")


def seen(agency: Agency) -> list[date]:
    folder = agency.fetch() / "shop"
    return sorted(first_seen.known(folder, "claims")["seen_on"])


def questions(agency: Agency) -> list[str]:
    """What was asked of storage since this was last asked."""
    told = [f"{method} {key.removeprefix('accounts/shop/')}".strip() for method, key, _ in agency.bucket.asked]
    agency.bucket.asked.clear()
    return told


def test_every_machine_knows_what_the_others_saw(agency: Agency):
    for day, machine in zip(RATES, ("here", "there", "elsewhere"), strict=True):
        download(agency, day)
        known = week(agency, machine)
    assert known == THREE
    assert week(agency, "here") == THREE


def test_nothing_is_asked_when_nothing_was_remembered(agency: Agency):
    download(agency, "01")
    week(agency, "here")
    questions(agency)
    assert agency.push() == ""
    assert questions(agency) == []
    assert week(agency, "there") == THREE[:1]
    assert [one for one in questions(agency) if one.startswith("PUT")] == []
    assert agency.push() == ""
    agency.fetch()
    assert questions(agency) == ["GET"]


def test_machines_that_write_at_once_lose_nothing(agency: Agency):
    claimed(agency, ID, "08")
    agency.open()
    claimed(agency, ID_2, "15")
    agency.machine("there")
    agency.open()
    assert agency.push() == ""
    agency.machine("here")
    assert agency.push() == ""
    assert seen(agency) == [date(2026, 3, 8), date(2026, 3, 15)]
    agency.machine("new")
    assert seen(agency) == [date(2026, 3, 8), date(2026, 3, 15)]


def test_the_earlier_of_two_days_stays(agency: Agency):
    claimed(agency, ID, "15")
    agency.open()
    agency.push()
    agency.machine("there")
    claimed(agency, ID, "08")
    agency.open()
    agency.push()
    for machine in ("here", "there", "new"):
        agency.machine(machine)
        assert seen(agency) == [date(2026, 3, 8)]


def test_where_one_may_only_read_the_copy_remembers(agency: Agency):
    for day in RATES:
        download(agency, day)
        known = rows(agency.open(), "performance", "figure_to", "figure_rate")
        first = next(name for name in tree(agency.fetch() / "shop") if name.startswith(history.FOLDER))
        agency.bucket.fail(f"PUT accounts/shop/{first}", refusal(403, "AccessDenied"))
        assert agency.push() == (
            "The history of shop is on this machine only, because it could not be written back. "
            f"s3://agency/accounts/shop/{first}: expected storage that lets you in. "
            "Check the credentials in the environment, and that they may list, read and (for the history) write there."
        )
    assert known == THREE
    assert agency.push() == ""
    agency.machine("there")
    assert rows(agency.open(), "performance", "figure_to", "figure_rate") == THREE


def test_what_was_deleted_there_by_mistake_is_written_again(agency: Agency):
    download(agency, "01")
    week(agency, "here")
    kept = [key for key in agency.bucket.objects if "/.history/" in key]
    for key in kept:
        del agency.bucket.objects[key]
    download(agency, "08")
    assert week(agency, "here") == THREE[:2]
    assert set(kept) < agency.bucket.objects.keys()


def test_a_damaged_history_is_set_aside_once(agency: Agency):
    download(agency, "01")
    week(agency, "here")
    (name,) = [key for key in agency.bucket.objects if key.endswith(".parquet")]
    agency.bucket.put(name, "damaged")
    agency.remove("performance.json")
    agency.machine("there")
    for number in range(3):
        agency.put({"orders.tsv": ONE_ORDER + "\n" * number})
        (remark,) = agency.open().remarks
        assert remark.startswith("In shop/.history 1 file is damaged")
        agency.push()
    assert agency.bucket.objects[name].content == b"damaged"


@pytest.mark.parametrize("name", ["a/b.parquet", "notes.txt", "x.parquet.damaged", "NUL.parquet"])
def test_what_is_no_history_is_left_there(agency: Agency, name: str):
    agency.put({f".history/{name}": "x"})
    assert tree(agency.fetch() / "shop") == ["account.toml"]


def test_a_history_in_a_folder_by_its_address(agency: Agency):
    there = agency.home / "data" / "shop"
    there.mkdir(parents=True)
    (there / "account.toml").write_text('marketplace = "US"\n')
    agency.data = there.parent.as_uri()
    for day, machine in zip(RATES, ("here", "there", "here"), strict=True):
        path = there / "performance.json"
        path.write_text(report(day, RATES[day]))
        noon = datetime.fromisoformat(f"2026-03-{day}T12:00:00+00:00").astimezone(UTC).timestamp()
        os.utime(path, (noon, noon))
        known = week(agency, machine)
    assert known == THREE
