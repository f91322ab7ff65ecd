"""The surveys CSV."""

from pathlib import Path

import pytest

from tests.sources.folder import LENIENT, SURVEYS, ledger, read, rejects, rows, text


def answer(thread_id: str = "T-1", **more: str) -> dict[str, str]:
    return {"thread_id": thread_id, "answered_at": "2026-03-05T10:00:00Z", **more}


def file(*told: dict[str, str]) -> dict[str, str]:
    return {"surveys.csv": text(SURVEYS, *told, delimiter=",")}


def test_the_whole_file(tmp_path: Path):
    told = (
        answer(score="9", solved="yes"),
        answer("T-2", score="0", solved="no", answered_at="2026-03-05T23:30:00-08:00"),
        answer("T-3"),
    )
    account = read(tmp_path, file(*told))
    assert rows(account, "surveys") == [
        ("shop", "T-1", "2026-03-05 10:00:00", 9, True),
        ("shop", "T-2", "2026-03-06 07:30:00", 0, False),
        ("shop", "T-3", "2026-03-05 10:00:00", None, None),
    ]
    assert ledger(account)["surveys.csv"] == (3, 3, 0, 0, 0)
    assert {"surveys", "surveys.score", "surveys.is_solved"} <= account.provided
    assert account.last_day.isoformat() == "2026-03-05"


def test_an_answer_told_twice_is_one_and_a_later_one_another(tmp_path: Path):
    told = (answer(score="3"), answer(score="3"), answer(score="8", answered_at="2026-03-06T10:00:00Z"))
    account = read(tmp_path, file(*told))
    assert ledger(account)["surveys.csv"] == (3, 2, 1, 0, 0)
    assert rows(account, "surveys", "answered_at", "score") == [("2026-03-05 10:00:00", 3), ("2026-03-06 10:00:00", 8)]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"score": "11"}, "score", "is larger than possible"),
        ({"score": "-1"}, "score", "is not a whole number"),
        ({"score": "8.5"}, "score", "is not a whole number"),
        ({"solved": "partly"}, "solved", "is not yes or no"),
        (
            {"answered_at": "2026-03-05"},
            "answered_at",
            "is not a time with its zone, such as 2026-01-31T09:30:00+00:00",
        ),
        ({"answered_at": ""}, "answered_at", "is empty"),
        ({"thread_id": ""}, "thread_id", "is empty"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, cells: dict[str, str], column: str, reason: str):
    account = read(tmp_path, file({**answer(), **cells}, answer("T-2", score="10")), LENIENT)
    assert rejects(account) == [(2, column, reason)]
    assert rows(account, "surveys", "thread_id", "score") == [("T-2", 10)]
