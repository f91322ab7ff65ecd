"""What happens to a file before it arrives: to its cells, its rows and columns, its bytes, its structure."""

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any

from tests.bad_input.sound import Grid

WORDS = [
    *("", " ", '"', '""', "=1+1", "1.71E+16", "NaN", "-1", "1.234,56", "1,234.56", "１２", "(5)", "5-", "+1"),
    *("\u200b", "\u202e", "\u00a0", "\ufffd", "\x80", "é", "漢字", "Ä", "x" * 300, "0", "9" * 30, "'", "\\", "#REF!"),
    *("13/13/26", "2026-02-30", "2026-03-08T02:30:00", "2062-01-01", "1.4.26", "26/4/1", "3 mars 2026", "10:00 IST"),
    *("Shipped", "Versandt", "Cancelled", "7", "true", "Ja", "null", "{}", "{0}", "%s", "\x1b[31m", "########"),
    *("S01-1234567-1234567", "Non-Amazon", "Amazon.de", "2026-03-01T10:00:00+14:59", "0001-01-01T00:00:00Z"),
    *("9999-12-31", "9999-12-31T23:59:59-10:00", "12/31/9999", "2026-03-01 10:00:00 PST", "2026-03-01T24:00:00Z"),
]
Cells = Callable[[Grid, random.Random], Grid]
Bytes = Callable[[bytes, random.Random], bytes]


def junk(chance: random.Random) -> str:
    return chance.choice(WORDS)


def drop_column(cells: Grid, chance: random.Random) -> Grid:
    place = chance.randrange(len(cells[0]))
    return [row[:place] + row[place + 1 :] for row in cells]


def repeat_column(cells: Grid, chance: random.Random) -> Grid:
    place = chance.randrange(len(cells[0]))
    return [[*row, *row[place : place + 1]] for row in cells]


def shuffle_columns(cells: Grid, chance: random.Random) -> Grid:
    order = chance.sample(range(len(cells[0])), len(cells[0]))
    return [[row[place] for place in order if place < len(row)] for row in cells]


def shuffle_rows(cells: Grid, chance: random.Random) -> Grid:
    return [cells[0], *chance.sample(cells[1:], len(cells) - 1)]


def repeat_rows(cells: Grid, chance: random.Random) -> Grid:
    return [*cells, *chance.choices(cells[1:], k=5)]


def replace_cells(cells: Grid, chance: random.Random) -> Grid:
    changed = [list(row) for row in cells]
    for _ in range(chance.randint(1, 6)):
        row = chance.choice(changed)
        if row:
            row[chance.randrange(len(row))] = junk(chance)
    return changed


def replace_in_column(cells: Grid, chance: random.Random) -> Grid:
    """One thing in every row: a mistake of the program that wrote the file."""
    place, word = chance.randrange(len(cells[0])), junk(chance)
    return [cells[0], *([word if place == at else cell for at, cell in enumerate(row)] for row in cells[1:])]


def quote_cells(cells: Grid, chance: random.Random) -> Grid:
    """As a spreadsheet saves what holds a comma, a quote, or everything."""
    if chance.random() < 0.3:
        return [[f'"{cell}"' for cell in row] for row in cells]
    place = chance.randrange(len(cells))
    return [[f'"{cell}, ""x"""' if at == place else cell for cell in row] for at, row in enumerate(cells)]


def shorten_row(cells: Grid, chance: random.Random) -> Grid:
    place = chance.randrange(1, len(cells))
    return [row[: chance.randrange(len(row) + 1)] if number == place else row for number, row in enumerate(cells)]


def repeat_header(cells: Grid, chance: random.Random) -> Grid:
    """As when two downloads are put together."""
    place = chance.randrange(len(cells) + 1)
    return [*cells[:place], cells[0], *cells[place:]]


def without_header(cells: Grid, chance: random.Random) -> Grid:
    return cells[1:]


CELLS: list[Cells] = [
    drop_column,
    repeat_column,
    shuffle_columns,
    shuffle_rows,
    repeat_rows,
    replace_cells,
    replace_cells,
    replace_cells,
    replace_in_column,
    quote_cells,
    shorten_row,
    repeat_header,
    without_header,
]


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def insert(content: bytes, chance: random.Random) -> bytes:
    """Marks that move cells, end rows or fit no encoding, somewhere."""
    marks = [b'"', b"\t", b",", b";", b"\n", b"\r", b"\0", b"\x81", b"\xff\xfe", b"\xc3", b"\x1a", b"\xe2\x80\xa8"]
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(content) + 1)
        content = content[:place] + chance.choice(marks) + content[place:]
    return content


def flip(content: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8) if content else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def drop_line(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join(lines[:1] + lines[2:]) if chance.random() < 0.5 else b"".join(lines[1:])


def pack(content: bytes, chance: random.Random) -> bytes:
    packed = gzip.compress(content) if chance.random() < 0.5 else zipped(content, chance)
    return packed if chance.random() < 0.5 else chance.choice([cut, flip])(packed, chance)


def zipped(content: bytes, chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for number in range(chance.choice([0, 1, 1, 1, 1, 2])):
            archive.writestr(f"{junk(chance)[:50]}{number}.txt", content)
    return packed.getvalue()


def recode(content: bytes, chance: random.Random) -> bytes:
    codes = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp932", "gb18030", "utf-7"]
    return content.decode("utf-8", "replace").encode(chance.choice(codes), "replace")


def end_lines(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\n", b"\n\r"]))


def put_before(content: bytes, chance: random.Random) -> bytes:
    """What spreadsheets and web servers put before a table."""
    return (
        chance.choice([b"sep=;\n", b"sep=\t\r\n", b"\n", b" ", b"Report\n\n", b"<!-- x -->", b"\xef\xbb\xbf"]) + content
    )


def twice(content: bytes, chance: random.Random) -> bytes:
    return content + content


BYTES: list[Bytes] = [cut, insert, insert, flip, drop_line, recode, end_lines, pack, pack, put_before, twice]


def spoilt(told: Any, chance: random.Random) -> Any:
    """The document with something in it gone, repeated, or of another kind; never a canary where text is read."""
    if chance.random() < 0.04:
        return chance.choice([None, {}, [], -1, 1e300, 10**40, True, junk(chance), [told], {"rate": told}])
    if isinstance(told, dict):
        return {key: spoilt(value, chance) for key, value in told.items() if chance.random() > 0.03}
    if isinstance(told, list):
        return [spoilt(value, chance) for value in told for _ in range(chance.choice([0, 1, 1, 1, 1, 1, 1, 2]))]
    return told


def spoilt_text(text: str, chance: random.Random) -> str:
    """A document of JSON with its values changed; of JSON lines or XML, with a line or a tag lost."""
    try:
        return json.dumps(spoilt(json.loads(text), chance), ensure_ascii=chance.random() < 0.5)
    except ValueError:
        parts = text.split(">") if text.startswith("<") else text.split("\n")
        place = chance.randrange(len(parts))
        changed = [*parts[:place], *chance.choice([[], [junk(chance)], [parts[place]] * 2]), *parts[place + 1 :]]
        return (">" if text.startswith("<") else "\n").join(changed)
