"""Bytes to rows: encodings, line ends, quotes, and the number of each row."""

import codecs
import gzip
from pathlib import Path

import pytest

from sellerhealth.sources.account import open_account
from tests.sources.folder import (
    ALL_ORDERS,
    CLAIMS,
    FEEDBACK,
    ID,
    ID_2,
    ID_3,
    LENIENT,
    ledger,
    line,
    order,
    put,
    read,
    refusal,
    rejects,
    rows,
    text,
)

THREE = text(ALL_ORDERS, order(), order(ID_2, sku="MUG-2"), order(ID_3, sku="MUG-3"))
THREE_ITEMS = [(ID, "MUG-1"), (ID_2, "MUG-2"), (ID_3, "MUG-3")]


def items(data: Path, content: bytes, place: str = "US") -> list[tuple[object, ...]]:
    return rows(read(data, {"orders.tsv": content}, f'marketplace = "{place}"\n'), "order_items", "order_id", "sku")


def note(data: Path) -> str:
    return str(open_account(data, "shop").ledger["note"].item())


@pytest.mark.parametrize(
    ("place", "encoding", "bom", "sku", "told"),
    [
        ("US", "utf-8", b"", "MUG-é€", ""),
        ("US", "utf-8", codecs.BOM_UTF8, "MUG-é€", ""),
        ("US", "utf-16-le", codecs.BOM_UTF16_LE, "MUG-é€漢", "read as utf-16"),
        ("GB", "utf-16-be", codecs.BOM_UTF16_BE, "MUG-é€漢", "read as utf-16"),
        ("GB", "cp1252", b"", "MUG-é€-–ß", "read as cp1252"),
        ("DE", "cp1252", b"", "MUG-äö-üß", "read as cp1252"),
        ("JP", "cp932", b"", "マグ-①", "read as cp932"),
        ("JP", "utf-8", b"", "マグ-①", ""),
    ],
)
def test_a_text_in_each_encoding(tmp_path: Path, place: str, encoding: str, bom: bytes, sku: str, told: str):
    site = {"GB": "Amazon.co.uk", "DE": "Amazon.de", "JP": "Amazon.co.jp"}.get(place, "Amazon.com")
    report = bom + text(
        ALL_ORDERS, order(sku=sku, sales_channel=site, product_name="タ" if "マ" in sku else "é")
    ).encode(encoding)
    assert items(tmp_path, report, place) == [(ID, sku)]
    assert note(tmp_path) == told


def test_a_text_in_no_encoding_of_the_marketplace_is_refused(tmp_path: Path):
    error = refusal(tmp_path, {"orders.tsv": THREE.encode().replace(b"MUG-1", b"MUG-\x81\x8d")})
    assert (error.where, error.expected) == ("shop/orders.tsv", "text in UTF-8 or cp1252")


def test_one_wrong_byte_after_a_megabyte_is_refused_too(tmp_path: Path):
    many = text(ALL_ORDERS, *(order(f"111-1111111-{number:07d}", sku="é") for number in range(12_000))).encode()
    assert len(many) > 1 << 20
    error = refusal(tmp_path, {"orders.tsv": many[:-20] + b"\x81" + many[-20:]})
    assert error.expected == "text in UTF-8, whole"


def test_the_same_bytes_are_read_anew_for_another_marketplace(tmp_path: Path):
    report = text(ALL_ORDERS, order(sku="é")).encode("cp1252")
    put(tmp_path, {"orders.tsv": report}, 'marketplace = "GB"\n')
    assert rows(open_account(tmp_path, "shop"), "order_items", "sku") == [("é",)]
    error = refusal(tmp_path, {"orders.tsv": report}, 'marketplace = "JP"\n')
    assert error.expected == "text in the encoding of the marketplace"


