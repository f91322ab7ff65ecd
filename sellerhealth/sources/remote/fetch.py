"""An account brought from object storage into its copy, and its history back: only what changed."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.remote import past
from sellerhealth.sources.remote.bucket import PATIENCE, Patience, Stamp, side_by_side
from sellerhealth.sources.remote.copy import Copy, opened
from sellerhealth.sources.remote.names import look_up
from sellerhealth.sources.remote.objects import files
from sellerhealth.sources.remote.refusal import LATER, ChangedError
from sellerhealth.sources.settings import FILE
from sellerhealth.sources.work import put

ROUNDS = 3
"""How often a folder is listed anew when something in it changes meanwhile."""


def fetch(data: str, account: str, *, settings_only: bool = False, patience: Patience = PATIENCE) -> Path:
    """The data folder on this machine that holds the account as it now is on object storage.

    Files have the times of the objects. What is gone there is gone here; the store stays, and of the two histories
    one is made. Of `folder/part`, the folder is fetched; with `settings_only`, nothing but its account.toml.

    Raises InputError when the account is not there or cannot be fetched; what is here must not be read then, since
    some of it may be old.
    """
    with opened(data, account, patience) as copy:
        _fetch(copy, settings_only=settings_only)
    return copy.place


def push(data: str, account: str, patience: Patience = PATIENCE) -> str:
    """Write an account's history back to object storage, so that another machine has it; what hindered it, in words.

    Nothing is asked of storage when nothing was remembered since. It is no error when it cannot be written, as where
    one may only read: the copy keeps it.
    """
    try:
        with opened(data, account, patience) as copy:
            _push(copy)
    except InputError as error:
        return f"The history of {account} is on this machine only, because it could not be written back. {error}"
    return ""


def _fetch(copy: Copy, *, settings_only: bool) -> None:
    for _ in range(ROUNDS):
        with suppress(ChangedError):
            objects = copy.bucket.objects(copy.account)
            if not objects:
                raise _unknown(copy)
            wanted = files(objects, copy.where)
            if settings_only:
                _match(copy, {name: stamp for name, stamp in wanted.items() if name == FILE}, [FILE])
            else:
                _match(copy, _without_marks(copy, wanted), copy.held.files)
                past.pull(copy, past.among(objects))
            return
    way_out = f"One of them changed or was damaged each time it was fetched. {LATER}"
    raise InputError(copy.where, "files that come as they are listed", way_out)


def _push(copy: Copy) -> None:
    for _ in range(ROUNDS):
        with suppress(ChangedError):
            past.give(copy)
            return
        # Another machine was first: what it remembers is taken up before ours is written.
        with suppress(ChangedError):
            past.pull(copy, past.among(copy.bucket.objects(copy.account)))
    raise InputError(copy.where, "a history that one machine writes at a time", LATER)


def _unknown(copy: Copy) -> InputError:
    known = ", ".join(look_up(copy.bucket)) or "none yet"
    return InputError("account", f"a folder under {copy.bucket.address}/", f"There are: {known}.")


def _without_marks(copy: Copy, wanted: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Without the marks of empty folders: objects of no bytes, listed without the slash that their names end in."""
    empty = [name for name, stamp in wanted.items() if not stamp.size]
    marks = {name for name in empty if not copy.bucket.has(f"{copy.account}/{name}")}
    return {name: stamp for name, stamp in wanted.items() if name not in marks}


def _match(copy: Copy, wanted: Mapping[str, Stamp], looked_at: Collection[str]) -> None:
    """Make the copy hold what is wanted, and nothing else of the names looked at."""
    # First: what was a file may now be a folder.
    _remove(copy, [name for name in copy.held.files if name in looked_at and name not in wanted])
    _bring(copy, wanted)


def _remove(copy: Copy, gone: Sequence[str]) -> None:
    """Take away what was fetched and is no longer there, and folders that are empty by it."""
    for name in gone:
        path = copy.folder / name
        path.unlink(missing_ok=True)
        for folder in path.parents[: name.count("/")]:
            with suppress(OSError):
                folder.rmdir()
        del copy.held.files[name]
    if gone:
        copy.held.save()


def _bring(copy: Copy, wanted: Mapping[str, Stamp]) -> None:
    copy.folder.mkdir(mode=0o700, exist_ok=True)
    changed = {name: one for name, one in wanted.items() if not copy.held.is_here(name, one, copy.folder / name)}
    if changed:
        # Told before they are there: what a run that was cut off leaves behind is not taken for the seller's.
        copy.held.files.update(dict.fromkeys(changed, (None, "")))
        copy.held.save()
        try:
            with closing(side_by_side(lambda one: copy.whole(*one), changed.items())) as brought:
                for (name, stamp), (beside, md5) in zip(changed.items(), brought, strict=True):
                    _put(copy, name, beside)
                    copy.held.keep(name, stamp, md5)
        finally:
            copy.held.save()


def _put(copy: Copy, name: str, beside: Path) -> None:
    path = copy.folder / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    put(beside, path)
