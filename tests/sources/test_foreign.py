"""What is no report: known by its first bytes, and each refused with the way out."""

from pathlib import Path

import pytest

from sellerhealth.sources import rows as rows_of_text
from tests.sources.folder import ALL_ORDERS, ID, ONE_ORDER, order, read, refusal, rows, text

IGNORE = "name it under ignore in account.toml"
NO_TEXT = {
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save the sheet as CSV", True),
    "PDF": (b"%PDF-1.7\n", "download the report as text", True),
    "letter": (b"{\\rtf1\\ansi Mug}", "save its table as CSV", True),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\r", "a picture", True),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture", True),
    "RAR": (b"Rar!\x1a\x07\x01\0", "unpack it", True),
    "7z": (b"7z\xbc\xaf\x27\x1c", "unpack it", True),
    "web page": (b"<!-- saved -->\n<!DOCTYPE html><html>", "sign in and download it again", False),
    "web page in capitals": (b"<HTML><BODY>", "sign in and download it again", False),
    "web page not in UTF-8": (b"<html><title>\xe9\x81\x8d</title>", "sign in and download it again", False),
    "XML": (b"<?xml version='1.0'?><Error/>", "often an error message or a web page", False),
    "JSON": (b'{"errors": []}', "often an error", False),
    "JSON in UTF-16": ('{"errors": []}'.encode("utf-16"), "often an error", False),
    "JSON lines": (b'{"a": 1}\n{"a": 2}\n', "often an error", False),
    "UTF-32": (ONE_ORDER.encode("utf-32"), "save it as UTF-8", False),
    "UTF-16 LE without its mark": (ONE_ORDER.encode("utf-16-le"), "UTF-16 without its mark", False),
    "UTF-16 BE without its mark": (ONE_ORDER.encode("utf-16-be"), "UTF-16 without its mark", False),
    "zero bytes": (bytes(100), "It holds binary data", False),
    "zero bytes behind": (ONE_ORDER.encode() + bytes(512), "It holds binary data", False),
}


@pytest.mark.parametrize("name", NO_TEXT)
def test_what_is_no_report(tmp_path: Path, name: str):
    content, way_out, may_be_ignored = NO_TEXT[name]
    error = refusal(tmp_path, {"orders.tsv": content})
    assert (error.where, error.row, error.column) == ("shop/orders.tsv", None, None)
    assert way_out in error.what_to_do
    assert (IGNORE in error.what_to_do) == may_be_ignored
    folder = tmp_path / "more"
    folder.mkdir()
    account = read(folder, {"other.bin": content}, 'marketplace = "US"\nignore = ["other.bin"]\n')
    assert rows(account, "orders", "order_id") == [(ID,)]


def test_a_document_has_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rows_of_text, "LARGEST_DOCUMENT", 10)
    error = refusal(tmp_path, {"orders.tsv": b'{"errors": []}'})
    assert error.expected == "JSON or XML of at most 64 MB"


def test_a_line_has_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rows_of_text, "LONGEST_LINE", 2 << 20)
    endless = text(ALL_ORDERS, order(product_name="x" * (5 << 20)))
    assert refusal(tmp_path, {"orders.tsv": endless}).expected == "lines of at most 64 MB"
    long = text(ALL_ORDERS, order(product_name="x" * (1 << 20)))
    assert rows(read(tmp_path, {"orders.tsv": long}), "orders", "order_id") == [(ID,)]
