"""What people really put into the folder: each is refused in one sentence that says where, and what to do."""

import gzip
import io
import os
import random
import zipfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.account import account_names, load_settings, open_account
from tests.sources.folder import (
    ALL_ORDERS,
    CLAIMS,
    DELIVERIES,
    FEEDBACK,
    ID,
    ID_2,
    LATE,
    MESSAGES,
    NO_VALID_TRACKING,
    NOTIFICATIONS,
    ONE_ORDER,
    OPEN_LISTINGS,
    ORDER_REPORT,
    RETURNS,
    STOCK,
    US,
    alone,
    ledger,
    order,
    put,
    read,
    refusal,
    rejects,
    rows,
    text,
)

SECRET = "Zaphod-4711"
"""Stands for the value that is wrong: no error may say it."""
AGAIN = "ownload it again"


def said(error: InputError, *, row: int | None = None, column: str | None = None, where: str = "shop/bad.tsv") -> str:
    """The text of an error that names its place, says what to do, and does not quote."""
    assert (error.where, error.row, error.column) == (where, row, column)
    assert error.expected
    assert error.what_to_do.rstrip().endswith((".", "?"))
    told = str(error)
    assert told.startswith(where)
    assert SECRET not in told
    assert "polars" not in told.lower()
    return told


def xlsx() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", f"<workbook>{SECRET}</workbook>")
    return packed.getvalue()


NOT_TEXT = [
    ("empty", b"", "It is empty", None),
    ("blank", b" \n\t\r\n  ", "It is empty", None),
    ("only a mark", b"\xef\xbb\xbf", "It is empty", None),
    ("empty gzip", gzip.compress(b""), "It is empty", None),
    ("web page", f"<!DOCTYPE html><html>{SECRET}</html>".encode(), "sign in", None),
    ("web page with a mark", f"\ufeff\r\n <html>{SECRET}</html>".encode(), "sign in", None),
    ("XML", f'<?xml version="1.0"?><a>{SECRET}</a>'.encode(), "web page", None),
    ("JSON", f'{{"errors": [{{"code": "{SECRET}"}}]}}'.encode(), "JSON", None),
    ("JSON list", f'["{SECRET}"]'.encode(), "JSON", None),
    ("gzip of a web page", gzip.compress(f"<html>{SECRET}</html>".encode()), "sign in", None),
    ("gzip of JSON", gzip.compress(b'{"a": 1}'), "JSON", None),
    ("gzip in gzip", gzip.compress(gzip.compress(ONE_ORDER.encode())), AGAIN, None),
    ("workbook", xlsx(), "save the sheet as CSV", None),
    ("old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "save the sheet as CSV", None),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF", None),
    ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64), "picture", None),
    ("random", random.Random(1).randbytes(5_000), AGAIN, None),
    ("zero bytes", bytes(100), "binary", None),
    ("a zero byte far inside", ONE_ORDER.encode() * 5_000 + b"\0\0", "binary", None),
    ("a zero byte in UTF-16", (ONE_ORDER + "\0\0").encode("utf-16"), "binary", None),
    ("UTF-16 without a mark", ONE_ORDER.encode("utf-16-le"), "UTF-16 without its mark", None),
    ("UTF-16 cut in a letter", ONE_ORDER.encode("utf-16")[:-1], AGAIN, None),
    ("UTF-32", ONE_ORDER.encode("utf-32"), "UTF-32", None),
    ("cut gzip", gzip.compress(ONE_ORDER.encode())[:-12], "cut off or damaged", None),
    ("gzip header only", gzip.compress(ONE_ORDER.encode())[:10], "cut off or damaged", None),
    ("two bytes of gzip", b"\x1f\x8b", "cut off or damaged", None),
    ("gzip with rubbish behind", gzip.compress(ONE_ORDER.encode()) + b"rubbish", "cut off or damaged", None),
    ("damaged gzip", gzip.compress(ONE_ORDER.encode() * 99)[:60] + b"\xff" * 60, "cut off or damaged", None),
    ("unknown header", f"{SECRET}\tb\tc\n1\t2\t3\n".encode(), "[[source]]", 1),
    ("no header", ONE_ORDER.split("\n")[1].encode() + b"\n", "its first line is not its header", 1),
    ("a blank first line", b"\n" + ONE_ORDER.encode(), "its first line is not its header", 1),
    ("one word", SECRET.encode(), "[[source]]", 1),
    ("a quote without end", b'"' + SECRET.encode() + b"x" * 200_000, "far too long", 1),
    ("one line without end", b"x," * 1_000_000, "far too long", 1),
]


