"""Returns, by the day they were asked for: one row per product of an order shipped by the seller.

Report type GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE. In Seller Central: Orders, Manage Returns, download.
"""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.layout import Field, Layout


def layout(place: Marketplace, zone: str) -> Layout:
    """The returns report; a refund that a later report tells of completes the return.

    `A-to-Z Claim` says that there was a claim, not how it ended.
    """
    return Layout(
        name="returns",
        label="the returns report",
        tables=("returns",),
        key=("order_id", "sku", "returned_on"),
        stays=("refunded", "return_has_claim"),
        short_rows=True,
        # Without it, a row that has lost a tab would have the name of its product for its SKU.
        probes=(Field(ours="return_quantity", theirs=("Return quantity",), kind="whole"),),
        fields=(
            Field(ours="order_id", theirs=("Order ID",), kind="order_id", needed=True),
            Field(
                ours="returned_on",
                theirs=("Return request date",),
                kind="day",
                needed=True,
                formats=days(place),
                zone=zone,
            ),
            Field(ours="sku", theirs=("Merchant SKU",), kind="text", needed=True),
            Field(ours="return_has_claim", theirs=("A-to-Z Claim",), kind="flag"),
            Field(ours="refunded", theirs=("Refunded Amount",), kind="number", decimal=place.decimal),
        ),
    )
