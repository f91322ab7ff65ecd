"""On which day each complaint was first seen: later analysis asks when a defect became known.

The day is that on which the first file that told of it was downloaded. It is remembered in the account's history, by
the natural key of the complaint, so that it never moves later, whatever becomes of the files.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import polars as pl

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.tables import KEYS
from sellerhealth.sources import history
from sellerhealth.sources.layout import SPLIT
from sellerhealth.sources.reading import Parsed
from sellerhealth.sources.stacked import stacked

HAPPENED = {"feedback": "rated_on", "claims": "opened_on"}
"""The tables of complaints, and the day before which nobody can have seen one."""
COLUMN = "first_seen_on"
SCHEMA = {"key": pl.String(), "seen_on": pl.Date()}
FILE = "first_seen.sqlite"
TABLE = "CREATE TABLE IF NOT EXISTS seen (complaint, key, day, PRIMARY KEY (complaint, key)) WITHOUT ROWID"
EARLIER = "INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET day = min(day, excluded.day)"
PATIENCE = 30


def told(files: Sequence[Parsed], table: str) -> pl.DataFrame:
    """The first day on which one of these files told of each complaint (`SCHEMA`).

    A file of which nobody knows when it was written tells of no day.
    """
    tell = {file.file: file.written.date() for file in files if file.written and table in file.layout.tables}
    if not tell:
        return pl.DataFrame(schema=SCHEMA)
    rows = stacked([file for file in files if file.file in tell])
    days = pl.LazyFrame({"file": list(tell), "seen_on": list(tell.values())})
    seen = rows.select(_key(rows.collect_schema().names(), table), "file").join(days, on="file")
    return seen.group_by("key").agg(pl.col("seen_on").min()).sort("key").collect()


def remember(folder: Path, table: str, seen: pl.DataFrame) -> None:
    """Write these days into the history, where it can be written and does not know them or an earlier one."""
    before = pl.col("seen_on_right")
    is_news = before.is_null() | (pl.col("seen_on") < before)
    news = seen.join(known(folder, table), on="key", how="left").filter(is_news) if seen.height else seen
    if news.is_empty() or not (inside := history.home(folder)):
        return
    rows = news.select(pl.lit(table), "key", pl.col("seen_on").cast(pl.String)).rows()
    try:
        _write(inside / FILE, rows)
    except sqlite3.DatabaseError:
        history.set_aside(inside / FILE)
        _write(inside / FILE, rows)


def known(folder: Path, table: str) -> pl.DataFrame:
    """The days the history knows (`SCHEMA`)."""
    path = folder / history.FOLDER / FILE
    if not path.exists() or not path.stat().st_size:
        return pl.DataFrame(schema=SCHEMA)
    try:
        with _opened(path, "ro") as opened:
            rows = opened.execute("SELECT key, day FROM seen WHERE complaint = ?", (table,)).fetchall()
    except sqlite3.DatabaseError:
        history.set_aside(path)
        return pl.DataFrame(schema=SCHEMA)
    texts = pl.DataFrame(rows, schema=dict.fromkeys(SCHEMA, pl.String), orient="row")
    return texts.with_columns(pl.col("seen_on").str.to_date(strict=False))


def dated(stored: pl.LazyFrame, table: str, seen: Sequence[pl.DataFrame]) -> pl.LazyFrame:
    """A table of complaints with the first of these days each was seen on; a file may tell an earlier one itself."""
    days = pl.concat(seen).lazy().group_by("key").agg(pl.col("seen_on").min())
    names = stored.collect_schema().names()
    first = pl.min_horizontal(COLUMN, "seen_on")
    earliest = pl.when(first.is_not_null()).then(pl.max_horizontal(first, HAPPENED[table]))
    joined = stored.with_columns(_key(names, table)).join(days, on="key", how="left")
    return joined.with_columns(earliest.alias(COLUMN)).select(names)


def _key(names: Sequence[str], table: str) -> pl.Expr:
    """The natural key as one text."""
    parts = [pl.col(name) if name in names else pl.lit(None).alias(name) for name in (SPLIT, *KEYS[table])]
    return pl.struct(part.cast(pl.String) for part in parts).struct.json_encode().alias("key")


def _write(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    path.touch(mode=0o600)
    with _opened(path, "rw") as opened, opened:
        opened.execute(TABLE)
        opened.executemany(EARLIER, rows)


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """The database; one that is busy or cannot be opened is no damaged one, and is said to the user.

    Raises DatabaseError for a damaged one, and for one that is not ours.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE)) as opened:
            yield opened
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise sqlite3.DatabaseError from error
        name = f"{path.parent.parent.name}/{history.FOLDER}/{FILE}"
        raise InputError(name, "a file that can be opened", "Close what else uses it, and try again.") from None
