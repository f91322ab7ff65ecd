"""How a day is written in a file of a marketplace."""

from sellerhealth.definition.marketplaces import Marketplace


def days(place: Marketplace) -> tuple[str, ...]:
    """The ways a day may be written: with the month named, ISO, or in the marketplace's order with a full year.

    Example:
        >>> from sellerhealth.definition.marketplaces import marketplace
        >>> days(marketplace("GB"))[-3:]
        ('%d/%m/%Y', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S')
    """
    local = place.feedback_date.replace("%y", "%Y")
    return ("%Y-%m-%d", "%b %d, %Y", "%d-%b-%Y", "%d %b %Y", local, f"{local} %H:%M", f"{local} %H:%M:%S")