@pytest.mark.parametrize(
    ("content", "way_out", "row"), [case[1:] for case in NOT_TEXT], ids=[case[0] for case in NOT_TEXT]
)
def test_a_file_that_is_no_report(tmp_path: Path, content: bytes, way_out: str, row: int | None):
    error = refusal(tmp_path, {"orders.tsv": ONE_ORDER, "bad.tsv": content})
    assert way_out in said(error, row=row)


def test_a_truncated_last_row(tmp_path: Path):
    header, row = ONE_ORDER.splitlines()
    cut = "\n".join([header, row, row[: row.index("Merchant")]])
    error = refusal(tmp_path, {"bad.tsv": cut})
    assert "cut off: download it again" in said(error, row=3)


@pytest.mark.parametrize(
    ("header", "column", "nearest"),
    [
        (ALL_ORDERS, "order-status", "the All Orders report"),
        (ORDER_REPORT, "purchase-date", "the order report with ship-by dates"),
        (FEEDBACK, "Rating", "the seller feedback report"),
        (LATE, "Impacts Account Health", "the late shipment download of Account Health"),
        (CLAIMS, "claim_type", "the claims CSV"),
        (MESSAGES, "sender", "the messages CSV"),
        (NOTIFICATIONS, "category", "the notifications CSV"),
        (DELIVERIES, "Actual Delivery Date", "the on-time delivery download of Account Health"),
        (NO_VALID_TRACKING, "Tracking ID", "the valid tracking download of Account Health"),
        (RETURNS, "Merchant SKU", "the returns report"),
        (OPEN_LISTINGS, "price", "the Open Listings report"),
    ],
)
@pytest.mark.parametrize("renamed", [True, False])
def test_a_known_header_with_a_column_renamed_or_missing(
    tmp_path: Path, header: list[str], column: str, nearest: str, renamed: bool
):
    changed = [SECRET if name == column else name for name in header if renamed or name != column]
    error = refusal(tmp_path, {"orders.tsv": ONE_ORDER, "bad.tsv": "\t".join(changed) + "\n"})
    told = said(error, row=1, column=column)
    assert nearest in told
    assert f"expected the column {column}" in told


def test_a_column_named_twice(tmp_path: Path):
    twice = [*ALL_ORDERS, "SKU"]
    error = refusal(tmp_path, {"bad.tsv": text(twice, order())})
    assert AGAIN in said(error, row=1, column="sku")


def test_a_column_named_twice_that_is_not_read_does_no_harm(tmp_path: Path):
    twice = [*ALL_ORDERS, "cpf", "cpf"]
    account = read(tmp_path, {"orders.tsv": "\t".join(twice) + "\n" + ONE_ORDER.splitlines()[1] + "\ta\tb\n"})
    assert ledger(account) == {"orders.tsv": (1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("amazon_order_id", "1.71E+16"),
        ("amazon_order_id", SECRET),
        ("purchase_date", "03/01/2026 Zaphod-4711"),
        ("order_status", SECRET),
        ("fulfillment_channel", SECRET),
        ("sales_channel", SECRET),
        ("quantity", SECRET),
        ("sku", SECRET * 1_000),
        ("sku", SECRET + "x" * 5_000_000),
    ],
)
def test_one_bad_cell_in_a_small_file_is_refused(tmp_path: Path, cell: str, value: str):
    error = refusal(tmp_path, {"bad.tsv": text(ALL_ORDERS, order(), order(ID_2, **{cell: value}))})
    told = said(error, row=3, column=cell.replace("_", "-"))
    assert value not in told
    assert "1 of 2 rows cannot be used: download the file again" in told
    assert len(told) < 300


