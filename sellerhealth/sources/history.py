"""What an account remembers beyond its files: reports of one moment, so that they outlive the file they came in.

It lies in `.history/` of the account's folder, private to the user. Unlike the store it cannot be made again: nothing
in it is removed, and what cannot be read is set aside under another name.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from sellerhealth.definition.account import REJECTS_SCHEMA
from sellerhealth.definition.tables import COLUMNS, TABLES
from sellerhealth.sources import cache
from sellerhealth.sources.layout import SPLIT, Layout
from sellerhealth.sources.merge import HERE
from sellerhealth.sources.reading import Parsed
from sellerhealth.sources.rejects import flat
from sellerhealth.sources.work import workdir

FOLDER = ".history"
DAMAGED = ".damaged"
UNREADABLE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, KeyError, ValueError)
EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=UTC).timestamp() for year in (2000, 2200))


def home(folder: Path) -> Path | None:
    """The folder of the history, made when it is not there; None where it cannot be written."""
    inside = folder / FOLDER
    is_open = os.access(inside if inside.is_dir() else folder, os.W_OK)
    return inside if is_open and cache.is_private(inside) else None


def kept(folder: Path) -> dict[str, Path]:
    """The files that are kept, by the hashes of those they were read from."""
    return {path.stem.rpartition(".")[2]: path for path in sorted((folder / FOLDER).glob("*.parquet"))}


def to_keep(files: Mapping[str, Parsed]) -> dict[str, dict[str, str]]:
    """What is told of each of these files that is to be kept, by its hash, as plain words."""
    return {
        digest: {
            "file": file.file,
            "layout": file.layout.name,
            "read_by": file.path.stem,
            "written": file.written.isoformat() if file.written else "",
            "rejected": str(file.rejects.height),
        }
        for digest, file in files.items()
        if file.layout.is_kept
    }


def keep(folder: Path, files: Mapping[str, Mapping[str, str]], parsed: Path) -> None:
    """Keep what was read of these files (`to_keep`), which lies in `parsed`, unless it is kept as read today.

    The name under which it is kept says which file it was: whoever wants to forget it can find it.
    """
    if not files or not (inside := home(folder)):
        return
    known = kept(folder)
    for digest, told in files.items():
        name = ".".join(filter(None, (flat(told["file"]), told["written"][:10], digest, "parquet")))
        target = known.get(digest, inside / name)
        rows = parsed / f"{told['read_by']}.parquet"
        if _told(target).get("read_by") != told["read_by"] and rows.exists():
            _keep(rows, target, told)


def recalled(folder: Path, digests: Iterable[str], layouts: Sequence[Layout], work: Path) -> list[Parsed]:
    """The kept files of these hashes, as files of their own; `work` takes their rows as today's tables have them."""
    known = {layout.name: layout for layout in layouts if layout.is_kept}
    paths, found = kept(folder), list[Parsed]()
    for path in (paths[digest] for digest in digests if digest in paths):
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


def written(path: Path, zone: str) -> datetime | None:
    """When a file was last written, which of a download is when it was downloaded; None where nobody wrote that down.

    A file out of an archive may say 1980 or 1970, where it has no date of its own.
    """
    seconds = path.stat().st_mtime
    return datetime.fromtimestamp(min(seconds, LATEST), ZoneInfo(zone)) if seconds >= EARLIEST else None


def remarks(folder: Path, *, is_needed: bool) -> tuple[str, ...]:
    """What a user should know of the history: that nothing can be remembered, or that some of it is damaged."""
    told = []
    inside = folder / FOLDER
    if is_needed and inside.exists() and not inside.is_dir():
        told.append(f"Nothing can be remembered, because {folder.name}/{FOLDER} is no folder: rename it.")
    elif is_needed and not home(folder):
        told.append(f"Nothing can be remembered, because {folder.name} cannot be written: keep every download.")
    damaged = sorted(path.name for path in inside.glob(f"*{DAMAGED}*"))
    if damaged:
        them = "1 file is damaged" if len(damaged) == 1 else f"{len(damaged)} files are damaged"
        told.append(f"In {folder.name}/{FOLDER} {them}: put back a copy of {', '.join(damaged)}, or delete it.")
    return tuple(told)


def _keep(parsed: Path, target: Path, told: Mapping[str, str]) -> None:
    moments = [one for one in (told["written"], _told(target).get("written")) if one]
    first = min(moments, key=datetime.fromisoformat, default="")
    rows = pl.scan_parquet(parsed, glob=False)
    names = [name for name in rows.collect_schema().names() if name in COLUMNS]
    with workdir(target.parent) as work:
        beside = work / target.name
        rows.select("row", SPLIT, *names).sink_parquet(beside, metadata={**told, "written": first})
        beside.chmod(0o600)
        beside.replace(target)


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
    when = datetime.fromisoformat(told["written"]) if told.get("written") else None
    lost = sum(today[name].null_count() - rows[name].null_count() for name in names) if today.height else 0
    return Parsed(
        file=f"{told['file']}, kept from {when.date()}" if when else f"{told['file']}, kept",
        layout=layout,
        path=into,
        read=today.height,
        columns=tuple(names),
        note=f"{lost} {'cell' if lost == 1 else 'cells'} no longer understood and left empty" if lost else "",
        rejects=pl.DataFrame(schema=REJECTS_SCHEMA),
        written=when,
        lost=int(told.get("rejected", "0")),
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
