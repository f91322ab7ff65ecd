"""The catalogue's rows on what is no plain text: pages, archives, sheets, and what a spreadsheet makes of a report."""

import gzip
import io
import zipfile

from tests.bad_input.case import DE, ITEMS, JP, Case
from tests.bad_input.encodings import MUG, THREE, three
from tests.sources.folder import ALL_ORDERS, ONE_ORDER, line, order, text

HEADER = ONE_ORDER.splitlines(keepends=True)[0]


def zipped(members: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def encrypted() -> bytes:
    """An archive whose member is marked as encrypted, in both places where that is written."""
    packed = bytearray(zipped({"orders.txt": ONE_ORDER}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + place] |= 1
    return bytes(packed)


CASES = [
    Case(
        row="HTML page, JSON/XML error body",
        found="a web page",
        content="<!DOCTYPE html><html>x</html>",
        says="shop/bad.tsv: expected a report. This is a web page, often an expired login: sign in and download it again.",
    ),
    Case(
        row="HTML page, JSON/XML error body",
        found="the JSON of an error",
        content='{"errors": [{"code": "Unauthorized"}]}',
        says="shop/bad.tsv: expected a report. This is a JSON message, often an error: download it again.",
    ),
    Case(
        row="HTML page, JSON/XML error body",
        found="the XML of an error",
        content='<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
        says="shop/bad.tsv: expected a report. This is XML, often an error message or a web page: sign in and download it again.",
    ),
    Case(
        row="gzip",
        found="gzip, whatever its name",
        content=gzip.compress(ONE_ORDER.encode()),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="gzip",
        found="gzip in several members",
        content=gzip.compress(three("")[:500].encode()) + gzip.compress(three("")[500:].encode()),
        says="shop/bad.tsv: the All Orders report; 3 read, 3 used.",
        holds={ITEMS: THREE},
    ),
    Case(
        row="gzip",
        found="gzip that is cut off",
        content=gzip.compress(ONE_ORDER.encode())[:-12],
        says="shop/bad.tsv: expected a whole archive. It is cut off or damaged: download it again.",
    ),
    Case(
        row="gzip",
        found="gzip with rubbish behind",
        content=gzip.compress(ONE_ORDER.encode()) + b"rubbish",
        says="shop/bad.tsv: expected a whole archive. It is cut off or damaged: download it again.",
    ),
    Case(
        row="gzip",
        found="gzip in gzip",
        content=gzip.compress(gzip.compress(ONE_ORDER.encode())),
        says="shop/bad.tsv: expected an archive of a text file. An archive is in it: unpack it, or download it again.",
    ),
    Case(
        row="gzip",
        found="gzip that unpacks to a thousand times its size",
        content=gzip.compress(HEADER.encode() + b"\n" * (300 << 20)),
        says="shop/bad.tsv: expected a report. It unpacks to far more than a report holds: download it again.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a zip of one file",
        content=zipped({"orders.txt": ONE_ORDER}),
        name="orders.zip",
        says="shop/orders.zip: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a zip of several files",
        content=zipped({"a.txt": ONE_ORDER, "b.txt": ONE_ORDER}),
        name="orders.zip",
        says="shop/orders.zip: expected a zip archive of one file. Unpack it, and put the files themselves here.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="an empty zip",
        content=zipped({}),
        name="orders.zip",
        says="shop/orders.zip: expected a zip archive of one file. It is empty: download it again.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a zip with a password",
        content=encrypted(),
        name="orders.zip",
        says="shop/orders.zip: expected a zip archive without a password. Unpack it, and put the file itself here.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a zip in a zip",
        content=zipped({"inner.zip": zipped({"orders.txt": ONE_ORDER})}),
        name="orders.zip",
        says="shop/orders.zip: expected an archive of a text file. An archive is in it: unpack it, or download it again.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a zip that is cut off",
        content=zipped({"orders.txt": ONE_ORDER})[:-30],
        name="orders.zip",
        says="shop/orders.zip: expected a whole archive. It is cut off or damaged: download it again.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a workbook",
        content=zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
        says="shop/bad.tsv: expected a text file. This is a spreadsheet or a document: save the sheet as CSV. If it is no data, name it under ignore in account.toml.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a document of LibreOffice",
        content=zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        says="shop/bad.tsv: expected a text file. This is a spreadsheet or a document: save the sheet as CSV. If it is no data, name it under ignore in account.toml.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="an old workbook",
        content=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        says="shop/bad.tsv: expected a text file. This is an old Excel workbook or document: save the sheet as CSV. If it is no data, name it under ignore in account.toml.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a PDF",
        content=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        says="shop/bad.tsv: expected a text file. This is a PDF: download the report as text (tab or comma separated). If it is no data, name it under ignore in account.toml.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a picture",
        content=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64),
        says="shop/bad.tsv: expected a text file. This is a picture. If it is no data, name it under ignore in account.toml.",
    ),
    Case(
        row="NUL in field / block",
        found="a NUL in a cell",
        content=ONE_ORDER.replace("MUG", "M\0G"),
        says="shop/bad.tsv, row 2: expected rows that can be read. It holds a zero byte, so it was damaged. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="NUL in field / block",
        found="a block of NULs behind",
        content=ONE_ORDER + "\0" * 512,
        says="shop/bad.tsv: expected text. It holds binary data. Download it again as text (tab or comma separated).",
    ),
    Case(
        row="NUL in field / block",
        found="NULs only",
        content=bytes(100),
        says="shop/bad.tsv: expected text. It holds binary data. Download it again as text (tab or comma separated).",
    ),
    Case(
        row="saved by a spreadsheet",
        found="a line sep=; before the header, as Excel likes it",
        content="sep=;\n" + text(ALL_ORDERS, order(), delimiter=";"),
        name="bad.csv",
        says="shop/bad.csv: the All Orders report; 1 read, 1 used.",
    ),
    Case(
        row="saved by a spreadsheet",
        found="every cell in quotes, in a tab file",
        content="".join("\t".join(f'"{cell}"' for cell in one.split("\t")) + "\n" for one in ONE_ORDER.splitlines()),
        says="shop/bad.tsv, row 2, column amazon-order-id: expected rows that can be read. It was put in quotes when the file was saved again: use the file as it was downloaded. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="saved by a spreadsheet",
        found="a title above the header, as Numbers writes it",
        content="Table 1\n" + ONE_ORDER,
        says="shop/bad.tsv, row 1: expected the header of a report this program knows. Download it again if its first line is not its header. If it is another file, map it with [[source]] in account.toml or name it under ignore there.",
    ),
    Case(
        row="saved by a spreadsheet",
        found="times as Excel writes them in Germany",
        content=text(ALL_ORDERS, order(purchase_date="01.03.2026 18:30"), delimiter=";"),
        name="bad.csv",
        toml=DE,
        says="shop/bad.csv, row 2, column purchase-date: expected rows that can be read. It is not a time with its zone, such as 2026-01-31T09:30:00+00:00. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.csv.csv.",
    ),
    Case(
        row="saved by a spreadsheet",
        found="the lock that Excel leaves beside an open workbook",
        content=b"\x05Admin" + b" " * 50 + bytes(100),
        name="~$orders.xlsx",
        says="",
    ),
    Case(
        row="saved by a spreadsheet",
        found="the pointer that a cloud drive leaves in place of a sheet",
        content='{"url": "https://docs.google.com/open", "doc_id": "x"}',
        name="orders.gsheet",
        says="shop/orders.gsheet: expected a report. This is a JSON message, often an error: download it again.",
    ),
    Case(
        row="zip / xlsx / xls / pdf",
        found="a zip as a Mac makes it",
        content=zipped({"orders.txt": ONE_ORDER, "__MACOSX/._orders.txt": b"\0\5\x16\7"}),
        name="orders.zip",
        says="shop/orders.zip: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="saved by a spreadsheet",
        found="semicolons, as Excel saves a CSV in Europe",
        content=text(ALL_ORDERS, order(), delimiter=";"),
        name="bad.csv",
        toml=DE,
        says="shop/bad.csv: the All Orders report; 1 read, 1 used.\n1 order was sold on Amazon.com, which account.toml does not name: it counts nowhere. Add US to marketplace, or give it a folder of its own.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="saved by a spreadsheet",
        found="two reports in one file, one below the other",
        content=ONE_ORDER + line(["x"], {"x": "order-id\tpurchase-date\tsku"}),
        toml=JP,
        says="shop/bad.tsv, row 3: expected rows that can be read. It has the wrong number of cells. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
]
