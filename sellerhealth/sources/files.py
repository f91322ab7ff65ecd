"""The files of an account's folder: which are data, and that none is passed over without a word."""

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from unicodedata import category

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import rejects

NOT_DATA = ("README*", "*.md", "~$*", "Thumbs.db", "desktop.ini", "account.toml")
IGNORE = "name it under ignore in account.toml"
MOST_NAMED = 5


def data_files(folder: Path, ignore: Sequence[str]) -> list[Path]:
    """The files of a folder and the folders in it, in order; hidden ones, notes and `ignore` left out.

    Raises InputError for one that could not be opened.
    """
    found: list[Path] = []
    for here, folders, names in os.walk(folder):
        inside = {name: Path(here, name) for name in [*folders, *names]}
        wanted = {name: path for name, path in inside.items() if not _left_out(path, folder, ignore)}
        for path in wanted.values():
            _refuse_closed(path, shown(folder, path))
        folders[:] = [name for name in folders if name in wanted]
        found += [wanted[name] for name in names if name in wanted]
    return sorted(found)


def left_out(folder: Path, files: Collection[Path]) -> list[Path]:
    """The files of a folder that are not among these, hidden ones aside, as far as they can be read."""
    taken, found = set(files), []
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(here, name) for name in names if not name.startswith(".")]
    return sorted(path for path in found if path not in taken and path.is_file() and os.access(path, os.R_OK))


def shown(folder: Path, path: Path) -> str:
    """A file's name in errors and in the ledger: its path from the account's folder on."""
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def refuse(errors: Sequence[InputError]) -> None:
    """Raise the first of these errors, if there is one, naming the other files, so that one round mends them all."""
    if not errors:
        return
    first = errors[0]
    others = sorted({error.where for error in errors[1:]} - {first.where})
    named = ", ".join(others[:MOST_NAMED])
    named += f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
    files = "1 more file" if len(others) == 1 else f"{len(others)} more files"
    more = f" Nor can {files} be read: {named}." if others else ""
    raise replace(first, what_to_do=first.what_to_do + more)


def _left_out(path: Path, folder: Path, ignore: Sequence[str]) -> bool:
    name, patterns = path.relative_to(folder), (*NOT_DATA, *ignore)
    if name.name.startswith(".") or any(fnmatch(name.name, one) or fnmatch(str(name), one) for one in patterns):
        return True
    # Only our own lists: what else lies there is data, and must not be passed over.
    return name.parts[0] == rejects.FOLDER and not path.is_dir() and rejects.is_ours(path)


def _refuse_closed(path: Path, name: str) -> None:
    """A name that no text can hold, a link to nowhere, a door that is closed."""
    if any(category(mark) in ("Cc", "Cs") for mark in name):
        plain = "".join("?" if category(mark) in ("Cc", "Cs") else mark for mark in name)
        raise InputError(plain, "a file name of letters that can be shown", "Rename the file.")
    if path.is_dir() and path.is_symlink():
        raise InputError(name, "a folder, not a link to one", f"Put the files themselves here, or {IGNORE}.")
    if not (path.is_dir() or path.is_file()):
        raise InputError(name, "a file, not a link to nowhere or a device", f"Remove it, or {IGNORE}.")
    if not os.access(path, os.R_OK | os.X_OK if path.is_dir() else os.R_OK):
        raise InputError(name, "a file or folder that you may read", f"Change its permissions, or {IGNORE}.")