def test_an_order_id_that_excel_damaged_is_told_apart(tmp_path: Path):
    error = refusal(tmp_path, {"bad.tsv": text(ALL_ORDERS, order("1.71E+16"))})
    assert "It was shortened by Excel and has lost digits." in said(error, row=2, column="amazon-order-id")


def test_seven_stars(tmp_path: Path):
    report = text(FEEDBACK, {"Date": "3/4/26", "Rating": "7", "Comments": SECRET, "Order ID": ID})
    error = refusal(tmp_path, {"orders.tsv": ONE_ORDER, "bad.tsv": report})
    assert "It is larger than possible." in said(error, row=2, column="Rating")


def test_one_bad_row_in_500_is_put_aside(tmp_path: Path):
    told = [order(f"111-1111111-{number:07d}") for number in range(499)]
    bad = order(ID_2, purchase_date=SECRET)
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, *told[:300], bad, *told[300:])})
    assert ledger(account) == {"orders.tsv": (500, 499, 0, 0, 1)}
    reason = "is not a time with its zone, such as 2026-01-31T09:30:00+00:00"
    assert rejects(account) == [(302, "purchase-date", reason)]
    assert (ID_2,) not in rows(account, "orders", "order_id")


@pytest.mark.parametrize(("bad", "refused"), [(5, False), (6, True)])
def test_the_share_of_rejects_is_one_in_a_hundred(tmp_path: Path, bad: int, refused: bool):
    told = [order(f"111-1111111-{number:07d}") for number in range(500)]
    broken = [{**row, "order-status": SECRET} for row in told[:bad]]
    files = {"bad.tsv": text(ALL_ORDERS, *told[bad:], *broken)}
    if refused:
        error = refusal(tmp_path, files)
        assert "6 of 500 rows" in said(error, row=496, column="order-status")
    else:
        assert ledger(read(tmp_path, {"orders.tsv": files["bad.tsv"]})) == {"orders.tsv": (500, 495, 0, 0, 5)}


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (f'{",".join(CLAIMS)}\n"{ID},2026-03-05,chargeback,open,,{SECRET}\n', 2),
        (f'{",".join(CLAIMS)}\n{ID},2026-03-05,chargeback,open,,\n{ID_2},2026-03-05,"charge,{SECRET},,\n\n', 3),
        (f'{",".join(CLAIMS)}\n{ID},"2026-03-05"x,chargeback,open,,{SECRET}\n', 2),
        (f'{",".join(CLAIMS)},note\n{ID},2026-03-05,chargeback,open,,,"{SECRET}{"x" * 5_000_000}"\n', 2),
    ],
    ids=["no end", "no end in row 3", "text behind a quote", "five megabytes"],
)
def test_quotes_that_do_not_close(tmp_path: Path, content: str, row: int):
    error = refusal(tmp_path, {"orders.tsv": ONE_ORDER, "bad.tsv": content})
    assert AGAIN in said(error, row=row)


def test_five_megabytes_in_a_column_that_is_not_read_do_no_harm(tmp_path: Path):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(product_name="x" * 5_000_000), order(ID_2))})
    assert rows(account, "orders", "order_id") == [(ID,), (ID_2,)]


