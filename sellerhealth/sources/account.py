"""An account: a folder under data/ with its files, read into tables."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from sellerhealth.definition.account import REJECTS_SCHEMA, Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.marketplaces import Marketplace, country_code
from sellerhealth.definition.tables import EVERY_UNSHIPPED, TABLES, empty
from sellerhealth.sources import mapped, merge, owners, reading, rows, settings, store
from sellerhealth.sources.amazon import layouts
from sellerhealth.sources.files import data_files, shown
from sellerhealth.sources.layout import Layout
from sellerhealth.sources.reading import Parsed
from sellerhealth.sources.recognise import mapping, recognise
from sellerhealth.sources.settings import ACCOUNT_NAME, Settings

SPOKEN = (
    ("orders", "purchased_at"),
    ("orders", "confirmed_at"),
    ("orders", "cancelled_at"),
    ("orders", "posted_at"),
    ("packages", "package_confirmed_at"),
    ("packages", "package_posted_at"),
    ("feedback", "rated_on"),
    ("feedback", "rated_at"),
    ("claims", "opened_on"),
    ("returns", "returned_on"),
    ("deliveries", "delivery_arrived_on"),
    ("messages", "sent_at"),
    ("surveys", "answered_at"),
    ("notifications", "notified_on"),
    ("stock", "counted_on"),
    ("performance", "figure_to"),
)
"""What happens on a day; promises for later days are not among it."""
FOLLOWS_ORDERS = ("packages", "feedback", "claims", "amazon_defects", "returns")
"""The tables that tell of orders only; tracking and deliveries count by themselves."""


def account_names(data: str | Path) -> list[str]:
    """The accounts under a data folder: its folders that hold an account.toml, by name."""
    return sorted(path.parent.name for path in Path(data).glob(f"*/{settings.FILE}"))


def load_settings(data: str | Path, account: str) -> Settings:
    """The account.toml of an account. Raises InputError for a name that is no folder, or an unreadable file."""
    return settings.load(_folder(data, account))


def open_account(data: str | Path, account: str, marketplace: str = "") -> Account:
    """The account's tables and ledger, from its store or, where files are new, from the files.

    `account` is a folder of `data`. Where a `[[source]]` splits the folder by a column, `folder/value`
    is one of its accounts, `folder/*` all of them at once, and `folder` the whole as one account.
    `marketplace` is a country code; the first of account.toml when empty.

    Raises InputError when a file cannot be read, too many of its rows are rejected, or no row is of the part
    of the folder that is asked for. A folder without files opens: its tables have no rows.
    """
    name, _, part = account.partition("/")
    folder = _folder(data, name)
    wanted = settings.load(folder)
    place = _marketplace(wanted, marketplace, name)
    zone = wanted.timezone or place.zone
    merged = _merged(folder, wanted, place, zone)
    facts = json.loads((merged / "account.json").read_text(encoding="utf-8"))
    tables = _tables(merged, account, facts["split"])
    return Account(
        name=account,
        label=wanted.label if not part else "",
        marketplace=place,
        zone=zone,
        tables=tables,
        provided=frozenset(facts["provided"]),
        strangers=facts["strangers"],
        last_day=_last_day(tables, zone),
        has_contact_address=bool(wanted.contact),
        is_home=place == wanted.marketplaces[0],
        policy=wanted.policy,
        overrides=wanted.override,
        ledger=pl.read_parquet(merged / "ledger.parquet"),
        rejects=pl.read_parquet(merged / "rejects.parquet"),
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


def _merged(folder: Path, wanted: Settings, place: Marketplace, zone: str) -> Path:
    files = data_files(folder, wanted.ignore)
    kept = store.place(folder)
    digests = store.hashes(files, kept)
    codes = [one.code for one in wanted.marketplaces]
    salt = store.salt(kept)
    setting = (codes, place.code, zone, repr(wanted.source), wanted.max_reject, salt)
    told = sorted((digest, str(path.relative_to(folder))) for path, digest in digests.items())
    target = kept / "merged" / store.fingerprint(told, setting)
    if target.exists() and not _is_whole(target):
        # Renamed whole, so that of several processes only one takes it away.
        with TemporaryDirectory(dir=target.parent) as away, suppress(FileNotFoundError):
            target.rename(Path(away) / "old")
    return store.once(target, partial(_merge, folder, digests, wanted, zone, salt))


def _is_whole(merged: Path) -> bool:
    """Whether all is still there that was written; a cleaner of temporary folders may take files singly."""
    try:
        files = json.loads((merged / "account.json").read_text("utf-8"))["files"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return False
    return all((merged / name).exists() for name in files)


def _merge(folder: Path, digests: dict[Path, str], wanted: Settings, zone: str, salt: int, into: Path) -> None:
    mappings = mapped.layouts(wanted.source, zone, wanted.languages, f"{folder.name}/{settings.FILE}")
    own = [(pattern, layout.salted(salt)) for pattern, layout in mappings]
    _refuse_unmatched(folder, list(digests), own)
    # A file is written one way, whichever of the folder's marketplaces is looked at.
    home = wanted.home
    known = [layout.salted(salt) for layout in layouts(home, wanted.timezone or home.zone, wanted.languages)]
    parsed = [_parsed(folder, path, digest, own, known, home) for path, digest in digests.items()]
    for file in parsed:
        _refuse_rejected(file, wanted.max_reject)
        _refuse_unplaced(file, wanted.marketplaces)
    merge.merge(parsed, into, one_marketplace=len(wanted.marketplaces) == 1).write_parquet(into / "ledger.parquet")
    rejects = [pl.DataFrame(schema=REJECTS_SCHEMA), *(file.rejects for file in parsed)]
    pl.concat(rejects).write_parquet(into / "rejects.parquet")
    provided = {name for file in parsed for name in _provided(file)}
    if len(wanted.marketplaces) == 1 and "unshipped" in provided:
        provided.add(EVERY_UNSHIPPED)
    split = sorted({table for file in parsed if file.layout.account_column for table in file.layout.tables})
    files = sorted(path.name for path in into.iterdir())
    facts = {"provided": sorted(provided), "split": split, "strangers": _strangers(into), "files": files}
    (into / "account.json").write_text(json.dumps(facts), encoding="utf-8")


def _strangers(merged: Path) -> dict[str, int]:
    """Per table, the rows of orders that no file of orders holds: they count for nothing."""
    orders = _stored(merged / "orders.parquet", "orders").select("order_id")
    tables = {table: merged / f"{table}.parquet" for table in FOLLOWS_ORDERS}
    alone = {
        table: pl.scan_parquet(path, glob=False)
        .join(orders, on="order_id", how="anti")
        .select(pl.len())
        .collect()
        .item()
        for table, path in tables.items()
        if path.exists()
    }
    return {table: count for table, count in alone.items() if count}


def _refuse_unmatched(folder: Path, files: Sequence[Path], own: Sequence[tuple[str, Layout]]) -> None:
    taken = [mapping(shown(folder, path), own) for path in files]
    for position, (_, layout) in enumerate(own, 1):
        if layout not in taken:
            way_out = f"Check `files` of [[source]] section {position}, and that no section before it takes its files."
            where = f"{folder.name}/{settings.FILE}"
            raise InputError(where, "a pattern that a file of the folder matches", way_out, column="files")


def _parsed(
    folder: Path,
    path: Path,
    digest: str,
    own: Sequence[tuple[str, Layout]],
    known: Sequence[Layout],
    place: Marketplace,
) -> Parsed:
    """One file, from the store if its bytes and its layout were seen before."""
    name = shown(folder, path)
    kept = store.place(folder) / "files"
    kept.mkdir(mode=0o700, exist_ok=True)
    with rows.workdir(kept) as work:
        text = rows.clean(path, name, place.legacy_encoding, work)
        layout = recognise(text, name, own, known)
        target = kept / f"{store.fingerprint(digest, text.encoding, layout)}.parquet"
        told = target.exists() and target.with_suffix(".json").exists()
        return reading.recall(name, layout, target) if told else reading.parse(name, text, layout, target)


def _refuse_rejected(file: Parsed, most: float) -> None:
    if file.rejects.height > most * file.read:
        first = file.rejects.row(0, named=True)
        count = f"{file.rejects.height} of {file.read} rows cannot be used"
        column, row = first["column"] or None, first["row"]
        way_out = f"It {first['reason']}. In all {count}: download the file again, or correct the rows."
        raise InputError(file.file, "rows that can be read", way_out, row=row, column=column)


def _refuse_unplaced(file: Parsed, marketplaces: Sequence[Marketplace]) -> None:
    """With several marketplaces in one folder, an order must say on which it was sold."""
    fills_orders = "purchased_at" in file.columns and "marketplace" not in file.columns
    if len(marketplaces) > 1 and fills_orders:
        way_out = "Download it again with that column, or give each marketplace a folder of its own."
        raise InputError(file.file, "a column that says where an order was sold (sales-channel)", way_out, row=1)


def _provided(file: Parsed) -> list[str]:
    columns = [*file.columns, *file.layout.constants]
    filled = [f"{table}.{name}" for table in file.layout.tables for name in TABLES[table].columns() if name in columns]
    return [*file.layout.tables, *filled, *file.layout.also_provides]


def _tables(merged: Path, account: str, split: Sequence[str]) -> dict[str, pl.LazyFrame]:
    """Each table with every column of its own and `account`, for the whole folder or a part of it."""
    name, _, part = account.partition("/")
    stored = {table: _stored(merged / f"{table}.parquet", table) for table in TABLES}
    if not part:
        return owners.of_folder(stored, name, split)
    if not owners.is_named(stored, part):
        way_out = "Check the account's name: it stands in the column that `account` of a [[source]] names."
        raise InputError(account, "at least one order or other row of this account", way_out)
    return owners.of_part(stored, name, part)


def _stored(path: Path, table: str) -> pl.LazyFrame:
    blank = empty(table)
    return pl.concat([blank, pl.scan_parquet(path, glob=False)], how="diagonal") if path.exists() else blank


def _last_day(tables: Mapping[str, pl.LazyFrame], zone: str) -> date | None:
    """The last day any file speaks of."""
    days = [tables[table].select(_day_of(table, name, zone).max()).collect().item() for table, name in SPOKEN]
    return max((day for day in days if day is not None), default=None)


def _day_of(table: str, name: str, zone: str) -> pl.Expr:
    column = pl.col(name)
    is_moment = isinstance(TABLES[table].columns()[name].dtype, pl.Datetime)
    return column.dt.convert_time_zone(zone).dt.date() if is_moment else column
