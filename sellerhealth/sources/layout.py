"""A layout: how one kind of file names its columns, and which tables it fills."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Self

ANY_MARK = "~"
"""In the format of a day: any of the marks / . - between its numbers."""
SPLIT = "account"
"""The column that says whose a row is, in a folder that a column splits into accounts."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column of a file: our name, their names, and how to read a cell.

    `kind` is one of values.KINDS. `values` maps their words (compared without case) to ours. `formats`
    are strptime patterns, tried in turn; `zone` is the zone of times that carry none. `day_zone` is the zone
    whose days count, where it is another. `decimal` is the mark before decimals. A `needed` column must be there,
    and be filled unless `may_be_blank`. `languages` are those its texts may be in. `salt` makes the numbers that
    stand for a cell the account's own.
    """

    ours: str
    theirs: tuple[str, ...]
    kind: str
    needed: bool = False
    may_be_blank: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    zone: str = ""
    day_zone: str = ""
    decimal: str = "."
    languages: tuple[str, ...] = ()
    salt: int = 0


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One kind of file.

    `tables` are those it fills; its rows are told apart by `key`. Of rows with one key, the one with the
    greatest `recency` is used. `stays` are columns of which the greatest stays, whichever row is used: a mark is never
    taken back. `constants` fill columns that the file's kind implies. `short_rows` says
    that trailing cells may be missing. `account_column` splits the file into accounts. `whole` says that
    the header must have every field, not only the needed ones. `marks` are columns by which the file is known
    and which are not read, each in its spellings. `also_provides` names what the file's kind says beyond its columns.
    `is_kept` says that it tells of one moment only, so that its rows are kept when its file is gone. `continues` are
    the columns that a line leaves blank where it goes on with the order, or the item, of the line above. `never` are
    columns that only another kind of file has.
    `partial` are the tables of which it holds some rows only, so that it provides neither them nor their columns.
    `headers` are whole headers in other languages, each with the English one: there names may be repeated.
    `probes` are columns that are read only to see that the cells of a row stand in their places. `is_document` says
    that its lines are told of JSON or XML, which no spreadsheet saves again.
    """

    name: str
    label: str
    tables: tuple[str, ...]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    recency: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = "\t"
    quoted: bool = False
    short_rows: bool = False
    account_column: str = ""
    whole: bool = False
    marks: tuple[tuple[str, ...], ...] = ()
    also_provides: tuple[str, ...] = ()
    is_kept: bool = False
    continues: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    headers: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    probes: tuple[Field, ...] = ()
    is_document: bool = False

    @property
    def needed(self) -> list[Field]:
        """The columns that are read and without which a file is not of this layout."""
        return [column for column in self.fields if column.needed]

    @property
    def read(self) -> tuple[Field, ...]:
        """The columns whose cells are looked at."""
        return (*self.fields, *self.probes)

    @property
    def known_by(self) -> list[tuple[str, ...]]:
        """The columns a file is recognised by, each in its spellings."""
        return [*(column.theirs for column in self.needed), *self.marks]

    def salted(self, salt: int) -> Self:
        """The layout as one account reads it: its handles with the account's salt."""
        fields = tuple(
            replace(column, salt=salt) if column.kind in ("handle", "code") else column for column in self.fields
        )
        return replace(self, fields=fields)

    def at(self, zone: str) -> Self:
        """The layout as an account of this zone reads it: the short name of a zone may mean another elsewhere."""
        fields = tuple(
            replace(column, zone=zone) if column.kind == "instant" and not column.zone else column
            for column in self.fields
        )
        return replace(self, fields=fields)

    def names(self, header: list[str]) -> list[str]:
        """The header as it is compared: in English, by position, where the whole of it is known; else its own names."""
        folded = tuple(map(fold, header))
        return list(self.headers.get(folded, folded))

    def missing(self, header: list[str]) -> list[str]:
        """The columns a header must have and lacks, in the file's words."""
        names = set(self.names(header))
        wanted = [column.theirs for column in self.fields] if self.whole else self.known_by
        absent = [theirs[0] for theirs in wanted if not names.intersection(map(fold, theirs))]
        if self.account_column and fold(self.account_column) not in names:
            absent.append(self.account_column)
        return absent

    def can_be(self, header: list[str]) -> bool:
        """Whether a header has no column that only another kind of file has."""
        return set(self.names(header)).isdisjoint(map(fold, self.never))

    def found(self, header: list[str]) -> int:
        """How many of the columns that are read a header has."""
        names = set(self.names(header))
        return sum(not names.isdisjoint(map(fold, column.theirs)) for column in self.fields)


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    r"""A header name as it is compared: no case, no odd spaces, full-width letters as plain ones.

    Example:
        >>> fold(" Order\u00a0ID ")
        'order id'
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def month_first(pattern: str) -> bool:
    """Whether a format of a day begins with the month's number.

    Example:
        >>> month_first("%m~%d~%Y"), month_first("%Y~%m~%d")
        (True, False)
    """
    return pattern.startswith("%m")
