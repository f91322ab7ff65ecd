"""The small CSV of claims and chargebacks that a seller keeps because Amazon offers no file."""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.layout import Field, Layout

CLAIM_TYPE = {"a-to-z": "A_TO_Z", "a to z": "A_TO_Z", "atoz": "A_TO_Z", "chargeback": "CHARGEBACK"}
CLAIM_STATUS = {
    "under review": "PENDING",
    "open": "PENDING",
    "rejected": "DENIED",
    "closed in favour of buyer": "GRANTED",
}


def layout(place: Marketplace, zone: str) -> Layout:
    """Claims and chargebacks, by hand or from a tool; data/README.md lists the columns."""
    return Layout(
        name="claims",
        label="the claims CSV",
        tables=("claims",),
        key=("order_id", "claim_type", "opened_on"),
        recency=("claim_updated_on", "claim_status"),
        delimiter=",",
        quoted=True,
        fields=(
            Field(ours="order_id", theirs=("order_id", "order-id", "Order ID"), kind="order_id", needed=True),
            Field(
                ours="opened_on",
                theirs=("opened_at", "opened_on", "date"),
                kind="day",
                needed=True,
                formats=days(place),
                zone=zone,
            ),
            Field(ours="claim_type", theirs=("claim_type", "type"), kind="one_of", needed=True, values=CLAIM_TYPE),
            Field(ours="claim_status", theirs=("status",), kind="one_of", needed=True, values=CLAIM_STATUS),
            Field(ours="funded_by", theirs=("funded_by", "fault"), kind="one_of"),
            Field(
                ours="claim_updated_on", theirs=("updated_at", "updated_on"), kind="day", formats=days(place), zone=zone
            ),
            Field(ours="counts_against_odr", theirs=("counts_against_odr",), kind="flag"),
        ),
    )