NAMES = [
    "a[1].tsv",
    "a*.tsv",
    "a?.tsv",
    "{a}.tsv",
    "a {0}.tsv",
    "Bestellungen für März.tsv",
    "注文レポート.tsv",
    "🧾.tsv",
    "a'b\"c.tsv",
    "a;b&c$HOME.tsv",
    "%s%d.tsv",
    "--help",
    "x" * 251 + ".tsv",
    "no ending",
    "a.tsv.gz",
    "wide　space.tsv",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_file_name_will_do(tmp_path: Path, name: str):
    folder = put(tmp_path, {name: text(ALL_ORDERS, order(ID_2)).encode("utf-8-sig"), "orders.tsv": ONE_ORDER})
    account = open_account(tmp_path, "shop")
    assert ledger(account) == {name: (1, 1, 0, 0, 0), "orders.tsv": (1, 1, 0, 0, 0)}
    (folder / name).write_bytes(b"")
    error = refusal(tmp_path, {})
    assert said(error, where=f"shop/{name}")


@pytest.mark.parametrize("name", [b"a\nb.tsv", b"a\x1b[31m.tsv", b"\xe9.tsv", b"a\tb.tsv"])
def test_a_file_name_that_cannot_be_shown(tmp_path: Path, name: bytes):
    folder = put(tmp_path, {"orders.tsv": ONE_ORDER})
    (folder / os.fsdecode(name)).write_text(ONE_ORDER, encoding="utf-8")
    error = refusal(tmp_path, {})
    assert str(error).encode().decode().isprintable()
    assert error.what_to_do == "Rename the file."


def test_files_in_folders_are_read(tmp_path: Path):
    account = read(tmp_path, {"2026/march/more.tsv": text(ALL_ORDERS, order(ID_2))})
    assert ledger(account) == {"2026/march/more.tsv": (1, 1, 0, 0, 0), "orders.tsv": (1, 1, 0, 0, 0)}


def test_a_folder_named_like_a_report(tmp_path: Path):
    folder = put(tmp_path, {"orders.tsv": ONE_ORDER})
    (folder / "more.tsv").mkdir()
    assert ledger(open_account(tmp_path, "shop")) == {"orders.tsv": (1, 1, 0, 0, 0)}


def test_notes_hidden_files_and_what_is_ignored_are_left_out(tmp_path: Path):
    others = {
        ".DS_Store": b"\0",
        ".git/x": b"\0",
        "README.txt": b"hi",
        "notes.md": b"hi",
        "old/x.tsv": b"",
        "a.pdf": b"%PDF",
    }
    account = read(tmp_path, others, US + 'ignore = ["old", "*.pdf"]\n')
    assert ledger(account) == {"orders.tsv": (1, 1, 0, 0, 0)}


@pytest.mark.parametrize("target", [".", "..", "loop.tsv", "nowhere.tsv"])
def test_a_link_that_would_be_passed_over(tmp_path: Path, target: str):
    folder = put(tmp_path, {"orders.tsv": ONE_ORDER})
    (folder / "loop.tsv").symlink_to(target)
    error = refusal(tmp_path, {})
    assert "ignore" in said(error, where="shop/loop.tsv")
    assert ledger(read(tmp_path, {}, US + 'ignore = ["loop.tsv"]\n')) == {"orders.tsv": (1, 1, 0, 0, 0)}


def test_a_link_to_a_report_is_read(tmp_path: Path):
    folder = put(tmp_path, {})
    (tmp_path / "elsewhere.tsv").write_text(ONE_ORDER, encoding="utf-8")
    (folder / "orders.tsv").symlink_to(tmp_path / "elsewhere.tsv")
    assert ledger(open_account(tmp_path, "shop")) == {"orders.tsv": (1, 1, 0, 0, 0)}


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path):
    folder = put(tmp_path, {"orders.tsv": ONE_ORDER})
    os.mkfifo(folder / "bad.tsv")
    assert "Remove it" in said(refusal(tmp_path, {}))


@pytest.mark.parametrize("name", ["bad.tsv", "bad.tsv/x.tsv"])
def test_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    """Root may read anything, so the answer is given for it."""
    put(tmp_path, {"orders.tsv": ONE_ORDER, name: ONE_ORDER})
    ask = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: ask(path, mode) and not str(path).endswith("bad.tsv"))
    with pytest.raises(InputError) as caught:
        open_account(tmp_path, "shop")
    assert "permissions" in said(caught.value)


@pytest.mark.parametrize("files", [{}, {"README.md": "hi"}, {".hidden": "x"}])
def test_a_folder_without_a_report_opens(tmp_path: Path, files: dict[str, str]):
    account = alone(tmp_path, files)
    assert ledger(account) == {}
    assert rejects(account) == []
    assert account.provided == frozenset()
    assert account.last_day is None
    assert all(rows(account, table) == [] for table in account.tables)


