"""Bytes to rows of text: the only place that decodes.

A file is taken as it is or refused with the way out; nothing is guessed that could change a value.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

import polars as pl

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import archive, encoding, foreign, quotes
from sellerhealth.sources.amazon import shapes
from sellerhealth.sources.sight import Sight

LARGEST_DOCUMENT = 64 << 20
LONGEST_HEADER = 1 << 20
LONGEST_LINE = 64 << 20
EXCELS_FIRST_LINE = re.compile(rb'^(\xef\xbb\xbf)?"?sep=.?"?\r?\n', re.IGNORECASE)
"""`sep=;`, by which a CSV tells Excel what parts its cells; the header is the line below."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A file as clean UTF-8 text with LF or CRLF line ends, on disk.

    `header_row` is the number of the line with the names. `has_quotes` and `has_zeros` say whether a quote, a
    zero byte stands anywhere.
    """

    path: Path
    encoding: str
    ends_in_newline: bool
    notes: tuple[str, ...] = ()
    header_row: int = 1
    has_quotes: bool = True
    has_zeros: bool = True


def clean(path: Path, shown: str, legacy_encoding: str, workdir: Path) -> Text:
    """The file as clean text: itself when it already is, else a decoded copy in `workdir`.

    Encodings are tried strictly, in this order: the byte order mark's, UTF-8, the marketplace's old one. JSON and
    XML come as lines of a table, where they are reports this program knows.
    Raises InputError for an empty, binary, other, cut-off or endless file. `shown` is the name used in errors.
    """
    with path.open("rb") as file:
        packed = archive.is_packed(file.read(4))
    start = next(archive.chunks(path, shown), b"")
    foreign.refuse(start, shown, packed=packed)
    mark = encoding.marked(start)
    if not mark:
        foreign.refuse_binary(start, shown)
    text = _text(path, shown, mark or "utf-8", workdir, keep=packed or mark == "utf-16")
    if text is None and not mark:
        with closing(archive.chunks(path, shown)) as chunks:
            old = encoding.old(chunks, legacy_encoding, shown)
        text = _text(path, shown, old, workdir, keep=True)
    if text is None:
        raise InputError(shown, f"text in {mark or f'UTF-8 or {legacy_encoding}'}", foreign.AGAIN)
    return _table(text, shown, workdir) if foreign.is_document(_start(text.path)) else text


def header(text: Text, shown: str, delimiter: str) -> list[str]:
    """The names in the header's line, trimmed. Raises InputError for a first line that is no header."""
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        lines = islice(iter(partial(file.readline, LONGEST_HEADER), ""), text.header_row - 1, None)
        try:
            first = (
                next(lines, "").split("\t") if delimiter == "\t" else next(csv.reader(lines, delimiter=delimiter), [])
            )
        except csv.Error:
            way_out = "Its first line is far too long. " + foreign.AGAIN
            raise InputError(shown, "a header line", way_out, row=1) from None
    return [name.strip().strip('"').strip() for name in first]


def plain(text: Text, shown: str, delimiter: str, workdir: Path) -> tuple[Text, str]:
    """The text without quoting (RFC 4180), and what parts its cells then. Raises InputError for unpaired quotes."""
    if not text.has_quotes:
        return text, delimiter
    copy = quotes.unquoted(text.path, shown, delimiter, workdir / "unquoted.txt")
    return replace(text, path=copy), quotes.UNIT


def split(text: Text, delimiter: str, width: int) -> pl.LazyFrame:
    """The lines below the header: `row`, its number in the file, and the cells, named `0` to `width` - 1.

    Blank lines are among them. A cell that a line lacks is empty, one too many is left out: `lines` tells.
    Every quote is an ordinary character.
    """
    return pl.scan_csv(
        text.path,
        separator=delimiter,
        quote_char=None,
        has_header=False,
        skip_lines=text.header_row,
        schema={str(place): pl.String() for place in range(width)},
        empty_string_is_null=False,
        missing_columns="insert",
        extra_columns="ignore",
        truncate_ragged_lines=True,
        raise_if_empty=False,
        row_index_name="row",
        row_index_offset=text.header_row + 1,
        glob=False,
    ).with_columns(pl.col("row").cast(pl.Int64))


def lines(text: Text, delimiter: str) -> pl.LazyFrame:
    """The lines below the header: `row`, `width` in cells, and whether each `is_blank` or holds a zero byte.

    Lines that are blank, but for delimiters, are no rows.
    """
    line = pl.col("line")
    found = pl.scan_lines(text.path, row_index_name="row", row_index_offset=1, glob=False)
    return found.filter(pl.col("row") > text.header_row).select(
        pl.col("row").cast(pl.Int64),
        (line.str.count_matches(delimiter, literal=True) + 1).alias("width"),
        (~line.str.contains(rf"[^\s{re.escape(delimiter)}]")).alias("is_blank"),
        (line.str.contains("\0", literal=True) if text.has_zeros else pl.lit(value=False)).alias("has_zero"),
    )


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _text(path: Path, shown: str, name: str, workdir: Path, *, keep: bool) -> Text | None:
    """The file in this encoding, or None when a byte does not fit it. A copy is made only if asked for or needed."""
    copy, sight = workdir / "decoded.txt", Sight()
    try:
        with copy.open("wb") as out, closing(archive.chunks(path, shown)) as chunks:
            for piece in _pieces(encoding.utf_8(chunks, name)):
                sight.look(piece)
                _refuse_damaged(piece, sight, shown)
                if keep:
                    out.write(piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    except UnicodeDecodeError:
        return None
    if sight.lone_returns and not keep:
        return _text(path, shown, name, workdir, keep=True)
    found = copy if keep else path
    return Text(
        path=found,
        encoding=name,
        ends_in_newline=sight.last in (b"\n", b"\r"),
        notes=tuple(sight.notes),
        header_row=2 if EXCELS_FIRST_LINE.match(_start(found)) else 1,
        has_quotes=sight.quotes,
        has_zeros=sight.zeros,
    )


def _refuse_damaged(piece: bytes, sight: Sight, shown: str) -> None:
    # Two are looked for only where there is one: that is ten times faster.
    if b"\0" in piece and b"\0\0" in piece:
        raise InputError(shown, "text", foreign.BINARY)
    if sight.unbroken > LONGEST_LINE and not sight.is_document:
        raise InputError(shown, "lines of at most 64 MB", foreign.AGAIN)


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks, but none ends inside a CRLF."""
    held = b""
    for chunk in chunks:
        piece = held + chunk if held else chunk
        held = b"\r" if piece.endswith(b"\r") else b""
        yield piece.removesuffix(b"\r")
    yield held


def _table(text: Text, shown: str, workdir: Path) -> Text:
    """The lines that a report in JSON or XML is read as; any other is refused."""
    if text.path.stat().st_size > LARGEST_DOCUMENT:
        raise InputError(shown, "JSON or XML of at most 64 MB", "Download a shorter period.")
    told = shapes.told(text.path.read_text(encoding="utf-8-sig"), shown)
    if told is None:
        raise InputError(shown, "a report", foreign.unknown_document(_start(text.path)))
    table = workdir / "table.tsv"
    table.write_text(told.lines, encoding="utf-8")
    return Text(path=table, encoding=text.encoding, ends_in_newline=True, notes=(*text.notes, *told.notes))
