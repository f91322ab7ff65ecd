"""Which objects of an account are its files, and that none of them leads out of the account's folder."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath
from unicodedata import category

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.remote.bucket import Stamp

NOT_A_NAME = re.compile(r"\.{0,2}|[A-Za-z]:.*|(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE | re.DOTALL)
"""A part of a path that leads elsewhere: nowhere, up, to a drive, to a device."""
LONGEST = 255


def files(objects: Mapping[str, Stamp], where: str) -> dict[str, Stamp]:
    """The objects that are files of the account: neither hidden ones nor the marks of folders, which have no bytes.

    Raises InputError for a name that leads out of the folder, or two that not every file system tells apart.
    """
    folders = {f"{parent}" for name in objects for parent in PurePosixPath(name).parents}
    found = {
        name: stamp
        for name, stamp in objects.items()
        if not is_hidden(name) and (stamp.size or name.strip("/") not in folders)
    }
    _refuse_strange(found, where)
    _refuse_alike(found, folders, where)
    return found


def is_hidden(name: str) -> bool:
    """Whether a part of the path begins with a dot, so that no reader would take it for data.

    Example:
        >>> is_hidden(".store/salt.json"), is_hidden("2026/orders.txt"), is_hidden("../orders.txt")
        (True, False, False)
    """
    return any(part.startswith(".") and part not in (".", "..") for part in name.split("/"))


def _refuse_strange(found: Mapping[str, Stamp], where: str) -> None:
    strange = [name for name in found if not all(is_name(part) for part in name.split("/"))]
    if strange:
        plain = "".join("?" if category(mark) in ("Cc", "Cs") else mark for mark in strange[0])
        raise InputError(f"{where}/{plain}", "the name of a file inside its folder", "Rename the object.")


def is_name(part: str) -> bool:
    """Whether a part of a path is the name of a file or folder, on any file system."""
    is_shown = not any(mark == "\\" or category(mark) in ("Cc", "Cs") for mark in part)
    return is_shown and not NOT_A_NAME.fullmatch(part) and len(part.encode(errors="replace")) <= LONGEST


def _refuse_alike(found: Mapping[str, Stamp], folders: set[str], where: str) -> None:
    seen = Counter(name.casefold() for name in found)
    alike = [name for name in found if seen[name.casefold()] > 1 or name in folders]
    if alike:
        way_out = "Rename one: names must differ in more than capitals, and no file may have the name of a folder."
        raise InputError(f"{where}/{alike[0]}", "files with names of their own", way_out)
