"""An account: a folder under data/ with its files, read into tables."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account, today
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.marketplaces import Marketplace, country_code
from sellerhealth.definition.tables import TABLES
from sellerhealth.sources import elsewhere, first_seen, history, owners, provision, rejects, settings, store
from sellerhealth.sources.files import refuse
from sellerhealth.sources.folder import FACTS, merged, remember
from sellerhealth.sources.last_day import last_day
from sellerhealth.sources.settings import ACCOUNT_NAME, Settings


def account_names(data: str | Path) -> list[str]:
    """The accounts under a data folder: its folders that hold an account.toml, by name."""
    return sorted(path.parent.name for path in Path(data).glob(f"*/{settings.FILE}"))


def load_settings(data: str | Path, account: str) -> Settings:
    """The account.toml of an account. Raises InputError for a name that is no folder, or an unreadable file."""
    return settings.load(_folder(data, account))


def open_account(data: str | Path, account: str, marketplace: str = "", max_reject: str = "") -> Account:
    """The account's tables and ledger, from its store or, where files are new, from the files.

    `account` is a folder of `data`. Where a `[[source]]` splits the folder by a column, `folder/value`
    is one of its accounts, `folder/*` all of them at once, and `folder` the whole as one account.
    `marketplace` is a country code; the first of account.toml when empty. `max_reject` is the share of a file's
    rows that may be rejected, such as "0.02"; that of account.toml when empty.

    Raises InputError when a file cannot be read, too many of its rows are rejected, or no row is of the part
    of the folder that is asked for. A folder without files opens: its tables have no rows.
    """
    name = account.partition("/")[0]
    folder = _folder(data, name)
    wanted = settings.load(folder)
    place = _marketplace(wanted, marketplace, name)
    most = _share(max_reject) if max_reject else wanted.max_reject
    found = merged(folder, wanted, place, wanted.timezone or place.zone)
    ledger, lost = _frame(found / "ledger.parquet"), _frame(found / "rejects.parquet")
    # Before it is refused: that is when the lists are needed most.
    lists = rejects.keep_up(folder, lost)
    refuse(rejects.too_many(ledger, lost, most, lists))
    remember(folder, found)
    return _opened(_opening(account, folder, wanted, place, found, lists))


@dataclass(frozen=True, kw_only=True)
class _Opening:
    """What an account is made of. Two are equal when they are made of the same: `name` tells all but place and time."""

    name: str
    found: Path
    made: int
    today: date
    account: str = field(compare=False)
    settings: Settings = field(compare=False)
    place: Marketplace = field(compare=False)
    facts: Mapping[str, Any] = field(compare=False)
    seen: Mapping[str, pl.DataFrame] = field(compare=False)
    rejects_in: str = field(compare=False)
    remarks: tuple[str, ...] = field(compare=False)

    @property
    def zone(self) -> str:
        """The zone whose days are counted."""
        return self.settings.timezone or self.place.zone


def _opening(account: str, folder: Path, wanted: Settings, place: Marketplace, found: Path, lists: str) -> _Opening:
    facts = json.loads((found / FACTS).read_text(encoding="utf-8"))
    seen = {table: first_seen.known(folder, table) for table in first_seen.HAPPENED}
    remarks = history.remarks(folder, is_needed=facts["remembers"])
    shown = (account, place.code, wanted.label, wanted.policy, wanted.override, bool(wanted.contact), lists, remarks)
    return _Opening(
        name=store.fingerprint(found.name, shown, {table: days.rows() for table, days in seen.items()}),
        # A working folder may change, and a store may be made again: what was read of it before is not there any more.
        found=found.resolve(),
        made=(found / FACTS).stat().st_mtime_ns,
        today=today(wanted.timezone or place.zone),
        account=account,
        settings=wanted,
        place=place,
        facts=facts,
        seen=seen,
        rejects_in=lists,
        remarks=remarks,
    )


@lru_cache(maxsize=4)
def _opened(given: _Opening) -> Account:
    """The account; one that is opened again unchanged is the same object, so that what was counted of it is known."""
    wanted, tables = given.settings, _tables(given)
    day, remarks = last_day(tables, given.zone)
    return Account(
        name=given.account,
        label=wanted.label if "/" not in given.account else "",
        marketplace=given.place,
        zone=given.zone,
        # One object serves every notebook of a process: none may change it for the next.
        tables=MappingProxyType(tables),
        provided=frozenset(given.facts["provided"]),
        strangers=given.facts["strangers"],
        last_day=day,
        has_contact_address=bool(wanted.contact),
        is_home=given.place == wanted.marketplaces[0],
        policy=wanted.policy,
        overrides=wanted.override,
        ledger=_frame(given.found / "ledger.parquet"),
        rejects=_frame(given.found / "rejects.parquet"),
        rejects_in=given.rejects_in,
        remarks=(*remarks, *elsewhere.remarks(tables["orders"], wanted.marketplaces), *given.remarks),
        read_from=store.fingerprint(given.name, day, remarks),
    )


def _folder(data: str | Path, account: str) -> Path:
    name = account.partition("/")[0]
    if not ACCOUNT_NAME.fullmatch(name):
        raise InputError("account", "letters, digits, dot, dash or underline", "Rename the folder.")
    folder = Path(data) / name
    if not folder.is_dir():
        known = ", ".join(account_names(data)) or "none yet"
        raise InputError("account", f"a folder under {Path(data).name}/", f"There are: {known}.")
    return folder


def _marketplace(wanted: Settings, code: str, name: str) -> Marketplace:
    if not code:
        return wanted.marketplaces[0]
    found = [place for place in wanted.marketplaces if place.code == country_code(code)]
    if not found:
        known = ", ".join(place.code for place in wanted.marketplaces)
        raise InputError("marketplace", f"one that account.toml of {name} names: {known}", "Correct one of them.")
    return found[0]


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise InputError("max_reject", "a share between 0 and 1, such as 0.01", "Write it with a point, without %.")
    return share


def _frame(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path, glob=False)


def _tables(given: _Opening) -> dict[str, pl.LazyFrame]:
    """Each table with every column of its own and `account`, for the whole folder or a part of it."""
    account, (name, _, part) = given.account, given.account.partition("/")
    stored = {table: provision.stored(given.found, table) for table in TABLES}
    for table, known in given.seen.items():
        seen = [_frame(given.found / f"first_seen_{table}.parquet"), known]
        stored[table] = first_seen.dated(stored[table], table, seen)
    if not part:
        return owners.of_folder(stored, name, given.facts["split"])
    if not owners.is_named(stored, part):
        way_out = "Check the account's name: it stands in the column that `account` of a [[source]] names."
        raise InputError(account, "at least one order or other row of this account", way_out)
    return owners.of_part(stored, name, part)
