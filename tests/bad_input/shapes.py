"""The catalogue's rows on the shape of a file: rows, headers, and what is no report at all."""

import gzip

from tests.bad_input.case import ITEMS, Case
from tests.bad_input.encodings import MUG
from tests.sources.folder import ALL_LISTINGS, ALL_ORDERS, ID, ONE_ORDER, order, text

HEADER, ROW = ONE_ORDER.splitlines(keepends=True)
LISTING = {"seller-sku": "MUG-1", "quantity": "3", "status": "Active"}


CASES = [
    Case(
        row="extra tab",
        found="a tab too many",
        content=HEADER + ROW.replace("Amazon.com", "Amazon\t.com"),
        says="shop/bad.tsv, row 2: expected rows that can be read. It has the wrong number of cells. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="short row / blank line",
        found="a row too short",
        content=HEADER + ROW[:-10] + "\n",
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
    ),
    Case(
        row="short row / blank line",
        found="blank lines, and lines of tabs",
        content=HEADER + "\n" + ROW + "\t" * 31 + "\n  \n",
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="truncated last row",
        found="a last row that is cut off",
        content=HEADER + ROW + ROW[:40],
        says="shop/bad.tsv, row 3: expected a whole last row. The download was cut off: download it again.",
    ),
    Case(
        row="truncated last row",
        found="a last row that is whole, but has no line end",
        content=ONE_ORDER.removesuffix("\n"),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used. no line end after the last row",
        holds={ITEMS: MUG},
    ),
    Case(
        row="duplicate header",
        found="a column that is read, twice",
        content=text([*ALL_ORDERS, "SKU"]),
        says="shop/bad.tsv, row 1, column sku: expected each column once. Download it again.",
    ),
    Case(
        row="duplicate header",
        found="a column that is not read, twice",
        content=text([*ALL_ORDERS, "cpf"]).replace("\n", "\tcpf\n") + ROW.replace("\n", "\t\t\n"),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="empty name, spaces in header",
        found="an empty name, blanks around names, other case, full-width letters",
        content=ONE_ORDER.replace("order-channel", "").replace("sku", " SKU ").replace("quantity", "ｑｕａｎｔｉｔｙ"),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="localised headers",
        found="All Listings in Chinese",
        content=text(ALL_LISTINGS, LISTING).replace("seller-sku", "卖家 SKU").replace("\tquantity", "\t数量"),
        says="shop/bad.tsv: the All Listings report; 1 read, 1 used.",
        holds={"listings sku listed_units": [("MUG-1", 3)]},
    ),
    Case(
        row="localised headers",
        found="a language that is not known",
        content="objednávka\tkdy\tstav\n1\t2\t3\n",
        says="shop/bad.tsv, row 1: expected the header of a report this program knows. Download it again if its first line is not its header. If it is another file, map it with [[source]] in account.toml or name it under ignore there.",
    ),
    Case(
        row="missing / renamed / extra column",
        found="a needed column is missing",
        content=text([name for name in ALL_ORDERS if name != "order-status"]),
        says="shop/bad.tsv, row 1, column order-status: expected the column order-status. It looks like the All Orders report, with a column missing or renamed: download it again. If it is another file, map it with [[source]] in account.toml or name it under ignore there.",
    ),
    Case(
        row="missing / renamed / extra column",
        found="a needed column has another name",
        content=ONE_ORDER.replace("order-status", "state"),
        says="shop/bad.tsv, row 1, column order-status: expected the column order-status. It looks like the All Orders report, with a column missing or renamed: download it again. If it is another file, map it with [[source]] in account.toml or name it under ignore there.",
    ),
    Case(
        row="missing / renamed / extra column",
        found="a column that may be missing is missing, and a new one is there",
        content=text([*(name for name in ALL_ORDERS if name != "ship-service-level"), "new"], order()),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={"orders order_id ship_service": [(ID, None)]},
    ),
    Case(
        row="missing / renamed / extra column",
        found="columns in another order",
        content=text(ALL_ORDERS[::-1], order()),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="empty / newline only",
        found="an empty file",
        content=b"",
        says="shop/bad.tsv: expected a file with a header line. It is empty. Download it again as text (tab or comma separated).",
    ),
    Case(
        row="empty / newline only",
        found="line ends only",
        content="\r\n \n\t\n",
        says="shop/bad.tsv: expected a file with a header line. It is empty. Download it again as text (tab or comma separated).",
    ),
    Case(
        row="empty / newline only",
        found="an empty file in gzip",
        content=gzip.compress(b""),
        says="shop/bad.tsv: expected a file with a header line. It is empty. Download it again as text (tab or comma separated).",
    ),
    Case(
        row="header only",
        found="a header and no row",
        content=HEADER,
        says="shop/bad.tsv: the All Orders report; 0 read. no rows below the header",
        holds={ITEMS: []},
    ),
    Case(
        row="missing / renamed / extra column",
        found="a table of another origin with three of a small file's names among many",
        content="index,Order ID,Date,Status,Fulfilment,Sales Channel ,ship-service-level,Style,SKU,Category,Size,ASIN\n",
        name="sales.csv",
        says="shop/sales.csv, row 1: expected the header of a report this program knows. Download it again if its first line is not its header. If it is another file, map it with [[source]] in account.toml or name it under ignore there.",
    ),
]
