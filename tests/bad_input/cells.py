"""The catalogue's rows on cells: ids, days, times, numbers, words, and rows told twice."""

from tests.bad_input.case import DE, ITEMS, LENIENT, Case
from tests.bad_input.encodings import MUG
from tests.sources.folder import (
    ALL_LISTINGS,
    ALL_ORDERS,
    ID,
    ID_2,
    ONE_ORDER,
    ORDER_REPORT,
    RETURNS,
    STOCK,
    US,
    order,
    text,
)


def cell(**changed: str) -> str:
    """Two orders; one cell of the second is changed."""
    return text(ALL_ORDERS, order(), order(ID_2, **changed))


def returns(**cells: str) -> str:
    told = {"Order ID": ID, "Return request date": "05-Mar-2026", "Merchant SKU": "MUG-1", "Refunded Amount": "12.50"}
    return text(RETURNS, {**told, **{name.replace("_", " "): value for name, value in cells.items()}})


def stock(*counts: str) -> str:
    counted = ({"sku": f"MUG-{n}", "units_on_hand": count} for n, count in enumerate(counts))
    return text(STOCK, *counted, delimiter=",")


ORDER_ROW = "order id in scientific notation"
NUMBERS = "negative qty, 5-, (5), ' 1', 1.0, 1.234,56, 1,234.56, full-width digits"