@pytest.mark.parametrize(
    ("files", "last"),
    [
        ({"orders.tsv": text(ALL_ORDERS)}, None),
        ({"f.tsv": text(FEEDBACK, {"Date": "3/4/26", "Rating": "1", "Order ID": ID})}, "2026-03-04"),
        ({"c.csv": ",".join(CLAIMS) + "\n"}, None),
        ({"s.csv": text(STOCK, {"sku": "MUG-1", "units_on_hand": "3"}, delimiter=",")}, None),
    ],
    ids=["header only", "feedback only", "claims header only", "stock of no day"],
)
def test_an_account_without_orders_opens(tmp_path: Path, files: dict[str, str], last: str | None):
    account = alone(tmp_path, files)
    assert rows(account, "orders") == []
    assert (account.last_day and account.last_day.isoformat()) == last


def test_where_no_file_speaks_of_a_day_today_is_the_day_of_the_accounts_zone(tmp_path: Path):
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        account = alone(tmp_path / zone.split("/")[1], {}, US + f"timezone = '{zone}'\n")
        before, day, after = (datetime.now(ZoneInfo(zone)).date(), account.day(""), datetime.now(ZoneInfo(zone)).date())
        assert before <= day <= after
        assert account.day("2026-03-01").isoformat() == "2026-03-01"


def test_what_is_told_of_orders_in_no_file_is_counted_as_strange(tmp_path: Path):
    claim = {"order_id": ID, "opened_at": "2026-03-05", "claim_type": "chargeback", "status": "open"}
    account = alone(tmp_path, {"c.csv": text(CLAIMS, claim, delimiter=",")})
    assert account.strangers == {"claims": 1}


@pytest.mark.parametrize(
    ("line", "is_told"),
    [("", False), ('contact = ""\n', False), ('contact = "  "\n', False), ('contact = "help@example.com"\n', True)],
)
def test_of_the_contact_address_only_whether_it_is_set_goes_further(tmp_path: Path, line: str, is_told: bool):
    account = alone(tmp_path, {"orders.tsv": ONE_ORDER}, US + line)
    assert account.has_contact_address is is_told
    assert "example.com" not in repr(account)
    kept = [path for path in (tmp_path / "shop" / ".store").rglob("*") if path.is_file()]
    assert not [path for path in kept if b"help@" in path.read_bytes()]


SETTINGS = [
    ("", "marketplace", "data/README.md"),
    ("marketplace =\n", 1, "TOML"),
    (f'marketplace = "US"\nlabel = "{SECRET}\n', 2, "TOML"),
    (f'marketplace = "US"\n\n[source\nfiles = "{SECRET}"\n', 3, "TOML"),
    ('marketplace = "US"\nlabel = """\nnever closed\n', 3, "TOML"),
    ("x = " + "[" * 5_000, None, "brackets in brackets"),
    ('marketplace = "US"\nmarketplace = "GB"\n', 2, "TOML"),
    (b'marketplace = "US"\nlabel = "caf\xe9"\n', None, "UTF-8"),
    (US.encode("utf-16"), None, "UTF-8"),
    (US + f'market = "{SECRET}"\n', "market", "marketplace"),
    (US + f"[sources]\nx = '{SECRET}'\n", "sources", "marketplace"),
    (f'marketplace = "{SECRET}"\n', "marketplace", "Known are US"),
    ('marketplace = "BRA"\n', "marketplace", "Did you mean BR?"),
    ('marketplace = ["US", "BRA"]\n', "marketplace", "Did you mean BR?"),
    ("marketplace = 5\n", "marketplace", 'marketplace = "US"'),
    ("marketplace = true\n", "marketplace", 'marketplace = "US"'),
    ("marketplace = []\n", "marketplace", 'marketplace = "US"'),
    ("marketplace = [1]\n", "marketplace", 'marketplace = "US"'),
    ("marketplace = {US = 1}\n", "marketplace", 'marketplace = "US"'),
    ("marketplace = 2026-01-01\n", "marketplace", 'marketplace = "US"'),
    (US + "label = 5\n", "label", "a text in quotes"),
    (US + "policy = []\n", "policy", "a text in quotes"),
    (US + "timezone = 5\n", "timezone", "a text in quotes"),
    (US + f"timezone = '{SECRET}'\n", "timezone", "America/Sao_Paulo"),
    (US + "timezone = 'America'\n", "timezone", "America/Sao_Paulo"),
    (US + "timezone = '../../etc/passwd'\n", "timezone", "America/Sao_Paulo"),
    (US + "timezone = 'posix/UTC'\n", "timezone", "America/Sao_Paulo"),
    (US + f"timezone = '{'x' * 5_000}'\n", "timezone", "America/Sao_Paulo"),
    (US + 'timezone = "a\\u0000b"\n', "timezone", "America/Sao_Paulo"),
    (US + "contact = ['x']\n", "contact", "a text in quotes"),
    (US + "notebooks = 'x'\n", "notebooks", "a list in brackets"),
    (US + "notebooks = [1]\n", "notebooks", "a text in quotes"),
    (US + "ignore = 'x'\n", "ignore", "a list in brackets"),
    (US + "ignore = [1]\n", "ignore", "a text in quotes"),
    (US + "override = 1\n", "override", "a section"),
    (US + "[override]\nx = 1\n", "override.x", "a section"),
    (US + "source = 1\n", "source", "a list in brackets"),
    (US + "source = [1]\n", "source", "a section"),
    (US + "[source]\nfiles = 'x'\n", "source", "a list in brackets"),
    *[(US + f"max_reject = {bad}\n", "max_reject", "between 0 and 1") for bad in ("-0.1", "1.1", "nan", "true", "'1'")],
]


