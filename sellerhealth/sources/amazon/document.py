"""A JSON or XML document as lines of a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sellerhealth.definition.marketplaces import MARKETPLACES

COUNTRIES = {place.marketplace_id: place.code for place in MARKETPLACES.values()}


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document as tab-separated lines below a header, and what is odd about it, a sentence each."""

    lines: str
    notes: tuple[str, ...] = ()


def table(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    r"""The rows below their header, tab-separated; a cell that a row lacks is empty, one not in the header left out.

    Example:
        >>> table(("a", "b"), [{"b": "1", "c": "2"}])
        'a\tb\n\t1\n'
    """
    cells = [header, *([row.get(name, "") for name in header] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in cells)


def country(marketplace_id: str) -> str:
    """The country code of a marketplace's id; a marketplace this program does not know is another one.

    Example:
        >>> country("A1F83G8C2ARO7P"), country("NEW"), country("")
        ('GB', 'OTHER', '')
    """
    return COUNTRIES.get(marketplace_id, "OTHER") if marketplace_id else ""
