"""What an account remembers beyond its files: reports of one moment, so that they outlive the file they came in.

It lies in `.history/` of the account's folder, private to the user. Unlike the store it cannot be made again: nothing
in it is removed, and what cannot be read is set aside under another name.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import polars as pl

from sellerhealth.definition.account import REJECTS_SCHEMA
from sellerhealth.definition.tables import COLUMNS, TABLES
from sellerhealth.sources import store
from sellerhealth.sources.layout import SPLIT, Layout
from sellerhealth.sources.merge import HERE
from sellerhealth.sources.reading import Parsed

FOLDER = ".history"
DAMAGED = ".damaged"
UNREADABLE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, KeyError)
LATEST = datetime(2200, 1, 1, tzinfo=UTC).timestamp()


def home(folder: Path) -> Path | None:
    """The folder of the history, made when it is not there; None where it cannot be written."""
    inside = folder / FOLDER
    is_open = os.access(inside if inside.is_dir() else folder, os.W_OK)
    return inside if is_open and store.private(inside) else None


def kept(folder: Path) -> list[str]:
    """The hashes of the files that are kept."""
    return sorted(path.stem for path in (folder / FOLDER).glob("*.parquet"))


def keep(folder: Path, file: Parsed, digest: str, day: date) -> None:
    """Keep what was read of a file with this hash, written on `day`, unless it is kept as read today."""
    if not file.layout.is_kept or not (inside := home(folder)):
        return
    target = inside / f"{digest}.parquet"
    before = _told(target)
    if before.get("read_by") == file.path.stem:
        return
    told = {"file": file.file, "layout": file.layout.name, "read_by": file.path.stem}
    told["day"] = min(day.isoformat(), before.get("day", day.isoformat()))
    rows = pl.scan_parquet(file.path, glob=False)
    names = [name for name in rows.collect_schema().names() if name in COLUMNS]
    with TemporaryDirectory(dir=inside) as work:
        beside = Path(work) / target.name
        rows.select("row", SPLIT, *names).sink_parquet(beside, metadata=told)
        beside.chmod(0o600)
        beside.replace(target)


def recalled(folder: Path, digests: Iterable[str], layouts: Sequence[Layout], work: Path) -> list[Parsed]:
    """The kept files of these hashes, as files of their own; `work` takes their rows as today's tables have them."""
    known = {layout.name: layout for layout in layouts if layout.is_kept}
    found: list[Parsed] = []
    for digest in digests:
        path = folder / FOLDER / f"{digest}.parquet"
        try:
            found.append(_recalled(path, known, work / path.name))
        except UNREADABLE:
            set_aside(path)
    return _apart(found)


def set_aside(path: Path) -> None:
    """Rename what cannot be read, so that it is neither read again nor lost."""
    names = (path.with_name(f"{path.name}{DAMAGED}{number or ''}") for number in count())
    with suppress(OSError):
        path.rename(next(name for name in names if not name.exists()))


def written_on(path: Path, zone: str) -> date:
    """The day a file was last written, which of a download is the day it was downloaded."""
    seconds = min(max(path.stat().st_mtime, 0), LATEST)
    return datetime.fromtimestamp(seconds, ZoneInfo(zone)).date()


def remarks(folder: Path, *, is_needed: bool) -> tuple[str, ...]:
    """What a user should know of the history: that nothing can be remembered, or that some of it is damaged."""
    told = []
    inside = folder / FOLDER
    if is_needed and not os.access(inside if inside.is_dir() else folder, os.W_OK):
        told.append(f"Nothing can be remembered, because {folder.name} cannot be written: keep every download.")
    damaged = sorted(path.name for path in inside.glob(f"*{DAMAGED}*"))
    if damaged:
        them = "1 file is damaged" if len(damaged) == 1 else f"{len(damaged)} files are damaged"
        told.append(f"In {folder.name}/{FOLDER} {them}: put back a copy of {', '.join(damaged)}, or delete it.")
    return tuple(told)


def _told(path: Path) -> Mapping[str, str]:
    try:
        return pl.read_parquet_metadata(path)
    except (OSError, pl.exceptions.PolarsError):
        return {}


def _recalled(path: Path, known: Mapping[str, Layout], into: Path) -> Parsed:
    told, rows = pl.read_parquet_metadata(path), pl.read_parquet(path, glob=False)
    nothing = Layout(name=told["layout"], label="a report unknown to this version", tables=(), key=(), fields=())
    layout = known.get(told["layout"], nothing)
    columns = {name: one.dtype for table in layout.tables for name, one in TABLES[table].columns().items()}
    names = [name for name in rows.columns if name in columns]
    today = rows.select(
        "row",
        SPLIT,
        pl.lit(None).alias("problem"),
        pl.lit(value=False).alias(HERE),
        *(_as(name, columns[name]) for name in names),
    )
    today = today if layout.tables else today.clear()
    today.write_parquet(into)
    lost = sum(today[name].null_count() - rows[name].null_count() for name in names) if today.height else 0
    return Parsed(
        file=f"{told['file']}, kept from {told['day']}",
        layout=layout,
        path=into,
        read=today.height,
        columns=tuple(names),
        note=f"{lost} {'cell' if lost == 1 else 'cells'} no longer understood and left empty" if lost else "",
        rejects=pl.DataFrame(schema=REJECTS_SCHEMA),
    )


def _as(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column as it is today; a word that is no longer known is empty."""
    told = pl.col(name)
    return (told.cast(pl.String) if isinstance(dtype, pl.Enum) else told).cast(dtype, strict=False)


def _apart(files: list[Parsed]) -> list[Parsed]:
    """Two downloads of one name and day are told apart by a number."""
    seen: Counter[str] = Counter()
    told: list[Parsed] = []
    for file in files:
        seen[file.file] += 1
        number = seen[file.file]
        told.append(replace(file, file=f"{file.file}, number {number}") if number > 1 else file)
    return told