@pytest.mark.parametrize(("toml", "place", "told"), SETTINGS, ids=range(len(SETTINGS)))
def test_settings_that_cannot_be_meant(tmp_path: Path, toml: str | bytes, place: str | int | None, told: str):
    error = refusal(tmp_path, {"orders.tsv": ONE_ORDER}, toml)
    row, column = (place, None) if isinstance(place, int) else (None, place)
    assert told in said(error, row=row, column=column, where="shop/account.toml")


def test_no_settings(tmp_path: Path):
    folder = put(tmp_path, {"orders.tsv": ONE_ORDER})
    (folder / "account.toml").unlink()
    with pytest.raises(InputError) as caught:
        open_account(tmp_path, "shop")
    assert 'Create it with the line marketplace = "US".' in said(caught.value, where="shop/account.toml")
    assert account_names(tmp_path) == []


def test_settings_that_are_a_folder(tmp_path: Path):
    (tmp_path / "shop" / "account.toml").mkdir(parents=True)
    with pytest.raises(InputError) as caught:
        load_settings(tmp_path, "shop")
    assert "permissions" in said(caught.value, where="shop/account.toml")


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../shop", "/", "/etc", "{}", "{name}", ".store", "-x", "a b", "a\n", "shop\n", "x" * 65, "*", "é"],
)
def test_a_name_that_no_account_has(tmp_path: Path, name: str):
    put(tmp_path, {"orders.tsv": ONE_ORDER})
    with pytest.raises(InputError) as caught:
        open_account(tmp_path, name)
    assert said(caught.value, where="account")
    assert name in ("", ".", "/", "*", "-x", "a\n") or name not in str(caught.value)


def test_an_account_that_is_not_there(tmp_path: Path):
    put(tmp_path, {"orders.tsv": ONE_ORDER})
    with pytest.raises(InputError) as caught:
        open_account(tmp_path, SECRET)
    assert "There are: shop." in said(caught.value, where="account")
    with pytest.raises(InputError) as caught:
        open_account(tmp_path / "nowhere", "shop")
    assert "none yet" in said(caught.value, where="account")


@pytest.mark.parametrize("code", ["GB", SECRET, "..", "{}"])
def test_a_marketplace_the_account_has_not(tmp_path: Path, code: str):
    put(tmp_path, {"orders.tsv": ONE_ORDER})
    with pytest.raises(InputError) as caught:
        open_account(tmp_path, "shop", code)
    assert "US" in said(caught.value, where="marketplace")


