"""The rejected rows of an account's files, as lists to mend them by: where a row stands and why, never what it says.

They lie in `rejects/` of the account's folder (or, where that cannot be written, of its store), a CSV a file, and are
gone when the file is mended.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

import polars as pl

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import cache, store
from sellerhealth.sources.work import workdir

FOLDER = "rejects"
HEAD = "\ufeffrow,column,reason\n".encode()
"""How each list begins; a spreadsheet knows by the mark that it is UTF-8."""
FORMULA = r"^([=+\-@＝＋－＠])"
LONGEST_NAME = 180


def keep_up(folder: Path, rejects: pl.DataFrame) -> str:
    """Write the lists of these rejected rows (`REJECTS_SCHEMA`) and remove those of others; where they lie, as shown.

    Empty where no row is rejected.
    """
    kept = store.place(folder)
    places = [folder / FOLDER, kept / FOLDER]
    wanted: dict[Path, bytes] = {}
    if rejects.height:
        home = _home(folder, kept)
        wanted = {home / list_of(str(name)): _csv(rows) for (name,), rows in rejects.group_by("file")}
    for place in places:
        _clear(place, wanted)
    if not wanted:
        return ""
    home.mkdir(mode=0o700, exist_ok=True)
    for path, content in wanted.items():
        _write(path, content, kept)
    return _shown(home, folder)


def list_of(file: str) -> str:
    """The name of a file's list, from the name of the file as it is shown; no two files share one."""
    return f"{flat(file)}.csv"


def flat(file: str) -> str:
    """A file's name as it is shown, without its account, as the name of one file; no two files share one.

    Example:
        >>> flat("my-shop/2026/orders.txt")
        '2026%2Forders.txt'
    """
    name = file.partition("/")[2].replace("%", "%25").replace("/", "%2F")
    if len(os.fsencode(name)) > LONGEST_NAME:
        name = f"{name[:40]}%-{blake2b(os.fsencode(name), digest_size=8).hexdigest()}"
    return name


def is_ours(path: Path) -> bool:
    """Whether a file of `rejects/` is such a list, or was until just now."""
    try:
        with path.open("rb") as opened:
            return opened.read(len(HEAD)) == HEAD
    except FileNotFoundError:
        return True
    except OSError:
        return False


def too_many(ledger: pl.DataFrame, rejects: pl.DataFrame, most: float, lists: str) -> Sequence[InputError]:
    """An error for each file of which more than the share `most` was rejected; it names the list of the rows."""
    first = rejects.unique("file", keep="first", maintain_order=True)
    over = ledger.filter(pl.col("rejected") > most * pl.col("read")).join(first, on="file")
    return [
        InputError(
            row["file"],
            "rows that can be read",
            f"It {row['reason']}. {_share(row['rejected'], row['read'])} {lists}/{list_of(row['file'])}.",
            row=row["row"],
            column=row["column"] or None,
        )
        for row in over.sort("file").to_dicts()
    ]


def _share(rejected: int, read: int) -> str:
    if rejected == 1:
        rows = "The only row" if read == 1 else f"1 of {read:,} rows"
        return f"{rows} cannot be used: download the file again, or correct the row. It is listed in"
    rows = f"None of the {read:,} rows can" if rejected == read else f"{rejected:,} of {read:,} rows cannot"
    return f"{rows} be used: download the file again, or correct the rows. They are listed in"


def _home(folder: Path, kept: Path) -> Path:
    """The folder of the lists: beside the store where that lies in the account's folder, else in it."""
    if kept.parent == folder and cache.is_private(folder / FOLDER):
        return folder / FOLDER
    (kept / FOLDER).mkdir(mode=0o700, exist_ok=True)
    return kept / FOLDER


def _shown(home: Path, folder: Path) -> str:
    return f"{folder.name}/{FOLDER}" if home.parent == folder else str(home)


def _csv(rows: pl.DataFrame) -> bytes:
    """A list's text. A header is the file's own word: a spreadsheet must not take it for a formula."""
    column = pl.col("column").str.replace_all(r"\p{Cc}+", " ").str.strip_chars().str.replace(FORMULA, "'$1")
    text = BytesIO()
    rows.sort("row").select("row", column, "reason").write_csv(text, include_bom=True)
    return text.getvalue()


def _clear(place: Path, wanted: dict[Path, bytes]) -> None:
    """Remove the lists that are not wanted, and the folders they leave empty; nothing that is not ours."""
    for here, _, names in os.walk(place, topdown=False):
        for path in (Path(here, name) for name in names):
            if path not in wanted and is_ours(path):
                path.unlink(missing_ok=True)
        try:
            Path(here).rmdir()
        except OSError:
            continue  # Not empty, or another process was first.


def _write(path: Path, content: bytes, work: Path) -> None:
    """The list, whole or not at all, for the user only; one that is as it should be, or no list, is left alone."""
    if path.exists() and (not is_ours(path) or path.read_bytes() == content):
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with workdir(work) as beside:
        made = beside / "rejects.csv"
        made.touch(mode=0o600)
        made.write_bytes(content)
        # Another process may just have taken the empty folder away; the next opening writes the list.
        with suppress(FileNotFoundError):
            made.replace(path)
