"""A JSON or XML document as lines of a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sellerhealth.definition.marketplaces import MARKETPLACES
from sellerhealth.sources.layout import Layout

COUNTRIES = {place.marketplace_id: place.code for place in MARKETPLACES.values()}
UNKNOWN = "OTHER"


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document as tab-separated lines below a header, and what is odd about it, a sentence each."""

    lines: str
    notes: tuple[str, ...] = ()


def table(layout: Layout, rows: Sequence[Mapping[str, str]]) -> str:
    r"""The rows below a header of the layout, tab-separated; a cell that a row lacks is empty.

    Of the columns that no row fills, the header has those only by which the layout is known: the document does not
    tell the others, and what is not told is no zero.

    Example:
        >>> from sellerhealth.sources.layout import Field
        >>> told = Field(ours="sku", theirs=("a",), kind="text"), Field(ours="quantity", theirs=("b",), kind="whole")
        >>> layout = Layout(name="n", label="n", tables=(), key=(), fields=told, marks=(("m",),))
        >>> table(layout, [{"b": "1", "c": "2"}])
        'm\tb\n\t1\n'
    """
    names = [*(names[0] for names in layout.marks), *(field.theirs[0] for field in layout.fields)]
    known_by = {names[0] for names in layout.known_by}
    header = [name for name in names if layout.whole or name in known_by or any(row.get(name) for row in rows)]
    cells = [header, *([row.get(name, "") for name in header] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in cells)


def country(marketplace_id: str) -> str:
    """The country code of a marketplace's id; a marketplace this program does not know is another one, `UNKNOWN`.

    Example:
        >>> country("A1F83G8C2ARO7P"), country("NEW"), country("")
        ('GB', 'OTHER', '')
    """
    return COUNTRIES.get(marketplace_id, UNKNOWN) if marketplace_id else ""


def notes(rows: Iterable[Mapping[str, str]], order: str, marketplace: str) -> list[str]:
    """A sentence on the orders that no metric counts, since their marketplace is not known; the names of two columns.

    Example:
        >>> rows = [{"id": "1", "at": "OTHER"}, {"id": "1", "at": "OTHER"}, {"id": "2", "at": "GB"}]
        >>> notes(rows, "id", "at")
        ['orders of a marketplace this program does not know, which count nowhere: 1']
    """
    count = len({row.get(order) for row in rows if row.get(marketplace) == UNKNOWN})
    return [f"orders of a marketplace this program does not know, which count nowhere: {count}"] if count else []
