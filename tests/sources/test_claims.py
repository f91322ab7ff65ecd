"""The claims CSV that a seller keeps."""

from pathlib import Path

import pytest

from tests.sources.folder import CLAIMS, ID, ID_2, LENIENT, filled, ledger, read, rejects, rows, text


def claim(order_id: str = ID, **more: str) -> dict[str, str]:
    told = {"order_id": order_id, "opened_at": "2026-03-05", "claim_type": "A-to-z", "status": "Granted"}
    return {**told, **more}


def file(*claims: dict[str, str]) -> dict[str, str]:
    return {"claims.csv": text(CLAIMS, *claims, delimiter=",")}


def test_the_whole_file(tmp_path: Path):
    told = (
        claim(funded_by="Amazon", counts_against_odr="no"),
        claim(ID_2, claim_type="chargeback", status="under review", counts_against_odr="Y"),
    )
    account = read(tmp_path, file(*told))
    assert filled(account, "claims") == [
        {
            "account": "shop",
            "order_id": ID,
            "claim_type": "A_TO_Z",
            "opened_on": "2026-03-05",
            "claim_status": "GRANTED",
            "funded_by": "AMAZON",
            "counts_against_odr": False,
        },
        {
            "account": "shop",
            "order_id": ID_2,
            "claim_type": "CHARGEBACK",
            "opened_on": "2026-03-05",
            "claim_status": "PENDING",
            "counts_against_odr": True,
        },
    ]
    assert ledger(account)["claims.csv"] == (2, 2, 0, 0, 0)


@pytest.mark.parametrize(
    ("column", "theirs", "ours"),
    [
        ("claim_type", "A to Z", "A_TO_Z"),
        ("claim_type", "AtoZ", "A_TO_Z"),
        ("claim_type", "A_TO_Z", "A_TO_Z"),
        ("claim_type", "Chargeback", "CHARGEBACK"),
        ("status", "Pending", "PENDING"),
        ("status", "Open", "PENDING"),
        ("status", "Withdrawn", "WITHDRAWN"),
        ("status", "Rejected", "DENIED"),
        ("status", "denied", "DENIED"),
        ("status", "Closed in favour of buyer", "GRANTED"),
    ],
)
def test_a_word_of_the_file(tmp_path: Path, column: str, theirs: str, ours: str):
    account = read(tmp_path, file(claim(**{column: theirs})))
    assert rows(account, "claims", {"status": "claim_status"}.get(column, column)) == [(ours,)]


@pytest.mark.parametrize(
    ("opened", "day"),
    [
        ("2026-03-05", "2026-03-05"),
        ("3/5/2026", "2026-03-05"),
        ("2026-03-05T07:59:59Z", "2026-03-04"),
        ("2026-03-05T08:00:00+00:00", "2026-03-05"),
    ],
)
def test_the_day_is_a_day_of_the_marketplace(tmp_path: Path, opened: str, day: str):
    assert rows(read(tmp_path, file(claim(opened_at=opened))), "claims", "opened_on") == [(day,)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"claim_type": "refund"}, "is not one of the words known for this column: a to z, chargeback"),
        ({"status": "lost"}, "is not one of the words known for this column: pending, withdrawn, denied, granted"),
        ({"status": ""}, "is empty"),
        ({"funded_by": "nobody"}, "is not one of the words known for this column: seller, buyer, amazon"),
        ({"counts_against_odr": "maybe"}, "is not yes or no"),
        ({"opened_at": "5/32/2026"}, "is not a date as this report writes it on this marketplace"),
        ({"opened_at": "3/5/26"}, "is not a date as this report writes it on this marketplace"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], reason: str):
    account = read(tmp_path, file(claim(**cells), claim(ID_2)), LENIENT)
    assert rejects(account) == [(2, next(iter(cells)), reason)]
    assert rows(account, "claims", "order_id") == [(ID_2,)]


def test_the_optional_columns_may_be_missing(tmp_path: Path):
    account = read(tmp_path, {"claims.csv": f"Order ID,date,type,status\n{ID},2026-03-05,chargeback,open\n"})
    assert filled(account, "claims") == [
        {
            "account": "shop",
            "order_id": ID,
            "claim_type": "CHARGEBACK",
            "opened_on": "2026-03-05",
            "claim_status": "PENDING",
        }
    ]
    assert "claims.funded_by" not in account.provided


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_do_as_well(tmp_path: Path, delimiter: str):
    account = read(tmp_path, {"claims.csv": text(CLAIMS, claim(), delimiter=delimiter)})
    assert rows(account, "claims", "order_id", "claim_status") == [(ID, "GRANTED")]


def test_a_file_without_claims_is_no_error(tmp_path: Path):
    account = read(tmp_path, file())
    assert ledger(account)["claims.csv"] == (0, 0, 0, 0, 0)
    assert "claims" in account.provided
