"""Which encoding a file is in, and its text in UTF-8: tried strictly, one after the other, never guessed."""

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from sellerhealth.definition.errors import InputError

MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
JAPANESE = "cp932"
KANA = re.compile(rb"(?:\x82[\x9f-\xf1]|\x83[\x40-\x7e\x80-\x96]){2}")
"""Two Japanese letters in a row in cp932; in Western text these bytes are signs that nobody writes twice."""
HEADING = re.compile(rb"(?:[\x81-\x9f][\x40-\x7e\x80-\xfc]){3}")
"""Three in a row, as headings hold them; in a Western heading these bytes would be quotes and dashes."""
FOREIGN_RUN = re.compile(rb"[\x80-\xff]{4,}")
"""Western text has its accented letters one by one, other alphabets have them by the word."""
FOREIGN_SHARE = 1 / 3
HIGH = bytes(range(0x80, 0x100))
LEADS = re.compile(rb"[\x81-\x9f]")
WESTERN = re.compile(rb"[\xe0-\xfc]|(?<![\xa1-\xdf])[\xa1-\xdf](?![\xa1-\xdf])")
"""Accented letters, as they would stand in Western text: one by one."""
AS_UTF_8 = "save it as UTF-8 (in Excel: CSV UTF-8)."


def marked(start: bytes) -> str:
    r"""The encoding that the byte order mark names; none without a mark.

    Example:
        >>> marked(b"\xff\xfea\0"), marked(b"abc")
        ('utf-16', '')
    """
    return next((name for mark, name in MARKS.items() if start.startswith(mark)), "")


def utf_8(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The chunks in UTF-8. Raises UnicodeDecodeError at the first byte that does not fit."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    for chunk in chunks:
        if encoding != "utf-8":
            yield decoder.decode(chunk).encode()
            continue
        # What is plain ASCII need not be decoded to be known as whole, but for a letter begun in the chunk before.
        if decoder.getstate()[0] or not chunk.isascii():
            decoder.decode(chunk)
        yield chunk
    yield decoder.decode(b"", final=True).encode() if encoding != "utf-8" else _ended(decoder)


def _ended(decoder: codecs.IncrementalDecoder) -> bytes:
    decoder.decode(b"", final=True)
    return b""


def old(chunks: Iterator[bytes], home: str, shown: str) -> str:
    """The old encoding of a file that is not in UTF-8: the marketplace's, or cp932 where the header is Japanese.

    Raises InputError where the text could as well be another alphabet's: read wrongly, it would fit too.
    """
    start = next(chunks, b"")
    header = start.replace(b"\r", b"\n").partition(b"\n")[0]
    if home != JAPANESE and (KANA.search(header) or HEADING.search(header)):
        return JAPANESE
    for_all = chain([start], chunks)
    if home == JAPANESE:
        _refuse_western(for_all, shown)
    else:
        _refuse_foreign(for_all, shown)
    return home


def _refuse_foreign(chunks: Iterable[bytes], shown: str) -> None:
    high = in_runs = 0
    for chunk in chunks:
        if KANA.search(chunk):
            way_out = f"It looks Japanese: correct `marketplace` in account.toml, or {AS_UTF_8}"
            raise InputError(shown, "text in the encoding of the marketplace", way_out)
        high += len(chunk) - len(chunk.translate(None, HIGH))
        in_runs += sum(map(len, FOREIGN_RUN.findall(chunk)))
    if in_runs > FOREIGN_SHARE * high:
        raise InputError(shown, "text in UTF-8", f"It looks like another alphabet: {AS_UTF_8}")


def _refuse_western(chunks: Iterable[bytes], shown: str) -> None:
    is_western = False
    for chunk in chunks:
        if LEADS.search(chunk):
            return
        is_western = is_western or WESTERN.search(chunk) is not None
    if is_western:
        way_out = f"It looks Western: correct `marketplace` in account.toml, or {AS_UTF_8}"
        raise InputError(shown, "text in the encoding of the marketplace", way_out)
