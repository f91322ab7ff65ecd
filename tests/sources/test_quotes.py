"""Quoted cells as plain ones, and the quotes that a spreadsheet adds to a tab-separated file."""

from pathlib import Path

import pytest

from sellerhealth.sources.quotes import unquoted
from tests.sources.folder import (
    ALL_ORDERS,
    CLAIMS,
    FEEDBACK,
    ID,
    ID_2,
    ID_3,
    LENIENT,
    MESSAGES,
    ONE_ORDER,
    ledger,
    order,
    read,
    refusal,
    rejects,
    rows,
    text,
)


@pytest.mark.parametrize(
    ("quoted", "plain"),
    [
        ('a,b\n1,"2, 3"\n', "a\x1fb\n1\x1f2, 3\n"),
        ('a,b\n"1 ""x""",2\n', 'a\x1fb\n1 "x"\x1f2\n'),
        ('a,"b\r\nc"\n1,2\n', "a\x1fb\vc\n\n1\x1f2\n"),
        ('a,b\n\n1,"2\x1f3"\n', "a\x1fb\n\n1\x1f23\n"),
        ('"a","b"\r\n1,2\r\n', "a\x1fb\n1\x1f2\n"),
    ],
)
def test_a_row_stays_on_its_line(tmp_path: Path, quoted: str, plain: str):
    written = tmp_path / "quoted.csv"
    written.write_bytes(quoted.encode())
    assert unquoted(written, "shop/a.csv", ",", tmp_path / "plain").read_bytes() == plain.encode()


def test_numbers_of_rows_below_cells_of_several_lines(tmp_path: Path):
    cells = [f'{ID},2026-03-05,chargeback,open,,,"a\n\nb"', f"{ID_2},2026-03-05,chargeback,lost,,,", ID_3]
    content = ",".join([*CLAIMS, "note"]) + "\n" + "\n".join(cells) + "\n"
    account = read(tmp_path, {"claims.csv": content}, LENIENT)
    assert ledger(account)["claims.csv"] == (3, 1, 0, 0, 2)
    assert [(row, column) for row, column, _ in rejects(account)] == [(5, "status"), (6, "")]


@pytest.mark.parametrize("sku", ['"MUG, 12"', '"MUG 12"" wide"', '"a ""b"""'])
def test_an_sku_that_a_spreadsheet_put_in_quotes_is_rejected(tmp_path: Path, sku: str):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(sku=sku), order(ID_2))}, LENIENT)
    reason = "was put in quotes when the file was saved again: use the file as it was downloaded"
    assert rejects(account) == [(2, "sku", reason)]
    assert rows(account, "order_items", "order_id") == [(ID_2,)]


@pytest.mark.parametrize("sku", ['"MUG"', '12" MUG, red', '"5" x 5"', '""', '"MUG", "CUP"'])
def test_an_sku_with_quotes_of_its_own_is_read(tmp_path: Path, sku: str):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(sku=sku))})
    assert rows(account, "order_items", "sku") == [(sku,)]


def test_a_file_whose_every_cell_was_put_in_quotes_is_rejected(tmp_path: Path):
    lines = ["\t".join(f'"{cell}"' for cell in line.split("\t")) for line in text(ALL_ORDERS, order()).splitlines()]
    account = read(tmp_path, {"orders.tsv": "\n".join(lines) + "\n"}, LENIENT)
    reason = "was put in quotes when the file was saved again: use the file as it was downloaded"
    assert rejects(account) == [(2, "amazon-order-id", reason)]


def test_quotes_in_a_column_that_is_not_read_do_no_harm(tmp_path: Path):
    account = read(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(product_name='"Mug, 12"" wide"'))})
    assert rows(account, "order_items", "sku") == [("MUG-1",)]


@pytest.mark.parametrize("mark", [";", ","])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_the_line_by_which_excel_is_told_the_delimiter_is_passed_over(tmp_path: Path, mark: str, quote: str, bom: str):
    told = text(ALL_ORDERS, order(), order(ID_2, order_status="Sunk"), delimiter=mark).replace(
        "Merchant", f"{quote}Merchant{quote}"
    )
    account = read(tmp_path, {"orders.tsv": f"{bom}{quote}sep={mark}{quote}\r\n{told}"}, LENIENT)
    assert rows(account, "orders", "order_id") == [(ID,)]
    assert [row for row, _, _ in rejects(account)] == [4]


def test_a_zero_byte_in_a_cell_costs_its_row(tmp_path: Path):
    content = text(ALL_ORDERS, order(), order(ID_2, product_name="M\0g"), order(ID_3))
    account = read(tmp_path, {"orders.tsv": content * 1 + "\n" * 300}, LENIENT)
    assert rejects(account) == [(3, "", "holds a zero byte, so it was damaged")]
    assert rows(account, "orders", "order_id") == [(ID,), (ID_3,)]
    assert "It holds a zero byte" in refusal(tmp_path, {"orders.tsv": content + "\n" * 300}).what_to_do


def test_a_cell_of_more_than_64_kilobytes_costs_its_row(tmp_path: Path):
    cells = {"sent_at": "2026-03-01T18:30:00+00:00", "sender": "buyer", "order_id": ID}
    told = [{**cells, "thread_id": f"T-{size}", "subject": "x" * size} for size in (1 << 16, (1 << 16) + 1)]
    account = read(tmp_path, {"messages.csv": text(MESSAGES, *told, delimiter=",")}, LENIENT)
    assert rejects(account) == [(3, "subject", "is longer than 64 KB")]
    assert rows(account, "messages", "thread_id") == [("T-65536",)]


def test_a_comment_of_several_lines_in_a_tab_separated_file_never_moves_a_cell(tmp_path: Path):
    rated = {"Date": "3/4/26", "Rating": "1", "Comments": '"Never\nagain, ever"', "Order ID": ID}
    content = text(FEEDBACK, rated, {**rated, "Comments": "fine", "Order ID": ID_2})
    account = read(tmp_path, {"feedback.tsv": content, "orders.tsv": ONE_ORDER}, LENIENT)
    assert rows(account, "feedback", "order_id") == [(ID_2,)]
    assert [(row, reason) for row, _, reason in rejects(account)] == [
        (2, "has the wrong number of cells"),
        (3, "has the wrong number of cells"),
    ]
