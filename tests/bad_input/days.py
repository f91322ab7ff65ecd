"""The catalogue's rows on days and times."""

from tests.bad_input.case import GB, LENIENT, Case
from tests.bad_input.cells import cell, returns
from tests.sources.folder import (
    ALL_ORDERS,
    FEEDBACK,
    ID,
    ID_2,
    ID_3,
    order,
    text,
)


def feedback(*days: str) -> str:
    return text(FEEDBACK, *({"Date": day, "Rating": "1", "Order ID": f"{ID[:-1]}{n}"} for n, day in enumerate(days)))


def mapped(moment: str, form: str = "%Y-%m-%d %H:%M:%S") -> dict[str, str]:
    """A file of the seller's own with one order, and its mapping."""
    section = f'[[source]]\nfiles = "mine.csv"\ntable = "orders"\ndatetime = "{form}"\ntimezone = "Europe/London"\n'
    columns = '[source.columns]\norder_id = "id"\npurchased_at = "at"\n'
    return {"content": f"id,at\nA-1,{moment}\nA-2,2026-03-01 10:00:00\n", "toml": LENIENT + section + columns}


DATES = "dates"

CASES = [
    Case(
        row=DATES,
        found="days of feedback in the marketplace's order, and one proves it",
        content=feedback("3/4/26", "3/14/26"),
        says="shop/bad.tsv: the seller feedback report; 2 read, 2 used.",
        holds={"feedback rated_on": [("2026-03-04",), ("2026-03-14",)]},
    ),
    Case(
        row=DATES,
        found="days of feedback that no row proves",
        content=feedback("3/4/26", "3/5/26"),
        says="shop/bad.tsv: the seller feedback report; 2 read, 2 used. days are read with the month first; no row proves it",
        holds={"feedback rated_on": [("2026-03-04",), ("2026-03-05",)]},
    ),
    Case(
        row=DATES,
        found="days of feedback day first, in an American account",
        content=feedback("3/4/26", "14/3/26"),
        says='shop/bad.tsv, row 3, column Date: expected days that begin with the month. Here it is the day that comes first, which is not how your marketplace writes days: set date_order = "DMY" in account.toml if all your files are like this one, else download it again.',
    ),
    Case(
        row=DATES,
        found="days of feedback month first, in a British account, and most rows may be rejected",
        content=feedback("3/4/26", "3/14/26"),
        toml=GB + "max_reject = 1\n",
        says='shop/bad.tsv, row 3, column Date: expected days that begin with the day. Here it is the month that comes first, which is not how your marketplace writes days: set date_order = "MDY" in account.toml if all your files are like this one, else download it again.',
    ),
    Case(
        row=DATES,
        found="the same file, with date_order in account.toml",
        content=feedback("3/4/26", "3/14/26"),
        toml=GB + 'date_order = "MDY"\n',
        says="shop/bad.tsv: the seller feedback report; 2 read, 2 used.",
        holds={"feedback rated_on": [("2026-03-04",), ("2026-03-14",)]},
    ),
    Case(
        row=DATES,
        found="a day that is not in the calendar",
        content=feedback("2/30/26"),
        says="shop/bad.tsv, row 2, column Date: expected rows that can be read. It is not a date as this report writes it on this marketplace. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row=DATES,
        found="times with Z, with an offset, and with Amazon's odd blanks",
        content=text(
            ALL_ORDERS,
            order(purchase_date="2026-03-01T18:30:00Z"),
            order(ID_2, purchase_date="2026-03-01T10:30:00-08:00", last_updated_date="2026-03-03T20:00:00+ 00 :00"),
        ),
        says="shop/bad.tsv: the All Orders report; 2 read, 2 used.",
        holds={"orders purchased_at": [("2026-03-01 18:30:00",), ("2026-03-01 18:30:00",)]},
    ),
    Case(
        row=DATES,
        found="a time of a zone that may be two",
        content=cell(purchase_date="2026-03-01 10:30 IST"),
        says="shop/bad.tsv, row 3, column purchase-date: expected rows that can be read. It names a time zone that means nothing, or two things, here. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row=DATES,
        found="an American time in an order file",
        content=cell(purchase_date="03/01/2026 10:30"),
        says="shop/bad.tsv, row 3, column purchase-date: expected rows that can be read. It is not a time with its zone, such as 2026-01-31T09:30:00+00:00. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="2-digit years",
        found="a year of two digits in returns",
        content=returns(Return_request_date="05-Mar-26"),
        says="shop/bad.tsv, row 2, column Return request date: expected rows that can be read. It is not a date as this report writes it on this marketplace. The only row cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="naive stamps",
        found="a time without its zone",
        content=cell(purchase_date="2026-03-01 18:30:00"),
        says="shop/bad.tsv, row 3, column purchase-date: expected rows that can be read. It is not a time with its zone, such as 2026-01-31T09:30:00+00:00. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="DST gap / fold",
        found="a local time that the clocks skip",
        name="mine.csv",
        **mapped("2026-03-29 01:30:00"),
        says="shop/mine.csv: the [[source]] mapping for mine.csv; 2 read, 1 used, 1 rejected.\nshop/mine.csv, row 2, column at: is not a time in the format set for this file, that exists in its zone",
        holds={"orders order_id": [("A-2",)]},
    ),
    Case(
        row="DST gap / fold",
        found="a local time that the clocks repeat: the first of the two",
        name="mine.csv",
        **mapped("2026-10-25 01:30:00"),
        says="shop/mine.csv: the [[source]] mapping for mine.csv; 2 read, 2 used.",
        holds={"orders order_id purchased_at": [("A-1", "2026-10-25 00:30:00"), ("A-2", "2026-03-01 10:00:00")]},
    ),
    Case(
        row="future / pre-1995 dates",
        found="a day before 1995",
        content=cell(purchase_date="1969-12-31T23:59:59+00:00"),
        says="shop/bad.tsv, row 3, column purchase-date: expected rows that can be read. It is smaller or earlier than possible. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="future / pre-1995 dates",
        found="a moment that is in the year 10000 in UTC",
        content=cell(purchase_date="9999-12-31T23:59:59-10:00"),
        says="shop/bad.tsv, row 3, column purchase-date: expected rows that can be read. It is not a time with its zone, such as 2026-01-31T09:30:00+00:00. 1 of 2 rows cannot be used: download the file again, or correct the row. It is listed in shop/rejects/bad.tsv.csv.",
    ),
    Case(
        row="future / pre-1995 dates",
        found="a year typed wrong: the row is kept, and the day looked at does not follow it",
        content=text(ALL_ORDERS, order(), order(ID_3), order(ID_2, purchase_date="2062-03-01T10:00:00+00:00")),
        says="shop/bad.tsv: the All Orders report; 3 read, 3 used.\n1 row of orders is dated after today, long after all others: correct its date. The last day is 2026-03-01.",
        holds={"orders order_id": [(ID,), (ID_2,), (ID_3,)]},
    ),
]
