"""The catalogue of bad input, to be read aloud: `python -m tests.bad_input.catalogue` prints each case and its words.

Where this project decided otherwise than the list it follows: an unknown status rejects its row, and more than
`max_reject` of them the file, so that no other switch is needed; a day in the future is kept, since it is the clock that
may be wrong, and a few of them do not move the day looked at; a mistake in a column that is not read does no harm.
"""

from itertools import groupby

from tests.bad_input import archives, cells, days, documents, encodings, shapes
from tests.bad_input.case import Case

ROWS = (
    "UTF-8 BOM",
    "UTF-16 LE/BE",
    "cp1252 / Shift-JIS",
    "Shift-JIS opened as EU",
    "CRLF, mixed",
    "CR only",
    "quote at field start, unbalanced",
    "two unbalanced quotes",
    "quote inside field",
    "quoted newline / tab",
    "extra tab",
    "short row / blank line",
    "truncated last row",
    "duplicate header",
    "empty name, spaces in header",
    "localised headers",
    "missing / renamed / extra column",
    "empty / newline only",
    "header only",
    "HTML page, JSON/XML error body",
    "gzip",
    "zip / xlsx / xls / pdf",
    "NUL in field / block",
    "saved by a spreadsheet",
    "order id in scientific notation",
    "leading zeros",
    "dates",
    "2-digit years",
    "naive stamps",
    "DST gap / fold",
    "future / pre-1995 dates",
    cells.NUMBERS,
    "NaN, inf, 1e3 in a money column",
    "int overflow",
    "duplicates / overlapping exports",
    "status synonyms",
    "5 MB field",
    "file name a[1].csv",
    "bad value in a column nobody selects",
    "control characters, bidi, zero width",
    "XML",
)
"""The rows of the list, in its order. Those of formulas in exports, of script in comments and of addresses in pages are
tested where they are written out: tests/sources, tests/browser; that of files of gigabytes is tests/bench."""
CASES = sorted(
    [*encodings.CASES, *shapes.CASES, *archives.CASES, *cells.CASES, *days.CASES, *documents.CASES],
    key=lambda case: ROWS.index(case.row),
)


def names(case: Case) -> str:
    return f"{case.row}: {case.found}"


def main() -> None:
    for row, cases in groupby(CASES, key=lambda case: case.row):
        print(f"\n{row}")
        for case in cases:
            print(f"  {case.found}\n" + "".join(f"    {line}\n" for line in case.says.splitlines()), end="")


if __name__ == "__main__":
    main()
