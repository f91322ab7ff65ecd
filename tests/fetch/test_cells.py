"""A tab or a line break in a comment moves a buyer's words under another heading: such a line is not stored."""

import gzip

import pytest

from sellerhealth.sources.account import open_account
from tests.fetch.conftest import Shop
from tests.fetch.server import Answer
from tests.fetch.test_reports import ALL_ORDERS_REPORT, FEEDBACK_REPORT
from tests.sources.folder import ALL_ORDERS, FEEDBACK, ID, ID_2, LENIENT, NAME, order, put, rows, text

HEADER = "\t".join(FEEDBACK) + "\n"
SOUND = f"11/20/26\t2\t\t\t{ID_2}\t\n"
SHIFTED = "\t" * len(FEEDBACK) + "?\n"
FILE = "feedback_US_2026-08-27_to_2027-08-26.tsv"
BY_WIDTH = "has the wrong number of cells"


def fetched(shop: Shop, line: str) -> str:
    """What is stored of a feedback report with a line and a sound one."""
    put(shop.data, {}, LENIENT)
    shop.world.documents[FEEDBACK_REPORT] = (HEADER + line + SOUND).encode()
    assert shop.fetch("feedback", since="2026-11-01") == 0
    with (shop.folder / FILE).open(newline="") as file:
        return file.read()


@pytest.mark.parametrize(
    ("line", "stored", "reasons"),
    [
        (
            f'11/20/26\t1\t"Bad.\nAnn Canary 12 Canary Street"\tCall 555-0199\t{ID}\tann@canary.example\n',
            SHIFTED + SHIFTED,
            [BY_WIDTH, BY_WIDTH],
        ),
        (
            f"11/20/26\t1\tBad.\rAnn Canary 12 Canary Street\tCall 555-0199\t{ID}\tann@canary.example\n",
            SHIFTED.replace("\n", "\r") + SHIFTED,
            [BY_WIDTH, BY_WIDTH],
        ),
        (
            f"11/20/26\t1\tBad\tvery bad\tDear Ann Canary, call 555-0199\t{ID}\tann@canary.example\n",
            SHIFTED,
            [BY_WIDTH],
        ),
        (
            f"11/20/26\t1\tBad\tvery\t555-0199\t{ID}\n",
            "?\t?\t\t\t?\t\n",
            ["is not a date as this report writes it on this marketplace"],
        ),
        (
            f"Ann Canary\t555-0199\tBad\tvery\t{ID}\t\n",
            "?\t?\t\t\t?\t\n",
            ["is not a date as this report writes it on this marketplace"],
        ),
        ("\t\tBad, says Ann Canary\t\t\t\n", SHIFTED, [BY_WIDTH]),
    ],
    ids=["line break", "carriage return", "tab", "tab and a cell less", "no cell right", "a comment alone"],
)
def test_of_a_line_that_is_shifted_nothing_is_stored_and_it_is_counted(
    shop: Shop, line: str, stored: str, reasons: list[str]
):
    assert fetched(shop, line) == HEADER + stored + SOUND
    account = open_account(shop.data, NAME)
    assert rows(account, "feedback", "order_id", "rating") == [(ID_2, 2)]
    assert account.rejects["reason"].to_list() == reasons
    (counted,) = account.ledger.select("read", "used", "rejected").rows()
    assert counted == (1 + len(reasons), 1, len(reasons))


@pytest.mark.parametrize(
    ("line", "stored"),
    [
        (f"11/20/26\t1\tBad\t\t{ID}\n", f"11/20/26\t1\t\t\t{ID}\n"),
        (f"21/11/26\t1\tBad\t\t{ID}\tann@canary.example\r\n", f"21/11/26\t1\t\t\t{ID}\t\r\n"),
        ("\t\t\t\t\t\n", "\t\t\t\t\t\n"),
        ("\n", "\n"),
        (f"11/20/26\t\tBad\t\t{ID}\t\n", f"11/20/26\t\t\t\t{ID}\t\n"),
    ],
    ids=["short", "a day in the other order", "blank cells", "blank", "no rating"],
)
def test_what_the_readers_judge_by_stays(shop: Shop, line: str, stored: str):
    assert fetched(shop, line) == HEADER + stored + SOUND


@pytest.mark.parametrize("name", ["Mug,\nblue", "Mug\n"])
@pytest.mark.parametrize("city", ["Canary Springs", "555"])
def test_of_all_orders_a_broken_line_leaves_no_place(shop: Shop, name: str, city: str):
    """The second half is long enough for a row: the city would stand for the quantity."""
    put(shop.data, {}, LENIENT)
    broken = order(product_name=name, ship_city=city, gift_wrap_tax="Canary")
    shop.world.documents[ALL_ORDERS_REPORT] = text(ALL_ORDERS, broken, order(ID_2)).encode()
    shop.fetch("all_orders", since="2026-11-01")
    stored = (shop.folder / "all_orders_2026-10-31_to_2026-11-29.tsv").read_text()
    assert city not in stored
    assert "Canary" not in stored
    account = open_account(shop.data, NAME)
    assert rows(account, "orders", "order_id") == [(ID_2,)]
    assert account.ledger.select("read", "rejected").rows() == [(3, 2)]


def test_lines_are_the_same_in_pieces_of_any_size(shop: Shop):
    whole = fetched(shop, f"11/20/26\t1\tBad\r{ID}\r\n")
    content = (HEADER + f"11/20/26\t1\tBad\r{ID}\r\n" + SOUND).encode()
    (shop.folder / FILE).unlink()
    shop.world.fail("download", Answer(200, gzip.compress(content), drip=0.0001))
    shop.fetch("feedback", since="2026-11-01")
    with (shop.folder / FILE).open(newline="") as file:
        assert file.read() == whole
