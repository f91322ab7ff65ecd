"""A case of the catalogue: what is in the folder, and every word that the user is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.sources.account import open_account
from tests.sources.folder import LENIENT, MOVES, NAME, US, put, rows

JP, DE, GB = 'marketplace = "JP"\n', 'marketplace = "DE"\n', 'marketplace = "GB"\n'
ITEMS = "order_items order_id sku quantity"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One thing that comes: `row` is its row of the catalogue, `found` what it is, `says` all that is said of it.

    `holds` are the rows that must be there afterwards: the table and its columns, then the rows.
    """

    row: str
    found: str
    says: str
    content: str | bytes = ""
    name: str = "bad.tsv"
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    toml: str | bytes = US
    holds: Mapping[str, list[tuple[object, ...]]] = field(default_factory=dict)

    @property
    def folder(self) -> dict[str, str | bytes]:
        return {**self.files, **({self.name: self.content} if self.content or not self.files else {})}


def said(data: Path, case: Case) -> str:
    """What the user is told: the refusal, or a line for each file and each rejected row."""
    put(data, case.folder, case.toml)
    try:
        account = open_account(data, NAME)
    except InputError as error:
        return str(error)
    for table, expected in case.holds.items():
        name, *columns = table.split()
        assert rows(account, name, *columns) == expected, table
    return _told(account)


def _told(account: Account) -> str:
    lines = []
    for row in account.ledger.iter_rows(named=True):
        counts = ", ".join(f"{row[move]} {move}" for move in MOVES if row[move] or move == "read")
        lines.append(f"{row['file']}: {row['layout']}; {counts}. {row['note']}".strip())
    for row in account.rejects.iter_rows(named=True):
        column = f", column {row['column']}" if row["column"] else ""
        lines.append(f"{row['file']}, row {row['row']}{column}: {row['reason']}")
    return "\n".join([*lines, *account.remarks])


__all__ = ["DE", "GB", "ITEMS", "JP", "LENIENT", "US", "Case", "said"]