GOOD = {
    "files": '"mine.csv"',
    "table": '"orders"',
    "datetime": '"%Y-%m-%d %H:%M:%S"',
    "columns": '{order_id = "id", purchased_at = "at", status = "state"}',
    "values": '{status = {sent = "SHIPPED"}}',
}
MINE = "id,at,state\nA-1,2026-03-01 10:00:00,sent\n"
SOURCES = [
    ({"files": ""}, "files", "`files` in each [[source]]"),
    ({"table": ""}, "table", "`table` in each [[source]]"),
    ({"columns": ""}, "columns", "`columns` in each [[source]]"),
    ({"columns": "{}"}, "columns", "`columns` in each [[source]]"),
    ({"files": "5"}, "files", "a text in quotes"),
    ({"table": "5"}, "table", "a text in quotes"),
    ({"table": '["orders"]'}, "table", "a text in quotes"),
    ({"columns": '"x"'}, "columns", "a section"),
    ({"values": '"x"'}, "values", "a section"),
    ({"values": "{status = 1}"}, "values.status", "a section of words"),
    ({"values": "{status = {a = 1}}"}, "values.status", "a section of words"),
    ({"values": f'{{status = {{sent = "{SECRET}"}}}}'}, "values.status", "PENDING"),
    ({"values": '{channel = {us = "MFN"}}'}, "values.channel", "a column that is mapped"),
    (
        {"values": f'{{{SECRET} = {{us = "MFN"}}}}'.replace(SECRET, "nothing")},
        "values.nothing",
        "a column that is mapped",
    ),
    ({"table": f'"{SECRET}"'}, "table", "orders, order_items"),
    ({"table": '"coverage"'}, "table", "orders, order_items"),
    ({"columns": '{order_id = "id", buyer_name = "n"}'}, "buyer_name", "a column of orders"),
    ({"columns": '{purchased_at = "at"}', "values": ""}, "order_id", "without which orders has no rows"),
    ({"columns": '{order_id = 1, purchased_at = "at", status = "state"}'}, "columns.order_id", "in quotes"),
    ({"columns": '{order_id = " ", purchased_at = "at", status = "state"}'}, "columns.order_id", "in quotes"),
    ({"columns": '{order_id = ["id"], purchased_at = "at", status = "state"}'}, "columns.order_id", "in quotes"),
    ({"timezone": f'"{SECRET}"'}, "timezone", "America/Sao_Paulo"),
    ({"timezone": '"Europe"'}, "timezone", "America/Sao_Paulo"),
    ({"timezone": '""'}, "timezone", "America/Sao_Paulo"),
    ({"timezone": "5"}, "timezone", "a text in quotes"),
    ({"account": "5"}, "account", "a text in quotes"),
    ({"zone": f'"{SECRET}"'}, "zone", "timezone"),
    *[({"delimiter": bad}, "delimiter", "one mark") for bad in ('""', '"::"', '"a"', '"\\""', '"\\n"', '" "', '"é"')],
    ({"delimiter": "5"}, "delimiter", "a text in quotes"),
    *[
        ({"datetime": f'"{bad}"'}, "datetime", "year, month and day")
        for bad in (
            "",
            "%",
            "%Q",
            SECRET,
            "%s",
            "%H:%M",
            "%d/%m %H:%M",
            "%Y-%m-%d %H:%M:%S %Z",
            "%Y-%m-%d %H:%M:%S%:z",
            "%Y-%m-%d %H:%M:%S.%f",
            "%c",
            "%+",
            "%G-%V-%u",
        )
    ],
    ({"datetime": '"%Y-%m-%d %H"'}, "datetime", "the hour and the minute"),
    ({"datetime": '"%Y-%m-%dT%H:%M:%SZ"'}, "datetime", 'timezone = "UTC"'),
    ({"datetime": '"%Y-%m-%d %H:%M:%S UTC"', "timezone": '"Asia/Tokyo"'}, "datetime", 'timezone = "UTC"'),
    ({"datetime": "5"}, "datetime", "a text in quotes"),
    ({"files": f'"{SECRET}"'}, "files", "matches"),
    ({"files": '"*.tsv"'}, "files", "matches"),
    ({"table": '"feedback"', "columns": '{order_id = "id", rated_on = "at"}', "values": ""}, "rating", "`rating`"),
    (
        {"table": '"claims"', "columns": '{order_id = "id", opened_on = "at"}', "values": ""},
        "claim_type",
        "`claim_type`",
    ),
    *[
        ({"table": f'"{table}"', "columns": columns, "values": ""}, column, f"without which {table} has no rows")
        for table, columns, column in (
            ("packages", '{order_id = "id"}', "package_confirmed_at"),
            ("returns", '{order_id = "id", sku = "s"}', "returned_on"),
            ("tracking", '{order_id = "id", tracking_promised_on = "at"}', "has_valid_tracking"),
            ("deliveries", '{order_id = "id", sku = "s"}', "delivery_promised_on"),
            ("messages", '{thread_id = "id", sender = "s"}', "sent_at"),
            ("messages", '{thread_id = "id", sent_at = "at"}', "sender"),
            ("surveys", '{thread_id = "id"}', "answered_at"),
            ("notifications", '{category = "c", state = "s"}', "notified_on"),
            ("stock", '{sku = "s"}', "units_on_hand"),
            ("listings", '{listed_units = "n"}', "sku"),
            ("performance", '{figure_rate = "r"}', "figure"),
        )
    ],
]


