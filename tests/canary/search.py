"""The search for a planted text in everything a run leaves: in any encoding, and inside what packs or stores it."""

import base64
import gzip
import html
import io
import json
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import polars as pl

DEEPEST = 4
"""How many packings inside each other are opened."""
AROUND = 40


def forms(text: str) -> dict[str, bytes]:
    """The text as it may stand in a file, by the name of the encoding; those of letters only in lower case."""
    raw = text.encode()
    plain = {
        "utf-8": raw,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "cp1252": text.encode("cp1252"),
        "hex": raw.hex().encode(),
        "url": quote(text, safe="").encode(),
        "html": html.escape(text).encode("ascii", "xmlcharrefreplace"),
        "html hex": "".join(f"&#x{ord(mark):x};" if ord(mark) > 127 else mark for mark in text).encode(),
        "json": json.dumps(text)[1:-1].encode(),
        "quoted-printable": quopri.encodestring(raw),
    }
    return {name: form.lower() for name, form in plain.items()}


def base64_forms(text: str) -> dict[str, bytes]:
    """The inner part of the text's base64 at each of its three alignments, where only the text decides it."""
    found = {}
    for shift in range(3):
        raw = b"\0" * shift + text.encode()
        coded = base64.b64encode(raw)
        first = -(-shift * 8 // 6)
        found[f"base64 {shift}"] = coded[first : len(raw) * 8 // 6]
        found[f"base64url {shift}"] = found[f"base64 {shift}"].translate(bytes.maketrans(b"+/", b"-_"))
    return found


def places(folder: Path, texts: list[str], given: frozenset[Path] = frozenset()) -> list[str]:
    """Where one of the texts stands in a file below the folder that was not given: the file, the form, what is around."""
    told = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in given:
            name = path.relative_to(folder).as_posix()
            layers = [(name, name.encode()), *_layers(path.read_bytes(), name)]
            told += [place for where, content in layers for place in _in(content, where, texts)]
    return told


def _in(content: bytes, where: str, texts: list[str]) -> Iterator[str]:
    lower, unwrapped = content.lower(), re.sub(rb"\s", b"", content)
    for text in dict.fromkeys(case for one in texts for case in (one, one.lower(), one.upper())):
        for form, name in {form: name for name, form in reversed(forms(text).items())}.items():
            if form in lower:
                at = lower.index(form)
                yield f"{where}: {name}: {content[max(0, at - AROUND) : at + len(form) + AROUND]!r}"
        yield from (f"{where}: {name}" for name, form in base64_forms(text).items() if form in unwrapped)


def _layers(content: bytes, name: str, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The bytes, and all that can be unpacked out of them."""
    yield name, content
    if depth < DEEPEST:
        for inner, kind in _unpacked(content):
            yield from _layers(inner, f"{name}!{kind}", depth + 1)


def _unpacked(content: bytes) -> Iterator[tuple[bytes, str]]:
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content), "gzip"
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from ((archive.read(member), member.filename) for member in archive.infolist())
    elif content.startswith(b"PAR1"):
        table = pl.read_parquet(io.BytesIO(content))
        cells = [table.get_column(name).cast(pl.String, strict=False).drop_nulls() for name in table.columns]
        yield "\n".join([*table.columns, *(cell for column in cells for cell in column)]).encode(), "parquet"
    elif content[:2] in (b"\x78\x01", b"\x78\x9c", b"\x78\xda"):
        yield zlib.decompress(content), "zlib"
