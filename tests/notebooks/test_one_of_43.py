"""A seller with one defect in 43 orders reads where they stand, whether it is a pattern, when it clears, and what
selling nothing would do. The numbers are counted here once more, in plain Python."""

from datetime import date, timedelta

import pytest

from sellerhealth.show.numbers import day as in_words
from sellerhealth.show.numbers import percent
from tests.notebooks import cells
from tests.sources.folder import ALL_ORDERS, CLAIMS, FEEDBACK, order, put, text

AS_OF, WINDOW = date(2026, 3, 31), 60
FIRST = AS_OF - timedelta(days=WINDOW - 1)
BOUGHT = [FIRST + timedelta(days=number * WINDOW // 43) for number in range(43)]
RATED = BOUGHT[30]
NAMES = [f"111-1111111-{number:07}" for number in range(43)]


def files():
    """43 orders, one a day or so; one star on one of them, and a claim on another that was denied."""
    orders = [
        order(
            **{
                "amazon-order-id": name,
                "purchase-date": f"{day}T18:00:00+00:00",
                "last-updated-date": f"{day}T20:00:00+00:00",
            }
        )
        for name, day in zip(NAMES, BOUGHT, strict=True)
    ]
    star = {"Date": f"{RATED + timedelta(days=9):%-m/%-d/%y}", "Rating": "1", "Order ID": NAMES[30]}
    claim = {
        "order_id": NAMES[3],
        "opened_at": str(BOUGHT[3] + timedelta(days=9)),
        "claim_type": "A-to-z",
        "status": "Denied",
    }
    return {
        "orders.tsv": text(ALL_ORDERS, *orders),
        "feedback.tsv": text(FEEDBACK, star),
        "claims.csv": text(CLAIMS, claim, delimiter=","),
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    put(data, files())
    return cells.ran(data, "shop", as_of=str(AS_OF))["04_order_defect_rate"].text


def test_where_they_stand(told):
    assert "2.3 % (1 of 43) Misses the target" in told
    assert "The window bears no defective order and has 1. 58 more orders, and no new defective order" in told


def test_whether_it_is_a_pattern(told):
    assert "A pattern or bad luck? 43 orders are too few to be sure" in told
    assert "1 defective order is too few to compare products: nothing can be told from luck." in told


def test_on_which_day_it_clears(told):
    leaves = RATED + timedelta(days=WINDOW)
    assert f"The one defective order leaves on {in_words(leaves)}: from then on it is good" in told


def test_what_selling_nothing_would_do(told):
    """On the last day the order counts, only those bought since are left beside it."""
    left = sum(day >= RATED for day in BOUGHT)
    assert f"If you sold nothing more, it would rise to {percent(1 / left)} (1 of {left}) by" in told
    assert "although nothing new goes wrong: older clean orders leave the window" in told
    assert "Do not stop selling altogether." in told
