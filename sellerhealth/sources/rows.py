"""Bytes to rows of text: the only place that decodes.

A file is taken as it is or refused with the way out; nothing is guessed that could change a value.
"""

import codecs
import csv
import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import polars as pl

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.amazon import documents

CHUNK = 1 << 20
LARGEST = 4 << 30
LARGEST_JSON = 20 << 20
LONGEST_LINE = 1 << 20
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
AGAIN = "Download it again as text (tab or comma separated)."
REFUSED = {
    b"PK\x03\x04": "This is a spreadsheet or a zip archive: save the sheet as CSV, or unpack the archive.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook: save the sheet as CSV.",
    b"%PDF": "This is a PDF: " + AGAIN[0].lower() + AGAIN[1:],
}
JSON_MESSAGE = "This is a JSON message, often an error: download it again."


@dataclass(frozen=True, kw_only=True)
class Text:
    """A file as clean UTF-8 text with LF or CRLF line ends, on disk."""

    path: Path
    encoding: str
    ends_in_newline: bool
    notes: tuple[str, ...] = ()


def clean(path: Path, shown: str, legacy_encoding: str, workdir: Path) -> Text:
    """The file as clean text: itself when it already is, else a decoded copy in `workdir`.

    Encodings are tried strictly, in this order: the byte order mark's, UTF-8, the marketplace's old one. Of
    JSON only Amazon's performance report is taken, as lines of a table.
    Raises InputError for an empty, binary, HTML, other JSON, spreadsheet or cut-off file. `shown` is the
    name used in errors.
    """
    head = _head(path, shown)
    packed = head.startswith(b"\x1f\x8b")
    start = next(_chunks(path, shown), b"") if packed else head
    _refuse(start, shown)
    mark = next((name for bom, name in BOMS.items() if start.startswith(bom)), None)
    if mark is None and b"\0" in start:
        raise InputError(shown, "text", f"It holds binary data. {AGAIN}")
    for encoding in [mark] if mark else ["utf-8", legacy_encoding]:
        decoded = _decode(path, shown, encoding, workdir, keep=packed or encoding != "utf-8")
        if decoded:
            return _table(decoded, shown, workdir) if _is_json(decoded) else decoded
    raise InputError(shown, f"text in UTF-8 or {legacy_encoding}", AGAIN)


def header(text: Text, shown: str, delimiter: str) -> list[str]:
    """The names in the first line, trimmed. Raises InputError for a first line that is no header."""
    with text.path.open(encoding="utf-8", newline="") as file:
        lines = iter(partial(file.readline, LONGEST_LINE), "")
        try:
            first = (
                next(lines, "").split("\t") if delimiter == "\t" else next(csv.reader(lines, delimiter=delimiter), [])
            )
        except csv.Error:
            raise InputError(shown, "a header line", "Its first line is far too long. " + AGAIN, row=1) from None
    return [name.strip().strip('"').strip() for name in first]


def split(text: Text, shown: str, delimiter: str, *, quoted: bool) -> pl.LazyFrame:
    """The rows below the header: `row`, its number in the file (the header is 1), and `cells`, a list.

    Lines that are blank, but for delimiters, are not rows. Without quoting every quote is an ordinary
    character, as in Amazon's tab-separated files; with it a cell may hold delimiters, quotes and line
    breaks (RFC 4180).
    Raises InputError for quotes that do not close.
    """
    if quoted and _has_quotes(text.path):
        return _quoted(text, shown, delimiter)
    lines = pl.scan_lines(text.path, row_index_name="row", row_index_offset=1, glob=False)
    filled = pl.col("line").str.contains(rf"[^\s{re.escape(delimiter)}]")
    return lines.filter((pl.col("row") > 1) & filled).select(
        pl.col("row").cast(pl.Int64), pl.col("line").str.split(delimiter).alias("cells")
    )


@contextmanager
def workdir(beside: Path) -> Iterator[Path]:
    """A folder for decoded copies, gone when done."""
    with TemporaryDirectory(dir=beside) as work:
        yield Path(work)


def _head(path: Path, shown: str) -> bytes:
    with path.open("rb") as file:
        head = file.read(CHUNK)
    if not head.strip():
        raise InputError(shown, "a file with a header line", "It is empty. " + AGAIN)
    return head


