"""The bytes of a file, unpacked: plain, gzip, or a zip of one file."""

import gzip
import struct
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.files import IGNORE, NOT_DATA

CHUNK = 1 << 20
LARGEST = 4 << 30
LARGEST_RATIO, RATIO_FROM = 200, 100 << 20
"""Reports shrink to a tenth or a thirtieth; what unpacks to more than this was made to fill a disk."""
GZIP, ZIPS = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OFFICE = ("[Content_Types].xml", "mimetype", "xl/", "word/", "ppt/", "Index/")
DAMAGED = (EOFError, OSError, ValueError, RuntimeError, struct.error, zlib.error, BadZipFile)
"""What Python says of an archive that was cut off or written over."""
SAVE_AS_CSV = "save the sheet as CSV"
OR_IGNORE = f"If it is no data, {IGNORE}."
UNPACK = "Unpack it, and put the file itself here."


def is_packed(start: bytes) -> bool:
    """Whether a file that begins so is gzip or zip."""
    return start.startswith((GZIP, *ZIPS))


def chunks(path: Path, shown: str) -> Generator[bytes, None, None]:
    """The unpacked bytes, a megabyte at a time.

    Raises InputError for an archive that is cut off, damaged, locked, of several files or none, or that is a
    spreadsheet, and for more than 4 GB. `shown` is the name used in errors.
    """
    with path.open("rb") as probe:
        start = probe.read(4)
    total, most = 0, max(RATIO_FROM, LARGEST_RATIO * path.stat().st_size)
    with _opened(path, start, shown) as file:
        while chunk := _read(file, start, shown):
            total += len(chunk)
            if total > LARGEST:
                raise InputError(shown, "at most 4 GB of text", "Download a shorter period.")
            if total > most:
                raise InputError(shown, "a report", "It unpacks to far more than a report holds: download it again.")
            yield chunk


def _opened(path: Path, start: bytes, shown: str) -> IO[bytes] | gzip.GzipFile:
    if start.startswith(GZIP):
        return gzip.open(path, "rb")
    return _zipped(path, shown) if start.startswith(ZIPS) else path.open("rb")


def _read(file: IO[bytes] | gzip.GzipFile, start: bytes, shown: str) -> bytes:
    if not is_packed(start):
        return file.read(CHUNK)
    with _whole(shown):
        return file.read(CHUNK)


@contextmanager
def _whole(shown: str) -> Iterator[None]:
    try:
        yield
    except DAMAGED:
        raise InputError(shown, "a whole archive", "It is cut off or damaged: download it again.") from None


def _zipped(path: Path, shown: str) -> IO[bytes]:
    with _whole(shown):
        archive = ZipFile(path)
        inside = [one for one in archive.infolist() if not one.is_dir() and not _is_beside(one.filename)]
    # Closing the archive does not close the file in it.
    with archive:
        _refuse_contents(inside, shown)
        with _whole(shown):
            return archive.open(inside[0])


def _is_beside(name: str) -> bool:
    """Whether it would be passed over in a folder too, or is what a Mac adds."""
    last = name.rpartition("/")[2]
    return name.startswith("__MACOSX/") or last.startswith(".") or any(fnmatch(last, one) for one in NOT_DATA)


def _refuse_contents(inside: list[ZipInfo], shown: str) -> None:
    if any(one.filename.startswith(OFFICE) for one in inside):
        raise InputError(shown, "a text file", f"This is a spreadsheet or a document: {SAVE_AS_CSV}. {OR_IGNORE}")
    if len(inside) != 1:
        way_out = "Unpack it, and put the files themselves here." if inside else "It is empty: download it again."
        raise InputError(shown, "a zip archive of one file", way_out)
    if inside[0].flag_bits & 1:
        raise InputError(shown, "a zip archive without a password", UNPACK)
    if inside[0].compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise InputError(shown, "a zip archive packed the usual way", UNPACK)
