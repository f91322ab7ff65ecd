"""Orders of a marketplace that account.toml does not name count nowhere, and that is said."""

from pathlib import Path

from tests.sources.folder import ALL_ORDERS, ID, ID_2, ID_3, US, alone, order, text

ORDERS = text(
    ALL_ORDERS,
    order(ID, sales_channel="Amazon.de"),
    order(ID, sales_channel="Amazon.de", sku="CUP-1"),
    order(ID_2, sales_channel="Amazon.co.uk"),
    order(ID_3, sales_channel="Amazon.co.uk"),
    order("444-4444444-4444444", sales_channel="Non-Amazon"),
    order("555-5555555-5555555"),
)
GERMAN = (
    "1 order was sold on Amazon.de, which account.toml does not name: it counts nowhere. "
    "Add DE to marketplace, or give it a folder of its own."
)
BRITISH = (
    "2 orders were sold on Amazon.co.uk, which account.toml does not name: they count nowhere. "
    "Add GB to marketplace, or give them a folder of their own."
)


def test_a_sentence_for_each_marketplace(tmp_path: Path):
    assert alone(tmp_path, {"orders.tsv": ORDERS}).remarks == (GERMAN, BRITISH)


def test_one_that_is_named_counts(tmp_path: Path):
    toml = 'marketplace = ["US", "DE"]\n'
    assert alone(tmp_path, {"orders.tsv": ORDERS}, toml).remarks == (BRITISH,)
    assert alone(tmp_path, {"orders.tsv": text(ALL_ORDERS, order(sales_channel="Non-Amazon"))}, US).remarks == ()
