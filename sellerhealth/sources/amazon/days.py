"""How a day is written in a file of a marketplace."""

from sellerhealth.definition.marketplaces import Marketplace

ORDERS = {"DMY": "%d~%m~%Y", "MDY": "%m~%d~%Y", "YMD": "%Y~%m~%d"}
CLOCKS = (" %H:%M", " %H:%M:%S")
NAMED = ("%d~%b~%Y", "%d %b %Y", "%d~ %b %Y", "%b %d, %Y")


def days(place: Marketplace, *, short_year: bool = False) -> tuple[str, ...]:
    """The ways a day may be written: year first, with the month named, or in the marketplace's order.

    In a format, `~` stands for any of the marks / . - between numbers. With `short_year` the report writes two
    digits of the year in that order.

    Example:
        >>> from sellerhealth.definition.marketplaces import marketplace
        >>> days(marketplace("GB"))[:2]
        ('%d~%m~%Y', '%Y~%m~%d')
        >>> days(marketplace("US"), short_year=True)[0]
        '%m~%d~%y'
    """
    local = ORDERS[place.date_order]
    short = (local.replace("%Y", "%y"),) if short_year and "%y" in place.feedback_date else ()
    numbers = tuple(dict.fromkeys((local, ORDERS["YMD"])))
    return (*short, *numbers, *NAMED, *(way + clock for way in numbers for clock in CLOCKS))
