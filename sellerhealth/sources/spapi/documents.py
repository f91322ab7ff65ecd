"""A report's document: downloaded whole, unpacked and checked as it comes in."""

import base64
import hashlib
import zlib
from collections.abc import Iterator

import httpx

from sellerhealth.sources.spapi.patience import LATER, BusyError, FetchError, Patience

GZIP = b"\x1f\x8b"
LARGEST_DOWNLOAD = 1 << 30
LARGEST_TEXT = 4 << 30
CHUNK = 1 << 20
CUT = f"The download was cut off or damaged. {LATER}"


def text(http: httpx.Client, address: str, patience: Patience, *, packed: bool) -> Iterator[bytes]:
    """The document as it was before it was packed, in pieces.

    Raises BusyError when it is cut off, damaged, not what its checksum says, or its address has expired; FetchError
    when it is too large. It counts only once the last piece was given without an error.
    """
    try:
        with http.stream("GET", address) as response:
            response.raise_for_status()
            received = _whole(response, patience)
            first = _begin(received)
            if packed and not first.startswith(GZIP):
                raise BusyError(CUT)
            pieces = _joined(first, received)
            yield from _unpacked(pieces) if first.startswith(GZIP) else pieces
    except httpx.HTTPStatusError:
        raise BusyError(f"Amazon did not hand over the document. {LATER}") from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise BusyError(CUT) from None


def _whole(response: httpx.Response, patience: Patience) -> Iterator[bytes]:
    """The bytes as sent, checked at the end against what the answer's header says of them."""
    length, begun = 0, patience.clock()
    sums = {"x-amz-checksum-sha256": hashlib.sha256(), "content-md5": hashlib.md5(usedforsecurity=False)}
    # As they come: gathered into larger ones, slow pieces would not be noticed.
    for piece in response.iter_raw():
        length += len(piece)
        for digest in sums.values():
            digest.update(piece)
        if length > LARGEST_DOWNLOAD:
            raise FetchError("The document is larger than this program takes. Fetch a shorter period.")
        if patience.clock() - begun > patience.download:
            raise BusyError(f"The download was too slow. {LATER}")
        yield piece
    told = {name: base64.b64encode(digest.digest()).decode() for name, digest in sums.items()}
    told["content-length"] = f"{length}"
    for name, value in told.items():
        sent = response.headers.get(name, value)
        # A checksum of checksums of parts, "…-3", says nothing of the whole.
        if sent != value and "-" not in sent:
            raise BusyError(CUT)


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Gzip's own checksum and length are compared by zlib when its end is reached."""
    unpacking, length = zlib.decompressobj(16 + zlib.MAX_WBITS), 0
    try:
        for piece in pieces:
            rest = piece
            while rest:
                plain = unpacking.decompress(rest, CHUNK)
                length += len(plain)
                if length > LARGEST_TEXT:
                    raise FetchError("The document is larger than this program takes. Fetch a shorter period.")
                yield plain
                # A second part may follow the first in one file.
                rest, unpacking = (
                    (unpacking.unused_data, zlib.decompressobj(16 + zlib.MAX_WBITS))
                    if unpacking.unused_data
                    else (unpacking.unconsumed_tail, unpacking)
                )
        yield unpacking.flush()
    except zlib.error:
        raise BusyError(CUT) from None
    if not unpacking.eof:
        raise BusyError(CUT)


def _begin(pieces: Iterator[bytes]) -> bytes:
    """As many pieces as tell whether they are packed."""
    begin = b""
    for piece in pieces:
        begin += piece
        if len(begin) >= len(GZIP):
            break
    return begin


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
