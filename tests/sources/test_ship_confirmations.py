"""The seller's own log of shipment confirmations."""

from pathlib import Path

import pytest

from tests.sources.folder import CONFIRMATIONS, ID, ID_2, LENIENT, filled, ledger, read, refusal, rejects, rows, text


def file(*cells: tuple[str, str, str]) -> dict[str, str]:
    told = (dict(zip(CONFIRMATIONS, row, strict=True)) for row in cells)
    return {"log.csv": text(CONFIRMATIONS, *told, delimiter=",")}


def test_the_whole_log(tmp_path: Path):
    account = read(
        tmp_path,
        file(
            (ID, "2026-03-03T09:00:00-08:00", "UPS"),
            (ID, "2026-03-04T09:00:00-08:00", ""),
            (ID_2, "2026-03-03T17:00:00Z", "DHL"),
        ),
    )
    assert filled(account, "packages") == [
        {"account": "shop", "order_id": ID, "package_confirmed_at": "2026-03-03 17:00:00", "package_carrier": "UPS"},
        {"account": "shop", "order_id": ID, "package_confirmed_at": "2026-03-04 17:00:00"},
        {"account": "shop", "order_id": ID_2, "package_confirmed_at": "2026-03-03 17:00:00", "package_carrier": "DHL"},
    ]
    assert ledger(account)["log.csv"] == (3, 3, 0, 0, 0)
    assert {"packages", "packages.package_confirmed_at", "packages.package_carrier"} <= account.provided


@pytest.mark.parametrize(
    "header",
    [
        "order-id,confirmation-date,carrier-name",
        "amazon-order-id,ship-confirmed-at,carrier-code",
        "x,order_id,confirmed_at",
    ],
)
def test_the_other_names_of_its_columns(tmp_path: Path, header: str):
    cells = {"x": "", "carrier-name": "UPS", "carrier-code": "UPS"}
    row = [
        cells.get(name, ID if name.endswith(("order_id", "order-id")) else "2026-03-03T17:00:00Z")
        for name in header.split(",")
    ]
    account = read(tmp_path, {"log.csv": header + "\n" + ",".join(row) + "\n"})
    assert rows(account, "packages", "order_id", "package_confirmed_at") == [(ID, "2026-03-03 17:00:00")]


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2026-03-03 09:00:00", "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"),
        ("3/3/26", "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"),
        ("", "is empty"),
    ],
)
def test_a_confirmation_needs_its_moment(tmp_path: Path, when: str, reason: str):
    account = read(tmp_path, file((ID, when, "UPS"), (ID_2, "2026-03-03T17:00:00Z", "UPS")), LENIENT)
    assert rejects(account) == [(2, "confirmed_at", reason)]


def test_two_names_for_one_column_are_refused(tmp_path: Path):
    error = refusal(tmp_path, {"log.csv": f"order_id,order-id,confirmed_at\n{ID},{ID},2026-03-03T17:00:00Z\n"})
    assert (error.row, error.column, error.expected) == (1, "order_id", "each column once")
