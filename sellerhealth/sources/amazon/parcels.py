"""The seller's log of parcels handed to the carrier, with or without the moment each was confirmed to Amazon.

Being handed over is no confirmation: a parcel that was posted and not confirmed is late all the same.
"""

from sellerhealth.sources.layout import Field, Layout

ORDER = Field(ours="order_id", theirs=("order_id", "order-id", "amazon-order-id"), kind="order_id", needed=True)
POSTED = ("posted_at", "posted-at", "handed_over_at")
CONFIRMED = ("confirmed_at", "confirmation-date", "ship-confirmed-at")
CARRIER = Field(ours="package_carrier", theirs=("carrier", "carrier-name", "carrier-code"), kind="text")


def confirmed() -> Layout:
    """The log of the seller's own shipment confirmations: when each reached Amazon, and by which carrier."""
    moment = Field(ours="package_confirmed_at", theirs=CONFIRMED, kind="instant", needed=True)
    return _log("ship_confirmations", "the ship-confirmation log", moment)


def posted() -> Layout:
    """The log of parcels: when each was handed to the carrier."""
    moment = Field(ours="package_posted_at", theirs=POSTED, kind="instant", needed=True)
    return _log("parcels", "the parcel log", moment)


def posted_and_confirmed() -> Layout:
    """One log of both; either moment may be blank."""
    moments = {"package_confirmed_at": CONFIRMED, "package_posted_at": POSTED}
    return _log(
        "parcels_and_confirmations",
        "the log of parcels and confirmations",
        *(
            Field(ours=ours, theirs=theirs, kind="instant", needed=True, may_be_blank=True)
            for ours, theirs in moments.items()
        ),
    )


def _log(name: str, label: str, *moments: Field) -> Layout:
    return Layout(
        name=name,
        label=label,
        tables=("packages",),
        key=("order_id", *(moment.ours for moment in moments)),
        delimiter=",",
        quoted=True,
        fields=(ORDER, *moments, CARRIER),
    )
