"""The catalogue's rows on bytes: encodings, line ends, quotes."""

from tests.bad_input.case import DE, ITEMS, JP, LENIENT, Case
from tests.sources.folder import ALL_ORDERS, CLAIMS, ID, ID_2, ID_3, ONE_ORDER, order, text

CUP = [(ID, "TASSE-Ä-€", 1)]
ONE_CUP = text(ALL_ORDERS, order(sku="TASSE-Ä-€"))
MUG = [(ID, "MUG-1", 1)]
JAPANESE = text(ALL_ORDERS, order(sku="湯のみ-1", product_name="日本の湯のみ", ship_city="東京"))
THREE = [(ID, "MUG-1", 1), (ID_2, "MUG-2", 1), (ID_3, "MUG-3", 1)]


def three(first: str, second: str = "") -> str:
    """Three orders with these names of products; the name is no column that is read."""
    names = [("MUG-1", ID, first), ("MUG-2", ID_2, second), ("MUG-3", ID_3, "")]
    return text(ALL_ORDERS, *(order(order_id, sku=sku, product_name=name) for sku, order_id, name in names))


CASES = [
    Case(
        row="UTF-8 BOM",
        found="a byte order mark before UTF-8",
        content=ONE_CUP.encode("utf-8-sig"),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: CUP},
    ),
    *[
        Case(
            row="UTF-16 LE/BE",
            found=f"UTF-16 with its mark, {name}",
            content=mark + ONE_CUP.encode(code),
            says="shop/bad.tsv: the All Orders report; 1 read, 1 used. read as utf-16",
            holds={ITEMS: CUP},
        )
        for name, mark, code in (
            ("little end first", b"\xff\xfe", "utf-16-le"),
            ("big end first", b"\xfe\xff", "utf-16-be"),
        )
    ],
    Case(
        row="UTF-16 LE/BE",
        found="UTF-16 without its mark, LE",
        content=ONE_ORDER.encode("utf-16-le"),
        says="shop/bad.tsv: expected text in UTF-8, or in UTF-16 with its mark. It looks like UTF-16 without its mark: save it as UTF-8, or download it again.",
    ),
    Case(
        row="UTF-16 LE/BE",
        found="UTF-16 without its mark, BE",
        content=ONE_ORDER.encode("utf-16-be"),
        says="shop/bad.tsv: expected text in UTF-8, or in UTF-16 with its mark. It looks like UTF-16 without its mark: save it as UTF-8, or download it again.",
    ),
    Case(
        row="UTF-16 LE/BE",
        found="UTF-32",
        content=ONE_ORDER.encode("utf-32"),
        says="shop/bad.tsv: expected a text file. It is in UTF-32: save it as UTF-8, or download it again.",
    ),
    Case(
        row="cp1252 / Shift-JIS",
        found="cp1252, as European merchant listings come",
        content=ONE_CUP.encode("cp1252"),
        toml=DE,
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used. read as cp1252\n1 order was sold on Amazon.com, which account.toml does not name: it counts nowhere. Add US to marketplace, or give it a folder of its own.",
        holds={ITEMS: CUP},
    ),
    Case(
        row="cp1252 / Shift-JIS",
        found="cp932 in a Japanese account",
        content=JAPANESE.encode("cp932"),
        toml=JP,
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used. read as cp932\n1 order was sold on Amazon.com, which account.toml does not name: it counts nowhere. Add US to marketplace, or give it a folder of its own.",
        holds={ITEMS: [(ID, "湯のみ-1", 1)]},
    ),
    Case(
        row="cp1252 / Shift-JIS",
        found="bytes that fit neither UTF-8 nor cp1252",
        content=ONE_ORDER.encode().replace(b"MUG-1", b"M\x81G-1"),
        says="shop/bad.tsv: expected text in UTF-8 or cp1252. Download it again as text (tab or comma separated).",
    ),
    Case(
        row="cp1252 / Shift-JIS",
        found="a letter that an earlier program has lost (U+FFFD)",
        content=text(ALL_ORDERS, order(sku="M\ufffdG-1")),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used. letters were lost before it came here: they stand as �",
        holds={ITEMS: [(ID, "M\ufffdG-1", 1)]},
    ),
    Case(
        row="cp1252 / Shift-JIS",
        found="a euro sign that an earlier program took for a control character (C1)",
        content=text(ALL_ORDERS, order(product_name="Tasse 5 \x80")),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used. it holds control characters, as text does that was once read in a wrong encoding",
        holds={ITEMS: MUG},
    ),
    Case(
        row="Shift-JIS opened as EU",
        found="cp932 in a German account",
        content=JAPANESE.encode("cp932"),
        toml=DE,
        says="shop/bad.tsv: expected text in the encoding of the marketplace. It looks Japanese: correct `marketplace` in account.toml, or save it as UTF-8 (in Excel: CSV UTF-8).",
    ),
    Case(
        row="CRLF, mixed",
        found="CRLF",
        content=ONE_ORDER.replace("\n", "\r\n"),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="CRLF, mixed",
        found="CRLF, CR and LF in one file",
        content=three("").replace("\n", "\r\n", 1).replace("MUG-2", "MUG-2").replace("\n222", "\r222"),
        says="shop/bad.tsv: the All Orders report; 3 read, 3 used.",
        holds={ITEMS: THREE},
    ),
    Case(
        row="CR only",
        found="CR only",
        content=three("").replace("\n", "\r"),
        says="shop/bad.tsv: the All Orders report; 3 read, 3 used.",
        holds={ITEMS: THREE},
    ),
    Case(
        row="quote at field start, unbalanced",
        found="a quote that does not close, in a tab file",
        content=three('"Great" mug', '"12 inch'),
        says="shop/bad.tsv: the All Orders report; 3 read, 3 used.",
        holds={ITEMS: THREE},
    ),
    Case(
        row="quote at field start, unbalanced",
        found="a quote that does not close, in a CSV",
        content=f'{",".join(CLAIMS)}\n"{ID},2026-03-05,chargeback,open,,\n',
        says="shop/bad.tsv, row 2: expected quotes in pairs. A quote opens and does not close, a cell is endless, or the file is cut off: download it again.",
    ),
    Case(
        row="two unbalanced quotes",
        found="two quotes that do not close, in a tab file",
        content=three('"one', '"two'),
        says="shop/bad.tsv: the All Orders report; 3 read, 3 used.",
        holds={ITEMS: THREE},
    ),
    Case(
        row="quote inside field",
        found="inches, in a tab file",
        content=three('mug 12" wide'),
        says="shop/bad.tsv: the All Orders report; 3 read, 3 used.",
        holds={ITEMS: THREE},
    ),
    Case(
        row="quote inside field",
        found="an SKU that a spreadsheet put in quotes when it saved the tab file",
        content=text(ALL_ORDERS, order(sku='"MUG, 12"'), order(ID_2, sku="MUG-2")),
        says="shop/bad.tsv, row 2, column sku: expected rows that can be read. It was put in quotes when the file was saved again: use the file as it was downloaded. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
        holds={ITEMS: [(ID, "MUG, 12", 1), (ID_2, "MUG-2", 1)]},
    ),
    Case(
        row="quote inside field",
        found="a quote in an SKU that a spreadsheet doubled when it saved the tab file",
        content=text(ALL_ORDERS, order(sku='"MUG 12"" wide"'), order(ID_2, sku="MUG-2")),
        says="shop/bad.tsv, row 2, column sku: expected rows that can be read. It was put in quotes when the file was saved again: use the file as it was downloaded. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
        holds={ITEMS: [(ID, 'MUG 12" wide', 1), (ID_2, "MUG-2", 1)]},
    ),
    Case(
        row="quoted newline / tab",
        found="a line break and a comma inside quotes, in a CSV",
        content=f'{",".join(CLAIMS)},note\n{ID},2026-03-05,chargeback,open,,,"one,\ntwo"\n{ID_2},2026-03-06,chargeback,open,,,\n',
        says="shop/bad.tsv: the claims CSV; 2 read, 2 used.",
        holds={"claims order_id opened_on": [(ID, "2026-03-05"), (ID_2, "2026-03-06")]},
    ),
    Case(
        row="quoted newline / tab",
        found="a line break inside quotes, in a tab file",
        content=three('"one\ntwo"'),
        says="shop/bad.tsv, row 2: expected rows that can be read. It has the wrong number of cells. 2 of 4 rows cannot be used: download the file again, or correct the rows. They are listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="quoted newline / tab",
        found="a line break inside quotes, in a tab file, where most rows may be rejected",
        content=three('"one\ntwo"'),
        toml=LENIENT,
        says="shop/bad.tsv: the All Orders report; 4 read, 2 used, 2 rejected.\nshop/bad.tsv, row 2: has the wrong number of cells\nshop/bad.tsv, row 3, column amazon-order-id: is not an order id such as 123-1234567-1234567",
        holds={ITEMS: THREE[1:]},
    ),
]