CASES = [
    Case(
        row=ORDER_ROW,
        found="an id that Excel shortened",
        content=cell(amazon_order_id="1.71E+16"),
        says="shop/bad.tsv, row 3, column amazon-order-id: expected rows that can be read. It was shortened by Excel and has lost digits. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row=ORDER_ROW,
        found="the same with a comma",
        content=cell(amazon_order_id="1,71E+16"),
        says="shop/bad.tsv, row 3, column amazon-order-id: expected rows that can be read. It was shortened by Excel and has lost digits. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row=ORDER_ROW,
        found="an id that is none",
        content=cell(amazon_order_id="4711"),
        says="shop/bad.tsv, row 3, column amazon-order-id: expected rows that can be read. It is not an order id such as 123-1234567-1234567. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="leading zeros",
        found="zeros before an SKU",
        content=text(ALL_ORDERS, order(sku="00123")),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: [(ID, "00123", 1)]},
    ),
    *[
        Case(
            row=NUMBERS,
            found=f"a quantity written {told}",
            content=cell(quantity=told),
            says="shop/bad.tsv, row 3, column quantity: expected rows that can be read. It is not a whole number. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
        )
        for told in ("-1", "5-", "(5)", "1,5", "one")
    ],
    Case(
        row=NUMBERS,
        found="quantities with a blank, with .0, in full width, with the thousands marked",
        content=stock("3", '" 1"', "1.0", "１２", '"1,234"'),
        name="stock.csv",
        says="shop/stock.csv: the stock CSV; 5 read, 5 used.",
        holds={"stock units_on_hand": [(1,), (1,), (3,), (12,), (1234,)]},
    ),
    Case(
        row=NUMBERS,
        found="a refund as Germans write it",
        content=returns(Refunded_Amount="1.234,56"),
        toml=DE,
        says="shop/bad.tsv: the returns report; 1 read, 1 used.",
        holds={"returns refunded": [(1234.56,)]},
    ),
    Case(
        row=NUMBERS,
        found="a refund as Americans write it",
        content=returns(Refunded_Amount="1,234.56"),
        says="shop/bad.tsv: the returns report; 1 read, 1 used.",
        holds={"returns refunded": [(1234.56,)]},
    ),
    Case(
        row=NUMBERS,
        found="a refund that may be one thing or a thousand times as much",
        content=returns(Refunded_Amount="1.234"),
        toml=DE,
        says="shop/bad.tsv, row 2, column Refunded Amount: expected rows that can be read. It is not a plain number such as 12.50. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    *[
        Case(
            row="NaN, inf, 1e3 in a money column",
            found=f"{told} as a refund",
            content=returns(Refunded_Amount=told),
            says="shop/bad.tsv, row 2, column Refunded Amount: expected rows that can be read. It is not a plain number such as 12.50. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
        )
        for told in ("NaN", "inf", "1e3", "$5.00")
    ],
    Case(
        row="int overflow",
        found="a quantity of 30 digits",
        content=cell(quantity="9" * 30),
        says="shop/bad.tsv, row 3, column quantity: expected rows that can be read. It is not a whole number. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="duplicates / overlapping exports",
        found="the same row in two files, and a later word on one of them",
        files={
            "a.tsv": text(ALL_ORDERS, order(), order(ID_2, order_status="Unshipped", item_status="Unshipped")),
            "b.tsv": text(ALL_ORDERS, order(), order(ID_2, last_updated_date="2026-03-04T20:00:00+00:00")),
        },
        says="shop/a.tsv: the All Orders report; 2 read, 1 used, 1 superseded.\nshop/b.tsv: the All Orders report; 2 read, 1 used, 1 duplicate.",
        holds={"orders order_id status": [(ID, "SHIPPED"), (ID_2, "SHIPPED")]},
    ),
    Case(
        row="status synonyms",
        found="statuses as Amazon spells them in different files",
        content=text(
            ALL_ORDERS,
            order(order_status="Canceled", item_status="CANCELLED"),
            order(ID_2, order_status="Shipped - Delivered to Buyer"),
        ),
        says="shop/bad.tsv: the All Orders report; 2 read, 2 used.",
        holds={"orders status": [("CANCELLED",), ("DELIVERED",)]},
    ),
    Case(
        row="status synonyms",
        found="a status that is not known",
        content=cell(order_status="Teleported"),
        says="shop/bad.tsv, row 3, column order-status: expected rows that can be read. It is not one of the words known for this column. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="status synonyms",
        found="a status that is not known, where most rows may be rejected",
        content=cell(order_status="Teleported"),
        toml=LENIENT,
        says="shop/bad.tsv: the All Orders report; 2 read, 1 used, 1 rejected.\nshop/bad.tsv, row 3, column order-status: is not one of the words known for this column",
        holds={"orders order_id": [(ID,)]},
    ),
    Case(
        row="5 MB field",
        found="five megabytes in a column that is read",
        content=cell(sku="x" * 5_000_000),
        says="shop/bad.tsv, row 3, column sku: expected rows that can be read. It is longer than 200 bytes. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="5 MB field",
        found="five megabytes in a column that is not read",
        content=text(ALL_ORDERS, order(product_name="x" * 5_000_000)),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="file name a[1].csv",
        found="a name that is a pattern",
        content=ONE_ORDER,
        name="a[1].csv",
        says="shop/a[1].csv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="file name a[1].csv",
        found="a folder that is named like a file",
        files={"b.tsv/a*.tsv": ONE_ORDER},
        says="shop/b.tsv/a*.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="bad value in a column nobody selects",
        found="an unknown word in a column that no figure needs",
        content=cell(item_status="Teleported"),
        says="shop/bad.tsv, row 3, column item-status: expected rows that can be read. It is not one of the words known for this column. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="control characters, bidi, zero width",
        found="an SKU with marks that cannot be seen",
        content=text(ALL_ORDERS, order(sku="\u200bM\u202eU\x07G\u00ad-\ufeff1")),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="control characters, bidi, zero width",
        found="an order id with a no-break space around it",
        content=text(ALL_ORDERS, order(f"\u00a0{ID} ")),
        says="shop/bad.tsv: the All Orders report; 1 read, 1 used.",
        holds={ITEMS: MUG},
    ),
    Case(
        row="localised headers",
        found="a status of listings that is not known",
        content=text(ALL_LISTINGS, {"seller-sku": "MUG-1", "quantity": "3", "status": "Aktywna?"}),
        says="shop/bad.tsv, row 2, column status: expected rows that can be read. It is not one of the words known for this column: active, inactive, incomplete. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="missing / renamed / extra column",
        found="the promise is empty in a row",
        content=text(ORDER_REPORT, {"order-id": ID, "purchase-date": "2026-03-01T10:00:00+00:00", "sku": "MUG-1"}),
        toml=US,
        says="shop/bad.tsv, row 2, column latest-ship-date: expected rows that can be read. It is empty. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
]
