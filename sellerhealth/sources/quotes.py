"""Quoted cells (RFC 4180) as plain ones, on the same lines of the file."""

import csv
import re
from pathlib import Path

from sellerhealth.definition.errors import InputError

UNIT = "\x1f"
"""The mark between cells that stands in no cell: ASCII's own for it."""
BREAKS = str.maketrans({"\r": None, "\n": "\v", UNIT: None})
BROKEN = re.compile(r"[\r\n]")


def unquoted(path: Path, shown: str, delimiter: str, into: Path) -> Path:
    """The file with `UNIT` between its cells and no quotes, a row on the line where it began.

    A line break in a cell is a vertical tab. Raises InputError for quotes that do not close.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines, into.open("w", encoding="utf-8", newline="") as out:
        reader, start = csv.reader(lines, delimiter=delimiter, strict=True), 1
        try:
            for record in reader:
                out.write(_line(record) + "\n" * (reader.line_num + 1 - start))
                start = reader.line_num + 1
        except csv.Error:
            way_out = "A quote opens and does not close, a cell is endless, or the file is cut off: download it again."
            raise InputError(shown, "quotes in pairs", way_out, row=start) from None
    return into


def _line(record: list[str]) -> str:
    line = UNIT.join(record)
    is_plain = line.count(UNIT) < len(record) and not BROKEN.search(line)
    return line if is_plain else UNIT.join(cell.translate(BREAKS) for cell in record)
