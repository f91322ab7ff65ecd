"""An account's folder: its files, read and merged into tables once, and found again while nothing changes."""

import json
import os
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from sellerhealth.definition.account import REJECTS_SCHEMA
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources import first_seen, history, mapped, merge, provision, reading, rows, settings, store
from sellerhealth.sources.amazon import layouts
from sellerhealth.sources.files import data_files, left_out, refuse, shown
from sellerhealth.sources.layout import Layout
from sellerhealth.sources.reading import Parsed
from sellerhealth.sources.recognise import mapping, recognise
from sellerhealth.sources.settings import Settings
from sellerhealth.sources.work import sweep, workdir

FACTS = "account.json"


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The files of a folder by their hashes, and how they are to be read.

    `stamps` are from before they were hashed: a file of the same stamp is still what its hash says.
    `gone` are the hashes of files that are kept in the history and no longer here.
    """

    folder: Path
    wanted: Settings
    zone: str
    digests: Mapping[Path, str]
    stamps: Mapping[Path, str]
    gone: Sequence[str]
    salt: int

    @property
    def store(self) -> Path:
        """The folder's store."""
        return store.place(self.folder)

    @property
    def home_zone(self) -> str:
        """A file is written one way, whichever of the folder's marketplaces is looked at."""
        return self.wanted.timezone or self.wanted.home.zone

    def refuse_changed(self, path: Path) -> None:
        """Raise InputError for a file that is not what was hashed any more: of its hash only that may be kept."""
        with suppress(FileNotFoundError):
            if store.stamp_of(path) == self.stamps[path]:
                return
        way_out = "Wait until it is written, and run it again."
        raise InputError(shown(self.folder, path), "a file that stays as it is while it is read", way_out) from None


def merged(folder: Path, wanted: Settings, place: Marketplace, zone: str) -> Path:
    """The folder of the merged tables, ledger and rejects of these files, made when it is not there yet.

    Raises InputError when a file cannot be read; the other files that cannot are named with it.
    """
    files, kept = data_files(folder, wanted.ignore), store.place(folder)
    sweep(kept, folder / history.FOLDER)
    known = history.kept(folder)
    stamps = {path: store.stamp_of(path) for path in files}
    # What is left out was once read, perhaps: it is neither read again nor recalled.
    hashed = store.hashes([*files, *(left_out(folder, files) if known else ())], kept)
    digests, salt = {path: hashed[path] for path in files}, store.salt(kept)
    gone = sorted(known.keys() - hashed.values())
    contents = Contents(folder=folder, wanted=wanted, zone=zone, digests=digests, stamps=stamps, gone=gone, salt=salt)
    codes = [one.code for one in wanted.marketplaces] + [wanted.home.date_order]
    told = sorted((digest, str(path.relative_to(folder))) for path, digest in digests.items())
    # Of two reports of one span the one written later counts.
    by_age = sorted((path.stat().st_mtime_ns, digest) for path, digest in digests.items())
    age = [digest for _, digest in by_age]
    target = kept / "merged" / store.fingerprint(told, age, gone, (codes, place.code, zone, repr(wanted.source), salt))
    if target.exists() and not _is_whole(target, known):
        # Renamed whole, so that of several processes only one takes it away.
        with workdir(target.parent) as away, suppress(FileNotFoundError):
            target.rename(away / "old")
    found = store.once(target, partial(_merge, contents))
    os.utime(found)
    return found


def remember(folder: Path, found: Path) -> None:
    """Remember of the files that were `merged` the reports of one moment, and when a complaint was first seen."""
    kept = json.loads((found / FACTS).read_text(encoding="utf-8"))["kept"]
    history.keep(folder, kept, _typed(found))
    for table in first_seen.HAPPENED:
        first_seen.remember(folder, table, pl.read_parquet(found / f"first_seen_{table}.parquet", glob=False))


def _is_whole(merged: Path, known: Container[str]) -> bool:
    """Whether all is still there that was written; a cleaner of temporary folders may take files singly.

    What is to be kept must still be there too, or be `known` to the history.
    """
    try:
        facts = json.loads((merged / FACTS).read_text("utf-8"))
        typed = [_typed(merged) / f"{told['read_by']}.parquet" for told in _lacking(facts, known)]
        return all(path.exists() for path in [*typed, *(merged / name for name in facts["files"])])
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _lacking(facts: Mapping[str, Any], known: Container[str]) -> list[Mapping[str, str]]:
    return [told for digest, told in facts["kept"].items() if digest not in known]


def _typed(merged: Path) -> Path:
    """Where the rows of single files lie, of which a merged folder was made."""
    return merged.parents[1] / "files"


