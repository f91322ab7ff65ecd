"""Numbers, as languages write them: each with a mark of its own before decimals, tested both ways."""

from pathlib import Path

import polars as pl
import pytest

from sellerhealth.sources.layout import Field
from sellerhealth.sources.values import value
from tests.sources.folder import ID, ID_2, LENIENT, RETURNS, read, refusal, rejects, rows, text

BOTH = [
    ("12", 12, 12),
    ("12.50", 12.5, 12.5),
    ("-0.05", -0.05, -0.05),
    ("+3", 3, 3),
    ("１２", 12, 12),
    ("1 234", 1234, 1234),
    ("1.234,56", None, 1234.56),
    ("1,234.56", 1234.56, None),
    ("1 234,56", None, 1234.56),
    ("1\u00a0234,56", None, 1234.56),
    ("1\u202f234.56", 1234.56, None),
    ("12,50", None, 12.5),
    ("1.234.567", None, 1234567),
    ("1,234,567", 1234567, None),
    # A dot before three digits: Amazon's systems mean decimals, a German spreadsheet thousands.
    ("1.234", 1.234, None),
    ("1,234", 1234, None),
    ("0.123", 0.123, 0.123),
    ("0,123", None, 0.123),
    ("1234,567", None, 1234.567),
]
NEITHER = [
    "5-",
    "(5)",
    "1e3",
    "NaN",
    "inf",
    "€5",
    "5 €",
    "5%",
    "--5",
    "1,23,456",
    "12,34.5",
    ".5",
    "5.",
    "1 23",
    "0.123.456",
]
WHOLE = [
    ("12", 12),
    ("1.0", 1),
    ("1,00", 1),
    ("１２", 12),
    ("1,234", 1234),
    ("1.234", 1234),
    ("1 234", 1234),
    ("1.234.567", 1234567),
    ("999999999", 999999999),
    ("1.000", None),
    ("1,000", None),
    ("2.5", None),
    ("2,5", None),
    ("-1", None),
    ("5-", None),
    ("1e3", None),
    ("1234567890", None),
]


def number(cell: str, kind: str, decimal: str = ".") -> object:
    """What a cell is read as."""
    field = Field(ours="refunded", theirs=(), kind=kind, decimal=decimal)
    return pl.LazyFrame({"cell": [cell]}).select(value(field, pl.col("cell"))).collect(engine="streaming").item()


@pytest.mark.parametrize(("cell", "by_dot", "by_comma"), BOTH)
def test_a_number_by_its_decimal_mark(cell: str, by_dot: float | None, by_comma: float | None):
    assert (number(cell, "number", "."), number(cell, "number", ",")) == (by_dot, by_comma)


@pytest.mark.parametrize("cell", NEITHER)
def test_what_is_no_number_anywhere(cell: str):
    assert (number(cell, "number", "."), number(cell, "number", ",")) == (None, None)


@pytest.mark.parametrize(("cell", "expected"), WHOLE)
def test_a_whole_number_is_the_same_in_every_language(cell: str, expected: int | None):
    assert number(cell, "whole") == expected
    assert number(cell, "whole", ",") == expected


@pytest.mark.parametrize(("cell", "expected"), [("-2", -2), ("3", 3), ("-1,234", -1234), ("2-", None), ("-2.5", None)])
def test_a_whole_number_that_may_be_below_zero(cell: str, expected: int | None):
    assert number(cell, "signed") == expected


@pytest.mark.parametrize(
    ("code", "cell", "refunded"),
    [("DE", "21,38", 21.38), ("DE", "21.38", 21.38), ("DE", "1.021,38", 1021.38), ("US", "1,021.38", 1021.38)],
)
def test_a_refund_as_its_marketplace_writes_it(tmp_path: Path, code: str, cell: str, refunded: float):
    told = {"Order ID": ID, "Return request date": "2026-03-05", "Merchant SKU": "MUG-1", "Refunded Amount": cell}
    account = read(tmp_path, {"returns.tsv": text(RETURNS, told)}, f'marketplace = "{code}"\n')
    assert rows(account, "returns", "refunded") == [(refunded,)]


def test_a_refund_that_could_be_two_is_rejected(tmp_path: Path):
    told = {"Order ID": ID, "Return request date": "2026-03-05", "Merchant SKU": "MUG-1", "Refunded Amount": "1.234"}
    files = {"returns.tsv": text(RETURNS, told, {**told, "Order ID": ID_2, "Refunded Amount": "1,5"})}
    account = read(tmp_path, files, LENIENT.replace("US", "DE"))
    assert rejects(account) == [(2, "Refunded Amount", "is not a plain number such as 12.50")]


SOURCE = """marketplace = "DE"
[[source]]
files     = "mine.csv"
table     = "returns"
delimiter = ";"
{decimal}
[source.columns]
order_id    = "id"
sku         = "sku"
returned_on = "on"
refunded    = "back"
"""


@pytest.mark.parametrize(("decimal", "cell"), [('decimal = ","', "12,50"), ('decimal = "."', "12.50"), ("", "12.50")])
def test_a_mapped_file_has_a_decimal_mark(tmp_path: Path, decimal: str, cell: str):
    files = {"mine.csv": f"id;sku;on;back\nA-1;X;2026-03-05;{cell}\n"}
    assert rows(read(tmp_path, files, SOURCE.format(decimal=decimal)), "returns", "refunded") == [(12.5,)]


@pytest.mark.parametrize("decimal", ["decimal = ';'", 'decimal = ""', "decimal = 1"])
def test_a_decimal_mark_is_a_dot_or_a_comma(tmp_path: Path, decimal: str):
    error = refusal(tmp_path, {"mine.csv": "id;sku;on;back\n"}, SOURCE.format(decimal=decimal))
    assert (error.where, error.column) == ("shop/account.toml", "decimal")
