"""What a text is like, seen in one pass while it is decoded."""

import re
from dataclasses import dataclass, field

from sellerhealth.sources import foreign

CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
LOST = "\ufffd".encode()
LOST_NOTE = "letters were lost before it came here: they stand as \ufffd"
CONTROLS_NOTE = "it holds control characters, as text does that was once read in a wrong encoding"


@dataclass(kw_only=True)
class Sight:
    """What was seen of a text while it passed, a piece in UTF-8 at a time; `unbroken` bytes have no line end yet."""

    notes: dict[str, None] = field(default_factory=dict)
    lone_returns: bool = False
    quotes: bool = False
    zeros: bool = False
    is_document: bool | None = None
    last: bytes = b""
    unbroken: int = 0

    def look(self, piece: bytes) -> None:
        """Take in a piece, which does not end inside a CRLF."""
        self.is_document = foreign.is_document(piece) if self.is_document is None else self.is_document
        self.quotes = self.quotes or b'"' in piece
        self.zeros = self.zeros or b"\0" in piece
        self.lone_returns = self.lone_returns or (b"\r" in piece and piece.count(b"\r") != piece.count(b"\r\n"))
        self.unbroken = 0 if b"\n" in piece or b"\r" in piece else self.unbroken + len(piece)
        self.last = piece[-1:] or self.last
        if not piece.isascii():
            if LOST in piece:
                self.notes[LOST_NOTE] = None
            if CONTROLS.search(piece):
                self.notes[CONTROLS_NOTE] = None