def _merge(contents: Contents, into: Path) -> None:
    home, wanted, folder = contents.wanted.home, contents.wanted, contents.folder
    zones = (contents.home_zone, contents.zone)
    mappings = mapped.layouts(wanted.source, zones, wanted.languages, f"{folder.name}/{settings.FILE}")
    own = [(pattern, layout.salted(contents.salt)) for pattern, layout in mappings]
    _refuse_unmatched(folder, list(contents.digests), own)
    known = [layout.salted(contents.salt) for layout in layouts(home, contents.home_zone, wanted.languages)]
    read = _read(contents, own, known)
    is_one = len(wanted.marketplaces) == 1
    with workdir(into.parent) as work:
        files = [*read.values(), *history.recalled(folder, contents.gone, known, work)]
        merge.merge(files, into, one_marketplace=is_one).write_parquet(into / "ledger.parquet")
    rejects = [pl.DataFrame(schema=REJECTS_SCHEMA), *(file.rejects for file in files)]
    pl.concat(rejects).write_parquet(into / "rejects.parquet")
    for table in first_seen.HAPPENED:
        first_seen.told(list(read.values()), table).write_parquet(into / f"first_seen_{table}.parquet")
    kept = history.to_keep({contents.digests[path]: file for path, file in read.items()})
    facts = {**_facts(files, into, is_one=is_one), "kept": kept}
    (into / FACTS).write_text(json.dumps(facts), encoding="utf-8")
    store.prune(contents.store, into, {file.path.stem for file in read.values()})


def _facts(files: Sequence[Parsed], into: Path, *, is_one: bool) -> dict[str, Any]:
    return {
        "provided": provision.provided(files, one_marketplace=is_one),
        "split": sorted({table for file in files if file.layout.account_column for table in file.layout.tables}),
        "strangers": provision.strangers(into),
        "remembers": any(_is_remembered(file.layout) for file in files),
        "files": sorted(path.name for path in into.iterdir()),
    }


def _read(contents: Contents, own: Sequence[tuple[str, Layout]], known: Sequence[Layout]) -> dict[Path, Parsed]:
    read: dict[Path, Parsed] = {}
    errors: list[InputError] = []
    for path, digest in contents.digests.items():
        try:
            parsed = _parsed(contents, path, digest, own, known)
            read[path] = replace(parsed, written=history.written(path, contents.home_zone))
            _refuse_unplaced(read[path], contents.wanted.marketplaces)
        except InputError as error:
            errors.append(error)
    refuse(errors)
    return read


def _parsed(
    contents: Contents, path: Path, digest: str, own: Sequence[tuple[str, Layout]], known: Sequence[Layout]
) -> Parsed:
    """One file, from the store if its bytes and its layout were seen before."""
    name = shown(contents.folder, path)
    kept = contents.store / "files"
    kept.mkdir(mode=0o700, exist_ok=True)
    with workdir(kept) as work:
        beside = work / "ours.parquet"
        try:
            text = rows.clean(path, name, contents.wanted.home.legacy_encoding, work)
            layout = recognise(text, name, own, known)
            target = kept / f"{store.fingerprint(digest, text.encoding, layout)}.parquet"
            told = target.exists() and target.with_suffix(".json").exists()
            parsed = reading.recall(name, layout, target) if told else reading.parse(name, text, layout, beside)
        finally:
            # Goes before whatever else is wrong with half a file.
            contents.refuse_changed(path)
        if not told:
            beside.with_suffix(".json").replace(target.with_suffix(".json"))
            beside.replace(target)
        return replace(parsed, path=target)


def _is_remembered(layout: Layout) -> bool:
    return layout.is_kept or not first_seen.HAPPENED.keys().isdisjoint(layout.tables)


def _refuse_unmatched(folder: Path, files: Sequence[Path], own: Sequence[tuple[str, Layout]]) -> None:
    taken = [mapping(shown(folder, path), own) for path in files]
    for position, (_, layout) in enumerate(own, 1):
        if layout not in taken:
            way_out = f"Check `files` of [[source]] section {position}, and that no section before it takes its files."
            where = f"{folder.name}/{settings.FILE}"
            raise InputError(where, "a pattern that a file of the folder matches", way_out, column="files")


def _refuse_unplaced(file: Parsed, marketplaces: Sequence[Marketplace]) -> None:
    """With several marketplaces in one folder, an order must say on which it was sold."""
    fills_orders = "purchased_at" in file.columns and "marketplace" not in file.columns
    if len(marketplaces) > 1 and fills_orders:
        way_out = "Download it again with that column, or give each marketplace a folder of its own."
        raise InputError(file.file, "a column that says where an order was sold (sales-channel)", way_out, row=1)
