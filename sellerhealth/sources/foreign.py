"""What is no report at all: known by how it begins, refused with the way out."""

import re

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import archive
from sellerhealth.sources.archive import OR_IGNORE

AGAIN = "Download it again as text (tab or comma separated)."
EMPTY = "It is empty. " + AGAIN
BINARY = f"It holds binary data. {AGAIN}"
WEB_PAGE = "This is a web page, often an expired login: sign in and download it again."
XML = "This is XML, often an error message or a web page: sign in and download it again."
JSON = "This is a JSON message, often an error: download it again."
PICTURE = "This is a picture. " + OR_IGNORE
ARCHIVE = "This is an archive: unpack it. " + OR_IGNORE
DOCUMENT = f"This is a document: save its table as CSV. {OR_IGNORE}"
UTF_32 = "It is in UTF-32: save it as UTF-8, or download it again."
BEGINNINGS = {
    b"\xff\xfe\0\0": UTF_32,
    b"\0\0\xfe\xff": UTF_32,
    b"\xd0\xcf\x11\xe0": f"This is an old Excel workbook or document: {archive.SAVE_AS_CSV}. {OR_IGNORE}",
    b"%PDF": f"This is a PDF: download the report as text (tab or comma separated). {OR_IGNORE}",
    b"{\\rtf": DOCUMENT,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
    b"II*\0": PICTURE,
    b"MM\0*": PICTURE,
    b"Rar!": ARCHIVE,
    b"7z\xbc\xaf": ARCHIVE,
    b"\xfd7zXZ": ARCHIVE,
    b"BZh": ARCHIVE,
    b"\x28\xb5\x2f\xfd": ARCHIVE,
}
HTML = re.compile(rb"(<!--.*?-->|\s)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
MARK = re.compile(rb"^(\xef\xbb\xbf)?[ \t\r\n]*")
DOCUMENTS = (b"{", b"[", b"<")
ZEROS = 0.01
"""The share of zero bytes from which a file is not text: a stray one in a cell is a matter of its row."""
ZEROS_OF_WIDE = 0.25


def refuse(start: bytes, shown: str, *, packed: bool) -> None:
    """Raise InputError for a file whose first bytes are those of no text: a picture, a PDF, a web page, nothing.

    `packed` says that they came out of an archive; `shown` is the name used in errors.
    """
    if not MARK.sub(b"", start):
        raise InputError(shown, "a file with a header line", EMPTY)
    if packed and archive.is_packed(start):
        raise InputError(shown, "an archive of a text file", "An archive is in it: unpack it, or download it again.")
    for magic, way_out in BEGINNINGS.items():
        if start.startswith(magic):
            raise InputError(shown, "a text file", way_out)
    if HTML.match(MARK.sub(b"", start)[:4096]):
        raise InputError(shown, "a report", WEB_PAGE)


def refuse_binary(start: bytes, shown: str) -> None:
    """Raise InputError for a text without a byte order mark in which zero bytes are no accident."""
    if start.count(b"\0") <= ZEROS * len(start):
        return
    even, odd = (2 * start[first::2].count(b"\0") / len(start) for first in (0, 1))
    if max(even, odd) > ZEROS_OF_WIDE and min(even, odd) <= ZEROS:
        way_out = "It looks like UTF-16 without its mark: save it as UTF-8, or download it again."
        raise InputError(shown, "text in UTF-8, or in UTF-16 with its mark", way_out)
    raise InputError(shown, "text", BINARY)


def is_document(start: bytes) -> bool:
    """Whether a text that begins so is JSON or XML."""
    return MARK.sub(b"", start).startswith(DOCUMENTS)


def unknown_document(start: bytes) -> str:
    """What to do about JSON or XML that is no report this program knows."""
    return XML if MARK.sub(b"", start).startswith(b"<") else JSON
