"""The seller's log of parcels handed over, alone and beside the confirmations."""

from pathlib import Path

import pytest

from tests.sources.folder import (
    CONFIRMATIONS,
    ID,
    ID_2,
    LENIENT,
    PARCELS,
    US,
    ledger,
    read,
    refusal,
    rejects,
    rows,
    text,
)

COLUMNS = ("order_id", "package_confirmed_at", "package_posted_at", "package_carrier")


def file(*cells: tuple[str, str, str]) -> dict[str, str]:
    told = (dict(zip(PARCELS, row, strict=True)) for row in cells)
    return {"parcels.csv": text(PARCELS, *told, delimiter=",")}


def test_the_whole_log(tmp_path: Path):
    account = read(tmp_path, file((ID, "2026-03-03T09:00:00-08:00", "UPS"), (ID, "2026-03-04T09:00:00-08:00", "")))
    assert rows(account, "packages", *COLUMNS) == [
        (ID, None, "2026-03-03 17:00:00", "UPS"),
        (ID, None, "2026-03-04 17:00:00", None),
    ]
    assert ledger(account)["parcels.csv"] == (2, 2, 0, 0, 0)
    assert "packages.package_posted_at" in account.provided
    assert "packages.package_confirmed_at" not in account.provided
    assert account.last_day.isoformat() == "2026-03-04"


def test_parcels_beside_confirmations_are_rows_of_their_own(tmp_path: Path):
    confirmed = {"order_id": ID, "confirmed_at": "2026-03-05T17:00:00Z", "carrier": "UPS"}
    files = {"log.csv": text(CONFIRMATIONS, confirmed, delimiter=","), **file((ID, "2026-03-03T17:00:00Z", "UPS"))}
    account = read(tmp_path, files)
    assert rows(account, "packages", *COLUMNS) == [
        (ID, "2026-03-05 17:00:00", None, "UPS"),
        (ID, None, "2026-03-03 17:00:00", "UPS"),
    ]


def test_a_log_of_both_may_lack_either(tmp_path: Path):
    lines = [
        "order_id,posted_at,confirmed_at,carrier",
        f"{ID},2026-03-03T17:00:00Z,2026-03-03T18:00:00Z,UPS",
        f"{ID_2},2026-03-04T17:00:00Z,,UPS",
        f"{ID_2},,2026-03-05T17:00:00Z,UPS",
    ]
    account = read(tmp_path, {"log.csv": "\n".join([*lines, ""])})
    assert rows(account, "packages", *COLUMNS) == [
        (ID, "2026-03-03 18:00:00", "2026-03-03 17:00:00", "UPS"),
        (ID_2, "2026-03-05 17:00:00", None, "UPS"),
        (ID_2, None, "2026-03-04 17:00:00", "UPS"),
    ]
    assert ledger(account)["log.csv"] == (3, 3, 0, 0, 0)


def test_two_logs_of_one_confirmation_complete_each_other_whatever_else_is_there(tmp_path: Path):
    both = f"order_id,posted_at,confirmed_at\n{ID},2026-03-03T17:00:00Z,2026-03-05T17:00:00Z\n"
    confirmed = {"order_id": ID, "confirmed_at": "2026-03-05T17:00:00Z", "carrier": "UPS"}
    files = {
        "both.csv": both,
        "log.csv": text(CONFIRMATIONS, confirmed, delimiter=","),
        **file((ID_2, "2026-03-04T17:00:00Z", "DHL")),
    }
    assert rows(read(tmp_path, files), "packages", *COLUMNS) == [
        (ID, "2026-03-05 17:00:00", "2026-03-03 17:00:00", "UPS"),
        (ID_2, None, "2026-03-04 17:00:00", "DHL"),
    ]


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2026-03-03", "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"),
        ("", "is empty"),
    ],
)
def test_a_parcel_needs_its_moment(tmp_path: Path, when: str, reason: str):
    account = read(tmp_path, file((ID, when, "UPS"), (ID_2, "2026-03-03T17:00:00Z", "UPS")), LENIENT)
    assert rejects(account) == [(2, "posted_at", reason)]


MAPPED = US + '[[source]]\nfiles = "mine.csv"\ntable = "packages"\n[source.columns]\norder_id = "id"\n'


@pytest.mark.parametrize(
    ("columns", "content", "expected"),
    [
        ('package_posted_at = "out"', f"id,out\n{ID},2026-03-03T17:00:00Z\n", [(None, "2026-03-03 17:00:00")]),
        ('package_confirmed_at = "told"', f"id,told\n{ID},2026-03-03T17:00:00Z\n", [("2026-03-03 17:00:00", None)]),
        (
            'package_confirmed_at = "told"\npackage_posted_at = "out"',
            f"id,told,out\n{ID},,2026-03-03T17:00:00Z\n{ID},2026-03-04T17:00:00Z,\n",
            [("2026-03-04 17:00:00", None), (None, "2026-03-03 17:00:00")],
        ),
    ],
)
def test_a_mapped_log_has_one_moment_or_both(
    tmp_path: Path, columns: str, content: str, expected: list[tuple[str | None, str | None]]
):
    account = read(tmp_path, {"mine.csv": content}, f"{MAPPED}{columns}\n")
    assert rows(account, "packages", "package_confirmed_at", "package_posted_at") == expected


def test_a_mapped_log_without_a_moment_is_refused(tmp_path: Path):
    error = refusal(tmp_path, {"mine.csv": f"id\n{ID}\n"}, MAPPED)
    assert error.expected == "`package_confirmed_at`, without which packages has no rows"


@pytest.mark.parametrize("moment", ["package_posted_at", "package_confirmed_at"])
def test_the_only_moment_of_a_mapped_log_may_not_be_blank(tmp_path: Path, moment: str):
    error = refusal(tmp_path, {"mine.csv": f"id,at\n{ID},\n"}, f'{MAPPED}{moment} = "at"\n')
    assert (error.where, error.row, error.column) == ("shop/mine.csv", 2, "at")