def _refuse(start: bytes, shown: str) -> None:
    for magic, way_out in REFUSED.items():
        if start.startswith(magic):
            raise InputError(shown, "a text file", way_out)
    visible = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not visible:
        raise InputError(shown, "a file with a header line", "It is empty. " + AGAIN)
    if visible.startswith(b"<"):
        raise InputError(
            shown, "a report", "This is a web page, often an expired login: sign in and download it again."
        )
    if visible.startswith(b"["):
        raise InputError(shown, "a report", JSON_MESSAGE)


def _is_json(text: Text) -> bool:
    with text.path.open(encoding="utf-8") as file:
        return file.read(CHUNK).lstrip().startswith("{")


def _table(text: Text, shown: str, workdir: Path) -> Text:
    """The lines that Amazon's performance report is read as; any other JSON is refused."""
    is_small = text.path.stat().st_size <= LARGEST_JSON
    told = documents.told(text.path.read_text(encoding="utf-8")) if is_small else None
    if told is None:
        raise InputError(shown, "a report", JSON_MESSAGE)
    table = workdir / "table.tsv"
    table.write_text(told.lines, encoding="utf-8")
    return Text(path=table, encoding=text.encoding, ends_in_newline=True, notes=told.notes)


def _chunks(path: Path, shown: str) -> Iterator[bytes]:
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    total = 0
    with gzip.open(path, "rb") if packed else path.open("rb") as file:
        while chunk := _read(file, shown):
            total += len(chunk)
            if total > LARGEST:
                raise InputError(shown, "at most 4 GB of text", "Download a shorter period.")
            yield chunk


def _read(file: IO[bytes] | gzip.GzipFile, shown: str) -> bytes:
    try:
        return file.read(CHUNK)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise InputError(shown, "a whole gzip file", "It is cut off or damaged: download it again.") from None


def _decode(path: Path, shown: str, encoding: str, workdir: Path, *, keep: bool) -> Text | None:
    """The file in this encoding, or None when a byte does not fit it. A copy is kept only if needed."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    copy = workdir / "decoded.txt"
    last, lone_returns = "", False
    try:
        with copy.open("w", encoding="utf-8", newline="") as out:
            for part in _decoded(decoder, _chunks(path, shown)):
                if "\0" in part:
                    raise InputError(shown, "text", f"It holds binary data. {AGAIN}")
                lone_returns = lone_returns or "\r" in part.replace("\r\n", "")
                if keep or lone_returns:
                    out.write(part.replace("\r\n", "\n").replace("\r", "\n"))
                last = part[-1:] or last
    except UnicodeDecodeError:
        return None
    if lone_returns and not keep:
        return _decode(path, shown, encoding, workdir, keep=True)
    name = encoding.removesuffix("-sig")
    return Text(path=copy if keep else path, encoding=name, ends_in_newline=last in ("\n", "\r"))


def _decoded(decoder: codecs.IncrementalDecoder, chunks: Iterator[bytes]) -> Iterator[str]:
    """Decoded parts that never end inside a CRLF."""
    held = ""
    for chunk in chunks:
        part = held + decoder.decode(chunk)
        held = "\r" if part.endswith("\r") else ""
        yield part.removesuffix("\r")
    yield held + decoder.decode(b"", final=True)


def _has_quotes(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b'"' in chunk for chunk in iter(lambda: file.read(CHUNK), b""))


def _quoted(text: Text, shown: str, delimiter: str) -> pl.LazyFrame:
    numbers, cells = [], []
    with text.path.open(encoding="utf-8", newline="") as lines:
        reader, start = csv.reader(lines, delimiter=delimiter, strict=True), 1
        try:
            next(reader)
            start = reader.line_num + 1
            for record in reader:
                if any(cell.strip() for cell in record):
                    numbers.append(start)
                    cells.append(record)
                start = reader.line_num + 1
        except csv.Error:
            way_out = "A quote opens and does not close, a cell is endless, or the file is cut off: download it again."
            raise InputError(shown, "quotes in pairs", way_out, row=start) from None
    return pl.LazyFrame({"row": numbers, "cells": cells}, schema={"row": pl.Int64(), "cells": pl.List(pl.String())})