def test_a_file_is_read_one_way_whichever_marketplace_is_looked_at(tmp_path: Path):
    """The first marketplace of account.toml says how the files are written."""
    report = text(ALL_ORDERS, order(sku="マグ")).encode("cp932")
    put(tmp_path, {"orders.tsv": report}, 'marketplace = ["JP", "GB"]\n')
    for place in ("JP", "GB"):
        assert rows(open_account(tmp_path, "shop", place), "order_items", "sku") == [("マグ",)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_each_line_end(tmp_path: Path, end: str):
    assert items(tmp_path, THREE.replace("\n", end).encode()) == THREE_ITEMS


def test_mixed_line_ends_keep_the_numbers_of_rows(tmp_path: Path):
    header, first, second, third = THREE.splitlines()
    mixed = f"{header}\r\n{first}\r{second.replace('Shipped', 'Sunk')}\n{third}\r\n"
    account = read(tmp_path, {"orders.tsv": mixed}, LENIENT)
    assert rows(account, "order_items", "order_id", "sku") == [THREE_ITEMS[0], THREE_ITEMS[2]]
    assert [row for row, _, _ in rejects(account)] == [3]


def test_a_carriage_return_between_two_chunks(tmp_path: Path):
    many = [order(f"111-1111111-{number:07d}") for number in range(6_000)]
    report = text(ALL_ORDERS, *many).replace("\n", "\r\n").encode()
    pad = (1 << 20) - 1 - report.index(b"\r\n", 1 << 19)
    padded = report.replace(b"\tMUG-1", b"x" * pad + b"\tMUG-1", 1)
    assert padded[(1 << 20) - 1 :].startswith(b"\r\n")
    assert read(tmp_path, {"orders.tsv": padded}).ledger["read"].item() == 6_000


@pytest.mark.parametrize("parts", [1, 2])
def test_gzip_whatever_the_name(tmp_path: Path, parts: int):
    half = len(THREE) // parts
    packed = b"".join(gzip.compress(THREE[start : start + half].encode()) for start in range(0, len(THREE), half))
    assert items(tmp_path, packed) == THREE_ITEMS


def test_gzip_of_utf_16(tmp_path: Path):
    assert items(tmp_path, gzip.compress(THREE.encode("utf-16"))) == THREE_ITEMS


def test_no_line_end_after_the_last_row(tmp_path: Path):
    assert items(tmp_path, THREE.rstrip("\n").encode()) == THREE_ITEMS
    assert note(tmp_path) == "no line end after the last row"


@pytest.mark.parametrize("blank", ["\n", "   \n", "\t\t\t\n", "\u00a0\n", "\r\n"])
def test_blank_lines_are_no_rows_but_are_counted_as_lines(tmp_path: Path, blank: str):
    header, first, second, third = THREE.splitlines(keepends=True)
    broken = second.replace("Shipped", "Sunk")
    account = read(tmp_path, {"orders.tsv": header + blank + first + blank + blank + broken + third + blank}, LENIENT)
    assert ledger(account) == {"orders.tsv": (3, 2, 0, 0, 1)}
    assert [row for row, _, _ in rejects(account)] == [6]


def test_quotes_are_plain_marks_in_tab_separated_files(tmp_path: Path):
    names = ['Mug, 12" tall', '"Mug" cosy"', '"', '""', '5" x 5"']
    told = [order(f"111-1111111-{n:07d}", product_name=name, sku=f'{n}"x') for n, name in enumerate(names)]
    assert [sku for _, sku in items(tmp_path, text(ALL_ORDERS, *told).encode())] == ['0"x', '1"x', '2"x', '3"x', '4"x']


def claims(*told: str, header: str = ",".join([*CLAIMS, "note"])) -> dict[str, str]:
    return {"claims.csv": header + "\n" + "".join(told)}


QUOTED = [
    f'"{ID}","2026-03-05","A-to-z","Granted","","","He said ""no"", and left"\n',
    f'{ID_2},2026-03-05,chargeback,open,,,"two\nlines, and\r\nthree"\n',
    f"{ID_3},2026-03-05,lost,open,,,plain\n",
]


def test_quoted_cells_hold_commas_quotes_and_line_breaks(tmp_path: Path):
    account = read(tmp_path, claims(*QUOTED), LENIENT)
    assert rows(account, "claims", "order_id", "claim_type") == [(ID, "A_TO_Z"), (ID_2, "CHARGEBACK")]
    assert ledger(account)["claims.csv"] == (3, 2, 0, 0, 1)
    assert [(row, column) for row, column, _ in rejects(account)] == [(6, "claim_type")]


def test_a_quoted_header(tmp_path: Path):
    header = ",".join(f'"{name}"' for name in [*CLAIMS, "a\nnote"])
    account = read(tmp_path, claims(*QUOTED, header=header), LENIENT)
    assert [(row, column) for row, column, _ in rejects(account)] == [(7, "claim_type")]


@pytest.mark.parametrize("quote", ["", '"'])
def test_rows_of_commas_only_are_blank_with_and_without_quotes(tmp_path: Path, quote: str):
    row = f"{ID},2026-03-05,chargeback,open,,,{quote}x{quote}\n"
    account = read(tmp_path, claims(row, ",,,,,,\n", " , ,,,,,\n"))
    assert ledger(account)["claims.csv"] == (1, 1, 0, 0, 0)


def test_short_rows_of_all_orders_are_whole(tmp_path: Path):
    header, *told = THREE.splitlines()
    short = "\n".join([header, *("\t".join(row.split("\t")[:27]) for row in told)]) + "\n"
    assert items(tmp_path, short.encode()) == THREE_ITEMS


@pytest.mark.parametrize("cells", [11, 5, 1])
def test_a_row_without_its_needed_cells_is_rejected(tmp_path: Path, cells: int):
    header, first, second, third = THREE.splitlines(keepends=True)
    cut = "\t".join(second.split("\t")[:cells]) + "\n"
    account = read(tmp_path, {"orders.tsv": header + first + cut + third}, LENIENT)
    assert rejects(account) == [(3, "", "has the wrong number of cells")]
    assert ledger(account) == {"orders.tsv": (3, 2, 0, 0, 1)}


def test_a_row_with_extra_cells_is_rejected(tmp_path: Path):
    header, first, second, third = THREE.splitlines(keepends=True)
    account = read(tmp_path, {"orders.tsv": header + first + second.rstrip("\n") + "\tmore\n" + third}, LENIENT)
    assert rejects(account) == [(3, "", "has the wrong number of cells")]
    assert rows(account, "order_items", "order_id", "sku") == [THREE_ITEMS[0], THREE_ITEMS[2]]


def test_a_stray_tab_never_moves_a_cell_into_another_column(tmp_path: Path):
    stray = line(ALL_ORDERS, order(ID_2, product_name="Ann\tExample"))
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order()) + stray}, LENIENT)
    assert rows(account, "order_items", "order_id", "sku") == [(ID, "MUG-1")]


