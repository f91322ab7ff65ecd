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
LETTER = rb"[A-Za-z]"
RUN = rb"[\x80-\xff]{3,}"
"""Western text has its accented letters one by one, other alphabets by the word. Each of these follows a first."""
SHORT_RUN = rb"(?<=[\xc0-\xff])(?=[\xc0-\xff]{2})(?:(?<=[\xe0-\xff])|[\xc0-\xdf]*[\xe0-\xff])[\xc0-\xff]*"
CHINESE = (
    rb"(?<=[\xb0-\xba\xbc-\xbe])[\xa1-\xfe]|(?<=[\xc0-\xd6])[\xa1-\xa8\xe0-\xfe]|"
    rb"(?<=[\xa4-\xa8\xaa\xac\xaf\xb1])(?=" + LETTER + rb")"
)
"""Signs before accented letters or in front of words, and capitals before small accented letters."""
MACINTOSH = (
    rb"(?<=" + LETTER + rb"[\x82-\x84\x88\x98])|"
    rb"(?<=" + LETTER + rb"[\x86\x87\x89\x8b\x9b])(?=" + LETTER + rb")|(?<=[a-z][\xc0-\xd6\xd8-\xde\x8a\x8c\x8e\x9f])"
)
"""Signs, and capitals, in the middle of words."""
FOREIGN = re.compile(rb"[\x80-\xff](?:" + RUN + rb")")
FOREIGN_TO_CP1252 = re.compile(rb"[\x80-\xff](?:" + b"|".join((RUN, SHORT_RUN, CHINESE, MACINTOSH)) + rb")")
FOREIGN_SHARE = 1 / 3
LONG = "\u0800-\U0010ffff"
UTF_8 = re.compile(f"[{LONG}]")
UTF_8_OR_SHORT = re.compile(f"[\x80-\u017f\u0380-\u047f\u05c0-\u06ff{LONG}]")
"""Letters of UTF-8; those of two bytes could as well be two small kana of cp932."""
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

    Raises InputError where the text could as well be another alphabet's: read wrongly, it would fit too. So it is
    with most of what is UTF-8 but for a damaged letter. A few short words of another encoding, as of one Western
    language in the code page of another, cannot be told and are read as the marketplace's: they change the letters
    of texts such as an SKU, never a number, a day or an order id.
    """
    start = next(chunks, b"")
    header = start.replace(b"\r", b"\n").partition(b"\n")[0]
    if home != JAPANESE and (KANA.search(header) or HEADING.search(header)):
        home = JAPANESE
    for_all = chain([start], chunks)
    if home == JAPANESE:
        _refuse_western(for_all, shown)
    else:
        _refuse_foreign(for_all, home, shown)
    return home


def _refuse_foreign(chunks: Iterable[bytes], home: str, shown: str) -> None:
    foreign = FOREIGN_TO_CP1252 if home == "cp1252" else FOREIGN
    high = strange = utf_8_letters = 0
    is_japanese = False
    for chunk in chunks:
        is_japanese = is_japanese or KANA.search(chunk) is not None
        high += _high(chunk)
        utf_8_letters += _utf_8(UTF_8_OR_SHORT, chunk)
        strange += sum(map(len, foreign.findall(chunk)))
    _refuse_damaged(utf_8_letters, high, shown)
    if is_japanese:
        way_out = f"It looks Japanese: correct `marketplace` in account.toml, or {AS_UTF_8}"
        raise InputError(shown, "text in the encoding of the marketplace", way_out)
    if strange > FOREIGN_SHARE * high:
        raise InputError(shown, "text in UTF-8", f"It looks like another alphabet: download it again, or {AS_UTF_8}")


def _high(chunk: bytes) -> int:
    return len(chunk) - len(chunk.translate(None, HIGH))


def _utf_8(letter: re.Pattern[str], chunk: bytes) -> int:
    """How many bytes are letters of UTF-8."""
    return len("".join(letter.findall(chunk.decode(errors="ignore"))).encode())


def _refuse_damaged(utf_8_letters: int, high: int, shown: str) -> None:
    if utf_8_letters > high / 2:
        way_out = f"Some letters of it are damaged: download it again, or {AS_UTF_8}"
        raise InputError(shown, "text in UTF-8, whole", way_out)


def _refuse_western(chunks: Iterable[bytes], shown: str) -> None:
    high = utf_8_letters = 0
    has_lead = is_western = False
    for chunk in chunks:
        high += _high(chunk)
        utf_8_letters += _utf_8(UTF_8, chunk)
        has_lead = has_lead or LEADS.search(chunk) is not None
        is_western = is_western or WESTERN.search(chunk) is not None
    _refuse_damaged(utf_8_letters, high, shown)
    if is_western and not has_lead:
        way_out = f"It looks Western: correct `marketplace` in account.toml, or {AS_UTF_8}"
        raise InputError(shown, "text in the encoding of the marketplace", way_out)
