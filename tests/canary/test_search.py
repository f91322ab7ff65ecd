"""The search finds what is planted, however it is written, and nothing where nothing is."""

import base64
import gzip
import html
import io
import json
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote, quote_plus

import polars as pl
import pytest

from tests.canary.search import places

TEXT = "Zaphod-Bëeblebrox"
AROUND = f"Ship to: {TEXT}, 4711"


def parquet(text: str) -> bytes:
    packed = io.BytesIO()
    pl.DataFrame({"number": [1, 2], "name": ["x", text]}).write_parquet(packed)
    return packed.getvalue()


def zipped(content: bytes, name: str = "a.txt") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


WRITTEN = {
    "utf-8": AROUND.encode(),
    "with a mark": AROUND.encode("utf-8-sig"),
    "utf-16": AROUND.encode("utf-16"),
    "utf-16-be": AROUND.encode("utf-16-be"),
    "cp1252": AROUND.encode("cp1252"),
    "upper case": AROUND.upper().encode(),
    **{f"base64 {shift}": base64.b64encode(b"x" * shift + AROUND.encode()) for shift in range(3)},
    **{f"base64url {shift}": base64.urlsafe_b64encode(b"?" * shift + AROUND.encode()) for shift in range(3)},
    **{f"base64 in lines {shift}": base64.encodebytes(b"x" * (50 + shift) + AROUND.encode()) for shift in range(3)},
    "hex": AROUND.encode().hex().encode(),
    "upper hex": AROUND.encode().hex().upper().encode(),
    "url": quote(AROUND).encode(),
    "url plus": quote_plus(AROUND).encode(),
    "html": html.escape(AROUND).encode("ascii", "xmlcharrefreplace"),
    "html hex": AROUND.replace("ë", "&#xEB;").encode(),
    "json": json.dumps(AROUND).encode(),
    "json in json": json.dumps(json.dumps([AROUND], ensure_ascii=False)).encode(),
    "gzip": gzip.compress(AROUND.encode()),
    "two members of gzip": gzip.compress(b"x") + gzip.compress(AROUND.encode()),
    "zip": zipped(AROUND.encode()),
    "a name in a zip": zipped(b"", TEXT),
    "zlib": zlib.compress(AROUND.encode()),
    "parquet": parquet(AROUND),
    "parquet in gzip in zip": zipped(gzip.compress(parquet(AROUND))),
}


@pytest.mark.parametrize("content", WRITTEN.values(), ids=WRITTEN.keys())
def test_what_is_planted_is_found(tmp_path: Path, content: bytes):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "made.bin").write_bytes(content)
    assert places(tmp_path, [TEXT])


def test_a_file_name_is_searched_too(tmp_path: Path):
    (tmp_path / f"{TEXT}.log").write_bytes(b"")
    assert places(tmp_path, [TEXT])


def test_what_was_given_and_what_is_not_there_are_not_found(tmp_path: Path):
    (tmp_path / "given.txt").write_text(AROUND, encoding="utf-8")
    for name, content in WRITTEN.items():
        (tmp_path / name).write_bytes(content)
    assert places(tmp_path, ["Trillian"]) == []
    assert places(tmp_path, [TEXT], frozenset(tmp_path.iterdir())) == []
