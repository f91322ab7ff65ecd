"""Random and damaged files: refused in a sentence or read with every row accounted for, and no buyer in any byte.

2,000 cases; SELLERHEALTH_FUZZ asks for another number, SELLERHEALTH_FUZZ_FROM for another first seed. Each case has
its own seed, which a failure names: `SELLERHEALTH_FUZZ=1 SELLERHEALTH_FUZZ_FROM=4711` runs that case again.
"""

import os
import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import polars as pl
import pytest

from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.sources.account import open_account
from tests.bad_input import harm, sound
from tests.bad_input.sound import FILES, TABLES, settings, whole
from tests.sources.folder import ONE_ORDER, put

CASES = int(os.environ.get("SELLERHEALTH_FUZZ", "2000"))
FIRST = int(os.environ.get("SELLERHEALTH_FUZZ_FROM", "0"))
CHUNKS = min(20, CASES)
SLOWEST = 2.0
"""Seconds of work that a case may take on all cores: to write, to open, and to open again."""
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
CANARY = "Ford-Prefect-42"
"""Stands in every cell that no reader needs, among them names, addresses, e-mail addresses and comments."""
GIVEN = {"account.toml", "orders.tsv"}


def plant(column: str) -> str:
    return CANARY


def damaged(name: str, chance: random.Random) -> bytes:
    if chance.random() < 0.05:
        return chance.randbytes(chance.randrange(3_000))
    content = _table(name, chance) if name in TABLES else _document(name, chance)
    for change in chance.choices(harm.BYTES, k=chance.choice([0, 0, 1, 1, 2])):
        content = change(content, chance)
    return content


def _table(name: str, chance: random.Random) -> bytes:
    """A table with cells, rows or columns out of their places."""
    cells = sound.grid(name, plant)
    for change in chance.choices(harm.CELLS, k=chance.randint(0, 2)):
        cells = change(cells, chance) if cells and cells[0] and len(cells) > 1 else cells
    return sound.written(name, cells)


def _document(name: str, chance: random.Random) -> bytes:
    text = whole(name, plant).decode()
    return (harm.spoilt_text(text, chance) if chance.random() < 0.8 else text).encode("utf-8", "replace")


@cache
def begun() -> dict[str, bytes]:
    """A store that knows the sound file, so that it is not read anew in every case."""
    with TemporaryDirectory() as data:
        folder = put(Path(data), {"orders.tsv": ONE_ORDER})
        open_account(data, "shop")
        kept = [folder / ".store" / "salt.json", *folder.glob(".store/files/*")]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def folder(data: Path, seed: int) -> str:
    """Write an account whose every file but one is sound; the one that is damaged."""
    chance = random.Random(f"sellerhealth {seed}")
    bad = chance.choice(FILES)
    toml = settings(bad, chance.choice([0.01, 1, 1]))
    if chance.random() < 0.1 and bad != "mapped.csv":
        toml = toml.replace('"US"', '["US", "CA"]')
    put(data, {bad: damaged(bad, chance), "orders.tsv": ONE_ORDER, **begun()}, toml)
    return bad


def left(data: Path, bad: str) -> str:
    """All that a run leaves beside what it was given, as it is and unpacked."""
    files = [path for path in data.rglob("*") if path.is_file() and path.name not in {*GIVEN, bad}]
    tables = [str(pl.read_parquet(path).rows()) for path in files if path.suffix == ".parquet"]
    return "\n".join([*(path.read_bytes().decode("latin-1") for path in files), *tables])


def told(account: Account) -> list[str]:
    """All that an account holds; its ledger adds up."""
    for row in account.ledger.iter_rows(named=True):
        assert row["read"] == row["used"] + row["duplicate"] + row["superseded"] + row["rejected"], row
    rejected = dict(account.rejects.group_by("file").len().iter_rows())
    assert rejected == {row["file"]: row["rejected"] for row in account.ledger.to_dicts() if row["rejected"]}
    frames = [*pl.collect_all(list(account.tables.values())), account.ledger, account.rejects]
    return [str(sorted(map(str, frame.rows()))) for frame in frames]


def opened(data: Path, bad: str) -> tuple[bool, list[str]]:
    """Whether the account opens, and all that is told of it."""
    refused = None
    try:
        return True, told(open_account(data, "shop"))
    except InputError as error:
        refused = error
    assert refused.where == f"shop/{bad}"
    assert refused.expected
    assert refused.what_to_do
    return False, [str(refused), repr(refused)]


def case(data: Path, seed: int) -> tuple[bool, float]:
    """Whether the account of this seed opens, and the seconds it took; all that must hold either way is asserted."""
    start = process_time()
    bad = folder(data, seed)
    is_open, shown = opened(data, bad)
    again = opened(data, bad)
    seconds = process_time() - start
    assert again == (is_open, shown), "the second opening says something else"
    assert CANARY not in "\n".join([*shown, left(data, bad)])
    return is_open, seconds


def run(seed: int) -> bool:
    try:
        with TemporaryDirectory(dir=MEMORY) as data:
            is_open, seconds = case(Path(data), seed)
        assert seconds <= SLOWEST
    except BaseException as error:
        error.add_note(f"SELLERHEALTH_FUZZ=1 SELLERHEALTH_FUZZ_FROM={seed} runs this case again")
        raise
    return is_open


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_damaged_files(chunk: int):
    opens = [run(seed) for seed in range(FIRST + chunk, FIRST + CASES, CHUNKS)]
    assert len(opens) < 20 or len(opens) // 10 < sum(opens) < len(opens)


@pytest.mark.parametrize("name", FILES)
def test_the_sound_files_open_and_hold_the_canary(tmp_path: Path, name: str):
    content = whole(name, plant)
    assert CANARY.encode() in content.replace(b"\0", b"")
    put(tmp_path, {name: content, "orders.tsv": ONE_ORDER}, settings(name, 0))
    ledger = open_account(tmp_path, "shop").ledger
    read, used = ledger.filter(file=f"shop/{name}").select("read", "used").row(0)
    # A document tells of an order in several lines.
    assert read == used
    assert read in (9, 18)
