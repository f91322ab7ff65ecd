"""What can be made again, kept outside every account and report: a folder for the user only."""

import os
from pathlib import Path
from tempfile import gettempdir

from sellerhealth.definition.errors import InputError

NAME = "sellerhealth"


def folder(name: str) -> Path:
    """A folder of that name in the user's cache (`XDG_CACHE_HOME`, or `~/.cache`).

    Where there is no home to write in, it lies in the system's temporary folder. Raises InputError when somebody else
    was there first.
    """
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    home = given if given.is_absolute() else Path(os.path.expanduser("~/.cache"))  # noqa: PTH111 - this one never raises
    shared = Path(gettempdir()) / f"{NAME}-{_user()}"
    for ours in (home / NAME, shared):
        places = [ours]
        for part in Path(name).parts:
            places.append(places[-1] / part)
        if all(map(is_private, places)):
            return places[-1]
    raise InputError(shared.name, f"a folder of your own in {gettempdir()}", "Remove or rename what has its name.")


def is_private(folder: Path) -> bool:
    """Whether the folder is there, made if need be, for the user only: in a shared place anybody can be first."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError:
        return False
    return folder.is_dir() and folder.stat().st_uid == _user() and os.access(folder, os.W_OK)


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0