@pytest.mark.parametrize("kept", [12, 20, 26])
def test_a_last_row_shorter_than_all_others_was_cut_off(tmp_path: Path, kept: int):
    header, *told = THREE.splitlines()
    short = ["\t".join(row.split("\t")[:27]) for row in told]
    cut = "\n".join([header, *short[:-1], "\t".join(short[-1].split("\t")[:kept])])
    error = refusal(tmp_path, {"orders.tsv": cut})
    assert (error.where, error.row, error.expected) == ("shop/orders.tsv", 4, "a whole last row")
    put(tmp_path, {"orders.tsv": cut + "\n"})
    assert rows(open_account(tmp_path, "shop"), "order_items", "order_id", "sku") == THREE_ITEMS


def test_feedback_with_tabs_and_quotes_in_its_comment(tmp_path: Path):
    good = {"Date": "3/4/26", "Rating": "1", "Comments": '"Never again', "Order ID": ID}
    bad = {"Date": "3/4/26", "Rating": "1", "Comments": "a\tb", "Order ID": ID_2}
    account = read(tmp_path, {"feedback.tsv": text(FEEDBACK, good, bad, {**good, "Order ID": ID_3})}, LENIENT)
    assert rows(account, "feedback", "order_id", "rating") == [(ID, 1), (ID_3, 1)]
    assert rejects(account) == [(3, "", "has the wrong number of cells")]


def test_names_and_zones_are_trimmed(tmp_path: Path):
    padded = order(**{name.replace("-", "_"): f" {cell}\u00a0" for name, cell in order().items()})
    padded["amazon-order-id"] = f" {ID} "
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, padded)})
    assert rows(account, "order_items", "order_id", "sku") == [(ID, "MUG-1")]
