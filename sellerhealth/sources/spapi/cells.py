"""Of a report's lines, the cells that are read: all others are emptied before anything is written.

A tab or a line break in a comment shifts cells, and a buyer's words come to stand under another heading. So a line
whose cells do not stand in their places keeps none of them; the readers then reject it, and it is counted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import polars as pl

from sellerhealth.sources.layout import Field, Layout, fold
from sellerhealth.sources.problems import smallest
from sellerhealth.sources.spapi.patience import FetchError
from sellerhealth.sources.values import value

LONGEST_LINE = 16 << 20
TELLING = ("order_id", "day", "whole")
"""Kinds of cells that no words look like: by them a line shows whether its cells stand in their places."""
NUMBERS = r"^[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})(?: [0-9:]+)?$"
"""A day in either order: in which a file is written, the readers judge by the whole of it."""
MARK = b"?"
"""Stands where something was that is not kept: nothing is read from it, and its line is not blank."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of a report that are read, by their places; lines have `smallest` to `width` cells."""

    width: int
    smallest: int
    read: dict[int, Field]
    encoding: str

    @classmethod
    def of(cls, layout: Layout, header: list[str], encoding: str) -> "Columns":
        """Those of a header that the layout fits."""
        ours = {fold(name): field for field in layout.read for name in field.theirs}
        read = {place: ours[name] for place, name in enumerate(layout.names(header)) if name in ours}
        places = {field.ours: place for place, field in read.items()}
        fewest = smallest(layout, places, len(header))
        return cls(width=len(header), smallest=fewest, read=read, encoding=encoding)

    def only(self, lines: Sequence[bytes]) -> Iterator[bytes]:
        """The lines with the cells that are read and no others; of a line that is shifted, with none."""
        contents = [line.rstrip(b"\r\n") for line in lines]
        split = [content.split(b"\t") for content in contents]
        for line, content, cells, is_sound in zip(lines, contents, split, self._sound(split), strict=True):
            kept = b"\t".join(self._kept(cells, is_sound=is_sound)) if self._fits(cells) else b""
            if content.strip() and not kept.strip():
                kept = b"\t" * self.width + MARK
            yield kept + line[len(content) :]

    def _fits(self, cells: Sequence[bytes]) -> bool:
        return self.smallest <= len(cells) <= self.width

    def _kept(self, cells: Sequence[bytes], *, is_sound: bool) -> Iterator[bytes]:
        for place, cell in enumerate(cells):
            field = self.read.get(place)
            if is_sound:
                yield cell if field else b""
            else:
                yield MARK if field and field.kind in TELLING and cell.strip() else b""

    def _sound(self, split: Sequence[Sequence[bytes]]) -> list[bool]:
        """Whether the telling cells of each line are what they must be."""
        telling = {f"{place}": field for place, field in self.read.items() if field.kind in TELLING}
        told = {place: [self._told(cells, int(place)) for cells in split] for place in telling}
        frame = pl.DataFrame(told, schema=dict.fromkeys(telling, pl.String), height=len(split))
        checks = [_is_sound(field, pl.col(place)) for place, field in telling.items()]
        return frame.select(pl.all_horizontal(checks)).to_series().to_list()

    def _told(self, cells: Sequence[bytes], place: int) -> str | None:
        """A cell as it is compared; none when it is blank or not there."""
        return _decoded(cells[place], self.encoding).strip() or None if place < len(cells) else None


def only(pieces: Iterator[bytes], layout_of: Callable[[list[str]], Layout], encoding: str) -> Iterator[bytes]:
    r"""Tab-separated lines with the cells emptied of all columns but those read by the layout that fits the header.

    Example:
        >>> number = Field(ours="order_id", theirs=("Order ID",), kind="order_id", needed=True)
        >>> layout = Layout(name="", label="", tables=(), key=(), fields=(number,))
        >>> pieces = iter([b"Order ID\tComm", b"ents\n111-1111111-1111111\tAnn was kind\nand\tquick\n"])
        >>> b"".join(only(pieces, lambda header: layout, "cp1252"))
        b'Order ID\tComments\n111-1111111-1111111\t\n?\t\n'
    """
    batches = _batches(pieces)
    header, *first = next(batches, [b""])
    names = [name.strip(' "') for name in _decoded(header, encoding).rstrip("\r\n").split("\t")]
    columns = Columns.of(layout_of(names), names, encoding)
    yield header
    for lines in chain([first], batches):
        yield from columns.only(lines)


def _is_sound(field: Field, cell: pl.Expr) -> pl.Expr:
    """Whether a telling cell is what it must be. A blank one is, but for the number of the order: no line lacks it."""
    is_blank = cell.is_null() if field.kind != "order_id" else pl.lit(value=False)
    is_day = cell.str.contains(NUMBERS) if field.kind == "day" else pl.lit(value=False)
    return pl.any_horizontal(value(field, cell).is_not_null(), is_blank, is_day.fill_null(value=False))


def _batches(pieces: Iterator[bytes]) -> Iterator[list[bytes]]:
    """The lines, with their ends, as many at a time as came together."""
    held = b""
    for piece in pieces:
        *lines, held = (held + piece).splitlines(keepends=True) or [b""]
        if held.endswith(b"\n"):
            lines, held = [*lines, held], b""
        if len(held) > LONGEST_LINE:
            raise FetchError("The document is no table. Download the report in Seller Central instead.")
        if lines:
            yield lines
    yield [held]


def _decoded(text: bytes, encoding: str) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text.decode(encoding, errors="replace")