@pytest.mark.parametrize(("changed", "column", "told"), SOURCES, ids=range(len(SOURCES)))
def test_a_source_that_cannot_be_meant(tmp_path: Path, changed: dict[str, str], column: str, told: str):
    keys = [f"{key} = {value}" for key, value in {**GOOD, **changed}.items() if value]
    error = refusal(tmp_path, {"mine.csv": MINE}, "\n".join([US, "[[source]]", *keys]) + "\n")
    assert told in said(error, column=column, where="shop/account.toml")
    assert "[[source]] section 1" in str(error)


def test_the_source_of_those_cases_is_good(tmp_path: Path):
    keys = [f"{key} = {value}" for key, value in GOOD.items()]
    put(tmp_path, {"mine.csv": MINE}, "\n".join([US, "[[source]]", *keys]) + "\n")
    assert rows(open_account(tmp_path, "shop"), "orders", "order_id", "status") == [("A-1", "SHIPPED")]


def test_a_second_source_for_the_same_file_is_refused(tmp_path: Path):
    keys = ["[[source]]", *(f"{key} = {value}" for key, value in GOOD.items())]
    error = refusal(tmp_path, {"mine.csv": MINE}, "\n".join([US, *keys, *keys]) + "\n")
    assert "no section before it takes its files" in said(error, column="files", where="shop/account.toml")


@pytest.mark.parametrize(
    ("content", "row", "column", "told"),
    [
        (MINE.replace("state", "status"), 1, "state", "Check its columns and delimiter"),
        (MINE.replace(",", ";"), 1, "id", "Check its columns and delimiter"),
        (MINE.replace("sent", SECRET), 2, "state", "one of the words known"),
        (MINE.replace("2026-03-01 10:00:00", SECRET), 2, "at", "the format set for this file"),
        (MINE.replace("A-1", ""), 2, "id", "It is empty"),
        (MINE.replace(",sent", f",sent,{SECRET}"), 2, None, "wrong number of cells"),
        (MINE.replace("state", "state,state").replace("sent", "sent,sent"), 1, "state", "once"),
        (f"<html>{SECRET}</html>", None, None, "web page"),
    ],
)
def test_a_mapped_file_that_cannot_be_read(
    tmp_path: Path, content: str, row: int | None, column: str | None, told: str
):
    keys = [f"{key} = {value}" for key, value in GOOD.items()]
    error = refusal(tmp_path, {"mine.csv": content}, "\n".join([US, "[[source]]", *keys]) + "\n")
    assert told in said(error, row=row, column=column, where="shop/mine.csv")


def test_a_failed_reading_leaves_nothing_of_the_file_behind(tmp_path: Path):
    bad = text(ALL_ORDERS, order(product_name=SECRET), order(ID_2, order_status=SECRET))
    refusal(tmp_path, {"bad.tsv": gzip.compress(bad.encode())})
    store = tmp_path / "shop" / ".store"
    assert not [path for path in store.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert not list(store.rglob("decoded*"))
