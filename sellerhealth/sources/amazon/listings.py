"""What is offered for sale: the All Listings and the Open Listings report, each a picture of one moment.

Report types GET_MERCHANT_LISTINGS_ALL_DATA and GET_FLAT_FILE_OPEN_LISTINGS_DATA. In Seller Central:
Inventory, Inventory Reports. Neither says of which day it is.
"""

from collections.abc import Mapping

from sellerhealth.sources.amazon.channels import CHANNEL, SPELLINGS
from sellerhealth.sources.layout import Field, Layout

QUANTITY = Field(ours="listed_units", theirs=("quantity",), kind="whole", needed=True, may_be_blank=True)


def every() -> Layout:
    """All Listings: active, inactive and incomplete ones, and who ships them."""
    return _listed(
        "the All Listings report",
        Field(ours="sku", theirs=("seller-sku",), kind="text", needed=True),
        QUANTITY,
        Field(
            ours="listing_channel",
            theirs=SPELLINGS,
            kind="fulfilment",
            values=CHANNEL,
        ),
        Field(ours="listing_state", theirs=("status",), kind="one_of"),
    )


def open_only() -> Layout:
    """Open Listings: the active ones, with price and quantity only."""
    return _listed(
        "the Open Listings report",
        Field(ours="sku", theirs=("sku",), kind="text", needed=True),
        QUANTITY,
        marks=(("asin",), ("price",)),
        constants={"listing_state": "ACTIVE"},
    )


def _listed(
    label: str,
    *fields: Field,
    marks: tuple[tuple[str, ...], ...] = (),
    constants: Mapping[str, str] | None = None,
) -> Layout:
    # One name for both reports: of a SKU that stands in both, the row that says who ships is used.
    return Layout(
        name="listings",
        label=label,
        tables=("listings",),
        key=("sku", "listed_on"),
        recency=("listing_channel",),
        fields=fields,
        marks=marks,
        constants=constants or {},
    )
