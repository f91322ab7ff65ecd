"""Archives: one file in gzip or zip is read as it is; anything else is refused with the way out."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from sellerhealth.sources import archive
from tests.sources.folder import ALL_ORDERS, ID, ONE_ORDER, order, read, refusal, rows, text

MUG = [(ID, "MUG-1")]
CSV = ONE_ORDER.encode()


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as whole:
        for name, content in files:
            whole.writestr(name, content)
    return packed.getvalue()


def locked() -> bytes:
    """An archive whose file is marked as encrypted, where it lies and in the list of contents."""
    packed = bytearray(zipped(("orders.txt", CSV)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + place] |= 1
    return bytes(packed)


@pytest.mark.parametrize(
    "packed",
    [
        zipped(("orders.txt", CSV)),
        zipped(("orders.txt", CSV), method=zipfile.ZIP_STORED),
        zipped(("März/", b""), ("März/orders.txt", CSV), ("__MACOSX/März/._orders.txt", b"x")),
        zipped(("März/.DS_Store", b"\0"), ("orders.txt", CSV), ("Thumbs.db", b"\0"), ("desktop.ini", b"[x]")),
        zipped(("orders.txt", ONE_ORDER.encode("utf-16"))),
        zipped(("orders.txt", ONE_ORDER.replace("\n", "\r").encode())),
        gzip.compress(CSV),
        gzip.compress(CSV[:100]) + gzip.compress(CSV[100:]),
        gzip.compress(b"\xef\xbb\xbf" + CSV),
    ],
    ids=["zip", "stored", "from a Mac", "what systems hide", "UTF-16", "CR", "gzip", "gzip in two", "gzip with a mark"],
)
def test_one_file_in_an_archive(tmp_path: Path, packed: bytes):
    assert rows(read(tmp_path, {"orders.tsv": packed}), "order_items", "order_id", "sku") == MUG


REFUSED = {
    "several": (zipped(("a.txt", CSV), ("b.txt", CSV)), "Unpack it, and put the files themselves here."),
    "none": (zipped(), "It is empty: download it again."),
    "folders only": (zipped(("a/", b"")), "It is empty: download it again."),
    "empty file": (zipped(("a.txt", b"")), "It is empty. Download it again as text (tab or comma separated)."),
    "locked": (locked(), "Unpack it, and put the file itself here."),
    "another method": (
        zipped(("a.txt", CSV), method=zipfile.ZIP_BZIP2),
        "Unpack it, and put the file itself here.",
    ),
    "workbook": (zipped(("xl/workbook.xml", b"<x/>")), "save the sheet as CSV"),
    "document": (zipped(("[Content_Types].xml", b"<x/>"), ("word/a.xml", b"<x/>")), "save the sheet as CSV"),
    "LibreOffice": (zipped(("mimetype", b"application/x"), ("content.xml", b"<x/>")), "save the sheet as CSV"),
    "zip in zip": (zipped(("a.zip", zipped(("a.txt", CSV)))), "An archive is in it: unpack it"),
    "gzip in zip": (zipped(("a.gz", gzip.compress(CSV))), "An archive is in it: unpack it"),
    "zip in gzip": (gzip.compress(zipped(("a.txt", CSV))), "An archive is in it: unpack it"),
    "PDF in zip": (zipped(("a.pdf", b"%PDF-1.7")), "This is a PDF"),
    "cut zip": (zipped(("a.txt", CSV))[:-30], "cut off or damaged"),
    "cut gzip": (gzip.compress(CSV)[:-9], "cut off or damaged"),
    "wrong sum": (zipped(("a.txt", CSV), method=zipfile.ZIP_STORED).replace(b"MUG-1", b"MUG-2"), "cut off or damaged"),
    "beginning only": (b"PK\x03\x04", "cut off or damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_archive_that_is_refused(tmp_path: Path, name: str):
    content, way_out = REFUSED[name]
    error = refusal(tmp_path, {"orders.tsv": content})
    assert error.where == "shop/orders.tsv"
    assert way_out in error.what_to_do


def bomb(kind: str, size: int) -> bytes:
    content = CSV + b"\n" * size
    return gzip.compress(content) if kind == "gzip" else zipped(("a.txt", content))


@pytest.mark.parametrize("kind", ["gzip", "zip"])
def test_what_unpacks_to_far_more_than_a_report_holds(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "RATIO_FROM", 3 << 20)
    error = refusal(tmp_path, {"orders.tsv": bomb(kind, 8 << 20)})
    assert "far more than a report holds" in error.what_to_do
    few = {"orders.tsv": bomb(kind, 1 << 20)}
    assert rows(read(tmp_path, few), "order_items", "order_id", "sku") == MUG


def test_four_gigabytes_are_the_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "LARGEST", 2 << 20)
    many = text(ALL_ORDERS, *(order(f"111-1111111-{number:07d}") for number in range(20_000)))
    error = refusal(tmp_path, {"orders.tsv": many})
    assert (error.expected, error.what_to_do) == ("at most 4 GB of text", "Download a shorter period.")
